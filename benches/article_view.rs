//! Medians of the article view on a megabyte of generated text, without a window, and in the same
//! run those of egui's plain way: one galley for the whole text. The ratio is the result; the
//! numbers by themselves say more about the machine. Below them: what hits and the red pencil add to a
//! frame, and what finding and counting words take beside the window.

mod headless;

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Instant;

use egui::text::{LayoutJob, TextFormat};
use egui::{Event, FontId, Ui, Vec2, pos2, vec2};
use headless::{Frames, Numbers, button, median, wheel};
use proofmark::app::edges::Edge;
use proofmark::app::settings::{Measure, Typeface};
use proofmark::domain::coverage::Coverage;
use proofmark::domain::find::{Query, Search, Step};
use proofmark::domain::invisible::survey;
use proofmark::domain::{Article, Id, Kind, Project, Span, Stamp, Status, Text};
use proofmark::ui::article::{ArticleEvent, ArticleView, Extras, FontSource, Mark, Scene};
use proofmark::ui::palette::Palette;

const SCREEN: Vec2 = vec2(1200.0, 900.0);
const WORDS: [&str; 16] = [
    "council", "the", "of", "harbour", "reported", "percent", "in", "minister", "a", "budget", "tunnel",
    "said", "and", "traffic", "which", "Tuesday",
];

fn article(bytes: usize) -> String {
    let mut numbers = Numbers(7);
    let mut text = String::with_capacity(bytes + 500);
    while text.len() < bytes {
        for _ in 0..30 + numbers.next(70) {
            text.push_str(WORDS[numbers.next(WORDS.len())]);
            text.push(if numbers.next(9) == 0 { ',' } else { ' ' });
        }
        text.push_str("\n\n");
    }
    text
}

/// The article view with what its window keeps for it.
struct Ours {
    view: ArticleView,
    text: Text,
    lines: Vec<Vec<Mark>>,
    selection: Option<Span>,
    hits: Vec<Span>,
    pencil: bool,
}

impl Ours {
    fn new(text: &str, marks: usize) -> Self {
        let text = Text::new(text);
        let mut numbers = Numbers(3);
        let mut lines = vec![Vec::new(); text.line_count()];
        for id in 0..marks {
            let start = numbers.next(text.len() - 200);
            let span = text.snapped(Span::new(start, start + 10 + numbers.next(120)));
            let (kind, status) = (Kind::ALL[id % 3], Status::ALL[id % 8]);
            let annotation = Id::from_bits(id as u128 + 1);
            let mark = Mark { annotation, span, kind, status, check_again: false };
            let touched = text.line_of(start)..=text.line_of(span.end as usize - 1);
            lines[touched].iter_mut().for_each(|marks: &mut Vec<Mark>| marks.push(mark));
        }
        for marks in &mut lines {
            marks.sort_by_key(|mark| (mark.span.start, u32::MAX - mark.span.end));
        }
        Self {
            view: ArticleView::new(FontSource::Bundled),
            text,
            lines,
            selection: None,
            hits: Vec::new(),
            pencil: false,
        }
    }

    fn show(&mut self, ui: &mut Ui) {
        let lines = &self.lines;
        let marks = |line: usize| Cow::Borrowed(lines.get(line).map_or(&[][..], Vec::as_slice));
        let scene = Scene {
            text: &self.text,
            editing: false,
            marks: &marks,
            selected: None,
            edge: Edge::End,
            selection: self.selection,
            caret: None,
            heading: None,
            byline: "",
            palette: &Palette::LIGHT,
            zoom: 1.0,
            face: Typeface::Serif,
            measure: Measure::Ordinary,
            extras: Extras { hits: &self.hits, pencil: self.pencil, ..Extras::default() },
        };
        let mut out = Vec::new();
        self.view.ui(ui, &scene, &mut out);
        for event in out {
            if let ArticleEvent::Select(span) = event {
                self.selection = Some(span);
            }
        }
    }

