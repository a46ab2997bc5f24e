//! Invitations as messages that any mail program sends (RFC 5322, MIME): a text to read and the entry beside it.

use mail_builder::MessageBuilder;
use mail_builder::headers::address::Address;
use mail_builder::headers::content_type::ContentType;
use mail_builder::headers::raw::Raw;
use mail_builder::mime::MimePart;

use super::ics::{Entry, Manner, Party, clean, invitation, method};
use super::names::uid;
use crate::domain::Sentences;
use crate::output::wording::about;

/// What a message is about.
pub(super) struct Letter<'a> {
    /// The entry.
    pub entry: &'a Entry,
    /// Who invites.
    pub organizer: Party<'a>,
    /// Who is invited.
    pub guest: Party<'a>,
    /// The event's name.
    pub event: &'a str,
    /// Whether the guest may have an earlier invitation.
    pub update: bool,
    /// What it says.
    pub sentences: &'a Sentences,
}

/// The message: the same bytes for the same letter, so that nothing is sent twice under two identities.
pub(super) fn message(letter: &Letter, manner: Manner) -> Vec<u8> {
    let Letter { entry, organizer, guest, .. } = letter;
    let revision = entry.version.revision.to_string();
    let identity = uid(&["message", &entry.uid, &revision, method(entry)]);
    let boundary = identity.replace('@', ".");
    let calendar = ContentType::new("text/calendar").attribute("charset", "utf-8").attribute("method", method(entry));
    let file = String::from_utf8_lossy(&invitation(entry, *organizer, *guest, manner)).into_owned();
    let parts = vec![MimePart::new("text/plain", text(letter)), MimePart::new(calendar, file)];
    let alternative = ContentType::new("multipart/alternative").attribute("boundary", boundary);
    let mut bytes = Vec::new();
    MessageBuilder::new()
        .from(mailbox(*organizer))
        .to(mailbox(*guest))
        .subject(subject(letter))
        .date(entry.version.made.timestamp())
        .message_id(identity)
        // Mail programs that know it open the message for sending, not as one that came in.
        .header("X-Unsent", Raw::new("1"))
        .body(MimePart::new(alternative, parts))
        .serialize(&mut bytes);
    bytes
}

fn mailbox(party: Party<'_>) -> Address<'_> {
    Address::new_address(Some(in_one_line(party.name)), address(party.email))
}

/// An address without what would end it or the header; the intake takes none with such.
fn address(email: &str) -> String {
    email.chars().filter(|c| !c.is_control() && !c.is_whitespace() && !matches!(c, '<' | '>')).collect()
}

fn subject(letter: &Letter) -> String {
    let Letter { entry, event, sentences, .. } = letter;
    let subject = match &entry.title {
        title if title == event => title.clone(),
        title => format!("{event}: {title}"),
    };
    let subject = match (entry.cancelled, letter.update) {
        (true, _) => about(&sentences.subject_cancelled, subject),
        (false, true) => about(&sentences.subject_changed, subject),
        (false, false) => subject,
    };
    in_one_line(&subject)
}

fn text(letter: &Letter) -> String {
    let Letter { entry, guest, event, sentences, .. } = letter;
    let what = match (entry.cancelled, letter.update) {
        (true, _) => &sentences.cancelled,
        (false, true) => &sentences.rescheduled,
        (false, false) => &sentences.invited,
    };
    let (greeting, what) = (about(&sentences.greeting, guest.name), about(what, event));
    clean(&format!("{greeting}\n\n{what}\n\n{}\n", entry.description)).into_owned()
}

/// The text as a header holds it.
fn in_one_line(text: &str) -> String {
    clean(text).replace('\n', " ")
}
