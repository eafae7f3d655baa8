//! Puts what another tool marked where it stands in the article.
//!
//! May use: domain, the rest of this folder. Invariant: see [`super`]. The unit of a file is found
//! by all its words together; a stretch whose words do not stand at its offsets is looked for by
//! them and by what stood around them, exactly. Known limit: each of those costs a look at the whole
//! text.

use std::collections::BTreeMap;

use super::{Foreign, Fragment, Mark, add_note};
use crate::domain::adoption::{Incoming, Stretch};
use crate::domain::annotation::Origin;
use crate::domain::{Span, Text};
use crate::formats::units::{Claimed, Count, Ruler, Surety, Unit, same_words};

/// What came of a file: what goes into the project, and what is to be told.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// The annotations.
    pub incoming: Vec<Incoming>,
    /// What the offsets count; nothing where the file has none.
    pub offsets: Option<Offsets>,
    /// What a person should know, one line each.
    pub remarks: Vec<String>,
}

/// What the offsets of a file count, for a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offsets {
    /// In a sentence.
    pub words: String,
    /// Whether that is certain.
    pub is_sure: bool,
    /// Whether it is what the format's rules say.
    pub is_usual: bool,
}

impl Offsets {
    fn new(count: Option<Count>, surety: Surety, declared: Unit, (standing, of): (usize, usize)) -> Self {
        let Some(count) = count else {
            let words = "No words stand at the offsets: they were looked for".into();
            return Self { words, is_sure: false, is_usual: false };
        };
        let is_usual = count == Count::plain(declared);
        let unit = count.unit.name();
        let wide = if count.wide_lines { ", and two for each line end" } else { "" };
        let other = if is_usual { String::new() } else { format!(", not {}", declared.name()) };
        let counted = format!("Offsets count {unit}{wide}{other}");
        let words = match surety {
            Surety::Same => "Offsets are the same in every unit".into(),
            Surety::Said => format!("{counted}: the file says so"),
            Surety::Words if standing < of => {
                format!("{counted}: so {standing} of {of} words stand there; the others were looked for")
            }
            Surety::Words => format!("{counted}: the words in the file stand there"),
            Surety::Edges => format!("{counted}: only so every mark begins and ends with a word"),
            Surety::Little => format!("{counted}, probably: only so every mark begins and ends with a word"),
            Surety::Nothing => {
                format!("{counted}, as is usual: nothing in the file shows whether it does so")
            }
        };
        let is_sure = !matches!(surety, Surety::Little | Surety::Nothing);
        Self { words, is_sure, is_usual }
    }
}

impl Placed {
    /// What the command line tells: what the offsets count where that is not plain, and all remarks.
    pub fn told(&self) -> impl Iterator<Item = &str> {
        let offsets = self.offsets.as_ref().filter(|offsets| !offsets.is_usual || !offsets.is_sure);
        offsets.map(|offsets| &*offsets.words).into_iter().chain(self.remarks.iter().map(String::as_str))
    }
}

/// How the stretches of a file were found.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    by_words: usize,
    widened: usize,
}

impl Foreign {
    /// Puts its annotations into a text.
    pub fn place(self, text: &Text) -> Placed {
        let mut remarks = self.remarks;
        let own = self.text.as_deref().map(Text::normalised);
        // Where the file carries its text and that is another one, its offsets are for that one.
        let elsewhere = own.as_ref().filter(|own| *own != text);
        let base = elsewhere.unwrap_or(text);
        let claimed: Vec<Claimed<'_>> =
            self.marks.iter().flat_map(|mark| &mark.pieces).filter_map(claim).collect();
        let with_words = claimed.iter().filter(|claim| claim.words.is_some()).count();
        let mut standing = with_words;
        let (count, surety) = if with_words > 0 {
            let found = Count::found(base.as_str(), self.declared, &claimed);
            standing = found.map_or(0, |(_, standing)| standing);
            (found.map(|(count, _)| count), Surety::Words)
        } else if self.is_certain {
            (Some(Count::plain(self.declared)), Surety::Said)
        } else {
            let (count, surety) = Count::likeliest(base.as_str(), self.declared, &claimed);
            (Some(count), surety)
        };
        let offsets =
            (!claimed.is_empty()).then(|| Offsets::new(count, surety, self.declared, (standing, with_words)));
        let ruler = Ruler::new(base.as_str(), count.unwrap_or(Count::plain(self.declared)));
        let mut tally = Tally::default();
        let joins = self.joins_lines;
        let finder = Finder { text, base, elsewhere: elsewhere.is_some(), joins, ruler };
        let format = self.format;
        let mut marks = self.marks;
        let ties: Vec<_> = marks.iter_mut().map(|mark| std::mem::take(&mut mark.ties)).collect();
        let mut incoming: Vec<Incoming> =
            marks.into_iter().map(|mark| finder.incoming(format, mark, &mut tally)).collect();
        note_ties(text, &mut incoming, ties, &mut remarks);
        tell(
            &mut remarks,
            tally.by_words,
            "stretch was",
            "stretches were",
            "found by the words, not by the offsets",
        );
        tell(
            &mut remarks,
            tally.widened,
            "stretch ended",
            "stretches ended",
            "inside a letter and now has it whole",
        );
        Placed { incoming, offsets, remarks }
    }
}

