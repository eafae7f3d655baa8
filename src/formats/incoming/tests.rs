//! Tests of what is read, and of what becomes of it. May use: `formats::incoming`, domain.
//!
//! Invariant: all texts are invented here.

use std::collections::BTreeSet;

use super::*;
use crate::domain::{Kind, Stamp, Status};
use crate::formats::{find, ron};

fn read_as(format: &str, text: &str) -> Imported {
    (find(format).and_then(|format| format.read).expect("a reader"))(text.as_bytes(), ReadOptions::default())
        .expect("read")
}

fn stamp() -> Stamp {
    Stamp::new(jiff::Timestamp::from_second(1_790_000_000).expect("time"), "Ada Keller", 7)
}

#[test]
fn files_are_known_by_their_bytes_and_their_names() {
    for (bytes, extension, format) in [
        (&b"Words"[..], "txt", "text"),
        (b"# Words", "md", "markdown"),
        (b"# Words", "txt", "text"),
        (b"<!DOCTYPE html><p>Words", "txt", "html"),
        (b"\xef\xbb\xbf\n<html>", "", "html"),
        (b"<!-- saved from url=(0020)http://a.example/x -->\n<html>", "", "html"),
        (b"<p>Words", "HTM", "html"),
        (b"<3 words", "txt", "text"),
        (b"PK\x03\x04 ...", "txt", "docx"),
    ] {
        assert_eq!(sniff::format_of(bytes, extension), Ok(format), "{extension}");
    }
}

