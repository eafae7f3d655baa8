//! From an imported article to a project, with the author's notes as marks.
//!
//! May use: domain, the rest of `formats::incoming`. Invariants: a source that the author names
//! becomes a proposed piece of evidence on its words, whose status stays unchecked; a comment becomes
//! a note; nothing that was read is dropped. Lines that a person takes out go before anything is marked.

use std::collections::{BTreeMap, BTreeSet};

use super::{Imported, Mark, counted, notes};
use crate::domain::annotation::{AnnotationValue as Value, Evidence, EvidenceValue, Origin};
use crate::domain::project::AboutValue;
use crate::domain::{Article, Kind, Project, Span, Stamp, Text, log};

/// A longer name of a source is an excerpt.
const TITLE: usize = 160;

impl Imported {
    /// The project of it. `file` is the name of the file, without its folder.
    pub fn project(&self, file: &str, stamp: &mut Stamp) -> Project {
        let mut article = Article::new(file.to_owned(), self.sha256.clone(), self.text.clone(), stamp);
        self.charset.clone_into(&mut article.encoding);
        let mut project = Project::new(article, stamp);
        let details = &self.details;
        let values = [
            (&details.title, AboutValue::Title as fn(String) -> AboutValue),
            (&details.byline, AboutValue::Byline),
            (&details.outlet, AboutValue::Outlet),
            (&details.date, AboutValue::Date),
            (&details.address, AboutValue::Address),
        ];
        let given = values.into_iter().filter(|(value, _)| !value.trim().is_empty());
        let given = given.map(|(value, of)| of(value.trim().to_owned())).collect();
        let described = project.describe(given, stamp);
        // Both are made for this very project, so they apply.
        let _ = project.apply(&described);
        let mut by_words: BTreeMap<Span, Vec<&Mark>> = BTreeMap::new();
        for mark in &self.marks {
            by_words.entry(mark.span).or_default().push(mark);
        }
        for (span, marks) in by_words {
            self.mark(&mut project, span, &marks, stamp);
        }
        project
    }

    /// One claim of all that the author wrote beside the same words.
    fn mark(&self, project: &mut Project, span: Span, marks: &[&Mark], stamp: &mut Stamp) {
        let (id, marked) = project.mark(Kind::Claim, &[span], stamp);
        if marked.is_empty() || project.apply(&marked).is_err() {
            return;
        }
        let mut lines: Vec<String> = Vec::new();
        let mut evidence = Vec::new();
        for mark in marks {
            if mark.is_source || !mark.addresses.is_empty() {
                evidence.extend(pieces(mark, evidence.len(), stamp));
            }
            if !mark.is_source && !notes::title(mark).is_empty() {
                let by = if mark.by.is_empty() { String::new() } else { format!("{}: ", mark.by) };
                lines.push(format!("{by}{}", mark.text.trim()));
            }
        }
        let ids = marks.iter().map(|mark| mark.id.as_str()).collect::<Vec<_>>().join(", ");
        let mut values = vec![Value::Origin(Some(Origin { format: self.format.to_owned(), id: ids }))];
        if !lines.is_empty() {
            values.push(Value::Note(lines.join("\n").as_str().into()));
        }
        let filled = project.alter(id, "import a note", |annotation| {
            for value in values {
                log::set(annotation, value, stamp);
            }
            annotation.evidence.extend(evidence);
        });
        let _ = project.apply(&filled);
    }

    /// What was found beside the words, for the dialog and the command line; empty where nothing was.
    pub fn found(&self) -> String {
        let of = |begin: &str| self.marks.iter().filter(|mark| mark.id.starts_with(begin)).count();
        let counts = [
            (of("footnote"), "footnote", "footnotes"),
            (of("endnote"), "endnote", "endnotes"),
            (of("comment"), "comment", "comments"),
        ];
        let told = counts.into_iter().filter(|(count, ..)| *count > 0);
        told.map(|(count, one, many)| counted(count, one, many)).collect::<Vec<_>>().join(", ")
    }

    /// The same without some lines, each with one of two blank lines around it. Notes move with
    /// their words; those of a line that goes, go, and are counted.
    pub fn without(&self, lines: &BTreeSet<usize>) -> Self {
        if lines.is_empty() {
            return self.clone();
        }
        let mut text = String::with_capacity(self.text.len());
        // For each line that stays: where it was and where it is.
        let mut moved: Vec<(Span, usize)> = Vec::new();
        let mut gone_before = false;
        for line in 0..self.text.line_count() {
            if lines.contains(&line) {
                gone_before = true;
                continue;
            }
            let span = self.text.line(line);
            let words = self.text.slice(span);
            let blank = words.trim().is_empty();
            let blank_before = text.is_empty() || text.ends_with("\n\n");
            if blank && gone_before && blank_before && line + 1 < self.text.line_count() {
                continue;
            }
            gone_before &= blank;
            moved.push((span, text.len()));
            text.push_str(words);
            if line + 1 < self.text.line_count() {
                text.push('\n');
            }
        }
        let text = Text::new(text);
        let place = |at: u32| {
            let found = moved.iter().rev().find(|(span, _)| span.start <= at && at <= span.end)?;
            Some(found.1 + (at - found.0.start) as usize)
        };
        let mut gone = 0;
        let marks = self.marks.iter().filter_map(|mark| {
            let span = place(mark.span.start).zip(place(mark.span.end)).map(|(a, b)| Span::new(a, b));
            let Some(span) = span.filter(|span| text.admits(*span)) else {
                gone += 1;
                return None;
            };
            Some(Mark { span, ..mark.clone() })
        });
        let marks: Vec<Mark> = marks.collect();
        let mut remarks = self.remarks.clone();
        if gone > 0 {
            remarks.push(format!("{} with the lines", counted(gone, "note went", "notes went")));
        }
        Self { text, marks, remarks, ..self.clone() }
    }
}

/// A source that an author names, as evidence: one piece for each address, or one in all.
fn pieces(mark: &Mark, before: usize, stamp: &mut Stamp) -> Vec<Evidence> {
    let title = notes::title(mark);
    let is_long = title.chars().count() > TITLE;
    let addresses: Vec<&str> = match mark.addresses.as_slice() {
        [] => vec![""],
        several => several.iter().map(String::as_str).collect(),
    };
    let mut all = Vec::new();
    for (number, address) in addresses.into_iter().enumerate() {
        let mut piece = Evidence::create(stamp);
        let named = if is_long { mark.id.clone() } else { title.clone() };
        if !named.is_empty() {
            log::set(&mut piece, EvidenceValue::Title(named), stamp);
        }
        if !address.is_empty() {
            log::set(&mut piece, EvidenceValue::Address(address.to_owned()), stamp);
        }
        if is_long && number == 0 {
            log::set(&mut piece, EvidenceValue::Excerpt(mark.text.as_str().into()), stamp);
        }
        log::set(&mut piece, EvidenceValue::Rank((before + number) as i64), stamp);
        all.push(piece);
    }
    all
}
