//! The keys of the article: the caret, selecting with it, paging, copying.
//!
//! May use: egui's input, the view's own parts, the table of moves. Invariant: what is selected lies
//! between the caret and the other end of the selection, so nothing but the caret's side needs to be
//! remembered; a key brings the caret into view by the least that is needed, nothing else scrolls.
//! Known limit: on macOS the keys were only tested by name.

use egui::{Event, EventFilter, Key, Modifiers, Ui};

use super::caret::Caret;
use super::scroll::Frame;
use super::walk::KEPT;
use super::{ArticleEvent, ArticleView, Scene};
use crate::app::moves::Move;
use crate::domain::Span;

/// The move that a key asks for, and whether it selects.
pub fn movement(key: Key, held: Modifiers, mac: bool) -> Option<(Move, bool)> {
    use Move as M;
    let command = if mac { held.mac_cmd || held.command } else { held.ctrl || held.command };
    let by_word = if mac { held.alt && !command } else { command && !held.alt };
    let by_sentence = held.alt && (!mac || command) && (mac || !command);
    let plain = !command && !held.alt;
    let pick = |back: bool, both: [Move; 2]| both[usize::from(!back)];
    let step = match key {
        Key::ArrowLeft | Key::ArrowRight => {
            let back = key == Key::ArrowLeft;
            if plain {
                pick(back, [M::Left, M::Right])
            } else if by_word {
                pick(back, [M::WordLeft, M::WordRight])
            } else if mac && command && !held.alt {
                pick(back, [M::RowStart, M::RowEnd])
            } else {
                return None;
            }
        }
        Key::ArrowUp | Key::ArrowDown => {
            let back = key == Key::ArrowUp;
            if plain {
                pick(back, [M::Up, M::Down])
            } else if by_word {
                pick(back, [M::ParagraphBack, M::ParagraphOn])
            } else if by_sentence {
                pick(back, [M::SentenceBack, M::SentenceOn])
            } else if mac && command {
                pick(back, [M::Start, M::End])
            } else {
                return None;
            }
        }
        Key::Home | Key::End if plain => pick(key == Key::Home, [M::RowStart, M::RowEnd]),
        Key::Home | Key::End if command && !held.alt => pick(key == Key::Home, [M::Start, M::End]),
        Key::PageUp | Key::PageDown if plain => pick(key == Key::PageUp, [M::PageUp, M::PageDown]),
        Key::Space if plain => return Some((pick(held.shift, [M::PageUp, M::PageDown]), false)),
        _ => return None,
    };
    Some((step, held.shift))
}

