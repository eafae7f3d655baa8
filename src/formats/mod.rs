//! Formats in one table, and what an export leaves out.
//!
//! May use: domain only; bytes or text in, values or text out. A row of [`FORMATS`] feeds the
//! dialogs, `--to` and the README. Invariant: an export is a function of the project and of
//! [`Include`] alone (no clock, no locale, no path), so a second one has the same bytes; private
//! notes, contacts and confidential sources are in none. Known limit: a confidential name that the
//! article itself spells out stays in exact words; [`leaves_out`] warns of it.

pub mod address;
pub mod csv;
pub mod markdown;
pub mod ron;
pub mod text;

use std::collections::BTreeSet;

use crate::domain::annotation::Speaker;
use crate::domain::project::source_name;
use crate::domain::rules::{self, Include, Open};
use crate::domain::{Annotation, Kind, Project};

/// Writes an export.
pub type Write = fn(&Project, Include) -> String;
/// Reads the text of an article.
pub type Read = fn(&[u8]) -> Result<text::Loaded, text::NotText>;

/// One format, and what can be done with it.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// On the command line: `csv`.
    pub name: &'static str,
    /// For people: `Spreadsheet (CSV)`.
    pub title: &'static str,
    /// Of its files, without the dot.
    pub extension: &'static str,
    /// Writes an export, where the format is one.
    pub write: Option<Write>,
    /// Reads an article, where the format holds one.
    pub read: Option<Read>,
}

/// Every format. The project file is here for its name; reading it takes a stamp, see [`ron::read`].
pub const FORMATS: &[Format] = &[
    Format { name: "ron", title: "Proofmark project", extension: "ron", write: None, read: None },
    Format { name: "text", title: "Plain text", extension: "txt", write: None, read: Some(text::read) },
    Format { name: "csv", title: "Spreadsheet (CSV)", extension: "csv", write: Some(csv::write), read: None },
    Format {
        name: "markdown",
        title: "List for readers (Markdown)",
        extension: "md",
        write: Some(markdown::write),
        read: None,
    },
];

/// The format of that name.
pub fn find(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}

/// The formats that an export can have.
pub fn exports() -> impl Iterator<Item = &'static Format> {
    FORMATS.iter().filter(|format| format.write.is_some())
}

/// The formats as a Markdown table: the README's list.
pub fn table_as_markdown() -> String {
    let mut table = String::from("| format | files | opens as | written as |\n| --- | --- | --- | --- |\n");
    for format in FORMATS {
        let project = (format.name == "ron").then_some("the project");
        let opens = project.or(format.read.map(|_| "a new article")).unwrap_or("no");
        let written = project.or(format.write.map(|_| "an export")).unwrap_or("no");
        table.push_str(&format!("| {} | `.{}` | {opens} | {written} |\n", format.title, format.extension));
    }
    table
}

/// The annotations of an export, in text order.
pub fn listed(project: &Project, include: Include) -> Vec<&Annotation> {
    let all = project.in_order().into_iter().map(AsRef::as_ref);
    all.filter(|annotation| include.holds(annotation)).collect()
}

/// The words as exports print them: those of an accepted correction are the accepted wording.
pub fn exact_words(annotation: &Annotation) -> String {
    if rules::is_corrected(annotation) {
        annotation.proposed_wording.as_str().trim().to_owned()
    } else {
        own_words(annotation)
    }
}

/// The words of an annotation; a fact that is repeated word for word stands here once.
pub fn own_words(annotation: &Annotation) -> String {
    let mut spans = annotation.live_spans().map(|span| span.place.quote.as_str());
    let first = spans.next().unwrap_or_default();
    if spans.all(|words| words == first) { first.to_owned() } else { annotation.words() }
}

/// The original words of what was corrected; empty where nothing was.
pub fn corrected_from(annotation: &Annotation) -> String {
    if !annotation.corrected_from.is_blank() {
        annotation.corrected_from.as_str().to_owned()
    } else if rules::is_corrected(annotation) && !rules::is_in_text(annotation) {
        own_words(annotation)
    } else {
        String::new()
    }
}

/// The names that no export prints, in lower case: those of confidential sources.
pub fn hidden_names(project: &Project) -> BTreeSet<String> {
    confidential(project).map(|source| source_name(source).to_lowercase()).collect()
}

/// The speaker as exports print it: nothing where that would name a confidential source, whether
/// the speaker is that source or a free name among the `hidden` ones.
pub fn printed_speaker(project: &Project, annotation: &Annotation, hidden: &BTreeSet<String>) -> String {
    let Some(speaker) = &annotation.speaker else { return String::new() };
    if let Speaker::Source(id) = speaker
        && project.record(*id).is_none_or(|source| source.confidential)
    {
        return String::new();
    }
    let name = project.speaker_name(speaker).trim().to_owned();
    if hidden.contains(&name.to_lowercase()) { String::new() } else { name }
}

/// The confidential sources, removed ones too: removing a mark does not release a name.
fn confidential(project: &Project) -> impl Iterator<Item = &Annotation> {
    let all = project.annotations.values().chain(project.removed.values()).map(AsRef::as_ref);
    all.filter(|annotation: &&Annotation| annotation.confidential)
}

/// A reason to leave an annotation out, with words for one and for several.
struct LeftOut {
    one: &'static str,
    many: &'static str,
    applies: fn(&Annotation, Include) -> bool,
}

