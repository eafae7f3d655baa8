//! Confidential sources that an export names all the same, because somebody wrote the name elsewhere.
//!
//! May use: domain, the texts that exports print. Invariant: a name is found as whole words,
//! whatever its case, in one pass over what is printed, however many names there are. Known limit:
//! a name in another form (an initial, another script, a case ending) is not found.

use std::collections::{BTreeSet, HashMap};

use super::{confidential, corrected_from, exact_words, hidden_names, printed_speaker};
use crate::domain::project::source_name;
use crate::domain::{Annotation, Project};

/// Names to look for, by their first word.
#[derive(Default)]
struct Names {
    by_first: HashMap<String, Vec<(String, Place)>>,
    /// Without a letter in them.
    signs: Vec<(String, Place)>,
    shown: Vec<String>,
}

/// Which source some words belong to, and whether they are its name; else they are only marked as it.
type Place = (usize, bool);

/// The confidential sources that what is exported names all the same, one warning each.
pub(super) fn exposed(project: &Project, held: &[&Annotation], shows_text: bool) -> Vec<String> {
    let names = Names::of(project);
    if names.shown.is_empty() {
        return Vec::new();
    }
    let mut places: Vec<Option<String>> = vec![None; names.shown.len()];
    let mut look = |text: &str, names_only: bool, place: &dyn Fn() -> String| {
        for (name, is_name) in names.within(text) {
            if !is_name && names_only {
                continue;
            }
            if let Some(found) = places.get_mut(name).filter(|found| found.is_none()) {
                *found = Some(place());
            }
        }
    };
    let about = &project.about;
    for text in [&about.title, &about.byline, &about.outlet, &about.address] {
        look(text, false, &|| "in the title or its details".into());
    }
    let hidden = hidden_names(project);
    for annotation in held {
        let place =
            || project.paragraph(annotation).map_or_else(|| "in an orphan".into(), |p| format!("in ¶ {p}"));
        for text in printed_texts(project, annotation, &hidden) {
            look(&text, false, &place);
        }
    }
    if shows_text {
        let lines = project.article.text.lines().filter(|line| !line.trim().is_empty());
        for (n, line) in lines.enumerate() {
            // What is marked as the source stands there always.
            look(line, true, &|| format!("in ¶ {}, for the article's text stands in it", n + 1));
        }
    }
    warnings(&names, places, "in what is exported")
}

/// One warning for each name that has a place, none twice.
fn warnings(names: &Names, places: Vec<Option<String>>, named: &str) -> Vec<String> {
    let told = names.shown.iter().zip(places).filter_map(|(name, place)| {
        let (name, place) = (name.replace('\n', " "), place?);
        Some(format!("warning: the confidential source “{name}” is named {named}, {place}"))
    });
    told.collect::<BTreeSet<_>>().into_iter().collect()
}

/// The confidential sources of a project that a redacted `copy` of it names all the same, one warning
/// each, with the first place: the article's words and what people wrote for everybody go along.
pub fn exposed_in_copy(project: &Project, copy: &Project) -> Vec<String> {
    let names = Names::of(project);
    if names.shown.is_empty() {
        return Vec::new();
    }
    let mut places: Vec<Option<String>> = vec![None; names.shown.len()];
    let mut look = |text: &str, place: &dyn Fn() -> String| {
        for (name, _) in names.within(text).into_iter().filter(|(_, is_name)| *is_name) {
            if let Some(found) = places.get_mut(name).filter(|found| found.is_none()) {
                *found = Some(place());
            }
        }
    };
    let lines = copy.article.text.lines().filter(|line| !line.trim().is_empty());
    for (n, line) in lines.enumerate() {
        look(line, &|| format!("in ¶ {} of the article", n + 1));
    }
    every_text(&*copy.about, &mut |text| look(text, &|| "in the title or its details".into()));
    for annotation in copy.in_order() {
        let place = || {
            copy.paragraph(annotation).map_or_else(
                || "in an orphan".into(),
                |p| format!("in the {} in ¶ {p}", annotation.kind.word()),
            )
        };
        every_text(&**annotation, &mut |text| look(text, &place));
    }
    for annotation in copy.removed.values() {
        every_text(&**annotation, &mut |text| {
            look(text, &|| format!("in a {} that was removed", annotation.kind.word()))
        });
    }
    every_text(&*copy.dismissed, &mut |text| look(text, &|| "in a suggestion that was dismissed".into()));
    every_text(&copy.article.log, &mut |text| look(text, &|| "in the history of the text".into()));
    warnings(&names, places, "in the copy all the same")
}

