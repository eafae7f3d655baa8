//! From bytes to a project: what the file is, parsing, the checksum, then validation.
//!
//! May use: `domain`, ron, serde, serde_ignored, std. Invariant: every failure is a [`Damaged`]
//! with words of its own; a field that is not known makes the project read-only, so that saving
//! cannot drop it. ron's recursion limit stays on: nesting is refused before the stack ends.
//! Known limit: ron names the place where it noticed a mistake, which for a missing quotation mark
//! or bracket is the line after.

use std::borrow::Cow;
use std::collections::BTreeSet;

use ron::extensions::Extensions;
use serde::Deserialize;

use super::damaged::{Damaged, plain, shortened};
use super::{FORMAT, Opened, Warning, checksum_line, limits, sniff, validate};
use crate::domain::article::TextEntry;
use crate::domain::log::Stamp;
use crate::domain::project::{About, Checker, Dismissed};
use crate::domain::{Annotation, Article, Id, Span, Text};

/// How many unknown fields are named.
const NAMED: usize = 5;

/// The file as it is parsed.
#[derive(Deserialize)]
#[serde(rename = "Project")]
pub(super) struct File {
    #[serde(default)]
    format: Option<u64>,
    pub id: Id,
    #[serde(default)]
    pub redacted: Option<BTreeSet<Id>>,
    #[serde(deserialize_with = "limits::about")]
    pub about: About,
    #[serde(deserialize_with = "article")]
    pub article: Article,
    #[serde(default)]
    pub checkers: Vec<Checker>,
    #[serde(default, deserialize_with = "limits::annotations")]
    pub annotations: Vec<Annotation>,
    #[serde(default, deserialize_with = "limits::annotations")]
    pub removed: Vec<Annotation>,
    #[serde(default)]
    pub dismissed: Vec<Dismissed>,
    /// Judged by its bytes, not by its value.
    #[serde(default, rename = "checksum")]
    _checksum: Option<String>,
}

fn article<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Article, D::Error> {
    /// An article whose log is counted while it is read.
    #[derive(Deserialize)]
    #[serde(rename = "Article")]
    struct Counted {
        #[serde(default)]
        file: String,
        encoding: String,
        sha256: String,
        text: Text,
        #[serde(default)]
        disputed: Vec<Span>,
        #[serde(deserialize_with = "limits::counted::<_, _, { limits::TEXT_ENTRIES }>")]
        log: Vec<TextEntry>,
    }
    let Counted { file, encoding, sha256, text, disputed, log } = Counted::deserialize(deserializer)?;
    Ok(Article { file, encoding, sha256, text, disputed, log })
}

/// Only the version, of any file that can be parsed at all.
#[derive(Deserialize)]
struct Version {
    #[serde(default)]
    format: Option<u64>,
}

fn options() -> ron::Options {
    // `note: "x"` for `note: Some("x")` is what a hand writes.
    ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME)
}

/// Fields that nobody knows, the first few by name.
#[derive(Default)]
struct Unknown {
    names: Vec<String>,
    count: usize,
}

impl Unknown {
    fn note(&mut self, path: &serde_ignored::Path<'_>) {
        self.count += 1;
        if self.names.len() < NAMED {
            // `?` stands for the inside of `Some(…)`, of which the reader need not know.
            self.names.push(shortened(&path.to_string().replace(".?", "")));
        }
    }

    fn words(&self) -> String {
        let more = self.count - self.names.len();
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        format!("{}{more}", self.names.join(", "))
    }
}

