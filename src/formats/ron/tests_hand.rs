//! Mistakes of a hand in an editor, and the words that meet them; and what a hand may well do.

use super::worlds::{sample, stamp};
use super::{Damaged, Opened, read, write};
use crate::domain::annotation::Prose;

const NOTE: &str = "note: [\"Ask the registry.\"],";
const AT: &str = "at: Some((start: 72, end: 83)),";
const TOP: &str = "(\n    format: 1,";

fn open(text: &str) -> Result<Opened, Damaged> {
    read(text.as_bytes(), &mut stamp(42))
}

fn edited(from: &str, to: &str) -> String {
    let whole = write(&sample());
    assert!(whole.contains(from), "{from}");
    whole.replacen(from, to, 1)
}

#[test]
fn l21_mistakes_of_a_hand_are_named_at_their_place() {
    let comma = "a comma is missing before this, or a quotation mark further up";
    let colon = "a colon `:` should stand after the field's name";
    let text = "a text in straight quotation marks (\") should stand here";
    let escape = "after the backslash `\\` stands no escape that RON knows";
    let whole_number = "a whole number should stand here";
    let too_large = "this number is too large or negative";
    for (from, to, line, column, what) in [
        ("kind: Claim,", "kind: Claim", 97, 13, comma),
        ("kind: Claim,", "kind = Claim,", 96, 17, colon),
        ("kind: Claim,", "kind Claim,", 96, 17, colon),
        ("kind: Claim,", "kind: Clam,", 96, 19, "`Clam` is none of `Claim`, `Quote`, `Source`"),
        ("kind: Claim,", "kind: \"Claim\",", 96, 19, "a name should stand here"),
        (
            "kind: Claim,",
            "knid: Claim,",
            117,
            9,
            "the field `kind` of this record (Annotation) is missing; unknown fields, maybe mistyped: annotations.2.knid",
        ),
        ("kind: Claim,", "kind: Claim, kind: Quote,", 96, 26, "the field `kind` stands here twice"),
        (NOTE, "note: [\"Ask the registry.],", 101, 26, comma),
        (NOTE, "note: [Ask the registry.\"],", 98, 20, text),
        (
            NOTE,
            "note: [“Ask the registry.”],",
            98,
            20,
            "a text in straight quotation marks (\") should stand here; texts are enclosed in straight quotation marks (\"), not in curly ones",
        ),
        (NOTE, "note: \"Ask the registry.\",", 98, 18, "a list should begin here, with `[`"),
        (NOTE, "note: [\"Ask the registry.\",", 99, 13, text),
        (NOTE, "note: [\"Ask the \"registry\".\"],", 98, 30, comma),
        (NOTE, "note: [\"C:\\qegistry\"],", 98, 21, escape),
        (NOTE, "note: [\"\\u{d800}\"],", 98, 28, escape),
        (NOTE, "note: [\"a\"]],", 98, 24, comma),
        (
            AT,
            "at: Some((start: 72, ende: 83)),",
            104,
            54,
            "the field `end` of this record (Span) is missing; unknown fields, maybe mistyped: annotations.2.spans.0.place.at.ende",
        ),
        (AT, "at: Some((start: 72; end: 83)),", 104, 44, comma),
        (AT, "at: Some((start: 72, end: 83),", 104, 55, "a closing bracket `)` is missing here"),
        // L10: numbers that are no offsets.
        (AT, "at: Some((start: -1, end: 83)),", 104, 43, too_large),
        (AT, "at: Some((start: 18446744073709551616, end: 83)),", 104, 42, too_large),
        (AT, "at: Some((start: 4294967296, end: 83)),", 104, 42, too_large),
        (AT, "at: Some((start: 1.5, end: 83)),", 104, 43, comma),
        (AT, "at: Some((start: 1e999, end: 83)),", 104, 42, whole_number),
        (AT, "at: Some((start: NaN, end: 83)),", 104, 41, whole_number),
        (AT, "at: Some((start: inf, end: 83)),", 104, 42, whole_number),
        // L13: ids that are none.
        ("id: \"x", "id: \"", 95, 18, "an id is 16 characters of 0-9 and a-z without i, l, o, u"),
        ("id: \"x", "id: \"X", 95, 18, "an id is 16 characters of 0-9 and a-z without i, l, o, u"),
        ("    annotations: [", "    annotations: ", 31, 17, "a list should begin here, with `[`"),
        (
            TOP,
            "    format: 1,",
            1,
            5,
            "a record (Project) should begin here, with `(`; `format` stands there",
        ),
        ("    checksum", "    checkers: [],\n    checksum", 143, 5, "the field `checkers` stands here twice"),
        (TOP, "/* note\n(\n    format: 1,", 1, 3, "the comment `/*` is not closed"),
        // L20: extensions that cannot be.
        (TOP, "#![enable(nonsense)]\n(\n    format: 1,", 1, 11, "RON has no extension `nonsense`"),
        (
            TOP,
            "#![enable(explicit_struct_names)]\n(\n    format: 1,",
            2,
            1,
            "the file asks for names of structs (`Project`); a project file has none",
        ),
    ] {
        let damaged = open(&edited(from, to)).err().unwrap_or_else(|| panic!("{to} was read"));
        assert_eq!((damaged.line, damaged.column, damaged.what.as_str()), (line, column, what), "{to}");
        let shown = damaged.to_string();
        let caret = shown.lines().nth(2).unwrap();
        assert!(caret.ends_with('^') && shown.lines().count() == 4, "{shown}");
    }
}

