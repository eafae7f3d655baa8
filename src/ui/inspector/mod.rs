//! The inspector: one annotation with its status, everything that is recorded about it, and its last
//! change.
//!
//! May use: egui, the model (read). Invariant: a field is one step of undo when it is left, never
//! letter by letter; what is typed and not left yet is a [`Draft`], which the window finishes before
//! it saves, exports or closes, and which is in the recovery data. What is filled is always shown;
//! what is empty and seldom needed is folded under "More". Known limit: a pasted transcript is kept
//! by the window alone, until another project is opened.

mod card;
mod contacts;
mod details;
pub(super) mod disputes;
mod evidence;
mod field;
mod head;
mod signing;
mod transcript;
mod undecided;

use std::collections::BTreeSet;

use egui::{RichText, Ui};

use super::draft::{Draft, Slot};
use super::fields::Field;
use super::palette::Palette;
use crate::app::records::Part;
use crate::app::story::Line;
use crate::app::{Command, Desk, Model};
use crate::domain::annotation::Stance;
use crate::domain::{Annotation, Id, Kind, Status};
use transcript::Transcript;

/// The inspector's own state.
#[derive(Default)]
pub struct Inspector {
    /// The field that is being typed in.
    pub draft: Option<Draft>,
    /// The field that Enter goes to from the article.
    pub first_field: Option<egui::Id>,
    /// The field that the focus goes to as soon as it is drawn.
    wanted: Option<Slot>,
    /// Whether the focus goes back to the article.
    back: bool,
    /// Whether the seldom needed fields are shown.
    more: bool,
    /// The record whose card is open.
    open: Option<Id>,
    /// The annotation that gets a new piece of evidence, and what that does.
    adding: Option<(Id, Stance)>,
    /// The contacts that were there when one was added: the new one opens when it is there.
    known: Option<BTreeSet<Id>>,
    transcript: Transcript,
    /// What is undecided about the words of the text.
    undecided: undecided::Texts,
    last_change: Option<((u64, Id, u64), Option<Line>)>,
}

/// What is looked at while the inspector is drawn.
#[derive(Clone, Copy)]
struct Sheet<'a> {
    model: &'a Model,
    desk: &'a Desk,
    annotation: &'a Annotation,
    palette: &'a Palette,
}

impl Sheet<'_> {
    fn writable(&self) -> bool {
        self.desk.read_only.is_none()
    }

    fn slot(&self, field: Field) -> Slot {
        Slot::of(self.annotation.id, field)
    }

    fn is_filled(&self, field: Field) -> bool {
        !self.slot(field).text(&self.desk.project, self.annotation).trim().is_empty()
    }
}

