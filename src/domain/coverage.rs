//! How much of the text somebody has marked and checked, word by word, and which sentence nobody has
//! touched.
//!
//! May use: unicode-segmentation, the rest of `domain`. Invariant: a word is one of UAX #29 with a
//! letter or a digit; it counts as marked when any span touches it, as checked when an annotation
//! does whose status is checked and that is not to be checked again. What is kept up to date by the
//! ids that a transaction touched equals what is built anew (tested). Known limit: sixteen bytes for
//! each word; another text builds it anew.

use std::collections::HashMap;

use unicode_segmentation::UnicodeSegmentation;

use super::{Annotation, Id, Project, Span, Text};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Word {
    start: u32,
    end: u32,
    marked: u32,
    checked: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Sentence {
    /// Its first word and the one behind its last.
    words: (u32, u32),
    span: Span,
    marked: u32,
}

/// Words, and how many of them are marked and checked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shares {
    /// All words.
    pub words: usize,
    /// Those in any annotation.
    pub marked: usize,
    /// Those in a checked one.
    pub checked: usize,
}

impl Shares {
    /// A part in whole percent; never 100 while a word is missing, never 0 where there is one.
    pub fn percent(&self, part: usize) -> usize {
        if part == 0 || self.words == 0 {
            return 0;
        }
        if part == self.words { 100 } else { (part * 100 / self.words).clamp(1, 99) }
    }
}

/// The words of a project's text with what touches them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Coverage {
    words: Vec<Word>,
    sentences: Vec<Sentence>,
    known: HashMap<Id, Vec<(Span, bool)>>,
    shares: Shares,
}

impl Coverage {
    /// Of a project.
    pub fn of(project: &Project) -> Self {
        let mut coverage = Self::of_text(&project.article.text);
        for annotation in project.annotations.values() {
            coverage.add(annotation);
        }
        coverage
    }

    fn of_text(text: &Text) -> Self {
        let mut coverage = Self::default();
        for line in 0..text.line_count() {
            let line = text.line(line);
            for (at, sentence) in text.slice(line).split_sentence_bound_indices() {
                let start = line.start as usize + at;
                let first = coverage.words.len() as u32;
                for (at, word) in sentence.split_word_bound_indices() {
                    if word.contains(char::is_alphanumeric) {
                        let start = (start + at) as u32;
                        let end = start + word.len() as u32;
                        coverage.words.push(Word { start, end, marked: 0, checked: 0 });
                    }
                }
                let words = (first, coverage.words.len() as u32);
                if words.0 < words.1 {
                    let trimmed = sentence.trim_end().len();
                    let start = start + (sentence.len() - sentence.trim_start().len());
                    let span = Span::new(start, line.start as usize + at + trimmed);
                    coverage.sentences.push(Sentence { words, span, marked: 0 });
                }
            }
        }
        coverage.shares.words = coverage.words.len();
        coverage
    }

    /// Brings it up to date about some annotations; the text must be the same.
    pub fn refresh(&mut self, project: &Project, ids: impl IntoIterator<Item = Id>) {
        for id in ids {
            for (span, checked) in self.known.remove(&id).unwrap_or_default() {
                self.count(span, checked, false);
            }
            if let Some(annotation) = project.annotations.get(&id) {
                self.add(annotation);
            }
        }
    }

    /// How many words are marked and checked.
    pub fn shares(&self) -> Shares {
        self.shares
    }

    /// The first sentence from a byte on that no annotation touches, round to the beginning; nothing
    /// where there is none.
    pub fn next_bare(&self, text: &Text, at: usize) -> Option<Span> {
        let from = self.sentences.partition_point(|sentence| (sentence.span.start as usize) < at);
        let (before, after) = self.sentences.split_at(from);
        let bare = after.iter().chain(before).find(|sentence| sentence.marked == 0)?;
        Some(text.snapped(bare.span))
    }

    fn add(&mut self, annotation: &Annotation) {
        let checked = annotation.status.is_checked() && !annotation.is_to_check();
        let spans: Vec<_> = annotation.placed().map(|span| (span, checked)).collect();
        for (span, checked) in &spans {
            self.count(*span, *checked, true);
        }
        if !spans.is_empty() {
            self.known.insert(annotation.id, spans);
        }
    }

