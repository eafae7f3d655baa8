//! The window, driven as a person drives it: by what is written on things, the mouse and the keys.
//!
//! One call of `frame` is one frame of the program. Nothing waits for a time to pass: what other
//! threads do is waited for frame by frame, a bounded number of times.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use egui::accesskit::Role;
use egui::{
    Event, Key, Modifiers, MouseWheelUnit, PointerButton, Pos2, Rect, Vec2, ViewportCommand, ViewportId,
};
use egui_kittest::kittest::{NodeT, Queryable};
use egui_kittest::{Harness, Node};
use proofmark::app::{Dialog, Model};
use proofmark::domain::Annotation;
use proofmark::io::{Surroundings, settings};
use proofmark::ui::Shell;
use proofmark::ui::article::FontSource;

use crate::room::Room;

type Stage = Option<Shell>;

/// The window.
pub struct Desk {
    harness: Harness<'static, Stage>,
    now: f64,
    modifiers: Modifiers,
    /// Whether the window has closed.
    pub closed: bool,
    /// Its title.
    pub title: String,
}

impl Desk {
    /// Starts the program in a room with a file, as the command line does.
    pub fn open(room: &Room, name: &str) -> Self {
        Self::start(room, Some(room.path(name)), Vec2::new(1440.0, 900.0))
    }

    /// Starts it with no argument.
    pub fn bare(room: &Room) -> Self {
        Self::start(room, None, Vec2::new(1440.0, 900.0))
    }

    /// Starts it in a window of a size.
    pub fn start(room: &Room, path: Option<PathBuf>, size: Vec2) -> Self {
        let folder = room.settings();
        let frame = move |ui: &mut egui::Ui, stage: &mut Stage| {
            let ctx = ui.ctx().clone();
            match stage {
                None => {
                    let (settings, _) = settings::load(&folder);
                    let surroundings = Surroundings::bare(folder.clone());
                    *stage =
                        Some(Shell::new(&ctx, settings, FontSource::Bundled, surroundings, path.clone()));
                }
                Some(shell) => {
                    shell.logic(&ctx);
                    shell.ui(ui);
                    shell.tell_missing_scripts();
                }
            }
        };
        let harness = Harness::builder().with_size(size).with_max_steps(8).build_ui_state(frame, None);
        let mut desk =
            Self { harness, now: 100.0, modifiers: Modifiers::NONE, closed: false, title: String::new() };
        desk.idle();
        desk
    }

    /// The state of the program.
    pub fn model(&self) -> &Model {
        &self.harness.state().as_ref().expect("a window").model
    }

    /// The open project.
    pub fn desk(&self) -> &proofmark::app::Desk {
        self.model().desk.as_ref().expect("an open project")
    }

    /// The article's text.
    pub fn text(&self) -> String {
        self.desk().project.article.text.as_str().to_owned()
    }

    /// The picked annotation.
    pub fn picked(&self) -> &Annotation {
        self.desk().picked().expect("a picked annotation")
    }

    /// The selected words; none is empty.
    pub fn selected(&self) -> String {
        let desk = self.desk();
        desk.selection.map(|span| desk.project.article.text.slice(span).to_owned()).unwrap_or_default()
    }

    /// The words of every annotation in text order.
    pub fn marked(&self) -> Vec<String> {
        self.desk().project.in_order().iter().map(|annotation| annotation.words()).collect()
    }

    /// What was told and is not closed yet.
    pub fn told(&self) -> String {
        let lines: Vec<_> =
            self.model().notices.iter().map(|notice| format!("{}\n{}", notice.text, notice.hint)).collect();
        lines.join("\n")
    }

    /// Draws one frame with these events.
    pub fn frame(&mut self, events: Vec<Event>) {
        self.now += 1.0 / 60.0;
        let input = self.harness.input_mut();
        input.time = Some(self.now);
        input.events.push(Event::ModifiersChanged(self.modifiers));
        input.events.extend(events);
        self.harness.step();
        let output = self.harness.output();
        for command in &output.viewport_output[&ViewportId::ROOT].commands {
            match command {
                ViewportCommand::Close => self.closed = true,
                ViewportCommand::Title(title) => self.title.clone_from(title),
                _ => {}
            }
        }
    }

    /// Some frames in which nothing happens; every control has a name.
    pub fn rest(&mut self) {
        for _ in 0..4 {
            self.frame(Vec::new());
        }
        self.harness.check_accessibility();
    }

    /// Frames until no file is being read or written.
    pub fn idle(&mut self) {
        self.rest();
        self.until("files to be ready", |model| {
            !model.busy && model.desk.as_ref().is_none_or(|desk| desk.saving.is_none())
        });
        self.rest();
    }

