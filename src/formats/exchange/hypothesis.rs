//! Hypothesis: the client's export and the answers of its API, in only.
//!
//! May use: domain, serde_json. Offsets are UTF-16 units (unlike the W3C's) of the page's text. A
//! tag that names a kind or a status sets it, others stay tags; a reply becomes a line of the note
//! of what it answers; a note on the whole page is no annotation of words and is told. Known limit:
//! range selectors are passed over.

use std::collections::BTreeMap;

use serde_json::Value;

use super::arrival::{Marks, is_hypothesis};
use super::{Foreign, Fragment, Mark, NotReadable, Unit, kind_of, moment, status_of};

/// The format's name in the table.
pub const NAME: &str = "hypothesis";
/// How its annotations are known and read.
pub const MARKS: Marks = Marks { is_like: is_hypothesis, read: |file, _, _| read(file) };

/// Reads an export.
pub fn read(text: &str) -> Result<Foreign, NotReadable> {
    let value: Value = serde_json::from_str(text).map_err(|error| {
        NotReadable(format!("This is not JSON: line {}, column {}", error.line(), error.column()))
    })?;
    let items = ["annotations", "rows"].into_iter().find_map(|key| value.get(key)).unwrap_or(&value);
    let Some(items) = items.as_array() else {
        return Err(NotReadable("There is no list of Hypothesis annotations in this file".into()));
    };
    let mut foreign = Foreign::new(NAME, Unit::Utf16);
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    let mut replies = Vec::new();
    for (place, item) in items.iter().enumerate() {
        let parent = item.get("references").and_then(Value::as_array).and_then(|all| all.last());
        if let Some(parent) = parent.and_then(Value::as_str) {
            replies.push((place, parent.to_owned(), item));
            continue;
        }
        let mark = mark(item, place);
        if mark.pieces.is_empty() {
            foreign
                .remarks
                .push(format!("annotation {}: a note on the whole page marks no words", place + 1));
            continue;
        }
        known.insert(mark.id.clone(), foreign.marks.len());
        foreign.marks.push(mark);
    }
    for (place, parent, item) in replies {
        let Some(answered) = known.get(&parent).copied() else {
            foreign
                .remarks
                .push(format!("annotation {}: it answers one that is not in this file", place + 1));
            continue;
        };
        let who = author(item).unwrap_or_else(|| "somebody".into());
        let words = item.get("text").and_then(Value::as_str).unwrap_or_default();
        if let Some(mark) = foreign.marks.get_mut(answered) {
            mark.add_note(&format!("{who}: {words}"));
        }
        // A reply to the reply goes to the same place.
        if let Some(id) = item.get("id").and_then(Value::as_str) {
            known.insert(id.to_owned(), answered);
        }
    }
    Ok(foreign)
}

fn mark(item: &Value, place: usize) -> Mark {
    let text = |key: &str| item.get(key).and_then(Value::as_str);
    let mut mark =
        Mark { id: text("id").map_or_else(|| format!("#{place}"), str::to_owned), ..Mark::default() };
    mark.by = author(item);
    mark.when = text("created").or_else(|| text("updated")).and_then(moment);
    for tag in item.get("tags").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str) {
        match (kind_of(tag), status_of(tag)) {
            (Some(kind), _) => mark.kind = kind,
            (None, Some(_)) => mark.status(tag),
            (None, None) => mark.tag(tag),
        }
    }
    mark.add_note(text("text").unwrap_or_default());
    for target in item.get("target").and_then(Value::as_array).into_iter().flatten() {
        let mut piece = Fragment::default();
        for selector in target.get("selector").and_then(Value::as_array).into_iter().flatten() {
            let text = |key: &str| selector.get(key).and_then(Value::as_str).map(str::to_owned);
            match selector.get("type").and_then(Value::as_str) {
                Some("TextQuoteSelector") => {
                    piece.words = text("exact");
                    piece.before = text("prefix").unwrap_or_default();
                    piece.after = text("suffix").unwrap_or_default();
                }
                Some("TextPositionSelector") => piece.at = super::webannotation::offsets(selector),
                _ => {}
            }
        }
        if piece.at.is_some() || piece.words.is_some() {
            mark.pieces.push(piece);
        }
    }
    mark
}

/// `acct:ada@hypothes.is` as `ada`, or the name that is shown.
fn author(item: &Value) -> Option<String> {
    let shown = item.get("user_info").and_then(|info| info.get("display_name")).and_then(Value::as_str);
    let account = item.get("user").and_then(Value::as_str).unwrap_or_default();
    let name = account.strip_prefix("acct:").unwrap_or(account);
    let name = name.split('@').next().unwrap_or_default();
    shown.or(Some(name)).map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned)
}
