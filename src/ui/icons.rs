//! Signs drawn as shapes, so that no font has to have them.
//!
//! May use: egui's painter and the palette. Invariant: each status has a form of its own, so that
//! none is told by its colour alone. Known limit: made for 10 to 20 points.

use egui::epaint::{CircleShape, PathShape, PathStroke};
use egui::{Color32, Painter, Pos2, Shape, Stroke, pos2};

use super::palette::Palette;
use crate::domain::Status;

/// Draws the sign of a status, `size` points high, around a centre, in its colour.
pub fn status_icon(painter: &Painter, center: Pos2, size: f32, status: Status, palette: &Palette) {
    status_icon_in(painter, center, size, status, palette.status(status));
}

/// The same in a colour of the caller's choice.
pub fn status_icon_in(painter: &Painter, center: Pos2, size: f32, status: Status, color: Color32) {
    let center = pos2(painter.round_to_pixel_center(center.x), painter.round_to_pixel_center(center.y));
    let unit = size / 14.0;
    let stroke = Stroke::new((1.8 * unit).max(1.2), color);
    let at = |x: f32, y: f32| pos2(center.x + x * unit, center.y + y * unit);
    let path = |points: &[(f32, f32)]| {
        let points = points.iter().map(|(x, y)| at(*x, *y)).collect();
        Shape::Path(PathShape::line(points, PathStroke::from(stroke)))
    };
    let ring = |x: f32, y: f32, radius: f32| {
        Shape::Circle(CircleShape::stroke(at(x, y), radius * unit, Stroke::new(1.4 * unit, color)))
    };
    let dot = |x: f32, y: f32, radius: f32| Shape::circle_filled(at(x, y), radius * unit, color);
    match status {
        Status::Unchecked => {
            painter.add(ring(0.0, 0.0, 4.2));
        }
        Status::InProgress => {
            for x in [-4.2, 0.0, 4.2] {
                painter.add(dot(x, 0.6, 1.35));
            }
        }
        Status::Query => {
            // A bow from the left over the top, down to the stem.
            let mut points: Vec<(f32, f32)> = (0..=12)
                .map(|i| {
                    let angle = (190.0 + f32::from(i as u8) * 20.0).to_radians();
                    (3.0 * angle.cos(), -2.6 + 2.9 * angle.sin())
                })
                .collect();
            points.push((0.0, 2.4));
            painter.add(path(&points));
            painter.add(dot(0.0, 5.1, 1.15));
        }
        Status::Verified => {
            painter.add(path(&[(-4.6, 0.6), (-1.5, 4.0), (4.8, -4.4)]));
        }
        Status::NeedsCorrection => {
            painter.add(path(&[(-3.8, -4.0), (3.8, 4.0)]));
            painter.add(path(&[(3.8, -4.0), (-3.8, 4.0)]));
        }
        Status::Unverifiable => {
            painter.add(ring(0.0, 0.0, 4.8));
            painter.add(path(&[(-3.2, 3.2), (3.2, -3.2)]));
        }
        Status::OnAuthor => {
            // A pen on its line.
            let body = PathStroke::new(3.2 * unit, color);
            painter.add(PathShape::line(vec![at(-1.6, 1.6), at(3.6, -3.6)], body));
            let nib = vec![at(-4.6, 4.6), at(-3.4, 1.0), at(-1.0, 3.4)];
            painter.add(PathShape::convex_polygon(nib, color, Stroke::NONE));
            painter.add(path(&[(0.6, 5.0), (5.2, 5.0)]));
        }
        Status::NotCheckable => {
            painter.add(path(&[(-4.6, 0.0), (4.6, 0.0)]));
        }
    }
}
