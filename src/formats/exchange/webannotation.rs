//! W3C Web Annotation (recommendation of 23 February 2017), as JSON-LD, in and out.
//!
//! May use: domain, serde_json. Offsets are code points, half open. Written is an AnnotationPage:
//! each stretch of an annotation is one target with a TextQuoteSelector and a
//! TextPositionSelector, an orphan has the quote alone; the bodies say by their purpose what they
//! are (classifying: the kind, assessing: the status, describing: the fact, commenting: the note,
//! tagging, editing: the proposed wording, identifying: the speaker, linking: evidence). Read is any
//! annotation, page, collection or list of these. Known limits: range, SVG and refined selectors are
//! passed over; a state is ignored.

use serde_json::{Map, Value, json};

use super::arrival::{Marks, is_webannotation};
use super::{Foreign, Fragment, Mark, NotReadable, Ruler, Unit, maker, moment};
use crate::domain::annotation::{AnnotationValue, CONTEXT, EvidenceValue, Speaker};
use crate::domain::rules::Include;
use crate::domain::{Annotation, Id, Project};
use crate::formats::export::{Cancelled, Export, Part as File, Progress};
use crate::formats::loss::{self, Piece};
use crate::formats::{hidden_names, listed, printed_speaker};

/// The format's name in the table.
pub const NAME: &str = "webannotation";
/// How its annotations are known and read.
pub const MARKS: Marks = Marks { is_like: is_webannotation, read: |file, _, _| read(file) };
/// What it has a place for.
pub const CARRIED: &[Piece] = &[
    Piece::Status,
    Piece::Note,
    Piece::Fact,
    Piece::SpeakerLink,
    Piece::SpeakerName,
    Piece::Tag,
    Piece::Orphan,
];

/// Annotations for the web.
pub const EXPORT: Export = Export {
    title: "Web annotations (JSON-LD)",
    about: "marks for other tools",
    include: Include::All,
    ending: Some(NAME),
    write: parts,
    told: |project, include| loss::told(project, include, CARRIED),
    is_list: true,
    // What stands before and after a mark does.
    shows_text: true,
};

fn parts(project: &Project, include: Include, progress: &mut Progress<'_>) -> Result<Vec<File>, Cancelled> {
    Ok(File::whole(write(project, include, progress)?))
}

const CONTEXT_OF_ANNOTATIONS: &str = "http://www.w3.org/ns/anno.jsonld";

fn name_of(id: Id) -> String {
    format!("urn:proofmark:{id}")
}

/// Writes the list.
pub fn write(project: &Project, include: Include, progress: &mut Progress<'_>) -> Result<String, Cancelled> {
    let text = project.article.text.as_str();
    let ruler = Ruler::of(text, Unit::CodePoints);
    let hidden = hidden_names(project);
    let source = source_of(project);
    let held = listed(project, include);
    progress.ahead(held.len());
    let mut items = Vec::with_capacity(held.len());
    for a in held {
        progress.step()?;
        let mut item = Map::new();
        item.insert("id".into(), name_of(a.id).into());
        item.insert("type".into(), "Annotation".into());
        item.insert("motivation".into(), "classifying".into());
        if let Some((by, when)) = maker(a) {
            item.insert("creator".into(), json!({ "type": "Person", "name": by }));
            item.insert("created".into(), when.to_string().into());
        }
        item.insert("body".into(), Value::Array(bodies(project, a, &printed_speaker(project, a, &hidden))));
        item.insert("target".into(), Value::Array(targets(project, a, &ruler, &source)));
        items.push(Value::Object(item));
    }
    progress.ask()?;
    let page = json!({
        "@context": CONTEXT_OF_ANNOTATIONS,
        "id": format!("urn:proofmark:{}:annotations", project.id),
        "type": "AnnotationPage",
        "items": items,
    });
    let mut written = serde_json::to_string_pretty(&page).unwrap_or_default();
    written.push('\n');
    Ok(written)
}

