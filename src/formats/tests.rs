//! What the exports hold, and that what they print is what was entered.
//!
//! May use: formats, domain, csv and pulldown-cmark as other programs' readers.

use pulldown_cmark::{Event, Options, Parser, Tag};

use super::samples::{every_state, evidence, mark, project, stamp};
use super::*;
use crate::domain::annotation::{
    AnnotationValue as V, EvidenceValue as E, Level, Number, Resolution, Verdict,
};
use crate::domain::{Kind, Status};

type Row = std::collections::BTreeMap<String, String>;

pub(super) fn rows(text: &str) -> Vec<Row> {
    let mut reader = ::csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().expect("header").clone();
    let record = |record: Result<::csv::StringRecord, _>| {
        let record = record.expect("record");
        header.iter().zip(record.iter()).map(|(k, v)| (k.to_owned(), csv::unguarded(v).to_owned())).collect()
    };
    reader.records().map(record).collect()
}

/// The text of each block, as another program reads it, and the links.
pub(super) fn rendered(markdown: &str, options: Options) -> (Vec<String>, Vec<String>) {
    let (mut blocks, mut links) = (vec![String::new()], Vec::new());
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Text(text) => blocks.last_mut().expect("block").push_str(&text),
            Event::SoftBreak => blocks.last_mut().expect("block").push_str("<soft>"),
            Event::HardBreak => blocks.last_mut().expect("block").push('\n'),
            Event::Start(Tag::Link { dest_url, .. }) => links.push(dest_url.into_string()),
            Event::Start(Tag::Paragraph | Tag::Heading { .. } | Tag::Item) => blocks.push(String::new()),
            Event::Start(Tag::BlockQuote(_) | Tag::List(_)) | Event::End(_) => {}
            other => panic!("active markup: {other:?} in {markdown:?}"),
        }
    }
    (blocks, links)
}

/// An export as text, archives as the text of their parts.
pub(super) fn text(name: &str, project: &Project, include: Include) -> String {
    let bytes = bytes(find(name).expect("a format"), project, include);
    match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => unpacked(error.as_bytes()).into_iter().map(|(_, text)| text).collect(),
    }
}

/// The parts of an archive, by name.
pub(super) fn unpacked(bytes: &[u8]) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("an archive");
    let mut parts = Vec::new();
    for n in 0..archive.len() {
        let mut part = archive.by_index(n).expect("a part");
        let mut text = String::new();
        std::io::Read::read_to_string(&mut part, &mut text).expect("text");
        let name = part.name().expect("a name").into_owned();
        parts.push((name, text));
    }
    parts
}

pub(super) fn left_out(name: &str, project: &Project, include: Include) -> Vec<String> {
    leaves_out(project, find(name).expect("a format"), include)
}

pub(super) fn plain(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, '\u{2068}' | '\u{2069}')).collect()
}

#[test]
fn the_verified_list_holds_nothing_that_is_open() {
    let project = every_state();
    let verified: Vec<String> = listed(&project, Include::Verified).iter().map(|a| a.words()).collect();
    assert_eq!(verified, ["word3 ", "word8 here", "word14"]);
    let checked: Vec<String> = listed(&project, Include::Checked).iter().map(|a| a.words()).collect();
    let expected = [
        "word3 ",
        "word4 ",
        "word5 ",
        "word6 ",
        "word7 ",
        "word8 here",
        "word9 ",
        "word10",
        "word12",
        "word14",
    ];
    assert_eq!(checked, expected);
    for include in Include::ALL {
        for format in exports() {
            let list = text(format.name, &project, include);
            let shows_text = format.write.is_some_and(|export| export.shows_text);
            assert!(!list.contains("Deep Throat"), "{} {list}", format.name);
            assert!(shows_text || !list.contains("word13"), "{} {list}", format.name);
            assert!(list == text(format.name, &project, include));
            if include == Include::Verified && !shows_text {
                for open in [
                    "word0", "word1 ", "word2 ", "word4", "word5", "word9", "word10", "word11", "word15",
                    "word16",
                ] {
                    assert!(!list.contains(open), "{} {open}", format.name);
                }
            }
        }
    }
    let all = text("csv", &project, Include::All);
    let conflicted = rows(&all).into_iter().find(|row| row["exact_text"] == "word16").expect("conflict");
    assert_eq!(conflicted["open"], "unverifiable without a reason; two values, undecided");
    assert!(text("markdown", &project, Include::All).contains("two values, undecided"));
}

