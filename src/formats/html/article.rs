//! The article's paragraphs with their marks, as HTML.
//!
//! May use: domain, maud, the pieces of [`super::super::segments`]. Invariant: every paragraph is
//! whole; in it a piece of text stands in at most one element of each kind; the number of a mark
//! stands where the mark ends, once.

use std::fmt::Write;

use maud::Escaper;

use super::super::export::{Cancelled, Progress};
use super::super::segments::{Mark, Part, walk};
use super::{anchor, mark_anchor, shown};
use crate::domain::{Annotation, Kind, Project};

/// The paragraphs; blank lines are the space between them.
pub(super) fn write(
    project: &Project,
    rows: &[&Annotation],
    marks: &[Mark],
    progress: &mut Progress<'_>,
) -> Result<String, Cancelled> {
    let text = &project.article.text;
    let mut out = String::with_capacity(text.len() * 5 / 4);
    let (mut paragraph, mut is_blank) = (String::new(), true);
    // Numbers of marks that end in a blank line go to the paragraph before, or else to the next.
    let (mut numbers, mut waiting) = (String::new(), String::new());
    walk(text, marks, |part| {
        match part {
            Part::Line(line) => {
                is_blank = text.slice(text.line(line)).trim().is_empty();
                paragraph.clear();
                numbers.clear();
            }
            Part::Words(piece, kinds) => words(&mut paragraph, piece, kinds),
            Part::Begin(_) => {}
            Part::End(mark) if is_blank => number(&mut numbers, rows, mark),
            Part::End(mark) => number(&mut paragraph, rows, mark),
            Part::LineEnd => {
                if !is_blank {
                    // Writing to a String cannot fail.
                    let _ = writeln!(out, "<p dir=\"auto\">{waiting}{paragraph}</p>");
                    waiting.clear();
                } else if out.is_empty() {
                    waiting.push_str(&numbers);
                } else if !numbers.is_empty() {
                    out.truncate(out.len() - "</p>\n".len());
                    let _ = writeln!(out, "{numbers}</p>");
                }
                progress.step()?;
            }
        }
        Ok(())
    })?;
    if !waiting.is_empty() {
        let _ = writeln!(out, "<p>{waiting}</p>");
    }
    Ok(out)
}

/// Words in an element for each kind of mark that they stand in, claims innermost.
fn words(out: &mut String, piece: &str, kinds: [bool; 3]) {
    let around = [Kind::Source, Kind::Quote, Kind::Claim].into_iter().filter(|kind| kinds[*kind as usize]);
    // The rule of an outer one is drawn below that of the inner one.
    let mut inner = around.clone().count();
    for kind in around.clone() {
        inner -= 1;
        let over = ["", " over", " over2"][inner.min(2)];
        let _ = write!(out, "<mark class=\"{}{over}\">", kind.word());
    }
    let _ = Escaper::new(out).write_str(&shown(piece));
    for _ in around {
        out.push_str("</mark>");
    }
}

fn number(out: &mut String, rows: &[&Annotation], mark: Mark) {
    let Some(a) = rows.get(mark.row) else { return };
    let (id, to) = (mark_anchor(a.id, mark.nth), anchor(a.id));
    let (kind, status) = (a.kind.name(), a.status.name());
    let number = mark.row + 1;
    // Our own words and ids only: nothing to escape.
    let _ = write!(out, "<a class=\"n\" id=\"{id}\" href=\"#{to}\" title=\"{kind}, {status}\">{number}</a>");
}
