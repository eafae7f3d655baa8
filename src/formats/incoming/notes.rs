//! Footnotes and comments: the words they belong to, the addresses in them.
//!
//! May use: domain, `formats::address`. Invariant: a footnote belongs to the words between the note before it, or the
//! beginning of its sentence, and its own mark: a sentence with two facts and two notes is two marks.

use super::Mark;
use crate::domain::{Span, Text};

/// The words that a note at byte `at` belongs to. `previous` is where the note before it stands.
pub fn words_before(text: &Text, at: usize, previous: Option<usize>) -> Option<Span> {
    let before = text.as_str().get(..at)?.trim_end();
    let last = before.char_indices().next_back()?.0;
    let sentence = text.sentence_at(last);
    let line = text.line(text.line_of(last));
    let mut start = (sentence.start.max(line.start) as usize).min(before.len());
    if let Some(previous) = previous.filter(|previous| *previous > start) {
        let rest = text.as_str().get(previous..before.len()).unwrap_or_default();
        if rest.chars().any(char::is_alphanumeric) {
            let skipped = rest.len() - rest.trim_start_matches(|c: char| !is_word(c)).len();
            start = previous + skipped;
        }
    }
    text.trimmed(Span::new(start, before.len())).filter(|span| text.admits(*span))
}

/// Whether a stretch of words may begin with it.
fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '“' | '„' | '«' | '"' | '‘' | '(' | '$' | '€' | '£' | '−')
}

/// A footnote's or comment's words, fitted to the text; nothing where it covers none.
pub fn words_of(text: &Text, start: usize, end: usize) -> Option<Span> {
    let end = end.min(text.len());
    text.trimmed(text.snapped(Span::new(start.min(end), end))).filter(|span| text.admits(*span))
}

/// The web addresses in a text, without the punctuation that follows one in a sentence.
pub fn addresses(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find("http") {
        let from = &rest[at..];
        let before = rest[..at].chars().next_back();
        let end =
            from.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '“' | '”' | '«' | '»'));
        let mut address = &from[..end.unwrap_or(from.len())];
        loop {
            let shorter = address.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '’', ']', '}']);
            let shorter = match shorter.strip_suffix(')') {
                Some(open) if shorter.matches(')').count() > shorter.matches('(').count() => open,
                _ => shorter,
            };
            if shorter.len() == address.len() {
                break;
            }
            address = shorter;
        }
        if is_address(address)
            && !before.is_some_and(char::is_alphanumeric)
            && found.iter().all(|known| known != address)
        {
            found.push(address.to_owned());
        }
        rest = &from[address.len().max(4)..];
    }
    found
}

/// A note's text and the addresses in it and behind its links. What is no address of the web (one of
/// mail, a file's) is added to the text, so that nothing is lost.
pub fn with_links(text: &str, links: Vec<String>) -> (String, Vec<String>) {
    let mut text = text.trim().to_owned();
    let mut found = addresses(&text);
    for link in links {
        let link = link.trim().to_owned();
        if link.is_empty() || found.contains(&link) || text.contains(&link) {
            continue;
        }
        if is_address(&link) {
            found.push(link);
        } else {
            text = format!("{text} ({link})").trim().to_owned();
        }
    }
    (text, found)
}

/// Whether it is an address of the web.
pub fn is_address(text: &str) -> bool {
    text.trim() == text && crate::formats::address::check(text).is_ok()
}

/// The text of a note without its addresses: what its source is called.
pub fn title(mark: &Mark) -> String {
    let mut text = mark.text.clone();
    for address in &mark.addresses {
        text = text.replace(address.as_str(), " ");
    }
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let words = words.replace("()", "").replace("<>", "").replace("[]", "");
    if mark.addresses.is_empty() {
        return words.trim().to_owned();
    }
    words.trim().trim_end_matches([',', ';', ':', '(', '[', '<', '.', ' ']).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_belongs_to_the_words_before_it() {
        let text = Text::new(
            "A title\n\nIt rained. The bridge cost 40 million, and it opened in 1990. It is long.\n",
        );
        let at = |words: &str| text.as_str().find(words).expect("words") + words.len();
        let words = |at, previous| words_before(&text, at, previous).map(|span| text.slice(span));
        let first = at("40 million,");
        assert_eq!(words(first, None), Some("The bridge cost 40 million,"));
        assert_eq!(words(at("in 1990."), Some(first)), Some("and it opened in 1990."));
        assert_eq!(words(at("in 1990."), None), Some("The bridge cost 40 million, and it opened in 1990."));
        assert_eq!(
            words(at("in 1990."), Some(at("in 1990."))),
            words(at("in 1990."), None),
            "two at one place"
        );
        assert_eq!(words(at("A title"), None), Some("A title"));
        assert_eq!(words(0, None), None);
    }

    #[test]
    fn addresses_end_where_the_sentence_goes_on() {
        for (text, found) in [
            ("See https://a.example/x.", vec!["https://a.example/x"]),
            (
                "(https://a.example/x_(y)), and http://b.example",
                vec!["https://a.example/x_(y)", "http://b.example"],
            ),
            ("<https://a.example/?q=1&b=2>; https://a.example/?q=1&b=2", vec!["https://a.example/?q=1&b=2"]),
            ("https:// and xhttp://no.example, http", vec![]),
            ("“https://a.example/é”", vec!["https://a.example/é"]),
        ] {
            assert_eq!(addresses(text), found, "{text}");
        }
    }
}
