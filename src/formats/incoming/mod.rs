//! Articles on their way in: what a file is, its text, and what its author wrote beside the words.
//!
//! May use: domain, the libraries that read each format; bytes in, values out. One file a format.
//! Invariants: reading is a function of the bytes and the options; nothing is run and nothing is
//! fetched; every mark lies inside the text; U+FFFD comes in only where the person agreed to it.
//! Known limit: what is read is whole in memory, up to the limits that each reader names.

pub mod docx;
pub mod encoding;
pub mod html;
mod lines;
pub mod markdown;
pub mod notes;
pub mod plain;
mod project;
pub mod sniff;

use super::text::hash;
use crate::domain::{Span, Text};
use encoding::{Certainty, Decoded, Invalid};

/// How an article is to be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// The encoding that a person chose.
    pub encoding: Option<&'static str>,
    /// Whether bytes that fit no character become U+FFFD; else they refuse the text.
    pub replace: bool,
}

/// What a document says about itself. Copies; the words stand in the text, too.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Details {
    /// The headline.
    pub title: String,
    /// Who wrote it.
    pub byline: String,
    /// Where it appears.
    pub outlet: String,
    /// The day.
    pub date: String,
    /// Where it is on the net.
    pub address: String,
}

/// What an author wrote beside some words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The words.
    pub span: Span,
    /// `footnote 3`: what it is and its number in the document.
    pub id: String,
    /// Whether it names a source (a footnote does), or only speaks of the words (a comment).
    pub is_source: bool,
    /// Who wrote it; empty where the document does not say.
    pub by: String,
    /// Its text.
    pub text: String,
    /// The addresses in it.
    pub addresses: Vec<String>,
}

/// An article as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// The name of its format.
    pub format: &'static str,
    /// With line feeds only.
    pub text: Text,
    /// SHA-256 of the bytes as they came.
    pub sha256: String,
    /// The encoding's name.
    pub charset: &'static str,
    /// How sure it is.
    pub certainty: Certainty,
    /// Bytes that fit no character.
    pub invalid: Option<Invalid>,
    /// What it says about itself.
    pub details: Details,
    /// What its author wrote beside the words, in text order.
    pub marks: Vec<Mark>,
    /// What is to be told, one sentence each.
    pub remarks: Vec<String>,
}

/// Why some bytes are no article.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what}")]
pub struct NotRead {
    /// What is wrong, in words.
    pub what: String,
    /// What to do.
    pub advice: String,
}

impl NotRead {
    /// A reason and what to do.
    pub fn new(what: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { what: what.into(), advice: advice.into() }
    }
}

impl Imported {
    /// Whether it is just a text that needs no confirming: plain, in a certain encoding, nothing to
    /// tell.
    pub fn is_plain(&self) -> bool {
        self.format == "text"
            && self.charset == "UTF-8"
            && self.certainty == Certainty::Certain
            && self.invalid.is_none()
            && self.remarks.is_empty()
    }

    /// An article of a text that was decoded, without anything beside it.
    fn of(
        format: &'static str,
        text: &str,
        bytes: &[u8],
        from: &Decoded,
        options: ReadOptions,
    ) -> Result<Self, NotRead> {
        if let Some(invalid) = from.invalid.filter(|_| !options.replace) {
            return Err(NotRead::new(
                format!("{} (as {})", told(&invalid), from.charset),
                "Name another encoding, or let � stand for them",
            ));
        }
        let text = Text::normalised(text);
        readable(&text)?;
        let mut remarks = Vec::new();
        if let Some((letters, count)) = encoding::decoded_twice(text.as_str()) {
            let times = if count == 1 { "once".to_owned() } else { format!("{count} times") };
            remarks.push(format!(
                "Letters like “{letters}” ({times}) look as if the text had been decoded wrongly before it was saved; it is left as it is"
            ));
        }
        Ok(Self {
            format,
            text,
            sha256: hash(bytes),
            charset: from.charset,
            certainty: from.certainty,
            invalid: from.invalid,
            details: Details::default(),
            marks: Vec::new(),
            remarks,
        })
    }
}

/// Bytes that fit no character, in words.
pub fn told(invalid: &Invalid) -> String {
    let Invalid { count, at, line, value } = invalid;
    let first = format!("the byte {value:#04x} at position {at} (line {line})");
    if *count == 1 {
        format!("One place fits no character: {first}")
    } else {
        format!("{count} places fit no character, the first is {first}")
    }
}

/// Refuses a text without words.
fn readable(text: &Text) -> Result<(), NotRead> {
    if text.is_empty() {
        return Err(NotRead::new("The file is empty", "Choose another file"));
    }
    let text = text.as_str();
    let controls = text.chars().filter(|c| c.is_control() && !c.is_whitespace()).count();
    if controls * 100 > text.chars().count() {
        return Err(NotRead::new("Not a text file (too many control characters)", sniff::ADVICE));
    }
    // Zero-width characters are no words either.
    if text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}')).is_empty() {
        return Err(NotRead::new("There is nothing but white space in the file", "Choose another file"));
    }
    Ok(())
}

/// A number with its word.
fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// Reads an article by the reader of a format's name, or by what its bytes and its file's
/// `extension` say.
pub fn read(
    bytes: &[u8],
    format: Option<&str>,
    extension: &str,
    options: ReadOptions,
) -> Result<Imported, NotRead> {
    let name = match format {
        Some(name) => name,
        None => sniff::format_of(bytes, extension)?,
    };
    let known = super::find(name).and_then(|format| format.read);
    let read = known
        .ok_or_else(|| NotRead::new(format!("No article is read from the format {name}"), sniff::ADVICE))?;
    read(bytes, options)
}

#[cfg(test)]
mod tests;
