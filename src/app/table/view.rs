//! Rows of the menu “View”: how it looks. May use: `domain`, `app`.
//!
//! Invariant: see [`super`].

use super::{Menu::View, Row, row, ruled};
use crate::app::chord::{char, ctrl};
use crate::app::command::Command;
use crate::app::settings::{Measure, Theme, Typeface};
use crate::app::show::Show;

pub(super) static ROWS: &[Row] = &[
    row(View, Command::ZoomIn, "Larger", &[ctrl('+'), ctrl('=')], "Show the article larger"),
    row(View, Command::ZoomOut, "Smaller", &[ctrl('-')], "Show the article smaller"),
    row(View, Command::ZoomReset, "Ordinary size", &[ctrl('0')], "Show the article at its ordinary size"),
    ruled(row(
        View,
        Command::Show(Show::RedPencil),
        "Red pencil",
        &[char('r')],
        "Strike the words that are checked, and let those stand out that nobody has marked",
    )),
    row(
        View,
        Command::Show(Show::Invisible),
        "Show invisible characters",
        &[char('i')],
        "Show where characters stand that cannot be seen, and words of two alphabets",
    ),
    ruled(row(
        View,
        Command::SetTheme(Theme::System),
        "As the system",
        &[],
        "Light or dark as the system is",
    )),
    row(View, Command::SetTheme(Theme::Light), "Light", &[], "Always light"),
    row(View, Command::SetTheme(Theme::Dark), "Dark", &[], "Always dark"),
    row(
        View,
        Command::SetTheme(Theme::Contrast),
        "High contrast, light",
        &[],
        "Black on white, with strong colours",
    ),
    row(
        View,
        Command::SetTheme(Theme::ContrastDark),
        "High contrast, dark",
        &[],
        "White on black, with strong colours",
    ),
    ruled(row(
        View,
        Command::SetFace(Typeface::Serif),
        "Serif type",
        &[],
        "Set the article in a type with serifs",
    )),
    row(
        View,
        Command::SetFace(Typeface::Sans),
        "Sans serif type",
        &[],
        "Set the article in a type without serifs",
    ),
    ruled(row(
        View,
        Command::SetMeasure(Measure::Narrow),
        "Narrow lines",
        &[],
        "About 54 characters in a line",
    )),
    row(View, Command::SetMeasure(Measure::Ordinary), "Ordinary lines", &[], "About 72 characters in a line"),
    row(View, Command::SetMeasure(Measure::Wide), "Wide lines", &[], "About 96 characters in a line"),
];
