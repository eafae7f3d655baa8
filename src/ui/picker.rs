//! A list to choose from by a few letters: a field and what fits it, the best first.
//!
//! May use: egui, the palette, `app::ranking`. Invariant: the field has the focus all the time, and names
//! the chosen row for assistive technology; arrows, page keys and Tab move the choice, Enter takes it, a
//! click too; the letters that were typed are bold. What fits is found again only when what is typed
//! changes, and only the rows in view are laid out. Known limit: rows are of one height.

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{FontId, Key, Modifiers, Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2};

use super::controls::{bold, cap, dot};
use super::palette::Palette;
use crate::app::ranking::{Choices, Ranking};
use crate::domain::Kind;

/// The height of a row of one line, and of two.
const HEIGHTS: [f32; 2] = [30.0, 46.0];

/// One row to choose.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// What is matched, and shown first.
    pub name: String,
    /// Beside it, at the right.
    pub more: String,
    /// Below it; rows of a list have it all or none.
    pub help: String,
    /// The key at its right end.
    pub key: String,
    /// The dot before it.
    pub kind: Option<Kind>,
    /// Why it cannot be chosen now.
    pub why_not: Option<&'static str>,
}

impl Choice {
    /// As a screen reader says it.
    fn spoken(&self) -> String {
        let help = self.why_not.unwrap_or(&self.help);
        let parts = [self.name.as_str(), &self.more, help].into_iter().filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join(", ")
    }
}

/// What was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// The row of that number.
    Row(usize),
    /// What was typed itself.
    Typed,
}

/// How a list is called, and how large it is.
#[derive(Clone, Copy, Debug)]
pub struct Frame<'a> {
    /// What the field is called.
    pub label: &'a str,
    /// In the field while it is empty.
    pub hint: &'a str,
    /// How high the list may get.
    pub height: f32,
}

/// The list, and what is typed.
#[derive(Default)]
pub struct Picker {
    rows: Vec<Choice>,
    choices: Choices,
    typed: String,
    ranking: Ranking,
    /// A row for what is typed itself.
    own: Option<Choice>,
    at: usize,
    offset: f32,
    /// The choice was moved by a key: it is brought into view.
    moved: bool,
    fresh: bool,
}

impl Picker {
    /// Begins anew with these rows.
    pub fn fill(&mut self, rows: Vec<Choice>) {
        let choices = Choices::new(rows.iter().map(|row| (row.name.as_str(), row.help.as_str())));
        let ranking = choices.rank("");
        *self = Self { rows, choices, ranking, fresh: true, ..Self::default() };
    }

    /// What is typed.
    pub fn typed(&self) -> &str {
        self.typed.trim()
    }

    fn count(&self) -> usize {
        self.ranking.places.len() + usize::from(self.own.is_some())
    }

    fn nth(&self, place: usize) -> Option<(Chosen, &Choice)> {
        match self.ranking.places.get(place) {
            Some(row) => Some((Chosen::Row(*row), self.rows.get(*row)?)),
            None => self.own.as_ref().map(|own| (Chosen::Typed, own)),
        }
    }

