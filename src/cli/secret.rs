//! The secret behind names that cannot be guessed: random, made once, kept in the event's folder for its owner alone.

use std::fs;
use std::io;
use std::path::Path;

use anyhow::{Context, anyhow};

use super::failure::Failure;
use super::folder::{Folder, shown};
use super::screen::Screen;
use super::store;

/// Where it is kept.
const FILE: &str = "calendar.secret";

/// The secret of an event; made when there is none yet.
pub fn of(folder: &Folder, screen: &Screen) -> Result<[u8; 32], Failure> {
    if let Some(secret) = known(folder, screen)? {
        return Ok(secret);
    }
    // Where it cannot be made, another run may have made it meanwhile.
    make(&folder.path.join(FILE), screen).or_else(|failure| known(folder, screen)?.ok_or(failure))
}

/// The secret of an event, when there is one.
pub fn known(folder: &Folder, screen: &Screen) -> Result<Option<[u8; 32]>, Failure> {
    let path = folder.path.join(FILE);
    match fs::read(&path) {
        Ok(bytes) => {
            warn_of_readers(&path, screen);
            let secret = parse(&bytes).ok_or_else(|| {
                let hint = "take back what was changed in it, or move it away: then every name becomes another one";
                Failure::input(format!("`{}` is not the secret that this program wrote", shown(&path)), hint)
            })?;
            Ok(Some(secret))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot read `{}`", shown(&path))).map_err(Failure::Fault),
    }
}

fn make(path: &Path, screen: &Screen) -> Result<[u8; 32], Failure> {
    let mut secret = [0; 32];
    getrandom::fill(&mut secret).map_err(|error| anyhow!("the system gives no random numbers: {error}"))?;
    let text: String = secret.iter().map(|byte| format!("{byte:02x}")).collect();
    store::write_new_for_owner(path, format!("{text}\n").as_bytes())?;
    screen.note(&format!("wrote `{}`: keep it, or the names of files become other ones", shown(path)));
    Ok(secret)
}

/// The secret that is written in these bytes.
fn parse(bytes: &[u8]) -> Option<[u8; 32]> {
    let text = std::str::from_utf8(bytes).ok()?.trim();
    let digits = text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit());
    let byte = |i: usize| u8::from_str_radix(text.get(2 * i..2 * i + 2)?, 16).ok();
    let bytes: Option<Vec<u8>> = (0..32).map(byte).collect();
    bytes.filter(|_| digits)?.try_into().ok()
}

/// Says when others can read the secret, as after a copy.
fn warn_of_readers(path: &Path, screen: &Screen) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        if fs::metadata(path).is_ok_and(|file| file.permissions().mode() & 0o077 != 0) {
            let shown = shown(path);
            screen.warn(&format!("others than its owner can open `{shown}`"), &format!("run `chmod 600 \"{shown}\"`"));
        }
    }
    #[cfg(not(unix))]
    let _ = (path, screen);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_sixty_four_digits() {
        assert_eq!(parse(format!("{}\n", "0f".repeat(32)).as_bytes()), Some([15; 32]));
        for bad in ["", "0f", &"+f".repeat(32), &"0f".repeat(33), &"é".repeat(32)] {
            assert_eq!(parse(bad.as_bytes()), None, "{bad}");
        }
    }
}
