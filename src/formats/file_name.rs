//! Names for copies that are sent: what every system, sync client and mail program takes.
//!
//! May use: std. Invariants: a name is of ASCII letters, figures, spaces, `-` and `_`, then `.ron`;
//! no longer than [`LONGEST`], without a space at either end, none that Windows reserves; the same
//! arguments give the same name; it is never one that a sync client gives to a conflicted copy.
//! Known limit: letters without a plain form are left out, so a title in another script gives a
//! general name.

/// How many characters a name has at most, the ending included.
pub const LONGEST: usize = 100;

/// The name that is proposed for a copy of a project: `harbour-tunnel redacted 2026-11-24.ron`. `stem`
/// is the name of the project's file without its ending, or the title; `date` is today.
pub fn of_copy(stem: &str, redacted: bool, date: &str) -> String {
    let sort = if redacted { "redacted" } else { "copy" };
    let date = plain(date);
    let ending = if date.is_empty() { format!(" {sort}.ron") } else { format!(" {sort} {date}.ron") };
    let mut stem = plain(without_sort(stem));
    if stem.is_empty() || stem.to_ascii_lowercase().contains("conflict") {
        // A sync client's word would make the copy look like one of its own.
        stem = "project".into();
    }
    stem.truncate(LONGEST.saturating_sub(ending.len()));
    format!("{}{ending}", stem.trim_end_matches([' ', '-', '_']))
}

/// The name without what an earlier copy added: a copy of a copy is named like the first.
fn without_sort(stem: &str) -> &str {
    let is_date = |text: &str| {
        text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') && text.is_ascii()
    };
    let cut = stem.rsplit_once(' ').filter(|(_, date)| is_date(date)).map_or(stem, |(rest, _)| rest);
    let sort = [" redacted", " copy"].iter().find_map(|sort| cut.strip_suffix(sort));
    sort.filter(|_| cut.len() < stem.len()).unwrap_or(stem)
}

/// Words in ASCII: accents go, everything else that is no letter or figure is one hyphen or space.
fn plain(words: &str) -> String {
    let mut name = String::new();
    let mut gap = None;
    for c in words.chars() {
        let letters: String = match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' => c.into(),
            _ => bare(c).into(),
        };
        if letters.is_empty() {
            if !c.is_alphanumeric() && !is_mark(c) && !matches!(c, '\'' | '’' | '"' | '“' | '”') {
                let sign = if matches!(c, '-' | '_') {
                    c
                } else if c.is_whitespace() {
                    ' '
                } else {
                    '-'
                };
                // A space beside a hyphen goes with it.
                gap = Some(if sign == ' ' { gap.unwrap_or(' ') } else { sign });
            }
            continue;
        }
        if let Some(sign) = gap.take().filter(|_| !name.is_empty()) {
            name.push(sign);
        }
        name.push_str(&letters);
    }
    name
}

