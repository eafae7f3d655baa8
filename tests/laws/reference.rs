//! Slow models, written to be seen through, that the fast code is compared with.

use proofmark::domain::Span;
use proofmark::domain::article::Edit;
use unicode_segmentation::UnicodeSegmentation;

/// Every grapheme edge of a text, its start and end included.
pub fn edges(text: &str) -> Vec<usize> {
    let mut edges: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).collect();
    edges.push(text.len());
    edges.dedup();
    edges
}

/// A text as single characters, each with whether it belongs to the span.
#[derive(Clone, Debug)]
pub struct Marked {
    characters: Vec<(char, bool)>,
    /// Which of them were in the span at first.
    first: Vec<bool>,
    /// Whether a character of the span was removed, or one came into it.
    pub touched: bool,
}

impl Marked {
    pub fn new(text: &str, span: Span) -> Self {
        let inside = |at: usize| span.range().contains(&at);
        let characters = text.char_indices().map(|(at, c)| (c, inside(at))).collect();
        let first = text.char_indices().map(|(at, _)| inside(at)).collect();
        Self { characters, first, touched: false }
    }

    /// Takes characters out and puts others in; these belong to the span where it goes on on both
    /// sides of them.
    pub fn edit(&mut self, edit: &Edit) {
        let mut before = 0;
        let mut bytes = 0;
        while bytes < edit.at as usize {
            bytes += self.characters[before].0.len_utf8();
            before += 1;
        }
        let count = edit.removed.chars().count();
        let out: Vec<_> = self.characters.drain(before..before + count).collect();
        let (left, right) = self.characters.split_at(before);
        let within = left.iter().any(|c| c.1) && right.iter().any(|c| c.1);
        self.touched |= out.iter().any(|c| c.1) || (within && !edit.inserted.is_empty());
        self.characters.splice(before..before, edit.inserted.chars().map(|c| (c, within)));
        self.first.splice(before..before + count, edit.inserted.chars().map(|_| false));
    }

    /// Where those characters of the span stand that were there at first; nothing where none is left.
    pub fn survivors(&self) -> Option<Span> {
        let mut at = 0;
        let mut found: Option<(usize, usize)> = None;
        for (place, (c, _)) in self.characters.iter().enumerate() {
            let end = at + c.len_utf8();
            if self.first.get(place).copied().unwrap_or_default() {
                found = Some((found.map_or(at, |(start, _)| start), end));
            }
            at = end;
        }
        found.map(|(start, end)| Span::new(start, end))
    }

    pub fn text(&self) -> String {
        self.characters.iter().map(|c| c.0).collect()
    }

    /// Where the characters of the span stand; nothing where none is left.
    pub fn span(&self) -> Option<Span> {
        let mut at = 0;
        let mut found: Option<(usize, usize)> = None;
        for (c, inside) in &self.characters {
            let end = at + c.len_utf8();
            if *inside {
                found = Some((found.map_or(at, |(start, _)| start), end));
            }
            at = end;
        }
        found.map(|(start, end)| Span::new(start, end))
    }

    /// The span on grapheme edges, with its words; nothing where these are only white space.
    pub fn place(&self) -> Option<(Span, String)> {
        let text = self.text();
        let span = self.span()?;
        let edges = edges(&text);
        let start = *edges.iter().rev().find(|edge| **edge <= span.start as usize)?;
        let end = *edges.iter().find(|edge| **edge >= span.end as usize)?;
        let words = text[start..end].to_owned();
        (!words.trim().is_empty()).then(|| (Span::new(start, end), words))
    }
}
