//! Memory and handles stay flat, however long the program is used (U14, F20).
//!
//! May use: the library. A thousand projects are opened one after the other by the program's own
//! worker, and ten thousand times something is marked, removed and taken back; what the process holds
//! afterwards is compared with what it held after the first tenth. The numbers come from `/proc`;
//! on systems without it only that nothing fails is seen. A window that is drawn opens projects likewise.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use proofmark::app::effect::Effect;
use proofmark::app::finish::finish;
use proofmark::app::settings::Settings;
use proofmark::app::{Command, Desk, Model, update};
use proofmark::domain::project::Checker;
use proofmark::domain::{Article, History, Kind, Project, Span, Stamp, Text};
use proofmark::formats::ron;
use proofmark::io::{Runner, Surroundings};
use proofmark::ui::Shell;
use proofmark::ui::article::FontSource;

/// What is measured belongs to the whole process: one test at a time.
static ALONE: Mutex<()> = Mutex::new(());

fn alone() -> MutexGuard<'static, ()> {
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

fn stamp(seed: u128) -> Stamp {
    Stamp::new(jiff::Timestamp::from_second(1_790_000_000).expect("time"), "Ada Keller", seed << 32)
}

/// A project with a text of so many words.
fn project(words: usize) -> Project {
    let mut s = stamp(words as u128);
    let text: String = (0..words).map(|n| format!("word{n} ")).collect();
    Project::new(Article::new("a.txt".into(), "00".into(), Text::new(text), &mut s), &mut s)
}

/// Bytes in memory, and open handles.
fn held() -> Option<(u64, usize)> {
    let pages = std::fs::read_to_string("/proc/self/statm").ok()?;
    let pages: u64 = pages.split(' ').nth(1)?.parse().ok()?;
    Some((pages * 4096, std::fs::read_dir("/proc/self/fd").ok()?.count()))
}

#[track_caller]
fn assert_flat(before: Option<(u64, usize)>, after: Option<(u64, usize)>) {
    let (Some((memory, handles)), Some((memory_now, handles_now))) = (before, after) else { return };
    println!("{memory} bytes, {handles} handles; then {memory_now} bytes, {handles_now} handles");
    // A worker may have a file open at either moment; a leak would be one for each of hundreds.
    assert!(handles_now < handles + 8, "{handles} handles became {handles_now}");
    // A tenth, and what an allocator may keep of its own accord.
    assert!(memory_now < memory + memory / 10 + (2 << 20), "{memory} bytes became {memory_now}");
}

fn settings() -> Settings {
    Settings { checker: Some(Checker::named("Ada Keller")), ..Settings::default() }
}

/// The program without its window: commands in, what the worker answers back into the model.
struct Program {
    model: Model,
    runner: Runner,
    rings: Receiver<()>,
    seed: u128,
}

impl Program {
    fn new(folder: &Path) -> Self {
        let (ring, rings) = channel();
        let runner = Runner::new(Surroundings::bare(folder.join("data")), move || {
            // At the end nobody listens any more.
            let _ = ring.send(());
        });
        Self { model: Model::new(settings()), runner, rings, seed: 1 << 40 }
    }

    fn stamp(&mut self) -> Stamp {
        self.seed += 1;
        stamp(self.seed)
    }

    fn start(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            self.runner.start(effect);
        }
    }

    fn act(&mut self, command: Command) {
        let mut stamp = self.stamp();
        let effects = update(&mut self.model, command, &mut stamp);
        self.start(effects);
    }

    #[track_caller]
    fn until(&mut self, what: &str, done: impl Fn(&Model) -> bool) {
        while !done(&self.model) {
            self.rings.recv_timeout(Duration::from_secs(60)).unwrap_or_else(|_| panic!("{what} never came"));
            for outcome in self.runner.poll() {
                let mut stamp = self.stamp();
                let effects = finish(&mut self.model, outcome, &mut stamp);
                self.start(effects);
            }
        }
    }

    fn open(&mut self, path: &PathBuf) {
        self.act(Command::OpenPath(path.clone()));
        self.until("the project", |model| {
            model.desk.as_ref().is_some_and(|desk| desk.path.as_ref() == Some(path))
        });
    }
}

