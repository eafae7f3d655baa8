//! A quote compared with a pasted transcript: what was said is told from what was written by strokes
//! and words, not by colour alone.
//!
//! May use: egui, the model (read), `domain::compare`. Invariant: comparing happens when transcript or
//! quote change, not in every frame. The transcript belongs to the window: it serves every quote of the
//! article, is often long, and is somebody else's document, so it does not go into the project; the
//! passage that the quote was compared with can be kept as evidence. It goes with the project.

use egui::text::{LayoutJob, TextFormat};
use egui::{FontId, RichText, Role, Stroke, Ui, WidgetInfo};

use super::super::controls::{card, label, strong};
use super::super::fields::Field;
use super::super::palette::Palette;
use super::card::{quiet, section};
use super::{Inspector, Sheet};
use crate::app::{Command, RecordCommand};
use crate::domain::Id;
use crate::domain::annotation::{EvidenceValue as E, Level, Stance};
use crate::domain::compare::{Comparison, Relation, compare};

/// What was pasted, and what comparing gave.
#[derive(Default)]
pub(super) struct Transcript {
    project: Option<Id>,
    text: String,
    words: usize,
    open: bool,
    /// The field to paste into is shown.
    editing: bool,
    /// The focus goes there.
    fresh: bool,
    found: Option<(Vec<String>, Vec<Option<Comparison>>)>,
}

impl Transcript {
    /// It goes with its project.
    pub(super) fn of_project(&mut self, id: Id) {
        if self.project != Some(id) {
            *self = Self { project: Some(id), ..Self::default() };
        }
    }

    fn changed(&mut self) {
        use unicode_segmentation::UnicodeSegmentation;
        self.found = None;
        self.words = self.text.unicode_words().count();
    }
}

impl Inspector {
    /// Draws what a quote was compared with, and the comparison.
    pub(super) fn comparison(&mut self, ui: &mut Ui, sheet: &Sheet<'_>, out: &mut Vec<Command>) {
        let slots = [sheet.slot(Field::ComparedWith), sheet.slot(Field::ComparedAt)];
        self.pair(ui, sheet, slots, out);
        let transcript = &mut self.transcript;
        let caption = match transcript.words {
            0 => "Transcript".to_owned(),
            1 => "Transcript · 1 word".to_owned(),
            words => format!("Transcript · {words} words"),
        };
        let is_there = !transcript.text.trim().is_empty();
        section(ui, &caption, sheet.palette, |ui| {
            if !transcript.open {
                let help = "Paste what was said, and see word by word what differs";
                if quiet(ui, true, "Compare…", "Compare with a transcript…", help).clicked() {
                    transcript.open = true;
                    transcript.editing = !is_there;
                    transcript.fresh = true;
                }
                return;
            }
            if quiet(ui, true, "Close", "Close the transcript", "Show no comparison").clicked() {
                transcript.open = false;
            }
            if is_there && !transcript.editing {
                let help = "Paste another transcript";
                if quiet(ui, true, "Change…", "Change the transcript…", help).clicked() {
                    (transcript.editing, transcript.fresh) = (true, true);
                }
            }
        });
        if !self.transcript.open {
            return;
        }
        if self.transcript.editing {
            paste(ui, &mut self.transcript, sheet.palette);
        }
        if !self.transcript.text.trim().is_empty() {
            self.compared(ui, sheet, out);
        }
    }

