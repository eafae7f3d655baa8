//! Differences between two states of a project, as lines that a person reads.
//!
//! May use: `domain`, the words of this layer. One notation for all of them: `[-what is gone-]{+what
//! came+}`, then who and when. Invariant: every difference is told in one line, below the annotation
//! that it is about; annotations stand in the order of the text. Known limit: whoever writes these
//! brackets into a note can make a line ambiguous; the file is what counts.

use std::collections::BTreeMap;

use super::{isolated, own_words, words};
use crate::domain::annotation::{AnnotationSpan, Contact, Evidence, SignOff};
use crate::domain::differences::texts::{self, Piece, Relation};
use crate::domain::differences::{AnnotationChange, Differences, Fate, FieldChange, Made, RecordChange};
use crate::domain::log::{Record, Value};
use crate::domain::{Annotation, Id, Project};

/// One difference.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// What it is about: `Status`; empty where that stands in the heading.
    pub what: String,
    /// What is gone, what came, and what stayed between them.
    pub pieces: Vec<Piece>,
    /// Who, and when: the last entry of each person, the newest last.
    pub who: Vec<Made>,
    /// Whether these are the entries of the old state, which the new one has not.
    pub is_unmade: bool,
}

/// What differs in one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The annotation, where it is one.
    pub id: Option<Id>,
    /// What became of it.
    pub fate: Fate,
    /// `claim “21 votes” ¶ 3`, or `title and details`.
    pub heading: String,
    /// The differences.
    pub lines: Vec<Line>,
}

impl Line {
    /// In one piece: `Status: [-Unchecked-]{+Verified+} · Ada Kern, 2026-11-24 10:00`.
    pub fn words(&self) -> String {
        let mut out = marked(&self.pieces);
        if !self.what.is_empty() {
            out = if out.is_empty() { self.what.clone() } else { format!("{}: {out}", self.what) };
        }
        let who = who(&self.who);
        if !who.is_empty() {
            out.push_str(if self.is_unmade { " · only in the old one: " } else { " · " });
            out.push_str(&who);
        }
        out
    }
}

impl Group {
    /// The sign in front of it: `+` for what is new or back, `-` for what is gone, `~` else.
    pub const fn sign(&self) -> char {
        match self.fate {
            Fate::Added | Fate::BroughtBack => '+',
            Fate::Removed | Fate::Missing | Fate::Passing => '-',
            Fate::Changed => '~',
        }
    }
}

/// A moment in universal time, so that everybody reads the same.
pub fn time(when: jiff::Timestamp) -> String {
    when.strftime("%Y-%m-%d %H:%M").to_string()
}

