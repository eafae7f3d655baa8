//! Editing the article's text: typing, corrections, template lines; orphans are in [`super::orphans`]. May
//! use: `domain`, `app`.
//!
//! Invariants: while somebody types, the project stays as it is and the session holds the text; every
//! command that is not typing itself ends the session first ([`goes_on`]), which makes it one step;
//! undo and redo are the session's own while it has steps. Known limit: the lines of a template are
//! looked for on the window's thread.

use std::borrow::Cow;
use std::sync::Arc;

use unicode_segmentation::UnicodeSegmentation;

use super::annotate::commit;
use super::command::Command;
use super::dialog::Dialog;
use super::{Desk, Model, orphans};
use crate::domain::annotation::Resolution;
use crate::domain::places::Mark;
use crate::domain::session::{Cursor, Session};
use crate::domain::template;
use crate::domain::{Annotation, Change, Id, Span, Stamp, Text, Transaction};
use crate::formats::ron::journal::Typing;

/// What a person can ask for about the text.
#[derive(Clone, Debug, PartialEq)]
pub enum TextCommand {
    /// Edit the text, or stop it.
    Toggle,
    /// Edit the text or not.
    Edit(bool),
    /// Put words in the place of the selection, or at the caret.
    Type(String),
    /// Delete the selection, or what is beside the caret.
    Delete {
        /// What follows the caret, not what stands before it.
        forward: bool,
        /// A word, not a character.
        word: bool,
    },
    /// Go to an orphan of the tray: annotation and span.
    Orphan(Id, Id),
    /// Go to the next orphan.
    NextOrphan,
    /// Place the orphan at the selection.
    PlaceOrphan,
    /// Select the next place where the orphan's words stand.
    FindOrphan,
    /// Let the orphan go.
    DropOrphan,
    /// Put the accepted correction of the selected annotation into the text.
    PutIn,
    /// Put the accepted correction of this annotation into the text.
    Correct(Id),
    /// List the lines that look like a page's template.
    FindTemplate,
    /// Take these lines out of the text.
    RemoveLines(Vec<usize>),
}

/// The state of editing on a desk.
#[derive(Clone, Debug, Default)]
pub struct Writing {
    /// Whether keys change the text.
    pub on: bool,
    /// What was typed and is no step yet.
    pub session: Option<Session>,
    /// The orphan of the tray that commands mean.
    pub orphan: Option<(Id, Id)>,
}

impl Writing {
    /// What a recovery journal needs of the session.
    pub fn typing(&self, stamp: &Stamp) -> Option<Typing> {
        let session = self.session.as_ref().filter(|session| session.is_changed())?;
        Some(Typing { id: session.id, by: stamp.by.clone(), edits: session.edits() })
    }
}

/// A line in the list of template lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TemplateLine {
    /// Which, from 0.
    pub line: usize,
    /// Why it looks like one.
    pub reason: Option<&'static str>,
    /// Whether something is marked in it.
    pub marked: bool,
}

impl Desk {
    /// The text on the screen: what is being typed, too.
    pub fn text(&self) -> &Text {
        self.writing.session.as_ref().map_or(&self.project.article.text, Session::text)
    }

    /// The marks that touch a line of it.
    pub fn marks(&self, line: usize) -> Cow<'_, [Mark]> {
        match self.writing.session.as_ref().filter(|session| session.is_changed()) {
            Some(session) => Cow::Owned(session.marks(&self.places, line)),
            None => Cow::Borrowed(self.places.of_line(line)),
        }
    }

    /// Whether there is work that is in no file.
    pub fn is_dirty(&self) -> bool {
        self.history.is_dirty() || self.is_typing()
    }

    /// Whether something was typed that is no step yet.
    pub fn is_typing(&self) -> bool {
        self.writing.session.as_ref().is_some_and(Session::is_changed)
    }

    /// What undo and redo would take back and do again now.
    pub fn steps(&self) -> (Option<&str>, Option<&str>) {
        let (back, forth) = self.writing.session.as_ref().map_or((false, false), Session::can_undo);
        let typing = |own: bool| own.then_some("typing");
        // A step of the project does not fit while something is typed on top of it.
        let redo = self.history.redo_label().filter(|_| !back);
        (typing(back).or(self.history.undo_label()), typing(forth).or(redo))
    }
}

