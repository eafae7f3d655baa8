//! Dragging an edge of the picked mark.
//!
//! May use: egui, the view's own parts. Invariant: while an edge is dragged the mark is shown as it
//! would be, and nothing is sent until the button is up; the other edge stays, with at least one
//! grapheme cluster between the two. Only the knobs are grasped, so that words beside an edge, and a
//! smaller mark that begins there, can be selected. Escape leaves the mark as it was. Known limit: edges that are
//! out of view cannot be grasped.

use std::borrow::Cow;

use egui::{Key, Modifiers, Painter, Pos2, Rect, Stroke, Ui, pos2, vec2};

use super::caret::Caret;
use super::column::Column;
use super::marks::Mark;
use super::paint::Shown;
use super::{ArticleEvent, ArticleView, Scene};
use crate::app::edges::Edge;
use crate::domain::{Id, Span, Text};
use crate::ui::palette::Palette;

/// So near to a knob the pointer grasps it; letters beside it can still be selected.
const NEAR: f32 = 7.0;
/// A pointer that moved less has not dragged.
const STEADY: f32 = 4.0;

/// An edge on the screen.
#[derive(Clone, Copy, Debug)]
pub struct Handle {
    /// The mark.
    pub mark: Mark,
    /// Which of its edges.
    pub edge: Edge,
    /// A line along it.
    pub rect: Rect,
}

impl Handle {
    /// The knob: above where a mark begins, below where it ends.
    pub fn knob(&self) -> Pos2 {
        let y = if self.edge == Edge::Start { self.rect.top() - 3.0 } else { self.rect.bottom() + 3.0 };
        pos2(self.rect.center().x, y)
    }
}

/// An edge that is being dragged.
#[derive(Clone, Copy, Debug)]
pub struct Reshaping {
    handle: Handle,
    origin: Pos2,
    time: f64,
    /// Where the mark would be.
    pub now: Span,
    /// Whether the pointer has left the place where it went down.
    pub moved: bool,
}

impl ArticleView {
    /// The edge whose knob is under the pointer, the nearest one.
    pub(super) fn handle_at(&self, pos: Pos2) -> Option<Handle> {
        let away = |handle: &&Handle| handle.knob().distance(pos);
        let near = self.handles.iter().filter(|handle| handle.knob().distance(pos) <= NEAR);
        near.min_by(|a, b| away(a).total_cmp(&away(b))).copied()
    }

    /// The button goes down on an edge.
    pub(super) fn grasp(&mut self, handle: Handle, origin: Pos2, time: f64) {
        self.reshaping = Some(Reshaping { handle, origin, time, now: handle.mark.span, moved: false });
    }

    /// The pointer is somewhere while an edge is held.
    pub(super) fn pull(
        &mut self,
        ui: &Ui,
        column: &Column,
        tops: &[(usize, f64)],
        scene: &Scene<'_>,
        (pos, down): (Option<Pos2>, bool),
        out: &mut Vec<ArticleEvent>,
    ) {
        let Some(mut edge) = self.reshaping else { return };
        let mark = edge.handle.mark;
        if ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
            self.reshaping = None;
            return;
        }
        if let Some(pos) = pos {
            edge.moved |= pos.distance(edge.origin) > STEADY;
            if edge.moved {
                let at = self.place(column, tops, pos, false).edge;
                edge.now = clamped(scene.text, edge.handle.edge, mark.span, at);
            }
        }
        self.reshaping = (down).then_some(edge);
        if down {
            return;
        }
        if edge.moved {
            if edge.now != mark.span {
                out.push(ArticleEvent::Reshape {
                    annotation: mark.annotation,
                    from: mark.span,
                    to: edge.now,
                });
                out.push(ArticleEvent::Caret(edge.handle.edge.of(edge.now)));
            }
        } else {
            self.press(column, tops, scene, (edge.time, edge.origin), false, out);
            self.release(ui, Some(edge.origin), scene, out);
        }
    }

    /// The marks of a line as they are to be shown: with the dragged edge where the pointer is.
    pub(super) fn marks_shown<'a>(&self, scene: &Scene<'a>, line: usize) -> Cow<'a, [Mark]> {
        let marks = (scene.marks)(line);
        let Some(edge) = self.reshaping.filter(|edge| edge.moved) else { return marks };
        let old = edge.handle.mark;
        let is_old = |mark: &&Mark| mark.annotation == old.annotation && mark.span == old.span;
        let mut shown: Vec<Mark> = marks.iter().filter(|mark| !is_old(mark)).copied().collect();
        if edge.now.overlaps(scene.text.line(line)) {
            shown.push(Mark { span: edge.now, ..old });
            shown.sort_by_key(|mark| (mark.span.start, u32::MAX - mark.span.end));
        }
        Cow::Owned(shown)
    }

    /// Whether the pointer is moving an edge just now.
    pub(super) fn is_reshaping(&self) -> bool {
        self.reshaping.is_some_and(|edge| edge.moved)
    }
}

/// The span with one edge at a place, or as near to it as leaves one cluster.
fn clamped(text: &Text, edge: Edge, span: Span, at: usize) -> Span {
    let (start, end) = (span.start as usize, span.end as usize);
    match edge {
        Edge::Start => Span::new(at.min(text.edge_before(end - 1)), end),
        Edge::End => Span::new(start, at.max(text.edge_after(start + 1))),
    }
}

/// Where the edges of the picked marks of a piece are.
pub fn handles(column: &Column, shown: &Shown<'_>, marks: &[Mark], picked: Id, found: &mut Vec<Handle>) {
    let (start, end) = (shown.span.start, shown.span.end);
    for mark in marks.iter().filter(|mark| mark.annotation == picked) {
        for edge in [Edge::Start, Edge::End] {
            let at = edge.of(mark.span) as u32;
            let (here, caret) = match edge {
                Edge::Start => (start <= at && at < end, Caret::before(at.saturating_sub(start) as usize)),
                Edge::End => (start < at && at <= end, Caret::behind(at.saturating_sub(start) as usize)),
            };
            if !here {
                continue;
            }
            let stand = shown.entry.stand(caret);
            let row = &shown.entry.rows[stand.row];
            let x = stand.x.min(column.width_px).round();
            let rect = column.rect(shown.corner, x, row.content_top, x, row.content_bottom);
            if rect.intersects(column.view) {
                found.push(Handle { mark: *mark, edge, rect });
            }
        }
    }
}

/// Draws the edges; the knob of the one that keys move is full.
pub fn paint(painter: &Painter, handles: &[Handle], active: Edge, zoom: f32, palette: &Palette) {
    for handle in handles {
        let stem = handle.rect.expand2(vec2(0.75, 3.0));
        painter.rect_filled(stem, 0.0, palette.accent);
        let radius = 3.6 * zoom.clamp(0.8, 1.4);
        let fill = if handle.edge == active { palette.accent } else { palette.paper };
        painter.circle(handle.knob(), radius, fill, Stroke::new(1.5, palette.accent));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edge_leaves_one_cluster() {
        let text = Text::new("One e\u{301} two");
        let span = Span::new(4, 11);
        assert_eq!(clamped(&text, Edge::End, span, 0), Span::new(4, 7));
        assert_eq!(clamped(&text, Edge::Start, span, 11), Span::new(10, 11));
        assert_eq!(clamped(&text, Edge::Start, span, 0), Span::new(0, 11));
    }
}
