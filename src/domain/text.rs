//! The article's text and places in it.
//!
//! May use: std, serde, unicode-segmentation. Invariant: a [`Text`] holds line feeds only (the
//! import normalises CRLF and CR and drops a byte order mark) and is otherwise kept as it came,
//! never normalised. Offsets are bytes of UTF-8, ranges half open, edges on grapheme clusters.
//! Known limit: texts up to 4 GiB (offsets are kept as `u32`).

use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

/// A half-open byte range of an article, never empty where it belongs to an annotation.
///
/// The type itself promises only `start <= end`; that its edges are grapheme edges of one certain
/// text is checked where the two meet ([`Text::admits`]).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
}

impl Span {
    /// The range between two byte offsets, in either order.
    pub fn new(a: usize, b: usize) -> Self {
        let clip = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self { start: clip(a.min(b)), end: clip(a.max(b)) }
    }

    /// The range as the standard library slices with it.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Number of bytes.
    pub fn len(self) -> usize {
        self.end.saturating_sub(self.start) as usize
    }

    /// Whether it holds nothing.
    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Whether the two have at least one byte in common.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// An article's text with its lines found once. Cloning shares the text.
#[derive(Clone, Debug)]
pub struct Text {
    content: Arc<String>,
    /// Byte offset of each line's first byte; the first is 0.
    lines: Arc<[u32]>,
    /// For each line, how many paragraphs (non-blank lines) there are up to and including it.
    paragraphs: Arc<[u32]>,
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.content, &other.content) || self.content == other.content
    }
}
impl Eq for Text {}

impl Default for Text {
    fn default() -> Self {
        Self::new(String::new())
    }
}