#[test]
fn the_message_shows_the_line_and_what_to_do() {
    let damaged = open(&edited("status: Verified,", "status: Verifed,")).unwrap_err();
    let wanted = "Line 35, column 21: `Verifed` is none of `Unchecked`, `InProgress`, `Query`, `Verified`, \
                  `NeedsCorrection`, `Unverifiable`, `OnAuthor`, `NotCheckable`.\n\
                  35 |             status: Verifed,\n   |                     ^\n\
                  The file was not changed. Restore a copy of it, or fix that line by hand.";
    assert_eq!(damaged.to_string(), wanted);
}

#[test]
fn a_long_line_is_clipped_around_the_column_and_made_harmless() {
    let long = format!("note: [\"{}\u{202e}\u{7}\u{1b}[2J\" 5, \"{}\"],", "é".repeat(500), "ü".repeat(500));
    let damaged = open(&edited(NOTE, &long)).unwrap_err();
    assert!(damaged.excerpt.starts_with("…é") && damaged.excerpt.ends_with("ü…"), "{}", damaged.excerpt);
    assert!(damaged.excerpt.chars().count() < 100);
    assert!(!damaged.to_string().contains(['\u{7}', '\u{1b}', '\u{202e}']));
    let before: String = damaged.excerpt.chars().take(damaged.caret).collect();
    assert!(before.ends_with("····[2J\" ") || before.ends_with("···[2J\" "), "{before}");
    assert!(damaged.excerpt.chars().nth(damaged.caret) == Some('5'));
}

#[test]
fn l13_an_id_of_a_megabyte_is_refused_in_few_words() {
    let damaged = open(&edited("id: \"x", &format!("id: \"{}x", "0".repeat(1_000_000)))).unwrap_err();
    assert!(damaged.to_string().len() < 500);
}

#[test]
fn what_a_hand_may_do_is_read() {
    for (from, to) in [
        (TOP, "Project(\n    format: 1,"),
        (TOP, "#![enable(implicit_some, unwrap_newtypes)]\n(\n    format: 1,"),
        (TOP, "#![type = \"x\"]\n(\n    format: 1,"),
        (TOP, "#![schema = \"x\"]\n(\n    format: 1,"),
        (AT, "at: (start: 72, end: 83),"),
        (AT, "at: Some((end: 0x53, start: 7_2)),"),
        ("level: Some(Primary),", "level: Primary,"),
    ] {
        let text = edited(from, to);
        let opened = open(&text).unwrap_or_else(|e| panic!("{to}\n{e}"));
        assert_eq!(opened.project, sample(), "{to}");
        assert!(opened.read_only.is_none() && !opened.changed);
    }
    let raw = edited(NOTE, "note: [r#\"Ask \"them\" // now\"#],");
    let opened = open(&raw).unwrap();
    let claim = opened.project.annotations.values().find(|a| !a.note.is_empty()).unwrap();
    assert_eq!(claim.note, Prose("Ask \"them\" // now".into()));
    assert!(opened.warnings.iter().all(|w| !w.message.contains("comments")), "{:?}", opened.warnings);
}

#[test]
fn l19_comments_are_told_to_be_lost() {
    for comment in ["// a\n", "/* a /* b */ */", "//\n", "/**/"] {
        for place in [TOP, NOTE, AT, "    checksum"] {
            let opened = open(&edited(place, &format!("{comment}{place}"))).unwrap();
            let told =
                opened.warnings.iter().filter(|w| w.message == "The file has comments; saving drops them.");
            assert_eq!(told.count(), 1, "{comment} before {place}");
        }
    }
    for no_comment in ["http://example.org", "/* \\\" */", "\\\\"] {
        let opened = open(&edited("Ask the registry.", no_comment)).unwrap();
        assert_eq!(opened.warnings.len(), 1, "{:?}", opened.warnings);
    }
}

#[test]
fn l14_l15_unknown_fields_make_the_project_read_only_and_are_named() {
    let opened = open(&edited(NOTE, &format!("{NOTE} mood: Good(level: 3), mood: \"bad\","))).unwrap();
    let reason = opened.read_only.unwrap();
    assert_eq!(
        reason,
        "it has fields that this version does not know, which saving would drop (annotations.2.mood, annotations.2.mood)"
    );
    assert!(!opened.changed);
    assert_eq!(
        opened.warnings[0].message,
        "The project opens for reading only: it has fields that this version does not know, which saving would drop: annotations.2.mood, annotations.2.mood."
    );
    assert_eq!(opened.project, sample());

    let deep = edited(AT, "at: Some((start: 72, end: 83, unit: Bytes)),");
    assert!(open(&deep).unwrap().read_only.unwrap().contains("annotations.2.spans.0.place.at.unit"));
    let log = edited("field: Created),", "field: Created, host: \"a\"),");
    assert!(open(&log).unwrap().read_only.unwrap().contains("about.log.0.host"));
    let many: String = (0..1000).map(|n| format!("x{n}: 1, ")).collect();
    let reason = open(&edited(NOTE, &format!("{many}{NOTE}"))).unwrap().read_only.unwrap();
    assert!(reason.ends_with("annotations.2.x4 and 995 more)"), "{reason}");
}
