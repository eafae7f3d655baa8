//! What came in with a copy: each thing with what is gone, what came, by whom and when.
//!
//! May use: egui, the model (read). Invariant: what is gone is struck out and what came is underlined,
//! beside their colours.

use egui::text::{LayoutJob, TextFormat};
use egui::{FontId, RichText, Stroke, Ui};

use super::super::controls::{bold, strong};
use super::super::palette::Palette;
use super::more;
use crate::app::merging::Review;
use crate::domain::differences::Fate;
use crate::domain::differences::texts::{Piece, Relation};
use crate::domain::invisible::shown;
use crate::formats::changes::{Group, Line};
use crate::io::clock;

/// How many letters of one value are shown.
const LETTERS: usize = 600;
/// How many letters are kept on each side of a change.
const AROUND: usize = 60;

/// Draws them.
pub(super) fn ui(ui: &mut Ui, review: &Review, drawn: &mut usize, palette: &Palette) {
    if review.groups.is_empty() {
        ui.add_space(10.0);
        ui.vertical_centered(|ui| {
            ui.label(strong("Nothing new in this copy").size(14.0));
            ui.label(RichText::new("Everything in it is in the open project already").color(palette.dim));
        });
        ui.add_space(10.0);
        return;
    }
    ui.label(strong("What came in").size(14.0));
    for group in review.groups.iter().take(*drawn) {
        one(ui, group, palette);
    }
    more(ui, drawn, review.groups.len(), "changes");
}

/// What became of it, in a word.
fn fate(group: &Group) -> &'static str {
    match (group.fate, group.id) {
        (Fate::Added, _) => "New",
        (Fate::Passing, _) => "New, and removed again",
        (Fate::Changed, _) => "Changed",
        (Fate::Removed, _) => "Removed",
        (Fate::BroughtBack, _) => "Brought back",
        (Fate::Missing, _) => "Not in it",
    }
}

fn one(ui: &mut Ui, group: &Group, palette: &Palette) {
    let frame = egui::Frame::new().inner_margin(egui::Margin { left: 10, right: 4, top: 5, bottom: 6 });
    let response = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 3.0;
        let mut job = LayoutJob::default();
        let color = match group.fate {
            Fate::Added | Fate::BroughtBack => palette.ok,
            Fate::Removed | Fate::Passing | Fate::Missing => palette.bad,
            Fate::Changed => palette.dim,
        };
        job.append(fate(group), 0.0, TextFormat::simple(bold(12.0), color));
        let mut heading = group.heading.clone();
        if group.id.is_none()
            && let Some(first) = heading.chars().next()
        {
            heading.replace_range(..first.len_utf8(), &first.to_uppercase().to_string());
        }
        job.append(&shown(&heading), 8.0, TextFormat::simple(bold(13.0), palette.ink));
        job.wrap.max_width = ui.available_width();
        ui.add(egui::Label::new(job).wrap());
        for line in &group.lines {
            ui.add(egui::Label::new(told(line, palette)).wrap());
        }
    });
    let rect = response.response.rect;
    ui.painter().vline(rect.left(), rect.y_range().shrink(4.0), Stroke::new(2.0, palette.line));
}

fn told(line: &Line, palette: &Palette) -> LayoutJob {
    let mut job = LayoutJob::default();
    let plain = |color| TextFormat::simple(FontId::proportional(13.0), color);
    let mut what = line.what.clone();
    if let Some(first) = what.chars().next() {
        what.replace_range(..first.len_utf8(), &first.to_uppercase().to_string());
    }
    if !what.is_empty() {
        let colon = if line.pieces.is_empty() { "" } else { ":  " };
        job.append(&format!("{}{colon}", shown(&what)), 0.0, plain(palette.dim));
    }
    let count = line.pieces.len();
    for (place, piece) in line.pieces.iter().enumerate() {
        let words = shortened(piece, place > 0, place + 1 < count);
        let words = shown(&words);
        match piece.relation {
            Relation::Same => job.append(&words, 0.0, plain(palette.ink)),
            Relation::Gone => {
                let format =
                    TextFormat { strikethrough: Stroke::new(1.0, palette.bad), ..plain(palette.bad) };
                job.append(&words, 0.0, format);
                let next = line.pieces.get(place + 1).map(|next| next.relation);
                if next == Some(Relation::Came) {
                    job.append(" ", 0.0, plain(palette.ink));
                }
            }
            Relation::Came => {
                let format = TextFormat { underline: Stroke::new(1.0, palette.ok), ..plain(palette.ok) };
                job.append(&words, 0.0, format);
            }
        }
    }
    let who: Vec<String> =
        line.who.iter().map(|made| format!("{} · {}", made.by, clock::local(made.when))).collect();
    if !who.is_empty() {
        let format = TextFormat::simple(FontId::proportional(12.0), palette.dim);
        job.append(&format!("   {}", shown(&who.join("; "))), 0.0, format);
    }
    job
}

/// The words of a piece on one line; of what stayed only what stands beside a change.
fn shortened(piece: &Piece, after: bool, before: bool) -> String {
    let flat = piece.words.replace("\n\n", "\n").replace('\n', " ¶ ");
    let letters: Vec<char> = flat.chars().collect();
    let kept = match piece.relation {
        Relation::Same => AROUND,
        Relation::Gone | Relation::Came => LETTERS / 2,
    };
    let (first, last) = match piece.relation {
        Relation::Same => (if after { kept } else { 0 }, if before { kept } else { 0 }),
        _ => (kept, kept),
    };
    if letters.len() <= first + last + 3 {
        return flat;
    }
    let head: String = letters[..first].iter().collect();
    let tail: String = letters[letters.len() - last..].iter().collect();
    match (first, last) {
        (0, _) => format!("…{tail}"),
        (_, 0) => format!("{head}…"),
        _ => format!("{head} … {tail}"),
    }
}
