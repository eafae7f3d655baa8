//! The questions of one digit: which rating, which priority.
//!
//! May use: egui, the model (read). Invariant: each answer has a digit, which answers at once; the
//! pointer, Tab and Enter do the same. 0 is none.

use egui::{Context, Key, RichText, Ui};

use super::controls::{Pill, pill};
use super::dialogs::title;
use super::palette::Palette;
use crate::app::queue::bulk::annotations;
use crate::app::{Answer, Command, Desk, Model, RecordCommand};
use crate::domain::Id;
use crate::domain::annotation::Priority;
use crate::formats::words::priority_word;

const DIGITS: [Key; 10] = [
    Key::Num0,
    Key::Num1,
    Key::Num2,
    Key::Num3,
    Key::Num4,
    Key::Num5,
    Key::Num6,
    Key::Num7,
    Key::Num8,
    Key::Num9,
];

/// One answer.
struct Entry<'a> {
    text: String,
    more: &'a str,
    on: bool,
    command: RecordCommand,
}

/// Which rating?
pub fn rating(
    ui: &mut Ui,
    model: &Model,
    (id, fresh): (Id, bool),
    palette: &Palette,
    out: &mut Vec<Command>,
) {
    let Some(desk) = &model.desk else { return };
    title(ui, &of_all("Rating", desk));
    let now = desk.project.annotations.get(&id).and_then(|annotation| annotation.verdict.as_ref());
    let several = desk.chosen.are_several();
    let scale = &desk.project.about.scale;
    if scale.is_empty() {
        let text =
            "This project has no scale to rate on yet. Choose one of several, and alter it as you like.";
        ui.label(RichText::new(text).color(palette.dim));
    }
    let mut entries: Vec<Entry<'_>> = scale
        .iter()
        .map(|rating| Entry {
            text: rating.verdict().words(),
            more: &rating.meaning,
            on: !several && now.is_some_and(|verdict| verdict.label == rating.label),
            command: RecordCommand::Rate(Some(rating.verdict())),
        })
        .collect();
    if !scale.is_empty() || now.is_some() {
        let none = RecordCommand::Rate(None);
        entries.push(Entry {
            text: "No rating".into(),
            more: "",
            on: !several && now.is_none(),
            command: none,
        });
    }
    list(ui, &entries, fresh, palette, out);
    foot(ui, out, |ui, out| {
        let text = if scale.is_empty() { "Choose a scale…" } else { "Change the scale…" };
        let response = ui.button(text).on_hover_text("The ratings to choose from, for this project");
        if response.clicked() {
            out.push(Command::Record(RecordCommand::EditScale));
        }
        if scale.is_empty() && fresh {
            response.request_focus();
        }
    });
}

/// Which priority?
pub fn priority(
    ui: &mut Ui,
    model: &Model,
    (id, fresh): (Id, bool),
    palette: &Palette,
    out: &mut Vec<Command>,
) {
    title(ui, &model.desk.as_ref().map_or_else(|| "Priority".to_owned(), |desk| of_all("Priority", desk)));
    let annotation = model.desk.as_ref().and_then(|desk| desk.project.annotations.get(&id));
    let several = model.desk.as_ref().is_some_and(|desk| desk.chosen.are_several());
    let now = annotation.and_then(|annotation| annotation.priority);
    let entries = [
        (Some(Priority::High), "First: much hangs on it"),
        (Some(Priority::Medium), "In turn"),
        (Some(Priority::Low), "Last"),
        (None, ""),
    ];
    let entries = entries.map(|(value, more)| Entry {
        text: priority_word(value).to_owned(),
        more,
        on: !several && value == now,
        command: RecordCommand::SetPriority(value),
    });
    list(ui, &entries, fresh, palette, out);
    foot(ui, out, |_, _| {});
}

/// What is asked, with how many it is for where that is more than one.
fn of_all(what: &str, desk: &Desk) -> String {
    if desk.chosen.are_several() {
        format!("{what} of {}", annotations(desk.chosen_count()))
    } else {
        what.into()
    }
}

/// The answers below each other; the last one is none, and has the digit 0.
fn list(ui: &mut Ui, entries: &[Entry<'_>], fresh: bool, palette: &Palette, out: &mut Vec<Command>) {
    let room = (ui.ctx().content_rect().height() - 190.0).max(80.0);
    egui::ScrollArea::vertical().max_height(room).min_scrolled_height(room).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for (place, entry) in entries.iter().enumerate() {
            let digit = if place + 1 == entries.len() { 0 } else { place + 1 };
            let key = if digit < DIGITS.len() { digit.to_string() } else { String::new() };
            let look = Pill {
                text: &entry.text,
                key: &key,
                on: entry.on.then_some(palette.ink),
                width: ui.available_width(),
                name: entry.text.clone(),
            };
            let (on, ink) = (entry.on, palette.ink);
            let response = pill(ui, &look, palette, |painter, center| {
                if on {
                    painter.circle_filled(center, 4.0, ink);
                }
            });
            let help = if entry.more.is_empty() { entry.text.as_str() } else { entry.more };
            let help = if key.is_empty() { help.to_owned() } else { format!("{help} ({key})") };
            let pressed = DIGITS.get(digit).is_some_and(|key| pressed(ui.ctx(), *key));
            if fresh && (entry.on || place == 0) {
                response.request_focus();
            }
            if response.on_hover_text(help).clicked() || pressed {
                out.push(Command::Record(entry.command.clone()));
            }
            // What it means belongs to the answer above it, under its words.
            if !entry.more.is_empty() {
                ui.add_space(2.0);
                let below = egui::Margin { left: 28, ..egui::Margin::ZERO };
                egui::Frame::new().inner_margin(below).show(ui, |ui| {
                    ui.label(RichText::new(entry.more).size(11.5).color(palette.dim));
                });
            }
            ui.add_space(if entry.more.is_empty() { 5.0 } else { 9.0 });
        }
    });
}

fn pressed(ctx: &Context, key: Key) -> bool {
    ctx.input_mut(|input| input.consume_key(egui::Modifiers::NONE, key))
}

fn foot(ui: &mut Ui, out: &mut Vec<Command>, first: impl FnOnce(&mut Ui, &mut Vec<Command>)) {
    ui.add_space(6.0);
    ui.horizontal(|ui| {
        first(ui, out);
        if ui.button("Cancel").on_hover_text("Leave everything as it is (Escape)").clicked() {
            out.push(Command::Answer(Answer::Cancel));
        }
    });
}
