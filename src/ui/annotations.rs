//! The list of annotations: counts by kind, a filter, rows in text order.
//!
//! May use: egui, the model (read). Invariant: only the visible rows are laid out; with a filter,
//! which rows there are is computed again only when the project or the filter changed. Known limit:
//! the filter looks for words only.

use egui::{Align2, FontId, Role, Sense, Stroke, Ui, Vec2, WidgetInfo};

use super::attributed;
use super::controls::{Pill, dot, pill};
use super::icons::status_icon;
use super::palette::Palette;
use crate::app::{Command, Desk, Model};
use crate::domain::project::source_name;
use crate::domain::{Annotation, Id, Kind};

const ROW: f32 = 33.0;

/// The list's own state.
#[derive(Default)]
pub struct List {
    filter: String,
    kind: Option<Kind>,
    /// The rows that the filter leaves; nothing where there is no filter, and all are shown.
    rows: Option<Vec<Id>>,
    /// The rows that were drawn last.
    drawn: std::ops::Range<usize>,
    computed: Option<(Id, u64, String, Option<Kind>, Option<Id>)>,
    picked: Option<Id>,
    /// How far the list was scrolled.
    offset: f32,
}

impl List {
    /// Draws the list in `height` points.
    pub fn ui(&mut self, ui: &mut Ui, model: &Model, palette: &Palette, height: f32, out: &mut Vec<Command>) {
        let Some(desk) = &model.desk else { return };
        egui::Frame::new().inner_margin(egui::Margin { left: 12, right: 12, top: 10, bottom: 10 }).show(
            ui,
            |ui| {
                ui.spacing_mut().item_spacing.y = 8.0;
                ui.horizontal_wrapped(|ui| {
                    ui.spacing_mut().item_spacing = Vec2::new(6.0, 6.0);
                    for kind in Kind::ALL {
                        self.kind_chip(ui, desk, kind, palette);
                    }
                    attributed::chip(ui, desk, palette, out);
                });
                let filter = egui::TextEdit::singleline(&mut self.filter)
                    .hint_text("Filter: words")
                    .desired_width(f32::INFINITY)
                    .margin(egui::Margin::symmetric(10, 6));
                let response = ui.add(filter);
                response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, "Filter the annotations"));
                response.on_hover_text("Show only annotations that have these words");
            },
        );
        self.compute(desk);
        let separator = ui.available_rect_before_wrap();
        ui.painter().hline(separator.x_range(), separator.top(), Stroke::new(1.0, palette.line));
        let count = self.rows.as_ref().map_or(desk.places.count(), Vec::len);
        if count == 0 {
            self.empty(ui, desk, palette, height);
            return;
        }
        self.take_keys(ui, desk, count, out);
        let mut area = egui::ScrollArea::vertical()
            .id_salt("annotations")
            .max_height(height)
            .min_scrolled_height(height)
            .auto_shrink([false, false]);
        if self.picked != desk.picked {
            self.picked = desk.picked;
            if let Some(place) = desk.picked.and_then(|id| self.place(desk, id)) {
                area = self.keep_in_view(area, place, height);
            }
        }
        ui.spacing_mut().item_spacing.y = 0.0;
        let drawn = area.show_rows(ui, ROW, count, |ui, range| {
            for place in range.clone() {
                let id = self.nth(desk, place);
                if let Some(annotation) = id.and_then(|id| desk.project.annotations.get(&id)) {
                    row(ui, desk, annotation, palette, out);
                }
            }
            range
        });
        self.offset = drawn.state.clamped_offset().y;
        self.drawn = drawn.inner;
    }

    /// Up, down, Home and End while a row has the focus. Only a row that is drawn can have it.
    fn take_keys(&mut self, ui: &Ui, desk: &Desk, count: usize, out: &mut Vec<Command>) {
        let Some(focused) = ui.memory(|memory| memory.focused()) else { return };
        let has_focus = |place: &usize| self.nth(desk, *place).is_some_and(|row| row_id(row) == focused);
        let Some(place) = self.drawn.clone().find(has_focus) else { return };
        let filter = egui::EventFilter { vertical_arrows: true, ..Default::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(focused, filter));
        let pressed = |key| ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, key));
        let last = count.saturating_sub(1);
        let mut to = place;
        for (key, wanted) in [
            (egui::Key::ArrowUp, place.saturating_sub(1)),
            (egui::Key::ArrowDown, (place + 1).min(last)),
            (egui::Key::Home, 0),
            (egui::Key::End, last),
        ] {
            if pressed(key) {
                to = wanted;
            }
        }
        if let Some(row) = self.nth(desk, to).filter(|_| to != place) {
            out.push(Command::Pick(Some(row)));
            ui.memory_mut(|memory| memory.request_focus(row_id(row)));
        }
    }

    /// The annotations of all rows that the filter leaves, in the list's order.
    pub fn shown(&mut self, desk: &Desk) -> Vec<Id> {
        self.compute(desk);
        self.rows.clone().unwrap_or_else(|| desk.places.in_order().collect())
    }

    /// The annotation in a row.
    fn nth(&self, desk: &Desk, place: usize) -> Option<Id> {
        self.rows.as_ref().map_or_else(|| desk.places.nth(place), |rows| rows.get(place).copied())
    }

    fn kind_chip(&mut self, ui: &mut Ui, desk: &Desk, kind: Kind, palette: &Palette) {
        let count = desk.places.of_kind(kind);
        let text = format!("{} {count}", kind.plural());
        let on = (self.kind == Some(kind)).then_some(palette.accent);
        let look = Pill { text: &text, key: "", on, width: 0.0, name: text.clone() };
        let response =
            pill(ui, &look, palette, |painter, center| dot(painter, center, palette.kind(kind).rule));
        let tip = if on.is_some() {
            "Show all kinds".to_owned()
        } else {
            format!("Show {} only", kind.plural().to_lowercase())
        };
        if response.on_hover_text(tip).clicked() {
            self.kind = if self.kind == Some(kind) { None } else { Some(kind) };
        }
    }

    fn compute(&mut self, desk: &Desk) {
        let key = (desk.project.id, desk.history.state(), self.filter.clone(), self.kind, desk.rests_on);
        if self.computed.as_ref() == Some(&key) {
            return;
        }
        let words = self.filter.trim().to_lowercase();
        let has = |id: &Id| {
            words.is_empty()
                || desk
                    .project
                    .annotations
                    .get(id)
                    .is_some_and(|annotation| has_words(desk, annotation, &words))
        };
        let rests = attributed::filter(desk);
        let fits =
            |id: &Id| rests(id) && self.kind.is_none_or(|kind| desk.places.is_kind(*id, kind)) && has(id);
        let is_filtered = desk.rests_on.is_some() || self.kind.is_some() || !words.is_empty();
        self.rows = is_filtered.then(|| desk.places.in_order().filter(fits).collect());
        self.computed = Some(key);
    }

    /// The row of an annotation, where it is shown.
    fn place(&self, desk: &Desk, id: Id) -> Option<usize> {
        match &self.rows {
            Some(rows) => rows.iter().position(|row| *row == id),
            None => desk.places.number(id).map(|number| number - 1),
        }
    }

    /// Moves the list by no more than is needed to show the picked row.
    fn keep_in_view(&self, area: egui::ScrollArea, place: usize, height: f32) -> egui::ScrollArea {
        let now = self.offset;
        let top = place as f32 * ROW;
        let wanted = if top < now {
            top
        } else if top + ROW > now + height {
            top + ROW - height
        } else {
            return area;
        };
        area.vertical_scroll_offset(wanted)
    }

    fn empty(&self, ui: &mut Ui, desk: &Desk, palette: &Palette, height: f32) {
        let text = if desk.places.count() == 0 {
            "Nothing is marked yet.\nSelect words in the article and press C for a claim, Q for a quote or S for a source."
        } else if desk.rests_on.is_some() && self.kind.is_none() && self.filter.trim().is_empty() {
            "Nothing is attributed to this source yet.\nPress L on a claim or quote to say who said it."
        } else {
            "No annotation has these words."
        };
        ui.allocate_ui(Vec2::new(ui.available_width(), height), |ui| {
            ui.set_min_height(height);
            egui::Frame::new().inner_margin(egui::Margin::symmetric(16, 18)).show(ui, |ui| {
                ui.label(egui::RichText::new(text).color(palette.dim));
            });
        });
    }
}

