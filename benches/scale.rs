//! The whole window over texts of 6 KB to 10 MB with 10 to 100,000 annotations, without a display:
//! what a frame costs, and what a change costs, interface and triangles. The cost should follow what
//! is visible and nothing else, so the last column is the ratio to the smallest of its kind.

mod headless;

use std::sync::Arc;
use std::time::Instant;

use egui::{Event, Vec2, pos2, vec2};
use headless::{Frames, Numbers, median, wheel};
use proofmark::app::queue::Queue;
use proofmark::app::settings::Settings;
use proofmark::app::{Command, Desk, TextCommand};
use proofmark::domain::annotation::{AnnotationSpan, Place};
use proofmark::domain::order::{Group, Sort};
use proofmark::domain::places::Places;
use proofmark::domain::project::Checker;
use proofmark::domain::{Annotation, Article, History, Kind, Project, Span, Stamp, Status, Text};
use proofmark::io::Surroundings;
use proofmark::ui::Shell;
use proofmark::ui::article::FontSource;

const WORDS: [&str; 14] = [
    "council", "the", "of", "harbour", "reported", "percent", "in", "Núñez", "a", "budget", "tunnel", "said",
    "traffic", "naïve",
];

/// Words of many scripts, for the fonts that this machine has.
const MIXED: [&str; 14] = [
    "совет",
    "πρόγραμμα",
    "مجلس",
    "המועצה",
    "परिषद",
    "ที่ประชุม",
    "議会",
    "委员会",
    "의회",
    "Rat",
    "تقرير",
    "γέφυρα",
    "тоннель",
    "🇩🇪",
];

fn paragraphs(bytes: usize, between: &str) -> String {
    paragraphs_of(&WORDS, bytes, between)
}

fn paragraphs_of(words: &[&str], bytes: usize, between: &str) -> String {
    let mut numbers = Numbers(7);
    let mut text = String::with_capacity(bytes + 600);
    while text.len() < bytes {
        let end = text.len() + 320 + numbers.next(200);
        while text.len() < end {
            text.push_str(words[numbers.next(words.len())]);
            text.push(' ');
        }
        text.push_str(between);
    }
    text
}

/// A project with `count` annotations of 20 to 200 bytes anywhere in `range`.
fn project(text: String, count: usize, within: usize) -> Project {
    let mut stamp = Stamp::new(jiff::Timestamp::UNIX_EPOCH, "Ada", 11);
    let text = Text::new(text);
    let article = Article::new(String::new(), String::new(), text, &mut stamp);
    let mut project = Project::new(article, &mut stamp);
    let mut numbers = Numbers(3);
    let (text, head) = (project.article.text.clone(), project.article.head());
    let within = within.min(text.len()).max(260);
    while project.annotations.len() < count {
        let start = numbers.next(within - 250);
        let span = text.snapped(Span::new(start, start + 20 + numbers.next(180)));
        if !text.admits(span) {
            continue;
        }
        let mut annotation = Annotation::create(&mut stamp, Kind::ALL[numbers.next(3)]);
        annotation.status = Status::ALL[numbers.next(8)];
        annotation.spans.push(AnnotationSpan::create(&mut stamp, Place::of(&text, head, span)));
        project.annotations.insert(annotation.id, Arc::new(annotation));
    }
    project
}

/// Marks nested 20 deep, over and over.
fn nested(text: String) -> Project {
    let mut project = project(text, 0, usize::MAX);
    let mut stamp = Stamp::new(jiff::Timestamp::UNIX_EPOCH, "Ada", 13);
    let (text, head) = (project.article.text.clone(), project.article.head());
    for (base, depth) in
        (0..text.len() - 300).step_by(300).flat_map(|base| (0..20).map(move |depth| (base, depth)))
    {
        let span = text.snapped(Span::new(base + depth * 5, base + 280 - depth * 7));
        if text.admits(span) {
            let mut annotation = Annotation::create(&mut stamp, Kind::ALL[depth % 3]);
            annotation.spans.push(AnnotationSpan::create(&mut stamp, Place::of(&text, head, span)));
            project.annotations.insert(annotation.id, Arc::new(annotation));
        }
    }
    project
}

