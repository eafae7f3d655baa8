//! The box of sources for publication: a piece of HTML to put under the article.
//!
//! May use: domain, maud, the texts of `super::entry`. It lists what the evidence names, each
//! once, in the order of its first use, and the people and bodies that are quoted. HTML, not
//! Markdown: content management systems take it as it is, and it has no class or style but its own
//! name, so that it looks like the page around it. Invariants: as in [`super::html`]: every text is
//! escaped by its type, only web addresses become links, no confidential source is named.

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, html};

use super::entry::Proof;
use super::export::{Cancelled, Export, Part, Progress};
use super::html::{linked, shown};
use super::markdown::destination;
use super::{hidden_names, listed, loss, printed_speaker, table};
use crate::domain::annotation::Speaker;
use crate::domain::project::source_name;
use crate::domain::rules::Include;
use crate::domain::{Annotation, Kind, Project};

/// The box of sources.
pub const EXPORT: Export = Export {
    title: "Sources box for publication (HTML)",
    about: "the list of sources, to put under the article",
    include: Include::Verified,
    ending: Some("sources"),
    write,
    told,
    is_list: false,
    shows_text: false,
};

fn told(project: &Project, include: Include) -> Vec<String> {
    let rows = listed(project, include);
    let bare = rows.iter().filter(|a| a.kind != Kind::Source && table::evidence(a).is_empty()).count();
    let mut lines = loss::annotations(project, include);
    if bare > 0 {
        let (one, many) = ("claim or quote has no evidence", "claims and quotes have no evidence");
        lines.push(format!("warning: {}", loss::counted(bare, one, many)));
    }
    lines
}

/// Writes the box.
pub fn write(
    project: &Project,
    include: Include,
    progress: &mut Progress<'_>,
) -> Result<Vec<Part>, Cancelled> {
    let (rows, hidden) = (listed(project, include), hidden_names(project));
    progress.ahead(rows.len());
    let mut people: Vec<(String, String, String)> = Vec::new();
    let mut works: Vec<Work> = Vec::new();
    let (mut known, mut read) = (BTreeSet::new(), BTreeMap::new());
    for a in &rows {
        if let Some(person) = person(project, a, &hidden).filter(|p| known.insert(p.0.to_lowercase())) {
            people.push(person);
        }
        for proof in table::evidence(a).into_iter().filter_map(Proof::of) {
            let key = if proof.address.is_empty() { &proof.title } else { &proof.address };
            let place = *read.entry(key.to_lowercase()).or_insert(works.len());
            match works.get_mut(place) {
                Some(work) => work.add(proof),
                None if proof.title.is_empty() => {
                    read.remove(&key.to_lowercase());
                }
                None => works.push(Work::new(proof)),
            }
        }
        progress.step()?;
    }
    let page = html! {
        aside class="sources" aria-label="Sources" {
            h2 { "Sources" }
            @if works.is_empty() && people.is_empty() { p { "No sources." } }
            @if !works.is_empty() { "\n" ul { @for work in &works { "\n" (work_markup(work)) } "\n" } }
            @if !people.is_empty() {
                "\n" h3 { "People and bodies" }
                "\n" ul { @for person in &people { "\n" (person_markup(person)) } "\n" }
            }
            "\n"
        }
    };
    Ok(Part::whole(format!("{}\n", page.into_string())))
}

/// A piece of evidence with all the places in it that were used.
struct Work {
    first: Proof,
    locations: Vec<String>,
}

impl Work {
    fn new(first: Proof) -> Self {
        let locations = vec![first.location.clone()];
        Self { first, locations }
    }

    fn add(&mut self, next: Proof) {
        if !self.locations.contains(&next.location) {
            self.locations.push(next.location);
        }
        // The day it was looked at last: days written as years, months and days order as texts do.
        if next.seen > self.first.seen {
            self.first.seen = next.seen;
        }
        if self.first.archived.is_empty() {
            self.first.archived = next.archived;
        }
    }
}

/// Name, role and address of the source, or of whoever said it.
fn person(project: &Project, a: &Annotation, hidden: &BTreeSet<String>) -> Option<(String, String, String)> {
    let of = |source: &Annotation| {
        let texts = [source_name(source), source.role.clone(), source.address.clone()];
        let [name, role, address] = texts.map(|text| text.trim().to_owned());
        (name, role, address)
    };
    let told = if a.kind == Kind::Source {
        of(a)
    } else {
        let name = printed_speaker(project, a, hidden);
        match &a.speaker {
            Some(Speaker::Source(id)) if !name.is_empty() => of(project.record(*id)?),
            _ => (name, String::new(), String::new()),
        }
    };
    (!told.0.is_empty() && !hidden.contains(&told.0.to_lowercase())).then_some(told)
}

fn person_markup((name, role, address): &(String, String, String)) -> Markup {
    html! {
        li { (linked(name, address)) @if !role.is_empty() { ", " bdi { (shown(role)) } } }
    }
}

fn work_markup(work: &Work) -> Markup {
    let e = &work.first;
    html! {
        li {
            (linked(&e.title, &e.address))
            @for (n, location) in work.locations.iter().filter(|text| !text.is_empty()).enumerate() {
                @if n == 0 { ", " } @else { "; " }
                bdi { (shown(location)) }
            }
            @if !e.seen.is_empty() { ", seen " bdi { (shown(&e.seen)) } }
            @if destination(&e.archived).is_some() { ", " (linked("archived copy", &e.archived)) }
        }
    }
}
