//! The application's state, and the one function that changes it.
//!
//! May use: `domain`, `formats`. No window, no files, no clock: what it needs from outside goes out
//! as [`effect::Effect`] and comes back as [`effect::Outcome`]. Drawing reads [`Model`] and pushes
//! [`command::Command`]s.
//!
//! Invariant: [`update::update`] answers commands, [`finish::finish`] answers outcomes, and nothing
//! else changes a model.

pub mod address;
pub mod annotate;
pub mod beside;
pub mod chooser;
pub mod chord;
pub mod command;
pub mod comparing;
pub mod dialog;
pub mod disputes;
pub mod edges;
pub mod effect;
pub mod export;
pub mod facts;
pub mod files;
pub mod find;
pub mod finish;
pub mod found;
pub mod hindrance;
pub mod import;
pub mod journal;
mod key_list;
pub mod list_keys;
pub mod marks;
pub mod menu;
pub mod merging;
pub mod moves;
pub mod orphans;
pub mod queue;
pub mod ranking;
pub mod records;
pub mod redraft;
pub mod rescue;
pub mod seen;
pub mod send;
pub mod settings;
pub mod show;
pub mod speakers;
pub mod story;
pub mod studies;
pub mod table;
pub mod text;
pub mod update;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

pub use command::{Answer, Command};
pub use dialog::{Dialog, Purpose};
pub use effect::{Effect, Outcome, Problem};
pub use records::RecordCommand;
pub use settings::Settings;
pub use text::TextCommand;
pub use update::{can, update};

use crate::domain::places::Places;
use crate::domain::{Annotation, History, Id, Project, Span, Transaction};
use effect::OnDisk;
use journal::Journal;

/// Something to tell, until it is closed or has been seen long enough.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// To close it by.
    pub number: u64,
    /// Whether something failed.
    pub is_problem: bool,
    /// Whether it only says why nothing was done; it goes with the next thing that is done.
    pub is_advice: bool,
    /// What happened.
    pub text: String,
    /// What to do; may be empty.
    pub hint: String,
    /// A copy that a button beside it merges.
    pub copy: Option<PathBuf>,
}

/// The open project.
#[derive(Clone, Debug)]
pub struct Desk {
    /// What is worked on.
    pub project: Project,
    /// What was done to it.
    pub history: History,
    /// Its file, once it has one.
    pub path: Option<PathBuf>,
    /// The article's own file, while the window that read it is open.
    pub original: Option<import::Original>,
    /// What is known of the file's content.
    pub on_disk: Option<OnDisk>,
    /// The name that is suggested for its file.
    pub suggested: PathBuf,
    /// When it was saved last, as shown.
    pub saved_at: Option<String>,
    /// The state that is being written just now.
    pub saving: Option<u64>,
    /// The state whose writing was not waited for: it may be in the file yet.
    pub doubtful: Option<u64>,
    /// The snapshot that is being written.
    pub written: Option<Arc<Project>>,
    /// The content of somebody else that the person has seen and left.
    pub seen: Option<String>,
    /// The journal that it was recovered from.
    pub adopted: Option<PathBuf>,
    /// One number for each desk of a window.
    pub number: u64,
    /// Why the last saving failed.
    pub failed: Option<String>,
    /// Why it must not be changed.
    pub read_only: Option<String>,
    /// Where everything stands.
    pub places: Places,
    /// Changes when the text does.
    pub text_revision: u64,
    /// The selected text.
    pub selection: Option<Span>,
    /// The annotation that the inspector shows.
    pub picked: Option<Id>,
    /// The one that was picked until the caret was walked out of it: words can still be added to it.
    pub walked_from: Option<Id>,
    /// The annotations that are chosen beside it.
    pub chosen: queue::Chosen,
    /// What the list shows.
    pub list: queue::View,
    /// Where the caret stands in the article, a byte on a grapheme edge, once it was there.
    pub caret: Option<usize>,
    /// The edge of the picked mark that keys move.
    pub edge: edges::Edge,
    /// What was done last, for those who do not see it.
    pub said: String,
    /// What is to be brought into view at the next frame.
    pub reveal: Option<Span>,
    /// What the article shows beside its words.
    pub looks: show::Looks,
    /// Editing the text.
    pub writing: text::Writing,
    /// The source whose claims and quotes alone the list shows.
    pub rests_on: Option<Id>,
    /// What others changed since the person last looked.
    pub news: seen::News,
    /// The colleague's copy that it is compared with.
    pub comparing: Option<Box<comparing::Comparing>>,
}

