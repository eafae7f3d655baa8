//! Projects for the tests of exports and of saving.
//!
//! May use: domain. Invariant: the same project at every call (fixed clock, fixed seed).

use crate::domain::annotation::{AnnotationValue as V, Evidence, EvidenceValue, Resolution};
use crate::domain::{Article, Id, Kind, Project, Stamp, Status, Text, log};

/// A stamp of a fixed time and seed.
pub fn stamp() -> Stamp {
    Stamp::new(jiff::Timestamp::from_second(1_790_000_000).expect("time"), "Ada Byron", 7)
}

/// A project of some text.
pub fn project(text: &str, stamp: &mut Stamp) -> Project {
    Project::new(Article::new("story.txt".into(), "00".into(), Text::new(text), stamp), stamp)
}

/// Marks the first occurrence of some words and sets fields.
pub fn mark(project: &mut Project, kind: Kind, words: &str, values: Vec<V>, stamp: &mut Stamp) -> Id {
    let span = *project.article.text.occurrences(words).first().expect("words");
    let (id, transaction) = project.mark(kind, &[span], stamp);
    project.apply(&transaction).expect("marked");
    let transaction = project.set(id, "set", values, stamp);
    project.apply(&transaction).expect("set");
    id
}

/// Adds a piece of evidence.
pub fn evidence(project: &mut Project, id: Id, values: Vec<EvidenceValue>, stamp: &mut Stamp) {
    let mut piece = Evidence::create(stamp);
    for value in values {
        log::set(&mut piece, value, stamp);
    }
    let transaction = project.alter(id, "evidence", |a| a.evidence.push(piece));
    project.apply(&transaction).expect("added");
}

/// One annotation of each status and each reason to be left out, `n` words each.
pub fn every_state() -> Project {
    let mut stamp = stamp();
    let words: Vec<String> = (0..20).map(|n| format!("word{n} here.")).collect();
    let mut p = project(&format!("Title\n\n{}", words.join("\n\n")), &mut stamp);
    for (n, status) in Status::ALL.into_iter().enumerate() {
        mark(&mut p, Kind::Claim, &format!("word{n} "), vec![V::Status(status)], &mut stamp);
    }
    let accepted = |wording: &str| {
        vec![
            V::Status(Status::NeedsCorrection),
            V::ProposedWording(wording.into()),
            V::Resolution(Resolution::Accepted),
        ]
    };
    mark(&mut p, Kind::Quote, "word8 here", accepted("better words"), &mut stamp);
    mark(&mut p, Kind::Claim, "word9 ", accepted(" "), &mut stamp);
    let mut rejected = accepted("other words");
    rejected.push(V::Resolution(Resolution::Rejected));
    mark(&mut p, Kind::Claim, "word10", rejected, &mut stamp);
    let again = vec![V::Status(Status::Verified), V::CheckAgain(Some("the text changed".into()))];
    mark(&mut p, Kind::Claim, "word11", again, &mut stamp);
    mark(&mut p, Kind::Source, "word12", vec![V::Status(Status::Verified)], &mut stamp);
    let secret = vec![V::Status(Status::Verified), V::Confidential(true), V::Name("Deep Throat".into())];
    let secret = mark(&mut p, Kind::Source, "word13", secret, &mut stamp);
    let said = vec![V::Speaker(Some(crate::domain::annotation::Speaker::Source(secret)))];
    mark(&mut p, Kind::Quote, "word14", [vec![V::Status(Status::Verified)], said].concat(), &mut stamp);
    // An orphan: its words are cut out of the text.
    let orphan = vec![V::Status(Status::Verified)];
    mark(&mut p, Kind::Claim, "word15", orphan, &mut stamp);
    let at = p.article.text.as_str().find("word15").expect("there") as u32;
    let edit = crate::domain::article::Edit { at, removed: "word15".into(), inserted: String::new() };
    let transaction = p.edit(vec![edit], &mut stamp).expect("edit");
    p.apply(&transaction).expect("edited");
    // A conflict: two copies give the same annotation different statuses, and are joined.
    let id = mark(&mut p, Kind::Claim, "word16", vec![], &mut stamp);
    let mut sides = Vec::new();
    for status in [Status::Verified, Status::Unverifiable] {
        let mut copy = crate::domain::Annotation::clone(&p.annotations[&id]);
        log::set(&mut copy, V::Status(status), &mut stamp);
        sides.push(copy);
    }
    let joined = log::union(&sides[0], &sides[1]);
    assert!(joined.is_conflicted());
    p.annotations.insert(id, std::sync::Arc::new(joined));
    p
}
