//! From the bytes of a text to its characters, whatever encoding it is in.
//!
//! May use: encoding_rs, chardetng. Invariant: what is valid UTF-8 is taken as that; a byte that fits
//! no character becomes U+FFFD only together with an [`Invalid`] that says where, and a byte order
//! mark is never part of the text. Known limits: encodings of the web, UTF-16 and UTF-32; a short text
//! cannot be told apart for certain, and says so.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Fewer characters than these outside ASCII are no ground for a sure guess.
const FEW: usize = 12;

/// An encoding that a person can choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Charset {
    /// As files and the command line name it.
    pub name: &'static str,
    /// Where it is used.
    pub used_for: &'static str,
}

const fn charset(name: &'static str, used_for: &'static str) -> Charset {
    Charset { name, used_for }
}

/// The encodings to choose from, the common ones first.
pub const CHARSETS: &[Charset] = &[
    charset("UTF-8", "all languages"),
    charset("windows-1252", "Western Europe"),
    charset("windows-1250", "Central Europe"),
    charset("windows-1251", "Cyrillic"),
    charset("windows-1253", "Greek"),
    charset("windows-1254", "Turkish"),
    charset("windows-1255", "Hebrew"),
    charset("windows-1256", "Arabic"),
    charset("windows-1257", "Baltic"),
    charset("windows-1258", "Vietnamese"),
    charset("windows-874", "Thai"),
    charset("macintosh", "Western Europe, old Macs"),
    charset("ISO-8859-2", "Central Europe"),
    charset("ISO-8859-5", "Cyrillic"),
    charset("ISO-8859-7", "Greek"),
    charset("ISO-8859-15", "Western Europe with €"),
    charset("KOI8-R", "Russian"),
    charset("KOI8-U", "Ukrainian"),
    charset("IBM866", "Cyrillic, DOS"),
    charset("Shift_JIS", "Japanese"),
    charset("EUC-JP", "Japanese"),
    charset("ISO-2022-JP", "Japanese"),
    charset("gb18030", "Chinese, simplified"),
    charset("GBK", "Chinese, simplified"),
    charset("Big5", "Chinese, traditional"),
    charset("EUC-KR", "Korean"),
    charset("UTF-16LE", "all languages"),
    charset("UTF-16BE", "all languages"),
    charset("UTF-32LE", "all languages"),
    charset("UTF-32BE", "all languages"),
];

/// The encoding of a name or of another label of it (`latin1`), whatever its case.
pub fn named(label: &str) -> Option<&'static str> {
    let label = label.trim();
    let known = CHARSETS.iter().find(|charset| charset.name.eq_ignore_ascii_case(label));
    known.map(|charset| charset.name).or_else(|| Encoding::for_label(label.as_bytes()).map(Encoding::name))
}

/// How sure an encoding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// The bytes admit nothing else, or begin with a mark of it.
    Certain,
    /// A person named it.
    Chosen,
    /// The page names it.
    Declared,
    /// By the frequency of its letters.
    Guessed,
    /// As before, from so little that it may be another.
    Uncertain,
}

impl Certainty {
    /// Beside the name of the encoding.
    pub fn words(self) -> &'static str {
        match self {
            Self::Certain => "certain",
            Self::Chosen => "chosen by you",
            Self::Declared => "named in the file",
            Self::Guessed => "recognised by its letters",
            Self::Uncertain => "uncertain: compare the text",
        }
    }
}

/// Bytes that fit no character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Invalid {
    /// How many places there are.
    pub count: usize,
    /// The first byte of the first, from 0.
    pub at: usize,
    /// Its line, from 1.
    pub line: usize,
    /// The byte.
    pub value: u8,
}

/// A text as it was decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// Without a byte order mark; line ends as they came.
    pub text: String,
    /// The encoding's name.
    pub charset: &'static str,
    /// How sure it is.
    pub certainty: Certainty,
    /// What fits no character.
    pub invalid: Option<Invalid>,
}

/// Decodes a text. `asked` is what a person chose, `declared` what the file itself says; nothing
/// where the bytes are no text.
pub fn decode(bytes: &[u8], asked: Option<&'static str>, declared: Option<&'static str>) -> Option<Decoded> {
    let (charset, certainty) = match (asked, marked(bytes)) {
        (Some(asked), _) => (asked, Certainty::Chosen),
        (None, Some(marked)) => (marked, Certainty::Certain),
        (None, None) => detected(bytes, declared)?,
    };
    let (text, invalid) = decoded(strip(bytes, charset), charset);
    let shift = bytes.len() - strip(bytes, charset).len();
    let invalid = invalid.map(|invalid| Invalid { at: invalid.at + shift, ..invalid });
    Some(Decoded { text, charset, certainty, invalid })
}