impl ArticleView {
    /// Answers the keys while the article has the focus.
    pub(super) fn take_keys(
        &mut self,
        ui: &Ui,
        id: egui::Id,
        scene: &Scene<'_>,
        frame: Frame,
        out: &mut Vec<ArticleEvent>,
    ) {
        // Escape leaves the article once there is nothing left to let go of.
        let holds = scene.selection.is_some() || scene.selected.is_some() || self.reshaping.is_some();
        let filter = EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: holds };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        let selection = scene.selection.filter(|span| !span.is_empty());
        let copy = ui.input(|input| input.events.iter().any(|event| matches!(event, Event::Copy)));
        if copy && let Some(selection) = selection {
            ui.ctx().copy_text(scene.text.slice(selection).to_owned());
        }
        if scene.caret.is_none() {
            // Whoever comes without a pointer begins at what is in view.
            self.caret = Caret::before(self.top.map_or(0, |top| top.at));
            out.push(ArticleEvent::Caret(self.caret.at));
        }
        if ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::A)) && !scene.text.is_empty() {
            let all = Span::new(0, scene.text.len());
            self.caret = Caret::behind(scene.text.len());
            out.push(ArticleEvent::Caret(self.caret.at));
            out.extend([ArticleEvent::Select(all), ArticleEvent::SelectionDone(all)]);
        }
        let mac = ui.ctx().os() == egui::os::OperatingSystem::Mac;
        let mut steps = Vec::new();
        ui.input_mut(|input| {
            input.events.retain(|event| {
                let Event::Key { key, pressed: true, modifiers, .. } = event else { return true };
                let step = movement(*key, *modifiers, mac);
                steps.extend(step);
                step.is_none()
            });
        });
        let mut selected = selection;
        for (step, extend) in &steps {
            self.by_keyboard = true;
            selected = self.take_step(*step, *extend, selected, frame, out);
        }
        if !steps.is_empty() {
            if let Some(span) = selected
                && selected != selection
            {
                out.push(ArticleEvent::SelectionDone(span));
            }
            if selected.is_none() {
                out.push(ArticleEvent::Walked);
            }
            self.reveal_caret();
        }
    }

    /// Moves the caret; returns what is selected then.
    pub(super) fn take_step(
        &mut self,
        step: Move,
        extend: bool,
        selected: Option<Span>,
        frame: Frame,
        out: &mut Vec<ArticleEvent>,
    ) -> Option<Span> {
        let mut from = self.caret;
        let page = matches!(step, Move::PageUp | Move::PageDown);
        if page && let Some(seen) = self.seen_instead(frame) {
            // Paging goes on from what is being read.
            from = seen;
        }
        let to = match (selected.filter(|_| !extend), step) {
            // An arrow lets go of the selection on its side.
            (Some(span), Move::Left | Move::Right) => {
                let (piece, _) = self.inside(from);
                let forward = (step == Move::Right) != self.is_rtl(piece);
                if forward { Caret::behind(span.end as usize) } else { Caret::before(span.start as usize) }
            }
            _ => self.walk(from, step, frame),
        };
        if page {
            let distance = (frame.height - KEPT).max(KEPT);
            self.scroll.by(
                if step == Move::PageDown { -distance } else { distance },
                frame,
                self.store.heights(),
            );
        }
        let anchor = match selected {
            Some(span) if span.end as usize == self.caret.at => span.start as usize,
            Some(span) if span.start as usize == self.caret.at => span.end as usize,
            _ => self.caret.at,
        };
        self.caret = to;
        out.push(ArticleEvent::Caret(to.at));
        if extend && anchor != to.at {
            let span = Span::new(anchor, to.at);
            out.push(ArticleEvent::Select(span));
            return Some(span);
        }
        if selected.is_some() {
            out.push(ArticleEvent::ClearSelection);
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::moves::MOVES;

    fn parse(words: &str) -> (Key, Modifiers) {
        let mut held = Modifiers::NONE;
        let mut key = Key::Escape;
        for part in words.split('+') {
            match part {
                "Ctrl" => held |= Modifiers::CTRL | Modifiers::COMMAND,
                "Alt" | "Option" => held |= Modifiers::ALT,
                "Command" => held |= Modifiers::MAC_CMD | Modifiers::COMMAND,
                "Shift" => held |= Modifiers::SHIFT,
                "Left" => key = Key::ArrowLeft,
                "Right" => key = Key::ArrowRight,
                "Up" => key = Key::ArrowUp,
                "Down" => key = Key::ArrowDown,
                name => key = Key::from_name(name).expect("a key"),
            }
        }
        (key, held)
    }

    #[test]
    fn the_keys_of_the_table_of_moves_do_what_it_says_and_shift_extends() {
        for row in MOVES {
            for (keys, mac) in [(row.keys, false), (row.mac, true)] {
                let keys: Vec<_> = keys.split(", ").collect();
                assert_eq!(keys.len(), row.moves.len());
                for (words, step) in keys.iter().zip(row.moves) {
                    let (key, held) = parse(words);
                    assert_eq!(movement(key, held, mac), Some((*step, false)), "{words} on mac: {mac}");
                    let held = held | Modifiers::SHIFT;
                    assert_eq!(movement(key, held, mac), Some((*step, true)), "Shift+{words} on mac: {mac}");
                }
            }
        }
        assert_eq!(movement(Key::Space, Modifiers::SHIFT, false), Some((Move::PageUp, false)));
        assert_eq!(movement(Key::A, Modifiers::NONE, false), None);
        // What moves an edge of a mark is not the caret's.
        assert_eq!(movement(Key::ArrowLeft, Modifiers::ALT | Modifiers::SHIFT, false), None);
        let both = Modifiers::MAC_CMD | Modifiers::COMMAND | Modifiers::ALT;
        assert_eq!(movement(Key::ArrowLeft, both, true), None);
    }
}