    /// Frames until something is so.
    pub fn until(&mut self, what: &str, is_so: impl Fn(&Model) -> bool) {
        for _ in 0..3000 {
            self.frame(Vec::new());
            if is_so(self.model()) {
                return self.rest();
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        panic!("waited in vain for {what}; dialog {:?}, told {}", self.model().dialog, self.told());
    }

    /// Frames until something was told.
    pub fn hears(&mut self, words: &str) {
        let words = words.to_owned();
        self.until(&format!("“{words}”"), |model| {
            model.notices.iter().any(|notice| notice.text.contains(&words) || notice.hint.contains(&words))
        });
    }

    /// Frames until a question of that kind is open.
    pub fn is_asked(&mut self, what: &str, fits: impl Fn(&Dialog) -> bool) {
        self.until(what, |model| model.dialog.as_ref().is_some_and(&fits));
    }

    /// Lets time pass, so that the next click is not part of a double click.
    pub fn pause(&mut self) {
        self.now += 1.0;
    }

    fn button(&mut self, pos: Pos2, pressed: bool) {
        let modifiers = self.modifiers;
        self.frame(vec![Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers }]);
    }

    /// A click of the mouse.
    pub fn click_at(&mut self, pos: Pos2) {
        self.pause();
        self.click_again_at(pos);
        self.rest();
    }

    /// A click so soon after the last that both are one double click.
    pub fn click_again_at(&mut self, pos: Pos2) {
        self.frame(vec![Event::PointerMoved(pos)]);
        self.button(pos, true);
        self.button(pos, false);
    }

    /// A drag of the mouse.
    pub fn drag(&mut self, from: Pos2, to: Pos2) {
        self.pause();
        self.frame(vec![Event::PointerMoved(from)]);
        self.button(from, true);
        for part in [0.3, 0.7, 1.0] {
            self.frame(vec![Event::PointerMoved(from + (to - from) * part)]);
        }
        self.button(to, false);
        self.rest();
    }

    /// Presses a key, as the keyboard sends it: with its text where it has one.
    pub fn press(&mut self, key: Key) {
        self.chord(Modifiers::NONE, key);
    }

    /// Presses a key with Ctrl.
    pub fn ctrl(&mut self, key: Key) {
        self.chord(Modifiers::COMMAND, key);
    }

    /// Presses a key with Ctrl and Shift.
    pub fn ctrl_shift(&mut self, key: Key) {
        self.chord(Modifiers::COMMAND | Modifiers::SHIFT, key);
    }

    /// Presses a key with modifiers.
    pub fn chord(&mut self, mut modifiers: Modifiers, key: Key) {
        modifiers.ctrl |= modifiers.command;
        self.modifiers = modifiers;
        let event = |pressed| Event::Key { key, physical_key: None, pressed, repeat: false, modifiers };
        let mut events = vec![event(true)];
        let name = key.symbol_or_name();
        if name.chars().count() == 1 && !modifiers.command {
            let text = if modifiers.shift { name.to_owned() } else { name.to_lowercase() };
            events.push(Event::Text(text));
        }
        self.frame(events);
        self.frame(vec![event(false)]);
        self.modifiers = Modifiers::NONE;
        self.rest();
    }

    /// Types into whatever has the focus.
    pub fn types(&mut self, text: &str) {
        for part in text.split_inclusive('\n') {
            let line = part.trim_end_matches('\n');
            if !line.is_empty() {
                self.frame(vec![Event::Text(line.to_owned())]);
            }
            if part.ends_with('\n') {
                self.press(Key::Enter);
            }
        }
        self.rest();
    }

    /// Pastes text.
    pub fn paste(&mut self, text: &str) {
        self.frame(vec![Event::Paste(text.to_owned())]);
        self.rest();
    }

    /// Drops a file onto the window.
    pub fn drop_file(&mut self, path: &Path) {
        self.harness.input_mut().dropped_files.push(Arc::new(Dropped(path.to_owned())));
        self.rest();
    }

    /// The cross of the window's frame.
    pub fn close(&mut self) {
        let input = self.harness.input_mut();
        let viewport = input.viewports.get_mut(&ViewportId::ROOT).expect("a window");
        viewport.events.push(egui::ViewportEvent::Close);
        self.rest();
    }

    /// Turns the wheel in the article.
    pub fn wheel(&mut self, by: f32) {
        let pos = self.pane().center();
        self.frame(vec![
            Event::PointerMoved(pos),
            Event::MouseWheel {
                unit: MouseWheelUnit::Point,
                delta: Vec2::new(0.0, by),
                modifiers: Modifiers::NONE,
                phase: egui::TouchPhase::Move,
                source: egui::MouseWheelSource::Unknown,
            },
        ]);
        for _ in 0..4 {
            self.rest();
        }
    }

    /// The article's pane.
    pub fn pane(&self) -> Rect {
        let shell = self.harness.state().as_ref().expect("a window");
        shell.article_output().expect("an article").rect
    }

    /// Whether the article has the keys.
    pub fn article_has_focus(&self) -> bool {
        let shell = self.harness.state().as_ref().expect("a window");
        shell.article_output().is_some_and(|output| output.has_focus)
    }

    /// Where a byte of the article is on the screen; it may be out of sight.
    pub fn place(&mut self, at: usize) -> Pos2 {
        let ctx = self.harness.ctx.clone();
        self.harness.state_mut().as_mut().and_then(|shell| shell.screen_pos(&ctx, at)).expect("an article")
    }

    /// Where a byte of the article is on the screen, scrolled to if it must be.
    pub fn seen(&mut self, at: usize) -> Pos2 {
        for _ in 0..200 {
            let (pos, pane) = (self.place(at), self.pane().shrink(30.0));
            if pane.y_range().contains(pos.y) {
                return pos;
            }
            self.wheel((pane.center().y - pos.y).clamp(-2000.0, 2000.0));
        }
        panic!("byte {at} cannot be scrolled to");
    }

    /// Where words begin and end in the article.
    pub fn find(&self, words: &str) -> (usize, usize) {
        let text = self.text();
        let at = text.find(words).unwrap_or_else(|| panic!("“{words}” is not in the article"));
        (at, at + words.len())
    }

    /// Drags over words.
    pub fn select(&mut self, words: &str) {
        let (start, end) = self.find(words);
        let to = self.seen(end);
        let from = self.place(start);
        self.drag(from, to);
    }

    /// Drags over words from their end to their start.
    pub fn select_backwards(&mut self, words: &str) {
        let (start, end) = self.find(words);
        let from = self.seen(end);
        let to = self.place(start);
        self.drag(from, to);
    }

    /// Clicks into the middle of words.
    pub fn click_on(&mut self, words: &str) {
        let (start, _) = self.find(words);
        let pos = self.seen(start) + Vec2::new(3.0, 0.0);
        self.click_at(pos);
    }

    /// The whole tree of names.
    pub fn root(&self) -> Node<'_> {
        self.harness.root()
    }

