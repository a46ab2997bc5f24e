//! Prints pages to PDF with the browser that is installed: Chromium, Chrome or Edge.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, anyhow};

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
const LIMIT: Duration = Duration::from_secs(180);
/// How often it is looked after.
const LOOKED_AFTER: Duration = Duration::from_millis(20);

/// A browser that prints.
#[derive(Debug)]
pub struct Browser {
    program: PathBuf,
    limit: Duration,
}

impl Browser {
    /// The browser at a path, or the first that is found.
    pub fn find(named: Option<&Path>) -> Result<Browser, Failure> {
        let program = match named {
            Some(path) if path.is_file() => path.to_owned(),
            Some(path) => {
                let error = format!("there is no browser at `{}`", shown(path));
                return Err(Failure::input(
                    error,
                    "give the path of Chromium, Chrome or Edge, or leave `--browser` out",
                ));
            }
            None => candidates(|name| env::var_os(name).map(PathBuf::from))
                .into_iter()
                .find(|p| p.is_file())
                .ok_or_else(|| {
                    let hint = "install one, name it with `--browser PATH`, or leave `--pdf` out and print the pages \
                                from any browser";
                    Failure::input("PDF needs Chromium, Chrome or Edge, and none was found", hint)
                })?,
        };
        Ok(Browser { program, limit: LIMIT })
    }

    /// A page as PDF. What the browser needs while it works is in a folder that goes away.
    pub fn print(&self, page: &[u8]) -> anyhow::Result<Vec<u8>> {
        let name = shown(&self.program);
        let folder =
            tempfile::Builder::new().prefix("tablehop-").tempdir().context("cannot make a temporary folder")?;
        let (html, pdf) = (folder.path().join("page.html"), folder.path().join("page.pdf"));
        fs::write(&html, page).context("cannot write a temporary page")?;
        let said = fs::File::create(folder.path().join("said")).context("cannot write a temporary file")?;
        let mut browser = Command::new(&self.program)
            .args(switches(folder.path()))
            .arg(joined("--print-to-pdf=", &pdf))
            .arg(url(&html))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(said)
            .spawn()
            .with_context(|| format!("cannot start `{name}`"))?;
        let status = waited(&mut browser, self.limit).with_context(|| format!("cannot wait for `{name}`"))?;
        let status = status.ok_or_else(|| anyhow!("`{name}` was not done in {} s", self.limit.as_secs()))?;
        let bytes = fs::read(&pdf).unwrap_or_default();
        if bytes.starts_with(b"%PDF-") && bytes.trim_ascii_end().ends_with(b"%%EOF") {
            return Ok(bytes);
        }
        let said = fs::read(folder.path().join("said")).unwrap_or_default();
        Err(anyhow!("`{name}` wrote no PDF ({status}){}", last_line(&said)))
    }
}

/// Where browsers may be, by the search path and the variables that systems set; `of` gives a variable.
fn candidates(of: impl Fn(&str) -> Option<PathBuf>) -> Vec<PathBuf> {
    let path = of("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = env::split_paths(&path).filter(|folder| folder.is_absolute()).collect();
    let along = NAMES.iter().flat_map(|name| {
        let file = format!("{name}{}", env::consts::EXE_SUFFIX);
        folders.iter().map(move |folder| folder.join(&file))
    });
    let mut found: Vec<_> = along.collect();
    let applications = [Some(PathBuf::from("/Applications")), of("HOME").map(|home| home.join("Applications"))];
    let programs = ["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"].map(of);
    let below = |roots: Vec<Option<PathBuf>>, names: [&'static str; 3]| {
        let roots: Vec<_> = roots.into_iter().flatten().collect();
        names
            .into_iter()
            .flat_map(|name| roots.iter().map(|root| root.join(name)).collect::<Vec<_>>())
            .collect::<Vec<_>>()
    };
    found.extend(below(applications.to_vec(), ON_MACOS));
    found.extend(below(programs.to_vec(), ON_WINDOWS));
    found
}

/// A browser without a window, with a profile of its own, that asks the network for nothing.
fn switches(folder: &Path) -> Vec<std::ffi::OsString> {
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
    let mut all: Vec<_> = switches.into_iter().map(Into::into).collect();
    all.push(joined("--user-data-dir=", &folder.join("profile")));
    if owned_by_root(folder) {
        // Chromium has no sandbox for root, and starts only when told so. The page is the program's own, without
        // scripts.
        all.push("--no-sandbox".into());
    }
    all
}

/// Whether this program runs as root: the folder is its own.
fn owned_by_root(folder: &Path) -> bool {
    #[cfg(unix)]
    return fs::metadata(folder).is_ok_and(|folder| std::os::unix::fs::MetadataExt::uid(&folder) == 0);
    #[cfg(not(unix))]
    return folder.as_os_str().is_empty();
}

fn joined(switch: &str, path: &Path) -> std::ffi::OsString {
    let mut joined = std::ffi::OsString::from(switch);
    joined.push(path);
    joined
}

/// The address of a file whose name needs no care: it is in a temporary folder.
fn url(path: &Path) -> std::ffi::OsString {
    if cfg!(windows) { joined("file:///", path) } else { joined("file://", path) }
}

/// Waits for the end of a child; kills it, and gives `None`, when it takes longer than the limit.
fn waited(child: &mut Child, limit: Duration) -> std::io::Result<Option<ExitStatus>> {
    let start = Instant::now();
    while start.elapsed() < limit {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        thread::sleep(LOOKED_AFTER);
    }
    child.kill()?;
    child.wait()?;
    Ok(None)
}

/// The last thing that was said: `: …`.
fn last_line(said: &[u8]) -> String {
    let said = String::from_utf8_lossy(said);
    let line = said.lines().rev().map(str::trim).find(|line| !line.is_empty());
    line.map(|line| format!(": {line}")).unwrap_or_default()
}
