//! The questions about work that might be lost: recovery, previous versions, others at the file.
//!
//! May use: egui, the model (read). Invariant: no button throws work away but the one that says so;
//! Escape leaves everything as it is,
//! and Enter presses only what has the focus: no choice about files is made by accident.

use egui::{RichText, Ui};

use super::controls::strong;
use super::dialogs::{entered, title};
use super::palette::Palette;
use super::words::cut;
use crate::app::effect::{Hindered, Hindrance, Holder, Recoverable, Version};
use crate::app::merging::Merge;
use crate::app::{Answer, Command, Model};
use crate::io::shown;

/// Unsaved work stands in the way of something.
pub fn unsaved(ui: &mut Ui, model: &Model, then: &Command, palette: &Palette, out: &mut Vec<Command>) {
    let name = model.desk.as_ref().map(|desk| desk.project.about.title.clone()).unwrap_or_default();
    title(ui, "Save your work first?");
    let name = cut(&name, 80);
    ui.label(RichText::new(format!("“{name}” has changes that are in no file yet")).color(palette.dim));
    let without = if *then == Command::Quit { "Close without saving" } else { "Go on without saving" };
    ui.add_space(6.0);
    ui.horizontal(|ui| {
        let accent = ui.visuals().selection.stroke.color;
        let save = egui::Button::new(strong("Save")).stroke(egui::Stroke::new(1.0, accent));
        let save = ui.add(save).on_hover_text("Save, then go on (Enter)");
        let without = ui.button(without).on_hover_text("The changes are lost");
        let cancel = ui.button("Cancel").on_hover_text("Leave everything as it is (Escape)");
        if save.clicked() || entered(ui, &[&without, &cancel]) {
            out.push(Command::Answer(Answer::Save));
        } else if without.clicked() {
            out.push(Command::Answer(Answer::Discard));
        } else if cancel.clicked() {
            out.push(Command::Answer(Answer::Cancel));
        }
    });
}

/// Somebody else has changed the file: merge both, take one, or keep both apart.
pub fn changed(
    ui: &mut Ui,
    model: &Model,
    path: &std::path::Path,
    palette: &Palette,
    out: &mut Vec<Command>,
) {
    title(ui, "The file was changed on disk by somebody else");
    ui.label(shown(path));
    let dirty = model.is_dirty();
    let text = if dirty {
        "You have changes that are not in it. Merging brings both together. Of the other ways none loses anything: the version that you do not take is kept among the previous versions (File menu)."
    } else {
        "You have no unsaved changes. Merging shows what they did; the version that you do not take is kept among the previous versions (File menu)."
    };
    ui.label(RichText::new(text).color(palette.dim));
    ui.add_space(6.0);
    ui.horizontal_wrapped(|ui| {
        let accent = ui.visuals().selection.stroke.color;
        let merge = egui::Button::new(strong("Merge…")).stroke(egui::Stroke::new(1.0, accent));
        let help = "See what they did, then bring both together; you see it first";
        if ui.add(merge).on_hover_text(help).clicked() {
            out.push(Command::Merge(Merge::OnDisk(path.to_owned())));
        }
        answer(ui, "Take theirs", "Open what is in the file now", Answer::TakeTheirs, out);
        answer(ui, "Keep mine", "Write your version over theirs", Answer::KeepMine, out);
        answer(ui, "Save mine elsewhere…", "Keep both, in two files", Answer::Elsewhere, out);
        cancel(ui, "Not now", "Leave both as they are (Escape)", out);
    });
}

/// Something stands in the way of saving.
pub fn hindered(ui: &mut Ui, by: &Hindered, palette: &Palette, out: &mut Vec<Command>) {
    let (heading, text, button, help) = match by.why {
        Hindrance::FolderLocked => (
            "The folder of this file takes no new file",
            "Proofmark puts a complete new file in the place of the old one, which it cannot here. It can write into the file itself: were that interrupted, the file would be damaged. So your work and the file's present content are kept among the previous versions first.",
            "Write into the file",
            "Keep both contents as previous versions, then write over the file's content",
        ),
        Hindrance::WriteProtected => (
            "This file is write-protected",
            "Somebody wanted it to stay as it is. If you replace it, it stays write-protected, and what is in it now is kept among the previous versions.",
            "Replace it",
            "Put your version in its place",
        ),
        Hindrance::Unkept => (
            "What is in the file now cannot be kept",
            "It may be the work of somebody else, and would be lost if you replace it.",
            "Replace it without keeping it",
            "Put your version in its place; what is there now is lost",
        ),
    };
    title(ui, heading);
    ui.label(&by.words);
    ui.label(RichText::new(text).color(palette.dim));
    ui.add_space(6.0);
    ui.horizontal_wrapped(|ui| {
        answer(ui, "Save elsewhere…", "Leave this file as it is", Answer::Elsewhere, out);
        answer(ui, button, help, Answer::Anyway, out);
        cancel(ui, "Not now", "Leave everything as it is (Escape)", out);
    });
}

/// Somebody else works on the file.
pub fn in_use(
    ui: &mut Ui,
    path: &std::path::Path,
    holder: &Holder,
    palette: &Palette,
    out: &mut Vec<Command>,
) {
    let (heading, who) = if holder.is_dead {
        ("This project was left open", "Last open with")
    } else {
        ("Somebody else has this project open", "Open with")
    };
    title(ui, heading);
    ui.label(shown(path));
    ui.label(format!("{who} {}", crate::domain::invisible::shown(&holder.who)));
    let text = holder
        .gone
        .as_deref()
        .unwrap_or("It can be read here meanwhile. Open it again once it is closed there.");
    ui.label(RichText::new(text).color(palette.dim));
    ui.add_space(6.0);
    ui.horizontal_wrapped(|ui| {
        cancel(ui, "Open for reading", "Look at it without changing it (Escape)", out);
        if holder.gone.is_some() {
            answer(
                ui,
                "Take over",
                "Work on it here; saving still compares with the file",
                Answer::TakeOver,
                out,
            );
        }
    });
}

