//! The archive that a Word document is: its parts by their relationships.
//!
//! May use: zip, quick-xml. Invariant: the number of entries is looked at before any is listed, and no
//! more bytes of a part are held than a limit, whatever sizes the archive declares.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use quick_xml::events::Event;
use zip::ZipArchive;
use zip::result::ZipError;

use super::xml::{self, Xml};
use crate::formats::incoming::NotRead;
use crate::formats::incoming::encoding::decode;

/// More of one part is no article.
const MOST_PART: u64 = 48 << 20;
/// A document has some dozens.
const MOST_ENTRIES: usize = 10_000;

/// The parts of a document.
pub struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
}

/// One line of a list of relationships.
struct Relationship {
    id: String,
    kind: String,
    target: String,
    is_outside: bool,
}

fn damaged(why: &str) -> NotRead {
    NotRead::new(
        format!("The Word document cannot be read ({why})"),
        "Open it in Word or LibreOffice and save it again, or copy its text",
    )
}

fn problem(error: &ZipError) -> NotRead {
    match error {
        ZipError::UnsupportedArchive(why) if *why == ZipError::PASSWORD_REQUIRED => locked(),
        ZipError::Io(_) | ZipError::InvalidArchive(_) => damaged("it is cut off or damaged"),
        _ => damaged("it is packed in a way that is not known here"),
    }
}

fn locked() -> NotRead {
    NotRead::new("The Word document is protected by a password", "Save it without the password, then open it")
}

impl<'a> Package<'a> {
    /// Opens it.
    pub fn open(bytes: &'a [u8]) -> Result<Self, NotRead> {
        // Each entry has such a head at the end of the archive; listing them costs memory for each.
        let heads = bytes.windows(4).filter(|four| four == b"PK\x01\x02").take(MOST_ENTRIES + 1).count();
        if heads > MOST_ENTRIES {
            return Err(damaged("it has more than 10,000 entries"));
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| problem(&error))?;
        Ok(Self { archive })
    }

    /// The name of the part that has the text.
    pub fn main(&mut self) -> Result<String, NotRead> {
        let root = self.relationships("")?;
        let main = root.into_iter().find(|relation| relation.kind == "officeDocument");
        let main = main.map_or_else(|| "word/document.xml".to_owned(), |relation| relation.target);
        if self.archive.index_for_name(&main).is_some() {
            return Ok(main);
        }
        let has =
            |folder: &str| self.archive.file_names_raw().any(|name| name.starts_with(folder.as_bytes()));
        let what = if has("xl/") {
            "it is an Excel workbook"
        } else if has("ppt/") {
            "it is a PowerPoint presentation"
        } else {
            "it has no word/document.xml"
        };
        Err(NotRead::new(format!("This archive is no Word document ({what})"), super::sniff::ADVICE))
    }

    /// A part that must be there.
    pub fn part(&mut self, name: &str) -> Result<Vec<u8>, NotRead> {
        self.part_if_there(name)?.ok_or_else(|| damaged(&format!("it has no {name}")))
    }

    /// A part, where the archive has it.
    pub fn part_if_there(&mut self, name: &str) -> Result<Option<Vec<u8>>, NotRead> {
        let entry = match self.archive.by_name(name) {
            Ok(entry) => entry,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(problem(&error)),
        };
        if entry.encrypted() {
            return Err(locked());
        }
        let mut bytes = Vec::new();
        let read = entry.take(MOST_PART + 1).read_to_end(&mut bytes);
        if bytes.len() as u64 > MOST_PART {
            return Err(damaged("a part of it is larger than 48 MB"));
        }
        read.map_err(|_| damaged("it is cut off or damaged"))?;
        Ok(Some(as_utf_8(bytes)))
    }

    /// The name of the part that stands in a relation to another one.
    pub fn name_of(&mut self, part: &str, kind: &str) -> Result<Option<String>, NotRead> {
        let all = self.relationships(part)?;
        Ok(all.into_iter().find(|relation| relation.kind == kind).map(|relation| relation.target))
    }

    /// That part.
    pub fn part_of(&mut self, part: &str, kind: &str) -> Result<Option<Vec<u8>>, NotRead> {
        match self.name_of(part, kind)? {
            Some(name) => self.part_if_there(&name),
            None => Ok(None),
        }
    }

    /// The document's properties.
    pub fn core(&mut self) -> Result<Option<Vec<u8>>, NotRead> {
        self.part_of("", "core-properties")
    }

    /// The addresses of a part's links, by id.
    pub fn links(&mut self, part: &str) -> Result<BTreeMap<String, String>, NotRead> {
        let all = self.relationships(part)?.into_iter();
        let outside = all.filter(|relation| relation.is_outside && relation.kind == "hyperlink");
        Ok(outside.map(|relation| (relation.id, relation.target)).collect())
    }

    fn relationships(&mut self, part: &str) -> Result<Vec<Relationship>, NotRead> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let list = join(folder, &format!("_rels/{file}.rels"));
        let Some(bytes) = self.part_if_there(&list)? else { return Ok(Vec::new()) };
        let mut all = Vec::new();
        let mut xml = Xml::new(&bytes);
        while let Some(event) = xml.next()? {
            let Event::Start(start) = event else { continue };
            if start.local_name().as_ref() != b"Relationship" {
                continue;
            }
            let of = |name| xml::attribute(&start, name).unwrap_or_default();
            let kind = of("Type");
            let is_outside = of("TargetMode") == "External";
            let target = of("Target");
            let target = match target.strip_prefix('/') {
                _ if is_outside => target,
                Some(absolute) => absolute.to_owned(),
                None => join(folder, &target),
            };
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            all.push(Relationship { id: of("Id"), kind, target, is_outside });
        }
        Ok(all)
    }
}

/// XML may be UTF-16; what reads it here wants UTF-8 without a mark.
fn as_utf_8(bytes: Vec<u8>) -> Vec<u8> {
    let is_marked = [&b"\xff\xfe"[..], b"\xfe\xff", b"\xef\xbb\xbf"].iter().any(|m| bytes.starts_with(m));
    match decode(&bytes, None, None).filter(|_| is_marked) {
        Some(decoded) => decoded.text.into_bytes(),
        None => bytes,
    }
}

/// A name inside the archive; `..` leads no higher than its top.
fn join(folder: &str, name: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in name.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}
