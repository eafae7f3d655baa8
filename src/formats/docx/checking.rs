//! The checking copy: the article with shaded marks, each mark a comment of Word's.
//!
//! May use: domain, the texts of [`super::super::entry`]. A comment says kind, status, fact, who said
//! it, what was corrected or proposed, evidence and note; its author and time are those of the
//! status. A mark of several spans has the whole comment at its first, and one that refers to it at
//! each further one. Orphans stand at the end. Invariants: there is one comment for each span; kinds
//! are told by their underline too, not by colour alone.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::super::entry::{self, Entry, Proof};
use super::super::export::{Cancelled, Export, Part, Progress};
use super::super::loss::{self, Piece};
use super::super::segments::{Mark, Part as Segment, marks, walk};
use super::super::{hidden_names, listed};
use super::package::{Document, attribute, is_rtl, paragraph, run};
use crate::domain::project::Checker;
use crate::domain::rules::{self, Include};
use crate::domain::{Annotation, Kind, Project};

/// The checking copy.
pub const EXPORT: Export = Export {
    title: "Checking copy (Word)",
    about: "the checking copy: every mark a comment",
    include: Include::All,
    ending: Some("checking-copy"),
    write,
    told: |project, include| loss::list(project, include, HOLDS),
    is_list: true,
    shows_text: true,
};

const HOLDS: &[Piece] =
    &[Piece::Evidence, Piece::Excerpt, Piece::Note, Piece::Wording, Piece::Comparison, Piece::SourceDetail];

/// The shade and the underline of a kind, both Word's.
const fn look(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Claim => (
            "FFF0C2",
            "<w:u w:val=\"single\" w:color=\"B0740A\"/><w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"FFF0C2\"/>",
        ),
        Kind::Quote => (
            "DFEAFC",
            "<w:u w:val=\"double\" w:color=\"2C63B5\"/><w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"DFEAFC\"/>",
        ),
        Kind::Source => (
            "DEF1E2",
            "<w:u w:val=\"dotted\" w:color=\"217A45\"/><w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"DEF1E2\"/>",
        ),
    }
}

/// Writes the checking copy.
fn write(project: &Project, include: Include, progress: &mut Progress<'_>) -> Result<Vec<Part>, Cancelled> {
    let (rows, hidden) = (listed(project, include), hidden_names(project));
    progress.ahead(rows.len() + project.article.text.line_count());
    let marks = marks(&rows);
    let mut copy = Copy {
        project,
        hidden,
        rows,
        body: String::new(),
        comments: String::new(),
        count: 0,
        firsts: Vec::new(),
    };
    copy.firsts = vec![None; copy.rows.len()];
    copy.head();
    copy.text(&marks, progress)?;
    copy.orphans();
    progress.ask()?;
    let made = project.article.log.first().map(|entry| entry.when).unwrap_or_default();
    let title = project.about.title.clone();
    let document = Document { body: copy.body, comments: copy.comments, tracks: false, title, made };
    Ok(Part::whole(document.packed()))
}

struct Copy<'a> {
    project: &'a Project,
    hidden: BTreeSet<String>,
    rows: Vec<&'a Annotation>,
    body: String,
    comments: String,
    /// How many comments there are so far.
    count: usize,
    /// The comment of each row's first span.
    firsts: Vec<Option<usize>>,
}