struct Window {
    frames: Frames,
    shell: Shell,
    // Last: it goes when the window is gone.
    _folder: tempfile::TempDir,
}

impl Window {
    fn new(project: Project, size: Vec2, fonts: FontSource) -> (Self, f64) {
        let frames = Frames::new(size);
        let settings = Settings { checker: Some(Checker::named("Ada Kern")), ..Settings::default() };
        // A folder of its own: what a bench before it left there would be offered for recovery.
        let folder = tempfile::tempdir().expect("a folder for the application's data");
        let nowhere = Surroundings::bare(folder.path().to_owned());
        let shell = Shell::new(&frames.context, settings, fonts, nowhere, None);
        let mut window = Self { frames, shell, _folder: folder };
        // The faces are rasterised once for all; what is measured is the article.
        window.frame(vec![Event::PointerMoved(pos2(400.0, 450.0))]);
        while window.shell.model.desk.is_none() {
            std::thread::sleep(std::time::Duration::from_millis(1));
            window.frame(vec![]);
        }
        window.frame(vec![]);
        let places = Places::of(&project);
        let start = Instant::now();
        let desk = Desk::with_places(project, places, History::default(), None, "bench.ron".into());
        window.shell.model.desk = Some(desk);
        window.frame(vec![]);
        let first = start.elapsed().as_secs_f64() * 1e3;
        window.frame(vec![]);
        (window, first)
    }

    fn frame(&mut self, events: Vec<Event>) -> f64 {
        let shell = &mut self.shell;
        self.frames.run(events, |ui| {
            shell.logic(ui.ctx());
            shell.ui(ui);
        })
    }

    /// A command and the frame that shows it.
    fn change(&mut self, command: Command) -> f64 {
        let start = Instant::now();
        self.shell.run(&self.frames.context.clone(), command);
        let work = start.elapsed().as_secs_f64() * 1e3;
        work + self.frame(vec![])
    }

    fn text(&self) -> Text {
        self.shell.model.desk.as_ref().map(|desk| desk.project.article.text.clone()).unwrap_or_default()
    }
}

fn resident() -> f64 {
    let pages = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    pages
        .split(' ')
        .nth(1)
        .and_then(|pages| pages.parse::<f64>().ok())
        .map_or(f64::NAN, |pages| pages * 4096.0 / 1e6)
}

/// First frame, steady frame, scroll step, jump, mark + undo + status as the worst of the three, width.
fn measure(project: Project) -> [f64; 6] {
    measure_on(project, vec2(1200.0, 900.0), FontSource::Bundled)
}

fn measure_on(project: Project, size: Vec2, fonts: FontSource) -> [f64; 6] {
    let (mut window, first) = Window::new(project, size, fonts);
    let steady = median((0..100).map(|_| window.frame(vec![])).collect());
    let scroll = median((0..100).map(|_| window.frame(vec![wheel(-60.0)])).collect());
    let text = window.text();
    let mut numbers = Numbers(5);
    let jumps = (0..60).map(|_| {
        let at = numbers.next(text.len());
        let span = text.snapped(Span::new(at, at + 1));
        if let Some(desk) = &mut window.shell.model.desk {
            desk.reveal = Some(span);
        }
        let took = window.frame(vec![]);
        let shown = window.shell.article_output().map(|output| output.visible);
        assert!(shown.is_some_and(|shown| shown.contains(span)), "{span:?} is not in {shown:?}");
        took
    });
    let jump = median(jumps.collect());
    let mut worst = Vec::new();
    for _ in 0..15 {
        let at = numbers.next(text.len().saturating_sub(80));
        let span = text.snapped(Span::new(at, at + 40));
        window.shell.run(&window.frames.context.clone(), Command::Select(Some(span)));
        let mark = window.change(Command::Mark(Kind::Claim));
        let status = window.change(Command::SetStatus(Status::Verified));
        let undo = window.change(Command::Undo);
        window.change(Command::Undo);
        worst.push(mark.max(status).max(undo));
    }
    let change = median(worst);
    let widths = (0..20).map(|i| {
        window.frames.size.x = size.x - (i % 5) as f32 * 31.0;
        window.frame(vec![])
    });
    let width = median(widths.collect());
    [first, steady, scroll, jump, change, width]
}

