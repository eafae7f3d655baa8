//! How the caret moves in the article, and by which keys. May use: std.
//!
//! The page of keys and the README's list are read from here; the article view answers them, because
//! rows and directions are the layout's. Invariant: every row's keys do what it says, on both kinds
//! of keyboard (tested where they are read, in `ui::article::keys`).

/// One way to move the caret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// One character to the left, as seen.
    Left,
    /// One character to the right, as seen.
    Right,
    /// To the edge of a word on the left.
    WordLeft,
    /// To the edge of a word on the right.
    WordRight,
    /// To the row above.
    Up,
    /// To the row below.
    Down,
    /// To the beginning of the row.
    RowStart,
    /// To its end.
    RowEnd,
    /// To the beginning of the sentence, or of the one before.
    SentenceBack,
    /// To the beginning of the next sentence.
    SentenceOn,
    /// To the beginning of the paragraph, or of the one before.
    ParagraphBack,
    /// To the beginning of the next paragraph.
    ParagraphOn,
    /// Up by a page.
    PageUp,
    /// Down by a page.
    PageDown,
    /// To the beginning of the text.
    Start,
    /// To its end.
    End,
}

/// The keys of some moves, as shown and as read.
#[derive(Clone, Copy, Debug)]
pub struct MoveRow {
    /// Elsewhere than on macOS, alternatives separated by commas.
    pub keys: &'static str,
    /// On macOS.
    pub mac: &'static str,
    /// The moves of the alternatives, in order.
    pub moves: &'static [Move],
    /// What they do.
    pub help: &'static str,
}

impl MoveRow {
    /// As shown on this kind of system.
    pub const fn shown(&self, mac: bool) -> &'static str {
        if mac { self.mac } else { self.keys }
    }
}

const fn row(keys: &'static str, mac: &'static str, moves: &'static [Move], help: &'static str) -> MoveRow {
    MoveRow { keys, mac, moves, help }
}

use Move::{
    Down, End, Left, PageDown, PageUp, ParagraphBack, ParagraphOn, Right, RowEnd, RowStart, SentenceBack,
    SentenceOn, Start, Up, WordLeft, WordRight,
};

/// Every move with its keys. Shift makes any of them extend the selection, Space and Shift+Space
/// excepted, which page.
pub static MOVES: &[MoveRow] = &[
    row("Left, Right", "Left, Right", &[Left, Right], "Caret: one character to the left or right"),
    row("Up, Down", "Up, Down", &[Up, Down], "Caret: one row up or down"),
    row(
        "Ctrl+Left, Ctrl+Right",
        "Option+Left, Option+Right",
        &[WordLeft, WordRight],
        "Caret: to the beginning of a word or to its end",
    ),
    row(
        "Alt+Up, Alt+Down",
        "Command+Option+Up, Command+Option+Down",
        &[SentenceBack, SentenceOn],
        "Caret: to the sentence before or after",
    ),
    row(
        "Ctrl+Up, Ctrl+Down",
        "Option+Up, Option+Down",
        &[ParagraphBack, ParagraphOn],
        "Caret: to the paragraph before or after",
    ),
    row(
        "Home, End",
        "Command+Left, Command+Right",
        &[RowStart, RowEnd],
        "Caret: to the beginning or end of the row",
    ),
    row("PageUp, PageDown", "PageUp, PageDown", &[PageUp, PageDown], "Caret: one page up or down"),
    row(
        "Ctrl+Home, Ctrl+End",
        "Command+Up, Command+Down",
        &[Start, End],
        "Caret: to the beginning or end of the text",
    ),
];
