//! Articles of every format: any bytes are refused in words, or become a project that can be kept.

use std::io::{Cursor, Write};

use proofmark::formats::incoming::{ReadOptions, encoding};
use proofmark::formats::{find, ron};

use super::chance::Chance;
use super::{fuzz, law, mutate, seeds};

const PAGE: &[u8] = include_bytes!("../pages/10-long-read.html");
const TABLES: &[u8] = include_bytes!("../pages/04-tables.html");
const SAVED: &[u8] = include_bytes!("../pages/12-single-file.html");
const MARKDOWN: &[u8] = "---\ntitle: T\n---\n# Head\n\nThe mill cost *40*,[^1] and it\nopened.[^b] [l](http://a.example)\n\n- one\n  - two\n\n> q\n\n| a | b |\n|---|---|\n| 1 | é |\n\n```\ncode\n```\n<div>x</div>\n\n[^1]: Budget, https://a.example/b\n[^b]: Two\n    lines\n".as_bytes();
const DOCUMENT: &str = "<w:document xmlns:w=\"w\"><w:body><w:p><w:pPr><w:pStyle w:val=\"Title\"/></w:pPr><w:r><w:t>De\u{301}ja\u{300} 👩🏽‍⚕️</w:t></w:r></w:p>\
    <w:p><w:r><w:t>The </w:t></w:r><w:commentRangeStart w:id=\"0\"/><w:r><w:t>mill</w:t></w:r><w:commentRangeEnd w:id=\"0\"/><w:r><w:commentReference w:id=\"0\"/></w:r>\
    <w:ins><w:r><w:t xml:space=\"preserve\"> cost &amp; 40.</w:t></w:r></w:ins><w:del><w:r><w:delText>x</w:delText></w:r></w:del><w:r><w:footnoteReference w:id=\"1\"/></w:r></w:p>\
    <w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc></w:tr></w:tbl>\
    <w:p><w:r><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent></w:r></w:p></w:body></w:document>";
const NOTES: &str = "<w:footnotes xmlns:w=\"w\"><w:footnote w:id=\"1\"><w:p><w:r><w:t>Budget, https://a.example/b</w:t></w:r></w:p></w:footnote></w:footnotes>";
const COMMENTS: &str = "<w:comments xmlns:w=\"w\"><w:comment w:id=\"0\" w:author=\"T\"><w:p><w:r><w:t>Which?</w:t></w:r></w:p></w:comment></w:comments>";

/// An archive of these parts.
fn archive(document: &[u8], notes: &[u8]) -> Vec<u8> {
    let kind = "http://x/relationships";
    let rels = format!(
        "<Relationships><Relationship Id=\"a\" Type=\"{kind}/footnotes\" Target=\"footnotes.xml\"/><Relationship Id=\"b\" Type=\"{kind}/comments\" Target=\"comments.xml\"/></Relationships>"
    );
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in [
        ("word/document.xml", document),
        ("word/_rels/document.xml.rels", rels.as_bytes()),
        ("word/footnotes.xml", notes),
        ("word/comments.xml", COMMENTS.as_bytes()),
    ] {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).expect("entry");
        writer.write_all(content).expect("written");
    }
    writer.finish().expect("finished").into_inner()
}

/// Reads as a format, makes a project, and reads that back.
fn check(format: &str, bytes: &[u8], options: ReadOptions) -> Result<(), String> {
    let read = find(format).and_then(|format| format.read).ok_or("no reader")?;
    let taken = match read(bytes, options) {
        Ok(taken) => taken,
        Err(refusal) => {
            let said = !refusal.what.is_empty() && !refusal.advice.is_empty();
            return law(said, || "refused without a word".into());
        }
    };
    let text = taken.text.as_str();
    law(!text.trim().is_empty() && !text.contains('\r'), || format!("{text:?} is no text"))?;
    for mark in &taken.marks {
        law(taken.text.admits(mark.span), || format!("{:?} is not admitted", mark.span))?;
    }
    law(taken.invalid.is_none() || options.replace, || "replaced unasked".into())?;
    let mut stamp = seeds::stamp();
    let project = taken.project("a", &mut stamp);
    let held: usize = project.annotations.values().map(|a| a.placed().count()).sum();
    law(held <= taken.marks.len(), || "more marks than notes".into())?;
    law(taken.marks.is_empty() == project.annotations.is_empty(), || "notes were dropped".into())?;
    let written = ron::write(&project);
    let back = ron::read(written.as_bytes(), &mut stamp).map_err(|e| format!("not read back: {e}"))?;
    law(back.project == project && back.warnings.is_empty(), || format!("read back with {:?}", back.warnings))
}

fn mutated(all: &[&[u8]], chance: &mut Chance) -> Vec<u8> {
    let seed = all[chance.below(all.len())];
    let others: Vec<Vec<u8>> = all.iter().map(|seed| seed[..seed.len().min(600)].to_vec()).collect();
    mutate::mutated(seed, &others, chance)
}

#[test]
fn web_pages() {
    let make = |chance: &mut Chance| mutated(&[PAGE, TABLES, SAVED], chance);
    fuzz("web_pages", 150, make, |bytes| check("html", bytes, ReadOptions::default()));
}

#[test]
fn markdown_files() {
    let make = |chance: &mut Chance| mutated(&[MARKDOWN], chance);
    fuzz("markdown_files", 500, make, |bytes| check("markdown", bytes, ReadOptions::default()));
}

#[test]
fn word_documents() {
    // Half of them have damaged parts in a sound archive, half are damaged archives.
    let make = |chance: &mut Chance| match chance.below(4) {
        0 => archive(&mutated(&[DOCUMENT.as_bytes()], chance), NOTES.as_bytes()),
        1 => archive(DOCUMENT.as_bytes(), &mutated(&[NOTES.as_bytes(), COMMENTS.as_bytes()], chance)),
        _ => mutated(&[&archive(DOCUMENT.as_bytes(), NOTES.as_bytes())], chance),
    };
    fuzz("word_documents", 400, make, |bytes| check("docx", bytes, ReadOptions::default()));
}

#[test]
fn texts_in_any_encoding() {
    let make = |chance: &mut Chance| {
        let mut bytes = vec![chance.below(encoding::CHARSETS.len() + 1) as u8];
        let wide: Vec<u8> = "Größe, 東京\nשלום".encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.extend(mutated(
            &[b"\xff\xfea\0 \0b\0", "Cafe\u{301} 東京\r\n".as_bytes(), b"caf\xe9 \x93a\x94", &wide],
            chance,
        ));
        bytes
    };
    fuzz("texts_in_any_encoding", 1500, make, |bytes| {
        let Some((first, rest)) = bytes.split_first() else { return Ok(()) };
        let encoding = encoding::CHARSETS.get(usize::from(*first)).map(|charset| charset.name);
        check("text", rest, ReadOptions { encoding, replace: first % 2 == 0 })
    });
}
