//! Finding in the article, in notes and in evidence: what was asked, what was found, where one is.
//!
//! May use: `domain`, `app`. Invariant: hits belong to the text and the query that are there now, or
//! there are none; only going to a hit or typing moves the reading position, opening, closing and
//! what happens to the text do not. Marking all hits is one step of undo. Known limit: at most
//! [`AT_ONCE`] hits are marked at once.

use super::command::Command;
use super::effect::Effect;
use super::studies::INLINE;
use super::{Desk, Model, annotate};
use crate::domain::find::Query;
use crate::domain::notes::NoteHit;
use crate::domain::study::{Finding, Job};
use crate::domain::{Kind, Span, Stamp, Transaction};

/// So many hits are marked at once.
pub const AT_ONCE: usize = 5000;
/// So many annotations are looked through while the window waits.
const FEW: usize = 200;
/// A selection of so many bytes is what is looked for when the bar opens.
const SHORT: usize = 200;

/// What can be asked about finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Find {
    /// Show the bar, with the selection as what is looked for.
    Open,
    /// Close it; the selection is the hit where one was.
    Close,
    /// Look for this.
    Type(String),
    /// Tell capital and small letters apart, or do not.
    Case,
    /// Find whole words only, or parts too.
    Whole,
    /// Take what is typed as an expression, or as words.
    Expression,
    /// Go to the next hit.
    Next,
    /// Go to the one before.
    Previous,
    /// Mark every hit.
    Mark(Kind),
}

/// The state of finding.
#[derive(Clone, Debug, Default)]
pub struct Seek {
    /// Whether the bar is there.
    pub open: bool,
    /// What is looked for.
    pub query: Query,
    /// Where it is, in text order.
    pub hits: Vec<Span>,
    /// The hit where one is.
    pub current: Option<usize>,
    /// While it is being looked for, how far that came, in percent.
    pub part: Option<u8>,
    /// There are more hits than are kept.
    pub more: bool,
    /// Why it cannot be looked for; may be empty.
    pub unfit: String,
    /// The first hits in notes and evidence.
    pub notes: Vec<NoteHit>,
    /// How many there are.
    pub note_count: usize,
    /// Grows when the bar is called, so that its field takes the focus.
    pub called: u64,
    /// What of the article is in view, told by the window when the bar is called.
    pub seen: Span,
    /// Looking begins here.
    origin: usize,
    /// What follows when hits come.
    then: Then,
    /// Caret and selection as they were left last.
    stood: (Option<usize>, Option<Span>),
    /// What was asked last: desk, text, query.
    asked: Option<(u64, u64, Query)>,
    /// The same for notes: desk, state, query.
    asked_notes: Option<(u64, u64, Query)>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Then {
    #[default]
    Stay,
    Reveal,
    Go {
        forward: bool,
    },
}

/// Whether it can be done now.
pub fn can(model: &Model, find: &Find) -> bool {
    let Some(desk) = &model.desk else { return false };
    let seek = &model.find;
    match find {
        Find::Next | Find::Previous => !seek.query.words.is_empty(),
        Find::Mark(_) => {
            desk.read_only.is_none() && !desk.is_typing() && seek.part.is_none() && !seek.hits.is_empty()
        }
        _ => true,
    }
}

/// Whether what the command turns on is on.
pub fn is_on(model: &Model, find: &Find) -> bool {
    let query = &model.find.query;
    match find {
        Find::Case => query.case,
        Find::Whole => query.whole,
        Find::Expression => query.expression,
        _ => false,
    }
}

/// Answers.
pub fn update(model: &mut Model, find: Find, stamp: &mut Stamp) {
    let Some(desk) = &mut model.desk else { return };
    let seek = &mut model.find;
    match find {
        Find::Open => open(seek, desk),
        Find::Close => close(model),
        Find::Type(words) => {
            seek.query.words = words;
            seek.look_again(desk);
        }
        Find::Case | Find::Whole | Find::Expression => {
            let query = &mut seek.query;
            let on = match find {
                Find::Case => &mut query.case,
                Find::Whole => &mut query.whole,
                _ => &mut query.expression,
            };
            *on = !*on;
            if !seek.open {
                open(seek, desk);
            }
            seek.look_again(desk);
        }
        Find::Next => step(seek, desk, true),
        Find::Previous => step(seek, desk, false),
        Find::Mark(kind) => mark(model, kind, stamp),
    }
}

fn open(seek: &mut Seek, desk: &Desk) {
    let text = desk.text();
    let selected = desk.selection.map(|span| (span, text.slice(span).trim()));
    if let Some((_, words)) = selected.filter(|(_, w)| !w.is_empty() && w.len() <= SHORT && !w.contains('\n'))
    {
        seek.query.words = if seek.query.expression { regex::escape(words) } else { words.to_owned() };
    }
    let caret = desk.caret.filter(|at| seek.seen.range().contains(at));
    seek.origin =
        desk.selection.map_or(caret.unwrap_or(seek.seen.start as usize), |span| span.start as usize);
    seek.called += 1;
    seek.stood = (desk.caret, desk.selection);
    if !seek.open {
        seek.open = true;
        (seek.then, seek.current) = (Then::Stay, None);
    }
}

/// Closes the bar; the selection is the hit where one was.
pub fn close(model: &mut Model) {
    let Some(desk) = &mut model.desk else { return };
    let seek = &mut model.find;
    if let Some(hit) = seek.current.and_then(|place| seek.hits.get(place)) {
        desk.selection = Some(*hit);
        desk.caret = Some(hit.start as usize);
    }
    seek.open = false;
    seek.forget();
    (seek.asked_notes, seek.notes, seek.note_count) = (None, Vec::new(), 0);
}

impl Seek {
    /// What was found holds no more.
    fn forget(&mut self) {
        self.hits = Vec::new();
        (self.current, self.part, self.more, self.asked) = (None, None, false, None);
        self.unfit.clear();
    }

