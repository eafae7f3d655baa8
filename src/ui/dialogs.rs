//! The questions of the window, one at a time, over everything else.
//!
//! May use: egui, the model (read), the table. Invariant: Escape and a click beside are Cancel;
//! Enter is the first button but for the questions of `rescue`; the first field has the focus.

use std::path::PathBuf;

use egui::{Context, Key, RichText, Ui};

use super::call_sheet::Sheet;
use super::choosers::Choosers;
use super::controls::strong;
use super::history::HistorySheet;
use super::import::Form;
use super::labels::Labels;
use super::palette::Palette;
use super::redraft::Preview;
use super::review::ReviewSheet;
use super::scale::ScaleSheet;
use super::text_dialogs::{self, Template};
use super::{address, choices, export, inspector, key_page, marks, rescue, send, split};
use crate::app::{Answer, Command, Dialog, Model, Purpose, disputes};
use crate::domain::project::{About, AboutValue};

/// What is being typed into the open question.
#[derive(Default)]
pub struct Dialogs {
    open: Option<Dialog>,
    fields: [String; 5],
    import: Form,
    draft: Preview,
    scale: ScaleSheet,
    history: HistorySheet,
    template: Template,
    fresh: bool,
    labels: Labels,
    /// What was being typed into the question that another one stands over.
    under: Option<(Dialog, [String; 5])>,
    choosers: Choosers,
    sheet: Sheet,
    review: ReviewSheet,
}

