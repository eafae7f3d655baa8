//! What a file is, by its first bytes and its name, in words.
//!
//! May use: the rest of `formats::incoming`. Invariant: what is refused is named, with advice. Known
//! limit: the name decides between plain text and Markdown.

use super::NotRead;

/// What to do with what cannot be read.
pub const ADVICE: &str = "Copy its text and choose “New from clipboard”, or export it as plain text or DOCX";

/// What to do with an e-mail.
const MAIL: &str = "Its words are encoded in parts of it: open it in your mail program, copy the text and choose “New from clipboard”, or save what is attached";

/// How files of other sorts begin, and what they are.
const MAGIC: &[(&[u8], &str, &str)] = &[
    (
        b"%PDF-",
        "PDF",
        "A PDF says where letters stand on paper, not which make a sentence: copy the text out of it and choose “New from clipboard”, or ask for the DOCX",
    ),
    (b"\x89PNG\r\n\x1a\n", "PNG", "A picture has no text that could be marked"),
    (b"\xff\xd8\xff", "JPEG", "A picture has no text that could be marked"),
    (b"GIF87a", "GIF", "A picture has no text that could be marked"),
    (b"GIF89a", "GIF", "A picture has no text that could be marked"),
    (b"\x7fELF", "ELF program", "Choose another file"),
    (b"MZ\x90\0", "Windows program", "Choose another file"),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "old Word document, or one that a password protects",
        "Open it in Word or LibreOffice and save it as DOCX, without a password",
    ),
    (b"{\\rtf", "RTF", "Open it in Word or LibreOffice and save it as DOCX"),
    (b"\x1f\x8b", "gzip", "Unpack it first"),
    (b"SQLite format 3\0", "SQLite", "Choose another file"),
];

/// Refuses what is certainly no text.
pub fn refuse_foreign(bytes: &[u8]) -> Result<(), NotRead> {
    if let Some((_, name, advice)) = MAGIC.iter().find(|(magic, _, _)| bytes.starts_with(magic)) {
        return Err(NotRead::new(format!("Not a text file ({name})"), *advice));
    }
    if is_zip(bytes) {
        return Err(NotRead::new(format!("Not a text file ({})", zip_kind(bytes)), ADVICE));
    }
    Ok(())
}

fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// Which sort of archive it is: ODT and EPUB say so in their first entry.
fn zip_kind(bytes: &[u8]) -> &'static str {
    let head = &bytes[..bytes.len().min(200)];
    let has = |words: &str| head.windows(words.len()).any(|part| part == words.as_bytes());
    if has("opendocument.text") {
        "ODT: save it as DOCX"
    } else if has("epub+zip") {
        "EPUB"
    } else {
        "zip, as DOCX, ODT and EPUB are"
    }
}

/// The name of the format that a file is read by.
pub fn format_of(bytes: &[u8], extension: &str) -> Result<&'static str, NotRead> {
    let extension = extension.to_ascii_lowercase();
    if is_zip(bytes) {
        let kind = zip_kind(bytes);
        if kind.starts_with("zip") {
            return Ok("docx");
        }
        return Err(NotRead::new(format!("Not a text file ({kind})"), ADVICE));
    }
    refuse_foreign(bytes)?;
    if matches!(extension.as_str(), "eml" | "msg" | "mbox") || begins_as_mail(bytes) {
        return Err(NotRead::new("Not a text file (an e-mail as it was sent)", MAIL));
    }
    Ok(match extension.as_str() {
        "docx" | "docm" | "dotx" => "docx",
        "html" | "htm" | "xhtml" => "html",
        "md" | "markdown" | "mkd" => "markdown",
        _ if begins_as_html(bytes) => "html",
        _ => "text",
    })
}

/// Whether a file begins with the head of an e-mail: several of the lines that each one has.
fn begins_as_mail(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(8192)]).to_ascii_lowercase();
    let lines = head.lines().take_while(|line| !line.trim().is_empty());
    let known =
        ["received: ", "return-path: ", "message-id: ", "mime-version: ", "content-type: ", "delivered-to: "];
    lines.filter(|line| known.iter().any(|name| line.starts_with(name))).count() >= 2
}

/// Whether a file of another name is a page: it begins like one.
fn begins_as_html(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(1024)];
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let head = String::from_utf8_lossy(head).trim_start().to_ascii_lowercase();
    ["<!doctype html", "<html", "<head", "<body"].iter().any(|begin| head.starts_with(begin))
        || head.starts_with("<!--") && head.contains("<html")
        || head.starts_with("<?xml") && head.contains("<html")
}
