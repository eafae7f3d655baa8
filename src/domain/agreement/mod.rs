//! Two people who checked the same article independently: what they agree on, and what not.
//!
//! May use: std, unicode-segmentation, similar, the rest of `domain`. `mine` is the open project,
//! `theirs` any other of the same article or nearly: ids need not agree. Invariants: every annotation
//! of either is in exactly one pair or on one side only; the figures are the same from both sides;
//! nothing is changed here (see `adopt`).
//!
//! The figures. *Marks*: the unit is a word of my text (UAX #29, with a letter or a figure), sorted by
//! which kinds of marks touch it: none, claim, quote, source, or several of them at once, eight
//! categories in all. *Statuses*: the unit is a pair of annotations that mark the same or overlapping
//! words, sorted into the eight statuses. *Same marks*: twice the pairs of one kind and exactly the
//! same words, divided by all annotations of both (the F1 of exact matches).
//! Known limit: orphans and what a redacted copy withholds are in no figure.

mod adopt;
mod carry;
mod kappa;
mod matching;

use std::collections::BTreeMap;

use unicode_segmentation::UnicodeSegmentation;

pub use adopt::Adopted;
pub use carry::Carry;
pub use kappa::{Agreement, Table};
use matching::Item;

use super::{Annotation, Id, Kind, Project, Span, Status};

/// How the places of two annotations relate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Overlap {
    /// Exactly the same words.
    Same,
    /// Some words in common.
    Part,
    /// None: only the id, or lost words, say that they belong together.
    None,
}

/// One thing that both marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The annotation here.
    pub mine: Id,
    /// The one there.
    pub theirs: Id,
    /// How their places relate.
    pub overlap: Overlap,
}

/// Something that the two see differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The annotation here; nothing where only they have one.
    pub mine: Option<Id>,
    /// The one there.
    pub theirs: Option<Id>,
    /// Where it is in my text.
    pub at: Option<Span>,
    /// Both have it, at other places.
    pub place: bool,
    /// Both have it, as other kinds.
    pub kind: bool,
    /// Both have it, with other statuses.
    pub status: bool,
}

/// How the annotations of one kind relate. Of a pair of two kinds, each side counts under its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Pairs of this kind with exactly the same words.
    pub same: usize,
    /// Pairs of this kind that overlap.
    pub overlap: usize,
    /// Mine of this kind that they marked as another.
    pub other_kind: usize,
    /// Only I have it.
    pub only_mine: usize,
    /// Only they have it.
    pub only_theirs: usize,
}

/// The figures.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Figures {
    /// By kind, in the order of [`Kind::ALL`].
    pub kinds: [Tally; 3],
    /// On which words are marked as what.
    pub words: Agreement,
    /// On the statuses of what both marked.
    pub statuses: Agreement,
    /// Of how many annotations in all, mine and theirs.
    pub annotations: (usize, usize),
}

impl Figures {
    /// All kinds together.
    pub fn total(&self) -> Tally {
        let add = |a: Tally, b: &Tally| Tally {
            same: a.same + b.same,
            overlap: a.overlap + b.overlap,
            other_kind: a.other_kind + b.other_kind,
            only_mine: a.only_mine + b.only_mine,
            only_theirs: a.only_theirs + b.only_theirs,
        };
        self.kinds.iter().fold(Tally::default(), add)
    }

    /// The F1 of exact matches; nothing where nobody marked anything.
    pub fn same_marks(&self) -> Option<f64> {
        let all = self.annotations.0 + self.annotations.1;
        (all > 0).then(|| 2.0 * self.total().same as f64 / all as f64)
    }
}

/// What comparing two projects gave.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    /// What both marked.
    pub pairs: Vec<Pair>,
    /// What the two see differently, in the order of my text.
    pub differences: Vec<Difference>,
    /// The figures.
    pub figures: Figures,
    /// Whether the two texts are letter for letter the same.
    pub same_text: bool,
    /// How many places of theirs are not in my text.
    pub not_placed: usize,
    carry: Carry,
    /// Their annotations that I have, too: theirs, mine.
    known: BTreeMap<Id, Id>,
}

