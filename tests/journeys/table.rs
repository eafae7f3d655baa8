//! The model alone, without a window: for journeys whose point is what comes back from outside, and when.

use proofmark::app::{Command, Desk, Effect, Model, Settings, update};
use proofmark::domain::project::Checker;
use proofmark::domain::{Article, History, Kind, Project, Span, Text};

use crate::room::{STORY, stamp};

/// A model with the story on the desk, saved as `/a.ron`, and a checker who is known.
pub fn model(seed: u128) -> Model {
    with_text(STORY, seed)
}

/// The same with another text.
pub fn with_text(text: &str, seed: u128) -> Model {
    let mut stamp = stamp(seed);
    let article = Article::new("story.txt".into(), String::new(), Text::normalised(text), &mut stamp);
    let project = Project::new(article, &mut stamp);
    let mut model =
        Model::new(Settings { checker: Some(Checker::named("Ana Núñez")), ..Settings::default() });
    model.desk = Some(Desk::new(project, History::default(), Some("/a.ron".into()), "/a.ron".into()));
    model
}

/// Asks for something, and returns what it asks of the outside.
pub fn asks(model: &mut Model, command: Command, seed: u128) -> Vec<Effect> {
    update(model, command, &mut stamp(seed))
}

/// Marks four bytes as a claim.
pub fn mark(model: &mut Model, from: usize, seed: u128) {
    asks(model, Command::Select(Some(Span::new(from, from + 4))), seed);
    asks(model, Command::Mark(Kind::Claim), seed + 1);
}