/// Who and when, in words.
pub fn who(made: &[Made]) -> String {
    let one = |made: &Made| format!("{}, {}", isolated(&made.by), time(made.when));
    made.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// Pieces in the notation; long stretches that stayed are cut in the middle.
pub fn marked(pieces: &[Piece]) -> String {
    let mut out = String::new();
    for (place, piece) in pieces.iter().enumerate() {
        let words = piece.words.replace("\n\n", "\n").replace('\n', " ¶ ");
        match piece.relation {
            Relation::Same => {
                out.push_str(&isolated(&middle_cut(&words, place > 0, place + 1 < pieces.len())));
            }
            Relation::Gone => out.push_str(&format!("[-{}-]", isolated(&words))),
            Relation::Came => out.push_str(&format!("{{+{}+}}", isolated(&words))),
        }
    }
    out.trim().to_owned()
}

/// Words between two changes, as many of them as one needs to find the place.
fn middle_cut(words: &str, from: bool, to: bool) -> String {
    const KEPT: usize = 6;
    let parts: Vec<&str> = words.split_inclusive(' ').collect();
    let (first, last) = (if from { KEPT } else { 0 }, if to { KEPT } else { 0 });
    if parts.len() <= first + last + 2 {
        return words.to_owned();
    }
    format!("{}… {}", parts[..first].concat(), parts[parts.len() - last..].concat())
}

/// All differences, those of title and details first, then of the text, then of the annotations.
pub fn told(old: &Project, new: &Project, found: &Differences) -> Vec<Group> {
    let mut groups = Vec::new();
    let mut add = |heading: &str, lines: Vec<Line>| {
        if !lines.is_empty() {
            groups.push(Group { id: None, fate: Fate::Changed, heading: heading.into(), lines });
        }
    };
    let name = |field, _: &str| words::about_name(field).to_owned();
    let fields = found.details.iter().map(|change| {
        let said = |value: &_| words::about_words(value);
        field(change, &name, &said, &said)
    });
    let redaction = found.redaction.then(|| {
        let relation = if new.is_redacted() { Relation::Came } else { Relation::Gone };
        let pieces = vec![Piece { relation, words: "redacted copy".into() }];
        Line { pieces, ..Line::default() }
    });
    add("title and details", fields.chain(redaction).collect());
    let (came, left) = &found.checkers;
    let person = |relation, name: &str| Line {
        pieces: vec![Piece { relation, words: name.into() }],
        ..Line::default()
    };
    let left = left.iter().map(|checker| person(Relation::Gone, &checker.name));
    let came = came.iter().map(|checker| person(Relation::Came, &checker.name));
    add("checkers", left.chain(came).collect());
    add("text", text(old, new, found));
    let place: BTreeMap<Id, usize> =
        new.in_order().iter().enumerate().map(|(place, annotation)| (annotation.id, place)).collect();
    let mut changes: Vec<&AnnotationChange> = found.annotations.iter().collect();
    changes.sort_by_key(|change| (place.get(&change.own.id).copied().unwrap_or(usize::MAX), change.own.id));
    groups.extend(changes.into_iter().filter_map(|change| annotation(old, new, change)));
    groups
}

fn text(old: &Project, new: &Project, found: &Differences) -> Vec<Line> {
    let passages = texts::passages(&old.article.text, &new.article.text);
    let mut lines: Vec<Line> = passages
        .into_iter()
        .map(|passage| Line {
            what: format!("¶ {}", passage.paragraph),
            pieces: passage.pieces,
            ..Line::default()
        })
        .collect();
    // An edit is not one passage, so who made them stands below all.
    for (made, is_unmade) in [(&found.text.unmade, true), (&found.text.made, false)] {
        if !made.is_empty() {
            let edits = if made.len() == 1 { "1 edit".into() } else { format!("{} edits", made.len()) };
            lines.push(Line { what: edits, who: last_of_each(made), is_unmade, ..Line::default() });
        }
    }
    lines
}

/// What it is called: `claim “21 votes” ¶ 3`.
pub fn heading(project: &Project, annotation: &Annotation) -> String {
    let words = own_words(annotation).split_whitespace().collect::<Vec<_>>().join(" ");
    let place = project.paragraph(annotation).map(|number| format!(" ¶ {number}")).unwrap_or_default();
    let words = match words.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", words[..end].trim_end()),
        None => words,
    };
    format!("{} “{}”{place}", annotation.kind.word(), isolated(&words))
}

