//! Prints pages to PDF with the browser that is installed: Chromium, Chrome or Edge.

use std::env;
use std::ffi::OsString;
use std::fs::{self, File};
use std::path::{self, Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, anyhow, bail, ensure};

use super::failure::Failure;
use super::folder::shown;

/// Programs to look for along the search path.
const NAMES: [&str; 8] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
];
/// Where macOS keeps them, below `/Applications` or the user's own.
const ON_MACOS: [&str; 3] = [
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Chromium.app/Contents/MacOS/Chromium",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
];
/// Where Windows keeps them, below the folders of programs.
const ON_WINDOWS: [&str; 3] = [
    "Google/Chrome/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
    "Chromium/Application/chrome.exe",
];

/// A browser that takes longer than this for one file is given up.
const LIMIT: Duration = Duration::from_secs(300);
/// What is said after Ctrl-C.
const INTERRUPTED: &str = "interrupted; nothing was written";
/// How often it is looked after.
const LOOKED_AFTER: Duration = Duration::from_millis(20);

/// A browser that prints.
#[derive(Debug)]
pub struct Browser {
    program: PathBuf,
    limit: Duration,
    interrupted: Arc<AtomicBool>,
}

impl Browser {
    /// The browser at a path, or the first that is found.
    pub fn find(named: Option<&Path>) -> Result<Browser, Failure> {
        let program = match named {
            Some(path) if path.is_file() => path.to_owned(),
            Some(path) => {
                let error = format!("there is no browser at `{}`", shown(path));
                let hint = "give the path of Chromium, Chrome or Edge, or leave `--browser` out";
                return Err(Failure::input(error, hint));
            }
            None => {
                let variable = |name: &str| env::var_os(name).map(PathBuf::from);
                candidates(variable).into_iter().find(|path| path.is_file()).ok_or_else(none_found)?
            }
        };
        let interrupted = Arc::new(AtomicBool::new(false));
        let seen = Arc::clone(&interrupted);
        // Without a handler Ctrl-C still ends the program; only the browser's folder is then left behind.
        let _ = ctrlc::set_handler(move || seen.store(true, Ordering::Relaxed));
        Ok(Browser { program, limit: LIMIT, interrupted })
    }

    /// A page as PDF. What the browser needs while it works is in a folder in `beside`, which goes away: browsers
    /// that are shut in see the user's folders, and not those for temporary files.
    pub fn print(&self, page: &[u8], beside: &Path) -> anyhow::Result<Vec<u8>> {
        let name = shown(&self.program);
        let beside = path::absolute(beside)?;
        let folder = tempfile::Builder::new().prefix(".tablehop-").tempdir_in(&beside);
        let folder = folder.with_context(|| format!("cannot write in `{}`", beside.display()))?;
        let [html, pdf, said] = ["page.html", "page.pdf", "said"].map(|file| folder.path().join(file));
        fs::write(&html, page).context("cannot write a temporary page")?;
        let mut browser = Command::new(&self.program)
            .args(switches(folder.path()))
            .arg(joined("--print-to-pdf=", &pdf))
            .arg(address(&html))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(File::create(&said).context("cannot write a temporary file")?)
            .spawn()
            .with_context(|| format!("cannot start `{name}`"))?;
        self.wait(&mut browser, &name)?;
        let bytes = fs::read(&pdf).unwrap_or_default();
        if bytes.starts_with(b"%PDF-") && bytes.trim_ascii_end().ends_with(b"%%EOF") {
            return Ok(bytes);
        }
        Err(anyhow!("`{name}` wrote no PDF{}", last_line(&fs::read(&said).unwrap_or_default())))
    }

    /// Waits for the end of a browser, and ends it when it takes too long or the user does not want to wait.
    fn wait(&self, browser: &mut Child, name: &str) -> anyhow::Result<()> {
        let start = Instant::now();
        let end = |browser: &mut Child| browser.kill().and_then(|()| browser.wait());
        while browser.try_wait().with_context(|| format!("cannot wait for `{name}`"))?.is_none() {
            if self.interrupted.load(Ordering::Relaxed) {
                end(browser)?;
                bail!(INTERRUPTED);
            }
            if start.elapsed() >= self.limit {
                end(browser)?;
                bail!("`{name}` was not done in {} seconds", self.limit.as_secs());
            }
            thread::sleep(LOOKED_AFTER);
        }
        // Ctrl-C on a terminal ends the browser as well, and may do so first.
        ensure!(!self.interrupted.load(Ordering::Relaxed), INTERRUPTED);
        Ok(())
    }
}

