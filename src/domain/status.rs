//! The two words every annotation carries: its kind and its status.
//!
//! May use: std, serde. Invariant: the tables [`Kind::ALL`] and [`Status::ALL`] hold every variant
//! once, in the order in which people see them; names, keys and glyphs are read from here only.

use serde::{Deserialize, Serialize};

/// What sort of thing an annotation marks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// Something that can be true or false.
    #[default]
    Claim,
    /// Somebody's words.
    Quote,
    /// A person, document or body that claims and quotes come from.
    Source,
}

impl Kind {
    /// Every kind, in the order of the interface.
    pub const ALL: [Self; 3] = [Self::Claim, Self::Quote, Self::Source];

    /// As shown: `Claim`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Claim => "Claim",
            Self::Quote => "Quote",
            Self::Source => "Source",
        }
    }

    /// Several of them, as shown: `Claims`.
    pub const fn plural(self) -> &'static str {
        match self {
            Self::Claim => "Claims",
            Self::Quote => "Quotes",
            Self::Source => "Sources",
        }
    }

    /// On the command line and in exports: `claim`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Claim => "claim",
            Self::Quote => "quote",
            Self::Source => "source",
        }
    }

    /// The kind of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// How far checking got.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Status {
    /// Nobody has looked.
    #[default]
    Unchecked,
    /// Being checked.
    InProgress,
    /// A question is out.
    Query,
    /// The words hold.
    Verified,
    /// They do not: the proposed wording stands beside.
    NeedsCorrection,
    /// Neither could be shown: a reason is required.
    Unverifiable,
    /// Stands on the author's authority alone.
    OnAuthor,
    /// Opinion, prediction, own experience.
    NotCheckable,
}

impl Status {
    /// Every status; its place plus one is its key.
    pub const ALL: [Self; 8] = [
        Self::Unchecked,
        Self::InProgress,
        Self::Query,
        Self::Verified,
        Self::NeedsCorrection,
        Self::Unverifiable,
        Self::OnAuthor,
        Self::NotCheckable,
    ];

    /// As shown: `Needs correction`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unchecked => "Unchecked",
            Self::InProgress => "In progress",
            Self::Query => "Query",
            Self::Verified => "Verified",
            Self::NeedsCorrection => "Needs correction",
            Self::Unverifiable => "Unverifiable",
            Self::OnAuthor => "On author",
            Self::NotCheckable => "Not checkable",
        }
    }

    /// On the command line and in exports: `needs-correction`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Unchecked => "unchecked",
            Self::InProgress => "in-progress",
            Self::Query => "query",
            Self::Verified => "verified",
            Self::NeedsCorrection => "needs-correction",
            Self::Unverifiable => "unverifiable",
            Self::OnAuthor => "on-author",
            Self::NotCheckable => "not-checkable",
        }
    }

    /// The status of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.word() == word)
    }

    /// The character that stands for it in text exports.
    pub const fn glyph(self) -> char {
        match self {
            Self::Unchecked => '○',
            Self::InProgress => '…',
            Self::Query => '?',
            Self::Verified => '✓',
            Self::NeedsCorrection => '✗',
            Self::Unverifiable => '⊘',
            Self::OnAuthor => '✍',
            Self::NotCheckable => '—',
        }
    }

    /// The digit that sets it.
    pub const fn key(self) -> u8 {
        self as u8 + 1
    }

    /// Whether somebody came to a result ("checked"): the statuses of the keys 4 to 8.
    pub const fn is_checked(self) -> bool {
        self as u8 >= Self::Verified as u8
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_keys_name_each_variant_once() {
        for (place, status) in Status::ALL.into_iter().enumerate() {
            assert_eq!(status.key() as usize, place + 1);
            assert_eq!(Status::from_word(status.word()), Some(status));
            assert_eq!(status.is_checked(), status.key() >= 4);
        }
        for kind in Kind::ALL {
            assert_eq!(Kind::from_word(kind.word()), Some(kind));
        }
        assert_eq!(Status::from_word("Verified"), None);
    }
}