impl Text {
    /// Takes a text whose line ends are already line feeds.
    pub fn new(content: impl Into<String>) -> Self {
        let content: String = content.into();
        let mut lines = vec![0];
        lines.extend(content.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| i as u32 + 1));
        let mut paragraphs = Vec::with_capacity(lines.len());
        let mut count = 0;
        for (i, start) in lines.iter().enumerate() {
            let end = lines.get(i + 1).map_or(content.len(), |next| *next as usize - 1);
            count += u32::from(!content[*start as usize..end].trim().is_empty());
            paragraphs.push(count);
        }
        Self { content: Arc::new(content), lines: lines.into(), paragraphs: paragraphs.into() }
    }

    /// The text with some bytes replaced; nothing where they are not whole characters of it. Costs a
    /// copy: lines are looked for in what comes in only, the others move along.
    pub fn replaced(&self, range: Span, inserted: &str) -> Option<Self> {
        let (start, end) = (range.start as usize, range.end as usize);
        let (before, after) = (self.content.get(..start)?, self.content.get(end..)?);
        let mut content = String::with_capacity(before.len() + inserted.len() + after.len());
        content.extend([before, inserted, after]);
        let (first, last) = (self.line_of(start), self.line_of(end));
        let mut lines = Vec::with_capacity(self.lines.len() + 8);
        lines.extend_from_slice(&self.lines[..=first]);
        lines.extend(inserted.match_indices('\n').map(|(i, _)| (start + i + 1) as u32));
        let touched = first..lines.len();
        let moved = |at: &u32| (*at as usize - (end - start) + inserted.len()) as u32;
        lines.extend(self.lines[last + 1..].iter().map(moved));
        let mut paragraphs = Vec::with_capacity(lines.len());
        paragraphs.extend_from_slice(&self.paragraphs[..first]);
        let mut count = paragraphs.last().copied().unwrap_or_default();
        for line in touched {
            let end = lines.get(line + 1).map_or(content.len(), |next| *next as usize - 1);
            count += u32::from(!content[lines[line] as usize..end].trim().is_empty());
            paragraphs.push(count);
        }
        let had = self.paragraphs[last];
        paragraphs.extend(self.paragraphs[last + 1..].iter().map(|number| number - had + count));
        Some(Self { content: Arc::new(content), lines: lines.into(), paragraphs: paragraphs.into() })
    }

    /// The range of this text that is another one in `new`, and that range there.
    pub fn difference(&self, new: &Self) -> (Span, Span) {
        let (a, b) = (self.as_str().as_bytes(), new.as_str().as_bytes());
        let start = self.content.floor_char_boundary(common(a, b));
        let same = common_end(&a[start..], &b[start..]);
        // What is the same at the end of both begins with the same character in both.
        let end = self.content.ceil_char_boundary(self.len() - same);
        let same = self.len() - end;
        (Span::new(start, end), Span::new(start, new.len() - same))
    }

    /// Brings a text from outside into the one form that is kept: no byte order mark, and every
    /// CRLF and lone CR as a line feed. Everything else stays as it is.
    pub fn normalised(raw: &str) -> Self {
        let raw = raw.strip_prefix('\u{feff}').unwrap_or(raw);
        if raw.contains('\r') {
            Self::new(raw.replace("\r\n", "\n").replace('\r', "\n"))
        } else {
            Self::new(raw)
        }
    }

    /// Whether the two are one text by being shared; equal ones that were made apart are not.
    pub fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.content, &other.content)
    }

    /// The whole text.
    pub fn as_str(&self) -> &str {
        &self.content
    }

    /// Its length in bytes.
    pub fn len(&self) -> usize {
        self.content.len()
    }

    /// Whether there is no text at all.
    pub fn is_empty(&self) -> bool {
        self.content.is_empty()
    }

    /// The words in a span; empty where the span does not fit this text.
    pub fn slice(&self, span: Span) -> &str {
        self.content.get(span.range()).unwrap_or_default()
    }

    /// Number of lines, at least one: a line feed separates two.
    pub fn line_count(&self) -> usize {
        self.lines.len()
    }

    /// The span of line `line` (from 0) without its line feed.
    pub fn line(&self, line: usize) -> Span {
        let start = self.lines.get(line).map_or(self.len(), |start| *start as usize);
        let end = self.lines.get(line + 1).map_or(self.len(), |next| *next as usize - 1);
        Span::new(start, end)
    }

    /// The line (from 0) that holds byte `at`; a line feed belongs to the line that it ends.
    pub fn line_of(&self, at: usize) -> usize {
        self.lines.partition_point(|start| *start as usize <= at) - 1
    }

    /// The lines in order, without their line feeds.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        self.content.split('\n')
    }

    /// The number, from 1, of the paragraph at byte `at`. A paragraph is a non-blank line; blank
    /// lines count with the paragraph before them, and before the first there is number 0.
    pub fn paragraph_of(&self, at: usize) -> usize {
        self.paragraphs[self.line_of(at.min(self.len()))] as usize
    }

    /// The paragraph number of line `line` (from 0), or nothing where the line is blank.
    pub fn paragraph_of_line(&self, line: usize) -> Option<usize> {
        let number = *self.paragraphs.get(line)?;
        let before = if line == 0 { 0 } else { self.paragraphs[line - 1] };
        (number > before).then_some(number as usize)
    }

    /// How many paragraphs there are.
    pub fn paragraph_count(&self) -> usize {
        self.paragraphs.last().map_or(0, |count| *count as usize)
    }

    /// Whether byte `at` is the edge of a grapheme cluster, text start and end included.
    pub fn is_edge(&self, at: usize) -> bool {
        self.content.is_char_boundary(at)
            && GraphemeCursor::new(at, self.len(), true).is_boundary(&self.content, 0).unwrap_or(false)
    }

    /// Whether a span is one that an annotation may have: not empty, inside, on grapheme edges,
    /// and not of white space alone.
    pub fn admits(&self, span: Span) -> bool {
        !span.is_empty()
            && span.end as usize <= self.len()
            && self.is_edge(span.start as usize)
            && self.is_edge(span.end as usize)
            && !self.slice(span).trim().is_empty()
    }

    /// The nearest grapheme edge at or before byte `at`; anything past the end is the end.
    pub fn edge_before(&self, at: usize) -> usize {
        let mut at = self.content.floor_char_boundary(at.min(self.len()));
        while !self.is_edge(at) {
            at = self.content.floor_char_boundary(at - 1);
        }
        at
    }

    /// The nearest grapheme edge at or after byte `at`.
    pub fn edge_after(&self, at: usize) -> usize {
        let mut at = self.content.ceil_char_boundary(at.min(self.len()));
        while !self.is_edge(at) {
            at = self.content.ceil_char_boundary(at + 1);
        }
        at
    }

    /// The smallest span on grapheme edges that covers the given bytes.
    pub fn snapped(&self, span: Span) -> Span {
        Span::new(self.edge_before(span.start as usize), self.edge_after(span.end as usize))
    }

    /// The span without white space at its ends; nothing where there is only white space.
    pub fn trimmed(&self, span: Span) -> Option<Span> {
        let words = self.slice(span);
        let start = span.start as usize + (words.len() - words.trim_start().len());
        let trimmed = words.trim();
        (!trimmed.is_empty()).then(|| self.snapped(Span::new(start, start + trimmed.len())))
    }

    /// The word at byte `at` (UAX #29), or the run between words. Where a letter of the script
    /// reaches over the end of a word, the whole letter counts.
    pub fn word_at(&self, at: usize) -> Span {
        self.unit_at(at, |line| line.split_word_bound_indices().map(|(i, w)| (i, w.len())).collect())
    }

    /// The sentence at byte `at` (UAX #29), without white space at its end.
    pub fn sentence_at(&self, at: usize) -> Span {
        let span =
            self.unit_at(at, |line| line.split_sentence_bound_indices().map(|(i, s)| (i, s.len())).collect());
        self.trimmed(span).unwrap_or(span)
    }

    /// The paragraph (line) at byte `at`.
    pub fn paragraph_at(&self, at: usize) -> Span {
        self.line(self.line_of(at.min(self.len())))
    }

    fn unit_at(&self, at: usize, units: impl Fn(&str) -> Vec<(usize, usize)>) -> Span {
        let line = self.paragraph_at(at);
        let inside = at.saturating_sub(line.start as usize);
        let units = units(self.slice(line));
        let found = units.iter().rev().find(|(start, _)| *start <= inside);
        found.map_or(line, |(start, len)| {
            let start = line.start as usize + start;
            self.snapped(Span::new(start, start + len))
        })
    }

    /// Up to `count` grapheme clusters before and after a span: what an orphan keeps beside its
    /// words.
    pub fn context(&self, span: Span, count: usize) -> (String, String) {
        let before = self.content.get(..span.start as usize).unwrap_or_default();
        let after = self.content.get(span.end as usize..).unwrap_or_default();
        let from = match count.checked_sub(1) {
            Some(last) => before.grapheme_indices(true).rev().nth(last).map_or(0, |(i, _)| i),
            None => before.len(),
        };
        let to = after.grapheme_indices(true).nth(count).map_or(after.len(), |(i, _)| i);
        (before[from..].to_owned(), after[..to].to_owned())
    }

    /// The spans of every exact, non-overlapping occurrence of some words that stands on grapheme
    /// edges, in text order. One that does not stand on edges hides none that does.
    pub fn occurrences(&self, words: &str) -> Vec<Span> {
        let mut found = Vec::new();
        let mut from = 0;
        while let Some(i) = self.content.get(from..).filter(|_| !words.is_empty()).and_then(|s| s.find(words))
        {
            let span = Span::new(from + i, from + i + words.len());
            if self.admits(span) {
                found.push(span);
                from = span.end as usize;
            } else {
                from = self.edge_after(span.start as usize + 1);
                if from <= span.start as usize {
                    break;
                }
            }
        }
        found
    }
}

/// So many bytes are compared at once.
const CHUNK: usize = 1024;

/// With how many equal bytes two texts begin.
fn common(a: &[u8], b: &[u8]) -> usize {
    let chunks = a.chunks_exact(CHUNK).zip(b.chunks_exact(CHUNK));
    let from = chunks.take_while(|(a, b)| a == b).count() * CHUNK;
    from + a[from..].iter().zip(&b[from..]).take_while(|(a, b)| a == b).count()
}

/// With how many equal bytes two texts end.
fn common_end(a: &[u8], b: &[u8]) -> usize {
    let chunks = a.rchunks_exact(CHUNK).zip(b.rchunks_exact(CHUNK));
    let from = chunks.take_while(|(a, b)| a == b).count() * CHUNK;
    let (a, b) = (&a[..a.len() - from], &b[..b.len() - from]);
    from + a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count()
}

impl Serialize for Text {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.lines())
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let lines = Vec::<String>::deserialize(deserializer)?;
        Ok(Self::new(lines.join("\n")))
    }
}