fn source_of(project: &Project) -> String {
    let address = project.about.address.trim();
    if url::Url::parse(address).is_ok() { address.to_owned() } else { name_of(project.id) }
}

fn body(purpose: &str, value: &str) -> Value {
    json!({ "type": "TextualBody", "purpose": purpose, "format": "text/plain", "value": value })
}

fn bodies(project: &Project, a: &Annotation, speaker: &str) -> Vec<Value> {
    let mut bodies = vec![body("classifying", a.kind.word()), body("assessing", a.status.word())];
    if !a.fact.is_blank() {
        bodies.push(body("describing", a.fact.as_str()));
    }
    if !a.note.is_blank() {
        bodies.push(body("commenting", a.note.as_str()));
    }
    bodies.extend(a.tags.iter().map(|tag| body("tagging", tag)));
    if !speaker.is_empty() {
        let mut said_by = body("identifying", speaker);
        if let (Some(Speaker::Source(id)), Some(object)) = (&a.speaker, said_by.as_object_mut())
            && project.annotations.contains_key(id)
        {
            object.insert("id".into(), name_of(*id).into());
        }
        bodies.push(said_by);
    }
    bodies
}

fn targets(project: &Project, a: &Annotation, ruler: &Ruler<'_>, source: &str) -> Vec<Value> {
    let text = &project.article.text;
    let target = |span: &crate::domain::annotation::AnnotationSpan| {
        let place = &span.place;
        let (prefix, suffix) = place.at.map_or_else(
            || (place.prefix.as_str().to_owned(), place.suffix.as_str().to_owned()),
            |at| text.context(at, CONTEXT),
        );
        let quote = json!({
            "type": "TextQuoteSelector", "exact": place.quote.as_str(), "prefix": prefix, "suffix": suffix,
        });
        let position = place.at.map(|at| {
            let (start, end) = (ruler.count(at.start as usize), ruler.count(at.end as usize));
            json!({ "type": "TextPositionSelector", "start": start, "end": end })
        });
        let selectors: Vec<Value> = [Some(quote), position].into_iter().flatten().collect();
        json!({ "source": source, "selector": selectors })
    };
    a.live_spans().map(target).collect()
}

/// Reads annotations.
pub fn read(text: &str) -> Result<Foreign, NotReadable> {
    let value: Value = serde_json::from_str(text).map_err(|error| {
        NotReadable(format!("This is not JSON: line {}, column {}", error.line(), error.column()))
    })?;
    let mut found = Vec::new();
    collect(&value, &mut found);
    if found.is_empty() {
        return Err(NotReadable("There is no Web Annotation in this file".into()));
    }
    let mut foreign = Foreign::new(NAME, Unit::CodePoints);
    for (place, item) in found.into_iter().enumerate() {
        match mark(item, place) {
            Ok(mark) => foreign.marks.push(mark),
            Err(why) => foreign.remarks.push(format!("annotation {}: {why}", place + 1)),
        }
    }
    Ok(foreign)
}

/// The annotations of a page, a collection, a list, or the one that this is.
pub(super) fn collect<'a>(value: &'a Value, found: &mut Vec<&'a Value>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
        Value::Object(object) => {
            let inner = ["items", "first", "@graph"].into_iter().find_map(|key| object.get(key));
            match inner {
                Some(inner) => collect(inner, found),
                None if object.contains_key("target") => found.push(value),
                None => {}
            }
        }
        _ => {}
    }
}

/// One or several of something.
fn each(value: Option<&Value>) -> &[Value] {
    match value {
        Some(Value::Array(items)) => items,
        Some(one) => std::slice::from_ref(one),
        None => &[],
    }
}

fn text_of<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key).and_then(Value::as_str)
}

