//! The list of annotations: counts by kind, the filter, how far checking got, rows with headings.
//!
//! May use: egui, the model (read). Invariant: only the visible lines are laid out; which lines there
//! are is the model's ([`crate::app::queue`]) and nothing here looks at all of them in a frame.

use egui::{Key, Modifiers, Response, Stroke, Ui, Vec2};

use super::attributed;
use super::controls::{Pill, dot, pill, tooltip};
use super::filter::{Filter, Left};
use super::list_row::{self, ROW};
use super::palette::Palette;
use super::progress;
use crate::app::queue::{Line, Queue};
use crate::app::table::row_of;
use crate::app::{Command, Desk, Model};
use crate::domain::invisible::shown;
use crate::domain::order::{Group, Sort};
use crate::domain::project::source_name;
use crate::domain::{Annotation, Id, Kind};

/// The list's own state.
#[derive(Default)]
pub struct List {
    filter: Filter,
    /// The lines that were drawn last.
    drawn: std::ops::Range<usize>,
    picked: Option<Id>,
    /// How far the list was scrolled.
    offset: f32,
    /// The row that gets the focus once it is drawn.
    wants_focus: Option<Id>,
    /// Whether the filter was left by Escape in this frame.
    pub left: bool,
}

impl List {
    /// The first row that is drawn.
    pub fn first_row(&self, desk: &Desk) -> Option<Id> {
        self.drawn.clone().find_map(|line| match desk.list.line(&desk.places, line) {
            Some(Line::Row(id)) => Some(id),
            _ => None,
        })
    }

