//! The question before an export, and how far one is that takes its time.
//!
//! May use: egui, the model (read), the formats. Invariant: what is left out stands in the question
//! before there is a file; the bar appears where an export takes longer than half a second.

use egui::{Context, Key, Modifiers, RichText, Stroke, Ui, Vec2};

use super::controls::{label, strong};
use super::dialogs::{buttons, title};
use super::palette::Palette;
use crate::app::export::{Export, Findings};
use crate::app::{Command, Model};
use crate::domain::rules::Include;
use crate::formats::{self, Format};

/// Seconds that an export may take before its bar is shown.
const PATIENCE: f64 = 0.5;
/// The height that most answers fit into.
const LEAST: f32 = 356.0;
/// The width of the formats' column.
const FORMATS: f32 = 286.0;

/// Draws the question.
pub fn question(
    ui: &mut Ui,
    (chosen, include): (&'static str, Include),
    findings: Option<&Findings>,
    palette: &Palette,
    out: &mut Vec<Command>,
) {
    title(ui, "Export");
    take_keys(ui, chosen, out);
    let room = (ui.ctx().content_rect().height() - 190.0).max(120.0);
    egui::ScrollArea::vertical().id_salt("export").max_height(room).min_scrolled_height(room).show(
        ui,
        |ui| {
            // So that the window does not jump from format to format.
            ui.set_min_height(LEAST.min(room));
            if ui.available_width() < FORMATS + 240.0 {
                formats_column(ui, chosen, include, palette, out);
                ui.add_space(8.0);
                contents(ui, (chosen, include), findings, palette, out);
            } else {
                ui.horizontal_top(|ui| {
                    ui.spacing_mut().item_spacing.x = 22.0;
                    ui.vertical(|ui| {
                        ui.set_width(FORMATS);
                        formats_column(ui, chosen, include, palette, out);
                    });
                    ui.vertical(|ui| contents(ui, (chosen, include), findings, palette, out));
                });
            }
        },
    );
    buttons(ui, "Export…", true, true, out, || Command::Export(Export::Go));
}

/// Up and Down go from format to format.
fn take_keys(ui: &Ui, chosen: &str, out: &mut Vec<Command>) {
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let (up, down) = (pressed(Key::ArrowUp), pressed(Key::ArrowDown));
    let all: Vec<&Format> = formats::exports().collect();
    let Some(place) = all.iter().position(|format| format.name == chosen) else { return };
    let to = if up { place.checked_sub(1) } else { down.then_some(place + 1) };
    if let Some(format) = to.and_then(|to| all.get(to)) {
        let include = format.write.map_or(Include::Verified, |export| export.include);
        out.push(Command::Export(Export::Choose(format.name, include)));
    }
}

fn formats_column(ui: &mut Ui, chosen: &str, include: Include, palette: &Palette, out: &mut Vec<Command>) {
    ui.spacing_mut().item_spacing.y = 2.0;
    label(ui, "Format", palette);
    for format in formats::exports() {
        let Some(export) = format.write else { continue };
        let is_chosen = format.name == chosen;
        let text = if is_chosen { strong(export.title) } else { RichText::new(export.title) };
        let button = egui::Button::selectable(is_chosen, text).min_size(Vec2::new(FORMATS, 27.0));
        if ui.add(button).on_hover_text(sentence(export.about)).clicked() && !is_chosen {
            out.push(Command::Export(Export::Choose(format.name, include)));
        }
    }
}

fn contents(
    ui: &mut Ui,
    (chosen, include): (&'static str, Include),
    findings: Option<&Findings>,
    palette: &Palette,
    out: &mut Vec<Command>,
) {
    ui.spacing_mut().item_spacing.y = 4.0;
    label(ui, "Which annotations", palette);
    for which in Include::ALL {
        let (words, help) = match which {
            Include::Verified => ("Verified", "Claims and quotes that hold, accepted corrections too"),
            Include::Checked => ("Everything checked", "All that has a result, whatever it is"),
            Include::All => ("Everything", "All annotations, open ones too, with their statuses"),
        };
        let response = ui.radio(which == include, words).on_hover_text(help);
        if response.clicked() && which != include {
            out.push(Command::Export(Export::Choose(chosen, which)));
        }
    }
    ui.add_space(8.0);
    let Some(findings) = findings else {
        ui.label(RichText::new("Looking at the annotations…").color(palette.dim));
        return;
    };
    if let Some(count) = findings.count {
        let count = formats::loss::counted(count, "annotation", "annotations");
        ui.label(strong(format!("{count} to export")));
    }
    let warnings = || findings.told.iter().filter_map(|line| line.strip_prefix("warning: "));
    let lost = || findings.told.iter().filter_map(|line| line.strip_prefix("left out: "));
    if warnings().next().is_some() {
        ui.add_space(6.0);
        label(ui, "Look at this first", palette);
        for line in warnings() {
            item(ui, "!", &sentence(line), palette.bad);
        }
    }
    if lost().next().is_some() {
        ui.add_space(6.0);
        label(ui, "Left out", palette);
        for line in lost() {
            item(ui, "–", line, palette.ink);
        }
    }
    if findings.told.is_empty() {
        ui.label(RichText::new("Nothing is left out").color(palette.dim));
    }
}

/// A line of a list, with its sign before it.
pub(super) fn item(ui: &mut Ui, sign: &str, text: &str, color: egui::Color32) {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 7.0;
        // As wide as the widest, so that the lines begin below each other.
        let width = 8.0 - ui.label(strong(sign).color(color)).rect.width();
        ui.add_space(width.max(0.0));
        ui.add(egui::Label::new(RichText::new(text).color(color)).wrap());
    });
}