/// See [`super::read`].
pub(super) fn read(bytes: &[u8], stamp: &mut Stamp) -> Result<Opened, Damaged> {
    if bytes.len() > limits::FILE_BYTES {
        let most = limits::FILE_BYTES >> 20;
        return Err(Damaged::whole(format!("the file is larger than {most} MiB, the most that is read")));
    }
    let text = unix_lines(sniff::text_of(bytes)?);
    sniff::refuse_foreign(&text)?;

    let mut unknown = Unknown::default();
    let file = parse::<File>(&text, |path| unknown.note(path)).map_err(|e| explained(&text, &e, &unknown))?;
    let mut read_only = None;
    match file.format {
        None => return Err(no_version(&text)),
        Some(0) => return Err(Damaged::whole("the format number is 0; the first that existed is 1")),
        Some(newer) if newer > u64::from(FORMAT) => read_only = Some(newer_words(newer)),
        Some(_) => {}
    }

    let mut warnings = Vec::new();
    let mut warn = |message: String| warnings.push(Warning { record: None, message });
    if let Some(reason) = &read_only {
        warn(format!("The project opens for reading only: {reason}."));
    }
    if unknown.count > 0 {
        let reason = "it has fields that this version does not know, which saving would drop";
        warn(format!("The project opens for reading only: {reason}: {}.", unknown.words()));
        read_only.get_or_insert_with(|| format!("{reason} ({})", unknown.words()));
    }
    if let Some(doubt) = checksum_doubt(&text) {
        warn(format!("The file was changed outside Proofmark, or damaged: {doubt}."));
        if sniff::has_comment(&text) {
            warn("The file has comments; saving drops them.".into());
        }
    }
    let (project, more, repaired) = validate::validated(file, stamp);
    warnings.extend(more);
    if warnings.len() > limits::WARNINGS {
        let rest = warnings.len() - limits::WARNINGS;
        warnings.truncate(limits::WARNINGS);
        warnings.push(Warning { record: None, message: format!("There are {rest} further warnings.") });
    }
    let changed = repaired && read_only.is_none();
    Ok(Opened { project, warnings, read_only, changed })
}

/// Line ends as they were written: git, mail and editors turn them.
fn unix_lines(text: &str) -> Cow<'_, str> {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n").into() } else { text.into() }
}

fn parse<'de, T: Deserialize<'de>>(
    text: &'de str,
    mut ignored: impl FnMut(&serde_ignored::Path<'_>),
) -> Result<T, ron::error::SpannedError> {
    let mut parser = ron::Deserializer::from_str_with_options(text, &options())?;
    let parsed = serde_ignored::deserialize(&mut parser, |path| ignored(&path));
    // Without `end`, anything after the project would be accepted.
    let ended = parsed.and_then(|value| parser.end().map(|()| value));
    ended.map_err(|error| parser.span_error(error))
}

/// Why the last line is not the checksum of what stands before it.
fn checksum_doubt(text: &str) -> Option<&'static str> {
    let start = text.trim_end_matches('\n').rfind('\n').map_or(0, |at| at + 1);
    let (body, last) = text.split_at(start);
    if !last.trim_start().starts_with("checksum:") {
        return Some("its last line is not the checksum");
    }
    let wanted = checksum_line(body);
    if wanted.trim_end() == last {
        return Some("the line feed at its end is missing");
    }
    (wanted != last).then_some("its checksum does not fit its content")
}

fn newer_words(format: u64) -> String {
    format!(
        "it was made by a newer version of Proofmark (format {format}; this version knows formats up to {FORMAT})"
    )
}

fn no_version(text: &str) -> Damaged {
    Damaged::at("there is no format number (`format: 1,` first), so this is no project file", text, 1, 0)
}

/// The parser's error, with what else is known about the file.
fn explained(text: &str, error: &ron::error::SpannedError, unknown: &Unknown) -> Damaged {
    let (line, column) = (error.span.start.line, error.span.start.col);
    // A second pass for the version only: it works where the shape is new and the syntax is not.
    let whole = parse::<Version>(text, |_| {}).map(|version| version.format);
    let sniffed = || {
        let start = text.trim_start().strip_prefix('(')?.trim_start().strip_prefix("format")?;
        let number = start.trim_start().strip_prefix(':')?.trim_start();
        number.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
    };
    let version = whole.as_ref().ok().copied().flatten().or_else(sniffed);
    if let Some(newer) = version.filter(|v| *v > u64::from(FORMAT)) {
        let what = format!("this version cannot read it: {}", newer_words(newer));
        return Damaged::at(what, text, line, column);
    }
    if matches!(whole, Ok(None)) {
        return no_version(text);
    }
    let mut damaged = Damaged::at(plain(&error.code), text, line, column);
    if damaged.excerpt.find("format:").is_some_and(|at| at < 8 && at < damaged.caret) && whole.is_err() {
        damaged.what = format!("the format number cannot be read: {}", damaged.what);
    }
    let missing = matches!(error.code, ron::Error::MissingStructField { .. });
    if missing && unknown.count > 0 {
        damaged.what.push_str(&format!("; unknown fields, maybe mistyped: {}", unknown.words()));
    }
    if damaged.excerpt.contains(['“', '”', '„', '’']) && !missing {
        damaged.what.push_str("; texts are enclosed in straight quotation marks (\"), not in curly ones");
    }
    damaged
}
