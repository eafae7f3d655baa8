//! What formats have in common whose marks are one stretch each: doccano, Label Studio.
//!
//! May use: domain, the rest of this folder. An annotation of several stretches is several marks there,
//! tied by [`SAME`]; who said it is a tie to a source, [`SAID_BY`]. Invariant: what [`regions`] takes
//! apart, [`tie`] puts together again. Any other tie is left to [`Foreign::place`].

use std::collections::BTreeMap;

use super::{Foreign, Unit};
use crate::domain::annotation::Speaker;
use crate::domain::rules::Include;
use crate::domain::{Annotation, Id, Project};
use crate::formats::export::{Cancelled, Progress};
use crate::formats::listed;
use crate::formats::units::Ruler;

/// Ties a stretch to the one before it of the same annotation.
pub(super) const SAME: &str = "same-span";
/// Ties what was said to its source.
pub(super) const SAID_BY: &str = "said-by";

/// One stretch of an annotation.
pub(super) struct Region<'a> {
    /// Of which annotation.
    pub annotation: &'a Annotation,
    /// Which of its stretches: 0 is the first, which carries everything else.
    pub place: usize,
    /// Its offsets.
    pub at: (usize, usize),
    /// Its words.
    pub words: &'a str,
}

/// The marks of an export, each with its tie.
pub(super) struct Regions<'a> {
    /// In text order of their annotations.
    pub all: Vec<Region<'a>>,
    /// From which, to which, of what sort.
    pub ties: Vec<(usize, usize, &'static str)>,
}

/// Takes the annotations of an export apart.
pub(super) fn regions<'a>(
    project: &'a Project,
    include: Include,
    unit: Unit,
    progress: &mut Progress<'_>,
) -> Result<Regions<'a>, Cancelled> {
    let text = &project.article.text;
    let ruler = Ruler::of(text.as_str(), unit);
    let held = listed(project, include);
    let (mut all, mut ties) = (Vec::new(), Vec::new());
    let mut first_of: BTreeMap<Id, usize> = BTreeMap::new();
    progress.ahead(held.len());
    for annotation in &held {
        progress.step()?;
        for (place, span) in annotation.placed().enumerate() {
            let at = (ruler.count(span.start as usize), ruler.count(span.end as usize));
            if place == 0 {
                first_of.insert(annotation.id, all.len());
            } else {
                ties.push((all.len() - 1, all.len(), SAME));
            }
            all.push(Region { annotation, place, at, words: text.slice(span) });
        }
    }
    for annotation in &held {
        if let Some(Speaker::Source(source)) = &annotation.speaker
            && let (Some(from), Some(to)) = (first_of.get(&annotation.id), first_of.get(source))
        {
            ties.push((*from, *to, SAID_BY));
        }
    }
    Ok(Regions { all, ties })
}

/// Puts marks together again: from which, to which, of what sort.
pub(super) fn tie(foreign: &mut Foreign, ties: &[(usize, usize, String)]) {
    // Where the stretches of a mark went; several may be tied one to the next.
    let mut home: BTreeMap<usize, usize> = BTreeMap::new();
    for (from, to, sort) in ties {
        let at_home = |place: &usize| home.get(place).copied().unwrap_or(*place);
        let (from, to) = (at_home(from), at_home(to));
        match sort.as_str() {
            SAME if from != to => {
                let pieces = std::mem::take(&mut foreign.marks[to].pieces);
                foreign.marks[from].pieces.extend(pieces);
                for place in home.values_mut().filter(|place| **place == to) {
                    *place = from;
                }
                home.insert(to, from);
            }
            SAME => {}
            SAID_BY => foreign.marks[from].speaker = Some(foreign.marks[to].id.clone()),
            _ => {
                let to = foreign.marks[to].id.clone();
                foreign.marks[from].ties.push((sort.clone(), to));
            }
        }
    }
    let mut place = 0;
    foreign.marks.retain(|_| {
        place += 1;
        !home.contains_key(&(place - 1))
    });
}
