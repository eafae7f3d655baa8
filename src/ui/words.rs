//! Words that are too many for their place: cut between words, with a sign that there are more.
//!
//! May use: the domain. Invariant: no word is cut in its middle, unless one alone is too long, and no letter is
//! taken from its marks.

use unicode_segmentation::UnicodeSegmentation;

use crate::domain::invisible::shown;

/// Words on one line, fit to be shown, at most so many letters of them.
pub fn cut(text: &str, most: usize) -> String {
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((end, _)) = flat.grapheme_indices(true).nth(most) else { return shown(&flat).into_owned() };
    let kept = &flat[..end];
    let whole = if flat[end..].starts_with(' ') { Some(kept) } else { kept.rsplit_once(' ').map(|(a, _)| a) };
    // Of a script without spaces, and of an address, a part is kept.
    let kept = whole.filter(|whole| whole.len() > kept.len() / 2).unwrap_or(kept);
    format!("{}…", shown(kept.trim_end_matches([' ', ',', ';', ':', '–', '—', '-'])))
}

/// What stood before and behind a place, each cut from outside until `fits` says that both do.
pub fn around(before: &str, after: &str, fits: impl Fn(&str) -> bool) -> String {
    let mut before: Vec<&str> = whole(before, true);
    let mut after: Vec<&str> = whole(after, false);
    loop {
        let words = [&["…"][..], &before, &["[ ]"], &after, &["…"]].concat().join(" ");
        let words = shown(&words).into_owned();
        if fits(&words) || before.len() + after.len() <= 2 {
            return words;
        }
        if before.len() > after.len() {
            before.remove(0);
        } else {
            after.pop();
        }
    }
}

/// The words of a piece that begins or ends anywhere: the one at its open end may be half a word.
fn whole(piece: &str, open_at_start: bool) -> Vec<&str> {
    let mut words: Vec<&str> = piece.split_whitespace().collect();
    if words.len() > 1 {
        if open_at_start && !piece.starts_with(char::is_whitespace) {
            words.remove(0);
        } else if !open_at_start && !piece.ends_with(char::is_whitespace) {
            words.pop();
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_between_words_only() {
        assert_eq!(cut("the 410 million project", 40), "the 410 million project");
        assert_eq!(cut("the 410 million project", 11), "the 410…");
        assert_eq!(cut("the 410 million project", 15), "the 410 million…");
        assert_eq!(cut("the harbour,\n then the sea", 14), "the harbour…");
        assert_eq!(cut("港口隧道获得批准", 3), "港口隧…");
        assert_eq!(cut("e\u{301}e\u{301}e\u{301}", 2), "e\u{301}e\u{301}…");
        assert_eq!(cut("", 3), "");
    }

    #[test]
    fn what_stood_around_is_cut_from_outside() {
        let all = around("ents call the ", " project a ‘done dea", |_| true);
        assert_eq!(all, "… call the [ ] project a ‘done …");
        let few = around("ents call the ", " project a ‘done dea", |words| words.chars().count() <= 24);
        assert_eq!(few, "… call the [ ] project …");
        assert_eq!(around("", "one", |_| false), "… [ ] one …");
    }
}
