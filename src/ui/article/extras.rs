//! What the article shows beside its words and marks: hits, the red pencil, characters that cannot
//! be seen.
//!
//! May use: egui's painter and meshes, layout, the palette, the domain. Invariant: only what lies in
//! a visible piece is looked at, and nothing changes the layout: every sign is drawn at the place of
//! its bytes. Hits have outlines, strokes and ticks have shapes, so that no colour says it alone; a
//! word that nobody has marked is the one without rule and stroke. Known limit: of the characters that
//! cannot be seen, [`NAMED`] in view have names for the pointer and assistive technology.

use egui::{
    Align2, Color32, CornerRadius, FontId, Mesh, Painter, Rect, Role, Sense, Stroke, StrokeKind, Ui,
    WidgetInfo, pos2, vec2,
};

use super::caret::Caret;
use super::column::Column;
use super::marks::Mark;
use super::paint::Shown;
use crate::domain::invisible::{self, Odd, Sort};
use crate::domain::{Span, Text};
use crate::ui::palette::Palette;

/// So many have names.
const NAMED: usize = 60;
/// So many are drawn in one piece.
const DRAWN: usize = 1500;

/// What to show beside the words.
#[derive(Clone, Copy, Debug, Default)]
pub struct Extras<'a> {
    /// The places of what is looked for, in text order.
    pub hits: &'a [Span],
    /// The one where the person is.
    pub hit: Option<Span>,
    /// Characters that cannot be seen, in text order.
    pub odd: &'a [Odd],
    /// Whether all of them are shown; those that turn the direction always are.
    pub invisible: bool,
    /// Whether checked words are struck and bare ones stand out.
    pub pencil: bool,
}

impl Extras<'_> {
    /// The hits that touch a span.
    fn hits_in(&self, span: Span) -> &[Span] {
        let from = self.hits.partition_point(|hit| hit.end <= span.start);
        let to = from + self.hits[from..].partition_point(|hit| hit.start < span.end);
        &self.hits[from..to]
    }

    /// Draws what lies under the letters.
    pub fn under(
        &self,
        mesh: &mut Mesh,
        column: &Column,
        shown: &Shown<'_>,
        marks: &[Mark],
        text: &Text,
        palette: &Palette,
    ) {
        if self.pencil {
            for bare in bare(text, shown.span, &covered(marks, shown.span, |_| true)) {
                shown.parts(column, bare, |_, rect| mesh.add_colored_rect(rect, palette.bare));
            }
        }
    }

    /// Draws the fills of hits: over those of marks, under the letters.
    pub fn fills(&self, mesh: &mut Mesh, column: &Column, shown: &Shown<'_>, palette: &Palette) {
        for hit in self.hits_in(shown.span) {
            shown.parts(column, *hit, |_, rect| mesh.add_colored_rect(rect, palette.hit));
        }
    }

    /// Draws what lies over the letters.
    pub fn over(
        &self,
        painter: &Painter,
        column: &Column,
        shown: &Shown<'_>,
        marks: &[Mark],
        palette: &Palette,
    ) {
        let mut mesh = Mesh::default();
        if self.pencil {
            let checked = |mark: &Mark| mark.status.is_checked() && !mark.check_again;
            for struck in covered(marks, shown.span, checked) {
                shown.parts(column, struck, |row, rect| {
                    if palette.veil != Color32::TRANSPARENT {
                        mesh.add_colored_rect(rect, palette.veil);
                    }
                    let row = &shown.entry.rows[row];
                    let up = 0.27 * (row.baseline - row.content_top);
                    stroke(
                        &mut mesh,
                        column,
                        rect,
                        (shown.corner.y + row.baseline - up) / column.ppp,
                        palette.pencil,
                    );
                });
            }
        }
        for hit in self.hits_in(shown.span) {
            let is_current = self.hit == Some(*hit);
            shown.parts(column, *hit, |_, rect| outline(&mut mesh, column, rect, is_current, palette));
        }
        if !mesh.is_empty() {
            painter.add(mesh);
        }
    }

    /// Draws the characters of a piece that cannot be seen, and names some of them.
    pub fn signs(
        &self,
        ui: &Ui,
        column: &Column,
        shown: &Shown<'_>,
        text: &Text,
        named: &mut usize,
        palette: &Palette,
    ) {
        let from = self.odd.partition_point(|odd| odd.span.end <= shown.span.start);
        let here = self.odd[from..].iter().take_while(|odd| odd.span.start < shown.span.end);
        let (painter, mut last) = (ui.painter_at(column.view), Rect::NOTHING);
        for odd in here.filter(|odd| self.invisible || odd.sort == Sort::Direction).take(DRAWN) {
            let Some(rect) = sign(&painter, column, shown, *odd, text, &mut last, palette) else { continue };
            if *named < NAMED && rect.intersects(column.view) {
                *named += 1;
                let response = ui.interact(
                    rect.expand(3.0),
                    ui.scope_id().with(("odd", odd.span.start)),
                    Sense::hover(),
                );
                let name = invisible::name(text, *odd);
                response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &name));
                response.on_hover_text(name);
            }
        }
    }
}

