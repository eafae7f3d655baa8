//! The call sheet of one source: what it is to confirm, as text for a mail.
//!
//! May use: the domain. Invariant: no quote's words are ever in it, whether they are marked as a quote or
//! only stand in quotation marks; private notes, contacts and notes neither. What cannot be asked
//! without a quote's words is counted, not told. Known limit: the sentences around the facts are
//! English; a fact that shares fewer than five words in a row with a quote counts as paraphrased.

use std::collections::HashSet;

use unicode_segmentation::UnicodeSegmentation;

use super::exposed::has_words;
use super::hidden_names;
use crate::domain::project::source_name;
use crate::domain::{Annotation, Id, Kind, Project, Span};

/// So many words in a row are somebody's words.
const RUN: usize = 5;
/// And so many letters.
const RUN_LETTERS: usize = 15;

/// The call sheet of a source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CallSheet {
    /// What is sent.
    pub text: String,
    /// How many facts are in it.
    pub facts: usize,
    /// How many quotes of the source are withheld.
    pub quotes: usize,
    /// How many claims would need the words of a quote.
    pub withheld: usize,
    /// How many claims are checked already and were left out.
    pub checked: usize,
    /// What the person is to know before it is sent, one sentence each.
    pub warnings: Vec<String>,
}

/// The call sheet of a source; with `all`, of what is checked already too.
pub fn write(project: &Project, source: Id, all: bool) -> Option<CallSheet> {
    let record = project.annotations.get(&source)?;
    let of = project.source(source)?;
    let secret = Secret::of(project);
    let mut sheet = CallSheet::default();
    let mut facts: Vec<String> = Vec::new();
    for annotation in project.in_order().into_iter().filter(|annotation| of.carries(annotation)) {
        if annotation.kind == Kind::Quote {
            sheet.quotes += 1;
        } else if !all && annotation.status.is_checked() && !annotation.is_to_check() {
            sheet.checked += 1;
        } else if let Some(fact) = secret.paraphrased(project, annotation) {
            if !facts.contains(&fact) {
                facts.push(fact);
            }
        } else {
            sheet.withheld += 1;
        }
    }
    sheet.facts = facts.len();
    sheet.warnings = warnings(project, record, &facts);
    sheet.text = text(record, &facts, sheet.quotes);
    Some(sheet)
}

fn text(source: &Annotation, facts: &[String], quotes: usize) -> String {
    let mut text = flat(&source_name(source));
    if !source.role.trim().is_empty() {
        text.push_str(&format!(", {}", flat(&source.role)));
    }
    text.push_str("\n\n");
    if facts.is_empty() {
        text.push_str("There is nothing to confirm.\n");
    } else {
        text.push_str(
            "Please tell us of each point whether it is right. Where it is not: what would be right, and \
             where can we see it?\n",
        );
    }
    for (fact, number) in facts.iter().zip(1..) {
        text.push_str(&format!("\n{number}. {fact}\n"));
    }
    match quotes {
        0 => {}
        1 => text.push_str("\nOne quote is checked separately and is not in this list.\n"),
        many => text.push_str(&format!("\n{many} quotes are checked separately and are not in this list.\n")),
    }
    text
}

fn warnings(project: &Project, source: &Annotation, facts: &[String]) -> Vec<String> {
    let mut warnings = Vec::new();
    if source.confidential {
        warnings.push("The source is confidential: this sheet is for that source only".to_owned());
    }
    let own = source_name(source).to_lowercase();
    let facts: Vec<String> = facts.iter().map(|fact| fact.to_lowercase()).collect();
    for name in hidden_names(project).into_iter().filter(|name| *name != own && !name.trim().is_empty()) {
        if facts.iter().any(|fact| has_words(fact, &name)) {
            warnings.push("A fact names another source that is confidential".to_owned());
            break;
        }
    }
    warnings
}

/// On one line.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of quotes, which must not get out.
struct Secret {
    /// Where quotes stand in the text, in order.
    spans: Vec<Span>,
    /// Their words, flat and in lower case, of two words or more.
    words: Vec<String>,
    /// Every few words in a row of them.
    runs: HashSet<String>,
}

impl Secret {
    fn of(project: &Project) -> Self {
        let quotes = project.annotations.values().filter(|annotation| annotation.kind == Kind::Quote);
        let (mut spans, mut words, mut runs) = (Vec::new(), Vec::new(), HashSet::new());
        for span in quotes.flat_map(|quote| quote.live_spans()) {
            spans.extend(span.place.at);
            let quote = span.place.quote.as_str();
            let inside = quoted(quote).into_iter().map(|(start, end)| &quote[start..end]);
            for part in std::iter::once(quote).chain(inside) {
                let part = part.trim_matches(|c: char| !c.is_alphanumeric());
                if part.unicode_words().count() >= 2 {
                    words.push(flat(part).to_lowercase());
                }
            }
            runs.extend(self::runs(quote));
        }
        spans.sort_unstable();
        Self { spans, words, runs }
    }