fn none_found() -> Failure {
    let hint = "install one, name it with `--browser PATH`, or leave `--pdf` out and print the pages from any browser";
    Failure::input("PDF needs Chromium, Chrome or Edge, and none of them was found", hint)
}

/// Where browsers may be: along the search path, then where systems keep programs. `of` gives a variable.
fn candidates(of: impl Fn(&str) -> Option<PathBuf>) -> Vec<PathBuf> {
    let path = of("PATH").unwrap_or_default();
    let along = env::split_paths(&path).filter(|folder| folder.is_absolute()).collect();
    let names = NAMES.map(|name| format!("{name}{}", env::consts::EXE_SUFFIX));
    let applications = vec![Some("/Applications".into()), of("HOME").map(|home| home.join("Applications"))];
    let programs = ["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"].map(of).to_vec();
    let mut all = below(along, names.iter().map(String::as_str));
    all.extend(below(applications.into_iter().flatten().collect(), ON_MACOS.into_iter()));
    all.extend(below(programs.into_iter().flatten().collect(), ON_WINDOWS.into_iter()));
    all
}

/// Each name below each of the folders, the names first.
fn below<'a>(folders: Vec<PathBuf>, names: impl Iterator<Item = &'a str>) -> Vec<PathBuf> {
    names.flat_map(|name| folders.iter().map(move |folder| folder.join(name))).collect()
}

/// A browser without a window, with a profile of its own, that asks the network for nothing.
fn switches(folder: &Path) -> Vec<OsString> {
    let switches = [
        "--headless",
        "--disable-gpu",
        "--no-first-run",
        "--no-default-browser-check",
        "--disable-extensions",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-pdf-header-footer",
        "--print-to-pdf-no-header",
    ];
    let mut all: Vec<OsString> = switches.into_iter().map(Into::into).collect();
    all.push(joined("--user-data-dir=", &folder.join("profile")));
    if is_of_root(folder) {
        // Chromium has no sandbox for root, and starts only when told so. The page is the program's own, and the
        // browser is told to run no script in it.
        all.push("--no-sandbox".into());
    }
    all
}

/// Whether this program, which has just made the folder, runs as root.
#[cfg(unix)]
fn is_of_root(folder: &Path) -> bool {
    fs::metadata(folder).is_ok_and(|folder| std::os::unix::fs::MetadataExt::uid(&folder) == 0)
}

/// Other systems have no root.
#[cfg(not(unix))]
fn is_of_root(_: &Path) -> bool {
    false
}

fn joined(switch: &str, path: &Path) -> OsString {
    let mut joined = OsString::from(switch);
    joined.push(path);
    joined
}

/// The address of a file, with everything but plain letters written as numbers.
fn address(path: &Path) -> String {
    let mut address = String::from(if cfg!(windows) { "file:///" } else { "file://" });
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'\\' if cfg!(windows) => address.push('/'),
            b':' if cfg!(windows) => address.push(':'),
            b'/' | b'-' | b'_' | b'.' => address.push(char::from(*byte)),
            byte if byte.is_ascii_alphanumeric() => address.push(char::from(*byte)),
            byte => address.push_str(&format!("%{byte:02X}")),
        }
    }
    address
}

