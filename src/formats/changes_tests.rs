//! Tests of differences, of the lines that tell them, and of the outline, over random projects.

use proptest::prelude::*;

use super::ron::worlds::{self, Deed, perform, stamp};
use super::samples::every_state;
use super::{changes, disputes, outline};
use crate::domain::annotation::AnnotationValue as V;
use crate::domain::article::Edit;
use crate::domain::differences::{Fate, differences};
use crate::domain::{Kind, Project, Status};

fn lines(old: &Project, new: &Project) -> Vec<String> {
    let told = changes::told(old, new, &differences(old, new));
    told.iter()
        .flat_map(|group| {
            let head = format!("{} {}", group.sign(), group.heading);
            std::iter::once(head).chain(group.lines.iter().map(|line| format!("    {}", line.words())))
        })
        .collect()
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    prop::collection::vec(worlds::deed(), 0..8)
}

/// The project after some deeds of somebody.
fn after(project: &Project, deeds: Vec<Deed>, seed: u128) -> Project {
    let mut project = project.clone();
    let mut stamp = stamp(seed);
    deeds.into_iter().for_each(|deed| perform(&mut project, deed, &mut stamp));
    project
}

/// The records of which the two states have different ones.
fn differing(old: &Project, new: &Project) -> usize {
    let all = |p: &Project| p.annotations.keys().chain(p.removed.keys()).copied().collect::<Vec<_>>();
    let mut ids = [all(old), all(new)].concat();
    ids.sort_unstable();
    ids.dedup();
    let annotations = ids.into_iter().filter(|id| old.record(*id) != new.record(*id)).count();
    annotations + usize::from(old.about != new.about) + usize::from(old.article != new.article)
}

proptest! {
    #[test]
    fn every_record_that_differs_is_told_or_counted(p in worlds::project(), mine in deeds(), theirs in deeds()) {
        let (a, b) = (after(&p, mine, 901), after(&p, theirs, 902));
        for (old, new) in [(&p, &a), (&a, &p), (&a, &b), (&a, &a.clone())] {
            let found = differences(old, new);
            prop_assert_eq!(found.is_empty(), old == new);
            let told = found.annotations.len()
                + usize::from(!found.details.is_empty())
                + usize::from(found.text != Default::default());
            prop_assert_eq!(told + found.silent, differing(old, new));
            // What has an entry of its own is told with whoever made it, and nothing by nobody.
            let groups = changes::told(old, new, &found);
            prop_assert!(groups.iter().all(|group| !group.lines.is_empty()), "{:?}", groups);
            for change in &found.annotations {
                prop_assert!(groups.iter().any(|group| group.id == Some(change.own.id)));
                let fields = &change.own.fields;
                prop_assert!(fields.iter().all(|f| f.before != f.after && !(f.made.is_empty() && f.unmade.is_empty())
                    || f.field == crate::domain::annotation::AnnotationField::Kind));
            }
            let back = differences(new, old);
            prop_assert_eq!(back.count(Fate::Added) + back.count(Fate::Passing), found.count(Fate::Missing));
            prop_assert_eq!(back.annotations.len(), found.annotations.len());
        }
    }

    #[test]
    fn equal_projects_have_equal_outlines_and_every_change_of_a_value_is_seen(p in worlds::project(), n in any::<usize>()) {
        let before = outline::outline(&p);
        prop_assert_eq!(&before, &outline::outline(&p.clone()));
        let Some(id) = p.annotations.keys().nth(n % p.annotations.len().max(1)).copied() else { return Ok(()) };
        let mut changed = p.clone();
        changed.apply(&p.set(id, "set", vec![V::Category("outlined".into())], &mut stamp(903))).unwrap();
        let after = outline::outline(&changed);
        let fresh: Vec<_> = after.iter().filter(|line| !before.contains(line)).collect();
        prop_assert_eq!(fresh.len(), 1);
        prop_assert!(fresh[0].contains("Category: outlined · Ada Běhal, "), "{:?}", fresh);
    }
}

#[test]
fn an_edit_of_the_text_is_told_once_and_marks_that_only_moved_are_counted() {
    let old = every_state();
    let mut new = old.clone();
    let edit = Edit { at: 0, removed: "Title".into(), inserted: "A longer title".into() };
    new.apply(&new.edit(vec![edit], &mut stamp(904)).unwrap()).unwrap();
    let found = differences(&old, &new);
    assert!(found.annotations.is_empty() && found.silent > 10, "{found:?}");
    let time = changes::time(stamp(904).now);
    assert_eq!(
        lines(&old, &new),
        ["~ text", "    ¶ 1: [-Title-]{+A longer title+}", &format!("    1 edit · Ada Běhal, {time}")]
    );
}

#[test]
fn several_values_of_one_field_are_told_as_undecided_everywhere() {
    let new = every_state();
    let contested = new.annotations.values().find(|a| a.is_conflicted()).unwrap().clone();
    let mut old = new.clone();
    let mut before = (*contested).clone();
    before.conflicts.clear();
    before.log.retain(|entry| entry.replaces.is_empty());
    before.status = Status::Unchecked;
    old.annotations.insert(before.id, before.into());
    let told = lines(&old, &new).join("\n");
    assert!(told.contains("Status, undecided: [-Unchecked-]{+Verified or Unverifiable+}"), "{told}");
    let open = disputes::told(&new);
    assert!(open.len() == 1 && open[0].contains(&contested.id.to_string()), "{open:?}");
    let outline = outline::outline(&new).join("\n");
    assert!(outline.contains("Status, undecided: Verified or Unverifiable"), "{outline}");
}

#[test]
fn a_hundred_thousand_annotations_are_compared_by_what_they_do_not_share() {
    let mut stamp = stamp(905);
    let words: String = (0..100_000).map(|n| format!("word{n} ")).collect();
    let mut old = super::samples::project(&words, &mut stamp);
    let mut at = 0;
    for word in words.split_inclusive(' ') {
        let span = crate::domain::Span::new(at, at + word.len() - 1);
        at += word.len();
        let (_, mark) = old.mark(Kind::Claim, &[span], &mut stamp);
        old.apply(&mark).unwrap();
    }
    let id = *old.annotations.keys().nth(50_000).unwrap();
    let mut new = old.clone();
    new.apply(&old.set(id, "set", vec![V::Note("one".into())], &mut stamp)).unwrap();
    let found = differences(&old, &new);
    assert_eq!((found.annotations.len(), found.silent), (1, 0));
    assert_eq!(changes::told(&old, &new, &found).len(), 1);
    // A copy that was read from a file shares nothing, and is no other one.
    let read = Project {
        annotations: new.annotations.iter().map(|(id, a)| (*id, (**a).clone().into())).collect(),
        ..new.clone()
    };
    assert!(differences(&new, &read).is_empty());
}