/// Each annotation is counted once, under the first reason that applies.
const LEFT_OUT: [LeftOut; 7] = [
    LeftOut { one: "confidential source", many: "confidential sources", applies: |a, _| a.confidential },
    LeftOut {
        one: "source (the verified list holds claims and quotes)",
        many: "sources (the verified list holds claims and quotes)",
        applies: |a, include| a.kind == Kind::Source && include == Include::Verified,
    },
    LeftOut {
        one: "annotation with two values, undecided",
        many: "annotations with two values, undecided",
        applies: |a, _| a.is_conflicted(),
    },
    LeftOut {
        one: "orphan (its words are no longer in the text)",
        many: "orphans (their words are no longer in the text)",
        applies: |a, _| a.has_orphan() || a.first_span().is_none(),
    },
    LeftOut {
        one: "annotation to be checked again",
        many: "annotations to be checked again",
        applies: |a, _| a.check_again.is_some(),
    },
    LeftOut {
        one: "annotation still open",
        many: "annotations still open",
        applies: |a, _| {
            let still = |open: &Open| matches!(open, Open::Status(_) | Open::Correction);
            rules::open_matters(a).iter().any(still)
        },
    },
    LeftOut {
        one: "annotation closed but not verified",
        many: "annotations closed but not verified",
        applies: |_, _| true,
    },
];

/// What an export leaves out, one line each, and a warning for each confidential source whose name
/// or words stand in what is exported.
pub fn leaves_out(project: &Project, include: Include) -> Vec<String> {
    let mut counts = [0; LEFT_OUT.len()];
    for annotation in project.annotations.values().filter(|a| !include.holds(a)) {
        if let Some(place) = LEFT_OUT.iter().position(|reason| (reason.applies)(annotation, include)) {
            counts[place] += 1;
        }
    }
    let mut lines: Vec<String> = Vec::new();
    for (reason, count) in LEFT_OUT.iter().zip(counts) {
        if count > 0 {
            lines.push(format!("left out: {count} {}", if count == 1 { reason.one } else { reason.many }));
        }
    }
    let held = listed(project, include);
    let private = held.iter().filter(|a| !a.private_note.is_blank()).count();
    if private > 0 {
        lines.push(format!("left out: {private} private {}", if private == 1 { "note" } else { "notes" }));
    }
    let contacts = held.iter().filter(|a| !a.contact.is_blank() || a.contacts.iter().any(|c| !c.removed));
    let contacts = contacts.count();
    if contacts > 0 {
        lines.push(format!(
            "left out: how to reach {contacts} {}",
            if contacts == 1 { "source" } else { "sources" }
        ));
    }
    lines.extend(exposed(project, &held));
    lines
}

/// The confidential sources that what is exported names all the same.
fn exposed(project: &Project, held: &[&Annotation]) -> Vec<String> {
    let (about, hidden) = (&project.about, hidden_names(project));
    let mut printed: Vec<(String, String)> = Vec::new();
    for text in [&about.title, &about.byline, &about.outlet, &about.address] {
        printed.push((text.to_lowercase(), "in the title or its details".into()));
    }
    for annotation in held {
        let place =
            project.paragraph(annotation).map_or_else(|| "in an orphan".into(), |p| format!("in ¶ {p}"));
        for text in printed_texts(project, annotation, &hidden) {
            printed.push((text.to_lowercase(), place.clone()));
        }
    }
    let mut lines = Vec::new();
    for source in confidential(project) {
        let name = source_name(source);
        let mut words: Vec<&str> = vec![source.name.trim()];
        words.extend(source.live_spans().map(|span| span.place.quote.as_str().trim()));
        words.retain(|words| !words.is_empty());
        let found = words.iter().find_map(|words| {
            let words = words.to_lowercase();
            printed.iter().find(|(text, _)| has_words(text, &words)).map(|(_, place)| place)
        });
        if let Some(place) = found {
            let name = name.replace('\n', " ");
            lines.push(format!(
                "warning: the confidential source “{name}” is named in what is exported, {place}"
            ));
        }
    }
    lines.sort();
    lines.dedup();
    lines
}

/// All texts of an annotation that any export prints.
fn printed_texts(project: &Project, a: &Annotation, hidden: &BTreeSet<String>) -> Vec<String> {
    let mut texts = vec![exact_words(a), corrected_from(a), printed_speaker(project, a, hidden)];
    let prose = [&a.fact, &a.proposed_wording, &a.rationale, &a.reason, &a.note];
    texts.extend(prose.map(|prose| prose.as_str().to_owned()));
    let plain = [&a.said_when, &a.said_where, &a.category, &a.compared_with, &a.name, &a.role, &a.address];
    texts.extend(plain.map(Clone::clone));
    texts.extend(a.check_again.clone());
    for e in a.evidence.iter().filter(|e| !e.removed) {
        texts.extend([&e.title, &e.address, &e.archived, &e.location].map(Clone::clone));
    }
    texts
}

/// Whether some words stand in a text as whole words.
fn has_words(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(at, found)| {
        let before = text[..at].chars().next_back();
        let after = text[at + found.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

/// One line of a text, kept apart from what stands beside it: where it holds letters written from
/// right to left or direction controls, it is put between FIRST STRONG ISOLATE and POP DIRECTIONAL
/// ISOLATE, as many as its own unbalanced controls ask for. Its characters stay as they are.
pub fn isolated(line: &str) -> String {
    let turns = |c: char| {
        matches!(c, '\u{590}'..='\u{8ff}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
            | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
    };
    if !line.contains(turns) {
        return line.to_owned();
    }
    let (mut open, mut early) = (0, 0);
    for c in line.chars() {
        match c {
            '\u{2066}'..='\u{2068}' => open += 1,
            '\u{2069}' if open > 0 => open -= 1,
            '\u{2069}' => early += 1,
            _ => {}
        }
    }
    let (first, last) = ("\u{2068}".repeat(early + 1), "\u{2069}".repeat(open + 1));
    format!("{first}{line}{last}")
}

#[cfg(test)]
mod laws;
#[cfg(test)]
pub(crate) mod samples;
#[cfg(test)]
mod tests;