fn has_words(desk: &Desk, annotation: &Annotation, words: &str) -> bool {
    let speaker =
        annotation.speaker.as_ref().map(|speaker| desk.project.speaker_name(speaker)).unwrap_or_default();
    let texts = [
        annotation.words(),
        annotation.note.0.clone(),
        annotation.fact.0.clone(),
        annotation.name.clone(),
        speaker,
    ];
    texts.iter().any(|text| text.to_lowercase().contains(words))
}

/// What a row says: the words, and of a source its name and role.
pub fn title(annotation: &Annotation) -> String {
    let words = match annotation.kind {
        crate::domain::Kind::Source => {
            let name = source_name(annotation);
            if annotation.role.is_empty() { name } else { format!("{name} · {}", annotation.role) }
        }
        _ => repeated(annotation).unwrap_or_else(|| annotation.words()),
    };
    let flat = words.split_whitespace().collect::<Vec<_>>().join(" ");
    // More than any row can show.
    flat.chars().take(160).collect()
}

/// Of a fact that occurs several times in the same words: the words, and how often.
fn repeated(annotation: &Annotation) -> Option<String> {
    let mut spans = annotation.live_spans();
    let first = spans.next()?.place.quote.as_str();
    let others = spans.map(|span| span.place.quote.as_str() == first);
    let count = others.enumerate().try_fold(1, |_, (place, same)| same.then_some(place + 2))?;
    (count > 1).then(|| format!("{first} × {count}"))
}

