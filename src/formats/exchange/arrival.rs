//! Which tool wrote a file of annotations, and what it holds for an article.
//!
//! May use: the table of formats, the rest of this folder, serde_json. Window and command line both
//! take annotations by [`arrive`]. Invariant: a file is known by what is in it, and by its name only
//! where its content does not say; what is refused is refused in words. Known limit: a file that is
//! told by its content is parsed twice.

use serde_json::Value;

use super::{Foreign, NotReadable, Placed};
use crate::domain::adoption::Adopted;
use crate::domain::{Project, Text};
use crate::formats::ron::limits;
use crate::formats::{FORMATS, Format};

/// How annotations of a format are known and read.
#[derive(Clone, Copy, Debug)]
pub struct Marks {
    /// Whether a file looks like one of this format.
    pub is_like: fn(&Look<'_>) -> bool,
    /// Reads one: its text, the article, and the text of `X.txt` beside `X.ann`.
    pub read: fn(&str, &Text, Option<&str>) -> Result<Foreign, NotReadable>,
}

/// A file, as far as telling the formats apart takes.
pub struct Look<'a> {
    /// As it is.
    pub text: &'a str,
    /// What it holds, or its first line, where that is JSON.
    pub json: Option<Value>,
}

impl<'a> Look<'a> {
    /// Looks at a text.
    pub fn at(text: &'a str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let begins = text.trim_start();
        let json = begins.starts_with(['{', '[']).then(|| {
            let first = || begins.lines().next().and_then(|line| serde_json::from_str(line).ok());
            serde_json::from_str(begins).ok().or_else(first)
        });
        Self { text, json: json.flatten() }
    }

    /// The first of what it lists, or what it is.
    pub fn first(&self) -> Option<&Value> {
        match self.json.as_ref()? {
            Value::Array(items) => items.first(),
            one => Some(one),
        }
    }
}

/// A file of annotations that was read, and what it holds for an article.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrival {
    /// The format.
    pub format: &'static str,
    /// Its annotations where they stand, and what is to be told.
    pub placed: Placed,
}

/// Why annotations are not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotTaken {
    /// It is not known which tool wrote them.
    #[error("No tool that is known here wrote this")]
    Unknown,
    /// The file is not as its tool writes it.
    #[error(transparent)]
    NotReadable(#[from] NotReadable),
}

fn all() -> impl Iterator<Item = (&'static Format, &'static Marks)> + Clone {
    FORMATS.iter().filter_map(|format| Some((format, format.marks?)))
}

/// The formats that hold annotations.
pub fn formats() -> impl Iterator<Item = &'static Format> {
    all().map(|(format, _)| format)
}

/// The tool's format, where a text is certainly such a file.
pub fn sniff(text: &str) -> Option<&'static Format> {
    let look = Look::at(text);
    all().find(|(_, marks)| (marks.is_like)(&look)).map(|(format, _)| format)
}

/// Whether files of annotations are called so, and articles are not.
pub fn is_name(extension: &str) -> bool {
    formats().any(|format| format.extension.eq_ignore_ascii_case(extension))
}

/// The format that was named, or that the content shows, or the only one that the name speaks for.
pub fn format_of(text: &str, named: Option<&str>, extension: &str) -> Option<&'static Format> {
    if let Some(name) = named {
        return formats().find(|format| format.name == name);
    }
    let by_name = || {
        let mut called = formats().filter(|format| format.extension.eq_ignore_ascii_case(extension));
        called.next().filter(|_| called.next().is_none())
    };
    sniff(text).or_else(by_name)
}

/// Reads annotations and puts them where they stand in an article.
pub fn arrive(
    text: &str,
    (named, extension): (Option<&str>, &str),
    article: &Text,
    beside: Option<&str>,
) -> Result<Arrival, NotTaken> {
    let format = format_of(text, named, extension).ok_or(NotTaken::Unknown)?;
    let marks = format.marks.ok_or(NotTaken::Unknown)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let placed = (marks.read)(text, article, beside)?.place(article);
    Ok(Arrival { format: format.name, placed })
}

/// Whether a project file can hold so many more.
pub fn admits(project: &Project, adopted: Adopted) -> Result<(), String> {
    let (count, most) = (project.annotations.len() + adopted.added, limits::ANNOTATIONS);
    if count > most {
        return Err(format!("A project holds {most} annotations, and these make {count}"));
    }
    Ok(())
}

/// Whether a line is that of a mark in brat: `T1 TAB Claim 2 6`.
fn is_brat(line: &str) -> bool {
    let mut fields = line.split('\t');
    let id = fields.next().and_then(|id| id.strip_prefix('T')).unwrap_or_default();
    let mut parts = fields.next().unwrap_or_default().split(' ');
    let named = parts.next().is_some_and(|kind| !kind.is_empty());
    let starts = parts.next().is_some_and(|start| start.parse::<usize>().is_ok());
    id.parse::<usize>().is_ok() && named && starts
}

