//! Ways to spoil bytes: some blind, some that know how a project file is made.

use sha2::{Digest, Sha256};

use super::chance::Chance;

/// What has hurt a reader of texts before.
pub const HOSTILE: &[&str] = &[
    "",
    " ",
    "\n",
    "\r\n",
    "\t",
    "\0",
    "\u{7f}",
    "\u{85}",
    "\u{2028}",
    "\u{202e}",
    "\u{2066}",
    "\u{2069}",
    "\u{feff}",
    "\u{200d}",
    "\u{200b}",
    "\u{ad}",
    "e\u{301}",
    "\u{301}",
    "क्षि",
    "שלום",
    "ไทย",
    "👩🏽‍⚕️",
    "🇩🇪",
    "\u{10ffff}",
    "\u{fffe}",
    "\u{1b}[31m",
    "\"",
    "'",
    "\\",
    "`",
    "```",
    "*",
    "_",
    "~~",
    "#",
    "# ",
    "> ",
    "- ",
    "1. ",
    "1)",
    "|",
    "---",
    "===",
    "[",
    "](x)",
    "![",
    "<b>",
    "<!--",
    "</script>",
    "&amp;",
    "&#65;",
    "$x$",
    "^",
    "{",
    "}",
    "+++",
    "[^1]",
    "[[a]]",
    "- [ ] ",
    ":::",
    "=1+1",
    "+1",
    "-1",
    "@x",
    "＝1",
    ",",
    ";",
    "\"\"",
    "'=",
    "\u{feff}=",
    "https://x.example/a?b=c&d",
    "http://u@x/",
    "javascript:alert(1)",
    "file:///etc/passwd",
    "\\\\host\\share",
    "../../x",
    "mailto:a@b",
    "https://x y/",
    "www.x.example",
    "word",
    "a",
    "é",
    "0",
];

/// Pieces of a project file, right and wrong.
const TOKENS: &[&str] = &[
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    "Some(",
    "None",
    "true",
    "false",
    "\"\"",
    "\"",
    "//",
    "/*",
    "*/",
    "r#\"",
    "0",
    "-1",
    "1.5",
    "1e999",
    "NaN",
    "inf",
    "4294967295",
    "4294967296",
    "18446744073709551616",
    "Verified",
    "Unchecked",
    "NeedsCorrection",
    "Claim",
    "Quote",
    "Source",
    "Rumour",
    "Created",
    "Status",
    "Text",
    "at: None,",
    "at: Some((start: 0, end: 1)),",
    "removed: true,",
    "log: [],",
    "spans: [],",
    "replaces: [],",
    "before: [],",
    "conflicts: [],",
    "check_again: Some(\"x\"),",
    "quote: [\"\"],",
    "format: 0,",
    "format: 2,",
    "odd: 1,",
    "<<<<<<< HEAD\n",
    "=======\n",
    ">>>>>>> x\n",
    "#![enable(unwrap_newtypes)]",
    "\\u{202e}",
    "\\u{d800}",
    "\\q",
    "1969-12-31T23:59:59Z",
    "9999-12-31T23:59:59Z",
    "-009999-01-01T00:00:00Z",
];

const NUMBERS: &[&str] = &[
    "0",
    "1",
    "2",
    "7",
    "11",
    "100",
    "4294967295",
    "4294967296",
    "18446744073709551615",
    "-1",
    "99999",
    "3.5",
];

/// One to six changes of a seed.
pub fn mutated(seed: &[u8], others: &[Vec<u8>], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=chance.below(6) {
        match chance.below(12) {
            0 => flip(&mut bytes, chance),
            1 => cut(&mut bytes, chance),
            2 => repeat(&mut bytes, chance),
            3 => splice(&mut bytes, others, chance),
            4 => insert(&mut bytes, chance.pick(TOKENS).as_bytes(), chance),
            5 => insert(&mut bytes, chance.pick(HOSTILE).as_bytes(), chance),
            6 | 7 => number(&mut bytes, chance),
            8 => text(&mut bytes, chance),
            9 => id(&mut bytes, chance),
            _ => line(&mut bytes, chance),
        }
    }
    bytes
}

/// One to four changes that leave a project file readable for the most part: other numbers, texts, ids and
/// names, and entries that go, come twice or stand elsewhere. These reach what is behind the parser.
pub fn edited(seed: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=chance.below(4) {
        match chance.below(6) {
            0 => number(&mut bytes, chance),
            1 => text(&mut bytes, chance),
            2 => id(&mut bytes, chance),
            3 => name(&mut bytes, chance),
            _ => entry(&mut bytes, chance),
        }
    }
    bytes
}

/// Puts the checksum right that a mutation made wrong, so that what lies behind it is reached.
pub fn signed(bytes: Vec<u8>) -> Vec<u8> {
    let needle = b"    checksum: ";
    let Some(at) = bytes.windows(needle.len()).rposition(|part| part == needle) else { return bytes };
    let mut body = bytes[..at].to_vec();
    let sum: String = Sha256::digest(&body).iter().map(|byte| format!("{byte:02x}")).collect();
    body.extend_from_slice(format!("    checksum: \"sha256:{sum}\")\n").as_bytes());
    body
}

fn range(bytes: &[u8], most: usize, chance: &mut Chance) -> std::ops::Range<usize> {
    let from = chance.below(bytes.len() + 1);
    let to = (from + chance.below(most)).min(bytes.len());
    from..to
}

fn flip(bytes: &mut [u8], chance: &mut Chance) {
    let at = chance.below(bytes.len());
    if let Some(byte) = bytes.get_mut(at) {
        *byte ^= 1 << chance.below(8);
    }
}

