//! The article of a whole page: headline, what stands between it and the first paragraph, paragraphs.
//!
//! May use: dom_smoothie, the rest of `formats::incoming`. Invariant: every word of the text is a
//! visible word of the page, in the page's order; what the page says about itself (JSON-LD, `meta`)
//! only fills the details. Known limit: a guess, measured in `tests/pages`.

use dom_smoothie::Readability;

use super::lines;
use super::tokens::{Token, Tokens, attribute};
use crate::formats::incoming::Details;
use crate::formats::incoming::notes::is_address;

/// Fewer words than these are no article that was found.
const FEW_WORDS: usize = 40;
/// A line between headline and article that has so many words is a standfirst or a caption.
const STANDFIRST: usize = 6;
/// More lines between headline and article than these belong to something else.
const BETWEEN: usize = 24;

/// What nobody sees.
const HIDDEN: &str = "body [hidden], body [aria-hidden=\"true\"], body [style*=\"display:none\"], body [style*=\"display: none\"], body [style*=\"visibility:hidden\"], body [style*=\"visibility: hidden\"], body template, body noscript";

/// The article of a page.
pub struct Found {
    /// Its text.
    pub text: String,
    /// What the page says about it.
    pub details: Details,
    /// What is to be told.
    pub remarks: Vec<String>,
}

/// The visible part of a page, written out again by the parser.
pub fn visible(html: &str) -> String {
    let page = Readability::from(html);
    page.doc.select(HIDDEN).remove();
    page.doc.html().to_string()
}

/// Finds the article of a page.
pub fn article(html: &str) -> Found {
    let mut page = Readability::from(html);
    page.doc.select(HIDDEN).remove();
    let said = |selector: &str, attribute: &str| {
        page.doc.select_single(selector).attr(attribute).map(|value| folded(&value)).unwrap_or_default()
    };
    let addresses = [said("link[rel=\"canonical\"]", "href"), said("meta[property=\"og:url\"]", "content")];
    let time = said("time[datetime]", "datetime");
    let headlines: Vec<String> =
        page.doc.select("h1").iter().map(|h1| folded(&h1.text())).filter(|text| !text.is_empty()).collect();
    let whole = lines::of(&page.doc.html());
    let mut remarks = Vec::new();
    let Some(read) =
        page.parse().ok().filter(|read| read.text_content.split_whitespace().count() >= FEW_WORDS)
    else {
        remarks.push("No article stands out on the page, so all its words are here".to_owned());
        let mut details = Details { address: address_of(html, addresses, None), ..Details::default() };
        details.title = headlines.into_iter().next().unwrap_or_default();
        return Found { text: whole, details, remarks };
    };
    let title = folded(&read.title);
    let headline = headlines
        .iter()
        .find(|h1| is_like(h1, &title))
        .or(headlines.first().filter(|_| headlines.len() == 1));
    let headline = headline.cloned().unwrap_or_else(|| title.clone());
    let byline = read.byline.as_deref().map(folded).unwrap_or_default();
    let body = lines::of(&read.content);
    let text = joined(&whole, &headline, &byline, &body);
    let date = read.published_time.as_deref().map(folded).filter(|date| !date.is_empty()).unwrap_or(time);
    let details = Details {
        title: if headline.is_empty() { title } else { headline },
        byline: name_of(&byline),
        outlet: read.site_name.as_deref().map(folded).unwrap_or_default(),
        date: day(&date),
        address: address_of(html, addresses, read.url.as_deref()),
    };
    Found { text, details, remarks }
}

/// Headline, what stands below it, and the article.
fn joined(whole: &str, headline: &str, byline: &str, body: &str) -> String {
    let paragraphs: Vec<&str> = body.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let in_body = |line: &str| paragraphs.iter().any(|known| *known == line || known.contains(line));
    let page: Vec<&str> = whole.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let first = paragraphs.iter().copied().find(|line| *line != headline).unwrap_or_default();
    let end = page.iter().position(|line| *line == first);
    let begin = page[..end.unwrap_or(page.len())].iter().rposition(|line| folded(line) == headline);
    let mut head: Vec<&str> = Vec::new();
    if let (Some(begin), Some(end)) = (begin, end)
        && end - begin <= BETWEEN
    {
        for line in &page[begin + 1..end] {
            let is_byline =
                !byline.is_empty() && (line.contains(byline) || byline.contains(line) && line.len() > 4);
            if !in_body(line) && (is_byline || line.split_whitespace().count() >= STANDFIRST) {
                head.push(line);
            }
        }
    }
    let mut text = String::new();
    // A headline that only the page's own data has is no visible word.
    if page.iter().any(|line| folded(line) == headline) && paragraphs.first() != Some(&headline) {
        text.push_str(headline);
        text.push_str("\n\n");
    }
    for line in head {
        text.push_str(line);
        text.push_str("\n\n");
    }
    text.push_str(body);
    text
}

/// White space folded, as a browser shows it.
fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a headline is the one that the page's title means.
fn is_like(headline: &str, title: &str) -> bool {
    let plain = |text: &str| {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>()
    };
    let (headline, title) = (plain(headline), plain(title));
    !headline.is_empty() && (title.contains(&headline) || !title.is_empty() && headline.contains(&title))
}

/// A byline without the word before the name.
fn name_of(byline: &str) -> String {
    let words = ["By ", "by ", "BY ", "Von ", "von ", "Par ", "Por ", "Di ", "Door "];
    let name = words.iter().find_map(|word| byline.strip_prefix(word)).unwrap_or(byline);
    name.trim().to_owned()
}

/// The day of a time as machines write it; anything else as it is.
fn day(date: &str) -> String {
    let is_day = date.len() >= 10
        && date.is_char_boundary(10)
        && date[..10]
            .char_indices()
            .all(|(at, c)| if at == 4 || at == 7 { c == '-' } else { c.is_ascii_digit() });
    if is_day { date[..10].to_owned() } else { date.to_owned() }
}

/// Where the page was: what it says itself, else what the browser noted when it saved it.
fn address_of(html: &str, said: [String; 2], data: Option<&str>) -> String {
    let saved = saved_from(html);
    let all = said.into_iter().chain(data.map(str::to_owned)).chain([saved]);
    all.into_iter().find(|address| is_address(address)).unwrap_or_default()
}

/// What a browser, or SingleFile, writes into a page that it saves.
fn saved_from(html: &str) -> String {
    for token in Tokens::of(html).take(400) {
        let Token::Comment(words) = token else {
            if let Token::Open { rest, .. } = token
                && let Some(address) = attribute(rest, "data-scrapbook-source")
            {
                return address;
            }
            continue;
        };
        if !words.contains("saved from url=(") && !words.contains("SingleFile") {
            continue;
        }
        if let Some(at) = words.find("http") {
            return words[at..].split_whitespace().next().unwrap_or_default().to_owned();
        }
    }
    String::new()
}

/// Where something was copied from, where the clipboard says so.
pub fn copied_from(html: &str) -> String {
    let line = html.lines().take(20).find_map(|line| line.trim().strip_prefix("SourceURL:"));
    line.map(str::trim).filter(|address| is_address(address)).unwrap_or_default().to_owned()
}
