//! Changes of the text and of places that are not typing: a correction put into the text, orphans
//! placed or dropped, lines taken out.
//!
//! May use: std, the rest of `domain`. Invariant: each is one transaction, whose other annotations
//! follow the text as after any edit; an annotation whose correction goes into the text covers just
//! the new words and is not flagged for it.

use super::annotation::{Annotation, AnnotationValue, Place, Prose, SpanValue};
use super::article::Edit;
use super::change::Transaction;
use super::id::Id;
use super::log::{self, Stamp};
use super::mapping::{old_words, words_were};
use super::project::Project;
use super::rules;
use super::text::{Span, Text};

/// Why a correction cannot be put into the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoCorrection {
    /// There is none, or nobody accepted it.
    #[error("There is no accepted correction to put into the text")]
    None,
    /// It is there.
    #[error("The correction is in the text already")]
    InText,
    /// Its words are gone.
    #[error("The words that it corrects are not in the text any more: place the orphan first")]
    Orphan,
    /// A split quote: nobody can say which part becomes what.
    #[error("The annotation covers several places with different words: edit the text by hand")]
    Split,
    /// It does not fit what stands around it.
    #[error("The correction does not fit what stands around it: edit the text by hand")]
    Unfit,
}

impl Project {
    /// The spans that an accepted correction would replace, and the new words.
    pub fn correctable<'a>(&self, annotation: &'a Annotation) -> Result<(Vec<Span>, &'a str), NoCorrection> {
        let words = annotation.proposed_wording.as_str().trim();
        if !rules::is_corrected(annotation) {
            return Err(NoCorrection::None);
        }
        if rules::is_in_text(annotation) {
            return Err(NoCorrection::InText);
        }
        let mut spans: Vec<Span> = annotation.placed().collect();
        spans.sort_unstable();
        let Some(first) = spans.first() else { return Err(NoCorrection::Orphan) };
        let text = &self.article.text;
        let differs = |span: &Span| text.slice(*span) != text.slice(*first);
        if spans.iter().any(differs) || spans.windows(2).any(|pair| pair[0].overlaps(pair[1])) {
            return Err(NoCorrection::Split);
        }
        Ok((spans, words))
    }

    /// Puts an accepted correction in the place of the words that it corrects.
    pub fn correct(&self, id: Id, stamp: &mut Stamp) -> Result<Transaction, NoCorrection> {
        let annotation = self.annotations.get(&id).ok_or(NoCorrection::None)?;
        let (spans, words) = self.correctable(annotation)?;
        let text = &self.article.text;
        let old = text.slice(spans[0]).to_owned();
        let (mut edits, mut places) = (Vec::new(), Vec::new());
        let mut shift = 0;
        for span in &spans {
            let start = (i64::from(span.start) + shift) as usize;
            // Only what differs is replaced, so that marks of other words within stay.
            let least = Edit::between(&old, words);
            edits.push(Edit { at: least.at + start as u32, ..least });
            places.push(Span::new(start, start + words.len()));
            shift += words.len() as i64 - span.len() as i64;
        }
        let article = self.article.edited(edits.clone(), stamp).ok_or(NoCorrection::Unfit)?;
        if places.iter().any(|place| !article.text.admits(*place)) {
            return Err(NoCorrection::Unfit);
        }
        let (new, head) = (article.text.clone(), article.head());
        let own = |annotation: &mut Annotation, step: &super::mapping::Step<'_>, stamp: &mut Stamp| {
            if annotation.id != id {
                return false;
            }
            for span in &mut annotation.spans {
                let found = span.place.at.filter(|_| !span.removed);
                match found.and_then(|at| spans.binary_search(&at).ok()) {
                    Some(index) => {
                        log::set(span, SpanValue::Place(Place::of(&new, head, places[index])), stamp);
                    }
                    None => {
                        step.follow_span(span, stamp);
                    }
                }
            }
            log::set(annotation, AnnotationValue::CorrectedFrom(Prose(old.clone())), stamp);
            annotation.sort_lists();
            true
        };
        let mut transaction = self.follow_edits(article, &edits, own, stamp);
        transaction.label = "put a correction into the text".into();
        Ok(transaction)
    }

    /// Gives an orphan a place; flagged where the words there are others.
    pub fn place_orphan(&self, id: Id, span: Id, to: Span, stamp: &mut Stamp) -> Transaction {
        self.alter(id, "place an orphan", |annotation| {
            let text = &self.article.text;
            let Some(orphan) = annotation.spans.iter_mut().find(|known| known.id == span) else { return };
            if !text.admits(to) || orphan.place.at.is_some() {
                return;
            }
            let was = orphan.place.quote.as_str().to_owned();
            log::set(orphan, SpanValue::Place(self.article.place(to)), stamp);
            let known = annotation.check_again.as_deref().and_then(old_words).is_some();
            if was != text.slice(to) && !known {
                log::set(annotation, AnnotationValue::CheckAgain(Some(words_were(&was))), stamp);
            }
        })
    }

    /// Takes an orphan out of its annotation, or the annotation where it is all that there is.
    pub fn drop_orphan(&self, id: Id, span: Id, stamp: &mut Stamp) -> Transaction {
        self.alter(id, "drop an orphan", |annotation| {
            let others = annotation.live_spans().any(|known| known.id != span);
            let orphan = annotation.spans.iter_mut().find(|known| known.id == span && !known.removed);
            let Some(orphan) = orphan.filter(|orphan| orphan.place.at.is_none()) else { return };
            if others {
                log::set(orphan, SpanValue::Removed(true), stamp);
            } else {
                log::set(annotation, AnnotationValue::Removed(true), stamp);
            }
        })
    }

    /// Takes whole lines out of the text, with the blank lines that would stand twice then.
    pub fn remove_lines(&self, lines: &[usize], stamp: &mut Stamp) -> Transaction {
        let edits = without_lines(&self.article.text, lines);
        let transaction = self.edit(edits, stamp).unwrap_or_default();
        let label = match lines.len() {
            1 => "remove a template line".to_owned(),
            count => format!("remove {count} template lines"),
        };
        Transaction { label, ..transaction }
    }
}

