//! The pointer over the article: selecting, clicking, dragging an edge, the cursor's picture.
//!
//! May use: egui's input, the view's own parts. Invariant: a press on an edge of the picked mark that
//! moves nothing is an ordinary click; the caret stands at the moving end of what is dragged.

use egui::{CursorIcon, Pos2, Ui};

use super::caret::Caret;
use super::column::Column;
use super::{ArticleEvent, ArticleView, Scene, signs};
use crate::domain::Span;

impl ArticleView {
    pub(super) fn take_pointer(
        &mut self,
        ui: &Ui,
        response: &egui::Response,
        column: &Column,
        tops: &[(usize, f64)],
        scene: &Scene<'_>,
        out: &mut Vec<ArticleEvent>,
    ) {
        let (pressed, down, origin, latest, time, shift) = ui.input(|input| {
            let pointer = &input.pointer;
            let pressed = pointer.primary_pressed();
            let (origin, latest) = (pointer.press_origin(), pointer.latest_pos().or(pointer.interact_pos()));
            (pressed, pointer.primary_down(), origin, latest, input.time, input.modifiers.shift)
        });
        let is_down = self.pointer.is_down() || self.reshaping.is_some();
        let quick = response.clicked_by(egui::PointerButton::Primary) && !is_down;
        if (pressed && response.is_pointer_button_down_on() || quick)
            && let Some(pos) = origin.or(response.interact_pointer_pos()).or(latest)
        {
            response.request_focus();
            self.had_focus = true;
            self.by_keyboard = false;
            let edge = self.handle_at(pos).filter(|_| !quick && !shift);
            match edge {
                Some(handle) => self.grasp(handle, pos, time),
                None => self.press(column, tops, scene, (time, pos), shift, out),
            }
        }
        if self.reshaping.is_some() {
            self.pull(ui, column, tops, scene, (latest, down), out);
        }
        if self.pointer.is_down() {
            if let Some(pos) = latest {
                let place = self.place(column, tops, pos, self.pointer.goes_by_words());
                self.pointer.drag(scene.text, pos, place, out);
                if self.pointer.is_dragging() {
                    self.put_caret(self.pointer.head(place), out);
                }
            }
            if !down {
                self.release(ui, latest, scene, out);
            }
        }
        if response.contains_pointer()
            && let Some(pos) = latest
        {
            self.show_cursor(ui, response, column, scene, pos);
        }
    }

    /// The button goes down at a place of the text.
    pub(super) fn press(
        &mut self,
        column: &Column,
        tops: &[(usize, f64)],
        scene: &Scene<'_>,
        at: (f64, Pos2),
        shift: bool,
        out: &mut Vec<ArticleEvent>,
    ) {
        let place = self.place(column, tops, at.1, true);
        let caret = scene.caret.map(|caret| Span::new(caret, caret));
        let extend = scene.selection.filter(|span| !span.is_empty()).or(caret).filter(|_| shift);
        self.pointer.press(scene.text, at, place, extend, out);
        self.put_caret(self.pointer.head(place), out);
    }

    fn put_caret(&mut self, caret: Caret, out: &mut Vec<ArticleEvent>) {
        self.goal = None;
        if self.caret != caret {
            self.caret = caret;
            out.push(ArticleEvent::Caret(caret.at));
        }
    }

    /// The button goes up.
    pub(super) fn release(
        &mut self,
        ui: &Ui,
        pos: Option<Pos2>,
        scene: &Scene<'_>,
        out: &mut Vec<ArticleEvent>,
    ) {
        self.pointer.release(scene.selection, out);
        match out.last_mut() {
            Some(ArticleEvent::SelectionDone(span)) => {
                let words = scene.text.slice(*span).to_owned();
                ui.ctx().send_cmd(egui::OutputCommand::TextSelectionSettled(words));
            }
            Some(event @ ArticleEvent::ClickBeside) => {
                if let Some(sign) = pos.and_then(|pos| signs::at(&self.signs, pos)) {
                    *event = ArticleEvent::ClickSign(signs::picks(sign, scene));
                }
            }
            _ => {}
        }
    }

    fn show_cursor(&self, ui: &Ui, response: &egui::Response, column: &Column, scene: &Scene<'_>, pos: Pos2) {
        if let Some(sign) = signs::at(&self.signs, pos) {
            ui.ctx().set_cursor_icon(CursorIcon::PointingHand);
            response.clone().on_hover_text_at_pointer(signs::told(sign, scene));
        } else if self.reshaping.is_some() || !self.pointer.is_down() && self.handle_at(pos).is_some() {
            ui.ctx().set_cursor_icon(CursorIcon::ResizeHorizontal);
        } else if self.pointer.is_down() || (column.left - 4.0..=column.right() + 4.0).contains(&pos.x) {
            ui.ctx().set_cursor_icon(CursorIcon::Text);
        }
    }
}