impl Desk {
    /// A desk with a project on it.
    pub fn new(project: Project, history: History, path: Option<PathBuf>, suggested: PathBuf) -> Self {
        let places = Places::of(&project);
        Self::with_places(project, places, history, path, suggested)
    }

    /// The same where the index is made already: of a large project it is, on the worker's thread.
    pub fn with_places(
        project: Project,
        places: Places,
        history: History,
        path: Option<PathBuf>,
        suggested: PathBuf,
    ) -> Self {
        Self {
            project,
            history,
            path,
            original: None,
            on_disk: None,
            suggested,
            saved_at: None,
            saving: None,
            doubtful: None,
            written: None,
            seen: None,
            adopted: None,
            number: 0,
            failed: None,
            read_only: None,
            places,
            text_revision: 0,
            selection: None,
            picked: None,
            walked_from: None,
            chosen: queue::Chosen::default(),
            list: queue::View::default(),
            caret: None,
            edge: edges::Edge::End,
            said: String::new(),
            reveal: None,
            looks: show::Looks::default(),
            writing: text::Writing::default(),
            rests_on: None,
            news: seen::News::default(),
            comparing: None,
        }
    }

    /// The annotation that the inspector shows.
    pub fn picked(&self) -> Option<&Annotation> {
        self.picked.and_then(|id| self.project.annotations.get(&id)).map(|annotation| &**annotation)
    }

    /// Brings what is derived up to date after a transaction was applied, in whichever direction.
    fn follow(&mut self, transaction: &Transaction) {
        use crate::domain::Change;
        let ids = transaction.changes.iter().filter_map(|change| match change {
            Change::Annotation { id, .. } => Some(*id),
            _ => None,
        });
        let ids: Vec<Id> = ids.collect();
        let touches_text = transaction.changes.iter().any(|c| matches!(c, Change::Article { .. }));
        if touches_text {
            self.places = Places::of(&self.project);
            self.text_revision += 1;
            self.selection = None;
            let text = &self.project.article.text;
            self.caret = self.caret.map(|at| text.edge_before(at));
        } else {
            self.places.refresh(&self.project, ids.iter().copied());
        }
        self.list.follow(&self.project, transaction);
        self.looks.follow(&self.project, touches_text, &ids);
        self.picked = self.picked.filter(|id| self.project.annotations.contains_key(id));
        self.walked_from = self.walked_from.filter(|id| self.project.annotations.contains_key(id));
        self.chosen.follow(&self.project, &mut self.picked);
        self.rests_on = self.rests_on.filter(|id| self.places.is_kind(*id, crate::domain::Kind::Source));
        self.list.narrow(&self.project, self.rests_on);
    }
}

