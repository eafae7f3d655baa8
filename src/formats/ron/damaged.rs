//! What is said when a file cannot be read, in words for the person who has it before them.
//!
//! May use: std, thiserror, ron's error type. Invariant: the message names the place, shows the
//! line and says what to do; nothing from the file reaches a terminal with its control characters.
//! Known limit: the caret counts characters, so it stands off in lines of wide or combining ones.

use std::fmt;

use ron::error::Error as RonError;

/// How much of a long line is shown, in characters.
const SHOWN: usize = 96;

/// What a person can do about any damaged file.
const ADVICE: &str = "The file was not changed. Restore a copy of it, or fix that line by hand.";
/// The same where no line is to blame.
const ADVICE_WHOLE: &str = "The file was not changed. Restore a copy of it.";

/// A file that is no project, or no longer one. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Damaged {
    /// What is wrong, in one line without a full stop.
    pub what: String,
    /// The line, from 1; 0 where the file as a whole is meant.
    pub line: usize,
    /// The character in it, from 1; 0 where the line or the file as a whole is meant.
    pub column: usize,
    /// The line itself, clipped around the column, control characters replaced.
    pub excerpt: String,
    /// How many characters of `excerpt` stand before the column.
    pub caret: usize,
    /// What to do.
    pub advice: String,
}

impl fmt::Display for Damaged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let stop = if self.what.ends_with('?') { "" } else { "." };
        match (self.line, self.column) {
            (0, _) => writeln!(f, "{}{stop}", self.what)?,
            (line, 0) => writeln!(f, "Line {line}: {}{stop}", self.what)?,
            (line, column) => writeln!(f, "Line {line}, column {column}: {}{stop}", self.what)?,
        }
        if self.line > 0 {
            let number = self.line.to_string();
            writeln!(f, "{number} | {}", self.excerpt)?;
            if self.column > 0 {
                writeln!(f, "{:number$} | {:caret$}^", "", "", number = number.len(), caret = self.caret)?;
            }
        }
        f.write_str(&self.advice)
    }
}

impl Damaged {
    /// The file as a whole is meant.
    pub(super) fn whole(what: impl Into<String>) -> Self {
        let (excerpt, advice) = (String::new(), ADVICE_WHOLE.to_owned());
        Self { what: what.into(), line: 0, column: 0, excerpt, caret: 0, advice }
    }

    /// One place is meant; `column` 0 means the whole line.
    pub(super) fn at(what: impl Into<String>, text: &str, line: usize, column: usize) -> Self {
        let found = text.split('\n').nth(line.saturating_sub(1)).unwrap_or_default();
        let (excerpt, caret) = clipped(found, column);
        Self { what: what.into(), line, column, excerpt, caret, advice: ADVICE.to_owned() }
    }

    /// The message in one line: for a command's standard error.
    pub fn brief(&self) -> String {
        match (self.line, self.column) {
            (0, _) => self.what.clone(),
            (line, 0) => format!("line {line}: {}", self.what),
            (line, column) => format!("line {line}, column {column}: {}", self.what),
        }
    }
}

/// Text from a file, safe to print: controls and direction controls become a middle dot.
pub(super) fn printable(text: &str) -> String {
    let shown = |c: char| match c {
        '\t' => ' ',
        '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{200e}' | '\u{200f}' | '\u{61c}' => '·',
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '·',
        c if c.is_control() => '·',
        c => c,
    };
    text.chars().map(shown).collect()
}

/// The first words of a text, for a sentence about it.
pub(super) fn shortened(text: &str) -> String {
    let mut short: String = text.chars().take(40).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    printable(&short)
}

fn clipped(line: &str, column: usize) -> (String, usize) {
    let at = column.saturating_sub(1);
    let from = at.saturating_sub(SHOWN / 2);
    let mut rest = line.chars().skip(from);
    let mut shown: String = rest.by_ref().take(SHOWN).collect();
    if rest.next().is_some() {
        shown.push('…');
    }
    let shown = printable(&shown);
    if from > 0 { (format!("…{shown}"), at - from + 1) } else { (shown, at) }
}

/// ron's error in plain words.
pub(super) fn plain(error: &RonError) -> String {
    let one_of = |names: &[&str]| names.iter().map(|n| format!("`{n}`")).collect::<Vec<_>>().join(", ");
    match error {
        RonError::Eof => "the file ends too early".into(),
        RonError::ExpectedComma => "a comma is missing before this, or a quotation mark further up".into(),
        RonError::ExpectedArray => "a list should begin here, with `[`".into(),
        RonError::ExpectedArrayEnd => "the list should end here, with `]`".into(),
        RonError::ExpectedStructLike => "a record should begin here, with `(`".into(),
        RonError::ExpectedNamedStructLike(name) => {
            format!(
                "a record ({name}) should begin here, with `(`; or the list before it was not closed with `]`"
            )
        }
        RonError::ExpectedStructLikeEnd | RonError::ExpectedOptionEnd => {
            "a closing bracket `)` is missing here".into()
        }
        RonError::ExpectedMapColon => "a colon `:` should stand after the field's name".into(),
        RonError::ExpectedString => "a text in straight quotation marks (\") should stand here".into(),
        RonError::ExpectedStringEnd => "a text that begins here has no closing quotation mark".into(),
        RonError::ExpectedIdentifier => "a name should stand here".into(),
        RonError::ExpectedInteger
        | RonError::InvalidIntegerDigit { .. }
        | RonError::UnderscoreAtBeginning => "a whole number should stand here".into(),
        RonError::ExpectedFloat => "a number should stand here".into(),
        RonError::ExpectedBoolean => "`true` or `false` should stand here".into(),
        RonError::IntegerOutOfBounds => "this number is too large or negative".into(),
        RonError::InvalidEscape(_) => "after the backslash `\\` stands no escape that RON knows".into(),
        RonError::TrailingCharacters => "the project ended before this".into(),
        RonError::UnclosedBlockComment => "the comment `/*` is not closed".into(),
        RonError::ExceededRecursionLimit => "brackets are nested deeper than any project's".into(),
        RonError::UnexpectedChar(c) => {
            format!("{} should not stand here", printable(&format!("`{c}`")))
        }
        RonError::MissingStructField { field, outer } => {
            let of = outer.as_deref().map(|name| format!(" of this record ({name})")).unwrap_or_default();
            format!("the field `{field}`{of} is missing")
        }
        RonError::DuplicateStructField { field, .. } => format!("the field `{field}` stands here twice"),
        RonError::NoSuchEnumVariant { expected, found, .. } => {
            format!("`{}` is none of {}", shortened(found), one_of(expected))
        }
        RonError::NoSuchExtension(name) => format!("RON has no extension `{}`", shortened(name)),
        RonError::ExpectedStructName(name) => {
            format!("the file asks for names of structs (`{name}`); a project file has none")
        }
        RonError::ExpectedDifferentStructName { expected, found } => {
            format!("a record ({expected}) should begin here, with `(`; `{}` stands there", shortened(found))
        }
        RonError::InvalidValueForType { expected, found } => {
            format!("{} should stand here, not {}", expected, shortened(found))
        }
        RonError::Message(message) if message.starts_with("failed to parse") => {
            format!("a time like 2025-01-31T12:00:00Z should stand here ({})", shortened_message(message))
        }
        RonError::Message(message) => shortened_message(message),
        other => shortened_message(&other.to_string()),
    }
}

fn shortened_message(message: &str) -> String {
    printable(&message.chars().take(200).collect::<String>())
}
