//! Formats in one table, and what an export leaves out.
//!
//! May use: domain only; bytes or text in, values or text out. A row of [`FORMATS`] feeds the
//! dialogs, `--to` and the README. Invariant: an export is a function of the project and of
//! [`Include`] alone (no clock, no locale, no path), so a second one has the same bytes; private
//! notes, contacts and confidential sources are in none. Known limit: a confidential name that the
//! article itself spells out stays in exact words; [`leaves_out`] warns of it.

pub mod address;
pub mod call_sheet;
pub mod changes;
pub mod claimreview;
pub mod clip;
pub mod csv;
pub mod disputes;
pub mod docx;
mod entry;
pub mod exchange;
pub mod export;
pub mod exposed;
pub mod file_name;
pub mod html;
pub mod incoming;
pub mod json;
pub mod loss;
pub mod markdown;
pub mod outline;
pub mod ron;
mod segments;
pub mod sources;
mod table;
pub mod text;
pub mod units;
pub mod words;
pub mod xlsx;

use std::collections::BTreeSet;

use crate::domain::annotation::Speaker;
use crate::domain::project::{WITHHELD, source_name};
use crate::domain::rules::{self, Include};
use crate::domain::{Annotation, Project};
pub use export::{Cancelled, Export, Part, Progress, bytes, parts};
pub use loss::leaves_out;

/// Reads the text of an article.
pub type Read = fn(&[u8], incoming::ReadOptions) -> Result<incoming::Imported, incoming::NotRead>;

/// One format, and what can be done with it.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// On the command line: `csv`.
    pub name: &'static str,
    /// For people, as files are called: `Excel`.
    pub title: &'static str,
    /// Of its files, without the dot.
    pub extension: &'static str,
    /// Writes an export, where the format is one.
    pub write: Option<&'static Export>,
    /// Reads an article, where the format holds one.
    pub read: Option<Read>,
    /// Reads the annotations of another tool, where the format holds some.
    pub marks: Option<&'static exchange::Marks>,
}

/// Every format. The project file is here for its name; reading it takes a stamp, see [`ron::read`].
pub const FORMATS: &[Format] = &[
    Format {
        name: "ron",
        title: "Proofmark project",
        extension: "ron",
        write: None,
        read: None,
        marks: None,
    },
    Format {
        name: "text",
        title: "Plain text",
        extension: "txt",
        write: None,
        read: Some(incoming::plain::read),
        marks: None,
    },
    Format {
        name: "csv",
        title: "CSV",
        extension: "csv",
        write: Some(&csv::EXPORT),
        read: None,
        marks: None,
    },
    Format {
        name: "xlsx",
        title: "Excel",
        extension: "xlsx",
        write: Some(&xlsx::EXPORT),
        read: None,
        marks: None,
    },
    Format {
        name: "markdown",
        title: "Markdown",
        extension: "md",
        write: Some(&markdown::EXPORT),
        read: Some(incoming::markdown::read),
        marks: None,
    },
    Format {
        name: "json",
        title: "JSON",
        extension: "json",
        write: Some(&json::EXPORT),
        read: None,
        marks: None,
    },
    Format {
        name: "html",
        title: "Web page",
        extension: "html",
        write: Some(&html::EXPORT),
        read: Some(incoming::html::read),
        marks: None,
    },
    Format {
        name: "docx",
        title: "Word",
        extension: "docx",
        write: Some(&docx::CHECKING),
        read: Some(incoming::docx::read),
        marks: None,
    },
    Format {
        name: "docx-checked",
        title: "Word",
        extension: "docx",
        write: Some(&docx::CHECKED),
        read: None,
        marks: None,
    },
    Format {
        name: "sources",
        title: "Web page",
        extension: "html",
        write: Some(&sources::EXPORT),
        read: None,
        marks: None,
    },
    Format {
        name: "claimreview",
        title: "ClaimReview",
        extension: "jsonld",
        write: Some(&claimreview::EXPORT),
        read: None,
        marks: None,
    },
    Format {
        name: exchange::webannotation::NAME,
        title: "W3C Web Annotation",
        extension: "jsonld",
        write: Some(&exchange::webannotation::EXPORT),
        read: None,
        marks: Some(&exchange::webannotation::MARKS),
    },
    Format {
        name: exchange::hypothesis::NAME,
        title: "Hypothesis",
        extension: "json",
        write: None,
        read: None,
        marks: Some(&exchange::hypothesis::MARKS),
    },
    Format {
        name: exchange::brat::NAME,
        title: "brat",
        extension: "ann",
        write: Some(&exchange::brat::EXPORT),
        read: None,
        marks: Some(&exchange::brat::MARKS),
    },
    Format {
        name: exchange::doccano::NAME,
        title: "doccano",
        extension: "jsonl",
        write: Some(&exchange::doccano::EXPORT),
        read: None,
        marks: Some(&exchange::doccano::MARKS),
    },
    Format {
        name: exchange::labelstudio::NAME,
        title: "Label Studio",
        extension: "json",
        write: Some(&exchange::labelstudio::EXPORT),
        read: None,
        marks: Some(&exchange::labelstudio::MARKS),
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
    let mut table = String::from("| format | files | opens as | `--to` | written as |\n");
    table.push_str("| --- | --- | --- | --- | --- |\n");
    for (place, format) in FORMATS.iter().enumerate().filter(|(_, format)| format.marks.is_none()) {
        let Format { title, extension, .. } = format;
        // Several exports of one sort of files share a row.
        if FORMATS[..place].iter().any(|before| before.title == *title) {
            continue;
        }
        let all = || FORMATS.iter().filter(|format| format.title == *title);
        let named = all().filter_map(|format| Some((format.name, format.write?.about)));
        let (names, about): (Vec<_>, Vec<_>) = named.map(|(n, a)| (format!("`{n}`"), a)).unzip();
        let project = (format.name == "ron").then_some("the project".to_owned());
        let article = all().any(|format| format.read.is_some()).then_some("a new article".to_owned());
        let opens = project.clone().or(article).unwrap_or("no".into());
        let written = project.or((!about.is_empty()).then(|| about.join("; "))).unwrap_or("no".into());
        let to = names.join(", ");
        table.push_str(&format!("| {title} | `.{extension}` | {opens} | {to} | {written} |\n"));
    }
    // The marks of other tools share one.
    let all = || FORMATS.iter().filter(|format| format.marks.is_some());
    let titles: Vec<&str> = all().map(|format| format.title).collect();
    let mut files: Vec<String> = all().map(|format| format!("`.{}`", format.extension)).collect();
    files.sort_unstable();
    files.dedup();
    let written = all().filter(|format| format.write.is_some());
    let names: Vec<String> = written.map(|format| format!("`{}`", format.name)).collect();
    let (titles, files, names) = (titles.join(", "), files.join(", "), names.join(", "));
    let row =
        format!("| {titles} | {files} | marks of the open article | {names} | marks for other tools |\n");
    table + &row
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

/// The confidential sources, removed ones too: removing a mark does not release a name. Those that a
/// redacted copy does not have are none.
fn confidential(project: &Project) -> impl Iterator<Item = &Annotation> {
    let all = project.annotations.values().chain(project.removed.values()).map(AsRef::as_ref);
    all.filter(|annotation: &&Annotation| annotation.confidential && source_name(annotation) != WITHHELD)
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
mod changes_tests;
#[cfg(test)]
mod laws;
#[cfg(test)]
pub(crate) mod samples;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_every;
#[cfg(test)]
mod tests_html;
#[cfg(test)]
mod tests_word;
