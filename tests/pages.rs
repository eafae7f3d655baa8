//! How much of an article is found on saved pages of twelve templates, and how much besides.
//!
//! `tests/pages` has the pages and beside each the text that a person would take; both are invented.
//! Right is the share of its words that are found, wrong the share of found words that are not its.
//! `cargo test --test pages -- --nocapture` prints the table.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use proofmark::formats::incoming::{ReadOptions, html};

fn words(text: &str) -> BTreeMap<String, usize> {
    let mut words = BTreeMap::new();
    for word in text.split_whitespace() {
        *words.entry(word.to_owned()).or_default() += 1;
    }
    words
}

#[test]
fn articles_are_found_on_pages_of_many_templates() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let mut pages: Vec<_> =
        fs::read_dir(folder).expect("pages").flatten().map(|entry| entry.path()).collect();
    pages.retain(|path| path.extension().is_some_and(|extension| extension == "html"));
    pages.sort();
    assert!(pages.len() >= 12);
    let (mut all_wanted, mut all_right, mut all_found) = (0, 0, 0);
    let mut worst: Vec<String> = Vec::new();
    for page in pages {
        let name = page.file_stem().expect("name").to_string_lossy().into_owned();
        let truth = fs::read_to_string(page.with_extension("txt")).expect("truth");
        let taken = html::read(&fs::read(&page).expect("page"), ReadOptions::default()).expect("an article");
        let (wanted, found) = (words(&truth), words(taken.text.as_str()));
        let right: usize =
            wanted.iter().map(|(w, n)| found.get(w).copied().unwrap_or_default().min(*n)).sum();
        let (wanted, found): (usize, usize) = (wanted.values().sum(), found.values().sum());
        let share = |part: usize, of: usize| part as f64 / of as f64 * 100.0;
        let (is_right, is_wrong) = (share(right, wanted), share(found - right, found));
        println!("{name:20} right {is_right:5.1} %  wrong {is_wrong:4.1} %");
        if is_right < 98.0 || is_wrong > 15.0 {
            worst.push(format!(
                "{name}: right {is_right:.1} %, wrong {is_wrong:.1} %:\n{}",
                taken.text.as_str()
            ));
        }
        (all_wanted, all_right, all_found) = (all_wanted + wanted, all_right + right, all_found + found);
    }
    let (right, wrong) = (
        all_right as f64 / all_wanted as f64 * 100.0,
        (all_found - all_right) as f64 / all_found as f64 * 100.0,
    );
    println!("{:20} right {right:5.1} %  wrong {wrong:4.1} %", "all");
    assert!(worst.is_empty(), "{}", worst.join("\n\n"));
    assert!(right >= 99.0 && wrong <= 3.0, "right {right:.1} %, wrong {wrong:.1} %");
}
