//! Drawing: the only layer that sees egui.
//!
//! May use everything but `cli`. Invariant: drawing reads the model and pushes commands; the model
//! changes in [`Shell::run`] alone. One frame: outcomes are taken in, keys are read, everything is
//! drawn, the commands are answered, effects are started.

pub mod address;
pub mod annotations;
pub mod article;
pub mod attributed;
pub mod bulk;
mod call_sheet;
pub mod choices;
mod choosers;
mod comparing;
pub mod controls;
pub mod dialogs;
pub mod draft;
mod drops;
mod export;
pub mod fields;
pub mod filter;
pub mod find_bar;
pub mod foot;
pub mod history;
pub mod icons;
mod import;
pub mod inspector;
mod keeping;
mod key_page;
pub mod keys;
mod labels;
mod list_row;
mod looks;
pub mod marks;
pub mod mode;
pub mod notices;
mod orphans;
mod page;
pub mod palette;
mod panes;
pub mod picker;
pub mod progress;
pub mod redraft;
mod redraft_list;
mod redraft_text;
pub mod rescue;
mod review;
pub mod scale;
pub mod scripts;
pub mod selection_bar;
mod send;
mod side;
mod split;
pub mod text_dialogs;
pub mod theme;
pub mod top;
pub mod waiting;
pub mod welcome;
pub mod window;
mod words;

use std::path::PathBuf;

use egui::{Context, Frame, Margin, Panel, Ui, ViewportCommand};

use crate::app::effect::Effect;
use crate::app::finish::finish;
use crate::app::settings::Theme;
use crate::app::studies;
use crate::app::{Command, Model, Outcome, Settings, TextCommand, text, update};
use crate::domain::invisible::isolated;
use crate::domain::{Id, Span};
use crate::io::{Runner, Surroundings, clock};
use annotations::List;
use article::{ArticleOutput, ArticleView, FontSource};
use bulk::Bulk;
use comparing::ComparePanel;
use dialogs::Dialogs;
use find_bar::FindBar;
use inspector::Inspector;
use notices::Notices;
use orphans::Tray;
use palette::Palette;
use panes::Panes;
use waiting::Waiting;

/// The window's contents: the model and the state of its parts.
pub struct Shell {
    /// What is shown.
    pub model: Model,
    runner: Runner,
    article: ArticleView,
    list: List,
    inspector: Inspector,
    bulk: Bulk,
    comparing: ComparePanel,
    dialogs: Dialogs,
    notices: Notices,
    exporting: export::Exporting,
    finding: FindBar,
    waiting: Waiting,
    output: Option<ArticleOutput>,
    shown: Option<(Id, u64)>,
    told_scripts: Vec<&'static str>,
    contrast: bool,
    panes: Panes,
    side: side::Side,
    /// Whether a field had the focus at the end of the last frame.
    typing: bool,
    tray: Tray,
    leaving: bool,
    title: String,
}

impl Shell {
    /// A window with the settings of the last time; `path` is opened, else the last file, else the
    /// sample.
    pub fn new(
        ctx: &Context,
        settings: Settings,
        fonts: FontSource,
        surroundings: Surroundings,
        path: Option<PathBuf>,
    ) -> Self {
        theme::install(ctx);
        let ring = ctx.clone();
        let mut shell = Self {
            model: Model::new(settings),
            runner: Runner::new(surroundings, move || ring.request_repaint()),
            article: ArticleView::new(fonts),
            list: List::default(),
            inspector: Inspector::default(),
            bulk: Bulk::default(),
            comparing: ComparePanel::default(),
            dialogs: Dialogs::default(),
            notices: Notices::default(),
            exporting: export::Exporting::default(),
            finding: FindBar::default(),
            waiting: Waiting::default(),
            output: None,
            shown: None,
            told_scripts: Vec::new(),
            contrast: false,
            panes: Panes::default(),
            side: side::Side::default(),
            typing: false,
            tray: Tray::default(),
            leaving: false,
            title: String::new(),
        };
        // Work that was not saved comes first; what was asked for follows.
        shell.model.first = Some(Box::new(path.map_or(Command::OpenLast, Command::OpenPath)));
        shell.model.busy = true;
        shell.start(ctx, vec![Effect::ListRecovery(None), Effect::CleanUp]);
        shell
    }

