//! The marks of a new draft in their three tiers, to be walked through.
//!
//! May use: egui, the model (read), the plan. Invariant: every mark is under one heading, whose number is
//! how many stand there; each says its old words, and what stands there now or why there is nothing.

use egui::text::{LayoutJob, TextWrapping};
use egui::{FontId, Response, Role, ScrollArea, Sense, Stroke, Ui, Vec2, WidgetInfo};

use super::controls::{bold, dot};
use super::palette::Palette;
use crate::app::Desk;
use crate::domain::Kind;
use crate::domain::invisible::shown;
use crate::domain::redraft::{Fate, Plan, Tier, Why};

/// How high every line is.
const ROW: f32 = 42.0;

/// The headings, in their order.
const HEADINGS: [(&str, &str); 3] = [
    ("Check again", "They have a place; each counts as not checked until somebody confirms it"),
    ("Orphans", "Their words are gone; they are kept with their words, and you place or drop them"),
    ("Certain", "Words, what stands around them and the comparison of the texts agree"),
];

/// The list.
#[derive(Default)]
pub struct Marks {
    /// Of each heading, which fates stand there.
    under: [Vec<usize>; 3],
    folded: [bool; 3],
    /// The fate that is looked at.
    pub chosen: Option<usize>,
}

enum Line {
    Heading(usize),
    Mark(usize, usize),
}

impl Marks {
    /// Those of a plan; what is certain is folded.
    pub fn of(plan: &Plan) -> Self {
        let mut marks = Self { folded: [false, false, true], ..Self::default() };
        for (index, fate) in plan.fates.iter().enumerate().filter(|(_, fate)| !fate.removed) {
            marks.under[heading(fate.tier)].push(index);
        }
        marks
    }

    fn lines(&self) -> usize {
        let open = self.under.iter().zip(self.folded).filter(|(_, folded)| !folded);
        3 + open.map(|(under, _)| under.len()).sum::<usize>()
    }

    fn line(&self, mut number: usize) -> Option<Line> {
        for (heading, under) in self.under.iter().enumerate() {
            if number == 0 {
                return Some(Line::Heading(heading));
            }
            number -= 1;
            if !self.folded[heading] {
                if let Some(fate) = under.get(number) {
                    return Some(Line::Mark(heading, *fate));
                }
                number -= under.len();
            }
        }
        None
    }

    /// Draws it. True where another mark was chosen.
    pub fn ui(&mut self, ui: &mut Ui, desk: &Desk, plan: &Plan, height: f32, palette: &Palette) -> bool {
        let mut chosen = None;
        let mut fold = None;
        ui.spacing_mut().item_spacing.y = 0.0;
        let area = ScrollArea::vertical().id_salt("tiers").max_height(height).min_scrolled_height(height);
        area.auto_shrink([false, false]).show_rows(ui, ROW, self.lines(), |ui, range| {
            for line in range.filter_map(|number| self.line(number)) {
                match line {
                    Line::Heading(which) => {
                        if self.heading(ui, which, palette).clicked() {
                            fold = Some(which);
                        }
                    }
                    Line::Mark(which, index) => {
                        let is_chosen = self.chosen == Some(index);
                        if mark(ui, desk, plan, (which, index, is_chosen), palette).clicked() {
                            chosen = Some(index);
                        }
                    }
                }
            }
        });
        if let Some(which) = fold {
            self.folded[which] = !self.folded[which];
        }
        self.chosen = chosen.or(self.chosen);
        chosen.is_some()
    }

    fn heading(&self, ui: &mut Ui, which: usize, palette: &Palette) -> Response {
        let (name, help) = HEADINGS[which];
        let (count, folded) = (self.under[which].len(), self.folded[which]);
        let (rect, response) = ui.allocate_exact_size(Vec2::new(ui.available_width(), ROW), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{name}, {count}")));
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_expanded(!folded));
        if ui.is_rect_visible(rect) {
            let painter = ui.painter_at(rect);
            let inner = rect.shrink2(Vec2::new(0.0, 4.0));
            painter.rect_filled(inner, 6.0, palette.chip);
            if response.has_focus() || response.hovered() {
                let line = if response.has_focus() { palette.accent } else { palette.line };
                painter.rect_stroke(inner, 6.0, Stroke::new(1.0, line), egui::StrokeKind::Inside);
            }
            let center = egui::pos2(rect.left() + 16.0, rect.center().y);
            let at = |x: f32, y: f32| egui::pos2(center.x + x, center.y + y);
            let points = if folded {
                vec![at(-2.0, -4.0), at(2.5, 0.0), at(-2.0, 4.0)]
            } else {
                vec![at(-4.0, -2.0), at(0.0, 2.5), at(4.0, -2.0)]
            };
            painter.line(points, Stroke::new(1.5, palette.dim));
            let words = painter.layout_no_wrap(name.to_owned(), bold(13.0), palette.ink);
            painter.galley(
                egui::pos2(rect.left() + 30.0, rect.center().y - words.size().y / 2.0),
                words,
                palette.ink,
            );
            let number = painter.layout_no_wrap(count.to_string(), bold(13.0), palette.dim);
            let right = rect.right() - 12.0 - number.size().x;
            painter.galley(egui::pos2(right, rect.center().y - number.size().y / 2.0), number, palette.dim);
        }
        response.on_hover_text(help)
    }
}

