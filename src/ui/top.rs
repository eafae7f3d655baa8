//! The bar at the top: menus, title, file and save state, export.
//!
//! May use: egui, the model (read), the table. Invariant: menus hold exactly the table's rows and
//! the recent files; what the bar says of the file is what is true of it.

use egui::{RichText, Role, Ui, WidgetInfo};

use super::controls::{command_button, key_button, strong, tooltip};
use super::palette::Palette;
use crate::app::chooser::Chooser;
use crate::app::export::Export;
use crate::app::find::Find;
use crate::app::queue::Queue;
use crate::app::table::{self, Menu};
use crate::app::{Command, Desk, Model, TextCommand, can, find, show};
use crate::domain::invisible::shown;

/// With less room than this beside the menus, the button of all commands is in the menu only.
const COMMANDS: f32 = 330.0;
/// With less than this, it is without its key.
const COMMANDS_WITH_KEY: f32 = 600.0;
/// With less room than this left of it, the button for finding is in the menu only.
const FIND: f32 = 220.0;
/// With less than this, it is without its key.
const FIND_WITH_KEY: f32 = 480.0;

/// Draws the bar.
pub fn ui(ui: &mut Ui, model: &Model, unfinished: bool, palette: &Palette, out: &mut Vec<Command>) {
    ui.horizontal_centered(|ui| {
        // A menu bar takes all the width that there is, so it gets no more than its names need.
        let menus = egui::vec2(300.0, 30.0);
        ui.allocate_ui_with_layout(menus, egui::Layout::left_to_right(egui::Align::Center), |ui| {
            egui::MenuBar::new().ui(ui, |ui| {
                for menu in Menu::ALL {
                    ui.menu_button(menu.name(), |ui| {
                        // In a low window a long menu is scrolled.
                        let height = (ui.ctx().content_rect().height() - 60.0).max(120.0);
                        let area =
                            egui::ScrollArea::vertical().max_height(height).min_scrolled_height(height);
                        area.show(ui, |ui| rows(ui, model, menu, out));
                    });
                }
            });
        });
        ui.separator();
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if let Some(desk) = &model.desk {
                command_button(ui, model, Command::Export(Export::Ask(None)), "Export", out);
                let saved = desk.saving.is_none() && !desk.is_dirty() && !unfinished && desk.path.is_some();
                ui.add_enabled_ui(!saved, |ui| command_button(ui, model, Command::Save, "Save", out));
                ui.add_space(4.0);
                super::mode::ui(ui, model, palette, out);
                ui.add_space(4.0);
            }
            let room = ui.available_width();
            if room > COMMANDS {
                let look = ("Commands", room > COMMANDS_WITH_KEY);
                key_button(ui, model, Command::Chooser(Chooser::Open), look, palette, out);
            }
            let room = ui.available_width();
            if model.desk.is_some() && room > FIND {
                let look = ("Find", room > FIND_WITH_KEY);
                key_button(ui, model, Command::Find(Find::Open), look, palette, out);
            }
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                if let Some(desk) = &model.desk {
                    title(ui, desk, unfinished, palette, out);
                }
            });
        });
    });
}

fn title(ui: &mut Ui, desk: &Desk, unfinished: bool, palette: &Palette, out: &mut Vec<Command>) {
    let title = &desk.project.about.title;
    let title = if title.is_empty() { "Untitled".into() } else { shown(title) };
    let title = &*title;
    let state = state(desk, unfinished);
    let color = if desk.failed.is_some() { palette.bad } else { palette.dim };
    let state_width = ui
        .painter()
        .layout_no_wrap(state.clone(), egui::FontId::proportional(12.5), color)
        .size()
        .x
        .min(ui.available_width() * 0.55);
    let room = (ui.available_width() - state_width - 24.0).max(60.0);
    let words = egui::Label::new(strong(title).size(14.0)).truncate().sense(egui::Sense::click());
    let natural =
        ui.painter().layout_no_wrap(title.to_owned(), super::controls::bold(14.0), palette.ink).size().x;
    let response =
        ui.add_sized([natural.min(room) + 2.0, 24.0], words).on_hover_text("Title and details (F2)");
    if response.clicked() {
        out.push(Command::EditDetails);
    }
    let label = egui::Label::new(RichText::new(&state).size(12.5).color(color)).truncate();
    let mut response = ui.add(label);
    if let Some(path) = &desk.path {
        response = response.on_hover_text(crate::io::shown(path));
    }
    if let Some(failed) = &desk.failed {
        response.on_hover_text(failed);
    }
}