    fn compared(&mut self, ui: &mut Ui, sheet: &Sheet<'_>, out: &mut Vec<Command>) {
        let quotes: Vec<String> =
            sheet.annotation.live_spans().map(|span| span.place.quote.as_str().to_owned()).collect();
        let transcript = &mut self.transcript;
        if transcript.found.as_ref().is_none_or(|(of, _)| *of != quotes) {
            let found = quotes.iter().map(|quote| compare(quote, &transcript.text)).collect();
            transcript.found = Some((quotes, found));
        }
        let Some((_, found)) = &transcript.found else { return };
        for comparison in found {
            difference(ui, comparison.as_ref(), sheet.palette);
        }
        let known: Vec<&Comparison> = found.iter().flatten().collect();
        if known.is_empty() {
            return;
        }
        if known.iter().any(|comparison| !comparison.is_word_for_word()) {
            let text = "Struck through: in the quote only. Underlined: said, and not in the quote.";
            ui.label(RichText::new(text).size(11.5).color(sheet.palette.dim));
        }
        let help = "Keep this passage of the transcript as a piece of evidence; the rest of it is not stored";
        if quiet(ui, sheet.writable(), "Keep the passage as evidence", "Keep the passage as evidence", help)
            .clicked()
        {
            let exact = known.len() == found.len() && known.iter().all(|c| c.is_word_for_word());
            let passage: Vec<&str> = known.iter().map(|c| c.stretch.as_str()).collect();
            let title = sheet.annotation.compared_with.trim();
            let values = vec![
                E::Stance(if exact { Stance::Supports } else { Stance::Context }),
                E::Title(if title.is_empty() { "Transcript".into() } else { title.into() }),
                E::Location(sheet.annotation.compared_at.clone()),
                E::Excerpt(passage.join("\n…\n").as_str().into()),
                E::Level(Some(Level::Primary)),
            ];
            out.push(Command::Record(RecordCommand::KeepEvidence(
                sheet.annotation.id,
                "keep a passage as evidence",
                values,
            )));
        }
    }
}

fn paste(ui: &mut Ui, transcript: &mut Transcript, palette: &Palette) {
    let caption = label(ui, "What was said; it is not stored in the project", palette);
    let mut left = false;
    egui::ScrollArea::vertical().id_salt("transcript").max_height(110.0).show(ui, |ui| {
        let edit = egui::TextEdit::multiline(&mut transcript.text)
            .desired_rows(3)
            .desired_width(f32::INFINITY)
            .margin(egui::Margin::symmetric(9, 6))
            .hint_text("Paste the transcript here");
        let response = ui.add(edit).labelled_by(caption.id);
        let response = response.on_hover_text("Paste the words of the transcript, or some of them");
        if std::mem::take(&mut transcript.fresh) {
            response.request_focus();
        }
        left = response.lost_focus();
        if response.changed() {
            transcript.changed();
        }
    });
    // A long text is not laid out for longer than it is looked at.
    if left && !transcript.text.trim().is_empty() {
        transcript.editing = false;
    }
}

/// One comparison: what came of it in a few words, then the words themselves.
fn difference(ui: &mut Ui, comparison: Option<&Comparison>, palette: &Palette) {
    card(palette).show(ui, |ui| {
        ui.set_width(ui.available_width());
        let Some(comparison) = comparison else {
            ui.label(strong("Not found").size(12.5).color(palette.bad));
            ui.label(RichText::new("No word of it is in the transcript").size(12.5));
            return;
        };
        let count = |count: usize| if count == 1 { "1 word".to_owned() } else { format!("{count} words") };
        let (extra, missing) = comparison.differing;
        let (text, color) = match (extra, missing) {
            (0, 0) => ("Word for word".to_owned(), palette.ok),
            (extra, 0) => (format!("{} not said", count(extra)), palette.bad),
            (0, missing) => (format!("{} left out", count(missing)), palette.bad),
            (extra, missing) => {
                (format!("{} not said, {} left out", count(extra), count(missing)), palette.bad)
            }
        };
        ui.label(strong(text).size(12.5).color(color));
        let mut job = LayoutJob::default();
        let font = FontId::proportional(13.0);
        for (place, piece) in comparison.pieces.iter().enumerate() {
            let gap = if place > 0 { " " } else { "" };
            job.append(gap, 0.0, TextFormat::simple(font.clone(), palette.ink));
            let format = match piece.relation {
                Relation::Same => TextFormat::simple(font.clone(), palette.ink),
                Relation::OnlyQuoted => TextFormat {
                    strikethrough: Stroke::new(1.5, palette.bad),
                    ..TextFormat::simple(font.clone(), palette.bad)
                },
                Relation::OnlySaid => TextFormat {
                    underline: Stroke::new(1.5, palette.ok),
                    ..TextFormat::simple(font.clone(), palette.ok)
                },
            };
            job.append(&piece.words, 0.0, format);
        }
        let spoken = comparison.pieces.iter().map(|piece| match piece.relation {
            Relation::Same => piece.words.clone(),
            Relation::OnlyQuoted => format!("[in the quote only: {}]", piece.words),
            Relation::OnlySaid => format!("[said: {}]", piece.words),
        });
        let spoken = spoken.collect::<Vec<_>>().join(" ");
        let response = ui.add(egui::Label::new(job).wrap());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &spoken));
    });
}
