//! Once a frame: has unsaved work kept, and looks whether somebody else wrote the file.
//!
//! May use: egui's input, the shell. Invariant: nothing here waits for the disk; time is that of the
//! window's frames, and a frame is asked for when something falls due.

use egui::{Context, Event};

use super::Shell;
use super::draft::Draft;
use crate::app::{journal, rescue};
use crate::io::clock;

impl Shell {
    /// Has the work kept that is in no file yet, and looks whether somebody else wrote the file.
    pub(super) fn keep(&mut self, ctx: &Context) {
        let (now, gained) = ctx.input(|input| {
            let gained = input.events.iter().any(|event| matches!(event, Event::WindowFocused(true)));
            (input.time, gained)
        });
        if gained && let Some(effect) = rescue::focused(&self.model) {
            self.start(ctx, vec![effect]);
        }
        let mut typed: Vec<_> = self.inspector.draft.clone().and_then(Draft::command).into_iter().collect();
        let (asked, name) = self.dialogs.typed(&self.model);
        typed.extend(asked);
        let known = self.model.settings.checker.as_ref().map(|checker| &checker.name);
        let mut stamp = clock::stamp(known.or(name.as_ref()).map_or("", String::as_str));
        let (effects, wait) = journal::tick(&mut self.model, typed, now, &mut stamp);
        self.start(ctx, effects);
        if let Some(wait) = wait {
            ctx.request_repaint_after_secs(wait as f32 + 0.01);
        }
    }
}
