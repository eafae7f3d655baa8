//! Many edits of a text as one: which stretches of the first text have other words now.
//!
//! May use: std, the rest of `domain`. Invariants: hunks are sorted, do not touch, and each differs
//! from what it replaces at both ends, so that words which were typed back are in none; the edits of
//! a patch lead from the first text to the last, and mapping through the patch is mapping through
//! those edits one after the other (laws). Known limit: within one hunk it is not known any more
//! which letters were typed beside which.

use std::ops::Range;
use std::sync::Arc;

use super::article::{Edit, Mapped};
use super::text::{Span, Text};

/// A stretch of the first text and what stands in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Hunk {
    /// In the first text.
    was: Span,
    inserted: Arc<str>,
    /// By how much the hunks before it move it.
    shift: i64,
}

impl Hunk {
    /// Where its words stand now.
    fn now(&self) -> Span {
        let start = (i64::from(self.was.start) + self.shift) as usize;
        Span::new(start, start + self.inserted.len())
    }

    fn grows(&self) -> i64 {
        self.inserted.len() as i64 - self.was.len() as i64
    }
}

/// What some edits make of a text. Cloning shares it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Patch {
    hunks: Arc<[Hunk]>,
}

impl Patch {
    /// Whether the text is the first one.
    pub fn is_empty(&self) -> bool {
        self.hunks.is_empty()
    }

    /// How many stretches are other ones.
    pub fn len(&self) -> usize {
        self.hunks.len()
    }

    /// Stretches of the first text, in its order and apart, and what stands in their place: as they are.
    pub(super) fn of<'a>(hunks: impl Iterator<Item = (Span, &'a str)>) -> Self {
        let mut shift = 0;
        let hunk = |(was, inserted): (Span, &str)| {
            let hunk = Hunk { was, inserted: inserted.into(), shift };
            shift += hunk.grows();
            hunk
        };
        Self { hunks: hunks.map(hunk).collect() }
    }

    /// This patch and then an edit, which puts words in the place of a range of the present text.
    #[must_use]
    pub fn and(&self, first: &Text, range: Span, inserted: &str) -> Self {
        let from = self.hunks.partition_point(|hunk| hunk.now().end < range.start);
        let to = self.hunks.partition_point(|hunk| hunk.now().start <= range.end).max(from);
        let (mut start, mut end) = (self.to_first(range.start, from), self.to_first(range.end, to));
        let mut words = String::new();
        if let (Some(one), Some(other)) = (self.hunks[from..to].first(), self.hunks[from..to].last()) {
            let (head, tail) = (one.now(), other.now());
            words.push_str(&one.inserted[..range.start.saturating_sub(head.start) as usize]);
            words.push_str(inserted);
            words.push_str(
                &other.inserted[other.inserted.len() - tail.end.saturating_sub(range.end) as usize..],
            );
            (start, end) = (start.min(one.was.start as usize), end.max(other.was.end as usize));
        } else {
            words.push_str(inserted);
        }
        let least = Edit::between(first.slice(Span::new(start, end)), &words);
        let start = start + least.at as usize;
        let mut hunks = self.hunks[..from].to_vec();
        if !least.is_empty() {
            let was = Span::new(start, start + least.removed.len());
            hunks.push(Hunk { was, inserted: least.inserted.into(), shift: 0 });
        }
        hunks.extend_from_slice(&self.hunks[to..]);
        let mut shift = 0;
        for hunk in &mut hunks {
            hunk.shift = shift;
            shift += hunk.grows();
        }
        Self { hunks: hunks.into() }
    }

    /// The byte of the first text for one of the present, which lies behind `before` hunks and in none
    /// of the others.
    fn to_first(&self, at: u32, before: usize) -> usize {
        let shift = before.checked_sub(1).map_or(0, |last| self.hunks[last].shift + self.hunks[last].grows());
        (i64::from(at) - shift).max(0) as usize
    }

    /// The edits that lead from the first text to the present one, each for the text after those
    /// before it.
    pub fn edits(&self, first: &Text) -> Vec<Edit> {
        let edit = |hunk: &Hunk| Edit {
            at: hunk.now().start,
            removed: first.slice(hunk.was).to_owned(),
            inserted: hunk.inserted.to_string(),
        };
        self.hunks.iter().map(edit).collect()
    }

    /// Where a span of the first text is now: what [`Edit::map`] gives, edit by edit.
    pub fn map(&self, span: Span) -> Mapped {
        let before = self.hunks.partition_point(|hunk| hunk.was.end <= span.start);
        let shift = before.checked_sub(1).map_or(0, |last| self.hunks[last].shift + self.hunks[last].grows());
        let moved = |at: u32| (i64::from(at) + shift) as u32;
        let mut now = Span { start: moved(span.start), end: moved(span.end) };
        let mut changed = false;
        for hunk in self.hunks[before..].iter().take_while(|hunk| hunk.was.start < span.end) {
            let start = hunk.now().start;
            let removed = Span { start, end: start + hunk.was.len() as u32 };
            match Edit::map_through(removed, hunk.inserted.len(), now) {
                Mapped::Same(to) => now = to,
                Mapped::Changed(to) => (now, changed) = (to, true),
                Mapped::Gone => return Mapped::Gone,
            }
        }
        if changed { Mapped::Changed(now) } else { Mapped::Same(now) }
    }

    /// The stretches of the first text that are left in a range of the present one, and the edges of
    /// those that are not: whatever span lies in the range now touches one of them.
    pub fn left_in(&self, range: Span) -> Vec<Range<usize>> {
        let from = self.hunks.partition_point(|hunk| hunk.now().end < range.start);
        let to = self.hunks.partition_point(|hunk| hunk.now().start <= range.end).max(from);
        let mut left = Vec::with_capacity(to - from + 1);
        let mut start = self.to_first(range.start, from);
        for hunk in &self.hunks[from..to] {
            left.push(start.min(hunk.was.start as usize)..hunk.was.start as usize);
            start = hunk.was.end as usize;
        }
        left.push(start..self.to_first(range.end, to).max(start));
        left
    }
}
