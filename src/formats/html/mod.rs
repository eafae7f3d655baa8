//! The report: the article with numbered marks, each leading to its entry and back. One file.
//!
//! May use: domain, maud, the texts of `super::entry`. Readable on a phone, on paper and in the
//! dark. Invariants: nothing is fetched and nothing runs (the page forbids both itself); every text
//! is escaped by its type; only what [`super::address`] lets through becomes a link; a text that
//! turns the direction is isolated by `bdi`; however marks nest and overlap, elements nest (a piece
//! of text is in at most one element of each kind) and the size stays linear. Notes are for
//! colleagues and not in it. Known limit: a NUL, which HTML cannot hold, is shown as U+FFFD.

mod article;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::entry::{self, Entry, Proof};
use super::export::{Cancelled, Export, Part, Progress};
use super::loss::{self, Piece};
use super::segments::marks;
use super::{hidden_names, listed};
use crate::domain::rules::Include;
use crate::domain::{Annotation, Id, Kind, Project, Status};
use crate::formats::markdown::destination;

/// The report.
pub const EXPORT: Export = Export {
    title: "Report with the article (HTML)",
    about: "a report: the article with its marks and what was found",
    include: Include::Verified,
    ending: None,
    write,
    told: |project, include| loss::list(project, include, HOLDS),
    is_list: true,
    shows_text: true,
};

const HOLDS: &[Piece] =
    &[Piece::Evidence, Piece::Excerpt, Piece::Wording, Piece::Comparison, Piece::SourceDetail];

const STYLE: &str = include_str!("style.css");
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// Writes the report.
pub fn write(
    project: &Project,
    include: Include,
    progress: &mut Progress<'_>,
) -> Result<Vec<Part>, Cancelled> {
    let (rows, hidden) = (listed(project, include), hidden_names(project));
    progress.ahead(rows.len() + project.article.text.line_count());
    let text = article::write(project, &rows, &marks(&rows), progress)?;
    let mut list = String::new();
    for (place, a) in rows.iter().enumerate() {
        let e = Entry::of(project, a, &hidden);
        list.push_str(&entry_markup(a, place + 1, &e).into_string());
        list.push('\n');
        progress.step()?;
    }
    let about = &project.about;
    let title = match about.title.trim() {
        "" => "Untitled".into(),
        title => shown(title),
    };
    let count = entry::count(&rows, include);
    let page = html! {
        (DOCTYPE)
        html {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header {
                    h1 { bdi { (title) } }
                    (details(project))
                    p { (count) }
                    ul class="legend" {
                        @for kind in Kind::ALL {
                            @if rows.iter().any(|a| a.kind == kind) {
                                li { mark class=(kind.word()) { (kind.name()) } }
                            }
                        }
                        @for (status, count) in counts(&rows) {
                            li { span class=(class(status)) { (status.glyph()) " " (status.name()) } " " (count) }
                        }
                    }
                }
                main {
                    section class="text" aria-label="Article" { (PreEscaped(text)) }
                    section class="side" aria-label="Annotations" {
                        @if !rows.is_empty() {
                            h2 { (count) }
                            ol class="list" { (PreEscaped(list)) }
                        }
                    }
                }
                footer { "Made with Proofmark" }
            }
        }
    };
    Ok(Part::whole(page.into_string()))
}

/// Byline, outlet, date and address.
fn details(project: &Project) -> Markup {
    let about = &project.about;
    let texts: Vec<&String> = [&about.byline, &about.outlet, &about.date]
        .into_iter()
        .filter(|text| !text.trim().is_empty())
        .collect();
    html! {
        @if !texts.is_empty() {
            p {
                @for (n, text) in texts.iter().enumerate() {
                    @if n > 0 { " · " }
                    bdi { (shown(text.trim())) }
                }
            }
        }
        @if !about.address.trim().is_empty() { p { (linked(about.address.trim(), &about.address)) } }
    }
}

