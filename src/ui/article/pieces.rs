//! The article cut into the pieces that are laid out one by one.
//!
//! May use: std, the domain's text, unicode-segmentation. Invariant: the pieces cover every line in
//! order and without gaps; a piece ends on a grapheme edge and, where the line has white space, after
//! white space. Known limit: inside a paragraph of more than four kilobytes each piece begins a new
//! row; a single grapheme cluster of many kilobytes is cut between characters.

use unicode_segmentation::GraphemeCursor;

use crate::domain::{Span, Text};

/// Lines up to this length are one piece.
const WHOLE: usize = 4096;
/// A cut is looked for from here on.
const FROM: usize = 2048;

/// One piece: a line, a part of a long one, or a blank line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Its bytes in the article, without the line feed.
    pub span: Span,
    /// Its line.
    pub line: u32,
    /// Number of characters, for estimating its height.
    pub chars: u32,
    /// What it is.
    pub kind: PieceKind,
}

/// What a piece is, which decides how it is drawn and what room follows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PieceKind {
    /// A blank line that follows a paragraph: the gap between two.
    Gap,
    /// Any further blank line.
    Blank,
    /// Text, and whether it ends its paragraph and another follows at once.
    Words {
        /// Whether the paragraph begins here.
        first: bool,
        /// Whether it ends here.
        last: bool,
        /// Whether the next line has text too, so that the gap must be made here.
        close: bool,
    },
}

/// Cuts a text.
pub fn pieces(text: &Text) -> Vec<Piece> {
    let mut found = Vec::with_capacity(text.line_count());
    let mut after_words = false;
    for line in 0..text.line_count() {
        let span = text.line(line);
        let number = line as u32;
        if text.paragraph_of_line(line).is_none() {
            let kind = if after_words { PieceKind::Gap } else { PieceKind::Blank };
            found.push(Piece { span, line: number, chars: 0, kind });
            after_words = false;
            continue;
        }
        let close = text.paragraph_of_line(line + 1).is_some();
        let words = text.slice(span);
        let mut from = 0;
        while from < words.len() {
            let to = from + cut(&words[from..]);
            let kind = PieceKind::Words { first: from == 0, last: to == words.len(), close };
            let start = span.start as usize;
            found.push(Piece {
                span: Span::new(start + from, start + to),
                line: number,
                chars: words[from..to].chars().count() as u32,
                kind,
            });
            from = to;
        }
        after_words = true;
    }
    found
}

/// Where the first piece of a line ends.
fn cut(line: &str) -> usize {
    if line.len() <= WHOLE {
        return line.len();
    }
    let window = line.ceil_char_boundary(FROM)..line.floor_char_boundary(WHOLE);
    let spaces = line[window.clone()].char_indices().rev();
    let mut after_spaces =
        spaces.filter(|(_, c)| c.is_whitespace()).map(|(i, c)| window.start + i + c.len_utf8());
    if let Some(place) = after_spaces.find(|place| is_edge(line, *place)) {
        return place;
    }
    let mut place = window.end;
    while place > 0 && !is_edge(line, place) {
        place = line.floor_char_boundary(place - 1);
    }
    // One cluster longer than a piece: nothing is right, so cut where memory stays small.
    if place == 0 { window.end } else { place }
}

/// Whether a place is a grapheme edge, seen from the start of the piece, which is one.
fn is_edge(line: &str, place: usize) -> bool {
    GraphemeCursor::new(place, line.len(), true).is_boundary(line, 0).unwrap_or(true)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &Text) -> Vec<Piece> {
        let found = pieces(text);
        let mut at = 0;
        for piece in &found {
            let line = text.line(piece.line as usize);
            assert!(line.contains(piece.span));
            // A line begins one byte after the end of the one before.
            let skipped = usize::from(piece.span.start as usize != at);
            assert_eq!(piece.span.start as usize, at + skipped);
            // Blank lines are not laid out, so their length does not matter.
            let words = matches!(piece.kind, PieceKind::Words { .. });
            assert!(!words || piece.span.len() <= WHOLE);
            at = piece.span.end as usize;
        }
        assert_eq!(at, text.len());
        found
    }

    #[test]
    fn long_lines_are_cut_after_white_space_on_grapheme_edges() {
        let words = "Grüße an die 👩‍👩‍👧‍👦 und e\u{301}tude ".repeat(900);
        let text = Text::new(words);
        let found = check(&text);
        assert!(found.len() > 5);
        for piece in &found {
            assert!(text.is_edge(piece.span.end as usize));
            assert!(text.slice(piece.span).ends_with(' '));
        }
    }

    #[test]
    fn lines_without_white_space_and_endless_clusters_are_cut_too() {
        for unit in ["x", "語", "🇩🇪", "e\u{301}"] {
            let text = Text::new(unit.repeat(9000));
            let found = check(&text);
            assert!(found.iter().all(|piece| text.is_edge(piece.span.end as usize)), "{unit}");
        }
        check(&Text::new(format!("a{}", "\u{301}".repeat(20_000))));
    }

    #[test]
    fn blank_lines_are_gaps() {
        let text = Text::new("\n \nOne\n\n\nTwo\nThree");
        let kinds: Vec<_> = check(&text).iter().map(|piece| piece.kind).collect();
        let words = |close| PieceKind::Words { first: true, last: true, close };
        let blank = PieceKind::Blank;
        assert_eq!(kinds, [blank, blank, words(false), PieceKind::Gap, blank, words(true), words(false)]);
        assert_eq!(pieces(&Text::default()).len(), 1);
    }

    proptest! {
        #[test]
        fn any_text_is_covered(parts in prop::collection::vec(".{0,12}|\\s{0,3}|\n|\u{2028}", 0..40), times in 1usize..200) {
            check(&Text::new(parts.concat().repeat(times)));
        }
    }
}
