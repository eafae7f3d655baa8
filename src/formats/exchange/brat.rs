//! brat standoff, in and out: `X.ann` beside `X.txt`, with an `annotation.conf`.
//!
//! May use: domain. Offsets are code points of the text, half open; the stretches of one annotation
//! are its fragments. brat lets none cross a line end: written, a stretch of several lines is a
//! fragment a line, and read, fragments with nothing but white space and a line end between them are
//! one again. Written are T (the kind), A (status, check again), R (`SaidBy`) and # (the note, a line
//! each; the fact, tags, and the id here). Read beside these: M, and relations and events as
//! tags; a line that breaks brat's rules is told with its number. Known limits: E, N and * lines are
//! told and not kept; two stretches that are whole lines one below the other come back as one.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Foreign, Mark, NotReadable, Part, Piece, Ruler, Unit};
use crate::domain::annotation::{AnnotationValue, Prose, Speaker};
use crate::domain::rules::Include;
use crate::domain::{Annotation, Id, Kind, Project, Span, Status, Text};
use crate::formats::export::{Cancelled, Export, Name, Part as File, Progress};
use crate::formats::{hidden_names, listed, printed_speaker};

/// The format's name in the table.
pub const NAME: &str = "brat";
/// What it has a place for.
pub const CARRIED: &[Part] = &[
    Part::Status,
    Part::Note,
    Part::Fact,
    Part::SpeakerLink,
    Part::SpeakerName,
    Part::Tags,
    Part::CheckAgain,
];

/// Standoff annotations with their text and configuration.
pub const EXPORT: Export = Export {
    title: "brat standoff",
    about: "marks beside the text, with their configuration",
    include: Include::All,
    ending: Some(NAME),
    write: parts,
    told: |project, include| super::told(project, include, CARRIED),
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
    Ok(lines.out)
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
        let _ = writeln!(self.out, "T{number}\t{} {offsets}\t{words}", annotation.kind.name());
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

/// Reads the annotations of an `.ann` file; `text` is that of the `.txt` beside it, where it is known.
pub fn read(ann: &str, text: Option<&str>) -> Result<Foreign, NotReadable> {
    let mut reader = Reader { foreign: Foreign::new(NAME, Unit::CodePoints), known: BTreeMap::new() };
    reader.foreign.text = text.map(str::to_owned);
    reader.foreign.joins_lines = true;
    let mut later = Vec::new();
    let ann = ann.strip_prefix('\u{feff}').unwrap_or(ann);
    for (place, line) in ann.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let done = match line.chars().next() {
            Some('T') => reader.marked(line),
            // What refers to a mark may stand before it.
            Some('A' | 'M' | 'R' | '#') => {
                later.push((place, line));
                Ok(())
            }
            _ => Err("not kept here"),
        };
        reader.tell(place, line, done);
    }
    for (place, line) in later {
        let done = match line.chars().next() {
            Some('R') => reader.relation(line),
            Some('#') => reader.noted(line),
            _ => reader.attribute(line),
        };
        reader.tell(place, line, done);
    }
    if reader.foreign.marks.is_empty() {
        return Err(NotReadable(
            "There is no brat annotation (a line that begins with T) in this file".into(),
        ));
    }
    Ok(reader.finished())
}

struct Reader {
    foreign: Foreign,
    /// The marks by their id there.
    known: BTreeMap<String, usize>,
}

impl Reader {
    fn tell(&mut self, place: usize, line: &str, done: Result<(), &str>) {
        if let Err(why) = done {
            let shown: String = line.chars().take(60).collect();
            self.foreign.remarks.push(format!("line {}: {why}: {}", place + 1, shown.replace('\t', " ")));
        }
    }

