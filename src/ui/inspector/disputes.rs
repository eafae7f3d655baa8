//! Fields that two people set to different values: both, with who and when, and the choice.
//!
//! May use: egui, the model (read), the local clock's way of writing a time. Invariant: no value is
//! shown as the chosen one; only pressing a button decides.

use egui::{RichText, Ui};

use super::super::controls::{card, label, strong};
use super::super::palette::Palette;
use super::Sheet;
use super::card::quiet;
use crate::app::disputes::{self, Dispute, Side};
use crate::app::{Command, RecordCommand};
use crate::domain::Id;
use crate::domain::invisible::shown;
use crate::io::clock;

/// How many letters of a value are shown.
const LETTERS: usize = 400;

/// Draws what is undecided in the picked annotation.
pub(super) fn of_annotation(ui: &mut Ui, sheet: &Sheet<'_>, out: &mut Vec<Command>) {
    if !sheet.annotation.is_conflicted() {
        return;
    }
    let found = disputes::of_annotation(&sheet.desk.project, sheet.annotation);
    list(ui, (sheet.annotation.id, &found), sheet.writable(), sheet.palette, out);
}

/// Draws fields that are undecided; the one that was decided now is returned with its value.
pub(in crate::ui) fn list<'a>(
    ui: &mut Ui,
    (of, found): (Id, &'a [Dispute]),
    writable: bool,
    palette: &Palette,
    out: &mut Vec<Command>,
) -> Option<(&'a Dispute, &'a Side)> {
    let mut chosen = None;
    if found.is_empty() {
        return chosen;
    }
    card(palette).stroke(egui::Stroke::new(1.0, palette.bad)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.label(strong("Two values, undecided").color(palette.bad));
        for dispute in found {
            label(ui, &dispute.field, palette);
            for side in &dispute.sides {
                if one(ui, dispute, side, writable, palette) {
                    let decide = RecordCommand::Decide(of, dispute.record, side.place, side.entry);
                    out.push(Command::Record(decide));
                    chosen = Some((dispute, side));
                }
            }
        }
    });
    chosen
}

fn one(ui: &mut Ui, dispute: &Dispute, side: &Side, writable: bool, palette: &Palette) -> bool {
    let words: String = side.words.chars().take(LETTERS).collect();
    let words = if words.trim().is_empty() { "(nothing)".to_owned() } else { shown(&words).into_owned() };
    let when = side.when.map(clock::local).unwrap_or_default();
    let by = shown(&side.by).into_owned();
    ui.add(egui::Label::new(RichText::new(&words).size(13.0)).wrap());
    ui.horizontal_wrapped(|ui| {
        let name = format!("{}: take “{words}” of {by}", dispute.field);
        let help = "Take this value; undo opens the question again";
        let pressed = quiet(ui, writable, "Take this", &name, help).clicked();
        let who = format!("{by} · {when}");
        ui.add(egui::Label::new(RichText::new(who).size(12.0).color(palette.dim)).wrap());
        pressed
    })
    .inner
}
