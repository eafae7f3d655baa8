//! The article's part of the window: what the view shows, and what its events ask for.
//!
//! May use: egui, the model (read), the view. Invariant: the view sees no model, only a [`Scene`];
//! each of its events becomes one command here.

use egui::Ui;

use super::article::{ArticleEvent, Extras, Scene};
use super::controls::strong;
use super::palette::Palette;
use super::{Shell, selection_bar};
use crate::app::merging::Merge;
use crate::app::{Command, TextCommand};
use crate::domain::invisible::shown;
use crate::domain::session;

impl Shell {
    /// Says that words of the text are undecided, where they are: they may have no mark.
    pub(super) fn undecided_text(&self, ui: &mut Ui, palette: &Palette, out: &mut Vec<Command>) {
        let Some(desk) = self.model.desk.as_ref() else { return };
        let count = desk.project.article.disputed.len();
        if count == 0 {
            return;
        }
        let frame = egui::Frame::new().fill(palette.panel).inner_margin(egui::Margin::symmetric(14, 5));
        egui::Panel::top("undecided text").frame(frame).show(ui, |ui| {
            ui.horizontal(|ui| {
                let passages = if count == 1 { "1 passage".to_owned() } else { format!("{count} passages") };
                ui.label(strong(format!("{passages} undecided")).color(palette.bad));
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    let decide = Command::Merge(Merge::Undecided);
                    let text = "changed in different ways by two people";
                    super::controls::command_button(ui, &self.model, decide, "Decide…", out);
                    ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                        let text = egui::RichText::new(text).color(palette.dim);
                        ui.add(egui::Label::new(text).truncate());
                    });
                });
            });
        });
    }

    /// Draws the article and turns what happened in it into commands.
    pub(super) fn article(&mut self, ui: &mut Ui, palette: &Palette, out: &mut Vec<Command>) {
        let Some(desk) = &self.model.desk else { return };
        let (id, number) = (desk.project.id, desk.number);
        if self.shown.map(|(id, _)| id) != Some(id) {
            self.told_scripts.clear();
            self.article.rewind();
        }
        // What was opened has the keys at once; from a question they come back here.
        if self.shown != Some((id, number)) && self.model.dialog.is_none() {
            self.article.welcome();
        }
        self.shown = Some((id, number));
        if let Some(span) = desk.reveal {
            self.article.reveal(span);
        }
        let text = desk.text();
        let editing = desk.writing.on;
        let about = &desk.project.about;
        let first = (0..text.line_count()).find(|line| text.paragraph_of_line(*line).is_some());
        // While it is being edited, the headline stays one.
        let heading = first.filter(|line| match desk.is_typing() {
            true => session::headline(&desk.project, &desk.project.article.text).is_some(),
            false => text.slice(text.line(*line)).trim() == about.title,
        });
        let byline: Vec<&str> = [&about.byline, &about.outlet, &about.date]
            .into_iter()
            .map(String::as_str)
            .filter(|part| !part.is_empty())
            .collect();
        let byline = byline.join(" · ");
        let scene = Scene {
            text,
            editing,
            marks: &|line| desk.marks(line),
            selected: desk.picked.filter(|_| !editing),
            edge: desk.edge,
            selection: desk.selection,
            caret: desk.caret,
            heading,
            byline: &shown(&byline),
            palette,
            zoom: self.model.settings.zoom,
            face: self.model.settings.face,
            measure: self.model.settings.measure,
            extras: Extras {
                hits: &self.model.find.hits,
                hit: self.model.find.at(),
                odd: &desk.looks.odd,
                invisible: self.model.settings.invisible,
                pencil: self.model.settings.red_pencil,
            },
        };
        let mut events = Vec::new();
        let output = self.article.ui(ui, &scene, &mut events);
        for event in events {
            out.push(match event {
                ArticleEvent::Select(span) | ArticleEvent::SelectionDone(span) => Command::Select(Some(span)),
                ArticleEvent::ClearSelection => Command::Select(None),
                ArticleEvent::Type(words) => Command::Text(TextCommand::Type(words)),
                ArticleEvent::Delete { forward, word } => {
                    Command::Text(TextCommand::Delete { forward, word })
                }
                ArticleEvent::StopEditing => Command::Text(TextCommand::Edit(false)),
                ArticleEvent::Click { .. } | ArticleEvent::ClickBeside if editing => continue,
                ArticleEvent::Click { at } => Command::ClickAt(at),
                ArticleEvent::ClickBeside => Command::Escape,
                ArticleEvent::ClickSign(id) => Command::Pick(Some(id)),
                ArticleEvent::Caret(at) => Command::Caret(Some(at)),
                ArticleEvent::Walked if editing => continue,
                ArticleEvent::Walked => Command::Walked,
                ArticleEvent::Reshape { annotation, from, to } => {
                    let of = desk.project.annotations.get(&annotation);
                    let span = of.and_then(|a| a.live_spans().find(|span| span.place.at == Some(from)));
                    let Some(span) = span else { continue };
                    Command::Reshape(annotation, span.id, to)
                }
            });
        }
        self.panes.article = (output.rect, Some(output.id));
        if !editing {
            selection_bar::ui(ui.ctx(), &self.model, &output, palette, out);
        }
        self.output = Some(output);
    }
}