/// Every text in a record, those of its log included.
fn every_text<T: serde::Serialize>(record: &T, visit: &mut dyn FnMut(&str)) {
    fn walk(value: &serde_json::Value, visit: &mut dyn FnMut(&str)) {
        match value {
            serde_json::Value::String(text) => visit(text),
            serde_json::Value::Array(all) => all.iter().for_each(|value| walk(value, visit)),
            serde_json::Value::Object(all) => all.values().for_each(|value| walk(value, visit)),
            _ => {}
        }
    }
    // None of the domain's types can fail to be written.
    walk(&serde_json::to_value(record).unwrap_or_default(), visit);
}

impl Names {
    fn of(project: &Project) -> Self {
        let mut names = Self::default();
        confidential(project).for_each(|source| names.add(source));
        names
    }

    fn add(&mut self, source: &Annotation) {
        let place = self.shown.len();
        self.shown.push(source_name(source));
        let nameless = source.name.trim().is_empty();
        let name = std::iter::once((source.name.trim(), true));
        let marked = source.live_spans().map(|span| (span.place.quote.as_str().trim(), nameless));
        for (words, is_name) in name.chain(marked) {
            let (words, place) = (words.to_lowercase(), (place, is_name));
            match words.find(char::is_alphanumeric) {
                Some(start) => {
                    let rest = &words[start..];
                    let first = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
                    let known = self.by_first.entry(first.to_owned()).or_default();
                    known.push((rest.to_owned(), place));
                }
                None if words.is_empty() => {}
                None => self.signs.push((words, place)),
            }
        }
    }

    /// The names that stand in a text as whole words.
    fn within(&self, text: &str) -> Vec<Place> {
        let text = text.to_lowercase();
        let mut found = Vec::new();
        for (words, place) in &self.signs {
            if text.contains(words) {
                found.push(*place);
            }
        }
        let mut rest = text.as_str();
        while let Some(start) = rest.find(char::is_alphanumeric) {
            rest = &rest[start..];
            let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
            for (words, place) in self.by_first.get(&rest[..end]).into_iter().flatten() {
                let after = rest.strip_prefix(words.as_str());
                if after.is_some_and(|after| !after.starts_with(char::is_alphanumeric)) {
                    found.push(*place);
                }
            }
            rest = &rest[end..];
        }
        found
    }
}

/// All texts of an annotation that any export prints.
fn printed_texts(project: &Project, a: &Annotation, hidden: &BTreeSet<String>) -> Vec<String> {
    let mut texts = vec![exact_words(a), corrected_from(a), printed_speaker(project, a, hidden)];
    let prose = [&a.fact, &a.proposed_wording, &a.rationale, &a.reason, &a.note];
    texts.extend(prose.map(|prose| prose.as_str().to_owned()));
    let plain = [
        &a.said_when,
        &a.said_where,
        &a.category,
        &a.compared_with,
        &a.compared_at,
        &a.name,
        &a.role,
        &a.address,
    ];
    texts.extend(plain.map(Clone::clone));
    texts.extend(a.why_check());
    texts.extend(a.tags.iter().cloned());
    texts.extend(a.verdict.iter().map(|verdict| verdict.label.clone()));
    texts.extend(a.sign_offs.iter().filter(|s| !s.removed).map(|s| s.name.clone()));
    for e in a.evidence.iter().filter(|e| !e.removed) {
        texts.extend([&e.title, &e.address, &e.archived, &e.location].map(Clone::clone));
        texts.push(e.excerpt.as_str().to_owned());
    }
    texts
}

/// Whether some words stand in a text as whole words.
pub(super) fn has_words(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(at, found)| {
        let before = text[..at].chars().next_back();
        let after = text[at + found.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}