#[test]
fn other_sorts_of_files_are_refused_with_advice() {
    for (bytes, words, advice) in [
        (&b"%PDF-1.7\n"[..], "(PDF)", "ask for the DOCX"),
        (b"\x89PNG\r\n\x1a\n", "(PNG)", "picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "password", "save it as DOCX"),
        (b"{\\rtf1 words}", "(RTF)", "DOCX"),
        (b"PK\x03\x04..............mimetypeapplication/vnd.oasis.opendocument.text", "ODT", "DOCX"),
        (b"PK\x03\x04..............mimetypeapplication/epub+zip", "EPUB", "clipboard"),
        (b"\x7fELF\x02", "ELF", ""),
        (
            b"Received: from a.example\r\nMIME-Version: 1.0\r\nSubject: Text\r\n\r\nHello",
            "e-mail",
            "mail program",
        ),
        (b"abc\0def", "NUL", "clipboard"),
        (b"a\x01\x02\x03", "control", "clipboard"),
    ] {
        let error = read(bytes, None, "txt", ReadOptions::default()).expect_err("refused");
        assert!(error.what.contains(words) && error.advice.contains(advice), "{error:?}");
    }
    for extension in ["eml", "EML", "msg", "mbox"] {
        let error = read(b"Hello", None, extension, ReadOptions::default()).expect_err("refused");
        assert!(error.what.contains("e-mail") && error.advice.contains("clipboard"), "{error:?}");
    }
    // An article may begin with a line like that.
    let article = b"Received: wisdom, and how to lose it\n\nThe council said no.";
    assert!(read(article, None, "txt", ReadOptions::default()).is_ok());
    for (bytes, words) in
        [(&b""[..], "empty"), (b"\xef\xbb\xbf", "empty"), (b" \n\xe2\x80\x8b\r\n", "white space")]
    {
        let error = read(bytes, None, "", ReadOptions::default()).expect_err("refused");
        assert!(error.what.contains(words), "{error:?}");
    }
    assert_eq!(read(b"x", None, "", ReadOptions::default()).expect("one character").text.as_str(), "x");
}

#[test]
fn what_fits_no_character_is_replaced_only_where_it_was_agreed_to() {
    let bytes = ["Größe, Maß, Übung, Öl und Äther.\nJa".as_bytes(), b"\xff!"].concat();
    let error = read(&bytes, None, "txt", ReadOptions::default()).expect_err("refused");
    assert!(error.what.contains("0xff") && error.what.contains("line 2"), "{error:?}");
    let options = ReadOptions { replace: true, ..ReadOptions::default() };
    let taken = read(&bytes, None, "txt", options).expect("taken");
    assert!(taken.text.as_str().ends_with("Ja\u{fffd}!") && taken.invalid.is_some() && !taken.is_plain());
    let other = ReadOptions { encoding: Some("windows-1252"), ..ReadOptions::default() };
    assert!(read(&bytes, None, "txt", other).expect("taken").text.as_str().contains("Jaÿ!"));
}

#[test]
fn letters_decoded_twice_are_told_and_left() {
    let taken = read_as("text", "Le cafÃ© est fermÃ©.\r\n");
    assert_eq!(taken.text.as_str(), "Le cafÃ© est fermÃ©.\n");
    assert!(taken.remarks[0].contains("“Ã©” (2 times)"), "{:?}", taken.remarks);
    assert_eq!(taken.sha256, crate::formats::text::hash("Le cafÃ© est fermÃ©.\r\n".as_bytes()));
}

const MARKDOWN: &str = r"---
title: The mill
author: Ada Keller
date: 2026-03-04
url: https://paper.example/mill
---

# The mill by the river

The mill cost *40 million*,[^1] and it opened in **1990**.[^two]
It has [four wheels](https://wheels.example/four).

- one
- two with `code`
    1. nested

> A quoted
> line

| a | b |
|---|---|
| 1 | 2 |

    code  block

![a picture](x.png)
<div><p>Words in HTML &amp; more</p><script>alert(1)</script></div>

[^1]: City budget, p. 4, https://city.example/budget.pdf
[^two]: The [register](https://register.example/7)
[^three]: Nowhere
";

#[test]
fn markdown_is_the_text_that_readers_see() {
    let taken = read_as("markdown", MARKDOWN);
    assert_eq!(
        taken.text.as_str(),
        "The mill by the river\n\nThe mill cost 40 million, and it opened in 1990. It has four wheels.\n\n\
         • one\n• two with code\n1. nested\n\nA quoted line\n\na\tb\n1\t2\n\ncode  block\n\n\
         Words in HTML & more\n"
    );
    let details = &taken.details;
    assert_eq!((details.title.as_str(), details.byline.as_str()), ("The mill", "Ada Keller"));
    assert_eq!(
        (details.date.as_str(), details.address.as_str()),
        ("2026-03-04", "https://paper.example/mill")
    );
    let marks: Vec<_> =
        taken.marks.iter().map(|m| (taken.text.slice(m.span), m.id.as_str(), m.addresses.len())).collect();
    assert_eq!(
        marks,
        [("The mill cost 40 million,", "footnote 1", 1), ("and it opened in 1990.", "footnote two", 1)]
    );
    let told = taken.remarks.join("; ");
    for words in ["1 footnote has no words", "1 link is", "1 picture was"] {
        assert!(told.contains(words), "{told}");
    }
}

#[test]
fn notes_become_unchecked_claims_with_proposed_evidence() {
    let taken = read_as("markdown", MARKDOWN);
    assert_eq!(taken.found(), "2 footnotes");
    let project = taken.project("mill.md", &mut stamp());
    assert_eq!(project.about.title, "The mill");
    assert_eq!((project.article.file.as_str(), project.article.encoding.as_str()), ("mill.md", "UTF-8"));
    let all = project.in_order();
    assert!(all.iter().all(|a| a.kind == Kind::Claim && a.status == Status::Unchecked));
    let first = all[0];
    assert_eq!(first.words(), "The mill cost 40 million,");
    assert_eq!(first.evidence[0].title, "City budget, p. 4");
    assert_eq!(first.evidence[0].address, "https://city.example/budget.pdf");
    assert_eq!(
        first.origin.as_ref().map(|o| (o.format.as_str(), o.id.as_str())),
        Some(("markdown", "footnote 1"))
    );
    assert_eq!((all[1].evidence[0].title.as_str(), all[1].evidence.len()), ("The register", 1));
    let back = ron::read(ron::write(&project).as_bytes(), &mut stamp()).expect("read back");
    assert!(back.project == project && back.warnings.is_empty(), "{:?}", back.warnings);
}

#[test]
fn lines_can_be_taken_out_before_anything_is_marked() {
    let mut taken =
        read_as("text", "Menu\n\nTitle\n\nShare this\n\nThe mill cost 40 million. It opened.\n\nCookies\n");
    let span = taken.text.occurrences("40 million")[0];
    let mark = |span| Mark {
        span,
        id: "comment 1".into(),
        is_source: false,
        by: "Tom".into(),
        text: "Which year?".into(),
        addresses: Vec::new(),
    };
    taken.marks = vec![mark(taken.text.occurrences("Share")[0]), mark(span)];
    let less = taken.without(&BTreeSet::from([0, 4, 8]));
    assert_eq!(less.text.as_str(), "Title\n\nThe mill cost 40 million. It opened.\n\n");
    assert_eq!(less.text.slice(less.marks[0].span), "40 million");
    assert!(less.marks.len() == 1 && less.remarks.iter().any(|r| r.contains("1 note went")));
    assert_eq!(taken.without(&BTreeSet::new()), taken);
    let project = less.project("a.txt", &mut stamp());
    assert_eq!(project.in_order()[0].note.as_str(), "Tom: Which year?");
}

proptest::proptest! {
    #[test]
    fn taking_lines_out_keeps_notes_on_their_words(
        words in proptest::collection::vec("[a-zé]{0,3}", 1..12), gone in proptest::collection::btree_set(0..14_usize, 0..6)
    ) {
        let mut taken = read_as("text", &format!("{}\nx", words.join("\n")));
        let spans: Vec<Span> = (0..taken.text.line_count()).map(|n| taken.text.line(n)).collect();
        taken.marks = spans.iter().filter(|span| taken.text.admits(**span)).map(|span| Mark {
            span: *span, id: "comment 1".into(), is_source: false, by: String::new(), text: "t".into(), addresses: vec![],
        }).collect();
        let before: Vec<&str> = (0..taken.text.line_count()).filter(|n| !gone.contains(n))
            .map(|n| taken.text.slice(spans[n])).filter(|w| !w.is_empty()).collect();
        let less = taken.without(&gone);
        let after: Vec<&str> = less.marks.iter().map(|m| less.text.slice(m.span)).collect();
        proptest::prop_assert_eq!(before, after);
    }
}
