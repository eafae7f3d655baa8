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
    for line in 0..text.line_count() {
        cut_line(text, line, 0, |_| false, &mut found);
    }
    found
}

/// Cuts a line from one of its bytes on, until `stop` knows how it goes on from a byte of the text;
/// says whether it did.
fn cut_line(
    text: &Text,
    line: usize,
    mut from: usize,
    stop: impl Fn(usize) -> bool,
    found: &mut Vec<Piece>,
) -> bool {
    let span = text.line(line);
    let number = line as u32;
    if text.paragraph_of_line(line).is_none() {
        found.push(Piece { span, line: number, chars: 0, kind: blank(text, line) });
        return false;
    }
    let close = text.paragraph_of_line(line + 1).is_some();
    let words = text.slice(span);
    let start = span.start as usize;
    while from < words.len() {
        if from > 0 && stop(start + from) {
            return true;
        }
        let to = from + cut(&words[from..]);
        let kind = PieceKind::Words { first: from == 0, last: to == words.len(), close };
        found.push(Piece {
            span: Span::new(start + from, start + to),
            line: number,
            chars: words[from..to].chars().count() as u32,
            kind,
        });
        from = to;
    }
    false
}

/// What a blank line is.
fn blank(text: &Text, line: usize) -> PieceKind {
    let after_words = line.checked_sub(1).is_some_and(|before| text.paragraph_of_line(before).is_some());
    if after_words { PieceKind::Gap } else { PieceKind::Blank }
}

/// The pieces of a text that was another one before, and how many at the start and at the end have
/// the words that they had: only what changed is cut again.
pub fn follow(old: &[Piece], was: &Text, is: &Text) -> (Vec<Piece>, usize, usize) {
    let (gone, new) = was.difference(is);
    let first = was.line_of(gone.start as usize);
    let (last_was, last) = (was.line_of(gone.end as usize), is.line_of(new.end as usize));
    let mut front = old.partition_point(|piece| (piece.line as usize) < first);
    let mut from = 0;
    // In a long line, a cut depends on nothing further ahead than a piece may reach.
    while let Some(piece) = old.get(front)
        && matches!(piece.kind, PieceKind::Words { last: false, .. })
        && piece.line as usize == first
        && piece.span.start as usize + WHOLE + 64 <= gone.start as usize
    {
        front += 1;
        from = (piece.span.end - is.line(first).start) as usize;
    }
    let shift = i64::from(new.end) - i64::from(gone.end);
    let known = |at: usize| {
        let before = (at as i64 - shift) as u32;
        let found = old.binary_search_by_key(&before, |piece| piece.span.start).ok();
        let goes_on = |index: &usize| matches!(old[*index].kind, PieceKind::Words { first: false, .. });
        found.filter(goes_on).filter(|_| at >= new.end as usize)
    };
    let mut found = old[..front].to_vec();
    let mut back = old.partition_point(|piece| piece.line as usize <= last_was);
    for line in first..=last {
        let from = if line == first { from } else { 0 };
        cut_line(is, line, from, |at| line == last && known(at).is_some(), &mut found);
    }
    if let Some(index) = found.last().and_then(|piece| known(piece.span.end as usize)) {
        back = index;
    }
    let lines = last as i64 - last_was as i64;
    let moved = |at: u32| (i64::from(at) + shift) as u32;
    found.extend(old[back..].iter().map(|piece| Piece {
        span: Span { start: moved(piece.span.start), end: moved(piece.span.end) },
        line: (i64::from(piece.line) + lines) as u32,
        ..*piece
    }));
    // What a line is to its neighbours.
    let from = found.partition_point(|piece| (piece.line as usize) + 1 < first);
    for piece in found[from..].iter_mut().take_while(|piece| piece.line as usize <= last + 1) {
        let line = piece.line as usize;
        match &mut piece.kind {
            PieceKind::Words { close, .. } => *close = is.paragraph_of_line(line + 1).is_some(),
            kind => *kind = blank(is, line),
        }
    }
    (found, front, old.len() - back)
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

    #[test]
    fn an_edit_in_an_endless_line_cuts_a_few_pieces_again() {
        let words = ["the", "harbour", "tunnel", "was", "voted", "by", "councillors", "twenty-one"];
        let mut seed = 7_u64;
        let mut word = || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            words[(seed >> 60) as usize % words.len()]
        };
        let was = Text::new((0..200_000).map(|_| format!("{} ", word())).collect::<String>());
        let old = pieces(&was);
        for at in (600_000..600_400).step_by(7) {
            let range = Span::new(at, at + at % 2);
            let words = if at % 2 == 0 { "x" } else { "" };
            let is = was.replaced(range, words).expect("whole letters");
            let (found, front, back) = follow(&old, &was, &is);
            assert_eq!(found, pieces(&is));
            assert!(found.len() - front - back < 40, "{} of {}", found.len() - front - back, found.len());
        }
    }

    proptest! {
        #[test]
        fn pieces_that_follow_an_edit_are_those_of_the_new_text(
            parts in prop::collection::vec("[a-z]{0,9} |\\s{0,2}|\n|e\u{301}|🇩🇪", 0..40),
            times in 1usize..120,
            at in any::<prop::sample::Index>(),
            len in 0usize..6000,
            words in "[a-z ]{0,6}|\n{1,2}|\n \n|\u{301}",
        ) {
            let was = Text::new(parts.concat().repeat(times));
            let start = was.as_str().floor_char_boundary(at.index(was.len() + 1));
            let end = was.as_str().ceil_char_boundary((start + len).min(was.len()));
            let is = was.replaced(Span::new(start, end), &words).expect("whole letters");
            let old = pieces(&was);
            let (found, front, back) = follow(&old, &was, &is);
            prop_assert_eq!(&found, &pieces(&is));
            for (a, b) in old[..front].iter().zip(&found).chain(old.iter().rev().zip(found.iter().rev()).take(back)) {
                prop_assert_eq!(was.slice(a.span), is.slice(b.span));
            }
        }

        #[test]
        fn any_text_is_covered(parts in prop::collection::vec(".{0,12}|\\s{0,3}|\n|\u{2028}", 0..40), times in 1usize..200) {
            check(&Text::new(parts.concat().repeat(times)));
        }
    }
}
