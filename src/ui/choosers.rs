//! The lists to choose from: all commands, speakers, sources.
//!
//! May use: egui, the model (read), the table, the picker. Invariant: what there is to choose is made
//! once, when the list opens; choosing pushes commands and nothing else.

use egui::{RichText, Ui};

use super::dialogs::title;
use super::palette::Palette;
use super::picker::{Choice, Chosen, Frame, Picker};
use crate::app::chooser::{self, Chooser};
use crate::app::queue::bulk::annotations;
use crate::app::speakers::{self, For, Person, Speakers};
use crate::app::table::Row;
use crate::app::{Command, Dialog, Model};
use crate::domain::invisible::shown;
use crate::domain::{Id, Kind};

/// The open list.
#[derive(Default)]
pub struct Choosers {
    picker: Picker,
    rows: Vec<&'static Row>,
    people: Vec<Person>,
}

impl Choosers {
    /// Fills the list of a dialog that opens.
    pub fn open(&mut self, model: &Model) {
        self.people = match (&model.dialog, &model.desk) {
            (Some(Dialog::Speaker { id }), Some(desk)) => speakers::people(desk, *id),
            (Some(Dialog::Source { .. }), Some(desk)) => speakers::sources(desk),
            _ => Vec::new(),
        };
        let choices = if model.dialog == Some(Dialog::Commands) {
            self.rows = chooser::listed(model);
            self.rows.iter().map(|row| choice_of(row, model)).collect()
        } else {
            self.people.iter().map(person).collect()
        };
        self.picker.fill(choices);
    }

    /// Draws all commands.
    pub fn commands(&mut self, ui: &mut Ui, palette: &Palette, out: &mut Vec<Command>) {
        title(ui, "All commands");
        let frame = Frame {
            label: "Find a command",
            hint: "A few letters of what you want to do",
            height: room(ui, 460.0),
        };
        if let Some(Chosen::Row(place)) = self.picker.ui(ui, frame, palette, |_| None)
            && let Some(row) = self.rows.get(place)
        {
            out.push(Command::Chooser(Chooser::Chose(row.name)));
            out.push(row.command.clone());
        }
    }

    /// Draws whom an annotation can be attributed to.
    pub fn speaker(&mut self, ui: &mut Ui, model: &Model, id: Id, palette: &Palette, out: &mut Vec<Command>) {
        let Some(desk) = &model.desk else { return };
        title(ui, "Who said it?");
        if let Some(annotation) = desk.project.annotations.get(&id) {
            let words = if desk.chosen.are_several() {
                format!("{}, of which the claims and quotes get a speaker", annotations(desk.chosen_count()))
            } else {
                super::annotations::title(annotation)
            };
            ui.add(egui::Label::new(RichText::new(words).color(palette.dim)).truncate());
        }
        let frame = Frame {
            label: "Who said it",
            hint: "A few letters of a name, or a new name",
            height: room(ui, 300.0),
        };
        let people = &self.people;
        let chosen = self.picker.ui(ui, frame, palette, |typed| {
            if people.iter().any(|one| one.name == typed) {
                return None;
            }
            let text = &desk.project.article.text;
            let place = speakers::first_place(text, typed);
            let (name, more) = match place {
                Some(span) => {
                    let paragraph = text.paragraph_of(span.start as usize);
                    (
                        format!("New source “{}”", shown(text.slice(span))),
                        format!("marks its words in ¶ {paragraph}"),
                    )
                }
                None => (format!("The name “{}”", shown(typed)), "does not stand in the article".to_owned()),
            };
            Some(Choice { name, more, kind: place.map(|_| Kind::Source), ..Choice::default() })
        });
        let choice = match chosen {
            None => return,
            Some(Chosen::Row(place)) => self.people.get(place).map(|one| one.choice.clone()),
            Some(Chosen::Typed) => Some(speakers::Choice::New(self.picker.typed().to_owned())),
        };
        out.extend(choice.map(|choice| Command::Speakers(Speakers::Link(id, choice))));
    }

    /// Draws the sources of the article.
    pub fn source(&mut self, ui: &mut Ui, purpose: For, palette: &Palette, out: &mut Vec<Command>) {
        let words = match purpose {
            For::Rests => "What rests on which source?",
            For::Sheet => "A call sheet for which source?",
        };
        title(ui, words);
        let frame =
            Frame { label: "Find a source", hint: "A few letters of a name", height: room(ui, 300.0) };
        if let Some(Chosen::Row(place)) = self.picker.ui(ui, frame, palette, |_| None)
            && let Some(speakers::Choice::Source(id)) = self.people.get(place).map(|one| one.choice.clone())
        {
            out.push(Command::Speakers(match purpose {
                For::Rests => Speakers::ShowRests(Some(id)),
                For::Sheet => Speakers::ShowSheet(id),
            }));
        }
    }
}

/// As high as the window lets it be.
fn room(ui: &Ui, most: f32) -> f32 {
    (ui.ctx().content_rect().height() - 190.0).clamp(60.0, most)
}

fn choice_of(row: &Row, model: &Model) -> Choice {
    let mac = cfg!(target_os = "macos");
    Choice {
        name: super::top::name_of(row.name, &row.command, model),
        more: row.menu.name().to_owned(),
        help: row.help.to_owned(),
        key: row.keys.first().map(|chord| chord.words(mac)).unwrap_or_default(),
        kind: None,
        why_not: chooser::why_not(model, &row.command),
    }
}

fn person(one: &Person) -> Choice {
    let kind = matches!(one.choice, speakers::Choice::Source(_)).then_some(Kind::Source);
    let (name, more) = (shown(&one.name).into_owned(), shown(&one.more).into_owned());
    Choice { name, more, kind, ..Choice::default() }
}
