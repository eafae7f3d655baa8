//! The language of the filter: reading never fails, what is printed reads as itself, what is offered
//! reads without a fault, and each term means what its help says.

use proofmark::domain::annotation::{AnnotationValue as V, Evidence, Priority, Resolution, Verdict};
use proofmark::domain::order::{Group, Row, Sort, heading, last_change};
use proofmark::domain::query::fits::fold;
use proofmark::domain::query::key::{KEYS, Key};
use proofmark::domain::query::offer::{Census, offers};
use proofmark::domain::query::{Needle, Progress, Query, Term, Test, with_kind};
use proofmark::domain::{Article, Id, Kind, Project, Span, Stamp, Status, Text, rules};
use proptest::prelude::*;

fn stamp(by: &str, day: &str, seed: u128) -> Stamp {
    Stamp::new(format!("{day}T08:00:00Z").parse().expect("a time"), by, seed)
}

struct World {
    project: Project,
    seed: u128,
}

impl World {
    fn new() -> Self {
        let text =
            "The ΤΟΥΝΕΛΟΣ costs 410 million, Straße 5.\n\nMayor Ines Halvard: “We wait.”\n\nA dull end.";
        let mut stamp = stamp("Ada Kern", "2026-11-01", 1);
        let project =
            Project::new(Article::new(String::new(), String::new(), Text::new(text), &mut stamp), &mut stamp);
        Self { project, seed: 100 }
    }

    fn mark(&mut self, kind: Kind, words: &str, values: Vec<V>, by: &str, day: &str) -> Id {
        self.seed += 1000;
        let mut stamp = stamp(by, day, self.seed);
        let start = self.project.article.text.as_str().find(words).expect("words");
        let (id, transaction) = self.project.mark(kind, &[Span::new(start, start + words.len())], &mut stamp);
        self.project.apply(&transaction).expect("marked");
        let transaction = self.project.set(id, "set", values, &mut stamp);
        self.project.apply(&transaction).expect("set");
        id
    }

    /// The words of those that fit, in text order.
    fn found(&self, query: &str) -> Vec<String> {
        let (query, faults) = Query::read(query);
        assert_eq!(faults, [], "{query}");
        let fits = self.project.in_order().into_iter().filter(|a| query.fits(&self.project, a));
        fits.map(|a| a.words()).collect()
    }
}

fn world() -> World {
    let mut world = World::new();
    let mayor = world.mark(
        Kind::Source,
        "Ines Halvard",
        vec![V::Role("Mayor".into()), V::Status(Status::Verified)],
        "Ada Kern",
        "2026-11-01",
    );
    world.mark(
        Kind::Quote,
        "We wait.",
        vec![
            V::Speaker(Some(proofmark::domain::annotation::Speaker::Source(mayor))),
            V::Tags(vec!["law suit".into(), "budget".into()]),
            V::Status(Status::Query),
            V::Priority(Some(Priority::High)),
        ],
        "Bo Li",
        "2026-11-02",
    );
    world.mark(
        Kind::Claim,
        "410 million",
        vec![
            V::Note("see the ledger".into()),
            V::Status(Status::Verified),
            V::Verdict(Some(Verdict { label: "Mostly true".into(), number: None })),
            V::Category("Money".into()),
        ],
        "Ada Kern",
        "2026-11-24",
    );
    world.mark(
        Kind::Claim,
        "A dull end",
        vec![V::Status(Status::Verified), V::CheckAgain(Some("moved".into()))],
        "Ada Kern",
        "2026-10-31",
    );
    world
}

