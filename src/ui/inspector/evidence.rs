//! The evidence of an annotation: a card each, and the field that takes a new address or title.
//!
//! May use: egui, the model (read). Invariant: a new piece of evidence takes three keys beside its
//! address (V, paste, Enter), and the focus is in the article again. A closed card says everything
//! but the excerpt and the addresses.

use egui::{Key, Modifiers, Ui};

use super::super::controls::card;
use super::super::draft::Slot;
use super::super::fields::Field;
use super::card::{Choice, Words, card_head, choice, quiet, section};
use super::{Inspector, Sheet};
use crate::app::records::Part;
use crate::app::{Command, RecordCommand};
use crate::domain::annotation::{Evidence, EvidenceValue, Level, Stance};
use crate::domain::{Id, Kind};
use crate::formats::words::{level_word, stance_word};

const STANCES: [Stance; 3] = [Stance::Supports, Stance::Contradicts, Stance::Context];

impl Inspector {
    /// Draws the evidence, and what adds to it.
    pub(super) fn evidence(&mut self, ui: &mut Ui, sheet: &Sheet<'_>, out: &mut Vec<Command>) {
        let found: Vec<&Evidence> = sheet.annotation.evidence.iter().filter(|e| !e.removed).collect();
        let adds = self.adding.is_some_and(|(of, _)| of == sheet.annotation.id);
        if sheet.annotation.kind == Kind::Source && found.is_empty() && !adds && !self.more {
            return;
        }
        let caption =
            if found.is_empty() { "Evidence".to_owned() } else { format!("Evidence · {}", found.len()) };
        let help = "Add evidence: paste its address or type its title (V)";
        let pressed = section(ui, &caption, sheet.palette, |ui| {
            quiet(ui, sheet.writable() && !adds, "Add…", "Add evidence…", help).clicked()
        });
        if pressed {
            out.push(Command::Record(RecordCommand::Go(Part::Evidence)));
        }
        for (place, evidence) in found.iter().enumerate() {
            let ends = (place == 0, place + 1 == found.len());
            self.piece(ui, sheet, evidence, place, ends, out);
        }
        if adds {
            self.new_evidence(ui, sheet, out);
        }
    }

    fn piece(
        &mut self,
        ui: &mut Ui,
        sheet: &Sheet<'_>,
        evidence: &Evidence,
        place: usize,
        (is_first, is_last): (bool, bool),
        out: &mut Vec<Command>,
    ) {
        let (of, id) = (sheet.annotation.id, evidence.id);
        let open = self.open == Some(id);
        card(sheet.palette).show(ui, |ui| {
            ui.set_width(ui.available_width());
            let name = format!("Evidence {}: {}", place + 1, in_words(evidence));
            let head = ui.make_persistent_id(("evidence", id));
            let response = card_head(ui, summary(evidence, sheet), &name, open, head, sheet.palette);
            if response.clicked() {
                response.request_focus();
                self.open = (!open).then_some(id);
            }
            if response.has_focus() && sheet.writable() {
                for (key, up, stays) in [(Key::ArrowUp, true, is_first), (Key::ArrowDown, false, is_last)] {
                    if ui.input_mut(|input| input.consume_key(Modifiers::ALT, key)) && !stays {
                        out.push(Command::Record(RecordCommand::MoveEvidence { of, id, up }));
                    }
                }
            }
            if open {
                self.opened(ui, sheet, evidence, (is_first, is_last), out);
            }
        });
    }

