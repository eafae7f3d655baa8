//! `proofmark copy`: a copy of a project to send.
//!
//! May use: files, formats, domain. Invariant: the project itself is never overwritten, nor any other
//! file without `--force`; what a redacted copy does not have, and what it names all the same, is
//! told on standard error.

use std::path::{Path, PathBuf};

use super::words::one_line;
use super::{Console, End, Failure, files};
use crate::domain::Stamp;
use crate::formats::{exposed, file_name};
use crate::io::{same, shown};

/// Write a copy of the project that can be sent
///
/// The copy is a project like the first: a colleague checks, writes and signs off in it, and merging
/// it back brings their work home. With --redacted, confidential sources, contacts and private notes
/// are not in it; merged back, what is not in it is not known there, never removed.
#[derive(Clone, Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// The project file
    pub file: PathBuf,
    /// Where to write. Without it, beside the project under a name that says what the copy is
    #[arg(short, long, value_name = "OUT")]
    pub output: Option<PathBuf>,
    /// Without confidential sources, contacts and private notes
    #[arg(long)]
    pub redacted: bool,
    /// Overwrite an existing file
    #[arg(long)]
    pub force: bool,
}

/// Runs it.
pub fn run(args: &Args, stamp: &mut Stamp, console: &mut Console) -> Result<End, Failure> {
    let file = files::open(&args.file, stamp, console)?;
    file.refuse_partial()?;
    let output = args.output.clone().unwrap_or_else(|| {
        let stem = file.path.file_stem().unwrap_or_default().to_string_lossy();
        let date = stamp.now.strftime("%Y-%m-%d").to_string();
        file.path.with_file_name(file_name::of_copy(&stem, args.redacted, &date))
    });
    if same::is_same(&output, &file.path) {
        return Err(Failure::of(&output, "The copy would overwrite the project itself"));
    }
    if !is_project(&output) {
        return Err(Failure::of(&output, "A copy is a project file; name one that ends in .ron"));
    }
    if args.redacted {
        let (copy, withheld) = file.project.redact();
        console.note(format!("left out: {}", withheld.sentence()));
        for line in exposed::exposed_in_copy(&file.project, &copy) {
            console.note(one_line(&line));
        }
        files::create(&copy, &output, args.force, console)?;
    } else {
        files::create(&file.project, &output, args.force, console)?;
    }
    console.say(&shown(&output));
    Ok(End::Done)
}

fn is_project(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("ron"))
}
