//! Events with the names that forms really hold, and worse.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

/// Markup, 60 letters without a blank, wide letters, other scripts and directions, emoji, formulas.
pub const NAMES: [&str; 16] = [
    "<script>document.title='run'</script><b>Bold</b> & \"Quote\"",
    "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewis",
    "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
    "عبد الرحمن بن عبد العزيز آل سعود الطويل جدا",
    "司馬相如之子孫後代傳承千年歷史文化研究所所長教授博士",
    "👩‍⚕️👨‍🔬🏳️‍🌈 Zoë 🚀🚀🚀🚀🚀🚀",
    "=HYPERLINK(\"http://evil.example\",\"x\")",
    "Maria Magdalena Francisca de los Ángeles y Todos los Santos",
    "שרה לאה רבקה רחל בת שבע הלוי כהן גולדשטיין",
    "Σωκράτης Παπακωνσταντινόπουλος-Παπαδόπουλος",
    "@SUM(A1:A9)+cmd|' /C calc'!A0",
    "Thị Hương Giang Phạm Nguyễn",
    "ﷺﷺﷺ ﷽",
    "प्रियंका श्रीनिवासन विश्वनाथन",
    "Ольга Константиновна Щербакова-Жмыховская",
    "ประเสริฐ วงศ์สวัสดิ์ศักดิ์ชัยพัฒนา",
];

const USUAL: [&str; 6] =
    ["Ana Brandt", "Beatriz Costa", "Chloé Dubois", "Dr. Ngozi Adichie-Obi", "Hye-jin Im", "Anna van der Berg"];
const TOPICS: [&str; 4] = [
    "Clinical informatics",
    "Interoperability (HL7, FHIR)",
    "Privacy <and> security",
    "Being heard, and leading teams",
];
const ORGANIZATIONS: [&str; 4] = [
    "Riverside Clinic",
    "",
    "Самарский государственный медицинский университет имени академика",
    "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
];

/// An event that was scheduled.
pub struct Scheduled {
    folder: TempDir,
}

/// Half of the people have a usual name, the others a hostile one; past the first of each a number makes them differ.
fn name(i: usize) -> String {
    let names = if i.is_multiple_of(2) { &NAMES[..] } else { &USUAL[..] };
    match i / 2 / names.len() {
        0 => names[i / 2].to_owned(),
        n => format!("{} {n}", names[i / 2 % names.len()]),
    }
}

fn quoted(cell: &str) -> String {
    format!("\"{}\"", cell.replace('"', "\"\""))
}

impl Scheduled {
    /// So many experts, mentees and rounds; `print` is the `[print]` of the event file.
    pub fn new(experts: usize, mentees: usize, rounds: usize, print: &str) -> Scheduled {
        let event = Scheduled { folder: tempfile::tempdir().expect("a temporary folder") };
        let write = |file, text| fs::write(event.path().join(file), text).expect("a file can be written");
        let mut rows = String::from("id,name,email,organization,topics,capacity\n");
        for i in 0..experts {
            let of = quoted(ORGANIZATIONS[i % ORGANIZATIONS.len()]);
            let topics = quoted(&TOPICS[..1 + i % TOPICS.len()].join(";"));
            rows += &format!("E{i:03},{},e{i}@example.org,{of},{topics},8\n", quoted(&name(i)));
        }
        write("experts.csv", rows);
        let mut rows = String::from("id,name,email,organization,stage,topic_1,topic_2,goal\n");
        for i in 0..mentees {
            let of = quoted(ORGANIZATIONS[i % ORGANIZATIONS.len()]);
            let (first, second) = (quoted(TOPICS[i % 4]), quoted(TOPICS[(i + 1) % 4]));
            let stage = ["Early career", ""][i % 2];
            let goal = quoted(["", "How did you start? Write to me@example.org.", "كيف أجد وظيفتي الأولى؟"][i % 3]);
            rows += &format!("M{i:03},{},m{i}@example.org,{of},{stage},{first},{second},{goal}\n", quoted(&name(i)));
        }
        write("mentees.csv", rows);
        write("event.toml", event_file(rounds, print));
        event.run(&["schedule", ".", "--quiet", "--format", "csv", "--steps", "1000"]);
        event
    }

    /// Its folder.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Runs the program, which must end well.
    pub fn run(&self, arguments: &[&str]) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tablehop"));
        let output = command.args(arguments).current_dir(self.path()).output().expect("the program runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "tablehop {}\n{said}", arguments.join(" "));
    }

    /// What the program printed.
    pub fn printed(&self, file: &str) -> Vec<u8> {
        let path = self.path().join("out").join(file);
        fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }
}

fn event_file(rounds: usize, print: &str) -> String {
    let topics = TOPICS.map(|topic| format!("\"{topic}\"")).join(", ");
    format!(
        r#"[event]
id = "hostile"
name = "Women in Health IT: Speed Mentoring <2027> & friends"
date = 2027-03-09
timezone = "America/Chicago"
[rounds]
start = 13:30:00
count = {rounds}
minutes = 12
transition_minutes = 3
breaks = [{{ after_round = 3, minutes = 15, label = "Coffee & <tea>" }}]
[rosters]
experts = "experts.csv"
mentees = "mentees.csv"
[topics]
offered = [{topics}]
[tables]
capacity = 8
smallest_group = 1
[print]
{print}
"#
    )
}