/// Unsaved work that can be recovered.
pub fn recover(ui: &mut Ui, found: &[Recoverable], palette: &Palette, out: &mut Vec<Command>) {
    title(ui, "There is work that was not saved");
    ui.label(
        RichText::new("Proofmark ended before it was saved. Nothing is removed until you say so.")
            .color(palette.dim),
    );
    list(ui, found, |ui, one| {
        ui.label(strong(short(&one.title)));
        let place = one.path.as_deref().map(shown).unwrap_or_default();
        for line in [format!("{} · {}", one.when, one.what), place] {
            if !line.is_empty() {
                ui.label(RichText::new(line).color(palette.dim));
            }
        }
        ui.add_space(4.0);
        ui.horizontal_wrapped(|ui| {
            let accent = ui.visuals().selection.stroke.color;
            let main = egui::Button::new(strong("Recover")).stroke(egui::Stroke::new(1.0, accent));
            if named(ui, main, ("Recover", &one.title), "Open it, unsaved, as it was") {
                out.push(Command::Recover(one.journal.clone()));
            }
            if button(ui, "Discard", &one.title, "Throw this unsaved work away") {
                out.push(Command::DropRecovery(one.journal.clone()));
            }
            // Of one, all that can be done stands in one row.
            if found.len() == 1 {
                later(ui, out);
            }
        });
        ui.add_space(4.0);
    });
    if found.len() > 1 {
        ui.separator();
        later(ui, out);
    }
}

fn later(ui: &mut Ui, out: &mut Vec<Command>) {
    cancel(ui, "Keep for later", "Leave all of it; you are asked again (Escape)", out);
}

/// A project that cannot be read, and what is kept of it.
pub fn lost(
    ui: &mut Ui,
    path: &std::path::Path,
    found: &[Version],
    palette: &Palette,
    out: &mut Vec<Command>,
) {
    title(ui, "Previous versions of this file are kept");
    ui.label(shown(path));
    let text = "The file itself cannot be opened; why is told below, and it stays as it is. Open a version, and save it under another name.";
    ui.label(RichText::new(text).color(palette.dim));
    list(ui, found, |ui, one| {
        ui.horizontal(|ui| {
            ui.label(strong(one.when.clone()));
            ui.label(RichText::new(&one.what).color(palette.dim));
        });
        if button(ui, "Open", &format!("{}, {}", one.when, one.what), "Look at it as an unsaved project") {
            out.push(Command::OpenVersion(one.file.clone(), false));
        }
    });
    ui.add_space(6.0);
    cancel(ui, "Close", "Close this list (Escape)", out);
}

/// Previous versions of the project.
pub fn versions(ui: &mut Ui, found: &[Version], palette: &Palette, out: &mut Vec<Command>) {
    title(ui, "Previous versions");
    let text = if found.is_empty() {
        "There is none yet. The content of the file is kept here before the first change and at every saving."
    } else {
        "The last twenty contents of the file, kept on this computer."
    };
    ui.label(RichText::new(text).color(palette.dim));
    list(ui, found, |ui, one| {
        ui.horizontal(|ui| {
            ui.label(strong(one.when.clone()));
            ui.label(RichText::new(&one.what).color(palette.dim));
        });
        let name = format!("{}, {}", one.when, one.what);
        ui.horizontal(|ui| {
            if button(ui, "Open", &name, "Look at it as an unsaved project") {
                out.push(Command::OpenVersion(one.file.clone(), false));
            }
            if button(ui, "Put back", &name, "Make it the file's content again; what is there now is kept") {
                out.push(Command::OpenVersion(one.file.clone(), true));
            }
        });
    });
    ui.add_space(6.0);
    cancel(ui, "Close", "Close this list (Escape)", out);
}

fn short(title: &str) -> String {
    let title = cut(title, 80);
    if title.is_empty() { "Untitled".into() } else { title }
}

fn list<T>(ui: &mut Ui, items: &[T], mut row: impl FnMut(&mut Ui, &T)) {
    let height = (ui.ctx().content_rect().height() - 260.0).clamp(120.0, 420.0);
    egui::ScrollArea::vertical()
        .max_height(height)
        .min_scrolled_height(height)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            for (place, item) in items.iter().enumerate() {
                ui.push_id(place, |ui| {
                    ui.add_space(4.0);
                    row(ui, item);
                });
            }
        });
}

/// A button that is called by what it is about, too.
fn button(ui: &mut Ui, text: &str, about: &str, help: &str) -> bool {
    named(ui, egui::Button::new(text), (text, about), help)
}

fn named(ui: &mut Ui, button: egui::Button<'_>, (text, about): (&str, &str), help: &str) -> bool {
    let response = ui.add(button).on_hover_text(help);
    let name = format!("{text}: {}", short(about));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
    response.clicked()
}

fn answer(ui: &mut Ui, text: &str, help: &str, answer: Answer, out: &mut Vec<Command>) {
    if ui.button(text).on_hover_text(help).clicked() {
        out.push(Command::Answer(answer));
    }
}

fn cancel(ui: &mut Ui, text: &str, help: &str, out: &mut Vec<Command>) {
    answer(ui, text, help, Answer::Cancel, out);
}
