//! Comparing with a colleague's copy: the figures, one difference with both sides, all differences.
//! It stands in the place of list and fields while it is open.
//!
//! May use: egui, the model (read). Invariant: only the visible rows are laid out, and how far each
//! difference is decided is looked up once for each state, not in a frame; whether one is open is told
//! by words and form, not by colour alone.

use egui::{Align2, FontId, Response, RichText, Role, Sense, Stroke, Ui, Vec2, WidgetInfo};

use super::annotations::title;
use super::controls::{bold, card, command_button, dot, label, strong};
use super::icons::status_icon;
use super::list_row::ROW;
use super::palette::Palette;
use crate::app::comparing::{Compare, Comparing, Decided};
use crate::app::{Command, Desk, Model};
use crate::domain::agreement::Difference;
use crate::domain::invisible::shown;
use crate::domain::{Annotation, Project};

/// More letters of the words of one side are cut.
const LONGEST: usize = 220;

/// The panel's own state.
#[derive(Default)]
pub struct ComparePanel {
    decided: Option<((u64, u64, u64), Vec<Decided>)>,
    at: Option<usize>,
    /// How high the two sides of the shown difference are.
    tall: f32,
}

impl ComparePanel {
    /// Draws the panel.
    pub fn ui(&mut self, ui: &mut Ui, model: &Model, palette: &Palette, out: &mut Vec<Command>) {
        let Some(desk) = &model.desk else { return };
        let Some(comparing) = desk.comparing.as_deref() else { return };
        self.look(desk, comparing);
        let margin = egui::Margin { left: 12, right: 12, top: 10, bottom: 8 };
        egui::Frame::new().inner_margin(margin).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 4.0;
            head(ui, model, comparing, palette, out);
            figures(ui, comparing, palette);
        });
        rule(ui, palette);
        if comparing.found.differences.is_empty() {
            egui::Frame::new().inner_margin(margin).show(ui, |ui| {
                ui.add(egui::Label::new("You marked the same and came to the same results").wrap());
            });
            return;
        }
        egui::Frame::new().inner_margin(margin).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 6.0;
            self.one(ui, model, desk, comparing, palette, out);
        });
        rule(ui, palette);
        self.rows(ui, desk, comparing, palette, out);
    }

    /// Looks up how far each difference is decided, where something changed.
    fn look(&mut self, desk: &Desk, comparing: &Comparing) {
        let key = (desk.number, desk.history.state(), comparing.revision);
        if self.decided.as_ref().is_none_or(|(known, _)| *known != key) {
            let all = 0..comparing.found.differences.len();
            let decided = all.map(|number| comparing.decided(&desk.project, number)).collect();
            self.decided = Some((key, decided));
        }
    }

    fn decided(&self, number: usize) -> Decided {
        let known = self.decided.as_ref().and_then(|(_, all)| all.get(number));
        known.copied().unwrap_or(Decided::Open)
    }

    /// The difference that is shown, with both sides.
    fn one(
        &mut self,
        ui: &mut Ui,
        model: &Model,
        desk: &Desk,
        comparing: &Comparing,
        palette: &Palette,
        out: &mut Vec<Command>,
    ) {
        let count = comparing.found.differences.len();
        let all = self.decided.iter().flat_map(|(_, all)| all);
        let open = all.filter(|decided| **decided == Decided::Open).count();
        let Some((at, what)) = comparing.shown() else { return };
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            let words = format!("Difference {} of {count} · {open} open", at + 1);
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                command_button(ui, model, Command::Compare(Compare::Next), "Next", out);
                command_button(ui, model, Command::Compare(Compare::Previous), "Previous", out);
                ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                    ui.add(egui::Label::new(RichText::new(words).size(12.5).color(palette.dim)).truncate());
                });
            });
        });
        let mine = what.mine.and_then(|id| desk.project.annotations.get(&id)).map(AsRef::as_ref);
        let there = comparing.there(what);
        let decided = self.decided(at);
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            command_button(ui, model, Command::Compare(Compare::Adopt), adopting(what), out);
            command_button(ui, model, Command::Compare(Compare::Keep), "Keep mine", out);
            if decided != Decided::Open {
                ui.label(RichText::new(words_of(decided)).size(12.5).color(palette.dim));
            }
        });
        let mut tall: f32 = 0.0;
        ui.columns(2, |sides| {
            let [left, right] = sides else { return };
            let own = (&desk.project, mine, what.mine.is_some());
            let other = (&*comparing.theirs, there, what.theirs.is_some());
            tall = side(left, "Mine", own, self.tall, palette);
            tall = side(right, &comparing.name, other, self.tall, palette).max(tall);
        });
        // Both cards are as high as the higher one, from the next frame on.
        if (tall - self.tall).abs() > 0.5 {
            self.tall = tall;
            ui.ctx().request_repaint();
        }
    }

    fn rows(
        &mut self,
        ui: &mut Ui,
        desk: &Desk,
        comparing: &Comparing,
        palette: &Palette,
        out: &mut Vec<Command>,
    ) {
        let height = ui.available_height().max(ROW * 2.0);
        let mut area = egui::ScrollArea::vertical()
            .id_salt("differences")
            .max_height(height)
            .min_scrolled_height(height)
            .auto_shrink([false, false]);
        if self.at != comparing.at {
            self.at = comparing.at;
            let top = comparing.at.unwrap_or_default() as f32 * ROW;
            area = area.vertical_scroll_offset((top - height / 2.0).max(0.0));
        }
        ui.spacing_mut().item_spacing.y = 0.0;
        area.show_rows(ui, ROW, comparing.found.differences.len(), |ui, range| {
            for number in range {
                let response = row(ui, desk, comparing, (number, self.decided(number)), palette);
                if response.clicked() {
                    out.push(Command::Compare(Compare::Pick(number)));
                }
            }
        });
    }
}

