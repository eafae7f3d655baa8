//! The next draft of the open article: chosen, read, compared, shown, taken.
//!
//! May use: `domain`, `formats`, `app`. Invariant: nothing of the open project changes before the person
//! takes the draft, and taking it is one step; what was compared with an article that is another one by
//! now is not taken. Comparing is done beside the window and can be left.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::annotate::commit;
use super::dialog::{Dialog, Purpose};
use super::effect::{Effect, Reading};
use super::import::Incoming;
use super::queue::{self, Queue};
use super::{Desk, Model, files};
use crate::domain::redraft::{Counts, Loaded, Plan};
use crate::domain::study::{Finding, Job};
use crate::domain::{Stamp, Text};
use crate::formats::incoming::ReadOptions;

/// The filter that shows what a new draft leaves to be looked at.
pub const FILTER: &str = "is:again";

/// What a person can ask for about a new draft.
#[derive(Clone, Debug, PartialEq)]
pub enum Draft {
    /// Choose its file.
    Ask,
    /// A file was dropped: is it a new project, or a new draft of the open article?
    Offer(PathBuf),
    /// Compare what was read with the article, without these lines.
    Compare(BTreeSet<usize>),
    /// Take it.
    Take,
}

impl Draft {
    /// Whether it changes the project.
    pub const fn changes(&self) -> bool {
        matches!(self, Self::Take)
    }
}

/// What an article that comes in is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Asked {
    /// A new project.
    #[default]
    Project,
    /// The next draft of the open article.
    Draft,
    /// That is asked.
    Either,
}

/// A draft that is compared with the article, or was.
#[derive(Clone, Debug)]
pub struct Coming {
    /// What it is called.
    pub name: String,
    loaded: Loaded,
    text: Text,
    /// The number of the question, and of the desk that it is about.
    number: u64,
    desk: u64,
    /// How far comparing came, in percent.
    pub part: u8,
    /// What it does, once that is known.
    pub plan: Option<Arc<Plan>>,
}

/// The state of it.
#[derive(Clone, Debug, Default)]
pub struct Drafts {
    /// What the article is for that is read or shown just now.
    pub asked: Asked,
    /// The draft that is compared or shown.
    pub coming: Option<Box<Coming>>,
}

/// Whether the open project can get a new draft.
fn is_open(desk: &Desk) -> bool {
    desk.read_only.is_none()
}

/// Whether a file that is dropped may be one: with nothing marked it is just another article, and the example
/// is nobody's work.
pub fn is_likely(model: &Model) -> bool {
    let marked = |desk: &Desk| desk.places.count() > 0 || !desk.project.removed.is_empty();
    let is_work = |desk: &Desk| desk.path.is_some() || desk.is_dirty();
    let fits = |desk: &Desk| is_open(desk) && marked(desk) && is_work(desk);
    model.dialog.is_none() && model.desk.as_ref().is_some_and(fits)
}

/// Whether it can be done now.
pub fn can(model: &Model, draft: &Draft) -> bool {
    match draft {
        Draft::Ask | Draft::Offer(_) => !model.busy && model.desk.as_ref().is_some_and(is_open),
        Draft::Compare(_) => model.incoming.is_some() && model.desk.as_ref().is_some_and(is_open),
        Draft::Take => model.draft.coming.as_ref().is_some_and(|coming| coming.plan.is_some()),
    }
}

/// Answers the commands about a new draft.
pub fn update(model: &mut Model, draft: Draft, stamp: &mut Stamp) -> Vec<Effect> {
    if !can(model, &draft) {
        return Vec::new();
    }
    match draft {
        Draft::Ask => {
            let folder = model.desk.as_ref().and_then(|desk| desk.path.as_deref()).and_then(Path::parent);
            files::ask(model, Purpose::Draft, String::new(), folder.map(Path::to_owned))
        }
        Draft::Offer(path) => read(model, path, Asked::Either),
        Draft::Compare(without) => {
            let Some(incoming) = model.incoming.take() else { return Vec::new() };
            compare(model, &incoming, &without)
        }
        Draft::Take => take(model, stamp),
    }
}

/// Reads what was chosen.
pub fn read(model: &mut Model, path: PathBuf, asked: Asked) -> Vec<Effect> {
    model.busy = true;
    model.draft.asked = asked;
    let options = ReadOptions { encoding: None, replace: true };
    vec![Effect::Import(Box::new(Reading { path: Some(path), bytes: None, format: None, options }))]
}

/// Which lines of what was read go unless the person says otherwise: those that look like a page's template,
/// for a draft without those that stand in the article, where somebody left them.
pub fn left_out(model: &Model, incoming: &Incoming) -> BTreeSet<usize> {
    let article = model.desk.as_ref().filter(|_| model.draft.asked != Asked::Project);
    let kept: BTreeSet<&str> =
        article.map(|desk| desk.project.article.text.lines().map(str::trim).collect()).unwrap_or_default();
    let text = &incoming.imported.text;
    let goes = |line: &usize| !kept.contains(text.slice(text.line(*line)).trim());
    incoming.template.iter().map(|(line, _)| *line).filter(goes).collect()
}

