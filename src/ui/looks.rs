//! What the foot says of the article beside the counts: characters that cannot be seen, and how much
//! is marked and checked.
//!
//! May use: egui, the model (read). Invariant: nothing is said where there is nothing to say; shares
//! stand there in words and as a bar, and where there is no room for the words they are its name.

use egui::{CornerRadius, FontId, Rect, RichText, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::controls::tooltip;
use super::palette::Palette;
use crate::app::find::counted;
use crate::app::show::Show;
use crate::app::table::row_of;
use crate::app::{Command, Desk, Model};
use crate::domain::coverage::Shares;

/// Room that the counts keep.
const COUNTS: f32 = 190.0;

/// Draws them from right to left.
pub fn ui(ui: &mut Ui, model: &Model, desk: &Desk, palette: &Palette, out: &mut Vec<Command>) {
    if let Some(words) = invisible(desk) {
        let short = desk.looks.odd.len().to_string() + " invisible";
        let wide = width(ui, &words) + COUNTS <= ui.available_width();
        let text = RichText::new(if wide { &words } else { &short }).size(12.0).color(palette.dim);
        let response = ui.add(egui::Button::new(text).frame(false));
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &words));
        let help = row_of(&Command::Show(Show::NextInvisible)).map(tooltip).unwrap_or_default();
        if response.on_hover_text(help).clicked() {
            out.push(Command::Show(Show::NextInvisible));
        }
        ui.add_space(6.0);
    }
    if model.settings.red_pencil {
        match desk.looks.shares().filter(|_| !desk.is_typing()) {
            Some(shares) => meter(ui, shares, palette),
            None => waiting(ui, desk.is_typing(), palette),
        }
        ui.add_space(6.0);
    }
}

fn invisible(desk: &Desk) -> Option<String> {
    let (hidden, mixed) = desk.looks.counts();
    let hidden = (hidden > 0).then(|| counted(hidden, "invisible character"));
    let mixed = (mixed > 0).then(|| format!("{} of two alphabets", counted(mixed, "word")));
    let parts: Vec<String> = hidden.into_iter().chain(mixed).collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

fn width(ui: &Ui, words: &str) -> f32 {
    ui.painter().layout_no_wrap(words.to_owned(), FontId::proportional(12.0), egui::Color32::BLACK).size().x
}

/// No number, where the last one is of another text.
fn waiting(ui: &mut Ui, typing: bool, palette: &Palette) {
    let words = if typing { "Words are counted when you stop editing" } else { "Counting words…" };
    let wide = width(ui, words) + 74.0 + COUNTS <= ui.available_width();
    let text = RichText::new(if wide { words } else { "…" }).size(12.0).color(palette.dim);
    let label = ui.label(text);
    label.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
    label.on_hover_text(words);
    let (rect, _) = ui.allocate_exact_size(vec2(62.0, 10.0), Sense::hover());
    let bar = Rect::from_center_size(rect.center(), vec2(62.0, 7.0));
    let stroke = egui::Stroke::new(1.0, palette.line);
    ui.painter().rect_stroke(bar, CornerRadius::same(3), stroke, egui::StrokeKind::Inside);
}

/// How much is marked and checked.
fn meter(ui: &mut Ui, shares: Shares, palette: &Palette) {
    let (marked, checked) = (shares.percent(shares.marked), shares.percent(shares.checked));
    let words = format!("{marked} % of words marked, {checked} % checked");
    let exact = format!("{} words: {} marked, {} checked", shares.words, shares.marked, shares.checked);
    let text = if width(ui, &words) + 74.0 + COUNTS <= ui.available_width() {
        words.clone()
    } else {
        format!("{marked} % · {checked} %")
    };
    let label = ui.label(RichText::new(text).size(12.0).color(palette.dim));
    label.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
    label.on_hover_text(&exact);
    let (rect, response) = ui.allocate_exact_size(vec2(62.0, 10.0), Sense::hover());
    let bar = Rect::from_center_size(rect.center(), vec2(62.0, 7.0));
    let part = |part: usize| {
        let share = part as f32 / shares.words.max(1) as f32;
        Rect::from_min_max(bar.min, pos2(bar.left() + bar.width() * share, bar.bottom()))
    };
    let round = CornerRadius::same(3);
    ui.painter().rect_filled(bar, round, palette.line);
    ui.painter().rect_filled(part(shares.marked), round, palette.claim.rule);
    // Lower than what is marked, so that the two are told apart without their colours.
    let checked = part(shares.checked);
    if checked.width() > 0.0 {
        ui.painter().rect_filled(checked.with_min_y(checked.top() + 3.0), CornerRadius::ZERO, palette.pencil);
    }
    response.on_hover_text(exact);
}