/// A mark on the letter before it.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// A Latin letter without its accents; empty for all others.
fn bare(c: char) -> &'static str {
    match c {
        'À'..='Ã' | 'Å' | 'Ā' | 'Ă' | 'Ą' => "A",
        'à'..='ã' | 'å' | 'ā' | 'ă' | 'ą' => "a",
        'Ä' => "Ae",
        'ä' => "ae",
        'Æ' => "AE",
        'æ' => "ae",
        'Ç' | 'Ć' | 'Ĉ' | 'Ċ' | 'Č' => "C",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'Ď' | 'Đ' | 'Ð' => "D",
        'ď' | 'đ' | 'ð' => "d",
        'È'..='Ë' | 'Ē' | 'Ĕ' | 'Ė' | 'Ę' | 'Ě' => "E",
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => "e",
        'Ĝ' | 'Ğ' | 'Ġ' | 'Ģ' => "G",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'Ì'..='Ï' | 'Ĩ' | 'Ī' | 'Ĭ' | 'Į' | 'İ' => "I",
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => "i",
        'Ķ' => "K",
        'ķ' => "k",
        'Ĺ' | 'Ļ' | 'Ľ' | 'Ł' => "L",
        'ĺ' | 'ļ' | 'ľ' | 'ł' => "l",
        'Ñ' | 'Ń' | 'Ņ' | 'Ň' => "N",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'Ò'..='Õ' | 'Ō' | 'Ŏ' | 'Ő' => "O",
        'ò'..='õ' | 'ō' | 'ŏ' | 'ő' => "o",
        'Ö' | 'Ø' | 'Œ' => "Oe",
        'ö' | 'ø' | 'œ' => "oe",
        'Ŕ' | 'Ŗ' | 'Ř' => "R",
        'ŕ' | 'ŗ' | 'ř' => "r",
        'Ś' | 'Ŝ' | 'Ş' | 'Š' | 'Ș' => "S",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => "s",
        'ß' => "ss",
        'Ţ' | 'Ť' | 'Ț' => "T",
        'ţ' | 'ť' | 'ț' => "t",
        'Þ' => "Th",
        'þ' => "th",
        'Ù'..='Û' | 'Ũ' | 'Ū' | 'Ŭ' | 'Ů' | 'Ű' | 'Ų' => "U",
        'ù'..='û' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => "u",
        'Ü' => "Ue",
        'ü' => "ue",
        'Ý' | 'Ÿ' => "Y",
        'ý' | 'ÿ' => "y",
        'Ź' | 'Ż' | 'Ž' => "Z",
        'ź' | 'ż' | 'ž' => "z",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const DAY: &str = "2026-11-24";

    #[test]
    fn a_name_says_what_the_copy_is_and_of_which_day() {
        for (stem, redacted, name) in [
            ("harbour-tunnel", true, "harbour-tunnel redacted 2026-11-24.ron"),
            ("harbour-tunnel", false, "harbour-tunnel copy 2026-11-24.ron"),
            ("harbour-tunnel redacted 2026-11-20", false, "harbour-tunnel copy 2026-11-24.ron"),
            ("The last copy 2026", true, "The last copy 2026 redacted 2026-11-24.ron"),
            ("Who paid? A: nobody.", true, "Who paid-A-nobody redacted 2026-11-24.ron"),
            ("Núñez’s  Straße — e\u{301}tude", true, "Nunezs Strasse-etude redacted 2026-11-24.ron"),
            ("CON", true, "CON redacted 2026-11-24.ron"),
            ("con.v2", true, "con-v2 redacted 2026-11-24.ron"),
            ("  ..  ", true, "project redacted 2026-11-24.ron"),
            ("тоннель", true, "project redacted 2026-11-24.ron"),
            ("a/b\\c", false, "a-b-c copy 2026-11-24.ron"),
            ("story.sync-conflict-20261124-091200-ABCDEFG", true, "project redacted 2026-11-24.ron"),
        ] {
            assert_eq!(of_copy(stem, redacted, DAY), name);
        }
        let long = of_copy(&"tunnel ".repeat(40), true, DAY);
        assert!(long.len() <= LONGEST && long.ends_with("tunnel redacted 2026-11-24.ron"), "{long}");
    }

    proptest! {
        #[test]
        fn every_name_is_one_that_every_system_takes(stem in ".{0,200}", date in ".{0,12}", redacted: bool) {
            let name = of_copy(&stem, redacted, &date);
            prop_assert_eq!(&name, &of_copy(&stem, redacted, &date));
            prop_assert!(name.len() <= LONGEST && name.ends_with(".ron"));
            let stem = name.strip_suffix(".ron").unwrap();
            prop_assert!(stem.bytes().all(|b| b.is_ascii_alphanumeric() || b" -_".contains(&b)), "{}", name);
            prop_assert!(stem.trim() == stem && stem.len() > 5, "{}", name);
            prop_assert!(!name.to_lowercase().contains("conflict"));
        }
    }
}
