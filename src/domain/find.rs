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
/// An expression may compile to so many bytes; plain words, however many, compile to less.
const SIZE: usize = 4 << 20;
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
        builder.case_insensitive(!self.case).multi_line(true).size_limit(SIZE).dfa_size_limit(2 << 20);
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