fn head(ui: &mut Ui, model: &Model, comparing: &Comparing, palette: &Palette, out: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            command_button(ui, model, Command::Compare(Compare::Close), "Back to the list", out);
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                let words = format!("Compared with {}", shown(&comparing.name));
                let response = ui.add(egui::Label::new(strong(words).size(14.0)).truncate());
                response.on_hover_text(crate::io::shown(&comparing.path));
            });
        });
    });
    if !comparing.found.same_text {
        let text = match comparing.found.not_placed {
            0 => "The two texts are not the same; places are those of yours".to_owned(),
            1 => "The two texts are not the same: one place of theirs is not in yours".to_owned(),
            count => format!("The two texts are not the same: {count} places of theirs are not in yours"),
        };
        ui.add(egui::Label::new(RichText::new(text).size(12.5).color(palette.bad)).wrap());
    }
}

fn figures(ui: &mut Ui, comparing: &Comparing, palette: &Palette) {
    let figures = &comparing.found.figures;
    let total = figures.total();
    let rows = [
        (
            "Both",
            format!(
                "{} the same · {} overlap · {} of another kind",
                total.same, total.overlap, total.other_kind
            ),
            "Marks that both made: on exactly the same words, on some of the same words, and as another kind",
        ),
        (
            "One side",
            format!("{} only mine · {} only theirs", total.only_mine, total.only_theirs),
            "Marks that one of you made and the other did not",
        ),
        (
            "Words",
            figures.words.words(),
            "Of all words of the article, how many both marked alike: as claim, quote, source, several of these or not at all. Cohen's kappa is the agreement beyond what chance alone gives: 1 is full, 0 is chance",
        ),
        (
            "Statuses",
            figures.statuses.words(),
            "Of what both marked, how much has the same status with both, and Cohen's kappa of that",
        ),
    ];
    for (caption, words, help) in rows {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            let size = Vec2::new(54.0, 17.0);
            ui.allocate_ui_with_layout(size, egui::Layout::left_to_right(egui::Align::Center), |ui| {
                ui.set_min_width(size.x);
                label(ui, caption, palette);
            });
            let words = egui::Label::new(RichText::new(words).size(12.5)).wrap();
            ui.add(words).on_hover_text(help);
        });
    }
}

/// One side of a difference; how high its contents are.
fn side(
    ui: &mut Ui,
    name: &str,
    (project, annotation, was_there): (&Project, Option<&Annotation>, bool),
    tall: f32,
    palette: &Palette,
) -> f32 {
    ui.spacing_mut().item_spacing.y = 4.0;
    let caption = RichText::new(shown(name)).size(11.5).color(palette.dim);
    ui.add(egui::Label::new(caption).truncate());
    let drawn = card(palette).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        let inside = ui.with_layout(egui::Layout::top_down(egui::Align::LEFT), |ui| match annotation {
            Some(annotation) => contents(ui, project, annotation, palette),
            None => {
                let words = if was_there { "Not marked any more" } else { "Not marked" };
                ui.label(RichText::new(words).size(12.5).color(palette.dim));
            }
        });
        let height = inside.response.rect.height();
        ui.add_space((tall - height).max(0.0));
        height
    });
    drawn.inner
}

fn contents(ui: &mut Ui, project: &Project, annotation: &Annotation, palette: &Palette) {
    type Draw<'a> = &'a dyn Fn(&egui::Painter, egui::Pos2);
    let kind: Draw<'_> = &|painter, at| dot(painter, at, palette.kind(annotation.kind).rule);
    let status: Draw<'_> = &|painter, at| status_icon(painter, at, 12.0, annotation.status, palette);
    for (draw, name) in [(kind, annotation.kind.name()), (status, annotation.status.name())] {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            ui.spacing_mut().interact_size.y = 17.0;
            let (rect, _) = ui.allocate_exact_size(Vec2::new(12.0, 17.0), Sense::hover());
            draw(ui.painter(), rect.center());
            ui.add(egui::Label::new(RichText::new(name).size(12.5)).truncate());
        });
    }
    let words = format!("“{}”", cut(&crate::formats::own_words(annotation)));
    ui.add(egui::Label::new(RichText::new(words).size(12.5)).wrap());
    let speaker = annotation.speaker.as_ref().map(|speaker| project.speaker_name(speaker));
    let told = [speaker.unwrap_or_default(), annotation.reason.0.clone(), annotation.note.0.clone()];
    for text in told.iter().filter(|text| !text.trim().is_empty()) {
        let text = RichText::new(cut(text)).size(12.0).color(palette.dim);
        ui.add(egui::Label::new(text).wrap());
    }
}

