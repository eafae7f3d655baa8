//! Going round the parts of the window with F6, and saying what was done.
//!
//! May use: egui's memory, the model (read). Invariant: the order is article, bar for finding, orphans, list,
//! fields, bar at the top; in each the focus comes to where one would go on: the article itself, the picked row,
//! the first one, the first control. Known limit: what has the focus is found by where it is on the screen.

use egui::{Context, Id, LayerId, Rect, Sense, Ui, Vec2};

use super::Shell;
use super::annotations::row_id;
use crate::app::find::Find;
use crate::app::queue::Queue;
use crate::app::records::Part;
use crate::app::{Command, Model, RecordCommand, TextCommand};
use crate::domain::Id as Annotation;

/// Where the parts are on the screen.
pub struct Panes {
    /// The article, and the id that takes its keys.
    pub article: (Rect, Option<Id>),
    /// The bar for finding, while it is open.
    pub find: Rect,
    /// The tray of orphans.
    pub tray: Rect,
    /// The list with its filter.
    pub list: Rect,
    /// The picked annotation's fields.
    pub inspector: Rect,
    /// The bar at the top.
    pub top: Rect,
}

impl Default for Panes {
    fn default() -> Self {
        let nothing = Rect::NOTHING;
        Self {
            article: (nothing, None),
            find: nothing,
            tray: nothing,
            list: nothing,
            inspector: nothing,
            top: nothing,
        }
    }
}

impl Panes {
    /// Gives the focus to the next part, or to the one before.
    pub fn go(&self, ctx: &Context, model: &Model, row: Option<Annotation>, forward: bool) {
        let rects = [self.article.0, self.find, self.tray, self.list, self.inspector, self.top];
        let focused = ctx.memory(|memory| memory.focused());
        let place = focused.and_then(|id| ctx.read_response(id)).map(|response| response.rect.center());
        let now = place.and_then(|place| rects.iter().position(|rect| rect.contains(place)));
        let (count, step) = (rects.len(), if forward { 1 } else { rects.len() - 1 });
        let mut next = now.map_or(if forward { 0 } else { count - 1 }, |now| (now + step) % count);
        for _ in 0..count {
            if let Some(id) = self.target(ctx, (model, row), next, rects[next]) {
                ctx.memory_mut(|memory| memory.request_focus(id));
                return;
            }
            next = (next + step) % count;
        }
    }

    /// Gives the focus to the article, where nothing else has it.
    pub fn come_back(&self, ctx: &Context) {
        // What lies above the window is a question that was just answered: its field counts no more.
        let here = |id| ctx.read_response(id).is_some_and(|it| it.layer_id == LayerId::background());
        let nobody = ctx.memory(|memory| memory.focused()).is_none_or(|id| !here(id));
        if let Some(id) = self.article.1.filter(|_| nobody) {
            ctx.memory_mut(|memory| memory.request_focus(id));
        }
    }

    fn target(
        &self,
        ctx: &Context,
        (model, row): (&Model, Option<Annotation>),
        pane: usize,
        rect: Rect,
    ) -> Option<Id> {
        let picked = model.desk.as_ref().and_then(|desk| desk.picked).map(row_id);
        let drawn = |id: &Id| ctx.read_response(*id).is_some();
        match pane {
            0 => self.article.1,
            3 => picked.filter(drawn).or(row.map(row_id).filter(drawn)).or_else(|| first_in(ctx, rect)),
            _ => first_in(ctx, rect),
        }
    }
}

impl Shell {
    /// What was done last, for those who do not see it: a screen reader says it when it changes.
    pub(super) fn announce(&self, ui: &mut Ui) {
        let said = self.model.desk.as_ref().map_or("", |desk| desk.said.as_str());
        let id = Id::unique("announcement");
        if ui.ctx().accesskit_node_builder(ui.unique_id(), |_| ()).is_none() {
            return;
        }
        let rect = Rect::from_min_size(ui.max_rect().min, Vec2::ZERO);
        ui.interact(rect, id, Sense::empty());
        ui.ctx().accesskit_node_builder(id, |node| {
            node.set_role(egui::Role::Status);
            node.set_live(egui::accesskit::Live::Polite);
            node.set_label(said);
            node.set_value(said);
        });
    }

    /// Gives the focus to another part of the window, where a command asks for that.
    pub(super) fn move_focus(&mut self, ctx: &Context, command: &Command) {
        match command {
            Command::Queue(Queue::GoToFilter) => {
                ctx.memory_mut(|memory| memory.request_focus(super::filter::field_id()));
            }
            Command::Pane { back } => {
                let row = self.model.desk.as_ref().and_then(|desk| self.list.first_row(desk));
                self.panes.go(ctx, &self.model, row, !back);
            }
            Command::Find(Find::Close) | Command::Escape if self.model.find.open => {
                if let Some(id) = self.panes.article.1 {
                    ctx.memory_mut(|memory| memory.request_focus(id));
                }
            }
            Command::Text(TextCommand::Toggle | TextCommand::Edit(_) | TextCommand::FindOrphan) => {
                if let Some(id) = self.panes.article.1 {
                    ctx.memory_mut(|memory| memory.request_focus(id));
                }
            }
            Command::EditPicked if self.are_several() => {}
            Command::EditPicked if self.model.desk.as_ref().is_some_and(|desk| desk.picked.is_some()) => {
                if let Some(field) = self.inspector.first_field {
                    ctx.memory_mut(|memory| memory.request_focus(field));
                }
            }
            // While several are selected there are no fields of one to go to.
            Command::Record(RecordCommand::Go(Part::Tags)) if self.are_several() => {
                ctx.memory_mut(|memory| memory.request_focus(super::bulk::tag_field()));
            }
            Command::Record(RecordCommand::Go(_)) if self.are_several() => {}
            Command::Record(RecordCommand::Go(part)) if crate::app::can(&self.model, command) => {
                let picked = self.model.desk.as_ref().and_then(|desk| desk.picked);
                if let Some(id) = picked {
                    self.inspector.go(id, *part);
                }
            }
            _ => {}
        }
    }

    fn are_several(&self) -> bool {
        self.model.desk.as_ref().is_some_and(|desk| desk.chosen.are_several())
    }

    /// Gives the focus back to the article, where a field was left for it.
    pub(super) fn come_back(&mut self, ctx: &Context) {
        let of_several = self.bulk.goes_back();
        if !of_several && !self.inspector.goes_back() {
            return;
        }
        // Several are chosen in the list, so there one goes on.
        let picked = self.model.desk.as_ref().and_then(|desk| desk.picked).map(row_id);
        let row = picked.filter(|id| of_several && ctx.read_response(*id).is_some());
        if let Some(id) = row.or(self.panes.article.1) {
            ctx.memory_mut(|memory| memory.request_focus(id));
        }
    }
}

/// The first control in a part of the window.
fn first_in(ctx: &Context, rect: Rect) -> Option<Id> {
    ctx.viewport(|viewport| {
        let widgets = viewport.prev_pass.widgets.get_layer(LayerId::background());
        let mut found = widgets.filter(|widget| {
            widget.enabled && widget.sense.is_focusable() && rect.contains(widget.rect.center())
        });
        found.next().map(|widget| widget.id)
    })
}
