//! All that was ever written in a text, by whomever, in one order: what the versions of the text have
//! in common.
//!
//! May use: std, the rest of `domain`. Every insertion is a *strand*; a strand hangs on a letter of
//! another one, before it or behind a strand's last letter, and where it hangs follows from what its
//! author saw and nothing else (the tree of the Fugue algorithm). The same words that two people put in
//! the same place are one strand with two makers. Deleted letters stay, with those who deleted them.
//! Invariant: the order of two letters is the same in every set of entries that has both; the text of
//! a version is the letters that it made and did not delete, so it is a function of the set of entries.
//! Known limit: an entry costs time with the number of strands between it and the one before.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use super::Refused;
use super::versions::{Known, Versions};
use crate::domain::article::{Article, Edit};

/// One edit of one entry, as places in the graph and in its list.
pub(super) type Hunk = (usize, u32);

/// Words that somebody put in, in one piece.
pub(super) struct Strand<'a> {
    pub text: &'a str,
    /// Who put them in: several where it was the same in the same place.
    pub makers: Vec<Hunk>,
    gone: Vec<(u32, u32, Hunk)>,
    /// The strands that hang on it: before the letter at a byte, or at its end behind the last one.
    children: Vec<(u32, usize)>,
}

/// A stretch of a strand to all of whose letters the same happened.
#[derive(Clone)]
pub(super) struct Part {
    pub strand: usize,
    pub from: u32,
    pub to: u32,
    /// Who deleted it.
    pub gone: Rc<[Hunk]>,
}

impl Part {
    pub(super) fn len(&self) -> usize {
        (self.to - self.from) as usize
    }
}

/// A stretch of the text that one entry changes.
#[derive(Clone, Copy)]
struct Piece {
    strand: usize,
    from: u32,
    to: u32,
    is_there: bool,
}

impl Piece {
    fn len(&self) -> usize {
        if self.is_there { (self.to - self.from) as usize } else { 0 }
    }
}

/// The strands of a text.
pub(super) struct Weave<'a> {
    pub strands: Vec<Strand<'a>>,
    /// The version that `pieces` shows.
    known: Known,
    pieces: Vec<Piece>,
    /// A piece, and how many bytes of the text stand before it.
    hand: (usize, usize),
}

/// The text that an article began with, by taking back all that happened since.
pub(super) fn first_text(article: &Article) -> Option<String> {
    let entries: HashMap<_, _> = article.log.iter().map(|entry| (entry.id, entry)).collect();
    let mut pieces: Vec<&str> = vec![article.text.as_str()];
    let (mut hand, mut before) = (0_usize, 0_usize);
    let mut next = article.log.last();
    let mut left = article.log.len();
    while let Some(entry) = next {
        for edit in entry.edits.iter().rev() {
            // To the piece in which the edit begins.
            let at = edit.at as usize;
            while before > at {
                hand = hand.checked_sub(1)?;
                before -= pieces[hand].len();
            }
            while hand < pieces.len() && before + pieces[hand].len() <= at {
                before += pieces[hand].len();
                hand += 1;
            }
            let mut rest = edit.inserted.as_str();
            let inside = at - before;
            let first = pieces.get(hand).copied().unwrap_or_default();
            let mut put: Vec<&str> = Vec::new();
            put.extend(Some(first.get(..inside)?).filter(|part| !part.is_empty()));
            put.extend(Some(edit.removed.as_str()).filter(|part| !part.is_empty()));
            let mut to = hand;
            let mut from = inside;
            while !rest.is_empty() {
                let piece = pieces.get(to)?.get(from..)?;
                let same = piece.len().min(rest.len());
                if piece.get(..same)? != rest.get(..same)? {
                    return None;
                }
                rest = &rest[same..];
                from += same;
                if from == pieces[to].len() {
                    to += 1;
                    from = 0;
                }
            }
            if to < pieces.len() && (from > 0 || to == hand) {
                put.extend(pieces[to].get(from..).filter(|part| !part.is_empty()));
                to += 1;
            }
            pieces.splice(hand..to, put);
        }
        left = left.checked_sub(1)?;
        next = match entry.replaces.first() {
            Some(id) => Some(entries.get(id).copied()?),
            None => None,
        };
    }
    Some(pieces.concat())
}

