//! Chromium, as far as the tests need it.

use std::path::PathBuf;
use std::process::{Command, Stdio};

/// Millimetres on a side of a page, to the nearest tenth.
pub type Page = (f64, f64);

const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// The browser on the search path.
pub fn program() -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = NAMES.iter().find_map(|name| std::env::split_paths(&path).map(|p| p.join(name)).find(|p| p.is_file()));
    found.unwrap_or_else(|| {
        panic!(
            "these tests need a browser, and there is none of {NAMES:?} on the search path.\n\
             On Debian: apt-get install -y --no-install-recommends chromium"
        )
    })
}

/// What is in a page once its scripts have run.
pub fn dom(html: &str) -> String {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let page = folder.path().join("page.html");
    std::fs::write(&page, html).expect("a page can be written");
    let output = Command::new(program())
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"])
        .args(["--disable-component-update", "--disable-sync", "--dump-dom", "--window-size=1600,1200"])
        .arg(format!("--user-data-dir={}", folder.path().join("profile").display()))
        .arg(format!("file://{}", page.display()))
        .stderr(Stdio::null())
        .output()
        .expect("the browser starts");
    String::from_utf8(output.stdout).expect("a page is UTF-8")
}

/// The pages of a PDF that Chromium wrote, in the order in which they stand in the file.
pub fn pages(pdf: &[u8]) -> Vec<Page> {
    let text = String::from_utf8_lossy(pdf);
    let mm = |points: &str| {
        let points: f64 = points.parse().expect("a box holds numbers");
        (points / 72.0 * 254.0).round() / 10.0
    };
    let boxes = text.split("/MediaBox [").skip(1).map(|rest| rest.split(']').next().unwrap_or_default());
    boxes
        .map(|numbers| match numbers.split_whitespace().collect::<Vec<_>>()[..] {
            ["0", "0", width, height] => (mm(width), mm(height)),
            _ => panic!("a page has the box `{numbers}`"),
        })
        .collect()
}
