//! Everything that an export may hold, as JSON for other programs.
//!
//! May use: domain, serde_json. UTF-8; one annotation a line, so that two exports can be compared.
//! The shape, version 1 (a field is always there; what is not known is `null`, `""` or `[]`):
//!
//! ```text
//! format "proofmark-export" · version · include verified|checked|all · project (id)
//! offsets: what the units below are
//! article: title byline outlet date address text
//! scale[]: label number meaning
//! annotations[]: id order kind status open[] fact exact_text corrected_from proposed_wording
//!   resolution category priority speaker{name source} said_on where verdict{label number} rationale
//!   reason check_again form compared_with compared_at name role source_type address note tags[]
//!   checked_by checked_at signed_off_by origin{format id}
//!   spans[]: quote paragraph bytes[2] code_points[2] utf16[2]   (null for words no longer in the text)
//!   evidence[]: stance title address archived location excerpt seen level
//! ```
//!
//! Invariant: offsets are half-open, from 0, into `article.text`; `quote` is what stands there in
//! each of the three units. `<`, `>`, `&` and the line separators of JavaScript are escaped, so that
//! the file may stand inside a page. Known limit: the history of the project is not in it.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::Value;

use super::export::{Cancelled, Export, Part, Progress};
use super::loss::{self, Piece};
use super::units::{Ruler, Unit};
use super::{corrected_from, exact_words, hidden_names, listed, printed_speaker, table};
use crate::domain::annotation::{AnnotationSpan, Evidence, Number, Origin, QuoteForm, SourceType, Speaker};
use crate::domain::project::Rating;
use crate::domain::rules::{self, Include};
use crate::domain::{Annotation, Project};

/// Everything for other programs.
pub const EXPORT: Export = Export {
    title: "Everything for programs (JSON)",
    about: "the text and all details, for programs",
    include: Include::Verified,
    ending: None,
    write,
    told: |project, include| loss::list(project, include, HOLDS),
    is_list: true,
    shows_text: true,
};

const HOLDS: &[Piece] = &[
    Piece::Note,
    Piece::Evidence,
    Piece::Excerpt,
    Piece::Tag,
    Piece::Comparison,
    Piece::SourceDetail,
    Piece::Wording,
    Piece::SignOff,
];

/// Writes the list as JSON.
pub fn write(
    project: &Project,
    include: Include,
    progress: &mut Progress<'_>,
) -> Result<Vec<Part>, Cancelled> {
    let (rows, hidden) = (listed(project, include), hidden_names(project));
    progress.ahead(rows.len());
    let about = &project.about;
    let article = Article {
        title: &about.title,
        byline: &about.byline,
        outlet: &about.outlet,
        date: &about.date,
        address: &about.address,
        text: project.article.text.as_str(),
    };
    let rated =
        |r: &'_ Rating| line(&Scale { label: &r.label, number: r.number.map(number), meaning: &r.meaning });
    let scale: Vec<String> = about.scale.iter().map(rated).collect();
    let mut out = String::from("{\n\"format\": \"proofmark-export\",\n\"version\": 1,\n");
    let (include, id) = (include.word(), project.id);
    out.push_str(&format!("\"include\": \"{include}\",\n\"project\": \"{id}\",\n{OFFSETS}"));
    out.push_str(&format!("\"article\": {},\n\"scale\": [{}],\n", line(&article), scale.join(", ")));
    out.push_str("\"annotations\": [");
    let units = [Unit::CodePoints, Unit::Utf16].map(|unit| Ruler::of(article.text, unit));
    for (place, a) in rows.iter().enumerate() {
        out.push_str(if place == 0 { "\n" } else { ",\n" });
        out.push_str(&line(&item(project, a, place + 1, &hidden, &units)));
        progress.step()?;
    }
    out.push_str(if rows.is_empty() { "]\n}\n" } else { "\n]\n}\n" });
    Ok(Part::whole(out))
}

/// What the units are, for whoever reads the file.
const OFFSETS: &str = "\
\"offsets\": {\"bytes\": \"bytes of article.text in UTF-8, half-open, from 0\", \
\"code_points\": \"Unicode code points of article.text, half-open, from 0\", \
\"utf16\": \"units of UTF-16 of article.text, half-open, from 0\"},\n";

#[derive(Serialize)]
struct Article<'a> {
    title: &'a str,
    byline: &'a str,
    outlet: &'a str,
    date: &'a str,
    address: &'a str,
    text: &'a str,
}

#[derive(Serialize)]
struct Scale<'a> {
    label: &'a str,
    number: Option<Value>,
    meaning: &'a str,
}

/// A value on one line. Writing texts and numbers to memory cannot fail.
fn line(value: &impl Serialize) -> String {
    harmless(&serde_json::to_string(value).unwrap_or_default())
}

/// JSON that may stand in a script element of a page: its strings have no character that HTML or
/// JavaScript takes for its own. Outside strings JSON has none of these.
pub(super) fn harmless(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' | '\u{7f}' | '\u{feff}' => {
                out.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out
}

/// A whole number without a point, as people write it.
pub(super) fn number(number: Number) -> Value {
    let value = number.0;
    if value.fract() == 0.0 && value.abs() < 9e15 { (value as i64).into() } else { value.into() }
}

