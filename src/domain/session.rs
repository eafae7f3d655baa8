//! A session of typing in the article, until it becomes one entry of the text's log.
//!
//! May use: std, the rest of `domain`. Invariants: the project is not touched before the session ends;
//! a step costs a copy of the text and nothing that grows with the annotations, for where marks stand
//! is asked line by line of the index of the first text; what is shown is what the end gives
//! (laws). Known limit: the whole text is copied at each step.

use super::annotation::Annotation;
use super::article::{Edit, Mapped};
use super::change::Transaction;
use super::id::Id;
use super::log::Stamp;
use super::patch::Patch;
use super::places::{Mark, Places};
use super::project::{AboutValue, Project, shortened};
use super::text::{Span, Text};

/// Where the caret and the selection are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cursor {
    /// The caret.
    pub at: usize,
    /// What is selected.
    pub selection: Option<Span>,
}

/// Something small that can be taken back while the session lasts.
#[derive(Clone, Debug)]
struct Step {
    edit: Edit,
    before: Patch,
    from: Cursor,
    to: usize,
}

/// A session of typing.
#[derive(Clone, Debug)]
pub struct Session {
    /// For the ids of what it becomes, in a recovery journal too.
    pub id: Id,
    /// Changes with every step.
    pub revision: u64,
    first: Text,
    text: Text,
    patch: Patch,
    done: Vec<Step>,
    undone: Vec<Step>,
    /// Whether the next letter belongs to the last step.
    open: bool,
}

impl Session {
    /// A session about this text.
    pub fn new(text: &Text, stamp: &mut Stamp) -> Self {
        Self {
            id: stamp.fresh(),
            revision: 0,
            first: text.clone(),
            text: text.clone(),
            patch: Patch::default(),
            done: Vec::new(),
            undone: Vec::new(),
            open: false,
        }
    }

    /// The text as it is now.
    pub fn text(&self) -> &Text {
        &self.text
    }

    /// Whether it is another one than at first.
    pub fn is_changed(&self) -> bool {
        !self.patch.is_empty()
    }

    /// What leads to the present text.
    pub fn edits(&self) -> Vec<Edit> {
        self.patch.edits(&self.first)
    }

    /// What comes next is a step of its own.
    pub fn pause(&mut self) {
        self.open = false;
    }

    /// Whether there is a step to take back, and one to do again.
    pub fn can_undo(&self) -> (bool, bool) {
        (!self.done.is_empty(), !self.undone.is_empty())
    }

    /// Puts words in the place of a range; returns where the caret is then. Letters typed one after
    /// the other are one step, word by word.
    pub fn replace(&mut self, range: Span, words: &str, from: Cursor) -> usize {
        let Some(text) = self.text.replaced(range, words) else { return from.at };
        let edit =
            Edit { at: range.start, removed: self.text.slice(range).to_owned(), inserted: words.to_owned() };
        if edit.is_empty() {
            return text.edge_after(range.end as usize);
        }
        self.revision += 1;
        let mut patch = self.patch.and(&self.first, range, words);
        // Two stretches that are others can make the same text: letters among equal ones.
        if patch.len() > 1 && text == self.first {
            patch = Patch::default();
        }
        // A mark that joins the letter behind it leaves no place between the two.
        let to = text.edge_after(range.start as usize + words.len());
        self.undone.clear();
        let joined = self.open && self.done.last_mut().is_some_and(|last| last.join(&edit, to));
        if !joined {
            self.done.push(Step { edit, before: self.patch.clone(), from, to });
        }
        self.open = true;
        (self.text, self.patch) = (text, patch);
        to
    }

    /// Takes the last step back; returns where caret and selection were.
    pub fn undo(&mut self) -> Option<Cursor> {
        let step = self.done.pop()?;
        let from = step.from;
        let opposite = self.take(step, true)?;
        self.undone.push(opposite);
        Some(from)
    }

    /// Does it again; returns where the caret is then.
    pub fn redo(&mut self) -> Option<Cursor> {
        let step = self.undone.pop()?;
        let to = Cursor { at: step.to, selection: None };
        let opposite = self.take(step, false)?;
        self.done.push(opposite);
        Some(to)
    }

