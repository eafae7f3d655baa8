//! Moving the edges of a mark. May use: `domain`, `app`.
//!
//! Invariant: a span that was moved holds words, lies on grapheme edges and touches no other span of
//! its annotation; everything else about the annotation stays, and one move is one step of undo.
//! Known limit: whether a paragraph runs to the left is told by its first letter alone.

use super::Model;
use super::annotate::commit;
use crate::domain::{Annotation, Id, Span, Stamp, Text};

/// One of the two edges of a mark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Edge {
    /// Where it begins.
    Start,
    /// Where it ends.
    #[default]
    End,
}

impl Edge {
    /// The other one.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Start => Self::End,
            Self::End => Self::Start,
        }
    }

    /// The edge of a span.
    pub const fn of(self, span: Span) -> usize {
        match self {
            Self::Start => span.start as usize,
            Self::End => span.end as usize,
        }
    }

    /// The span with this edge elsewhere, if something is left of it.
    pub fn moved(self, span: Span, to: usize) -> Option<Span> {
        let (start, end) = match self {
            Self::Start => (to, span.end as usize),
            Self::End => (span.start as usize, to),
        };
        (start < end).then(|| Span::new(start, end))
    }
}

/// How far a key moves an edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// By one character as people count them.
    Grapheme,
    /// To the next edge of a word.
    Word,
}

/// Gives a span another place, or says why not.
pub fn reshape(model: &mut Model, (id, span): (Id, Id), to: Span, stamp: &mut Stamp) {
    let Some(desk) = &mut model.desk else { return };
    if !desk.project.article.text.admits(to) {
        model.advise("Only white space would be left: the mark stays as it is");
        return;
    }
    let Some(annotation) = desk.project.annotations.get(&id) else { return };
    let others = annotation.live_spans().filter(|other| other.id != span);
    if others.filter_map(|other| other.place.at).any(|other| other.overlaps(to)) {
        model.advise("The words beside it belong to the annotation already: the mark stays as it is");
        return;
    }
    let transaction = desk.project.reshape(id, span, to, stamp);
    desk.said = format!("Now marked: {}", desk.project.article.text.slice(to));
    commit(model, transaction);
}

/// Moves the edge that keys move by one step.
pub fn step(model: &mut Model, right: bool, reach: Reach, stamp: &mut Stamp) {
    let Some(desk) = &mut model.desk else { return };
    let Some(annotation) = desk.picked() else { return };
    let id = annotation.id;
    let Some((span, place)) = near(annotation, desk.caret) else { return };
    let text = &desk.project.article.text;
    let edge = desk.edge;
    let from = edge.of(place);
    let forward = right != runs_left(text, from);
    let to = match reach {
        Reach::Grapheme => grapheme_beside(text, from, forward),
        Reach::Word => word_edge_beside(text, from, forward, edge),
    };
    let Some(to) = to.and_then(|to| edge.moved(place, to)) else { return };
    reshape(model, (id, span), to, stamp);
    if let Some(desk) = &mut model.desk
        && desk.picked().is_some_and(|a| a.placed().any(|placed| placed == to))
    {
        let at = edge.of(to);
        desk.caret = Some(at);
        desk.selection = None;
        desk.reveal = Some(Span::new(at, at));
    }
}

/// The span of an annotation that the caret is in or at, else its first one.
fn near(annotation: &Annotation, caret: Option<usize>) -> Option<(Id, Span)> {
    let placed = || annotation.live_spans().filter_map(|span| Some((span.id, span.place.at?)));
    let at_caret =
        caret.and_then(|at| placed().find(|(_, span)| span.start as usize <= at && at <= span.end as usize));
    at_caret.or_else(|| placed().next())
}

fn grapheme_beside(text: &Text, at: usize, forward: bool) -> Option<usize> {
    if forward {
        (at < text.len()).then(|| text.edge_after(at + 1))
    } else {
        at.checked_sub(1).map(|before| text.edge_before(before))
    }
}

/// The nearest place on that side where a word begins (for a start) or ends (for an end).
fn word_edge_beside(text: &Text, from: usize, forward: bool, edge: Edge) -> Option<usize> {
    let mut at = from;
    loop {
        at = grapheme_beside(text, at, forward)?;
        // The unit that begins or ends at this place, if there is one.
        let unit = match edge {
            Edge::Start => text.word_at(at),
            Edge::End => text.word_at(text.edge_before(at.checked_sub(1)?)),
        };
        if edge.of(unit) == at && text.slice(unit).chars().any(char::is_alphanumeric) {
            return Some(at);
        }
    }
}

