//! Random projects for tests, built the way the application builds them.
//!
//! May use: `domain`, proptest. Invariant: every project here is one that the domain's functions
//! made, so that it must be written and read back without a warning.

use proptest::prelude::*;

use crate::domain::annotation::*;
use crate::domain::article::Edit;
use crate::domain::log::{self, Stamp};
use crate::domain::project::{AboutValue, Checker, Dismissed, Rating};
use crate::domain::{Article, Id, Kind, Project, Span, Status, Text, Transaction};

/// The golden string of failure-modes.md, with the byte offsets of some words in it.
pub const GOLDEN: &str = "Caf\u{e9} De\u{301}ja\u{300} 👩🏽‍⚕️ said: \"שלום עולם\" \u{2014} नमस्ते 🇩🇪 end";

/// A stamp as tests use it.
pub fn stamp(seed: u128) -> Stamp {
    Stamp::new(jiff::Timestamp::from_second(1_760_000_000).unwrap(), "Ada Běhal", seed)
}

/// Texts that have hurt somebody: every class of character, and what RON itself is made of.
pub fn weird() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<char>().prop_map(String::from),
        "[a-z ]{1,12}",
        prop::sample::select(vec![
            "\"",
            "\\",
            "\n",
            "\t",
            "\r",
            "\0",
            "\u{7f}",
            "\u{85}",
            "\u{2028}",
            "\u{202e}",
            "\u{2066}",
            "\u{feff}",
            "\u{200e}",
            "\u{200d}",
            "e\u{301}",
            "क्षि",
            "שָׁלוֹם",
            "ไทย",
            "👩🏽‍⚕️",
            "🇩🇪",
            "\\u{41}",
            "//",
            "/*",
            "*/",
            "r#\"",
            "\"#",
            "(",
            ")",
            "[",
            "]",
            "{",
            "}",
            ",",
            ":",
            "Some(",
            "#![enable(implicit_some)]",
            "'",
            "\u{10ffff}",
            "\u{fffe}",
            "\u{e000}",
        ])
        .prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

fn prose() -> impl Strategy<Value = Prose> {
    weird().prop_map(Prose)
}

/// A text as the import makes it.
pub fn text() -> impl Strategy<Value = Text> {
    prop::collection::vec(prop_oneof!["[A-Za-z ,.“”]{0,40}", weird()], 1..8)
        .prop_map(|lines| Text::normalised(&lines.join("\n")))
}

fn value() -> impl Strategy<Value = AnnotationValue> {
    use AnnotationValue as V;
    let number = prop::option::of(
        prop_oneof![any::<f64>(), (-3i32..9).prop_map(f64::from)]
            .prop_filter("finite", |n| n.is_finite())
            .prop_map(Number),
    );
    prop_oneof![
        prop::sample::select(Status::ALL.to_vec()).prop_map(V::Status),
        prop::sample::select(Kind::ALL.to_vec()).prop_map(V::Kind),
        prose().prop_map(V::Note),
        prose().prop_map(V::Fact),
        prose().prop_map(V::Reason),
        weird().prop_map(V::Category),
        weird().prop_map(V::Name),
        prop::option::of(weird()).prop_map(V::CheckAgain),
        prop::option::of(weird().prop_map(Speaker::Name)).prop_map(V::Speaker),
        (weird(), number).prop_map(|(label, number)| V::Verdict(Some(Verdict { label, number }))),
        prop::collection::vec(weird(), 0..4).prop_map(V::Tags),
        prop::option::of(any::<i64>()).prop_map(V::Rank),
        any::<bool>().prop_map(V::Confidential),
        Just(V::Priority(Some(Priority::High))),
        Just(V::Resolution(Resolution::Accepted)),
        Just(V::Form(Some(QuoteForm::Mixed))),
        Just(V::SourceType(Some(SourceType::OwnObservation))),
        (weird(), weird()).prop_map(|(format, id)| V::Origin(Some(Origin { format, id }))),
        Just(V::Address("https://example.org/a?b=c#d".into())),
    ]
}

/// Something that a person does.
#[derive(Clone, Debug)]
pub enum Deed {
    Mark(Kind, usize, usize),
    Extend(usize, usize, usize),
    Set(usize, Vec<AnnotationValue>),
    Attribute(usize, usize),
    Evidence(usize, String, Prose, i64),
    Contact(usize, String, Prose),
    SignOff(usize, String),
    Remove(usize),
    Edit(usize, usize, String),
    Describe(String, Vec<Rating>),
    Enrol(String),
    Dismiss(String, String),
}

