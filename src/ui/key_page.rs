//! The page of all keys: menu by menu, and what a few words leave of it.
//!
//! May use: egui, the table. Invariant: it holds every key of the table and of the caret.

use egui::{RichText, Role, Ui, WidgetInfo};

use super::controls::strong;
use super::dialogs::title;
use super::palette::Palette;
use crate::app::list_keys::LIST_KEYS;
use crate::app::moves::MOVES;
use crate::app::table::{Menu, rows};
use crate::app::{Answer, Command};

/// One line: the keys, what they are called, what they do.
struct Line {
    keys: Vec<String>,
    name: String,
    help: String,
}

impl Line {
    fn has(&self, words: &[String]) -> bool {
        let text = format!("{} {} {}", self.keys.join(" "), self.name, self.help).to_lowercase();
        words.iter().all(|word| text.contains(word.as_str()))
    }
}

/// Draws the page; `filter` is what is typed.
pub fn ui(ui: &mut Ui, filter: &mut String, fresh: bool, palette: &Palette, out: &mut Vec<Command>) {
    title(ui, "All keys");
    let field = egui::TextEdit::singleline(filter)
        .hint_text("A word, or a key")
        .desired_width(f32::INFINITY)
        .margin(egui::Margin::symmetric(10, 7));
    let response = ui.add(field);
    response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, "Find a key"));
    if fresh {
        response.request_focus();
    }
    let words: Vec<String> = filter.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let height = (ui.ctx().content_rect().height() - 240.0).clamp(120.0, 560.0);
    egui::ScrollArea::vertical().max_height(height).auto_shrink([false, false]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 3.0;
        let mut shown = 0;
        for (name, lines) in groups() {
            let lines: Vec<&Line> = lines.iter().filter(|line| line.has(&words)).collect();
            if lines.is_empty() {
                continue;
            }
            ui.add_space(if shown == 0 { 0.0 } else { 8.0 });
            ui.label(strong(name).size(12.5).color(palette.dim));
            for line in &lines {
                draw(ui, line, palette);
            }
            shown += lines.len();
        }
        if shown == 0 {
            ui.label(RichText::new("No key has these words").color(palette.dim));
        }
    });
    if ui.button("Close").on_hover_text("Close this page (Escape)").clicked() {
        out.push(Command::Answer(Answer::Cancel));
    }
}

fn draw(ui: &mut Ui, line: &Line, palette: &Palette) {
    let width = (ui.available_width() * 0.36).min(190.0);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        ui.allocate_ui_with_layout(
            egui::vec2(width, 20.0),
            egui::Layout::left_to_right(egui::Align::Min).with_main_wrap(true),
            |ui| {
                ui.set_min_width(width);
                for key in &line.keys {
                    let words = RichText::new(format!(" {key} ")).monospace().size(11.5);
                    ui.label(words.background_color(palette.chip));
                }
            },
        );
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.add(egui::Label::new(line.name.as_str()).wrap());
            if !line.help.is_empty() {
                ui.add(egui::Label::new(RichText::new(&line.help).size(11.5).color(palette.dim)).wrap());
            }
        });
    });
}

fn groups() -> Vec<(&'static str, Vec<Line>)> {
    let mac = cfg!(target_os = "macos");
    let of_menu = |menu: Menu| {
        let with_keys = rows().filter(move |row| row.menu == menu && !row.keys.is_empty());
        let line = |row: &crate::app::table::Row| Line {
            keys: row.keys.iter().map(|chord| chord.words(mac)).collect(),
            name: row.name.trim_end_matches('…').to_owned(),
            help: row.help.to_owned(),
        };
        (menu.name(), with_keys.map(line).collect::<Vec<_>>())
    };
    let moves = MOVES.iter().map(|row| {
        let keys = row.shown(mac).split(", ").map(str::to_owned).collect();
        let mut letters = row.help.trim_start_matches("Caret: ").chars();
        let name = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
        Line { keys, name, help: String::new() }
    });
    let caret = ("Caret; with Shift it selects", moves.collect());
    let in_list = LIST_KEYS.iter().map(|row| {
        let keys = row.shown(mac).split(", ").map(str::to_owned).collect();
        Line { keys, name: row.help.to_owned(), help: String::new() }
    });
    let in_list = ("In the list", in_list.collect());
    Menu::ALL.into_iter().map(of_menu).chain([caret, in_list]).collect()
}