/// Shows what was read; a draft in plain text, about which there is no question, is compared at once.
pub fn came(model: &mut Model, incoming: Incoming) -> Vec<Effect> {
    let is_sure = incoming.imported.is_plain() && left_out(model, &incoming).is_empty();
    if model.draft.asked == Asked::Draft && is_sure && model.desk.is_some() {
        return compare(model, &incoming, &BTreeSet::new());
    }
    super::import::show(model, incoming);
    Vec::new()
}

fn compare(model: &mut Model, incoming: &Incoming, without: &BTreeSet<usize>) -> Vec<Effect> {
    let Some(desk) = &model.desk else { return Vec::new() };
    let imported = incoming.imported.without(without);
    let text = imported.text.clone();
    let job = Job::Draft(Some((model.studies.copy(desk), text.clone())));
    let (number, effect) = model.studies.ask(job);
    let loaded = Loaded {
        file: incoming.path.as_ref().map(|_| incoming.name()).unwrap_or_default(),
        encoding: imported.charset.to_owned(),
        sha256: imported.sha256.clone(),
    };
    let (name, desk) = (incoming.name(), desk.number);
    let coming = Coming { name, loaded, text, number, desk, part: 0, plan: None };
    model.draft = Drafts { asked: Asked::Project, coming: Some(Box::new(coming)) };
    model.dialog = Some(Dialog::Draft);
    vec![effect]
}

/// Takes in how far comparing came, or what came out.
pub fn compared(model: &mut Model, number: u64, finding: Finding) {
    let Some(coming) = model.draft.coming.as_mut().filter(|coming| coming.number == number) else { return };
    match finding {
        Finding::Draft(part) => coming.part = part,
        Finding::Drafted(plan) if plan.is_empty() => {
            let name = coming.name.clone();
            close(model);
            model.tell(format!("{name} has the same text as the article: there is nothing to take"));
        }
        Finding::Drafted(plan) => coming.plan = Some(plan),
        Finding::Unfit(why) => {
            close(model);
            model.fail(super::Problem { what: why, hint: String::new(), exists: false });
        }
        _ => {}
    }
}

/// Lets the draft go; what compares it stops.
pub fn cancel(model: &mut Model) -> Vec<Effect> {
    let is_running = model.draft.coming.as_ref().is_some_and(|coming| coming.plan.is_none());
    close(model);
    if is_running { vec![model.studies.ask(Job::Draft(None)).1] } else { Vec::new() }
}

fn close(model: &mut Model) {
    model.draft = Drafts::default();
    if model.dialog == Some(Dialog::Draft) {
        model.dialog = None;
    }
}

fn take(model: &mut Model, stamp: &mut Stamp) -> Vec<Effect> {
    let Some(Coming { plan: Some(plan), loaded, text, desk: number, .. }) =
        model.draft.coming.take().map(|coming| *coming)
    else {
        return Vec::new();
    };
    close(model);
    let Some(desk) = model.desk.as_mut().filter(|desk| desk.number == number && plan.new == text) else {
        model.tell("Another project is open by now; nothing was done");
        return Vec::new();
    };
    let transaction = match plan.transaction(&desk.project, Some(loaded), stamp) {
        Ok(transaction) => transaction,
        Err(error) => {
            model.tell(format!("Nothing was done: {error}"));
            return Vec::new();
        }
    };
    // The file that the project was made of has nothing to say about this text.
    desk.original = None;
    let counts = plan.counts();
    desk.said = format!("New draft taken, {}", told(counts));
    commit(model, transaction);
    let (words, more) = (format!("The new draft is taken: {}", told(counts)), advice(counts));
    model.tell_more(words, more);
    if counts.again + counts.orphans == 0 {
        return Vec::new();
    }
    queue::update(model, Queue::Filter(FILTER.into()), stamp)
}

/// How many marks have which fate, in words.
pub fn told(counts: Counts) -> String {
    let orphans = if counts.orphans == 1 { "orphan" } else { "orphans" };
    format!("{} certain, {} to check again, {} {orphans}", counts.certain, counts.again, counts.orphans)
}

fn advice(counts: Counts) -> &'static str {
    match (counts.again, counts.orphans) {
        (0, 0) => "",
        (_, 0) => {
            "The list shows them now: look at each and press “It still holds” where it does. Undo takes the draft back"
        }
        _ => {
            "The list shows them now: look at each and press “It still holds” where it does; orphans also wait in their tray. \
             Undo takes the draft back"
        }
    }
}