fn row(name: &str, figures: [f64; 6], base: Option<[f64; 6]>) {
    print!("{name:<34}");
    for figure in figures {
        print!(" {figure:>9.3}");
    }
    if let Some(base) = base {
        let ratio = (1..6).map(|i| figures[i] / base[i]).fold(0.0, f64::max);
        print!("   × {ratio:.2} at most");
    }
    println!();
}

/// What the window holds beside text and annotations; first of all, so that nothing else is counted.
fn memory() {
    let start = resident();
    let project = project(paragraphs(10_000_000, "\n\n"), 100_000, usize::MAX);
    let full = resident();
    let (mut window, _) = Window::new(project, vec2(1200.0, 900.0), FontSource::Bundled);
    for _ in 0..100 {
        window.frame(vec![wheel(-60.0)]);
    }
    let (own, window) = (full - start, resident() - full);
    println!(
        "memory at 10 MB, 100,000: text and annotations {own:.0} MB, the whole window beside them {window:.0} MB"
    );
}

/// What a key costs while the text is edited, with the frame that shows it; and the end of it all.
fn typing(name: &str, project: Project) {
    let (mut window, _) = Window::new(project, vec2(1200.0, 900.0), FontSource::Bundled);
    let text = window.text();
    window.change(Command::Text(TextCommand::Edit(true)));
    let at = text.edge_before(text.len() / 2);
    if let Some(desk) = &mut window.shell.model.desk {
        desk.caret = Some(at);
        desk.reveal = Some(Span::new(at, at));
    }
    window.frame(vec![]);
    let mut figures = Vec::new();
    for command in [
        TextCommand::Type("a".into()),
        TextCommand::Type("\n".into()),
        TextCommand::Delete { forward: false, word: false },
        TextCommand::Delete { forward: true, word: true },
    ] {
        let times: Vec<f64> = (0..60).map(|_| window.change(Command::Text(command.clone()))).collect();
        figures.push((median(times.clone()), times.into_iter().fold(0.0, f64::max)));
    }
    let times: Vec<f64> = (0..30).map(|_| window.change(Command::Undo)).collect();
    figures.push((median(times.clone()), times.into_iter().fold(0.0, f64::max)));
    let kept = window.frame(vec![]);
    let end = window.change(Command::Text(TextCommand::Edit(false)));
    // What is left unsaved would be offered to the next window.
    window.change(Command::Undo);
    window.frame(vec![]);
    print!("{name:<34}");
    for ((median, worst), key) in figures.into_iter().zip(["letter", "enter", "backspace", "word", "undo"]) {
        print!(" {key} {median:.2} (at most {worst:.1})");
    }
    println!("  still {kept:.2}  end {end:.0}");
}

