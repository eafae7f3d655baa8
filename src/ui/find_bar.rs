//! The bar for finding, under the article: what is looked for, how many there are, next and previous.
//!
//! May use: egui, the model (read), the table. Invariant: it stands under the text and takes no row of
//! it away at the top, so that opening and closing it moves nothing that is read; each control is a
//! row of the table, with its name and its key.

use egui::{Context, CursorIcon, Key, Modifiers, RichText, Role, Ui, WidgetInfo};

use super::controls::{command_button, tooltip};
use super::palette::Palette;
use crate::app::find::{AT_ONCE, Find, counted, is_on};
use crate::app::table::row_of;
use crate::app::{Command, Model, can};
use crate::domain::invisible::shown;
use crate::domain::notes::NoteHit;
use crate::domain::study::LISTED;
use crate::domain::{Id, Kind};

/// The bar's own state.
#[derive(Default)]
pub struct FindBar {
    /// The call that the field has answered.
    called: u64,
}

fn field() -> egui::Id {
    egui::Id::unique("find field")
}

impl FindBar {
    /// Draws the bar.
    pub fn ui(&mut self, ui: &mut Ui, model: &Model, palette: &Palette, out: &mut Vec<Command>) {
        ui.spacing_mut().item_spacing = egui::vec2(6.0, 6.0);
        ui.add_space(7.0);
        ui.horizontal(|ui| {
            let rest = 300.0_f32.min(ui.available_width() * 0.62);
            let width = (ui.available_width() - rest).clamp(80.0, 420.0);
            self.words(ui, model, width, out);
            count(ui, model, palette);
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let close = ui.button("Close").on_hover_text("Close the bar, and stay at the hit (Escape)");
                close.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Close the find bar"));
                if close.clicked() {
                    out.push(Find::Close.into());
                }
                command_button(ui, model, Find::Next.into(), "Next", out);
                command_button(ui, model, Find::Previous.into(), "Previous", out);
            });
        });
        ui.horizontal_wrapped(|ui| {
            for (find, name) in
                [(Find::Case, "Match case"), (Find::Whole, "Whole words"), (Find::Expression, "Expression")]
            {
                toggle(ui, model, find, name, palette, out);
            }
            ui.add_space(6.0);
            mark_all(ui, model, out);
            in_notes(ui, model, palette, out);
        });
        ui.add_space(7.0);
    }

    fn words(&mut self, ui: &mut Ui, model: &Model, width: f32, out: &mut Vec<Command>) {
        let id = field();
        take_keys(ui.ctx(), id, out);
        let mut words = model.find.query.words.clone();
        let edit = egui::TextEdit::singleline(&mut words)
            .id(id)
            .hint_text(if model.find.query.expression { "Expression" } else { "Words" })
            .desired_width(width)
            .margin(egui::Margin::symmetric(9, 5));
        let response = ui.add(edit);
        response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, "Find in the article"));
        let response =
            response.on_hover_text("What to find: Enter goes to the next hit, Shift+Enter to the one before");
        // Escape takes the focus away before the field is drawn.
        if response.lost_focus() && ui.input(|input| input.key_pressed(Key::Escape)) {
            out.push(Find::Close.into());
        }
        if response.changed() && words != model.find.query.words {
            out.push(Find::Type(words.clone()).into());
        }
        if self.called != model.find.called {
            self.called = model.find.called;
            response.request_focus();
            let mut state = egui::TextEdit::load_state(ui.ctx(), id).unwrap_or_default();
            let range = egui::text::CCursorRange::two(
                egui::text::CCursor::new(0),
                egui::text::CCursor::new(words.chars().count()),
            );
            state.cursor.set_char_range(Some(range));
            state.store(ui.ctx(), id);
        }
    }
}

/// Enter and Shift+Enter while the field is typed in.
fn take_keys(ctx: &Context, id: egui::Id, out: &mut Vec<Command>) {
    if !ctx.memory(|memory| memory.has_focus(id)) {
        return;
    }
    for (modifiers, key, find) in
        [(Modifiers::SHIFT, Key::Enter, Find::Previous), (Modifiers::NONE, Key::Enter, Find::Next)]
    {
        if ctx.input_mut(|input| input.consume_key(modifiers, key)) {
            out.push(find.into());
        }
    }
}

/// What is said of the hits.
fn told(model: &Model) -> String {
    let seek = &model.find;
    let many = if seek.more { "more than " } else { "" };
    let number = |count: usize| {
        let digits = count.to_string();
        let mut text = String::new();
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                text.push(',');
            }
            text.push(digit);
        }
        text
    };
    match (seek.part, seek.hits.len(), seek.current) {
        _ if !seek.unfit.is_empty() => seek.unfit.clone(),
        _ if seek.query.words.is_empty() => String::new(),
        (Some(part), 0, _) => format!("Searching… {part} %"),
        (Some(part), count, _) => format!("{} so far, {part} %", number(count)),
        (None, 0, _) => "Not found".into(),
        (None, count, Some(place)) => format!("{} of {many}{}", number(place + 1), number(count)),
        (None, count, None) => format!("{many}{}", counted(count, "hit")),
    }
}