impl<'a> Weave<'a> {
    /// The weave of all entries of a graph over the first text.
    pub(super) fn of(versions: &Versions<'a>, first: &'a str) -> Result<Self, Refused> {
        let root = Strand { text: first, makers: vec![(0, 0)], gone: Vec::new(), children: Vec::new() };
        let mut weave = Self {
            strands: vec![root],
            known: vec![false; versions.entries.len()],
            pieces: Vec::new(),
            hand: (0, 0),
        };
        let mut last = None;
        for place in way_through(versions) {
            if versions.parents[place].is_empty() {
                weave.show(versions.up_to(place));
            } else if versions.parents[place] != last.map(|last| vec![last]).unwrap_or_default() {
                let mut known = vec![false; versions.entries.len()];
                for parent in &versions.parents[place] {
                    for (mine, theirs) in known.iter_mut().zip(versions.up_to(*parent)) {
                        *mine |= theirs;
                    }
                }
                weave.show(known);
            }
            weave.known[place] = true;
            for (number, edit) in versions.entries[place].edits.iter().enumerate() {
                weave.apply(edit, (place, number as u32)).ok_or(Refused::History)?;
            }
            last = Some(place);
        }
        Ok(weave)
    }

    /// Lays out a version, so that an edit of it can be found in it.
    fn show(&mut self, known: Known) {
        let has = |hunk: &Hunk| known[hunk.0];
        let parts = self.parts();
        let here = parts.iter().filter(|part| self.strands[part.strand].makers.iter().any(has));
        let piece = |part: &Part| Piece {
            strand: part.strand,
            from: part.from,
            to: part.to,
            is_there: !part.gone.iter().any(has),
        };
        self.pieces = here.map(piece).collect();
        self.known = known;
        self.hand = (0, 0);
    }

    /// Puts one edit of the version that is laid out into the weave; nothing where it does not fit.
    fn apply(&mut self, edit: &'a Edit, hunk: Hunk) -> Option<()> {
        let after = self.find(edit.at as usize)?;
        self.delete(after, &edit.removed, hunk)?;
        if !edit.inserted.is_empty() {
            let strand = self.hang(after, &edit.inserted, hunk)?;
            let to = u32::try_from(edit.inserted.len()).ok()?;
            self.pieces.insert(after, Piece { strand, from: 0, to, is_there: true });
        }
        // What stands before the piece at `after` did not change.
        self.hand = (after, edit.at as usize);
        Some(())
    }

    /// The piece before which the text has so many bytes, right behind the letter that ends there.
    fn find(&mut self, at: usize) -> Option<usize> {
        let (mut piece, mut before) = self.hand;
        if at == 0 {
            return Some(0);
        }
        while before >= at {
            piece = piece.checked_sub(1)?;
            before -= self.pieces[piece].len();
        }
        loop {
            let len = self.pieces.get(piece)?.len();
            if before + len >= at {
                break;
            }
            before += len;
            piece += 1;
        }
        self.split(piece, at - before)?;
        Some(piece + 1)
    }

    /// Cuts a piece behind so many bytes.
    fn split(&mut self, piece: usize, inside: usize) -> Option<()> {
        let Piece { strand, from, to, is_there } = *self.pieces.get(piece)?;
        let cut = from + u32::try_from(inside).ok()?;
        if cut < to {
            if !self.strands[strand].text.is_char_boundary(cut as usize) {
                return None;
            }
            self.pieces[piece].to = cut;
            self.pieces.insert(piece + 1, Piece { strand, from: cut, to, is_there });
        }
        Some(())
    }

    /// Deletes words from a piece on.
    fn delete(&mut self, mut piece: usize, mut words: &str, hunk: Hunk) -> Option<()> {
        while !words.is_empty() {
            let Piece { strand, from, to, is_there } = *self.pieces.get(piece)?;
            if is_there {
                let len = words.len().min((to - from) as usize);
                self.split(piece, len)?;
                let to = from + len as u32;
                if self.strands[strand].text.get(from as usize..to as usize)? != words.get(..len)? {
                    return None;
                }
                words = &words[len..];
                self.pieces[piece].is_there = false;
                self.strands[strand].gone.push((from, to, hunk));
            }
            piece += 1;
        }
        Some(())
    }

