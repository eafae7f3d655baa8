//! Fuzzy matching of what is typed with what there is to choose from. May use: frizbee.
//!
//! Invariant: the best comes first, and of equals the one that comes first in the list; every word that
//! is typed must be found, its letters in order; upper and lower case are the same in every script.
//! Letters strewn over a name are no match. Where nothing has all the letters, one wrong letter in a word of four or more is let pass. Known
//! limit: of a long text only its first letters are looked at; accents are letters of their own.

use std::ops::Range;

use frizbee::{CaseMatching, Config, Match, Matcher, Matching, Pattern, PatternConfig, UnicodeMatching};
use unicode_segmentation::UnicodeSegmentation;

/// So many bytes of a text are looked at.
const LONGEST: usize = 480;
/// So many letters of what is typed count.
const TYPED: usize = 80;
/// What a letter adds to a score, so that letters strewn over a long name can be told from a match.
const LETTER: usize = 12;

/// Texts that can be searched, folded once.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    names: Vec<String>,
    more: Vec<String>,
}

/// What was found for what is typed.
#[derive(Clone, Debug, Default)]
pub struct Ranking {
    /// The places of the choices that fit, the best first.
    pub places: Vec<usize>,
    words: Vec<String>,
    typos: u16,
}

impl Choices {
    /// Choices with their names, and with further words that they can be found by.
    pub fn new<'a>(choices: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let (names, more) = choices.into_iter().map(|(name, more)| (folded(name).0, folded(more).0)).unzip();
        Self { names, more }
    }

    /// Those that fit what is typed; all, in their order, where nothing is.
    pub fn rank(&self, typed: &str) -> Ranking {
        let words = words(typed);
        if words.is_empty() {
            return Ranking { places: (0..self.names.len()).collect(), words, typos: 0 };
        }
        for typos in [0, 1] {
            let mut places: Vec<usize> =
                best(&words, &self.names, typos).iter().map(|found| found.index as usize).collect();
            if typos == 0 {
                // What is found by its further words comes after all that is found by its name.
                let mut known = vec![false; self.names.len()];
                places.iter().for_each(|place| known[*place] = true);
                let has = |more: &str| words.iter().all(|word| more.contains(word.as_str()));
                places.extend((0..self.more.len()).filter(|place| !known[*place] && has(&self.more[*place])));
            }
            if !places.is_empty() {
                return Ranking { places, words, typos };
            }
        }
        Ranking { places: Vec::new(), words, typos: 0 }
    }
}

impl Ranking {
    /// The letters of a name that were typed, as bytes of whole letters, in order.
    pub fn letters(&self, name: &str) -> Vec<Range<usize>> {
        if self.words.is_empty() {
            return Vec::new();
        }
        let (text, origins) = folded(name);
        let found = matcher(&self.words, self.typos).match_list_indices(&[text]);
        let mut bytes: Vec<usize> = found
            .iter()
            .flat_map(|found| &found.indices)
            .filter_map(|byte| origins.get(*byte as usize).map(|origin| *origin as usize))
            .collect();
        bytes.sort_unstable();
        let is_typed = |letter: &Range<usize>| {
            let from = bytes.partition_point(|byte| *byte < letter.start);
            bytes.get(from).is_some_and(|byte| *byte < letter.end)
        };
        let letters = name.grapheme_indices(true).map(|(at, letter)| at..at + letter.len());
        let mut ranges: Vec<Range<usize>> = Vec::new();
        for letter in letters.filter(is_typed) {
            match ranges.last_mut() {
                Some(last) if last.end == letter.start => last.end = letter.end,
                _ => ranges.push(letter),
            }
        }
        ranges
    }
}

/// The words that are typed, folded.
fn words(typed: &str) -> Vec<String> {
    let typed: String = typed.chars().take(TYPED).collect();
    folded(&typed).0.split_whitespace().map(str::to_owned).collect()
}

/// A text in lower case, and for each of its bytes the byte of the text that it comes from. Letters
/// that differ only at the end of a word, or are written as two, become one.
fn folded(text: &str) -> (String, Vec<u32>) {
    let mut lower = String::new();
    let mut origins = Vec::new();
    for (at, char) in text.char_indices().take_while(|(at, _)| *at < LONGEST) {
        let before = lower.len();
        match char {
            'ς' => lower.push('σ'),
            'ß' | 'ẞ' => lower.push_str("ss"),
            'İ' => lower.push('i'),
            char if char.is_whitespace() => lower.push(' '),
            char => lower.extend(char.to_lowercase()),
        }
        origins.resize(origins.len() + lower.len() - before, at as u32);
    }
    (lower, origins)
}

fn matcher(words: &[String], typos: u16) -> Matcher {
    let patterns: Vec<Pattern> = words
        .iter()
        .map(|word| {
            let is_long = word.graphemes(true).count() >= 4;
            let allowed = if is_long { typos } else { 0 };
            let config = PatternConfig::default().matching(Some(Matching::Fuzzy)).max_typos(Some(allowed));
            Pattern::new(word, config)
        })
        .collect();
    let config = Config::default().casing(CaseMatching::Respect).unicode(UnicodeMatching::Always);
    Matcher::from_patterns(&patterns, &config)
}

