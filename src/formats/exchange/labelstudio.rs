//! Label Studio, in and out: a list of tasks.
//!
//! May use: domain, serde_json. Offsets are code points of the task's text, half open; exports of
//! old versions count UTF-16 units, which the words tell. Written are a region for each stretch, its
//! status as a choice and its note as a text area with the region's id, `same-span` between the
//! stretches of one annotation, `said-by` to its source. The words of a region have their white
//! space collapsed there, so they are compared without it. Known limits: of several tasks those with
//! the article's text count, else the first; regions of hypertext count where they have global
//! offsets.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::arrival::{Marks, is_labelstudio};
use super::linked::{self, Region, Regions};
use super::{Foreign, Fragment, Mark, NotReadable, Unit, maker, moment};
use crate::domain::rules::Include;
use crate::domain::{Project, Text};
use crate::formats::export::{Cancelled, Export, Part as File, Progress};
use crate::formats::loss::{self, Piece};

/// The format's name in the table.
pub const NAME: &str = "labelstudio";
/// How its annotations are known and read.
pub const MARKS: Marks = Marks { is_like: is_labelstudio, read: |file, article, _| read(file, article) };
/// What it has a place for.
pub const CARRIED: &[Piece] = &[Piece::Status, Piece::Note, Piece::SpeakerLink];

/// The article and its marks for Label Studio.
pub const EXPORT: Export = Export {
    title: "Label Studio (JSON)",
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

/// Writes the list: one task.
pub fn write(project: &Project, include: Include, progress: &mut Progress<'_>) -> Result<String, Cancelled> {
    let Regions { all, ties } = linked::regions(project, include, Unit::CodePoints, progress)?;
    let id = |region: &Region<'_>| match region.place {
        0 => region.annotation.id.to_string(),
        place => format!("{}-{place}", region.annotation.id),
    };
    let mut results = Vec::new();
    for one in &all {
        let value = json!({ "start": one.at.0, "end": one.at.1, "text": one.words });
        let mut say = |from: &str, kind: &str, key: &str, word: &str| {
            results.push(region(&id(one), (from, kind), &value, key, word));
        };
        say("label", "labels", "labels", one.annotation.kind.word());
        if one.place == 0 {
            say("status", "choices", "choices", one.annotation.status.word());
            if !one.annotation.note.is_blank() {
                say("note", "textarea", "text", one.annotation.note.as_str());
            }
        }
    }
    results.extend(ties.iter().map(|(from, to, sort)| {
        json!({
            "type": "relation", "from_id": id(&all[*from]), "to_id": id(&all[*to]), "direction": "right",
            "labels": [sort],
        })
    }));
    let created = all.iter().filter_map(|region| maker(region.annotation)).map(|(_, when)| when).min();
    let mut annotation = Map::new();
    annotation.insert("result".into(), Value::Array(results));
    annotation.insert("was_cancelled".into(), false.into());
    annotation.insert("ground_truth".into(), false.into());
    if let Some(created) = created {
        annotation.insert("created_at".into(), created.to_string().into());
    }
    progress.ask()?;
    let tasks = json!([{ "data": { "text": project.article.text.as_str() }, "annotations": [annotation] }]);
    let mut written = serde_json::to_string_pretty(&tasks).unwrap_or_default();
    written.push('\n');
    Ok(written)
}

fn region(id: &str, (from, kind): (&str, &str), at: &Value, key: &str, word: &str) -> Value {
    let mut value = at.clone();
    if let Some(object) = value.as_object_mut() {
        if key == "text" {
            object.remove("text");
        }
        object.insert(key.into(), json!([word]));
    }
    json!({ "id": id, "from_name": from, "to_name": "text", "type": kind, "origin": "manual", "value": value })
}

