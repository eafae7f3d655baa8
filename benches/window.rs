//! The whole window on a megabyte of text, without a display: from the start to the first frame that
//! shows the article, then frames while scrolling and dragging. A path as argument takes another text.

mod headless;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use egui::{Event, Vec2, pos2, vec2};
use headless::{Frames, button, wheel};
use proofmark::app::settings::Settings;
use proofmark::io::Surroundings;
use proofmark::ui::Shell;
use proofmark::ui::article::FontSource;

const SCREEN: Vec2 = vec2(1440.0, 900.0);

struct Window {
    frames: Frames,
    shell: Shell,
}

impl Window {
    fn frame(&mut self, events: Vec<Event>) -> f64 {
        let shell = &mut self.shell;
        self.frames.run(events, |ui| {
            shell.logic(ui.ctx());
            shell.ui(ui);
        })
    }
}

fn median_and_worst(mut times: Vec<f64>) -> (f64, f64) {
    times.sort_by(f64::total_cmp);
    (times[times.len() / 2], times[times.len() - 1])
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
    let frames = Frames::new(SCREEN);
    let surroundings = Surroundings::bare(folder.join("settings"));
    let shell =
        Shell::new(&frames.context, Settings::default(), FontSource::Bundled, surroundings, Some(path));
    let mut window = Window { frames, shell };
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
