//! The window, driven as a person drives it: by what is written on things, the mouse and the keys.
//!
//! One call of `frame` is one frame of the program. Nothing waits for a time to pass: what other
//! threads do is waited for frame by frame, a bounded number of times.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use egui::{Event, Key, Modifiers, MouseWheelUnit, PointerButton, Pos2, Vec2, ViewportCommand, ViewportId};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use proofmark::app::{Dialog, Model};
use proofmark::io::{Surroundings, settings};
use proofmark::ui::Shell;
use proofmark::ui::article::FontSource;

use crate::room::Room;

/// The shell, made in the first frame after the harness has been set up.
#[derive(Default)]
pub(crate) struct Stage {
    pub(crate) shell: Option<Shell>,
    ready: bool,
}

/// The window.
pub struct Desk {
    pub(crate) harness: Harness<'static, Stage>,
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
        let surroundings = Surroundings { browser: room.browser(), ..Surroundings::bare(room.settings()) };
        let mut desk = Self::within(surroundings, path, size);
        desk.idle();
        desk
    }

    /// Starts it in surroundings of its own, and does not wait until files are ready.
    pub fn within(surroundings: Surroundings, path: Option<PathBuf>, size: Vec2) -> Self {
        let frame = move |ui: &mut egui::Ui, stage: &mut Stage| {
            let ctx = ui.ctx().clone();
            match &mut stage.shell {
                None if !stage.ready => {}
                None => {
                    let surroundings = surroundings.clone();
                    let folder = surroundings.settings.clone();
                    let (settings, _) = folder.as_deref().map(settings::load).unwrap_or_default();
                    stage.shell =
                        Some(Shell::new(&ctx, settings, FontSource::Bundled, surroundings, path.clone()));
                }
                Some(shell) => {
                    shell.logic(&ctx);
                    shell.ui(ui);
                    shell.tell_missing_scripts();
                }
            }
        };
        let harness =
            Harness::builder().with_size(size).with_max_steps(8).build_ui_state(frame, Stage::default());
        let mut desk =
            Self { harness, now: 100.0, modifiers: Modifiers::NONE, closed: false, title: String::new() };
        desk.harness.state_mut().ready = true;
        desk.rest();
        desk
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
        let is_arrow = matches!(key, Key::ArrowUp | Key::ArrowDown | Key::ArrowLeft | Key::ArrowRight);
        if name.chars().count() == 1 && !modifiers.command && !is_arrow {
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

    /// Where a byte of the article is on the screen; it may be out of sight.
    pub fn place(&mut self, at: usize) -> Pos2 {
        let ctx = self.harness.ctx.clone();
        self.harness
            .state_mut()
            .shell
            .as_mut()
            .and_then(|shell| shell.screen_pos(&ctx, at))
            .expect("an article")
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

    /// Presses a button with the mouse.
    pub fn click(&mut self, name: &str) {
        assert!(self.can_press(name), "the button “{name}” is disabled");
        let pos = self.find_button(name).map(|node| node.rect().center()).expect("a button");
        self.click_at(pos);
    }

    /// Ticks a box whose name has these words.
    pub fn click_box(&mut self, words: &str) {
        let boxes = self.harness.query_all_by_role(egui::accesskit::Role::CheckBox);
        let named = |node: &egui_kittest::Node<'_>| {
            node.accesskit_node().label().is_some_and(|label| label.contains(words))
        };
        let pos = boxes.into_iter().find(named).map(|node| node.rect().center()).expect("a box");
        self.click_at(pos);
    }

    /// Clicks on a button while keys are held.
    pub fn click_holding(&mut self, modifiers: Modifiers, name: &str) {
        let pos = self.find_button(name).map(|node| node.rect().center()).expect("a button");
        self.modifiers = modifiers;
        self.modifiers.ctrl |= modifiers.command;
        self.click_at(pos);
        self.modifiers = Modifiers::NONE;
        self.rest();
    }

    /// Chooses a row of a menu.
    pub fn menu(&mut self, menu: &str, row: &str) {
        self.click(menu);
        self.click(row);
    }

    /// Clicks into a field and types at its end.
    pub fn fill(&mut self, name: &str, text: &str) {
        self.enter(name);
        self.types(text);
    }

    /// Clicks into a field and puts the caret at its end.
    pub fn enter(&mut self, name: &str) {
        // It may lie below the fold of the inspector.
        self.field(name).scroll_to_me();
        self.rest();
        let pos = self.field(name).rect().center();
        self.click_at(pos);
        assert!(self.field(name).is_focused(), "“{name}” does not take the focus");
        self.ctrl(Key::End);
    }

    /// Puts another project on the desk, as if it had been opened.
    pub fn put(&mut self, table: proofmark::app::Desk) {
        let shell = self.harness.state_mut().shell.as_mut().expect("a window");
        shell.model.desk = Some(table);
    }

    /// Picks an annotation, as a click on its sign does.
    pub fn pick(&mut self, id: proofmark::domain::Id) {
        self.asks(proofmark::app::Command::Pick(Some(id)));
    }

    /// Asks for something that has no button in the window yet, or none here.
    pub fn asks(&mut self, command: proofmark::app::Command) {
        let context = self.harness.ctx.clone();
        let shell = self.harness.state_mut().shell.as_mut().expect("a window");
        shell.run(&context, command);
    }

    /// Types a path where one is asked for, in place of the suggested one.
    pub fn gives_path(&mut self, path: &Path) {
        self.is_asked("a path", |dialog| matches!(dialog, Dialog::Path { .. }));
        self.ctrl(Key::A);
        self.types(path.to_str().expect("a path"));
        self.press(Key::Enter);
    }

    /// Shows everything at another scale, as the system does on a dense screen.
    pub fn scale(&mut self, factor: f32) {
        self.harness.set_pixels_per_point(factor);
        self.rest();
    }

    /// Scrolls to a button, as a screen reader does.
    pub fn scroll_to_button(&mut self, name: &str) {
        self.find_button(name).expect("a button").scroll_to_me();
        self.rest();
    }

    /// Scrolls to a field.
    pub fn scroll_to_field(&mut self, name: &str) {
        self.field(name).scroll_to_me();
        self.rest();
    }

    /// Whether words appear where the pointer rests.
    pub fn explains(&mut self, pos: Pos2) -> bool {
        self.frame(vec![Event::PointerMoved(pos - Vec2::X)]);
        self.frame(vec![Event::PointerMoved(pos)]);
        self.pause();
        self.rest();
        self.pause();
        self.rest();
        let tips = |memory: &egui::Memory| {
            let layers = memory.areas().visible_layer_ids();
            layers.iter().any(|layer| layer.order == egui::Order::Tooltip)
        };
        self.harness.ctx.memory(tips)
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
