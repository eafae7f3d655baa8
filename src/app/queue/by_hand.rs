//! The order that a person gives the list by hand. May use: `domain`, `app`.
//!
//! Invariant: a row changes places with its neighbour in the list, and nothing else changes its place.
//! Those without a rank stand behind those that have one, in text order; ranks are far apart, so that
//! one move mostly writes one entry.

use std::collections::BTreeMap;

use super::View;
use super::bulk::set_all;
use crate::app::annotate::commit;
use crate::app::{Desk, Model};
use crate::domain::annotation::AnnotationValue as V;
use crate::domain::order::{Group, Row, Sort};
use crate::domain::{Id, Stamp};

const STEP: i64 = 1024;

/// Moves the picked row up or down.
pub fn step(model: &mut Model, down: bool, stamp: &mut Stamp) {
    let Some(desk) = &mut model.desk else { return };
    let Some(id) = desk.picked else { return };
    if desk.list.sort() != Sort::ByHand {
        return model.advise("Sort the list by hand first, then rows can be moved");
    }
    let Some(neighbour) = desk.list.neighbour(desk, id, down) else { return };
    let ranks = ranks(desk, id, neighbour, down);
    let ids: Vec<Id> = ranks.keys().copied().collect();
    let values = |a: &crate::domain::Annotation| vec![V::Rank(ranks.get(&a.id).copied())];
    let transaction = set_all(&desk.project, &ids, values, |_| "move in the list".to_owned(), stamp);
    desk.said = if down { "Moved down".to_owned() } else { "Moved up".to_owned() };
    commit(model, transaction);
}

/// The ranks to set, so that `id` stands on the other side of its neighbour.
fn ranks(desk: &Desk, id: Id, neighbour: Id, down: bool) -> BTreeMap<Id, i64> {
    let all = desk.project.annotations.values();
    let mut rows: Vec<(Row, Option<i64>)> = all
        .filter(|a| a.id != id)
        .map(|a| (Row::of(&desk.project, a, Sort::ByHand, Group::Flat), a.rank))
        .collect();
    rows.sort_unstable();
    let place = rows.iter().position(|(row, _)| row.id == neighbour).unwrap_or(0) + usize::from(down);
    let (before, after) = rows.split_at(place);
    let low = before.last().map(|(_, rank)| *rank);
    let high = after.first().and_then(|(_, rank)| *rank);
    let mut ranks = BTreeMap::new();
    let between = match (low, high) {
        (None, None) => Some(0),
        (None, Some(high)) => high.checked_sub(STEP),
        (Some(Some(low)), None) => low.checked_add(STEP),
        (Some(Some(low)), Some(high)) => {
            let middle = low.midpoint(high);
            (low < middle && middle < high).then_some(middle)
        }
        // Those before have no rank yet: they get one, so that this one can stand behind them.
        (Some(None), _) => None,
    };
    if let Some(rank) = between {
        ranks.insert(id, rank);
        return ranks;
    }
    let ranked = after.iter().filter(|(_, rank)| rank.is_some());
    let order = before.iter().map(|(row, _)| row.id).chain([id]).chain(ranked.map(|(row, _)| row.id));
    ranks.extend(order.zip((0..).map(|place| place * STEP)));
    ranks
}

impl View {
    /// The row above or below one, under the same heading.
    fn neighbour(&self, desk: &Desk, id: Id, down: bool) -> Option<Id> {
        let line = self.line_of(&desk.places, id)?;
        let line = if down { line + 1 } else { line.checked_sub(1)? };
        match self.line(&desk.places, line)? {
            super::Line::Row(id) => Some(id),
            super::Line::Heading(_) => None,
        }
    }
}
