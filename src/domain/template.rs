//! Template lines: what a page puts around its article, found so that a person can take it out.
//!
//! May use: std, the rest of `domain`; the phrases are in `template_words`. One table of detectors, each with the reason that is shown; a
//! line counts for the first that finds it. Invariant: nothing is taken out here, and the same text
//! gives the same lines. Known limit: phrases of the larger languages of Europe only, and lines as a
//! person would copy them, not HTML.

use std::collections::HashMap;

use super::template_words::*;
use super::text::Text;

/// A line that looks like part of the page and not of the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// Which, from 0.
    pub line: usize,
    /// Why, to be shown.
    pub reason: &'static str,
}

/// What a detector looks for. Phrases are in lower case; a line longer than so many words is none.
enum Sign {
    /// The line is one of these.
    Is(&'static str),
    /// It begins with one of these.
    Begins(usize, &'static str),
    /// One of these is in it.
    Has(usize, &'static str),
    /// One of the first and one of the second are in it.
    HasBoth(usize, &'static str, &'static str),
    /// Anything else.
    Test(fn(&Lines<'_>, usize) -> bool),
}

struct Detector {
    reason: &'static str,
    sign: Sign,
}

const fn detector(reason: &'static str, sign: Sign) -> Detector {
    Detector { reason, sign }
}

/// Every detector; the first that finds a line gives the reason.
static DETECTORS: &[Detector] = &[
    detector("a notice about cookies", Sign::HasBoth(60, "cookie", CONSENT)),
    detector("a notice about data protection", Sign::Is(PRIVACY)),
    detector("an advertisement", Sign::Is(ADVERTISING)),
    detector("an advertisement", Sign::Begins(8, "sponsored by|paid content|in partnership with")),
    detector("buttons to share it", Sign::Begins(7, SHARING)),
    detector("buttons to share it", Sign::Test(is_networks)),
    detector("an invitation to subscribe", Sign::Has(22, SUBSCRIBING)),
    detector("a link to something else to read", Sign::Begins(20, READING_ON)),
    detector("a heading of links", Sign::Is(RELATED)),
    detector("comments of readers", Sign::Test(is_comments)),
    detector("signing in", Sign::Is(ACCOUNT)),
    detector("how long it takes to read", Sign::Test(is_reading_time)),
    detector("whose copyright it is", Sign::Has(30, COPYRIGHT)),
    detector("where it was published first", Sign::Has(40, PUBLISHED)),
    detector("the credit of a picture", Sign::Begins(14, CREDIT)),
    detector("the credit of a picture", Sign::Test(is_agency_credit)),
    detector("a setting of the page", Sign::Test(is_setting)),
    detector("the way to this page", Sign::Test(is_path)),
    detector("controls of a video or picture", Sign::Is(PLAYER)),
    detector("the same line stands above", Sign::Test(is_repeated)),
    detector("one of several short lines, as in a menu", Sign::Test(is_menu)),
];

/// The lines of a text as detectors look at them.
struct Lines<'a> {
    /// Trimmed and in lower case; empty for a blank one, and for one too long to be a template's.
    low: Vec<String>,
    /// As they stand.
    as_is: Vec<&'a str>,
    /// Where each was seen first.
    first: HashMap<&'a str, usize>,
}

/// No template line has more bytes.
const LONGEST: usize = 600;

impl<'a> Lines<'a> {
    fn of(text: &'a Text) -> Self {
        let as_is: Vec<&str> = text.lines().map(str::trim).collect();
        let low =
            as_is.iter().map(|line| if line.len() > LONGEST { String::new() } else { line.to_lowercase() });
        let mut first = HashMap::new();
        for (number, line) in as_is.iter().enumerate().filter(|(_, line)| line.len() <= LONGEST) {
            first.entry(*line).or_insert(number);
        }
        Self { low: low.collect(), as_is, first }
    }

    /// Whether a line is a few words that end no sentence.
    fn is_short(&self, line: usize) -> bool {
        let Some(words) = self.low.get(line).filter(|words| !words.is_empty()) else { return false };
        words.chars().count() <= 28
            && words.split_whitespace().count() <= 4
            && !words.ends_with(['.', '!', '?', '”', '"', '’', ':', '…', '。', '।'])
            && !words.starts_with(['“', '"', '‘', '-', '–', '—', '•', '*'])
            && !words.contains(|c: char| c.is_ascii_digit())
    }
}

/// The lines of a text that look like a page's template, in order.
pub fn find(text: &Text) -> Vec<Found> {
    let lines = Lines::of(text);
    let of_line = |line: usize| {
        let words = lines.low[line].as_str();
        let found =
            DETECTORS.iter().find(|detector| !words.is_empty() && detector.sign.finds(&lines, line, words));
        found.map(|detector| Found { line, reason: detector.reason })
    };
    (0..lines.low.len()).filter_map(of_line).collect()
}

impl Sign {
    fn finds(&self, lines: &Lines<'_>, line: usize, words: &str) -> bool {
        let within = |most: usize| words.split_whitespace().nth(most).is_none();
        let any = |phrases: &str| phrases.split('|').any(|phrase| words.contains(phrase));
        match self {
            Self::Is(phrases) => {
                let words = words.trim_end_matches([':', '.', '…', '>', '›', '»', '|', ' ']);
                is_one(phrases, words)
            }
            Self::Begins(most, phrases) => {
                let begins = |phrase: &str| {
                    let rest = words.strip_prefix(phrase);
                    rest.is_some_and(|rest| phrase.ends_with(':') || !rest.starts_with(char::is_alphanumeric))
                };
                within(*most) && phrases.split('|').any(begins)
            }
            Self::Has(most, phrases) => within(*most) && any(phrases),
            Self::HasBoth(most, one, other) => within(*most) && any(one) && any(other),
            Self::Test(test) => test(lines, line),
        }
    }
}

/// Whether a word is one of a list.
fn is_one(list: &str, word: &str) -> bool {
    list.split('|').any(|phrase| phrase == word)
}

fn is_networks(lines: &Lines<'_>, line: usize) -> bool {
    let words = lines.low[line].split(|c: char| c.is_whitespace() || ",|·•/".contains(c));
    let mut words = words.filter(|word| !word.is_empty()).peekable();
    words.peek().is_some_and(|first| *first != "x" && *first != "print")
        && words.all(|word| is_one(NETWORKS, word))
}

fn is_comments(lines: &Lines<'_>, line: usize) -> bool {
    let words = lines.low[line].trim_matches(|c: char| c.is_ascii_digit() || "()[] ,.".contains(c));
    is_one(COMMENTS, words)
}

fn is_reading_time(lines: &Lines<'_>, line: usize) -> bool {
    let words = &lines.low[line];
    let short = words.split_whitespace().nth(6).is_none() && words.contains(|c: char| c.is_numeric());

    short && READING_TIME.split('|').any(|phrase| words.contains(phrase))
}

/// Names with agencies: `A. Name/Agency/Agency`, of which two may be unknown.
fn is_agency_credit(lines: &Lines<'_>, line: usize) -> bool {
    let words = &lines.low[line];
    let parts: Vec<&str> = words.split(['/', '|']).map(str::trim).collect();
    // Three names with nothing between them but strokes are one, whoever they are.
    let is_name = |part: &str| {
        !part.is_empty() && part.split_whitespace().nth(3).is_none() && !part.contains(['.', ',', ':', '?'])
    };
    let strokes = words.matches('/').count() >= 2 && !words.contains(" /") && !words.contains("/ ");
    let names = strokes && !words.contains("//") && parts.iter().all(|part| is_name(part));
    let is_agency = |part: &&str| is_one(AGENCIES, part) || part.ends_with("getty images");
    words.split_whitespace().nth(10).is_none()
        && !words.ends_with('.')
        && (names || parts.len() > 1 && parts.iter().any(is_agency) || is_one(AGENCIES, words))
}

/// `someName: value`, as scripts leave it behind.
fn is_setting(lines: &Lines<'_>, line: usize) -> bool {
    let Some((name, value)) = lines.as_is[line].split_once(':') else { return false };
    let value = value.trim().trim_end_matches([',', ';']);
    let name = name.trim_matches('"');
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-.".contains(c);
    let humps = name.chars().skip(1).any(|c| c.is_ascii_uppercase() || c == '_');
    !name.is_empty()
        && name.chars().all(plain)
        && name.starts_with(|c: char| c.is_ascii_lowercase())
        && (humps || ["true", "false", "null"].contains(&value))
        && value.split_whitespace().nth(1).is_none()
}

/// `Home › News › Town`: short parts between signs.
fn is_path(lines: &Lines<'_>, line: usize) -> bool {
    let words = &lines.low[line];
    ["|", "›", "»", " > ", " • ", " · "].iter().any(|sign| {
        let parts: Vec<&str> = words.split(sign).map(str::trim).filter(|part| !part.is_empty()).collect();
        let least = if matches!(*sign, " · " | "|") { 4 } else { 3 };
        parts.len() >= least
            && parts.iter().all(|part| part.split_whitespace().nth(3).is_none() && !part.ends_with('.'))
    })
}

/// A line with words that stood above in just these letters.
fn is_repeated(lines: &Lines<'_>, line: usize) -> bool {
    let words = lines.as_is[line];
    words.chars().filter(|c| c.is_alphabetic()).nth(3).is_some()
        && lines.first.get(words).is_some_and(|first| *first < line)
}

/// At least four short lines in a row, with nothing or blank lines between them.
fn is_menu(lines: &Lines<'_>, line: usize) -> bool {
    let run = |step: i64| {
        let mut at = line as i64 + step;
        let mut count = 0;
        let mut blank = 0;
        while count < 4 && at >= 0 && (at as usize) < lines.low.len() {
            if lines.is_short(at as usize) {
                (count, blank) = (count + 1, 0);
            } else if lines.as_is[at as usize].is_empty() && blank == 0 {
                blank = 1;
            } else {
                break;
            }
            at += step;
        }
        count
    };
    lines.is_short(line) && run(-1) + run(1) >= 3
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reasons(text: &str) -> Vec<(usize, &'static str)> {
        find(&Text::new(text)).iter().map(|found| (found.line, found.reason)).collect()
    }

    #[test]
    fn every_detector_finds_its_line_and_leaves_a_sentence_alone() {
        for (line, reason) in [
            ("We use cookies to make this page better. Accept all", "a notice about cookies"),
            ("Wir verwenden Cookies für die Statistik", "a notice about cookies"),
            ("Datenschutz", "a notice about data protection"),
            ("ADVERTISEMENT", "an advertisement"),
            ("Реклама", "an advertisement"),
            ("Sponsored by Harbour Water", "an advertisement"),
            ("Share this article", "buttons to share it"),
            ("Facebook Twitter WhatsApp", "buttons to share it"),
            ("Sign up for our morning letter", "an invitation to subscribe"),
            ("Abonnez-vous à notre lettre", "an invitation to subscribe"),
            ("Read more: What the tunnel will cost", "a link to something else to read"),
            ("Lesen Sie auch: Der lange Weg zum Tunnel", "a link to something else to read"),
            ("Related articles", "a heading of links"),
            ("Comments (12)", "comments of readers"),
            ("Log in", "signing in"),
            ("4 min read", "how long it takes to read"),
            ("© 2031 The Northport Courier", "whose copyright it is"),
            ("This text was first published on another page", "where it was published first"),
            ("Photo: R. Alder", "the credit of a picture"),
            ("R. Alder/AFP/Getty Images", "the credit of a picture"),
            ("Maren Oduya/NPA/Harbour Pictures", "the credit of a picture"),
            ("showTeaser: false", "a setting of the page"),
            ("maxRows: 12", "a setting of the page"),
            ("Home › News › Harbour", "the way to this page"),
            ("Enlarge image", "controls of a video or picture"),
        ] {
            assert_eq!(reasons(&format!("First words.\n{line}\nLast words.")), [(1, reason)], "{line}");
        }
        for line in [
            "The council decided on Tuesday to share this burden with the region, which had asked for it.",
            "Related costs rose by a third.",
            "‘Nobody asked us’",
            "The mayor said: no.",
            "She reads the Courier on her telephone and never accepted its terms; a cookie lay beside it.",
            "By R. Alder",
            "NORTHPORT — The harbour is open.",
            "Advertisements cost the party 4 million last year.",
            "Printers strike",
            "vote: 21 to 14",
            "Open and/or closed",
            "See https://example.org/a/b",
        ] {
            assert_eq!(reasons(&format!("First words.\n{line}\nLast words.")), [], "{line}");
        }
    }

    #[test]
    fn repeated_lines_and_menus_are_found_by_what_stands_around_them() {
        let text = "The harbour\n\nHome\nTown\n\nSport\nWeather\n\nThe council met.\n\nThe harbour\nOld bridge\n\nIt ended late.";
        let menu = "one of several short lines, as in a menu";
        let found = reasons(text);
        let lines: Vec<usize> =
            found.iter().filter(|(_, reason)| *reason == menu).map(|(line, _)| *line).collect();
        assert_eq!(lines, [0, 2, 3, 5, 6], "{found:?}");
        assert!(found.contains(&(10, "the same line stands above")), "{found:?}");
        assert_eq!(reasons(""), []);
        assert_eq!(reasons("One\n\nTwo\n\nThree words here."), []);
    }
}
