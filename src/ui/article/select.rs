//! Selecting with the pointer.
//!
//! May use: std, the domain's text. Invariant: what is selected is a span on grapheme edges of the
//! text, made of whole units (characters, words, sentences, paragraphs) from where the button went
//! down to where the pointer is. Knows no layout: places come in as bytes. Known limit: a double
//! click in a very long line looks at the whole line.

use egui::{Pos2, pos2};
use parley::Affinity;

use super::ArticleEvent;
use super::caret::Caret;
use crate::domain::{Span, Text};

/// A press this soon after the last one counts with it.
const AGAIN_WITHIN: f64 = 0.4;
/// A pointer that moved less has not dragged.
const STEADY: f32 = 5.0;

/// What the pointer is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The nearest edge between clusters, a byte of the article.
    pub edge: usize,
    /// The side of a break or change of direction that it belongs to.
    pub affinity: Affinity,
    /// First byte of the nearest cluster.
    pub cluster: usize,
    /// The word there, as the layout has it: scripts without spaces too.
    pub word: Span,
    /// Whether it is on the text and not beside it.
    pub inside: bool,
}

/// What a drag selects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Character,
    Word,
    Sentence,
    Paragraph,
}

impl Unit {
    fn of_press(count: u8) -> Self {
        match count {
            0 | 1 => Self::Character,
            2 => Self::Word,
            3 => Self::Sentence,
            _ => Self::Paragraph,
        }
    }

    fn span(self, text: &Text, place: Place) -> Span {
        match self {
            Self::Character => {
                let edge = text.edge_before(place.edge);
                Span::new(edge, edge)
            }
            Self::Word => text.snapped(place.word),
            Self::Sentence => text.snapped(text.sentence_at(place.cluster)),
            Self::Paragraph => text.paragraph_at(place.cluster),
        }
    }
}

#[derive(Clone, Copy, Debug)]
struct Drag {
    from: Span,
    unit: Unit,
    origin: Pos2,
    place: Place,
    /// Whether something is selected by it already.
    selects: bool,
    last: Span,
}

/// The pointer's state between frames.
#[derive(Debug)]
pub struct Pointer {
    drag: Option<Drag>,
    presses: u8,
    pressed_at: (f64, Pos2),
    anchor: usize,
}

impl Default for Pointer {
    fn default() -> Self {
        Self { drag: None, presses: 0, pressed_at: (f64::NEG_INFINITY, pos2(0.0, 0.0)), anchor: 0 }
    }
}

impl Pointer {
    /// Whether the button is down and moves the end of a selection.
    pub fn is_dragging(&self) -> bool {
        self.drag.is_some_and(|drag| drag.selects)
    }

    /// Whether the button went down here and is not up yet.
    pub fn is_down(&self) -> bool {
        self.drag.is_some()
    }

    /// Whether whole words are selected.
    pub fn goes_by_words(&self) -> bool {
        self.drag.is_some_and(|drag| drag.unit == Unit::Word)
    }

    /// Where the caret is: at the end of the selection that moves, else where the pointer is.
    pub fn head(&self, place: Place) -> Caret {
        let here = Caret { at: place.edge, affinity: place.affinity };
        match self.drag {
            Some(drag) if drag.selects && drag.unit != Unit::Character => {
                let back = drag.last.start < drag.from.start;
                let (start, end) = (drag.last.start as usize, drag.last.end as usize);
                if back { Caret::before(start) } else { Caret::behind(end) }
            }
            _ => here,
        }
    }

    /// The button goes down.
    pub fn press(
        &mut self,
        text: &Text,
        (time, pos): (f64, Pos2),
        place: Place,
        extend: Option<Span>,
        out: &mut Vec<ArticleEvent>,
    ) {
        let (then, there) = self.pressed_at;
        let again = time - then <= AGAIN_WITHIN && pos.distance(there) <= STEADY;
        self.presses = if again { self.presses % 4 + 1 } else { 1 };
        self.pressed_at = (time, pos);
        let unit = Unit::of_press(self.presses);
        let mut from = unit.span(text, place);
        let mut selects = unit != Unit::Character;
        if let Some(selection) = extend.filter(|_| unit == Unit::Character) {
            let (start, end) = (selection.start as usize, selection.end as usize);
            let kept = [start, end].contains(&self.anchor).then_some(self.anchor);
            let nearer_start = place.edge.abs_diff(start) < place.edge.abs_diff(end);
            let anchor = kept.unwrap_or(if nearer_start { end } else { start });
            from = Span::new(anchor, anchor);
            selects = true;
        }
        self.anchor = from.start as usize;
        let empty = Span::new(0, 0);
        self.drag = Some(Drag { from, unit, origin: pos, place, selects, last: empty });
        if selects {
            self.emit(text, place, out);
        }
    }

