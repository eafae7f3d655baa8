//! The contact log: every attempt to reach a source, with what came of it.
//!
//! May use: egui, the model (read). Invariant: a new contact is of today, and opens with the focus in
//! "How". None of it is ever exported.

use std::collections::BTreeSet;

use egui::Ui;

use super::super::controls::card;
use super::super::draft::Slot;
use super::super::fields::Field;
use super::card::{Words, card_head, quiet, section};
use super::{Inspector, Sheet};
use crate::app::{Command, RecordCommand};
use crate::domain::annotation::Contact;
use crate::domain::{Id, Kind};

impl Inspector {
    /// Draws the log: of a source always, of others where it is not empty.
    pub(super) fn contacts(&mut self, ui: &mut Ui, sheet: &Sheet<'_>, out: &mut Vec<Command>) {
        let of = sheet.annotation.id;
        let contacts: Vec<&Contact> = sheet.annotation.contacts.iter().filter(|c| !c.removed).collect();
        if contacts.is_empty() && sheet.annotation.kind != Kind::Source {
            return;
        }
        if let Some(new) =
            self.known.as_ref().and_then(|known| contacts.iter().find(|c| !known.contains(&c.id)))
        {
            self.known = None;
            self.open_card(new.id);
            self.wanted = Some(Slot::inside(of, new.id, Field::ContactHow));
        }
        let caption = match contacts.len() {
            0 => "Contact log".to_owned(),
            count => format!("Contact log · {count}"),
        };
        let help = "Note an attempt to reach the source, today";
        let pressed = section(ui, &caption, sheet.palette, |ui| {
            quiet(ui, sheet.writable(), "Add", "Add a contact", help).clicked()
        });
        if pressed {
            self.known = Some(contacts.iter().map(|contact| contact.id).collect::<BTreeSet<Id>>());
            out.push(Command::Record(RecordCommand::AddContact(of)));
        }
        for (place, contact) in contacts.iter().enumerate() {
            self.contact(ui, sheet, contact, place, out);
        }
    }

    fn contact(
        &mut self,
        ui: &mut Ui,
        sheet: &Sheet<'_>,
        contact: &Contact,
        place: usize,
        out: &mut Vec<Command>,
    ) {
        let (of, id) = (sheet.annotation.id, contact.id);
        let open = self.open == Some(id);
        let outcome = contact.outcome.as_str().split_whitespace().collect::<Vec<_>>().join(" ");
        let undecided = if contact.conflicts.is_empty() { "" } else { "two values, undecided" };
        let rest: Vec<&str> =
            [&contact.how, &outcome, undecided].into_iter().filter(|part| !part.is_empty()).collect();
        let when = if contact.at.is_empty() { "no date" } else { &contact.at };
        card(sheet.palette).show(ui, |ui| {
            ui.set_width(ui.available_width());
            let mut words = Words::new().strong(when, sheet.palette.ink);
            for part in &rest {
                words = words.plain(&format!(" · {part}"), sheet.palette.ink);
            }
            let name = format!("Contact {}: {when}, {}", place + 1, rest.join(", "));
            let head = ui.make_persistent_id(("contact", id));
            if card_head(ui, words, name.trim_end_matches(", "), open, head, sheet.palette).clicked() {
                self.open = (!open).then_some(id);
            }
            if open {
                let slot = |field| Slot::inside(of, id, field);
                self.pair(ui, sheet, [slot(Field::ContactAt), slot(Field::ContactHow)], out);
                self.field(ui, sheet, slot(Field::ContactOutcome), out);
                ui.add_space(4.0);
                let help = "Remove this contact; undo brings it back";
                if quiet(ui, sheet.writable(), "Remove", "Remove this contact", help).clicked() {
                    out.push(Command::Record(RecordCommand::RemoveContact(of, id)));
                }
            }
        });
    }
}
