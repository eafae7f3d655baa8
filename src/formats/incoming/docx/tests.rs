//! Tests of Word documents. May use: `formats::incoming::docx`, its samples, domain.
//!
//! Invariant: all documents are made here, and all words invented.

use super::samples::{archive, document, paragraph};
use super::*;
use crate::domain::{Kind, Stamp, Status};

fn read_it(bytes: &[u8]) -> Imported {
    read(bytes, ReadOptions::default()).expect("a document")
}

fn refused(bytes: &[u8]) -> String {
    let error = read(bytes, ReadOptions::default()).expect_err("refused");
    assert!(!error.advice.is_empty());
    error.what
}

const BODY: &str = r#"<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>The mill</w:t></w:r><w:r><w:t xml:space="preserve"> by the river</w:t></w:r></w:p>
<w:p><w:r><w:t>The mill cost </w:t></w:r><w:commentRangeStart w:id="0"/><w:r><w:t>40 million</w:t></w:r><w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r><w:r><w:t>,</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t xml:space="preserve"> and it opened in 1990.</w:t></w:r><w:r><w:footnoteReference w:id="3"/></w:r><w:r><w:t xml:space="preserve"> It has </w:t></w:r><w:hyperlink r:id="rId9"><w:r><w:t>four wheels</w:t></w:r></w:hyperlink><w:r><w:t>.</w:t></w:r></w:p>
<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>first</w:t></w:r></w:p>
<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>second</w:t></w:r></w:p>
<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr></w:pPr><w:r><w:t>a point</w:t></w:r></w:p>
<w:tbl><w:tblPr/><w:tr><w:tc><w:p><w:r><w:t>Year</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Cost</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:p><w:r><w:t>1990</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>40</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
<w:p><w:ins w:author="T"><w:r><w:t>Added. </w:t></w:r></w:ins><w:del w:author="T"><w:r><w:delText>Gone. </w:delText></w:r><w:r><w:footnoteReference w:id="9"/></w:r></w:del><w:r><w:rPr><w:vanish/></w:rPr><w:t>Hidden. </w:t></w:r><w:r><w:t>Line</w:t><w:br/><w:t>break &amp; tab</w:t><w:tab/><w:t>end.</w:t><w:br w:type="page"/></w:r></w:p>
<w:p><w:pPr><w:rPr><w:del w:author="T"/></w:rPr></w:pPr><w:r><w:t>Joined</w:t></w:r></w:p><w:p><w:r><w:t xml:space="preserve"> words.</w:t></w:r></w:p>
<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>A box.</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent><w:p><w:r><w:t>A box.</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>Around it.</w:t></w:r></w:p>"#;
const FOOTNOTES: &str = r#"<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:hyperlink r:id="rId1"><w:r><w:t>City budget</w:t></w:r></w:hyperlink><w:r><w:t>, p. 4</w:t></w:r></w:p></w:footnote><w:footnote w:id="3"><w:p><w:r><w:t>Interview with the miller, 3 March, https://notes.example/7.</w:t></w:r></w:p></w:footnote><w:footnote w:id="9"><w:p><w:r><w:t>Of deleted words</w:t></w:r></w:p></w:footnote>"#;
const COMMENTS: &str =
    r#"<w:comment w:id="0" w:author="Tom Ode"><w:p><w:r><w:t>In which prices?</w:t></w:r></w:p></w:comment>"#;

