//! The review of a merge: whose copy, what came in, what is undecided, side by side.
//!
//! May use: egui, the model (read). Invariants: nothing is chosen before a person chooses; every answer
//! has a key and a name; Escape leaves both copies as they are, and Enter merges unless it is on
//! something else. Of long lists the first part is drawn, and more on request.

mod arrivals;
mod questions;

pub(super) use questions::short;

use egui::{Key, Modifiers, RichText, Ui};

use super::controls::strong;
use super::dialogs::{entered, title};
use super::palette::Palette;
use crate::app::merging::items::Act;
use crate::app::merging::{Merge, Review};
use crate::app::{Answer, Command, Model, files};
use crate::domain::invisible::shown;
use crate::io::clock;

/// So many questions and changes are drawn before somebody asks for more.
const FIRST: usize = 80;

/// What the review remembers from frame to frame.
#[derive(Default)]
pub struct ReviewSheet {
    /// How many questions are drawn, and how many changes.
    drawn: (usize, usize),
    /// The question that was brought into view last.
    at: Option<usize>,
}

impl ReviewSheet {
    /// A new review is open.
    pub fn open(&mut self) {
        *self = Self { drawn: (FIRST, FIRST), at: None };
    }

    /// Draws it.
    pub fn ui(&mut self, ui: &mut Ui, model: &Model, palette: &Palette, out: &mut Vec<Command>) {
        let Some(review) = &model.review else { return };
        head(ui, review, palette);
        let whole = ui.ctx().content_rect().height();
        let room = (whole - 250.0).max(120.0);
        egui::ScrollArea::vertical()
            .id_salt("review")
            .max_height(room)
            .min_scrolled_height(room.min(420.0))
            .auto_shrink([false, true])
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 6.0;
                // Room for the bar, which lies over what it scrolls.
                ui.set_max_width(ui.available_width() - 10.0);
                if !review.items.is_empty() {
                    let follow = self.at != Some(review.at);
                    self.at = Some(review.at);
                    self.drawn.0 = self.drawn.0.max(review.at + 2);
                    questions::ui(ui, review, (&mut self.drawn.0, follow), palette, out);
                    ui.add_space(8.0);
                }
                if review.from.is_some() {
                    arrivals::ui(ui, review, &mut self.drawn.1, palette);
                }
            });
        foot(ui, review, palette, out);
        keys(ui, review, out);
    }
}

fn head(ui: &mut Ui, review: &Review, palette: &Palette) {
    let Some(from) = &review.from else {
        title(ui, "What is undecided");
        let text = "People set these in different ways. Whatever you choose, what the others said stays in the history.";
        ui.label(RichText::new(text).color(palette.dim));
        if review.items.is_empty() {
            ui.label("Nothing is undecided");
        }
        return;
    };
    let file = shown(&files::name(&from.path)).into_owned();
    let heading = match (review.whose.as_str(), from.is_own) {
        ("", _) => format!("Merge {file}"),
        (whose, true) => format!("Merge what {} saved", shown(whose)),
        (whose, false) => format!("Merge the copy of {}", shown(whose)),
    };
    title(ui, &heading);
    let mut about = vec![file];
    if let Some(when) = review.when {
        about.push(format!("last change {}", clock::local(when)));
    }
    if review.has_news() {
        about.push(review.counts.join(", "));
        about.push(match review.items.len() {
            0 => "nothing conflicts".to_owned(),
            _ if review.open() == 0 => "all decided".to_owned(),
            _ => format!("{} undecided", review.open()),
        });
    }
    about.retain(|part| !part.is_empty());
    ui.add(egui::Label::new(RichText::new(about.join(" · ")).color(palette.dim)).wrap());
    for warning in review.warnings.iter().take(3) {
        ui.add(egui::Label::new(RichText::new(shown(warning)).color(palette.bad)).wrap());
    }
}

fn foot(ui: &mut Ui, review: &Review, palette: &Palette, out: &mut Vec<Command>) {
    ui.add_space(6.0);
    let open = review.open();
    if review.from.is_some() {
        let text = match open {
            _ if !review.has_news() => "Both copies stay as they are.".to_owned(),
            0 => "One step, which undo takes back whole. The copy itself stays as it is.".to_owned(),
            _ => "What you leave undecided stays in the project with all its values until somebody decides. The merge is one step, which undo takes back whole.".to_owned(),
        };
        ui.add(egui::Label::new(RichText::new(text).size(12.5).color(palette.dim)).wrap());
    }
    let yes = match (&review.from, review.has_news()) {
        (None, _) => "Keep the decisions",
        (Some(_), true) => "Merge",
        (Some(_), false) => "Go on",
    };
    let ready = review.from.is_some() || open < review.items.len();
    ui.horizontal(|ui| {
        let accent = ui.visuals().selection.stroke.color;
        let button = egui::Button::new(strong(yes)).stroke(egui::Stroke::new(1.0, accent));
        let merge = ui.add_enabled(ready, button).on_hover_text(format!("{yes} (Enter)"));
        let cancel = ui.button("Cancel").on_hover_text("Leave everything as it is (Escape)");
        let nobody = ui.memory(|memory| memory.focused()).is_none_or(|id| id == merge.id);
        if merge.clicked() || ready && nobody && entered(ui, &[&cancel]) {
            out.push(Command::Merge(Merge::Accept));
        } else if cancel.clicked() {
            out.push(Command::Answer(Answer::Cancel));
        }
        if !review.items.is_empty() {
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let next = ui.add_enabled(open > 0, egui::Button::new("Next undecided"));
                if next.on_hover_text("Go to the next question without an answer (N)").clicked() {
                    out.push(Command::Merge(Merge::NextQuestion));
                }
            });
        }
    });
}

/// One key for each answer of the question that is gone to.
fn keys(ui: &Ui, review: &Review, out: &mut Vec<Command>) {
    let Some(item) = review.items.get(review.at) else { return };
    let pressed = |key: Key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let mut answer = |choice: Option<usize>| {
        out.push(Command::Merge(Merge::Answer(review.at, choice)));
    };
    let of = |act: Act| item.choices.iter().position(|choice| choice.act == act);
    let numbers = [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6];
    for (place, key) in numbers.into_iter().enumerate().take(item.choices.len()) {
        if pressed(key) {
            return answer(Some(place));
        }
    }
    if pressed(Key::ArrowLeft) {
        return answer(Some(0));
    }
    if item.choices.len() > 1 && pressed(Key::ArrowRight) {
        return answer(Some(1));
    }
    if pressed(Key::K)
        && let Some(place) = of(Act::Keep).or_else(|| of(Act::Confirm))
    {
        return answer(Some(place));
    }
    if pressed(Key::Delete)
        && let Some(place) = of(Act::Remove)
    {
        return answer(Some(place));
    }
    if pressed(Key::Backspace) {
        return answer(None);
    }
    if pressed(Key::N) {
        out.push(Command::Merge(Merge::NextQuestion));
    } else if pressed(Key::ArrowDown) && review.at + 1 < review.items.len() {
        out.push(Command::Merge(Merge::At(review.at + 1)));
    } else if pressed(Key::ArrowUp) && review.at > 0 {
        out.push(Command::Merge(Merge::At(review.at - 1)));
    }
}

/// A button for the rest of a long list.
fn more(ui: &mut Ui, drawn: &mut usize, all: usize, what: &str) {
    if *drawn < all {
        let rest = (all - *drawn).min(FIRST);
        let text = format!("Show {rest} more of {all} {what}");
        if ui.button(text).on_hover_text("Show the next ones too").clicked() {
            *drawn += FIRST;
        }
    }
}
