//! Articles in every format and encoding, without a window.

use std::io::{Cursor, Write};

use super::Desk;

/// A Word document of one paragraph with a footnote and a comment.
fn draft() -> Vec<u8> {
    let relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let rels = |all: &[(&str, &str)]| {
        let one = |(n, (kind, target)): (usize, &(&str, &str))| {
            format!("<Relationship Id=\"r{n}\" Type=\"{relation}/{kind}\" Target=\"{target}\"/>")
        };
        format!("<Relationships>{}</Relationships>", all.iter().enumerate().map(one).collect::<String>())
    };
    let document = "<w:document xmlns:w=\"w\"><w:body><w:p><w:r><w:t>The </w:t></w:r><w:commentRangeStart w:id=\"0\"/><w:r><w:t>mill</w:t></w:r>\
        <w:commentRangeEnd w:id=\"0\"/><w:r><w:commentReference w:id=\"0\"/></w:r><w:r><w:t xml:space=\"preserve\"> cost 40 million.</w:t></w:r>\
        <w:r><w:footnoteReference w:id=\"1\"/></w:r></w:p></w:body></w:document>";
    let footnotes = "<w:footnotes xmlns:w=\"w\"><w:footnote w:id=\"1\"><w:p><w:r><w:t>Budget, https://city.example/b</w:t></w:r></w:p></w:footnote></w:footnotes>";
    let comments = "<w:comments xmlns:w=\"w\"><w:comment w:id=\"0\" w:author=\"Tom\"><w:p><w:r><w:t>Which one?</w:t></w:r></w:p></w:comment></w:comments>";
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in [
        ("_rels/.rels", rels(&[("officeDocument", "word/document.xml")])),
        ("word/document.xml", document.to_owned()),
        (
            "word/_rels/document.xml.rels",
            rels(&[("footnotes", "footnotes.xml"), ("comments", "comments.xml")]),
        ),
        ("word/footnotes.xml", footnotes.to_owned()),
        ("word/comments.xml", comments.to_owned()),
    ] {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).expect("entry");
        writer.write_all(content.as_bytes()).expect("written");
    }
    writer.finish().expect("finished").into_inner()
}

#[test]
fn a_word_draft_comes_with_its_footnotes_and_comments() {
    let desk = Desk::new();
    desk.write("a.docx", draft());
    let ran = desk.run(&["import", "a.docx"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, "a.ron\n"), "{ran:?}");
    assert!(ran.err.contains("1 footnote, 1 comment of the author's"), "{ran:?}");
    assert_eq!(desk.spans(), [(0, 25, "The mill cost 40 million.".into()), (4, 8, "mill".into())]);
    let file = desk.read("a.ron");
    for words in ["https://city.example/b", "Tom: Which one?", "\"footnote 1\"", "\"comment 1\"", "a.docx"] {
        assert!(file.contains(words), "{words}: {file}");
    }
    assert!(
        desk.refused(&["import", "a.docx", "--encoding", "utf-8", "--force"])
            .contains("leave --encoding out")
    );
    let open = desk.run(&["check", "a.ron"]);
    assert_eq!(open.code, 1, "what an author says is not checked: {open:?}");
}

#[test]
fn the_format_is_what_content_and_name_say_or_what_is_asked_for() {
    let desk = Desk::new();
    let page = "<html><body><h1>Title</h1><p>Some <b>words</b>.</p></body></html>";
    desk.write("a.html", page);
    desk.write("b.txt", page);
    desk.write("a.md", "# Title\n\nSome *words*.\n");
    for (args, text) in [
        (&["import", "a.html", "-o", "1.ron"][..], "Some words."),
        (&["import", "b.txt", "-o", "1.ron", "--force"], "Some words."),
        (&["import", "b.txt", "-o", "1.ron", "--force", "--from", "text"], "<p>Some <b>words</b>.</p>"),
        (&["import", "a.md", "-o", "1.ron", "--force"], "Some words."),
        (&["import", "a.md", "-o", "1.ron", "--force", "--from", "text"], "Some *words*."),
    ] {
        assert_eq!(desk.run(args).code, 0, "{args:?}");
        assert!(desk.read("1.ron").contains(text), "{args:?}: {}", desk.read("1.ron"));
    }
    assert!(desk.refused(&["import", "a.md", "--from", "docx", "-o", "2.ron"]).contains("no Word document"));
    assert!(desk.refused(&["import", "a.md", "--from", "pdf"]).contains("docx"), "the formats are named");
    assert!(!desk.at("2.ron").exists());
}

#[test]
fn encodings_are_recognised_told_and_can_be_named() {
    let desk = Desk::new();
    desk.write("a.txt", b"Le caf\xe9 de l'\xe9cole");
    let ran = desk.run(&["import", "a.txt"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.err.contains("taken for windows-125") && ran.err.contains("uncertain"), "{ran:?}");
    let ran = desk.run(&["import", "a.txt", "--force", "--encoding", "latin1"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ran:?}");
    assert!(desk.read("a.ron").contains("Le café de l'école"));
    assert!(desk.read("a.ron").contains("encoding: \"windows-1252\""));
    assert!(desk.refused(&["import", "a.txt", "--encoding", "klingon"]).contains("no encoding klingon"));
    let wide: Vec<u8> = "Größe\r\nzählt".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for bytes in [wide.clone(), [b"\xff\xfe", &wide[..]].concat()] {
        desk.write("b.txt", bytes);
        assert_eq!(desk.run(&["import", "b.txt", "--force"]).code, 0);
        assert_eq!(desk.ok(&["mark", "b.ron", "claim", "Größe\nzählt"]).trim().len(), 16);
    }
    desk.write("c.txt", ["Größe, Maß, Übung, Öl, Äther: ".as_bytes(), b"\xff."].concat());
    let line = desk.refused(&["import", "c.txt"]);
    assert!(line.contains("0xff at position 36 (line 1)") && line.contains("--replace-invalid"), "{line}");
    let ran = desk.run(&["import", "c.txt", "--replace-invalid"]);
    assert!(ran.code == 0 && ran.err.contains("replaced by �"), "{ran:?}");
}

#[test]
fn letters_decoded_twice_are_told() {
    let desk = Desk::new();
    desk.write("a.txt", "Le cafÃ© est fermÃ©.");
    let ran = desk.run(&["import", "a.txt"]);
    assert!(ran.code == 0 && ran.err.contains("“Ã©” (2 times)"), "{ran:?}");
    assert!(desk.read("a.ron").contains("cafÃ©"), "and left as they are");
}

#[test]
fn a_page_is_read_without_asking_anybody_for_anything() {
    let desk = Desk::new();
    let page = format!(
        "<html><head><title>T</title><link rel=stylesheet href=http://127.0.0.1:9/a.css><script src=http://127.0.0.1:9/a.js></script></head>\
         <body><article><h1>The mill</h1>{}<img src=http://127.0.0.1:9/a.png onerror=alert(1)></article></body></html>",
        "<p>The mill by the river cost forty million, as the council said in its report of last year, and more.</p>".repeat(4)
    );
    desk.write("a.html", page);
    desk.ok(&["import", "a.html"]);
    let file = desk.read("a.ron");
    assert!(file.contains("The mill by the river") && !file.contains("alert") && !file.contains("127.0.0.1"));
}
