//! The same words elsewhere in the text: marking them all as places of one annotation, or none but one.
//!
//! May use: the rest of `domain`, unicode-segmentation. Invariant: every place that is added holds
//! exactly the words, lies on grapheme edges, cuts no word and overlaps no place that the annotation
//! has. Whether a word is cut is told by the letters around the edge alone, so that it costs the same
//! in a text of any length. Known limit: upper and lower case are different words.

use std::collections::{BTreeSet, HashMap};

use unicode_segmentation::UnicodeSegmentation;

use super::annotation::{AnnotationSpan, SpanValue};
use super::change::Transaction;
use super::id::Id;
use super::log::{self, Stamp};
use super::project::Project;
use super::text::{Span, Text};

/// More further places than these are no fact any more, and no file to read.
pub const MOST: usize = 20_000;
/// So many characters on each side of an edge say whether a word is cut.
const AROUND: usize = 16;

/// What there is to mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Further {
    /// So many further places, in the text's order.
    Places(Vec<Span>),
    /// More than [`MOST`].
    TooMany,
}

impl Text {
    /// Where exactly these words stand as words of their own, in order, none over another: an edge
    /// where they have a letter or digit is the edge of a word there too.
    pub fn whole_occurrences<'a>(&'a self, words: &'a str) -> impl Iterator<Item = Span> + 'a {
        let text = self.as_str();
        let mut from = 0;
        let starts_in_a_word = words.chars().next().is_some_and(char::is_alphanumeric);
        let last = words.graphemes(true).next_back().and_then(|letter| letter.chars().next());
        let ends_in_a_word = last.is_some_and(char::is_alphanumeric);
        std::iter::from_fn(move || {
            while !words.is_empty() {
                let start = from + text.get(from..)?.find(words)?;
                let span = Span::new(start, start + words.len());
                let is_whole = (!starts_in_a_word || !cuts_a_word(text, start))
                    && (!ends_in_a_word || !cuts_a_word(text, span.end as usize));
                if is_whole && self.admits(span) {
                    from = span.end as usize;
                    return Some(span);
                }
                from = text.ceil_char_boundary(start + 1);
            }
            None
        })
    }
}

/// Whether a word or number runs over this byte. An apostrophe ends a name: `Halvard’s`, `l’Espoir`.
fn cuts_a_word(text: &str, at: usize) -> bool {
    let (before, after) = (&text[..at], &text[at..]);
    let start = before.char_indices().rev().nth(AROUND - 1).map_or(0, |(i, _)| i);
    let end = after.char_indices().nth(AROUND).map_or(text.len(), |(i, _)| at + i);
    let mut edges = text[start..end].split_word_bound_indices().map(|(i, _)| start + i);
    if at == text.len() || edges.any(|edge| edge == at) {
        return false;
    }
    let (left, right) = (before.chars().next_back(), after.chars().next());
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    let is_apostrophe = |c: Option<char>| matches!(c, Some('\'' | '’'));
    !(is_letter(left) && is_apostrophe(right) || is_apostrophe(left) && is_letter(right))
}

impl Project {
    /// The places that have the same words as one of an annotation's and are none of its own yet.
    pub fn further_occurrences(&self, id: Id) -> Further {
        let Some(annotation) = self.annotations.get(&id) else { return Further::Places(Vec::new()) };
        let placed = || annotation.live_spans().filter(|span| span.place.at.is_some());
        let words: BTreeSet<&str> = placed().map(|span| span.place.quote.as_str()).collect();
        let mut words: Vec<&str> = words.into_iter().collect();
        // The longest first, so that a part of it takes nothing away.
        words.sort_by_key(|words| std::cmp::Reverse(words.len()));
        let mut taken: BTreeSet<(u32, u32)> = annotation.placed().map(|s| (s.start, s.end)).collect();
        let mut further = Vec::new();
        for words in words {
            for span in self.article.text.whole_occurrences(words) {
                let before = taken.range(..(span.end, 0)).next_back();
                if before.is_some_and(|(_, end)| *end > span.start) {
                    continue;
                }
                taken.insert((span.start, span.end));
                further.push(span);
                if further.len() > MOST {
                    return Further::TooMany;
                }
            }
        }
        further.sort_unstable();
        Further::Places(further)
    }