/// Whether a command leaves a session of typing as it is: it is part of it, or only looks.
pub fn goes_on(desk: &Desk, command: &Command) -> bool {
    use Command as C;
    let session = desk.writing.session.as_ref().map_or((false, false), Session::can_undo);
    match command {
        C::Text(command) => matches!(command, TextCommand::Type(_) | TextCommand::Delete { .. }),
        C::Undo => session.0,
        C::Redo => session.1,
        C::Select(_)
        | C::Caret(_)
        | C::ClickAt(_)
        | C::Pane { .. }
        | C::CloseNotice(_)
        | C::Resized(..)
        | C::SetTheme(_)
        | C::SetFace(_)
        | C::SetMeasure(_)
        | C::ZoomIn
        | C::ZoomOut
        | C::ZoomReset
        | C::ShowKeys => true,
        _ => false,
    }
}

/// Whether a command is done now; menus show the others as disabled.
pub fn can(desk: &Desk, command: &TextCommand) -> bool {
    use TextCommand as T;
    let writable = desk.read_only.is_none();
    match command {
        T::NextOrphan => desk.places.orphaned().next().is_some(),
        T::PlaceOrphan => writable && desk.selection.is_some() && desk.orphan().is_some(),
        T::FindOrphan => desk.orphan().is_some(),
        T::DropOrphan => writable && desk.orphan().is_some(),
        T::PutIn => writable && desk.picked().is_some_and(|a| desk.project.correctable(a).is_ok()),
        T::Orphan(..) => true,
        _ => writable,
    }
}

/// Whether a command changes the project, or begins to.
pub const fn changes(command: &TextCommand) -> bool {
    use TextCommand as T;
    !matches!(command, T::Orphan(..) | T::NextOrphan | T::FindOrphan | T::FindTemplate | T::Edit(false))
}

/// Ends a session of typing: one step, one entry. The mode stays.
pub fn finish(model: &mut Model, stamp: &mut Stamp) {
    let Some(desk) = &mut model.desk else { return };
    let Some(session) = desk.writing.session.take() else { return };
    desk.text_revision += 1;
    if !session.is_changed() {
        return;
    }
    if let Some(checker) = &model.settings.checker {
        stamp.by = checker.name.as_str().into();
    }
    let selection = desk.selection;
    let transaction = session.finish(&desk.project, stamp);
    commit(model, transaction);
    if let Some(desk) = &mut model.desk {
        desk.selection = selection;
    }
}

/// Takes a small step of the session back, or does it again; false where it has none.
pub fn undo(desk: &mut Desk, forward: bool) -> bool {
    let Some(session) = &mut desk.writing.session else { return false };
    let Some(cursor) = (if forward { session.redo() } else { session.undo() }) else { return false };
    put_cursor(desk, cursor);
    true
}

fn put_cursor(desk: &mut Desk, cursor: Cursor) {
    desk.text_revision += 1;
    desk.caret = Some(cursor.at);
    desk.selection = cursor.selection;
    desk.reveal = Some(Span::new(cursor.at, cursor.at));
}

/// Answers the commands about the text.
pub fn update(model: &mut Model, command: TextCommand, stamp: &mut Stamp) {
    use TextCommand as T;
    let Some(desk) = &mut model.desk else { return };
    match command {
        T::Toggle => switch(desk, !desk.writing.on),
        T::Edit(on) => switch(desk, on),
        T::Type(words) => insert(model, &words, stamp),
        T::Delete { forward, word } => delete(desk, forward, word, stamp),
        T::Orphan(id, span) => orphans::go_to(desk, id, span),
        T::NextOrphan => orphans::next(desk),
        T::PlaceOrphan => orphans::place(model, stamp),
        T::FindOrphan => orphans::find(model),
        T::DropOrphan => orphans::drop(model, stamp),
        T::PutIn => {
            if let Some(id) = desk.picked {
                correct(model, id, stamp);
            }
        }
        T::Correct(id) => {
            model.dialog = None;
            correct(model, id, stamp);
        }
        T::FindTemplate => find_template(model),
        T::RemoveLines(lines) => {
            model.dialog = None;
            let transaction = desk.project.remove_lines(&lines, stamp);
            let label = transaction.label.clone();
            if !transaction.is_empty() {
                desk.said = label.replacen("remove", "Removed", 1);
                commit(model, transaction);
            }
        }
    }
}

fn switch(desk: &mut Desk, on: bool) {
    if desk.writing.on == on {
        return;
    }
    desk.writing.on = on;
    desk.selection = None;
    desk.said = if on { "Editing the text" } else { "Annotating" }.into();
}

/// The session that typing goes into; a new one begins with the first letter.
fn session<'a>(desk: &'a mut Desk, stamp: &mut Stamp) -> &'a mut Session {
    let text = &desk.project.article.text;
    desk.writing.session.get_or_insert_with(|| Session::new(text, stamp))
}

fn replace(desk: &mut Desk, range: Span, words: &str, stamp: &mut Stamp) {
    let from = Cursor { at: desk.caret.unwrap_or(range.start as usize), selection: desk.selection };
    let at = session(desk, stamp).replace(range, words, from);
    put_cursor(desk, Cursor { at, selection: None });
}