/// An annotation; the order of the fields is that of the file.
#[derive(Serialize)]
struct Item<'a> {
    id: String,
    order: usize,
    kind: &'static str,
    status: &'static str,
    open: Vec<&'static str>,
    fact: &'a str,
    exact_text: String,
    corrected_from: String,
    proposed_wording: &'a str,
    resolution: &'static str,
    category: &'a str,
    priority: &'static str,
    speaker: Option<Said>,
    said_on: &'a str,
    r#where: &'a str,
    verdict: Option<Rated<'a>>,
    rationale: &'a str,
    reason: &'a str,
    check_again: Option<String>,
    form: Option<&'static str>,
    compared_with: &'a str,
    compared_at: &'a str,
    name: &'a str,
    role: &'a str,
    source_type: Option<&'static str>,
    address: &'a str,
    note: &'a str,
    tags: &'a [String],
    checked_by: Option<String>,
    checked_at: Option<String>,
    signed_off_by: String,
    origin: Option<&'a Origin>,
    spans: Vec<Stretch<'a>>,
    evidence: Vec<Proof<'a>>,
}

#[derive(Serialize)]
struct Said {
    name: String,
    source: Option<String>,
}

#[derive(Serialize)]
struct Rated<'a> {
    label: &'a str,
    number: Option<Value>,
}

#[derive(Serialize)]
struct Stretch<'a> {
    quote: &'a str,
    paragraph: Option<usize>,
    bytes: Option<[usize; 2]>,
    code_points: Option<[usize; 2]>,
    utf16: Option<[usize; 2]>,
}

#[derive(Serialize)]
struct Proof<'a> {
    stance: &'static str,
    title: &'a str,
    address: &'a str,
    archived: &'a str,
    location: &'a str,
    excerpt: &'a str,
    seen: &'a str,
    level: Option<&'static str>,
}

fn item<'a>(
    project: &Project,
    a: &'a Annotation,
    order: usize,
    hidden: &BTreeSet<String>,
    units: &[Ruler<'_>; 2],
) -> Item<'a> {
    let checked = table::checked(a);
    Item {
        id: a.id.to_string(),
        order,
        kind: a.kind.word(),
        status: a.status.word(),
        open: rules::open_matters(a).into_iter().map(rules::Open::words).collect(),
        fact: a.fact.as_str(),
        exact_text: exact_words(a),
        corrected_from: corrected_from(a),
        proposed_wording: a.proposed_wording.as_str(),
        resolution: table::resolution(a),
        category: &a.category,
        priority: table::priority(a.priority),
        speaker: speaker(project, a, hidden),
        said_on: &a.said_when,
        r#where: &a.said_where,
        verdict: a.verdict.as_ref().map(|v| Rated { label: &v.label, number: v.number.map(number) }),
        rationale: a.rationale.as_str(),
        reason: a.reason.as_str(),
        check_again: a.why_check(),
        form: a.form.map(form),
        compared_with: &a.compared_with,
        compared_at: &a.compared_at,
        name: &a.name,
        role: &a.role,
        source_type: a.source_type.map(source_type),
        address: &a.address,
        note: a.note.as_str(),
        tags: &a.tags,
        checked_by: checked.map(|entry| entry.by.to_string()),
        checked_at: checked.map(|entry| entry.when.to_string()),
        signed_off_by: table::signed_off(a),
        origin: a.origin.as_ref(),
        spans: a.live_spans().map(|span| stretch(project, span, units)).collect(),
        evidence: table::evidence(a).into_iter().map(proof).collect(),
    }
}

fn stretch<'a>(project: &Project, span: &'a AnnotationSpan, units: &[Ruler<'_>; 2]) -> Stretch<'a> {
    let quote = span.place.quote.as_str();
    let Some(at) = span.place.at else {
        return Stretch { quote, paragraph: None, bytes: None, code_points: None, utf16: None };
    };
    let range = at.range();
    let [points, utf16] = units.each_ref().map(|ruler| [range.start, range.end].map(|at| ruler.count(at)));
    Stretch {
        quote,
        paragraph: Some(project.article.text.paragraph_of(range.start)),
        bytes: Some([range.start, range.end]),
        code_points: Some(points),
        utf16: Some(utf16),
    }
}

/// The speaker, and the source in this list that it is.
fn speaker(project: &Project, a: &Annotation, hidden: &BTreeSet<String>) -> Option<Said> {
    let name = printed_speaker(project, a, hidden);
    let source = match &a.speaker {
        Some(Speaker::Source(id)) => Some(id.to_string()),
        _ => None,
    };
    (!name.is_empty()).then_some(Said { name, source })
}

fn proof(e: &Evidence) -> Proof<'_> {
    Proof {
        stance: table::stance(e.stance),
        title: &e.title,
        address: &e.address,
        archived: &e.archived,
        location: &e.location,
        excerpt: e.excerpt.as_str(),
        seen: &e.seen,
        level: e.level.map(|level| table::level(Some(level))),
    }
}

const fn form(form: QuoteForm) -> &'static str {
    match form {
        QuoteForm::Direct => "direct",
        QuoteForm::Indirect => "indirect",
        QuoteForm::Mixed => "mixed",
    }
}

/// What sort of source it is, as a word.
pub(super) const fn source_type(sort: SourceType) -> &'static str {
    match sort {
        SourceType::Person => "person",
        SourceType::Organisation => "organisation",
        SourceType::Document => "document",
        SourceType::Data => "data",
        SourceType::Agency => "agency",
        SourceType::OwnObservation => "own-observation",
    }
}
