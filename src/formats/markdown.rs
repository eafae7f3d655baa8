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

use std::collections::BTreeSet;
use std::fmt::Write;

use super::address::check;
use super::csv::evidence;
use super::{corrected_from, exact_words, hidden_names, isolated, listed, printed_speaker};
use crate::domain::annotation::{Evidence, Level, Stance};
use crate::domain::rules::{self, Include};
use crate::domain::{Annotation, Kind, Project, Status};

/// Writes the list as Markdown.
pub fn write(project: &Project, include: Include) -> String {
    let (rows, hidden) = (listed(project, include), hidden_names(project));
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
    push(&mut out, &count(&rows, include));
    for (place, annotation) in rows.iter().enumerate() {
        entry(&mut out, project, annotation, &hidden, place + 1);
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

/// Adds a block and the blank line after it. Writing to a String cannot fail.
fn push(out: &mut String, block: &str) {
    let _ = write!(out, "{block}\n\n");
}

/// How many there are, in words.
fn count(rows: &[&Annotation], include: Include) -> String {
    let adjective = match include {
        Include::Verified => "verified ",
        Include::Checked => "checked ",
        Include::All => "",
    };
    let [claims, quotes, sources] = Kind::ALL.map(|kind| rows.iter().any(|a| a.kind == kind));
    let several = usize::from(claims) + usize::from(quotes) + usize::from(sources) > 1;
    match (rows, several) {
        ([], _) if include == Include::Verified => "No verified claims or quotes.".into(),
        ([], _) => format!("No {adjective}annotations."),
        ([one], _) => format!("1 {adjective}{}", one.kind.word()),
        ([first, ..], false) => format!("{} {adjective}{}", rows.len(), first.kind.plural().to_lowercase()),
        (_, true) if !sources => format!("{} {adjective}claims and quotes", rows.len()),
        (_, true) => format!("{} {adjective}annotations", rows.len()),
    }
}

fn entry(out: &mut String, project: &Project, a: &Annotation, hidden: &BTreeSet<String>, number: usize) {
    let words = exact_words(a);
    let has_fact = !a.fact.is_blank();
    let heading = match a.kind {
        Kind::Source if !a.name.trim().is_empty() => &a.name,
        _ if has_fact => a.fact.as_str(),
        _ => &words,
    };
    push(out, &format!("## {number}. {}", inline(heading)));
    let said = said(project, a, hidden);
    if heading == words {
        if !said.is_empty() {
            push(out, &said);
        }
    } else {
        let attribution = if said.is_empty() { String::new() } else { format!("\n>\n> {said}") };
        push(out, &format!("{}{attribution}", block_quote(&words)));
    }
    let mut line = vec![a.kind.name().to_owned(), place(project, a)];
    line.push(format!("{} {}", a.status.glyph(), a.status.name()));
    if let Some(verdict) = &a.verdict {
        let number = verdict.number.map(|n| format!(" ({})", n.0)).unwrap_or_default();
        line.push(format!("{}{number}", inline(&verdict.label)));
    }
    line.extend(flags(a));
    push(out, &line.join(" · "));
    for (name, text) in [
        ("Corrected from", corrected_from(a)),
        ("Proposed", proposed(a)),
        ("Reason", if a.status == Status::Unverifiable { a.reason.0.clone() } else { String::new() }),
        ("Why", a.rationale.0.clone()),
        ("Compared with", joined(&[&a.compared_with, &a.compared_at])),
    ] {
        if !text.trim().is_empty() {
            push(out, &format!("{name}: {}", inline(&text)));
        }
    }
    if a.kind == Kind::Source && !a.address.trim().is_empty() {
        push(out, &format!("Address: {}", linked(&a.address, &a.address)));
    }
    let found: Vec<String> = evidence(a).into_iter().filter_map(piece).collect();
    if !found.is_empty() {
        push(out, &format!("Evidence:\n\n{}", found.join("\n")));
    }
}

/// Who said it, when and where.
fn said(project: &Project, a: &Annotation, hidden: &BTreeSet<String>) -> String {
    let speaker = if a.kind == Kind::Source { a.role.clone() } else { printed_speaker(project, a, hidden) };
    let circumstances = joined(&[&a.said_where, &a.said_when]);
    let circumstances = (!circumstances.is_empty()).then(|| inline(&circumstances));
    match (speaker.trim().is_empty(), circumstances) {
        (true, None) => String::new(),
        (true, Some(c)) => format!("— {c}"),
        (false, None) => format!("— {}", inline(&speaker)),
        (false, Some(c)) => format!("— {}, {c}", inline(&speaker)),
    }
}

/// The numbers of the paragraphs in which it stands.
fn place(project: &Project, a: &Annotation) -> String {
    let text = &project.article.text;
    let mut numbers: Vec<usize> = a.placed().map(|span| text.paragraph_of(span.start as usize)).collect();
    numbers.dedup();
    let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    if numbers.is_empty() { "no longer in the text".into() } else { format!("¶ {}", numbers.join(", ")) }
}

/// What stands against the result, so that no status is read without it.
fn flags(a: &Annotation) -> Vec<String> {
    let mut flags = Vec::new();
    for open in rules::open_matters(a) {
        match open {
            // The status says this itself, and "not in the text yet" is the editor's matter.
            rules::Open::Status(_) | rules::Open::NotInText => {}
            rules::Open::Orphan if a.first_span().is_none() => {}
            rules::Open::CheckAgain => {
                let why = a.check_again.as_deref().filter(|why| !why.trim().is_empty());
                let why = why.map(|why| format!(": {}", inline(why))).unwrap_or_default();
                flags.push(format!("to be checked again{why}"));
            }
            open => flags.push(open.words().to_owned()),
        }
    }
    flags
}

/// The proposed wording, where it does not stand in the place of the words already.
fn proposed(a: &Annotation) -> String {
    let shown = a.status == Status::NeedsCorrection && !rules::is_corrected(a);
    if shown { a.proposed_wording.0.clone() } else { String::new() }
}

/// One piece of evidence as an item of a list; nothing where it says nothing.
fn piece(e: &Evidence) -> Option<String> {
    let title = if e.title.trim().is_empty() { &e.address } else { &e.title };
    let title = if title.trim().is_empty() { &e.archived } else { title };
    let mut parts = Vec::new();
    if !title.trim().is_empty() {
        parts.push(linked(title, &e.address));
    }
    if !e.location.trim().is_empty() {
        parts.push(inline(&e.location));
    }
    match e.level {
        Some(Level::Primary) => parts.push("primary".into()),
        Some(Level::Secondary) => parts.push("secondary".into()),
        None => {}
    }
    if !e.seen.trim().is_empty() {
        parts.push(format!("seen {}", inline(&e.seen)));
    }
    if !e.archived.trim().is_empty() {
        let shown = if destination(&e.archived).is_some() { "archived" } else { e.archived.as_str() };
        parts.push(linked(shown, &e.archived));
    }
    let stance = match e.stance {
        Stance::Supports => "Supports",
        Stance::Contradicts => "Contradicts",
        Stance::Context => "Context",
    };
    (!parts.is_empty()).then(|| format!("- {stance}: {}", parts.join(", ")))
}

fn joined(parts: &[&str]) -> String {
    parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// A text as a link, where the address is one that may become a link.
fn linked(text: &str, address: &str) -> String {
    match destination(address) {
        Some(to) => format!("[{}](<{}>)", inline(text), escaped(to)),
        None => inline(text),
    }
}

/// The address, where it may be opened, and hides nothing.
fn destination(address: &str) -> Option<&str> {
    let address = address.trim();
    let hides = |c| matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    (!address.contains(hides) && check(address).is_ok()).then_some(address)
}

/// The lines of a text, whatever separates them.
fn lines(text: &str) -> Vec<String> {
    text.replace("\r\n", "\n").replace('\r', "\n").split('\n').map(str::to_owned).collect()
}

/// A text on one line: line breaks become spaces, its outer white space goes.
fn inline(text: &str) -> String {
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
