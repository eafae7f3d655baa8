//! Web pages: the article of a page that a browser saved, and HTML from the clipboard.
//!
//! May use: dom_smoothie (which parses and finds the article), the rest of
//! `formats::incoming`. Invariants: nothing is run and nothing is fetched, an address is only text;
//! size and nesting are looked at before anything is built of the page; hidden parts, scripts and
//! comments are no text. Known limits: a page whose words a script fetches has none; which part of a
//! page is the article is a guess, so the dialog shows it.

mod lines;
mod page;
mod tokens;

use super::encoding::{decode, named};
use super::{Imported, NotRead, ReadOptions, sniff};
use tokens::{Token, Tokens};

/// More of a page than this is no article.
const MOST_BYTES: usize = 32 << 20;
/// More elements than these are no article either; each costs a node.
const MOST_ELEMENTS: usize = 300_000;
/// Browsers stop at this depth, too.
const DEEPEST: usize = 512;

/// Reads the article of a page.
pub fn read(bytes: &[u8], options: ReadOptions) -> Result<Imported, NotRead> {
    sniff::refuse_foreign(bytes)?;
    if bytes.len() > MOST_BYTES {
        return Err(too_large("it has more than 32 MB"));
    }
    let decoded = decode(bytes, options.encoding, declared(bytes))
        .ok_or_else(|| NotRead::new("Not a text file (it holds NUL bytes)", sniff::ADVICE))?;
    fits(&decoded.text)?;
    let found = page::article(&decoded.text);
    let mut imported = Imported::of("html", &found.text, bytes, &decoded, options)
        .map_err(|error| if found.text.trim().is_empty() { no_words() } else { error })?;
    imported.details = found.details;
    imported.remarks.extend(found.remarks);
    Ok(imported)
}

/// Reads what was copied out of a page or a word processor: all of it.
pub fn read_copied(html: &str) -> Result<Imported, NotRead> {
    if html.len() > MOST_BYTES {
        return Err(too_large("it has more than 32 MB"));
    }
    fits(html)?;
    let text = words_of_part(html);
    let decoded = super::Decoded {
        text: String::new(),
        charset: "UTF-8",
        certainty: super::Certainty::Certain,
        invalid: None,
    };
    let options = ReadOptions::default();
    let mut imported = Imported::of("html", &text, html.as_bytes(), &decoded, options)
        .map_err(|error| if text.trim().is_empty() { no_words() } else { error })?;
    imported.details.address = page::copied_from(html);
    Ok(imported)
}

/// The words of a piece of HTML; empty where it is too large or nested to be looked at.
pub fn words_of_part(html: &str) -> String {
    if html.len() > MOST_BYTES || fits(html).is_err() {
        return String::new();
    }
    lines::of(&page::visible(html))
}

fn too_large(why: &str) -> NotRead {
    NotRead::new(
        format!("The page is too large to be an article ({why})"),
        "Copy the article's text and choose “New from clipboard”",
    )
}

fn no_words() -> NotRead {
    NotRead::new(
        "The page has no words that could be seen (a script fetches them, perhaps)",
        "Copy the article's text in the browser and choose “New from clipboard”",
    )
}

/// The encoding that a page names in its first kilobytes.
fn declared(bytes: &[u8]) -> Option<&'static str> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_ascii_lowercase();
    let mut rest = head.as_str();
    while let Some(at) = rest.find("charset").or_else(|| rest.find("encoding")) {
        rest = &rest[at + 7..];
        let value = rest.trim_start_matches('g').trim_start();
        if let Some(value) = value.strip_prefix('=') {
            let value = value.trim_start().trim_start_matches(['"', '\'']);
            let end = value.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_'));
            // Who writes so in ASCII does not write UTF-16.
            let known =
                named(&value[..end.unwrap_or(value.len())]).filter(|name| !name.starts_with("UTF-16"));
            if known.is_some() {
                return known;
            }
        }
    }
    None
}

/// Refuses what would grow out of proportion, by looking at the tags alone.
fn fits(html: &str) -> Result<(), NotRead> {
    // Elements that nothing closes by itself; of formatting ones, each paragraph repeats those open.
    let mut open: Vec<&str> = Vec::new();
    let mut formats = 0_usize;
    let mut elements = 0_usize;
    for token in Tokens::of(html) {
        match token {
            Token::Open { name, .. } if !tokens::closes_itself(name) => {
                elements += 1 + formats;
                formats += usize::from(tokens::is_format(name));
                open.push(name);
                if open.len() > DEEPEST {
                    return Err(too_large("its elements are nested too deeply"));
                }
            }
            Token::Open { .. } => elements += 1 + formats,
            Token::Close(name) => {
                // Only near ones: closing what is far up closes nothing in practice.
                if let Some(at) = open.iter().rposition(|known| known.eq_ignore_ascii_case(name)) {
                    formats -= open[at..].iter().filter(|name| tokens::is_format(name)).count();
                    open.truncate(at);
                }
            }
            _ => {}
        }
        if elements > MOST_ELEMENTS {
            return Err(too_large("it has too many elements"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
