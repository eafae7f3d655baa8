//! Exports of hostile texts: another reader of CSV gets the cells, one of Markdown the words, one of
//! JSON the values; pages and archives have no element, link or character that is not ours.

use std::collections::BTreeMap;

use proofmark::domain::annotation::{AnnotationValue as V, EvidenceValue as E, Prose, Speaker};
use proofmark::domain::project::AboutValue;
use proofmark::domain::rules::Include;
use proofmark::domain::{Kind, Project, Status, Text};
use proofmark::formats::{self, csv};
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

fn check(input: &[u8]) -> Result<(), String> {
    let input = String::from_utf8_lossy(input);
    let mut fields = [const { String::new() }; FIELDS];
    for (field, text) in fields.iter_mut().zip(input.split(BETWEEN)) {
        *field = text.to_owned();
    }
    let project = built(&fields);
    for include in Include::ALL {
        csv_holds(&text("csv", &project, include)?, &fields)?;
        markdown_holds(&text("markdown", &project, include)?, &fields)?;
        for name in ["html", "sources"] {
            page_holds(&text(name, &project, include)?, &fields)?;
        }
        for name in ["json", "claimreview"] {
            json_holds(name, &text(name, &project, include)?, &fields)?;
        }
        for name in ["xlsx", "docx", "docx-checked"] {
            archive_holds(&bytes(name, &project, include))?;
        }
    }
    Ok(())
}

fn bytes(name: &str, project: &Project, include: Include) -> Vec<u8> {
    formats::bytes(formats::find(name).expect("a format"), project, include)
}

fn text(name: &str, project: &Project, include: Include) -> Result<String, String> {
    String::from_utf8(bytes(name, project, include)).map_err(|error| format!("{name}: {error}"))
}

/// No element, attribute or link that is not ours. A `<` of the page's own begins a tag of these.
fn page_holds(page: &str, fields: &[String; FIELDS]) -> Result<(), String> {
    let body = page.split_once("</style>").map_or(page, |(_, body)| body);
    for tag in body.split('<').skip(1) {
        let tag = tag.split('>').next().unwrap_or_default();
        let name = tag.trim_start_matches('/').split(' ').next().unwrap_or_default();
        let known = "head body header main footer section aside h1 h2 h3 p ul ol li a mark bdi span blockquote dl dt dd q html";
        law(known.split(' ').any(|known| known == name), || format!("<{tag}> in {page}"))?;
        for (n, piece) in tag.split('"').enumerate() {
            let key = piece.trim().trim_end_matches('=');
            let key = key.rsplit(' ').next().unwrap_or_default();
            let fine = ["class", "id", "href", "title", "dir", "rel", "aria-label", "", "/h1"].contains(&key);
            law(n % 2 == 1 || fine || key == name || key.starts_with('/'), || format!("{key:?} in <{tag}>"))?;
        }
        if let Some((_, to)) = tag.split_once("href=\"") {
            let to = to.split('"').next().unwrap_or_default();
            let address = fields[10].trim().replace('&', "&amp;").replace('"', "&quot;");
            let address = address.replace('<', "&lt;").replace('>', "&gt;");
            law(to.starts_with('#') || to == address, || format!("a link to {to}"))?;
        }
    }
    Ok(())
}

fn json_holds(name: &str, json: &str, fields: &[String; FIELDS]) -> Result<(), String> {
    law(!json.contains(['<', '>', '&', '\u{2028}', '\u{2029}']), || format!("{name}: {json}"))?;
    let value: serde_json::Value = serde_json::from_str(json).map_err(|error| format!("{name}: {error}"))?;
    let (fact, note) = (value["annotations"][0]["fact"].as_str(), value["annotations"][0]["note"].as_str());
    let wanted = (Some(fields[3].as_str()), Some(fields[5].as_str()));
    law(name != "json" || (fact, note) == wanted, || format!("{fact:?} and {note:?} in {json}"))
}

/// Every part of the archive is XML without a control character and without a formula.
fn archive_holds(bytes: &[u8]) -> Result<(), String> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).map_err(|error| error.to_string())?;
    for n in 0..archive.len() {
        let mut part = archive.by_index(n).map_err(|error| error.to_string())?;
        let mut xml = String::new();
        std::io::Read::read_to_string(&mut part, &mut xml).map_err(|error| error.to_string())?;
        let mut reader = quick_xml::Reader::from_str(&xml);
        loop {
            match reader.read_event() {
                Ok(quick_xml::events::Event::Eof) => break,
                Ok(_) => {}
                Err(error) => return Err(format!("{error} in {xml}")),
            }
        }
        let control = |c: char| c < ' ' && !matches!(c, '\t' | '\n' | '\r');
        law(!xml.contains(control) && !xml.contains("<f>"), || xml.clone())?;
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

/// Without the isolates that are added around what turns the direction, and with U+FFFD for each NUL, which
/// CommonMark cannot hold.
fn plain(text: &str) -> String {
    text.replace('\0', "\u{fffd}").chars().filter(|c| !matches!(c, '\u{2068}' | '\u{2069}')).collect()
}

/// A text as it is shown on one line.
fn flat(text: &str) -> String {
    plain(text.replace("\r\n", "\n").replace(['\r', '\n'], " ").trim())
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
        let shown = plain(&shown);
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
    fuzz("exports", 400, make, check);
}
