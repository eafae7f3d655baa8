//! What is undecided, each question with its answers side by side.
//!
//! May use: egui, the model (read). Invariant: the answer that was chosen has a tick and the word
//! “chosen” beside its colour.

use egui::text::LayoutJob;
use egui::{Align2, CornerRadius, FontId, RichText, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo};

use super::super::controls::{bold, cap, label, strong};
use super::super::icons::status_icon_in;
use super::super::palette::Palette;
use super::more;
use crate::app::Command;
use crate::app::merging::items::{Act, Choice, Item, Owner};
use crate::app::merging::{Merge, Review};
use crate::domain::Status;
use crate::domain::invisible::shown;
use crate::io::clock;

/// How many letters of an answer are shown.
const LETTERS: usize = 500;

/// Draws all of them; `follow` brings the one that is gone to into view.
pub(super) fn ui(
    ui: &mut Ui,
    review: &Review,
    (drawn, follow): (&mut usize, bool),
    palette: &Palette,
    out: &mut Vec<Command>,
) {
    ui.label(strong("To decide").size(14.0));
    let mut heading = "";
    for (place, item) in review.items.iter().enumerate().take(*drawn) {
        let is_first = heading != item.heading;
        heading = &item.heading;
        let is_here = place == review.at;
        let shown = one(ui, (place, item), (review.answers[place], is_here), is_first, palette, out);
        if is_here && follow {
            ui.scroll_to_rect(shown.expand(10.0), None);
        }
    }
    more(ui, drawn, review.items.len(), "questions");
}

fn one(
    ui: &mut Ui,
    (place, item): (usize, &Item),
    (answer, is_here): (Option<usize>, bool),
    with_heading: bool,
    palette: &Palette,
    out: &mut Vec<Command>,
) -> egui::Rect {
    if with_heading {
        ui.add_space(2.0);
        ui.add(egui::Label::new(strong(shown(&item.heading)).size(13.0)).wrap());
    }
    let stroke = Stroke::new(1.0, if is_here { palette.accent } else { palette.line });
    let frame = egui::Frame::new().fill(palette.paper).stroke(stroke).corner_radius(9).inner_margin(9);
    let response = frame
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal_top(|ui| {
                let (words, color) = match answer {
                    None => ("undecided", palette.bad),
                    Some(_) => ("decided", palette.ok),
                };
                ui.with_layout(egui::Layout::right_to_left(egui::Align::TOP), |ui| {
                    if answer.is_some() {
                        let again = ui.small_button("Open again");
                        if again.on_hover_text("Take the answer back (Backspace)").clicked() {
                            out.push(Command::Merge(Merge::Answer(place, None)));
                        }
                    }
                    ui.label(RichText::new(words).size(12.0).color(color));
                    ui.with_layout(egui::Layout::left_to_right(egui::Align::TOP), |ui| {
                        ui.add(egui::Label::new(question(item, palette)).wrap());
                    });
                });
            });
            let columns = match item.choices.len() {
                1 => 2,
                3 => 3,
                count => count.min(2),
            };
            for (row, choices) in item.choices.chunks(columns).enumerate() {
                let width = (ui.available_width() - 8.0 * (columns as f32 - 1.0)) / columns as f32;
                ui.horizontal_top(|ui| {
                    ui.spacing_mut().item_spacing.x = 8.0;
                    let cells: Vec<Cell> =
                        choices.iter().map(|choice| Cell::of(ui, choice, width, palette)).collect();
                    let height = cells.iter().map(|cell| cell.height).fold(0.0, f32::max);
                    for (number, cell) in cells.into_iter().enumerate() {
                        let number = row * columns + number;
                        let is_chosen = answer == Some(number);
                        if cell.ui(ui, item, number, (is_chosen, is_here), height, palette) {
                            out.push(Command::Merge(Merge::Answer(place, Some(number))));
                        }
                    }
                });
            }
        })
        .response;
    // A click beside the answers goes to the question.
    let back = ui.interact(response.rect, egui::Id::unique(("question of review", place)), Sense::hover());
    if back.contains_pointer() && ui.input(|input| input.pointer.primary_pressed()) && !is_here {
        out.push(Command::Merge(Merge::At(place)));
    }
    response.rect
}

/// An answer, laid out.
struct Cell<'a> {
    choice: &'a Choice,
    words: std::sync::Arc<egui::Galley>,
    who: Option<std::sync::Arc<egui::Galley>>,
    width: f32,
    height: f32,
    /// How high the line above the words is.
    above: f32,
}

impl<'a> Cell<'a> {
    fn of(ui: &Ui, choice: &'a Choice, width: f32, palette: &Palette) -> Self {
        let words: String = choice.said().chars().take(LETTERS).collect();
        let lay = |text: String, size: f32, color| {
            let mut job = LayoutJob::simple(text, FontId::proportional(size), color, width - 22.0);
            job.wrap.break_anywhere = false;
            ui.painter().layout_job(job)
        };
        let color = if choice.words.trim().is_empty() { palette.dim } else { palette.ink };
        let words = lay(shown(&words).into_owned(), 13.5, color);
        let who = who(choice);
        let who = (!who.is_empty()).then(|| lay(shown(&who).into_owned(), 12.0, palette.dim));
        let below = who.as_ref().map_or(0.0, |who| who.size().y + 4.0);
        let above = if caption(choice).is_empty() { 0.0 } else { CAPTION };
        let height = 8.0 + above + words.size().y + below + 9.0;
        Self { choice, words, who, width, height, above }
    }

