//! The keys that a row of the list takes while it has the focus. May use: std.
//!
//! The page of keys and the README read them from here; `ui::annotations` answers them.

/// Keys and what they do.
#[derive(Clone, Copy, Debug)]
pub struct ListKey {
    /// Elsewhere than on macOS, alternatives separated by commas.
    pub keys: &'static str,
    /// On macOS.
    pub mac: &'static str,
    /// What they do.
    pub help: &'static str,
}

impl ListKey {
    /// As shown on this kind of system.
    pub const fn shown(&self, mac: bool) -> &'static str {
        if mac { self.mac } else { self.keys }
    }
}

const fn key(keys: &'static str, mac: &'static str, help: &'static str) -> ListKey {
    ListKey { keys, mac, help }
}

/// All of them.
pub static LIST_KEYS: [ListKey; 4] = [
    key("Up, Down, Home, End", "Up, Down, Home, End", "To the row before or after, to the first or the last"),
    key("Shift+Up, Shift+Down", "⇧Up, ⇧Down", "Select more rows or fewer"),
    key("Ctrl+A", "⌘A", "Select all rows"),
    key("Alt+Up, Alt+Down", "⌥Up, ⌥Down", "Move the row in the order by hand"),
];
