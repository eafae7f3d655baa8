//! Projects to start from: the samples, and a small one in which every sort of record stands.

use std::sync::Arc;

use proofmark::domain::annotation::{
    AnnotationValue as V, Contact, ContactValue, Evidence, EvidenceValue as E, Number, Resolution, SignOff,
    Speaker, Verdict,
};
use proofmark::domain::article::Edit;
use proofmark::domain::project::{AboutValue, Checker};
use proofmark::domain::{Annotation, Article, Id, Kind, Project, Stamp, Status, Text, log};
use proofmark::formats::ron;

/// The same stamp at every call.
pub fn stamp() -> Stamp {
    Stamp::new(jiff::Timestamp::from_second(1_790_000_000).expect("time"), "Ada Keller", 7)
}

/// A project of a text.
pub fn project(text: &str, stamp: &mut Stamp) -> Project {
    Project::new(Article::new("story.txt".into(), "00".into(), Text::normalised(text), stamp), stamp)
}

/// Marks the first place of some words, and sets fields.
pub fn mark(project: &mut Project, kind: Kind, words: &str, values: Vec<V>, stamp: &mut Stamp) -> Id {
    let span = *project.article.text.occurrences(words).first().expect("words");
    let (id, marked) = project.mark(kind, &[span], stamp);
    project.apply(&marked).expect("marked");
    let set = project.set(id, "set", values, stamp);
    project.apply(&set).expect("set");
    id
}

/// Adds a piece of evidence.
pub fn evidence(project: &mut Project, id: Id, values: Vec<E>, stamp: &mut Stamp) {
    let mut piece = Evidence::create(stamp);
    for value in values {
        log::set(&mut piece, value, stamp);
    }
    let added = project.alter(id, "evidence", |a| a.evidence.push(piece));
    project.apply(&added).expect("added");
}

/// One of everything, in few bytes.
pub fn everything() -> Project {
    let mut s = stamp();
    let mut p = project("Titel é\n\n“One two,” said Doe. Three four.\n\nFive 👩🏽‍⚕️ six, שלום seven.\n", &mut s);
    let enrolled = p.enrol(&Checker::named("Ada Keller"));
    p.apply(&enrolled).expect("enrolled");
    let described = p.describe(vec![AboutValue::Address("https://x.example/a".into())], &mut s);
    p.apply(&described).expect("described");
    let doe =
        mark(&mut p, Kind::Source, "Doe", vec![V::Name("J. Doe".into()), V::Confidential(true)], &mut s);
    let contact = {
        let mut contact = Contact::create(&mut s);
        log::set(&mut contact, ContactValue::Outcome("no answer".into()), &mut s);
        contact
    };
    let added = p.alter(doe, "contact", |a| a.contacts.push(contact));
    p.apply(&added).expect("contact");
    let said =
        vec![V::Speaker(Some(Speaker::Source(doe))), V::Status(Status::Verified), V::Note("a\nb".into())];
    let quote = mark(&mut p, Kind::Quote, "One two", said, &mut s);
    let covers: Vec<Id> = p.annotations[&quote].entry_ids().collect();
    let sign = SignOff::create(
        &mut s,
        "Tom".into(),
        jiff::Timestamp::from_second(1_790_000_100).expect("time"),
        covers,
    );
    let signed = p.alter(quote, "sign", |a| a.sign_offs.push(sign));
    p.apply(&signed).expect("signed");
    let verdict = Verdict { label: "half".into(), number: Some(Number(-2.5)) };
    let values = vec![
        V::Verdict(Some(verdict)),
        V::Status(Status::NeedsCorrection),
        V::ProposedWording("3 4".into()),
        V::Resolution(Resolution::Accepted),
    ];
    let claim = mark(&mut p, Kind::Claim, "Three four", values, &mut s);
    evidence(
        &mut p,
        claim,
        vec![E::Title("Table 3".into()), E::Address("https://x.example/t".into())],
        &mut s,
    );
    let gone = mark(&mut p, Kind::Claim, "Five", vec![V::Tags(vec!["a".into(), "b".into()])], &mut s);
    let removed = p.remove(gone, &mut s);
    p.apply(&removed).expect("removed");
    mark(&mut p, Kind::Claim, "six", vec![V::CheckAgain(Some("moved".into()))], &mut s);
    let at = p.article.text.as_str().find("six").expect("there") as u32;
    let edit = Edit { at, removed: "six".into(), inserted: "se".into() };
    let edited = p.edit(vec![edit], &mut s).expect("edit");
    p.apply(&edited).expect("edited");
    let both = mark(&mut p, Kind::Claim, "seven", vec![], &mut s);
    let sides = [Status::Verified, Status::Unverifiable].map(|status| {
        let mut side = Annotation::clone(&p.annotations[&both]);
        log::set(&mut side, V::Status(status), &mut s);
        side
    });
    p.annotations.insert(both, Arc::new(log::union(&sides[0], &sides[1])));
    p
}

/// The bytes that mutations begin with: mostly the small one, now and then a sample.
pub fn files() -> Vec<Vec<u8>> {
    let sample = include_bytes!("../../projects/river-figures.ron");
    let mut s = stamp();
    let plain = ron::write(&project("One word.", &mut s)).into_bytes();
    let small = ron::write(&everything()).into_bytes();
    vec![small.clone(), small.clone(), small.clone(), small, plain, sample.to_vec()]
}
