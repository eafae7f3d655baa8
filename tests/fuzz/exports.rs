//! Exports of hostile texts: another reader of CSV gets the cells, one of Markdown the words.

use std::collections::BTreeMap;

use proofmark::domain::annotation::{AnnotationValue as V, EvidenceValue as E, Prose, Speaker};
use proofmark::domain::project::AboutValue;
use proofmark::domain::rules::Include;
use proofmark::domain::{Kind, Project, Status, Text};
use proofmark::formats::{csv, markdown};
use pulldown_cmark::{Event, Options, Parser, Tag};

use super::chance::Chance;
use super::mutate::HOSTILE;
use super::seeds::{evidence, mark, project, stamp};
use super::{fuzz, law};

/// Between two fields of an input.
const BETWEEN: char = '\u{1e}';
const FIELDS: usize = 12;

fn make(chance: &mut Chance) -> Vec<u8> {
    let field =
        |chance: &mut Chance| -> String { (0..chance.below(9)).map(|_| chance.pick(HOSTILE)).collect() };
    let fields: Vec<String> = (0..FIELDS).map(|_| field(chance)).collect();
    fields.join(&BETWEEN.to_string()).into_bytes()
}

/// A verified claim, and a source, in which those texts stand.
fn built(fields: &[String; FIELDS]) -> Project {
    let [words, title, byline, fact, rationale, note, speaker, category, name, location, address, seen] =
        fields.clone();
    let mut s = stamp();
    // Between letters the words stand on edges, and are not blank.
    let marked = Text::normalised(&format!("x{words}x")).as_str().to_owned();
    let mut p = project(&format!("Title\n\n{marked} y\n"), &mut s);
    let about =
        vec![AboutValue::Title(title), AboutValue::Byline(byline), AboutValue::Address(address.clone())];
    let described = p.describe(about, &mut s);
    p.apply(&described).expect("described");
    let said = (!speaker.is_empty()).then_some(Speaker::Name(speaker));
    let values = vec![
        V::Status(Status::Verified),
        V::Fact(Prose(fact)),
        V::Rationale(Prose(rationale)),
        V::Note(Prose(note)),
        V::Speaker(said),
        V::Category(category),
    ];
    let id = mark(&mut p, Kind::Claim, &marked, values, &mut s);
    evidence(
        &mut p,
        id,
        vec![E::Title(name), E::Location(location), E::Address(address), E::Seen(seen)],
        &mut s,
    );
    p
}

fn check(bytes: &[u8]) -> Result<(), String> {
    let input = String::from_utf8_lossy(bytes);
    let mut fields = [const { String::new() }; FIELDS];
    for (field, text) in fields.iter_mut().zip(input.split(BETWEEN)) {
        *field = text.to_owned();
    }
    let project = built(&fields);
    for include in Include::ALL {
        csv_holds(&csv::write(&project, include), &fields)?;
        markdown_holds(&markdown::write(&project, include), &fields)?;
    }
    Ok(())
}

fn csv_holds(text: &str, fields: &[String; FIELDS]) -> Result<(), String> {
    let [words, _, _, fact, rationale, note, speaker, category, name, location, address, seen] = fields;
    let mut reader = ::csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().map_err(|e| e.to_string())?.clone();
    let rows: Result<Vec<::csv::StringRecord>, _> = reader.records().collect();
    let rows = rows.map_err(|e| format!("{e} in {text}"))?;
    law(rows.len() == 1, || format!("{} rows in {text}", rows.len()))?;
    let row: BTreeMap<&str, &str> = header.iter().zip(rows[0].iter()).collect();
    let words = Text::normalised(&format!("x{words}x")).as_str().to_owned();
    let expected = [
        ("exact_text", words.as_str()),
        ("fact", fact),
        ("rationale", rationale),
        ("note", note),
        ("speaker", speaker.trim()),
        ("category", category),
        ("source_1_title", name),
        ("source_1_location", location),
        ("source_1_address", address),
        ("source_1_seen", seen),
    ];
    for (column, cell) in expected {
        let found = row[column];
        law(csv::unguarded(found) == cell, || format!("{column}: {found:?}, expected {cell:?}"))?;
        let starts = |c: char| "=+-@\t\r\n\0＝＋－＠".contains(c);
        let first = found.trim_start_matches(|c: char| c.is_whitespace() && !starts(c));
        law(!first.starts_with(starts), || format!("{column} could run: {found:?}"))?;
    }
    Ok(())
}

/// A text as it is shown on one line.
fn flat(text: &str) -> String {
    let line = text.replace("\r\n", "\n").replace(['\r', '\n'], " ");
    // A NUL cannot be written in CommonMark; isolates are added around what turns the direction.
    line.trim().replace('\0', "\u{fffd}").chars().filter(|c| !matches!(c, '\u{2068}' | '\u{2069}')).collect()
}

fn markdown_holds(text: &str, fields: &[String; FIELDS]) -> Result<(), String> {
    let [words, title, byline, fact, rationale, _, speaker, _, name, location, address, seen] = fields;
    for options in [Options::empty(), Options::all() - Options::ENABLE_SMART_PUNCTUATION] {
        let mut shown = String::new();
        for event in Parser::new_ext(text, options) {
            match event {
                Event::Text(piece) => shown.push_str(&piece),
                Event::SoftBreak => shown.push_str("<soft>"),
                Event::HardBreak => shown.push(' '),
                Event::Start(Tag::Link { dest_url, .. }) => {
                    let web = dest_url.get(..8).is_some_and(|s| s.to_ascii_lowercase().starts_with("http"));
                    law(web && dest_url.as_ref() == address.trim(), || format!("a link to {dest_url}"))?;
                }
                Event::Start(
                    Tag::Paragraph | Tag::Heading { .. } | Tag::Item | Tag::BlockQuote(_) | Tag::List(_),
                ) => {
                    shown.push('\n');
                }
                Event::End(_) => {}
                other => return Err(format!("active markup: {other:?} in {text}")),
            }
        }
        let shown: String = shown.chars().filter(|c| !matches!(c, '\u{2068}' | '\u{2069}')).collect();
        for (what, wanted) in [
            ("title", title),
            ("byline", byline),
            ("fact", fact),
            ("rationale", rationale),
            ("speaker", speaker),
            ("evidence", name),
            ("location", location),
            ("seen", seen),
        ] {
            law(shown.contains(&flat(wanted)), || format!("{what}: {wanted:?} is not in {shown:?}\n{text}"))?;
        }
        for line in Text::normalised(&format!("x{words}x"))
            .as_str()
            .split('\n')
            .filter(|line| !line.trim().is_empty())
        {
            law(shown.contains(&flat(line)), || format!("words: {line:?} is not in {shown:?}\n{text}"))?;
        }
    }
    Ok(())
}

#[test]
fn exports() {
    fuzz("exports", 700, make, check);
}
