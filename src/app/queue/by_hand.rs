//! The order that a person gives the list by hand. May use: `domain`, `app`.
//!
//! Invariant: a row changes places with its neighbour in the list, several chosen ones with the row beside each
//! stretch of them, and nothing else changes its place. Those without a rank stand behind those that have one, in
//! text order; ranks are far apart, so that one move mostly writes one entry for each row that was moved.

use std::collections::{BTreeMap, BTreeSet};

use super::bulk::set_all;
use super::{Line, View};
use crate::app::annotate::commit;
use crate::app::{Desk, Model};
use crate::domain::annotation::AnnotationValue as V;
use crate::domain::order::{Group, Row, Sort};
use crate::domain::{Id, Stamp};

const STEP: i64 = 1024;

/// A row with its rank.
type Ranked = (Id, Option<i64>);

/// Moves the chosen rows up or down.
pub fn step(model: &mut Model, down: bool, stamp: &mut Stamp) {
    let Some(desk) = &mut model.desk else { return };
    if desk.picked.is_none() {
        return;
    }
    if desk.list.sort() != Sort::ByHand {
        return model.advise("Sort the list by hand first, then rows can be moved");
    }
    let moves = desk.list.moves(desk, down);
    if moves.is_empty() {
        return;
    }
    let ranks = ranks(desk, &moves, down);
    let ids: Vec<Id> = ranks.keys().copied().collect();
    let values = |a: &crate::domain::Annotation| vec![V::Rank(ranks.get(&a.id).copied())];
    let label = match moves.len() {
        1 => "move in the list".to_owned(),
        count => format!("move {count} in the list"),
    };
    let transaction = set_all(&desk.project, &ids, values, |_| label, stamp);
    desk.said = if down { "Moved down".to_owned() } else { "Moved up".to_owned() };
    commit(model, transaction);
}

/// The ranks to set, so that each row stands on the other side of its neighbour.
fn ranks(desk: &Desk, moves: &[(Id, Id)], down: bool) -> BTreeMap<Id, i64> {
    let all = desk.project.annotations.values();
    let mut rows: Vec<(Row, Option<i64>)> =
        all.map(|a| (Row::of(&desk.project, a, Sort::ByHand, Group::Flat), a.rank)).collect();
    rows.sort_unstable();
    let mut order: Vec<Ranked> = rows.into_iter().map(|(row, rank)| (row.id, rank)).collect();
    for (id, neighbour) in moves {
        let place = |order: &[Ranked], id: &Id| order.iter().position(|(known, _)| known == id);
        let Some(from) = place(&order, id) else { continue };
        let one = order.remove(from);
        let to = place(&order, neighbour).unwrap_or(0) + usize::from(down);
        order.insert(to, one);
    }
    let moved: BTreeSet<Id> = moves.iter().map(|(id, _)| *id).collect();
    between(&order, &moved).unwrap_or_else(|| anew(&order, &moved))
}

/// Ranks for those moved that lie between those of the others; nothing where there is no room.
fn between(order: &[Ranked], moved: &BTreeSet<Id>) -> Option<BTreeMap<Id, i64>> {
    let mut ranks = BTreeMap::new();
    let mut at = 0;
    for run in order.chunk_by(|a, b| moved.contains(&a.0) == moved.contains(&b.0)) {
        let (start, end) = (at, at + run.len());
        at = end;
        if !moved.contains(&run[0].0) {
            continue;
        }
        let low = start.checked_sub(1).map(|place| order[place].1);
        let high = order.get(end).and_then(|(_, rank)| *rank);
        let count = i64::try_from(run.len()).ok()?;
        let (first, step) = match (low, high) {
            (None, None) => (0, STEP),
            (None, Some(high)) => (high.checked_sub(STEP.checked_mul(count)?)?, STEP),
            (Some(Some(low)), None) => (low.checked_add(STEP)?, STEP),
            (Some(Some(low)), Some(high)) => {
                let step = high.checked_sub(low)? / (count + 1);
                (low.checked_add(step).filter(|_| step > 0)?, step)
            }
            // Those before have no rank yet: they get one, so that this one can stand behind them.
            (Some(None), _) => return None,
        };
        for (place, (id, _)) in (0..).zip(run) {
            ranks.insert(*id, first.checked_add(step.checked_mul(place)?)?);
        }
    }
    Some(ranks)
}

/// Ranks for all up to the last that needs one.
fn anew(order: &[Ranked], moved: &BTreeSet<Id>) -> BTreeMap<Id, i64> {
    let needs = |(id, rank): &Ranked| rank.is_some() || moved.contains(id);
    let last = order.iter().rposition(needs).map_or(0, |last| last + 1);
    order[..last].iter().map(|(id, _)| *id).zip((0..).map(|place| place * STEP)).collect()
}

impl View {
    /// Each chosen row that has one beside it to change places with, under the same heading, in the order in which
    /// they are moved.
    fn moves(&self, desk: &Desk, down: bool) -> Vec<(Id, Id)> {
        let mut lines: Vec<Option<Id>> = (0..self.line_count(&desk.places))
            .map(|line| match self.line(&desk.places, line) {
                Some(Line::Row(id)) => Some(id),
                _ => None,
            })
            .collect();
        if down {
            lines.reverse();
        }
        let mut moves = Vec::new();
        for at in 1..lines.len() {
            if let (Some(neighbour), Some(id)) = (lines[at - 1], lines[at])
                && desk.is_chosen(id)
                && !desk.is_chosen(neighbour)
            {
                lines.swap(at - 1, at);
                moves.push((id, neighbour));
            }
        }
        moves
    }
}
