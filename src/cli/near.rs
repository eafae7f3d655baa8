//! A hint where the article has almost the words that were asked for.
//!
//! May use: domain. Two texts are near where they differ only in the shape of quotation marks and
//! dashes, in white space, invisible characters, dots for an ellipsis, or upper and lower case.
//! Known limits: a letter with a combining accent is not near the same letter in one character.

use super::words;
use crate::domain::{Span, Text};

/// What to say after "The article does not have the words …": a reason, or nothing.
pub fn hint(text: &Text, words: &str) -> String {
    if let Some(at) = text.as_str().find(words) {
        let number = text.paragraph_of(at);
        return format!(" by themselves; they begin or end inside a character (¶ {number})");
    }
    match near(text, words) {
        Some(span) => {
            let number = text.paragraph_of(span.start as usize);
            format!("; it has “{}” (¶ {number})", words::short(text.slice(span), 60))
        }
        None => String::new(),
    }
}

/// Where the article has almost these words.
fn near(text: &Text, words: &str) -> Option<Span> {
    let (wanted, _) = folded(words.trim());
    let (all, origins) = folded(text.as_str());
    if wanted.is_empty() {
        return None;
    }
    let at = all.find(&wanted)?;
    let start = origins.get(at)?.start as usize;
    let end = origins.get(at + wanted.len() - 1)?.end as usize;
    Some(text.snapped(Span::new(start, end)))
}

/// The text as it is compared, and for each byte of that the character it came from.
fn folded(text: &str) -> (String, Vec<Span>) {
    let (mut out, mut origins) = (String::new(), Vec::new());
    for (at, c) in text.char_indices() {
        let before = out.len();
        match c {
            '“' | '”' | '„' | '‟' | '«' | '»' | '″' => out.push('"'),
            '‘' | '’' | '‚' | '‛' | '‹' | '›' | '`' | '´' | '′' => out.push('\''),
            '\u{2010}'..='\u{2015}' | '−' => out.push('-'),
            '…' => out.push_str("..."),
            '\u{ad}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}' => {}
            c if c.is_whitespace() && (out.is_empty() || out.ends_with(' ')) => {}
            c if c.is_whitespace() => out.push(' '),
            c => out.extend(c.to_lowercase()),
        }
        origins.resize(out.len(), Span::new(at, at + c.len_utf8()));
        debug_assert!(out.len() >= before);
    }
    (out, origins)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words_are_found_with_the_article_s_own_characters() {
        let text = Text::new("One.\n\nHe said – “It’s\u{a0}done…”\n\nDe\u{301}ja");
        let hint_for = |words: &str| hint(&text, words);
        assert_eq!(hint_for("said - \"it's  done...\""), "; it has “said – “It’s\u{a0}done…”” (¶ 2)");
        assert_eq!(hint_for("nowhere"), "");
        assert_eq!(hint_for(" \u{200b} "), "");
        assert!(hint_for("De").starts_with(" by themselves"), "{}", hint_for("De"));
    }

    proptest::proptest! {
        #[test]
        fn nothing_makes_it_panic(article: String, words: String) {
            hint(&Text::normalised(&article), &words);
        }
    }
}