/// There are no ties here but that to a speaker, so others become lines of notes.
fn note_ties(
    text: &Text,
    incoming: &mut [Incoming],
    ties: Vec<Vec<(String, String)>>,
    remarks: &mut Vec<String>,
) {
    let count: usize = ties.iter().map(Vec::len).sum();
    if count == 0 {
        return;
    }
    let words_of = |arrival: &Incoming| {
        let words = match arrival.stretches.first() {
            Some(Stretch::At(span)) => text.slice(*span),
            Some(Stretch::Lost { words, .. }) => words,
            None => "",
        };
        let words: String = words.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(80).collect();
        (arrival.origin.id.clone(), words)
    };
    let known: BTreeMap<String, String> = incoming.iter().map(words_of).collect();
    for (arrival, ties) in incoming.iter_mut().zip(ties) {
        for (sort, to) in ties {
            let words = known.get(&to).filter(|words| !words.is_empty()).unwrap_or(&to);
            add_note(&mut arrival.values, &format!("{sort}: “{words}”"));
        }
    }
    tell(remarks, count, "relation is", "relations are", "kept in the notes");
}

fn tell(remarks: &mut Vec<String>, count: usize, one: &str, many: &str, what: &str) {
    if count > 0 {
        remarks.push(format!("{count} {} {what}", if count == 1 { one } else { many }));
    }
}

fn claim(piece: &Fragment) -> Option<Claimed<'_>> {
    let (start, end) = piece.at?;
    Some(Claimed { start, end, words: piece.words.as_deref().filter(|words| !words.is_empty()) })
}

struct Finder<'a> {
    text: &'a Text,
    /// The text that offsets are for.
    base: &'a Text,
    /// Whether that is another text than the article.
    elsewhere: bool,
    /// Whether stretches with only a line end between them are one.
    joins: bool,
    ruler: Ruler<'a>,
}

impl Finder<'_> {
    fn incoming(&self, format: &str, mark: Mark, tally: &mut Tally) -> Incoming {
        let stretches = mark.pieces.iter().flat_map(|piece| self.stretches(piece, mark.all_of_them, tally));
        let stretches = if self.joins { self.joined(stretches) } else { stretches.collect() };
        Incoming {
            origin: Origin { format: format.to_owned(), id: mark.id },
            kind: mark.kind,
            by: mark.by,
            when: mark.when,
            stretches,
            values: mark.values,
            evidence: mark.evidence,
            speaker: mark.speaker,
        }
    }

    fn joined(&self, stretches: impl Iterator<Item = Stretch>) -> Vec<Stretch> {
        let mut joined: Vec<Stretch> = Vec::new();
        for stretch in stretches {
            if let (Stretch::At(next), Some(Stretch::At(last))) = (&stretch, joined.last_mut()) {
                let between = self.text.as_str().get(last.end as usize..next.start as usize);
                if between.is_some_and(|gap| gap.contains('\n') && gap.trim().is_empty()) {
                    last.end = next.end;
                    continue;
                }
            }
            joined.push(stretch);
        }
        joined
    }

    fn stretches(&self, piece: &Fragment, all: bool, tally: &mut Tally) -> Vec<Stretch> {
        let claimed = self.claimed(piece);
        if let Some(span) = claimed.filter(|_| !self.elsewhere) {
            let whole = self.text.snapped(span);
            if self.text.admits(whole) {
                tally.widened += usize::from(whole != span);
                return vec![Stretch::At(whole)];
            }
        }
        let (words, before, after) = match (claimed, &piece.words) {
            (_, Some(words)) => (words.clone(), piece.before.clone(), piece.after.clone()),
            (Some(span), None) => {
                let (before, after) = self.base.context(span, crate::domain::annotation::CONTEXT);
                (self.base.slice(span).to_owned(), before, after)
            }
            (None, None) => (String::new(), piece.before.clone(), piece.after.clone()),
        };
        let found = self.by_words(&words, &before, &after);
        match found.as_slice() {
            [one] => {
                tally.by_words += usize::from(piece.at.is_some());
                vec![Stretch::At(*one)]
            }
            [_, _, ..] if all && piece.at.is_none() => found.into_iter().map(Stretch::At).collect(),
            _ => {
                vec![Stretch::Lost { words, before, after }]
            }
        }
    }

    /// The span at the offsets, where the words stand there or none are given.
    fn claimed(&self, piece: &Fragment) -> Option<Span> {
        let (start, end) = piece.at?;
        let (start, end) = self.ruler.byte(start).zip(self.ruler.byte(end))?;
        let span = Span::new(start, end);
        let stands = self.base.slice(span);
        let fits = piece.words.as_deref().is_none_or(|words| words.is_empty() || same_words(stands, words));
        (start < end && fits).then_some(span)
    }

    /// Where just these words stand; of several places the one with the same words around it.
    fn by_words(&self, words: &str, before: &str, after: &str) -> Vec<Span> {
        let words = words.trim();
        let mut found = self.text.occurrences(words);
        if found.is_empty() && words.contains("\r\n") {
            found = self.text.occurrences(&words.replace("\r\n", "\n"));
        }
        if found.len() < 2 || before.trim().is_empty() && after.trim().is_empty() {
            return found;
        }
        let around = |span: &Span| {
            let (left, right) =
                (&self.text.as_str()[..span.start as usize], &self.text.as_str()[span.end as usize..]);
            left.trim_end().ends_with(before.trim()) && right.trim_start().starts_with(after.trim())
        };
        let fitting: Vec<Span> = found.iter().copied().filter(around).collect();
        if fitting.is_empty() { found } else { fitting }
    }
}
