//! Keys while the text is edited: typing, composing, deleting, the clipboard.
//!
//! May use: egui's input, the view's own parts. Invariant: what is typed goes out as events, in the
//! order of the keys, and a key that moves the caret waits for the text that the letters before it
//! make; what is being composed is shown at the caret and is no part of the text before it is done.
//! Known limit: an input method cannot take back letters that it finds in the text.

use egui::{Align2, Event, EventFilter, FontId, ImeEvent, Key, Modifiers, Painter, Stroke, Ui, vec2};

use super::caret::Caret;
use super::draw::Drawing;
use super::keys::movement;
use super::scroll::Frame;
use super::{ArticleEvent, ArticleView, Scene};
use crate::domain::Span;

/// What typing keeps between frames.
#[derive(Debug, Default)]
pub struct Typing {
    waiting: Vec<Event>,
    composed: String,
}

/// What a key or a letter asks for.
enum Wish {
    Move(Key, Modifiers),
    All,
    Copy,
    Cut,
    Leave,
    Change(ArticleEvent),
    Compose(String),
}

fn wish(event: &Event, mac: bool) -> Option<Wish> {
    match event {
        Event::Text(words) | Event::Paste(words) if !words.is_empty() => {
            Some(Wish::Change(ArticleEvent::Type(words.clone())))
        }
        Event::Ime(ImeEvent::Preedit { text, .. }) => Some(Wish::Compose(text.clone())),
        Event::Ime(ImeEvent::Commit(words)) if words.is_empty() => Some(Wish::Compose(String::new())),
        Event::Ime(ImeEvent::Commit(words)) => Some(Wish::Change(ArticleEvent::Type(words.clone()))),
        Event::Copy => Some(Wish::Copy),
        Event::Cut => Some(Wish::Cut),
        Event::Key { key, pressed: true, modifiers, .. } => {
            let word = if mac { modifiers.alt } else { modifiers.ctrl || modifiers.command };
            match key {
                Key::Enter if !modifiers.command => Some(Wish::Change(ArticleEvent::Type("\n".into()))),
                Key::Backspace => Some(Wish::Change(ArticleEvent::Delete { forward: false, word })),
                Key::Delete => Some(Wish::Change(ArticleEvent::Delete { forward: true, word })),
                Key::Escape => Some(Wish::Leave),
                Key::A if modifiers.command => Some(Wish::All),
                // The letter comes by itself.
                Key::Space => None,
                key => movement(*key, *modifiers, mac).map(|_| Wish::Move(*key, *modifiers)),
            }
        }
        _ => None,
    }
}

impl ArticleView {
    /// Answers keys and letters while the article has the focus and is edited.
    pub(super) fn take_typing(
        &mut self,
        ui: &Ui,
        id: egui::Id,
        scene: &Scene<'_>,
        frame: Frame,
        out: &mut Vec<ArticleEvent>,
    ) {
        let filter = EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: true };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        if scene.caret.is_none() {
            self.caret = Caret::before(self.top.map_or(0, |top| top.at));
            out.push(ArticleEvent::Caret(self.caret.at));
        }
        let mac = ui.ctx().os() == egui::os::OperatingSystem::Mac;
        let mut events = std::mem::take(&mut self.typing.waiting);
        ui.input_mut(|input| {
            input.events.retain(|event| {
                let mine = wish(event, mac).is_some();
                if mine {
                    events.push(event.clone());
                }
                !mine
            });
        });
        let mut selected = scene.selection.filter(|span| !span.is_empty());
        let mut changed = false;
        for (place, event) in events.iter().enumerate() {
            let Some(wish) = wish(event, mac) else { continue };
            if changed && !matches!(wish, Wish::Change(_) | Wish::Compose(_) | Wish::Leave) {
                self.typing.waiting = events[place..].to_vec();
                ui.ctx().request_repaint();
                break;
            }
            self.by_keyboard = false;
            match wish {
                Wish::Move(key, held) => {
                    let Some((step, extend)) = movement(key, held, mac) else { continue };
                    selected = self.take_step(step, extend, selected, frame, out);
                    self.reveal_caret();
                }
                Wish::All if !scene.text.is_empty() => {
                    let all = Span::new(0, scene.text.len());
                    self.caret = Caret::behind(scene.text.len());
                    out.extend([ArticleEvent::Caret(self.caret.at), ArticleEvent::Select(all)]);
                    selected = Some(all);
                }
                Wish::All => {}
                Wish::Copy | Wish::Cut => {
                    let Some(span) = selected else { continue };
                    ui.ctx().copy_text(scene.text.slice(span).to_owned());
                    if matches!(wish, Wish::Cut) {
                        out.push(ArticleEvent::Delete { forward: true, word: false });
                        (selected, changed) = (None, true);
                    }
                }
                Wish::Leave if selected.is_some() && !changed => {
                    out.push(ArticleEvent::ClearSelection);
                    selected = None;
                }
                Wish::Leave => out.push(ArticleEvent::StopEditing),
                Wish::Compose(words) => self.typing.composed = words,
                Wish::Change(event) => {
                    self.typing.composed.clear();
                    out.push(event);
                    (selected, changed) = (None, true);
                }
            }
        }
    }

    /// Tells the input method where the caret is, and shows what is being composed there.
    pub(super) fn compose(&mut self, ui: &Ui, painter: &Painter, id: egui::Id, drawing: &Drawing<'_, '_>) {
        if !drawing.focus {
            self.typing = Typing::default();
            return;
        }
        let Some(rect) = self.caret_rect(drawing.column, drawing.tops, self.caret) else { return };
        if ui.memory(|memory| memory.owns_ime_events(id)) {
            let whole = ui.ctx().layer_transform_to_global(ui.layer_id()).unwrap_or_default();
            ui.output_mut(|output| {
                output.ime = Some(egui::output::IMEOutput {
                    purpose: egui::IMEPurpose::Normal,
                    rect: whole * drawing.column.view,
                    cursor_rect: whole * rect,
                    should_interrupt_composition: false,
                });
            });
        }
        if self.typing.composed.is_empty() {
            return;
        }
        let palette = drawing.scene.palette;
        let font = FontId::proportional(16.0 * drawing.column.zoom);
        let galley = painter.layout_no_wrap(self.typing.composed.clone(), font, palette.ink);
        let room = galley.size() + vec2(10.0, 6.0);
        // Beside the caret, or on its other side where the pane ends.
        let free = drawing.column.view.right() - rect.left() > room.x;
        let anchor = if free { Align2::LEFT_CENTER } else { Align2::RIGHT_CENTER };
        let shown = anchor.anchor_size(rect.center(), room);
        let line = Stroke::new(1.0, palette.accent);
        painter.rect(shown, 4.0, palette.paper, line, egui::StrokeKind::Inside);
        painter.galley(shown.min + vec2(5.0, 3.0), galley, palette.ink);
        painter.hline(shown.shrink(5.0).x_range(), shown.bottom() - 3.0, line);
    }
}
