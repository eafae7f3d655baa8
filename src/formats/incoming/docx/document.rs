//! The text of a Word document, and where its notes stand.
//!
//! May use: quick-xml, the rest of `formats::incoming`. Invariant: elements are told apart by their local
//! names, without recursion; what is silent (deletions, old properties, fallbacks) says nothing, whatever
//! is in it. Known limits: numbers of lists count on through a document as Word does only in simple lists;
//! a text box stands behind the paragraph that it hangs on.

use std::collections::BTreeMap;

use quick_xml::events::{BytesStart, Event};

use super::super::lines::Lines;
use super::parts::Numbering;
use super::xml::{Xml, attribute, is_on, reference};
use crate::formats::incoming::{NotRead, notes as shared};

/// What an author can write beside the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// At the foot of a page.
    Footnote,
    /// At the end.
    Endnote,
    /// In the margin.
    Comment,
}

impl Sort {
    /// All.
    pub const ALL: [Self; 3] = [Self::Footnote, Self::Endnote, Self::Comment];

    /// The relationship of the part that has their texts.
    pub fn part(self) -> &'static str {
        match self {
            Self::Footnote => "footnotes",
            Self::Endnote => "endnotes",
            Self::Comment => "comments",
        }
    }

    /// For one of them.
    pub fn word(self) -> &'static str {
        match self {
            Self::Footnote => "footnote",
            Self::Endnote => "endnote",
            Self::Comment => "comment",
        }
    }
}

/// Which part of a note's place it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// Its words begin.
    Start,
    /// Its words end.
    End,
    /// Its mark.
    Mark,
}

/// Where a note stands in the text.
#[derive(Clone, Debug)]
pub struct Place {
    pub sort: Sort,
    pub id: String,
    pub edge: Edge,
    pub at: usize,
}

/// The document's text.
#[derive(Debug, Default)]
pub struct Body {
    pub text: String,
    pub places: Vec<Place>,
    /// The paragraph that the author set as the title.
    pub title: Option<String>,
    pub inserted: usize,
    pub deleted: usize,
    pub hidden: usize,
    pub pictures: usize,
    pub links: usize,
}

/// A text that grows, with the places of notes in it.
#[derive(Default)]
struct Sheet {
    lines: Lines,
    places: Vec<Place>,
}

/// Elements in which nothing is text.
fn is_silent(name: &[u8]) -> bool {
    matches!(
        name,
        b"del" | b"moveFrom" | b"Fallback" | b"delText" | b"delInstrText" | b"sectPr" | b"rt" | b"docPr"
    ) || name.ends_with(b"PrChange")
}

/// Writes the text that the elements of a part make.
pub(super) struct Writer<'l> {
    body: Body,
    sheets: Vec<Sheet>,
    /// Text boxes that wait for the end of their paragraph.
    boxes: Vec<Sheet>,
    links: &'l BTreeMap<String, String>,
    addresses: Vec<String>,
    numbering: Numbering,
    counters: BTreeMap<(String, String), usize>,
    silent: usize,
    properties: usize,
    run_is_hidden: bool,
    is_text: bool,
    is_code: bool,
    code: String,
    mark_is_deleted: bool,
    list: Option<(String, String)>,
    was_list: bool,
    is_title: bool,
    title_from: usize,
    cells: usize,
    fresh_cell: bool,
    rows: usize,
}

impl<'l> Writer<'l> {
    /// Begins.
    pub(super) fn new(links: &'l BTreeMap<String, String>, numbering: Numbering) -> Self {
        Self {
            body: Body::default(),
            sheets: vec![Sheet::default()],
            boxes: Vec::new(),
            links,
            addresses: Vec::new(),
            numbering,
            counters: BTreeMap::new(),
            silent: 0,
            properties: 0,
            run_is_hidden: false,
            is_text: false,
            is_code: false,
            code: String::new(),
            mark_is_deleted: false,
            list: None,
            was_list: false,
            is_title: false,
            title_from: 0,
            cells: 0,
            fresh_cell: false,
            rows: 0,
        }
    }

    fn sheet(&mut self) -> &mut Sheet {
        if self.sheets.is_empty() {
            self.sheets.push(Sheet::default());
        }
        let last = self.sheets.len() - 1;
        &mut self.sheets[last]
    }

