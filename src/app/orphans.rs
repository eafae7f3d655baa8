//! Orphans: going to one, looking for its words, placing it, letting it go. May use: `domain`, `app`.
//!
//! Invariant: an orphan goes only where a person says; commands mean the one that was gone to last,
//! else the first, and each change is one step of undo.

use super::annotate::commit;
use super::{Desk, Model};
use crate::domain::annotation::AnnotationSpan;
use crate::domain::{Annotation, Id, Stamp};

impl Desk {
    /// The orphan that commands mean: the one that was gone to, else the first.
    pub fn orphan(&self) -> Option<(&Annotation, &AnnotationSpan)> {
        let picked = self.writing.orphan.and_then(|(id, span)| self.orphan_of(id, Some(span)));
        picked.or_else(|| self.places.orphaned().find_map(|id| self.orphan_of(id, None)))
    }

    fn orphan_of(&self, id: Id, span: Option<Id>) -> Option<(&Annotation, &AnnotationSpan)> {
        let annotation = self.project.annotations.get(&id)?;
        let found = orphans(annotation).find(|orphan| span.is_none_or(|span| orphan.id == span))?;
        Some((annotation, found))
    }
}

/// The orphans of an annotation.
pub fn orphans(annotation: &Annotation) -> impl Iterator<Item = &AnnotationSpan> {
    annotation.live_spans().filter(|span| span.place.at.is_none())
}

/// Goes to an orphan, and picks its annotation.
pub(super) fn go_to(desk: &mut Desk, id: Id, span: Id) {
    let Some((annotation, orphan)) = desk.orphan_of(id, Some(span)) else { return };
    let said = format!("Orphan of a {}: {}", annotation.kind.word(), orphan.place.quote.as_str());
    desk.said = said;
    desk.writing.orphan = Some((id, span));
    desk.picked = Some(id);
}

/// Goes to the next one, round and round.
pub(super) fn next(desk: &mut Desk) {
    let now = desk.writing.orphan.and_then(|(id, span)| desk.orphan_of(id, Some(span)));
    let now = now.map(|(annotation, span)| (annotation.id, span.id));
    // The next of the same annotation, else the first of the next one, round and round.
    let rest = now.and_then(|(id, span)| {
        let mut of = orphans(desk.project.annotations.get(&id)?).skip_while(|orphan| orphan.id != span);
        of.nth(1).map(|next| (id, next.id))
    });
    let next = rest.or_else(|| {
        let after = desk.places.orphaned().find(|id| now.is_some_and(|(was, _)| *id > was));
        let id = after.or_else(|| desk.places.orphaned().next())?;
        desk.orphan_of(id, None).map(|(annotation, span)| (annotation.id, span.id))
    });
    if let Some((id, span)) = next {
        go_to(desk, id, span);
    }
}

/// Places it at the selection.
pub(super) fn place(model: &mut Model, stamp: &mut Stamp) {
    let Some(desk) = &mut model.desk else { return };
    let Some((annotation, orphan)) = desk.orphan() else { return };
    let (id, span) = (annotation.id, orphan.id);
    let text = &desk.project.article.text;
    let Some(to) = desk.selection.and_then(|selection| text.trimmed(selection)) else {
        model.advise("Select the words that it belongs to first");
        return;
    };
    if annotation.placed().any(|had| had.overlaps(to)) {
        model.advise("These words belong to the annotation already");
        return;
    }
    desk.said = format!("Orphan placed: {}", text.slice(to));
    let transaction = desk.project.place_orphan(id, span, to, stamp);
    desk.selection = None;
    desk.picked = Some(id);
    commit(model, transaction);
}

/// Selects the next place where its words stand.
pub(super) fn find(model: &mut Model) {
    let Some(desk) = &mut model.desk else { return };
    let Some((annotation, orphan)) = desk.orphan() else { return };
    let (id, span) = (annotation.id, orphan.id);
    let found = desk.project.article.text.occurrences(orphan.place.quote.as_str());
    let after = desk.selection.map_or(0, |selection| selection.start + 1);
    let next = found.iter().position(|place| place.start >= after).unwrap_or(0);
    let Some(place) = found.get(next) else {
        model.advise("These words stand nowhere in the text: select what they have become, then place it");
        return;
    };
    desk.said = format!("{} of {} places with these words", next + 1, found.len());
    desk.writing.orphan = Some((id, span));
    desk.picked = Some(id);
    desk.selection = Some(*place);
    desk.caret = Some(place.end as usize);
    desk.reveal = Some(*place);
}

/// Lets the orphan go.
pub(super) fn drop(model: &mut Model, stamp: &mut Stamp) {
    let Some(desk) = &mut model.desk else { return };
    let Some((annotation, orphan)) = desk.orphan() else { return };
    let (id, span) = (annotation.id, orphan.id);
    desk.said = "Orphan dropped".into();
    let transaction = desk.project.drop_orphan(id, span, stamp);
    commit(model, transaction);
}