const fn heading(tier: Tier) -> usize {
    match tier {
        Tier::Again(_) => 0,
        Tier::Orphan => 1,
        Tier::Certain => 2,
    }
}

/// The words of a mark before, and those that stand there now.
pub fn words(desk: &Desk, plan: &Plan, fate: &Fate) -> (String, Option<String>) {
    let quote = || {
        let annotation = desk.project.record(fate.annotation)?;
        let span = annotation.spans.iter().find(|span| span.id == fate.span)?;
        Some(span.place.quote.as_str().to_owned())
    };
    let was = match fate.was {
        Some(was) => plan.old.slice(was).to_owned(),
        None => quote().unwrap_or_default(),
    };
    let line = |words: &str| shown(&words.split_whitespace().collect::<Vec<_>>().join(" ")).into_owned();
    (line(&was), fate.is.map(|is| line(plan.new.slice(is))))
}

/// What is said of a mark, in a few words.
pub fn reason(fate: &Fate) -> &'static str {
    match fate.tier {
        Tier::Certain => "The same words in the same place",
        Tier::Again(Why::Words) => "Other words stand there now",
        Tier::Again(Why::Around) => "Other words stand around these now",
        Tier::Again(Why::Twice) => "The words stand more than once, and the text changed near them",
        Tier::Again(Why::Moved) => "The words stand elsewhere now",
        Tier::Again(Why::Found) => "The words were gone and are there again",
        Tier::Orphan if fate.was.is_none() => "Was an orphan before",
        Tier::Orphan => "The words are gone",
    }
}

fn mark(
    ui: &mut Ui,
    desk: &Desk,
    plan: &Plan,
    (which, index, is_chosen): (usize, usize, bool),
    palette: &Palette,
) -> Response {
    let fate = &plan.fates[index];
    let (_, rect) = ui.allocate_space(Vec2::new(ui.available_width(), ROW));
    let response = ui.interact(rect, egui::Id::unique(("fate", fate.annotation, fate.span)), Sense::click());
    let kind = desk.project.record(fate.annotation).map_or(Kind::Claim, |annotation| annotation.kind);
    let (was, is) = words(desk, plan, fate);
    let second = match (fate.tier, &is) {
        (Tier::Again(Why::Words), Some(is)) => format!("now: {is}"),
        _ => reason(fate).to_owned(),
    };
    response.widget_info(|| {
        let tier = HEADINGS[which].0.to_lowercase();
        let name = format!("{}, {tier}: {was}, {second}", kind.name());
        WidgetInfo::selected(Role::Button, true, is_chosen, name)
    });
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let painter = ui.painter_at(rect);
    if is_chosen || response.hovered() {
        painter.rect_filled(rect, 6.0, palette.sel);
    }
    if is_chosen {
        painter.rect_filled(rect.with_max_x(rect.left() + 3.0), 0.0, palette.accent);
    }
    if response.has_focus() {
        let stroke = Stroke::new(1.0, palette.accent);
        painter.rect_stroke(rect.shrink(1.0), 6.0, stroke, egui::StrokeKind::Inside);
    }
    dot(&painter, egui::pos2(rect.left() + 16.0, rect.top() + 13.5), palette.kind(kind).rule);
    for (text, size, color, top) in [(&was, 13.0, palette.ink, 4.5), (&second, 11.5, palette.dim, 22.5)] {
        let mut job = LayoutJob::simple_singleline(text.clone(), FontId::proportional(size), color);
        job.wrap = TextWrapping::truncate_at_width(rect.width() - 40.0);
        let galley = painter.layout_job(job);
        painter.galley(egui::pos2(rect.left() + 30.0, rect.top() + top), galley, color);
    }
    response
}