    fn take(&mut self, step: Step, back: bool) -> Option<Step> {
        let edit = if back { step.edit.invert() } else { step.edit.clone() };
        let at = edit.at as usize;
        self.text = self.text.replaced(Span::new(at, at + edit.removed.len()), &edit.inserted)?;
        self.revision += 1;
        self.open = false;
        let before = std::mem::replace(&mut self.patch, step.before.clone());
        Some(Step { before, ..step })
    }

    /// Where a span of the project is now; nothing where its words are gone.
    pub fn place(&self, span: Span) -> Option<Span> {
        match self.patch.map(span) {
            Mapped::Same(to) | Mapped::Changed(to) => {
                Some(self.text.snapped(to)).filter(|to| self.text.admits(*to))
            }
            Mapped::Gone => None,
        }
    }

    /// The marks that touch a line of the present text, by start, the longest first: `places` is the
    /// index of the project, which knows the first text.
    pub fn marks(&self, places: &Places, line: usize) -> Vec<Mark> {
        let here = self.text.line(line);
        // A line feed belongs to the line that it ends.
        let whole = Span { end: here.end + 1, ..here };
        let mut found: Vec<Mark> = Vec::new();
        for left in self.patch.left_in(here) {
            for line in self.first.line_of(left.start)..=self.first.line_of(left.end) {
                for mark in places.of_line(line) {
                    let Some(span) = self.place(mark.span).filter(|span| span.overlaps(whole)) else {
                        continue;
                    };
                    let same = self.first.slice(mark.span) == self.text.slice(span);
                    found.push(Mark { span, check_again: mark.check_again || !same, ..*mark });
                }
            }
        }
        found.sort_by_key(|mark| (mark.span.start, u32::MAX - mark.span.end, mark.annotation));
        found.dedup();
        found
    }

    /// The project with what was typed, as one step; empty where nothing is left of it. A title that
    /// is a copy of the headline stays one.
    pub fn finish(&self, project: &Project, stamp: &mut Stamp) -> Transaction {
        if !self.is_changed() {
            return Transaction::default();
        }
        let edits = self.edits();
        let article = project.article.edited_to(self.text.clone(), edits.clone(), stamp);
        let mut transaction = project.follow_edits(article, &edits, |_: &mut Annotation, _, _| false, stamp);
        if let (Some(old), Some(new)) = (headline(project, &self.first), first_words(&self.text))
            && old != new
        {
            transaction
                .changes
                .extend(project.describe(vec![AboutValue::Title(shortened(new))], stamp).changes);
        }
        transaction
    }
}

impl Step {
    /// Takes in an edit that goes on where this one ended.
    fn join(&mut self, next: &Edit, to: usize) -> bool {
        let mine = &mut self.edit;
        let typed = next.removed.is_empty() && !mine.inserted.is_empty();
        let goes_on = typed && mine.at as usize + mine.inserted.len() == next.at as usize;
        let new_word =
            mine.inserted.ends_with(char::is_whitespace) && !next.inserted.starts_with(char::is_whitespace);
        if goes_on && !new_word && next.inserted.chars().count() == 1 && next.inserted != "\n" {
            mine.inserted.push_str(&next.inserted);
        } else if next.inserted.is_empty() && mine.inserted.is_empty() && next.removed.chars().count() < 12 {
            if next.at == mine.at {
                mine.removed.push_str(&next.removed);
            } else if next.at as usize + next.removed.len() == mine.at as usize {
                mine.removed.insert_str(0, &next.removed);
                mine.at = next.at;
            } else {
                return false;
            }
        } else {
            return false;
        }
        self.to = to;
        true
    }
}

/// The first line with words.
pub fn first_words(text: &Text) -> Option<&str> {
    text.lines().map(str::trim).find(|line| !line.is_empty())
}

/// The headline of a text, where the project's title is a copy of it.
pub fn headline<'a>(project: &Project, text: &'a Text) -> Option<&'a str> {
    first_words(text).filter(|words| *words == project.about.title)
}
