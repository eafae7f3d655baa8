//! What the article shows beside its words: characters that cannot be seen, and how much of it
//! somebody has marked.
//!
//! May use: `domain`, `app`. Invariant: what is shown belongs to the text that is there now; how much
//! is marked follows every change at the cost of what it touched. While the text is typed in, and until a
//! large one is counted anew, it is not known.

use std::sync::Arc;

use super::effect::Effect;
use super::settings::Settings;
use super::{Desk, Model};
use crate::domain::coverage::{Coverage, Shares};
use crate::domain::invisible::{self, Odd, Sort};
use crate::domain::study::{Finding, Job};
use crate::domain::{Id, Project, Span};

/// A text of so many bytes is surveyed while the window waits.
const SURVEYED: usize = 1 << 20;
/// Of one of so many bytes the words are counted while the window waits.
const COUNTED: usize = 16 << 10;

/// What can be asked about showing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Show {
    /// Show characters that cannot be seen, or do not.
    Invisible,
    /// Strike what is checked, or do not.
    RedPencil,
    /// Go to the next character that cannot be seen.
    NextInvisible,
    /// Go to the next sentence that nobody has marked anything in.
    NextBare,
}

/// What is known of the article's text and its marks.
#[derive(Clone, Debug, Default)]
pub struct Looks {
    /// Characters that cannot be seen, and words of two alphabets.
    pub odd: Arc<[Odd]>,
    /// How many of them are characters, and how many are words.
    counts: (usize, usize),
    /// The text that they are of.
    surveyed: Option<u64>,
    asked: u64,
    cover: Cover,
    /// Somebody waits for the next sentence without a mark.
    wants_bare: bool,
}

#[derive(Clone, Debug, Default)]
enum Cover {
    #[default]
    Unknown,
    /// Being counted, with the annotations that were touched since.
    Asked(u64, Vec<Id>),
    Known(Box<Coverage>),
}

impl Looks {
    /// How much is marked and checked, once that was counted of the text as it is.
    pub fn shares(&self) -> Option<Shares> {
        match &self.cover {
            Cover::Known(coverage) => Some(coverage.shares()),
            Cover::Unknown | Cover::Asked(..) => None,
        }
    }

    /// Brings it up to date after a transaction.
    pub(super) fn follow(&mut self, project: &Project, touches_text: bool, ids: &[Id]) {
        match &mut self.cover {
            _ if touches_text => self.cover = Cover::Unknown,
            Cover::Unknown => {}
            Cover::Asked(_, touched) => touched.extend(ids),
            Cover::Known(coverage) => {
                coverage.refresh(project, ids.iter().copied());
            }
        }
    }

    /// How many characters cannot be seen, and how many words are of two alphabets.
    pub fn counts(&self) -> (usize, usize) {
        self.counts
    }

    fn take_odd(&mut self, odd: Vec<Odd>) {
        let mixed = odd.iter().filter(|odd| odd.sort == Sort::Mixed).count();
        self.counts = (odd.len() - mixed, mixed);
        self.odd = odd.into();
    }
}

/// Whether it can be done now.
pub fn can(model: &Model, show: Show) -> bool {
    match (show, &model.desk) {
        (Show::Invisible | Show::RedPencil, _) => true,
        (Show::NextInvisible, desk) => desk.as_ref().is_some_and(|desk| !desk.looks.odd.is_empty()),
        (Show::NextBare, desk) => desk.is_some(),
    }
}

/// Whether what the command turns on is on.
pub fn is_on(settings: &Settings, show: Show) -> bool {
    match show {
        Show::Invisible => settings.invisible,
        Show::RedPencil => settings.red_pencil,
        Show::NextInvisible | Show::NextBare => false,
    }
}

/// Answers.
pub fn update(model: &mut Model, show: Show) -> Vec<Effect> {
    match show {
        Show::Invisible => model.settings.invisible = !model.settings.invisible,
        Show::RedPencil => model.settings.red_pencil = !model.settings.red_pencil,
        Show::NextInvisible => return next_invisible(model),
        Show::NextBare => {
            if let Some(desk) = &mut model.desk {
                desk.looks.wants_bare = true;
            }
            return due(model);
        }
    }
    vec![Effect::Store(model.settings.clone())]
}

