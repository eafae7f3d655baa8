//! The menus. May use: std. Invariant: every row of the table stands in one of them.

/// Where a row stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Menu {
    /// Projects and files.
    File,
    /// Undo, details.
    Edit,
    /// Marking and statuses.
    Annotation,
    /// What it shows, several at once.
    List,
    /// From here to there.
    Go,
    /// How it looks.
    View,
    /// What helps.
    Help,
}

impl Menu {
    /// Every menu, in order.
    pub const ALL: [Self; 7] =
        [Self::File, Self::Edit, Self::Annotation, Self::List, Self::Go, Self::View, Self::Help];

    /// As shown.
    pub const fn name(self) -> &'static str {
        match self {
            Self::File => "File",
            Self::Edit => "Edit",
            Self::Annotation => "Annotation",
            Self::List => "List",
            Self::Go => "Go",
            Self::View => "View",
            Self::Help => "Help",
        }
    }
}
