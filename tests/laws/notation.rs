//! A project as one line of marked text, so that an example reads: before, action, after.
//!
//! `[mayor]` is a claim, `{q:mayor}` a quote, `{s:mayor}` a source. A digit after the letter joins
//! stretches into one annotation: `{q1:We} he said {q1:go}`. In what is printed, `!` at the start
//! of a mark says that it is to be checked again (`[!mayr]`), and marks after ` ~ ` at the end are
//! orphans. Marks nest; they do not cross.

use std::collections::BTreeMap;

use jiff::Timestamp;
use proofmark::domain::article::Edit;
use proofmark::domain::{Article, Kind, Project, Span, Stamp, Text, Transaction};

use crate::worlds::assert_sound;

/// A stamp whose ids follow from a number.
pub fn stamp(seed: u128) -> Stamp {
    Stamp::new(Timestamp::UNIX_EPOCH, "Ada", seed.wrapping_mul(0x0123_4567_89ab_cdef_1357_9bdf_0246_8ace))
}

/// A project of a text without marks.
pub fn project(text: &str) -> Project {
    let mut stamp = stamp(1);
    let article = Article::new("a.txt".into(), String::new(), Text::new(text), &mut stamp);
    Project::new(article, &mut stamp)
}

fn kind(letter: char) -> Kind {
    match letter {
        'c' => Kind::Claim,
        'q' => Kind::Quote,
        's' => Kind::Source,
        other => panic!("no kind {other:?} in the notation"),
    }
}

/// The project that a marked text stands for.
pub fn parse(marked: &str) -> Project {
    let mut text = String::new();
    let mut open: Vec<(usize, String)> = Vec::new();
    let mut marks: BTreeMap<String, Vec<Span>> = BTreeMap::new();
    let mut chars = marked.chars();
    while let Some(c) = chars.next() {
        match c {
            '[' => open.push((text.len(), format!("c#{}", text.len()))),
            '{' => {
                let mut name: String = chars.by_ref().take_while(|c| *c != ':').collect();
                if name.len() == 1 {
                    name.push_str(&format!("#{}", text.len()));
                }
                open.push((text.len(), name));
            }
            ']' | '}' => {
                let (start, name) = open.pop().expect("a mark that was opened");
                marks.entry(name).or_default().push(Span::new(start, text.len()));
            }
            c => text.push(c),
        }
    }
    assert!(open.is_empty(), "a mark is not closed in {marked:?}");
    let mut project = project(&text);
    for (number, (name, spans)) in marks.into_iter().enumerate() {
        let kind = kind(name.chars().next().unwrap_or(' '));
        let (_, marking) = project.mark(kind, &spans, &mut stamp(100 + number as u128));
        project.apply(&marking).expect("fresh");
    }
    project
}

/// The marked text that stands for a project.
pub fn print(project: &Project) -> String {
    let mut marks: Vec<(Span, String, char)> = Vec::new();
    let mut lost = Vec::new();
    let mut groups = 0;
    for annotation in project.in_order() {
        let letter = &annotation.kind.word()[..1];
        let split = annotation.live_spans().count() > 1;
        groups += usize::from(split);
        let flag = if annotation.check_again.is_some() { "!" } else { "" };
        for span in annotation.live_spans() {
            let (opening, closing) = match (annotation.kind, split) {
                (Kind::Claim, false) => (format!("[{flag}"), ']'),
                (_, false) => (format!("{{{letter}:{flag}"), '}'),
                (_, true) => (format!("{{{letter}{groups}:{flag}"), '}'),
            };
            match span.place.at {
                Some(at) => marks.push((at, opening, closing)),
                None => lost.push(format!("{opening}{}{closing}", span.place.quote.as_str())),
            }
        }
    }
    marks.sort_by_key(|(at, ..)| (at.start, std::cmp::Reverse(at.end)));
    let text = project.article.text.as_str();
    let mut printed = String::new();
    let mut inside: Vec<(u32, char)> = Vec::new();
    let mut marks = marks.into_iter().peekable();
    for at in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
        while inside.last().is_some_and(|(end, _)| *end as usize == at) {
            printed.extend(inside.pop().map(|(_, closing)| closing));
        }
        while let Some((span, opening, closing)) = marks.next_if(|(span, ..)| span.start as usize == at) {
            assert!(inside.last().is_none_or(|(end, _)| span.end <= *end), "marks cross in {text:?}");
            printed.push_str(&opening);
            inside.push((span.end, closing));
        }
        printed.extend(text[at..].chars().next());
    }
    if !lost.is_empty() {
        printed.push_str(" ~ ");
        printed.push_str(&lost.join(" "));
    }
    printed
}

/// The edit that replaces the first occurrence of some words.
pub fn replacing(project: &Project, words: &str, by: &str) -> Edit {
    let at = project.article.text.as_str().find(words).expect("words of the text");
    Edit { at: at as u32, removed: words.into(), inserted: by.into() }
}

/// The edit that inserts words before the first occurrence of others.
pub fn inserting(project: &Project, words: &str, before: &str) -> Edit {
    let at = project.article.text.as_str().find(before).expect("words of the text");
    Edit { at: at as u32, removed: String::new(), inserted: words.into() }
}

/// Before, action, after; and every action is sound, and comes back exactly.
#[track_caller]
pub fn check(before: &str, action: impl FnOnce(&Project, &mut Stamp) -> Transaction, after: &str) {
    let first = parse(before);
    let transaction = action(&first, &mut stamp(500));
    let mut project = first.clone();
    project.apply(&transaction).expect("made for this state");
    assert_eq!(print(&project), after);
    assert_sound(&project);
    project.apply(&transaction.invert()).expect("made for this state");
    assert_eq!(project, first);
}

#[test]
fn the_notation_reads_what_it_prints() {
    for marked in
        ["", "The mayor", "The [mayor] said", "{q:We {s:the [council]}} [go]", "{q1:We}, he said, {q1:go}"]
    {
        assert_eq!(print(&parse(marked)), marked);
        assert_sound(&parse(marked));
    }
    let nested = parse("{q:We {s:go}}");
    let kinds: Vec<_> = nested.in_order().iter().map(|a| (a.kind, a.words())).collect();
    assert_eq!(kinds, [(Kind::Quote, "We go".to_owned()), (Kind::Source, "go".to_owned())]);
    assert_eq!(nested.article.text.as_str(), "We go");
}