fn annotation(old: &Project, new: &Project, change: &AnnotationChange) -> Option<Group> {
    let (before, after) = (old.record(change.own.id), new.record(change.own.id));
    let (state, shown) = after.map(|a| (new, a)).or_else(|| Some((old, before?)))?;
    let fate = change.own.fate;
    let what = match fate {
        Fate::Added | Fate::Missing => "marked",
        Fate::Passing => "marked, and removed again",
        Fate::Removed => "removed",
        Fate::BroughtBack => "brought back",
        Fate::Changed => "",
    };
    let mut lines = Vec::new();
    if !what.is_empty() {
        let who = last_of_each(&change.own.made);
        lines.push(Line { what: what.into(), who, is_unmade: fate == Fate::Missing, ..Line::default() });
    }
    // What a new annotation was made with needs no second telling of when; its heading has its kind.
    let was_before = |value: &_| words::annotation_in_full(old, value);
    let is_now = |value: &_| words::annotation_in_full(new, value);
    let of_note = |change: &&FieldChange<_>| {
        change.field != crate::domain::annotation::AnnotationField::Kind
            || !(change.before.is_empty() || change.after.is_empty())
    };
    let own = change.own.fields.iter().filter(of_note);
    lines.extend(own.map(|change| field(change, &words::annotation_name, &was_before, &is_now)));
    fn both<'a, R: Record>(
        before: Option<&'a Annotation>,
        after: Option<&'a Annotation>,
        list: impl Fn(&'a Annotation) -> &'a [R],
    ) -> (&'a [R], &'a [R]) {
        (before.map(&list).unwrap_or_default(), after.map(&list).unwrap_or_default())
    }
    let (a, b) = (before.map(AsRef::as_ref), after.map(AsRef::as_ref));
    let was_before = |value: &_| words::span_in_full(old, value);
    let is_now = |value: &_| words::span_in_full(new, value);
    let label = |span: &AnnotationSpan| {
        words::span_in_full(state, &crate::domain::annotation::SpanValue::Place(span.place.clone()))
    };
    let spans = both(a, b, |a| &a.spans);
    // The words of a new annotation with one span stand in its heading.
    if !(matches!(fate, Fate::Added | Fate::Passing | Fate::Missing) && change.spans.len() == 1) {
        children(&change.spans, spans, &words::span_name, (&was_before, &is_now), &label, &mut lines);
    }
    let said = |value: &_| words::evidence_in_full(value);
    let label = |found: &Evidence| {
        [&found.title, &found.address].into_iter().find(|text| !text.is_empty()).cloned().unwrap_or_default()
    };
    children(
        &change.evidence,
        both(a, b, |a| &a.evidence),
        &words::evidence_name,
        (&said, &said),
        &label,
        &mut lines,
    );
    let said = |value: &_| words::contact_words(value);
    let label = |contact: &Contact| contact.at.clone();
    children(
        &change.contacts,
        both(a, b, |a| &a.contacts),
        &words::contact_name,
        (&said, &said),
        &label,
        &mut lines,
    );
    let said = |value: &_| words::sign_off_words(value);
    let label = |sign: &SignOff| sign.name.clone();
    children(
        &change.sign_offs,
        both(a, b, |a| &a.sign_offs),
        &words::sign_off_name,
        (&said, &said),
        &label,
        &mut lines,
    );
    clashes(change, shown, &mut lines);
    if lines.is_empty() {
        lines.push(Line { what: "a longer history".into(), ..Line::default() });
    }
    Some(Group { id: Some(change.own.id), fate, heading: heading(state, shown), lines })
}

/// What two people did at once; of many such pairs that say the same, one is told.
fn clashes(change: &AnnotationChange, shown: &Annotation, lines: &mut Vec<Line>) {
    let open = shown.open_clashes();
    for clash in &change.clashes {
        let words = open.iter().find(|(known, _)| known.id == clash.id).map(|(_, words)| words.clone());
        match (clash.fate, words) {
            (Fate::Added | Fate::BroughtBack, Some(words)) => {
                let pieces = vec![Piece { relation: Relation::Came, words }];
                lines.push(Line { what: "Undecided".into(), pieces, ..Line::default() });
            }
            (Fate::Removed, _) => {
                let who = last_of_each(&clash.made);
                lines.push(Line { what: "Clash settled".into(), who, ..Line::default() });
            }
            _ => {}
        }
    }
}

type Name<'a, V> = &'a dyn Fn(<V as Value>::Field, &str) -> String;
type Said<'a, V> = &'a dyn Fn(&V) -> String;

