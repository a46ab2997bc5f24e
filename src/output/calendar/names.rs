//! Names of files that every file system takes, and that nobody guesses who is not meant to.

use std::collections::HashSet;

use deunicode::deunicode;
use sha2::{Digest, Sha256};

/// Letters that are kept of a name.
const MOST_LETTERS: usize = 40;
/// Bytes of the short mark that tells people of one name apart.
const MARK: usize = 3;
/// Bytes of a token that cannot be guessed.
const TOKEN: usize = 16;

/// Makes the names of files: letters and digits of the name, then a mark of whose file it is, or a token from the
/// secret. No name is one that a system keeps for itself, and no two differ by case alone.
pub(super) struct Names<'a> {
    secret: Option<&'a [u8; 32]>,
    given: HashSet<String>,
}

impl<'a> Names<'a> {
    /// With tokens where there is a secret.
    pub fn new(secret: Option<&'a [u8; 32]>) -> Self {
        Names { secret, given: HashSet::new() }
    }

    /// The path `folder/name-mark` of the file of what `kind` and `id` stand for, without its ending.
    pub fn of(&mut self, kind: &str, id: &str, name: &str) -> String {
        let mark = hex(self.secret, &[kind, id], if self.secret.is_some() { TOKEN } else { MARK });
        let path = format!("{kind}s/{}-{mark}", letters(name, kind));
        let mut free = path.clone();
        let mut more = 2;
        while !self.given.insert(free.clone()) {
            free = format!("{path}-{more}");
            more += 1;
        }
        free
    }

    /// The name of the one file of all.
    pub fn of_all(&self) -> String {
        match self.secret {
            Some(_) => format!("everything-{}", hex(self.secret, &["everything"], TOKEN)),
            None => "everything".to_owned(),
        }
    }
}

/// An identity of these parts: the same for the same ones, and nobody reads from it who is meant.
pub(super) fn uid(parts: &[&str]) -> String {
    format!("{}@tablehop", hex(None, parts, TOKEN))
}

/// The first bytes of a hash of the parts and the secret.
fn hex(secret: Option<&[u8; 32]>, parts: &[&str], bytes: usize) -> String {
    let mut hash = Sha256::new();
    hash.update(secret.map_or(&[][..], |secret| secret));
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().iter().take(bytes).map(|byte| format!("{byte:02x}")).collect()
}

/// Letters and digits of a name in Latin, lower case, words joined by `-`; `other` where there are none.
fn letters(name: &str, other: &str) -> String {
    let mut letters = String::new();
    for c in deunicode(name).chars().filter(|c| *c != '\'') {
        if c.is_ascii_alphanumeric() {
            letters.push(c.to_ascii_lowercase());
        } else if !letters.is_empty() && !letters.ends_with('-') {
            letters.push('-');
        }
    }
    letters.truncate(MOST_LETTERS);
    letters.truncate(letters.trim_end_matches('-').len());
    if letters.is_empty() { other.to_owned() } else { letters }
}
