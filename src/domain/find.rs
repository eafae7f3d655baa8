//! Finding words or an expression in a text, step by step.
//!
//! May use: regex, the rest of `domain`. Invariant: every hit is a span that the text admits: it lies
//! on grapheme edges, is neither empty nor blank, and is found in the text itself, never in a copy
//! whose offsets differ. One step looks at no more than [`WINDOW`] bytes, so that it can be left at
//! any time; an expression costs at most its size times the text. Known limits: an expression's hit
//! of more than [`OVERLAP`] bytes may be cut or missed; letters that differ by more than one sign in
//! the other case (ß and SS) are two.

use std::ops::Range;

use regex::{Regex, RegexBuilder};

use super::{Span, Text};

/// So many bytes are looked at in one step.
pub const WINDOW: usize = 32 << 10;
/// So many bytes of a stretch are looked at again with the next one.
pub const OVERLAP: usize = 8 << 10;
/// So many hits are kept.
pub const MOST: usize = 100_000;
/// An expression may compile to so many bytes.
const SIZE: usize = 512 << 10;
/// Plain words, however many, compile to less than this.
const SIZE_OF_WORDS: usize = 4 << 20;
/// What may stand unseen between two letters of plain words.
const UNSEEN: &str = "[\u{ad}\u{200b}-\u{200d}\u{2060}\u{feff}]*";
/// What is looked for may have so many characters.
const LONGEST: usize = 1000;

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// The words, or the expression.
    pub words: String,
    /// Capital and small letters differ.
    pub case: bool,
    /// A hit begins and ends where a word does.
    pub whole: bool,
    /// The words are a regular expression.
    pub expression: bool,
}

impl Query {
    /// Makes it ready to look; else why it cannot be looked for, in words.
    pub fn finder(&self) -> Result<Finder, String> {
        if self.words.chars().nth(LONGEST).is_some() {
            return Err(format!("More than {LONGEST} characters are not looked for"));
        }
        if self.words.trim().is_empty() {
            return Err("White space alone is not looked for".into());
        }
        let regex = if !self.expression {
            self.compile(&self.words.chars().map(literal).collect::<Vec<_>>().join(UNSEEN))?
        } else if self.whole {
            self.compile(&self.words)?;
            // An expression with remarks may end with one: then the bracket stands on the next line.
            let within = |end: &str| self.compile(&format!("\\b(?:{}{end})\\b", self.words));
            within("").or_else(|_| within("\n"))?
        } else {
            self.compile(&self.words)?
        };
        Ok(Finder { regex, whole: self.whole && !self.expression, snaps: self.expression })
    }

    fn compile(&self, pattern: &str) -> Result<Regex, String> {
        let mut builder = RegexBuilder::new(pattern);
        let size = if self.expression { SIZE } else { SIZE_OF_WORDS };
        builder.case_insensitive(!self.case).multi_line(true).size_limit(size).dfa_size_limit(2 << 20);
        builder.nest_limit(60).build().map_err(|error| told(&error))
    }
}

/// A character of plain words. The straight signs of a keyboard stand for those of print too.
fn literal(c: char) -> String {
    match c {
        ' ' => "\\s".into(),
        '\'' => "['’‘]".into(),
        '"' => "[\"“”„«»]".into(),
        c => regex::escape(c.encode_utf8(&mut [0; 4])),
    }
}

/// Why an expression is none, in words.
fn told(error: &regex::Error) -> String {
    let regex::Error::Syntax(text) = error else {
        return "This expression is too large".into();
    };
    let reason = text.rsplit("error: ").next().unwrap_or_default().trim();
    let words = match reason {
        "unclosed group" => "a round bracket is not closed",
        "unopened group" => "a round bracket is closed that was not opened",
        "unclosed character class" => "a square bracket is not closed",
        "repetition operator missing expression" => "there is nothing to repeat before *, + or ?",
        "incomplete escape sequence, reached end of pattern prematurely" => "it ends with a single \\",
        "backreferences are not supported" => "it cannot refer back to what a bracket found",
        "look-around, including look-ahead and look-behind, is not supported" => {
            "it cannot look ahead or behind"
        }
        other => other,
    };
    format!("Not an expression: {words}")
}

