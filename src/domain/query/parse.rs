//! Reads a query. May use: the rest of `domain`.
//!
//! Invariant: never fails and never panics; every byte of the text belongs to at most one token.

use std::ops::Range;

use super::key::{self, KEYS, Key};
use super::{Fault, Needle, Query, Term, Test};

/// One word or term, as it stands in the text.
#[derive(Clone, Debug)]
pub(super) struct Token {
    /// All of it, in bytes.
    pub range: Range<usize>,
    /// Whether it begins with the sign that turns it round.
    pub not: bool,
    /// What stands before a colon, where letters do.
    pub name: Option<String>,
    /// The values, in bytes, with their quotation marks; without a name just one.
    pub values: Vec<Range<usize>>,
}

impl Token {
    /// Its key, where its name is one.
    pub fn key(&self) -> Option<Key> {
        self.name.as_deref().and_then(Key::named)
    }
}

/// The tokens of a text: what white space outside of quotation marks separates.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, first)) = chars.next() {
        if first.is_whitespace() {
            continue;
        }
        let mut inside = first == '"';
        let mut end = start + first.len_utf8();
        let mut commas = Vec::new();
        while let Some((at, c)) = chars.peek().copied() {
            if !inside && c.is_whitespace() {
                break;
            }
            match c {
                '"' => inside = !inside,
                ',' if !inside => commas.push(at),
                _ => {}
            }
            end = at + c.len_utf8();
            chars.next();
        }
        found.push(token(text, start..end, &commas));
    }
    found
}

fn token(text: &str, range: Range<usize>, commas: &[usize]) -> Token {
    let not = text[range.clone()].starts_with('-');
    let start = range.start + usize::from(not);
    let body = &text[start..range.end];
    let letters = body.bytes().take_while(u8::is_ascii_alphabetic).count();
    let name = (letters > 0 && body[letters..].starts_with(':')).then(|| body[..letters].to_owned());
    let is_key = name.as_deref().and_then(Key::named).is_some();
    let mut values = Vec::new();
    if is_key {
        let mut from = start + letters + 1;
        for comma in commas {
            values.push(from..*comma);
            from = comma + 1;
        }
        values.push(from..range.end);
    } else {
        values.push(start..range.end);
    }
    Token { range, not, name, values }
}

/// A value without its quotation marks; two inside are one that is meant.
pub(super) fn bare(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    let mut inside = false;
    while let Some(c) = chars.next() {
        match c {
            '"' if inside && chars.peek() == Some(&'"') => {
                chars.next();
                out.push('"');
            }
            '"' => inside = !inside,
            c => out.push(c),
        }
    }
    out
}

/// Reads a query.
pub(super) fn read(text: &str) -> (Query, Vec<Fault>) {
    let (mut query, mut faults) = (Query::default(), Vec::new());
    for token in tokens(text) {
        let unfinished = token.key().is_some_and(|key| needs_value(key, &token, text, &mut faults));
        if unfinished {
            continue;
        }
        let mut tell =
            |message| faults.push(Fault { message, range: token.range.clone(), unfinished: false });
        let values: Vec<String> = token.values.iter().map(|range| bare(&text[range.clone()])).collect();
        let test = match token.key() {
            Some(key) => term(key, &values, &mut tell),
            None => match token.name.as_deref().and_then(near) {
                Some(near) => {
                    let name = token.name.as_deref().unwrap_or_default();
                    tell(format!("Unknown key “{name}”; did you mean “{near}:”?"));
                    None
                }
                None => values.first().filter(|word| !word.is_empty()).map(|w| Test::Words(Needle::new(w))),
            },
        };
        query.terms.extend(test.map(|test| Term { not: token.not, test }));
    }
    (query, faults)
}

/// Whether nothing stands behind the colon; that is told.
fn needs_value(key: Key, token: &Token, text: &str, faults: &mut Vec<Fault>) -> bool {
    let is_blank = |range: &Range<usize>| bare(&text[range.clone()]).trim().is_empty();
    let unfinished = token.values.iter().all(is_blank);
    if unfinished {
        let row = key.row();
        let message = format!("“{}:” needs a value, as in {}", row.name, row.example);
        faults.push(Fault { message, range: token.range.clone(), unfinished });
    }
    unfinished
}