    /// Takes in what came back from outside, and the wish to close.
    pub fn logic(&mut self, ctx: &Context) {
        for outcome in self.runner.poll() {
            use Outcome as O;
            if matches!(
                outcome,
                O::Read(..) | O::Incoming(_) | O::Clipboard(_) | O::Chosen(..) | O::Beside(_)
            ) {
                self.finish_all(ctx);
            }
            let mut stamp = clock::stamp("");
            let effects = finish(&mut self.model, outcome, &mut stamp);
            self.start(ctx, effects);
        }
        if ctx.input(|input| input.viewport().close_requested()) && !self.leaving {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            self.finish_all(ctx);
            let is_asked = self.model.has_text_in_question();
            if is_asked || self.dialogs.typed(&self.model).0.is_empty() {
                self.run(ctx, Command::Quit);
            } else {
                self.model
                    .tell("What you are typing is not in the project yet: keep it or cancel it, then close");
            }
        }
        let effects = studies::due(&mut self.model);
        self.start(ctx, effects);
        self.keep(ctx);
        let preference = match self.model.settings.theme {
            Theme::System => egui::ThemePreference::System,
            Theme::Light | Theme::Contrast => egui::ThemePreference::Light,
            Theme::Dark | Theme::ContrastDark => egui::ThemePreference::Dark,
        };
        ctx.set_theme(preference);
        if self.contrast != self.has_contrast() {
            self.contrast = self.has_contrast();
            theme::colour(ctx, self.contrast);
        }
        self.set_title(ctx);
    }

    fn has_contrast(&self) -> bool {
        matches!(self.model.settings.theme, Theme::Contrast | Theme::ContrastDark)
    }

    /// Draws the window and answers what the person did.
    pub fn ui(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        let palette = Palette::of(ui.visuals().dark_mode, self.contrast);
        let mut out = Vec::new();
        let article_has_focus = self.output.as_ref().is_some_and(|output| output.has_focus);
        keys::read(&ctx, &self.model, (article_has_focus, self.typing), &mut out);
        self.take_drops(&ctx, &mut out);
        let bar = |fill, x| Frame::new().fill(fill).inner_margin(Margin::symmetric(x, 0));
        let unfinished = self.inspector.is_unfinished();
        Panel::top("top").exact_size(44.0).frame(bar(palette.panel, 14)).show(ui, |ui| {
            self.panes.top = ui.max_rect();
            top::ui(ui, &self.model, unfinished, palette, &mut out);
        });
        if self.model.desk.is_some() {
            let paragraph = self.output.as_ref().map_or(1, |output| output.top_paragraph);
            Panel::bottom("foot").exact_size(30.0).frame(bar(palette.panel, 14)).show(ui, |ui| {
                foot::ui(ui, &self.model, paragraph, palette, &mut out);
            });
            self.side(ui, palette, &mut out);
            self.panes.find = egui::Rect::NOTHING;
            if self.model.find.open {
                Panel::bottom("find").frame(bar(palette.panel, 14)).show(ui, |ui| {
                    self.panes.find = ui.max_rect();
                    self.finding.ui(ui, &self.model, palette, &mut out);
                });
            }
            let frame = Frame::new().fill(palette.paper);
            egui::CentralPanel::default().frame(frame).show(ui, |ui| {
                self.undecided_text(ui, palette, &mut out);
                self.orphan_tray(ui, palette, &mut out);
                self.article(ui, palette, &mut out);
            });
        } else {
            let frame = Frame::new().fill(palette.paper);
            egui::CentralPanel::default()
                .frame(frame)
                .show(ui, |ui| welcome::ui(ui, &self.model, palette, &mut out));
        }
        let pane = self.output.as_ref().map_or(ctx.content_rect(), |output| output.rect);
        self.notices.ui(&ctx, &self.model, pane, palette, &mut out);
        self.exporting.ui(&ctx, &self.model, pane, palette, &mut out);
        let waits = (&self.model, self.runner.is_waiting());
        self.waiting.ui(&ctx, waits, pane, palette, &mut out);
        if self.dialogs.ui(&ctx, &self.model, palette, &mut out) {
            self.panes.come_back(&ctx);
        }
        self.announce(ui);
        self.typing = ctx.text_edit_focused();
        self.answer(&ctx, out);
    }