    fn words(&mut self, words: &str) {
        if self.silent == 0 && !self.run_is_hidden {
            self.sheet().lines.exactly(words);
        }
    }

    fn open(&mut self, start: &BytesStart<'_>) {
        let local = start.local_name();
        let name = local.as_ref();
        if self.silent > 0 || is_silent(name) {
            self.body.deleted += usize::from(self.silent == 0 && name == b"del" && self.properties == 0);
            // Inside the properties of a paragraph, it is the paragraph's end that was deleted.
            self.mark_is_deleted |= self.silent == 0 && name == b"del" && self.properties > 0;
            self.silent += 1;
            return;
        }
        match name {
            b"p" => self.paragraph(),
            b"pPr" | b"rPr" | b"trPr" | b"tcPr" | b"tblPr" => self.properties += 1,
            b"r" => self.run_is_hidden = false,
            b"t" => self.is_text = true,
            b"instrText" => self.is_code = true,
            b"tab" if self.properties == 0 => self.words("\t"),
            b"br" | b"cr" => {
                let kind = attribute(start, "type");
                if kind.is_none_or(|kind| kind == "textWrapping") {
                    self.words("\n");
                }
            }
            b"noBreakHyphen" => self.words("\u{2011}"),
            b"softHyphen" => self.words("\u{ad}"),
            b"vanish" if is_on(start) && !self.run_is_hidden => {
                self.run_is_hidden = true;
                self.body.hidden += 1;
            }
            b"ins" | b"moveTo" => self.body.inserted += usize::from(self.properties == 0),
            b"pStyle" => {
                let style = attribute(start, "val").unwrap_or_default().to_lowercase();
                self.is_title = ["title", "titel", "titre", "título", "titolo"].contains(&style.as_str());
            }
            b"ilvl" | b"numId" => {
                let value = attribute(start, "val").unwrap_or_default();
                let list = self.list.get_or_insert_with(|| (String::new(), "0".into()));
                if name == b"ilvl" { list.1 = value } else { list.0 = value }
            }
            b"tbl" => {
                self.sheet().lines.block();
                self.rows = 0;
            }
            b"tr" => {
                self.cells = 0;
                if self.rows > 0 {
                    self.sheet().lines.row();
                }
                self.rows += 1;
            }
            b"tc" => {
                if self.cells > 0 {
                    self.sheet().lines.join();
                    self.sheet().lines.exactly("\t");
                }
                self.cells += 1;
                self.fresh_cell = true;
            }
            b"txbxContent" => self.sheets.push(Sheet::default()),
            b"pic" => self.body.pictures += 1,
            b"hyperlink" => {
                self.body.links += 1;
                let address = attribute(start, "id").and_then(|id| self.links.get(&id).cloned());
                self.addresses.extend(address);
            }
            b"footnoteReference" => self.place(Sort::Footnote, Edge::Mark, start),
            b"endnoteReference" => self.place(Sort::Endnote, Edge::Mark, start),
            b"commentReference" => self.place(Sort::Comment, Edge::Mark, start),
            b"commentRangeStart" => self.place(Sort::Comment, Edge::Start, start),
            b"commentRangeEnd" => self.place(Sort::Comment, Edge::End, start),
            _ => {}
        }
    }

    fn place(&mut self, sort: Sort, edge: Edge, start: &BytesStart<'_>) {
        let id = attribute(start, "id").unwrap_or_default();
        let sheet = self.sheet();
        let at = if edge == Edge::Start { sheet.lines.next() } else { sheet.lines.at() };
        sheet.places.push(Place { sort, id, edge, at });
    }

    fn paragraph(&mut self) {
        self.list = None;
        self.is_title = false;
        let joins = std::mem::take(&mut self.mark_is_deleted);
        let (cells, fresh) = (self.cells, std::mem::take(&mut self.fresh_cell));
        let lines = &mut self.sheet().lines;
        if joins {
            lines.join();
        } else if fresh {
            // It stands behind the tab, or begins the row.
        } else if cells > 0 {
            lines.line();
        } else {
            lines.block();
        }
        self.title_from = self.sheet().lines.next();
    }