    /// Draws the list in `height` points, what stands above the rows included.
    pub fn ui(&mut self, ui: &mut Ui, model: &Model, palette: &Palette, height: f32, out: &mut Vec<Command>) {
        let Some(desk) = &model.desk else { return };
        let bottom = ui.cursor().top() + height;
        let left = self.head(ui, desk, palette, out);
        self.left = left == Left::ToArticle;
        let separator = ui.available_rect_before_wrap();
        ui.painter().hline(separator.x_range(), separator.top(), Stroke::new(1.0, palette.line));
        let height = (bottom - separator.top()).max(ROW * 2.0);
        let count = desk.list.line_count(&desk.places);
        if count == 0 {
            self.empty(ui, desk, palette, height);
            return;
        }
        if left == Left::ToRows {
            self.wants_focus = desk.list.shown(&desk.places).next();
            self.offset = 0.0;
        }
        self.take_keys(ui, desk, count, out);
        let mut area = egui::ScrollArea::vertical()
            .id_salt("annotations")
            .max_height(height)
            .min_scrolled_height(height)
            .auto_shrink([false, false]);
        let wanted = self.wants_focus.or(desk.picked.filter(|_| self.picked != desk.picked));
        self.picked = desk.picked;
        if let Some(line) = wanted.and_then(|id| desk.list.line_of(&desk.places, id)) {
            area = self.keep_in_view(area, line, height);
        }
        let drawn = ui.scope(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            // The bar floats over the rows' right margin, so that they reach the panel's edge.
            ui.spacing_mut().scroll.floating_allocated_width = 0.0;
            area.show_rows(ui, ROW, count, |ui, range| {
                for line in range.clone() {
                    self.line(ui, desk, line, palette, out);
                }
                range
            })
        });
        let drawn = drawn.inner;
        self.offset = drawn.state.clamped_offset().y;
        self.drawn = drawn.inner;
    }

    /// What stands above the rows.
    fn head(&mut self, ui: &mut Ui, desk: &Desk, palette: &Palette, out: &mut Vec<Command>) -> Left {
        let margin = egui::Margin { left: 12, right: 12, top: 10, bottom: 8 };
        let frame = egui::Frame::new().inner_margin(margin).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 7.0;
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = Vec2::new(6.0, 6.0);
                for kind in Kind::ALL {
                    kind_chip(ui, desk, kind, palette, out);
                }
                attributed::chip(ui, desk, palette, out);
            });
            let left = self.filter.ui(ui, desk, palette, out);
            if desk.places.count() > 0 {
                ui.spacing_mut().item_spacing.y = 4.0;
                ui.horizontal(|ui| arrangement(ui, desk, palette, out));
                progress::bar(ui, desk, palette);
            }
            left
        });
        frame.inner
    }

    fn line(&mut self, ui: &mut Ui, desk: &Desk, line: usize, palette: &Palette, out: &mut Vec<Command>) {
        match desk.list.line(&desk.places, line) {
            Some(Line::Heading(heading)) => {
                let response = list_row::heading(ui, heading, palette);
                out.extend(response.clicked().then(|| Command::Queue(Queue::Fold(heading.name.clone()))));
            }
            Some(Line::Row(id)) => {
                let Some(annotation) = desk.project.annotations.get(&id) else { return };
                let response = list_row::row(ui, desk, annotation, palette);
                if self.wants_focus == Some(id) {
                    self.wants_focus = None;
                    response.request_focus();
                }
                clicked(ui, &response, id, out);
            }
            None => {}
        }
    }

    /// The keys of [`crate::app::list_keys`] while a row has the focus. Only one that is drawn can.
    fn take_keys(&mut self, ui: &Ui, desk: &Desk, count: usize, out: &mut Vec<Command>) {
        let Some(focused) = ui.memory(|memory| memory.focused()) else { return };
        let row = |line: usize| match desk.list.line(&desk.places, line) {
            Some(Line::Row(id)) => Some(id),
            _ => None,
        };
        let has_focus = |line: &usize| row(*line).is_some_and(|id| row_id(id) == focused);
        let Some(line) = self.drawn.clone().find(has_focus) else { return };
        let filter = egui::EventFilter { vertical_arrows: true, ..Default::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(focused, filter));
        let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
        if pressed(Modifiers::COMMAND, Key::A) {
            out.push(Command::Queue(Queue::All));
        }
        for (key, down) in [(Key::ArrowUp, false), (Key::ArrowDown, true)] {
            if pressed(Modifiers::ALT, key) {
                out.extend(row(line).filter(|id| !desk.is_chosen(*id)).map(|id| Command::Pick(Some(id))));
                out.push(Command::Queue(Queue::Move { down }));
                self.wants_focus = row(line);
            }
        }
        // The next line in a direction that is no heading.
        let up = || (0..line).rev().find_map(row);
        let down = || (line + 1..count).find_map(row);
        let first = || (0..count).find_map(row);
        let last = || (0..count).rev().find_map(row);
        let steps: [(Key, &dyn Fn() -> Option<Id>); 4] =
            [(Key::ArrowUp, &up), (Key::ArrowDown, &down), (Key::Home, &first), (Key::End, &last)];
        for (key, to) in steps {
            for (modifiers, more) in [(Modifiers::SHIFT, true), (Modifiers::NONE, false)] {
                if pressed(modifiers, key)
                    && let Some(to) = to()
                {
                    let extend = Command::Queue(Queue::Through(to));
                    out.push(if more { extend } else { Command::Pick(Some(to)) });
                    self.wants_focus = Some(to);
                }
            }
        }
    }

    /// Moves the list by no more than is needed to show a line.
    fn keep_in_view(&self, area: egui::ScrollArea, line: usize, height: f32) -> egui::ScrollArea {
        let now = self.offset;
        let top = line as f32 * ROW;
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
        } else if desk.rests_on.is_some() && desk.list.query().is_empty() {
            "Nothing is attributed to this source yet.\nPress L on a claim or quote to say who said it."
        } else {
            "No annotation fits the filter."
        };
        ui.allocate_ui(Vec2::new(ui.available_width(), height), |ui| {
            ui.set_min_height(height);
            egui::Frame::new().inner_margin(egui::Margin::symmetric(16, 18)).show(ui, |ui| {
                ui.label(egui::RichText::new(text).color(palette.dim));
            });
        });
    }
}

/// A click on a row: alone, with Ctrl one more, with Shift all up to it.
fn clicked(ui: &Ui, response: &Response, id: Id, out: &mut Vec<Command>) {
    if !response.clicked() {
        return;
    }
    let modifiers = ui.input(|input| input.modifiers);
    response.request_focus();
    out.push(match (modifiers.command, modifiers.shift) {
        (_, true) => Command::Queue(Queue::Through(id)),
        (true, _) => Command::Queue(Queue::Also(id)),
        _ => Command::Pick(Some(id)),
    });
}

