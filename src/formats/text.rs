//! Plain text as an article arrives: UTF-8, with any line ends.
//!
//! May use: domain, sha2. Invariant: what is returned differs from the bytes only by a byte order
//! mark that is dropped and by CRLF and CR that become line feeds; nothing is ever replaced by
//! U+FFFD. What is not such a text is refused with the reason and, where there is one, the place.
//! Known limits: UTF-8 only, other encodings come later; what is read is whole in memory.

use std::fmt::Write;

use sha2::{Digest, Sha256};

use crate::domain::Text;

/// A text that was read.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// With line feeds only.
    pub text: Text,
    /// SHA-256 of the bytes as they came, in hexadecimal.
    pub sha256: String,
}

/// Why some bytes are no article.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotText {
    /// Another sort of file.
    #[error("Not a text file ({0})")]
    Binary(&'static str),
    /// UTF-16 or UTF-32.
    #[error("The text is in {0}: save it as UTF-8 and import it again")]
    Wide(&'static str),
    /// Not UTF-8.
    #[error(
        "The text is not UTF-8: the byte {value:#04x} at position {at} (line {line}) fits no character; save it as UTF-8 and import it again"
    )]
    Encoding {
        /// The first byte that does not fit, from 0.
        at: usize,
        /// Its line, from 1.
        line: usize,
        /// The byte.
        value: u8,
    },
    /// No bytes at all, or nothing but a byte order mark.
    #[error("The file is empty")]
    Empty,
    /// White space only.
    #[error("There is nothing but white space in the file")]
    Blank,
}

/// How files of other sorts begin.
const MAGIC: &[(&[u8], &str)] = &[
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "zip, as DOCX, ODT and EPUB are"),
    (b"PK\x05\x06", "zip"),
    (b"\x7fELF", "ELF program"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Word or Office document"),
    (b"{\\rtf", "RTF"),
    (b"\x1f\x8b", "gzip"),
    (b"SQLite format 3\0", "SQLite"),
];

/// Reads the text of an article.
pub fn read(bytes: &[u8]) -> Result<Loaded, NotText> {
    if let Some((_, name)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(NotText::Binary(name));
    }
    if bytes.starts_with(b"\xff\xfe\0\0") || bytes.starts_with(b"\0\0\xfe\xff") {
        return Err(NotText::Wide("UTF-32"));
    }
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return Err(NotText::Wide("UTF-16"));
    }
    if bytes.contains(&0) {
        let odd = bytes.iter().skip(1).step_by(2).filter(|b| **b == 0).count();
        let even = bytes.iter().step_by(2).filter(|b| **b == 0).count();
        let half = bytes.len() / 2;
        // Latin letters in UTF-16: nearly every other byte is NUL, and no other.
        let wide = bytes.len().is_multiple_of(2) && odd.max(even) * 10 > half * 7 && odd.min(even) == 0;
        return Err(if wide { NotText::Wide("UTF-16") } else { NotText::Binary("it holds NUL bytes") });
    }
    let raw = str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        let line = Text::normalised(&String::from_utf8_lossy(&bytes[..at])).line_count();
        NotText::Encoding { at, line, value: bytes.get(at).copied().unwrap_or_default() }
    })?;
    let text = Text::normalised(raw);
    if text.is_empty() {
        return Err(NotText::Empty);
    }
    let odd = |c: &char| c.is_control() && !c.is_whitespace();
    let controls = text.as_str().chars().filter(odd);
    if controls.count() * 100 > text.as_str().chars().count() {
        return Err(NotText::Binary("too many control characters"));
    }
    // Zero-width characters are no words either.
    if text
        .as_str()
        .trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}'))
        .is_empty()
    {
        return Err(NotText::Blank);
    }
    Ok(Loaded { text, sha256: hash(bytes) })
}

/// SHA-256 of some bytes, in hexadecimal.
pub fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut hex, byte| {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(bytes: &[u8]) -> String {
        read(bytes).expect_err("refused").to_string()
    }

    #[test]
    fn line_ends_and_a_byte_order_mark_are_normalised_and_nothing_else() {
        for bytes in ["a\nb\n", "a\r\nb\r\n", "a\rb\r", "\u{feff}a\r\nb\n", "a\rb\r\n"] {
            assert_eq!(read(bytes.as_bytes()).expect("text").text.as_str(), "a\nb\n");
        }
        let odd = "De\u{301}ja\u{300}\u{a0}\u{200b}x\u{2028}y\u{85}z \u{feff}\t";
        assert_eq!(read(odd.as_bytes()).expect("text").text.as_str(), odd);
    }

    #[test]
    fn the_hash_is_that_of_the_bytes() {
        let crlf = read(b"a\r\n").expect("text").sha256;
        assert_ne!(crlf, read(b"a\n").expect("text").sha256);
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(read(b"abc").expect("text").sha256, abc);
    }

    #[test]
    fn what_is_not_utf_8_is_refused_with_its_place() {
        let error = read(b"one\r\ntwo\r\ncaf\xe9 x").expect_err("refused");
        assert_eq!(error, NotText::Encoding { at: 13, line: 3, value: 0xe9 });
        for bytes in [&b"a\xc0\xaf"[..], b"a\xed\xa0\x80", b"a\xf0\x9f\x98", b"a\xff"] {
            assert!(matches!(read(bytes), Err(NotText::Encoding { at: 1, line: 1, .. })), "{bytes:?}");
        }
    }

    #[test]
    fn other_sorts_of_files_are_named() {
        assert_eq!(refused(b"\x89PNG\r\n\x1a\n\0\0"), "Not a text file (PNG)");
        assert_eq!(refused(b"%PDF-1.7\n"), "Not a text file (PDF)");
        assert!(refused(b"PK\x03\x04...").contains("zip"));
        assert!(refused(b"\x7fELF\x02").contains("ELF"));
        assert!(refused(b"abc\0def").contains("NUL"));
        assert!(refused(&[b'a', 1, 2, 3]).contains("control"));
        assert!(refused(b"\xff\xfea\0b\0").contains("UTF-16"));
        assert!(refused(b"\xfe\xff\0a\0b").contains("UTF-16"));
        assert!(refused(b"h\0e\0l\0l\0o\0").contains("UTF-16"));
    }

    #[test]
    fn nothing_to_check_is_told() {
        assert_eq!(refused(b""), "The file is empty");
        assert_eq!(refused("\u{feff}".as_bytes()), "The file is empty");
        assert_eq!(read(" \n\t\u{a0}\r\n\u{200b}".as_bytes()).expect_err("refused"), NotText::Blank);
        assert_eq!(read(b"x").expect("one character").text.as_str(), "x");
    }

    proptest::proptest! {
        #[test]
        fn text_that_is_accepted_is_kept(bytes: Vec<u8>, words in "\\PC{1,40}") {
            // Never a panic, whatever the bytes are.
            let _ = read(&bytes);
            if let Ok(loaded) = read(words.as_bytes()) {
                proptest::prop_assert_eq!(loaded.text, Text::normalised(&words));
            }
        }
    }
}