fn counts(rows: &[&Annotation]) -> Vec<(Status, usize)> {
    let count = |status| rows.iter().filter(|a| a.status == status).count();
    Status::ALL.into_iter().map(|status| (status, count(status))).filter(|(_, count)| *count > 0).collect()
}

/// The colour that a status has beside its sign.
const fn class(status: Status) -> &'static str {
    match status {
        Status::Verified => "status good",
        Status::NeedsCorrection => "status bad",
        Status::Unchecked | Status::InProgress | Status::Query => "status open",
        Status::Unverifiable | Status::OnAuthor | Status::NotCheckable => "status",
    }
}

/// The place of an annotation's entry.
pub(super) fn anchor(id: Id) -> String {
    format!("claim-{id}")
}

/// The place of one of its marks.
fn mark_anchor(id: Id, nth: usize) -> String {
    format!("mark-{id}-{}", nth + 1)
}

fn entry_markup(a: &Annotation, number: usize, e: &Entry) -> Markup {
    let places = a.placed().count();
    html! {
        li id=(anchor(a.id)) class=(e.kind.word()) {
            h3 {
                @if places > 0 {
                    a class="n" href={ "#" (mark_anchor(a.id, 0)) } title="To the text" { (number) }
                } @else {
                    span class="n" { (number) }
                }
                " " bdi { (shown(e.heading.trim())) }
            }
            @if !e.is_words { blockquote { bdi { (shown(e.words.trim())) } } }
            @if !e.speaker.is_empty() || !e.circumstances.is_empty() {
                p class="said" {
                    "— "
                    @if !e.speaker.is_empty() { bdi { (shown(&e.speaker)) } }
                    @if !e.speaker.is_empty() && !e.circumstances.is_empty() { ", " }
                    @if !e.circumstances.is_empty() { bdi { (shown(&e.circumstances)) } }
                }
            }
            p class="about" {
                span class=(class(e.status)) { (e.status.glyph()) " " (e.status.name()) }
                @for text in e.verdict.iter().chain(&e.flags) { " · " bdi { (shown(text)) } }
                " · " (e.kind.name()) " · " (e.place)
            }
            @if !e.matters.is_empty() || !e.address.is_empty() {
                dl {
                    @for (name, text) in &e.matters { dt { (name) } dd { bdi { (shown(text.trim())) } } }
                    @if !e.address.is_empty() { dt { "Address" } dd { (linked(&e.address, &e.address)) } }
                }
            }
            @if !e.evidence.is_empty() {
                ul class="evidence" { @for proof in &e.evidence { (evidence(proof)) } }
            }
            @if places > 0 {
                p class="back" {
                    a href={ "#" (mark_anchor(a.id, 0)) } { "Back to the text" }
                    @for nth in 1..places { " · " a href={ "#" (mark_anchor(a.id, nth)) } { "again " (nth + 1) } }
                }
            }
        }
    }
}

fn evidence(e: &Proof) -> Markup {
    html! {
        li {
            (e.stance) ": "
            (linked(&e.title, &e.address))
            @if !e.location.is_empty() { ", " bdi { (shown(&e.location)) } }
            @if !e.level.is_empty() { ", " (e.level) }
            @if !e.seen.is_empty() { ", seen " bdi { (shown(&e.seen)) } }
            @if !e.archived.is_empty() {
                ", "
                @if destination(&e.archived).is_some() {
                    (linked("archived", &e.archived))
                } @else {
                    (linked(&e.archived, ""))
                }
            }
            @if !e.excerpt.is_empty() { q { bdi { (shown(&e.excerpt)) } } }
        }
    }
}

/// A text as a link, where the address is one that may become a link.
pub(super) fn linked(text: &str, address: &str) -> Markup {
    match destination(address) {
        Some(to) => html! { a href=(to) rel="noopener noreferrer" { bdi { (shown(text)) } } },
        None => html! { bdi { (shown(text)) } },
    }
}

/// A text as HTML can hold it.
pub(super) fn shown(text: &str) -> String {
    text.replace('\0', "\u{fffd}").replace("\r\n", "\n").replace('\r', "\n")
}
