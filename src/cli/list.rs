//! `proofmark list`: what is marked, for people or for programs.
//!
//! May use: files, domain, serde_json. Invariant: the order is the text's; offsets are bytes of the
//! article as the project file has it, line ends as line feeds. This is the desk's own view:
//! confidential sources are in it.

use std::path::PathBuf;

use serde::Serialize;

use super::words::{columns, escaped, padded, short};
use super::{Console, End, Failure, files};
use crate::domain::query::Query;
use crate::domain::{Annotation, Kind, Project, Stamp, Status};
use crate::formats::own_words;

/// List the annotations in text order
///
/// A table of id (as much of it as `set` and `remove` need), status, kind, paragraph, words and
/// speaker; or with --json everything that a program needs.
#[derive(Clone, Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// The project file
    pub file: PathBuf,
    /// Only those that fit, as in the filter of the window
    ///
    /// Words, or terms such as status:query,unchecked kind:claim by:AK speaker:halvard tag:legal
    /// has:evidence no:note is:open para:2-5 priority:high; all must fit, and a minus before one turns
    /// it round. Of what the shell would take apart, quote the whole: '"two words" -is:verified'.
    #[arg(value_name = "QUERY", allow_hyphen_values = true)]
    pub query: Vec<String>,
    /// Only those of one kind
    #[arg(long)]
    pub kind: Option<Kind>,
    /// Only those of one status
    #[arg(long, value_name = "STATUS")]
    pub status: Option<Status>,
    /// Print a JSON array
    ///
    /// Each with id, kind, status, spans (start and end in bytes, null for an orphan, and quote), note
    /// (of an unverifiable one without a note: its reason) and speaker.
    #[arg(long)]
    pub json: bool,
}

#[derive(Serialize)]
struct Item {
    id: String,
    kind: &'static str,
    status: &'static str,
    spans: Vec<Stretch>,
    note: Option<String>,
    speaker: Option<String>,
}

#[derive(Serialize)]
struct Stretch {
    start: Option<u32>,
    end: Option<u32>,
    quote: String,
}

/// Runs it.
pub fn run(args: &Args, stamp: &mut Stamp, console: &mut Console) -> Result<End, Failure> {
    let file = files::open(&args.file, stamp, console)?;
    let project = &file.project;
    let (query, faults) = Query::read(&args.query.join(" "));
    if let Some(fault) = faults.first() {
        return Err(Failure::new(&fault.message));
    }
    let all = project.in_order().into_iter().map(AsRef::as_ref);
    let wanted: Vec<&Annotation> = all
        .filter(|a| args.kind.is_none_or(|kind| kind == a.kind))
        .filter(|a| args.status.is_none_or(|status| status == a.status))
        .filter(|a| query.fits(project, a))
        .collect();
    if args.json {
        let items: Vec<Item> = wanted.iter().map(|a| item(project, a)).collect();
        let json = serde_json::to_string_pretty(&items).map_err(|error| file.failure(error))?;
        console.say(&escaped(&json));
    } else if wanted.is_empty() {
        let all = project.annotations.is_empty();
        console.note(if all { "nothing is marked yet" } else { "no annotation fits" });
    } else {
        table(project, &wanted, console);
    }
    Ok(End::Done)
}

fn item(project: &Project, a: &Annotation) -> Item {
    let spans = a.live_spans().map(|span| Stretch {
        start: span.place.at.map(|at| at.start),
        end: span.place.at.map(|at| at.end),
        quote: span.place.quote.as_str().to_owned(),
    });
    let note = if a.note.is_blank() && a.status == Status::Unverifiable { &a.reason } else { &a.note };
    Item {
        id: a.id.to_string(),
        kind: a.kind.word(),
        status: a.status.word(),
        spans: spans.collect(),
        note: (!note.is_blank()).then(|| note.as_str().to_owned()),
        speaker: a.speaker.as_ref().map(|speaker| project.speaker_name(speaker)),
    }
}

fn table(project: &Project, wanted: &[&Annotation], console: &mut Console) {
    let length = shortest(project);
    let rows: Vec<[String; 6]> = wanted
        .iter()
        .map(|a| {
            let nowhere = if a.is_withheld() { "withheld" } else { "orphan" };
            let paragraph =
                project.paragraph(a).map_or_else(|| nowhere.into(), |number| format!("¶ {number}"));
            let speaker = a.speaker.as_ref().map(|speaker| project.speaker_name(speaker));
            [
                a.id.to_string()[..length].to_owned(),
                format!("{} {}", a.status.glyph(), a.status.name()),
                a.kind.name().into(),
                paragraph,
                short(&own_words(a), 60),
                speaker.map(|name| short(&name, 40)).unwrap_or_default(),
            ]
        })
        .collect();
    let mut widths = [0; 6];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = columns(cell).max(*width);
        }
    }
    for row in &rows {
        let cells: Vec<String> = row.iter().zip(widths).map(|(cell, width)| padded(cell, width)).collect();
        console.say(cells.join("  ").trim_end());
    }
}

/// How many characters tell all ids of a project apart, at least four.
fn shortest(project: &Project) -> usize {
    let ids: Vec<String> = project.annotations.keys().map(ToString::to_string).collect();
    let common = |pair: &[String]| pair[0].bytes().zip(pair[1].bytes()).take_while(|(a, b)| a == b).count();
    ids.windows(2).map(common).max().map_or(4, |most| (most + 1).clamp(4, 16))
}
