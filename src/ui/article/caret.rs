//! The caret in one laid out piece: where it stands, and where it goes from there.
//!
//! May use: layout, parley's side of an edge. Invariant: a caret belongs to one cluster, the one that
//! begins (downstream) or ends (upstream) at its byte, so that it has one place on one row even where
//! the direction of writing changes; every step comes to a grapheme edge. Known limit: where two
//! directions meet, walking one way passes one of the two edges there, and back the other.

use std::ops::Range;

use parley::Affinity;
use unicode_segmentation::GraphemeCursor;

use super::layout::{ClusterBox, Entry};

/// A caret in a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Caret {
    /// Its byte.
    pub at: usize,
    /// Whether it belongs to what begins there or to what ends there.
    pub affinity: Affinity,
}

impl Caret {
    /// Before what begins at a byte.
    pub const fn before(at: usize) -> Self {
        Self { at, affinity: Affinity::Downstream }
    }

    /// Behind what ends at a byte.
    pub const fn behind(at: usize) -> Self {
        Self { at, affinity: Affinity::Upstream }
    }
}

/// Where a caret stands: its row, which gap between the row's clusters it is in, and its place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stand {
    /// Index of the row.
    pub row: usize,
    /// So many of the row's clusters are to its left.
    pub gap: usize,
    /// In pixels.
    pub x: f32,
}

impl ClusterBox {
    /// The caret on its left or right side.
    fn side(&self, right: bool) -> Caret {
        if right == self.rtl { Caret::before(self.start as usize) } else { Caret::behind(self.end as usize) }
    }
}

impl Entry {
    /// Where a caret stands.
    pub fn stand(&self, caret: Caret) -> Stand {
        let at = caret.at as u32;
        let (row, found) = match caret.affinity {
            Affinity::Downstream => (self.row_of(caret.at), true),
            Affinity::Upstream => (self.row_of(caret.at.saturating_sub(1)), false),
        };
        let boxes = self.boxes(row);
        let begins = |cluster: &ClusterBox| cluster.start <= at && at < cluster.end;
        let ends = |cluster: &ClusterBox| cluster.start < at && at <= cluster.end;
        // The cluster that the caret belongs to, else the one on its other side.
        let first = boxes.iter().position(|cluster| if found { begins(cluster) } else { ends(cluster) });
        let place = match first {
            Some(index) => Some((index, boxes[index].rtl != found)),
            None => {
                let other =
                    boxes.iter().position(|cluster| if found { ends(cluster) } else { begins(cluster) });
                other.map(|index| (index, boxes[index].rtl == found))
            }
        };
        match place {
            Some((index, true)) => Stand { row, gap: index, x: boxes[index].left },
            Some((index, false)) => Stand { row, gap: index + 1, x: boxes[index].right },
            None => Stand { row, gap: 0, x: if self.is_rtl() { self.wrapped_at() } else { 0.0 } },
        }
    }

    /// The caret in a gap of a row.
    fn in_gap(&self, row: usize, gap: usize) -> Option<Caret> {
        let boxes = self.boxes(row);
        // At an end of the row, what is inside decides.
        match gap.checked_sub(1) {
            Some(left) => boxes.get(left).map(|cluster| cluster.side(true)),
            None => boxes.first().map(|cluster| cluster.side(false)),
        }
    }

    /// One step to the right or to the left; nothing where the piece ends on that side.
    pub fn step(&self, words: &str, from: Caret, right: bool) -> Option<Caret> {
        let Stand { mut row, mut gap, .. } = self.stand(from);
        let down = right != self.is_rtl();
        loop {
            let boxes = self.boxes(row);
            let next = if right {
                let cluster = boxes.get(gap);
                gap += 1;
                cluster.map(|cluster| cluster.side(true))
            } else {
                let cluster = gap.checked_sub(1).and_then(|gap| boxes.get(gap));
                gap = gap.saturating_sub(1);
                cluster.map(|cluster| cluster.side(false))
            };
            match next {
                Some(caret) if !is_edge(words, caret.at) => {}
                Some(caret) => return Some(self.at_row_start(caret, (row, gap), right).unwrap_or(caret)),
                None => {
                    row = if down { row + 1 } else { row.checked_sub(1)? };
                    if row >= self.rows.len() {
                        return None;
                    }
                    gap = if right { 0 } else { self.boxes(row).len() };
                    // Where a row begins with another direction, its first place is one of its own.
                    let boxes = self.boxes(row);
                    let cluster = if right { boxes.first() } else { boxes.last() };
                    let first = cluster.map(|cluster| cluster.side(!right));
                    if let Some(caret) = first.filter(|caret| caret.at != from.at && is_edge(words, caret.at))
                    {
                        return Some(caret);
                    }
                }
            }
        }
    }

