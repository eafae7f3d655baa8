//! What two people did at once to the picked annotation, and words under it that were changed in
//! different ways: told and decided where they stand.
//!
//! May use: egui, the model (read). Invariant: the history of the text is looked through once for each
//! text, never in every frame. What only needs another look stands under “Check again”.

use egui::{RichText, Ui};

use super::super::controls::{card, strong};
use super::super::palette::Palette;
use super::super::review::short;
use super::Sheet;
use crate::app::Command;
use crate::app::merging::Merge;
use crate::app::merging::items::{self, Item, Key};
use crate::domain::invisible::shown;
use crate::io::clock;

/// Says who changed the picked annotation since the person last looked, and what.
pub(super) fn news(ui: &mut Ui, sheet: &Sheet<'_>) {
    let Some((id, fresh)) = &sheet.desk.news.shown else { return };
    if *id != sheet.annotation.id {
        return;
    }
    let palette = sheet.palette;
    card(palette).stroke(egui::Stroke::new(1.0, palette.accent)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        let words = format!("Changed by {}", fresh.by.join(" and "));
        ui.add(egui::Label::new(strong(shown(&words))).wrap());
        let more = format!("{} · {}", fresh.what.join(", "), clock::local(fresh.when));
        ui.add(egui::Label::new(RichText::new(shown(&more)).size(12.5).color(palette.dim)).wrap());
    });
}

/// What is undecided about a text, by desk and revision.
#[derive(Default)]
pub(super) struct Texts {
    of: Option<(u64, u64, usize)>,
    items: Vec<Item>,
}

impl Texts {
    /// Draws what is undecided about the picked annotation.
    pub(super) fn ui(&mut self, ui: &mut Ui, sheet: &Sheet<'_>, out: &mut Vec<Command>) {
        let (desk, annotation) = (sheet.desk, sheet.annotation);
        let mut open: Vec<Item> = Vec::new();
        if annotation.is_removal_open() {
            let all = items::of_annotation(&desk.project, annotation, None);
            let asks = |item: &Item| matches!(&item.key, Key::Clash(sort, _) if !sort.is_checked_again());
            open.extend(all.into_iter().filter(asks));
        }
        if annotation.is_in_disputed_words() {
            let article = &desk.project.article;
            let key = (desk.number, desk.text_revision, article.disputed.len());
            if self.of != Some(key) {
                *self = Self { of: Some(key), items: items::of_text(&desk.project, None) };
            }
            let paragraphs: Vec<usize> =
                annotation.placed().map(|at| article.text.paragraph_of(at.start as usize)).collect();
            let here =
                |item: &&Item| paragraphs.iter().any(|number| item.heading.ends_with(&format!("¶ {number}")));
            open.extend(self.items.iter().filter(here).cloned());
        }
        if open.is_empty() {
            return;
        }
        let palette: &Palette = sheet.palette;
        card(palette).stroke(egui::Stroke::new(1.0, palette.bad)).show(ui, |ui| {
            ui.set_width(ui.available_width());
            short(ui, &open, sheet.writable(), palette, |item, act| {
                out.push(Command::Merge(Merge::Decide(annotation.id, item.key.clone(), act)));
            });
        });
    }
}