/// The edits that take lines out of a text.
fn without_lines(text: &Text, lines: &[usize]) -> Vec<Edit> {
    let mut gone = vec![false; text.line_count()];
    lines.iter().filter(|line| **line < text.line_count()).for_each(|line| gone[*line] = true);
    let blank = |line: usize| text.paragraph_of_line(line).is_none();
    let mut after_blank = true;
    let mut after_gone = false;
    for (line, is_gone) in gone.iter_mut().enumerate() {
        if *is_gone {
            after_gone = true;
        } else if blank(line) && after_gone && after_blank {
            *is_gone = true;
        } else {
            (after_blank, after_gone) = (blank(line), false);
        }
    }
    let mut edits = Vec::new();
    let mut out = 0;
    let mut line = 0;
    while line < gone.len() {
        if !gone[line] {
            line += 1;
            continue;
        }
        let first = line;
        while line < gone.len() && gone[line] {
            line += 1;
        }
        let mut span = Span::new(text.line(first).start as usize, text.line(line - 1).end as usize);
        if line < gone.len() {
            span.end += 1;
        } else if first > 0 {
            // The last line goes with the line feed before it.
            span.start -= 1;
        }
        let removed = text.slice(span).to_owned();
        edits.push(Edit { at: span.start - out, removed, inserted: String::new() });
        out += span.len() as u32;
    }
    edits
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken_out(text: &str, lines: &[usize]) -> String {
        let edits = without_lines(&Text::new(text), lines);
        edits.iter().fold(text.to_owned(), |text, edit| edit.apply(&text).expect("fits"))
    }

    #[test]
    fn lines_go_with_their_feed_and_no_blank_line_stands_twice() {
        let text = "Share\n\nOne.\n\nRead more\n\nTwo.\n\nCookies\nMenu";
        assert_eq!(taken_out(text, &[0, 4, 8, 9]), "One.\n\nTwo.\n");
        assert_eq!(taken_out(text, &[]), text);
        assert_eq!(taken_out(text, &[2]), "Share\n\nRead more\n\nTwo.\n\nCookies\nMenu");
        assert_eq!(taken_out(text, &[9, 70]), "Share\n\nOne.\n\nRead more\n\nTwo.\n\nCookies");
        assert_eq!(taken_out("a\nb", &[0, 1]), "");
        assert_eq!(taken_out("a\nb\nc", &[1]), "a\nc");
    }
}
