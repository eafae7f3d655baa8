//! The tray of orphans under the article: words that are no longer in the text.
//!
//! May use: egui, the model (read), the table. Invariant: it is there only while there are orphans,
//! lists each of them once with what stood around it, and lays out only the rows in view. Which there
//! are is looked up again only when the project changed.

use egui::{FontId, Label, RichText, Role, Sense, Stroke, Ui, WidgetInfo};

use super::Shell;
use super::controls::{bold, dot, strong, tooltip};
use super::palette::Palette;
use super::words::{around, cut};
use crate::app::orphans::orphans;
use crate::app::table::row_of;
use crate::app::{Command, Desk, Model, TextCommand, can};
use crate::domain::annotation::AnnotationSpan;
use crate::domain::invisible::shown;
use crate::domain::{Annotation, Id};

/// Height of the line at the top.
const HEAD: f32 = 34.0;
/// Height of a row.
const ROW: f32 = 46.0;
/// No more rows than these are in view at once.
const ROWS: usize = 3;

/// The tray's own state.
#[derive(Default)]
pub struct Tray {
    closed: bool,
    rows: Vec<(Id, Id)>,
    known: Option<(u64, u64)>,
    shown: Option<(Id, Id)>,
}

impl Tray {
    fn look(&mut self, desk: &Desk) {
        let key = (desk.number, desk.history.state());
        if self.known == Some(key) {
            return;
        }
        self.known = Some(key);
        let of = |id: Id| {
            let annotation = desk.project.annotations.get(&id);
            annotation.into_iter().flat_map(move |a| orphans(a).map(move |orphan| (id, orphan.id)))
        };
        self.rows = desk.places.orphaned().flat_map(of).collect();
    }

    fn height(&self) -> f32 {
        let rows = if self.closed { 0 } else { self.rows.len().min(ROWS) };
        HEAD + ROW * rows as f32 + if rows > 0 { 6.0 } else { 0.0 }
    }

    fn ui(&mut self, ui: &mut Ui, model: &Model, palette: &Palette, out: &mut Vec<Command>) {
        let Some(desk) = &model.desk else { return };
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.allocate_ui(egui::vec2(ui.available_width(), HEAD), |ui| {
            ui.horizontal_centered(|ui| {
                let words = match self.rows.len() {
                    1 => "1 orphan".to_owned(),
                    count => format!("{count} orphans"),
                };
                ui.label(strong(shown(&words)).color(palette.bad));
                let told = "words that are no longer in the text";
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    let (name, help) = if self.closed {
                        ("Show", "Show the orphans")
                    } else {
                        ("Hide", "Show only how many there are")
                    };
                    let button = ui.small_button(name).on_hover_text(help);
                    let full = format!("{name} the orphans");
                    button.widget_info(|| WidgetInfo::labeled(Role::Button, true, &full));
                    if button.clicked() {
                        self.closed = !self.closed;
                    }
                    ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                        ui.add(Label::new(RichText::new(shown(told)).color(palette.dim)).truncate());
                    });
                });
            });
        });
        if self.closed {
            return;
        }
        let picked = desk.orphan().map(|(annotation, span)| (annotation.id, span.id));
        let mut area = egui::ScrollArea::vertical().id_salt("orphans").auto_shrink([false, false]);
        if self.shown != picked {
            self.shown = picked;
            if let Some(place) = self.rows.iter().position(|row| Some(*row) == picked) {
                area = area.vertical_scroll_offset((place as f32 - 1.0).max(0.0) * ROW);
            }
        }
        area.show_rows(ui, ROW, self.rows.len(), |ui, range| {
            for (id, span) in &self.rows[range] {
                let annotation = desk.project.annotations.get(id);
                let orphan =
                    annotation.and_then(|a| Some((&**a, orphans(a).find(|orphan| orphan.id == *span)?)));
                if let Some(orphan) = orphan {
                    row(ui, model, orphan, picked == Some((*id, *span)), palette, out);
                }
            }
        });
    }
}