/// The list of many annotations: a frame with a query, sorted and under headings; a change then, of a
/// claim and of a source; typing a letter of the query; all rows at once.
fn queue() {
    println!(
        "the list, ms: a frame, a change, a change of a source, a letter of the query, all rows set, undone"
    );
    let mut base: Option<[f64; 6]> = None;
    for count in [1_000, 10_000, 100_000] {
        let bytes = (count * 100).min(10_000_000);
        let (mut window, _) = Window::new(
            project(paragraphs(bytes, "\n\n"), count, usize::MAX),
            vec2(1200.0, 900.0),
            FontSource::Bundled,
        );
        let ids = |window: &Window, kind: Kind| -> Vec<proofmark::domain::Id> {
            let desk = window.shell.model.desk.as_ref().expect("a desk");
            desk.project.in_order().iter().filter(|a| a.kind == kind).map(|a| a.id).take(30).collect()
        };
        let plain = median((0..60).map(|_| window.frame(vec![])).collect());
        window.change(Command::Queue(Queue::Filter("council -status:on-author".into())));
        window.change(Command::Queue(Queue::Sort(Sort::Risk)));
        window.change(Command::Queue(Queue::Group(Group::Kind)));
        let steady = median((0..60).map(|_| window.frame(vec![])).collect());
        let mut changes = |kind: Kind| {
            let ids = ids(&window, kind);
            let set = |id| {
                window.shell.run(&window.frames.context.clone(), Command::Pick(Some(id)));
                window.frame(vec![]);
                window
                    .change(Command::SetStatus(Status::Query))
                    .max(window.change(Command::SetStatus(Status::Verified)))
            };
            median(ids.into_iter().map(set).collect())
        };
        let (change, source) = (changes(Kind::Claim), changes(Kind::Source));
        let letters = ["counc", "counci", "council", "council s", "council st", "c"];
        let letter = letters.map(|text| window.change(Command::Queue(Queue::Filter(text.to_owned()))));
        window.change(Command::Queue(Queue::Filter(String::new())));
        window.change(Command::Queue(Queue::All));
        let all = window.change(Command::SetStatus(Status::Verified));
        let undo = window.change(Command::Undo);
        let figures = [steady, change, source, median(letter.to_vec()), all, undo];
        print!("{count:>8} annotations ");
        for figure in figures {
            print!(" {figure:>9.3}");
        }
        print!("   frame × {:.2} of the plain list's", steady / plain);
        if let Some(base) = base {
            let ratios: Vec<String> = (0..6).map(|i| format!("{:.1}", figures[i] / base[i])).collect();
            print!(", × {} of a thousand", ratios.join(" "));
        }
        base = base.or(Some(figures));
        println!();
    }
}

fn main() {
    if std::env::args().any(|arg| arg == "typing") {
        typing("100 KB, 100", project(paragraphs(100_000, "\n\n"), 100, usize::MAX));
        typing("10 MB, 100000", project(paragraphs(10_000_000, "\n\n"), 100_000, usize::MAX));
        typing("10 MB on one line, 10000", project(paragraphs(10_000_000, ""), 10_000, usize::MAX));
        return;
    }
    if std::env::args().any(|arg| arg == "queue") {
        return queue();
    }
    memory();
    queue();
    println!("1200×900, ms: whole window, interface and triangles, no renderer; medians");
    print!("{:<34}", "text, annotations");
    for name in ["first", "steady", "scroll", "jump", "change", "width"] {
        print!(" {name:>9}");
    }
    println!();
    let mut base = None;
    for (size, bytes) in [("6 KB", 6_000), ("100 KB", 100_000), ("1 MB", 1_000_000), ("10 MB", 10_000_000)] {
        for count in [10, 100, 10_000, 100_000] {
            // More than one for every byte or so is another case, below.
            if count * 20 > bytes * 2 {
                continue;
            }
            let figures = measure(project(paragraphs(bytes, "\n\n"), count, usize::MAX));
            if bytes == 100_000 && count == 100 {
                base = Some(figures);
            }
            row(&format!("{size}, {count}"), figures, base.filter(|_| bytes > 100_000));
        }
    }
    let large = project(paragraphs(10_000_000, "\n\n"), 100_000, usize::MAX);
    row("10 MB, 100000 at 3840×2160", measure_on(large, vec2(3840.0, 2160.0), FontSource::Bundled), None);
    let mixed = project(paragraphs_of(&MIXED, 1_000_000, "\n\n"), 10_000, usize::MAX);
    row("1 MB of many scripts, 10000", measure_on(mixed, vec2(1200.0, 900.0), FontSource::System), None);
    row("10 MB on one line, 10000", measure(project(paragraphs(10_000_000, ""), 10_000, usize::MAX)), None);
    let mut blank = "\n".repeat(1_000_000);
    blank.push_str(&paragraphs(2_000, "\n"));
    row("1,000,000 empty lines", measure(project(blank, 0, 0)), None);
    row("5000 over the same 1 kB", measure(project(paragraphs(100_000, "\n\n"), 5_000, 1_000)), None);
    row("1 MB, nested 20 deep everywhere", measure(nested(paragraphs(1_000_000, "\n\n"))), None);
}