    /// Adds places to an annotation; one that it had and lost comes back as it was.
    pub fn mark_occurrences(&self, id: Id, places: &[Span], stamp: &mut Stamp) -> Transaction {
        let label = format!("mark {} {}", places.len(), occurrences(places.len()));
        self.alter(id, &label, |annotation| {
            let lost: HashMap<Span, usize> = annotation
                .spans
                .iter()
                .enumerate()
                .filter(|(_, span)| span.removed)
                .filter_map(|(i, span)| Some((span.place.at?, i)))
                .collect();
            for place in places {
                match lost.get(place) {
                    Some(i) => {
                        log::set(&mut annotation.spans[*i], SpanValue::Removed(false), stamp);
                    }
                    None => {
                        let place = self.article.place(*place);
                        annotation.spans.push(AnnotationSpan::create(stamp, place));
                    }
                }
            }
        })
    }

    /// Removes every place of an annotation that has the same words as the place `kept`, but that one.
    /// Returns how many there are, too.
    pub fn unmark_occurrences(&self, id: Id, kept: Id, stamp: &mut Stamp) -> (usize, Transaction) {
        let Some(annotation) = self.annotations.get(&id) else { return (0, Transaction::default()) };
        let words = annotation.live_spans().find(|span| span.id == kept).map(|span| &span.place.quote);
        let is_other = |span: &AnnotationSpan| {
            !span.removed && span.id != kept && span.place.at.is_some() && Some(&span.place.quote) == words
        };
        let others: BTreeSet<Id> =
            annotation.spans.iter().filter(|span| is_other(span)).map(|span| span.id).collect();
        let label = format!("remove {} {}", others.len(), occurrences(others.len()));
        let transaction = self.alter(id, &label, |annotation| {
            for span in annotation.spans.iter_mut().filter(|span| others.contains(&span.id)) {
                log::set(span, SpanValue::Removed(true), stamp);
            }
        });
        (others.len(), transaction)
    }
}

const fn occurrences(count: usize) -> &'static str {
    if count == 1 { "occurrence" } else { "occurrences" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, words: &str) -> Vec<usize> {
        Text::new(text).whole_occurrences(words).map(|span| span.start as usize).collect()
    }

    #[test]
    fn words_are_found_whole_in_every_script() {
        assert_eq!(found("art, article, smart art. Art", "art"), [0, 20]);
        assert_eq!(found("Halvard’s plan, Halvards plan, (Halvard)", "Halvard"), [0, 34]);
        assert_eq!(found("410 million, 1410 million, 1,410 million, 1’410 million", "410 million"), [0]);
        assert_eq!(found("l’Espoir, d'Espoirs", "Espoir"), [4]);
        // Scripts that write no spaces have no word to cut between their letters.
        assert_eq!(found("東京都と東京", "東京"), [0, 12]);
        assert_eq!(found("мэр, мэрия, мэр", "мэр"), [0, 20]);
        // Half of a letter is none, and a decomposed one is another.
        assert_eq!(found("cafe\u{301} cafe cafe\u{301}", "cafe"), [7]);
        assert_eq!(found("cafe\u{301}s cafe\u{301}", "cafe\u{301}"), [8]);
        assert_eq!(found("👩‍👩‍👧 👩 x👩", "👩"), [19, 25]);
        assert_eq!(found("aaaa", "aa"), Vec::<usize>::new());
        assert_eq!(found("— a — b —", "—"), [0, 6, 12]);
        assert_eq!(found("text", ""), Vec::<usize>::new());
    }
}