/// All state that outlives a frame and matters to more than one part of the window.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// The open project.
    pub desk: Option<Desk>,
    /// What the program remembers of the person.
    pub settings: Settings,
    /// The question that is open.
    pub dialog: Option<Dialog>,
    /// An article that was read and waits to be taken.
    pub incoming: Option<Box<import::Incoming>>,
    /// A merge that is reviewed.
    pub review: Option<Box<merging::Review>>,
    /// Annotations of another tool that are shown before they are taken.
    pub marks: Option<Box<marks::Shown>>,
    /// A new draft of the open article.
    pub draft: redraft::Drafts,
    /// What is to be told, oldest first.
    pub notices: Vec<Notice>,
    /// A text that waits for the path that it is saved to.
    pub text: String,
    /// What is done as soon as the project is saved.
    pub after_save: Option<Command>,
    /// The export that is being written.
    pub exporting: Option<export::Exporting>,
    /// The format and the annotations of the last export.
    pub last_export: Option<(&'static str, crate::domain::rules::Include)>,
    /// What is looked for in the article and in notes.
    pub find: find::Seek,
    /// What is being looked for beside the window.
    studies: studies::Studies,
    /// A dialog of the system is open, or a file is being read.
    pub busy: bool,
    /// What the program was started for, until it is known what can be recovered.
    pub first: Option<Box<Command>>,
    /// Journals that the person wants to keep for later.
    later: BTreeSet<PathBuf>,
    /// What is in the recovery journal.
    journal: Journal,
    /// Why the journal cannot be written, told once.
    unkept: bool,
    next_desk: u64,
    /// The state whose unsaved work may go, because the person said so.
    let_go: Option<u64>,
    next_notice: u64,
}

impl Model {
    /// A model with the settings of the last time.
    pub fn new(settings: Settings) -> Self {
        Self { settings, ..Self::default() }
    }

    /// Tells something.
    pub fn tell(&mut self, text: impl Into<String>) {
        self.push_notice(false, text.into(), String::new());
    }

    /// Says why nothing was done.
    pub fn advise(&mut self, text: impl Into<String>) {
        self.push_notice(false, text.into(), String::new());
        if let Some(notice) = self.notices.last_mut() {
            notice.is_advice = true;
        }
    }

    /// Tells what happened, and what a person may want to know about it.
    pub fn tell_more(&mut self, text: impl Into<String>, more: impl Into<String>) {
        self.push_notice(false, text.into(), more.into());
    }

    /// Tells of a copy that can be merged, and stays until it is closed or merged.
    fn offer(&mut self, text: impl Into<String>, copy: PathBuf) {
        self.push_notice(false, text.into(), String::new());
        if let Some(notice) = self.notices.last_mut() {
            notice.copy = Some(copy);
        }
    }

    /// Tells that something failed.
    pub fn fail(&mut self, problem: Problem) {
        self.push_notice(true, problem.what, problem.hint);
    }

    fn push_notice(&mut self, is_problem: bool, text: String, hint: String) {
        self.notices.retain(|notice| notice.text != text);
        let number = self.next_notice;
        self.next_notice += 1;
        self.notices.push(Notice { number, is_problem, is_advice: false, text, hint, copy: None });
        let surplus = self.notices.len().saturating_sub(5);
        self.notices.drain(..surplus);
    }

    /// Whether there is work that is in no file.
    pub fn is_dirty(&self) -> bool {
        self.desk.as_ref().is_some_and(Desk::is_dirty)
    }

    /// Whether leaving the project now would lose work that the person has not given up.
    fn would_lose_work(&self) -> bool {
        let given_up = |desk: &Desk| self.let_go == Some(desk.history.state());
        self.is_dirty() && !self.desk.as_ref().is_some_and(given_up)
    }

    /// Whether a question about the checker holds text that was typed and is no change yet.
    pub fn has_text_in_question(&self) -> bool {
        let Some(Dialog::Checker { then: Some(then) }) = &self.dialog else { return false };
        match &**then {
            Command::Set(..) | Command::SetSpeaker(..) | Command::Describe(_) | Command::Unverifiable(..) => {
                true
            }
            Command::Facts(asked) => asked.changes(),
            Command::Record(command) => command.is_typed(),
            _ => false,
        }
    }

    /// The project stays open after all: nothing is given up, nothing follows the next saving.
    fn stay(&mut self) {
        self.let_go = None;
        self.after_save = None;
        if self.dialog != Some(Dialog::Import) {
            self.incoming = None;
            self.draft.asked = redraft::Asked::default();
        }
    }

    /// Puts another project in the place of this one.
    fn put(&mut self, mut desk: Desk) {
        self.stay();
        desk.list.arrange(&desk.project, self.settings.sort, self.settings.group);
        self.next_desk += 1;
        self.desk = Some(Desk { number: self.next_desk, ..desk });
    }
}