    fn marked(&mut self, line: &str) -> Result<(), &'static str> {
        let mut fields = line.splitn(3, '\t');
        let (id, what) = (fields.next().unwrap_or_default(), fields.next().ok_or("no type and no offsets")?);
        let (kind, offsets) = what.split_once(' ').ok_or("no offsets")?;
        let mut fragments = Vec::new();
        for fragment in offsets.split(';') {
            let (start, end) = fragment.trim().split_once(' ').ok_or("offsets that are not two numbers")?;
            let number =
                |text: &str| text.trim().parse::<usize>().map_err(|_| "offsets that are not two numbers");
            let (start, end) = (number(start)?, number(end)?);
            if start >= end {
                return Err("a stretch that ends before it begins");
            }
            fragments.push((start, end));
        }
        if self.known.contains_key(id) {
            return Err("an id that another line has");
        }
        let mut mark = Mark { id: id.to_owned(), ..Mark::default() };
        mark.label(kind);
        mark.pieces = pieces(&fragments, fields.next());
        self.known.insert(id.to_owned(), self.foreign.marks.len());
        self.foreign.marks.push(mark);
        Ok(())
    }

    fn of(&mut self, id: &str) -> Result<&mut Mark, &'static str> {
        let place = self.known.get(id).copied().ok_or("it is about something that is not in this file")?;
        self.foreign.marks.get_mut(place).ok_or("it is about something that is not in this file")
    }

    fn attribute(&mut self, line: &str) -> Result<(), &'static str> {
        let what = line.split('\t').nth(1).ok_or("no name and no id")?;
        let mut parts = what.split(' ').filter(|part| !part.is_empty());
        let (name, id) = parts.next().zip(parts.next()).ok_or("no name and no id")?;
        let value = parts.next();
        let mark = self.of(id)?;
        match (name, value) {
            ("Status", Some(word)) => mark.status(word),
            ("CheckAgain", None) => {
                mark.values.push(AnnotationValue::CheckAgain(Some("Marked so elsewhere".into())))
            }
            (name, Some(value)) => mark.tag(&format!("{name}: {value}")),
            (name, None) => mark.tag(name),
        }
        Ok(())
    }

    fn relation(&mut self, line: &str) -> Result<(), &'static str> {
        let what = line.split('\t').nth(1).ok_or("no type and no ids")?;
        let parts: Vec<&str> = what.split(' ').filter(|part| !part.is_empty()).collect();
        let [kind, first, second] = parts.as_slice() else { return Err("a relation of other than two") };
        let id = |part: &str| {
            part.split_once(':').map(|(_, id)| id.to_owned()).ok_or("an argument without its role")
        };
        let (from, to) = (id(first)?, id(second)?);
        let place = self.known.get(&to).copied().ok_or("it is about something that is not in this file")?;
        let is_source = self.foreign.marks.get(place).is_some_and(|mark| mark.kind == Kind::Source);
        let mark = self.of(&from)?;
        if is_source && mark.speaker.is_none() {
            mark.speaker = Some(to);
        } else {
            mark.tag(&format!("{kind}: {to}"));
        }
        Ok(())
    }

    fn noted(&mut self, line: &str) -> Result<(), &'static str> {
        let mut fields = line.splitn(3, '\t');
        let (what, text) = (fields.nth(1).ok_or("no type and no id")?, fields.next().unwrap_or_default());
        let (kind, id) = what.split_once(' ').ok_or("no id")?;
        let mark = self.of(id.trim())?;
        let prose = |prose: &mut Prose| *prose = Prose(format!("{}\n{text}", prose.as_str()));
        match kind {
            "Fact" => match mark.values.iter_mut().find_map(|value| match value {
                AnnotationValue::Fact(fact) => Some(fact),
                _ => None,
            }) {
                Some(fact) => prose(fact),
                None => mark.values.push(AnnotationValue::Fact(text.into())),
            },
            "AnnotatorNotes" => match mark.values.iter_mut().find_map(|value| match value {
                AnnotationValue::Note(note) => Some(note),
                _ => None,
            }) {
                Some(note) => prose(note),
                None => mark.values.push(AnnotationValue::Note(text.into())),
            },
            "Tag" => mark.tag(text),
            "Speaker" => mark.values.push(AnnotationValue::Speaker(Some(Speaker::Name(text.to_owned())))),
            "CheckAgain" => {
                mark.values.retain(|value| !matches!(value, AnnotationValue::CheckAgain(_)));
                mark.values.push(AnnotationValue::CheckAgain(Some(text.to_owned())));
            }
            "Id" => mark.id = text.trim().to_owned(),
            other => mark.add_note(&format!("{other}: {text}")),
        }
        Ok(())
    }

    /// The speakers by the ids that the marks have in the end.
    fn finished(mut self) -> Foreign {
        let ids: Vec<String> = self.foreign.marks.iter().map(|mark| mark.id.clone()).collect();
        for mark in &mut self.foreign.marks {
            let place = mark.speaker.as_ref().and_then(|id| self.known.get(id));
            if let Some(id) = place.and_then(|place| ids.get(*place)) {
                mark.speaker = Some(id.clone());
            }
        }
        self.foreign
    }
}

/// The stretches of some fragments. Their words stand joined by a blank, before brat 1.3 by
/// nothing; they are told apart only by the lengths.
fn pieces(fragments: &[(usize, usize)], words: Option<&str>) -> Vec<Piece> {
    let mut rest: Option<Vec<char>> = words.map(|words| words.chars().collect());
    let lengths: usize = fragments.iter().map(|(start, end)| end - start).sum();
    let gap = match &rest {
        Some(chars) if chars.len() == lengths + fragments.len() - 1 => 1,
        Some(chars) if chars.len() == lengths => 0,
        // They count in another unit: one fragment can still have all of them.
        Some(_) if fragments.len() > 1 => {
            rest = None;
            0
        }
        _ => 0,
    };
    let is_one = fragments.len() == 1;
    let mut from = 0;
    let piece = |(start, end): &(usize, usize)| {
        let words = rest.as_ref().map(|chars| {
            let words: String = if is_one {
                chars.iter().collect()
            } else {
                chars[from..from + (end - start)].iter().collect()
            };
            from += end - start + gap;
            words
        });
        Piece { at: Some((*start, *end)), words, ..Piece::default() }
    };
    fragments.iter().map(piece).collect()
}
