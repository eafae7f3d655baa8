//! What a file is when it is no project, in words, before a parser says "expected `(`".
//!
//! May use: std. Invariant: a file that [`super::write`] made is never refused here.
//! Known limit: a merge marker inside a multi-line raw string that a hand wrote counts as one.

use super::damaged::Damaged;

/// Names of foreign formats by their first bytes.
const MAGIC: [(&[u8], &str); 8] = [
    (b"PK\x03\x04", "this is a zip archive (a DOCX or ODT document, say), not a project file"),
    (b"\x89PNG", "this is a PNG picture, not a project file"),
    (b"\xff\xd8\xff", "this is a JPEG picture, not a project file"),
    (b"%PDF", "this is a PDF document, not a project file"),
    (b"\x1f\x8b", "this is a gzip archive, not a project file"),
    (b"{\\rtf", "this is an RTF document, not a project file"),
    (b"\xff\xfe", "this is a UTF-16 text; a project file is UTF-8"),
    (b"\xfe\xff", "this is a UTF-16 text; a project file is UTF-8"),
];

/// Looks at the bytes; gives them as text.
pub(super) fn text_of(bytes: &[u8]) -> Result<&str, Damaged> {
    if bytes.is_empty() {
        return Err(Damaged::whole("the file is empty"));
    }
    if bytes.iter().all(|b| *b == 0) {
        return Err(Damaged::whole("the file is filled with zeros: lost at a crash?"));
    }
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(Damaged::whole(*what));
    }
    if let [0, first, ..] | [first, 0, ..] = bytes
        && first.is_ascii_graphic()
    {
        return Err(Damaged::whole("this is a UTF-16 text; a project file is UTF-8"));
    }
    if bytes.ends_with(&[0]) {
        let kept = bytes.iter().rposition(|b| *b != 0).map_or(0, |at| at + 1);
        let lost = bytes.len() - kept;
        return Err(Damaged::whole(format!(
            "the last {lost} bytes of the file are filled with zeros: lost at a crash?"
        )));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let good = &bytes[..error.valid_up_to()];
        let line = good.iter().filter(|b| **b == b'\n').count() + 1;
        let start = good.iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
        let column = String::from_utf8_lossy(&good[start..]).chars().count() + 1;
        Damaged::at("a byte here is not UTF-8", &String::from_utf8_lossy(bytes), line, column)
    })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// Looks at the text, with line feeds only.
pub(super) fn refuse_foreign(text: &str) -> Result<(), Damaged> {
    let marker = |line: &&str| {
        ["<<<<<<<", ">>>>>>>", "|||||||"].iter().any(|m| line.starts_with(m)) || *line == "======="
    };
    if let Some(at) = text.lines().position(|line| marker(&line)) {
        let line = at + 1;
        return Err(Damaged::at(format!("contains unresolved merge conflicts, line {line}"), text, line, 0));
    }
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        match comment(rest) {
            Some(length) => rest = &rest[length..],
            None => break,
        }
    }
    match rest.chars().next() {
        None if text.trim().is_empty() => Err(Damaged::whole("the file is empty but for white space")),
        None => Err(Damaged::whole("the file holds nothing but a comment")),
        Some('{' | '[') => Err(Damaged::whole("this looks like JSON, not like a project file")),
        Some('<') => Err(Damaged::whole("this looks like HTML or XML, not like a project file")),
        Some(_) => Ok(()),
    }
}

/// The length of the comment that `text` begins with.
fn comment(text: &str) -> Option<usize> {
    if text.starts_with("//") {
        return Some(text.find('\n').unwrap_or(text.len()));
    }
    let mut rest = text.strip_prefix("/*")?;
    // Block comments nest in RON.
    let mut depth = 1;
    while depth > 0 {
        let at = rest.find(['*', '/'])?;
        rest = &rest[at..];
        if let Some(after) = rest.strip_prefix("*/") {
            (depth, rest) = (depth - 1, after);
        } else if let Some(after) = rest.strip_prefix("/*") {
            (depth, rest) = (depth + 1, after);
        } else {
            rest = &rest[1..];
        }
    }
    Some(text.len() - rest.len())
}

/// Whether there is a comment anywhere outside the texts.
pub(super) fn has_comment(text: &str) -> bool {
    let mut rest = text;
    while let Some(at) = rest.find(['"', '/']) {
        let before = &rest[..at];
        rest = &rest[at..];
        if comment(rest).is_some() {
            return true;
        }
        if !rest.starts_with('"') {
            rest = &rest[1..];
            continue;
        }
        let hashes = before.len() - before.trim_end_matches('#').len();
        let raw = before.trim_end_matches('#').ends_with('r');
        let end = if raw {
            let close = format!("\"{}", "#".repeat(hashes));
            rest[1..].find(&close).map(|at| at + 1 + close.len())
        } else {
            string_end(rest)
        };
        match end {
            Some(end) => rest = &rest[end..],
            None => return false,
        }
    }
    false
}

/// Where the string ends that `text` begins with, past its quotation mark.
fn string_end(text: &str) -> Option<usize> {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return Some(at + 1),
            _ => {}
        }
    }
    None
}