/// Whether the paragraph with a byte is written from right to left.
fn runs_left(text: &Text, at: usize) -> bool {
    let line = text.slice(text.paragraph_at(at));
    let first = line.chars().find(|letter| letter.is_alphabetic());
    first.is_some_and(
        |letter| matches!(letter, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges_go_by_letters_and_by_words() {
        let text = Text::new("One, two — e\u{301}te\u{301}.\nThree");
        let word = |from, forward, edge| word_edge_beside(&text, from, forward, edge);
        assert_eq!(word(3, true, Edge::End), Some(8));
        assert_eq!(word(8, false, Edge::End), Some(3));
        assert_eq!(word(0, true, Edge::Start), Some(5));
        assert_eq!(word(5, false, Edge::Start), Some(0));
        assert_eq!(word(0, false, Edge::Start), None);
        assert_eq!(word(16, true, Edge::End), Some(20));
        assert_eq!(word(20, true, Edge::End), Some(text.len()));
        assert_eq!(grapheme_beside(&text, 13, true), Some(16));
        assert!(runs_left(&Text::new("12 שלום abc"), 0) && !runs_left(&text, 0));
    }

    #[test]
    fn an_edge_never_passes_the_other() {
        let span = Span::new(3, 9);
        assert_eq!(Edge::End.moved(span, 3), None);
        assert_eq!(Edge::Start.moved(span, 5), Some(Span::new(5, 9)));
        assert_eq!(Edge::Start.other(), Edge::End);
    }

    fn model(text: &str) -> (Model, Stamp) {
        use crate::app::{Desk, Settings};
        use crate::domain::project::Checker;
        use crate::domain::{Article, History, Project};
        let mut stamp = Stamp::new(jiff::Timestamp::UNIX_EPOCH, "A", 7);
        let article = Article::new("a.txt".into(), String::new(), Text::new(text), &mut stamp);
        let project = Project::new(article, &mut stamp);
        let settings = Settings { checker: Some(Checker::named("A B")), ..Settings::default() };
        let mut model = Model::new(settings);
        model.desk = Some(Desk::new(project, History::default(), None, "a.ron".into()));
        (model, stamp)
    }

    fn words(model: &Model) -> String {
        model.desk.as_ref().and_then(|desk| desk.picked()).map(Annotation::words).unwrap_or_default()
    }

    #[test]
    fn a_move_is_one_step_of_undo_and_keeps_everything_else() {
        use crate::app::{Command, update};
        let (mut model, mut stamp) = model("One two three four.");
        let mut run = |model: &mut Model, command| update(model, command, &mut stamp);
        run(&mut model, Command::Select(Some(Span::new(4, 7))));
        run(&mut model, Command::Mark(crate::domain::Kind::Claim));
        run(&mut model, Command::SetStatus(crate::domain::Status::Verified));
        let before = model.desk.as_ref().and_then(|desk| desk.picked()).cloned().unwrap();
        run(&mut model, Command::MoveEdge { right: true, reach: Reach::Word });
        assert_eq!(words(&model), "two three");
        run(&mut model, Command::OtherEdge);
        run(&mut model, Command::MoveEdge { right: false, reach: Reach::Grapheme });
        assert_eq!(words(&model), " two three");
        let after = model.desk.as_ref().and_then(|desk| desk.picked()).cloned().unwrap();
        assert_eq!((after.id, after.status, after.spans.len()), (before.id, before.status, 1));
        assert_eq!(model.desk.as_ref().unwrap().caret, Some(3));
        run(&mut model, Command::Undo);
        run(&mut model, Command::Undo);
        assert_eq!(words(&model), "two");
    }

    #[test]
    fn an_edge_stops_at_the_other_edge_at_white_space_and_at_its_own_spans() {
        use crate::app::{Command, update};
        let (mut model, mut stamp) = model("a b c d");
        let mut run = |model: &mut Model, command| update(model, command, &mut stamp);
        run(&mut model, Command::Select(Some(Span::new(0, 1))));
        run(&mut model, Command::Mark(crate::domain::Kind::Quote));
        run(&mut model, Command::Select(Some(Span::new(2, 3))));
        run(&mut model, Command::AddSpan);
        run(&mut model, Command::Caret(Some(1)));
        let left = Command::MoveEdge { right: false, reach: Reach::Grapheme };
        let right = Command::MoveEdge { right: true, reach: Reach::Grapheme };
        run(&mut model, left);
        let spans = |model: &Model| -> Vec<Span> {
            model.desk.as_ref().and_then(|desk| desk.picked()).map(|a| a.placed().collect()).unwrap()
        };
        assert_eq!(spans(&model), [Span::new(0, 1), Span::new(2, 3)], "something is left of it");
        run(&mut model, right.clone());
        run(&mut model, right);
        assert_eq!(spans(&model), [Span::new(0, 2), Span::new(2, 3)], "F26: it overlaps none of its own");
        assert!(model.notices.iter().any(|notice| notice.text.contains("already")));
        let desk = model.desk.as_ref().unwrap();
        let (id, span) = (desk.picked.unwrap(), desk.picked().unwrap().spans[0].id);
        run(&mut model, Command::Reshape(id, span, Span::new(1, 2)));
        assert_eq!(spans(&model)[0], Span::new(0, 2));
        assert!(model.notices.iter().any(|notice| notice.text.contains("white space")));
    }

    #[test]
    fn without_a_selection_the_sentence_at_the_caret_is_marked() {
        use crate::app::{Command, update};
        use crate::domain::Kind;
        let (mut model, mut stamp) = model("One two. Three four?\n\nFive.");
        let mut run = |model: &mut Model, command| update(model, command, &mut stamp);
        run(&mut model, Command::Mark(Kind::Claim));
        assert!(model.notices[0].text.contains("Select words"));
        run(&mut model, Command::Caret(Some(12)));
        run(&mut model, Command::Mark(Kind::Claim));
        assert_eq!(words(&model), "Three four?");
        assert_eq!(model.desk.as_ref().unwrap().said, "Claim marked: Three four?");
        run(&mut model, Command::Mark(Kind::Quote));
        let kinds: Vec<_> =
            model.desk.as_ref().unwrap().project.annotations.values().map(|a| a.kind).collect();
        assert_eq!(kinds, [Kind::Quote], "what is picked changes its kind");
        run(&mut model, Command::Escape);
        run(&mut model, Command::Caret(Some(21)));
        run(&mut model, Command::Mark(Kind::Claim));
        assert!(model.notices.iter().any(|notice| notice.text.contains("in no sentence")));
        run(&mut model, Command::Caret(Some(10)));
        run(&mut model, Command::PickAtCaret);
        assert!(model.desk.as_ref().unwrap().said.starts_with("Quote, Unchecked: Three"));
    }
}