/// The stretches of a piece that marks of a sort cover, in order and apart.
fn covered(marks: &[Mark], piece: Span, counts: impl Fn(&Mark) -> bool) -> Vec<Span> {
    let mut all: Vec<Span> = Vec::new();
    for mark in marks.iter().take_while(|mark| mark.span.start < piece.end) {
        if mark.span.end <= piece.start || !counts(mark) {
            continue;
        }
        let span = Span { start: mark.span.start.max(piece.start), end: mark.span.end.min(piece.end) };
        match all.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => all.push(span),
        }
    }
    all
}

/// The stretches of a piece with words that lie beside those.
fn bare(text: &Text, piece: Span, covered: &[Span]) -> Vec<Span> {
    let mut found = Vec::new();
    let mut from = piece.start;
    let end = Span { start: piece.end, end: piece.end };
    for next in covered.iter().chain([&end]) {
        let gap = Span { start: from, end: next.start.max(from) };
        from = next.end.max(from);
        let words = text.slice(gap);
        let first = words.find(char::is_alphanumeric);
        let last = words.char_indices().rev().find(|(_, c)| c.is_alphanumeric());
        if let (Some(first), Some((last, c))) = (first, last) {
            let start = gap.start as usize;
            found.push(text.snapped(Span::new(start + first, start + last + c.len_utf8())));
        }
    }
    found
}

/// A stroke of the pencil through a row, rising a little as a hand draws it.
fn stroke(mesh: &mut Mesh, column: &Column, rect: Rect, y: f32, color: Color32) {
    let (rise, half) = (0.8 * column.zoom, 0.85 * column.zoom);
    let first = mesh.vertices.len() as u32;
    for (x, y) in [
        (rect.left() - 1.0, y + rise - half),
        (rect.right() + 1.0, y - rise - half),
        (rect.right() + 1.0, y - rise + half),
        (rect.left() - 1.0, y + rise + half),
    ] {
        mesh.colored_vertex(pos2(x, y), color);
    }
    mesh.add_triangle(first, first + 1, first + 2);
    mesh.add_triangle(first, first + 2, first + 3);
}

/// A frame around a hit; the one where the person is has a heavy one.
fn outline(mesh: &mut Mesh, column: &Column, rect: Rect, heavy: bool, palette: &Palette) {
    let pixel = 1.0 / column.ppp;
    let width = if heavy { (2.4 * column.zoom.min(1.5) * column.ppp).round() * pixel } else { pixel };
    let outer = if heavy { rect.expand(width) } else { rect };
    let (left, right) = (outer.left(), outer.right());
    for (top, bottom) in [(outer.top(), outer.top() + width), (outer.bottom() - width, outer.bottom())] {
        mesh.add_colored_rect(Rect::from_min_max(pos2(left, top), pos2(right, bottom)), palette.hit_line);
    }
    for (left, right) in [(left, left + width), (right - width, right)] {
        let side = Rect::from_min_max(pos2(left, outer.top() + width), pos2(right, outer.bottom() - width));
        mesh.add_colored_rect(side, palette.hit_line);
    }
}