pub(super) fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect()
}

/// When the export that is being written was first seen.
#[derive(Default)]
pub struct Exporting {
    since: Option<f64>,
}

impl Exporting {
    /// Draws the bar above the lower right corner of a pane, once it takes its time.
    pub fn ui(
        &mut self,
        ctx: &Context,
        model: &Model,
        pane: egui::Rect,
        palette: &Palette,
        out: &mut Vec<Command>,
    ) {
        let Some(exporting) = &model.exporting else {
            self.since = None;
            return;
        };
        let now = ctx.input(|input| input.time);
        let since = *self.since.get_or_insert(now);
        if now - since < PATIENCE {
            ctx.request_repaint_after_secs((PATIENCE - (now - since)) as f32 + 0.02);
            return;
        }
        ctx.request_repaint_after_secs(0.1);
        let name = exporting.path.file_name().map(|name| crate::io::shown(name.as_ref()));
        let area = egui::Area::new(egui::Id::unique("exporting"))
            .order(egui::Order::Foreground)
            .pivot(egui::Align2::RIGHT_BOTTOM)
            .fixed_pos(pane.right_bottom() + Vec2::new(-14.0, -12.0))
            .constrain_to(pane);
        area.show(ctx, |ui| {
            let frame = egui::Frame::popup(ui.style())
                .stroke(Stroke::new(1.0, palette.line))
                .corner_radius(10)
                .inner_margin(egui::Margin::symmetric(14, 11));
            frame.show(ui, |ui| {
                ui.set_width(280.0_f32.min(pane.width() - 60.0));
                let stops = exporting.job.is_stopped();
                let words = if stops { "Stopping the export" } else { "Exporting" };
                ui.add(egui::Label::new(format!("{words}: {}", name.unwrap_or_default())).truncate());
                ui.horizontal(|ui| {
                    let part = exporting.job.part();
                    let bar = egui::ProgressBar::new(part)
                        .desired_width(ui.available_width() - if stops { 100.0 } else { 64.0 });
                    let bar = ui.add(bar.desired_height(8.0));
                    bar.widget_info(|| {
                        let name = format!("{words}, {:.0} percent", part * 100.0);
                        egui::WidgetInfo::labeled(egui::Role::ProgressIndicator, true, name)
                    });
                    let (name, help) = match stops {
                        false => ("Stop", "Stop; no file is written"),
                        true => ("Do not wait", "The disk does not answer; go on without it"),
                    };
                    if ui.button(name).on_hover_text(help).clicked() {
                        out.push(Command::Export(Export::Stop));
                    }
                });
            });
        });
    }
}
