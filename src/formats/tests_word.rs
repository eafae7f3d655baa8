//! The papers for Word and the table for Excel, read back from their archives.
//!
//! May use: formats, domain, random projects, zip and quick-xml as other programs' readers.

use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::Event;

use super::ron::worlds;
use super::samples::{every_state, mark, project, stamp};
use super::tests::{left_out, text, unpacked};
use super::*;
use crate::domain::annotation::{AnnotationValue as V, Resolution};
use crate::domain::{Kind, Span, Status};

/// A paragraph of a document as it is with all changes rejected, and with all accepted.
#[derive(Default)]
struct Paragraph {
    style: String,
    before: String,
    after: String,
}

/// The paragraphs of a document, and how often each element stands in it.
fn read(xml: &str) -> (Vec<Paragraph>, std::collections::BTreeMap<String, usize>) {
    let mut reader = Reader::from_str(xml);
    let (mut paragraphs, mut counts) = (Vec::<Paragraph>::new(), std::collections::BTreeMap::new());
    let (mut inserted, mut deleted, mut is_text) = (false, false, false);
    loop {
        let event = reader.read_event().expect("well-formed");
        match &event {
            Event::Start(tag) | Event::Empty(tag) => {
                let name = String::from_utf8_lossy(tag.name().as_ref()).into_owned();
                let is_empty = matches!(event, Event::Empty(_));
                match name.as_str() {
                    "w:p" => paragraphs.push(Paragraph::default()),
                    "w:pStyle" => {
                        let value = tag.attributes().flatten().next().expect("a value");
                        let style = String::from_utf8_lossy(&value.value).into_owned();
                        paragraphs.last_mut().expect("a paragraph").style = style;
                    }
                    "w:ins" => inserted = true,
                    "w:del" => deleted = true,
                    "w:t" | "w:delText" => is_text = !is_empty,
                    "w:tab" => add(&mut paragraphs, "\t", inserted, deleted),
                    "w:br" => add(&mut paragraphs, "\n", inserted, deleted),
                    _ => {}
                }
                *counts.entry(name).or_default() += 1;
            }
            Event::End(tag) => match tag.name().as_ref() {
                b"w:ins" => inserted = false,
                b"w:del" => deleted = false,
                b"w:t" | b"w:delText" => is_text = false,
                _ => {}
            },
            Event::Text(words) if is_text => {
                let words = String::from_utf8_lossy(words).into_owned();
                add(&mut paragraphs, &words, inserted, deleted);
            }
            Event::GeneralRef(name) if is_text => {
                let sign = match &name[..] {
                    b"amp" => "&",
                    b"lt" => "<",
                    b"gt" => ">",
                    b"quot" => "\"",
                    other => panic!("{other:?}"),
                };
                add(&mut paragraphs, sign, inserted, deleted);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    (paragraphs, counts)
}

fn add(paragraphs: &mut [Paragraph], words: &str, inserted: bool, deleted: bool) {
    let Some(paragraph) = paragraphs.last_mut() else { return };
    if !inserted {
        paragraph.before.push_str(words);
    }
    if !deleted {
        paragraph.after.push_str(words);
    }
}

fn part(name: &str, p: &Project, include: Include, wanted: &str) -> String {
    let bytes = bytes(find(name).expect("a format"), p, include);
    let found = unpacked(&bytes).into_iter().find(|(part, _)| part == wanted);
    found.map(|(_, text)| text).unwrap_or_default()
}

/// A line as XML can hold it.
fn held(line: &str) -> String {
    let fits = |c: char| c == '\t' || (c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}'));
    line.chars().map(|c| if fits(c) { c } else { '\u{fffd}' }).collect()
}

fn lines(p: &Project) -> Vec<String> {
    p.article.text.lines().filter(|line| !line.trim().is_empty()).map(held).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn every_part_is_well_formed(p in worlds::project()) {
        for name in ["docx", "docx-checked", "xlsx"] {
            for (part, xml) in unpacked(&bytes(find(name).expect("a format"), &p, Include::All)) {
                let mut reader = Reader::from_str(&xml);
                loop {
                    match reader.read_event() {
                        Ok(Event::Eof) => break,
                        Ok(_) => {}
                        Err(error) => prop_assert!(false, "{name} {part}: {error}\n{xml}"),
                    }
                }
                prop_assert!(!xml.contains(|c: char| c < ' ' && !matches!(c, '\t' | '\n' | '\r')), "{part}");
            }
        }
    }

    #[test]
    fn the_checking_copy_has_the_article_and_a_comment_for_each_span(p in worlds::project()) {
        let (paragraphs, counts) = read(&part("docx", &p, Include::All, "word/document.xml"));
        let rows = listed(&p, Include::All);
        let spans: usize = rows.iter().map(|a| a.live_spans().count()).sum();
        for element in ["w:commentRangeStart", "w:commentRangeEnd", "w:commentReference"] {
            prop_assert_eq!(counts.get(element).copied().unwrap_or(0), spans, "{}", element);
        }
        let comments = part("docx", &p, Include::All, "word/comments.xml");
        prop_assert_eq!(comments.matches("<w:comment ").count(), spans);
        let shown: Vec<&String> =
            paragraphs.iter().filter(|p| p.style != "About").map(|p| &p.before).collect();
        for (shown, line) in shown.iter().zip(lines(&p)) {
            prop_assert_eq!(*shown, &line);
        }
        prop_assert!(shown.len() >= lines(&p).len());
    }

    #[test]
    fn the_checked_copy_rejected_is_the_article(p in worlds::project()) {
        let (paragraphs, _) = read(&part("docx-checked", &p, Include::All, "word/document.xml"));
        let before: Vec<String> = paragraphs[1..].iter().map(|p| p.before.clone()).collect();
        prop_assert_eq!(before, lines(&p));
    }

    #[test]
    fn the_checked_copy_accepted_has_the_proposals(
        starts in prop::collection::vec((0..40_usize, 1..12_usize, "[a-z ]{0,4}[a-z][a-z ,]{0,14}"), 1..6),
    ) {
        let mut stamp = stamp();
        let text = "the first line of it here\nand a second one with words\n\nthird";
        let mut p = project(text, &mut stamp);
        let mut expected: Vec<(usize, usize, String)> = Vec::new();
        for (start, length, wording) in starts {
            let span = Span::new(start, (start + length).min(text.len()));
            let words = &text[span.range()];
            let free = expected.iter().all(|(a, b, _)| span.range().end <= *a || *b <= span.range().start);
            if words.contains('\n') || words.trim() != words || words.is_empty() || !free {
                continue;
            }
            let (id, marked) = p.mark(Kind::Claim, &[span], &mut stamp);
            p.apply(&marked).expect("marked");
            let values = vec![V::Status(Status::NeedsCorrection), V::ProposedWording(wording.as_str().into())];
            let set = p.set(id, "set", values, &mut stamp);
            p.apply(&set).expect("set");
            expected.push((span.range().start, span.range().end, wording.trim().to_owned()));
        }
        expected.sort();
        let mut wanted = text.to_owned();
        for (start, end, wording) in expected.iter().rev() {
            wanted.replace_range(*start..*end, wording);
        }
        let (paragraphs, counts) = read(&part("docx-checked", &p, Include::All, "word/document.xml"));
        let after: Vec<&str> = paragraphs[1..].iter().map(|p| p.after.as_str()).collect();
        let wanted: Vec<&str> = wanted.split('\n').filter(|line| !line.trim().is_empty()).collect();
        prop_assert_eq!(after, wanted);
        let changed = expected.iter().any(|(a, b, wording)| text[*a..*b] != **wording);
        prop_assert_eq!(counts.contains_key("w:ins") || counts.contains_key("w:del"), changed);
    }
}

#[test]
fn a_change_names_its_author_and_touches_only_the_words_that_differ() {
    let mut stamp = stamp();
    let mut p = project("The tunnel costs 410 million crowns. 410 million.", &mut stamp);
    let wording = |words: &str| vec![V::Status(Status::NeedsCorrection), V::ProposedWording(words.into())];
    let id = mark(&mut p, Kind::Claim, "410 million", wording("401 million"), &mut stamp);
    let again = p.article.text.occurrences("410 million")[1];
    let extended = p.extend(id, again, &mut stamp);
    p.apply(&extended).expect("extended");
    let xml = part("docx-checked", &p, Include::All, "word/document.xml");
    let change = "<w:del w:id=\"0\" w:author=\"Ada Byron\" w:date=\"2026-09-21T14:13:20Z\"><w:r>\
                  <w:delText xml:space=\"preserve\">410</w:delText></w:r></w:del>\
                  <w:ins w:id=\"1\" w:author=\"Ada Byron\" w:date=\"2026-09-21T14:13:20Z\"><w:r>\
                  <w:t xml:space=\"preserve\">401</w:t></w:r></w:ins>";
    assert!(xml.contains(change), "{xml}");
    assert_eq!((xml.matches("<w:del ").count(), xml.matches("<w:ins ").count()), (2, 2));
    assert!(xml.contains("1 proposed correction,"), "{xml}");
    // Accepted or not, it is proposed; rejected, it is not.
    let rejected = p.set(id, "set", vec![V::Resolution(Resolution::Rejected)], &mut stamp);
    p.apply(&rejected).expect("set");
    assert!(!part("docx-checked", &p, Include::All, "word/document.xml").contains("<w:ins"));
    assert_eq!(
        left_out("docx-checked", &p, Include::All),
        [
            "left out: 1 rejected correction",
            "warning: no correction is proposed, so the copy is the article as it is"
        ]
    );
}

#[test]
fn a_comment_says_what_a_checker_did() {
    let p = every_state();
    let comments = part("docx", &p, Include::All, "word/comments.xml");
    for words in [
        "Claim · ✓ Verified",
        "Proposed: other words",
        "to be checked again: the text changed",
        "Corrected from: word8 here",
    ] {
        assert!(comments.contains(words), "{words}");
    }
    assert!(comments.contains("w:author=\"Ada Byron\" w:date=\"2026-09-21T14:13:20Z\" w:initials=\"AB\""));
    let document = part("docx", &p, Include::All, "word/document.xml");
    assert!(document.contains("No longer in the text") && document.contains(">word15<"));
}

#[test]
fn cells_are_text_whatever_they_begin_with() {
    let mut stamp = stamp();
    let mut p = project("Title\n\nwords stand here", &mut stamp);
    let evil = ["=1+1", "<r><t>x</t></r>", "{=SUM(A1)}", "_x0041_", "-5", "@x", "\u{1}", "https://x.example"];
    for (n, fact) in evil.iter().enumerate() {
        let (id, marked) = p.mark(Kind::Claim, &[Span::new(n, n + 3)], &mut stamp);
        p.apply(&marked).expect("marked");
        let set = p.set(id, "set", vec![V::Fact((*fact).into()), V::Category((*fact).into())], &mut stamp);
        p.apply(&set).expect("set");
    }
    let all = text("xlsx", &p, Include::All);
    let sheet = part("xlsx", &p, Include::All, "xl/worksheets/sheet1.xml");
    assert!(!sheet.contains("<f>") && !sheet.contains("hyperlink"), "{sheet}");
    assert!(sheet.contains("state=\"frozen\"") && sheet.contains("autoFilter"), "{sheet}");
    for words in [">=1+1<", ">{=SUM(A1)}<", "_x005F_x0041_", ">-5<", "_x0001_", ">https://x.example<"] {
        assert!(all.contains(words), "{words}");
    }
    assert!(!all.contains("<r><t>x</t></r>") && all.contains("r&gt;&lt;t&gt;x&lt;/t&gt;&lt;/r&gt;"));
}

#[test]
fn what_is_longer_than_a_cell_is_cut_and_told() {
    let mut stamp = stamp();
    let mut p = project("A claim", &mut stamp);
    let long = "word ".repeat(7000);
    mark(&mut p, Kind::Claim, "claim", vec![V::Note(long.as_str().into())], &mut stamp);
    let told = left_out("xlsx", &p, Include::All);
    assert_eq!(told, ["left out: the end of 1 cell, longer than Excel's 32,767 characters"]);
    assert!(text("xlsx", &p, Include::All).contains(" … (cut)"));
}
