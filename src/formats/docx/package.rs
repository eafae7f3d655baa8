//! The archive that a Word document is, and its XML.
//!
//! May use: zip, jiff. Invariants: the same parts give the same bytes (the archive's times are fixed,
//! the document's come from the project); every text in the XML is escaped, and what XML cannot hold
//! becomes U+FFFD. Known limit: no fonts, pictures or headers.

use std::fmt::Write as _;
use std::io::Write as _;

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// A Word document in the making.
pub(super) struct Document {
    /// What stands in `w:body`.
    pub body: String,
    /// The comments, without their list.
    pub comments: String,
    /// Whether further changes are to be tracked.
    pub tracks: bool,
    /// For its properties.
    pub title: String,
    /// When the article was loaded.
    pub made: jiff::Timestamp,
}

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const STYLES: &str = include_str!("styles.xml");

impl Document {
    /// The document as its file. Packing into memory cannot fail.
    pub(super) fn packed(self) -> Vec<u8> {
        let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, part) in self.parts() {
            let options = SimpleFileOptions::default()
                .compression_method(CompressionMethod::Deflated)
                .compression_level(Some(4))
                .last_modified_time(DateTime::default());
            let written = zip.start_file(name, options).map(|()| zip.write_all(part.as_bytes()));
            debug_assert!(matches!(written, Ok(Ok(()))));
        }
        zip.finish().map(std::io::Cursor::into_inner).unwrap_or_default()
    }

    fn parts(self) -> Vec<(&'static str, String)> {
        let has_comments = !self.comments.is_empty();
        let word = "application/vnd.openxmlformats-officedocument.wordprocessingml";
        let mut overrides = String::new();
        let mut relations = String::new();
        for (n, name) in ["styles", "settings", "comments"].into_iter().enumerate() {
            if name != "comments" || has_comments {
                let _ = write!(
                    overrides,
                    "<Override PartName=\"/word/{name}.xml\" ContentType=\"{word}.{name}+xml\"/>"
                );
                let _ = write!(
                    relations,
                    "<Relationship Id=\"r{n}\" Type=\"{OFFICE}/{name}\" Target=\"{name}.xml\"/>"
                );
            }
        }
        let tracks = if self.tracks { "<w:trackRevisions/>" } else { "" };
        let made = self.made.strftime("%Y-%m-%dT%H:%M:%SZ");
        let mut title = String::new();
        escape(&mut title, &self.title);
        let mut parts = vec![
            (
                "[Content_Types].xml",
                format!(
                    "{HEAD}<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" \
                     ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" \
                     ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" \
                     ContentType=\"{word}.document.main+xml\"/>{overrides}<Override PartName=\"/docProps/core.xml\" \
                     ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/></Types>"
                ),
            ),
            (
                "_rels/.rels",
                format!(
                    "{HEAD}<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"r1\" \
                     Type=\"{OFFICE}/officeDocument\" Target=\"word/document.xml\"/><Relationship Id=\"r2\" \
                     Type=\"{PACKAGE}/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/></Relationships>"
                ),
            ),
            (
                "docProps/core.xml",
                format!(
                    "{HEAD}<cp:coreProperties xmlns:cp=\"{PACKAGE}/metadata/core-properties\" \
                     xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
                     xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{title}</dc:title>\
                     <dcterms:created xsi:type=\"dcterms:W3CDTF\">{made}</dcterms:created></cp:coreProperties>"
                ),
            ),
            ("word/styles.xml", STYLES.replace('\n', "")),
            (
                "word/settings.xml",
                format!(
                    "{HEAD}<w:settings xmlns:w=\"{MAIN}\">{tracks}<w:compat><w:compatSetting w:name=\"compatibilityMode\" \
                     w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat></w:settings>"
                ),
            ),
            (
                "word/_rels/document.xml.rels",
                format!("{HEAD}<Relationships xmlns=\"{PACKAGE}/relationships\">{relations}</Relationships>"),
            ),
        ];
        if has_comments {
            let list = format!("{HEAD}<w:comments xmlns:w=\"{MAIN}\">{}</w:comments>", self.comments);
            parts.push(("word/comments.xml", list));
        }
        let page = "<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1418\" w:right=\"1418\" \
                    w:bottom=\"1418\" w:left=\"1418\" w:header=\"709\" w:footer=\"709\" w:gutter=\"0\"/></w:sectPr>";
        let body =
            format!("{HEAD}<w:document xmlns:w=\"{MAIN}\"><w:body>{}{page}</w:body></w:document>", self.body);
        parts.push(("word/document.xml", body));
        parts
    }
}

/// Adds a text that may stand between tags and in attributes.
pub(super) fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' => out.push(c),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
}

/// An attribute's value on one line.
pub(super) fn attribute(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let flat: String =
        text.chars().map(|c| if c.is_whitespace() || c.is_control() { ' ' } else { c }).collect();
    escape(&mut out, &flat);
    out
}

/// Adds a run of text. `element` is `t`, or `delText` in what was deleted.
pub(super) fn run(out: &mut String, properties: &str, element: &str, text: &str) {
    if text.is_empty() {
        return;
    }
    let turned = if is_rtl(text) { "<w:rtl/>" } else { "" };
    out.push_str("<w:r>");
    if !properties.is_empty() || !turned.is_empty() {
        let _ = write!(out, "<w:rPr>{properties}{turned}</w:rPr>");
    }
    for (n, line) in text.split('\n').enumerate() {
        if n > 0 {
            out.push_str("<w:br/>");
        }
        for (n, piece) in line.split('\t').enumerate() {
            if n > 0 {
                out.push_str("<w:tab/>");
            }
            if !piece.is_empty() {
                let _ = write!(out, "<w:{element} xml:space=\"preserve\">");
                escape(out, piece);
                let _ = write!(out, "</w:{element}>");
            }
        }
    }
    out.push_str("</w:r>");
}

/// Whether the first letter of a text is one that is written from right to left.
pub(super) fn is_rtl(text: &str) -> bool {
    let letter = text.chars().find(|c| c.is_alphabetic());
    letter.is_some_and(|c| {
        matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'
            | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
    })
}

/// Adds a paragraph in a style around its runs.
pub(super) fn paragraph(out: &mut String, style: &str, is_rtl: bool, runs: &str) {
    let turned = if is_rtl { "<w:bidi/>" } else { "" };
    let style = if style.is_empty() { String::new() } else { format!("<w:pStyle w:val=\"{style}\"/>") };
    if style.is_empty() && turned.is_empty() {
        let _ = write!(out, "<w:p>{runs}</w:p>");
    } else {
        let _ = write!(out, "<w:p><w:pPr>{style}{turned}</w:pPr>{runs}</w:p>");
    }
}