    /// Whether something is called so.
    pub fn shows(&self, name: &str) -> bool {
        self.harness.query_all_by_label(name).next().is_some()
    }

    /// Whether something has these words in its name.
    pub fn shows_words(&self, words: &str) -> bool {
        self.harness.query_all_by_label_contains(words).next().is_some()
    }

    /// A button.
    pub fn find_button<'a>(&'a self, name: &'a str) -> Option<Node<'a>> {
        self.harness.query_all_by_role_and_label(Role::Button, name).next()
    }

    /// Whether a button can be pressed.
    pub fn can_press(&self, name: &str) -> bool {
        let node = self.find_button(name).unwrap_or_else(|| panic!("no button “{name}”"));
        !node.accesskit_node().is_disabled()
    }

    /// Presses a button with the mouse.
    pub fn click(&mut self, name: &str) {
        assert!(self.can_press(name), "the button “{name}” is disabled");
        let pos = self.find_button(name).map(|node| node.rect().center()).expect("a button");
        self.click_at(pos);
    }

    /// Chooses a row of a menu.
    pub fn menu(&mut self, menu: &str, row: &str) {
        self.click(menu);
        self.click(row);
    }

    /// A field by its label.
    pub fn field<'a>(&'a self, name: &'a str) -> Node<'a> {
        let one = self.harness.query_all_by_role_and_label(Role::TextInput, name).next();
        let found = one.or(self.harness.query_all_by_role_and_label(Role::MultilineTextInput, name).next());
        found.unwrap_or_else(|| panic!("no field “{name}”"))
    }

    /// What stands in a field.
    pub fn value(&self, name: &str) -> String {
        self.field(name).value().unwrap_or_default()
    }

    /// Clicks into a field and types at its end.
    pub fn fill(&mut self, name: &str, text: &str) {
        self.enter(name);
        self.types(text);
    }

    /// Clicks into a field and puts the caret at its end.
    pub fn enter(&mut self, name: &str) {
        let pos = self.field(name).rect().center();
        self.click_at(pos);
        assert!(self.field(name).is_focused(), "“{name}” does not take the focus");
        self.ctrl(Key::End);
    }

    /// Types a path where one is asked for, in place of the suggested one.
    pub fn gives_path(&mut self, path: &Path) {
        self.is_asked("a path", |dialog| matches!(dialog, Dialog::Path { .. }));
        self.ctrl(Key::A);
        self.types(path.to_str().expect("a path"));
        self.press(Key::Enter);
    }

    /// The rows of the list, as they are called.
    pub fn list(&self) -> Vec<String> {
        let is_row =
            |name: &String| ["Claim, ", "Quote, ", "Source, "].iter().any(|kind| name.starts_with(kind));
        let names = self.harness.root().children_recursive().filter_map(|node| node.accesskit_node().label());
        names.filter(is_row).collect()
    }

    /// Shows everything at another scale, as the system does on a dense screen.
    pub fn scale(&mut self, factor: f32) {
        self.harness.set_pixels_per_point(factor);
        self.rest();
    }

    /// What the last frame put on the clipboard.
    pub fn copied(&self) -> Option<String> {
        self.harness.output().platform_output.commands.iter().find_map(|command| match command {
            egui::OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        })
    }

    /// Whether a mark of a colour is drawn in this frame.
    pub fn draws(&self, color: egui::Color32) -> bool {
        self.harness.output().shapes.iter().any(|shape| match &shape.shape {
            egui::Shape::Mesh(mesh) => mesh.vertices.iter().any(|vertex| vertex.color == color),
            egui::Shape::Rect(rect) => rect.fill == color,
            _ => false,
        })
    }
}

#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}
