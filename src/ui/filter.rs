//! The field above the list in which a query is typed, with what can be typed next.
//!
//! May use: egui, the model (read). Invariant: the text is the model's; what is not understood of it
//! is said under the field. Values and their counts are counted once for each state of the project,
//! and only while the field has the focus. Known limit: after a space inside quotation marks nothing
//! is offered.

use egui::text_edit::TextEditOutput;
use egui::{CompletionPopup, Role, Suggestion, Ui, WidgetInfo};

use super::controls::strong;
use super::palette::Palette;
use crate::app::queue::Queue;
use crate::app::{Command, Desk};
use crate::domain::Id;
use crate::domain::query::key::KEYS;
use crate::domain::query::offer::{Census, Offer, offers};

/// The field's own state.
#[derive(Default)]
pub struct Filter {
    census: Option<(Id, u64, Census)>,
    /// Whether the text was changed since the field got the focus: before that nothing is offered.
    typed: bool,
}

/// What was done with the field in this frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// Nothing that matters elsewhere.
    No,
    /// Enter: on to the rows.
    ToRows,
    /// Escape: back to the article.
    ToArticle,
}

/// The id that gives the field the focus.
pub fn field_id() -> egui::Id {
    egui::Id::unique("filter of the list")
}

impl Filter {
    /// Draws the field, and under it what is wrong.
    pub fn ui(&mut self, ui: &mut Ui, desk: &Desk, palette: &Palette, out: &mut Vec<Command>) -> Left {
        let id = field_id();
        let had_focus = ui.memory(|memory| memory.had_focus_last_frame(id));
        let before = desk.list.text();
        let mut text = before.to_owned();
        let mut accepted = None;
        let response = ui
            .horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = 4.0;
                ui.spacing_mut().button_padding.x = 4.0;
                let clear = if before.is_empty() { 0.0 } else { 30.0 };
                let width = (ui.available_width() - 30.0 - clear).floor().max(60.0);
                let edit = egui::TextEdit::singleline(&mut text)
                    .hint_text("Filter: words, status:query, by:AK …")
                    .desired_width(width)
                    // Escape is the field's, so that nothing else is let go with it.
                    .event_filter(egui::EventFilter {
                        horizontal_arrows: true,
                        vertical_arrows: true,
                        escape: true,
                        tab: false,
                    })
                    .margin(egui::Margin::symmetric(10, 6));
                let popup = CompletionPopup::new(id).align(egui::RectAlign::BOTTOM_START).max_height(260.0);
                let shown = popup.show(ui, edit, |query| {
                    let typed = self.typed || query.text != before;
                    if typed { self.suggest(desk, query, width) } else { Vec::new() }
                });
                accepted = shown.accepted;
                // Not before there is room for it, or the panel would grow.
                if !before.is_empty() {
                    let clear = ui.add_sized([26.0, 26.0], egui::Button::new("×"));
                    let clear = clear.on_hover_text("Show all annotations");
                    clear.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Clear the filter"));
                    if clear.clicked() {
                        text.clear();
                    }
                }
                let left = egui::Layout::top_down(egui::Align::Min);
                let help = egui::Button::new("?").min_size(egui::Vec2::splat(26.0));
                let (help, _) = egui::containers::menu::MenuButton::from_button(help)
                    .ui(ui, |ui| ui.with_layout(left, |ui| keys(ui, &mut text, palette)));
                let help = help.on_hover_text("What can be typed here");
                help.widget_info(|| WidgetInfo::labeled(Role::Button, true, "What the filter understands"));
                let TextEditOutput { response, .. } = shown.text_edit;
                response.response
            })
            .inner;
        response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, "Filter the annotations"));
        let response = response.on_hover_text("Show only annotations that fit (/)");
        if text != before {
            self.typed = true;
            out.push(Command::Queue(Queue::Filter(text)));
        }
        for fault in desk.list.faults() {
            // What is being typed is no mistake yet; it says that it leaves nothing out.
            let typing = fault.unfinished && response.has_focus();
            let color = if typing { palette.dim } else { palette.bad };
            let words = egui::RichText::new(&fault.message).size(12.0).color(color);
            let said = ui.add(egui::Label::new(words).wrap());
            ui.ctx().accesskit_node_builder(said.id, |node| node.set_live(egui::accesskit::Live::Polite));
        }
        let pressed = |key| ui.input(|input| input.key_pressed(key));
        if response.has_focus() {
            // Offers that are shown have taken it.
            if !pressed(egui::Key::Escape) {
                return Left::No;
            }
            response.surrender_focus();
            self.typed = false;
            return Left::ToArticle;
        }
        self.typed = false;
        let entered = had_focus && accepted.is_none() && pressed(egui::Key::Enter);
        if entered { Left::ToRows } else { Left::No }
    }

    /// What can stand at the caret: egui replaces the word before it, up to white space.
    fn suggest(&mut self, desk: &Desk, query: &egui::CompletionQuery<'_>, width: f32) -> Vec<Suggestion> {
        let text = query.text;
        let byte = |chars: usize| text.char_indices().nth(chars).map_or(text.len(), |(at, _)| at);
        let (from, caret) = (byte(query.word_range.start.0), byte(query.word_range.end.0));
        if from == caret {
            return Vec::new();
        }
        let census = self.census(desk);
        let found = offers(text, caret, census);
        let Some(kept) = text.get(from..found.range.start) else { return Vec::new() };
        let is_there = |offer: &Offer| text.get(found.range.clone()) == Some(offer.insert.as_str());
        let items = found.items.iter().filter(|offer| !is_there(offer));
        let suggestion = |offer: &Offer| {
            let about = offer.count.map_or_else(|| offer.help.to_owned(), |count| count.to_string());
            // As many letters as there is room for beside the name.
            let room = (width / 7.0) as usize;
            let room = room.saturating_sub(offer.label.chars().count() + 6);
            let about = if about.chars().count() > room { String::new() } else { about };
            let label: String = offer.label.chars().take((width / 8.0) as usize).collect();
            Suggestion::new(format!("{kept}{}", offer.insert)).content(label).description(about)
        };
        items.map(suggestion).collect()
    }

    fn census(&mut self, desk: &Desk) -> &Census {
        let (project, state) = (desk.project.id, desk.history.state());
        let known = self.census.take().filter(|(id, at, _)| *id == project && *at == state);
        let (_, _, census) =
            self.census.insert(known.unwrap_or_else(|| (project, state, Census::of(&desk.project))));
        census
    }
}

/// The table of keys; pressing one puts it into the query.
fn keys(ui: &mut Ui, text: &mut String, palette: &Palette) {
    ui.set_width(340.0_f32.min(ui.ctx().content_rect().width() - 40.0));
    ui.label(strong("Words find annotations that have them anywhere"));
    let more = "In quotation marks they stay together. A minus before a term turns it round; commas separate alternatives.";
    ui.label(egui::RichText::new(more).size(12.0).color(palette.dim));
    ui.add_space(4.0);
    egui::Grid::new("filter keys").num_columns(2).spacing([10.0, 2.0]).show(ui, |ui| {
        for row in &KEYS {
            let key = egui::Button::new(egui::RichText::new(row.example).monospace().size(11.5)).frame(false);
            if ui.add(key).on_hover_text("Put it into the filter").clicked() {
                let space = if text.is_empty() || text.ends_with(' ') { "" } else { " " };
                text.push_str(&format!("{space}{}:", row.name));
                ui.memory_mut(|memory| memory.request_focus(field_id()));
                ui.close();
            }
            ui.add(egui::Label::new(egui::RichText::new(row.help).size(12.0).color(palette.dim)).wrap());
            ui.end_row();
        }
    });
}
