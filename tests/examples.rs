//! The examples schedule as they stand, and print what their `expected.txt` says, byte for byte.
//!
//! After a change that is meant to be seen, `TABLEHOP_BLESS=1 cargo test examples` writes what is printed now into
//! `examples/*/expected.txt`; read the difference before you commit it. The files hold what the default solver
//! finds: with feature `highs` the plans are checked only, since another solver may break ties another way.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// The examples; [`every_example_is_tested`] holds the list against the folder.
const EXAMPLES: [&str; 4] = ["conference-micro", "health-it", "pairing-programme", "starter"];

/// The folder of all examples.
fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples")
}

/// A copy of an example without what the program or the tests wrote there.
fn copy_of(example: &str) -> TempDir {
    let copy = tempfile::tempdir().expect("a folder for temporary files");
    for entry in fs::read_dir(examples().join(example)).expect("the example is there") {
        let path = entry.expect("a readable folder").path();
        let name = path.file_name().expect("entries have names");
        if path.is_file() && !name.to_string_lossy().starts_with("plan.") && name != "expected.txt" {
            fs::copy(&path, copy.path().join(name)).expect("the file can be copied");
        }
    }
    copy
}

/// Runs the program in a folder.
fn tablehop(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tablehop"));
    command.args(arguments).current_dir(folder).env_remove("COLUMNS").output().expect("the program is built")
}

/// The standard output of a run that must end well.
fn printed(folder: &Path, arguments: &[&str]) -> String {
    let output = tablehop(folder, arguments);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "tablehop {}\n{stderr}", arguments.join(" "));
    String::from_utf8(output.stdout).expect("the output is UTF-8")
}

/// Holds what was printed against `expected.txt`, or blesses it.
fn compare(example: &str, printed: &str) {
    let file = examples().join(example).join("expected.txt");
    if std::env::var_os("TABLEHOP_BLESS").is_some() {
        return fs::write(&file, printed).expect("expected.txt can be written");
    }
    let expected = fs::read_to_string(&file).unwrap_or_default();
    if printed == expected {
        return;
    }
    let (now, then): (Vec<_>, Vec<_>) = (printed.lines().collect(), expected.lines().collect());
    let at = now.iter().zip(&then).take_while(|(a, b)| a == b).count();
    panic!(
        "{example}: line {} differs\n  expected: {:?}\n  printed:  {:?}\nif that is right: TABLEHOP_BLESS=1 cargo test examples",
        at + 1,
        then.get(at),
        now.get(at)
    );
}

/// Schedules a copy of the example and holds the plan against the rules and the output against `expected.txt`.
fn holds(example: &str) {
    let copy = copy_of(example);
    let schedule = printed(copy.path(), &["schedule", "."]);
    printed(copy.path(), &["check", "."]);
    if !cfg!(feature = "highs") {
        compare(example, &schedule);
    }
}

/// Validating says no error, and writes nothing.
fn validates(example: &str) {
    let copy = copy_of(example);
    printed(copy.path(), &["validate", "."]);
    assert!(!copy.path().join("plan.json").exists(), "{example}: `validate` wrote a plan");
}

#[test]
fn conference_micro() {
    holds("conference-micro");
}

#[test]
fn health_it() {
    holds("health-it");
}

#[test]
fn pairing_programme() {
    holds("pairing-programme");
}

#[test]
fn starter() {
    holds("starter");
}

#[test]
fn all_validate() {
    EXAMPLES.into_iter().for_each(validates);
}

/// The README may leave lines out (`…`), but what it shows is printed, in this order.
#[test]
fn the_readme_shows_what_is_printed() {
    let read = |path: &str| fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect(path);
    let readme = read("README.md");
    let shown = readme.split("```text\n").nth(1).and_then(|rest| rest.split("```").next()).expect("output is shown");
    let expected = read("examples/starter/expected.txt");
    let mut printed = expected.lines();
    for line in shown.lines().filter(|&line| line != "…") {
        assert!(printed.any(|p| p == line), "the README shows what `schedule examples/starter` does not print: {line}");
    }
}

#[test]
fn every_example_is_tested() {
    let entries = fs::read_dir(examples()).expect("the examples are there").map(|e| e.expect("a readable folder"));
    let mut names: Vec<_> = entries.map(|e| e.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    assert_eq!(names, EXAMPLES);
}