impl Dialogs {
    /// Draws the open question. True in the frame after the last one was answered.
    pub fn ui(&mut self, ctx: &Context, model: &Model, palette: &Palette, out: &mut Vec<Command>) -> bool {
        let answered = self.open.is_some() && model.dialog.is_none();
        if self.open != model.dialog {
            self.change(model);
            self.choosers.open(model);
            self.import.clear();
            self.review.open();
            self.draft.clear();
            if let Some(Dialog::CallSheet { id }) = model.dialog {
                self.sheet.open(model, id, false);
            }
            if let Some(Dialog::Template { lines }) = &model.dialog {
                self.template = Template::of(lines);
            }
        }
        let Some(dialog) = self.open.clone() else { return answered };
        let frame = egui::Frame::window(&ctx.global_style()).inner_margin(egui::Margin::same(20));
        // The largest has a place of its own: else it would grow out of the last one's, frame by frame.
        let is_review = dialog == Dialog::Review;
        let is_widest = matches!(dialog, Dialog::Export { .. } | Dialog::Draft);
        let place = match dialog {
            Dialog::Review => "review",
            Dialog::Draft => "new draft",
            _ if is_widest => "large question",
            _ => "question",
        };
        let shown = egui::Modal::new(egui::Id::unique(place)).frame(frame).show(ctx, |ui| {
            let is_wide = matches!(
                dialog,
                Dialog::Keys
                    | Dialog::Hindered(_)
                    | Dialog::Address { .. }
                    | Dialog::Changed { .. }
                    | Dialog::Recover { .. }
                    | Dialog::Lost { .. }
                    | Dialog::Versions { .. }
                    | Dialog::History { .. }
                    | Dialog::Scale { .. }
                    | Dialog::Commands
                    | Dialog::Speaker { .. }
                    | Dialog::Source { .. }
                    | Dialog::CallSheet { .. }
                    | Dialog::Split { .. }
                    | Dialog::Import
                    | Dialog::Marks
                    | Dialog::Send { .. }
                    | Dialog::Template { .. }
            );
            let room = ctx.content_rect().width() - 72.0;
            let width = match (is_widest, is_wide) {
                _ if is_review => 960.0,
                (true, _) if dialog == Dialog::Draft => 1240.0_f32,
                (true, _) => 700.0,
                (false, true) if dialog == Dialog::Import => 900.0,
                (false, true) => 520.0,
                (false, false) => 420.0,
            };
            ui.set_width(width.min(room).max(160.0));
            ui.spacing_mut().item_spacing.y = 8.0;
            match &dialog {
                Dialog::Checker { then } => self.checker(ui, then.is_some(), palette, out),
                Dialog::Unsaved { then } => rescue::unsaved(ui, model, then, palette, out),
                Dialog::Reason { id } => {
                    title(ui, "Why can it not be verified?");
                    self.field(ui, 0, "Reason", true);
                    let ready = !self.fields[0].trim().is_empty();
                    buttons(ui, "Set unverifiable", ready, false, out, || {
                        Command::Unverifiable(*id, self.fields[0].clone())
                    });
                }
                Dialog::Path { purpose, .. } => self.path(ui, *purpose, palette, out),
                Dialog::Replace { path, .. } => {
                    title(ui, "Replace the file that is there?");
                    ui.label(crate::io::shown(path));
                    buttons(ui, "Replace", true, true, out, || Command::Answer(Answer::Replace));
                }
                Dialog::Changed { path } => rescue::changed(ui, model, path, palette, out),
                Dialog::Hindered(by) => rescue::hindered(ui, by, palette, out),
                Dialog::InUse { path, holder } => rescue::in_use(ui, path, holder, palette, out),
                Dialog::Recover { found, .. } => rescue::recover(ui, found, palette, out),
                Dialog::Lost { path, found } => rescue::lost(ui, path, found, palette, out),
                Dialog::Versions { found } => rescue::versions(ui, found, palette, out),
                Dialog::Rating { id } => choices::rating(ui, model, (*id, self.fresh), palette, out),
                Dialog::Priority { id } => choices::priority(ui, model, (*id, self.fresh), palette, out),
                Dialog::History { id } => self.history.ui(ui, model, *id, palette, out),
                Dialog::Scale { .. } => self.scale.ui(ui, model, self.fresh, palette, out),
                Dialog::Correct { id } => text_dialogs::correct(ui, model, *id, palette, out),
                Dialog::Template { lines } => self.template.ui(ui, model, lines, palette, out),
                Dialog::Queue(ask) => self.labels.ui(ui, model, ask, self.fresh, palette, out),
                Dialog::Address { checked, .. } => address::question(ui, checked, palette, out),
                Dialog::Export { format, include, findings } => {
                    export::question(ui, (*format, *include), findings.as_ref(), palette, out);
                }
                Dialog::Marks => {
                    marks::question(ui, model, (&mut self.fields[0], self.fresh), palette, out);
                }
                Dialog::Send { redacted, held } => {
                    send::question(ui, model, (*redacted, held.as_ref()), palette, out);
                }
                Dialog::Review => self.review.ui(ui, model, palette, out),
                Dialog::Import => self.import.ui(ui, model, palette, out),
                Dialog::Refused { what, why } => refused(ui, (what, why), palette, out),
                Dialog::Draft => self.draft.ui(ui, model, palette, out),
                Dialog::Details => self.details(ui, model, palette, out),
                Dialog::Keys => key_page::ui(ui, &mut self.fields[0], self.fresh, palette, out),
                Dialog::Commands => self.choosers.commands(ui, palette, out),
                Dialog::Speaker { id } => self.choosers.speaker(ui, model, *id, palette, out),
                Dialog::Source { purpose } => self.choosers.source(ui, *purpose, palette, out),
                Dialog::CallSheet { id } => self.sheet.ui(ui, model, *id, palette, out),
                Dialog::Split { id } => {
                    split::ui(ui, model, *id, (&mut self.fields[0], self.fresh), palette, out);
                }
            }
        });
        self.fresh = false;
        if shown.should_close() {
            out.push(Command::Answer(Answer::Cancel));
        }
        false
    }

    /// What is half typed into the open question, or into the one under it, as if it had been answered;
    /// and the name that stands in the question about the checker.
    pub fn typed(&self, model: &Model) -> (Vec<Command>, Option<String>) {
        if self.open != model.dialog {
            return (Vec::new(), None);
        }
        let (dialog, fields) = match (&self.under, &self.open) {
            (Some((dialog, fields)), Some(Dialog::Address { .. })) => (dialog, fields),
            (_, Some(dialog)) => (dialog, &self.fields),
            (_, None) => return (Vec::new(), None),
        };
        let first = fields[0].trim();
        let command = match dialog {
            Dialog::Details => {
                let now = model.desk.as_ref().map(|desk| &desk.project.about);
                let about = now.filter(|about| !is_as_stored(fields, about));
                about.map(|about| Command::Describe(described(fields, about)))
            }
            Dialog::Reason { id } => {
                (!first.is_empty()).then(|| Command::Unverifiable(*id, first.to_owned()))
            }
            // What was typed before the name was asked for.
            Dialog::Checker { then: Some(then) } if model.has_text_in_question() => {
                let name = (!first.is_empty()).then(|| first.to_owned());
                return (vec![Command::clone(then)], name);
            }
            _ => None,
        };
        (command.into_iter().collect(), None)
    }

