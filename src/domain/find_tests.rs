//! Tests of finding: every script, every expression, the ends of stretches.

use super::find::*;
use super::{Span, Text};

fn query(words: &str, expression: bool) -> Query {
    Query { words: words.into(), expression, ..Query::default() }
}

fn all(query: &Query, text: &str) -> Vec<Span> {
    let mut search = Search::new(query.finder().unwrap(), Text::new(text));
    let mut hits = Vec::new();
    let mut last = 0;
    loop {
        match search.step() {
            Step::Hit(span) => hits.push(span),
            Step::On => {}
            Step::End => return hits,
        }
        assert!(search.at() > last || search.at() == last && last == 0, "it goes on");
        last = search.at();
    }
}

fn words<'a>(query: &Query, text: &'a str) -> Vec<&'a str> {
    all(query, text).into_iter().map(|span| &text[span.range()]).collect()
}

// F30: the text of the catalogue, with its line end as it is kept.
const GOLDEN: &str = "De\u{301}j\u{e0} 😀 said 👩\u{200d}❤\u{fe0f}\u{200d}👩: שלום 東京\nEND";

#[test]
fn every_hit_is_one_that_the_text_admits() {
    let text = Text::normalised(&GOLDEN.replace('\n', "\r\n").repeat(3));
    for pattern in [
        ".",
        "\\w",
        "\\W",
        "\\p{Emoji}",
        "(?s).",
        "\\S+",
        "[^a-z]",
        "",
        "x*",
        "\\b",
        "^",
        "$",
        "e",
        "👩",
        "\\s",
        "(?m)$|.",
    ] {
        let query = query(pattern, true);
        let Ok(finder) = query.finder() else { continue };
        let mut search = Search::new(finder, text.clone());
        let mut end = 0;
        loop {
            match search.step() {
                Step::Hit(span) => {
                    assert!(text.admits(span), "{pattern:?} {span:?}");
                    assert!(span.start >= end, "{pattern:?}: hits do not overlap");
                    end = span.end;
                }
                Step::On => {}
                Step::End => break,
            }
        }
    }
    let whole = words(&query("\\S+", true), GOLDEN);
    assert_eq!(
        whole,
        [
            "De\u{301}ja\u{300}".replace("a\u{300}", "\u{e0}").as_str(),
            "😀",
            "said",
            "👩\u{200d}❤\u{fe0f}\u{200d}👩:",
            "שלום",
            "東京",
            "END"
        ]
    );
    // A letter with its sign is one: its first half alone is not found, by an expression it is whole.
    assert!(words(&query("e", false), "De\u{301}ja").is_empty());
    assert_eq!(words(&query("e", true), "De\u{301}ja"), ["e\u{301}"]);
    assert_eq!(words(&query("👩", false), GOLDEN), [""; 0]);
}

#[test]
fn words_of_every_script_are_found_at_their_own_bytes_in_either_case() {
    for (wanted, text, expected) in [
        ("straße", "Die Straße, die STRAßE, die STRASSE", vec!["Straße", "STRAßE"]),
        ("ẞ", "Maß MAẞ", vec!["ß", "ẞ"]),
        ("i", "İstanbul Iğdır istanbul", vec!["I", "i"]),
        ("istanbul", "İİ İstanbul istanbul", vec!["istanbul"]),
        ("σοφος", "ΣΟΦΟΣ σοφος", vec!["ΣΟΦΟΣ", "σοφος"]),
        ("мир", "Мир МИР", vec!["Мир", "МИР"]),
        ("שלום", "שלום עולם שלום", vec!["שלום", "שלום"]),
        ("مرحبا", "قال مرحبا", vec!["مرحبا"]),
        ("東京", "東京都と東京", vec!["東京", "東京"]),
        ("नमस्ते", "नमस्ते दुनिया", vec!["नमस्ते"]),
        ("don't \"so\"", "They don’t “so” much", vec!["don’t “so”"]),
        ("10 km", "10\u{a0}km", vec!["10\u{a0}km"]),
        ("a.c", "abc a.c", vec!["a.c"]),
        (
            "payment",
            "pay\u{ad}ment, pay\u{200b}ment\u{200d}",
            vec!["pay\u{ad}ment", "pay\u{200b}ment\u{200d}"],
        ),
    ] {
        assert_eq!(words(&query(wanted, false), text), expected, "{wanted}");
    }
    let strict = Query { case: true, ..query("mir", false) };
    assert_eq!(words(&strict, "Mir mir MIR"), ["mir"]);
}

#[test]
fn whole_words_end_where_words_do() {
    let whole = |words: &str, expression| Query { whole: true, ..query(words, expression) };
    assert_eq!(all(&whole("vote", false), "vote voter outvote vote.").len(), 2);
    assert_eq!(all(&whole("naïve", false), "naïvete naïve").len(), 1);
    assert_eq!(words(&whole("東京", false), "東京都"), ["東京"]);
    assert_eq!(words(&whole("1\\d", true), "12 112 13"), ["12", "13"]);
    assert_eq!(words(&whole("(?x) ab # a remark", true), "ab abc"), ["ab"]);
    assert_eq!(all(&whole("aa", false), "aaa aa").len(), 1);
}

#[test]
fn what_is_no_expression_is_told_in_words() {
    for (pattern, told) in [
        ("(a", "a round bracket is not closed"),
        ("a)", "closed that was not opened"),
        ("[a", "a square bracket is not closed"),
        ("*", "nothing to repeat"),
        ("a\\", "single \\"),
        ("(a)\\1", "refer back"),
        ("(?=a)", "look ahead"),
        ("\\w{100}{100}{100}", "too large"),
        (&"(".repeat(100), ""),
        (&"a".repeat(2000), "1000 characters"),
        (" ", "White space"),
    ] {
        let found = query(pattern, true).finder().unwrap_err();
        assert!(found.contains(told) && !found.contains('\n'), "{pattern}: {found}");
    }
}

/// F30: an expression costs its size times the text, and each step no more than a stretch of it.
#[test]
fn no_expression_runs_away_and_stretches_lose_no_hit() {
    let text = "a".repeat(3 * WINDOW) + "b";
    for pattern in ["(a+)+$", "(a|a)*c", "(a*)*b", "(a|aa)+x", "^(([a-z])+.)+[A-Z]([a-z])+$"] {
        let mut search = Search::new(query(pattern, true).finder().unwrap(), Text::new(text.as_str()));
        let mut steps = 0;
        while search.step() != Step::End {
            steps += 1;
            assert!(steps < 40, "{pattern}");
        }
    }
    // Hits at every place near the ends of stretches, in one line and in many.
    for gap in [" ", "\n"] {
        let text = format!("needle{gap}").repeat(20_000);
        assert_eq!(all(&query("needle", false), &text).len(), 20_000);
        assert_eq!(all(&query("n\\w+e", true), &text).len(), 20_000);
        assert_eq!(all(&query("e\\s+n", true), &text).len(), 19_999);
    }
    let lines = format!("{}\n", "word ".repeat(90)).repeat(500);
    assert_eq!(all(&query("^.+$", true), &lines).len(), 500);
}