#[test]
fn each_term_finds_what_its_help_says() {
    let mut world = world();
    let all = ["410 million", "Ines Halvard", "We wait.", "A dull end"];
    let (money, mayor, quote, end) = (all[0], all[1], all[2], all[3]);
    for (query, expected) in [
        ("", &all[..]),
        ("MILLION", &[money]),
        ("\"see the LEDGER\"", &[money]),
        ("halvard", &[mayor, quote]),
        ("ledger wait", &[]),
        ("status:query", &[quote]),
        ("status:query,verified", &all),
        ("status:\"in progress\"", &[]),
        ("status:open", &[quote, end]),
        ("status:checked", &[money, mayor]),
        ("-status:verified", &[quote]),
        ("status:q", &[quote]),
        ("kind:claim", &[money, end]),
        ("KIND:claim,quote", &[money, quote, end]),
        ("by:\"bo li\"", &[quote]),
        ("by:bl", &[quote]),
        ("by:AK", &[money, mayor, end]),
        ("speaker:halv", &[quote]),
        ("source:mayor", &[mayor, quote]),
        ("tag:\"law suit\"", &[quote]),
        ("tag:budget,none", &[quote]),
        ("category:money", &[money]),
        ("priority:high", &[quote]),
        ("priority:none", &[money, mayor, end]),
        ("has:note", &[money]),
        ("has:speaker,note", &[money, quote]),
        ("no:speaker kind:quote", &[]),
        ("no:evidence", &all),
        ("has:again", &[end]),
        ("is:again", &[end]),
        ("is:verified", &[money]),
        ("is:open", &[quote, end]),
        ("-is:open kind:source", &[mayor]),
        ("para:1", &[money]),
        ("para:2-3", &[mayor, quote, end]),
        ("para:3-", &[end]),
        ("para:3,1", &[money, end]),
        ("verdict:true", &[money]),
        ("changed:2026-11-24", &[money]),
        ("changed:2026-11", &[money, mayor, quote]),
        ("https://x", &[]),
    ] {
        assert_eq!(world.found(query), expected, "{query}");
    }
    let claim = world.project.in_order()[0].id;
    let mut stamp = stamp("Bo Li", "2026-11-25", 9);
    let mut piece = Evidence::create(&mut stamp);
    piece.address = "https://ledger.example/p3".into();
    let transaction = world.project.alter(claim, "add evidence", |a| a.evidence.push(piece));
    world.project.apply(&transaction).expect("added");
    assert_eq!(world.found("has:evidence"), [money]);
    assert_eq!(world.found("https://ledger.example"), [money]);
    assert_eq!(world.found("by:bl"), [money, quote], "whoever added evidence worked on it");
    assert_eq!(world.found("changed:2026-11-25"), [money]);
}

#[test]
fn letters_are_compared_without_case_in_every_script() {
    for (needle, text) in [
        ("τουνελοσ", "ΤΟΥΝΕΛΟΣ"),
        ("ΤΟΎΝΕΛΟΣ", "το τούνελος"),
        ("STRASSE", "Straße"),
        ("ñandú", "EL ÑANDÚ"),
        ("мост", "МОСТ"),
    ] {
        assert!(Needle::new(needle).is_in(text), "{needle} in {text}");
    }
    assert!(!Needle::new("é").is_in("e"));
}

#[test]
fn what_is_not_understood_is_told_and_the_rest_counts() {
    let world = world();
    for (text, message, rest) in [
        (
            "status:foo kind:claim",
            "Unknown status “foo”; statuses are unchecked, in-progress, query",
            "kind:claim",
        ),
        ("status:un wait", "“un” could be unchecked or unverifiable", "wait"),
        ("staus:query wait", "Unknown key “staus”; did you mean “status:”?", "wait"),
        ("para:x", "Unknown paragraph “x”", ""),
        ("changed:friday", "Unknown day “friday”", ""),
        ("status:foo,query", "Unknown status “foo”", "status:query"),
        ("status: wait", "“status:” needs a value, as in status:query,unchecked", "wait"),
        ("-tag:\"\"", "“tag:” needs a value", ""),
        ("kind:,", "“kind:” needs a value", ""),
    ] {
        let (query, faults) = Query::read(text);
        assert_eq!(query.to_string(), rest, "{text}");
        assert_eq!(faults.len(), 1, "{text}");
        assert!(faults[0].message.starts_with(message), "{}", faults[0].message);
        assert!(text.get(faults[0].range.clone()).is_some());
        let _ = world.project.in_order().iter().filter(|a| query.fits(&world.project, a)).count();
    }
}

