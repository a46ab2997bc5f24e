//! Keeps the house: what must not be there, written down so that it stays away. Each check says what it keeps.

use std::fs;
use std::path::{Path, PathBuf};

/// The modules, and the other modules of the crate that each may use. The command line and the crate's root may
/// use everything, and so are not listed.
const MAY_USE: [(&str, &[&str]); 7] = [
    ("domain", &[]),
    ("pairs", &["domain"]),
    ("input", &["domain"]),
    ("solve", &["domain", "pairs"]),
    ("report", &["domain", "pairs", "solve"]),
    ("check", &["domain"]),
    // Breaches, reasons and figures come as data, and are put into words here.
    ("output", &["domain", "check", "report", "solve"]),
];

/// The most lines of a source file. Files of tests alone may be longer.
const MOST_LINES: usize = 400;

/// One Rust file, by its path from the root of the project.
struct Source {
    path: String,
    text: String,
}

impl Source {
    /// The Rust files under a folder of the project, by path.
    fn under(folder: &str) -> Vec<Source> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut sources = Vec::new();
        let mut folders = vec![root.join(folder)];
        while let Some(folder) = folders.pop() {
            for path in entries(&folder) {
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|e| e == "rs") {
                    let text = fs::read_to_string(&path).expect("source files are UTF-8");
                    let path = path.strip_prefix(root).expect("it is under the root").display().to_string();
                    sources.push(Source { path, text });
                }
            }
        }
        assert!(!sources.is_empty(), "no Rust file under `{folder}`: does this test look in the right place?");
        sources.sort_by(|a, b| a.path.cmp(&b.path));
        sources
    }

    /// Whether the file holds nothing but tests.
    fn only_tests(&self) -> bool {
        self.path.ends_with("/tests.rs") || self.path.contains("/tests/")
    }

    /// The module of the crate that the file belongs to: `check` for `src/check/rules.rs`.
    fn module(&self) -> &str {
        let path = self.path.strip_prefix("src/").unwrap_or(&self.path);
        path.split('/').next().unwrap_or(path).trim_end_matches(".rs")
    }

    /// The numbered lines of code: no comments, and nothing from an inline module of tests on.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let program = self.text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        program.lines().enumerate().map(|(i, line)| (i + 1, line.trim())).filter(|(_, line)| !line.starts_with("//"))
    }

    /// The lines of code that hold one of the marks, as `path:line: text`.
    fn lines_with(&self, marks: &[&str]) -> Vec<String> {
        let bad = |line: &str| marks.iter().any(|mark| line.contains(mark));
        self.code().filter(|(_, line)| bad(line)).map(|(n, line)| format!("{}:{n}: {line}", self.path)).collect()
    }
}

/// What a folder holds, by path.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let read = fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut paths: Vec<_> = read.map(|entry| entry.expect("a readable folder").path()).collect();
    paths.sort();
    paths
}

/// The code lines with one of the marks, in all files of the program for which `held` is true.
fn found(held: impl Fn(&Source) -> bool, marks: &[&str]) -> Vec<String> {
    let program = Source::under("src").into_iter().filter(|s| !s.only_tests() && held(s));
    program.flat_map(|s| s.lines_with(marks)).collect()
}

/// Fails with the offending lines and what the check keeps.
fn none(offences: &[String], keeps: &str) {
    assert!(offences.is_empty(), "{keeps}:\n  {}", offences.join("\n  "));
}

#[test]
fn files_can_be_read_in_one_sitting() {
    let sources = Source::under("src").into_iter().filter(|s| !s.only_tests());
    let sizes = sources.map(|s| (s.text.lines().count(), s.path));
    let long: Vec<_> = sizes.filter(|&(n, _)| n > MOST_LINES).map(|(n, path)| format!("{path}: {n} lines")).collect();
    none(&long, &format!("a file has one purpose and at most {MOST_LINES} lines"));
}

#[test]
fn modules_use_only_what_is_before_them_on_the_way() {
    let mut offences = Vec::new();
    for source in Source::under("src").iter().filter(|s| !s.only_tests()) {
        let Some((own, may)) = MAY_USE.iter().find(|(module, _)| *module == source.module()) else { continue };
        for (n, line) in source.code() {
            let used = line.match_indices("crate::").map(|(at, found)| &line[at + found.len()..]);
            let other = |rest: &&str| {
                let module = rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
                module != *own && !may.contains(&module)
            };
            if used.clone().any(|rest| other(&rest)) {
                offences.push(format!("{}:{n}: {line}", source.path));
            }
        }
    }
    none(&offences, "the way through the code goes one way, and check shares nothing with solve");
}

#[test]
fn the_domain_does_not_know_how_it_is_written() {
    let offences = found(|s| s.module() == "domain", &["serde", "std::fs", "std::io"]);
    none(&offences, "the domain is plain data, without formats, files or input and output");
}

#[test]
fn one_module_knows_the_solvers() {
    let offences = found(|s| !s.path.starts_with("src/solve/models"), &["good_lp::", "microlp::", "highs::"]);
    none(&offences, "only src/solve/models knows good_lp");
}

#[test]
fn only_the_command_line_prints() {
    let marks = ["println!", "print!", "io::stdout", "io::stderr"];
    none(&found(|s| s.module() != "cli", &marks), "computing and printing are apart: only src/cli prints");
}

#[test]
fn only_main_ends_the_process() {
    // A second Ctrl-C quits from within its handler, where there is nobody to return to.
    let may = ["src/main.rs", "src/cli/search.rs"];
    none(&found(|s| !may.contains(&s.path.as_str()), &["process::exit"]), "helpers return, they don't exit");
}

#[test]
fn names_are_imported_one_by_one() {
    none(&found(|_| true, &["::*;", "::*,", "::*}"]), "no glob imports: a reader sees where a name is from");
}

#[test]
fn the_core_takes_no_clock() {
    let held = |s: &Source| s.module() != "cli";
    none(&found(held, &["Utc::now", "Local::now", "SystemTime", "Instant::now"]), "only src/cli reads the clock");
}

#[test]
fn nothing_is_left_over() {
    let marks =
        ["TODO", "FIXME", "XXX:", "dbg!", "todo!(", "unimplemented!(", "#[ignore", "allow(dead_code", "unsafe "];
    let mut offences = Vec::new();
    for source in ["src", "tests", "benches", "fuzz/fuzz_targets"].into_iter().flat_map(Source::under) {
        if source.path == "tests/tidy.rs" {
            continue;
        }
        let marked = |line: &str| marks.iter().any(|mark| line.contains(mark));
        let lines = source.text.lines().enumerate().filter(|(_, line)| marked(line));
        offences.extend(lines.map(|(i, line)| format!("{}:{}: {}", source.path, i + 1, line.trim())));
    }
    none(&offences, "what is begun is finished, and nothing is switched off");
}
