//! Round trips: what is written is read back, byte for byte and value for value.

use proptest::prelude::*;
use serde::{Deserialize, Serialize};

use super::worlds::*;
use super::{read, write, writer};
use crate::domain::annotation::{AnnotationValue, Prose};
use crate::domain::log::Record;
use crate::domain::{Kind, Project, Span, Text};

/// Reads what was written and finds nothing to say about it.
pub fn back(project: &Project) -> String {
    let written = write(project);
    let opened = read(written.as_bytes(), &mut stamp(99)).unwrap_or_else(|e| panic!("{e}\n{written}"));
    assert_eq!(opened.warnings, []);
    assert_eq!((opened.read_only, opened.changed), (None, false));
    assert_eq!(opened.project, *project);
    assert_eq!(write(&opened.project), written);
    written
}

/// Everything that serde can say and a project file holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
enum Anything {
    Unit,
    Text(String),
    Pair(i64, u64),
    Named { yes: bool, float: f64 },
    Maybe(Option<Box<Anything>>),
    List(Vec<Anything>),
    Deep { inside: Box<Anything> },
}

fn anything() -> impl Strategy<Value = Anything> {
    let leaf = prop_oneof![
        Just(Anything::Unit),
        weird().prop_map(Anything::Text),
        any::<(i64, u64)>().prop_map(|(a, b)| Anything::Pair(a, b)),
        (any::<bool>(), any::<f64>().prop_filter("equal", |f| !f.is_nan()))
            .prop_map(|(yes, float)| Anything::Named { yes, float }),
    ];
    leaf.prop_recursive(4, 32, 5, |inner| {
        prop_oneof![
            prop::option::of(inner.clone()).prop_map(|v| Anything::Maybe(v.map(Box::new))),
            prop::collection::vec(inner.clone(), 0..5).prop_map(Anything::List),
            inner.prop_map(|v| Anything::Deep { inside: Box::new(v) }),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn projects_come_back(project in project()) {
        back(&project);
    }

    #[test]
    fn what_the_writer_writes_ron_itself_reads(value in anything()) {
        let written = writer::to_string(&value).unwrap();
        prop_assert_eq!(ron::from_str::<Anything>(&written).unwrap(), value);
    }

    #[test]
    fn texts_survive_carriage_returns_of_git(project in project()) {
        let crlf = write(&project).replace('\n', "\r\n");
        let opened = read(crlf.as_bytes(), &mut stamp(99)).unwrap();
        prop_assert_eq!(opened.warnings, []);
        prop_assert_eq!(opened.project, project);
    }

    #[test]
    fn anything_at_all_is_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = read(&bytes, &mut stamp(99));
    }

    #[test]
    fn pieces_put_together_wrongly_are_read_or_refused(
        project in project(),
        cuts in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 1..4),
    ) {
        let mut lines: Vec<String> = write(&project).lines().map(String::from).collect();
        for (from, to) in cuts {
            let line = lines[from.index(lines.len())].clone();
            let to = to.index(lines.len());
            lines[to] = line;
        }
        let mut stamp = stamp(99);
        if let Ok(opened) = read(lines.join("\n").as_bytes(), &mut stamp) {
            // A repaired project is a project: it needs no further repair.
            if opened.read_only.is_none() {
                back_but_for_notes(&opened.project);
            }
            prop_assert_eq!(&*stamp.by, "Ada Běhal");
        }
    }
}

/// As [`back`], but what is odd and stays may be told again.
pub fn back_but_for_notes(project: &Project) {
    let written = write(project);
    let opened = read(written.as_bytes(), &mut stamp(98)).unwrap_or_else(|e| panic!("{e}\n{written}"));
    assert!(!opened.changed, "{:?}", opened.warnings);
    assert_eq!(opened.project, *project);
    assert_eq!(write(&opened.project), written);
}

#[test]
fn every_scalar_value_survives_and_controls_are_never_raw() {
    // L22.
    let all: String = (0..=0x10ffff).filter_map(char::from_u32).collect();
    let written = writer::to_string(&Prose(all.clone())).unwrap();
    assert_eq!(ron::from_str::<Vec<String>>(&written).unwrap().join("\n"), all);
    let raw =
        |c: char| (c.is_control() && c != '\n') || "\u{202e}\u{2066}\u{feff}\u{2028}\u{200f}".contains(c);
    assert!(!written.contains(raw));
    for kept in ["\u{301}", "\u{93f}", "\u{5b8}", "\u{e31}", "\u{200d}", "\u{10ffff}"] {
        assert!(written.contains(kept), "{kept:?} should stand as it is");
    }
}

#[test]
fn the_golden_string_keeps_its_offsets() {
    let mut stamp = stamp(1);
    let mut project = fresh(Text::new(GOLDEN), &mut stamp);
    let mut wanted = Vec::new();
    for word in ["Caf\u{e9}", "De\u{301}ja\u{300}", "👩🏽‍⚕️", "שלום עולם", "नमस्ते", "🇩🇪", "end"]
    {
        let at = GOLDEN.find(word).unwrap();
        let span = Span::new(at, at + word.len());
        let (id, mark) = project.mark(Kind::Quote, &[span], &mut stamp);
        project.apply(&mark).unwrap();
        wanted.push((id, span, word));
    }
    let written = back(&project);
    let opened = read(written.as_bytes(), &mut stamp).unwrap().project;
    for (id, span, word) in wanted {
        assert_eq!(opened.annotations[&id].first_span(), Some(span));
        assert_eq!(opened.article.text.slice(span), word);
        assert!(written.contains(&format!("at: Some((start: {}, end: {})),", span.start, span.end)));
        assert!(written.contains(&format!("quote: [\"{word}\"],")), "{word} is readable");
    }
}

#[test]
fn the_articles_bytes_survive_loading_and_saving() {
    for raw in [
        "",
        "\n",
        "\n\n",
        " a ",
        "a\n",
        "\ta\u{a0}b\u{2028}c\u{0}",
        "e\u{301} \u{e9}",
        GOLDEN,
        "\u{feff}\u{feff}x",
    ] {
        let project = fresh(Text::normalised(raw), &mut stamp(3));
        let first = back(&project);
        let text = read(first.as_bytes(), &mut stamp(4)).unwrap().project.article.text.clone();
        assert_eq!(text.as_str().as_bytes(), Text::normalised(raw).as_str().as_bytes());
    }
}

#[test]
fn terminal_escapes_are_carried_and_shown_harmlessly() {
    // L25.
    let evil = "\u{1b}[2J\u{7}\r\nfake: line\u{202e}";
    let mut stamp = stamp(5);
    let mut project = fresh(Text::new("One two."), &mut stamp);
    let (id, mark) = project.mark(Kind::Source, &[Span::new(0, 3)], &mut stamp);
    project.apply(&mark).unwrap();
    let values = vec![AnnotationValue::Name(evil.into()), AnnotationValue::Address(evil.into())];
    let set = project.set(id, "set", values, &mut stamp);
    project.apply(&set).unwrap();
    let opened = read(write(&project).as_bytes(), &mut stamp).unwrap();
    assert_eq!(opened.project, project);
    assert_eq!(opened.warnings.len(), 1);
    assert!(!opened.warnings[0].message.contains(|c: char| c.is_control() || c == '\u{202e}'));
    assert_eq!(opened.project.annotations[&id].log().len(), 3);
}
