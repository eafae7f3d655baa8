//! `proofmark set`: changes one annotation.
//!
//! May use: files, mark's options, domain. Invariant: only what is named changes; "check again" goes
//! by `--confirm` alone, whatever status is set, as in the window.
//! Known limit: `--occurrence` and `--all` need all spans of the annotation to have the same words.

use std::path::PathBuf;

use super::by::By;
use super::force::Force;
use super::mark::{At, Fields};
use super::{Console, End, Failure, files};
use crate::domain::annotation::{Annotation, AnnotationSpan, AnnotationValue, Place, SpanValue};
use crate::domain::{Kind, Span, Stamp, log};

/// Change an annotation
///
/// Where a merge left a field with two values, setting it decides.
/// With --occurrence the annotation moves to that occurrence of its words, which also gives an orphan
/// its place back; with --all it covers every occurrence.
#[derive(Clone, Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// The project file
    pub file: PathBuf,
    /// The annotation's id, or as much of its beginning as no other id has
    pub id: String,
    /// What the words are
    #[arg(long)]
    pub kind: Option<Kind>,
    #[command(flatten)]
    pub at: At,
    #[command(flatten)]
    pub fields: Fields,
    /// You looked at it: take back "check again"
    #[arg(long)]
    pub confirm: bool,
    /// Keep it, where one person removed it while another changed it; `remove` decides the other way
    #[arg(long)]
    pub keep: bool,
    #[command(flatten)]
    pub over: Force,
    #[command(flatten)]
    pub by: By,
}

/// Runs it.
pub fn run(args: &Args, stamp: &mut Stamp, console: &mut Console) -> Result<End, Failure> {
    let mut file = files::open_to_change(&args.file, args.over, stamp, console)?;
    let annotation = file.annotation(&args.id)?.clone();
    let moves = args.at.all || args.at.occurrence.is_some();
    if args.fields.is_empty() && args.kind.is_none() && !moves && !args.confirm && !args.keep {
        return Err(file.failure(
            "Nothing to set: name at least one of --status, --note, --speaker, --kind, --occurrence, --all, --confirm, --keep",
        ));
    }
    let kind = args.kind.unwrap_or(annotation.kind);
    let spans = if moves { wanted(&file, &annotation, args.at)? } else { annotation.placed().collect() };
    if moves || kind != annotation.kind {
        file.refuse_twice(kind, &spans, Some(annotation.id))?;
    }
    let values =
        args.fields.values(&file.project, kind, Some(&annotation)).map_err(|why| file.failure(why))?;
    let transaction = file.project.alter(annotation.id, "set", |after| {
        log::set(after, AnnotationValue::Kind(kind), stamp);
        if moves {
            let (text, head) = (&file.project.article.text, file.project.article.head());
            place(after, &spans, |span| Place::of(text, head, span), stamp);
        }
        for value in values {
            log::set(after, value, stamp);
        }
        if args.confirm {
            after.confirm(stamp);
        }
    });
    file.apply(&transaction)?;
    if args.keep {
        let kept = file.project.keep(annotation.id, stamp);
        file.apply(&kept)?;
    }
    file.save(stamp, console)?;
    Ok(End::Done)
}

/// Where the annotation is to be.
fn wanted(file: &files::File, annotation: &Annotation, at: At) -> Result<Vec<Span>, Failure> {
    let mut words = annotation.live_spans().map(|span| span.place.quote.as_str());
    let first = words.next().unwrap_or_default();
    if words.any(|other| other != first) {
        return Err(file.failure(
            "This annotation has spans of different words; --occurrence and --all need the same words",
        ));
    }
    let places = file.places(first)?;
    Ok(match at {
        At { all: true, .. } => file.all(places)?,
        At { occurrence, .. } => vec![file.place(&places, occurrence.unwrap_or(1) as usize)?],
    })
}

/// Gives an annotation these spans: those it has stay, others move there, come or go.
fn place(annotation: &mut Annotation, wanted: &[Span], at: impl Fn(Span) -> Place, stamp: &mut Stamp) {
    let had: Vec<Span> = annotation.placed().collect();
    let mut missing = wanted.iter().filter(|span| !had.contains(span));
    let mut kept = Vec::new();
    for span in annotation.spans.iter_mut().filter(|span| !span.removed) {
        if let Some(here) = span.place.at.filter(|here| wanted.contains(here) && !kept.contains(here)) {
            kept.push(here);
        } else if let Some(to) = missing.next() {
            log::set(span, SpanValue::Place(at(*to)), stamp);
        } else {
            log::set(span, SpanValue::Removed(true), stamp);
        }
    }
    for to in missing {
        annotation.spans.push(AnnotationSpan::create(stamp, at(*to)));
    }
}