fn mark(item: &Value, place: usize) -> Result<Mark, String> {
    let id = text_of(item, "id")
        .or_else(|| text_of(item, "@id"))
        .map_or_else(|| format!("#{place}"), str::to_owned);
    let id = id.strip_prefix("urn:proofmark:").map_or(id.clone(), str::to_owned);
    let mut mark = Mark { id, all_of_them: true, ..Mark::default() };
    mark.when = text_of(item, "created").or_else(|| text_of(item, "modified")).and_then(moment);
    mark.by = each(item.get("creator")).iter().find_map(creator);
    let motivation = each(item.get("motivation")).iter().find_map(Value::as_str).unwrap_or("commenting");
    for body in each(item.get("body")) {
        take_body(&mut mark, body, motivation);
    }
    if let Some(value) = text_of(item, "bodyValue") {
        mark.add_note(value);
    }
    for target in each(item.get("target")) {
        mark.pieces.extend(piece(target));
    }
    if mark.pieces.is_empty() {
        return Err("no quote and no position in its target".into());
    }
    Ok(mark)
}

fn creator(value: &Value) -> Option<String> {
    let name = value.as_str().or_else(|| text_of(value, "name")).or_else(|| text_of(value, "nickname"));
    name.or_else(|| text_of(value, "id")).map(str::to_owned).filter(|name| !name.trim().is_empty())
}

fn take_body(mark: &mut Mark, body: &Value, motivation: &str) {
    let purpose = text_of(body, "purpose").unwrap_or(motivation);
    let Some(value) = body.as_str().or_else(|| text_of(body, "value")) else {
        if let Some(address) = text_of(body, "source").or_else(|| text_of(body, "id")) {
            mark.evidence.push(vec![EvidenceValue::Address(address.to_owned())]);
        }
        return;
    };
    match purpose {
        "classifying" => mark.label(value),
        "tagging" if super::kind_of(value).is_some() => mark.label(value),
        "tagging" => mark.tag(value),
        "assessing" => mark.status(value),
        "describing" => mark.values.push(AnnotationValue::Fact(value.into())),
        "editing" => mark.values.push(AnnotationValue::ProposedWording(value.into())),
        "linking" => mark.evidence.push(vec![EvidenceValue::Address(value.to_owned())]),
        "identifying" => match text_of(body, "id") {
            Some(id) => mark.speaker = Some(id.strip_prefix("urn:proofmark:").unwrap_or(id).to_owned()),
            None => mark.values.push(AnnotationValue::Speaker(Some(Speaker::Name(value.to_owned())))),
        },
        _ => mark.add_note(value),
    }
}

/// What the selectors of one target say together.
fn piece(target: &Value) -> Option<Fragment> {
    let mut piece = Fragment::default();
    for selector in each(target.get("selector")) {
        match text_of(selector, "type").or_else(|| text_of(selector, "@type")) {
            Some("TextQuoteSelector") => {
                piece.words = text_of(selector, "exact").map(str::to_owned);
                piece.before = text_of(selector, "prefix").unwrap_or_default().to_owned();
                piece.after = text_of(selector, "suffix").unwrap_or_default().to_owned();
            }
            Some("TextPositionSelector") => piece.at = offsets(selector),
            Some("FragmentSelector") => piece.at = piece.at.or_else(|| fragment(text_of(selector, "value")?)),
            _ => {}
        }
    }
    (piece.at.is_some() || piece.words.is_some()).then_some(piece)
}

/// The two offsets of a selector.
pub(super) fn offsets(selector: &Value) -> Option<(usize, usize)> {
    let number = |key| selector.get(key).and_then(Value::as_u64).and_then(|n| usize::try_from(n).ok());
    Some((number("start")?, number("end")?))
}

/// `char=3,8` of RFC 5147, which counts code points.
fn fragment(value: &str) -> Option<(usize, usize)> {
    let (start, end) = value.strip_prefix("char=")?.split_once(',')?;
    Some((start.trim().parse().ok()?, end.split(';').next()?.trim().parse().ok()?))
}
