//! Word documents: the text, and the author's footnotes, endnotes and comments on their words.
//!
//! May use: zip, quick-xml, the rest of `formats::incoming`. Invariants: no entry is written anywhere
//! and no name of one is a path; what counts is what is really read, never a size that the archive
//! declares; tracked insertions are in the text and tracked deletions are not, and both are told. A
//! footnote becomes a proposed source on the words before its mark, a comment a note on its own words.
//! Known limits: pictures, charts, headers and footers are left out; addresses of links in the text
//! itself are only counted.

mod document;
mod package;
mod parts;
mod xml;

use std::collections::BTreeMap;

use super::encoding::{Certainty, Decoded};
use super::{Details, Imported, Mark, NotRead, ReadOptions, counted, notes, sniff};
use document::{Body, Edge, Sort};
use package::Package;
use parts::Note;

/// Reads it.
pub fn read(bytes: &[u8], options: ReadOptions) -> Result<Imported, NotRead> {
    if !bytes.starts_with(b"PK") {
        sniff::refuse_foreign(bytes)?;
        return Err(NotRead::new("This is no Word document (DOCX)", sniff::ADVICE));
    }
    let mut package = Package::open(bytes)?;
    let main = package.main()?;
    let numbering = package.part_of(&main, "numbering")?.map(|part| parts::numbering(&part)).transpose()?;
    let body = document::body(&package.part(&main)?, &package.links(&main)?, numbering.unwrap_or_default())?;
    let mut texts: BTreeMap<(Sort, String), Note> = BTreeMap::new();
    for sort in Sort::ALL {
        let Some(name) = package.name_of(&main, sort.part())? else { continue };
        let Some(part) = package.part_if_there(&name)? else { continue };
        let links = package.links(&name)?;
        texts.extend(parts::notes(&part, sort, &links)?.into_iter().map(|(id, note)| ((sort, id), note)));
    }
    let core = package.core()?.map(|part| parts::core(&part)).transpose()?.unwrap_or_default();
    let decoded =
        Decoded { text: String::new(), charset: "UTF-8", certainty: Certainty::Certain, invalid: None };
    let mut imported = Imported::of("docx", &body.text, bytes, &decoded, options).map_err(|error| {
        if body.text.trim().is_empty() {
            NotRead::new("The document has no words", "Choose another file")
        } else {
            error
        }
    })?;
    let title = body.title.clone().unwrap_or(core.title);
    imported.details = Details { title, byline: core.creator, ..Details::default() };
    place(&mut imported, &body, texts);
    tell(&mut imported, &body);
    Ok(imported)
}

/// Puts each note on its words.
fn place(imported: &mut Imported, body: &Body, mut texts: BTreeMap<(Sort, String), Note>) {
    let mut starts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut ends: BTreeMap<&str, usize> = BTreeMap::new();
    for place in body.places.iter().filter(|place| place.sort == Sort::Comment) {
        match place.edge {
            Edge::Start => starts.insert(&place.id, place.at),
            Edge::End => ends.insert(&place.id, place.at),
            Edge::Mark => continue,
        };
    }
    let mut previous = None;
    let mut numbers: BTreeMap<Sort, usize> = BTreeMap::new();
    let mut lost = 0;
    for place in body.places.iter().filter(|place| place.edge == Edge::Mark) {
        let Some(note) = texts.remove(&(place.sort, place.id.clone())) else { continue };
        let number = numbers.entry(place.sort).or_default();
        *number += 1;
        let id = format!("{} {number}", place.sort.word());
        let is_comment = place.sort == Sort::Comment;
        let range = starts.get(place.id.as_str()).zip(ends.get(place.id.as_str())).filter(|_| is_comment);
        let own = range.and_then(|(start, end)| notes::words_of(&imported.text, *start, *end));
        let at = place.at.min(imported.text.len());
        let words = own.or_else(|| notes::words_before(&imported.text, at, previous.filter(|_| !is_comment)));
        if !is_comment {
            previous = Some(at);
        }
        let Some(span) = words else {
            lost += 1;
            continue;
        };
        let (text, addresses) = notes::with_links(&note.text, note.addresses);
        imported.marks.push(Mark { span, id, is_source: !is_comment, by: note.by, text, addresses });
    }
    // What has text and no mark in the document, deleted marks included.
    lost += texts.values().filter(|note| !note.text.is_empty()).count();
    imported.marks.sort_by_key(|mark| mark.span);
    if lost > 0 {
        imported.remarks.push(format!(
            "{} to no words of the text and left out",
            counted(lost, "note belongs", "notes belong")
        ));
    }
}

fn tell(imported: &mut Imported, body: &Body) {
    let told = [
        (body.inserted, "tracked insertion is in the text", "tracked insertions are in the text"),
        (body.deleted, "tracked deletion is left out", "tracked deletions are left out"),
        (body.hidden, "stretch of hidden text is left out", "stretches of hidden text are left out"),
        (body.pictures, "picture is left out", "pictures are left out"),
    ];
    for (count, one, many) in told {
        if count > 0 {
            imported.remarks.push(counted(count, one, many));
        }
    }
    if body.links > 0 {
        let links = counted(body.links, "link is", "links are");
        imported.remarks.push(format!("The addresses of {links} not in the text"));
    }
}

#[cfg(test)]
pub(crate) mod samples;
#[cfg(test)]
mod tests;