#[test]
fn chips_put_their_term_into_the_query_and_take_it_out() {
    assert_eq!(with_kind("", Some(Kind::Claim)), "kind:claim");
    assert_eq!(
        with_kind("kind:claim \"a b\" -status:foo", Some(Kind::Quote)),
        "\"a b\" -status:foo kind:quote"
    );
    assert_eq!(with_kind("a kind:quote", None), "a");
}

#[test]
fn every_key_is_in_the_table_once_with_an_example_that_reads() {
    for row in &KEYS {
        assert_eq!(Key::named(row.name), Some(row.key));
        assert_eq!(row.key.name(), row.name);
        let (query, faults) = Query::read(row.example);
        assert_eq!((faults.len(), query.terms[0].test.key()), (0, Some(row.key)), "{}", row.example);
    }
}

#[test]
fn keys_and_values_are_offered_with_counts() {
    let world = world();
    let census = Census::of(&world.project);
    let labels = |text: &str| {
        let found = offers(text, text.len(), &census);
        found.items.into_iter().map(|offer| (offer.label, offer.count)).collect::<Vec<_>>()
    };
    assert_eq!(labels("st"), [("status:".to_owned(), None)]);
    assert_eq!(labels("-st"), [("status:".to_owned(), None)]);
    assert_eq!(labels("status:ver")[0], ("verified".to_owned(), Some(3)));
    assert_eq!(labels("x status:query,un").len(), 2);
    assert_eq!(labels("tag:"), [("budget".to_owned(), Some(1)), ("law suit".to_owned(), Some(1))]);
    assert_eq!(labels("by:")[0], ("Ada Kern".to_owned(), Some(3)));
    assert_eq!(labels("speaker:h"), [("Ines Halvard".to_owned(), Some(1))]);
    assert_eq!(labels("tunnel"), []);
    assert_eq!(labels("").len(), KEYS.len());
}

#[test]
fn the_risk_follows_its_table_and_orders_by_it() {
    let mut world = World::new();
    let mut mark = |words: &str, values: Vec<V>| {
        let id = world.mark(Kind::Claim, words, values, "Ada Kern", "2026-11-01");
        rules::risk(&world.project.annotations[&id])
    };
    assert_eq!(mark("dull", vec![]), 1 + 30 + 10);
    assert_eq!(mark("410", vec![]), 1 + 30 + 10 + 15);
    assert_eq!(mark("end", vec![V::Priority(Some(Priority::High))]), 1 + 100 + 10);
    assert_eq!(mark("Mayor", vec![V::Status(Status::Query), V::Priority(Some(Priority::Low))]), 1 + 10 + 10);
    let wrong = vec![V::Status(Status::NeedsCorrection), V::ProposedWording("x".into())];
    assert_eq!(mark("million", wrong), 1 + 30 + 20 + 10);
    assert_eq!(mark("costs", vec![V::Status(Status::Verified)]), 0);
    let settled = vec![V::Status(Status::NeedsCorrection), V::Resolution(Resolution::Rejected)];
    assert_eq!(mark("wait", settled), 0);
    let again = vec![V::Status(Status::Verified), V::CheckAgain(Some("why".into()))];
    assert_eq!(mark("The", again), 1 + 30 + 20 + 10);
    let mut rows: Vec<Row> = world
        .project
        .annotations
        .values()
        .map(|a| Row::of(&world.project, a, Sort::Risk, Group::Flat))
        .collect();
    rows.sort();
    let risks: Vec<u32> = rows.iter().map(|row| rules::risk(&world.project.annotations[&row.id])).collect();
    assert!(risks.is_sorted_by(|a, b| a >= b), "{risks:?}");
}

#[test]
fn every_order_is_total_and_every_heading_has_a_name() {
    let world = world();
    for sort in Sort::ALL {
        for group in Group::ALL {
            let rows = world.project.annotations.values();
            let mut rows: Vec<Row> = rows.map(|a| Row::of(&world.project, a, sort, group)).collect();
            rows.sort();
            assert!(rows.windows(2).all(|pair| pair[0] < pair[1]));
        }
    }
    for annotation in world.project.annotations.values() {
        assert!(last_change(annotation).is_some());
        for group in Group::ALL.into_iter().skip(1) {
            assert!(!heading(&world.project, annotation, group).is_empty(), "{group:?}");
        }
    }
}

