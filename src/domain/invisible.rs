//! Characters that cannot be seen or that turn the direction of what follows, and words of two
//! alphabets that look like one.
//!
//! May use: std, the rest of `domain`. Invariant: nothing is ever taken out of a text here; where
//! words are shown outside of the article, [`shown`] puts a sign for every character that could
//! forge a line or turn its neighbours round. Joiners that a script or an emoji needs, and what
//! chooses the form of a sign, are no faults and are not counted. Known limit: words of Latin letters
//! alone or of Cyrillic ones alone that look like another word are not told.

use std::borrow::Cow;

use super::{Span, Text};

/// Sorts of characters and words that deserve a look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// Turns the direction of what follows.
    Direction,
    /// Has no width, or none of its own.
    Hidden,
    /// A space of another sort.
    Space,
    /// A word of letters of two alphabets.
    Mixed,
}

/// One of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Odd {
    /// Where.
    pub span: Span,
    /// What.
    pub sort: Sort,
}

/// Every such place of a text, in order.
pub fn survey(text: &Text) -> Vec<Odd> {
    let content = text.as_str();
    let bytes = content.as_bytes();
    let mut found: Vec<Odd> = Vec::new();
    let mut at = 0;
    while let Some(place) = bytes[at..].iter().position(|byte| LEADS[*byte as usize]) {
        let start = at + place;
        let Some(c) = content[start..].chars().next() else { break };
        at = start + c.len_utf8();
        if let Some(sort) = sort_of(c) {
            if !is_needed(content, start, c) {
                found.push(Odd { span: Span::new(start, at), sort });
            }
        } else if is_other_alphabet(c) && touches_latin(content, start, at) {
            let word = letters_around(content, start, at);
            let known = found.iter().rev().find(|odd| odd.sort == Sort::Mixed);
            if known.is_none_or(|known| known.span.end <= word.start) {
                found.push(Odd { span: word, sort: Sort::Mixed });
            }
        }
    }
    found.sort_by_key(|odd| odd.span.start);
    found
}

/// Which first bytes need a look.
static LEADS: [bool; 256] = {
    let mut leads = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        leads[byte] = match byte as u8 {
            b'\n' | b'\t' => false,
            0..0x20 | 0x7f | 0xc2 | 0xcd..=0xd4 | 0xd8 | 0xe1..=0xe3 | 0xef | 0xf0 | 0xf3 => true,
            _ => false,
        };
        byte += 1;
    }
    leads
};

fn sort_of(c: char) -> Option<Sort> {
    Some(match c {
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            Sort::Direction
        }
        '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => Sort::Space,
        '\n' | '\t' => return None,
        '\u{ad}'
        | '\u{34f}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{17b4}'
        | '\u{17b5}'
        | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200d}'
        | '\u{2028}'
        | '\u{2029}'
        | '\u{2060}'..='\u{2065}'
        | '\u{206a}'..='\u{206f}'
        | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}'
        | '\u{ffa0}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}' => Sort::Hidden,
        c if c.is_control() => Sort::Hidden,
        _ => return None,
    })
}

/// Whether a joiner, a selector or a tag stands where writing needs it.
fn is_needed(content: &str, at: usize, c: char) -> bool {
    let before = || content[..at].chars().next_back();
    let after = || content[at + c.len_utf8()..].chars().next();
    match c {
        // Between letters of scripts that join, and between the parts of an emoji.
        '\u{200c}' | '\u{200d}' => {
            let joins = |c: char| {
                matches!(c, '\u{600}'..='\u{8ff}' | '\u{900}'..='\u{109f}' | '\u{1780}'..='\u{18af}'
                | '\u{a800}'..='\u{aaff}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{11000}'..='\u{11fff}')
            };
            let pictures = c == '\u{200d}' && after().is_some_and(is_picture);
            before().is_some_and(joins)
                || before().is_some_and(|b| is_picture(b) || b == '\u{fe0f}') && pictures
        }
        '\u{fe00}'..='\u{fe0f}' => before().is_some_and(|b| !b.is_ascii_alphabetic() && !b.is_whitespace()),
        '\u{e0100}'..='\u{e01ef}' => before().is_some_and(|b| b.is_alphabetic() && !b.is_ascii()),
        // The flags of regions: a black flag, tags, and their end.
        '\u{e0020}'..='\u{e007f}' => {
            let head = content[..at].trim_end_matches(|c| matches!(c, '\u{e0020}'..='\u{e007e}'));
            head.ends_with('\u{1f3f4}') && content.len() - head.len() < 80 + content.len() - at
        }
        '\u{180b}'..='\u{180f}' => before().is_some_and(|b| matches!(b, '\u{1800}'..='\u{18af}')),
        _ => false,
    }
}