    fn count(&mut self, span: Span, checked: bool, more: bool) {
        let first = self.words.partition_point(|word| word.end <= span.start);
        let mut sentence = self.sentences.partition_point(|sentence| sentence.words.1 as usize <= first);
        let turn = |count: &mut u32, total: &mut usize| {
            let was = *count > 0;
            *count = if more { *count + 1 } else { count.saturating_sub(1) };
            match (was, *count > 0) {
                (false, true) => *total += 1,
                (true, false) => *total = total.saturating_sub(1),
                _ => return 0,
            }
            if more { 1 } else { -1_i32 }
        };
        for (place, word) in self.words.iter_mut().enumerate().skip(first) {
            if word.start >= span.end {
                break;
            }
            let by = turn(&mut word.marked, &mut self.shares.marked);
            if checked {
                turn(&mut word.checked, &mut self.shares.checked);
            }
            while self.sentences.get(sentence).is_some_and(|known| known.words.1 as usize <= place) {
                sentence += 1;
            }
            if let Some(sentence) = self.sentences.get_mut(sentence) {
                sentence.marked = sentence.marked.saturating_add_signed(by);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::annotation::AnnotationValue as V;
    use crate::domain::{Article, Change, Kind, Stamp, Status};

    fn project(text: &str, stamp: &mut Stamp) -> Project {
        Project::new(Article::new(String::new(), String::new(), Text::new(text), stamp), stamp)
    }

    fn stamp() -> Stamp {
        Stamp::new(jiff::Timestamp::UNIX_EPOCH, "Ada", 7)
    }

    #[test]
    fn words_are_marked_where_a_span_touches_them_and_checked_by_status() {
        let mut stamp = stamp();
        let mut project = project("One two, three. Four 5 six!\n\n— …\nשלום עולם.", &mut stamp);
        let (id, mark) = project.mark(Kind::Claim, &[Span::new(5, 10)], &mut stamp);
        project.apply(&mark).unwrap();
        let mut coverage = Coverage::of(&project);
        assert_eq!(coverage.shares(), Shares { words: 8, marked: 2, checked: 0 });
        assert_eq!(coverage.shares().percent(2), 25);
        project.apply(&project.set(id, "", vec![V::Status(Status::Verified)], &mut stamp)).unwrap();
        coverage.refresh(&project, [id]);
        assert_eq!(coverage.shares(), Shares { words: 8, marked: 2, checked: 2 });
        project.apply(&project.set(id, "", vec![V::CheckAgain(Some("why".into()))], &mut stamp)).unwrap();
        coverage.refresh(&project, [id]);
        assert_eq!(coverage.shares().checked, 0);
        let text = &project.article.text;
        let words = |span: Option<Span>| span.map(|span| text.slice(span));
        assert_eq!(words(coverage.next_bare(text, 1)), Some("Four 5 six!"));
        assert_eq!(words(coverage.next_bare(text, 17)), Some("שלום עולם."));
        assert_eq!(words(coverage.next_bare(text, text.len())), Some("Four 5 six!"), "round and round");
        let shares = Shares { words: 1000, marked: 999, checked: 1 };
        assert_eq!((shares.percent(999), shares.percent(1), shares.percent(1000)), (99, 1, 100));
    }

    #[test]
    fn what_is_kept_up_to_date_equals_what_is_built_anew() {
        let mut stamp = stamp();
        let words =
            "One line of words. Another sentence, with more of them!\n\nAnd a second line; here.\nA third";
        let mut project = project(words, &mut stamp);
        let mut coverage = Coverage::of(&project);
        let mut ids = Vec::new();
        for step in 0..80_usize {
            let start = step * 7 % 70;
            let span = project.article.text.snapped(Span::new(start, start + 1 + step % 23));
            let transaction = match step % 5 {
                3 if !ids.is_empty() => {
                    let status = Status::ALL[step % 8];
                    project.set(ids[step % ids.len()], "", vec![V::Status(status)], &mut stamp)
                }
                4 if !ids.is_empty() => project.remove(ids.swap_remove(step % ids.len()), &mut stamp),
                _ => {
                    let (id, transaction) = project.mark(Kind::ALL[step % 3], &[span], &mut stamp);
                    ids.push(id);
                    transaction
                }
            };
            project.apply(&transaction).unwrap();
            coverage.refresh(
                &project,
                transaction.changes.iter().filter_map(|change| match change {
                    Change::Annotation { id, .. } => Some(*id),
                    _ => None,
                }),
            );
            assert_eq!(coverage, Coverage::of(&project), "step {step}");
        }
    }
}