    /// The paragraph's properties are known: a point of a list begins with its bullet or number.
    fn properties_end(&mut self) {
        let Some(list) = self.list.clone().filter(|list| list.0 != "0") else { return };
        if std::mem::replace(&mut self.was_list, true) {
            self.sheet().lines.row();
        }
        let lead = if self.numbering.get(&list).copied().unwrap_or_default() {
            let count = self.counters.entry(list.clone()).or_default();
            *count += 1;
            let lead = format!("{count}. ");
            // The next level begins anew below each point.
            self.counters.retain(|known, _| known.0 != list.0 || known.1 <= list.1);
            lead
        } else {
            "• ".to_owned()
        };
        self.sheet().lines.lead(&lead);
    }

    fn close(&mut self, name: &[u8]) {
        if self.silent > 0 {
            self.silent -= 1;
            return;
        }
        match name {
            b"pPr" | b"rPr" | b"trPr" | b"tcPr" | b"tblPr" => {
                self.properties = self.properties.saturating_sub(1);
                if name == b"pPr" {
                    // What its mark's own properties hide is only the mark.
                    self.run_is_hidden = false;
                    self.properties_end();
                }
            }
            b"t" => self.is_text = false,
            b"r" => self.run_is_hidden = false,
            b"instrText" => {
                self.is_code = false;
                let code = std::mem::take(&mut self.code);
                if code.trim_start().starts_with("HYPERLINK") {
                    self.body.links += 1;
                    self.addresses.extend(shared::addresses(&code));
                }
            }
            b"p" => {
                self.was_list &= self.list.is_some();
                if self.is_title && self.body.title.is_none() && self.sheets.len() == 1 {
                    let from = self.title_from;
                    self.body.title = self.sheet().lines.since(from);
                }
                for sheet in std::mem::take(&mut self.boxes) {
                    self.paste(sheet);
                }
            }
            b"tbl" => {
                self.cells = 0;
                self.sheet().lines.block();
            }
            b"txbxContent" if self.sheets.len() > 1 => {
                if let Some(sheet) = self.sheets.pop() {
                    self.boxes.push(sheet);
                }
            }
            _ => {}
        }
    }

    /// Writes a text box behind what is there.
    fn paste(&mut self, sheet: Sheet) {
        let text = sheet.lines.finish();
        let into = self.sheet();
        into.lines.block();
        let base = into.lines.next();
        into.lines.exactly(text.trim_end());
        into.places.extend(sheet.places.into_iter().map(|place| Place { at: base + place.at, ..place }));
        into.lines.block();
    }

    /// The text so far and the addresses of its links.
    pub(super) fn finish(mut self) -> (String, Vec<String>) {
        let lines = std::mem::take(&mut self.sheet().lines);
        (lines.finish(), self.addresses)
    }

    /// Goes on.
    pub(super) fn take(&mut self, event: &Event<'_>) {
        let (is_text, is_code) = (self.is_text, self.is_code);
        let words = match event {
            Event::Start(start) => return self.open(start),
            Event::End(end) => return self.close(end.local_name().as_ref()),
            Event::Text(text) if is_text || is_code => text.decode().map(|words| words.into_owned()).ok(),
            Event::CData(text) if is_text || is_code => text.decode().map(|words| words.into_owned()).ok(),
            Event::GeneralRef(name) if is_text || is_code => Some(reference(name)),
            _ => None,
        };
        let Some(words) = words else { return };
        if is_code {
            self.code.push_str(&words);
        } else {
            // Line ends between the letters are the file's, not the author's.
            self.words(&words.replace(['\r', '\n'], " "));
        }
    }
}

/// Reads the document's text.
pub fn body(part: &[u8], links: &BTreeMap<String, String>, numbering: Numbering) -> Result<Body, NotRead> {
    let mut writer = Writer::new(links, numbering);
    let mut xml = Xml::new(part);
    while let Some(event) = xml.next()? {
        writer.take(&event);
    }
    let Writer { mut body, mut sheets, .. } = writer;
    let sheet = if sheets.is_empty() { Sheet::default() } else { sheets.swap_remove(0) };
    body.text = sheet.lines.finish();
    body.places = sheet.places;
    Ok(body)
}