    fn times(&mut self) -> [f64; 5] {
        let mut frames = Frames::new(SCREEN);
        let hover = || vec![Event::PointerMoved(pos2(600.0, 450.0))];
        let first = frames.run(hover(), |ui| self.show(ui));
        for _ in 0..5 {
            frames.run(vec![], |ui| self.show(ui));
        }
        let steady = (0..300).map(|_| frames.run(vec![], |ui| self.show(ui))).collect();
        let scroll = (0..300).map(|_| frames.run(vec![wheel(-60.0)], |ui| self.show(ui))).collect();
        frames.run(vec![button(pos2(600.0, 200.0), true)], |ui| self.show(ui));
        let drag = (0..300).map(|i| {
            let to = pos2(300.0 + (i % 29) as f32 * 20.0, 220.0 + (i % 31) as f32 * 20.0);
            frames.run(vec![Event::PointerMoved(to)], |ui| self.show(ui))
        });
        let drag = drag.collect();
        frames.run(vec![button(pos2(600.0, 500.0), false)], |ui| self.show(ui));
        let mut numbers = Numbers(11);
        let jump = (0..100).map(|_| {
            let at = numbers.next(self.text.len() - 10);
            self.view.reveal(self.text.snapped(Span::new(at, at + 5)));
            frames.run(vec![], |ui| self.show(ui))
        });
        let jump = jump.collect();
        [first, median(steady), median(scroll), median(drag), median(jump)]
    }
}

/// egui's plain way: a label in a scroll area, one section for each mark.
fn plain(text: &str, marks: usize) -> [f64; 4] {
    let mut frames = Frames::new(SCREEN);
    let job = |marks: usize| {
        let mut job = LayoutJob::default();
        job.wrap.max_width = 660.0;
        let format = TextFormat { font_id: FontId::proportional(18.5), ..TextFormat::default() };
        let each = text.len() / (marks + 1);
        for part in 0..=marks {
            let end = if part == marks { text.len() } else { (part + 1) * each };
            let mut format = format.clone();
            if part % 2 == 1 {
                format.background = Palette::LIGHT.claim.fill;
            }
            job.append(&text[part * each..end], 0.0, format);
        }
        Arc::new(job)
    };
    let show = |ui: &mut Ui, job: &Arc<LayoutJob>, offset: Option<f32>| {
        let mut area = egui::ScrollArea::vertical();
        if let Some(offset) = offset {
            area = area.vertical_scroll_offset(offset);
        }
        area.show(ui, |ui| ui.label(Arc::clone(job)));
    };
    let kept = job(marks);
    let first = frames.run(vec![Event::PointerMoved(pos2(600.0, 450.0))], |ui| show(ui, &kept, None));
    let steady = (0..30).map(|_| frames.run(vec![], |ui| show(ui, &kept, None))).collect();
    let scroll = (0..30).map(|_| frames.run(vec![wheel(-60.0)], |ui| show(ui, &kept, None))).collect();
    let mut numbers = Numbers(11);
    let jump = (0..30).map(|_| {
        let offset = numbers.next(400_000) as f32;
        frames.run(vec![], |ui| show(ui, &kept, Some(offset)))
    });
    let jump = jump.collect();
    [first, median(steady), median(scroll), median(jump)]
}

/// Every hit of a query, the longest step and all of it, in milliseconds.
fn find(text: &Text, words: &str, expression: bool, most: usize) -> (Vec<Span>, f64, f64) {
    let query = Query { words: words.into(), expression, ..Query::default() };
    let mut search = Search::new(query.finder().expect("a query"), text.clone());
    let (mut hits, mut longest) = (Vec::new(), 0.0_f64);
    let start = Instant::now();
    loop {
        let before = Instant::now();
        let step = search.step();
        longest = longest.max(before.elapsed().as_secs_f64() * 1e3);
        match step {
            Step::Hit(span) if hits.len() < most => hits.push(span),
            Step::End => break,
            Step::Hit(_) => break,
            Step::On => {}
        }
    }
    (hits, longest, start.elapsed().as_secs_f64() * 1e3)
}

