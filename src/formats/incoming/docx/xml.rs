//! XML of office documents, event by event.
//!
//! May use: quick-xml. Invariants: no entity of a document's own is resolved and a document type is
//! refused, so nothing expands and no file is opened; depth is bounded, and nothing here calls itself.

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesRef, BytesStart, Event};

use crate::formats::incoming::NotRead;

/// Word writes a few dozen.
const DEEPEST: usize = 4_000;

/// A part that is being read, as UTF-8 without a byte order mark.
pub struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    depth: usize,
}

fn damaged(why: &str) -> NotRead {
    NotRead::new(
        format!("The Word document cannot be read ({why})"),
        "Open it in Word or LibreOffice and save it again, or copy its text",
    )
}

impl<'a> Xml<'a> {
    /// Begins.
    pub fn new(bytes: &'a [u8]) -> Self {
        let mut reader = Reader::from_reader(bytes);
        // An empty element is one that opens and closes.
        reader.config_mut().expand_empty_elements = true;
        Self { reader, depth: 0 }
    }

    /// The next event; nothing at the end.
    pub fn next(&mut self) -> Result<Option<Event<'a>>, NotRead> {
        let event = self.reader.read_event().map_err(|_| damaged("its XML is damaged"))?;
        match &event {
            Event::Eof if self.depth > 0 => return Err(damaged("its XML is cut off")),
            Event::Eof => return Ok(None),
            Event::DocType(_) => return Err(damaged("it has a document type, which none of Word's has")),
            Event::Start(_) => self.depth += 1,
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        if self.depth > DEEPEST {
            return Err(damaged("its elements are nested too deeply"));
        }
        Ok(Some(event))
    }
}

/// The value of an attribute, whatever prefix it has.
pub fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = start.attributes().flatten().find(|a| a.key.local_name().as_ref() == name.as_bytes())?;
    let raw = str::from_utf8(&found.value).ok()?;
    Some(unescape(raw).map_or_else(|_| raw.to_owned(), |value| value.into_owned()))
}

/// Whether an element like `<w:vanish/>` is on.
pub fn is_on(start: &BytesStart<'_>) -> bool {
    !attribute(start, "val").is_some_and(|value| matches!(value.as_str(), "0" | "false" | "off"))
}

/// What `&name;` stands for; itself where only a document type could say so.
pub fn reference(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return c.to_string();
    }
    let name = reference.decode().unwrap_or_default();
    match name.as_ref() {
        "lt" => "<".into(),
        "gt" => ">".into(),
        "amp" => "&".into(),
        "apos" => "'".into(),
        "quot" => "\"".into(),
        other => format!("&{other};"),
    }
}
