//! Who said it, and what rests on whom. May use: `domain`, `app`.
//!
//! Invariant: naming a new source marks it and links it in one step of undo; what is shown as resting on
//! a source changes nothing in the project.

use regex::RegexBuilder;

use super::annotate::commit;
use super::dialog::{Dialog, Purpose};
use super::effect::Effect;
use super::{Desk, Model, files};
use crate::domain::annotation::{AnnotationValue as V, Speaker};
use crate::domain::project::source_name;
use crate::domain::{Annotation, Id, Kind, Span, Stamp, Text, Transaction};

/// So many hits of other letters are looked at for one that is a word of its own.
const TRIES: usize = 50;

/// What is asked.
#[derive(Clone, Debug, PartialEq)]
pub enum Speakers {
    /// Who said the picked claim or quote?
    Ask,
    /// This one did.
    Link(Id, Choice),
    /// Show what rests on the picked source, or on the speaker of what is picked; again, everything.
    Rests,
    /// Show only what rests on this source; everything for none.
    ShowRests(Option<Id>),
    /// Show the call sheet of the picked source, or of the speaker of what is picked.
    Sheet,
    /// Show the call sheet of this source.
    ShowSheet(Id),
    /// Save a call sheet as a text.
    SaveSheet(Id, String),
}

/// Whom a claim or quote can be attributed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// A source of the article.
    Source(Id),
    /// A free name.
    Name(String),
    /// A source that is made now: its words are marked where they first occur.
    New(String),
    /// Nobody.
    Nobody,
}

/// What a source is chosen for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum For {
    /// To see what rests on it.
    Rests,
    /// For its call sheet.
    Sheet,
}

/// Somebody to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// What choosing them does.
    pub choice: Choice,
    /// What they are called.
    pub name: String,
    /// What else is known of them.
    pub more: String,
}

impl Speakers {
    /// Whether it changes the project.
    pub const fn changes(&self) -> bool {
        matches!(self, Self::Link(..))
    }

    /// Whether it can be done now.
    pub fn can(&self, desk: &Desk) -> bool {
        match self {
            Self::Ask => desk.read_only.is_none() && asked_of(desk).is_some(),
            Self::Rests | Self::Sheet => desk.places.of_kind(Kind::Source) > 0,
            _ => true,
        }
    }
}

/// Answers.
pub fn update(model: &mut Model, asked: Speakers, stamp: &mut Stamp) -> Vec<Effect> {
    let Some(desk) = &mut model.desk else { return Vec::new() };
    match asked {
        Speakers::Ask => {
            let dialog = asked_of(desk).map(|id| Dialog::Speaker { id });
            ask(model, dialog);
        }
        Speakers::Link(id, choice) => {
            model.dialog = None;
            let (transaction, said) = link(desk, id, choice, stamp);
            desk.said = said;
            commit(model, transaction);
        }
        Speakers::Rests => match (meant(desk), desk.rests_on) {
            (Some(id), Some(now)) if id == now => desk.narrow(None),
            (Some(id), _) => show(desk, Some(id)),
            (None, Some(_)) => desk.narrow(None),
            (None, None) => ask(model, Some(Dialog::Source { purpose: For::Rests })),
        },
        Speakers::ShowRests(id) => {
            model.dialog = None;
            show(desk, id);
        }
        Speakers::Sheet => {
            let sheet = meant(desk).map(|id| Dialog::CallSheet { id });
            ask(model, Some(sheet.unwrap_or(Dialog::Source { purpose: For::Sheet })));
        }
        Speakers::ShowSheet(id) => model.dialog = Some(Dialog::CallSheet { id }),
        Speakers::SaveSheet(id, text) => {
            let suggested = suggested(desk, id);
            model.text = text;
            return files::ask(model, Purpose::Text, suggested, None);
        }
    }
    Vec::new()
}

/// The claim or quote whose speaker is asked for: the picked one, else the first of those chosen with it.
fn asked_of(desk: &Desk) -> Option<Id> {
    let is_said = |id: &Id| desk.project.annotations.get(id).is_some_and(|a| a.kind != Kind::Source);
    desk.picked.into_iter().chain(desk.chosen.also().iter().copied()).find(is_said)
}

fn ask(model: &mut Model, dialog: Option<Dialog>) {
    if model.dialog.is_none() {
        model.dialog = dialog;
    }
}

fn show(desk: &mut Desk, id: Option<Id>) {
    let source = id.and_then(|id| desk.project.source(id));
    let said = source.map(|source| {
        let count = source.attributed();
        format!("What rests on {}: {} claims, {} quotes", source.name(), count.claims, count.quotes)
    });
    let known = id.filter(|_| said.is_some());
    let said = said.unwrap_or_default();
    desk.narrow(known);
    desk.said = said;
}

/// The source that is meant without being named: the picked one, or the speaker of what is picked.
fn meant(desk: &Desk) -> Option<Id> {
    let picked = desk.picked()?;
    match (&picked.speaker, picked.kind) {
        (_, Kind::Source) => Some(picked.id),
        (Some(Speaker::Source(id)), _) => desk.project.source(*id).map(|_| *id),
        _ => None,
    }
}

