//! Annotations for the clipboard: as Markdown, and as rich text for mails and documents.
//!
//! May use: domain, maud, the texts of `super::entry`. Invariants: as in every export: nothing
//! private and no confidential source; what is asked for and not there is skipped; every text is
//! escaped. Rich text has no style of its own, so that it looks like what it is pasted into.

use maud::{Markup, html};

use super::entry::{Entry, Proof};
use super::html::{linked, shown};
use super::{hidden_names, markdown};
use crate::domain::{Annotation, Id, Project};

/// The same annotations in two forms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clip {
    /// For programs that take rich text.
    pub html: String,
    /// For all others.
    pub markdown: String,
    /// How many annotations there are in it.
    pub count: usize,
}

/// Some annotations, in that order.
pub fn clip(project: &Project, ids: &[Id]) -> Clip {
    let hidden = hidden_names(project);
    let live = ids.iter().filter_map(|id| project.annotations.get(id)).map(AsRef::as_ref);
    let rows: Vec<&Annotation> = live.filter(|a| !a.confidential).collect();
    let (mut rich, mut plain) = (String::new(), String::new());
    for (place, a) in rows.iter().enumerate() {
        let e = Entry::of(project, a, &hidden);
        let number = if rows.len() > 1 { format!("{}. ", place + 1) } else { String::new() };
        rich.push_str(&entry(&number, &e).into_string());
        rich.push('\n');
        markdown::entry(&mut plain, &format!("### {number}"), &e);
    }
    plain.truncate(plain.trim_end().len());
    plain.push('\n');
    Clip { html: rich, markdown: plain, count: rows.len() }
}

fn entry(number: &str, e: &Entry) -> Markup {
    html! {
        p { b { (number) bdi { (shown(e.heading.trim())) } } }
        @if !e.is_words { blockquote { bdi { (lines(&e.words)) } } }
        @if !e.speaker.is_empty() { p { "— " bdi { (shown(&e.speaker)) } @if !e.circumstances.is_empty() { ", " bdi { (shown(&e.circumstances)) } } } }
        p {
            (e.status.glyph()) " " (e.status.name())
            @for text in e.verdict.iter().chain(&e.flags) { " · " bdi { (shown(text)) } }
            " · " (e.kind.name()) " · " (e.place)
        }
        @for (name, text) in &e.matters { p { (name) ": " bdi { (lines(text)) } } }
        @if !e.address.is_empty() { p { (linked(&e.address, &e.address)) } }
        @if !e.evidence.is_empty() { ul { @for proof in &e.evidence { (evidence(proof)) } } }
    }
}

/// A text of several lines.
fn lines(text: &str) -> Markup {
    let text = shown(text.trim());
    html! { @for (n, line) in text.split('\n').enumerate() { @if n > 0 { br; } (line) } }
}

fn evidence(e: &Proof) -> Markup {
    html! {
        li {
            (e.stance) ": " (linked(&e.title, &e.address))
            @if !e.location.is_empty() { ", " bdi { (shown(&e.location)) } }
            @if !e.seen.is_empty() { ", seen " bdi { (shown(&e.seen)) } }
        }
    }
}