impl Inspector {
    /// Draws the inspector of the picked annotation.
    pub fn ui(&mut self, ui: &mut Ui, model: &Model, palette: &Palette, out: &mut Vec<Command>) {
        self.first_field = None;
        let Some(desk) = &model.desk else { return };
        self.transcript.of_project(desk.project.id);
        let Some(annotation) = desk.picked() else {
            self.finish(out);
            nothing(ui, desk, palette);
            return;
        };
        if self.draft.as_ref().is_some_and(|draft| draft.slot.annotation != annotation.id) {
            self.finish(out);
        }
        self.adding = self.adding.filter(|(of, _)| *of == annotation.id);
        let sheet = Sheet { model, desk, annotation, palette };
        egui::ScrollArea::vertical().id_salt("inspector").auto_shrink([false, false]).show(ui, |ui| {
            egui::Frame::new().inner_margin(egui::Margin::symmetric(14, 12)).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 4.0;
                head::head(ui, &sheet);
                undecided::news(ui, &sheet);
                head::statuses(ui, &sheet, out);
                head::check_again(ui, &sheet, out);
                self.undecided.ui(ui, &sheet, out);
                head::withheld(ui, &sheet);
                disputes::of_annotation(ui, &sheet, out);
                self.sections(ui, &sheet, out);
            });
        });
        // What was wanted and is not there (any more) is not waited for.
        if self.wanted.is_some_and(|slot| slot.annotation != annotation.id) {
            self.wanted = None;
        }
    }

    fn sections(&mut self, ui: &mut Ui, sheet: &Sheet<'_>, out: &mut Vec<Command>) {
        let annotation = sheet.annotation;
        let mut shown: Vec<Field> = Vec::new();
        let mut field = |this: &mut Self, ui: &mut Ui, field: Field, out: &mut Vec<Command>| {
            shown.push(field);
            this.field(ui, sheet, sheet.slot(field), out);
        };
        if annotation.status == Status::Unverifiable || !annotation.reason.is_blank() {
            field(self, ui, Field::Reason, out);
        }
        match annotation.kind {
            Kind::Claim => {
                field(self, ui, Field::Fact, out);
                field(self, ui, Field::Speaker, out);
            }
            Kind::Quote => field(self, ui, Field::Speaker, out),
            Kind::Source => {
                field(self, ui, Field::Name, out);
                field(self, ui, Field::Role, out);
            }
        }
        let is_wanted = self.wants(sheet.slot(Field::ProposedWording));
        if annotation.status == Status::NeedsCorrection
            || !annotation.proposed_wording.is_blank()
            || is_wanted
        {
            field(self, ui, Field::ProposedWording, out);
            let slot = sheet.slot(Field::ProposedWording);
            let draft = self.draft.as_ref().filter(|draft| draft.slot == slot);
            let typed = draft.is_some_and(|draft| !draft.text.trim().is_empty());
            head::resolution(ui, sheet, typed, out);
        }
        match annotation.kind {
            Kind::Claim => self.evidence(ui, sheet, out),
            Kind::Quote => {
                details::form(ui, sheet, out);
                shown.extend([Field::ComparedWith, Field::ComparedAt]);
                self.comparison(ui, sheet, out);
                self.evidence(ui, sheet, out);
            }
            Kind::Source => {
                details::source(ui, sheet, out);
                super::attributed::line(ui, sheet.desk, annotation, sheet.palette, out);
                self.contacts(ui, sheet, out);
                self.evidence(ui, sheet, out);
            }
        }
        if details::rating(ui, sheet, false, out) {
            shown.push(Field::Rationale);
            self.field(ui, sheet, sheet.slot(Field::Rationale), out);
        }
        shown.push(Field::Note);
        self.field(ui, sheet, sheet.slot(Field::Note), out);
        self.more(ui, sheet, &shown, out);
        if annotation.kind != Kind::Source {
            self.contacts(ui, sheet, out);
        }
        self.sign_offs(ui, sheet, out);
        signing::spans(ui, sheet, out);
        self.last_change(ui, sheet, out);
    }

    /// Goes to a part of the picked annotation, and shows it where it is folded away.
    pub fn go(&mut self, of: Id, part: Part) {
        let field = match part {
            Part::Evidence => {
                self.adding = self.adding.filter(|(known, _)| *known == of).or(Some((of, Stance::default())));
                Field::NewEvidence
            }
            Part::Tags => Field::Tags,
            Part::Wording => Field::ProposedWording,
        };
        self.wanted = Some(Slot::of(of, field));
    }

    /// Whether the focus goes back to the article now; once.
    pub fn goes_back(&mut self) -> bool {
        std::mem::take(&mut self.back)
    }

    /// Finishes the field that is being typed in: its text becomes a command.
    pub fn finish(&mut self, out: &mut Vec<Command>) {
        if let Some(draft) = self.draft.take() {
            if draft.slot.field == Field::NewEvidence {
                self.adding = None;
            }
            out.extend(draft.command());
        }
    }

    /// Whether something was typed that is no change of the project yet.
    pub fn is_unfinished(&self) -> bool {
        self.draft.as_ref().is_some_and(Draft::is_changed)
    }

    /// Whether a field is to be drawn because it gets or has the focus.
    fn wants(&self, slot: Slot) -> bool {
        self.wanted == Some(slot) || self.draft.as_ref().is_some_and(|draft| draft.slot == slot)
    }
}

fn nothing(ui: &mut Ui, desk: &Desk, palette: &Palette) {
    egui::Frame::new().inner_margin(egui::Margin::symmetric(16, 16)).show(ui, |ui| {
        let text = if desk.places.count() == 0 {
            "What you mark is shown here with its status and what you found out."
        } else {
            "Click a mark in the article or a row of the list, or press N for the next one that is open."
        };
        ui.label(RichText::new(text).color(palette.dim));
    });
}