/// The encoding that a byte order mark names.
fn marked(bytes: &[u8]) -> Option<&'static str> {
    MARKS.iter().find(|(mark, _)| bytes.starts_with(mark)).map(|(_, name)| *name)
}

/// Byte order marks; the longer of two that begin alike comes first.
const MARKS: [(&[u8], &str); 5] = [
    (b"\xef\xbb\xbf", "UTF-8"),
    (b"\xff\xfe\0\0", "UTF-32LE"),
    (b"\0\0\xfe\xff", "UTF-32BE"),
    (b"\xff\xfe", "UTF-16LE"),
    (b"\xfe\xff", "UTF-16BE"),
];

fn strip<'a>(bytes: &'a [u8], charset: &str) -> &'a [u8] {
    let mark = MARKS.iter().find(|(_, name)| *name == charset).map_or(&b""[..], |(mark, _)| mark);
    bytes.strip_prefix(mark).unwrap_or(bytes)
}

fn detected(bytes: &[u8], declared: Option<&'static str>) -> Option<(&'static str, Certainty)> {
    if let Some(wide) = wide(bytes) {
        return Some((wide, Certainty::Guessed));
    }
    if bytes.contains(&0) {
        return None;
    }
    // ISO-2022-JP is ASCII to the eye of a computer, with escapes.
    let escapes = bytes.windows(2).any(|two| two == b"\x1b$" || two == b"\x1b(");
    if str::from_utf8(bytes).is_ok() && !escapes {
        return Some(("UTF-8", Certainty::Certain));
    }
    if let Some(declared) = declared.filter(|name| decoded(bytes, name).1.is_none()) {
        return Some((declared, Certainty::Declared));
    }
    if is_spoilt_utf_8(bytes) {
        return Some(("UTF-8", Certainty::Guessed));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Allow);
    let beyond = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    let sure = beyond >= FEW || escapes;
    Some((guess.name(), if sure { Certainty::Guessed } else { Certainty::Uncertain }))
}

/// Whether it is UTF-8 in which a few bytes are wrong, rather than another encoding: what fits is
/// much more than what does not.
fn is_spoilt_utf_8(bytes: &[u8]) -> bool {
    let (mut fits, mut wrong, mut at_end) = (0, 0, false);
    for chunk in bytes.utf8_chunks() {
        fits += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        wrong += usize::from(!chunk.invalid().is_empty());
        // Nothing stands behind the last one: it was cut in the middle.
        at_end = chunk.invalid().first().is_some_and(|byte| *byte >= 0xc2);
    }
    // Surrogates that were encoded one by one, as some databases do.
    let pair = |six: &[u8]| matches!(six, [0xed, 0xa0..=0xaf, _, 0xed, 0xb0..=0xbf, _]);
    fits >= 4 * wrong || at_end && wrong == 1 && fits > 0 || bytes.windows(6).any(pair)
}

/// The order of a UTF-16 text without a mark. Text in Latin letters has NUL in nearly every other
/// byte; any other has spaces, line feeds or full stops, which make sense in one order only.
fn wide(bytes: &[u8]) -> Option<&'static str> {
    // Without a byte below 3 there is neither a space nor a line feed nor U+3001 in it.
    if bytes.len() < 4 || !bytes.len().is_multiple_of(2) || !bytes.iter().any(|byte| *byte < 3) {
        return None;
    }
    let odd = bytes.iter().skip(1).step_by(2).filter(|b| **b == 0).count();
    let even = bytes.iter().step_by(2).filter(|b| **b == 0).count();
    let half = bytes.len() / 2;
    if odd.max(even) * 10 > half * 7 && odd.min(even) == 0 {
        return Some(if odd > even { "UTF-16LE" } else { "UTF-16BE" });
    }
    let sense = |charset| {
        let (text, invalid) = decoded(bytes, charset);
        let is_odd = |c: char| {
            c.is_control() && !c.is_whitespace()
                || matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{fff0}'..='\u{ffff}')
        };
        if invalid.is_some() || text.contains(is_odd) {
            return 0;
        }
        text.chars().filter(|c| matches!(c, ' ' | '\n' | ',' | '.' | '、' | '。' | '،' | '।')).count()
    };
    let (little, big) = (sense("UTF-16LE"), sense("UTF-16BE"));
    match little.cmp(&big) {
        std::cmp::Ordering::Greater => Some("UTF-16LE"),
        std::cmp::Ordering::Less => Some("UTF-16BE"),
        std::cmp::Ordering::Equal => None,
    }
}

