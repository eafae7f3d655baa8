//! The report and what is copied, read as a browser reads them: whatever is entered, the elements are
//! ours and the texts are what was entered.
//!
//! May use: formats, domain, random projects. The reader below is stricter than a browser: a `<` that
//! begins no tag of ours, an attribute it does not know and an element that is not closed are faults.

use proptest::prelude::*;

use super::laws::nasty;
use super::ron::worlds;
use super::samples::{evidence, mark, project, stamp};
use super::tests::text;
use super::*;
use crate::domain::annotation::{AnnotationValue as V, EvidenceValue as E, Prose};
use crate::domain::project::AboutValue;
use crate::domain::{Id, Kind, Span, Status};

/// A tag with its attributes, or text.
#[derive(Debug, PartialEq)]
enum Token {
    Open(String, Vec<(String, String)>),
    Close(String),
    Text(String),
}

const TAGS: [&str; 31] = [
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "header",
    "main",
    "footer",
    "section",
    "aside",
    "h1",
    "h2",
    "h3",
    "p",
    "ul",
    "ol",
    "li",
    "a",
    "mark",
    "bdi",
    "span",
    "blockquote",
    "dl",
    "dt",
    "dd",
    "q",
    "b",
    "br",
    "strong",
    "em",
];

fn plain(escaped: &str) -> String {
    let text = escaped.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    text.replace("&amp;", "&")
}

/// The tokens of a page; every text is unescaped.
fn tokens(page: &str) -> Vec<Token> {
    let mut rest = page.strip_prefix("<!DOCTYPE html>").unwrap_or(page);
    let (mut tokens, mut open): (Vec<Token>, Vec<String>) = (Vec::new(), Vec::new());
    while !rest.is_empty() {
        let Some(inner) = rest.strip_prefix('<') else {
            let end = rest.find('<').unwrap_or(rest.len());
            assert!(!rest[..end].contains('>') || open.last().is_some_and(|tag| tag == "style"), "{rest}");
            tokens.push(Token::Text(plain(&rest[..end])));
            rest = &rest[end..];
            continue;
        };
        let end = inner.find('>').expect("a tag ends");
        let (tag, after) = (&inner[..end], &inner[end + 1..]);
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name), "nested wrongly");
            tokens.push(Token::Close(name.into()));
            continue;
        }
        let (name, mut attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        assert!(TAGS.contains(&name), "<{tag}>");
        let mut found = Vec::new();
        while let Some((key, value)) = attributes.trim_start().split_once("=\"") {
            let (value, more) = value.split_once('"').expect("a value ends");
            found.push((key.to_owned(), plain(value)));
            attributes = more;
        }
        assert!(attributes.trim().is_empty(), "<{tag}>");
        tokens.push(Token::Open(name.into(), found));
        if !matches!(name, "meta" | "br") {
            open.push(name.into());
        }
    }
    assert!(open.is_empty(), "{open:?} not closed");
    tokens
}

/// All attributes are known ones, and links lead to the page itself or to the web.
fn is_harmless(tokens: &[Token]) -> Result<(), String> {
    for token in tokens {
        let Token::Open(name, attributes) = token else { continue };
        for (key, value) in attributes {
            let fine = match key.as_str() {
                "href" => value.starts_with('#') || address::check(value).is_ok(),
                "class" | "id" | "title" | "dir" | "rel" | "aria-label" => true,
                "charset" | "http-equiv" | "content" | "name" => name == "meta",
                _ => false,
            };
            if !fine {
                return Err(format!("{key}={value} on {name}"));
            }
        }
    }
    Ok(())
}

/// The paragraphs of the article in a report, without the numbers of marks.
fn paragraphs(tokens: &[Token]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let (mut inside, mut number) = (false, false);
    for token in tokens {
        match token {
            Token::Open(name, a) if name == "p" && a.iter().any(|(k, v)| k == "dir" && v == "auto") => {
                inside = true;
                found.push(String::new());
            }
            Token::Close(name) if name == "p" => inside = false,
            Token::Open(name, a) if name == "a" => number = a.iter().any(|(_, value)| value == "n"),
            Token::Close(name) if name == "a" => number = false,
            Token::Text(text) if inside && !number => {
                if let Some(paragraph) = found.last_mut() {
                    paragraph.push_str(text);
                }
            }
            _ => {}
        }
    }
    found
}

fn texts(tokens: &[Token]) -> String {
    let mut all = String::new();
    for token in tokens {
        match token {
            Token::Text(text) => all.push_str(text),
            // What stands in another element stands apart.
            _ => all.push('\u{1f}'),
        }
    }
    all
}

/// The links of a page, and the places in it that links can lead to.
fn links(tokens: &[Token]) -> (Vec<String>, Vec<String>) {
    let all = |wanted: &str| {
        let attributes = tokens.iter().filter_map(|token| match token {
            Token::Open(_, attributes) => Some(attributes),
            _ => None,
        });
        let values = attributes.flatten().filter(|(key, _)| key == wanted);
        values.map(|(_, value)| value.clone()).collect()
    };
    (all("href"), all("id"))
}

