"""Holds what `tablehop calendar` writes against the plan, through parsers that nobody here wrote.

    check_calendars.py PROGRAM RESTRICTIONS FOLDER…

PROGRAM is tablehop, RESTRICTIONS the built restrictions.c; each FOLDER an event. Copies of them are scheduled, then
changed and scheduled again, and changed back; every file must pass icalendar, vobject, ics and libical, and say what
the plan says: times, tables, rooms, topics and people. The files of what changed, laid over those of an earlier
revision, must come to those of the later one. Beside the folders, an event of hostile names and questions is made up.
"""

import csv
import email
import email.policy
import io
import json
import re
import shutil
import subprocess
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote
from zoneinfo import ZoneInfo

import icalendar
import ics
import vobject

PROGRAM, RESTRICTIONS, FOLDERS = sys.argv[1], sys.argv[2], sys.argv[3:]
HIDDEN = re.compile("[\u202a-\u202e\u2066-\u2069\ufeff]")
ADDRESS = re.compile(r"[\w.%+-]@\w[^.]*\.\w")
checked = {"files": 0, "entries": 0}


def run(folder, *arguments):
    done = subprocess.run([PROGRAM, *arguments], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, f"tablehop {' '.join(arguments)} in {folder}: {done.stderr}"
    return done.stdout


def clean(text):
    """What of a name is left in a calendar; the intake took control characters out already."""
    return HIDDEN.sub("", text)


def shown(text):
    """What others read of what somebody wrote: no addresses."""
    return clean(" ".join("…" if ADDRESS.search(word) else word for word in text.split()))


def named(person):
    """Somebody with their organization, as others read it."""
    return joined(", ", shown(person["name"]), shown(person["organization"]) if "organization" in person else None)


def joined(between, *parts):
    return between.join(clean(part) for part in parts if part is not None)


# Reading files


def held(raw):
    """The lines of a file are those of RFC 5545: ended by CR LF, of at most 75 octets, without control characters."""
    assert raw.endswith(b"\r\n"), "the last line has an end"
    for line in raw.split(b"\r\n"):
        assert len(line) <= 75, line
        assert not re.search(rb"[\x00-\x1f\x7f]", line), line
    assert len(raw.decode().replace("\r\n", "\n").splitlines()) == raw.count(b"\r\n"), "no other line ends"


def entries_of(raw):
    """The entries by UID, once all parsers agree on them."""
    held(raw)
    calendar = icalendar.Calendar.from_ical(raw)
    assert not calendar.errors and calendar["PRODID"] == "-//tablehop//tablehop//EN"
    entries = {str(event["UID"]): event for event in calendar.walk("VEVENT")}
    assert len(entries) == len(re.findall(rb"(?m)^BEGIN:VEVENT\r$", raw)), "every entry has its own UID"
    others = {event.uid.value: event for event in vobject.readOne(raw.decode()).vevent_list}
    plain = {event.uid: event for event in ics.Calendar(raw.decode()).events}
    assert set(entries) == set(others) == set(plain)
    for uid, entry in entries.items():
        assert not entry.errors
        for name in ["DTSTAMP", "SEQUENCE", "STATUS", "SUMMARY", "DESCRIPTION", "DTSTART", "DTEND", "TRANSP"]:
            assert name in entry, f"{name} is missing"
        other = others[uid]
        texts = (str(entry["SUMMARY"]), str(entry["DESCRIPTION"]), str(entry.get("LOCATION", "")))
        location = other.location.value if hasattr(other, "location") else ""
        assert texts == (other.summary.value, other.description.value, location), texts
        # ics takes the `\\n` of an escaped backslash for a line end.
        bare = [re.sub(r"[\\\nn]", "", text) for text in texts]
        found = [plain[uid].name, plain[uid].description, plain[uid].location or ""]
        assert bare == [re.sub(r"[\\\nn]", "", text) for text in found], (texts, found)
        times = (entry["DTSTART"].dt, entry["DTEND"].dt)
        assert times == (other.dtstart.value, other.dtend.value)
        assert times == (plain[uid].begin.datetime, plain[uid].end.datetime)
        for alarm in entry.walk("VALARM"):
            assert {"UID", "TRIGGER", "DESCRIPTION"} <= set(alarm) and alarm["TRIGGER"].dt.total_seconds() <= 0
    checked["files"] += 1
    checked["entries"] += len(entries)
    return calendar, entries


def restricted(paths):
    """Nothing for libical to find."""
    done = subprocess.run([RESTRICTIONS, *map(str, paths)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def version(entry):
    return int(entry["SEQUENCE"]), entry["DTSTAMP"].dt


# What the plan says


class Plan:
    def __init__(self, folder):
        plan = json.loads((folder / "plan.json").read_text())
        self.event, self.revision = plan["event"], plan["revision"]
        self.zone = ZoneInfo(self.event["timezone"])
        self.times = {row["round"]: (row["start"], row["end"]) for row in plan["rounds"]}
        self.names = {("expert", row["id"]): row for row in plan["experts"]}
        self.names |= {("mentee", row["id"]): row for row in plan["mentees"]}
        self.sittings = {(row["round"], row["expert"]): row for row in plan["sittings"]}
        # By role, id and round: the sitting and whom they meet.
        self.meetings = {}
        for seat in plan["seats"]:
            number, expert, mentee = seat["round"], seat["expert"], seat["mentee"]
            sitting = self.sittings[number, expert]
            self.meetings.setdefault(("mentee", mentee), {})[number] = (sitting, [self.names["expert", expert]])
            group = self.meetings.setdefault(("expert", expert), {}).setdefault(number, (sitting, []))
            group[1].append(self.names["mentee", mentee])
        self.exported = list(csv.DictReader(run(folder, "-q", "export").splitlines()))

    def moments(self, number):
        return tuple(datetime.fromisoformat(time) for time in self.times[number])

    def clock(self, number):
        start, end = (time.astimezone(self.zone) for time in self.moments(number))
        day = "" if start.date() == end.date() else f" ({end:%A}, {end.day} {end:%B %Y})"
        return f"{start:%H:%M}–{end:%H:%M}{day}"

    def spot(self, sitting):
        label = sitting["table"]
        return label if label.lower().startswith("table") else f"Table {label}"


def same_people(role, people, description):
    """Whom a description names, and nobody else; `people` as the plan has them."""
    mark = {"mentee": "With ", "expert": "- "}[role]
    lines = [line.removeprefix(mark) for line in description.split("\n") if line.startswith(mark)]
    names = sorted(named(person) for person in people)
    assert len(lines) == len(names), (lines, names)
    for line in lines:
        name = next((name for name in sorted(names, key=len, reverse=True) if line.startswith(name)), None)
        assert name is not None, (line, names)
        names.remove(name)
        assert line == name or re.match(r" \(|: ", line.removeprefix(name)), (line, name)


def by_round(plan, owner, entries):
    """An entry a round, which says what the plan says."""
    wanted = plan.meetings[owner]
    found = {}
    for entry in entries.values():
        event, first, place, *_ = str(entry["DESCRIPTION"]).split("\n")
        assert event == clean(plan.event["name"]), event
        number = int(re.match(r"Round (\d+): ", first).group(1))
        assert number not in found
        found[number] = entry
        sitting, people = wanted[number]
        assert (entry["DTSTART"].dt, entry["DTEND"].dt) == plan.moments(number)
        start = plan.moments(number)[0].astimezone(plan.zone)
        offset = f"UTC{start:%z}"[:-2] + ":" + f"{start:%z}"[-2:]
        assert first.startswith(f"Round {number}: {start:%A}, {start.day} {start:%B %Y}, {plan.clock(number)}, "), first
        assert f"{plan.event['timezone']} ({offset}" in first, (first, offset)
        location = joined(", ", plan.spot(sitting), sitting.get("room"), plan.event.get("venue"))
        assert str(entry["LOCATION"]) == place == location, (entry["LOCATION"], place, location)
        topic = [line for line in str(entry["DESCRIPTION"]).split("\n") if line.startswith("Topic: ")]
        assert topic == ([f"Topic: {clean(sitting['topic'])}"] if "topic" in sitting else []), topic
        same_people(owner[0], people, str(entry["DESCRIPTION"]))
        assert version(entry)[0] <= plan.revision
    assert set(found) == set(wanted), f"{owner}: {sorted(found)} are not the rounds {sorted(wanted)}"


def single(plan, owner, entries):
    """One entry with all rounds."""
    (entry,) = entries.values()
    wanted = plan.meetings[owner]
    first, last = plan.moments(min(wanted)), plan.moments(max(wanted))
    assert (entry["DTSTART"].dt, entry["DTEND"].dt) == (first[0], last[1])
    description = str(entry["DESCRIPTION"])
    same_people(owner[0], [person for _, people in wanted.values() for person in people], description)
    for number, (sitting, _) in wanted.items():
        place = joined(", ", plan.spot(sitting), sitting.get("room"))
        line = f"{plan.clock(number)} · Round {number}: {joined(' · ', place, sitting.get('topic'))}"
        assert line in description.split("\n"), (line, description)


def of_tables(plan, entries, room=None):
    """An entry a sitting, of the event or of a room."""
    wanted = {key: row for key, row in plan.sittings.items() if room in (None, row.get("room"))}
    found = set()
    for entry in entries.values():
        description = str(entry["DESCRIPTION"])
        number = int(re.match(r"Round (\d+): ", description).group(1))
        fits = [
            (n, expert)
            for n, expert in wanted
            if n == number
            and str(entry["SUMMARY"])
            == joined(" · ", wanted[n, expert]["table"], shown(plan.names["expert", expert]["name"]), wanted[n, expert].get("topic"))
        ]
        assert fits, entry["SUMMARY"]
        found.update(fits)
        assert (entry["DTSTART"].dt, entry["DTEND"].dt) == plan.moments(number)
        same_people("expert", plan.meetings["expert", fits[0][1]][number][1], description)
    assert found == set(wanted) and len(entries) == len(wanted)


# The files of an event


def addresses(folder):
    """Every address in the rosters, by whose it is, and the organizer's."""
    rows = json.loads(run(folder, "-q", "export", "--people", "--format", "json"))
    organizer = re.search(r'organizer = \{.*email = "([^"]+)"', (folder / "event.toml").read_text())
    return {(row["role"], row["id"]): row["email"] for row in rows if row["email"]}, organizer and organizer.group(1)


def nobody_elses(raw, own, known, organizer, what):
    text = raw.decode().replace("\r\n ", "").lower()
    for owner, address in known.items():
        if owner != own and address.lower() not in (organizer or "").lower():
            assert address.lower() not in text or address.lower() in (known.get(own) or "").lower(), f"{what}: {address}"


def files(folder, *arguments):
    """The listing of what a run wrote, and its files by path."""
    shutil.rmtree(folder / "files", ignore_errors=True)
    listing = json.loads(run(folder, "-q", "calendar", "--output", "files", "--format", "json", *arguments))
    here = folder / "files"
    written = {str(path.relative_to(here).as_posix()): path.read_bytes() for path in here.rglob("*") if path.is_file()}
    assert sorted(written) == sorted(row["file"] for row in listing)
    assert len({path.lower() for path in written}) == len(written)
    assert all(re.fullmatch(r"([a-z]+/)?[a-z0-9-]{1,100}\.(ics|eml)", path) for path in written), sorted(written)
    return {row["file"]: row for row in listing}, written


def imports(folder, plan, *arguments):
    """Everything that a run wrote to import, by owner: its entries by UID."""
    listing, written = files(folder, *arguments)
    known, organizer = addresses(folder)
    restricted([folder / "files" / path for path in written])
    found = {}
    for path, raw in written.items():
        row = listing[path]
        owner = (row["of"], row["id"] or row["name"])
        calendar, entries = entries_of(raw)
        assert not re.search(rb"(?m)^(METHOD|ORGANIZER|ATTENDEE)", raw), path
        assert ("X-WR-CALNAME" in calendar) == (len(entries) > 1) and len(entries) == row["entries"]
        nobody_elses(raw, owner, known, organizer, path)
        found[owner] = entries
    return found


def whole(folder, plan):
    """All files of a plan, in both forms and both kinds, hold what the plan holds; gives those of one form."""
    rounds = imports(folder, plan)
    persons = {owner for owner in rounds if owner[0] in ("expert", "mentee")}
    assert persons == set(plan.meetings), "a file for everybody who meets somebody, and for nobody else"
    for owner, entries in rounds.items():
        if owner in persons:
            by_round(plan, owner, entries)
        else:
            of_tables(plan, entries, owner[1] if owner[0] == "room" else None)
    singles = imports(folder, plan, "--single")
    assert set(singles) == set(rounds)
    for owner in persons:
        single(plan, owner, singles[owner])
    assert sum(len(rounds[owner]) for owner in persons if owner[0] == "mentee") == len(plan.exported)
    _, first = files(folder, "--unguessable")
    _, again = files(folder, "--unguessable")
    assert first == again and len(first) == len(rounds), "same plan, same bytes"
    return rounds, singles


def invitations(folder, plan, *arguments):
    """Every message, by owner: method and entry."""
    listing, written = files(folder, "--invitations", *arguments)
    _, again = files(folder, "--invitations", *arguments)
    assert written == again, "same plan, same bytes"
    known, organizer = addresses(folder)
    found = {}
    for path, raw in written.items():
        assert raw.isascii() or not "".join(known.values()).isascii(), path
        assert all(len(line) <= 998 for line in raw.split(b"\r\n")) and b"\n" not in raw.replace(b"\r\n", b"")
        message = email.message_from_bytes(raw, policy=email.policy.default)
        row = listing[path]
        owner = (row["of"], row["id"])
        assert not message.defects, message.defects
        (to,) = message["To"].addresses
        (sender,) = message["From"].addresses
        assert (to.addr_spec, sender.addr_spec) == (known[owner], organizer)
        # Some versions of Python keep the blanks between encoded words, which are none.
        assert to.display_name.replace(" ", "") == clean(row["name"]).replace(" ", ""), (to.display_name, row["name"])
        text, part = message.iter_parts()
        assert (text.get_content_type(), part.get_content_type()) == ("text/plain", "text/calendar")
        inner = part.get_payload(decode=True)
        calendar, entries = entries_of(inner)
        (entry,) = entries.values()
        method = str(calendar["METHOD"])
        assert method == part.get_param("method") and method == ("CANCEL" if entry["STATUS"] == "CANCELLED" else "REQUEST")
        assert str(entry["ORGANIZER"]).lower() == f"mailto:{organizer}".lower()
        attendees = entry["ATTENDEE"]
        assert not isinstance(attendees, list) and attendees.params["CN"] == clean(row["name"]).replace('"', "'")
        assert unquote(str(attendees)).lower() == f"mailto:{known[owner]}".lower()
        assert "X-WR-CALNAME" not in calendar
        assert str(entry["DESCRIPTION"]).replace("\r\n", "\n") in text.get_content().replace("\r\n", "\n")
        nobody_elses(inner, owner, known, organizer, path)
        nobody_elses(text.get_content().encode(), owner, known, organizer, path)
        inside = folder / "inside.ics"
        inside.write_bytes(inner)
        restricted([inside])
        found.setdefault(owner, {})[str(entry["UID"])] = entry
    return found


def laid_over(first, changes, second):
    """The files of what changed, imported after the first ones, come to the second ones; nothing else is in them."""
    for owner in set(first) | set(changes) | set(second):
        now, then, new = first.get(owner, {}), second.get(owner, {}), changes.get(owner, {})
        state = dict(now)
        for uid, entry in new.items():
            if uid in now:
                assert version(entry) > version(now[uid]), "a higher SEQUENCE and a later DTSTAMP"
                assert version(entry)[0] > version(now[uid])[0] and version(entry)[1] > version(now[uid])[1]
            if entry["STATUS"] == "CANCELLED":
                assert uid in now and uid not in then, "what falls away was there"
                del state[uid]
            else:
                state[uid] = entry
        bytes_of = lambda entries: {uid: entry.to_ical() for uid, entry in entries.items()}
        assert bytes_of(state) == bytes_of(then), owner
        for uid in set(now) & set(then) - set(new):
            assert now[uid].to_ical() == then[uid].to_ical(), "nothing for what stayed"
        assert all(uid not in now or entry.to_ical() != now[uid].to_ical() for uid, entry in new.items())


def changed(folder):
    """Makes a round or a pause longer, renames the last expert, and lets the first mentee go."""
    event, experts, mentees, requests = (folder / name for name in ["event.toml", "experts.csv", "mentees.csv", "requests.csv"])
    plan = json.loads((folder / "plan.json").read_text())
    text = mentees.read_bytes().decode()
    delimiter = ";" if ";" in text.splitlines()[0] else ","
    known, _ = addresses(folder)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    gone = next(row["id"] for row in plan["mentees"] if known[("mentee", row["id"])] in rows[1])
    words = {gone, known[("mentee", gone)], *(row["name"] for row in plan["mentees"] if row["id"] == gone)}
    with open(mentees, "w", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows([rows[0], *rows[2:]])
    if requests.exists():
        requests.write_text("".join(row for row in requests.read_text().splitlines(keepends=True) if not any(w in row for w in words)))
    name = plan["experts"][-1]["name"]
    for roster in [experts, mentees, requests]:
        if roster.exists():
            roster.write_bytes(roster.read_bytes().replace(name.encode(), f"{name} Jr.".encode()))
    text = event.read_text()
    longer = text.replace("transition_minutes = 3", "transition_minutes = 4").replace("minutes = 25 },\n]", "minutes = 30 },\n]")
    longer = longer.replace("minutes = 90", "minutes = 100").replace("minutes = 30 }]", "minutes = 35 }]")
    assert longer != text
    event.write_text(longer)


def schedule(folder, epoch):
    done = subprocess.run(
        [PROGRAM, "-q", "schedule", "--steps", "20000", "--format", "csv"],
        cwd=folder, capture_output=True, text=True, env={"SOURCE_DATE_EPOCH": str(epoch)},
    )
    assert done.returncode == 0, done.stderr


HOSTILE = [
    "Ana\nBrandt", "BEGIN:VEVENT", 'Bo "the \\n" Li; X=1, y:z', "END:VCALENDAR\r\nX:", "👩‍⚕️ 山田 太郎", "=HYPERLINK(\"x\")",
    "مريم \u202eالعلي", "CON", "con", "../../etc/passwd", "Nul\x1b[2J", "A" * 190, "ו" * 60, "Ünï\u0301 Ço,dé;", "<b>&amp;</b>",
    "Mailto:x@y.example", "\\", '"', "a\u2028b\u0085c", "%0d%0aX-EVIL:1",
]


def hostile(folder):
    """An event of hostile names, tables, topics, rooms and questions of 300 characters and more."""
    (folder / "event.toml").write_text(
        '[event]\nid = "hostile.1"\nname = "A, b; c: \\"d\\" \\\\ 👩‍⚕️"\ntimezone = "Europe/Berlin"\n'
        'venue = "Hall; \\"C\\", 1: \\\\n"\norganizer = { name = "Com\\"mittee; x:y,z", email = "committee+1@example.org" }\n'
        "[rounds]\nlist = [{ start = 2027-10-30T23:50:00, minutes = 20 }, { start = 2027-10-31T00:30:00, minutes = 200 },\n"
        "{ start = 2027-11-01T09:00:00, minutes = 30 }]\n"
        '[rosters]\nexperts = "experts.csv"\nmentees = "mentees.csv"\n[tables]\ncapacity = 4\n'
        '[calendar]\nalarms = [0, 10, 1440]\ncategories = ["A, b", "c; d\\\\", "👩‍⚕️"]\nnote = "Line\\nEND:VEVENT\\r\\nX:1"\n'
        'prepare = { mentees = """Bring; two:\n- "questions",\n""", experts = "\\\\n" }\n'
    )
    goals = ["\r\nEND:VEVENT\r\nATTENDEE:mailto:x@y.example", "; : , \\ \" 👩‍⚕️ \t\x1b" * 30, "?" * 300, "ö" * 301, "\n" * 300 + "x"]
    with open(folder / "experts.csv", "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "name", "email", "organization", "topics", "table", "room"])
        for i, name in enumerate(HOSTILE[:6]):
            writer.writerow([f"E;{i}\"", name, f"e{i}&x@example.org", name[::-1], HOSTILE[-1 - i], f"T{i};:,", HOSTILE[10 + i % 2]])
    with open(folder / "mentees.csv", "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "name", "email", "organization", "stage", "goal", "topic_1"])
        for i, name in enumerate(HOSTILE):
            writer.writerow([f"M:{i}\\", name, f"m'{i}+y@example.net", goals[i % 5][:60], name, goals[i % 5], HOSTILE[-1 - i % 6]])


def event(folder, name):
    before = dict(checked)
    files_of_it = {path: path.read_bytes() for path in folder.iterdir()}
    schedule(folder, 1803931200)
    first = Plan(folder)
    rounds, singles = whole(folder, first)
    each = invitations(folder, first, "--each-round")
    invited = invitations(folder, first)
    for owner, entries in each.items():
        by_round(first, owner, entries)
    for owner, entries in invited.items():
        single(first, owner, entries)
    changed(folder)
    # A clock that stands still: later revisions are later all the same.
    schedule(folder, 1803931200)
    second = Plan(folder)
    assert second.revision == 2
    new_rounds, new_singles = whole(folder, second)
    laid_over(rounds, imports(folder, second, "--changed-since", "1"), new_rounds)
    laid_over(singles, imports(folder, second, "--changed-since", "1", "--single"), new_singles)
    assert files(folder, "--changed-since", "2") == ({}, {})
    changes = invitations(folder, second, "--changed-since", "1", "--each-round")
    stayed = {owner: entries for owner, entries in each.items() if owner in second.names}
    laid_over(stayed, changes, invitations(folder, second, "--each-round"))
    stayed = {owner: entries for owner, entries in invited.items() if owner in second.names}
    laid_over(stayed, invitations(folder, second, "--changed-since", "1"), invitations(folder, second))
    # What was there first comes back: people return, names and times are as before.
    for path, content in files_of_it.items():
        path.write_bytes(content)
    schedule(folder, 1803931200)
    third = Plan(folder)
    assert third.revision == 3
    last = imports(folder, third)
    laid_over(rounds, imports(folder, third, "--changed-since", "1"), last)
    laid_over(new_rounds, imports(folder, third, "--changed-since", "2"), last)
    last = imports(folder, third, "--single")
    laid_over(singles, imports(folder, third, "--changed-since", "1", "--single"), last)
    print(f"{name}: {checked['files'] - before['files']} files, {checked['entries'] - before['entries']} entries")


for source in FOLDERS:
    with tempfile.TemporaryDirectory() as copy:
        folder = Path(copy) / "event"
        shutil.copytree(source, folder, ignore=shutil.ignore_patterns("plan*.json", "out", "expected.txt"))
        event(folder, Path(source).name)
with tempfile.TemporaryDirectory() as made:
    hostile(Path(made))
    event(Path(made), "hostile names and questions")
