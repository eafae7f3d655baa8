//! Looking at a whole project for something that can take longer than a frame.
//!
//! May use: the rest of `domain`. Invariant: pure; it asks now and then whether it is still wanted, at
//! the latest after [`super::find::WINDOW`] bytes, and tells what it has as it goes.

use std::sync::Arc;

use super::coverage::Coverage;
use super::find::{MOST, Query, Search, Step};
use super::invisible::{Odd, survey};
use super::notes::{self, NoteHit};
use super::redraft::{Plan, anchor};
use super::{Project, Span, Text};

/// So many hits in notes are listed; all are counted.
pub const LISTED: usize = 200;
/// So many hits are told at once.
const BATCH: usize = 4000;
/// After so many bytes it is told how far it came.
const REPORT: usize = 1 << 20;

/// What is looked for.
#[derive(Clone, Debug, PartialEq)]
pub enum Job {
    /// Words in the text.
    Hits(Query, Text),
    /// Words in notes and evidence.
    Notes(Query, Arc<Project>),
    /// How much of the text is marked.
    Coverage(Arc<Project>),
    /// Characters that cannot be seen.
    Survey(Text),
    /// Where the marks are in the article's next draft; nothing ends the looking.
    Draft(Option<(Arc<Project>, Text)>),
}

/// What came out, or a part of it.
#[derive(Clone, Debug, PartialEq)]
pub enum Finding {
    /// Further hits; how far it came in percent; whether that was all; whether there are more than are kept.
    Hits {
        /// In text order.
        hits: Vec<Span>,
        /// In percent of the text.
        part: u8,
        /// Nothing follows.
        done: bool,
        /// There are more than [`MOST`].
        more: bool,
    },
    /// The first hits in notes and evidence, and how many there are.
    Notes(Vec<NoteHit>, usize),
    /// How much is marked.
    Coverage(Box<Coverage>),
    /// Characters that cannot be seen.
    Survey(Vec<Odd>),
    /// How far comparing a new draft came, in percent.
    Draft(u8),
    /// What a new draft does.
    Drafted(Arc<Plan>),
    /// It cannot be looked for; why, in words.
    Unfit(String),
}

impl Job {
    /// Which of the others it takes the place of: each sort has one that counts, the latest.
    pub fn sort(&self) -> usize {
        match self {
            Self::Hits(..) => 0,
            Self::Notes(..) => 1,
            Self::Coverage(_) => 2,
            Self::Survey(_) => 3,
            Self::Draft(_) => 4,
        }
    }

    /// How many sorts there are.
    pub const SORTS: usize = 5;

    /// Does it, as long as it is wanted.
    pub fn run(self, is_wanted: impl Fn() -> bool, mut tell: impl FnMut(Finding)) {
        match self {
            Self::Hits(query, text) => match query.finder() {
                Ok(finder) => hits(Search::new(finder, text.clone()), text.len(), is_wanted, tell),
                Err(why) => tell(Finding::Unfit(why)),
            },
            Self::Notes(query, project) => {
                let Ok(finder) = query.finder() else { return tell(Finding::Notes(Vec::new(), 0)) };
                let (mut found, mut count) = (Vec::new(), 0);
                for annotation in project.in_order() {
                    if !is_wanted() {
                        return;
                    }
                    for hit in notes::hits(&finder, annotation) {
                        count += 1;
                        if found.len() < LISTED {
                            found.push(hit);
                        }
                    }
                }
                tell(Finding::Notes(found, count));
            }
            Self::Coverage(project) => tell(Finding::Coverage(Box::new(Coverage::of(&project)))),
            Self::Survey(text) => tell(Finding::Survey(survey(&text))),
            Self::Draft(None) => {}
            Self::Draft(Some((project, text))) => {
                let mut told = 0;
                let look = |part| {
                    if part > told {
                        told = part;
                        tell(Finding::Draft(part));
                    }
                    is_wanted()
                };
                let plan = anchor(&project, &text, look);
                if let Some(plan) = plan {
                    tell(Finding::Drafted(Arc::new(plan)));
                }
            }
        }
    }
}

fn hits(mut search: Search, length: usize, is_wanted: impl Fn() -> bool, mut tell: impl FnMut(Finding)) {
    let (mut hits, mut count, mut told) = (Vec::new(), 0, 0);
    while is_wanted() {
        let step = search.step();
        let full = count == MOST && matches!(step, Step::Hit(_));
        let done = full || step == Step::End;
        if let Step::Hit(span) = step
            && !full
        {
            hits.push(span);
            count += 1;
        }
        if done || hits.len() >= BATCH || search.at() - told >= REPORT {
            told = search.at();
            let part = (search.at() * 100 / length.max(1)) as u8;
            tell(Finding::Hits { hits: std::mem::take(&mut hits), part, done, more: full });
        }
        if done {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    fn query(words: &str) -> Query {
        Query { words: words.into(), ..Query::default() }
    }

    #[test]
    fn hits_come_in_parts_and_no_more_than_are_kept() {
        let text = Text::new("ab ".repeat(MOST + 10));
        let (mut hits, mut parts, mut end) = (Vec::new(), 0, None);
        Job::Hits(query("ab"), text).run(
            || true,
            |finding| {
                let Finding::Hits { hits: some, part, done, more } = finding else { panic!() };
                assert!(part <= 100 && end.is_none());
                hits.extend(some);
                parts += 1;
                end = done.then_some(more);
            },
        );
        assert_eq!((hits.len(), end), (MOST, Some(true)));
        assert!(parts > 10 && hits.is_sorted());
    }

    #[test]
    fn what_is_not_wanted_any_more_ends_and_what_cannot_be_is_told() {
        let text = Text::new("some words ".repeat(100_000));
        let asked = Cell::new(0);
        let wanted = || {
            asked.set(asked.get() + 1);
            asked.get() < 5
        };
        Job::Hits(query("nowhere"), text.clone()).run(wanted, |_| panic!("nothing to tell yet"));
        let mut told = None;
        let bad = Query { expression: true, ..query("(") };
        Job::Hits(bad, text).run(|| true, |finding| told = Some(finding));
        assert!(matches!(told, Some(Finding::Unfit(_))));
    }
}
