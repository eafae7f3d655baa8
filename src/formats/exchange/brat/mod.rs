//! brat standoff, in and out: `X.ann` beside `X.txt`, with an `annotation.conf`.
//!
//! May use: domain. Offsets are code points of the text, half open; the stretches of one annotation
//! are its fragments. brat lets none cross a line end: written, a stretch of several lines is a
//! fragment a line, and read, fragments with nothing but white space and a line end between them are
//! one again. Written are T (the kind), A (status, check again), R (`SaidBy`) and # (the note, a line
//! each; the fact, tags, and the id here); what is read beside these stands in the module `read`. Known limit: two
//! stretches that are whole lines one below the other come back as one.

mod read;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::arrival::{Marks, is_brat_file};
use super::{Ruler, Unit};
use crate::domain::annotation::Speaker;
use crate::domain::rules::Include;
use crate::domain::{Annotation, Id, Kind, Project, Span, Status, Text};
use crate::formats::export::{Cancelled, Export, Name, Part as File, Progress};
use crate::formats::loss::{self, Piece};
use crate::formats::{hidden_names, listed, printed_speaker};

pub use read::read;

/// The format's name in the table.
pub const NAME: &str = "brat";
/// How its annotations are known and read.
pub const MARKS: Marks = Marks { is_like: is_brat_file, read: |file, _, beside| read(file, beside) };
/// What it has a place for.
pub const CARRIED: &[Piece] = &[
    Piece::Status,
    Piece::Note,
    Piece::Fact,
    Piece::SpeakerLink,
    Piece::SpeakerName,
    Piece::Tag,
    Piece::CheckAgain,
];

/// Standoff annotations with their text and configuration.
pub const EXPORT: Export = Export {
    title: "brat standoff",
    about: "marks beside the text, with their configuration",
    include: Include::All,
    ending: Some(NAME),
    write: parts,
    told: |project, include| loss::told(project, include, CARRIED),
    is_list: true,
    shows_text: true,
};

fn parts(project: &Project, include: Include, progress: &mut Progress<'_>) -> Result<Vec<File>, Cancelled> {
    let text = project.article.text.as_str();
    Ok(vec![
        File { name: Name::Chosen, bytes: write(project, include, progress)?.into() },
        File { name: Name::Beside("txt"), bytes: text.into() },
        File { name: Name::Fixed("annotation.conf"), bytes: configuration().into() },
    ])
}

/// The annotations, for `X.ann`. One without a place in the text is left out.
pub fn write(project: &Project, include: Include, progress: &mut Progress<'_>) -> Result<String, Cancelled> {
    let text = &project.article.text;
    let ruler = Ruler::of(text.as_str(), Unit::CodePoints);
    let hidden = hidden_names(project);
    let held: Vec<&Annotation> =
        listed(project, include).into_iter().filter(|a| a.first_span().is_some()).collect();
    let numbers: BTreeMap<Id, usize> = held.iter().enumerate().map(|(place, a)| (a.id, place + 1)).collect();
    let mut lines = Lines::default();
    progress.ahead(held.len());
    for annotation in &held {
        progress.step()?;
        let number = numbers.get(&annotation.id).copied().unwrap_or_default();
        lines.marked(annotation, number, text, &ruler);
        lines.attributes(annotation, number);
        let speaker = printed_speaker(project, annotation, &hidden);
        match &annotation.speaker {
            Some(Speaker::Source(id)) if numbers.contains_key(id) => lines.said_by(number, numbers[id]),
            _ if !speaker.is_empty() => lines.note(number, "Speaker", &speaker),
            _ => {}
        }
        lines.notes(annotation, number);
    }
    // Some readers know only what stands above.
    Ok(lines.marks + &lines.out)
}

/// The configuration that brat wants beside it.
pub fn configuration() -> String {
    let kinds: Vec<&str> = Kind::ALL.map(Kind::name).to_vec();
    let statuses: Vec<&str> = Status::ALL.map(Status::word).to_vec();
    let (all, values) = (kinds.join("|"), statuses.join("|"));
    format!(
        "[entities]\n{}\n\n[relations]\nSaidBy\tArg1:{all}, Arg2:Source\n\n[events]\n\n[attributes]\n\
         Status\tArg:{all}, Value:{values}\nCheckAgain\tArg:{all}\n",
        kinds.join("\n")
    )
}

/// The lines, with what numbers they have.
#[derive(Default)]
struct Lines {
    /// The T lines.
    marks: String,
    /// All others.
    out: String,
    attributes: usize,
    relations: usize,
    notes: usize,
}

impl Lines {
    fn marked(&mut self, annotation: &Annotation, number: usize, text: &Text, ruler: &Ruler<'_>) {
        let fragments: Vec<Span> = annotation.placed().flat_map(|span| lines_of(text, span)).collect();
        let offsets: Vec<String> = fragments
            .iter()
            .map(|span| format!("{} {}", ruler.count(span.start as usize), ruler.count(span.end as usize)))
            .collect();
        let words: Vec<&str> = fragments.iter().map(|span| text.slice(*span)).collect();
        let (offsets, words) = (offsets.join(";"), words.join(" "));
        let _ = writeln!(self.marks, "T{number}\t{} {offsets}\t{words}", annotation.kind.name());
    }

    fn attributes(&mut self, annotation: &Annotation, number: usize) {
        if annotation.status != Status::Unchecked {
            self.attributes += 1;
            let _ = writeln!(self.out, "A{}\tStatus T{number} {}", self.attributes, annotation.status.word());
        }
        if annotation.check_again.is_some() {
            self.attributes += 1;
            let _ = writeln!(self.out, "A{}\tCheckAgain T{number}", self.attributes);
        }
    }

    fn said_by(&mut self, number: usize, source: usize) {
        self.relations += 1;
        let _ = writeln!(self.out, "R{}\tSaidBy Arg1:T{number} Arg2:T{source}", self.relations);
    }

    fn notes(&mut self, annotation: &Annotation, number: usize) {
        self.note(number, "AnnotatorNotes", annotation.note.as_str());
        self.note(number, "Fact", annotation.fact.as_str());
        self.note(number, "CheckAgain", annotation.check_again.as_deref().unwrap_or_default());
        for tag in &annotation.tags {
            self.note(number, "Tag", tag);
        }
        self.note(number, "Id", &annotation.id.to_string());
    }

    /// A text about an annotation, a line each; nothing for an empty one.
    fn note(&mut self, number: usize, what: &str, text: &str) {
        if text.is_empty() {
            return;
        }
        for line in text.split('\n') {
            self.notes += 1;
            let line = line.replace(['\t', '\r'], " ");
            let _ = writeln!(self.out, "#{}\t{what} T{number}\t{line}", self.notes);
        }
    }
}

/// The lines of a stretch, without white space at their ends.
fn lines_of(text: &Text, span: Span) -> Vec<Span> {
    let mut fragments = Vec::new();
    let mut start = span.start as usize;
    for line in text.slice(span).split('\n') {
        let words = line.trim();
        if !words.is_empty() {
            let from = start + (line.len() - line.trim_start().len());
            fragments.push(Span::new(from, from + words.len()));
        }
        start += line.len() + 1;
    }
    fragments
}