/// A file name for a call sheet. The name of a confidential source is in none.
fn suggested(desk: &Desk, id: Id) -> String {
    let record = desk.project.annotations.get(&id).filter(|source| !source.confidential);
    let name = record.map(|source| source_name(source)).unwrap_or_default();
    let plain: String = name.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).take(40).collect();
    let plain = plain.trim_matches('-');
    if plain.is_empty() { "call-sheet.txt".to_owned() } else { format!("call-sheet-{plain}.txt") }
}

/// The article's sources by name, in text order.
pub fn sources(desk: &Desk) -> Vec<Person> {
    let mut known = std::collections::HashSet::new();
    let all = desk.places.in_order().filter(|id| desk.places.is_kind(*id, Kind::Source));
    let records = all.filter_map(|id| desk.project.annotations.get(&id));
    let mut people = Vec::new();
    for source in records {
        let name = flat(&source_name(source));
        if !name.is_empty() && known.insert(name.clone()) {
            people.push(Person { choice: Choice::Source(source.id), name, more: about(desk, source) });
        }
    }
    people
}

fn about(desk: &Desk, source: &Annotation) -> String {
    let place = desk.project.paragraph(source).map(|paragraph| format!("¶ {paragraph}"));
    let secret = source.confidential.then(|| "confidential".to_owned());
    let role = Some(flat(&source.role)).filter(|role| !role.is_empty());
    [secret, role, place].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// Whom an annotation can be attributed to: first the speaker of the one before it, then the sources of
/// the article, then the free names that were used; at the end nobody, where somebody is named.
pub fn people(desk: &Desk, id: Id) -> Vec<Person> {
    let mut people = sources(desk);
    let known: std::collections::HashSet<String> = people.iter().map(|one| one.name.clone()).collect();
    let speakers = desk.project.annotations.values().filter_map(|annotation| annotation.speaker.as_ref());
    let names: std::collections::BTreeSet<String> = speakers
        .filter_map(|speaker| match speaker {
            Speaker::Name(name) => Some(flat(name)).filter(|name| !known.contains(name)),
            Speaker::Source(_) => None,
        })
        .collect();
    people.extend(names.into_iter().map(|name| Person {
        choice: Choice::Name(name.clone()),
        name,
        more: "not marked in the article".into(),
    }));
    if let Some(name) = before(desk, id)
        && let Some(place) = people.iter().position(|one| one.name == name)
    {
        people[..=place].rotate_right(1);
    }
    if desk.project.annotations.get(&id).is_some_and(|annotation| annotation.speaker.is_some()) {
        people.push(Person {
            choice: Choice::Nobody,
            name: "Nobody".into(),
            more: "take the speaker away".into(),
        });
    }
    people
}

/// The name of the last speaker before an annotation, in text order.
fn before(desk: &Desk, id: Id) -> Option<String> {
    let place = desk.places.number(id)? - 1;
    let annotations = (0..place).rev().take(200).filter_map(|place| desk.places.nth(place));
    let mut speakers = annotations.filter_map(|id| desk.project.annotations.get(&id)?.speaker.as_ref());
    speakers.next().map(|speaker| flat(&desk.project.speaker_name(speaker)))
}

/// Where the words of a new source first stand in the article: just so, or else in other letters.
pub fn first_place(text: &Text, name: &str) -> Option<Span> {
    let name = name.trim();
    if name.is_empty() {
        return None;
    }
    if let Some(span) = text.whole_occurrences(name).next() {
        return Some(span);
    }
    let any_case = RegexBuilder::new(&regex::escape(name)).case_insensitive(true).build().ok()?;
    let mut hits = any_case.find_iter(text.as_str()).take(TRIES);
    hits.find_map(|hit| text.whole_occurrences(hit.as_str()).next())
}

/// The change that says who said it, and what is told of that.
pub(super) fn link(desk: &Desk, id: Id, choice: Choice, stamp: &mut Stamp) -> (Transaction, String) {
    let project = &desk.project;
    let set = |speaker: Option<Speaker>, stamp: &mut Stamp| {
        let name = speaker.as_ref().map(|speaker| project.speaker_name(speaker)).unwrap_or_default();
        let label = if name.is_empty() {
            "take the speaker away".to_owned()
        } else {
            format!("link {}", short(&name))
        };
        let said = if name.is_empty() { "No speaker".to_owned() } else { format!("Said by {name}") };
        (project.set(id, &label, vec![V::Speaker(speaker)], stamp), said)
    };
    match choice {
        Choice::Nobody => set(None, stamp),
        Choice::Source(source) => set(Some(Speaker::Source(source)), stamp),
        Choice::Name(name) => set(project.speaker_named(&name), stamp),
        Choice::New(name) => {
            let Some(span) = first_place(&project.article.text, &name) else {
                return set(project.speaker_named(&name), stamp);
            };
            // Marked already, perhaps under another name.
            if let Some(source) = project.marked(Kind::Source, span) {
                return set(Some(Speaker::Source(source.id)), stamp);
            }
            let (source, mut transaction) = project.mark(Kind::Source, &[span], stamp);
            let words = flat(project.article.text.slice(span));
            let linked = project.set(id, "", vec![V::Speaker(Some(Speaker::Source(source)))], stamp);
            transaction.changes.extend(linked.changes);
            transaction.label = format!("link the new source {}", short(&words));
            (transaction, format!("Source marked: {words}. Said by {words}"))
        }
    }
}

fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// As much of a name as a menu can show.
fn short(name: &str) -> String {
    let name = flat(name);
    match name.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", &name[..end]),
        None => name,
    }
}
