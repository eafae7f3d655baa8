//! From HTML that a parser has written out again to paragraphs.
//!
//! May use: the rest of `formats::incoming`. Invariant: what the browser would show as a block is a
//! paragraph, a row of a table a line with tabs, a point of a list a line with its bullet or number.

use super::super::lines::Lines;
use super::tokens::{Token, Tokens, attribute, is_any, plain};

/// Elements that stand apart.
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "section",
    "article",
    "header",
    "footer",
    "main",
    "aside",
    "nav",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "dl",
    "table",
    "blockquote",
    "pre",
    "figure",
    "figcaption",
    "address",
    "form",
    "fieldset",
    "hr",
    "center",
    "details",
    "summary",
    "body",
    "caption",
    "hgroup",
    "dialog",
];
/// Elements that begin a line.
const ROWS: &[&str] = &["tr", "dt", "dd"];
/// Elements whose content is no text of the article.
const SILENT: &[&str] = &[
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "canvas", "head",
    "textarea", "select", "audio", "video", "noframes", "noembed", "title", "datalist", "button", "map",
];

/// A longer cell makes a table one that lays out a page.
const LONG_CELL: usize = 300;
/// What stands in a table that lays out a page, and in no table of figures.
const LAYOUT: &[&str] =
    &["h1", "h2", "h3", "h4", "h5", "h6", "div", "article", "section", "blockquote", "form", "ul", "ol"];

/// For each table, in order, whether it only lays out the page.
fn layouts(html: &str) -> Vec<bool> {
    let mut all: Vec<bool> = Vec::new();
    // The tables that are open: which, and how much text its cell has.
    let mut open: Vec<(usize, usize)> = Vec::new();
    for token in Tokens::of(html) {
        match token {
            Token::Open { name: "table", .. } => {
                for (table, _) in &open {
                    all[*table] = true;
                }
                open.push((all.len(), 0));
                all.push(false);
            }
            Token::Close("table") => {
                open.pop();
            }
            Token::Open { name, .. } => {
                let Some((table, length)) = open.last_mut() else { continue };
                if is_any(name, &["td", "th"]) {
                    *length = 0;
                }
                all[*table] |= is_any(name, LAYOUT);
            }
            Token::Text(words) => {
                let Some((table, length)) = open.last_mut() else { continue };
                *length += words.trim().len();
                all[*table] |= *length > LONG_CELL;
            }
            _ => {}
        }
    }
    all
}

/// The text of a page or of a part of it.
pub fn of(html: &str) -> String {
    let mut lines = Lines::default();
    // How deep inside a silent element; how many `pre` are open; numbers of open lists.
    let (mut silent, mut exact) = (0_usize, 0_usize);
    let mut silent_name = "";
    let mut lists: Vec<Option<i64>> = Vec::new();
    let mut fresh_item = false;
    let layouts = layouts(html);
    let (mut tables, mut seen): (Vec<bool>, usize) = (Vec::new(), 0);
    for token in Tokens::of(html) {
        match token {
            Token::Open { name, rest } => {
                if silent > 0 {
                    silent += usize::from(name == silent_name);
                    seen += usize::from(name == "table");
                } else if is_any(name, SILENT) {
                    (silent, silent_name) = (1, name);
                } else if name == "br" {
                    lines.line();
                } else if tables.last() == Some(&true) && is_any(name, &["td", "th", "tr"]) {
                    lists.clear();
                    lines.block();
                } else if is_any(name, &["td", "th"]) {
                    if !fresh_item {
                        lines.exactly("\t");
                    }
                    fresh_item = true;
                    lists.clear();
                } else if is_any(name, ROWS) {
                    lines.line();
                    fresh_item = true;
                } else if name == "li" {
                    lines.line();
                    lines.lead(&lead(&mut lists));
                    fresh_item = true;
                } else if is_any(name, BLOCKS) {
                    exact += usize::from(name == "pre");
                    if name == "table" {
                        tables.push(layouts.get(seen).copied().unwrap_or_default());
                        seen += 1;
                    }
                    if is_any(name, &["ul", "ol"]) {
                        let first = attribute(rest, "start").and_then(|n| n.trim().parse().ok());
                        lists.push((name == "ol").then_some(first.unwrap_or(1)));
                        if lists.len() == 1 {
                            lines.block();
                        }
                    } else if !fresh_item {
                        parted(&mut lines, &lists);
                    }
                }
            }
            Token::Close(name) => {
                if silent > 0 {
                    silent -= usize::from(name == silent_name);
                } else if is_any(name, BLOCKS) {
                    exact -= usize::from(name == "pre" && exact > 0);
                    if name == "table" {
                        tables.pop();
                    }
                    if is_any(name, &["ul", "ol"]) {
                        lists.pop();
                    }
                    parted(&mut lines, &lists);
                    fresh_item = false;
                } else if tables.last() == Some(&true) && is_any(name, &["td", "th", "tr"]) {
                    lists.clear();
                    lines.block();
                    fresh_item = false;
                } else if name == "li" || name == "tr" {
                    lines.line();
                    fresh_item = false;
                } else if is_any(name, &["td", "th"]) {
                    // The paragraph that ended was the cell's own.
                    lines.join();
                    fresh_item = false;
                }
            }
            Token::Text(words) if silent == 0 => {
                let words = plain(words);
                if exact > 0 {
                    lines.exactly(&words);
                } else {
                    lines.flow(&words);
                }
                fresh_item &= words.trim().is_empty();
            }
            _ => {}
        }
    }
    lines.finish()
}

/// The end of a block: of a list's point a line, else a paragraph.
fn parted(lines: &mut Lines, lists: &[Option<i64>]) {
    if lists.is_empty() { lines.block() } else { lines.line() }
}

fn lead(lists: &mut [Option<i64>]) -> String {
    match lists.last_mut() {
        Some(Some(number)) => {
            *number = number.saturating_add(1);
            format!("{}. ", *number - 1)
        }
        _ => "• ".to_owned(),
    }
}