pub fn deed() -> impl Strategy<Value = Deed> {
    let n = || any::<u16>().prop_map(usize::from);
    let scale = (weird(), weird(), prop::option::of(-9i32..9)).prop_map(|(label, meaning, number)| Rating {
        label,
        number: number.map(|n| Number(n.into())),
        meaning,
    });
    prop_oneof![
        6 => (prop::sample::select(Kind::ALL.to_vec()), n(), n()).prop_map(|(k, a, b)| Deed::Mark(k, a, b)),
        2 => (n(), n(), n()).prop_map(|(i, a, b)| Deed::Extend(i, a, b)),
        6 => (n(), prop::collection::vec(value(), 1..6)).prop_map(|(i, v)| Deed::Set(i, v)),
        1 => (n(), n()).prop_map(|(i, j)| Deed::Attribute(i, j)),
        2 => (n(), weird(), prose(), any::<i64>()).prop_map(|(i, t, e, r)| Deed::Evidence(i, t, e, r)),
        1 => (n(), weird(), prose()).prop_map(|(i, h, o)| Deed::Contact(i, h, o)),
        1 => (n(), weird()).prop_map(|(i, w)| Deed::SignOff(i, w)),
        1 => n().prop_map(Deed::Remove),
        2 => (n(), n(), "[a-z\n]{0,6}").prop_map(|(a, b, t)| Deed::Edit(a, b, t)),
        1 => (weird(), prop::collection::vec(scale, 0..3)).prop_map(|(t, s)| Deed::Describe(t, s)),
        1 => weird().prop_map(Deed::Enrol),
        1 => (weird(), weird()).prop_map(|(d, w)| Deed::Dismiss(d, w)),
    ]
}

/// A project after some deeds.
pub fn project() -> impl Strategy<Value = Project> {
    (text(), prop::collection::vec(deed(), 0..14), any::<u128>()).prop_map(|(text, deeds, seed)| {
        let mut stamp = stamp(seed);
        let mut project = fresh(text, &mut stamp);
        for deed in deeds {
            perform(&mut project, deed, &mut stamp);
        }
        project
    })
}

/// A project of a text, with nothing marked.
pub fn fresh(text: Text, stamp: &mut Stamp) -> Project {
    Project::new(Article::new("a \"b\".txt".into(), "ab12".into(), text, stamp), stamp)
}

fn span(project: &Project, a: usize, b: usize) -> Option<Span> {
    let text = &project.article.text;
    let a = a % (text.len() + 1);
    let span = text.snapped(Span::new(a, (a + b % 30).min(text.len())));
    text.admits(span).then_some(span)
}

