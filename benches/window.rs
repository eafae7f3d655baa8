//! The whole window on a megabyte of text, without a display: from the start to the first frame that
//! shows the article, then frames while scrolling and dragging. A path as argument takes another text.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use egui::{
    Context, Event, Modifiers, MouseWheelSource, MouseWheelUnit, PointerButton, Pos2, RawInput, Rect,
    TouchPhase, pos2, vec2,
};
use proofmark::app::settings::Settings;
use proofmark::io::Surroundings;
use proofmark::ui::Shell;
use proofmark::ui::article::FontSource;

const SCREEN: Rect = Rect { min: Pos2::ZERO, max: pos2(1440.0, 900.0) };

struct Window {
    context: Context,
    shell: Shell,
    time: f64,
}

impl Window {
    /// One frame, interface and triangles, in milliseconds.
    fn frame(&mut self, events: Vec<Event>) -> f64 {
        self.time += 1.0 / 60.0;
        let input =
            RawInput { screen_rect: Some(SCREEN), time: Some(self.time), events, ..RawInput::default() };
        let start = Instant::now();
        let shell = &mut self.shell;
        let mut output = self.context.run_ui(input, |ui| {
            shell.logic(ui.ctx());
            shell.ui(ui);
        });
        let shapes = std::mem::take(&mut output.shapes);
        let triangles = self.context.tessellate(shapes, output.pixels_per_point);
        assert!(!triangles.is_empty());
        output.drop_without_applying_deltas();
        start.elapsed().as_secs_f64() * 1e3
    }
}

fn median_and_worst(mut times: Vec<f64>) -> (f64, f64) {
    times.sort_by(f64::total_cmp);
    (times[times.len() / 2], times[times.len() - 1])
}

fn button(pos: Pos2, pressed: bool) -> Event {
    Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE }
}

fn wheel(by: f32) -> Event {
    let (unit, source) = (MouseWheelUnit::Point, MouseWheelSource::Unknown);
    Event::MouseWheel {
        unit,
        delta: vec2(0.0, by),
        modifiers: Modifiers::NONE,
        phase: TouchPhase::Move,
        source,
    }
}

/// News-like paragraphs, the same on every machine.
fn article(bytes: usize) -> String {
    let sentence = "The council reported that traffic on the old bridge rose by 12.4 percent since last year, a figure nobody could verify. ";
    let mut text = String::from("A megabyte of news\n\n");
    while text.len() < bytes {
        text.push_str(&sentence.repeat(3 + text.len() % 3));
        text.push_str("\n\n");
    }
    text
}

fn main() {
    let given = std::env::args().skip(1).find(|argument| !argument.starts_with("--")).map(PathBuf::from);
    let folder = std::env::temp_dir().join(format!("proofmark-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder for the text");
    let path = given.unwrap_or_else(|| {
        let path = folder.join("article.txt");
        std::fs::write(&path, article(1_000_000)).expect("the text");
        path
    });
    let start = Instant::now();
    let context = Context::default();
    let surroundings = Surroundings::bare(folder.join("settings"));
    let shell = Shell::new(&context, Settings::default(), FontSource::Bundled, surroundings, Some(path));
    let mut window = Window { context, shell, time: 0.0 };
    let first = window.frame(vec![Event::PointerMoved(pos2(500.0, 450.0))]);
    let to_window = start.elapsed().as_secs_f64() * 1e3;
    while window.shell.model.desk.is_none() {
        std::thread::sleep(Duration::from_millis(1));
        window.frame(vec![]);
    }
    window.frame(vec![]);
    let to_article = start.elapsed().as_secs_f64() * 1e3;
    println!(
        "start to the first frame {to_window:.1} ms (that frame {first:.1} ms), to the article {to_article:.1} ms"
    );
    for _ in 0..20 {
        window.frame(vec![]);
    }
    let steady = median_and_worst((0..300).map(|_| window.frame(vec![])).collect());
    let scroll = median_and_worst((0..300).map(|_| window.frame(vec![wheel(-60.0)])).collect());
    window.frame(vec![button(pos2(500.0, 200.0), true)]);
    let drag = (0..300).map(|i| {
        let to = pos2(300.0 + (i % 29) as f32 * 18.0, 220.0 + (i % 31) as f32 * 18.0);
        window.frame(vec![Event::PointerMoved(to)])
    });
    let drag = median_and_worst(drag.collect());
    window.frame(vec![button(pos2(500.0, 500.0), false)]);
    assert!(window.shell.selection().is_some(), "the drag selected something");
    for (name, (median, worst)) in [("steady", steady), ("scrolling", scroll), ("dragging", drag)] {
        println!("{name:<10} median {median:.3} ms, worst {worst:.3} ms a frame");
    }
    drop(window);
    std::fs::remove_dir_all(&folder).expect("the folder goes");
}
