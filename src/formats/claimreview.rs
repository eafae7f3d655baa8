//! ClaimReview: ratings of claims for search engines and archives of fact checks, as JSON-LD.
//!
//! May use: domain, serde_json, jiff. The shape is schema.org's, as Google's page asks for it. A
//! review needs a rating, so annotations without a verdict are left out, and told. The address of
//! the article is that of the page on which the reviews stand; the best and the worst rating are the
//! highest and the lowest number of the house's scale. Invariants: what is wrong is told before
//! ([`lint`]); every address in it is one of the web; the text may stand in a script element. Known
//! limits: a project has one address, so where the speech itself was published is not in it; on a
//! scale whose lowest number is the best, the two are the wrong way round.

use serde_json::{Map, Value, json};

use super::export::{Cancelled, Export, Part, Progress};
use super::html::anchor;
use super::json::{harmless, number};
use super::markdown::destination;
use super::{exact_words, hidden_names, listed, loss, printed_speaker, table};
use crate::domain::annotation::{Number, SourceType, Speaker, Verdict};
use crate::domain::rules::Include;
use crate::domain::{Annotation, Kind, Project};

/// Ratings for search engines.
pub const EXPORT: Export = Export {
    title: "Ratings for search engines (ClaimReview)",
    about: "ratings for search engines, as JSON-LD",
    include: Include::Checked,
    ending: Some("claimreview"),
    write,
    told: lint,
    is_list: false,
    shows_text: false,
};

/// What Google's page advises for a claim, in characters.
const LONGEST: usize = 75;

/// What is left out and what is wrong.
pub fn lint(project: &Project, include: Include) -> Vec<String> {
    let mut lines = loss::annotations(project, include);
    let rows = listed(project, include);
    let bare = rows.iter().filter(|a| is_claim(a) && label(a).is_none()).count();
    if bare > 0 {
        let (one, many) = ("claim or quote without a verdict", "claims and quotes without a verdict");
        lines.push(format!("left out: {}", loss::counted(bare, one, many)));
    }
    let sources = rows.iter().filter(|a| !is_claim(a)).count();
    if sources > 0 {
        lines.push(format!("left out: {}", loss::counted(sources, "source", "sources")));
    }
    let rated: Vec<_> = rows.iter().filter(|a| is_claim(a) && label(a).is_some()).collect();
    if rated.is_empty() {
        lines.push("warning: nothing has a verdict, so there is no review".into());
        return lines;
    }
    if destination(&project.about.address).is_none() {
        lines.push(
            "warning: the article has no address of the web, which every review needs (title and details)"
                .into(),
        );
    }
    let long = rated.iter().filter(|a| claim_text(a).chars().count() > LONGEST).count();
    if long > 0 {
        let (one, many) = ("claim is longer than 75 characters", "claims are longer than 75 characters");
        lines.push(format!("warning: {}", loss::counted(long, one, many)));
    }
    if rated.len() > 1 {
        let count = rated.len();
        lines.push(format!("warning: {count} reviews; search engines take one a page"));
    }
    lines
}

fn is_claim(a: &Annotation) -> bool {
    a.kind != Kind::Source
}

fn label(a: &Annotation) -> Option<&Verdict> {
    a.verdict.as_ref().filter(|verdict| !verdict.label.trim().is_empty())
}

