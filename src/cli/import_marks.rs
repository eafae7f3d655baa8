//! `proofmark import FILE --into PROJECT.ron`: annotations of other tools come into a project.
//!
//! May use: files, formats, domain. Invariant: what cannot be placed comes in as an orphan and is
//! counted, every line that was not understood is told, and importing twice adds nothing. The
//! project is written as after any other change, or not at all.

use std::path::Path;

use super::force::Force;
use super::import::Args;
use super::words::one_line;
use super::{Console, End, Failure, files};
use crate::domain::adoption::Adopted;
use crate::domain::{Project, Stamp};
use crate::formats::exchange::ReadMarks;
use crate::formats::incoming::{self, ReadOptions};
use crate::formats::ron::limits;
use crate::formats::{FORMATS, Format};
use crate::io::{ARTICLE_LIMIT, PROJECT_LIMIT, read, shown};

/// The names of the formats that hold annotations.
pub fn names() -> impl Iterator<Item = &'static str> {
    FORMATS.iter().filter(|format| format.marks.is_some()).map(|format| format.name)
}

/// Runs it.
pub fn run(args: &Args, into: &Path, stamp: &mut Stamp, console: &mut Console) -> Result<End, Failure> {
    let format = format(args)?;
    let bytes = read(&args.article, PROJECT_LIMIT)?;
    let text = std::str::from_utf8(&bytes).map_err(|error| {
        Failure::of(&args.article, format!("This is no UTF-8 text, from byte {} on", error.valid_up_to()))
    })?;
    let beside = beside(&args.article, format);
    let mut file = files::open_to_change(into, Force { force: args.force }, stamp, console)?;
    let adopted = {
        let article = &file.project.article.text;
        let (_, read_marks) = format;
        let foreign = read_marks(text, article, beside.as_deref())
            .map_err(|error| Failure::of(&args.article, error))?;
        let placed = foreign.place(article);
        for remark in &placed.remarks {
            console.note(format!("note: {}: {}", one_line(remark), shown(&args.article)));
        }
        let (transaction, adopted) = file.project.adopt(placed.incoming, stamp);
        admits(&file.project, adopted).map_err(|why| file.failure(why))?;
        file.apply(&transaction)?;
        adopted
    };
    file.save(stamp, console)?;
    console.say(&told(adopted));
    Ok(End::Done)
}

/// The format that was named, or the only one that the file's name speaks for.
fn format(args: &Args) -> Result<(&'static Format, ReadMarks), Failure> {
    let extension = args.article.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    let all = || FORMATS.iter().filter_map(|format| Some((format, format.marks?)));
    let fitting: Vec<_> = match &args.from {
        Some(name) => all().filter(|(format, _)| format.name == name).collect(),
        None => all().filter(|(format, _)| format.extension == extension).collect(),
    };
    match fitting.as_slice() {
        [one] => Ok(*one),
        _ => {
            let names: Vec<&str> = names().collect();
            Err(Failure::of(
                &args.article,
                format!("Which tool wrote this? Say it with --from: {}", names.join(", ")),
            ))
        }
    }
}

/// The text of `X.txt` beside `X.ann`, where it can be read: what brat's offsets are for.
fn beside(path: &Path, (format, _): (&Format, ReadMarks)) -> Option<String> {
    if format.extension != "ann" {
        return None;
    }
    let bytes = read(&path.with_extension("txt"), ARTICLE_LIMIT).ok()?;
    let imported = incoming::read(&bytes, Some("text"), "txt", ReadOptions::default()).ok()?;
    Some(imported.text.as_str().to_owned())
}

/// Whether a project file can hold so many.
fn admits(project: &Project, adopted: Adopted) -> Result<(), String> {
    let count = project.annotations.len() + adopted.added;
    let most = limits::ANNOTATIONS;
    if count > most {
        Err(format!("A project holds {most} annotations, and these make {count}"))
    } else {
        Ok(())
    }
}

fn told(adopted: Adopted) -> String {
    let Adopted { added, known, orphaned } = adopted;
    format!("added {added}, of them orphans {orphaned}; here already {known}")
}
