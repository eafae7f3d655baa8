//! The list that a reader gets, in Markdown (CommonMark).
//!
//! May use: domain only. Title, what the article is, how many entries, then each with its number:
//! the fact as heading (the words, where nobody wrote one), the exact words with who said them,
//! kind, paragraph, status and verdict, and the evidence. Notes are for colleagues and not in it.
//!
//! Invariant: rendered, every text is the text that was entered: all active punctuation is escaped
//! ([`escaped`]), white space that Markdown would eat is written as character references, line
//! breaks in exact words stay (hard breaks) and become spaces elsewhere. Only http and https become
//! links. A text with right-to-left letters or direction controls is isolated line by line, so that
//! it cannot turn round what stands beside it. Known limits: GitHub and others link bare addresses
//! and names after `@` by themselves; a NUL, which CommonMark cannot hold, is shown as U+FFFD.

use std::fmt::Write;

use super::address::check;
use super::entry::{self, Entry, Proof, lines};
use super::export::{Cancelled, Export, Part, Progress};
use super::loss::{self, Piece};
use super::{hidden_names, isolated, listed};
use crate::domain::rules::Include;
use crate::domain::{Kind, Project};

/// The list in Markdown.
pub const EXPORT: Export = Export {
    title: "List for readers (Markdown)",
    about: "a list for readers",
    include: Include::Verified,
    ending: None,
    write,
    told: |project, include| loss::list(project, include, HOLDS),
    is_list: true,
    shows_text: false,
};

const HOLDS: &[Piece] = &[Piece::Evidence, Piece::Wording, Piece::Comparison, Piece::SourceDetail];