/// The claim in one sentence.
fn claim_text(a: &Annotation) -> String {
    let text = if a.fact.is_blank() { exact_words(a) } else { a.fact.as_str().to_owned() };
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Writes the reviews.
pub fn write(
    project: &Project,
    include: Include,
    progress: &mut Progress<'_>,
) -> Result<Vec<Part>, Cancelled> {
    let (rows, hidden) = (listed(project, include), hidden_names(project));
    progress.ahead(rows.len());
    let mut reviews = Vec::new();
    for a in rows.iter().filter(|a| is_claim(a)) {
        progress.step()?;
        let Some(verdict) = label(a) else { continue };
        let speaker = printed_speaker(project, a, &hidden);
        reviews.push(harmless(&ordered(&review(project, a, verdict, speaker))));
    }
    let out = match reviews.as_slice() {
        [] => "[]\n".to_owned(),
        [one] => format!("{one}\n"),
        _ => format!("[\n{}\n]\n", reviews.join(",\n")),
    };
    Ok(Part::whole(out))
}

/// Fields in their order: a map of serde_json has that of the alphabet, or not, by its features.
type Fields = Vec<(&'static str, Value)>;

fn ordered(fields: &Fields) -> String {
    let one = |(name, value): &(&str, Value)| format!("\"{name}\": {value}");
    format!("{{{}}}", fields.iter().map(one).collect::<Vec<_>>().join(", "))
}

fn review(project: &Project, a: &Annotation, verdict: &Verdict, speaker: String) -> Fields {
    let about = &project.about;
    let page = destination(&about.address).map(|address| {
        let page = address.split('#').next().unwrap_or_default();
        format!("{page}#{}", anchor(a.id))
    });
    let mut fields: Fields = vec![("@context", json!("https://schema.org")), ("@type", json!("ClaimReview"))];
    fields.extend(page.as_ref().map(|page| ("url", json!(page))));
    fields.push(("claimReviewed", json!(claim_text(a))));
    fields.extend(day(&about.date).map(|day| ("datePublished", json!(day))));
    if !about.outlet.trim().is_empty() {
        fields.push((
            "author",
            object(vec![("@type", json!("Organization")), ("name", json!(about.outlet.trim()))]),
        ));
    }
    fields.push(("reviewRating", rating(project, a, verdict)));
    fields.push(("itemReviewed", claim(project, a, page.as_deref(), speaker)));
    let works: Vec<Value> = table::evidence(a).into_iter().filter_map(work).collect();
    if !works.is_empty() {
        fields.push(("citation", Value::Array(works)));
    }
    fields
}

fn object(fields: Fields) -> Value {
    Value::Object(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect::<Map<_, _>>())
}

fn rating(project: &Project, a: &Annotation, verdict: &Verdict) -> Value {
    let mut fields: Fields = vec![("@type", json!("Rating")), ("alternateName", json!(verdict.label.trim()))];
    let scale = project.about.scale.iter().filter_map(|rating| rating.number);
    let numbers: Vec<Number> = scale.chain(verdict.number).collect();
    if let (Some(value), Some(worst), Some(best)) =
        (verdict.number, numbers.iter().min(), numbers.iter().max())
    {
        fields.push(("ratingValue", number(value)));
        fields.push(("bestRating", number(*best)));
        fields.push(("worstRating", number(*worst)));
    }
    if !a.rationale.is_blank() {
        fields.push(("ratingExplanation", json!(a.rationale.as_str().trim())));
    }
    object(fields)
}

fn claim(project: &Project, a: &Annotation, page: Option<&str>, speaker: String) -> Value {
    let mut fields: Fields = vec![("@type", json!("Claim"))];
    fields.extend(page.map(|page| ("@id", json!(format!("{page}-itself")))));
    fields.push(("text", json!(super::own_words(a))));
    if !speaker.is_empty() {
        let source = match &a.speaker {
            Some(Speaker::Source(id)) => project.record(*id),
            _ => None,
        };
        let sort = match source.and_then(|source| source.source_type) {
            Some(SourceType::Organisation | SourceType::Agency) => "Organization",
            _ => "Person",
        };
        let mut who: Fields = vec![("@type", json!(sort)), ("name", json!(speaker))];
        let role =
            source.map(|source| source.role.trim()).filter(|role| !role.is_empty() && sort == "Person");
        who.extend(role.map(|role| ("jobTitle", json!(role))));
        let address = source.and_then(|source| destination(&source.address));
        who.extend(address.map(|address| ("url", json!(address))));
        fields.push(("author", object(who)));
    }
    fields.extend(day(&a.said_when).map(|day| ("datePublished", json!(day))));
    if !a.said_where.trim().is_empty() {
        fields.push(("name", json!(a.said_where.trim())));
    }
    object(fields)
}

/// A piece of evidence, where it has a name.
fn work(e: &crate::domain::annotation::Evidence) -> Option<Value> {
    let address = destination(&e.address);
    let title = e.title.trim();
    let name = if title.is_empty() { address? } else { title };
    let mut fields: Fields = vec![("@type", json!("CreativeWork")), ("name", json!(name))];
    fields.extend(address.map(|address| ("url", json!(address))));
    fields.extend(destination(&e.archived).map(|address| ("archivedAt", json!(address))));
    Some(object(fields))
}

/// A day in the form that machines read, where the text is one or begins with one.
fn day(text: &str) -> Option<String> {
    let day: jiff::civil::Date = text.trim().get(..10)?.parse().ok()?;
    Some(day.to_string())
}
