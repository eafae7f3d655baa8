//! Keys with their modifiers, as the table of commands has them. May use: std.
//!
//! Invariant: a chord means the same on both kinds of keyboard, and is shown as each writes it.

/// A key on the keyboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// A letter, digit or sign.
    Char(char),
    /// Delete.
    Delete,
    /// Backspace.
    Backspace,
    /// Escape.
    Escape,
    /// Tab.
    Tab,
    /// Enter.
    Enter,
    /// The arrow to the left.
    Left,
    /// The arrow to the right.
    Right,
    /// F1.
    F1,
    /// F2.
    F2,
    /// F3.
    F3,
    /// F6.
    F6,
}

/// A key with its modifiers. `command` is Ctrl, and the command key on macOS. `edge` is Alt+Shift,
/// and Command+Option on macOS, where Option with an arrow goes by words; with `command` it is
/// Ctrl+Alt+Shift, and Command+Option+Shift.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Chord {
    /// Ctrl, or the command key.
    pub command: bool,
    /// Shift.
    pub shift: bool,
    /// Alt and Shift: what changes the edges of a mark.
    pub edge: bool,
    /// The key.
    pub key: Key,
}

/// A key alone.
pub const fn plain(key: Key) -> Chord {
    Chord { command: false, shift: false, edge: false, key }
}
/// A letter alone.
pub const fn char(key: char) -> Chord {
    plain(Key::Char(key))
}
/// A letter with Ctrl.
pub const fn ctrl(key: char) -> Chord {
    Chord { command: true, shift: false, edge: false, key: Key::Char(key) }
}
/// A letter with Ctrl and Shift.
pub const fn ctrl_shift(key: char) -> Chord {
    Chord { command: true, shift: true, edge: false, key: Key::Char(key) }
}
/// A key with Shift.
pub const fn shift(key: Key) -> Chord {
    Chord { command: false, shift: true, edge: false, key }
}
/// A letter with Shift.
pub const fn shift_char(key: char) -> Chord {
    shift(Key::Char(key))
}
/// A key that moves an edge.
pub const fn edge(key: Key) -> Chord {
    Chord { command: false, shift: false, edge: true, key }
}
/// A key that moves an edge by a word.
pub const fn edge_by_word(key: Key) -> Chord {
    Chord { command: true, shift: false, edge: true, key }
}

impl Chord {
    /// As shown: `Ctrl+Shift+S`, or with the signs of macOS.
    pub fn words(self, mac: bool) -> String {
        let mut words = String::new();
        let modifiers = if mac {
            let shift = self.shift || self.edge && self.command;
            [("⌥", self.edge), ("⇧", shift), ("⌘", self.command || self.edge)]
        } else {
            [("Ctrl+", self.command), ("Alt+", self.edge), ("Shift+", self.shift || self.edge)]
        };
        for (name, held) in modifiers {
            if held {
                words.push_str(name);
            }
        }
        match self.key {
            Key::Char(' ') => words.push_str("Space"),
            Key::Char(char) => words.extend(char.to_uppercase()),
            Key::Delete => words.push_str("Delete"),
            Key::Backspace => words.push_str("Backspace"),
            Key::Escape => words.push_str("Escape"),
            Key::Tab => words.push_str("Tab"),
            Key::Enter => words.push_str("Enter"),
            Key::Left => words.push_str("Left"),
            Key::Right => words.push_str("Right"),
            Key::F1 => words.push_str("F1"),
            Key::F2 => words.push_str("F2"),
            Key::F3 => words.push_str("F3"),
            Key::F6 => words.push_str("F6"),
        }
        words
    }
}