/// Writes the list as Markdown.
pub fn write(
    project: &Project,
    include: Include,
    progress: &mut Progress<'_>,
) -> Result<Vec<Part>, Cancelled> {
    let (rows, hidden) = (listed(project, include), hidden_names(project));
    progress.ahead(rows.len());
    let about = &project.about;
    let title = about.title.trim();
    let mut out = format!("# {}\n\n", if title.is_empty() { "Untitled".into() } else { inline(title) });
    let mut details: Vec<String> = Vec::new();
    for text in [&about.byline, &about.outlet, &about.date] {
        if !text.trim().is_empty() {
            details.push(inline(text));
        }
    }
    if !about.address.trim().is_empty() {
        details.push(linked(&about.address, &about.address));
    }
    if !details.is_empty() {
        push(&mut out, &guarded_start(&details.join(" · ")));
    }
    push(&mut out, &entry::count(&rows, include));
    for (place, annotation) in rows.iter().enumerate() {
        let heading = format!("## {}. ", place + 1);
        entry(&mut out, &heading, &Entry::of(project, annotation, &hidden));
        progress.step()?;
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    Ok(Part::whole(out))
}

/// Adds a block and the blank line after it. Writing to a String cannot fail.
fn push(out: &mut String, block: &str) {
    let _ = write!(out, "{block}\n\n");
}

/// One entry, under a heading that begins so.
pub(super) fn entry(out: &mut String, heading: &str, e: &Entry) {
    push(out, &format!("{heading}{}", inline(&e.heading)));
    let said = said(e);
    if e.is_words {
        if !said.is_empty() {
            push(out, &said);
        }
    } else {
        let attribution = if said.is_empty() { String::new() } else { format!("\n>\n> {said}") };
        push(out, &format!("{}{attribution}", block_quote(&e.words)));
    }
    let mut line = vec![e.kind.name().to_owned(), e.place.clone()];
    line.push(format!("{} {}", e.status.glyph(), e.status.name()));
    line.extend(e.verdict.iter().chain(&e.flags).map(|text| inline(text)));
    push(out, &line.join(" · "));
    for (name, text) in &e.matters {
        push(out, &format!("{name}: {}", inline(text)));
    }
    if e.kind == Kind::Source && !e.address.is_empty() {
        push(out, &format!("Address: {}", linked(&e.address, &e.address)));
    }
    let found: Vec<String> = e.evidence.iter().filter_map(piece).collect();
    if !found.is_empty() {
        push(out, &format!("Evidence:\n\n{}", found.join("\n")));
    }
}

/// Who said it, when and where.
fn said(e: &Entry) -> String {
    let parts: Vec<String> = [&e.speaker, &e.circumstances]
        .iter()
        .filter(|text| !text.is_empty())
        .map(|text| inline(text))
        .collect();
    if parts.is_empty() { String::new() } else { format!("— {}", parts.join(", ")) }
}

/// One piece of evidence as an item of a list; nothing where it says nothing.
fn piece(e: &Proof) -> Option<String> {
    let mut parts = Vec::new();
    if !e.title.is_empty() {
        parts.push(linked(&e.title, &e.address));
    }
    if !e.location.is_empty() {
        parts.push(inline(&e.location));
    }
    if !e.level.is_empty() {
        parts.push(e.level.to_owned());
    }
    if !e.seen.is_empty() {
        parts.push(format!("seen {}", inline(&e.seen)));
    }
    if !e.archived.is_empty() {
        let shown = if destination(&e.archived).is_some() { "archived" } else { e.archived.as_str() };
        parts.push(linked(shown, &e.archived));
    }
    (!parts.is_empty()).then(|| format!("- {}: {}", e.stance, parts.join(", ")))
}

/// A text as a link, where the address is one that may become a link.
fn linked(text: &str, address: &str) -> String {
    match destination(address) {
        Some(to) => format!("[{}](<{}>)", inline(text), escaped(to)),
        None => inline(text),
    }
}

/// The address, where it may be opened, and hides nothing.
pub(super) fn destination(address: &str) -> Option<&str> {
    let address = address.trim();
    let hides = |c| matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    (!address.contains(hides) && check(address).is_ok()).then_some(address)
}

/// A text on one line: line breaks become spaces, its outer white space goes.
pub(super) fn inline(text: &str) -> String {
    let flat = lines(text).join(" ");
    guarded_start(&escaped(&isolated(flat.trim())))
}

/// Exact words as a block quote: lines stay lines, blank lines divide paragraphs.
fn block_quote(words: &str) -> String {
    let mut out = String::new();
    let mut fresh = true;
    for line in lines(words) {
        if line.trim().is_empty() {
            if !fresh {
                out.push_str("\n>");
                fresh = true;
            }
            continue;
        }
        let text = guarded_start(&escaped(&isolated(&line)));
        match (out.is_empty(), fresh) {
            (true, _) => {}
            (false, true) => out.push('\n'),
            (false, false) => out.push_str("\\\n"),
        }
        // Writing to a String cannot fail.
        let _ = write!(out, "> {text}");
        fresh = false;
    }
    out.truncate(out.trim_end_matches("\n>").len());
    out
}

/// Escapes everything that CommonMark and its usual extensions take for markup inside a line, and
/// writes white space at the ends and controls as character references.
pub fn escaped(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + line.len() / 8);
    let inner = line.len() - line.trim_start().len()..line.trim_end().len();
    for (at, c) in line.char_indices() {
        match c {
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '&' | '|' | '~' | '$' | '^'
            | '#' | '!' => {
                out.push('\\');
                out.push(c);
            }
            ' ' if inner.contains(&at) => out.push(c),
            // A NUL has no reference either: CommonMark replaces both.
            c if c != '\0' && (c.is_control() || (c.is_whitespace() && !inner.contains(&at))) => {
                // Writing to a String cannot fail.
                let _ = write!(out, "&#{};", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out
}

/// Escapes what would open a list, a heading or a rule at the start of a line.
fn guarded_start(line: &str) -> String {
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let next = line[digits..].chars().next();
    match next {
        Some('.' | ')') if digits > 0 => format!("{}\\{}", &line[..digits], &line[digits..]),
        Some('-' | '+' | '=' | ':' | '%') if digits == 0 => format!("\\{line}"),
        _ => line.to_owned(),
    }
}
