//! Drawing the marks of one piece, the selection and the margins.
//!
//! May use: egui's painter and meshes, layout, marks, the palette. Invariant: fills lie under the
//! letters, the innermost on top, and each lets those below it through; every rule is visible in a lane of its own; colour never says it
//! alone, because the rules differ. Known limit: with more than two lanes the rules get thinner and
//! reach into the room above the next row.

use std::ops::Range;

use egui::{
    Align2, Color32, CornerRadius, FontId, Mesh, Painter, Rect, Stroke, StrokeKind, Vec2, pos2, vec2,
};

use super::column::Column;
use super::layout::{Entry, Row};
use super::marks::{LANES, Lanes, Mark};
use crate::domain::{Id, Kind, Span};
use crate::ui::palette::Palette;

/// Where lane after lane of a row runs, in points.
struct Ladder {
    top: f32,
    pitch: f32,
}

impl Ladder {
    fn new(row: &Row, lanes: usize, column: &Column) -> Self {
        let zoom = column.zoom;
        let up = 0.5 * (lanes.saturating_sub(2)) as f32;
        let top = row.content_bottom / column.ppp - up * zoom;
        let room = row.bottom / column.ppp + 3.0 * zoom - top;
        Self { top, pitch: (4.0 * zoom).min(room / lanes.max(1) as f32) }
    }
}

/// One piece on the screen.
pub struct Shown<'a> {
    /// Its layout.
    pub entry: &'a Entry,
    /// Its bytes.
    pub span: Span,
    /// Its corner, in pixels.
    pub corner: Vec2,
}

/// The line that shows where keys go: the caret, and a ring around the pane they came to.
pub fn caret(painter: &Painter, rect: Rect, editing: bool, palette: &Palette) {
    let width = if editing { 2.0 } else { 1.5 };
    painter.rect_filled(
        Rect::from_center_size(rect.center(), vec2(width, rect.height())),
        0.0,
        palette.accent,
    );
    // Where keys change the text, it has feet.
    for foot in [rect.center_top(), rect.center_bottom()].into_iter().filter(|_| editing) {
        painter.rect_filled(Rect::from_center_size(foot, vec2(7.0, 2.0)), 0.0, palette.accent);
    }
}

/// The page while its text is edited: a sheet with lines at its sides, on a ground that is not paper.
pub fn sheet(painter: &Painter, column: &Column, palette: &Palette) {
    painter.rect_filled(column.view, 0.0, palette.bg);
    let beside = 9.0 * column.zoom.clamp(0.6, 1.3);
    let sheet = column.view.with_min_x(column.left - beside).with_max_x(column.right() + beside);
    painter.rect_filled(sheet, 0.0, palette.paper);
    for x in [sheet.left(), sheet.right()] {
        painter.vline(x, sheet.y_range(), Stroke::new(2.0, palette.accent));
    }
}

/// A ring around the view while keys go to it.
pub fn ring(painter: &Painter, column: &Column, palette: &Palette) {
    let stroke = Stroke::new(1.0, palette.accent.gamma_multiply(0.6));
    painter.rect_stroke(column.view.shrink(1.0), CornerRadius::same(3), stroke, StrokeKind::Inside);
}

impl Shown<'_> {
    /// The bytes of the piece that a span covers.
    fn bytes(&self, span: Span) -> Range<usize> {
        let (start, end) = (self.span.start.max(span.start), self.span.end.min(span.end));
        let start = (start - self.span.start) as usize;
        start..(end.saturating_sub(self.span.start) as usize).max(start)
    }

    /// The rows that are in view.
    pub fn rows(&self, column: &Column) -> Range<usize> {
        let top = column.view.top() * column.ppp - self.corner.y - 8.0 * column.ppp;
        let bottom = column.view.bottom() * column.ppp - self.corner.y;
        self.entry.row_at(top)..self.entry.row_at(bottom) + 1
    }

    /// Calls back with every row part of a span: the row, and the rectangle of its letters.
    pub fn parts(&self, column: &Column, span: Span, mut found: impl FnMut(usize, Rect)) {
        if !span.overlaps(self.span) {
            return;
        }
        let margin = column.ppp * column.zoom;
        self.entry.segments(self.bytes(span), self.rows(column), |segment| {
            let row = &self.entry.rows[segment.row];
            let top = (row.content_top - margin).max(row.top).round();
            let bottom = (row.content_bottom + margin * 0.5).min(row.bottom).round();
            let (left, right) = (segment.left.round(), segment.right.min(column.width_px).round());
            if right > left {
                found(segment.row, column.rect(self.corner, left, top, right, bottom));
            }
        });
    }
}

/// Draws fills, the selection and rules of one piece into a mesh under the letters. Returns the
/// rectangle of the last row of the selection that is in view.
pub fn marks(
    mesh: &mut Mesh,
    column: &Column,
    shown: &Shown<'_>,
    (marks, lanes): (&[Mark], &Lanes),
    selection: Option<Span>,
    palette: &Palette,
) -> Option<Rect> {
    let here = || marks.iter().zip(&lanes.of).filter(|(mark, _)| mark.span.overlaps(shown.span));
    for (mark, _) in here() {
        let fill = palette.wash(mark.kind);
        shown.parts(column, mark.span, |_, rect| mesh.add_colored_rect(rect, fill));
    }
    let mut last: Option<(usize, Rect)> = None;
    if let Some(selection) = selection {
        shown.parts(column, selection, |row, rect| {
            mesh.add_colored_rect(rect, palette.selection);
            if rect.intersects(column.view) {
                let same = last.filter(|(known, _)| *known == row);
                last = Some((row, same.map_or(rect, |(_, known)| known.union(rect))));
            }
        });
    }
    for (mark, lane) in here() {
        let Some(lane) = lane else { continue };
        shown.parts(column, mark.span, |row, rect| {
            let ladder = Ladder::new(&shown.entry.rows[row], lanes.count, column);
            let y = shown.corner.y / column.ppp + ladder.top + ladder.pitch * f32::from(*lane);
            rule(mesh, column, mark.kind, (rect.left(), rect.right()), y, ladder.pitch, palette);
        });
    }
    last.map(|(_, rect)| rect)
}

