//! Reads the keys of the table of commands.
//!
//! May use: egui's input, the table. Invariant: read before any field sees them; keys without a
//! modifier only while no field is being typed in and no question is open; undo and redo are the
//! field's own while one is typed in, and the project's otherwise.

use egui::{Context, KeyboardShortcut, Modifiers};

use crate::app::chooser::Chooser;
use crate::app::chord::{Chord, Key};
use crate::app::table::rows;
use crate::app::{Command, Model, can};

/// Pushes the commands whose keys were pressed.
pub fn read(
    ctx: &Context,
    model: &Model,
    (article_has_focus, was_typing): (bool, bool),
    out: &mut Vec<Command>,
) {
    if model.dialog.is_some() || egui::Popup::is_any_open(ctx) {
        return;
    }
    let in_text = article_has_focus && model.desk.as_ref().is_some_and(|desk| desk.writing.on);
    let in_field = ctx.text_edit_focused();
    let typing = in_field || in_text;
    // Escape left a field before anything is read here; it drops nothing then.
    let left = was_typing && !in_field;
    // Chords with more modifiers first: egui lets Ctrl+Shift+S count as Ctrl+S too.
    for held in [3, 2, 1, 0] {
        for row in rows() {
            if row.in_article && !article_has_focus {
                continue;
            }
            for chord in row.keys.iter().filter(|chord| modifiers(chord) == held) {
                if typing && !chord.command && !matches!(chord.key, Key::F1 | Key::F2 | Key::F3 | Key::F6) {
                    continue;
                }
                if left && chord.key == Key::Escape {
                    continue;
                }
                // In a field, undo and redo are the field's own until it is left.
                if typing && !in_text && matches!(row.command, Command::Undo | Command::Redo) {
                    continue;
                }
                if ctx.input_mut(|input| input.consume_shortcut(&shortcut(*chord))) {
                    let counts = can(model, &row.command) || matches!(row.command, Command::Mark(_));
                    if counts {
                        out.push(row.command.clone());
                    } else if !chord.command && is_told(chord.key) && model.desk.is_some() {
                        out.push(Command::Chooser(Chooser::Refused(row.name)));
                    }
                }
            }
        }
    }
}

/// Whether somebody who pressed the key waits for something to happen.
const fn is_told(key: Key) -> bool {
    matches!(key, Key::Char(_) | Key::Delete | Key::Backspace)
}

fn modifiers(chord: &Chord) -> u8 {
    u8::from(chord.command) + u8::from(chord.shift) + 2 * u8::from(chord.edge)
}

fn shortcut(chord: Chord) -> KeyboardShortcut {
    let mut modifiers = Modifiers::NONE;
    modifiers.shift = chord.shift;
    if chord.command {
        modifiers = modifiers.plus(Modifiers::COMMAND);
    }
    if chord.edge {
        let mac = cfg!(target_os = "macos");
        modifiers = modifiers.plus(Modifiers::ALT);
        modifiers = modifiers.plus(if mac { Modifiers::COMMAND } else { Modifiers::SHIFT });
        modifiers.shift |= chord.command;
    }
    KeyboardShortcut::new(modifiers, key(chord.key))
}

fn key(key: Key) -> egui::Key {
    match key {
        Key::Char('+') => egui::Key::Plus,
        Key::Char('=') => egui::Key::Equals,
        Key::Char('-') => egui::Key::Minus,
        Key::Char(char) => egui::Key::from_name(&char.to_uppercase().to_string()).unwrap_or(egui::Key::F35),
        Key::Delete => egui::Key::Delete,
        Key::Backspace => egui::Key::Backspace,
        Key::Escape => egui::Key::Escape,
        Key::Tab => egui::Key::Tab,
        Key::Enter => egui::Key::Enter,
        Key::Left => egui::Key::ArrowLeft,
        Key::Right => egui::Key::ArrowRight,
        Key::F6 => egui::Key::F6,
        Key::F1 => egui::Key::F1,
        Key::F2 => egui::Key::F2,
        Key::F3 => egui::Key::F3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_of_the_table_is_one_that_egui_knows() {
        for chord in rows().flat_map(|row| row.keys) {
            assert_ne!(key(chord.key), egui::Key::F35, "{chord:?}");
        }
    }
}
