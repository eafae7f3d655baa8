//! The question which facts are in a claim.
//!
//! May use: egui, the model (read), `domain::facts`. Invariant: what is proposed stands in the claim's
//! words; what the person writes instead is taken as it is, one fact a line.

use egui::{Key, Modifiers, RichText, Ui};

use super::dialogs::title;
use super::palette::Palette;
use crate::app::facts::Facts;
use crate::app::{Answer, Command, Model};
use crate::domain::facts::{lines, proposed};
use crate::domain::{Annotation, Id};

/// What stands in the field at first.
pub fn first(annotation: &Annotation) -> String {
    let words = annotation.live_spans().next().map_or("", |span| span.place.quote.as_str());
    proposed(words).join("\n")
}

/// Draws the question; `text` is what is typed.
pub fn ui(
    ui: &mut Ui,
    model: &Model,
    id: Id,
    (text, fresh): (&mut String, bool),
    palette: &Palette,
    out: &mut Vec<Command>,
) {
    let Some(annotation) = model.desk.as_ref().and_then(|desk| desk.project.annotations.get(&id)) else {
        out.push(Command::Answer(Answer::Cancel));
        return;
    };
    let done = ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter));
    title(ui, "Which facts are in it?");
    let words: String = annotation.words().split_whitespace().collect::<Vec<_>>().join(" ");
    let room = (ui.ctx().content_rect().height() - 250.0).clamp(60.0, 320.0);
    egui::ScrollArea::vertical()
        .id_salt("words")
        .max_height(room * 0.35)
        .min_scrolled_height(room * 0.35)
        .show(ui, |ui| {
            ui.add(egui::Label::new(RichText::new(words).color(palette.dim)).wrap());
        });
    let caption = ui.label(RichText::new("One fact a line").size(12.0));
    egui::ScrollArea::vertical()
        .id_salt("facts")
        .max_height(room * 0.65)
        .min_scrolled_height(room * 0.65)
        .show(ui, |ui| {
            let edit = egui::TextEdit::multiline(text).desired_rows(4).desired_width(f32::INFINITY);
            let response = ui.add(edit.margin(egui::Margin::symmetric(9, 7)));
            if fresh {
                response.request_focus();
            }
            response.labelled_by(caption.id);
        });
    let facts = lines(text);
    let has = |fact: &&String| {
        annotation
            .live_spans()
            .any(|span| span.place.at.is_some() && span.place.quote.as_str().contains(*fact))
    };
    let own = facts.iter().filter(has).count();
    ui.label(RichText::new(told(facts.len(), own)).size(12.0).color(palette.dim));
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        let name =
            if facts.len() < 2 { "Split".to_owned() } else { format!("Split into {} facts", facts.len()) };
        let accent = ui.visuals().selection.stroke.color;
        let button = egui::Button::new(super::controls::strong(name)).stroke(egui::Stroke::new(1.0, accent));
        let ready = facts.len() > 1;
        let key = if cfg!(target_os = "macos") { "⌘Enter" } else { "Ctrl+Enter" };
        let yes = ui.add_enabled(ready, button).on_hover_text(format!("One annotation of each fact ({key})"));
        let cancel = ui.button("Cancel").on_hover_text("Leave everything as it is (Escape)");
        if yes.clicked() || done && ready {
            out.push(Command::Facts(Facts::Split(id, facts)));
        } else if cancel.clicked() {
            out.push(Command::Answer(Answer::Cancel));
        }
    });
}

fn told(facts: usize, own: usize) -> String {
    match (facts, facts - own) {
        (0 | 1, _) => "Break the words into two lines or more".to_owned(),
        (_, 0) => "Each marks its own words; the first keeps status and evidence".to_owned(),
        (_, 1) => "One is in other words and marks the whole; the first keeps status and evidence".to_owned(),
        (_, n) => format!("{n} are in other words and mark the whole; the first keeps status and evidence"),
    }
}