    /// Another question is open than in the last frame, or none.
    fn change(&mut self, model: &Model) {
        if let (Some(Dialog::Address { under: Some(under), .. }), Some(open)) = (&model.dialog, &self.open)
            && **under == *open
        {
            self.under = Some((open.clone(), self.fields.clone()));
        }
        self.open.clone_from(&model.dialog);
        self.fields = first_fields(model);
        self.fresh = true;
        if !matches!(self.open, Some(Dialog::Address { .. }))
            && let Some((under, fields)) = self.under.take()
            && self.open.as_ref() == Some(&under)
        {
            self.fields = fields;
        }
    }

    /// A field with its label; the first one has the focus at first.
    fn field(&mut self, ui: &mut Ui, place: usize, name: &str, long: bool) -> egui::Response {
        let caption = ui.label(RichText::new(name).size(12.0));
        let text = &mut self.fields[place];
        let edit = if long {
            egui::TextEdit::multiline(text).desired_rows(3)
        } else {
            egui::TextEdit::singleline(text)
        };
        let response = ui.add(edit.desired_width(f32::INFINITY).margin(egui::Margin::symmetric(9, 7)));
        if place == 0 && self.fresh {
            response.request_focus();
        }
        response.labelled_by(caption.id)
    }

    fn checker(&mut self, ui: &mut Ui, before_a_change: bool, palette: &Palette, out: &mut Vec<Command>) {
        title(ui, "Who is checking?");
        let text = if before_a_change {
            "Your name is written beside each of your changes, so that colleagues know whom to ask. You are asked once."
        } else {
            "Your name is written beside each of your changes."
        };
        ui.label(RichText::new(text).color(palette.dim));
        self.field(ui, 0, "Your name", false);
        let ready = !self.fields[0].trim().is_empty();
        buttons(ui, "Go on", ready, true, out, || Command::SetChecker(self.fields[0].clone()));
    }

    fn path(&mut self, ui: &mut Ui, purpose: Purpose, palette: &Palette, out: &mut Vec<Command>) {
        let (words, button) = match purpose {
            Purpose::Open => ("Open a file", "Open"),
            Purpose::Draft => ("Open the new draft", "Open"),
            Purpose::Save => ("Save the project as", "Save"),
            Purpose::Export(..) => ("Export to", "Export"),
            Purpose::Text => ("Save the text as", "Save"),
            Purpose::Marks => ("Import annotations", "Open"),
            Purpose::Copy(_) => ("Write the copy to", "Write"),
            Purpose::Beside(_) => ("Choose a colleague's copy", "Choose"),
        };
        title(ui, words);
        ui.label(RichText::new("The system shows no file dialog here, so type the path").color(palette.dim));
        self.field(ui, 0, "Path", false);
        let path = PathBuf::from(self.fields[0].trim());
        let ready = path.file_name().is_some();
        buttons(ui, button, ready, true, out, || Command::TypedPath(purpose, path, false));
    }

    fn details(&mut self, ui: &mut Ui, model: &Model, palette: &Palette, out: &mut Vec<Command>) {
        title(ui, "Title and details");
        let Some(desk) = &model.desk else { return };
        let undecided = disputes::of_details(&desk.project);
        let room = (ui.ctx().content_rect().height() - 170.0).max(60.0);
        let mut on_enter = true;
        egui::ScrollArea::vertical().max_height(room).min_scrolled_height(room).show(ui, |ui| {
            for (place, name) in DETAILS.into_iter().enumerate() {
                self.field(ui, place, name, false);
            }
            let found = (desk.project.id, undecided.as_slice());
            let decided = inspector::disputes::list(ui, found, desk.read_only.is_none(), palette, out);
            // The field says what was chosen: else keeping the fields would take it back.
            if let Some((dispute, side)) = decided
                && let Some(place) = DETAILS.into_iter().position(|name| name == dispute.field)
            {
                self.fields[place].clone_from(&side.words);
            }
            let address = self.fields[4].trim();
            let open = egui::Button::new("Open address…");
            let response = ui
                .add_enabled(!address.is_empty(), open)
                .on_hover_text("Show the article in the browser; you are asked first")
                .on_disabled_hover_text("There is no address yet");
            on_enter = !response.has_focus();
            if response.clicked() {
                out.push(Command::OpenAddress(address.to_owned()));
            }
        });
        buttons(ui, "Keep", true, on_enter, out, || {
            Command::Describe(described(&self.fields, &desk.project.about))
        });
    }
}