fn next_invisible(model: &mut Model) -> Vec<Effect> {
    let Some(desk) = &mut model.desk else { return Vec::new() };
    let odd = Arc::clone(&desk.looks.odd);
    let after = |at: usize| odd.partition_point(|odd| odd.span.start as usize <= at);
    let place = desk.caret.map_or(0, after);
    let place = if place < odd.len() { place } else { 0 };
    let Some(found) = odd.get(place).copied() else { return Vec::new() };
    let text = desk.text();
    let words = format!("{} · {} of {}", invisible::name(text, found), place + 1, odd.len());
    let at = text.edge_before(found.span.start as usize);
    // Where a letter holds it, the caret cannot stand before it: then it stands behind.
    let passed = desk.caret.is_some_and(|caret| at <= caret) && place > 0;
    let at = if passed { text.edge_after(found.span.end as usize) } else { at };
    (desk.caret, desk.selection, desk.reveal) = (Some(at), None, Some(found.span));
    desk.said.clone_from(&words);
    model.advise(words);
    if model.settings.invisible {
        return Vec::new();
    }
    model.settings.invisible = true;
    vec![Effect::Store(model.settings.clone())]
}

/// What is to be looked for now.
pub(super) fn due(model: &mut Model) -> Vec<Effect> {
    let Some(desk) = &mut model.desk else { return Vec::new() };
    let mut effects = Vec::new();
    // A copy of a text shares it.
    let text = desk.text().clone();
    if desk.looks.surveyed != Some(desk.text_revision) {
        desk.looks.surveyed = Some(desk.text_revision);
        desk.looks.take_odd(Vec::new());
        if text.len() <= SURVEYED {
            desk.looks.take_odd(invisible::survey(&text));
        } else {
            let (number, effect) = model.studies.ask(Job::Survey(text.clone()));
            desk.looks.asked = number;
            effects.push(effect);
        }
    }
    let wanted = model.settings.red_pencil || desk.looks.wants_bare;
    // While the text is typed in, nothing is counted with every letter.
    if wanted && !desk.is_typing() && matches!(desk.looks.cover, Cover::Unknown) {
        if text.len() <= COUNTED {
            known(desk, Box::new(Coverage::of(&desk.project)));
        } else {
            let copy = model.studies.copy(desk);
            let (number, effect) = model.studies.ask(Job::Coverage(copy));
            desk.looks.cover = Cover::Asked(number, Vec::new());
            effects.push(effect);
        }
    }
    if desk.looks.wants_bare && matches!(desk.looks.cover, Cover::Known(_)) {
        go_to_bare(model);
    }
    effects
}

/// Takes in what was found.
pub(super) fn take(model: &mut Model, number: u64, finding: Finding) {
    let Some(desk) = &mut model.desk else { return };
    match (finding, &mut desk.looks.cover) {
        (Finding::Coverage(mut coverage), Cover::Asked(asked, touched)) if *asked == number => {
            coverage.refresh(&desk.project, std::mem::take(touched));
            known(desk, coverage);
        }
        (Finding::Survey(odd), _) if desk.looks.asked == number => desk.looks.take_odd(odd),
        _ => {}
    }
}

fn known(desk: &mut Desk, coverage: Box<Coverage>) {
    desk.looks.cover = Cover::Known(coverage);
}

fn go_to_bare(model: &mut Model) {
    let Some(desk) = &mut model.desk else { return };
    desk.looks.wants_bare = false;
    let Cover::Known(coverage) = &desk.looks.cover else { return };
    let text = &desk.project.article.text;
    // From a selected sentence on to the one behind it, else from the caret on.
    let behind = desk.selection.map(|span| span.start as usize + 1);
    let found = coverage.next_bare(text, behind.or(desk.caret).unwrap_or(0));
    match found {
        Some(span) => select(desk, span),
        None => model.advise("Every sentence has a mark in it"),
    }
}

fn select(desk: &mut Desk, span: Span) {
    (desk.selection, desk.reveal) = (Some(span), Some(span));
    desk.caret = Some(span.start as usize);
    let words: String = desk.project.article.text.slice(span).chars().take(120).collect();
    desk.said = format!("Not marked: {words}");
}