fn is_picture(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}' | '\u{a9}' | '\u{ae}')
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic()
        || matches!(c, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}') && c.is_alphabetic()
}

/// Cyrillic letters, and the Greek ones that look like Latin: others stand in units and formulas.
fn is_other_alphabet(c: char) -> bool {
    matches!(c, '\u{400}'..='\u{481}' | '\u{48a}'..='\u{52f}') || "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧονϳ".contains(c)
}

fn touches_latin(content: &str, start: usize, end: usize) -> bool {
    content[..start].chars().next_back().is_some_and(is_latin)
        || content[end..].chars().next().is_some_and(is_latin)
}

fn letters_around(content: &str, start: usize, end: usize) -> Span {
    let before = content[..start].trim_end_matches(char::is_alphabetic).len();
    let rest = &content[end..];
    Span::new(before, content.len() - rest.trim_start_matches(char::is_alphabetic).len())
}

/// The short sign of a character that cannot be seen.
pub fn sign(c: char) -> Cow<'static, str> {
    Cow::Borrowed(match c {
        '\u{61c}' => "ALM",
        '\u{200e}' => "LRM",
        '\u{200f}' => "RLM",
        '\u{202a}' => "LRE",
        '\u{202b}' => "RLE",
        '\u{202c}' => "PDF",
        '\u{202d}' => "LRO",
        '\u{202e}' => "RLO",
        '\u{2066}' => "LRI",
        '\u{2067}' => "RLI",
        '\u{2068}' => "FSI",
        '\u{2069}' => "PDI",
        '\u{a0}' => "NBSP",
        '\u{ad}' => "SHY",
        '\u{200b}' => "ZWSP",
        '\u{200c}' => "ZWNJ",
        '\u{200d}' => "ZWJ",
        '\u{202f}' => "NNBSP",
        '\u{2060}' => "WJ",
        '\u{feff}' => "BOM",
        c => return Cow::Owned(format!("{:04X}", c as u32)),
    })
}

/// What a place is called.
pub fn name(text: &Text, odd: Odd) -> String {
    let words = text.slice(odd.span);
    if odd.sort == Sort::Mixed {
        return format!("Letters of two alphabets in one word: {words}");
    }
    let c = words.chars().next().unwrap_or_default();
    let name = match c {
        '\u{61c}' => "Arabic letter mark",
        '\u{200e}' => "Left-to-right mark",
        '\u{200f}' => "Right-to-left mark",
        '\u{202a}' => "Left-to-right embedding",
        '\u{202b}' => "Right-to-left embedding",
        '\u{202c}' => "End of a direction",
        '\u{202d}' => "Left-to-right override",
        '\u{202e}' => "Right-to-left override",
        '\u{2066}' => "Left-to-right isolate",
        '\u{2067}' => "Right-to-left isolate",
        '\u{2068}' => "First strong isolate",
        '\u{2069}' => "End of an isolate",
        '\u{a0}' => "No-break space",
        '\u{202f}' => "Narrow no-break space",
        '\u{ad}' => "Soft hyphen",
        '\u{200b}' => "Zero width space",
        '\u{200c}' => "Zero width non-joiner",
        '\u{200d}' => "Zero width joiner",
        '\u{2060}' => "Word joiner",
        '\u{feff}' => "Byte order mark",
        '\u{e0000}'..='\u{e007f}' => "Tag character",
        '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => "Variation selector",
        _ if odd.sort == Sort::Space => "Space of another width",
        c if c.is_control() => "Control character",
        _ => "Invisible character",
    };
    format!("{name} (U+{:04X})", c as u32)
}

