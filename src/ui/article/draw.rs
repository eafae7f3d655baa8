//! Drawing one frame: what lies under the letters, the letters, what lies over them, the margins.
//!
//! May use: the view's own parts, egui. Invariant: everything is drawn from the layouts that the
//! frame has settled on. Known limit: a screen with more glyphs than the atlas holds lacks some.

use std::borrow::Cow;
use std::sync::Arc;

use egui::epaint::Shape;
use egui::{Color32, Galley, Mesh, Painter, Rect, Ui, pos2, vec2};

use super::column::{BAR, Column};
use super::marks::{Lanes, Mark, lanes};
use super::paint::{self, Shown};
use super::pieces::PieceKind;
use super::scroll::{Frame, Scroll};
use super::{ArticleView, Scene, reshape, signs};
use crate::domain::Span;
use crate::ui::palette::Palette;

/// What a frame draws.
pub struct Drawing<'a, 's> {
    /// The column.
    pub column: &'a Column,
    /// The pieces in view with their tops.
    pub tops: &'a [(usize, f64)],
    /// What the caller wants shown.
    pub scene: &'a Scene<'s>,
    /// The selection as it is after this frame's input.
    pub selection: Option<Span>,
    /// Whether keys go to the article.
    pub focus: bool,
}

impl ArticleView {
    /// Draws the frame. Returns the last row of the selection and the scripts without a font.
    pub(super) fn draw(
        &mut self,
        ui: &Ui,
        painter: &Painter,
        drawing: &Drawing<'_, '_>,
        byline: Option<Arc<Galley>>,
    ) -> (Option<Rect>, Vec<&'static str>) {
        let Drawing { column, tops, scene, selection, focus } = *drawing;
        let palette = scene.palette;
        painter.rect_filled(column.view, 0.0, palette.paper);
        if scene.editing {
            paint::sheet(painter, column, palette);
        }
        self.rasterise(ui, tops, palette.dark);
        let mut under = Mesh::default();
        let mut selection_rect: Option<Rect> = None;
        let under_at = painter.add(Shape::Noop);
        let letters_at = painter.add(Shape::Noop);
        let mut letters = Mesh::with_texture(self.atlas.upload(ui.ctx()));
        let mut drawn_signs = Vec::new();
        self.sentences.prepare(scene.text);
        let mut missing = Vec::new();
        let mut of_line: (usize, Cow<'_, [Mark]>, Lanes) = (usize::MAX, Cow::Borrowed(&[]), Lanes::default());
        let (mut handles, mut named) = (Vec::new(), 0);
        for (index, top) in tops {
            let Some(piece) = self.store.pieces().get(*index) else { continue };
            let corner = column.corner(*top);
            let PieceKind::Words { first, last, .. } = piece.kind else {
                // The gap between two selected paragraphs says nothing; a line that stands alone does.
                let told = |s: Span| piece.kind == PieceKind::Blank || s.end <= piece.span.end + 1;
                let start = piece.span.start;
                if selection.is_some_and(|s| s.start <= start && start < s.end && told(s)) {
                    let height = self.store.heights().get(*index) as f32;
                    selection_rect = Some(paint::blank(&mut under, column, corner, height, palette));
                }
                continue;
            };
            let Some(entry) = self.store.entry(*index) else { continue };
            let line = piece.line as usize;
            if of_line.0 != line {
                let marks = self.marks_shown(scene, line);
                let lanes = lanes(&marks);
                of_line = (line, marks, lanes);
            }
            let marks = (&*of_line.1, &of_line.2);
            let shown = Shown { entry, span: piece.span, corner };
            scene.extras.under(&mut under, column, &shown, marks.0, scene.text, palette);
            let rect = paint::marks(&mut under, column, &shown, marks, selection, palette);
            selection_rect = rect.or(selection_rect);
            scene.extras.fills(&mut under, column, &shown, palette);
            let clip = Rect::from_min_max(
                pos2(0.0, column.view.top() * column.ppp),
                pos2(0.0, column.view.bottom() * column.ppp),
            );
            self.atlas.add(&mut letters, &entry.quads, corner, column.ppp, clip, palette.ink);
            scene.extras.over(painter, column, &shown, marks.0, palette);
            scene.extras.signs(ui, column, &shown, scene.text, &mut named, palette);
            paint::over(painter, column, &shown, marks, scene.selected, palette);
            if let Some(picked) = scene.selected {
                reshape::handles(column, &shown, marks.0, picked, &mut handles);
            }
            for name in &entry.missing {
                if !missing.contains(name) {
                    missing.push(*name);
                }
            }
            if first
                && scene.heading != Some(line)
                && let Some(number) = scene.text.paragraph_of_line(line)
            {
                paint::number(painter, column, &shown, number, palette);
            }
            let of = (&mut self.sentences, scene.text, marks.0);
            drawn_signs.extend(signs::draw(painter, column, &shown, of, palette));
            if last
                && scene.heading == Some(line)
                && let Some(byline) = &byline
            {
                let y = (corner.y + entry.height) / column.ppp + 4.0 * column.zoom;
                painter.galley(pos2(column.left, y), Arc::clone(byline), Color32::PLACEHOLDER);
            }
        }
        painter.set(under_at, Shape::mesh(under));
        painter.set(letters_at, Shape::mesh(letters));
        reshape::paint(painter, &handles, scene.edge, column.zoom, palette);
        self.handles = handles;
        if focus {
            if let Some(rect) = self.caret_rect(column, tops, self.caret).filter(|_| !self.is_reshaping()) {
                paint::caret(painter, rect, scene.editing, palette);
            }
            if self.by_keyboard {
                paint::ring(painter, column, palette);
            }
        }
        self.signs = drawn_signs;
        (selection_rect, missing)
    }

    /// Draws the glyphs in view into the atlas; where it overflows, once more from empty.
    fn rasterise(&mut self, ui: &Ui, tops: &[(usize, f64)], dark: bool) {
        self.atlas.begin(ui.ctx(), dark);
        for again in [false, true] {
            if again {
                if !self.atlas.overflowed() {
                    return;
                }
                self.atlas.clear();
            }
            for (piece, _) in tops {
                if let Some((entry, words)) = self.store.entry_mut(*piece) {
                    entry.draw_glyphs(&mut self.atlas, words);
                }
            }
        }
    }

    /// The scroll bar's handle and the distance that it can move.
    pub(super) fn handle(&self, strip: Rect, frame: Frame) -> (Rect, f32) {
        let heights = self.store.heights();
        let last = Scroll::last_position(frame, heights);
        let length =
            (frame.height / (last + frame.height) * frame.height).clamp(28.0, frame.height.max(28.0));
        let free = (frame.height - length).max(0.0) as f32;
        let part =
            if last > 0.0 { (self.scroll.position(frame, heights) / last).clamp(0.0, 1.0) } else { 0.0 };
        let top = strip.top() + free * part as f32;
        let corner = pos2(strip.right() - BAR + 3.0, top);
        (Rect::from_min_size(corner, vec2(BAR - 6.0, length as f32)), free)
    }

    /// Draws the scroll bar where there is something to scroll.
    pub(super) fn draw_bar(&self, painter: &Painter, bar: &egui::Response, frame: Frame, palette: &Palette) {
        if Scroll::last_position(frame, self.store.heights()) > 0.5 {
            let (handle, _) = self.handle(bar.rect, frame);
            paint::bar(painter, handle, bar.hovered() || bar.is_pointer_button_down_on(), palette);
        }
    }
}
