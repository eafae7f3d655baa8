//! Offsets as other tools count them, and the bytes that they mean here.
//!
//! May use: std, unicode-segmentation. The standards say code points (W3C, brat) or UTF-16 units
//! (Hypothesis, doccano's window), and producers deviate from them; where a file carries the words
//! as well, [`Count::found`] finds out which unit it means. Invariant: [`Ruler::count`] and
//! [`Ruler::byte`] are inverse on every edge of a unit. Known limit: a producer that counted some
//! line ends as one and others as two is not understood; its words are searched instead.

use unicode_segmentation::UnicodeSegmentation;

/// What an offset counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Unicode scalar values.
    CodePoints,
    /// Units of UTF-16: what JavaScript and Java count.
    Utf16,
    /// Bytes of UTF-8.
    Bytes,
    /// Grapheme clusters.
    Graphemes,
}

impl Unit {
    /// Every unit, the likeliest first.
    pub const ALL: [Self; 4] = [Self::CodePoints, Self::Utf16, Self::Bytes, Self::Graphemes];

    /// For people.
    pub const fn name(self) -> &'static str {
        match self {
            Self::CodePoints => "code points",
            Self::Utf16 => "UTF-16 units",
            Self::Bytes => "bytes",
            Self::Graphemes => "letters",
        }
    }
}

/// A unit, and whether a line end counts as two: the file was made from a text with CRLF.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// What is counted.
    pub unit: Unit,
    /// Whether each line end counts as two.
    pub wide_lines: bool,
}

/// How many units lie between two steps of a ruler.
const STEP: usize = 128;

/// Turns offsets of one count into bytes of one text, and back.
#[derive(Clone, Debug)]
pub struct Ruler<'a> {
    text: &'a str,
    count: Count,
    /// Units and bytes before each step.
    steps: Vec<(usize, usize)>,
}

impl<'a> Ruler<'a> {
    /// A ruler for a text. Costs one walk through it.
    pub fn new(text: &'a str, count: Count) -> Self {
        let mut steps = vec![(0, 0)];
        let (mut units, mut next) = (0, STEP);
        for (at, piece) in pieces(text, count.unit) {
            if units >= next {
                steps.push((units, at));
                next = units + STEP;
            }
            units += width(piece, count);
        }
        Self { text, count, steps }
    }

    /// A ruler in the plain unit.
    pub fn of(text: &'a str, unit: Unit) -> Self {
        Self::new(text, Count { unit, wide_lines: false })
    }

    /// The byte of an offset; nothing past the end or inside of what is counted together.
    pub fn byte(&self, offset: usize) -> Option<usize> {
        let step = self.steps.partition_point(|(units, _)| *units <= offset) - 1;
        let (mut units, mut at) = self.steps[step];
        for (_, piece) in pieces(&self.text[at..], self.count.unit) {
            if units >= offset {
                break;
            }
            units += width(piece, self.count);
            at += piece.len();
        }
        (units == offset).then_some(at)
    }

    /// The offset of a byte; one inside of what is counted together counts as its end.
    pub fn count(&self, byte: usize) -> usize {
        let step = self.steps.partition_point(|(_, at)| *at <= byte) - 1;
        let (mut units, mut at) = self.steps[step];
        for (_, piece) in pieces(&self.text[at..], self.count.unit) {
            if at >= byte {
                break;
            }
            units += width(piece, self.count);
            at += piece.len();
        }
        units
    }
}

/// What a unit counts, with the byte where each begins.
fn pieces(text: &str, unit: Unit) -> Box<dyn Iterator<Item = (usize, &str)> + '_> {
    match unit {
        Unit::Graphemes => Box::new(text.grapheme_indices(true)),
        _ => Box::new(text.char_indices().map(|(at, char)| (at, &text[at..at + char.len_utf8()]))),
    }
}

fn width(piece: &str, count: Count) -> usize {
    if piece == "\n" && count.wide_lines {
        return 2;
    }
    match count.unit {
        Unit::CodePoints | Unit::Graphemes => 1,
        Unit::Utf16 => piece.chars().map(char::len_utf16).sum(),
        Unit::Bytes => piece.len(),
    }
}

/// A stretch as a file gives it: two offsets, and the words where it has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claimed<'a> {
    /// Where it begins.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// The words there.
    pub words: Option<&'a str>,
}

impl Count {
    /// The unit as it is, with one for each line end.
    pub const fn plain(unit: Unit) -> Self {
        Self { unit, wide_lines: false }
    }

