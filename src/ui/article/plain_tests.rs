//! The view against a slow, plain reference: parley asked cluster by cluster, on random texts in
//! several scripts, random widths and spans.

use parley::{Affinity, Cluster};
use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

use super::caret::{Caret, is_edge};
use super::layout::Entry;
use super::layout::tests::entry;

const PARTS: [&str; 26] = [
    "word",
    "office",
    "AVA",
    " ",
    "  ",
    " ",
    "שלום",
    "מילים",
    "עִבְרִית",
    "مرحبا",
    "العالم",
    "123",
    "12.5%",
    "(",
    ")",
    "—",
    "e\u{301}",
    "क्षत्रिय",
    "ไทยภาษา",
    "日本語",
    "한국어",
    "👩\u{200d}👩\u{200d}👧",
    "🇩🇪🇫🇷",
    "\u{200b}",
    "\u{ad}",
    ", ",
];

fn texts() -> impl Strategy<Value = String> {
    let part = prop::sample::select(PARTS.as_slice());
    prop::collection::vec(part, 1..24).prop_map(|parts| parts.concat())
}

/// Texts of one direction, in which every edge has one place.
fn one_way() -> impl Strategy<Value = (String, bool)> {
    let left = prop::collection::vec(
        prop::sample::select(["word ", "a ", "office", " ", "e\u{301}", "日本", "12.5 "].as_slice()),
        1..24,
    );
    let right = prop::collection::vec(prop::sample::select(["שלום ", "ב", "מילים", " "].as_slice()), 1..24);
    prop_oneof![
        left.prop_map(|parts| (format!("x{}", parts.concat()), false)),
        right.prop_map(|parts| (format!("ש{}", parts.concat()), true)),
    ]
}

fn edges(words: &str) -> Vec<usize> {
    words.grapheme_indices(true).map(|(at, _)| at).chain([words.len()]).collect()
}

/// Row and place of every cluster, as parley itself says: (bytes, row, left, right).
fn plain(entry: &Entry) -> Vec<(std::ops::Range<usize>, usize, f32, f32)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(cluster) = Cluster::from_byte_index(&entry.layout, at) {
        let left = cluster.visual_offset().unwrap_or_default();
        found.push((cluster.text_range(), cluster.path().line_index(), left, left + cluster.advance()));
        if cluster.text_range().end <= at {
            break;
        }
        at = cluster.text_range().end;
    }
    found
}