fn kind_chip(ui: &mut Ui, desk: &Desk, kind: Kind, palette: &Palette, out: &mut Vec<Command>) {
    let count = desk.places.of_kind(kind);
    let text = format!("{} {count}", kind.plural());
    let on = desk.list.query().asks_for(kind).then_some(palette.accent);
    let look = Pill { text: &text, key: "", on, width: 0.0, name: text.clone() };
    let response = pill(ui, &look, palette, |painter, center| dot(painter, center, palette.kind(kind).rule));
    let tip = if on.is_some() {
        "Show all kinds".to_owned()
    } else {
        format!("Show {} only", kind.plural().to_lowercase())
    };
    if response.on_hover_text(tip).clicked() {
        out.push(Command::Queue(Queue::OnlyKind(kind)));
    }
}

/// Order and headings, and how many rows there are or how far checking got.
fn arrangement(ui: &mut Ui, desk: &Desk, palette: &Palette, out: &mut Vec<Command>) {
    ui.spacing_mut().item_spacing.x = 2.0;
    let (sort, group) = (desk.list.sort(), desk.list.group());
    let tip = ("Sorted by", "What the list is sorted by");
    menu(ui, sort.name(), tip, palette, |ui| {
        for one in Sort::ALL {
            choice(ui, one == sort, one.name(), Queue::Sort(one), out);
        }
    });
    let tip = ("Grouped by", "What the headings of the list say");
    menu(ui, group.name(), tip, palette, |ui| {
        for one in Group::ALL {
            choice(ui, one == group, one.name(), Queue::Group(one), out);
        }
    });
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
        let rows = desk.list.row_count(&desk.places);
        let text = if desk.list.is_filtered() { format!("{rows} shown") } else { progress::words(desk) };
        let words = egui::RichText::new(text).size(12.0).color(palette.dim);
        ui.add(egui::Label::new(words).truncate());
    });
}

/// A small button that opens a menu, with what is chosen in it as its words.
fn menu(ui: &mut Ui, chosen: &str, (name, tip): (&str, &str), palette: &Palette, rows: impl FnOnce(&mut Ui)) {
    let galley =
        ui.painter().layout_no_wrap(chosen.to_owned(), egui::FontId::proportional(12.0), palette.ink);
    let size = Vec2::new(galley.size().x + 22.0, 22.0);
    let (rect, response) = ui.allocate_exact_size(size, egui::Sense::click());
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::Role::Button, true, format!("{name}: {}", chosen.to_lowercase()))
    });
    let painter = ui.painter();
    if response.hovered() || response.has_focus() {
        let border = if response.has_focus() { palette.accent } else { palette.line };
        let stroke = Stroke::new(1.0, border);
        painter.rect(rect, 6.0, palette.chip, stroke, egui::StrokeKind::Inside);
    }
    let left = egui::pos2(rect.left() + 5.0, rect.center().y - galley.size().y / 2.0);
    let tick = egui::pos2(left.x + galley.size().x + 8.0, rect.center().y);
    painter.galley(left, galley, palette.ink);
    let at = |x: f32, y: f32| egui::pos2(tick.x + x, tick.y + y);
    painter.line(vec![at(-3.5, -1.5), at(0.0, 2.0), at(3.5, -1.5)], Stroke::new(1.3, palette.dim));
    egui::Popup::menu(&response).show(rows);
    response.on_hover_text(tip);
}

fn choice(ui: &mut Ui, on: bool, name: &str, queue: Queue, out: &mut Vec<Command>) {
    let command = Command::Queue(queue);
    let mut response = ui.add(egui::Button::selectable(on, name).min_size(Vec2::new(150.0, 24.0)));
    if let Some(row) = row_of(&command) {
        response = response.on_hover_text(tooltip(row));
    }
    if response.clicked() {
        out.push(command);
        ui.close();
    }
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
    shown(&flat.chars().take(160).collect::<String>()).into_owned()
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
pub fn paragraphs(desk: &Desk, annotation: &Annotation) -> Option<String> {
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