    /// Looks from the same place for something else: where the bar was opened, or the hit gone to
    /// since. What typing alone has shown is no place to go on from: letter by letter, and from the
    /// words of last time on, that would lead ever further away.
    fn look_again(&mut self, desk: &Desk) {
        self.stood = (desk.caret, desk.selection);
        self.then = Then::Reveal;
    }

    /// The hit where one is.
    pub fn at(&self) -> Option<Span> {
        self.hits.get(self.current?).copied()
    }

    /// The place of a hit beside a byte, round and round.
    fn beside(&self, at: usize, forward: bool) -> Option<usize> {
        let after = self.hits.partition_point(|hit| (hit.start as usize) < at);
        match (self.hits.len(), forward) {
            (0, _) => None,
            (count, true) => Some(after % count),
            (count, false) => Some((after + count - 1) % count),
        }
    }

    fn go(&mut self, desk: &mut Desk, place: Option<usize>) {
        self.current = place;
        let Some(hit) = self.at() else { return };
        self.origin = hit.start as usize;
        desk.reveal = Some(hit);
        desk.caret = Some(hit.start as usize);
        desk.selection = None;
        self.stood = (desk.caret, None);
        let words: String = desk.text().slice(hit).chars().take(80).collect();
        desk.said = format!("{} of {}: {words}", place.unwrap_or(0) + 1, self.hits.len());
    }

