//! Which annotation of one person is the same thing as which of another.
//!
//! May use: std, the rest of `domain`. Invariants: every annotation is in at most one pair; the same
//! two lists give the same pairs whichever comes first, so that identical marks that lie on one
//! another are paired one to one and stay two; never two that have neither id, place nor words in
//! common. Known limit: of very many marks that overlap one mark, only the nearest are looked at.

use std::collections::BTreeMap;

use super::adopt::FORMAT;
use crate::domain::{Annotation, Id, Kind, Span};

/// So many marks on each side of the start of a mark are looked at for an overlap.
const NEAREST: usize = 48;

/// An annotation with its places in my text.
#[derive(Clone, Debug)]
pub(super) struct Item<'a> {
    pub annotation: &'a Annotation,
    pub spans: Vec<Span>,
}

/// The pairs, as places in the two lists.
pub(super) fn pairs(mine: &[Item<'_>], theirs: &[Item<'_>]) -> Vec<(usize, usize)> {
    let mut matched =
        Matched { pairs: Vec::new(), mine: vec![false; mine.len()], theirs: vec![false; theirs.len()] };
    let by_id: BTreeMap<Id, usize> =
        theirs.iter().enumerate().map(|(place, item)| (item.annotation.id, place)).collect();
    for (place, item) in mine.iter().enumerate() {
        if let Some(other) = by_id.get(&item.annotation.id) {
            matched.pair(place, *other);
        }
    }
    // What was adopted before says so.
    let source = |item: &Item<'_>| {
        let origin = item.annotation.origin.as_ref().filter(|origin| origin.format == FORMAT)?;
        origin.id.parse::<Id>().ok()
    };
    for (place, item) in mine.iter().enumerate() {
        if let Some(other) = source(item).and_then(|id| by_id.get(&id)) {
            matched.pair(place, *other);
        }
    }
    let own: BTreeMap<Id, usize> =
        mine.iter().enumerate().map(|(place, item)| (item.annotation.id, place)).collect();
    for (place, item) in theirs.iter().enumerate() {
        if let Some(other) = source(item).and_then(|id| own.get(&id)) {
            matched.pair(*other, place);
        }
    }
    let with_kind =
        |item: &Item<'_>| (!item.spans.is_empty()).then(|| (item.spans.clone(), Some(item.annotation.kind)));
    alike(mine, theirs, &mut matched, with_kind);
    let without = |item: &Item<'_>| (!item.spans.is_empty()).then(|| (item.spans.clone(), None::<Kind>));
    alike(mine, theirs, &mut matched, without);
    overlapping(mine, theirs, &mut matched);
    // Words that are in neither text any more.
    let lost = |item: &Item<'_>| {
        let words = item.annotation.words();
        (item.spans.is_empty() && !words.is_empty()).then_some((words, item.annotation.kind))
    };
    alike(mine, theirs, &mut matched, lost);
    matched.pairs
}

struct Matched {
    pairs: Vec<(usize, usize)>,
    mine: Vec<bool>,
    theirs: Vec<bool>,
}

impl Matched {
    fn pair(&mut self, mine: usize, theirs: usize) {
        if !self.mine[mine] && !self.theirs[theirs] {
            (self.mine[mine], self.theirs[theirs]) = (true, true);
            self.pairs.push((mine, theirs));
        }
    }
}