fn cut(bytes: &mut Vec<u8>, chance: &mut Chance) {
    let most = if chance.once_in(10) { bytes.len() } else { 24 };
    bytes.drain(range(bytes, most, chance));
}

fn repeat(bytes: &mut Vec<u8>, chance: &mut Chance) {
    let piece = bytes[range(bytes, 60, chance)].to_vec();
    insert(bytes, &piece, chance);
}

fn splice(bytes: &mut Vec<u8>, others: &[Vec<u8>], chance: &mut Chance) {
    if let Some(other) = others.get(chance.below(others.len())) {
        let piece = other[range(other, 200, chance)].to_vec();
        insert(bytes, &piece, chance);
    }
}

fn insert(bytes: &mut Vec<u8>, piece: &[u8], chance: &mut Chance) {
    let at = chance.below(bytes.len() + 1);
    bytes.splice(at..at, piece.iter().copied());
}

/// The stretches of bytes that `is_part` takes for one thing.
fn runs(bytes: &[u8], is_part: impl Fn(u8) -> bool) -> Vec<std::ops::Range<usize>> {
    let mut all: Vec<std::ops::Range<usize>> = Vec::new();
    for (at, byte) in bytes.iter().enumerate().filter(|(_, byte)| is_part(**byte)) {
        match all.last_mut() {
            Some(run) if run.end == at => run.end = at + 1,
            _ => all.push(at..at + 1),
        }
        let _ = byte;
    }
    all
}

/// Another number; those in ids and times are left alone.
fn number(bytes: &mut Vec<u8>, chance: &mut Chance) {
    let mut all = runs(bytes, |byte| byte.is_ascii_digit());
    all.retain(|run| run.start > 0 && bytes[run.start - 1] == b' ');
    if let Some(run) = all.get(chance.below(all.len())) {
        let near = std::str::from_utf8(&bytes[run.clone()]).ok().and_then(|text| text.parse::<u32>().ok());
        let other = match near {
            Some(n) if chance.once_in(2) => {
                n.wrapping_add(chance.below(7) as u32).wrapping_sub(3).to_string()
            }
            _ => chance.pick(NUMBERS).to_owned(),
        };
        bytes.splice(run.clone(), other.bytes());
    }
}

/// Another text between two quotation marks; ids and times are left alone.
fn text(bytes: &mut Vec<u8>, chance: &mut Chance) {
    let marks: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at] == b'"').collect();
    let mut all: Vec<(usize, usize)> =
        marks.chunks_exact(2).map(|pair| (pair[0] + 1, pair[1])).filter(|(from, to)| from <= to).collect();
    all.retain(|(from, to)| to - from != 16 && !bytes[*from..*to].ends_with(b"Z"));
    if let Some((from, to)) = all.get(chance.below(all.len())).copied() {
        let words: String = (0..chance.below(4)).map(|_| chance.pick(HOSTILE)).collect();
        let words = words.replace('\\', "\\\\").replace('"', "\\\"");
        bytes.splice(from..to, words.bytes());
    }
}

/// The places of all ids.
fn ids(bytes: &[u8]) -> Vec<std::ops::Range<usize>> {
    let part = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    runs(bytes, part).into_iter().filter(|run| run.len() == 16).collect()
}

/// One id in the place of another.
fn id(bytes: &mut Vec<u8>, chance: &mut Chance) {
    let all = ids(bytes);
    if !all.is_empty() {
        let (from, to) = (all[chance.below(all.len())].clone(), all[chance.below(all.len())].clone());
        let other = bytes[from].to_vec();
        bytes.splice(to, other);
    }
}

/// A kind, status or field that is called like another one of the file.
fn name(bytes: &mut Vec<u8>, chance: &mut Chance) {
    let mut all = runs(bytes, |byte| byte.is_ascii_alphabetic());
    all.retain(|run| {
        bytes[run.start].is_ascii_uppercase() && run.start > 1 && &bytes[run.start - 2..run.start] == b": "
    });
    if !all.is_empty() {
        let (from, to) = (all[chance.below(all.len())].clone(), all[chance.below(all.len())].clone());
        let other = bytes[from].to_vec();
        bytes.splice(to, other);
    }
}

/// An entry of a log goes, comes twice, or stands elsewhere.
fn entry(bytes: &mut Vec<u8>, chance: &mut Chance) {
    let mut lines: Vec<Vec<u8>> = bytes.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
    let is_entry = |line: &[u8]| line.trim_ascii_start().starts_with(b"(id: ") && line.ends_with(b"),\n");
    let all: Vec<usize> = (0..lines.len()).filter(|at| is_entry(&lines[*at])).collect();
    if all.is_empty() {
        return;
    }
    let (from, to) = (all[chance.below(all.len())], all[chance.below(all.len())]);
    match chance.below(4) {
        0 => drop(lines.remove(from)),
        1 => lines.insert(to, lines[from].clone()),
        2 => lines.swap(from, to),
        _ => lines[to] = lines[from].clone(),
    }
    *bytes = lines.concat();
}

/// A line goes, comes twice, or takes the place of another.
fn line(bytes: &mut Vec<u8>, chance: &mut Chance) {
    let mut lines: Vec<Vec<u8>> = bytes.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
    if lines.is_empty() {
        return;
    }
    let (from, to) = (chance.below(lines.len()), chance.below(lines.len()));
    match chance.below(4) {
        0 => drop(lines.remove(from)),
        1 => lines.insert(to, lines[from].clone()),
        2 => lines.swap(from, to),
        _ => lines[to] = lines[from].clone(),
    }
    *bytes = lines.concat();
}