/// The fields of “Title and details”.
const DETAILS: [&str; 5] = ["Title", "Byline", "Outlet", "Date", "Address"];

/// What the fields of “Title and details” say that is not stored: a field that was left as it is
/// decides nothing between two values.
fn described(fields: &[String; 5], about: &About) -> Vec<AboutValue> {
    let same = stored(about);
    let typed = values(fields).into_iter().zip(fields.iter().zip(same));
    typed.filter(|(_, (typed, stored))| typed.trim() != stored.trim()).map(|(value, _)| value).collect()
}

fn values(fields: &[String; 5]) -> Vec<AboutValue> {
    let [title, byline, outlet, date, address] = fields.each_ref().map(|text| text.trim().to_owned());
    vec![
        AboutValue::Title(title),
        AboutValue::Byline(byline),
        AboutValue::Outlet(outlet),
        AboutValue::Date(date),
        AboutValue::Address(address),
    ]
}

/// What stands in the fields of “Title and details” at first.
fn stored(about: &About) -> [&String; 5] {
    [&about.title, &about.byline, &about.outlet, &about.date, &about.address]
}

fn is_as_stored(fields: &[String; 5], about: &About) -> bool {
    fields.iter().zip(stored(about)).all(|(typed, stored)| typed.trim() == stored.trim())
}

fn first_fields(model: &Model) -> [String; 5] {
    let mut fields: [String; 5] = Default::default();
    match &model.dialog {
        Some(Dialog::Checker { .. } | Dialog::Marks) => {
            fields[0] =
                model.settings.checker.as_ref().map(|checker| checker.name.clone()).unwrap_or_default();
        }
        Some(Dialog::Path { suggested, .. }) => fields[0].clone_from(suggested),
        Some(Dialog::Split { id }) => {
            let annotation = model.desk.as_ref().and_then(|desk| desk.project.annotations.get(id));
            fields[0] = annotation.map(|annotation| split::first(annotation)).unwrap_or_default();
        }
        Some(Dialog::Details) => {
            if let Some(desk) = &model.desk {
                fields = stored(&desk.project.about).map(String::clone);
            }
        }
        _ => {}
    }
    fields
}

/// The first line of a question.
pub fn title(ui: &mut Ui, text: &str) {
    ui.label(strong(text).size(16.0));
}

/// The button that does it and the one that does not. Enter presses the first where it may.
pub(super) fn buttons(
    ui: &mut Ui,
    yes: &str,
    ready: bool,
    on_enter: bool,
    out: &mut Vec<Command>,
    command: impl FnOnce() -> Command,
) {
    ui.add_space(6.0);
    ui.horizontal(|ui| {
        let accent = ui.visuals().selection.stroke.color;
        let button = egui::Button::new(strong(yes)).stroke(egui::Stroke::new(1.0, accent));
        let pressed = ui.add_enabled(ready, button).on_hover_text(format!("{yes} (Enter)")).clicked();
        let cancel = ui.button("Cancel").on_hover_text("Leave everything as it is (Escape)");
        if pressed || on_enter && ready && entered(ui, &[&cancel]) {
            out.push(command());
        } else if cancel.clicked() {
            out.push(Command::Answer(Answer::Cancel));
        }
    });
}

/// Whether Enter was pressed for the first button: on another one it is that one's.
pub fn entered(ui: &Ui, others: &[&egui::Response]) -> bool {
    ui.input(|input| input.key_pressed(Key::Enter)) && !others.iter().any(|other| other.has_focus())
}

fn refused(ui: &mut Ui, (what, why): (&str, &str), palette: &Palette, out: &mut Vec<Command>) {
    title(ui, what.trim_end_matches('…'));
    ui.label(RichText::new(why).color(palette.dim));
    ui.add_space(6.0);
    let close = ui.button("Close").on_hover_text("Go back to the article (Escape)");
    if close.clicked() || entered(ui, &[&close]) {
        out.push(Command::Answer(Answer::Cancel));
    }
}