proptest! {
    // E04
    #[test]
    fn whatever_is_entered_the_elements_are_ours_and_the_texts_are_there(
        fact in nasty(), words in nasty(), note in nasty(), address in nasty(),
    ) {
        let evil = ["<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "]]>", "-->", "&lt;b&gt;"];
        let mut stamp = stamp();
        let text_of = format!("Title\n\n x{words}x {}", evil.concat());
        let mut p = project(crate::domain::Text::normalised(&text_of).as_str(), &mut stamp);
        let fact = format!("{fact}{}", evil[words.len() % 5]);
        let said = format!("{}{note}", evil[note.len() % 5]);
        let about = vec![
            AboutValue::Title(said.clone()), AboutValue::Byline(fact.clone()), AboutValue::Address(address.clone()),
        ];
        let described = p.describe(about, &mut stamp);
        p.apply(&described).expect("described");
        let marked = crate::domain::Text::normalised(&format!("x{words}x")).as_str().to_owned();
        let values = vec![
            V::Status(Status::Verified), V::Fact(Prose(fact.clone())), V::Rationale(Prose(said.clone())),
            V::Speaker(Some(Speaker::Name(said.clone()))), V::SaidWhere(fact.clone()),
        ];
        let id = mark(&mut p, Kind::Claim, &marked, values, &mut stamp);
        let found = vec![
            E::Title(said.clone()), E::Excerpt(Prose(fact.clone())), E::Address(address.clone()), E::Archived(address),
        ];
        evidence(&mut p, id, found, &mut stamp);
        let clip = clip::clip(&p, &[id]);
        for page in [text("html", &p, Include::All), text("sources", &p, Include::All), clip.html] {
            let tokens = tokens(&page);
            prop_assert_eq!(is_harmless(&tokens), Ok(()));
            let all = texts(&tokens);
            let wanted = html::shown(said.trim());
            prop_assert!(all.contains(wanted.trim()), "{wanted:?} is not in {all:?}");
        }
        let report = tokens(&text("html", &p, Include::All));
        let all = texts(&report);
        for wanted in [&fact, &said] {
            prop_assert!(all.contains(html::shown(wanted.trim()).trim()), "{wanted:?} is not in {all:?}");
        }
    }

    #[test]
    fn the_article_is_whole_and_every_link_of_the_report_leads_somewhere(p in worlds::project()) {
        for include in Include::ALL {
            let tokens = tokens(&text("html", &p, include));
            prop_assert_eq!(is_harmless(&tokens), Ok(()));
            let lines = p.article.text.lines().filter(|line| !line.trim().is_empty());
            let lines: Vec<String> = lines.map(html::shown).collect();
            prop_assert_eq!(paragraphs(&tokens), lines);
            let (links, places) = links(&tokens);
            let mut sorted = places.clone();
            sorted.dedup();
            sorted.sort();
            sorted.dedup();
            prop_assert_eq!(sorted.len(), places.len(), "a place twice");
            let rows = listed(&p, include);
            prop_assert_eq!(places.len(), rows.iter().map(|a| 1 + a.placed().count()).sum::<usize>());
            for link in links.iter().filter_map(|link| link.strip_prefix('#')) {
                prop_assert!(places.iter().any(|place| place == link), "{link}");
            }
        }
    }
}

// F21 for the report: marks over each other cost what they are, not their square.
#[test]
fn marks_over_each_other_do_not_multiply() {
    let size = |count: usize| {
        let mut stamp = stamp();
        let mut p = project(&"letters ".repeat(200), &mut stamp);
        for n in 0..count {
            let (_, marked) = p.mark(Kind::ALL[n % 3], &[Span::new(n % 90, 1599 - n % 90)], &mut stamp);
            p.apply(&marked).expect("marked");
        }
        text("html", &p, Include::All).len()
    };
    let (few, many) = (size(200), size(800));
    assert!(many < few * 5, "{few}, then {many}");
}

#[test]
fn a_copy_is_the_picked_annotations_in_both_forms() {
    let mut stamp = stamp();
    let mut p = project("One claim. Two claims.", &mut stamp);
    let set = |fact: &str| vec![V::Status(Status::Verified), V::Fact(fact.into())];
    let one = mark(&mut p, Kind::Claim, "One claim", set("It is *one*"), &mut stamp);
    let two = mark(&mut p, Kind::Claim, "Two claims", set("It is two"), &mut stamp);
    evidence(&mut p, one, vec![E::Title("Log".into()), E::Address("https://x.example/".into())], &mut stamp);
    let clip = clip::clip(&p, &[one, Id::default()]);
    assert_eq!(clip.count, 1);
    let markdown = "### It is \\*one\\*\n\n> One claim\n\nClaim · ¶ 1 · ✓ Verified\n\nEvidence:\n\n\
                    - Supports: [Log](<https://x.example/>)\n";
    assert_eq!(clip.markdown, markdown);
    let html = "<p><b><bdi>It is *one*</bdi></b></p><blockquote><bdi>One claim</bdi></blockquote>\
                <p>✓ Verified · Claim · ¶ 1</p><ul><li>Supports: <a href=\"https://x.example/\" \
                rel=\"noopener noreferrer\"><bdi>Log</bdi></a></li></ul>\n";
    assert_eq!(clip.html, html);
    let both = clip::clip(&p, &[two, one]);
    assert!(both.count == 2 && both.markdown.starts_with("### 1. It is two\n"));
}