/// The last thing that was said, and not of the desktop, which browsers miss on servers all the time: `; it said: …`.
fn last_line(said: &[u8]) -> String {
    let said = String::from_utf8_lossy(said);
    let line = said.lines().rev().map(str::trim).find(|line| !line.is_empty() && !line.contains("dbus/"));
    line.map(|line| format!("; it said: {line}")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_looked_for_where_systems_keep_them() {
        let variables = |name: &str| match name {
            "PATH" => env::join_paths(["/usr/bin", "relative", "/snap/bin"]).ok().map(PathBuf::from),
            "HOME" => Some("/home/ana".into()),
            "PROGRAMFILES" => Some("/programs".into()),
            _ => None,
        };
        let found = candidates(variables);
        let suffix = env::consts::EXE_SUFFIX;
        let first: Vec<_> = ["/usr/bin/chromium", "/snap/bin/chromium", "/usr/bin/chromium-browser"]
            .map(|path| PathBuf::from(format!("{path}{suffix}")))
            .to_vec();
        assert_eq!(found[..3], first);
        for path in [
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
            "/home/ana/Applications/Chromium.app/Contents/MacOS/Chromium",
            "/programs/Microsoft/Edge/Application/msedge.exe",
        ] {
            assert!(found.contains(&PathBuf::from(path)), "{path}");
        }
        assert!(found.iter().all(|path| !path.starts_with("relative")));
    }

    #[cfg(unix)]
    mod scripted {
        use super::*;

        /// A browser that is a shell script; what it is called with stands in `$@`.
        fn browser(folder: &Path, script: &str, limit: Duration) -> Browser {
            let program = folder.join("browser");
            // Written by a process of its own: were the file open here, a test that starts a program at that moment
            // would hand it on, and for as long nobody could start it ("text file busy").
            let mut shell = Command::new("sh");
            shell.arg("-c").arg(r#"printf '#!/bin/sh\n%s\n' "$1" > "$0" && chmod +x "$0""#).arg(&program).arg(script);
            assert!(shell.status().unwrap().success());
            Browser { program, limit, interrupted: Arc::new(AtomicBool::new(false)) }
        }

        fn left(folder: &Path) -> Vec<OsString> {
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()).collect()
        }

        const LONG: Duration = Duration::from_secs(60);
        const WRITES: &str = r#"for a in "$@"; do case "$a" in --print-to-pdf=*) out="${a#*=}";; esac; done
printf '%%PDF-1.7 %s\n%%%%EOF\n' "$*" > "$out""#;

        #[test]
        fn a_pdf_is_what_the_browser_wrote_and_nothing_is_left() {
            let folder = tempfile::tempdir().unwrap();
            let browser = browser(folder.path(), WRITES, LONG);
            let out = folder.path().join("a b#c");
            fs::create_dir(&out).unwrap();
            let pdf = String::from_utf8(browser.print(b"<p>", &out).unwrap()).unwrap();
            assert!(pdf.contains("/a%20b%23c/.tablehop-") && pdf.contains("--user-data-dir="), "{pdf}");
            assert_eq!(left(&out), [""; 0]);
        }

        #[test]
        fn a_browser_that_fails_is_told_with_what_it_said() {
            let folder = tempfile::tempdir().unwrap();
            let broken = browser(
                folder.path(),
                "echo 'no display' >&2; echo '[1:2:ERROR:dbus/bus.cc:405] no bus' >&2; exit 1",
                LONG,
            );
            let said = format!("{:#}", broken.print(b"", folder.path()).unwrap_err());
            assert_eq!(said, format!("`{}/browser` wrote no PDF; it said: no display", folder.path().display()));
            let half = browser(folder.path(), &WRITES.replace("%%%%EOF", ""), LONG);
            assert!(half.print(b"", folder.path()).is_err());
        }

        #[test]
        fn a_browser_that_hangs_or_is_not_waited_for_is_ended() {
            let folder = tempfile::tempdir().unwrap();
            let start = Instant::now();
            let mut hanging = browser(folder.path(), "exec sleep 60", Duration::from_millis(50));
            let said = format!("{:#}", hanging.print(b"", folder.path()).unwrap_err());
            assert!(said.ends_with("was not done in 0 seconds"), "{said}");
            hanging.limit = LONG;
            hanging.interrupted.store(true, Ordering::Relaxed);
            let said = format!("{:#}", hanging.print(b"", folder.path()).unwrap_err());
            assert_eq!(said, INTERRUPTED);
            let ended = browser(folder.path(), "exit 1", LONG);
            ended.interrupted.store(true, Ordering::Relaxed);
            assert_eq!(format!("{:#}", ended.print(b"", folder.path()).unwrap_err()), INTERRUPTED);
            assert!(start.elapsed() < LONG);
            assert_eq!(left(folder.path()), ["browser"]);
        }
    }
}