    /// What can be asked of a claim: its fact in a sentence, or else its words outside of quotes.
    fn paraphrased(&self, project: &Project, annotation: &Annotation) -> Option<String> {
        let fact = annotation.fact.as_str();
        let words = if annotation.fact.is_blank() {
            self.outside(project, annotation)
        } else {
            let open = without(Span::new(0, fact.len()), &spans_of(fact, 0));
            joined(open.into_iter().map(|span| &fact[span.range()]))
        };
        let says = words.unicode_words().filter(|word| word.chars().any(char::is_alphabetic)).count() >= 2;
        let lower = words.to_lowercase();
        let tells = self.words.iter().any(|secret| has_words(&lower, secret))
            || runs(&words).any(|run| self.runs.contains(&run));
        (says && !tells).then_some(words)
    }

    /// The words of an annotation that stand in no quote and in no quotation marks.
    fn outside(&self, project: &Project, annotation: &Annotation) -> String {
        let text = &project.article.text;
        let mut parts: Vec<&str> = Vec::new();
        for span in annotation.placed() {
            let mut hidden: Vec<Span> =
                self.spans.iter().copied().filter(|quote| quote.overlaps(span)).collect();
            let last = text.line_of((span.end as usize).saturating_sub(1));
            for line in text.line_of(span.start as usize)..=last {
                let line = text.line(line);
                hidden.extend(spans_of(text.slice(line), line.start as usize));
            }
            hidden.sort_unstable();
            for open in without(span, &hidden) {
                let words = text.slice(open);
                if !parts.contains(&words) {
                    parts.push(words);
                }
            }
        }
        joined(parts.into_iter())
    }
}

/// What is left of a span without others, which come in order.
fn without(span: Span, hidden: &[Span]) -> Vec<Span> {
    let mut left = Vec::new();
    let mut from = span.start;
    for cut in hidden.iter().filter(|cut| cut.overlaps(span)) {
        if cut.start > from {
            left.push(Span { start: from, end: cut.start });
        }
        from = from.max(cut.end);
    }
    if from < span.end {
        left.push(Span { start: from, end: span.end });
    }
    left
}

/// Parts that say something, with an ellipsis where something was left out between them.
fn joined<'a>(parts: impl Iterator<Item = &'a str>) -> String {
    let loose = |c: char| c.is_whitespace() || ",;:—–".contains(c);
    let parts: Vec<String> = parts
        .map(|part| flat(part.trim_matches(loose)))
        .filter(|part| part.chars().any(char::is_alphanumeric))
        .collect();
    parts.join(" … ")
}

/// Every few words in a row, flat and in lower case.
fn runs(text: &str) -> impl Iterator<Item = String> {
    let words: Vec<String> = text.unicode_words().map(str::to_lowercase).collect();
    let all: Vec<String> = words.windows(RUN).map(|run| run.join(" ")).collect();
    all.into_iter().filter(|run| run.chars().filter(|c| c.is_alphanumeric()).count() >= RUN_LETTERS)
}

fn spans_of(line: &str, from: usize) -> Vec<Span> {
    quoted(line).into_iter().map(|(start, end)| Span::new(from + start, from + end)).collect()
}

/// Where a line has quotation marks around its words, marks included. One that is not closed runs to the
/// end of the line, as in a quote of several paragraphs.
pub fn quoted(line: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut open: Option<(usize, &str)> = None;
    let mut before: Option<char> = None;
    let mut chars = line.char_indices().peekable();
    while let Some((at, mark)) = chars.next() {
        let after = chars.peek().map(|(_, c)| *c);
        let in_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        // An apostrophe is none.
        let is_apostrophe = matches!(mark, '\'' | '’') && in_word(before) && in_word(after);
        match open {
            Some((start, ends))
                if ends.contains(mark)
                    && !is_apostrophe
                    && (!matches!(mark, '\'' | '’' | '‘') || !in_word(after)) =>
            {
                found.push((start, at + mark.len_utf8()));
                open = None;
            }
            None if !is_apostrophe => {
                let ends = ends_of(mark, !in_word(before) && after.is_some_and(|c| !c.is_whitespace()));
                open = ends.map(|ends| (at, ends));
            }
            _ => {}
        }
        before = Some(mark);
    }
    // A single mark that is never closed was an apostrophe.
    let unclosed = open.filter(|(_, ends)| !ends.contains(['\'', '’']));
    found.extend(unclosed.map(|(start, _)| (start, line.len())));
    found
}

/// The marks that can close what a mark opens; `fresh` where a word can begin after it.
fn ends_of(mark: char, fresh: bool) -> Option<&'static str> {
    match mark {
        '“' => Some("”"),
        '„' => Some("“”"),
        '”' if fresh => Some("”"),
        '«' => Some("»"),
        '»' if fresh => Some("«»"),
        '‹' => Some("›"),
        '›' if fresh => Some("‹›"),
        '「' => Some("」"),
        '『' => Some("』"),
        '"' if fresh => Some("\""),
        '＂' if fresh => Some("＂"),
        '‘' if fresh => Some("’"),
        '‚' if fresh => Some("‘’"),
        '\'' if fresh => Some("'"),
        _ => None,
    }
}

#[cfg(test)]
#[path = "call_sheet_tests.rs"]
mod tests;
