//! Files that are damaged or are something else: the L catalogue of reliability.md.

use super::worlds::{sample, stamp, tiny};
use super::{Damaged, Opened, limits, read, write};

fn open(bytes: impl AsRef<[u8]>) -> Result<Opened, Damaged> {
    read(bytes.as_ref(), &mut stamp(42))
}

fn refused(bytes: impl AsRef<[u8]>) -> Damaged {
    match open(bytes) {
        Err(damaged) => {
            assert!(damaged.advice.starts_with("The file was not changed."));
            damaged
        }
        Ok(opened) => panic!("opened with {:?}", opened.warnings),
    }
}

#[test]
fn l01_every_prefix_is_an_error_or_told() {
    let whole = write(&tiny());
    for cut in 0..whole.len() {
        match open(&whole.as_bytes()[..cut]) {
            Err(damaged) => assert!(!damaged.what.is_empty()),
            Ok(opened) => {
                assert!(cut + 1 == whole.len(), "{cut} bytes opened");
                assert!(opened.warnings[0].message.contains("the line feed at its end is missing"));
            }
        }
    }
}

#[test]
fn l02_every_single_bit_flip_is_an_error_or_told() {
    let whole = write(&tiny()).into_bytes();
    let mut opened = 0;
    for place in 0..whole.len() * 8 {
        let mut flipped = whole.clone();
        flipped[place / 8] ^= 1 << (place % 8);
        if let Ok(it) = open(&flipped) {
            opened += 1;
            let told =
                it.warnings.iter().any(|w| w.message.contains("changed outside Proofmark, or damaged"));
            assert!(told, "bit {place}: {:?}", it.warnings);
        }
    }
    assert!(opened > 0, "some flips stay inside a text");
}

#[test]
fn l03_nothing_and_zeros_are_named() {
    assert_eq!(refused("").what, "the file is empty");
    assert_eq!(refused(" \n\n ").what, "the file is empty but for white space");
    assert_eq!(refused("// a\n/* b /* c */ */\n").what, "the file holds nothing but a comment");
    assert_eq!(refused([0; 4096]).what, "the file is filled with zeros: lost at a crash?");
    let mut tail = write(&sample()).into_bytes();
    tail.truncate(1000);
    tail.resize(4096, 0);
    assert_eq!(
        refused(&tail).what,
        "the last 3096 bytes of the file are filled with zeros: lost at a crash?"
    );
}

#[test]
fn l04_a_byte_order_mark_and_other_line_ends_do_no_harm() {
    let whole = write(&sample());
    let bom = format!("\u{feff}{whole}");
    for variant in
        [bom.clone(), whole.replace('\n', "\r\n"), whole.replace('\n', "\r"), bom.replace('\n', "\r\n")]
    {
        let opened = open(variant).unwrap();
        assert_eq!(opened.warnings, []);
        assert_eq!(opened.project, sample());
        assert_eq!(write(&opened.project), whole);
    }
    let units: Vec<u16> = whole.encode_utf16().collect();
    let utf16 = |bytes: fn(u16) -> [u8; 2], mark: &[u8]| -> Vec<u8> {
        mark.iter().copied().chain(units.iter().flat_map(|unit| bytes(*unit))).collect()
    };
    for file in [
        utf16(u16::to_le_bytes, b"\xff\xfe"),
        utf16(u16::to_be_bytes, b"\xfe\xff"),
        utf16(u16::to_le_bytes, b""),
        utf16(u16::to_be_bytes, b""),
    ] {
        assert_eq!(refused(file).what, "this is a UTF-16 text; a project file is UTF-8");
    }
    let mut latin1 = whole.into_bytes();
    let at = latin1.windows(5).position(|w| w == "ěhal".as_bytes()).unwrap();
    latin1[at] = 0xe9;
    let damaged = refused(latin1);
    assert_eq!(damaged.what, "a byte here is not UTF-8");
    assert!(damaged.line > 3 && damaged.excerpt.contains("Ada B"));
}

#[test]
fn l05_merge_conflicts_are_named_wherever_they_are() {
    let whole = write(&sample());
    let lines: Vec<&str> = whole.lines().collect();
    for at in 0..=lines.len() {
        let mut marked = lines.clone();
        marked.splice(
            at..at,
            ["<<<<<<< HEAD", "        note: [\"a\"],", "=======", "        note: [\"b\"],", ">>>>>>> theirs"],
        );
        let damaged = refused(marked.join("\n"));
        assert_eq!(damaged.what, format!("contains unresolved merge conflicts, line {}", at + 1));
        assert_eq!((damaged.line, damaged.excerpt.as_str()), (at + 1, "<<<<<<< HEAD"));
    }
}

#[test]
fn l06_other_formats_are_named() {
    for (bytes, name) in [
        (&b"{\"format\": 1}"[..], "JSON"),
        (b" [1, 2]", "JSON"),
        (b"<!DOCTYPE html><html>", "HTML"),
        (b"PK\x03\x04\x14\x00", "zip archive (a DOCX"),
        (b"\x89PNG\r\n\x1a\n\0\0", "PNG"),
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"{\\rtf1\\ansi", "RTF"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
    ] {
        let what = refused(bytes).what;
        assert!(what.contains(name), "{what}");
    }
    let words = "line 1, column 1: a record (Project) should begin here, with `(`; `The` stands there";
    assert_eq!(refused("The mill will close.").brief(), words);
}