fn has(value: &Value, key: &str, is: fn(&Value) -> bool) -> bool {
    value.get(key).is_some_and(is)
}

/// A page, collection, list or one of annotations with targets.
pub(super) fn is_webannotation(look: &Look<'_>) -> bool {
    let Some(json) = &look.json else { return false };
    let mut found = Vec::new();
    super::webannotation::collect(json, &mut found);
    // What Hypothesis answers looks much like it.
    found.first().is_some_and(|item| !has(item, "uri", Value::is_string))
}

/// A list of what its users made, or an object around one.
pub(super) fn is_hypothesis(look: &Look<'_>) -> bool {
    let Some(json) = &look.json else { return false };
    let list = ["annotations", "rows"].into_iter().find_map(|key| json.get(key)).unwrap_or(json);
    let first = list.as_array().and_then(|list| list.first());
    first.is_some_and(|item| has(item, "uri", Value::is_string) && has(item, "target", Value::is_array))
}

/// Lines of which one early one is a mark.
pub(super) fn is_brat_file(look: &Look<'_>) -> bool {
    look.json.is_none() && look.text.lines().take(50).any(is_brat)
}

/// A line of JSON with a text and what is marked in it.
pub(super) fn is_doccano(look: &Look<'_>) -> bool {
    let Some(json) = &look.json else { return false };
    let lists = ["entities", "label", "labels", "annotations"];
    has(json, "text", Value::is_string) && lists.iter().any(|key| has(json, key, Value::is_array))
}

/// Tasks with data and what was made of it.
pub(super) fn is_labelstudio(look: &Look<'_>) -> bool {
    let made = ["annotations", "completions", "predictions"];
    look.first().is_some_and(|task| {
        has(task, "data", Value::is_object) && made.iter().any(|key| has(task, key, Value::is_array))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> Option<&'static str> {
        sniff(text).map(|format| format.name)
    }

    #[test]
    fn a_file_is_known_by_what_is_in_it() {
        let hypothesis = r#"{"uri":"https://a.example","text":"","target":[{"source":"a"}]}"#;
        for (text, expected) in [
            (
                r#"{"@context":"http://www.w3.org/ns/anno.jsonld","type":"AnnotationPage","items":[{"target":"a"}]}"#,
                "webannotation",
            ),
            (r#" [{"type":"Annotation","target":{"source":"a"}}]"#, "webannotation"),
            (&format!("[{hypothesis}]"), "hypothesis"),
            (&format!("{{\"annotations\":[{hypothesis}]}}"), "hypothesis"),
            (&format!("{{\"total\":1,\"rows\":[{hypothesis}]}}"), "hypothesis"),
            ("#1\tAnnotatorNotes T1\tx\nT1\tClaim 0 4\tRain\n", "brat"),
            ("\u{feff}T12\tClaim 0 4;6 9\n", "brat"),
            ("{\"text\":\"a\",\"label\":[]}\n{\"text\":\"b\",\"label\":[]}\n", "doccano"),
            (r#"{"id":1,"text":"a","entities":[],"relations":[]}"#, "doccano"),
            (r#"[{"data":{"text":"a"},"annotations":[]}]"#, "labelstudio"),
        ] {
            assert_eq!(name(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn an_article_is_none_and_neither_is_another_file() {
        for text in [
            "",
            "{",
            "[]",
            "[1]",
            "{\"a\":1}",
            "T1 Claim 0 4",
            "T1\tThe first\n",
            "The report\tsaid 4 5\n",
            "[Photo] The mayor said so.\n",
            "{\"text\":\"a\"}",
        ] {
            assert_eq!(name(text), None, "{text}");
        }
        // Then the name decides, where only one tool calls its files so.
        let called = |extension| format_of("{", None, extension).map(|format| format.name);
        assert_eq!(
            ["ann", "JSONL", "jsonld", "json", "txt"].map(called),
            [Some("brat"), Some("doccano"), Some("webannotation"), None, None]
        );
        assert!(is_name("JSON") && !is_name("txt") && !is_name(""));
    }

    #[test]
    fn a_byte_order_mark_is_no_obstacle() {
        let article = Text::new("Rain fell.");
        for (file, extension) in [
            ("\u{feff}T1\tClaim 0 4\tRain\n", "ann"),
            ("\u{feff}{\"text\":\"Rain fell.\",\"label\":[[0,4,\"claim\"]]}\n", "jsonl"),
            (
                "\u{feff}[{\"data\":{\"text\":\"Rain fell.\"},\"annotations\":[{\"result\":[{\"id\":\"a\",\"value\":{\"start\":0,\"end\":4,\"labels\":[\"claim\"]}}]}]}]",
                "json",
            ),
        ] {
            let arrival = arrive(file, (None, extension), &article, None).unwrap();
            assert_eq!(arrival.placed.incoming.len(), 1, "{file}");
        }
    }
}