    /// Answers the commands of a frame, in order. What is being typed is finished first where a
    /// command looks at the whole project.
    fn answer(&mut self, ctx: &Context, commands: Vec<Command>) {
        if let Some(desk) = &mut self.model.desk {
            desk.reveal = None;
        }
        for command in commands {
            let goes_on = match &command {
                Command::Record(record) => record.is_typed(),
                Command::Set(..) | Command::SetSpeaker(..) => true,
                Command::Select(_) | Command::Caret(_) | Command::Walked | Command::CloseNotice(_) => true,
                Command::Text(TextCommand::Type(_) | TextCommand::Delete { .. }) => true,
                _ => false,
            };
            if !goes_on {
                self.finish_typing(ctx);
            }
            self.run(ctx, command);
        }
    }

    /// What is being typed in a field becomes a change of the project.
    fn finish_typing(&mut self, ctx: &Context) {
        let mut finished = Vec::new();
        self.inspector.finish(&mut finished);
        for command in finished {
            self.run(ctx, command);
        }
    }

    /// What is being typed anywhere becomes a change of the project.
    fn finish_all(&mut self, ctx: &Context) {
        self.finish_typing(ctx);
        text::finish(&mut self.model, &mut clock::stamp(""));
    }

    /// Answers one command and starts what it asks for.
    pub fn run(&mut self, ctx: &Context, command: Command) {
        let mut stamp = clock::stamp("");
        if let Some(output) = &self.output {
            self.model.find.seen = output.visible;
        }
        self.move_focus(ctx, &command);
        let effects = update(&mut self.model, command, &mut stamp);
        self.start(ctx, effects);
        ctx.request_repaint();
    }

    fn start(&mut self, ctx: &Context, effects: Vec<Effect>) {
        for effect in effects {
            if effect == Effect::Quit {
                self.leaving = true;
                self.keep_size(ctx);
                if self.runner.is_waiting() {
                    // The end waits a little for the disk; the person need not.
                    ctx.send_viewport_cmd(ViewportCommand::Visible(false));
                }
                ctx.send_viewport_cmd(ViewportCommand::Close);
            } else {
                self.runner.start(effect);
            }
        }
    }

    /// The next window gets the size of this one.
    fn keep_size(&mut self, ctx: &Context) {
        if let Some(rect) = ctx.input(|input| input.viewport().inner_rect) {
            let command = Command::Resized(rect.width(), rect.height());
            for effect in update(&mut self.model, command, &mut clock::stamp("")) {
                self.runner.start(effect);
            }
        }
    }

    fn set_title(&mut self, ctx: &Context) {
        let title = self.model.desk.as_ref().map_or_else(
            || "Proofmark".to_owned(),
            |desk| {
                let state = top::state(desk, self.inspector.is_unfinished());
                format!("{} — {state} — Proofmark", isolated(&desk.project.about.title))
            },
        );
        if title != self.title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }

    /// Tells once which scripts of the article no font has.
    pub fn tell_missing_scripts(&mut self) {
        let Some(output) = &self.output else { return };
        let new: Vec<_> = output
            .missing_scripts
            .iter()
            .copied()
            .filter(|script| !self.told_scripts.contains(script))
            .collect();
        if !new.is_empty() {
            let text = format!(
                "No font here has {}: those words are shown as boxes. {}",
                new.join(", "),
                scripts::advice(&new)
            );
            self.told_scripts.extend(new);
            self.model.tell(text);
        }
    }

    /// Where the article is on the screen, and what is selected in it: for the tests.
    pub fn article_output(&self) -> Option<&ArticleOutput> {
        self.output.as_ref()
    }

    /// The middle of a byte's left edge on the screen, for the tests; it may lie outside the pane.
    pub fn screen_pos(&mut self, ctx: &Context, at: usize) -> Option<egui::Pos2> {
        let pane = self.output.as_ref()?.rect;
        Some(self.article.screen_pos(at, pane, ctx.pixels_per_point(), self.model.settings.zoom))
    }

    /// Where the signs of sentences are on the screen, with their statuses: for the tests.
    pub fn signs(&self) -> Vec<(egui::Pos2, crate::domain::Status)> {
        self.article.signs()
    }

    /// The selected text.
    pub fn selection(&self) -> Option<Span> {
        self.model.desk.as_ref().and_then(|desk| desk.selection)
    }
}