fn row(
    ui: &mut Ui,
    model: &Model,
    (annotation, orphan): (&Annotation, &AnnotationSpan),
    picked: bool,
    palette: &Palette,
    out: &mut Vec<Command>,
) {
    let go = Command::Text(TextCommand::Orphan(annotation.id, orphan.id));
    let (_, full) = ui.allocate_space(egui::vec2(ui.available_width(), ROW));
    let id = egui::Id::unique(("orphan", orphan.id));
    let response =
        ui.interact(full, id, Sense::click()).on_hover_text("The orphan that the buttons and the menu mean");
    let words = cut(orphan.place.quote.as_str(), 160);
    let name = format!("Orphan of a {}: {words}", annotation.kind.word());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, picked, &name));
    if picked || response.hovered() {
        ui.painter().rect_filled(full, 5.0, if picked { palette.sel } else { palette.chip });
    }
    if picked {
        ui.painter().rect_filled(full.with_max_x(full.left() + 3.0), 0.0, palette.accent);
    }
    if response.has_focus() {
        ui.painter().rect_stroke(
            full.shrink(1.0),
            4.0,
            Stroke::new(1.0, palette.accent),
            egui::StrokeKind::Inside,
        );
    }
    dot(ui.painter(), egui::pos2(full.left() + 16.0, full.top() + 15.0), palette.kind(annotation.kind).rule);
    let mut left = full.right();
    let inside = egui::UiBuilder::new().max_rect(full.shrink2(egui::vec2(6.0, 0.0)));
    ui.scope_builder(inside.layout(egui::Layout::right_to_left(egui::Align::Center)), |ui| {
        for (text, command, of) in [
            ("Drop", TextCommand::DropOrphan, "Drop the orphan"),
            ("Place here", TextCommand::PlaceOrphan, "Place the orphan here"),
            ("Look for it", TextCommand::FindOrphan, "Look for the orphan's words"),
        ] {
            let command = Command::Text(command);
            let enabled = can(model, &command);
            let mut button = ui.add_enabled(enabled, egui::Button::new(text));
            let name = format!("{of}: {words}");
            button.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, &name));
            if let Some(row) = row_of(&command) {
                button = button.on_hover_text(tooltip(row)).on_disabled_hover_text(tooltip(row));
            }
            left = left.min(button.rect.left());
            if button.clicked() {
                out.extend([go.clone(), command]);
            }
        }
    });
    let room = (left - 10.0 - full.left() - 30.0).max(0.0);
    let fits = |words: &str| {
        let font = FontId::proportional(12.0);
        ui.painter().layout_no_wrap(words.to_owned(), font, palette.dim).size().x <= room
    };
    let around = around(orphan.place.prefix.as_str(), orphan.place.suffix.as_str(), fits);
    for (text, font, color, y) in
        [(words, bold(13.0), palette.ink, 15.0), (around, FontId::proportional(12.0), palette.dim, 33.0)]
    {
        let mut job = egui::text::LayoutJob::simple_singleline(text, font, color);
        job.wrap = egui::text::TextWrapping::truncate_at_width(room);
        let galley = ui.painter().layout_job(job);
        let at = egui::pos2(full.left() + 30.0, full.top() + y - galley.size().y / 2.0);
        ui.painter().galley(at, galley, color);
    }
    if response.clicked() {
        out.push(go);
    }
}

impl Shell {
    /// Draws the tray under the article, where there are orphans.
    pub(super) fn orphan_tray(&mut self, ui: &mut Ui, palette: &Palette, out: &mut Vec<Command>) {
        self.panes.tray = egui::Rect::NOTHING;
        let Some(desk) = &self.model.desk else { return };
        self.tray.look(desk);
        if self.tray.rows.is_empty() {
            return;
        }
        let frame = egui::Frame::new().fill(palette.panel).inner_margin(egui::Margin::symmetric(14, 0));
        let height = self.tray.height().min(ui.available_height() * 0.5);
        egui::Panel::bottom("orphans").exact_size(height).show_separator_line(false).frame(frame).show(
            ui,
            |ui| {
                self.panes.tray = ui.max_rect();
                let wide = ui.max_rect().expand2(egui::vec2(14.0, 0.0));
                let line = Stroke::new(1.0, palette.line);
                ui.painter().with_clip_rect(wide).hline(wide.x_range(), wide.top(), line);
                self.tray.ui(ui, &self.model, palette, out);
            },
        );
    }
}