fn value() -> impl Strategy<Value = String> {
    prop_oneof!["[a-zA-Z0-9 :,\"\\-éß“]{1,8}", "\\PC{1,6}"]
        .prop_filter("words", |text| !text.trim().is_empty())
}

fn test() -> impl Strategy<Value = Test> {
    let keys = [Key::Speaker, Key::Source, Key::By, Key::Tag, Key::Category, Key::Verdict];
    prop_oneof![
        value().prop_map(|text| Test::Words(Needle::new(&text))),
        proptest::collection::vec(prop::sample::select(Status::ALL.to_vec()), 1..3)
            .prop_map(|all| Test::Status(all.into_iter().map(Progress::Is).collect())),
        prop::sample::select(Kind::ALL.to_vec()).prop_map(|kind| Test::Kind(vec![kind])),
        (0..99_usize, 0..99_usize).prop_map(|(a, b)| Test::Paragraphs(vec![(a.min(b), a.max(b))])),
        (prop::sample::select(keys.to_vec()), proptest::collection::vec(value(), 1..3))
            .prop_map(|(key, all)| Test::Text(key, all.iter().map(|text| Needle::new(text)).collect())),
    ]
}

proptest! {
    // Letters that become several, another one, or a sign of their own when their case changes.
    #[test]
    fn words_are_found_wherever_folding_finds_them(
        text in "[sSiIkKnñÑßſKıİΣσςǅǆéÉﬁfдДx .]{0,8}",
        words in "[sSiIkKnñÑßſKıİΣσςǅǆéÉﬁfдДx .]{1,3}",
    ) {
        let folded = fold(&text).contains(&fold(&words));
        prop_assert_eq!(Needle::new(&words).is_in(&text), folded, "{:?} in {:?}", words, text);
    }

    #[test]
    fn reading_anything_never_fails_and_what_is_printed_reads_as_itself(text in "\\PC{0,40}|[a-z:,\" -]{0,40}") {
        let (query, faults) = Query::read(&text);
        for fault in &faults {
            prop_assert!(text.get(fault.range.clone()).is_some());
        }
        let (again, faults) = Query::read(&query.to_string());
        prop_assert_eq!(&again, &query, "{}", query);
        prop_assert!(faults.is_empty(), "{} {:?}", query, faults);
    }

    #[test]
    fn every_query_is_printed_so_that_it_reads_as_itself(
        terms in proptest::collection::vec((any::<bool>(), test()), 0..5)
    ) {
        let terms = terms.into_iter().map(|(not, test)| Term { not, test });
        let query = Query { terms: terms.collect() };
        let (again, faults) = Query::read(&query.to_string());
        prop_assert!(faults.is_empty(), "{} {:?}", query, faults);
        prop_assert_eq!(&again, &query, "{}", query);
    }

    #[test]
    fn what_is_offered_reads_without_a_fault_in_its_place(
        start in "(|x |-|kind:claim )",
        key in prop::sample::select(KEYS.to_vec()),
        typed in "[a-z]{0,3}",
        cut in 0..12_usize,
    ) {
        let world = world();
        let census = Census::of(&world.project);
        let text = format!("{start}{}:{typed}", key.name);
        let caret = (start.len() + cut).min(text.len());
        let found = offers(&text, caret, &census);
        for offer in found.items {
            let mut whole = text.clone();
            whole.replace_range(found.range.clone(), &offer.insert);
            let (_, faults) = Query::read(&whole);
            prop_assert!(faults.is_empty(), "{} of {}: {:?}", whole, text, faults);
        }
    }

    #[test]
    fn offers_never_fail(text in "\\PC{0,20}", caret in 0..30_usize) {
        let census = Census::default();
        let caret = (0..=caret.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        let found = offers(&text, caret, &census);
        prop_assert!(text.get(found.range).is_some());
    }
}
