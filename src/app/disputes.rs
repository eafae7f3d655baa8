//! The decision between values that two people gave to one field.
//!
//! May use: `domain`, the list of them in [`crate::formats::disputes`]. Invariant: a decision is one
//! entry that replaces all the values, and one step of undo. Known limit: an annotation that one side
//! removed is decided where it is shown only.

use crate::domain::log::{self, Record, Stamp};
use crate::domain::project::About;
use crate::domain::{Change, Id, Project, Transaction};
pub use crate::formats::disputes::{Dispute, Side, of_annotation, of_details};

/// The decision for one value: which record, which place among its conflicts, which entry set it.
/// Empty where that is decided already.
pub fn decided(project: &Project, of: Id, side: (Id, usize, Id), stamp: &mut Stamp) -> Transaction {
    const LABEL: &str = "decide between two values";
    if of == project.id {
        let mut after = About::clone(&project.about);
        if !decide(std::slice::from_mut(&mut after), side, stamp) {
            return Transaction::default();
        }
        let change = Change::About { before: project.about.clone(), after: after.into() };
        return Transaction { label: LABEL.into(), changes: vec![change] };
    }
    project.alter(of, LABEL, |annotation| {
        let _ = decide(std::slice::from_mut(annotation), side, stamp)
            || decide(&mut annotation.spans, side, stamp)
            || decide(&mut annotation.evidence, side, stamp)
            || decide(&mut annotation.contacts, side, stamp)
            || decide(&mut annotation.sign_offs, side, stamp);
    })
}

fn decide<R: Record>(records: &mut [R], (id, place, entry): (Id, usize, Id), stamp: &mut Stamp) -> bool {
    let Some(record) = records.iter_mut().find(|record| record.id() == id) else { return false };
    let head = record.conflicts().get(place).filter(|head| head.entry == entry);
    let Some(value) = head.map(|head| head.value.clone()) else { return false };
    log::set(record, value, stamp)
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::domain::annotation::{AnnotationValue, Evidence, EvidenceValue};
    use crate::domain::project::AboutValue;
    use crate::domain::{Annotation, Article, Kind, Span, Status, Text};

    fn at(second: i64, by: &str) -> Stamp {
        Stamp::new(Timestamp::from_second(1_790_000_000 + second).unwrap(), by, second as u128)
    }

    /// A project in which Ada and Ben set a status, a title of evidence and the headline at once.
    fn disputed() -> (Project, Id) {
        let mut stamp = at(0, "Ada");
        let article = Article::new("a.txt".into(), String::new(), Text::new("One two three."), &mut stamp);
        let mut project = Project::new(article, &mut stamp);
        let (id, mark) = project.mark(Kind::Claim, &[Span::new(0, 3)], &mut at(1, "Ada"));
        project.apply(&mark).unwrap();
        let mut first = Annotation::clone(&project.annotations[&id]);
        first.evidence.push(Evidence::create(&mut at(2, "Ada")));
        let sides = [("Ada", 3, Status::Verified), ("Ben", 4, Status::Query), ("Cem", 5, Status::Query)];
        let sides = sides.map(|(by, second, status)| {
            let (mut copy, mut about) = (first.clone(), About::clone(&project.about));
            log::set(&mut copy, AnnotationValue::Status(status), &mut at(second, by));
            log::set(&mut copy.evidence[0], EvidenceValue::Title(by.into()), &mut at(second + 9, by));
            log::set(&mut about, AboutValue::Title(by.into()), &mut at(second + 20, by));
            (copy, about)
        });
        let [a, b, c] = sides;
        project.annotations.insert(id, log::union(&log::union(&a.0, &b.0), &c.0).into());
        project.about = log::union(&log::union(&a.1, &b.1), &c.1).into();
        (project, id)
    }

    #[test]
    fn every_value_is_told_with_who_set_it_and_equal_ones_once() {
        let (project, id) = disputed();
        let found = of_annotation(&project, &project.annotations[&id]);
        let told = |dispute: &Dispute| {
            let mut sides: Vec<_> = dispute.sides.iter().map(|s| (s.words.clone(), s.by.clone())).collect();
            sides.sort();
            (dispute.field.clone(), sides)
        };
        let (field, sides) = told(&found[0]);
        assert_eq!(field, "Status");
        assert_eq!(sides.len(), 2);
        assert!(sides[0].0 == "Query" && sides[0].1.contains("Ben") && sides[0].1.contains("Cem"));
        assert_eq!(sides[1], ("Verified".into(), "Ada".into()));
        assert_eq!((found[1].field.as_str(), found[1].sides.len()), ("Evidence, title", 3));
        assert_eq!(
            (of_details(&project)[0].field.as_str(), of_details(&project)[0].sides.len()),
            ("Title", 3)
        );
    }

    #[test]
    fn each_value_can_be_chosen_and_the_choice_taken_back() {
        let (first, id) = disputed();
        for (of, disputes) in
            [(id, of_annotation(&first, &first.annotations[&id])), (first.id, of_details(&first))]
        {
            for dispute in disputes {
                for side in &dispute.sides {
                    let mut project = first.clone();
                    let chosen = (dispute.record, side.place, side.entry);
                    let step = decided(&project, of, chosen, &mut at(99, "Dee"));
                    project.apply(&step).unwrap();
                    let open = of_annotation(&project, &project.annotations[&id]);
                    let open = [open, of_details(&project)].concat();
                    assert!(open.iter().all(|o| (o.record, &o.field) != (dispute.record, &dispute.field)));
                    assert_eq!(open.len(), 2);
                    assert!(decided(&project, of, chosen, &mut at(100, "Dee")).is_empty());
                    project.apply(&step.invert()).unwrap();
                    assert_eq!(project, first);
                }
            }
        }
    }
}