/// What hits and the red pencil add to a frame.
fn extras(text: &str) {
    let mut ours = Ours::new(text, 10_000);
    let mut row = |name: &str, hits: Vec<Span>, pencil: bool| {
        (ours.hits, ours.pencil) = (hits, pencil);
        let [_, steady, scroll, _, jump] = ours.times();
        println!("  {name:<34} steady {steady:.3}, scroll {scroll:.3}, jump {jump:.2}");
    };
    println!("1 MB, 10000 marks, what is shown beside them");
    row("nothing", Vec::new(), false);
    let whole = Text::new(text);
    row("every “e” found (100,000 hits)", find(&whole, "e", false, 100_000).0, false);
    row("red pencil", Vec::new(), true);
    row("both", find(&whole, "e", false, 100_000).0, true);
}

/// What is done beside the window, on 10 MB.
fn beside(text: &str) {
    let whole = Text::new(text.repeat(10));
    println!("10 MB, beside the window: all, the longest step (after which it can be left)");
    for (words, expression) in [
        ("nowhere", false),
        ("harbour", false),
        (r"\b[A-Z]\w+\s+\w+", true),
        (r"(\w+\s+){1,30}nowhere", true),
        (r"[dn].{200}\d", true),
    ] {
        let (hits, longest, all) = find(&whole, words, expression, 100_000);
        println!("  {words:<26} {:>6} hits, {all:>8.0}, {longest:>7.2}", hits.len());
    }
    let mut stamp = Stamp::new("2026-11-24T08:00:00Z".parse().expect("a time"), "Ada", 1);
    let article = Article::new(String::new(), String::new(), whole.clone(), &mut stamp);
    let mut project = Project::new(article, &mut stamp);
    let mut numbers = Numbers(5);
    let mut ids = Vec::new();
    for i in 0..100_000 {
        let start = numbers.next(whole.len() - 200);
        let span = whole.snapped(Span::new(start, start + 10 + numbers.next(120)));
        let (id, mark) = project.mark(Kind::ALL[i % 3], &[span], &mut stamp);
        let _ = project.apply(&mark);
        ids.push(id);
    }
    let timed = |work: &mut dyn FnMut()| {
        let start = Instant::now();
        work();
        start.elapsed().as_secs_f64() * 1e3
    };
    let mut coverage = Coverage::default();
    let counted = timed(&mut || coverage = Coverage::of(&project));
    let followed = timed(&mut || coverage.refresh(&project, ids.iter().take(1000).copied())) / 1000.0;
    let bare = timed(&mut || assert!(coverage.next_bare(&whole, 5_000_000).is_some()));
    let copied = timed(&mut || drop(project.clone()));
    let surveyed = timed(&mut || drop(survey(&whole)));
    println!(
        "  words counted, 100,000 marks: {counted:.0}; after one change {followed:.4}; next sentence without a mark {bare:.3}; the copy that is counted {copied:.1}; invisible characters {surveyed:.1}"
    );
}

fn main() {
    let text = article(1_000_000);
    // `cargo bench --bench article_view -- beside`
    if std::env::args().any(|argument| argument == "beside") {
        extras(&text);
        beside(&text);
        return;
    }
    println!("1 MB, 1200×900, milliseconds per frame (interface and triangles, no renderer), medians");
    for marks in [0, 10_000] {
        let [first, steady, scroll, drag, jump] = Ours::new(&text, marks).times();
        let [first_plain, steady_plain, scroll_plain, jump_plain] = plain(&text, marks);
        println!("{marks} marks          view     label    label / view");
        for (name, ours, theirs) in [
            ("first frame", first, first_plain),
            ("steady frame", steady, steady_plain),
            ("scroll step", scroll, scroll_plain),
            ("jump", jump, jump_plain),
        ] {
            println!("  {name:<14} {ours:>8.3} {theirs:>8.2} {:>8.1}", theirs / ours);
        }
        println!("  {:<14} {drag:>8.3}        –        –", "drag");
    }
    extras(&text);
    beside(&text);
    let long = text.replace('\n', " ").repeat(10);
    let [first, steady, scroll, drag, jump] = Ours::new(&long, 10_000).times();
    println!(
        "10 MB in one line, 10000 marks: first {first:.1}, steady {steady:.3}, scroll {scroll:.3}, drag {drag:.3}, jump {jump:.3}"
    );
}