    fn ui(
        self,
        ui: &mut Ui,
        item: &Item,
        number: usize,
        (is_chosen, is_here): (bool, bool),
        height: f32,
        palette: &Palette,
    ) -> bool {
        let (rect, response) = ui.allocate_exact_size(Vec2::new(self.width, height), Sense::click());
        let caption = caption(self.choice);
        let name = name(item, self.choice);
        response.widget_info(|| WidgetInfo::selected(Role::Button, ui.is_enabled(), is_chosen, &name));
        let key = key(self.choice, number);
        if ui.is_rect_visible(rect) {
            let lit = response.hovered() || response.has_focus();
            let fill = if is_chosen {
                palette.sel
            } else if lit {
                palette.chip
            } else {
                palette.panel
            };
            let border = if is_chosen || response.has_focus() { palette.accent } else { palette.line };
            let stroke = Stroke::new(if is_chosen { 1.8 } else { 1.0 }, border);
            let painter = ui.painter();
            painter.rect(rect, CornerRadius::same(8), fill, stroke, StrokeKind::Inside);
            let top = egui::pos2(rect.left() + 11.0, rect.top() + 8.0);
            let mut left = top;
            if is_chosen && self.above > 0.0 {
                let center = egui::pos2(left.x + 5.0, left.y + 8.0);
                status_icon_in(painter, center, 12.0, Status::Verified, palette.ok);
                left.x += 17.0;
            }
            if self.above > 0.0 {
                let said = if is_chosen { format!("{caption}, chosen") } else { caption.to_owned() };
                painter.text(left, Align2::LEFT_TOP, said, bold(12.0), palette.dim);
            } else if is_chosen {
                // Behind the words, which stand alone.
                let at = egui::pos2(top.x + self.words.size().x + 10.0, top.y + self.words.size().y / 2.0);
                status_icon_in(painter, egui::pos2(at.x + 6.0, at.y), 12.0, Status::Verified, palette.ok);
                let behind = egui::pos2(at.x + 17.0, at.y);
                painter.text(behind, Align2::LEFT_CENTER, "chosen", bold(12.0), palette.dim);
            }
            if is_here {
                cap(painter, egui::pos2(rect.right() - 8.0, rect.top() + 15.0), &key, palette);
            }
            painter.galley(egui::pos2(top.x, top.y + self.above), self.words.clone(), palette.ink);
            if let Some(who) = self.who {
                let y = top.y + self.above + self.words.size().y + 4.0;
                painter.galley(egui::pos2(top.x, y), who, palette.dim);
            }
        }
        let tip = format!("Choose this ({key}); nothing else is lost, it stays in the history");
        response.on_hover_text(tip).clicked()
    }
}

/// The question, and when what it is about was done.
fn question(item: &Item, palette: &Palette) -> LayoutJob {
    let mut job = LayoutJob::default();
    let plain = |size, color| egui::TextFormat::simple(FontId::proportional(size), color);
    job.append(&shown(&item.question), 0.0, plain(13.0, palette.ink));
    if let Some(when) = item.when {
        job.append(&clock::local(when), 10.0, plain(12.0, palette.dim));
    }
    job
}

/// How high the line above an answer is.
const CAPTION: f32 = 20.0;

/// Whose answer it is.
fn caption(choice: &Choice) -> &'static str {
    match (choice.owner, choice.act) {
        (Owner::Mine, _) => "Yours",
        (Owner::Theirs, _) => "Theirs",
        (Owner::Neither, Act::AsItReads) => "As it reads now",
        (Owner::Neither, Act::Confirm) => "Looked at again",
        (Owner::Neither, _) => "",
    }
}

fn who(choice: &Choice) -> String {
    let when = choice.when.map(clock::local).unwrap_or_default();
    [choice.by.clone(), when].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// The answer in words, for those who do not see the columns.
fn name(item: &Item, choice: &Choice) -> String {
    let words: String = choice.said().chars().take(LETTERS).collect();
    let parts = [caption(choice).to_lowercase(), format!("“{}”", shown(&words)), who(choice)];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    format!("{}: {}", item.question, parts.join(", "))
}

/// The key of an answer as it is shown.
fn key(choice: &Choice, number: usize) -> String {
    match choice.act {
        Act::Keep | Act::Confirm => "K".into(),
        Act::Remove => "Delete".into(),
        _ => (number + 1).to_string(),
    }
}

/// The questions of an annotation where it is shown: the same answers, decided at once.
pub(in crate::ui) fn short(
    ui: &mut Ui,
    items: &[Item],
    writable: bool,
    palette: &Palette,
    mut press: impl FnMut(&Item, Act),
) {
    for item in items {
        label(ui, "Undecided", palette);
        ui.add(egui::Label::new(question(item, palette)).wrap());
        for choice in &item.choices {
            let answers = matches!(choice.act, Act::Keep | Act::Remove | Act::Confirm);
            if !answers {
                let words: String = choice.said().chars().take(LETTERS).collect();
                ui.add(egui::Label::new(RichText::new(shown(&words)).size(13.0)).wrap());
            }
            ui.horizontal_wrapped(|ui| {
                let text = if answers { choice.said() } else { "Take this" };
                let tip = "Decide it so; undo opens the question again";
                let button = egui::Button::new(RichText::new(text).size(12.0)).min_size(Vec2::new(0.0, 22.0));
                let response = ui.add_enabled(writable, button).on_hover_text(tip);
                let name = name(item, choice);
                response.widget_info(|| WidgetInfo::labeled(Role::Button, writable, &name));
                if response.clicked() {
                    press(item, choice.act);
                }
                ui.label(RichText::new(shown(&who(choice))).size(12.0).color(palette.dim));
            });
        }
    }
}