/// Pairs what has the same key, one to one: first those of the same status, then the rest in order.
fn alike<K: Ord>(
    mine: &[Item<'_>],
    theirs: &[Item<'_>],
    matched: &mut Matched,
    key: impl Fn(&Item<'_>) -> Option<K>,
) {
    let mut groups: BTreeMap<K, [Vec<usize>; 2]> = BTreeMap::new();
    for (side, (items, taken)) in [(mine, &matched.mine), (theirs, &matched.theirs)].into_iter().enumerate() {
        for place in (0..items.len()).filter(|place| !taken[*place]) {
            if let Some(key) = key(&items[place]) {
                groups.entry(key).or_default()[side].push(place);
            }
        }
    }
    for [mut own, mut other] in groups.into_values() {
        let order = |item: &Item<'_>| {
            let a = item.annotation;
            (a.kind, a.status, a.fact.as_str().to_owned(), a.note.as_str().to_owned(), a.id)
        };
        if own.len() > 1 || other.len() > 1 {
            own.sort_by_cached_key(|place| order(&mine[*place]));
            other.sort_by_cached_key(|place| order(&theirs[*place]));
        }
        let mut next = 0;
        for place in &own {
            let wanted = (mine[*place].annotation.kind, mine[*place].annotation.status);
            let of = |place: &usize| (theirs[*place].annotation.kind, theirs[*place].annotation.status);
            while next < other.len() && of(&other[next]) < wanted {
                next += 1;
            }
            if next < other.len() && of(&other[next]) == wanted {
                matched.pair(*place, other[next]);
                next += 1;
            }
        }
        own.retain(|place| !matched.mine[*place]);
        other.retain(|place| !matched.theirs[*place]);
        for (a, b) in own.into_iter().zip(other) {
            matched.pair(a, b);
        }
    }
}

/// Pairs what overlaps: those of one kind first, then by how much of both is in common.
fn overlapping(mine: &[Item<'_>], theirs: &[Item<'_>], matched: &mut Matched) {
    let (own, other) = (Starts::new(mine, &matched.mine), Starts::new(theirs, &matched.theirs));
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (span, place) in &own.0 {
        found.extend(other.near(*span).map(|near| (*place, near)));
    }
    for (span, place) in &other.0 {
        found.extend(own.near(*span).map(|near| (near, *place)));
    }
    found.sort_unstable();
    found.dedup();
    found.sort_by_cached_key(|(a, b)| {
        let (a, b) = (&mine[*a], &theirs[*b]);
        let (one, two) = (a.annotation, b.annotation);
        let common = common(&a.spans, &b.spans);
        let all = length(&a.spans) + length(&b.spans) - common;
        let part = common * 1_000_000 / all.max(1);
        (one.kind != two.kind, std::cmp::Reverse(part), one.id.min(two.id), one.id.max(two.id))
    });
    for (a, b) in found {
        matched.pair(a, b);
    }
}

/// The places of one list that are not matched yet, by their start.
struct Starts(Vec<(Span, usize)>);

impl Starts {
    fn new(items: &[Item<'_>], taken: &[bool]) -> Self {
        let open = items.iter().enumerate().filter(|(place, _)| !taken[*place]);
        let mut all: Vec<(Span, usize)> =
            open.flat_map(|(place, item)| item.spans.iter().map(move |span| (*span, place))).collect();
        all.sort_unstable();
        Self(all)
    }

    /// Those that overlap a span, the nearest on both sides of its start.
    fn near(&self, span: Span) -> impl Iterator<Item = usize> + '_ {
        let from = self.0.partition_point(|(other, _)| other.start < span.start);
        let after = self.0[from..].iter().take(NEAREST);
        let before = self.0[..from].iter().rev().take(NEAREST);
        after.chain(before).filter(move |(other, _)| other.overlaps(span)).map(|(_, place)| *place)
    }
}

fn length(spans: &[Span]) -> u64 {
    spans.iter().map(|span| span.len() as u64).sum()
}

/// How many bytes two sorted lists of places have in common.
pub(super) fn common(a: &[Span], b: &[Span]) -> u64 {
    let (mut i, mut j, mut bytes) = (0, 0, 0);
    while let (Some(one), Some(two)) = (a.get(i), b.get(j)) {
        bytes += u64::from(one.end.min(two.end).saturating_sub(one.start.max(two.start)));
        if one.end < two.end { i += 1 } else { j += 1 }
    }
    bytes
}