/// Draws one character or word; returns where.
fn sign(
    painter: &Painter,
    column: &Column,
    shown: &Shown<'_>,
    odd: Odd,
    text: &Text,
    last: &mut Rect,
    palette: &Palette,
) -> Option<Rect> {
    let color = if odd.sort == Sort::Direction { palette.bad } else { palette.hit_line };
    let line = Stroke::new(column.zoom.clamp(1.0, 1.6), color);
    let mut around: Option<Rect> = None;
    if matches!(odd.sort, Sort::Mixed | Sort::Space) {
        shown.parts(column, odd.span, |_, rect| {
            let part = rect.shrink2(vec2(if odd.sort == Sort::Space { 0.5 } else { -1.0 }, 0.0));
            if odd.sort == Sort::Mixed {
                painter.rect_stroke(
                    part,
                    CornerRadius::same(2),
                    Stroke::new(line.width, color),
                    StrokeKind::Outside,
                );
                let y = part.top() - 1.0;
                let tick = |x: f32| painter.line_segment([pos2(x, y - 4.0 * column.zoom), pos2(x, y)], line);
                tick(part.left());
                tick(part.right());
            } else {
                let (y, up) = (part.bottom() - 1.0, 4.0 * column.zoom);
                let points = vec![
                    part.left_bottom() + vec2(0.0, -1.0 - up),
                    pos2(part.left(), y),
                    pos2(part.right(), y),
                    part.right_bottom() + vec2(0.0, -1.0 - up),
                ];
                painter.add(egui::Shape::line(points, line));
            }
            around = Some(around.map_or(part, |known| known.union(part)));
        });
        return around;
    }
    let at = odd.span.start.checked_sub(shown.span.start)? as usize;
    let stand = shown.entry.stand(Caret::before(at));
    let row = shown.entry.rows.get(stand.row)?;
    let x = stand.x.clamp(0.0, column.width_px).round();
    let tick = column.rect(shown.corner, x, row.content_top, x, row.content_bottom);
    if !tick.expand(20.0).intersects(column.view) {
        return None;
    }
    painter.line_segment([tick.center_top(), tick.center_bottom()], line);
    let c = text.slice(odd.span).chars().next()?;
    let font = FontId::proportional(8.5 * column.zoom.min(1.4));
    let galley = painter.layout_no_wrap(invisible::sign(c).into_owned(), font, palette.paper);
    let size = galley.size() + vec2(5.0, 0.0);
    // A flag over the row, where rows have room between them.
    let flag = Align2::CENTER_BOTTOM.anchor_size(tick.center_top() + vec2(0.0, 3.0), size);
    let mut flag = flag.translate(vec2((column.left - 4.0 - flag.left()).max(0.0), 0.0));
    // Two that stand at one place, as where the direction changes, have their flags side by side.
    if flag.intersects(*last) {
        flag = flag.translate(vec2(last.right() + 1.0 - flag.left(), 0.0));
    }
    *last = flag;
    painter.rect_filled(flag, CornerRadius::same(2), color);
    painter.galley(flag.min + vec2(2.5, 0.0), galley, palette.paper);
    Some(tick.union(flag))
}

#[cfg(test)]
mod tests {
    use super::super::marks::mark;
    use super::*;
    use crate::domain::{Kind, Status};

    #[test]
    fn what_is_covered_and_what_is_bare_make_up_the_words_of_a_piece() {
        let text = Text::new("One two, three. Four — five six");
        let marks = [
            mark(1, 0, 7, Kind::Claim, Status::Verified),
            mark(2, 4, 14, Kind::Quote, Status::Query),
            mark(3, 16, 20, Kind::Source, Status::OnAuthor),
        ];
        let piece = Span::new(0, text.len());
        let all = covered(&marks, piece, |_| true);
        assert_eq!(all, [Span::new(0, 14), Span::new(16, 20)]);
        assert_eq!(
            covered(&marks, piece, |mark| mark.status.is_checked()),
            [Span::new(0, 7), Span::new(16, 20)]
        );
        assert_eq!(covered(&marks, Span::new(5, 18), |_| true), [Span::new(5, 14), Span::new(16, 18)]);
        let bare: Vec<&str> = bare(&text, piece, &all).into_iter().map(|span| text.slice(span)).collect();
        assert_eq!(bare, ["five six"]);
    }

    #[test]
    fn only_the_hits_of_a_piece_are_drawn() {
        let hits: Vec<Span> = (0..1000).map(|i| Span::new(i * 10, i * 10 + 4)).collect();
        let extras = Extras { hits: &hits, ..Extras::default() };
        assert_eq!(extras.hits_in(Span::new(100, 130)), &hits[10..13]);
        assert_eq!(extras.hits_in(Span::new(103, 111)), &hits[10..12]);
        assert_eq!(extras.hits_in(Span::new(104, 110)), &[] as &[Span]);
    }
}
