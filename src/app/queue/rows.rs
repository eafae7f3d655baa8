//! The rows of a list that is filtered, sorted or has headings. May use: `domain`, `app`.
//!
//! Invariant: equal to what is built anew, whatever was changed in between (tested); a change costs
//! what it touches. Known limit: headings are found anew after a change, one search for each.

use std::collections::{BTreeSet, HashMap};

use crate::domain::attribution::Source;
use crate::domain::order::{Group, Row, Sort, heading};
use crate::domain::query::Query;
use crate::domain::{Annotation, Id, Project};

/// A heading with the rows under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// As shown.
    pub name: String,
    /// The first row under it.
    pub start: usize,
    /// The first that is not.
    pub end: usize,
    /// Whether its rows are folded away.
    pub folded: bool,
    /// Its place among the lines that are shown.
    line: usize,
}

/// The rows, sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    order: Vec<Row>,
    known: HashMap<Id, Row>,
    headings: Vec<Heading>,
    lines: usize,
}

/// What the rows are made by.
#[derive(Clone, Copy, Debug)]
pub struct Rule<'a> {
    /// Which annotations there are rows for.
    pub query: &'a Query,
    /// The source on which they must rest.
    pub rests_on: Option<Id>,
    /// In which order.
    pub sort: Sort,
    /// Under which headings.
    pub group: Group,
    /// The headings that are folded.
    pub folded: &'a BTreeSet<String>,
}

impl Rule<'_> {
    fn row(self, project: &Project, source: Option<&Source<'_>>, annotation: &Annotation) -> Option<Row> {
        let rests = source.is_none_or(|source| source.carries(annotation));
        let fits = rests && self.query.fits(project, annotation);
        fits.then(|| Row::of(project, annotation, self.sort, self.group))
    }
}

impl Rows {
    /// The rows of a project.
    pub fn of(project: &Project, rule: Rule<'_>) -> Self {
        let source = rule.rests_on.and_then(|id| project.source(id));
        let all = project.annotations.values().map(|annotation| &**annotation);
        let mut order: Vec<Row> = all.filter_map(|a| rule.row(project, source.as_ref(), a)).collect();
        order.sort_unstable();
        let known = order.iter().map(|row| (row.id, row.clone())).collect();
        let mut rows = Self { order, known, ..Self::default() };
        rows.find_headings(project, rule);
        rows
    }

    /// Brings the rows of some annotations up to date.
    pub fn refresh(&mut self, project: &Project, ids: &[Id], rule: Rule<'_>) {
        // Beyond that, building anew costs less than so many insertions.
        if ids.len() > 64 && ids.len() * 16 > self.order.len() {
            *self = Self::of(project, rule);
            return;
        }
        let source = rule.rests_on.and_then(|id| project.source(id));
        for id in ids {
            let after = project.annotations.get(id).and_then(|a| rule.row(project, source.as_ref(), a));
            if self.known.get(id) == after.as_ref() {
                continue;
            }
            if let Some(before) = self.known.remove(id)
                && let Ok(place) = self.order.binary_search(&before)
            {
                self.order.remove(place);
            }
            if let Some(row) = after {
                let place = self.order.partition_point(|known| *known < row);
                self.order.insert(place, row.clone());
                self.known.insert(*id, row);
            }
        }
        self.find_headings(project, rule);
    }

    fn find_headings(&mut self, project: &Project, rule: Rule<'_>) {
        self.headings.clear();
        self.lines = self.order.len();
        if rule.group == Group::Flat {
            return;
        }
        let mut start = 0;
        while let Some(first) = self.order.get(start) {
            let end = start + self.order[start..].partition_point(|row| !row.is_beyond(first));
            let annotation = project.annotations.get(&first.id);
            let name = annotation.map(|a| heading(project, a, rule.group)).unwrap_or_default();
            self.headings.push(Heading { name, start, end, folded: false, line: 0 });
            start = end;
        }
        self.refold(rule.folded);
    }

    /// Folds other headings.
    pub fn refold(&mut self, folded: &BTreeSet<String>) {
        let mut line = 0;
        for heading in &mut self.headings {
            heading.folded = folded.contains(&heading.name);
            heading.line = line;
            line += 1 + if heading.folded { 0 } else { heading.end - heading.start };
        }
        if !self.headings.is_empty() {
            self.lines = line;
        }
    }

    /// How many rows there are, folded ones too.
    pub fn count(&self) -> usize {
        self.order.len()
    }

    /// How many lines are shown: headings, and the rows that are not folded.
    pub const fn lines(&self) -> usize {
        self.lines
    }

    /// The row of an annotation.
    pub fn row(&self, id: Id) -> Option<&Row> {
        self.known.get(&id)
    }

    /// What stands in a line: a heading or the place of a row.
    pub fn line(&self, line: usize) -> Option<Result<&Heading, Id>> {
        if self.headings.is_empty() {
            return self.order.get(line).map(|row| Err(row.id));
        }
        let place = self.headings.partition_point(|heading| heading.line <= line).checked_sub(1)?;
        let heading = self.headings.get(place)?;
        if heading.line == line {
            return Some(Ok(heading));
        }
        let row = heading.start + (line - heading.line - 1);
        (row < heading.end && !heading.folded).then(|| self.order.get(row).map(|row| Err(row.id)))?
    }

    /// The line of an annotation; nothing where it is folded or has no row.
    pub fn line_of(&self, id: Id) -> Option<usize> {
        let place = self.order.binary_search(self.known.get(&id)?).ok()?;
        if self.headings.is_empty() {
            return Some(place);
        }
        let heading = self.headings.partition_point(|heading| heading.start <= place).checked_sub(1)?;
        let heading = self.headings.get(heading)?;
        (!heading.folded).then(|| heading.line + 1 + place - heading.start)
    }

    /// The rows that are shown, in order.
    pub fn shown(&self) -> impl Iterator<Item = &Row> {
        let all = if self.headings.is_empty() { &self.order[..] } else { &[] };
        let open = self.headings.iter().filter(|heading| !heading.folded);
        all.iter().chain(open.flat_map(|heading| &self.order[heading.start..heading.end]))
    }
}