/// Words for everywhere but the article: titles, names, tags, rows, notices. Characters that turn
/// the direction, and controls but line feeds, are shown as signs, so that what stands beside them
/// keeps its order.
pub fn shown(words: &str) -> Cow<'_, str> {
    let hides = |c: char| {
        sort_of(c) == Some(Sort::Direction)
            || c.is_control() && c != '\n'
            || matches!(c, '\u{2028}' | '\u{2029}')
    };
    if !words.contains(hides) {
        return Cow::Borrowed(words);
    }
    let mut text = String::with_capacity(words.len() + 16);
    for c in words.chars() {
        match c {
            '\t' => text.push(' '),
            c if hides(c) => {
                text.push('‹');
                text.push_str(&sign(c));
                text.push('›');
            }
            c => text.push(c),
        }
    }
    Cow::Owned(text)
}

/// The same for where the system sets the words beside its own: right-to-left words cannot draw
/// what follows them to their other side.
pub fn isolated(words: &str) -> String {
    let rtl = |c: char| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}');
    let words = shown(words);
    if words.contains(rtl) { format!("\u{2068}{words}\u{2069}") } else { words.into_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(String, Sort)> {
        let text = Text::new(text);
        survey(&text).into_iter().map(|odd| (text.slice(odd.span).to_owned(), odd.sort)).collect()
    }

    #[test]
    fn what_cannot_be_seen_is_found_and_what_writing_needs_is_not() {
        for plain in [
            "Plain words, naïve ones, 12 %\tand tabs\n",
            "👩\u{200d}❤\u{fe0f}\u{200d}👩 👍🏽 🇩🇪 ❤\u{fe0f} 1\u{fe0f}\u{20e3}",
            "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
            "می\u{200c}خواهم क्\u{200d}ष",
            "שלום عربي Ελληνικά Русский 東京",
            "5 μm, 3 kΩ, TNFα",
        ] {
            assert_eq!(found(plain), [], "{plain}");
        }
        for (odd, sort) in [
            ("\u{202e}", Sort::Direction),
            ("\u{2067}", Sort::Direction),
            ("\u{200f}", Sort::Direction),
            ("\u{61c}", Sort::Direction),
            ("\u{200b}", Sort::Hidden),
            ("\u{200c}", Sort::Hidden),
            ("\u{200d}", Sort::Hidden),
            ("\u{ad}", Sort::Hidden),
            ("\u{feff}", Sort::Hidden),
            ("\u{2060}", Sort::Hidden),
            ("\u{e0041}", Sort::Hidden),
            ("\u{fe0f}", Sort::Hidden),
            ("\u{7}", Sort::Hidden),
            ("\u{85}", Sort::Hidden),
            ("\u{115f}", Sort::Hidden),
            ("\u{a0}", Sort::Space),
            ("\u{202f}", Sort::Space),
        ] {
            assert_eq!(found(&format!("ab{odd}cd")), [(odd.to_owned(), sort)], "{odd:?}");
        }
        // One Latin letter among Cyrillic ones, and the other way round; each word once.
        assert_eq!(
            found("раypal и Mосква, миp"),
            [
                ("раypal".to_owned(), Sort::Mixed),
                ("Mосква".to_owned(), Sort::Mixed),
                ("миp".to_owned(), Sort::Mixed)
            ]
        );
    }

    #[test]
    fn places_have_names_and_are_edges_of_characters() {
        let text = Text::new("a\u{202e}b \u{e0041} раypal \u{2003}");
        let names: Vec<String> = survey(&text).into_iter().map(|odd| name(&text, odd)).collect();
        assert_eq!(
            names,
            [
                "Right-to-left override (U+202E)",
                "Tag character (U+E0041)",
                "Letters of two alphabets in one word: раypal",
                "Space of another width (U+2003)"
            ]
        );
        let every: String = (0..=0x10_ffff).filter_map(char::from_u32).collect();
        for odd in survey(&Text::new(every.as_str())) {
            assert!(every.get(odd.span.range()).is_some());
        }
    }

    /// U10.
    #[test]
    fn shown_words_never_turn_their_neighbours() {
        assert!(matches!(shown("שלום naïve\nnext"), Cow::Borrowed(_)));
        assert_eq!(shown("a\u{202e}b\u{2066}c\u{1b}d\te"), "a‹RLO›b‹LRI›c‹001B›d e");
        let every: String = (0..=0x10_ffff).filter_map(char::from_u32).collect();
        let odd = |c: char| sort_of(c) == Some(Sort::Direction) || c.is_control() && c != '\n';
        assert!(!shown(&every).contains(odd));
        assert_eq!(isolated("plain\u{202e}"), "plain‹RLO›");
        assert_eq!(isolated("שלום"), "\u{2068}שלום\u{2069}");
    }
}
