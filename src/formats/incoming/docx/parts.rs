//! The parts of a Word document beside its text: notes, lists, properties.
//!
//! May use: quick-xml, the rest of `formats::incoming`. Invariant: what a part does not say is empty, and
//! no part says more than the limits of the archive let through.

use std::collections::BTreeMap;

use quick_xml::events::Event;

use super::document::{Sort, Writer};
use super::xml::{Xml, attribute, reference};
use crate::formats::incoming::NotRead;

/// A note's own text.
#[derive(Clone, Debug, Default)]
pub struct Note {
    pub text: String,
    pub by: String,
    pub addresses: Vec<String>,
}

/// Title and author among the document's properties.
#[derive(Debug, Default)]
pub struct Core {
    pub title: String,
    pub creator: String,
}

/// Whether the points of a list at a level are numbered, by the list's number and the level.
pub type Numbering = BTreeMap<(String, String), bool>;

/// Reads the texts of notes, by their ids.
pub fn notes(
    part: &[u8],
    sort: Sort,
    links: &BTreeMap<String, String>,
) -> Result<Vec<(String, Note)>, NotRead> {
    let mut all = Vec::new();
    let mut open: Option<(String, String)> = None;
    let mut writer = Writer::new(links, Numbering::new());
    let mut xml = Xml::new(part);
    while let Some(event) = xml.next()? {
        match &event {
            Event::Start(start) if start.local_name().as_ref() == sort.word().as_bytes() => {
                // Word keeps the lines that part footnotes from the text among them.
                let is_line = attribute(start, "type").is_some_and(|kind| kind != "normal");
                let id = attribute(start, "id").filter(|_| !is_line);
                open = id.map(|id| (id, attribute(start, "author").unwrap_or_default()));
                writer = Writer::new(links, Numbering::new());
            }
            Event::End(end) if end.local_name().as_ref() == sort.word().as_bytes() => {
                if let Some((id, by)) = open.take() {
                    let note = std::mem::replace(&mut writer, Writer::new(links, Numbering::new()));
                    let (text, addresses) = note.finish();
                    all.push((id, Note { text: text.trim().to_owned(), by, addresses }));
                }
            }
            event => writer.take(event),
        }
    }
    Ok(all)
}

/// Which lists are numbered.
pub fn numbering(part: &[u8]) -> Result<Numbering, NotRead> {
    // Abstract lists have levels with a format; lists are instances of them.
    let mut levels: BTreeMap<(String, String), bool> = BTreeMap::new();
    let mut instances: Vec<(String, String)> = Vec::new();
    let (mut inside, mut level, mut instance) = (String::new(), String::new(), String::new());
    let mut xml = Xml::new(part);
    while let Some(event) = xml.next()? {
        let Event::Start(start) = event else { continue };
        let value = |name| attribute(&start, name).unwrap_or_default();
        match start.local_name().as_ref() {
            b"abstractNum" => inside = value("abstractNumId"),
            b"lvl" => level = value("ilvl"),
            b"numFmt" => {
                let is_number = !matches!(value("val").as_str(), "bullet" | "none");
                levels.insert((inside.clone(), level.clone()), is_number);
            }
            b"num" => instance = value("numId"),
            b"abstractNumId" => instances.push((instance.clone(), value("val"))),
            _ => {}
        }
    }
    let mut found = Numbering::new();
    for (instance, of) in instances.into_iter().take(2_000) {
        let from = (of.clone(), String::new());
        for ((_, level), is_number) in levels.range(from..).take_while(|((known, _), _)| *known == of) {
            found.insert((instance.clone(), level.clone()), *is_number);
        }
    }
    Ok(found)
}

/// Reads title and author.
pub fn core(part: &[u8]) -> Result<Core, NotRead> {
    let mut core = Core::default();
    let mut inside: Vec<u8> = Vec::new();
    let mut xml = Xml::new(part);
    while let Some(event) = xml.next()? {
        let words = match &event {
            Event::Start(start) => {
                inside = start.local_name().as_ref().to_vec();
                continue;
            }
            Event::End(_) => {
                inside.clear();
                continue;
            }
            Event::Text(text) => text.decode().map(|words| words.into_owned()).unwrap_or_default(),
            Event::GeneralRef(name) => reference(name),
            _ => continue,
        };
        match inside.as_slice() {
            b"title" => core.title.push_str(&words),
            b"creator" => core.creator.push_str(&words),
            _ => {}
        }
    }
    Ok(core)
}
