//! What holds for every export, whatever its format: nothing private, the same bytes, work in
//! proportion, nothing left of one that was stopped.
//!
//! May use: formats, domain, random projects, zip.

use proptest::prelude::*;

use super::export::{Name, Part, Progress};
use super::ron::worlds;
use super::samples::{every_state, evidence, mark, project, stamp};
use super::tests::{left_out, text};
use super::*;
use crate::domain::annotation::{AnnotationValue as V, Contact, ContactValue, EvidenceValue as E, Verdict};
use crate::domain::project::AboutValue;
use crate::domain::{Id, Kind, Span, Status, log};

/// No world has these letters.
const SECRET: &str = "Qzxqsecret";

/// Makes things private in a project: notes and contacts of all, names of some.
fn hide(p: &mut Project, picks: &[usize]) {
    let mut stamp = stamp();
    let ids: Vec<Id> = p.annotations.keys().copied().collect();
    for (n, id) in ids.iter().enumerate() {
        let mut values = vec![
            V::PrivateNote(format!("{SECRET} note {n}").as_str().into()),
            V::Contact(format!("{SECRET} +49 {n}").as_str().into()),
        ];
        if picks.contains(&n) {
            values.extend([
                V::Confidential(true),
                V::Name(format!("{SECRET} name {n}")),
                V::Role(format!("{SECRET} role {n}")),
                V::Note(format!("{SECRET} of it {n}").as_str().into()),
            ]);
        } else if n % 2 == 0 {
            // Named as the speaker, by id and by name.
            let pick = picks.iter().find(|pick| **pick < ids.len());
            let by_id = pick.map(|pick| Speaker::Source(ids[*pick]));
            let by_name = pick.map(|pick| Speaker::Name(format!(" {SECRET} NAME {pick}")));
            values.push(V::Speaker(if n % 4 == 0 { by_id } else { by_name }));
            values.push(V::Status(Status::Verified));
            values.push(V::CheckAgain(None));
        }
        let set = p.set(*id, "hide", values, &mut stamp);
        p.apply(&set).expect("set");
        let contact = p.alter(*id, "contact", |a| {
            let mut contact = Contact::create(&mut stamp);
            log::set(&mut contact, ContactValue::Outcome(SECRET.into()), &mut stamp);
            a.contacts.push(contact);
        });
        p.apply(&contact).expect("contact");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn nothing_private_is_in_any_export(
        mut p in worlds::project(),
        picks in prop::collection::vec(0..6_usize, 0..4),
    ) {
        hide(&mut p, &picks);
        for format in exports() {
            for include in Include::ALL {
                let list = text(format.name, &p, include).to_lowercase();
                prop_assert!(!list.contains(&SECRET.to_lowercase()), "{} {include:?}", format.name);
            }
        }
        let ids: Vec<Id> = p.annotations.keys().copied().collect();
        let clip = clip::clip(&p, &ids);
        let copied = format!("{}{}", clip.html, clip.markdown).to_lowercase();
        prop_assert!(!copied.contains(&SECRET.to_lowercase()), "{copied}");
    }

    #[test]
    fn the_same_project_gives_the_same_bytes_and_nothing_panics(p in worlds::project()) {
        for format in exports() {
            for include in Include::ALL {
                let first = parts(format, &p, include);
                prop_assert_eq!(first.first().map(|part| part.name), Some(Name::Chosen));
                // brat's list of no marks is an empty file; its text and configuration are not.
                prop_assert!(first.iter().any(|part| !part.bytes.is_empty()), "{}", format.name);
                prop_assert!(first == parts(format, &p, include), "{}", format.name);
                for line in leaves_out(&p, format, include) {
                    prop_assert!(line.starts_with("left out: ") || line.starts_with("warning: "), "{}", line);
                }
            }
        }
    }
}

/// How many steps an export takes, and what it gives.
fn counted(format: &Format, p: &Project, stop_after: usize) -> (usize, Result<Vec<Part>, Cancelled>) {
    let mut looks = 0;
    let mut look = |_, _| {
        looks += 1;
        looks <= stop_after
    };
    let mut progress = Progress::new(&mut look);
    let export = format.write.expect("an export");
    let parts = (export.write)(p, Include::All, &mut progress);
    (progress.steps(), parts)
}

/// A project of so many claims, each with everything, nested and side by side.
pub(super) fn large(count: usize) -> Project {
    let mut stamp = stamp();
    let mut p = project(&"word after word. \n".repeat(count / 4 + 1), &mut stamp);
    for n in 0..count {
        let start = n / 4 * 18;
        let (id, marked) = p.mark(Kind::ALL[n % 2], &[Span::new(start, start + 4 + n % 4 * 4)], &mut stamp);
        p.apply(&marked).expect("marked");
        let values = vec![
            V::Status(if n % 8 == 0 { Status::NeedsCorrection } else { Status::Verified }),
            V::ProposedWording("another word".into()),
            V::Fact("One word comes after another".into()),
            V::Speaker(Some(Speaker::Name("Doe".into()))),
            V::Verdict(Some(Verdict { label: "True".into(), number: None })),
        ];
        let set = p.set(id, "set", values, &mut stamp);
        p.apply(&set).expect("set");
        evidence(&mut p, id, vec![E::Title(format!("Minutes {n}")), E::Location("p. 3".into())], &mut stamp);
    }
    p
}

// E16: by counted work; `cargo bench --bench exports` measures the time.
#[test]
fn work_and_size_grow_in_proportion() {
    let (small, big) = (large(400), large(1600));
    for format in exports() {
        let ((few, less), (many, more)) =
            (counted(format, &small, usize::MAX), counted(format, &big, usize::MAX));
        assert!(few >= 400 || format.name == "docx-checked", "{}: {few} steps", format.name);
        assert!(many <= few * 4 + 8, "{}: {few} steps, then {many}", format.name);
        let size = |parts: Result<Vec<Part>, Cancelled>| parts.expect("written")[0].bytes.len();
        let (less, more) = (size(less), size(more));
        assert!(more <= less * 5, "{}: {less} bytes, then {more}", format.name);
    }
}

// E17
#[test]
fn what_was_stopped_gives_nothing_wherever_it_was() {
    let p = large(400);
    for format in exports() {
        let (all, _) = counted(format, &p, usize::MAX);
        for stop in 0..=all / 64 {
            let (steps, parts) = counted(format, &p, stop);
            assert!(parts.is_err() || steps == all, "{} went on after {stop}", format.name);
        }
        assert_eq!(counted(format, &p, 0).1, Err(Cancelled), "{}", format.name);
    }
}

// F8
#[test]
fn every_format_tells_what_it_has_no_place_for() {
    let mut stamp = stamp();
    let mut p = project("One claim and a source", &mut stamp);
    let values = vec![
        V::Status(Status::Verified),
        V::Note("for colleagues".into()),
        V::Tags(vec!["a".into(), "b".into()]),
        V::ComparedWith("tape".into()),
        V::ProposedWording("new".into()),
    ];
    let id = mark(&mut p, Kind::Claim, "claim", values, &mut stamp);
    evidence(&mut p, id, vec![E::Title("t".into()), E::Excerpt("words".into())], &mut stamp);
    mark(&mut p, Kind::Source, "a source", vec![V::Role("mayor".into())], &mut stamp);
    let expected = [
        (
            "csv",
            "1 excerpt of evidence, 1 comparison of a quote, 1 name or role of a source, 2 tags, which this format has no place for",
        ),
        ("markdown", "1 excerpt of evidence, 1 note, 2 tags, which this format has no place for"),
        ("html", "1 note, 2 tags, which this format has no place for"),
        ("docx", "2 tags, which this format has no place for"),
        ("docx-checked", "2 marks without a proposed correction"),
        ("claimreview", "1 claim or quote without a verdict"),
    ];
    for (name, lost) in expected {
        let told = left_out(name, &p, Include::All);
        assert_eq!(told.first().map(String::as_str), Some(format!("left out: {lost}").as_str()), "{name}");
    }
    assert!(left_out("json", &p, Include::All).is_empty());
}

// E06
#[test]
fn json_stands_in_a_script_element_and_says_the_same() {
    let mut stamp = stamp();
    let evil = "</script><!--<script>\u{2028}&amp;\"\\ \u{1}\u{7f}";
    let mut p = project("Title\n\nA claim stands here", &mut stamp);
    let values = vec![
        V::Status(Status::Verified),
        V::Fact(evil.into()),
        V::Verdict(Some(Verdict { label: evil.into(), number: None })),
    ];
    let id = mark(&mut p, Kind::Claim, "A claim", values, &mut stamp);
    evidence(&mut p, id, vec![E::Title(evil.into()), E::Address("javascript:alert(1)".into())], &mut stamp);
    for name in ["claimreview", "json"] {
        let json = text(name, &p, Include::All);
        assert!(!json.contains(['<', '>', '&', '\u{2028}', '\u{7f}']), "{json}");
        let value: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        let (fact, title) = if name == "json" {
            let a = &value["annotations"][0];
            (&a["fact"], &a["evidence"][0]["title"])
        } else {
            assert!(!json.contains("javascript"), "{json}");
            (&value["reviewRating"]["alternateName"], &value["citation"][0]["name"])
        };
        assert_eq!((fact.as_str(), title.as_str().map(str::trim)), (Some(evil), Some(evil.trim())), "{name}");
    }
}

#[test]
fn a_review_has_what_search_engines_ask_for_and_the_rest_is_told() {
    use crate::domain::annotation::Number;
    use crate::domain::project::Rating;
    let mut stamp = stamp();
    let mut p = project("Title\n\nWe lost 40 percent. It rains. So it is.", &mut stamp);
    let rating = |label: &str, number: f64| Rating {
        label: label.into(),
        number: Some(Number(number)),
        meaning: String::new(),
    };
    let about = vec![
        AboutValue::Address("https://desk.example/41#top".into()),
        AboutValue::Outlet("Desk".into()),
        AboutValue::Date("2026-09-18".into()),
        AboutValue::Scale(vec![rating("False", 1.0), rating("True", 6.0)]),
    ];
    let described = p.describe(about, &mut stamp);
    p.apply(&described).expect("described");
    let who =
        mark(&mut p, Kind::Source, "We", vec![V::Name("J. Doe".into()), V::Role("mayor".into())], &mut stamp);
    let values = vec![
        V::Status(Status::NeedsCorrection),
        V::Fact("City X lost\n40 percent".into()),
        V::Speaker(Some(Speaker::Source(who))),
        V::SaidWhen("2026-09-02".into()),
        V::Rationale("The register shows 11".into()),
        V::Verdict(Some(Verdict { label: "Mostly false".into(), number: Some(Number(2.0)) })),
    ];
    let id = mark(&mut p, Kind::Claim, "lost 40 percent", values, &mut stamp);
    let json: serde_json::Value =
        serde_json::from_str(&text("claimreview", &p, Include::Checked)).expect("JSON");
    let page = format!("https://desk.example/41#claim-{id}");
    let expected = serde_json::json!({
        "@context": "https://schema.org", "@type": "ClaimReview", "url": page,
        "claimReviewed": "City X lost 40 percent", "datePublished": "2026-09-18",
        "author": { "@type": "Organization", "name": "Desk" },
        "reviewRating": {
            "@type": "Rating", "alternateName": "Mostly false", "ratingValue": 2, "bestRating": 6,
            "worstRating": 1, "ratingExplanation": "The register shows 11",
        },
        "itemReviewed": {
            "@type": "Claim", "@id": format!("{page}-itself"), "text": "lost 40 percent",
            "author": { "@type": "Person", "name": "J. Doe", "jobTitle": "mayor" },
            "datePublished": "2026-09-02",
        },
    });
    assert_eq!(json, expected);
    let told = left_out("claimreview", &p, Include::All);
    assert!(told.iter().all(|line| !line.starts_with("warning")), "{told:?}");
    let long = vec![
        V::Fact("x".repeat(76).as_str().into()),
        V::Verdict(Some(Verdict { label: "True".into(), number: None })),
    ];
    mark(&mut p, Kind::Claim, "It rains", long, &mut stamp);
    mark(&mut p, Kind::Claim, "So it is", vec![], &mut stamp);
    let moved = p.describe(vec![AboutValue::Address("ftp://desk".into())], &mut stamp);
    p.apply(&moved).expect("described");
    let expected = [
        "left out: 1 claim or quote without a verdict",
        "left out: 1 source",
        "warning: the article has no address of the web, which every review needs (title and details)",
        "warning: 1 claim is longer than 75 characters",
        "warning: 2 reviews; search engines take one a page",
    ];
    assert_eq!(left_out("claimreview", &p, Include::All), expected);
    assert!(!text("claimreview", &p, Include::All).contains("ftp"));
}

// F1, F35
#[test]
fn json_has_every_offset_in_three_units_and_the_quote_stands_there() {
    let golden = "De\u{301}j\u{e0} 😀 said 👩\u{200d}❤\u{fe0f}\u{200d}👩: שלום 東京\nEND";
    let mut stamp = stamp();
    let mut p = project(golden, &mut stamp);
    for words in ["De\u{301}j\u{e0}", "😀", "said", "👩\u{200d}❤\u{fe0f}\u{200d}👩", "שלום", "東京", "END"]
    {
        mark(&mut p, Kind::Claim, words, vec![], &mut stamp);
    }
    let json: serde_json::Value = serde_json::from_str(&text("json", &p, Include::All)).expect("JSON");
    let article = json["article"]["text"].as_str().expect("text");
    let (points, units): (Vec<char>, Vec<u16>) =
        (article.chars().collect(), article.encode_utf16().collect());
    let list = json["annotations"].as_array().expect("a list");
    assert_eq!(list.len(), 7);
    for a in list {
        let span = &a["spans"][0];
        let range = |unit: &str| {
            let at = |n: usize| span[unit][n].as_u64().expect("a number") as usize;
            at(0)..at(1)
        };
        let quote = span["quote"].as_str().expect("a quote");
        assert_eq!(&article[range("bytes")], quote);
        assert_eq!(points[range("code_points")].iter().collect::<String>(), quote);
        assert_eq!(String::from_utf16(&units[range("utf16")]).expect("UTF-16"), quote);
    }
}

#[test]
fn the_sources_box_names_each_source_once_and_none_that_is_confidential() {
    let p = every_state();
    let told = left_out("sources", &p, Include::Verified);
    assert!(told.contains(&"warning: 3 claims and quotes have no evidence".to_owned()), "{told:?}");
    let mut stamp = stamp();
    let mut p = project("One. Two. Three.", &mut stamp);
    for (words, place) in [("One", "p. 1"), ("Two", "p. 2"), ("Three", "p. 1")] {
        let speaker = V::Speaker(Some(Speaker::Name("J. <Doe>".into())));
        let id = mark(&mut p, Kind::Claim, words, vec![V::Status(Status::Verified), speaker], &mut stamp);
        let found = vec![
            E::Title("Minutes & more".into()),
            E::Address("https://x.example/a?b=1&c=2".into()),
            E::Location(place.into()),
        ];
        evidence(&mut p, id, found, &mut stamp);
    }
    let expected = "<aside class=\"sources\" aria-label=\"Sources\"><h2>Sources</h2>\n<ul>\n<li>\
        <a href=\"https://x.example/a?b=1&amp;c=2\" rel=\"noopener noreferrer\"><bdi>Minutes &amp; more</bdi></a>, \
        <bdi>p. 1</bdi>; <bdi>p. 2</bdi></li>\n</ul>\n<h3>People and bodies</h3>\n<ul>\n\
        <li><bdi>J. &lt;Doe&gt;</bdi></li>\n</ul>\n</aside>\n";
    assert_eq!(text("sources", &p, Include::Verified), expected);
}
