//! `proofmark redraft PROJECT.ron ARTICLE`: the next version of the article comes into its project.
//!
//! May use: files, io, formats, domain. Invariant: every annotation is told that has no certain place in the
//! new text; the project is written as after any other change, or to another file, or with --dry-run not at
//! all. Known limit: template lines of a page come in; the window offers to leave them out.

use std::path::PathBuf;

use super::by::By;
use super::force::Force;
use super::reading::{self, Reading};
use super::words::{one_line, short};
use super::{Console, End, Failure, files};
use crate::domain::redraft::{Fate, Loaded, Plan, Tier, anchor};
use crate::domain::{Project, Stamp};
use crate::io::{ARTICLE_LIMIT, read, same};

/// Take the next version of the article; all annotations move into it
///
/// Each is certain (its words, what stands around them and the comparison of both texts agree), or has a
/// place and is to be checked again, or is an orphan that keeps its words. The latter two are listed, and
/// count as not checked until somebody confirms or places them. The old text stays in the project's log.
#[derive(Clone, Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// The project file
    pub file: PathBuf,
    /// The new version's file: plain text, Markdown, a saved web page, a Word document
    pub article: PathBuf,
    /// Write the result to this file and leave the project as it is
    #[arg(short, long, value_name = "OUT.ron")]
    pub output: Option<PathBuf>,
    /// Only say what would become of the annotations
    #[arg(long, conflicts_with = "output")]
    pub dry_run: bool,
    #[command(flatten)]
    pub reading: Reading,
    /// Change the project although a window has it open; with -o: overwrite an existing file
    #[arg(long)]
    pub force: bool,
    #[command(flatten)]
    pub by: By,
}

/// Runs it.
pub fn run(args: &Args, stamp: &mut Stamp, console: &mut Console) -> Result<End, Failure> {
    let mut file = if args.dry_run || args.output.is_some() {
        files::open(&args.file, stamp, console)?
    } else {
        files::open_to_change(&args.file, Force { force: args.force }, stamp, console)?
    };
    let (plan, loaded) = planned(args, &file.project, console)?;
    if plan.is_empty() {
        console
            .note(format!("note: this is the article's text already: {}", crate::io::shown(&args.article)));
        return Ok(End::Done);
    }
    // Of the old text; said once the new one is in the file.
    let lines = told(&plan, &file.project);
    if args.dry_run {
        lines.iter().for_each(|line| console.say(line));
        return Ok(End::Done);
    }
    let transaction =
        plan.transaction(&file.project, Some(loaded), stamp).map_err(|error| file.failure(error))?;
    file.apply(&transaction)?;
    match &args.output {
        None => file.save(stamp, console)?,
        Some(output) => {
            if same::is_same(&args.file, output) || same::is_same(&args.article, output) {
                return Err(Failure::of(
                    output,
                    "This would overwrite what is read; name another file with -o",
                ));
            }
            file.apply(&files::enrol(&file.project, stamp))?;
            files::create(&file.project, output, args.force, console)?;
        }
    }
    lines.iter().for_each(|line| console.say(line));
    Ok(End::Done)
}

/// Reads the new version, and finds out what it does.
fn planned(args: &Args, project: &Project, console: &mut Console) -> Result<(Plan, Loaded), Failure> {
    let options = args.reading.options()?;
    let bytes = read(&args.article, ARTICLE_LIMIT)?;
    let imported = reading::article(&args.article, &bytes, None, options, console)?;
    let name = args.article.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let loaded = Loaded { file: name, encoding: imported.charset.to_owned(), sha256: imported.sha256 };
    // Nobody stops it here but by ending the program.
    let plan = anchor(project, &imported.text, |_| true);
    Ok((plan.ok_or_else(|| Failure::of(&args.article, "The texts could not be compared"))?, loaded))
}

/// One line for each annotation that is not certain, and how many there are of each.
fn told(plan: &Plan, project: &Project) -> Vec<String> {
    let unsure = plan.fates.iter().filter(|fate| !fate.removed && fate.tier != Tier::Certain);
    let mut lines: Vec<String> = unsure.map(|fate| line(fate, plan, project)).collect();
    let counts = plan.counts();
    let orphans = if counts.orphans == 1 { "orphan" } else { "orphans" };
    lines.push(format!(
        "{} certain, {} to check again, {} {orphans}",
        counts.certain, counts.again, counts.orphans
    ));
    lines
}

fn line(fate: &Fate, plan: &Plan, project: &Project) -> String {
    let annotation = project.record(fate.annotation);
    let quote = annotation.and_then(|a| a.spans.iter().find(|span| span.id == fate.span));
    let was = quote.map(|span| short(&one_line(span.place.quote.as_str()), 60)).unwrap_or_default();
    let kind = annotation.map(|annotation| annotation.kind.name()).unwrap_or_default();
    let now = match fate.is {
        None => String::new(),
        Some(is) if quote.is_some_and(|span| span.place.quote.as_str() == plan.new.slice(is)) => {
            format!("  ¶ {}", plan.new.paragraph_of(is.start as usize))
        }
        Some(is) => format!(
            "  ¶ {}, now “{}”",
            plan.new.paragraph_of(is.start as usize),
            short(&one_line(plan.new.slice(is)), 60)
        ),
    };
    let tier = if fate.is.is_some() { "check again" } else { "orphan" };
    format!("{}  {tier}  {kind}  “{was}”{now}", fate.annotation)
}
