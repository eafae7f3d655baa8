//! `proofmark compare`: two people who checked the same article independently.
//!
//! May use: files, domain, serde_json. Invariant: neither file is changed; the figures are those of
//! `domain::agreement`, which says what their units are.

use std::path::PathBuf;

use serde::Serialize;

use super::words::{escaped, short};
use super::{Console, End, Failure, files};
use crate::domain::agreement::{Agreement, Comparison, Difference, Tally, compare};
use crate::domain::{Annotation, Id, Kind, Project, Stamp};
use crate::formats::own_words;
use crate::io::shown;

/// Compare two projects of people who checked the same article independently
///
/// How many marks are the same, how far the two agree on what is marked and on the statuses (observed
/// agreement and Cohen's kappa), and each difference in the order of the first text. The unit for
/// marks is a word, sorted by the kinds of marks that touch it; for statuses an annotation that both
/// have. A kappa is not defined where chance alone explains full agreement.
#[derive(Clone, Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// The first project
    pub mine: PathBuf,
    /// The second one
    pub theirs: PathBuf,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Serialize)]
struct Figures {
    same_text: bool,
    annotations: [usize; 2],
    marks: Vec<Marks>,
    same_marks_f1: Option<f64>,
    words: Rate,
    statuses: Rate,
    differences: Vec<Item>,
}

#[derive(Serialize)]
struct Marks {
    kind: &'static str,
    same: usize,
    overlapping: usize,
    other_kind: usize,
    only_first: usize,
    only_second: usize,
}

#[derive(Serialize)]
struct Rate {
    units: u64,
    alike: u64,
    observed: Option<f64>,
    kappa: Option<f64>,
}

#[derive(Serialize)]
struct Item {
    first: Option<Side>,
    second: Option<Side>,
    differs: Vec<&'static str>,
}

#[derive(Serialize)]
struct Side {
    id: String,
    kind: &'static str,
    status: &'static str,
    words: String,
}

/// Runs it.
pub fn run(args: &Args, stamp: &mut Stamp, console: &mut Console) -> Result<End, Failure> {
    let mine = files::open(&args.mine, stamp, console)?;
    let theirs = files::open(&args.theirs, stamp, console)?;
    let found = compare(&mine.project, &theirs.project);
    if !found.same_text {
        console.note("the two texts are not the same; places are those of the first");
    }
    if found.not_placed > 0 {
        console.note(format!("places of the second that are not in the first text: {}", found.not_placed));
    }
    let sides = (&mine.project, &theirs.project);
    if args.json {
        let json =
            serde_json::to_string_pretty(&figures(&found, sides)).map_err(|error| mine.failure(error))?;
        console.say(&escaped(&json));
        return Ok(End::Done);
    }
    let names = (shown(&args.mine), shown(&args.theirs));
    let (first, second) = (&*names.0, &*names.1);
    for (kind, tally) in Kind::ALL.into_iter().zip(found.figures.kinds) {
        let Tally { same, overlap, other_kind, only_mine, only_theirs } = tally;
        console.say(&format!(
            "{}: {same} the same, {overlap} overlapping, {other_kind} of another kind, \
             {only_mine} only in {first}, {only_theirs} only in {second}",
            kind.plural()
        ));
    }
    let same =
        found.figures.same_marks().map_or_else(|| "nothing is marked".to_owned(), |f1| format!("{f1:.2}"));
    console.say(&format!("Same marks (F1): {same}"));
    console.say(&format!("Words: {}", rate(&found.figures.words)));
    console.say(&format!("Statuses: {}", rate(&found.figures.statuses)));
    for difference in &found.differences {
        console.say(&line(difference, sides, (first, second)));
    }
    Ok(End::Done)
}

fn rate(agreement: &Agreement) -> String {
    format!("{} of {} alike; {}", agreement.alike, agreement.things, agreement.words())
}

fn line(
    difference: &Difference,
    (mine, theirs): (&Project, &Project),
    (first, second): (&str, &str),
) -> String {
    let own = difference.mine.and_then(|id| mine.annotations.get(&id));
    let other = difference.theirs.and_then(|id| theirs.annotations.get(&id));
    let place = difference.at.map(|at| mine.article.text.paragraph_of(at.start as usize));
    let place = place.map(|number| format!("¶ {number}: ")).unwrap_or_default();
    let words = |annotation: &Annotation| format!("“{}”", short(&own_words(annotation), 60));
    match (own, other) {
        (Some(own), Some(other)) => {
            let mut parts = Vec::new();
            if difference.kind {
                parts.push(format!("{} or {}", own.kind.word(), other.kind.word()));
            }
            if difference.status {
                parts.push(format!("{} or {}", own.status.name(), other.status.name()));
            }
            if difference.place {
                parts.push(format!("or {}", words(other)));
            }
            format!("{place}{} {}: {}", own.kind.word(), words(own), parts.join(", "))
        }
        (Some(one), None) => {
            format!("{place}{} {}: only in {first} ({})", one.kind.word(), words(one), one.status.name())
        }
        (None, Some(one)) => {
            format!("{place}{} {}: only in {second} ({})", one.kind.word(), words(one), one.status.name())
        }
        (None, None) => place,
    }
}

fn figures(found: &Comparison, (mine, theirs): (&Project, &Project)) -> Figures {
    let marks = Kind::ALL.into_iter().zip(found.figures.kinds).map(|(kind, tally)| Marks {
        kind: kind.word(),
        same: tally.same,
        overlapping: tally.overlap,
        other_kind: tally.other_kind,
        only_first: tally.only_mine,
        only_second: tally.only_theirs,
    });
    let rate = |agreement: &Agreement| Rate {
        units: agreement.things,
        alike: agreement.alike,
        observed: agreement.observed(),
        kappa: agreement.kappa,
    };
    let side = |project: &Project, id: Option<Id>| {
        let annotation = project.annotations.get(&id?)?;
        Some(Side {
            id: annotation.id.to_string(),
            kind: annotation.kind.word(),
            status: annotation.status.word(),
            words: own_words(annotation),
        })
    };
    let differences = found.differences.iter().map(|difference| {
        let all = [(difference.place, "place"), (difference.kind, "kind"), (difference.status, "status")];
        Item {
            first: side(mine, difference.mine),
            second: side(theirs, difference.theirs),
            differs: all.into_iter().filter(|(differs, _)| *differs).map(|(_, word)| word).collect(),
        }
    });
    Figures {
        same_text: found.same_text,
        annotations: [found.figures.annotations.0, found.figures.annotations.1],
        marks: marks.collect(),
        same_marks_f1: found.figures.same_marks(),
        words: rate(&found.figures.words),
        statuses: rate(&found.figures.statuses),
        differences: differences.collect(),
    }
}
