//! `proofmark merge`: two copies of one project become one, for people and as git's merge driver.
//!
//! May use: files, formats' words, domain. Invariants: nothing is written before both copies were read
//! in full; of a merge that cannot be done no file is touched; the result names nobody but those who
//! worked on the copies, so it is the same whoever merges.

use std::path::{Path, PathBuf};

use super::force::Force;
use super::words::one_line;
use super::{Console, End, Failure, files};
use crate::domain::differences::{Differences, Fate, differences};
use crate::domain::{Project, Stamp};
use crate::formats::disputes;
use crate::io::shown;

/// Merge another copy of a project into one
///
/// Both copies are of one project; where both go back to is found from their logs, so no third file is
/// needed, and the order does not matter. Where two people decided differently, both values stay in the
/// file until one of them is chosen, in the window or by `proofmark set`; each is listed here in a line.
/// The result goes to OURS, whose previous version is kept, or to the file that -o names.
///
/// For git, in .gitattributes:  *.ron merge=proofmark diff=proofmark
/// and in the configuration of everybody who merges:
///   git config merge.proofmark.driver "proofmark merge --git-driver %O %A %B %P"
///   git config diff.proofmark.textconv "proofmark diff --textconv"
///
/// Exit status: 0 merged; 1 merged, and something is undecided; 2 cannot, and no file was touched: a copy
/// is damaged, of another project, or of a newer version of Proofmark, which has to merge it.
#[derive(Clone, Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// The copy that the other one is merged into
    #[arg(required_unless_present = "git_driver")]
    pub ours: Option<PathBuf>,
    /// The other copy, which stays as it is
    #[arg(required_unless_present = "git_driver")]
    pub theirs: Option<PathBuf>,
    /// Where to write, in place of OURS
    #[arg(short, long, value_name = "OUT")]
    pub output: Option<PathBuf>,
    /// Overwrite OUT, or change OURS although a window has it open
    #[arg(long)]
    pub force: bool,
    /// Be git's merge driver: write %A, and call the file %P. What %O is does not matter
    #[arg(
        long,
        num_args = 4,
        value_names = ["%O", "%A", "%B", "%P"],
        allow_hyphen_values = true,
        conflicts_with_all = ["ours", "theirs", "output", "force"]
    )]
    pub git_driver: Option<Vec<PathBuf>>,
}

/// Runs it.
pub fn run(args: &Args, stamp: &mut Stamp, console: &mut Console) -> Result<End, Failure> {
    match (args.git_driver.as_deref(), &args.ours, &args.theirs) {
        (Some([_, ours, theirs, name]), ..) => drive(ours, theirs, name, stamp, console),
        (None, Some(ours), Some(theirs)) => merge(args, ours, theirs, stamp, console),
        // Clap does not let this come here.
        _ => Err(Failure::new("Name the two copies to merge")),
    }
}

fn merge(
    args: &Args,
    ours: &Path,
    theirs: &Path,
    stamp: &mut Stamp,
    console: &mut Console,
) -> Result<End, Failure> {
    let mine = match args.output {
        Some(_) => files::open(ours, stamp, console)?.whole(ours)?,
        None => files::open_to_change(ours, Force { force: args.force }, stamp, console)?,
    };
    let other = files::open(theirs, stamp, console)?.whole(theirs)?;
    let merged = joined(&mine, &other, theirs)?;
    let found = differences(&mine.project, &merged);
    match &args.output {
        Some(out) => files::create(&merged, out, args.force, console)?,
        None => mine.replace(&merged, true, console)?,
    }
    console.note(format!("{}: {}", came_in(&found), shown(theirs)));
    let open = disputes::told(&merged);
    for line in &open {
        console.say(&one_line(line));
    }
    Ok(if open.is_empty() { End::Done } else { End::Open })
}

/// As git's merge driver: `ours` and `theirs` are files of git's, `name` is the one in the work tree.
fn drive(
    ours: &Path,
    theirs: &Path,
    name: &Path,
    stamp: &mut Stamp,
    console: &mut Console,
) -> Result<End, Failure> {
    let side = |which: &str| PathBuf::from(format!("{} ({which})", name.display()));
    let (our_name, their_name) = (side("ours"), side("theirs"));
    let mine = files::open_as(ours, &our_name, stamp, console)?.whole(&our_name)?;
    let other = files::open_as(theirs, &their_name, stamp, console)?.whole(&their_name)?;
    let merged = joined(&mine, &other, name)?;
    // Git has both versions and asks for its own file to be overwritten: what lies in that one is in no
    // need of being kept, and nobody would look for it among the previous versions.
    mine.replace(&merged, false, console)?;
    let open = disputes::told(&merged).len();
    if open == 0 {
        return Ok(End::Done);
    }
    let count = if open == 1 { "1 conflict".into() } else { format!("{open} conflicts") };
    console.note(format!("{count} kept in {}: open it in Proofmark to decide", shown(name)));
    Ok(End::Open)
}

fn joined(mine: &files::File, other: &files::File, named: &Path) -> Result<Project, Failure> {
    mine.project.merge(&other.project).map_err(|refused| Failure::of(named, format!("Not merged, {refused}")))
}

/// What a merge brought, in a few words.
fn came_in(found: &Differences) -> String {
    let counted = [
        (Fate::Added, "new"),
        (Fate::Changed, "changed"),
        (Fate::Removed, "removed"),
        (Fate::BroughtBack, "brought back"),
    ];
    let counted = counted.map(|(fate, word)| (found.count(fate), word)).into_iter();
    let counted: Vec<String> =
        counted.filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")).collect();
    let mut parts = Vec::new();
    if !counted.is_empty() {
        parts.push(format!("annotations ({})", counted.join(", ")));
    }
    if found.text.differs {
        parts.push("edits of the text".into());
    }
    if !found.details.is_empty() {
        parts.push("title and details".into());
    }
    if parts.is_empty() { "nothing new came in".into() } else { format!("came in: {}", parts.join(", ")) }
}