    fn opened(
        &mut self,
        ui: &mut Ui,
        sheet: &Sheet<'_>,
        evidence: &Evidence,
        (is_first, is_last): (bool, bool),
        out: &mut Vec<Command>,
    ) {
        let (of, id) = (sheet.annotation.id, evidence.id);
        let set = |value| {
            let (label, value) = match value {
                EvidenceValue::Level(_) => ("set the level of evidence", value),
                value => ("set what evidence does", value),
            };
            Command::Record(RecordCommand::SetEvidence(of, id, label, vec![value]))
        };
        let stances = STANCES.map(|stance| (stance, stance_word(stance)));
        let look = Choice {
            caption: "It",
            name: "Evidence",
            help: "What the evidence does to the words: it supports or contradicts them, or gives context",
            enabled: sheet.writable(),
        };
        if let Some(stance) = choice(ui, &look, &stances, evidence.stance, sheet.palette) {
            out.push(set(EvidenceValue::Stance(stance)));
        }
        let levels = [
            (Some(Level::Primary), level_word(Level::Primary)),
            (Some(Level::Secondary), level_word(Level::Secondary)),
            (None, "not said"),
        ];
        let look = Choice {
            caption: "Level",
            name: "Level",
            help: "Primary is first hand; secondary is somebody else's account",
            enabled: sheet.writable(),
        };
        if let Some(level) = choice(ui, &look, &levels, evidence.level, sheet.palette) {
            out.push(set(EvidenceValue::Level(level)));
        }
        let slot = |field| Slot::inside(of, id, field);
        self.field(ui, sheet, slot(Field::EvidenceTitle), out);
        self.field(ui, sheet, slot(Field::EvidenceAddress), out);
        open_address(ui, &evidence.address, "Open the address…", out);
        self.pair(ui, sheet, [slot(Field::EvidenceLocation), slot(Field::EvidenceSeen)], out);
        self.field(ui, sheet, slot(Field::EvidenceExcerpt), out);
        self.field(ui, sheet, slot(Field::EvidenceArchived), out);
        open_address(ui, &evidence.archived, "Open the archived address…", out);
        ui.add_space(4.0);
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            let write = sheet.writable();
            for (text, can, up, help) in [
                ("Move up", !is_first, true, "Move this evidence up in the list (Alt+Up on its head)"),
                ("Move down", !is_last, false, "Move this evidence down in the list (Alt+Down on its head)"),
            ] {
                let name = if up { "Move this evidence up" } else { "Move this evidence down" };
                if quiet(ui, write && can, text, name, help).clicked() {
                    out.push(Command::Record(RecordCommand::MoveEvidence { of, id, up }));
                }
            }
            let help = "Remove this evidence; undo brings it back";
            if quiet(ui, write, "Remove", "Remove this evidence", help).clicked() {
                out.push(Command::Record(RecordCommand::RemoveEvidence(of, id)));
            }
        });
    }

    fn new_evidence(&mut self, ui: &mut Ui, sheet: &Sheet<'_>, out: &mut Vec<Command>) {
        let slot = sheet.slot(Field::NewEvidence);
        let has_focus = self.draft.as_ref().is_some_and(|draft| draft.slot == slot);
        if has_focus && let Some((_, stance)) = &mut self.adding {
            let now = STANCES.iter().position(|known| known == stance).unwrap_or_default();
            for (key, step) in [(Key::ArrowDown, 1), (Key::ArrowUp, STANCES.len() - 1)] {
                if ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)) {
                    *stance = STANCES[(now + step) % STANCES.len()];
                }
            }
        }
        let stance = self.adding.map(|(_, stance)| stance).unwrap_or_default();
        let look = Choice {
            caption: "It",
            name: "New evidence",
            help: "What the new evidence does to the words; in the field, Up and Down choose it",
            enabled: sheet.writable(),
        };
        let stances = STANCES.map(|stance| (stance, stance_word(stance)));
        if let Some(chosen) = choice(ui, &look, &stances, stance, sheet.palette) {
            self.adding = Some((sheet.annotation.id, chosen));
            self.wanted = Some(slot);
        }
        let waited = self.wanted == Some(slot);
        let response = self.field(ui, sheet, slot, out);
        let entered = ui.input(|input| input.key_pressed(Key::Enter) || input.key_pressed(Key::Escape));
        if response.lost_focus() {
            self.back |= entered;
            self.adding = None;
        } else if !response.has_focus() && !waited && self.wanted != Some(slot) {
            // The focus went elsewhere by other ways: nothing is waited for.
            self.adding = None;
        }
    }

    /// The card that is open, for what opens one.
    pub(super) fn open_card(&mut self, id: Id) {
        self.open = Some(id);
    }
}

/// The button that shows an address in the browser, where there is one.
pub(super) fn open_address(ui: &mut Ui, address: &str, name: &str, out: &mut Vec<Command>) {
    let address = address.trim();
    let help = "Show it in the browser; you are asked first";
    if !address.is_empty() && quiet(ui, true, "Open…", name, help).clicked() {
        out.push(Command::OpenAddress(address.to_owned()));
    }
}

/// A day as people write it: `4 Nov 2026`; as it stands where it is none.
fn day(written: &str) -> String {
    let date = written.parse::<jiff::civil::Date>().ok();
    date.map_or_else(|| written.to_owned(), |date| date.strftime("%-d %b %Y").to_string())
}

/// What a piece of evidence is called: its title, or else its address.
fn title(evidence: &Evidence) -> &str {
    [&evidence.title, &evidence.address, &evidence.archived]
        .into_iter()
        .map(|text| text.trim())
        .find(|text| !text.is_empty())
        .unwrap_or("without a title")
}

/// What follows the title.
fn particulars(evidence: &Evidence) -> Vec<String> {
    let seen = if evidence.seen.is_empty() { String::new() } else { format!("seen {}", day(&evidence.seen)) };
    let archived = if evidence.archived.is_empty() { "" } else { "archived" };
    let undecided = if evidence.conflicts.is_empty() { "" } else { "two values, undecided" };
    let level = evidence.level.map_or("", level_word);
    let parts = [&evidence.location, level, &seen, archived, undecided];
    parts.into_iter().filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

fn in_words(evidence: &Evidence) -> String {
    let mut parts = vec![stance_word(evidence.stance).to_owned(), title(evidence).to_owned()];
    parts.extend(particulars(evidence));
    parts.join(", ")
}

fn summary(evidence: &Evidence, sheet: &Sheet<'_>) -> Words {
    let palette = sheet.palette;
    let mut words = Words::new().strong(stance_word(evidence.stance), palette.ink);
    words = words.plain(&format!(" · {}", title(evidence)), palette.ink);
    for part in particulars(evidence) {
        words = words.plain(&format!(" · {part}"), palette.dim);
    }
    words
}