fn rule(
    mesh: &mut Mesh,
    column: &Column,
    kind: Kind,
    (left, right): (f32, f32),
    y: f32,
    pitch: f32,
    palette: &Palette,
) {
    let color = palette.kind(kind).rule;
    let pixel = 1.0 / column.ppp;
    let round = |value: f32| (value * column.ppp).round() / column.ppp;
    let line = |points: f32| round((points * column.zoom).min(pitch - pixel * 0.5)).max(pixel);
    let y = round(y);
    let mut bar = |left: f32, right: f32, top: f32, height: f32| {
        mesh.add_colored_rect(Rect::from_min_max(pos2(left, top), pos2(right, top + height)), color);
    };
    match kind {
        Kind::Claim => bar(left, right, y, line(2.0)),
        Kind::Quote if pitch >= 3.0 * pixel => {
            let thin = line(1.0).min(round(pitch / 3.0)).max(pixel);
            bar(left, right, y, thin);
            bar(left, right, y + 2.0 * thin, thin);
        }
        Kind::Quote => bar(left, right, y, pixel),
        Kind::Source => {
            let dot = line(2.0);
            let mut x = left;
            while x < right {
                bar(x, (x + dot).min(right), y, dot);
                x += 2.0 * dot;
            }
        }
    }
}

/// A small block that shows a selected blank line.
pub fn blank(mesh: &mut Mesh, column: &Column, corner: Vec2, height: f32, palette: &Palette) -> Rect {
    let rect = column.rect(corner, 0.0, 0.0, 6.0 * column.ppp, height * column.ppp);
    mesh.add_colored_rect(rect, palette.selection);
    rect
}

/// Draws the outline of the selected annotation over the letters, and the number of marks that have
/// no rule beside their rows.
pub fn over(
    painter: &Painter,
    column: &Column,
    shown: &Shown<'_>,
    (marks, lanes): (&[Mark], &Lanes),
    selected: Option<Id>,
    palette: &Palette,
) {
    let outline = Stroke::new(2.0, palette.accent);
    for mark in marks.iter().filter(|mark| Some(mark.annotation) == selected) {
        let mut above: Option<(usize, Rect)> = None;
        shown.parts(column, mark.span, |row, rect| {
            let mut around = rect.expand(1.0);
            around.max.y += 1.5 * column.zoom;
            // Rows of one span share the line between them.
            if let Some((known, before)) = above
                && known + 1 == row
                && before.x_range().intersects(around.x_range())
            {
                around.min.y = before.bottom() + outline.width;
            }
            painter.rect_stroke(around, CornerRadius::same(3), outline, StrokeKind::Outside);
            above = Some((row, around));
        });
    }
    if lanes.count < LANES {
        return;
    }
    let mut hidden = vec![0_usize; shown.entry.rows.len()];
    for (mark, lane) in marks.iter().zip(&lanes.of) {
        let mut seen = usize::MAX;
        if lane.is_none() {
            shown.parts(column, mark.span, |row, _| {
                hidden[row] += usize::from(seen != row);
                seen = row;
            });
        }
    }
    for (row, count) in shown.entry.rows.iter().zip(hidden).filter(|(_, count)| *count > 0) {
        let y = (shown.corner.y + row.content_bottom) / column.ppp;
        let place = pos2(column.right() + 2.0, y);
        let font = FontId::proportional(9.5 * column.zoom);
        painter.text(place, Align2::LEFT_TOP, format!("+{count}"), font, palette.dim);
    }
}

/// Draws a paragraph's number.
pub fn number(painter: &Painter, column: &Column, shown: &Shown<'_>, number: usize, palette: &Palette) {
    let Some(row) = shown.entry.rows.first() else { return };
    let baseline = (shown.corner.y + row.baseline) / column.ppp;
    let indent = (46.0 * column.zoom).min(column.numbers - 4.0);
    let size = if column.numbers < 40.0 { 9.5 } else { 11.0 };
    let font = FontId::monospace(size * column.zoom.min(1.4));
    let galley = painter.layout_no_wrap(number.to_string(), font, palette.none);
    // Numbers too long for the margin end at its edge instead.
    let left = (column.left - indent).min(column.left - galley.size().x - 6.0).max(column.view.left() + 2.0);
    let top = baseline - galley.size().y * 0.8;
    painter.galley(pos2(left, top), galley, palette.none);
}

/// Draws the scroll bar's handle.
pub fn bar(painter: &Painter, handle: Rect, active: bool, palette: &Palette) {
    let color: Color32 = if active { palette.dim } else { palette.none.gamma_multiply(0.55) };
    painter.rect_filled(handle, CornerRadius::same(3), color);
}
