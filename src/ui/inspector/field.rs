//! One field of the inspector, and two beside each other where there is room.
//!
//! May use: egui, the model (read), the table of fields. Invariant: at most one field has a draft, and
//! it is the one with the focus; leaving it is what finishes it.

use egui::{CornerRadius, Response, Stroke, StrokeKind, Ui};

use super::super::controls::label;
use super::super::draft::{Draft, Slot};
use super::super::fields::Field;
use super::evidence::open_address;
use super::{Inspector, Sheet};
use crate::app::Command;
use crate::domain::Status;

/// From this width on, two short fields stand beside each other.
const PAIR: f32 = 300.0;

impl Inspector {
    /// Draws a field with its label.
    pub(super) fn field(
        &mut self,
        ui: &mut Ui,
        sheet: &Sheet<'_>,
        slot: Slot,
        out: &mut Vec<Command>,
    ) -> Response {
        ui.add_space(3.0);
        let words = slot.field.words();
        let caption = label(ui, words.label, sheet.palette);
        let stored = slot.text(&sheet.desk.project, sheet.annotation);
        let mine = self.draft.as_ref().is_some_and(|draft| draft.slot == slot);
        let mut text = if mine {
            self.draft.as_ref().map(|draft| draft.text.clone()).unwrap_or_default()
        } else {
            stored.clone()
        };
        let id = ui.make_persistent_id(("field", slot));
        let edit = if words.rows > 1 {
            egui::TextEdit::multiline(&mut text).desired_rows(words.rows)
        } else {
            egui::TextEdit::singleline(&mut text)
        };
        let edit = edit
            .id(id)
            .desired_width(f32::INFINITY)
            .margin(egui::Margin::symmetric(9, 6))
            .hint_text(words.hint);
        self.first_field.get_or_insert(id);
        let response =
            ui.add_enabled(sheet.writable(), edit).labelled_by(caption.id).on_hover_text(words.help);
        if slot.field == Field::ProposedWording && sheet.annotation.status == Status::NeedsCorrection {
            let stroke = Stroke::new(1.0, sheet.palette.bad);
            ui.painter().rect_stroke(response.rect, CornerRadius::same(7), stroke, StrokeKind::Inside);
        }
        if self.wanted == Some(slot) {
            self.wanted = None;
            response.request_focus();
            ui.scroll_to_rect(response.rect.union(caption.rect).expand(8.0), None);
        }
        if response.has_focus() && (mine || text != stored || self.draft.is_none()) {
            if !mine {
                self.finish(out);
            }
            let before = self.draft.take();
            let stance = self.adding.map(|(_, stance)| stance).unwrap_or_default();
            let stored = before.filter(|_| mine).map_or(stored, |draft| draft.stored);
            self.draft = Some(Draft { slot, text, stored, stance });
        } else if mine && response.lost_focus() {
            // A letter and the key that leaves the field can come in one frame.
            if let Some(draft) = &mut self.draft {
                draft.text = text;
            }
            self.back |= ui.input(|input| input.key_pressed(egui::Key::Escape));
            self.finish(out);
        }
        response
    }

    /// Two short fields: beside each other where there is room.
    pub(super) fn pair(&mut self, ui: &mut Ui, sheet: &Sheet<'_>, slots: [Slot; 2], out: &mut Vec<Command>) {
        if ui.available_width() < PAIR {
            for slot in slots {
                self.field(ui, sheet, slot, out);
            }
            return;
        }
        ui.columns(2, |columns| {
            for (ui, slot) in columns.iter_mut().zip(slots) {
                self.field(ui, sheet, slot, out);
            }
        });
    }

    /// The fields of an annotation that are not shown yet: those that are filled, and the others where
    /// they are unfolded. Short ones that belong together stand beside each other.
    pub(super) fn rest(&mut self, ui: &mut Ui, sheet: &Sheet<'_>, shown: &[Field], out: &mut Vec<Command>) {
        let is_due = |field: &Field| {
            let wanted = self.wants(sheet.slot(*field));
            let unfolded = self.more && field.belongs_to(sheet.annotation.kind);
            // Only Unverifiable has a reason, and only a correction has a wording.
            let apart = matches!(field, Field::Reason | Field::ProposedWording | Field::Rationale);
            !shown.contains(field) && (wanted || sheet.is_filled(*field) || unfolded && !apart)
        };
        let due: Vec<Field> = Field::OF_ANNOTATIONS.into_iter().filter(is_due).collect();
        let mut due = due.as_slice();
        while let Some((first, others)) = due.split_first() {
            let beside = others.first().filter(|second| {
                matches!(
                    (first, second),
                    (Field::SaidWhen, Field::SaidWhere)
                        | (Field::ComparedWith, Field::ComparedAt)
                        | (Field::Category, Field::Tags)
                        | (Field::Name, Field::Role)
                )
            });
            if let Some(second) = beside {
                self.pair(ui, sheet, [sheet.slot(*first), sheet.slot(*second)], out);
                due = &others[1..];
            } else {
                self.field(ui, sheet, sheet.slot(*first), out);
                if *first == Field::Address {
                    open_address(ui, &sheet.annotation.address, "Open the source's address…", out);
                }
                due = others;
            }
        }
    }
}