/// Walks one way until nothing follows.
fn walk(entry: &Entry, words: &str, from: Caret, right: bool) -> Vec<Caret> {
    let mut seen = vec![from];
    while let Some(next) = entry.step(words, seen[seen.len() - 1], right) {
        seen.push(next);
        assert!(seen.len() <= 4 * words.len() + 8, "it goes round in {words:?}: {:?}", &seen[..12]);
    }
    seen
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 160, failure_persistence: None, ..ProptestConfig::default() })]

    /// The rectangles of a span cover exactly its clusters; white space before a break is left out.
    #[test]
    fn painted_rectangles_of_a_span_cover_exactly_its_clusters(
        words in texts(), width in 30.0f32..600.0, (a, b) in (any::<prop::sample::Index>(), any::<prop::sample::Index>()),
    ) {
        let entry = entry(&words, width);
        let edges = edges(&words);
        let (a, b) = (edges[a.index(edges.len())], edges[b.index(edges.len())]);
        let span = a.min(b)..a.max(b);
        let mut parts = Vec::new();
        entry.segments(span.clone(), 0..usize::MAX, |segment| parts.push(segment));
        let all_blank = words[span.clone()].trim().is_empty();
        for (bytes, row, left, right) in plain(&entry) {
            if right - left < 0.01 {
                continue;
            }
            let inside = span.start <= bytes.start && bytes.start < span.end;
            let hangs = bytes.start >= entry.rows[row].inked_end as usize;
            let middle = (left + right) / 2.0;
            let covers = |x: f32| parts.iter().any(|part| part.row == row && part.left <= x && x <= part.right);
            let covered = covers(middle) && covers(left + 0.01) && covers(right - 0.01);
            let touched = parts.iter().any(|part| part.row == row && part.left < right - 0.02 && left + 0.02 < part.right);
            if inside && !hangs {
                prop_assert!(covered, "{bytes:?} of {span:?} in {words:?}");
            } else if !inside {
                prop_assert!(!touched, "{bytes:?} beside {span:?} in {words:?}");
            } else if !all_blank {
                let inked = words[span.start.max(entry.rows[row].bytes.start as usize)..span.end].trim_start();
                prop_assert!(!touched || inked.is_empty() || span.start >= entry.rows[row].inked_end as usize);
            }
        }
    }

    /// In one direction, arrows come to every edge exactly once, and back the same way.
    #[test]
    fn arrows_come_to_every_edge_once((words, rtl) in one_way(), width in 40.0f32..600.0) {
        let entry = entry(&words, width);
        let mut edges = edges(&words);
        let there: Vec<usize> = walk(&entry, &words, Caret::before(0), !rtl).iter().map(|caret| caret.at).collect();
        prop_assert_eq!(&there, &edges, "{:?}", words);
        let back: Vec<usize> =
            walk(&entry, &words, Caret::behind(words.len()), rtl).iter().map(|caret| caret.at).collect();
        edges.reverse();
        prop_assert_eq!(&back, &edges, "{:?}", words);
    }

    /// F28: where directions mix, every edge is come to on the way there or on the way back, and no
    /// place of a row is passed twice.
    #[test]
    fn arrows_reach_every_edge_of_mixed_text(words in texts(), width in 40.0f32..600.0) {
        let entry = entry(&words, width);
        let first = |row: usize, right: bool| {
            let boxes = entry.boxes(row);
            let cluster = if right { boxes.first() } else { boxes.last() };
            cluster.map_or(Caret::before(0), |cluster| {
                if right == cluster.rtl { Caret::behind(cluster.end as usize) } else { Caret::before(cluster.start as usize) }
            })
        };
        let last = entry.rows.len() - 1;
        let rtl = entry.is_rtl();
        let mut seen = Vec::new();
        for right in [true, false] {
            let row = if right != rtl { 0 } else { last };
            let carets = walk(&entry, &words, first(row, right), right);
            let places: Vec<_> = carets.iter().map(|caret| { let stand = entry.stand(*caret); (stand.row, stand.gap) }).collect();
            let mut once = places.clone();
            once.sort_unstable();
            once.dedup();
            prop_assert_eq!(once.len(), places.len(), "{:?} {:?}", words, places);
            prop_assert!(carets.iter().all(|caret| is_edge(&words, caret.at)));
            seen.extend(carets.iter().map(|caret| caret.at));
        }
        for row in 0..=last {
            seen.extend([entry.row_end(row, false).at, entry.row_end(row, true).at]);
        }
        for edge in edges(&words) {
            prop_assert!(seen.contains(&edge), "{edge} of {words:?}");
        }
    }

    /// U01: a caret is hit where it stands.
    #[test]
    fn a_caret_is_hit_where_it_stands(words in texts(), width in 40.0f32..600.0) {
        let entry = entry(&words, width);
        for at in edges(&words) {
            for affinity in [Affinity::Downstream, Affinity::Upstream] {
                let stand = entry.stand(Caret { at, affinity });
                let row = &entry.rows[stand.row];
                let hit = entry.hit(stand.x, (row.top + row.bottom) / 2.0);
                let there = entry.stand(Caret { at: hit.edge, affinity: hit.affinity });
                prop_assert_eq!(there.row, stand.row);
                prop_assert!((there.x - stand.x).abs() < 0.51, "{at} of {words:?}: {hit:?}, {stand:?}, {there:?}");
                let one = words.is_ascii() && row.inked_end as usize > at;
                prop_assert!(!one || hit.edge == at);
            }
        }
    }

    /// Up and down land on the row beside, as near to the column as its clusters allow.
    #[test]
    fn the_nearest_caret_of_a_row_is_the_nearest(words in texts(), width in 40.0f32..600.0, x in -10.0f32..620.0) {
        let entry = entry(&words, width);
        for row in 0..entry.rows.len() {
            let caret = entry.nearest(&words, row, x);
            let stand = entry.stand(caret);
            prop_assert!(is_edge(&words, caret.at));
            prop_assert_eq!(stand.row, row, "{:?}", words);
            let end = entry.row_end(row, true).at;
            for cluster in entry.boxes(row).iter().filter(|cluster| (cluster.end as usize) < end) {
                for (edge, at) in [(cluster.left, if cluster.rtl { cluster.end } else { cluster.start }), (cluster.right, if cluster.rtl { cluster.start } else { cluster.end })] {
                    let fits = is_edge(&words, at as usize) && caret.at != end;
                    prop_assert!(!fits || (stand.x - x).abs() <= (edge - x).abs() + 0.51, "{words:?}");
                }
            }
        }
    }
}