fn decoded(bytes: &[u8], charset: &str) -> (String, Option<Invalid>) {
    match charset {
        "UTF-32LE" => wide_32(bytes, u32::from_le_bytes),
        "UTF-32BE" => wide_32(bytes, u32::from_be_bytes),
        "UTF-16LE" => by(bytes, UTF_16LE),
        "UTF-16BE" => by(bytes, UTF_16BE),
        name => by(bytes, Encoding::for_label(name.as_bytes()).unwrap_or(UTF_8)),
    }
}

fn by(bytes: &[u8], encoding: &'static Encoding) -> (String, Option<Invalid>) {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let room = decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(bytes.len());
    let mut text = String::with_capacity(room.min(bytes.len().saturating_mul(3)));
    let mut invalid: Option<Invalid> = None;
    let mut read = 0;
    loop {
        let (result, taken) =
            decoder.decode_to_string_without_replacement(&bytes[read.min(bytes.len())..], &mut text, true);
        read += taken;
        match result {
            DecoderResult::InputEmpty => break,
            DecoderResult::OutputFull => text.reserve(bytes.len() - read.min(bytes.len()) + 16),
            DecoderResult::Malformed(length, after) => {
                let at = read.saturating_sub(usize::from(length) + usize::from(after));
                note(&mut invalid, at, &text, bytes);
                text.push('\u{fffd}');
            }
        }
    }
    (text, invalid)
}

fn wide_32(bytes: &[u8], number: fn([u8; 4]) -> u32) -> (String, Option<Invalid>) {
    let mut text = String::with_capacity(bytes.len() / 4);
    let mut invalid = None;
    for (place, four) in bytes.chunks(4).enumerate() {
        let c = <[u8; 4]>::try_from(four).ok().and_then(|four| char::from_u32(number(four)));
        if c.is_none() {
            note(&mut invalid, place * 4, &text, bytes);
        }
        text.push(c.unwrap_or('\u{fffd}'));
    }
    (text, invalid)
}

fn note(invalid: &mut Option<Invalid>, at: usize, before: &str, bytes: &[u8]) {
    match invalid {
        Some(known) => known.count += 1,
        None => {
            let line = crate::domain::Text::normalised(before).line_count();
            let value = bytes.get(at).copied().unwrap_or_default();
            *invalid = Some(Invalid { count: 1, at, line, value });
        }
    }
}

/// Letters that were UTF-8 once and were read as windows-1252 (`Ã©`): the first of them and how many
/// there are. The text itself is not touched.
pub fn decoded_twice(text: &str) -> Option<(String, usize)> {
    let high: Vec<char> = (0x80..=0xff_u8)
        .map(|byte| WINDOWS_1252.decode_without_bom_handling(&[byte]).0.chars().next().unwrap_or('?'))
        .collect();
    // Some programs read the five bytes that windows-1252 leaves open as controls.
    let byte = |c: char| match c {
        '\u{80}'..='\u{9f}' => Some(c as u8),
        c => high.iter().position(|known| *known == c).map(|at| at as u8 + 0x80),
    };
    let mut first = None;
    let mut count = 0;
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        let length = match byte(c) {
            _ if c.is_ascii() => continue,
            Some(0xc3 | 0xc2 | 0xc4 | 0xc5 | 0xce | 0xcf | 0xd0 | 0xd1 | 0xd7..=0xd9) => 2,
            Some(0xe0..=0xef) => 3,
            Some(0xf0..=0xf4) => 4,
            _ => continue,
        };
        let some: String = text[at..].chars().take(length).collect();
        let raw: Option<Vec<u8>> = some.chars().map(byte).collect();
        let after = text[at + some.len()..].chars().next();
        // A quotation mark that closes after a capital letter is no such thing.
        let closes = some.ends_with(['»', '”', '’']) && !after.is_some_and(char::is_alphanumeric);
        let fits = raw.is_some_and(|raw| raw.len() == length && String::from_utf8(raw).is_ok());
        if fits && !closes {
            first.get_or_insert(some);
            count += 1;
            for _ in 1..length {
                chars.next();
            }
        }
    }
    first.map(|first| (first, count))
}

#[cfg(test)]
#[path = "encoding_tests.rs"]
mod tests;