fn count(ui: &mut Ui, model: &Model, palette: &Palette) {
    let text = told(model);
    let bad = !model.find.unfit.is_empty() || text == "Not found";
    let color = if bad { palette.bad } else { palette.ink };
    let room = (ui.available_width() - 190.0).max(60.0);
    ui.scope(|ui| {
        ui.set_max_width(room);
        let label = egui::Label::new(RichText::new(&text).size(12.5).color(color)).truncate();
        let response = ui.add(label);
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_live(egui::accesskit::Live::Polite);
        });
    });
}

fn toggle(ui: &mut Ui, model: &Model, find: Find, name: &str, palette: &Palette, out: &mut Vec<Command>) {
    let mut on = is_on(model, &find);
    let command = Command::Find(find);
    let mut response = ui
        .scope(|ui| {
            // The box itself must be seen, on dark paper too.
            ui.visuals_mut().widgets.inactive.bg_stroke.color = palette.none;
            ui.checkbox(&mut on, RichText::new(name).size(12.5))
        })
        .inner;
    if let Some(row) = row_of(&command) {
        response = response.on_hover_text(tooltip(row));
    }
    if response.clicked() {
        out.push(command);
    }
}

fn mark_all(ui: &mut Ui, model: &Model, out: &mut Vec<Command>) {
    let ready = can(model, &Find::Mark(Kind::Claim).into());
    ui.add_enabled_ui(ready, |ui| {
        let menu = ui.menu_button(RichText::new("Mark all hits as…").size(12.5), |ui| {
            for (kind, name) in [(Kind::Claim, "Claims"), (Kind::Quote, "Quotes"), (Kind::Source, "Sources")]
            {
                let command = Command::Find(Find::Mark(kind));
                let button = egui::Button::new(name).min_size(egui::vec2(150.0, 24.0));
                let mut response = ui.add(button);
                if let Some(row) = row_of(&command) {
                    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, row.name));
                    response = response.on_hover_text(tooltip(row));
                }
                if response.clicked() {
                    out.push(command);
                    ui.close();
                }
            }
        });
        let help = format!("One annotation for each hit, in one step of undo; at most {AT_ONCE} at once");
        menu.response.on_hover_text(&help).on_disabled_hover_text(help);
    });
}

/// How many hits there are in notes and evidence, and a list of them.
fn in_notes(ui: &mut Ui, model: &Model, palette: &Palette, out: &mut Vec<Command>) {
    let seek = &model.find;
    if seek.query.words.is_empty() {
        return;
    }
    let name = format!("In notes and evidence: {}", seek.note_count);
    ui.add_enabled_ui(seek.note_count > 0, |ui| {
        let menu = ui.menu_button(RichText::new(&name).size(12.5), |ui| {
            ui.set_min_width(360.0);
            ui.set_max_width(460.0);
            egui::ScrollArea::vertical().max_height(260.0).show(ui, |ui| {
                for hit in &seek.notes {
                    if note(ui, model, hit, palette) {
                        out.push(Command::Pick(Some(hit.annotation)));
                        ui.close();
                    }
                }
                if seek.note_count > LISTED {
                    let rest = format!("and {} more", seek.note_count - LISTED);
                    ui.label(RichText::new(rest).size(12.0).color(palette.dim));
                }
            });
        });
        let help = "Annotations in whose fields the words stand";
        menu.response.on_hover_text(help).on_disabled_hover_text(help);
    });
}

fn note(ui: &mut Ui, model: &Model, hit: &NoteHit, palette: &Palette) -> bool {
    let title = title(model, hit.annotation);
    let words = shown(&hit.words).into_owned();
    let name = format!("{}: {words}, {title}", hit.field);
    let text = RichText::new(format!("{} · {words}", hit.field)).size(12.5);
    let first =
        ui.add(egui::Button::new(text).frame(false).truncate()).on_hover_cursor(CursorIcon::PointingHand);
    first.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    ui.add(egui::Label::new(RichText::new(title).size(11.5).color(palette.dim)).truncate().selectable(false));
    ui.add_space(2.0);
    first.on_hover_text("Go to the annotation").clicked()
}

fn title(model: &Model, id: Id) -> String {
    let annotation = model.desk.as_ref().and_then(|desk| desk.project.annotations.get(&id));
    annotation.map(|annotation| super::annotations::title(annotation)).unwrap_or_default()
}