/// Compares two projects.
pub fn compare(mine: &Project, theirs: &Project) -> Comparison {
    let carry = Carry::new(&theirs.article.text, &mine.article.text);
    let mut not_placed = 0;
    let own: Vec<Item<'_>> = items(mine, Some);
    let other: Vec<Item<'_>> = items(theirs, |span| {
        let to = carry.map(span);
        not_placed += usize::from(to.is_none());
        to
    });
    let matched = matching::pairs(&own, &other);
    let mut found =
        Comparison { same_text: mine.article.text == theirs.article.text, not_placed, ..Default::default() };
    let mut statuses = Table::new(Status::ALL.len());
    let mut alone = (vec![true; own.len()], vec![true; other.len()]);
    let figures = &mut found.figures;
    for (a, b) in matched {
        (alone.0[a], alone.1[b]) = (false, false);
        let (one, two) = (&own[a], &other[b]);
        let overlap = overlap(&one.spans, &two.spans);
        let (mine, theirs) = (one.annotation, two.annotation);
        found.pairs.push(Pair { mine: mine.id, theirs: theirs.id, overlap });
        found.known.insert(theirs.id, mine.id);
        if mine.is_withheld() || theirs.is_withheld() {
            continue;
        }
        let tally = &mut figures.kinds[mine.kind as usize];
        match overlap {
            _ if mine.kind != theirs.kind => tally.other_kind += 1,
            Overlap::Same => tally.same += 1,
            Overlap::Part => tally.overlap += 1,
            Overlap::None => {}
        }
        if overlap != Overlap::None {
            statuses.add(mine.status as usize, theirs.status as usize);
        }
        let place = overlap != Overlap::Same && !(one.spans.is_empty() && two.spans.is_empty());
        let (kind, status) = (mine.kind != theirs.kind, mine.status != theirs.status);
        if place || kind || status {
            let at = one.spans.first().or(two.spans.first()).copied();
            let (mine, theirs) = (Some(mine.id), Some(theirs.id));
            found.differences.push(Difference { mine, theirs, at, place, kind, status });
        }
    }
    let lone = |item: &Item<'_>| Difference {
        mine: None,
        theirs: None,
        at: item.spans.first().copied(),
        place: false,
        kind: false,
        status: false,
    };
    for item in own.iter().zip(&alone.0).filter(|(_, alone)| **alone).map(|(item, _)| item) {
        figures.kinds[item.annotation.kind as usize].only_mine += 1;
        found.differences.push(Difference { mine: Some(item.annotation.id), ..lone(item) });
    }
    for item in other.iter().zip(&alone.1).filter(|(_, alone)| **alone).map(|(item, _)| item) {
        if item.annotation.is_withheld() {
            continue;
        }
        figures.kinds[item.annotation.kind as usize].only_theirs += 1;
        found.differences.push(Difference { theirs: Some(item.annotation.id), ..lone(item) });
    }
    found.differences.sort_by_key(|difference| {
        (difference.at.is_none(), difference.at, difference.mine, difference.theirs)
    });
    figures.annotations = (own.len(), other.len());
    figures.statuses = statuses.agreement();
    figures.words = words(mine, &own, &other);
    found.carry = carry;
    found
}

/// Every annotation of a project with its places.
fn items(project: &Project, mut map: impl FnMut(Span) -> Option<Span>) -> Vec<Item<'_>> {
    let all = project.in_order().into_iter().map(AsRef::as_ref);
    all.map(|annotation: &Annotation| {
        let mut spans: Vec<Span> = annotation.placed().filter_map(&mut map).collect();
        spans.sort_unstable();
        Item { annotation, spans }
    })
    .collect()
}

fn overlap(a: &[Span], b: &[Span]) -> Overlap {
    if a == b && !a.is_empty() {
        Overlap::Same
    } else if matching::common(a, b) > 0 {
        Overlap::Part
    } else {
        Overlap::None
    }
}

/// How far two people agree on which words are marked as what.
fn words(project: &Project, mine: &[Item<'_>], theirs: &[Item<'_>]) -> Agreement {
    let text = project.article.text.as_str();
    let words: Vec<Span> =
        text.unicode_word_indices().map(|(at, word)| Span::new(at, at + word.len())).collect();
    let (own, other) = (labels(&words, mine), labels(&words, theirs));
    let mut table = Table::new(1 << Kind::ALL.len());
    for (a, b) in own.into_iter().zip(other) {
        table.add(a, b);
    }
    table.agreement()
}

/// Of each word, which kinds of marks touch it: one bit for each kind.
fn labels(words: &[Span], items: &[Item<'_>]) -> Vec<usize> {
    // How many marks of a kind begin at each word, less those that ended before it.
    let mut steps = vec![[0i64; Kind::ALL.len()]; words.len() + 1];
    for item in items {
        let kind = item.annotation.kind as usize;
        for span in &item.spans {
            let from = words.partition_point(|word| word.end <= span.start);
            let to = words.partition_point(|word| word.start < span.end);
            if from < to {
                steps[from][kind] += 1;
                steps[to][kind] -= 1;
            }
        }
    }
    let mut open = [0i64; Kind::ALL.len()];
    let label = |step: &[i64; Kind::ALL.len()]| {
        let mut label = 0;
        for (kind, change) in step.iter().enumerate() {
            open[kind] += change;
            label |= usize::from(open[kind] > 0) << kind;
        }
        label
    };
    steps[..words.len()].iter().map(label).collect()
}