#[test]
fn a_thousand_projects_opened_one_after_the_other_hold_nothing() {
    let _alone = alone();
    let folder = tempfile::tempdir().expect("folder");
    let paths: Vec<PathBuf> = (0..5).map(|n| folder.path().join(format!("{n}.ron"))).collect();
    let files: Vec<String> = (0..5).map(|n| ron::write(&project(100 + 300 * n))).collect();
    let mut program = Program::new(folder.path());
    let mut before = None;
    for n in 0..1000 {
        if n == 100 {
            before = held();
        }
        // As it was at first, so that no file grows.
        let (path, file) = (&paths[n % paths.len()], &files[n % files.len()]);
        std::fs::write(path, file).expect("written");
        program.open(path);
        if n % 20 < 2 {
            program.act(Command::Select(Some(Span::new(0, 5))));
            program.act(Command::Mark(Kind::Claim));
            assert!(program.model.is_dirty(), "something was marked");
            program.act(Command::Save);
            program.until("saving", |model| !model.is_dirty());
            assert_ne!(&std::fs::read_to_string(path).expect("read"), file);
        }
    }
    assert_flat(before, held());
}

#[test]
fn ten_thousand_cycles_of_work_and_undo_hold_nothing() {
    let _alone = alone();
    let mut model = Model::new(settings());
    model.desk = Some(Desk::new(project(300), History::default(), None, "a.ron".into()));
    let text = model.desk.as_ref().expect("a project").project.article.text.clone();
    let words: Vec<Span> = text.as_str().match_indices("word").map(|(at, _)| text.word_at(at)).collect();
    let first = ron::write(&model.desk.as_ref().expect("a project").project);
    let mut before = None;
    for n in 0..10_000u32 {
        if n == 1000 {
            before = held();
        }
        let span = words[n as usize * 7 % words.len()];
        let commands = [
            Command::Select(Some(span)),
            Command::Mark(Kind::Claim),
            Command::Remove,
            Command::Undo,
            Command::Undo,
        ];
        for (k, command) in commands.into_iter().enumerate() {
            let _ = update(&mut model, command, &mut stamp(u128::from(n) * 8 + k as u128 + (1 << 50)));
            let marked = !model.desk.as_ref().expect("a project").project.annotations.is_empty();
            assert_eq!(marked, matches!(k, 1 | 3), "after command {k} of cycle {n}");
        }
        while model.desk.as_ref().is_some_and(|desk| desk.history.undo_label().is_some()) {
            let _ = update(&mut model, Command::Undo, &mut stamp(1));
        }
    }
    assert_flat(before, held());
    assert_eq!(ron::write(&model.desk.as_ref().expect("a project").project), first);
}

#[test]
fn a_drawn_window_that_opens_projects_one_after_the_other_holds_nothing() {
    let _alone = alone();
    let folder = tempfile::tempdir().expect("folder");
    let paths: Vec<PathBuf> = (0..5).map(|n| folder.path().join(format!("{n}.ron"))).collect();
    for (n, path) in paths.iter().enumerate() {
        std::fs::write(path, ron::write(&project(100 + 300 * n))).expect("written");
    }
    let surroundings = Surroundings::bare(folder.path().join("data"));
    let mut shell: Option<Shell> = None;
    let first = paths[0].clone();
    let frame = move |ui: &mut egui::Ui, wanted: &mut (Option<PathBuf>, Option<PathBuf>)| {
        let ctx = ui.ctx().clone();
        let shell = shell.get_or_insert_with(|| {
            let surroundings = surroundings.clone();
            Shell::new(&ctx, settings(), FontSource::Bundled, surroundings, Some(first.clone()))
        });
        if let Some(path) = wanted.0.take() {
            shell.run(&ctx, Command::OpenPath(path));
        }
        shell.logic(&ctx);
        shell.ui(ui);
        wanted.1 = shell.model.desk.as_ref().filter(|_| !shell.model.busy).and_then(|desk| desk.path.clone());
    };
    let mut harness = egui_kittest::Harness::builder()
        .with_size(egui::Vec2::new(1100.0, 700.0))
        .with_max_steps(8)
        .build_ui_state(frame, (None, None));
    let mut before = None;
    for n in 0..300 {
        if n == 100 {
            before = held();
        }
        let path = &paths[n % paths.len()];
        harness.state_mut().0 = Some(path.clone());
        for _ in 0..3000 {
            harness.step();
            if harness.state().0.is_none() && harness.state().1.as_ref() == Some(path) {
                break;
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        assert_eq!(harness.state().1.as_ref(), Some(path));
        // As it is drawn once it is there.
        harness.step();
    }
    assert_flat(before, held());
}
