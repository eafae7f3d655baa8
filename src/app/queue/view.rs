//! What the list shows: a query, an order, headings. May use: `domain`, `app`.
//!
//! Invariant: without query, order and headings of its own the list is the text order that
//! [`Places`] keeps; else it has rows of its own, made when one of the three changes and kept up to
//! date by what each change of the project touched. [`View::revision`] changes with what is shown.

use std::collections::BTreeSet;

use super::rows::{Heading, Rows, Rule};
use crate::domain::annotation::Speaker;
use crate::domain::order::{Group, Row, Sort};
use crate::domain::places::Places;
use crate::domain::query::key::Key;
use crate::domain::query::{Fault, Query, Test};
use crate::domain::{Change, Id, Kind, Project, Transaction};

/// What stands in a line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line<'a> {
    /// A heading.
    Heading(&'a Heading),
    /// An annotation.
    Row(Id),
}

/// What the list shows.
#[derive(Clone, Debug, Default)]
pub struct View {
    text: String,
    query: Query,
    faults: Vec<Fault>,
    rests_on: Option<Id>,
    sort: Sort,
    group: Group,
    folded: BTreeSet<String>,
    rows: Option<Rows>,
    revision: u64,
    /// The last that going by risk came to, with where it stood then.
    pub(super) by_risk: Option<(Id, Row)>,
}

impl View {
    /// The query as it is typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The query as it is understood.
    pub const fn query(&self) -> &Query {
        &self.query
    }

    /// What is not understood of it.
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// Whether a query leaves something out.
    pub fn is_filtered(&self) -> bool {
        !self.query.is_empty() || self.rests_on.is_some()
    }

    /// Shows what rests on a source only.
    pub fn narrow(&mut self, project: &Project, source: Option<Id>) {
        if source != self.rests_on {
            self.rests_on = source;
            self.rebuild(project);
        }
    }

    /// The order.
    pub const fn sort(&self) -> Sort {
        self.sort
    }

    /// The headings.
    pub const fn group(&self) -> Group {
        self.group
    }

    /// Changes when what is shown may have changed.
    pub const fn revision(&self) -> u64 {
        self.revision
    }

    /// Shows what fits a query.
    pub fn filter(&mut self, project: &Project, text: String) {
        let (query, faults) = Query::read(&text);
        (self.text, self.faults) = (text, faults);
        if query != self.query {
            self.query = query;
            self.rebuild(project);
        }
    }

    /// Sorts it and gives it headings.
    pub fn arrange(&mut self, project: &Project, sort: Sort, group: Group) {
        if group != self.group {
            self.folded.clear();
        }
        (self.sort, self.group) = (sort, group);
        self.rebuild(project);
    }

    /// Folds a heading, or unfolds it.
    pub fn fold(&mut self, name: String) {
        if !self.folded.remove(&name) {
            self.folded.insert(name);
        }
        self.revision += 1;
        if let Some(rows) = &mut self.rows {
            rows.refold(&self.folded);
        }
    }

    fn is_plain(&self) -> bool {
        !self.is_filtered() && self.sort == Sort::Text && self.group == Group::Flat
    }

    fn rule(&self) -> Rule<'_> {
        let Self { query, rests_on, sort, group, folded, .. } = self;
        Rule { query, rests_on: *rests_on, sort: *sort, group: *group, folded }
    }

    fn rebuild(&mut self, project: &Project) {
        self.revision += 1;
        self.rows = (!self.is_plain()).then(|| Rows::of(project, self.rule()));
    }

    /// Brings what is shown up to date after a transaction was applied, in whichever direction.
    pub fn follow(&mut self, project: &Project, transaction: &Transaction) {
        self.revision += 1;
        let Some(mut rows) = self.rows.take() else { return };
        // The text moves everything; a name that was changed may carry others than before.
        let is_wide = |change: &Change| {
            matches!(change, Change::Article { .. }) || self.rests_on.is_some() && is_source(change)
        };
        if transaction.changes.iter().any(is_wide) {
            return self.rebuild(project);
        }
        let mut ids: Vec<Id> = transaction.changes.iter().filter_map(annotation).collect();
        if self.looks_at_speakers() {
            let sources: BTreeSet<Id> =
                transaction.changes.iter().filter(|c| is_source(c)).filter_map(annotation).collect();
            if !sources.is_empty() {
                let rests = project.annotations.values().filter(|a| match &a.speaker {
                    Some(Speaker::Source(id)) => sources.contains(id),
                    _ => false,
                });
                ids.extend(rests.map(|a| a.id));
            }
        }
        rows.refresh(project, &ids, self.rule());
        self.rows = Some(rows);
    }

    /// Whether the name of a source decides about other annotations too.
    fn looks_at_speakers(&self) -> bool {
        let test = |test: &Test| matches!(test, Test::Words(_) | Test::Text(Key::Speaker | Key::Source, _));
        self.sort == Sort::Speaker
            || self.group == Group::Speaker
            || self.query.terms.iter().any(|term| test(&term.test))
    }

    /// How many lines there are.
    pub fn line_count(&self, places: &Places) -> usize {
        self.rows.as_ref().map_or(places.count(), Rows::lines)
    }

    /// How many annotations have a row.
    pub fn row_count(&self, places: &Places) -> usize {
        self.rows.as_ref().map_or(places.count(), Rows::count)
    }

    /// What stands in a line.
    pub fn line<'a>(&'a self, places: &Places, line: usize) -> Option<Line<'a>> {
        match &self.rows {
            None => places.nth(line).map(Line::Row),
            Some(rows) => rows.line(line).map(|found| match found {
                Ok(heading) => Line::Heading(heading),
                Err(id) => Line::Row(id),
            }),
        }
    }

    /// The line of an annotation, where it is shown.
    pub fn line_of(&self, places: &Places, id: Id) -> Option<usize> {
        match &self.rows {
            None => places.number(id).map(|number| number - 1),
            Some(rows) => rows.line_of(id),
        }
    }

    /// Whether an annotation fits the query.
    pub fn holds(&self, id: Id) -> bool {
        self.rows.as_ref().is_none_or(|rows| rows.row(id).is_some())
    }

    /// The annotations whose rows are shown, in order.
    pub fn shown<'a>(&'a self, places: &'a Places) -> Box<dyn Iterator<Item = Id> + 'a> {
        match &self.rows {
            None => Box::new(places.in_order()),
            Some(rows) => Box::new(rows.shown().map(|row| row.id)),
        }
    }

    /// The annotations from one row to another, both included; nothing where one is not shown.
    pub fn between(&self, places: &Places, from: Id, to: Id) -> Vec<Id> {
        let (Some(from), Some(to)) = (self.line_of(places, from), self.line_of(places, to)) else {
            return self.line_of(places, to).map(|_| to).into_iter().collect();
        };
        let lines = (from.min(to)..=from.max(to)).filter_map(|line| self.line(places, line));
        let ids = lines.filter_map(|line| if let Line::Row(id) = line { Some(id) } else { None });
        ids.collect()
    }
}

fn annotation(change: &Change) -> Option<Id> {
    if let Change::Annotation { id, .. } = change { Some(*id) } else { None }
}

/// Whether a change is about a source, or about what was one.
fn is_source(change: &Change) -> bool {
    let Change::Annotation { before, after, .. } = change else { return false };
    before.iter().chain(after).any(|annotation| annotation.kind == Kind::Source)
}