fn cut(text: &str) -> String {
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let flat = match flat.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &flat[..end]),
        None => flat,
    };
    shown(&flat).into_owned()
}

/// What the button says that adopts a difference.
fn adopting(what: &Difference) -> &'static str {
    match (what.mine, what.theirs) {
        (None, _) => "Adopt theirs: mark it",
        (_, None) => "Adopt theirs: remove it",
        _ => "Adopt theirs",
    }
}

/// What differs, in a word or two.
fn differs(what: &Difference) -> String {
    match (what.mine, what.theirs) {
        (None, _) => return "only theirs".into(),
        (_, None) => return "only mine".into(),
        _ => {}
    }
    let all = [(what.kind, "kind"), (what.place, "place"), (what.status, "status")];
    let differing = all.iter().filter(|(differs, _)| *differs).map(|(_, word)| *word);
    differing.collect::<Vec<_>>().join(", ")
}

const fn words_of(decided: Decided) -> &'static str {
    match decided {
        Decided::Open => "open",
        Decided::Adopted => "adopted",
        Decided::Kept => "mine is kept",
    }
}

/// A difference in the list of all.
fn row(
    ui: &mut Ui,
    desk: &Desk,
    comparing: &Comparing,
    (number, decided): (usize, Decided),
    palette: &Palette,
) -> Response {
    let (_, rect) = ui.allocate_space(Vec2::new(ui.available_width(), ROW));
    let response = ui.interact(rect, egui::Id::unique(("difference", number)), Sense::click());
    let Some(what) = comparing.found.differences.get(number) else { return response };
    let mine = what.mine.and_then(|id| desk.project.annotations.get(&id)).map(AsRef::as_ref);
    let annotation = mine.or(comparing.there(what));
    let words = annotation.map(title).unwrap_or_else(|| "removed".into());
    let differs = differs(what);
    let picked = comparing.at == Some(number);
    response.widget_info(|| {
        let name = format!("Difference {}, {}: {differs}, {words}", number + 1, words_of(decided));
        WidgetInfo::selected(Role::Button, true, picked, name)
    });
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let painter = ui.painter_at(rect);
    if picked || response.hovered() {
        painter.rect_filled(rect, 0.0, palette.sel);
    }
    if picked {
        painter.rect_filled(rect.with_max_x(rect.left() + 3.0), 0.0, palette.accent);
    }
    if response.has_focus() {
        let stroke = Stroke::new(1.0, palette.accent);
        painter.rect_stroke(rect.shrink(1.0), 4.0, stroke, egui::StrokeKind::Inside);
    }
    painter.hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, palette.line));
    sign(&painter, egui::pos2(rect.left() + 20.0, rect.center().y), decided, palette);
    if let Some(annotation) = annotation {
        dot(&painter, egui::pos2(rect.left() + 39.0, rect.center().y), palette.kind(annotation.kind).rule);
    }
    let galley = painter.layout_no_wrap(differs, FontId::proportional(12.0), palette.dim);
    let right = rect.right() - 12.0 - galley.size().x;
    painter.galley(egui::pos2(right, rect.center().y - galley.size().y / 2.0), galley, palette.dim);
    let (font, ink) = match decided {
        Decided::Open => (bold(13.0), palette.ink),
        _ => (FontId::proportional(13.0), palette.dim),
    };
    let mut job = egui::text::LayoutJob::simple_singleline(words, font, ink);
    job.wrap = egui::text::TextWrapping::truncate_at_width((right - 10.0 - rect.left() - 52.0).max(20.0));
    let galley = painter.layout_job(job);
    let at = Align2::LEFT_CENTER.anchor_size(egui::pos2(rect.left() + 52.0, rect.center().y), galley.size());
    painter.galley(at.min, galley, ink);
    response
}

/// A ring for what is open, a tick for what was adopted, a bar for what stays.
fn sign(painter: &egui::Painter, center: egui::Pos2, decided: Decided, palette: &Palette) {
    let at = |x: f32, y: f32| egui::pos2(center.x + x, center.y + y);
    match decided {
        Decided::Open => {
            painter.circle_stroke(center, 4.2, Stroke::new(1.4, palette.accent));
        }
        Decided::Adopted => {
            let tick = vec![at(-4.5, 0.2), at(-1.2, 3.4), at(4.6, -3.8)];
            painter.line(tick, Stroke::new(1.8, palette.ok));
        }
        Decided::Kept => {
            painter.line_segment([at(-4.5, 0.0), at(4.5, 0.0)], Stroke::new(1.8, palette.dim));
        }
    }
}

fn rule(ui: &mut Ui, palette: &Palette) {
    let rect = ui.available_rect_before_wrap();
    ui.painter().hline(rect.x_range(), rect.top(), Stroke::new(1.0, palette.line));
}