/// Ready to look.
#[derive(Clone, Debug)]
pub struct Finder {
    regex: Regex,
    /// Hits that begin or end inside a word do not count.
    whole: bool,
    /// Hits that end inside a letter are widened instead of left out.
    snaps: bool,
}

impl Finder {
    /// The first hit in some words, as a note has them.
    pub fn first_in(&self, words: &str) -> Option<Range<usize>> {
        let found = self.regex.find_iter(words).map(|found| found.range());
        found.into_iter().find(|range| !range.is_empty() && (!self.whole || is_whole(words, range)))
    }
}

/// Whether neither end of a range lies inside a word.
fn is_whole(text: &str, range: &Range<usize>) -> bool {
    let joins = |at: usize| {
        let (before, after) = (text[..at].chars().next_back(), text[at..].chars().next());
        before.is_some_and(of_a_word) && after.is_some_and(|c| of_a_word(c) || is_mark(c))
    };
    !joins(range.start) && !joins(range.end)
}

/// Whether a character makes a word with its neighbours. Scripts that are written without spaces
/// have no such characters: there every place may be the end of a word.
fn of_a_word(c: char) -> bool {
    let unspaced = matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}');
    (c.is_alphanumeric() || c == '_') && !unspaced
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{65f}')
}

/// What one step came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A hit.
    Hit(Span),
    /// Nothing here; there is more of the text.
    On,
    /// The text is at its end.
    End,
}

/// A search on its way through a text.
#[derive(Clone, Debug)]
pub struct Search {
    finder: Finder,
    text: Text,
    at: usize,
    /// Where the last hit ended.
    taken: u32,
}

impl Search {
    /// At the beginning of a text.
    pub fn new(finder: Finder, text: Text) -> Self {
        Self { finder, text, at: 0, taken: 0 }
    }

    /// How far it came, in bytes.
    pub fn at(&self) -> usize {
        self.at
    }

    /// Looks at the next stretch.
    pub fn step(&mut self) -> Step {
        let content = self.text.as_str();
        if self.at >= content.len() {
            return Step::End;
        }
        let until = stretch(content, self.at);
        let is_last = until == content.len();
        let fresh = content.floor_char_boundary(until.saturating_sub(OVERLAP));
        let Some(found) = self.finder.regex.find_at(&content[..until], self.at) else {
            self.at = if is_last { until } else { fresh.max(next(content, self.at)) };
            return Step::On;
        };
        let range = found.range();
        // With more of the text in sight, what begins or ends near the end of a stretch may be longer.
        let again = range.start.min(fresh);
        if !is_last && (range.start > fresh || range.end == until) && again > self.at {
            self.at = again;
            return Step::On;
        }
        let mut span = Span::new(range.start, range.end);
        if !range.is_empty() {
            let whole = self.text.snapped(span);
            if self.finder.snaps || is_unseen(content, span, whole) {
                span = whole;
            }
        }
        let fits = !range.is_empty()
            && span.start >= self.taken
            && (!self.finder.whole || is_whole(content, &range))
            && self.text.admits(span);
        if fits {
            (self.at, self.taken) = (span.end as usize, span.end);
            return Step::Hit(span);
        }
        // Plain words may begin again inside of what did not count; an expression goes on behind it.
        let on = if self.finder.snaps {
            range.end.max(next(content, range.start))
        } else {
            next(content, range.start)
        };
        self.at = on;
        Step::On
    }
}

/// Whether all that a span lacks to whole letters cannot be seen.
fn is_unseen(content: &str, span: Span, whole: Span) -> bool {
    let around = [whole.start..span.start, span.end..whole.end];
    let mut chars = around.iter().flat_map(|part| content[part.start as usize..part.end as usize].chars());
    chars.all(|c| matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0020}'..='\u{e007f}'))
}

/// The end of the stretch that begins at a byte: a line's end where there is one.
fn stretch(content: &str, at: usize) -> usize {
    let until = at.saturating_add(WINDOW);
    if until >= content.len() {
        return content.len();
    }
    let until = content.floor_char_boundary(until);
    let half = content.floor_char_boundary(at + WINDOW / 2);
    content[half..until].rfind('\n').map_or(until, |line| half + line)
}

fn next(content: &str, at: usize) -> usize {
    content.ceil_char_boundary((at + 1).min(content.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