#[test]
fn what_is_left_out_is_told() {
    let project = every_state();
    let expected = [
        "left out: 1 confidential source",
        "left out: 1 source (the verified list holds claims and quotes)",
        "left out: 1 annotation with two values, undecided",
        "left out: 1 orphan (its words are no longer in the text)",
        "left out: 1 annotation to be checked again",
        "left out: 5 annotations still open",
        "left out: 4 annotations closed but not verified",
    ];
    assert_eq!(left_out("csv", &project, Include::Verified), expected);
    assert_eq!(left_out("csv", &project, Include::All), ["left out: 1 confidential source"]);
}

#[test]
fn a_confidential_source_is_never_named_and_its_words_are_warned_of() {
    let mut stamp = stamp();
    let mut p = project("Jane Roe said the dam leaks. “It leaks,” said an engineer.", &mut stamp);
    let secret = vec![V::Confidential(true), V::Name("Jane Roe".into()), V::Contact("+49 1".into())];
    let id = mark(&mut p, Kind::Source, "an engineer", secret, &mut stamp);
    let by_id = vec![V::Status(Status::Verified), V::Speaker(Some(Speaker::Source(id)))];
    mark(&mut p, Kind::Quote, "“It leaks,”", by_id, &mut stamp);
    let by_name = vec![V::Status(Status::Verified), V::Speaker(Some(Speaker::Name(" jane roe".into())))];
    mark(&mut p, Kind::Claim, "dam leaks", by_name, &mut stamp);
    let title = p.describe(vec![crate::domain::project::AboutValue::Title("The dam".into())], &mut stamp);
    p.apply(&title).expect("title");
    for format in exports() {
        let mut list = text(format.name, &p, Include::All).to_lowercase();
        for part in super::parts(format, &p, Include::All).iter().skip(1) {
            list.push_str(&String::from_utf8_lossy(&part.bytes).to_lowercase());
        }
        // Where the article stands, it names her once itself: hence the warning below.
        let own = usize::from(format.write.is_some_and(|export| export.shows_text));
        assert_eq!(list.matches("jane roe").count().min(1), own, "{}", format.name);
        let told = left_out(format.name, &p, Include::All);
        assert_eq!(told.iter().filter(|line| line.contains("“Jane Roe” is named")).count(), own, "{told:?}");
    }
    assert_eq!(left_out("csv", &p, Include::All), ["left out: 1 confidential source"]);
    mark(&mut p, Kind::Claim, "Jane Roe said", vec![V::Status(Status::Verified)], &mut stamp);
    let lines = left_out("csv", &p, Include::Verified);
    let warning = "warning: the confidential source “Jane Roe” is named in what is exported, in ¶ 1";
    assert!(lines.contains(&warning.to_owned()), "{lines:?}");
    let removal = p.remove(id, &mut stamp);
    p.apply(&removal).expect("removed");
    assert!(left_out("csv", &p, Include::Verified).contains(&warning.to_owned()));
    assert!(!text("csv", &p, Include::All).to_lowercase().contains("said,,\"jane"));
}

#[test]
fn csv_cells_are_what_was_entered() {
    let mut stamp = stamp();
    let words = "“=cmd|' /C calc'!A0”, he said;\nand \"more\"";
    let mut p = project(&format!("Title\n\n{words} end"), &mut stamp);
    let values = vec![
        V::Status(Status::NeedsCorrection),
        V::ProposedWording("@new, words".into()),
        V::Resolution(Resolution::Accepted),
        V::Fact("-5 %,\nnot more".into()),
        V::Speaker(Some(Speaker::Name("Doe, \"J\"".into()))),
        V::Note("＝1".into()),
        V::PrivateNote("SECRET".into()),
        V::Contact("SECRET".into()),
        V::Verdict(Some(Verdict { label: "Half true".into(), number: Some(Number(2.5)) })),
    ];
    let id = mark(&mut p, Kind::Quote, words, values, &mut stamp);
    let first = vec![
        E::Title("=A1".into()),
        E::Address("https://x.example/?a=1,2".into()),
        E::Level(Some(Level::Primary)),
    ];
    evidence(&mut p, id, first, &mut stamp);
    evidence(&mut p, id, vec![E::Title("second".into()), E::Rank(1)], &mut stamp);
    let text = text("csv", &p, Include::Verified);
    assert!(text.starts_with("id,order,paragraph,") && text.ends_with("\r\n") && !text.contains("SECRET"));
    let row = &rows(&text)[0];
    for (name, value) in [
        ("order", "1"),
        ("paragraph", "2"),
        ("kind", "quote"),
        ("status", "needs-correction"),
        ("exact_text", "@new, words"),
        ("corrected_from", words),
        ("fact", "-5 %,\nnot more"),
        ("resolution", "accepted"),
        ("speaker", "Doe, \"J\""),
        ("verdict", "Half true"),
        ("verdict_number", "2.5"),
        ("source_1_title", "=A1"),
        ("source_1_address", "https://x.example/?a=1,2"),
        ("source_1_level", "primary"),
        ("source_2_title", "second"),
        ("source_2_stance", "supports"),
        ("note", "＝1"),
        ("checked_by", "Ada Byron"),
        ("signed_off_by", ""),
        ("checked_at", "2026-09-21T14:13:20Z"),
        ("open", "accepted correction not in the text yet"),
    ] {
        assert_eq!(row[name], value, "{name}");
    }
    assert_eq!(row["id"], id.to_string());
}

