//! `proofmark import FILE --into PROJECT.ron`: annotations of other tools come into a project.
//!
//! May use: io, files, formats, domain. Invariant: what cannot be placed comes in as an orphan and is
//! counted, every line that was not understood is told, and importing twice adds nothing. The
//! project is written as after any other change, or not at all.

use std::path::Path;

use super::force::Force;
use super::import::Args;
use super::words::one_line;
use super::{Console, End, Failure, files};
use crate::domain::Stamp;
use crate::domain::adoption::Adopted;
use crate::formats::exchange::{self, NotTaken};
use crate::io::marks::{self, NoMarks};
use crate::io::shown;

/// The names of the formats that hold annotations.
pub fn names() -> impl Iterator<Item = &'static str> {
    exchange::formats().map(|format| format.name)
}

/// Runs it.
pub fn run(args: &Args, into: &Path, stamp: &mut Stamp, console: &mut Console) -> Result<End, Failure> {
    let mut file = files::open_to_change(into, Force { force: args.force }, stamp, console)?;
    let arrival = marks::arrive(&args.article, args.from.as_deref(), &file.project.article.text)
        .map_err(|error| refusal(args, error))?;
    for remark in arrival.placed.told() {
        console.note(format!("note: {}: {}", one_line(remark), shown(&args.article)));
    }
    let (transaction, adopted) = file.project.adopt(arrival.placed.incoming, stamp);
    exchange::admits(&file.project, adopted).map_err(|why| file.failure(why))?;
    file.apply(&transaction)?;
    file.save(stamp, console)?;
    console.say(&told(adopted));
    Ok(End::Done)
}

/// Why nothing is taken, in words of the command line.
fn refusal(args: &Args, error: NoMarks) -> Failure {
    match error {
        NoMarks::Unread(error) => error.into(),
        NoMarks::NotTaken(NotTaken::Unknown) => {
            let names: Vec<&str> = names().collect();
            let which = format!("Which tool wrote this? Say it with --from: {}", names.join(", "));
            Failure::of(&args.article, which)
        }
        other => Failure::of(&args.article, other),
    }
}

fn told(adopted: Adopted) -> String {
    let Adopted { added, known, orphaned } = adopted;
    format!("added {added}, of them orphans {orphaned}; here already {known}")
}