    /// Hangs words where the piece is that will be at `after`: behind the letter before it where nothing
    /// that the author knew hangs there, else before the next letter that they knew, deleted or not.
    fn hang(&mut self, after: usize, words: &'a str, hunk: Hunk) -> Option<usize> {
        let is_known = |strand: &Strand| strand.makers.iter().any(|(entry, _)| self.known[*entry]);
        let behind = match after.checked_sub(1).and_then(|before| self.pieces.get(before)) {
            Some(letter) => {
                let owner = &self.strands[letter.strand];
                let len = owner.text.len() as u32;
                let mut there = owner.children[owner.children.partition_point(|(at, _)| *at < len)..].iter();
                let is_last = letter.to == len && !there.any(|(_, child)| is_known(&self.strands[*child]));
                is_last.then_some((letter.strand, len))
            }
            None => self.pieces.is_empty().then_some((0, 0)),
        };
        let (owner, at) = match behind {
            Some(place) => place,
            None => self.pieces.get(after).map(|next| (next.strand, next.from))?,
        };
        let children = &self.strands[owner].children;
        let place = children.binary_search_by(|(there, child)| {
            there.cmp(&at).then_with(|| self.strands[*child].text.cmp(words))
        });
        match place {
            Ok(same) => {
                let strand = children[same].1;
                self.strands[strand].makers.push(hunk);
                Some(strand)
            }
            Err(place) => {
                let strand = self.strands.len();
                self.strands[owner].children.insert(place, (at, strand));
                let (makers, gone, children) = (vec![hunk], Vec::new(), Vec::new());
                self.strands.push(Strand { text: words, makers, gone, children });
                Some(strand)
            }
        }
    }

    /// Everything in its order, cut wherever it makes a difference.
    pub(super) fn parts(&self) -> Vec<Part> {
        let cut: Vec<Vec<Part>> = (0..self.strands.len()).map(|strand| self.cut(strand)).collect();
        let mut parts = Vec::new();
        // A strand, which of its children comes next, and how far it is told.
        let mut open = vec![(0, 0, 0)];
        while let Some((strand, child, told)) = open.pop() {
            let next = self.strands[strand].children.get(child).copied();
            let to = next.map_or(self.strands[strand].text.len() as u32, |(at, _)| at);
            let from = cut[strand].partition_point(|part| part.to <= told);
            // Two children may hang on one letter, and nothing stands between them.
            for part in cut[strand][from..].iter().take_while(|part| part.from < to && told < to) {
                parts.push(Part { from: part.from.max(told), to: part.to.min(to), ..part.clone() });
            }
            if let Some((at, inner)) = next {
                open.push((strand, child + 1, at));
                open.push((inner, 0, 0));
            }
        }
        parts
    }

    /// A strand, cut where deletions begin and end.
    fn cut(&self, strand: usize) -> Vec<Part> {
        let Strand { text, gone, .. } = &self.strands[strand];
        if text.is_empty() {
            return Vec::new();
        }
        let mut events: Vec<(u32, bool, Hunk)> = Vec::new();
        for (from, to, hunk) in gone {
            events.push((*from, true, *hunk));
            events.push((*to, false, *hunk));
        }
        events.push((text.len() as u32, false, (0, 0)));
        events.sort_unstable();
        let mut parts = Vec::new();
        let mut now: BTreeSet<Hunk> = BTreeSet::new();
        let mut from = 0;
        for (at, begins, hunk) in events {
            if at > from {
                parts.push(Part { strand, from, to: at, gone: now.iter().copied().collect() });
                from = at;
            }
            if begins {
                now.insert(hunk);
            } else {
                now.remove(&hunk);
            }
        }
        parts
    }

    /// The letters of a part.
    pub(super) fn words(&self, part: &Part) -> &'a str {
        self.strands[part.strand].text.get(part.from as usize..part.to as usize).unwrap_or_default()
    }

    /// Whether a part stands in a version.
    pub(super) fn stands(&self, part: &Part, known: &Known) -> bool {
        let has = |hunk: &Hunk| known[hunk.0];
        self.strands[part.strand].makers.iter().any(has) && !part.gone.iter().any(has)
    }
}

/// Entries in an order in which each comes after those it builds on, one line of work after the other:
/// going on with the version that is laid out costs nothing.
fn way_through(versions: &Versions<'_>) -> Vec<usize> {
    let count = versions.entries.len();
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); count];
    let mut waits: Vec<usize> = versions.parents.iter().map(Vec::len).collect();
    for (place, parents) in versions.parents.iter().enumerate() {
        for parent in parents {
            children[*parent].push(place);
        }
    }
    let mut free: Vec<usize> = (0..count).filter(|place| waits[*place] == 0).collect();
    let mut order = Vec::with_capacity(count);
    while let Some(place) = free.pop() {
        order.push(place);
        for child in children[place].iter().rev() {
            waits[*child] -= 1;
            if waits[*child] == 0 {
                free.push(*child);
            }
        }
    }
    order
}