/// The paragraphs of an annotation: `¶ 2, 4`, and of more than two the first and how many more.
fn paragraphs(desk: &Desk, annotation: &Annotation) -> Option<String> {
    let text = &desk.project.article.text;
    let mut numbers: Vec<usize> = annotation
        .live_spans()
        .filter_map(|s| s.place.at)
        .map(|at| text.paragraph_of(at.start as usize))
        .collect();
    numbers.sort_unstable();
    numbers.dedup();
    match numbers.as_slice() {
        [] => None,
        [one] => Some(format!("¶ {one}")),
        [one, two] => Some(format!("¶ {one}, {two}")),
        [one, more @ ..] => Some(format!("¶ {one} + {}", more.len())),
    }
}

/// The id that gives a row the focus.
pub fn row_id(annotation: Id) -> egui::Id {
    egui::Id::unique(("annotation row", annotation))
}

fn row(ui: &mut Ui, desk: &Desk, annotation: &Annotation, palette: &Palette, out: &mut Vec<Command>) {
    let (_, rect) = ui.allocate_space(Vec2::new(ui.available_width(), ROW));
    let response = ui.interact(rect, row_id(annotation.id), Sense::click());
    let picked = desk.picked == Some(annotation.id);
    let title = attributed::fact_apart(desk, annotation).unwrap_or_else(|| title(annotation));
    let paragraphs = paragraphs(desk, annotation);
    let in_text = paragraphs.is_some();
    let place = paragraphs.unwrap_or_else(|| "not in the text".to_owned());
    response.widget_info(|| {
        let status = if annotation.check_again.is_some() { "check again" } else { annotation.status.name() };
        let name = format!("{}, {status}: {title}, {place}", annotation.kind.name());
        WidgetInfo::selected(Role::Button, true, picked, name)
    });
    if response.clicked() {
        out.push(Command::Pick(Some(annotation.id)));
    }
    if !ui.is_rect_visible(rect) {
        return;
    }
    let painter = ui.painter_at(rect);
    if picked || response.hovered() {
        painter.rect_filled(rect, 0.0, palette.sel);
    }
    if picked {
        painter.rect_filled(rect.with_max_x(rect.left() + 3.0), 0.0, palette.accent);
    }
    if response.has_focus() {
        painter.rect_stroke(
            rect.shrink(1.0),
            4.0,
            Stroke::new(1.0, palette.accent),
            egui::StrokeKind::Inside,
        );
    }
    painter.hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, palette.line));
    status_icon(&painter, egui::pos2(rect.left() + 20.0, rect.center().y), 12.0, annotation.status, palette);
    dot(&painter, egui::pos2(rect.left() + 39.0, rect.center().y), palette.kind(annotation.kind).rule);
    let galley = painter.layout_no_wrap(
        place,
        FontId::proportional(12.0),
        if in_text { palette.dim } else { palette.bad },
    );
    let right = rect.right() - 12.0 - galley.size().x;
    painter.galley(egui::pos2(right, rect.center().y - galley.size().y / 2.0), galley, palette.dim);
    let mut job = egui::text::LayoutJob::simple_singleline(title, FontId::proportional(13.0), palette.ink);
    job.wrap = egui::text::TextWrapping::truncate_at_width(right - 10.0 - rect.left() - 52.0);
    let galley = painter.layout_job(job);
    let at = Align2::LEFT_CENTER.anchor_size(egui::pos2(rect.left() + 52.0, rect.center().y), galley.size());
    painter.galley(at.min, galley, palette.ink);
    if annotation.check_again.is_some() {
        painter.circle_filled(egui::pos2(rect.left() + 28.0, rect.center().y - 5.0), 3.0, palette.bad);
    }
}