/// What is true of the file, in words.
pub fn state(desk: &Desk, unfinished: bool) -> String {
    let name = desk.path.as_ref().and_then(|path| path.file_name());
    let name = name.map_or_else(|| "not saved yet".to_owned(), |name| crate::io::shown(name.as_ref()));
    let name = if desk.project.is_redacted() { format!("{name} · redacted copy") } else { name };
    let dirty = desk.is_dirty() || unfinished;
    let rest = if desk.read_only.is_some() {
        "for reading only".to_owned()
    } else if desk.saving.is_some() {
        "saving…".to_owned()
    } else if desk.failed.is_some() && dirty {
        desk.failed
            .as_deref()
            .and_then(reason)
            .map_or_else(|| "not saved".to_owned(), |why| format!("not saved: {why}"))
    } else if dirty {
        "unsaved changes".to_owned()
    } else if let Some(at) = &desk.saved_at {
        format!("saved {at}")
    } else {
        String::new()
    };
    if rest.is_empty() { name } else { format!("{name} · {rest}") }
}

/// Of “Not saved, because the disk is full; the file …”, the reason.
fn reason(failed: &str) -> Option<&str> {
    let (_, rest) = failed.split_once("because ")?;
    rest.split("; ").next()
}

fn rows(ui: &mut Ui, model: &Model, menu: Menu, out: &mut Vec<Command>) {
    ui.set_min_width(270.0);
    for row in table::rows().filter(|row| row.menu == menu) {
        if row.rule {
            ui.separator();
        }
        let keys = row.keys.first().map(|chord| chord.words(cfg!(target_os = "macos"))).unwrap_or_default();
        let name = name_of(row.name, &row.command, model);
        let settings = &model.settings;
        let chosen = match row.command {
            Command::SetTheme(theme) => theme == settings.theme,
            Command::SetFace(face) => face == settings.face,
            Command::SetMeasure(measure) => measure == settings.measure,
            Command::Show(show) => show::is_on(settings, show),
            Command::Find(ref find) => find::is_on(model, find),
            Command::Text(TextCommand::Toggle) => model.desk.as_ref().is_some_and(|desk| desk.writing.on),
            Command::Queue(Queue::Sort(sort)) => sort == settings.sort,
            Command::Queue(Queue::Group(group)) => group == settings.group,
            _ => false,
        };
        let enabled = can(model, &row.command);
        let button =
            egui::Button::selectable(chosen, &name).shortcut_text(&keys).min_size(egui::vec2(258.0, 24.0));
        let response = ui.add_enabled(enabled, button);
        // By its name alone; the key is told apart from it.
        response.widget_info(|| WidgetInfo::selected(Role::Button, enabled, chosen, &name));
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_keyboard_shortcut(keys));
        let response = response.on_hover_text(tooltip(row)).on_disabled_hover_text(tooltip(row));
        if response.clicked() {
            out.push(row.command.clone());
            ui.close();
        }
    }
    if menu == Menu::File && !model.settings.recent.is_empty() {
        ui.separator();
        ui.label(RichText::new("Recent").size(11.5).weak());
        recent(ui, model, out);
    }
}

/// The recent files, as buttons.
pub fn recent(ui: &mut Ui, model: &Model, out: &mut Vec<Command>) {
    for path in model.settings.recent.iter().take(8) {
        let name = path.file_name().map(|name| crate::io::shown(name.as_ref())).unwrap_or_default();
        let button = egui::Button::new(name).truncate().min_size(egui::vec2(258.0, 24.0));
        if ui.add(button).on_hover_text(crate::io::shown(path)).clicked() {
            out.push(Command::OpenPath(path.clone()));
            ui.close();
        }
    }
}

/// The name of a row: of undo and redo with what they would do.
pub fn name_of(name: &str, command: &Command, model: &Model) -> String {
    let steps = model.desk.as_ref().map(crate::app::Desk::steps).unwrap_or_default();
    let label = match command {
        Command::Undo => steps.0,
        Command::Redo => steps.1,
        _ => None,
    };
    label.map_or_else(|| name.to_owned(), |label| format!("{name}: {label}"))
}