    /// The pointer is somewhere while the button is down.
    pub fn drag(&mut self, text: &Text, pos: Pos2, place: Place, out: &mut Vec<ArticleEvent>) {
        let Some(drag) = &mut self.drag else { return };
        drag.selects |= pos.distance(drag.origin) > STEADY;
        if drag.selects {
            self.emit(text, place, out);
        }
    }

    /// The button goes up.
    pub fn release(&mut self, selection: Option<Span>, out: &mut Vec<ArticleEvent>) {
        let Some(drag) = self.drag.take() else { return };
        if drag.selects {
            out.push(if drag.last.is_empty() {
                ArticleEvent::ClearSelection
            } else {
                ArticleEvent::SelectionDone(drag.last)
            });
            return;
        }
        if selection.is_some() {
            out.push(ArticleEvent::ClearSelection);
        }
        out.push(if drag.place.inside {
            ArticleEvent::Click { at: drag.place.cluster }
        } else {
            ArticleEvent::ClickBeside
        });
    }

    fn emit(&mut self, text: &Text, place: Place, out: &mut Vec<ArticleEvent>) {
        let Some(drag) = &mut self.drag else { return };
        let to = drag.unit.span(text, place);
        let (from, to) = (drag.from, to);
        let span = Span::new(from.start.min(to.start) as usize, from.end.max(to.end) as usize);
        if span != drag.last {
            drag.last = span;
            out.push(if span.is_empty() { ArticleEvent::ClearSelection } else { ArticleEvent::Select(span) });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(at: usize) -> Place {
        let starts = [0, 4, 8, 14, 19];
        let word = starts
            .windows(2)
            .find(|pair| at < pair[1])
            .map_or(Span::new(14, 18), |pair| Span::new(pair[0], pair[1] - 1));
        Place { edge: at, affinity: Affinity::Downstream, cluster: at, word, inside: true }
    }

    fn last(events: &[ArticleEvent]) -> Option<&ArticleEvent> {
        events.last()
    }

    #[test]
    fn presses_in_a_row_take_word_sentence_and_paragraph() {
        let text = Text::new("One two. Three four.\nFive");
        let mut pointer = Pointer::default();
        let mut out = Vec::new();
        let pos = pos2(5.0, 5.0);
        let expected = [None, Some((8, 13)), Some((9, 20)), Some((0, 20)), None, Some((8, 13))];
        for (count, expected) in expected.into_iter().enumerate() {
            out.clear();
            pointer.press(&text, (count as f64 * 0.2, pos), place(10), None, &mut out);
            pointer.release(None, &mut out);
            let span = expected.map(|(a, b)| ArticleEvent::SelectionDone(Span::new(a, b)));
            assert_eq!(last(&out), Some(&span.unwrap_or(ArticleEvent::Click { at: 10 })), "press {count}");
        }
    }

    #[test]
    fn drags_go_both_ways_and_by_whole_words_after_a_double_click() {
        let text = Text::new("One two three four");
        let (a, b) = (pos2(0.0, 0.0), pos2(50.0, 0.0));
        let mut pointer = Pointer::default();
        let mut out = Vec::new();
        pointer.press(&text, (0.0, b), place(9), None, &mut out);
        pointer.drag(&text, a, place(2), &mut out);
        assert_eq!(out, [ArticleEvent::Select(Span::new(2, 9))]);
        pointer.release(None, &mut out);
        assert_eq!(last(&out), Some(&ArticleEvent::SelectionDone(Span::new(2, 9))));
        pointer.press(&text, (9.0, b), place(9), None, &mut out);
        pointer.release(None, &mut out);
        pointer.press(&text, (9.1, b), place(9), None, &mut out);
        pointer.drag(&text, a, place(1), &mut out);
        assert_eq!(last(&out), Some(&ArticleEvent::Select(Span::new(0, 13))));
    }

    #[test]
    fn shift_extends_from_the_old_anchor() {
        let text = Text::new("One two three four");
        let mut pointer = Pointer::default();
        let mut out = Vec::new();
        pointer.press(&text, (0.0, pos2(0.0, 0.0)), place(8), None, &mut out);
        pointer.drag(&text, pos2(90.0, 0.0), place(13), &mut out);
        pointer.release(None, &mut out);
        let selection = Some(Span::new(8, 13));
        pointer.press(&text, (5.0, pos2(0.0, 0.0)), place(4), selection, &mut out);
        assert_eq!(last(&out), Some(&ArticleEvent::Select(Span::new(4, 8))));
    }
}