    /// Draws field and list. `own` gives the row for what is typed, where that can be chosen itself.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        frame: Frame<'_>,
        palette: &Palette,
        own: impl FnOnce(&str) -> Option<Choice>,
    ) -> Option<Chosen> {
        let id = ui.make_persistent_id("picker");
        let tall = self.rows.first().is_some_and(|row| !row.help.is_empty());
        let height = HEIGHTS[usize::from(tall)];
        let page = ((frame.height / height) as usize).max(2) - 1;
        let taken = ui.memory(|memory| memory.has_focus(id)) && self.take_keys(ui, page);
        let field = egui::TextEdit::singleline(&mut self.typed)
            .id(id)
            .hint_text(frame.hint)
            .lock_focus(true)
            .desired_width(f32::INFINITY)
            .margin(egui::Margin::symmetric(10, 8));
        let response = ui.add(field);
        if self.fresh {
            response.request_focus();
            self.fresh = false;
        }
        if response.changed() {
            self.ranking = self.choices.rank(&self.typed);
            let typed = self.typed.trim();
            self.own = if typed.is_empty() { None } else { own(typed) };
            (self.at, self.offset, self.moved) = (0, 0.0, true);
        }
        self.at = self.at.min(self.count().saturating_sub(1));
        let clicked = self.list(ui, frame, height, palette);
        let said = self.nth(self.at).map_or_else(String::new, |(_, row)| row.spoken());
        let (chosen, count) = (row_id(id, self.at), self.count());
        response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, frame.label));
        ui.ctx().accesskit_node_builder(id, |node| {
            node.set_value(self.typed.as_str());
            node.set_description(format!("{said}, {} of {count}", self.at + 1));
            if count > 0 {
                node.set_active_descendant(chosen.accesskit_id());
            }
        });
        let wanted = if taken { self.nth(self.at) } else { clicked.and_then(|place| self.nth(place)) };
        wanted.filter(|(_, row)| row.why_not.is_none()).map(|(chosen, _)| chosen)
    }

    /// Reads the keys that move the choice, before the field sees them. True for Enter.
    fn take_keys(&mut self, ui: &Ui, page: usize) -> bool {
        let last = self.count().saturating_sub(1);
        let before = self.at;
        let enter = ui.input_mut(|input| {
            for (modifiers, key, to) in [
                (Modifiers::NONE, Key::ArrowDown, if self.at >= last { 0 } else { self.at + 1 }),
                (Modifiers::NONE, Key::ArrowUp, if self.at == 0 { last } else { self.at - 1 }),
                (Modifiers::NONE, Key::PageDown, (self.at + page).min(last)),
                (Modifiers::NONE, Key::PageUp, self.at.saturating_sub(page)),
                (Modifiers::SHIFT, Key::Tab, if self.at == 0 { last } else { self.at - 1 }),
                (Modifiers::NONE, Key::Tab, if self.at >= last { 0 } else { self.at + 1 }),
            ] {
                if input.consume_key(modifiers, key) {
                    self.at = to;
                    break;
                }
            }
            input.consume_key(Modifiers::NONE, Key::Enter)
        });
        self.moved |= before != self.at;
        enter
    }

    /// Draws the rows in view. Returns the one that was clicked.
    fn list(&mut self, ui: &mut Ui, frame: Frame<'_>, height: f32, palette: &Palette) -> Option<usize> {
        let count = self.count();
        if count == 0 {
            let (rect, _) =
                ui.allocate_exact_size(Vec2::new(ui.available_width(), frame.height), Sense::hover());
            let words = "Nothing here has these letters";
            let font = FontId::proportional(13.0);
            ui.painter().text(
                rect.left_top() + Vec2::new(4.0, 8.0),
                egui::Align2::LEFT_TOP,
                words,
                font,
                palette.dim,
            );
            return None;
        }
        let mut area = egui::ScrollArea::vertical()
            .id_salt("choices")
            .max_height(frame.height)
            .min_scrolled_height(frame.height)
            .auto_shrink([false, false]);
        if std::mem::take(&mut self.moved) {
            let top = self.at as f32 * height;
            let now = self.offset;
            let wanted = if top < now { top } else { now.max(top + height - frame.height) };
            area = area.vertical_scroll_offset(wanted);
        }
        ui.spacing_mut().item_spacing.y = 0.0;
        let field = ui.make_persistent_id("picker");
        let drawn = area.show_rows(ui, height, count, |ui, range| {
            ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
                node.set_role(Role::ListBox);
                node.set_label(frame.label);
                node.set_size_of_set(count);
            });
            let mut clicked = None;
            for place in range {
                let (_, rect) = ui.allocate_space(Vec2::new(ui.available_width(), height));
                if self.row(ui, rect, row_id(field, place), place, palette) {
                    clicked = Some(place);
                }
            }
            clicked
        });
        self.offset = drawn.state.clamped_offset().y;
        drawn.inner
    }

    /// Draws one row. True where it was clicked.
    fn row(&self, ui: &Ui, rect: Rect, id: egui::Id, place: usize, palette: &Palette) -> bool {
        let Some((chosen, row)) = self.nth(place) else { return false };
        let is_chosen = place == self.at;
        // The focus stays in the field.
        let response = ui.interact(rect, id, Sense::CLICK);
        let enabled = row.why_not.is_none();
        response.widget_info(|| WidgetInfo::labeled(Role::ListBoxOption, enabled, row.spoken()));
        ui.ctx().accesskit_node_builder(id, |node| {
            node.set_selected(is_chosen);
            node.set_position_in_set(place);
            if !row.key.is_empty() {
                node.set_keyboard_shortcut(row.key.as_str());
            }
        });
        if !ui.is_rect_visible(rect) {
            return response.clicked();
        }
        let painter = ui.painter_at(rect);
        if is_chosen || response.hovered() {
            painter.rect_filled(rect, 6.0, if is_chosen { palette.sel } else { palette.chip });
        }
        if is_chosen {
            let inner = rect.shrink(0.5);
            painter.rect_stroke(inner, 6.0, Stroke::new(1.0, palette.accent), StrokeKind::Inside);
        }
        let ink = if enabled { palette.ink } else { palette.dim };
        let middle = if row.help.is_empty() { rect.center().y } else { rect.top() + 16.0 };
        let mut left = rect.left() + 10.0;
        if let Some(kind) = row.kind {
            dot(&painter, pos2(left + 5.0, middle), palette.kind(kind).rule);
            left += 20.0;
        }
        let mut right = rect.right() - 10.0;
        if !row.key.is_empty() {
            right = cap(&painter, pos2(right, middle), &row.key, palette).left() - 10.0;
        }
        if !row.more.is_empty() {
            let font = FontId::proportional(12.0);
            let mut job = LayoutJob::simple_singleline(row.more.clone(), font, palette.dim);
            job.wrap = TextWrapping::truncate_at_width((right - left) * 0.5);
            let galley = painter.layout_job(job);
            right -= galley.size().x;
            painter.galley(pos2(right, middle - galley.size().y / 2.0), galley, palette.dim);
            right -= 12.0;
        }
        let letters = if chosen == Chosen::Typed { Vec::new() } else { self.ranking.letters(&row.name) };
        let mut job = emphasised(&row.name, &letters, ink);
        job.wrap = TextWrapping::truncate_at_width((right - left).max(20.0));
        let galley = painter.layout_job(job);
        painter.galley(pos2(left, middle - galley.size().y / 2.0), galley, ink);
        let help = row.why_not.unwrap_or(&row.help);
        if !row.help.is_empty() {
            let font = FontId::proportional(12.0);
            let mut job = LayoutJob::simple_singleline(help.to_owned(), font, palette.dim);
            job.wrap = TextWrapping::truncate_at_width(rect.right() - 10.0 - left);
            let galley = painter.layout_job(job);
            painter.galley(pos2(left, rect.top() + 25.0), galley, palette.dim);
        }
        response.clicked()
    }
}

fn row_id(field: egui::Id, place: usize) -> egui::Id {
    field.with(("choice", place))
}

/// A name with the letters that were typed in bold and underlined.
fn emphasised(name: &str, letters: &[std::ops::Range<usize>], ink: egui::Color32) -> LayoutJob {
    let plain = TextFormat::simple(FontId::proportional(13.5), ink);
    let mut typed = TextFormat::simple(bold(13.5), ink);
    typed.underline = Stroke::new(1.0, ink);
    let mut job = LayoutJob::default();
    let mut from = 0;
    for range in letters {
        job.append(&name[from..range.start], 0.0, plain.clone());
        job.append(&name[range.clone()], 0.0, typed.clone());
        from = range.end;
    }
    job.append(&name[from..], 0.0, plain);
    job
}