/// What fits, the best first: by score, then the one that is shorter where both begin with what is
/// typed, then by place.
fn best(words: &[String], names: &[String], typos: u16) -> Vec<Match> {
    let mut found = matcher(words, typos).match_list(names);
    let first = words.first().map_or("", String::as_str);
    let counted = words.iter().map(|word| word.chars().count().saturating_sub(usize::from(typos)));
    // Where a letter may be wrong, the others must stand close together.
    let (part, whole) = if typos == 0 { (2, 3) } else { (9, 10) };
    let least = counted.sum::<usize>() * LETTER * part / whole;
    found.retain(|one| usize::from(one.score) >= least);
    found.sort_by_key(|one| {
        let name = &names[one.index as usize];
        let length = if name.starts_with(first) { name.len() } else { usize::MAX };
        (std::cmp::Reverse(one.score), length, one.index)
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'a>(names: &[&'a str], typed: &str) -> Vec<&'a str> {
        let choices = Choices::new(names.iter().map(|name| (*name, "")));
        choices.rank(typed).places.iter().map(|place| names[*place]).collect()
    }

    fn letters(name: &str, typed: &str) -> Vec<String> {
        let ranking = Choices::new([(name, "")]).rank(typed);
        ranking.letters(name).into_iter().map(|range| name[range].to_owned()).collect()
    }

    #[test]
    fn letters_in_order_are_enough_in_every_script_and_case() {
        for (name, typed) in [
            ("mayor Ines Halvard", "INHAL"),
            ("Ζωή Παπαδάκης", "ΖΩΉ ΠΑΠ"),
            ("ΝΙΚΟΣ", "νικος"),
            ("Надежда Орлова", "НАДОР"),
            ("Straße", "strasse"),
            ("STRASSE", "straße"),
            ("مريم الحداد", "مريم حداد"),
            ("נועה לוי", "נלוי"),
            ("प्रिया शर्मा", "प्रिया"),
            ("東京都知事", "東知"),
            ("김민수", "김수"),
            ("Ngô Thị Lan", "NGÔ L"),
            ("👩‍🚒 fire brigade", "👩‍🚒 bri"),
            ("İstanbul", "istan"),
        ] {
            assert_eq!(found(&["nothing", name, "other"], typed), [name], "{typed} in {name}");
            assert!(!letters(name, typed).is_empty(), "{typed} in {name}");
        }
        assert!(found(&["Ines Halvard"], "xyz").is_empty());
    }

    #[test]
    fn the_best_comes_first_and_of_equals_the_first() {
        let names = ["requote", "Quote form", "Mark as quote", "Quote"];
        assert_eq!(found(&names, "quote")[..2], ["Quote", "Quote form"]);
        assert_eq!(found(&["x Ada", "u Ada", "y Ada"], "ada"), ["x Ada", "u Ada", "y Ada"]);
        assert_eq!(found(&["one", "two"], "  "), ["one", "two"]);
        // Every word must be found, in any order.
        assert_eq!(
            found(&["Mark all occurrences", "Remove the other occurrences"], "occ mark")[0],
            "Mark all occurrences"
        );
        assert_eq!(found(&["zoom in", "Mark all occurrences"], "mao"), ["Mark all occurrences"]);
    }

    #[test]
    fn letters_strewn_over_a_long_name_are_no_match() {
        let names = ["Note of the State Roads Office to the council", "Ines Halvard"];
        assert!(found(&names, "town hall").is_empty());
        assert_eq!(found(&names, "hal"), ["Ines Halvard"]);
        assert_eq!(found(&names, "srof"), ["Note of the State Roads Office to the council"]);
    }

    #[test]
    fn one_wrong_letter_is_let_pass_where_nothing_fits() {
        assert_eq!(found(&["José Martí", "Ada"], "jose"), ["José Martí"]);
        assert_eq!(found(&["Evidence", "Ada"], "evidance"), ["Evidence"]);
        assert!(found(&["Ada", "Eve"], "adx").is_empty(), "short words have to be right");
        assert_eq!(found(&["Halvard", "Halvord"], "halvord"), ["Halvord"]);
    }

    #[test]
    fn further_words_find_what_its_name_does_not() {
        let choices = Choices::new([("Paste", "from the clipboard"), ("Clip", ""), ("Save", "to a file")]);
        assert_eq!(choices.rank("clip").places, [1, 0]);
        assert_eq!(choices.rank("FILE").places, [2]);
    }

    #[test]
    fn the_letters_that_were_typed_are_whole_letters() {
        assert_eq!(letters("Mark as claim", "mark cl"), ["Mark", "cl"]);
        assert_eq!(letters("cafe\u{301} noir", "cafe"), ["cafe\u{301}"]);
        assert_eq!(letters("Straße", "asse"), ["aße"]);
        assert_eq!(letters("👩‍🚒 brigade", "👩‍🚒"), ["👩‍🚒"]);
        assert_eq!(letters("ΝΙΚΟΣ", "ος"), ["ΟΣ"]);
    }

    #[test]
    fn long_and_odd_texts_do_no_harm() {
        let long = "é".repeat(100_000);
        assert_eq!(found(&[&long, "\u{0}\u{202e}", ""], "éé").len(), 1);
        let _ = found(&[&long, "e\u{301}\u{301}\u{301}", "a\nb"], &long);
        let _ = found(&["!^$'", "a b"], "!^$'");
        assert_eq!(found(&["!a", "b"], "!a"), ["!a"]);
    }
}
