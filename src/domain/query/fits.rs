//! Whether an annotation fits a query. May use: the rest of `domain`.
//!
//! Invariant: a function of query, project and annotation alone; case does not matter, in no script
//! that has it.

use super::key::{Key, State, Thing};
use super::{Needle, Progress, Query, Test};
use crate::domain::annotation::Speaker;
use crate::domain::order::last_change;
use crate::domain::project::{Checker, source_name};
use crate::domain::{Annotation, Kind, Project, rules};

/// A text as it is compared: every letter first as a capital, then small, so that `ß` is `ss` and
/// every sigma the same.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.chars().flat_map(char::to_uppercase).flat_map(char::to_lowercase).collect()
}

/// Whether [`fold`] makes something else of a letter than its one small form.
fn folds_apart(letter: char) -> bool {
    let folded = || letter.to_uppercase().flat_map(char::to_lowercase);
    !letter.is_ascii() && (folded().count() > 1 || !letter.to_lowercase().eq(folded()))
}

impl Needle {
    /// Whether these words are in a text.
    pub fn is_in(&self, text: &str) -> bool {
        if text.is_empty() || self.folded.is_empty() {
            return self.folded.is_empty();
        }
        if self.quick.as_ref().is_some_and(|quick| quick.is_match(text)) {
            return true;
        }
        // The expression knows letters of one case and the other, one for one; what it cannot know
        // are those that become several, or another letter. With it, nothing else is left to find.
        let knows_all = self.quick.is_some() && !text.chars().any(folds_apart);
        !knows_all && fold(text).contains(&self.folded)
    }

    /// Whether they are all of a text.
    fn is_all_of(&self, text: &str) -> bool {
        fold(text) == self.folded
    }
}

impl Query {
    /// Whether an annotation of a project fits.
    pub fn fits(&self, project: &Project, annotation: &Annotation) -> bool {
        self.terms.iter().all(|term| term.test.fits(project, annotation) != term.not)
    }
}

impl Test {
    fn fits(&self, project: &Project, a: &Annotation) -> bool {
        match self {
            Self::Words(needle) => any_text(project, a, |text| needle.is_in(text)),
            Self::Status(all) => all.iter().any(|progress| progress.fits(a)),
            Self::Kind(all) => all.contains(&a.kind),
            Self::Priority(all) => all.contains(&a.priority),
            Self::Has(all) => all.iter().any(|thing| thing.is_in(a)),
            Self::No(all) => !all.iter().any(|thing| thing.is_in(a)),
            Self::Is(all) => all.iter().any(|state| state.fits(a)),
            Self::Paragraphs(all) => paragraphs(project, a)
                .any(|(first, last)| all.iter().any(|(from, to)| first <= *to && last >= *from)),
            Self::Text(key, all) => all.iter().any(|needle| text_fits(*key, needle, project, a)),
        }
    }
}

/// The first and the last paragraph of each span in the text.
fn paragraphs<'a>(project: &'a Project, a: &'a Annotation) -> impl Iterator<Item = (usize, usize)> + 'a {
    let text = &project.article.text;
    a.placed().map(|span| {
        let last = (span.end as usize).saturating_sub(1);
        (text.paragraph_of(span.start as usize), text.paragraph_of(last))
    })
}

fn text_fits(key: Key, needle: &Needle, project: &Project, a: &Annotation) -> bool {
    let is_source = |source: &Annotation| {
        source.kind == Kind::Source && (needle.is_in(&source_name(source)) || needle.is_in(&source.role))
    };
    match key {
        Key::Speaker => a.speaker.as_ref().is_some_and(|s| needle.is_in(&project.speaker_name(s))),
        Key::Source => {
            let said = match &a.speaker {
                Some(Speaker::Source(id)) => project.record(*id).is_some_and(|source| is_source(source)),
                _ => false,
            };
            said || is_source(a)
        }
        Key::By => authors(a).any(|by| {
            needle.is_in(by)
                || needle.is_all_of(&Checker::named(by).initials)
                || project.checkers.iter().any(|c| c.name == by && needle.is_all_of(&c.initials))
        }),
        Key::Tag => a.tags.iter().any(|tag| needle.is_in(tag)),
        Key::Category => needle.is_in(&a.category),
        Key::Verdict => a.verdict.as_ref().is_some_and(|verdict| needle.is_in(&verdict.label)),
        Key::Changed => last_change(a).is_some_and(|(when, _)| when.to_string().starts_with(needle.as_str())),
        Key::Status | Key::Kind | Key::Has | Key::No | Key::Is | Key::Priority | Key::Para => false,
    }
}