impl Copy<'_> {
    /// What this paper is, and what its colours mean.
    fn head(&mut self) {
        let total = self.rows.len();
        let checked = self.rows.iter().filter(|a| a.status.is_checked() && rules::is_settled(a)).count();
        let mut runs = String::new();
        run(&mut runs, "<w:b/>", "t", "Checking copy");
        run(
            &mut runs,
            "",
            "t",
            &format!(" · {checked} of {} checked", loss::counted(total, "mark", "marks")),
        );
        for kind in Kind::ALL {
            if self.rows.iter().any(|a| a.kind == kind) {
                run(&mut runs, "", "t", " · ");
                run(&mut runs, look(kind).1, "t", kind.name());
            }
        }
        paragraph(&mut self.body, "About", false, &runs);
        let about = &self.project.about;
        let details = entry::joined(&[&about.byline, &about.outlet, &about.date, &about.address]);
        if !details.is_empty() {
            let mut runs = String::new();
            run(&mut runs, "", "t", &details.replace(['\n', '\r'], " "));
            paragraph(&mut self.body, "About", is_rtl(&details), &runs);
        }
    }

    fn text(&mut self, marks: &[Mark], progress: &mut Progress<'_>) -> Result<(), Cancelled> {
        let text = self.project.article.text.clone();
        let (mut runs, mut numbers) = (String::new(), vec![0; marks.len()]);
        let mut edges = String::new();
        let mut place = std::collections::HashMap::with_capacity(marks.len());
        for (n, mark) in marks.iter().enumerate() {
            place.insert((mark.row, mark.nth), n);
        }
        let mut current = 0;
        walk(&text, marks, |part| {
            match part {
                Segment::Line(line) => current = line,
                Segment::Words(piece, kinds) => {
                    let kind = Kind::ALL.into_iter().find(|kind| kinds[*kind as usize]);
                    run(&mut runs, kind.map_or("", |kind| look(kind).1), "t", piece);
                }
                Segment::Begin(mark) => {
                    let number = self.comment(mark);
                    numbers[place[&(mark.row, mark.nth)]] = number;
                    for out in [&mut runs, &mut edges] {
                        let _ = write!(out, "<w:commentRangeStart w:id=\"{number}\"/>");
                    }
                    progress.step()?;
                }
                Segment::End(mark) => {
                    for out in [&mut runs, &mut edges] {
                        reference(out, numbers[place[&(mark.row, mark.nth)]]);
                    }
                }
                Segment::LineEnd => {
                    let line = text.slice(text.line(current));
                    // The edges of marks on a blank line go to the next paragraph that there is.
                    if line.trim().is_empty() {
                        runs.clone_from(&edges);
                    } else {
                        let style = super::style(self.project, current);
                        paragraph(&mut self.body, style, is_rtl(line), &runs);
                        runs.clear();
                        edges.clear();
                    }
                    progress.step()?;
                }
            }
            Ok(())
        })?;
        if !runs.is_empty() {
            paragraph(&mut self.body, "", false, &runs);
        }
        Ok(())
    }

    /// What is no longer in the text, with its comments.
    fn orphans(&mut self) {
        let lost: Vec<usize> = (0..self.rows.len()).filter(|row| self.rows[*row].has_orphan()).collect();
        if lost.is_empty() {
            return;
        }
        let mut runs = String::new();
        run(&mut runs, "", "t", "No longer in the text");
        paragraph(&mut self.body, "Heading1", false, &runs);
        for row in lost {
            let a = self.rows[row];
            let placed = a.placed().count();
            let spans = a.live_spans().filter(|span| span.place.at.is_none());
            for (n, span) in spans.enumerate() {
                let mark = Mark { at: crate::domain::Span::new(0, 0), kind: a.kind, row, nth: placed + n };
                let number = self.comment(mark);
                let words = span.place.quote.as_str();
                let mut runs = format!("<w:commentRangeStart w:id=\"{number}\"/>");
                run(&mut runs, look(a.kind).1, "t", words.trim());
                reference(&mut runs, number);
                paragraph(&mut self.body, "", is_rtl(words), &runs);
            }
        }
    }

    /// Adds the comment of a mark, and gives its number.
    fn comment(&mut self, mark: Mark) -> usize {
        let number = self.count;
        self.count += 1;
        let a = self.rows[mark.row];
        let made = a.log.first().map(|entry| (entry.by.to_string(), entry.when)).unwrap_or_default();
        let (by, when) = entry::checked(a).unwrap_or(made);
        let checker = Checker::named(&by);
        let (by, initials) = (attribute(&checker.name), attribute(&checker.initials));
        let out = &mut self.comments;
        let _ = write!(
            out,
            "<w:comment w:id=\"{number}\" w:author=\"{by}\" w:date=\"{}\" w:initials=\"{initials}\">",
            when.strftime("%Y-%m-%dT%H:%M:%SZ")
        );
        let e = Entry::of(self.project, a, &self.hidden);
        let head = format!("{} {} · {} {}", mark.row + 1, e.kind.name(), e.status.glyph(), e.status.name());
        let mut line = |bold: bool, text: &str| {
            let mut runs = String::new();
            run(&mut runs, if bold { "<w:b/>" } else { "" }, "t", text.trim());
            paragraph(out, "CommentText", is_rtl(text), &runs);
        };
        line(true, &head);
        match self.firsts[mark.row] {
            Some(first) => line(false, &format!("As in the comment before, number {}", first + 1)),
            None => {
                self.firsts[mark.row] = Some(number);
                for text in e.verdict.iter().chain(&e.flags) {
                    line(false, text);
                }
                for text in body(&e) {
                    line(false, &text);
                }
            }
        }
        self.comments.push_str("</w:comment>");
        number
    }
}

fn reference(out: &mut String, number: usize) {
    let _ = write!(
        out,
        "<w:commentRangeEnd w:id=\"{number}\"/><w:r><w:rPr><w:rStyle w:val=\"CommentReference\"/></w:rPr>\
         <w:commentReference w:id=\"{number}\"/></w:r>"
    );
}

/// The lines of a comment below its first.
fn body(e: &Entry) -> Vec<String> {
    let mut lines = Vec::new();
    if !e.is_words {
        lines.push(if e.kind == Kind::Source { e.heading.clone() } else { format!("Fact: {}", e.heading) });
    }
    let said = entry::joined(&[&e.speaker, &e.circumstances]);
    if !said.is_empty() {
        lines.push(if e.kind == Kind::Source { said } else { format!("Said by: {said}") });
    }
    lines.extend(e.matters.iter().map(|(name, text)| format!("{name}: {text}")));
    if !e.address.is_empty() {
        lines.push(format!("Address: {}", e.address));
    }
    lines.extend(e.evidence.iter().map(proof));
    if !e.note.is_empty() {
        lines.push(format!("Note: {}", e.note));
    }
    lines
}

/// A piece of evidence on one line, its excerpt below.
fn proof(e: &Proof) -> String {
    let address = if e.title == e.address { "" } else { &e.address };
    let seen = if e.seen.is_empty() { String::new() } else { format!("seen {}", e.seen) };
    let archived = if e.archived.is_empty() { String::new() } else { format!("archived {}", e.archived) };
    let line = entry::joined(&[&e.title, &e.location, e.level, &seen, address, &archived]);
    let excerpt = if e.excerpt.is_empty() { String::new() } else { format!("\n“{}”", e.excerpt) };
    format!("{}: {line}{excerpt}", e.stance)
}
