//! doccano, in and out: JSON Lines, one document a line.
//!
//! May use: domain, serde_json. Offsets are UTF-16 units, as doccano's window counts them; read, the
//! count is the one by which stretches begin and end with words, for the file carries none. Written
//! is the form with relations: an entity for each stretch, `same-span` between those of one
//! annotation, `said-by` to its source. Comments are about the whole document there, so a note begins
//! with the entity and the words that it is about. Read are the four shapes that doccano wrote
//! over the years. Known limit: of several documents in a file those with the article's text count,
//! else the first.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::arrival::{Marks, is_doccano};
use super::linked::{self, Region, Regions};
use super::{Foreign, Fragment, Mark, NotReadable, Ruler, Unit};
use crate::domain::rules::Include;
use crate::domain::{Project, Text};
use crate::formats::export::{Cancelled, Export, Part as File, Progress};
use crate::formats::loss::{self, Piece};

/// The format's name in the table.
pub const NAME: &str = "doccano";
/// How its annotations are known and read.
pub const MARKS: Marks = Marks { is_like: is_doccano, read: |file, article, _| read(file, article) };
/// What it has a place for.
pub const CARRIED: &[Piece] = &[Piece::Note, Piece::SpeakerLink];

/// The article and its marks for doccano.
pub const EXPORT: Export = Export {
    title: "doccano (JSON Lines)",
    about: "the text and its marks",
    include: Include::All,
    ending: Some(NAME),
    write: parts,
    told: |project, include| loss::told(project, include, CARRIED),
    is_list: true,
    shows_text: true,
};

fn parts(project: &Project, include: Include, progress: &mut Progress<'_>) -> Result<Vec<File>, Cancelled> {
    Ok(File::whole(write(project, include, progress)?))
}

/// What we add to a document, and doccano keeps: its offsets need no guess.
const UNIT: &str = "offset_unit";

/// Writes the list: one line.
pub fn write(project: &Project, include: Include, progress: &mut Progress<'_>) -> Result<String, Cancelled> {
    let Regions { all, ties } = linked::regions(project, include, Unit::Utf16, progress)?;
    let (mut entities, mut comments) = (Vec::with_capacity(all.len()), Vec::new());
    for (place, Region { annotation, place: nth, at, words }) in all.iter().enumerate() {
        let number = place + 1;
        entities.push(json!({
            "id": number, "label": annotation.kind.word(), "start_offset": at.0, "end_offset": at.1,
        }));
        if *nth == 0 && !annotation.note.is_blank() {
            comments.push(format!("#{number} “{words}”: {}", annotation.note.as_str()));
        }
    }
    let relations: Vec<Value> = ties
        .into_iter()
        .enumerate()
        .map(|(place, (from, to, sort))| {
            json!({ "id": place + 1, "from_id": from + 1, "to_id": to + 1, "type": sort })
        })
        .collect();
    let comments: Vec<Value> = comments
        .into_iter()
        .enumerate()
        .map(|(place, comment)| json!({ "id": place + 1, "comment": comment }))
        .collect();
    progress.ask()?;
    let document = json!({
        "id": 1, "text": project.article.text.as_str(), "entities": entities, "relations": relations, "Comments": comments,
        UNIT: "utf-16",
    });
    Ok(format!("{document}\n"))
}

/// Reads the annotations of an article.
pub fn read(file: &str, article: &Text) -> Result<Foreign, NotReadable> {
    let mut foreign = Foreign::new(NAME, Unit::Utf16);
    let mut documents = Vec::new();
    let file = file.strip_prefix('\u{feff}').unwrap_or(file);
    for (place, line) in file.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        match serde_json::from_str::<Value>(line) {
            Ok(value) if value.get("text").is_some_and(Value::is_string) => documents.push((place, value)),
            Ok(_) => foreign.remarks.push(format!("line {}: no text", place + 1)),
            Err(error) => {
                foreign.remarks.push(format!("line {}: no JSON, column {}", place + 1, error.column()))
            }
        }
    }
    let text_of = |value: &Value| value.get("text").and_then(Value::as_str).unwrap_or_default().to_owned();
    let is_ours = |value: &Value| Text::normalised(&text_of(value)) == *article;
    let ours: Vec<&(usize, Value)> = documents.iter().filter(|(_, value)| is_ours(value)).collect();
    let chosen: Vec<&(usize, Value)> =
        if ours.is_empty() { documents.iter().take(1).collect() } else { ours };
    let Some((_, first)) = chosen.first() else {
        return Err(NotReadable(
            "There is no document of doccano (a line of JSON with a text) in this file".into(),
        ));
    };
    if chosen.len() < documents.len() {
        foreign
            .remarks
            .push(format!("{} other documents in this file are passed over", documents.len() - chosen.len()));
    }
    foreign.text = Some(text_of(first));
    foreign.is_certain = first.get(UNIT).and_then(Value::as_str) == Some("utf-16");
    for (place, document) in chosen {
        take(&mut foreign, *place, document);
    }
    Ok(foreign)
}