/// Reads the annotations of an article.
pub fn read(file: &str, article: &Text) -> Result<Foreign, NotReadable> {
    let value: Value = serde_json::from_str(file).map_err(|error| {
        NotReadable(format!("This is not JSON: line {}, column {}", error.line(), error.column()))
    })?;
    let tasks: Vec<&Value> = match &value {
        Value::Array(tasks) => tasks.iter().collect(),
        one => vec![one],
    };
    let tasks: Vec<(&Value, &str)> =
        tasks.into_iter().filter_map(|task| Some((task, text_of(task)?))).collect();
    let ours: Vec<&(&Value, &str)> =
        tasks.iter().filter(|(_, text)| Text::normalised(text) == *article).collect();
    let chosen = if ours.is_empty() { tasks.iter().take(1).collect() } else { ours };
    let Some((_, text)) = chosen.first() else {
        return Err(NotReadable("There is no task of Label Studio with a text in this file".into()));
    };
    let mut foreign = Foreign::new(NAME, Unit::CodePoints);
    foreign.text = Some((*text).to_owned());
    if chosen.len() < tasks.len() {
        foreign
            .remarks
            .push(format!("{} other tasks in this file are passed over", tasks.len() - chosen.len()));
    }
    for (task, _) in chosen {
        let lists = ["annotations", "completions"].into_iter().filter_map(|key| task.get(key)?.as_array());
        for annotation in lists.flatten() {
            take(&mut foreign, annotation);
        }
    }
    Ok(foreign)
}

/// The text of a task: the field of that name, else the only one that is a text.
fn text_of(task: &Value) -> Option<&str> {
    let data = task.get("data").unwrap_or(task).as_object()?;
    data.get("text").and_then(Value::as_str).or_else(|| data.values().find_map(Value::as_str))
}

fn take(foreign: &mut Foreign, annotation: &Value) {
    let who =
        annotation.get("completed_by").and_then(|by| by.get("email").or(Some(by))).and_then(Value::as_str);
    let when = annotation.get("created_at").and_then(Value::as_str).and_then(moment);
    let results: Vec<&Value> =
        annotation.get("result").and_then(Value::as_array).into_iter().flatten().collect();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for (place, result) in results.iter().enumerate() {
        if result.get("type").and_then(Value::as_str) == Some("relation") {
            continue;
        }
        let id = result.get("id").and_then(Value::as_str).map_or_else(|| format!("#{place}"), str::to_owned);
        let value = result.get("value").unwrap_or(&Value::Null);
        let slot = match known.get(&id) {
            Some(slot) => *slot,
            None => {
                let Some(piece) = piece(value) else {
                    foreign.remarks.push(format!("result {}: no offsets in a text", place + 1));
                    continue;
                };
                let by = who.map(str::to_owned);
                known.insert(id.clone(), foreign.marks.len());
                foreign.marks.push(Mark { id, by, when, pieces: vec![piece], ..Mark::default() });
                foreign.marks.len() - 1
            }
        };
        if let Some(mark) = foreign.marks.get_mut(slot) {
            set(mark, result, value);
        }
    }
    relate(foreign, &results, &known);
}

fn set(mark: &mut Mark, result: &Value, value: &Value) {
    let words =
        |key: &str| value.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    words("labels").chain(words("hypertextlabels")).for_each(|label| mark.label(label));
    words("choices").for_each(|choice| mark.status(choice));
    // The text of a text area is a list, that of a region is a text.
    words("text").for_each(|text| mark.add_note(text));
    let meta = result.get("meta").and_then(|meta| meta.get("text")).and_then(Value::as_array);
    meta.into_iter().flatten().filter_map(Value::as_str).for_each(|text| mark.add_note(text));
    if let Some(words) = value.get("text").and_then(Value::as_str)
        && let Some(piece) = mark.pieces.first_mut()
    {
        piece.words.get_or_insert_with(|| words.to_owned());
    }
}

fn piece(value: &Value) -> Option<Fragment> {
    let at = value.get("globalOffsets").unwrap_or(value);
    let at = super::webannotation::offsets(at)?;
    let words = value.get("text").and_then(Value::as_str).map(str::to_owned);
    Some(Fragment { at: Some(at), words, ..Fragment::default() })
}

fn relate(foreign: &mut Foreign, results: &[&Value], known: &BTreeMap<String, usize>) {
    let mut ties = Vec::new();
    for result in results {
        if result.get("type").and_then(Value::as_str) != Some("relation") {
            continue;
        }
        let end = |key: &str| result.get(key).and_then(Value::as_str).and_then(|id| known.get(id)).copied();
        let Some((from, to)) = end("from_id").zip(end("to_id")) else {
            foreign.remarks.push("a relation of what is not there".into());
            continue;
        };
        let sort = result.get("labels").and_then(Value::as_array).and_then(|all| all.first()?.as_str());
        ties.push((from, to, sort.unwrap_or("related").to_owned()));
    }
    linked::tie(foreign, &ties);
}
