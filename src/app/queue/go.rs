//! Going to the next annotation that is open. May use: `domain`, `app`.
//!
//! Invariant: every open annotation that the filter lets through is come to before one comes again,
//! in text order or by risk; where it begins again, and where there is none, that is said.

use crate::app::{Desk, Model, annotate};
use crate::domain::order::{Group, Row, Sort};
use crate::domain::{Id, rules};

/// Goes to the next one that is open.
pub fn next(model: &mut Model, by_risk: bool) {
    let Some(desk) = &mut model.desk else { return };
    let filtered = desk.list.is_filtered();
    let found = if by_risk { riskiest(desk) } else { in_text_order(desk) };
    model.notices.retain(|notice| !notice.is_advice);
    let Some(desk) = &mut model.desk else { return };
    let Some((id, again)) = found else {
        let elsewhere = desk.project.annotations.values().filter(|a| rules::is_open(a)).count();
        let text = match (filtered, elsewhere) {
            (true, 1..) => {
                format!("Nothing in the filtered list is open; without the filter {elsewhere} are")
            }
            _ => "Nothing is open".to_owned(),
        };
        desk.said.clone_from(&text);
        return model.advise(text);
    };
    let only = desk.picked == Some(id);
    annotate::go_to(desk, Some(id));
    let mut said = desk.picked().map(annotate::spoken).unwrap_or_default();
    if filtered {
        said.push_str(", in the filtered list");
    }
    let list = if filtered { " of the filtered list" } else { "" };
    let text = match (only, again) {
        (true, _) if filtered => "No other in the filtered list is open",
        (true, _) => "No other is open",
        (false, true) => &format!("From the beginning{list} again"),
        (false, false) => {
            desk.said = said;
            return;
        }
    };
    desk.said = format!("{text}. {said}");
    model.advise(text);
}

fn is_open(desk: &Desk, id: Id) -> bool {
    desk.list.holds(id) && desk.project.annotations.get(&id).is_some_and(|a| rules::is_open(a))
}

/// The next in text order, and whether it is from the beginning again.
fn in_text_order(desk: &Desk) -> Option<(Id, bool)> {
    let id = desk.places.after(desk.picked, |id| is_open(desk, id))?;
    let from = desk.picked.and_then(|picked| desk.places.number(picked));
    Some((id, desk.places.number(id) <= from))
}

/// The next by risk, and whether it is from the beginning again. What was come to so keeps the place
/// that it had, for checking it lowers its risk.
fn riskiest(desk: &mut Desk) -> Option<(Id, bool)> {
    let row = |id: Id| {
        let annotation = desk.project.annotations.get(&id)?;
        Some(Row::of(&desk.project, annotation, Sort::Risk, Group::Flat))
    };
    let kept = desk.list.by_risk.take().filter(|(id, _)| Some(*id) == desk.picked);
    let open = desk.picked.filter(|id| is_open(desk, *id));
    let from = kept.map(|(_, row)| row).or_else(|| open.and_then(row));
    let (mut first, mut next): (Option<Row>, Option<Row>) = (None, None);
    for id in desk.places.in_order().filter(|id| is_open(desk, *id)) {
        let Some(row) = row(id) else { continue };
        if first.as_ref().is_none_or(|first| row < *first) {
            first = Some(row.clone());
        }
        let is_beyond = from.as_ref().is_none_or(|from| row > *from);
        if is_beyond && next.as_ref().is_none_or(|next| row < *next) {
            next = Some(row);
        }
    }
    let again = next.is_none();
    let row = next.or(first)?;
    let id = row.id;
    desk.list.by_risk = Some((id, row));
    Some((id, again))
}
