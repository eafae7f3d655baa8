//! The question before annotations of another tool come in: what they are, and what becomes of them.
//!
//! May use: egui, the model (read), the formats. Invariant: everything that is not as in the file
//! stands in the question before anything changes. Known limit: the first 200 remarks are shown, and
//! how many more there are.

use egui::{Label, RichText, ScrollArea, Ui};

use super::controls::{label, strong};
use super::dialogs::{buttons, title};
use super::export::{item, sentence};
use super::palette::Palette;
use crate::app::marks::{Marks, Shown};
use crate::app::{Answer, Command, Model};
use crate::domain::Kind;
use crate::formats::find;
use crate::formats::loss::counted;

/// So many remarks are shown.
const REMARKS: usize = 200;

/// Draws the question. `by` is the name for those that name nobody.
pub fn question(
    ui: &mut Ui,
    model: &Model,
    (by, fresh): (&mut String, bool),
    palette: &Palette,
    out: &mut Vec<Command>,
) {
    let Some(shown) = &model.marks else {
        out.push(Command::Answer(Answer::Cancel));
        return;
    };
    let added = shown.arriving.adopted.added;
    let name = shown.path.file_name().map(|name| crate::io::shown(name.as_ref())).unwrap_or_default();
    let name: String = name.chars().take(80).collect();
    title(ui, &format!("Import annotations from {name}"));
    let format = shown.arriving.arrival.format;
    let format = find(format).map_or(format, |format| format.title);
    ui.label(RichText::new(format).color(palette.dim));
    let room = (ui.ctx().content_rect().height() - 250.0).max(90.0);
    ScrollArea::vertical().id_salt("marks").max_height(room).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 4.0;
        becomes(ui, shown, palette);
        remarks(ui, shown, palette);
    });
    if added == 0 {
        buttons(ui, "Close", true, true, out, || Command::Answer(Answer::Cancel));
        return;
    }
    if shown.arriving.are_unnamed {
        ui.add_space(2.0);
        let caption = ui.label(RichText::new("Made by, where the file names nobody").size(12.0));
        let edit = egui::TextEdit::singleline(by).desired_width(f32::INFINITY);
        let field = ui.add(edit.margin(egui::Margin::symmetric(9, 7)));
        if fresh {
            field.request_focus();
        }
        field.labelled_by(caption.id);
    }
    let ready = !model.busy && (!by.trim().is_empty() || !shown.arriving.are_unnamed);
    let take = format!("Take {}", counted(added, "annotation", "annotations"));
    let who = if by.trim().is_empty() { "?".to_owned() } else { by.clone() };
    buttons(ui, &take, ready, true, out, || Command::Marks(Marks::Take(who)));
}

/// How many come in, where, and what the offsets count.
fn becomes(ui: &mut Ui, shown: &Shown, palette: &Palette) {
    let adopted = shown.arriving.adopted;
    let ink = palette.ink;
    if adopted.added == 0 {
        ui.label(strong("Nothing in it is new"));
    } else {
        let words = [("claim", "claims"), ("quote", "quotes"), ("source", "sources")];
        let kinds = Kind::ALL.iter().zip(words).zip(shown.arriving.kinds).filter(|(_, count)| *count > 0);
        let kinds: Vec<String> = kinds.map(|((_, (one, many)), count)| counted(count, one, many)).collect();
        let is = if adopted.added == 1 { "is" } else { "are" };
        let new = counted(adopted.added, "annotation", "annotations");
        ui.label(strong(format!("{new} {is} new: {}", kinds.join(", "))));
        let standing = adopted.added - adopted.orphaned;
        if standing > 0 {
            item(ui, "–", &format!("{} in this text", counted(standing, "stands", "stand")), ink);
        }
        if adopted.orphaned > 0 {
            let has = counted(adopted.orphaned, "has words that are", "have words that are");
            let it = if adopted.orphaned == 1 { "it waits" } else { "they wait" };
            let words = format!("{has} not in this text: {it} in the tray of orphans until you place them");
            item(ui, "!", &words, palette.bad);
        }
    }
    if adopted.known > 0 {
        let here = counted(
            adopted.known,
            "is here already and stays as it is",
            "are here already and stay as they are",
        );
        item(ui, "–", &here, ink);
    }
    if let Some(offsets) = &shown.arriving.arrival.placed.offsets {
        let (sign, color) = if offsets.is_sure { ("–", ink) } else { ("!", palette.bad) };
        item(ui, sign, &offsets.words, color);
    }
}

/// What is not as it is in the file.
fn remarks(ui: &mut Ui, shown: &Shown, palette: &Palette) {
    let remarks = &shown.arriving.arrival.placed.remarks;
    if remarks.is_empty() {
        return;
    }
    ui.add_space(6.0);
    label(ui, "Not as in the file", palette);
    for remark in remarks.iter().take(REMARKS) {
        item(ui, "–", &sentence(remark), palette.ink);
    }
    if let Some(more) = remarks.len().checked_sub(REMARKS).filter(|more| *more > 0) {
        let more = format!("… and {} of this sort", counted(more, "more line", "more lines"));
        ui.add(Label::new(RichText::new(more).color(palette.dim)).wrap());
    }
}
