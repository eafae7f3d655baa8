//! The command line: the same program without a window.
//!
//! May use: io, formats, domain, clap; never app or ui (the window comes in as a function). One file
//! per subcommand; the doc comments of its `Args` are its help. A subcommand is a function of its
//! arguments and a [`Stamp`](crate::domain::Stamp); what it says goes to a [`Console`] and is printed
//! here, in one place. Invariants: exit 0 means done, 1 that something is open, undecided or different, 2 that it
//! cannot be done, with one line on standard error that names file and reason; standard output holds
//! results only; output that somebody cuts off is no failure. Known limit: output is whole in memory.

mod by;
mod check;
mod compare;
mod copy;
mod diff;
mod export;
mod failure;
mod files;
mod force;
mod import;
mod import_marks;
mod list;
mod mark;
mod merge;
mod near;
mod reading;
mod redraft;
mod remove;
mod set;
mod words;

use std::ffi::OsString;
use std::io::{ErrorKind, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

pub use failure::Failure;

/// Annotate an article: mark claims, quotes and sources, and record what checking found.
///
/// Without a subcommand a window opens, with FILE (a project or an article) in it where one is named.
/// A word that is the name of a subcommand means that subcommand; write ./list to open a file of that
/// name.
///
/// Exit status: 0 done; 1 `check` found something open, `merge` left something undecided, `diff` found
/// a difference; 2 cannot do it, and standard error says why.
#[derive(Debug, Parser)]
#[command(name = "proofmark", version, args_conflicts_with_subcommands = true, verbatim_doc_comment)]
struct Cli {
    /// A project (.ron) or an article to open in a window
    file: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    Import(import::Args),
    Redraft(redraft::Args),
    Mark(mark::Args),
    Set(set::Args),
    Remove(remove::Args),
    List(list::Args),
    Export(export::Args),
    Check(check::Args),
    Merge(merge::Args),
    Diff(diff::Args),
    Copy(copy::Args),
    Compare(compare::Args),
}

/// What a subcommand says.
#[derive(Debug, Default)]
pub struct Console {
    /// For standard output: the result.
    pub out: String,
    /// For standard output behind it: a file that is no text.
    pub raw: Vec<u8>,
    /// For standard error, one line each: what a person should know.
    pub notes: Vec<String>,
}

impl Console {
    /// Adds a line to the result.
    pub fn say(&mut self, line: &str) {
        self.out.push_str(line);
        self.out.push('\n');
    }

    /// Adds a file to the result.
    pub fn write(&mut self, bytes: Vec<u8>) {
        match String::from_utf8(bytes) {
            Ok(text) => self.out.push_str(&text),
            Err(raw) => self.raw = raw.into_bytes(),
        }
    }

    /// Adds a line for the person.
    pub fn note(&mut self, line: impl Into<String>) {
        self.notes.push(line.into());
    }
}

/// How a command that could be done ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Fine.
    Done,
    /// `check` found something open, `merge` left something undecided, `diff` found a difference.
    Open,
    /// `check` could not read one of its files, and has said so.
    Unread,
}

/// Runs the program: a subcommand, or `window` with the file that was named.
pub fn run(
    args: impl IntoIterator<Item = OsString>,
    window: impl FnOnce(Option<PathBuf>) -> Result<(), String>,
) -> ExitCode {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) if !error.use_stderr() => return ended(print(error.render().to_string().as_bytes())),
        Err(error) => return ended(Err(Failure::usage(&error))),
    };
    let Some(command) = cli.command else {
        return ended(window(cli.file).map(|()| End::Done).map_err(Failure::new));
    };
    let mut console = Console::default();
    let result = command.run(&mut console);
    for note in &console.notes {
        complain(note);
    }
    // A failure is told even where the output was cut, and the other way round.
    let printed = print(console.out.as_bytes()).and_then(|_| print_raw(&console.raw));
    ended(result.and_then(|end| printed.map(|_| end)))
}

impl Command {
    fn run(&self, console: &mut Console) -> Result<End, Failure> {
        let reader = || crate::io::clock::stamp(by::NOBODY);
        match self {
            Self::Import(args) => import::run(args, &mut args.by.stamp(console)?, console),
            Self::Redraft(args) => redraft::run(args, &mut args.by.stamp(console)?, console),
            Self::Mark(args) => mark::run(args, &mut args.by.stamp(console)?, console),
            Self::Set(args) => set::run(args, &mut args.by.stamp(console)?, console),
            Self::Remove(args) => remove::run(args, &mut args.by.stamp(console)?, console),
            Self::List(args) => list::run(args, &mut reader(), console),
            Self::Export(args) => export::run(args, &mut reader(), console),
            Self::Compare(args) => compare::run(args, &mut reader(), console),
            Self::Copy(args) => copy::run(args, &mut reader(), console),
            Self::Check(args) => check::run(args, &mut reader(), console),
            Self::Merge(args) => merge::run(args, &mut reader(), console),
            Self::Diff(args) => diff::run(args, &mut reader(), console),
        }
    }
}

fn ended(result: Result<End, Failure>) -> ExitCode {
    match result {
        Ok(End::Done) => ExitCode::SUCCESS,
        Ok(End::Open) => ExitCode::from(1),
        Ok(End::Unread) => ExitCode::from(2),
        Err(failure) => {
            complain(&failure.to_string());
            ExitCode::from(2)
        }
    }
}

/// Prints a result. Whoever closes the pipe early has read enough.
fn print(bytes: &[u8]) -> Result<End, Failure> {
    let mut out = std::io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::new(format!("The result could not be printed: {error}")))
        }
        _ => Ok(End::Done),
    }
}

/// Prints a file that is no text, but not onto a terminal.
fn print_raw(bytes: &[u8]) -> Result<End, Failure> {
    if !bytes.is_empty() && std::io::stdout().is_terminal() {
        return Err(Failure::new("This export is no text; name a file for it with -o"));
    }
    print(bytes)
}

/// Says something to the person. Where standard error is closed, nobody listens.
fn complain(line: &str) {
    let _ = writeln!(std::io::stderr(), "proofmark: {line}");
}

#[cfg(test)]
mod tests;