fn children<R: Record>(
    changes: &[RecordChange<R::Value>],
    (old, new): (&[R], &[R]),
    name: Name<'_, R::Value>,
    (before, after): (Said<'_, R::Value>, Said<'_, R::Value>),
    label: &dyn Fn(&R) -> String,
    lines: &mut Vec<Line>,
) {
    for change in changes {
        let find = |list: &[R]| list.iter().find(|one| one.id() == change.id).map(label);
        let called = find(new).or_else(|| find(old)).unwrap_or_default();
        let all = |values: &dyn Fn(&FieldChange<R::Value>) -> Vec<String>| -> String {
            let all = change.fields.iter().flat_map(values).filter(|words| !words.is_empty());
            all.collect::<Vec<_>>().join(" · ")
        };
        let who = last_of_each(&change.made);
        let (what, relation, words) = match change.fate {
            Fate::Changed => {
                lines.extend(change.fields.iter().map(|one| {
                    let mut line = field(one, name, before, after);
                    // Which one, unless the values themselves say it.
                    if !called.is_empty() && line.pieces.iter().all(|piece| piece.words != called) {
                        line.what.push_str(&format!(" of {called}"));
                    }
                    line
                }));
                continue;
            }
            Fate::Added => {
                (name(R::CREATED, ""), Relation::Came, all(&|one| one.after.iter().map(after).collect()))
            }
            Fate::Missing => {
                (name(R::CREATED, ""), Relation::Gone, all(&|one| one.before.iter().map(before).collect()))
            }
            Fate::Removed | Fate::Passing => (name(R::REMOVED, "removed"), Relation::Gone, called),
            Fate::BroughtBack => (name(R::REMOVED, ""), Relation::Came, called),
        };
        let pieces = if words.is_empty() { Vec::new() } else { vec![Piece { relation, words }] };
        let is_unmade = change.fate == Fate::Missing;
        lines.push(Line { what: what.trim_end_matches('.').into(), pieces, who, is_unmade });
        if matches!(change.fate, Fate::Removed | Fate::BroughtBack) {
            lines.extend(change.fields.iter().map(|one| field(one, name, before, after)));
        }
    }
}

/// One field: what it was, what it is.
fn field<V: Value>(
    change: &FieldChange<V>,
    name: Name<'_, V>,
    before: Said<'_, V>,
    after: Said<'_, V>,
) -> Line {
    // Two people may mean the same words and have marked other letters: then there is one value.
    let shown = |values: &[V], said: Said<'_, V>| -> Vec<String> {
        let mut all: Vec<String> = values.iter().map(said).collect();
        all.dedup();
        all
    };
    let (before, after) = (shown(&change.before, before), shown(&change.after, after));
    let (old, new) = (before.join(" or "), after.join(" or "));
    let what = name(change.field, &new);
    let stands_alone = what.ends_with('.');
    let mut what = what.trim_end_matches('.').to_owned();
    if after.len() > 1 {
        what = format!("{}, undecided", if what == "Brought back" { "Removed" } else { &what });
    }
    let is_prose = [&old, &new].iter().all(|text| text.split_whitespace().nth(3).is_some());
    let pieces = if stands_alone {
        Vec::new()
    } else if is_prose && before.len() == 1 && after.len() == 1 {
        texts::pieces(&old, &new)
    } else {
        let whole = [(Relation::Gone, old), (Relation::Came, new)].into_iter();
        let whole = whole.filter(|(_, words)| !words.is_empty());
        whole.map(|(relation, words)| Piece { relation, words }).collect()
    };
    let is_unmade = change.made.is_empty();
    let who = last_of_each(if is_unmade { &change.unmade } else { &change.made });
    Line { what, pieces, who, is_unmade: is_unmade && !change.unmade.is_empty() }
}

/// The last entry of each person.
fn last_of_each(made: &[Made]) -> Vec<Made> {
    let later = |place: usize, by: &str| made[place + 1..].iter().any(|other| *other.by == *by);
    made.iter()
        .enumerate()
        .filter(|(place, one)| !later(*place, &one.by))
        .map(|(_, one)| one.clone())
        .collect()
}
