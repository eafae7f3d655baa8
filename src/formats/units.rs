//! Offsets as other formats and tools count them, and the bytes that they mean here.
//!
//! May use: std, unicode-segmentation. The standards say code points (W3C, brat) or UTF-16 units
//! (Hypothesis, doccano's window), and producers deviate from them; where a file carries the words
//! as well, [`Count::found`] finds out which unit it means. Invariant: [`Ruler::count`] and
//! [`Ruler::byte`] are inverse on every edge of a unit. Known limit: a producer that counted some
//! line ends as one and others as two is not understood; its words are searched instead.

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

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

/// How it is known what the offsets of a file count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Surety {
    /// The file says so.
    Said,
    /// The words of the file stand there.
    Words,
    /// Every unit gives the same places.
    Same,
    /// By this unit alone every mark begins and ends with a word.
    Edges,
    /// The same, of a mark or two.
    Little,
    /// The file decides nothing.
    Nothing,
}

impl Surety {
    /// What so many marks are worth that begin and end with words by one unit alone.
    const fn of(count: usize) -> Self {
        if count > 2 { Self::Edges } else { Self::Little }
    }
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

    /// The count that a file without words means, and how sure that is: the declared unit, unless its
    /// marks begin and end with words by another one alone.
    pub fn likeliest(text: &str, declared: Unit, claimed: &[Claimed<'_>]) -> (Self, Surety) {
        let places = |unit| -> Vec<Option<(usize, usize)>> {
            let ruler = Ruler::of(text, unit);
            claimed.iter().map(|claim| stretch(text, &ruler, claim)).collect()
        };
        let usual = places(declared);
        let others = Unit::ALL.into_iter().filter(|unit| *unit != declared);
        let others: Vec<_> = others.map(|unit| (unit, places(unit))).filter(|(_, at)| *at != usual).collect();
        if others.is_empty() {
            return (Self::plain(declared), Surety::Same);
        }
        // Only a stretch that the units put to different places says anything.
        let tells: Vec<usize> =
            (0..usual.len()).filter(|n| others.iter().any(|(_, at)| at[*n] != usual[*n])).collect();
        let sound = |at: &[Option<(usize, usize)>]| {
            tells.iter().filter(|n| at[**n].is_some_and(|(start, end)| is_sound(text, start, end))).count()
        };
        let possible = usual.iter().all(Option::is_some);
        let fitting: Vec<_> = others.iter().filter(|(_, at)| sound(at) == tells.len()).collect();
        let is_usual = possible && sound(&usual) == tells.len();
        match fitting.as_slice() {
            [] if is_usual => (Self::plain(declared), Surety::of(tells.len())),
            [(unit, first), rest @ ..] if !is_usual && (!possible || sound(&usual) * 2 < tells.len()) => {
                let is_only = rest.iter().all(|(_, at)| at == first);
                (Self::plain(*unit), if is_only { Surety::of(tells.len()) } else { Surety::Little })
            }
            _ => (Self::plain(declared), Surety::Nothing),
        }
    }

    /// The count that a file with words means, and how many of its words stand there by it: the
    /// declared unit where all do, else the first other one for which all do, else the one with most.
    /// Nothing where none stands anywhere.
    pub fn found(text: &str, declared: Unit, claimed: &[Claimed<'_>]) -> Option<(Self, usize)> {
        let with_words: Vec<&Claimed<'_>> = claimed.iter().filter(|claim| claim.words.is_some()).collect();
        let units =
            || std::iter::once(declared).chain(Unit::ALL.into_iter().filter(move |unit| *unit != declared));
        let mut best: Option<(Self, usize)> = None;
        for wide_lines in [false, true] {
            for unit in units() {
                let count = Self { unit, wide_lines };
                let ruler = Ruler::new(text, count);
                let stands = |claim: &&&Claimed<'_>| {
                    let place = ruler.byte(claim.start).zip(ruler.byte(claim.end));
                    let stretch = place.and_then(|(start, end)| text.get(start..end));
                    stretch.zip(claim.words).is_some_and(|(stands, words)| same_words(stands, words))
                };
                let standing = with_words.iter().filter(stands).count();
                if standing == with_words.len() {
                    return Some((count, standing));
                }
                if standing > best.map_or(0, |(_, most)| most) {
                    best = Some((count, standing));
                }
            }
        }
        best
    }
}

/// The bytes of a stretch, where there are some.
fn stretch(text: &str, ruler: &Ruler<'_>, claim: &Claimed<'_>) -> Option<(usize, usize)> {
    let (start, end) = ruler.byte(claim.start).zip(ruler.byte(claim.end))?;
    (start < end && text.get(start..end).is_some()).then_some((start, end))
}

/// Whether a stretch begins and ends where a word does, and cuts no letter.
fn is_sound(text: &str, start: usize, end: usize) -> bool {
    let letter = |char: Option<char>| char.is_some_and(char::is_alphanumeric);
    let Some(words) = text.get(start..end).filter(|words| !words.is_empty()) else { return false };
    let is_edge = |at| GraphemeCursor::new(at, text.len(), true).is_boundary(text, 0).unwrap_or(true);
    let cut_before = letter(text[..start].chars().next_back()) && letter(words.chars().next());
    let cut_after = letter(words.chars().next_back()) && letter(text[end..].chars().next());
    words == words.trim() && !cut_before && !cut_after && is_edge(start) && is_edge(end)
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
                assert_eq!(Count::found(GOLDEN, declared, &claimed), Some((count, stretches.len())));
            }
        }
        let lost = [Claimed { start: 0, end: 3, words: Some("gone") }];
        assert_eq!(Count::found(GOLDEN, Unit::Utf16, &lost), None);
        // One that is lost does not take the others with it.
        let ruler = Ruler::of(GOLDEN, Unit::Utf16);
        let at = |words: &str| GOLDEN.find(words).map(|at| (ruler.count(at), ruler.count(at + words.len())));
        let end = at("Ende").map(|(start, end)| Claimed { start, end, words: Some("Ende") }).unwrap();
        let most = Count::found(GOLDEN, Unit::CodePoints, &[end, end, lost[0]]);
        assert_eq!(most, Some((Count::plain(Unit::Utf16), 2)));
    }

    #[test]
    fn without_words_the_edges_of_words_tell_the_unit_and_how_sure_that_is() {
        let text = "😀 Zwei 👩‍👩‍👧 Kühe stehen im Schnee 🇩🇪, und De\u{301}ja\u{300} vu.";
        let marked = ["Zwei", "Kühe stehen", "Schnee", "De\u{301}ja\u{300}"];
        let claimed = |unit, words: &[&str]| -> Vec<Claimed<'static>> {
            let ruler = Ruler::of(text, unit);
            let place = |words: &&str| {
                let at = text.find(words).unwrap();
                Claimed { start: ruler.count(at), end: ruler.count(at + words.len()), words: None }
            };
            words.iter().map(place).collect()
        };
        for unit in Unit::ALL {
            let found = Count::likeliest(text, Unit::Utf16, &claimed(unit, &marked));
            assert_eq!(found, (Count::plain(unit), Surety::Edges), "{unit:?}");
        }
        // Half a word marked by the usual unit is no reason to doubt it.
        let mut odd = claimed(Unit::Utf16, &["Zwei", "Kühe stehen", "Schnee"]);
        odd.extend(claimed(Unit::Utf16, &["ühe"]));
        assert_eq!(Count::likeliest(text, Unit::Utf16, &odd), (Count::plain(Unit::Utf16), Surety::Nothing));
        let one = claimed(Unit::CodePoints, &["Schnee"]);
        let found = Count::likeliest(text, Unit::Utf16, &one);
        assert_eq!(found, (Count::plain(Unit::CodePoints), Surety::Little));
        let plain = [Claimed { start: 0, end: 3, words: None }];
        let same = Count::likeliest("Two cows", Unit::Utf16, &plain);
        assert_eq!(same, (Count::plain(Unit::Utf16), Surety::Same));
    }

    #[test]
    fn white_space_is_no_difference_and_a_letter_is() {
        assert!(same_words("  Berlin,  Germany", "Berlin, Germany"));
        assert!(same_words("one\ntwo", "one\\ntwo") && same_words("one\ntwo", "one\r\ntwo"));
        assert!(!same_words("Berlin", "berlin"));
    }
}