/// No article may be longer.
const LONGEST: usize = 1 << 30;

fn insert(model: &mut Model, words: &str, stamp: &mut Stamp) {
    let Some(desk) = &mut model.desk else { return };
    let Some(caret) = desk.caret.filter(|_| desk.writing.on) else { return };
    let typed = Text::normalised(words);
    let plain = |c: &char| !c.is_ascii_control() || matches!(c, '\n' | '\t');
    let words: String = typed.as_str().chars().filter(plain).collect();
    if desk.text().len() + words.len() > LONGEST {
        model.advise("This is more text than one article may have");
        return;
    }
    let range = desk.selection.unwrap_or(Span::new(caret, caret));
    replace(desk, range, &words, stamp);
}

fn delete(desk: &mut Desk, forward: bool, word: bool, stamp: &mut Stamp) {
    let Some(caret) = desk.caret.filter(|_| desk.writing.on) else { return };
    let text = desk.text();
    let range = desk.selection.unwrap_or_else(|| {
        let to = match (forward, word) {
            (true, false) => text.edge_after((caret + 1).min(text.len())),
            (false, false) => text.edge_before(caret.saturating_sub(1)),
            (_, true) => word_beside(text, caret, forward),
        };
        Span::new(caret, to)
    });
    if !range.is_empty() {
        replace(desk, range, "", stamp);
    }
}

/// No word reaches further.
const WORD: usize = 1000;

/// The other end of the word on one side of a place, in its line; at the end of that the line feed.
fn word_beside(text: &Text, at: usize, forward: bool) -> usize {
    let line = text.paragraph_at(at);
    let whole = text.as_str();
    if forward {
        let end = whole.floor_char_boundary((line.end as usize).min(at + WORD));
        let mut units = whole.get(at..end).unwrap_or_default().split_word_bound_indices();
        let next = units.find(|(_, unit)| !unit.trim().is_empty());
        let to = next.map_or(end, |(from, unit)| at + from + unit.len());
        return text.edge_after(if at == line.end as usize { (at + 1).min(text.len()) } else { to });
    }
    let start = whole.ceil_char_boundary((line.start as usize).max(at.saturating_sub(WORD)));
    let units = whole.get(start..at).unwrap_or_default().split_word_bound_indices();
    let last = units.rev().find(|(_, unit)| !unit.trim().is_empty());
    let to = last.map_or(start, |(from, _)| start + from);
    text.edge_before(if at == line.start as usize { at.saturating_sub(1) } else { to })
}

fn correct(model: &mut Model, id: Id, stamp: &mut Stamp) {
    let Some(desk) = &mut model.desk else { return };
    match desk.project.correct(id, stamp) {
        Ok(transaction) => {
            desk.said = "The correction is in the text".into();
            commit(model, transaction);
        }
        Err(why) => model.advise(why.to_string()),
    }
}

/// Offers to put a correction into the text that a transaction accepted.
pub fn offer(model: &mut Model, transaction: &Transaction) {
    let accepted = |change: &Change| match change {
        Change::Annotation { id, before: Some(before), after: Some(after) } => {
            let is = |annotation: &Annotation| annotation.resolution == Resolution::Accepted;
            (is(after) && !is(before)).then_some(*id)
        }
        _ => None,
    };
    let Some(desk) = &model.desk else { return };
    // Of many at once each can be put in from the menu.
    let mut found = transaction.changes.iter().filter_map(accepted);
    let (Some(id), None) = (found.next(), found.next()) else { return };
    let annotation = desk.project.annotations.get(&id);
    if model.dialog.is_none() && annotation.is_some_and(|a| desk.project.correctable(a).is_ok()) {
        model.dialog = Some(Dialog::Correct { id });
    }
}

fn find_template(model: &mut Model) {
    let Some(desk) = &model.desk else { return };
    let text = &desk.project.article.text;
    let mut found = template::find(text).into_iter().peekable();
    let mut lines = Vec::new();
    for line in (0..text.line_count()).filter(|line| text.paragraph_of_line(*line).is_some()) {
        let reason = found.next_if(|found| found.line == line).map(|found| found.reason);
        // The headline is no menu, however short.
        let reason = reason.filter(|_| text.slice(text.line(line)).trim() != desk.project.about.title);
        lines.push(TemplateLine { line, reason, marked: !desk.places.of_line(line).is_empty() });
    }
    if lines.is_empty() {
        model.advise("There are no lines in the text");
    } else if model.dialog.is_none() {
        model.dialog = Some(Dialog::Template { lines: Arc::new(lines) });
    }
}
