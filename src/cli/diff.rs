//! `proofmark diff`: what differs between two copies, and a project as lines for git to compare.
//!
//! May use: files, formats' words, domain. Invariant: nothing is written; one notation for all that
//! differs, one line each; what cannot drive a terminal.

use std::path::PathBuf;

use super::words::one_line;
use super::{Console, End, Failure, files};
use crate::domain::differences::differences;
use crate::domain::merge::Refused;
use crate::domain::{Project, Stamp};
use crate::formats::{changes, disputes, outline};
use crate::io::{PROJECT_LIMIT, read, shown};

/// Show what differs between two copies of a project
///
/// One line for each difference, [-what OLD has-]{+what NEW has+}, with who and when (universal time),
/// below the annotation that it is about: + for a new one, - for one that is gone, ~ for a changed one,
/// ? for what is undecided in NEW. With one file its whole content is printed, line by line, in a form
/// that `git diff` can compare; git asks for that by diff.proofmark.textconv, see `proofmark merge --help`.
/// Private notes and contacts are shown, too: this is a view of the files, no export.
///
/// Exit status: 0 the same, or one file; 1 they differ; 2 cannot.
#[derive(Clone, Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// The older copy, or the only file
    pub old: PathBuf,
    /// The newer copy
    #[arg(conflicts_with = "textconv")]
    pub new: Option<PathBuf>,
    /// For git: print a file that is no project as it is, without a word
    #[arg(long)]
    pub textconv: bool,
}

/// Runs it.
pub fn run(args: &Args, stamp: &mut Stamp, console: &mut Console) -> Result<End, Failure> {
    if args.textconv {
        return textconv(args, stamp, console);
    }
    let old = files::open(&args.old, stamp, console)?;
    let Some(path) = &args.new else {
        print(&old.project, console);
        return Ok(End::Done);
    };
    let new = files::open(path, stamp, console)?;
    if old.project.id != new.project.id {
        return Err(Failure::of(path, format!("Not compared, {}", Refused::OtherProject)));
    }
    if old.project == new.project {
        return Ok(End::Done);
    }
    console.say(&format!("--- {}", shown(&args.old)));
    console.say(&format!("+++ {}", shown(path)));
    let found = differences(&old.project, &new.project);
    for group in changes::told(&old.project, &new.project, &found) {
        let id = group.id.map(|id| format!(" ({id})")).unwrap_or_default();
        console.say(&one_line(&format!("{} {}{id}", group.sign(), group.heading)));
        for line in &group.lines {
            console.say(&format!("    {}", one_line(&line.words())));
        }
    }
    for line in disputes::told(&new.project) {
        console.say(&one_line(&format!("? {line}")));
    }
    let quiet = [
        (found.silent, "with the same values, and other places in the text or a longer history"),
        (found.dismissed, "among the dismissed suggestions"),
    ];
    for (count, what) in quiet.iter().filter(|(count, _)| *count > 0) {
        console.say(&format!("  {count} {what}"));
    }
    Ok(End::Open)
}

/// Git stops at a failure, and shows nothing then, so what is no project is shown as git would.
fn textconv(args: &Args, stamp: &mut Stamp, console: &mut Console) -> Result<End, Failure> {
    match files::open(&args.old, stamp, &mut Console::default()) {
        Ok(file) => print(&file.project, console),
        Err(_) => console.write(read(&args.old, PROJECT_LIMIT)?),
    }
    Ok(End::Done)
}

fn print(project: &Project, console: &mut Console) {
    for line in outline::outline(project) {
        // The indentation is part of it.
        let words = line.trim_start_matches(' ');
        console.say(&format!("{}{}", &line[..line.len() - words.len()], one_line(words)));
    }
}
