//! Reads brat standoff.
//!
//! May use: domain, the rest of this folder. Kept are T (kind, else a tag), A and M (status, else tags), #
//! (notes), N (a line of the note), and R, E and * as ties between marks; an event is its trigger.
//! Invariant: a line that breaks brat's rules, or is about what is not there, is told with its number.

use std::collections::BTreeMap;

use super::NAME;
use crate::domain::Kind;
use crate::domain::annotation::{AnnotationValue, Prose, Speaker};
use crate::formats::exchange::{Foreign, Fragment, Mark, NotReadable, Unit};

/// Reads the annotations of an `.ann` file; `text` is that of the `.txt` beside it, where it is known.
pub fn read(ann: &str, text: Option<&str>) -> Result<Foreign, NotReadable> {
    let mut reader =
        Reader { foreign: Foreign::new(NAME, Unit::CodePoints), known: BTreeMap::new(), told: Vec::new() };
    reader.foreign.text = text.map(str::to_owned);
    reader.foreign.joins_lines = true;
    let ann = ann.strip_prefix('\u{feff}').unwrap_or(ann);
    let lines = || ann.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    // What refers to a mark may stand before it, and what refers to an event before that.
    for round in [Round::Marks, Round::Events, Round::Rest] {
        for (place, line) in lines().filter(|(_, line)| Round::of(line) == round) {
            let done = match line.chars().next() {
                Some('T') => reader.marked(line),
                Some('E') => reader.event(line),
                Some('A' | 'M') => reader.attribute(line),
                Some('R') => reader.relation(line),
                Some('N') => reader.reference(line),
                Some('*') => reader.equal(line),
                Some('#') => reader.noted(line),
                _ => Err("no line of brat"),
            };
            reader.tell(place, line, done);
        }
    }
    reader.told.sort_by_key(|(place, _)| *place);
    let told = std::mem::take(&mut reader.told);
    reader.foreign.remarks.extend(told.into_iter().map(|(_, line)| line));
    if reader.foreign.marks.is_empty() {
        return Err(NotReadable(
            "There is no brat annotation (a line that begins with T) in this file".into(),
        ));
    }
    Ok(reader.finished())
}

/// When a line is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Round {
    Marks,
    Events,
    Rest,
}

impl Round {
    fn of(line: &str) -> Self {
        match line.chars().next() {
            Some('T') => Self::Marks,
            Some('E') => Self::Events,
            _ => Self::Rest,
        }
    }
}

const MISSING: &str = "it is about something that is not in this file";

struct Reader {
    foreign: Foreign,
    /// The marks by their id there; an event by its own is its trigger.
    known: BTreeMap<String, usize>,
    /// What is to be told, by line.
    told: Vec<(usize, String)>,
}

impl Reader {
    fn tell(&mut self, place: usize, line: &str, done: Result<(), &str>) {
        if let Err(why) = done {
            let shown: String = line.chars().take(60).collect();
            self.told.push((place, format!("line {}: {why}: {}", place + 1, shown.replace('\t', " "))));
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
        let place = self.known.get(id).copied().ok_or(MISSING)?;
        self.foreign.marks.get_mut(place).ok_or(MISSING)
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
        let [sort, first, second] = parts.as_slice() else { return Err("a relation of other than two") };
        let id = |part: &str| {
            part.split_once(':').map(|(_, id)| id.to_owned()).ok_or("an argument without its role")
        };
        let (from, to) = (id(first)?, id(second)?);
        let is_source = self.of(&to)?.kind == Kind::Source;
        let mark = self.of(&from)?;
        if is_source && mark.speaker.is_none() {
            mark.speaker = Some(to);
        } else {
            mark.ties.push(((*sort).to_owned(), to));
        }
        Ok(())
    }

    /// `E1 TAB Saying:T2 Agent:T1`: the trigger is the mark, its arguments are ties.
    fn event(&mut self, line: &str) -> Result<(), &'static str> {
        let mut fields = line.split('\t');
        let (id, what) = (fields.next().unwrap_or_default(), fields.next().ok_or("no type and no ids")?);
        let mut parts = what.split(' ').filter(|part| !part.is_empty());
        let role = |part: &str| {
            let (role, id) = part.split_once(':').ok_or("an argument without its role")?;
            Ok((role.to_owned(), id.to_owned()))
        };
        let (sort, trigger) = role(parts.next().ok_or("no type and no ids")?)?;
        let ties = parts.map(role).collect::<Result<Vec<_>, &'static str>>()?;
        let place = self.known.get(&trigger).copied().ok_or(MISSING)?;
        if self.known.contains_key(id) {
            return Err("an id that another line has");
        }
        self.known.insert(id.to_owned(), place);
        let mark = self.of(&trigger)?;
        mark.label(&sort);
        mark.ties.extend(ties);
        Ok(())
    }

    /// `N1 TAB Reference T1 Wikidata:Q1 TAB Earth`: what somebody else calls it.
    fn reference(&mut self, line: &str) -> Result<(), &'static str> {
        let mut fields = line.splitn(3, '\t');
        let what = fields.nth(1).ok_or("no type and no id")?;
        let title = fields.next().unwrap_or_default().trim();
        let parts: Vec<&str> = what.split(' ').filter(|part| !part.is_empty()).collect();
        let [_, id, entry] = parts.as_slice() else { return Err("a reference without its entry") };
        let mark = self.of(id)?;
        mark.add_note(format!("{entry} {title}").trim());
        Ok(())
    }

    /// `* TAB Equiv T1 T2`: these are the same.
    fn equal(&mut self, line: &str) -> Result<(), &'static str> {
        let what = line.split('\t').nth(1).ok_or("no type and no ids")?;
        let parts: Vec<&str> = what.split(' ').filter(|part| !part.is_empty()).collect();
        let [sort, first, others @ ..] = parts.as_slice() else { return Err("no type and no ids") };
        for other in others {
            let _ = self.of(other)?;
            self.of(first)?.ties.push(((*sort).to_owned(), (*other).to_owned()));
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

    /// The speakers and ties by the ids that the marks have in the end.
    fn finished(mut self) -> Foreign {
        let ids: Vec<String> = self.foreign.marks.iter().map(|mark| mark.id.clone()).collect();
        let of = |id: &String| self.known.get(id).and_then(|place| ids.get(*place)).cloned();
        for mark in &mut self.foreign.marks {
            mark.speaker = mark.speaker.take().map(|id| of(&id).unwrap_or(id));
            for (_, to) in &mut mark.ties {
                *to = of(to).unwrap_or_else(|| to.clone());
            }
        }
        self.foreign
    }
}

/// The stretches of some fragments. Their words stand joined by a blank, before brat 1.3 by
/// nothing; they are told apart only by the lengths.
fn pieces(fragments: &[(usize, usize)], words: Option<&str>) -> Vec<Fragment> {
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
        Fragment { at: Some((*start, *end)), words, ..Fragment::default() }
    };
    fragments.iter().map(piece).collect()
}
