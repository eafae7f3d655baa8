//! Words from and for the terminal: kinds, statuses and lists as arguments, and texts that are safe
//! to print.
//!
//! May use: domain, formats, clap. Invariant: nothing that [`one_line`] or [`short`] gives can break
//! a line, drive a terminal or turn round what stands beside it. Known limit: the width of a
//! character is that of most terminals, by range, not by font.

use clap::ValueEnum;
use clap::builder::PossibleValue;
use unicode_segmentation::UnicodeSegmentation;

use crate::domain::rules::Include;
use crate::domain::{Kind, Status};
use crate::formats;

macro_rules! word_enum {
    ($type:ty) => {
        impl ValueEnum for $type {
            fn value_variants<'a>() -> &'a [Self] {
                &Self::ALL
            }
            fn to_possible_value(&self) -> Option<PossibleValue> {
                Some(PossibleValue::new(self.word()))
            }
        }
    };
}
word_enum!(Kind);
word_enum!(Status);
word_enum!(Include);

/// A text on one line and without controls.
pub fn one_line(text: &str) -> String {
    let safe = |c: char| match c {
        '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => ' ',
        c if c.is_control() => '·',
        c => c,
    };
    formats::isolated(&text.chars().map(safe).collect::<String>())
}

/// A path as another command takes it; one with controls in it, which no terminal should get, as a
/// text on one line.
pub fn path(path: &str) -> String {
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if path.chars().any(|c| c.is_control() || turns(c)) { one_line(path) } else { path.to_owned() }
}

/// JSON of the same meaning, in which what could drive a terminal or turn round a line is written as an escape.
/// Outside strings JSON has no such characters, and inside them those below U+0020 are escaped already.
pub fn escaped(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '\n' => out.push(c),
            c if c.is_control()
                || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}') =>
            {
                // All of these have one unit of UTF-16.
                out.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out
}

/// The beginning of a text, at most `width` columns, safe to print.
pub fn short(text: &str, width: usize) -> String {
    let mut out = String::new();
    let mut used = 0;
    for grapheme in text.trim().graphemes(true) {
        used += columns(grapheme);
        if used > width {
            out.truncate(out.trim_end().len());
            while columns(&out) >= width {
                let last = out.graphemes(true).next_back().map_or(0, str::len);
                out.truncate(out.len() - last);
            }
            out.push('…');
            break;
        }
        out.push_str(grapheme);
    }
    one_line(&out)
}

/// How many columns a text takes on a terminal.
pub fn columns(text: &str) -> usize {
    let width = |grapheme: &str| {
        let c = grapheme.chars().next().unwrap_or_default();
        match c {
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' => 0,
            '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{303e}' | '\u{3041}'..='\u{a4cf}' => 2,
            '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}' => 2,
            '\u{ff00}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}' | '\u{1f300}'..='\u{1faff}' => 2,
            '\u{20000}'..='\u{3fffd}' => 2,
            _ => 1,
        }
    };
    text.graphemes(true).map(width).sum()
}

/// The text with spaces up to `width` columns.
pub fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(columns(text))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_escaped_without_a_change_of_its_meaning() {
        let value = serde_json::json!({"a\u{9b}": ["\u{7f}\u{85}\u{202e}é\n\t\0\\", 1]});
        let json = escaped(&serde_json::to_string_pretty(&value).expect("JSON"));
        assert!(json.contains("\\u009b") && json.contains("\\u202e") && json.contains('é'), "{json}");
        assert!(json.chars().all(|c| c == '\n' || !c.is_control()), "{json}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&json).expect("JSON"), value);
    }

    #[test]
    fn what_is_printed_stays_on_its_line_and_in_its_column() {
        assert_eq!(one_line("a\nb\u{1b}[0m"), "a b·[0m");
        assert_eq!(one_line("a\u{202e}b"), "\u{2068}a\u{202e}b\u{2069}");
        assert_eq!(short("  one two three ", 7), "one tw…");
        assert_eq!(short("one", 3), "one");
        assert_eq!(short("東京東京", 5), "東京…");
        assert_eq!(columns("👩\u{200d}❤\u{fe0f}\u{200d}👩"), 2);
        assert_eq!(columns(&padded("שלום", 6)), 6);
    }
}