/// An entity: its id there, its offsets, its label.
struct Entity {
    id: String,
    at: (usize, usize),
    label: String,
}

fn take(foreign: &mut Foreign, line: usize, document: &Value) {
    let lists =
        ["entities", "label", "labels", "annotations"].into_iter().filter_map(|key| document.get(key));
    let mut marks: BTreeMap<String, usize> = BTreeMap::new();
    for (place, item) in lists.flat_map(|list| list.as_array().into_iter().flatten()).enumerate() {
        let Some(entity) = entity(item, place) else {
            foreign.remarks.push(format!(
                "line {}, entity {}: no two offsets and a label",
                line + 1,
                place + 1
            ));
            continue;
        };
        let mut mark = Mark { id: format!("{}:{}", line + 1, entity.id), ..Mark::default() };
        mark.label(&entity.label);
        mark.pieces.push(Fragment { at: Some(entity.at), ..Fragment::default() });
        marks.insert(entity.id, foreign.marks.len());
        foreign.marks.push(mark);
    }
    let mut ties = Vec::new();
    for item in document.get("relations").and_then(Value::as_array).into_iter().flatten() {
        let end = |key: &str| item.get(key).and_then(|id| marks.get(&plain(id))).copied();
        let Some((from, to)) = end("from_id").zip(end("to_id")) else {
            foreign.remarks.push(format!("line {}: a relation of what is not there", line + 1));
            continue;
        };
        let sort = item.get("type").and_then(Value::as_str).unwrap_or("related");
        ties.push((from, to, sort.to_owned()));
    }
    let comments =
        ["Comments", "comments"].into_iter().filter_map(|key| document.get(key)?.as_array()).flatten();
    let texts: Vec<&str> = comments
        .map(|comment| {
            comment.as_str().or_else(|| comment.get("comment").and_then(Value::as_str)).unwrap_or_default()
        })
        .collect();
    comment_on(foreign, line, &texts);
    linked::tie(foreign, &ties);
}

/// A comment that begins with an entity or with the words of one belongs to it.
fn comment_on(foreign: &mut Foreign, line: usize, comments: &[&str]) {
    if comments.is_empty() {
        return;
    }
    let text = foreign.text.clone().unwrap_or_default();
    let ruler = Ruler::of(&text, foreign.declared);
    let mut by_words: BTreeMap<&str, usize> = BTreeMap::new();
    let mut by_id: BTreeMap<String, (usize, &str)> = BTreeMap::new();
    for (place, mark) in foreign.marks.iter().enumerate() {
        let at = mark.pieces.first().and_then(|piece| piece.at);
        let at = at.and_then(|(start, end)| ruler.byte(start).zip(ruler.byte(end)));
        if let Some(words) = at.and_then(|(start, end)| text.get(start..end)) {
            by_words.entry(words).or_insert(place);
            by_id.insert(mark.id.clone(), (place, words));
        }
    }
    for comment in comments {
        let (number, rest) = match comment.strip_prefix('#').and_then(|rest| rest.split_once(' ')) {
            Some((number, rest)) => (Some(format!("{}:{number}", line + 1)), rest),
            None => (None, *comment),
        };
        let about = rest.strip_prefix('“').and_then(|rest| rest.split_once("”: "));
        let named = number.and_then(|id| by_id.get(&id)).filter(|(_, words)| {
            // The words themselves may hold what ends them here.
            rest.strip_prefix('“').is_some_and(|rest| rest.starts_with(words))
        });
        let note_of = |words: &str| rest.get('“'.len_utf8() + words.len()..)?.strip_prefix("”: ");
        let found = match named {
            Some((place, words)) => note_of(words).map(|note| (*place, note)),
            None => about.and_then(|(words, note)| Some((*by_words.get(words)?, note))),
        };
        match found.and_then(|(place, note)| Some((foreign.marks.get_mut(place)?, note))) {
            Some((mark, note)) => mark.add_note(note),
            None => foreign.remarks.push(format!(
                "line {}: a comment on the whole document: {}",
                line + 1,
                comment.chars().take(60).collect::<String>()
            )),
        }
    }
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// `[0, 2, "ORG"]`, `{"start_offset": 0, "end_offset": 2, "label": "ORG"}`, with or without an id.
fn entity(item: &Value, place: usize) -> Option<Entity> {
    let number = |value: &Value| value.as_u64().and_then(|n| usize::try_from(n).ok());
    let (start, end, label, id) = match item {
        Value::Array(parts) => {
            let [start, end, label] = parts.as_slice() else { return None };
            (number(start)?, number(end)?, plain(label), None)
        }
        Value::Object(object) => (
            number(object.get("start_offset")?)?,
            number(object.get("end_offset")?)?,
            plain(object.get("label")?),
            object.get("id").map(plain),
        ),
        _ => return None,
    };
    let id = id.unwrap_or_else(|| format!("{start}-{end}-{label}-{place}"));
    (start < end && !label.trim().is_empty()).then_some(Entity { id, at: (start, end), label })
}