/// Everybody in the logs, as often as they wrote.
pub(super) fn authors(a: &Annotation) -> impl Iterator<Item = &str> {
    let inside = a.spans.iter().flat_map(|r| r.log.iter().map(|e| &e.by));
    let inside = inside.chain(a.evidence.iter().flat_map(|r| r.log.iter().map(|e| &e.by)));
    let inside = inside.chain(a.contacts.iter().flat_map(|r| r.log.iter().map(|e| &e.by)));
    let inside = inside.chain(a.sign_offs.iter().flat_map(|r| r.log.iter().map(|e| &e.by)));
    // That two things clash was noted by nobody.
    let inside = inside.chain(a.clashes.iter().flat_map(|r| r.log.iter().skip(1).map(|e| &e.by)));
    a.log.iter().map(|e| &e.by).chain(inside).map(|by| &**by)
}

/// Whether one of the texts of an annotation is so: everything that a person may have typed or marked.
fn any_text(project: &Project, a: &Annotation, mut is_so: impl FnMut(&str) -> bool) -> bool {
    a.live_spans().any(|span| is_so(span.place.quote.as_str()))
        || a.live_spans().nth(1).is_some() && is_so(&a.words())
        || [
            &a.fact,
            &a.note,
            &a.private_note,
            &a.proposed_wording,
            &a.corrected_from,
            &a.reason,
            &a.rationale,
        ]
        .into_iter()
        .any(|prose| is_so(prose.as_str()))
        || [&a.name, &a.role, &a.category, &a.said_when, &a.said_where, &a.address, &a.compared_with]
            .into_iter()
            .any(|text| is_so(text))
        || a.why_check().as_deref().is_some_and(&mut is_so)
        || a.tags.iter().any(|tag| is_so(tag))
        || a.verdict.as_ref().is_some_and(|verdict| is_so(&verdict.label))
        || a.speaker.as_ref().is_some_and(|speaker| is_so(&project.speaker_name(speaker)))
        || a.evidence.iter().filter(|evidence| !evidence.removed).any(|evidence| {
            [&evidence.title, &evidence.address, &evidence.archived, &evidence.location]
                .into_iter()
                .any(|text| is_so(text))
                || is_so(evidence.excerpt.as_str())
        })
        || a.contacts.iter().filter(|c| !c.removed).any(|c| is_so(&c.how) || is_so(c.outcome.as_str()))
}

impl Progress {
    fn fits(self, a: &Annotation) -> bool {
        match self {
            Self::Is(status) => a.status == status,
            Self::Open => State::Open.fits(a),
            Self::Checked => State::Checked.fits(a),
        }
    }
}

impl State {
    /// Whether it is true of an annotation.
    pub fn fits(self, a: &Annotation) -> bool {
        match self {
            Self::Verified => rules::is_verified(a),
            Self::Open => rules::is_open(a),
            Self::Checked => a.status.is_checked() && !a.is_to_check(),
            Self::Again => a.is_to_check(),
            Self::Orphan => Thing::Orphan.is_in(a),
            Self::Conflicted => a.is_conflicted(),
            Self::Confidential => a.confidential,
        }
    }
}

impl Thing {
    /// Whether an annotation has it.
    pub fn is_in(self, a: &Annotation) -> bool {
        match self {
            Self::Evidence => a.evidence.iter().any(|evidence| !evidence.removed),
            Self::Note => !a.note.is_blank() || !a.private_note.is_blank(),
            Self::Fact => !a.fact.is_blank(),
            Self::Wording => !a.proposed_wording.is_blank(),
            Self::Reason => !a.reason.is_blank(),
            Self::Speaker => a.speaker.is_some(),
            Self::Verdict => a.verdict.is_some(),
            Self::SignOff => a.sign_offs.iter().any(|sign_off| !sign_off.removed),
            Self::Tag => !a.tags.is_empty(),
            Self::Category => !a.category.trim().is_empty(),
            Self::Priority => a.priority.is_some(),
            Self::Conflict => a.is_conflicted(),
            Self::Orphan => a.has_orphan() || a.first_span().is_none(),
            Self::Again => a.is_to_check(),
        }
    }
}