/// The test of a key with its values; nothing where none is understood.
fn term(key: Key, values: &[String], tell: &mut impl FnMut(String)) -> Option<Test> {
    let values: Vec<&str> = values.iter().map(String::as_str).filter(|v| !v.trim().is_empty()).collect();
    fn some<T>(all: Vec<T>, test: impl FnOnce(Vec<T>) -> Test) -> Option<Test> {
        (!all.is_empty()).then(|| test(all))
    }
    match key {
        Key::Status => some(chosen(&values, key::PROGRESS, ("status", "statuses"), tell), Test::Status),
        Key::Kind => some(chosen(&values, key::KINDS, ("kind", "kinds"), tell), Test::Kind),
        Key::Priority => {
            some(chosen(&values, key::PRIORITIES, ("priority", "priorities"), tell), Test::Priority)
        }
        Key::Has => some(chosen(&values, key::THINGS, ("thing", "things"), tell), Test::Has),
        Key::No => some(chosen(&values, key::THINGS, ("thing", "things"), tell), Test::No),
        Key::Is => some(chosen(&values, key::STATES, ("state", "states"), tell), Test::Is),
        Key::Para => {
            let understood = values.iter().filter_map(|value| {
                let range = paragraphs(value);
                if range.is_none() {
                    tell(format!("Unknown paragraph “{value}”; write a number or 2-5"));
                }
                range
            });
            some(understood.collect(), Test::Paragraphs)
        }
        Key::Changed => {
            let understood = values.iter().filter(|value| {
                let is_date = value.chars().all(|c| c.is_ascii_digit() || c == '-');
                if !is_date {
                    tell(format!("Unknown day “{value}”; write it as 2026-11-24"));
                }
                is_date
            });
            let needles = understood.map(|value| Needle::new(value));
            some(needles.collect(), |all| Test::Text(key, all))
        }
        Key::Speaker | Key::Source | Key::By | Key::Tag | Key::Category | Key::Verdict => {
            some(values.iter().map(|value| Needle::new(value)).collect(), |all| Test::Text(key, all))
        }
    }
}

/// The values that words of a closed list mean.
fn chosen<T: Copy>(
    values: &[&str],
    words: &[(T, &'static str)],
    (one, many): (&str, &str),
    tell: &mut impl FnMut(String),
) -> Vec<T> {
    let mut all = Vec::new();
    for value in values {
        match key::value_of(words, value) {
            Ok(found) => all.push(found),
            Err(could) if could.is_empty() => {
                let known: Vec<_> = words.iter().map(|(_, word)| *word).collect();
                tell(format!("Unknown {one} “{value}”; {many} are {}", known.join(", ")));
            }
            Err(could) => tell(format!("“{value}” could be {}", could.join(" or "))),
        }
    }
    all
}

/// `3`, `2-5`, `2-`.
fn paragraphs(value: &str) -> Option<(usize, usize)> {
    let number = |text: &str| text.trim().parse::<usize>().ok();
    let Some((from, to)) = value.split_once(['-', '–']) else {
        return number(value).map(|number| (number, number));
    };
    let from = number(from)?;
    let to = if to.trim().is_empty() { usize::MAX } else { number(to)? };
    Some((from.min(to), from.max(to)))
}

/// The key that a name was probably meant to be.
fn near(name: &str) -> Option<&'static str> {
    let name = name.to_ascii_lowercase();
    if name.len() < 3 {
        return None;
    }
    KEYS.iter().map(|row| row.name).find(|key| {
        let distance = distance(name.as_bytes(), key.as_bytes());
        key.starts_with(&name) || distance <= 1 || name.len() >= 6 && distance == 2
    })
}

/// How many letters must be changed, added or taken away.
fn distance(a: &[u8], b: &[u8]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let changed = corner + usize::from(x != y);
            corner = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(corner + 1);
        }
    }
    row[b.len()]
}