#[test]
fn l07_five_million_brackets_are_a_clean_error() {
    let whole = write(&sample());
    for (open_with, place) in [
        ("[", ""),
        ("(", ""),
        ("Some(", ""),
        ("A(", ""),
        ("{", ""),
        ("(a:", ""),
        ("[", "extra"),
        ("(", "extra"),
        ("{", "extra"),
        ("Some(", "extra"),
        ("A(", "extra"),
        ("[", "checkers"),
        ("Some(", "id"),
        ("/*", "extra"),
    ] {
        let nested = open_with.repeat(5_000_000);
        let file = if place.is_empty() {
            format!("({nested}")
        } else {
            whole.replacen("format: 1,", &format!("format: 1,\n    {place}: {nested},"), 1)
        };
        let what = refused(file).what;
        assert!(!what.is_empty(), "{open_with} in {place}");
    }
}

#[test]
fn l08_texts_of_escapes_and_lists_of_numbers_are_read() {
    // 0.12.2 of ron takes minutes for this one.
    let text = format!("\"{}\",", "a\\n".repeat(300_000));
    let file = write(&sample()).replacen("text: [", &format!("text: [{text}"), 1);
    assert_eq!(open(file).unwrap().project.article.text.line_count(), 300_007);
    let numbers =
        write(&sample()).replacen("format: 1,", &format!("format: 1, n: [{}],", "1.5,".repeat(80_000)), 1);
    assert!(open(numbers).unwrap().read_only.is_some());
}

#[test]
fn l09_a_small_file_cannot_become_a_large_memory() {
    let whole = write(&sample());
    for (list, missing) in [
        ("annotations: [", "id"),
        ("checkers: [", "name"),
        ("log: [", "id"),
        ("spans: [", "id"),
        ("dismissed: [", "detector"),
    ] {
        let many = format!("{list}{}", "(),".repeat(1_000_000));
        let file = if whole.contains(list) {
            whole.replacen(list, &many, 1)
        } else {
            whole.replacen("format: 1,", &format!("format: 1, {many}],"), 1)
        };
        let damaged = refused(&file);
        assert!(damaged.what.starts_with(&format!("the field `{missing}`")), "{}", damaged.what);
        // The very first is refused: nothing has grown by then.
        let line = file.lines().nth(damaged.line - 1).unwrap();
        assert!(damaged.column < line.find("(),").unwrap() + 5, "{}", damaged.column);
    }
    let one = r#"(id: "0000000000000000", kind: Claim, log: []),"#;
    let most = format!("annotations: [{}", one.repeat(limits::ANNOTATIONS + 1));
    let damaged = refused(whole.replacen("annotations: [", &most, 1));
    assert_eq!(damaged.what, "there are more than 200000 annotations");
    let huge = vec![b' '; limits::FILE_BYTES + 1];
    assert_eq!(refused(huge).what, "the file is larger than 256 MiB, the most that is read");
}

#[test]
fn l09_logs_and_spans_are_counted() {
    let whole = write(&sample());
    let entry = r#"(id: "0000000000000000", when: "2025-10-09T08:53:20Z", by: "", field: Created),"#;
    let many = format!("log: [{}", entry.repeat(limits::LOG_ENTRIES));
    for place in ["annotations: [", "spans: [", "about: ("] {
        let at = whole.find(place).unwrap();
        let damaged = refused(format!("{}{}", &whole[..at], whole[at..].replacen("log: [", &many, 1)));
        assert!(damaged.what.contains("has more than 20000 entries"), "{place}: {}", damaged.what);
    }
    let span = r#"(id: "0000000000000000", place: (text: "0000000000000000", quote: []), log: []),"#;
    let many = format!("spans: [{}", span.repeat(limits::SPANS));
    let damaged = refused(whole.replacen("spans: [", &many, 1));
    assert!(damaged.what.contains("has more than 100000 spans"), "{}", damaged.what);
}

#[test]
fn l17_versions_are_told_apart() {
    let whole = write(&sample());
    let with = |format: &str| whole.replacen("format: 1,", format, 1);
    assert_eq!(refused(with("format: 0,")).what, "the format number is 0; the first that existed is 1");
    let missing = "there is no format number (`format: 1,` first), so this is no project file";
    assert_eq!(refused(with("")).what, missing);
    assert_eq!(refused("(width: 800, height: 600)").what, missing);
    for not_one in ["\"abc\"", "abc", "-1", "1.5", "[1]", "99999999999999999999"] {
        let what = refused(with(&format!("format: {not_one},"))).what;
        assert!(what.starts_with("the format number cannot be read: "), "{not_one}: {what}");
    }
    let newer = open(with("format: 2, mood: Good,")).unwrap();
    let reason = newer.read_only.unwrap();
    assert!(reason.contains("made by a newer version of Proofmark (format 2;"), "{reason}");
    assert_eq!(newer.project, sample());
    assert!(newer.warnings[0].message.contains("opens for reading only: it was made by a newer version"));
    for unreadable in [with("format: 2,").replace("kind: Claim", "kind: Rumour"), with("format: 2, ]")] {
        let what = refused(unreadable).what;
        assert!(what.contains("made by a newer version of Proofmark (format 2;"), "{what}");
    }
}

#[test]
fn l27_a_wrong_checksum_is_told_and_the_file_opens() {
    let whole = write(&sample());
    for (changed, doubt) in [
        (whole.replace("It has 240", "It had 240"), "its checksum does not fit its content"),
        (whole.replace("\"sha256:", "\"sha512:"), "its checksum does not fit its content"),
        (
            whole[..whole.find("    checksum").unwrap()].to_owned() + ")\n",
            "its last line is not the checksum",
        ),
        (whole.clone() + "\n", "its checksum does not fit its content"),
    ] {
        let opened = open(changed).unwrap();
        let wanted = format!("The file was changed outside Proofmark, or damaged: {doubt}.");
        assert_eq!(opened.warnings[0].message, wanted);
        assert_eq!(opened.project.annotations.len(), 3);
    }
}
