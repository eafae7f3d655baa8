//! The article's text cut at the edges of marks, for formats that print it with its marks.
//!
//! May use: domain. Invariants: the pieces of text give the whole text but its line feeds; every
//! span begins once and ends once, nested and overlapping ones too, the end before what begins at
//! the same place; the work is linear in text and marks, however deep they nest.

use crate::domain::{Annotation, Kind, Span, Text};

/// One span of an annotation in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub at: Span,
    pub kind: Kind,
    /// The place of its annotation in the list, from 0.
    pub row: usize,
    /// Which of the annotation's spans it is, from 0.
    pub nth: usize,
}

/// A part of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part<'a> {
    /// A line begins: its number from 0.
    Line(usize),
    /// Words, and which kinds of marks they stand in: claim, quote, source.
    Words(&'a str, [bool; 3]),
    /// A mark begins.
    Begin(Mark),
    /// A mark ends.
    End(Mark),
    /// The line ends.
    LineEnd,
}

/// The marks of a list.
pub(super) fn marks(rows: &[&Annotation]) -> Vec<Mark> {
    let mut marks = Vec::new();
    for (row, a) in rows.iter().enumerate() {
        marks.extend(a.placed().enumerate().map(|(nth, at)| Mark { at, kind: a.kind, row, nth }));
    }
    marks
}

/// Hands over the parts of the text in order; stops at the first error.
pub(super) fn walk<E>(
    text: &Text,
    marks: &[Mark],
    mut take: impl FnMut(Part<'_>) -> Result<(), E>,
) -> Result<(), E> {
    // Ends stand before beginnings; at one place the outer mark begins first and ends last.
    let mut edges: Vec<(u32, bool, u32, usize)> = Vec::with_capacity(marks.len() * 2);
    for (n, mark) in marks.iter().enumerate() {
        edges.push((mark.at.start, true, u32::MAX - mark.at.end, n));
        edges.push((mark.at.end, false, u32::MAX - mark.at.start, n));
    }
    edges.sort_unstable();
    let mut edges = edges.into_iter().peekable();
    let mut inside = [0_usize; 3];
    for line in 0..text.line_count() {
        let (mut at, end) = (text.line(line).start, text.line(line).end);
        take(Part::Line(line))?;
        // What ends behind the line feed ends with the line.
        while let Some((place, begins, _, n)) =
            edges.next_if(|(place, begins, ..)| *place <= end || (!begins && *place == end + 1))
        {
            if place.min(end) > at {
                let words = text.slice(Span { start: at, end: place.min(end) });
                take(Part::Words(words, inside.map(|count| count > 0)))?;
                at = place.min(end);
            }
            let kind = marks[n].kind as usize;
            if begins {
                inside[kind] += 1;
                take(Part::Begin(marks[n]))?;
            } else {
                inside[kind] = inside[kind].saturating_sub(1);
                take(Part::End(marks[n]))?;
            }
        }
        if at < end {
            take(Part::Words(text.slice(Span { start: at, end }), inside.map(|count| count > 0)))?;
        }
        take(Part::LineEnd)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nested_and_overlapping_marks_are_cut_and_nothing_is_lost() {
        let text = Text::new("one two three\n\nfour five\n");
        let spans = [(0, 7), (4, 13), (4, 7), (8, 14), (8, 19), (15, 19)];
        let marks: Vec<Mark> = spans
            .iter()
            .enumerate()
            .map(|(row, (a, b))| Mark { at: Span::new(*a, *b), kind: Kind::ALL[row % 3], row, nth: 0 })
            .collect();
        let (mut words, mut told, mut open) = (String::new(), Vec::new(), [0; 6]);
        let done: Result<(), ()> = walk(&text, &marks, |part| {
            match part {
                Part::Words(piece, kinds) => {
                    words.push_str(piece);
                    told.push(format!("{piece}:{}", kinds.map(|k| if k { "x" } else { "-" }).concat()));
                }
                Part::Begin(mark) => open[mark.row] += 1,
                Part::End(mark) => open[mark.row] -= 1,
                Part::LineEnd => words.push('\n'),
                Part::Line(_) => {}
            }
            Ok(())
        });
        assert_eq!(done, Ok(()));
        assert_eq!(words, "one two three\n\nfour five\n\n");
        assert_eq!(open, [0; 6]);
        let expected = ["one :x--", "two:xxx", " :-x-", "three:xx-", "four:-xx", " five:---"];
        assert_eq!(told, expected);
    }
}