    /// Takes in further hits.
    fn take(&mut self, desk: &mut Desk, hits: Vec<Span>, part: u8, done: bool, more: bool) {
        self.hits.extend(hits);
        self.part = (!done).then_some(part);
        self.more = more;
        if self.current.is_some() {
            return;
        }
        let reached = self.hits.last().is_some_and(|hit| hit.start as usize >= self.origin);
        let backward = self.then == Then::Go { forward: false };
        if !done && (!reached || backward) {
            return;
        }
        let place = self.beside(self.origin, !backward);
        match std::mem::take(&mut self.then) {
            Then::Stay => self.current = place,
            Then::Reveal => {
                self.current = place;
                desk.reveal = self.at();
            }
            Then::Go { .. } => self.go(desk, place),
        }
    }
}

/// To the next hit or the one before: from the caret where it was moved meanwhile.
fn step(seek: &mut Seek, desk: &mut Desk, forward: bool) {
    if seek.query.words.is_empty() {
        return open(seek, desk);
    }
    let beside =
        desk.selection.map(|span| if forward { span.end } else { span.start } as usize).or(desk.caret);
    if !seek.open || seek.asked.is_none() {
        seek.open = true;
        seek.origin = beside.unwrap_or(0);
        seek.then = Then::Go { forward };
        return;
    }
    let moved = (desk.caret, desk.selection) != seek.stood;
    let place = match (seek.current, beside) {
        (_, Some(at)) if moved => seek.beside(at, forward),
        // What typing has shown is where one is already.
        (Some(now), _) if seek.hits.len() > 1 => {
            Some((now + if forward { 1 } else { seek.hits.len() - 1 }) % seek.hits.len())
        }
        (now, _) => now,
    };
    if place.is_none() && seek.part.is_some() {
        seek.then = Then::Go { forward };
        return;
    }
    seek.go(desk, place);
}

/// What is to be looked for now.
pub(super) fn due(model: &mut Model) -> Vec<Effect> {
    let Some(desk) = &mut model.desk else {
        model.find.open = false;
        return Vec::new();
    };
    let seek = &mut model.find;
    let mut effects = Vec::new();
    if !seek.open {
        effects.extend(model.studies.stop());
        return effects;
    }
    let wanted = (desk.number, desk.text_revision, seek.query.clone());
    if seek.asked.as_ref() != Some(&wanted) {
        if seek
            .asked
            .as_ref()
            .is_some_and(|(number, revision, _)| (*number, *revision) != (wanted.0, wanted.1))
        {
            seek.origin = seek.at().map_or(seek.origin, |hit| hit.start as usize);
            seek.then = Then::Stay;
        }
        seek.forget();
        seek.asked = Some(wanted);
        let text = desk.text().clone();
        let is_small = text.len() <= INLINE && !seek.query.expression;
        let job = Job::Hits(seek.query.clone(), text);
        if seek.query.words.is_empty() {
            effects.extend(model.studies.stop());
        } else if is_small {
            let mut found = Vec::new();
            job.run(|| true, |finding| found.push(finding));
            found.into_iter().for_each(|finding| take(seek, desk, finding));
        } else {
            seek.part = Some(0);
            effects.push(model.studies.ask(job).1);
        }
    }
    let wanted = (desk.number, desk.history.state(), seek.query.clone());
    if seek.asked_notes.as_ref() != Some(&wanted) {
        seek.asked_notes = Some(wanted);
        (seek.notes, seek.note_count) = (Vec::new(), 0);
        if !seek.query.words.trim().is_empty() {
            let job = Job::Notes(seek.query.clone(), model.studies.copy(desk));
            if desk.places.count() <= FEW && !seek.query.expression {
                job.run(|| true, |finding| take(seek, desk, finding));
            } else {
                effects.push(model.studies.ask(job).1);
            }
        }
    }
    effects
}

/// Takes in what was found.
pub(super) fn take(seek: &mut Seek, desk: &mut Desk, finding: Finding) {
    match finding {
        Finding::Hits { hits, part, done, more } => {
            let is_this = |(number, revision, _): &(u64, u64, Query)| {
                (*number, *revision) == (desk.number, desk.text_revision)
            };
            if seek.open && seek.asked.as_ref().is_some_and(is_this) {
                seek.take(desk, hits, part, done, more);
            }
        }
        Finding::Unfit(why) => (seek.unfit, seek.part) = (why, None),
        Finding::Notes(hits, count) => (seek.notes, seek.note_count) = (hits, count),
        _ => {}
    }
}

fn mark(model: &mut Model, kind: Kind, stamp: &mut Stamp) {
    let Some(desk) = &mut model.desk else { return };
    let hits = &model.find.hits;
    if hits.len() > AT_ONCE {
        let count = hits.len();
        return model.advise(format!(
            "{count} hits are more than can be marked at once ({AT_ONCE}). Look for something narrower"
        ));
    }
    let text = &desk.project.article.text;
    let mut all = Transaction::default();
    let mut had = 0;
    for hit in hits {
        let marks = desk.places.of_line(text.line_of(hit.start as usize));
        if marks.iter().any(|mark| mark.kind == kind && mark.span == *hit) {
            had += 1;
            continue;
        }
        let (_, one) = desk.project.mark(kind, &[*hit], stamp);
        all.changes.extend(one.changes);
    }
    let count = all.changes.len();
    let (named, already) = (counted(count, "hit"), counted(had, "hit"));
    let plural = if count == 1 { format!("a {}", kind.word()) } else { kind.plural().to_lowercase() };
    if count == 0 {
        return model.advise(format!("Nothing to do: {already} marked so already"));
    }
    all.label = format!("mark {named} as {plural}");
    let mut said = format!("{named} marked as {plural}");
    if had > 0 {
        said.push_str(&format!("; {already} marked so already"));
    }
    desk.said.clone_from(&said);
    annotate::commit(model, all);
    model.tell(said);
}

/// “1 hit”, “12 hits”.
pub fn counted(count: usize, one: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") }
}

impl From<Find> for Command {
    fn from(find: Find) -> Self {
        Self::Find(find)
    }
}