#[test]
fn the_text_is_what_word_shows_and_what_was_decided_is_told() {
    let taken = read_it(&document(BODY, FOOTNOTES, COMMENTS));
    assert_eq!(
        taken.text.as_str(),
        "The mill by the river\n\nThe mill cost 40 million, and it opened in 1990. It has four wheels.\n\n\
         1. first\n2. second\n• a point\n\nYear\tCost\n1990\t40\n\nAdded. Line\nbreak & tab\tend.\n\n\
         Joined words.\n\nAround it.\n\nA box.\n"
    );
    assert_eq!(
        (taken.details.title.as_str(), taken.details.byline.as_str()),
        ("The mill by the river", "Ada Keller")
    );
    let told = taken.remarks.join("; ");
    for words in [
        "1 tracked insertion is in",
        "1 tracked deletion is left out",
        "1 stretch of hidden text",
        "1 link is",
        "1 note belongs to no words",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
}

#[test]
fn footnotes_and_comments_stand_on_their_words() {
    let taken = read_it(&document(BODY, FOOTNOTES, COMMENTS));
    let marks: Vec<_> = taken.marks.iter().map(|m| (taken.text.slice(m.span), m.id.as_str())).collect();
    assert_eq!(
        marks,
        [
            ("The mill cost 40 million,", "footnote 1"),
            ("40 million", "comment 1"),
            ("and it opened in 1990.", "footnote 2"),
        ]
    );
    assert_eq!(taken.found(), "2 footnotes, 1 comment");
    let mut stamp = Stamp::new(jiff::Timestamp::from_second(1_790_000_000).expect("time"), "Ada Keller", 7);
    let project = taken.project("draft.docx", &mut stamp);
    let all = project.in_order();
    assert!(all.iter().all(|a| a.kind == Kind::Claim && a.status == Status::Unchecked));
    let evidence = &all[0].evidence[0];
    assert_eq!(
        (evidence.title.as_str(), evidence.address.as_str()),
        ("City budget, p. 4", "https://city.example/budget.pdf")
    );
    assert_eq!((all[1].note.as_str(), all[1].evidence.len()), ("Tom Ode: In which prices?", 0));
    assert_eq!(
        all[2].evidence[0].title,
        "Interview with the miller, 3 March, .".trim_end_matches([' ', '.']).trim_end_matches(',')
    );
    assert_eq!(all[2].evidence[0].address, "https://notes.example/7");
}

#[test]
fn broken_and_foreign_archives_are_refused_in_words() {
    let whole = document(BODY, FOOTNOTES, COMMENTS);
    assert!(refused(&whole[..whole.len() - 100]).contains("cut off or damaged"));
    assert!(refused(&whole[..200]).contains("cut off or damaged"));
    assert!(refused(&archive(&[("a.txt", "x")])).contains("no word/document.xml"));
    assert!(refused(&archive(&[("xl/workbook.xml", "<x/>")])).contains("Excel"));
    assert!(refused(&archive(&[("ppt/presentation.xml", "<x/>")])).contains("PowerPoint"));
    assert!(refused(&document("", "", "")).contains("no words"));
    assert!(refused(b"Words").contains("no Word document"));
    assert!(refused(&archive(&[("word/document.xml", "<w:document><w:body><w:p>")])).contains("cut off"));
    assert!(refused(&archive(&[("word/document.xml", "<a></b>")])).contains("damaged"));
    let mut garbled = whole.clone();
    let middle = garbled.len() / 2;
    for byte in &mut garbled[middle..middle + 40] {
        *byte ^= 0x5a;
    }
    // Whatever it hits: words or a refusal, never a panic.
    let _ = read(&garbled, ReadOptions::default());
}

#[test]
fn entities_names_and_depth_do_no_harm() {
    let laughs = "<!DOCTYPE d [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]><w:document><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:document>";
    assert!(refused(&archive(&[("word/document.xml", laughs)])).contains("document type"));
    let body = format!("{}{}{}", "<w:sdt>".repeat(100_000), paragraph("x"), "</w:sdt>".repeat(100_000));
    assert!(refused(&document(&body, "", "")).contains("nested"));
    // Names that lead out of the archive are names only; an archive in it is not opened.
    let inner = String::from_utf8_lossy(&archive(&[("word/document.xml", "<x/>")])).into_owned();
    let text =
        format!("<w:document xmlns:w=\"w\"><w:body>{}</w:body></w:document>", paragraph("Words &own; &#65;"));
    let odd = archive(&[("../../evil.txt", "x"), ("inner.zip", &inner), ("word/document.xml", &text)]);
    assert_eq!(read_it(&odd).text.as_str(), "Words &own; A\n");
}

/// Changes every header of an archive at `local` and `central` bytes behind its signature.
fn patched(mut bytes: Vec<u8>, local: usize, central: usize, value: &[u8]) -> Vec<u8> {
    let heads: Vec<(usize, usize)> = (0..bytes.len() - 4)
        .filter_map(|at| match &bytes[at..at + 4] {
            b"PK\x03\x04" => Some((at, local)),
            b"PK\x01\x02" => Some((at, central)),
            _ => None,
        })
        .collect();
    for (at, offset) in heads {
        bytes[at + offset..at + offset + value.len()].copy_from_slice(value);
    }
    bytes
}

#[test]
fn bombs_end_at_the_limit_of_what_is_really_read() {
    // I13. A gigabyte of spaces in a megabyte.
    use std::io::Write;
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    writer.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).expect("entry");
    writer.write_all(b"<w:document><w:t>").expect("written");
    let block = vec![b' '; 1 << 20];
    for _ in 0..80 {
        writer.write_all(&block).expect("written");
    }
    let bomb = writer.finish().expect("finished").into_inner();
    assert!(bomb.len() < 1 << 20);
    assert!(refused(&bomb).contains("larger than 48 MB"));
    // A size that is only declared costs nothing.
    let whole = document(&paragraph("Words."), "", "");
    let liar = patched(whole.clone(), 22, 24, &0xffff_fffe_u32.to_le_bytes());
    match read(&liar, ReadOptions::default()) {
        Ok(taken) => assert_eq!(taken.text.as_str(), "Words.\n"),
        Err(error) => assert!(error.what.contains("damaged"), "{error:?}"),
    }
    // Encrypted entries.
    assert!(refused(&patched(whole.clone(), 6, 8, &1_u16.to_le_bytes())).contains("password"));
    // An unknown way to pack.
    assert!(!refused(&patched(whole, 8, 10, &77_u16.to_le_bytes())).is_empty());
    // Very many entries.
    let many: Vec<(String, &str)> = (0..10_001).map(|n| (format!("n{n}"), "")).collect();
    let many: Vec<(&str, &str)> = many.iter().map(|(name, content)| (name.as_str(), *content)).collect();
    assert!(refused(&archive(&many)).contains("10,000 entries"));
}