#[test]
fn markdown_says_what_a_reader_needs() {
    let mut stamp = stamp();
    let mut p = project("Dam [leaks]\n\n“It leaks,\nbadly,” said Jane Doe. 1. It *is* old.", &mut stamp);
    let empty = text("markdown", &p, Include::Verified);
    assert_eq!(empty, "# Dam \\[leaks\\]\n\nNo verified claims or quotes.\n");
    let values = vec![
        V::Status(Status::Verified),
        V::Fact("1. The dam *leaks*".into()),
        V::Speaker(Some(Speaker::Name("Jane Doe".into()))),
        V::SaidWhen("2026-09-01".into()),
        V::Rationale("The log\nshows it".into()),
    ];
    let id = mark(&mut p, Kind::Quote, "“It leaks,\nbadly,”", values, &mut stamp);
    let first = vec![
        E::Title("Log of the [dam]".into()),
        E::Address("https://dam.example/log?a=1&copy=2".into()),
        E::Archived("javascript:alert(1)".into()),
        E::Location("p. 3".into()),
    ];
    evidence(&mut p, id, first, &mut stamp);
    mark(&mut p, Kind::Claim, "1. It *is* old.", vec![V::Status(Status::Verified)], &mut stamp);
    let text = text("markdown", &p, Include::Verified);
    let expected = "\
# Dam \\[leaks\\]

2 verified claims and quotes

## 1. 1\\. The dam \\*leaks\\*

> “It leaks,\\
> badly,”
>
> — Jane Doe, 2026-09-01

Quote · ¶ 2 · ✓ Verified

Why: The log shows it

Evidence:

- Supports: [Log of the \\[dam\\]](<https://dam.example/log?a=1\\&copy=2>), p. 3, javascript:alert(1)

## 2. 1\\. It \\*is\\* old.

Claim · ¶ 3 · ✓ Verified
";
    assert_eq!(text, expected);
    let (blocks, links) = rendered(&text, Options::empty());
    assert_eq!(links, ["https://dam.example/log?a=1&copy=2"]);
    assert!(
        blocks.contains(&"1. 1. The dam *leaks*".to_owned())
            && blocks.contains(&"“It leaks,\nbadly,”".to_owned())
    );
}

#[test]
fn only_plain_web_addresses_become_links() {
    let mut stamp = stamp();
    for address in [
        "javascript:alert(1)",
        "java\tscript:alert(1)",
        "file:///etc/passwd",
        "data:text/html,x",
        "https:\\\\x",
        "https://",
        "https://user@host/",
        "ftp://x",
        "https://x y",
        "//x",
        "https://x\u{202e}y",
        "vbscript://x",
        "https://x\n.y",
    ] {
        let mut p = project("One claim", &mut stamp);
        let id = mark(&mut p, Kind::Claim, "claim", vec![V::Status(Status::Verified)], &mut stamp);
        evidence(
            &mut p,
            id,
            vec![E::Title("t".into()), E::Address(address.into()), E::Archived(address.into())],
            &mut stamp,
        );
        let (_, links) = rendered(&text("markdown", &p, Include::Verified), Options::empty());
        assert!(links.is_empty(), "{address} {links:?}");
    }
}

#[test]
fn direction_controls_cannot_turn_what_follows() {
    assert_eq!(isolated("plain “words”"), "plain “words”");
    assert_eq!(isolated("שלום"), "\u{2068}שלום\u{2069}");
    assert_eq!(isolated("a\u{202e}b"), "\u{2068}a\u{202e}b\u{2069}");
    assert_eq!(isolated("\u{2069}\u{202e}b"), "\u{2068}\u{2068}\u{2069}\u{202e}b\u{2069}");
    assert_eq!(isolated("\u{2067}b"), "\u{2068}\u{2067}b\u{2069}\u{2069}");
}
