//! Files dropped on the window and text pasted into it. May use: egui's input, the model.
//!
//! Invariant: nothing replaces a project that is in use without being asked for by name.

use egui::{Context, Event};

use super::Shell;
use crate::app::Command;
use crate::app::redraft::{self, Draft};

impl Shell {
    /// Takes files that were dropped on the window, and text that was pasted into it.
    pub(super) fn take_drops(&mut self, ctx: &Context, out: &mut Vec<Command>) {
        let (dropped, pasted) = ctx.input(|input| {
            let pasted = input.events.iter().find_map(|event| match event {
                Event::Paste(text) => Some(text.clone()),
                _ => None,
            });
            (input.raw.dropped_files.clone(), pasted)
        });
        if dropped.len() > 1 {
            self.model.tell("Only one file can be open: the first one was taken");
        }
        if let Some(path) =
            dropped.into_iter().map(|file| file.path().to_owned()).find(|path| !path.as_os_str().is_empty())
        {
            // What could be the article's next version is asked about.
            let is_project = path.extension().is_some_and(|kind| kind.eq_ignore_ascii_case("ron"));
            if redraft::is_likely(&self.model) && !is_project {
                out.push(Command::Draft(Draft::Offer(path)));
            } else {
                out.push(Command::OpenPath(path));
            }
        }
        let in_text = self.output.as_ref().is_some_and(|output| output.has_focus)
            && self.model.desk.as_ref().is_some_and(|desk| desk.writing.on);
        let taken = ctx.text_edit_focused() || in_text || self.model.dialog.is_some();
        if let Some(text) = pasted.filter(|_| !taken) {
            // Onto a page that is in use, a paste would be a surprise; the menu says it in words.
            let in_use = self.model.desk.as_ref().is_some_and(|desk| desk.path.is_some() || desk.is_dirty());
            if in_use {
                self.model.tell(
                    "To make a project of the copied text, choose “New from clipboard” in the File menu",
                );
            } else {
                out.push(Command::NewFromText(text));
            }
        }
    }
}