    /// The count that a file without words means: the declared unit, unless its offsets cannot be
    /// counted so, or there are several stretches of which fewer than half begin and end with a word
    /// then, and all do by another unit.
    pub fn likeliest(text: &str, declared: Unit, claimed: &[Claimed<'_>]) -> Self {
        let tally = |unit| {
            let ruler = Ruler::of(text, unit);
            let possible = claimed.iter().filter(|claim| is_possible(text, &ruler, claim)).count();
            (possible, claimed.iter().filter(|claim| is_sound(text, &ruler, claim)).count())
        };
        let (possible, sound) = tally(declared);
        let is_doubtful = possible < claimed.len() || claimed.len() > 2 && sound * 2 < claimed.len();
        let others = || Unit::ALL.into_iter().filter(|unit| *unit != declared);
        let better = is_doubtful.then(|| others().find(|unit| tally(*unit).1 == claimed.len())).flatten();
        Self::plain(better.unwrap_or(declared))
    }

    /// The count that a file means: the declared unit where all its words stand there, else the
    /// first other one for which they do. Nothing where there is none; the declared one where the
    /// file carries no words.
    pub fn found(text: &str, declared: Unit, claimed: &[Claimed<'_>]) -> Option<Self> {
        let with_words: Vec<&Claimed<'_>> = claimed.iter().filter(|claim| claim.words.is_some()).collect();
        let declared_first =
            || std::iter::once(declared).chain(Unit::ALL.into_iter().filter(move |u| *u != declared));
        let mut counts = [false, true]
            .into_iter()
            .flat_map(|wide_lines| declared_first().map(move |unit| Self { unit, wide_lines }));
        if with_words.is_empty() {
            return counts.next();
        }
        counts.find(|count| {
            let ruler = Ruler::new(text, *count);
            with_words.iter().all(|claim| {
                let stretch = ruler.byte(claim.start).zip(ruler.byte(claim.end));
                let stretch = stretch.and_then(|(start, end)| text.get(start..end));
                stretch.zip(claim.words).is_some_and(|(stands, words)| same_words(stands, words))
            })
        })
    }
}

/// Whether a stretch begins and ends where a letter does.
fn is_possible(text: &str, ruler: &Ruler<'_>, claim: &Claimed<'_>) -> bool {
    let edges = ruler.byte(claim.start).zip(ruler.byte(claim.end));
    edges.is_some_and(|(start, end)| start < end && text.get(start..end).is_some())
}

/// Whether a stretch begins and ends where a word does.
fn is_sound(text: &str, ruler: &Ruler<'_>, claim: &Claimed<'_>) -> bool {
    let Some((start, end)) = ruler.byte(claim.start).zip(ruler.byte(claim.end)) else { return false };
    let letter = |char: Option<char>| char.is_some_and(char::is_alphanumeric);
    let Some(words) = text.get(start..end).filter(|words| !words.is_empty()) else { return false };
    let cut_before = letter(text[..start].chars().next_back()) && letter(words.chars().next());
    let cut_after = letter(words.chars().next_back()) && letter(text[end..].chars().next());
    words == words.trim() && !cut_before && !cut_after
}

/// Whether two stretches have the same words: equal, or different in white space alone. Some tools
/// write a line end as `\n` in two characters, collapse blanks, or keep CRLF.
pub fn same_words(a: &str, b: &str) -> bool {
    a == b || plain(a) == plain(b)
}

fn plain(words: &str) -> String {
    words.replace("\\n", " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOLDEN: &str = "a😀b De\u{301}ja\u{300} 🇩🇪 नमस्ते\nzwei\nEnde";

    fn counts() -> impl Iterator<Item = Count> {
        [false, true].into_iter().flat_map(|wide_lines| Unit::ALL.map(|unit| Count { unit, wide_lines }))
    }

    #[test]
    fn bytes_and_offsets_are_inverse_on_every_edge() {
        let long = GOLDEN.repeat(60);
        for count in counts() {
            let ruler = Ruler::new(&long, count);
            for (at, _) in long.grapheme_indices(true) {
                assert_eq!(ruler.byte(ruler.count(at)), Some(at), "{count:?}");
            }
            let all = ruler.count(long.len());
            assert_eq!(ruler.byte(all), Some(long.len()));
            assert_eq!(ruler.byte(all + 1), None);
        }
    }

    #[test]
    fn each_unit_counts_what_it_says() {
        let at = GOLDEN.find('b').unwrap();
        let of = |unit| Ruler::of(GOLDEN, unit).count(at);
        assert_eq!(Unit::ALL.map(of), [2, 3, 5, 2]);
        // Inside a surrogate pair there is no byte.
        assert_eq!(Ruler::of(GOLDEN, Unit::Utf16).byte(2), None);
        let wide = Count { unit: Unit::CodePoints, wide_lines: true };
        let end = GOLDEN.find("Ende").unwrap();
        assert_eq!(Ruler::new(GOLDEN, wide).count(end), Ruler::of(GOLDEN, Unit::CodePoints).count(end) + 2);
    }

    #[test]
    fn the_words_tell_the_unit() {
        let stretches = ["b", "De\u{301}ja\u{300}", "zwei", "Ende"];
        for count in counts() {
            let ruler = Ruler::new(GOLDEN, count);
            let claimed: Vec<Claimed<'_>> = stretches
                .iter()
                .map(|words| {
                    let at = GOLDEN.find(words).unwrap();
                    let (start, end) = (ruler.count(at), ruler.count(at + words.len()));
                    Claimed { start, end, words: Some(words) }
                })
                .collect();
            for declared in Unit::ALL {
                assert_eq!(Count::found(GOLDEN, declared, &claimed), Some(count));
            }
        }
        let lost = [Claimed { start: 0, end: 3, words: Some("gone") }];
        assert_eq!(Count::found(GOLDEN, Unit::Utf16, &lost), None);
        let wordless = [Claimed { start: 0, end: 3, words: None }];
        let declared = Count { unit: Unit::Utf16, wide_lines: false };
        assert_eq!(Count::found(GOLDEN, Unit::Utf16, &wordless), Some(declared));
    }

    #[test]
    fn white_space_is_no_difference_and_a_letter_is() {
        assert!(same_words("  Berlin,  Germany", "Berlin, Germany"));
        assert!(same_words("one\ntwo", "one\\ntwo") && same_words("one\ntwo", "one\r\ntwo"));
        assert!(!same_words("Berlin", "berlin"));
    }
}
