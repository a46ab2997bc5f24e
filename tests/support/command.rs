//! Runs the built program in a temporary folder, and tells exactly what it said.

use std::fs;
use std::io::pipe;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

/// A folder to run the program in.
pub struct Trial {
    folder: TempDir,
}

/// What a run said.
#[derive(Debug, PartialEq, Eq)]
pub struct Said {
    pub stdout: String,
    pub stderr: String,
    pub status: Option<i32>,
}

impl Trial {
    /// An empty folder.
    pub fn new() -> Self {
        Trial { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    /// With a file.
    pub fn with(self, name: &str, text: &str) -> Self {
        self.write(name, text);
        self
    }

    /// Puts a file in place of what was there.
    pub fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("a folder can be made");
        fs::write(path, text).expect("a file can be written");
    }

    /// What a file holds.
    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
    }

    /// The names of all files, sorted.
    pub fn files(&self) -> Vec<String> {
        self.files_of(".")
    }

    /// The names of all files of a folder in it, sorted.
    pub fn files_of(&self, folder: &str) -> Vec<String> {
        let entries = fs::read_dir(self.path(folder)).expect("the folder is there");
        let name = |entry: std::io::Result<fs::DirEntry>| entry.expect("an entry").file_name().into_string();
        let mut names: Vec<_> = entries.map(|e| name(e).expect("a name in UTF-8")).collect();
        names.sort();
        names
    }

    /// Runs the program with these arguments.
    pub fn run(&self, arguments: &[&str]) -> Said {
        Said::new(self.command(arguments).output().expect("the program runs"))
    }

    /// Runs the program with an environment variable.
    pub fn run_with(&self, name: &str, value: &str, arguments: &[&str]) -> Said {
        Said::new(self.command(arguments).env(name, value).output().expect("the program runs"))
    }

    /// Runs the program with nobody reading its standard output.
    pub fn run_unread(&self, arguments: &[&str]) -> Said {
        let (reader, writer) = pipe().expect("a pipe");
        drop(reader);
        Said::new(self.command(arguments).stdout(writer).output().expect("the program runs"))
    }

    /// Runs the program, which must be done, and gives what it printed, which may be no text.
    pub fn bytes(&self, arguments: &[&str]) -> Vec<u8> {
        let output = self.command(arguments).output().expect("the program runs");
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tablehop"));
        command.args(arguments).current_dir(self.folder.path());
        command.env_remove("COLUMNS").env_remove("NO_COLOR").env("SOURCE_DATE_EPOCH", "1803931200");
        command
    }

    /// Where a file of it is.
    pub fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(Path::new(name))
    }
}

impl Said {
    fn new(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("the program writes UTF-8");
        Said { stdout: text(output.stdout), stderr: text(output.stderr), status: output.status.code() }
    }

    /// Exactly this was said.
    #[track_caller]
    pub fn is(&self, status: i32, stdout: &str, stderr: &str) {
        assert_eq!(self.stdout, stdout, "standard output; standard error was:\n{}", self.stderr);
        assert_eq!(self.stderr, stderr, "standard error");
        assert_eq!(self.status, Some(status), "exit status");
    }

    /// Nothing was printed as data, and this was said.
    #[track_caller]
    pub fn fails(&self, status: i32, stderr: &str) {
        self.is(status, "", stderr);
    }

    /// It was done; gives what was printed as data.
    #[track_caller]
    pub fn done(self) -> String {
        assert_eq!(self.status, Some(0), "exit status; standard error was:\n{}", self.stderr);
        self.stdout
    }
}