pub fn perform(project: &mut Project, deed: Deed, stamp: &mut Stamp) {
    let ids: Vec<Id> = project.annotations.keys().copied().collect();
    let nth = |i: usize| (!ids.is_empty()).then(|| ids[i % ids.len()]);
    let done = match deed {
        Deed::Mark(kind, a, b) => span(project, a, b).map(|span| project.mark(kind, &[span], stamp).1),
        Deed::Extend(i, a, b) => {
            nth(i).zip(span(project, a, b)).map(|(id, span)| project.extend(id, span, stamp))
        }
        Deed::Set(i, values) => nth(i).map(|id| project.set(id, "set", values, stamp)),
        Deed::Attribute(i, j) => nth(i).zip(nth(j)).map(|(id, source)| {
            let speaker = AnnotationValue::Speaker(Some(Speaker::Source(source)));
            project.set(id, "attribute", vec![speaker], stamp)
        }),
        Deed::Evidence(i, title, excerpt, rank) => nth(i).map(|id| {
            project.alter(id, "evidence", |a| {
                let mut evidence = Evidence::create(stamp);
                for value in [
                    EvidenceValue::Title(title),
                    EvidenceValue::Excerpt(excerpt),
                    EvidenceValue::Rank(rank % 3),
                    EvidenceValue::Stance(Stance::Context),
                    EvidenceValue::Level(Some(Level::Primary)),
                ] {
                    log::set(&mut evidence, value, stamp);
                }
                a.evidence.push(evidence);
                a.evidence.sort_by(log::Record::order);
            })
        }),
        Deed::Contact(i, how, outcome) => nth(i).map(|id| {
            project.alter(id, "contact", |a| {
                let mut contact = Contact::create(stamp);
                log::set(&mut contact, ContactValue::How(how), stamp);
                log::set(&mut contact, ContactValue::Outcome(outcome), stamp);
                a.contacts.push(contact);
            })
        }),
        Deed::SignOff(i, name) => nth(i).map(|id| {
            let covers: Vec<Id> = project.annotations[&id].entry_ids().collect();
            project.alter(id, "sign", |a| {
                let mut sign_off = SignOff::create(stamp, name, stamp.now, covers);
                log::set(&mut sign_off, SignOffValue::Role("editor".into()), stamp);
                a.sign_offs.push(sign_off);
            })
        }),
        Deed::Remove(i) => nth(i).map(|id| project.remove(id, stamp)),
        Deed::Edit(a, b, inserted) => {
            let text = project.article.text.clone();
            let at = text.edge_before(a % (text.len() + 1));
            let end = text.edge_after((at + b % 9).min(text.len()));
            let removed = text.as_str()[at..end].to_owned();
            project.edit(vec![Edit { at: at as u32, removed, inserted }], stamp).ok()
        }
        Deed::Describe(title, scale) => {
            Some(project.describe(vec![AboutValue::Title(title), AboutValue::Scale(scale)], stamp))
        }
        Deed::Enrol(name) => Some(project.enrol(&Checker::named(&name))),
        Deed::Dismiss(detector, words) => {
            let mut dismissed = (*project.dismissed).clone();
            dismissed.insert(Dismissed { detector, words, before: "a".into(), after: "\n".into() });
            project.dismissed = dismissed.into();
            None
        }
    };
    project.apply(&done.unwrap_or_default() as &Transaction).unwrap();
}

/// A small project that is always the same: a claim with a note, a quote with a speaker and
/// evidence, a source, and a removed claim.
pub fn sample() -> Project {
    let mut stamp = stamp(7);
    let text = "Mill to close\n\nThe mill “will close in May”, said Jana Orel.\nIt has 240 workers.\nThe mill is old.\n";
    let mut project = fresh(Text::new(text), &mut stamp);
    let place = |words: &str| {
        let at = text.find(words).unwrap();
        Span::new(at, at + words.len())
    };
    let mut mark = |project: &mut Project, kind, words| {
        let (id, mark) = project.mark(kind, &[place(words)], &mut stamp);
        project.apply(&mark).unwrap();
        id
    };
    let claim = mark(&mut project, Kind::Claim, "240 workers");
    let quote = mark(&mut project, Kind::Quote, "“will close in May”");
    let source = mark(&mut project, Kind::Source, "Jana Orel");
    let gone = mark(&mut project, Kind::Claim, "mill is old");
    let values = vec![
        AnnotationValue::Note("Ask the registry.".into()),
        AnnotationValue::Verdict(Some(Verdict { label: "True".into(), number: Some(Number(4.0)) })),
    ];
    let mut steps = vec![project.set(claim, "set", values, &mut stamp)];
    let speaker = AnnotationValue::Speaker(Some(Speaker::Source(source)));
    steps.push(project.set(
        quote,
        "set",
        vec![speaker, AnnotationValue::Status(Status::Verified)],
        &mut stamp,
    ));
    steps.push(project.remove(gone, &mut stamp));
    steps.push(project.enrol(&Checker::named("Ada Běhal")));
    for step in steps {
        project.apply(&step).unwrap();
    }
    perform(&mut project, Deed::Evidence(1, "Minutes".into(), "p. 3".into(), 1), &mut stamp);
    project
}

/// One claim with a note: small enough to damage every bit of its file.
pub fn tiny() -> Project {
    let mut stamp = stamp(6);
    let mut project = fresh(Text::new("Tea é."), &mut stamp);
    let (id, mark) = project.mark(Kind::Claim, &[Span::new(0, 3)], &mut stamp);
    project.apply(&mark).unwrap();
    let set = project.set(id, "set", vec![AnnotationValue::Note("a \"b\"".into())], &mut stamp);
    project.apply(&set).unwrap();
    project
}
