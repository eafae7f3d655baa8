//! What the program remembers of a person, apart from any project. May use: `domain`, serde.
//!
//! Invariant: no project data is ever in here; whatever is lost with it can be set again.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::domain::order::{Group, Sort};
use crate::domain::project::Checker;

/// How many files are remembered.
pub const RECENT: usize = 12;
const ZOOM: std::ops::RangeInclusive<f32> = 0.5..=4.0;
const SIDE: std::ops::RangeInclusive<f32> = 200.0..=20_000.0;

/// Light, dark, or as the system has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
    /// Black on white, with strong colours.
    Contrast,
    /// White on black, with strong colours.
    ContrastDark,
}

/// The type that the article is set in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Typeface {
    /// With serifs.
    #[default]
    Serif,
    /// Without.
    Sans,
}

/// How wide the article's column is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Measure {
    /// About 54 characters.
    Narrow,
    /// About 72.
    #[default]
    Ordinary,
    /// About 96.
    Wide,
}

impl Measure {
    /// The widest that the column gets, in points at zoom 1.
    pub const fn points(self) -> f32 {
        match self {
            Self::Narrow => 500.0,
            Self::Ordinary => 660.0,
            Self::Wide => 880.0,
        }
    }
}

/// The inner size of the window, in points.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct WindowSize {
    /// Across.
    pub width: f32,
    /// Down.
    pub height: f32,
}

/// What the program remembers of a person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Who is at the keyboard; asked once.
    pub checker: Option<Checker>,
    /// The files that were opened or saved last, newest first.
    pub recent: Vec<PathBuf>,
    /// Light or dark.
    pub theme: Theme,
    /// The article's type.
    pub face: Typeface,
    /// The article's width.
    pub measure: Measure,
    /// Whether characters that cannot be seen are shown.
    pub invisible: bool,
    /// Whether checked words are struck.
    pub red_pencil: bool,
    /// How large the article is shown; 1 is the ordinary size.
    pub zoom: f32,
    /// What the list is sorted by.
    pub sort: Sort,
    /// What its headings say.
    pub group: Group,
    /// The window's size in points, when it was closed.
    pub window: Option<WindowSize>,
    /// The names of the commands that were chosen last from the list of all, newest first.
    pub used: Vec<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            checker: None,
            recent: Vec::new(),
            theme: Theme::System,
            face: Typeface::Serif,
            measure: Measure::Ordinary,
            invisible: false,
            red_pencil: false,
            zoom: 1.0,
            sort: Sort::Text,
            group: Group::Flat,
            window: None,
            used: Vec::new(),
        }
    }
}

impl Settings {
    /// Puts a file at the head of the recent ones.
    pub fn remember(&mut self, path: &Path) {
        self.recent.retain(|known| known != path);
        self.recent.insert(0, path.to_owned());
        self.recent.truncate(RECENT);
    }

    /// Within bounds, whatever a hand wrote into the file; and with paths that RON can carry.
    #[must_use]
    pub fn sane(mut self) -> Self {
        self.recent.retain(|path| path.to_str().is_some());
        self.recent.truncate(RECENT);
        self.used.truncate(super::chooser::USED);
        self.zoom = if self.zoom.is_finite() { self.zoom.clamp(*ZOOM.start(), *ZOOM.end()) } else { 1.0 };
        self.window = self.window.filter(|size| SIDE.contains(&size.width) && SIDE.contains(&size.height));
        self
    }
}
