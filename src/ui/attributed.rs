//! What rests on a source, as shown: the line in the inspector, the chip above the list, and facts that
//! share their words.
//!
//! May use: egui, the model (read). Invariant: nothing is counted again before the project changes.

use egui::{RichText, Ui};

use super::controls::{Pill, dot, pill};
use super::palette::Palette;
use crate::app::speakers::Speakers;
use crate::app::{Command, Desk};
use crate::domain::attribution::Attributed;
use crate::domain::invisible::shown;
use crate::domain::{Annotation, Id, Kind};

/// More letters of a name than these are cut.
const LONGEST: usize = 28;

/// How much rests on a source, as a link to it, and its call sheet.
pub fn line(ui: &mut Ui, desk: &Desk, source: &Annotation, palette: &Palette, out: &mut Vec<Command>) {
    let count = counted(ui, desk, source.id);
    ui.add_space(3.0);
    if count == Attributed::default() {
        ui.label(RichText::new("Nothing is attributed to it yet").size(12.5).color(palette.dim));
        return;
    }
    ui.horizontal_wrapped(|ui| {
        let words = format!("Attributed: {}", words(count));
        let link = ui.link(RichText::new(words).size(12.5)).on_hover_text("List only these (B)");
        if link.clicked() {
            out.push(Command::Speakers(Speakers::ShowRests(Some(source.id))));
        }
        let sheet = ui.link(RichText::new("Call sheet").size(12.5));
        if sheet.on_hover_text("What it is to confirm, for a mail, without any quote (D)").clicked() {
            out.push(Command::Speakers(Speakers::ShowSheet(source.id)));
        }
    });
}

fn counted(ui: &Ui, desk: &Desk, id: Id) -> Attributed {
    let place = egui::Id::unique("attributed");
    let key = (desk.project.id, desk.history.state(), id);
    let known = ui.data(|data| data.get_temp::<((Id, u64, Id), Attributed)>(place));
    if let Some((_, count)) = known.filter(|(of, _)| *of == key) {
        return count;
    }
    let count = desk.project.source(id).map(|source| source.attributed()).unwrap_or_default();
    ui.data_mut(|data| data.insert_temp(place, (key, count)));
    count
}

/// `5 claims, 2 quotes`.
fn words(count: Attributed) -> String {
    let part = |n: usize, kind: Kind| match n {
        0 => None,
        1 => Some(format!("1 {}", kind.word())),
        n => Some(format!("{n} {}", kind.plural().to_lowercase())),
    };
    let parts = [part(count.claims, Kind::Claim), part(count.quotes, Kind::Quote)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// The chip above the list while it shows only what rests on a source; pressing it shows everything.
pub fn chip(ui: &mut Ui, desk: &Desk, palette: &Palette, out: &mut Vec<Command>) {
    let Some(source) = desk.rests_on.and_then(|id| desk.project.source(id)) else { return };
    let name: String = shown(source.name()).split_whitespace().collect::<Vec<_>>().join(" ");
    let short = match name.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &name[..end]),
        None => name.clone(),
    };
    let text = format!("Rests on {short} ×");
    let on = Some(palette.accent);
    let look = Pill { text: &text, key: "", on, width: 0.0, name: format!("Rests on {name}") };
    let response =
        pill(ui, &look, palette, |painter, center| dot(painter, center, palette.kind(Kind::Source).rule));
    if response.on_hover_text("Show everything again").clicked() {
        out.push(Command::Speakers(Speakers::ShowRests(None)));
    }
}

/// What tells a claim apart from others on the very same words: its fact.
pub fn fact_apart(desk: &Desk, annotation: &Annotation) -> Option<String> {
    if annotation.fact.is_blank() {
        return None;
    }
    let span = annotation.first_span()?;
    let line = desk.project.article.text.line_of(span.start as usize);
    let marks = desk.places.of_line(line);
    let from = marks.partition_point(|mark| mark.span.start < span.start);
    let mut here = marks[from..].iter().take_while(|mark| mark.span.start == span.start);
    let shared = here.any(|mark| mark.span == span && mark.annotation != annotation.id);
    shared.then(|| annotation.fact.as_str().split_whitespace().collect::<Vec<_>>().join(" "))
}
