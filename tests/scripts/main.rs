//! Real scripts with real fonts: what `.ci/scripts` starts, and plain `cargo test` does not.
//!
//! Every script that the article view promises is laid out with Debian's fonts, clicked, dragged over
//! and marked; and the places of the clusters of mixed paragraphs are compared with a browser's. A
//! font or a browser that is missing makes a test fail.

mod browser;
mod window;

use proofmark::domain::Span;
use proofmark::ui::article::ArticleEvent;
use window::Window;

const SCRIPTS: [(&str, &str); 16] = [
    ("Latin", "Cafe\u{301} o\u{308}\u{323} naïve"),
    ("Cyrillic", "Съешь ещё булок"),
    ("Greek", "Ένα ελληνικό κείμενο"),
    ("Arabic", "مرحبا بالعالم"),
    ("Hebrew", "שלום עולם"),
    ("Devanagari", "क्षत्रिय हिन्दी"),
    ("Thai", "ภาษาไทยเป็นภาษา"),
    ("Khmer", "ភាសាខ្មែរជាភាសា"),
    ("Chinese", "中文的文章"),
    ("Japanese", "日本語のテキスト"),
    ("Korean", "한국어 문장"),
    ("emoji", "👩\u{200d}👩\u{200d}👧\u{200d}👦👍🏽❤\u{fe0f}"),
    ("flags", "🇩🇪🇫🇷🇯🇵"),
    ("Georgian", "ქართული ენა"),
    ("Armenian", "Հայերեն լեզու"),
    ("Bengali", "বাংলা ভাষা"),
];

#[test]
#[ignore = "needs Debian's fonts: .ci/scripts installs them and runs it"]
fn every_script_is_drawn_clicked_dragged_and_marked() {
    for (name, text) in SCRIPTS {
        let mut window = Window::new(text);
        window.rest();
        assert!(window.missing().is_empty(), "{name}: no font has {:?}", window.missing());
        let clusters = window.graphemes();
        assert!(clusters.len() > 2, "{name}: {clusters:?}");
        for (span, rect) in clusters.iter().filter(|(_, rect)| rect.width() > 2.0) {
            let events = window.click(rect.center());
            let hit = events.iter().find_map(|event| match event {
                ArticleEvent::Click { at } => Some(*at),
                _ => None,
            });
            let hit = hit.unwrap_or_else(|| panic!("{name}: {events:?}"));
            assert!(span.range().contains(&hit), "{name}: {hit} is not in {span:?}");
        }
        let (first, last) = (clusters[0], clusters[clusters.len() - 2]);
        // From the beginning of the first cluster to the end of the last but one, as it is read.
        let rtl = first.1.center().x > last.1.center().x;
        let side = |rect: egui::Rect, begin: bool| {
            let part = if begin == rtl { 0.9 } else { 0.1 };
            egui::pos2(rect.left() + rect.width() * part, rect.center().y)
        };
        let selected = window.drag(side(first.1, true), side(last.1, false));
        let expected = Span::new(first.0.start as usize, last.0.end as usize);
        assert_eq!(selected, Some(expected), "{name}");
        let covered = window.marked(expected);
        let all = clusters[..clusters.len() - 1].iter().map(|(_, rect)| rect.x_range());
        let (left, right) = all
            .fold((f32::MAX, f32::MIN), |(left, right), range| (left.min(range.min), right.max(range.max)));
        assert!(
            (covered.min - left).abs() <= 1.0 && (covered.max - right).abs() <= 1.0,
            "{name}: {covered:?}"
        );
        let (_, beside) = clusters[clusters.len() - 1];
        let overlap = covered.max.min(beside.right()) - covered.min.max(beside.left());
        assert!(overlap <= 1.0, "{name}: the cluster beside it is not marked");
    }
}

const MIXED: [&str; 8] = [
    "abc שלום def",
    "abc שלום 123 מילים def",
    "שלום abc עולם 12.5% (של)",
    "The word “שלום” (peace) and 7",
    "مرحبا abc بالعالم 123",
    "In 2026 قال الوزير 45 مرة today",
    "מחיר: 1,234 ש״ח (USD 300)",
    "a (שלום, עולם) b: אבג 12:30",
];

#[test]
#[ignore = "needs Chromium and Debian's fonts: .ci/scripts installs them and runs it"]
fn mixed_paragraphs_stand_as_in_a_browser() {
    let theirs = browser::places(&MIXED);
    for (text, theirs) in MIXED.iter().zip(theirs) {
        let mut window = Window::new(text);
        window.rest();
        let ours: Vec<(f32, f32)> =
            window.graphemes().iter().map(|(_, rect)| (rect.left(), rect.right())).collect();
        assert_eq!(ours.len(), theirs.len(), "{text:?}");
        let left = |places: &[(f32, f32)]| places.iter().map(|place| place.0).fold(f32::MAX, f32::min);
        let width = |places: &[(f32, f32)]| {
            places.iter().map(|place| place.1).fold(f32::MIN, f32::max) - left(places)
        };
        let order = |places: &[(f32, f32)]| {
            let mut order: Vec<usize> = (0..places.len()).collect();
            order.sort_by(|a, b| (places[*a].0 + places[*a].1).total_cmp(&(places[*b].0 + places[*b].1)));
            order
        };
        assert_eq!(order(&ours), order(&theirs), "{text:?}");
        let room = (width(&theirs) * 0.015).max(1.0);
        for (index, (our, their)) in ours.iter().zip(&theirs).enumerate() {
            let (our, their) = (our.0 - left(&ours), their.0 - left(&theirs));
            assert!((our - their).abs() <= room, "{text:?}, cluster {index}: {our} here, {their} there");
        }
    }
}