    /// The end of a row that is the beginning of the next one too: one place, shown on the latter.
    fn at_row_start(&self, caret: Caret, (row, gap): (usize, usize), right: bool) -> Option<Caret> {
        if gap != if right { self.boxes(row).len() } else { 0 } {
            return None;
        }
        if caret.at != self.rows.get(row)?.bytes.end as usize || right == self.is_rtl() {
            return None;
        }
        let next = self.boxes(row + 1);
        let start = Caret::before(caret.at);
        let stand = self.stand(start);
        (!next.is_empty() && stand.row == row + 1 && stand.gap == if right { 0 } else { next.len() })
            .then_some(start)
    }

    /// The caret at the beginning or at the end of a row, in the order of reading.
    pub fn row_end(&self, row: usize, end: bool) -> Caret {
        let bytes = self.rows.get(row).map_or(0..0, |row| row.bytes.clone());
        if !end {
            return Caret::before(bytes.start as usize);
        }
        // A row that was broken at a space ends before it.
        let broken = row + 1 < self.rows.len() && self.rows[row].inked_end > bytes.start;
        Caret::behind(if broken { self.rows[row].inked_end } else { bytes.end } as usize)
    }

    /// The caret on a row that is nearest to a place.
    pub fn nearest(&self, words: &str, row: usize, x: f32) -> Caret {
        let gaps = 0..=self.boxes(row).len();
        let carets = gaps.filter_map(|gap| self.in_gap(row, gap)).filter(|caret| is_edge(words, caret.at));
        let away = |caret: &Caret| (self.stand(*caret).x - x).abs();
        let nearest = carets.min_by(|a, b| away(a).total_cmp(&away(b)));
        let nearest = nearest.unwrap_or_else(|| self.row_end(row, false));
        let end = self.row_end(row, true);
        // Beyond the last letter of a row that goes on below, the caret stands before the break.
        if nearest.at > end.at && row + 1 < self.rows.len() { end } else { nearest }
    }

    /// The words and what stands between them, in the order of the text.
    fn units(&self, text: &str) -> Vec<Range<usize>> {
        let mut bounds: Vec<usize> = self
            .clusters
            .iter()
            .filter(|cluster| cluster.word)
            .map(|cluster| cluster.start as usize)
            .collect();
        bounds.push(0);
        bounds.push(text.len());
        bounds.retain(|at| is_edge(text, *at));
        bounds.sort_unstable();
        bounds.dedup();
        bounds.windows(2).map(|pair| pair[0]..pair[1]).collect()
    }

    /// Where words begin and end, in the order of the text.
    pub fn words(&self, text: &str) -> Vec<Range<usize>> {
        let mut units = self.units(text);
        units.retain(|unit| text.get(unit.clone()).is_some_and(has_words));
        units
    }

    /// The word at a byte, or what stands between two words.
    pub fn unit_at(&self, text: &str, at: usize) -> Range<usize> {
        let units = self.units(text);
        let after = units.partition_point(|unit| unit.start <= at);
        units.get(after.saturating_sub(1)).cloned().unwrap_or(0..text.len())
    }
}

/// Whether there is more than white space and signs.
fn has_words(text: &str) -> bool {
    text.chars().any(|c| c.is_alphanumeric() || !c.is_ascii() && !c.is_whitespace() && !is_sign(c))
}

/// The signs of running text beyond ASCII.
fn is_sign(c: char) -> bool {
    matches!(c, '\u{80}'..='\u{bf}' | '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{303f}')
}

/// Whether a byte of a piece is the edge of a grapheme cluster.
pub fn is_edge(words: &str, at: usize) -> bool {
    words.is_char_boundary(at)
        && GraphemeCursor::new(at, words.len(), true).is_boundary(words, 0).unwrap_or(true)
}
