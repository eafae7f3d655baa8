//! How well marks are carried into the next draft of an article, and how long that takes.
//!
//! Articles of 2,000 words with 24 marks each, made and changed by the rules of `tests/laws/drafts.rs`,
//! which knows where each mark belongs. Three ways in the same run: ours in its three tiers; keeping the
//! position alone; and likeness alone, by the rule that Hypothesis is documented to follow (exact words
//! first, else the fewest errors up to half of the words; of several the best by quote, prefix, suffix and
//! position; the best is taken however bad it is), written anew here. Wrong is any other place, also where
//! the words are gone.
//!
//! `ARTICLES=200` takes another number of articles, `OURS=1` leaves the other two ways out, `SHOW=1` prints
//! each mark that is wrong in silence or lost.

#[path = "../tests/laws/drafts.rs"]
mod drafts;

use std::time::Instant;

use drafts::{Article as Made, Change, Mark, is_right, truth};
use proofmark::domain::redraft::{Tier, anchor};
use proofmark::domain::{Article, Kind, Project, Span, Stamp, Text};

/// So many articles for each row, if no other number is named, with so many marks each.
const ARTICLES: u64 = 20;
const MARKS: usize = 24;

fn project(text: Text, marks: &[Span]) -> Project {
    let mut stamp = Stamp::new(jiff::Timestamp::UNIX_EPOCH, "Ada", 5);
    let article = Article::new(String::new(), String::new(), text, &mut stamp);
    let mut project = Project::new(article, &mut stamp);
    for mark in marks {
        let (_, marking) = project.mark(Kind::Claim, &[*mark], &mut stamp);
        if project.apply(&marking).is_err() {
            println!("a mark did not fit");
        }
    }
    project
}

/// What became of the marks of a row.
#[derive(Clone, Copy, Default)]
struct Score {
    all: usize,
    right: usize,
    right_flagged: usize,
    wrong: usize,
    wrong_flagged: usize,
    lost: usize,
    orphan: usize,
}

impl Score {
    fn add(&mut self, mark: &Mark, place: Option<Span>, flagged: bool) {
        self.all += 1;
        match (place, mark.is) {
            (None, None) => self.orphan += 1,
            (None, Some(_)) if mark.either => self.orphan += 1,
            (None, Some(_)) => self.lost += 1,
            (Some(place), Some(is)) if is_right(place, is) => {
                self.right += usize::from(!flagged);
                self.right_flagged += usize::from(flagged);
            }
            (Some(place), Some(is)) if mark.either && place.overlaps(is) && flagged => {
                self.right_flagged += 1
            }
            _ => {
                self.wrong += usize::from(!flagged);
                self.wrong_flagged += usize::from(flagged);
            }
        }
    }

    fn print(&self, change: &str, way: &str) {
        let part = |count: usize| 100.0 * count as f64 / self.all.max(1) as f64;
        println!(
            "{change:42} {way:10} {:7.1} {:8.1} {:8} {:8.1} {:6.1} {:7.1}",
            part(self.right),
            part(self.right_flagged),
            self.wrong,
            part(self.wrong_flagged),
            part(self.lost),
            part(self.orphan),
        );
    }
}

/// Where the fewest errors lead, as the rule of Hypothesis has it.
fn alike(old: &Text, new: &Text, at: Span) -> Option<Span> {
    let quote: Vec<char> = old.slice(at).chars().collect();
    let offsets: Vec<usize> = new.as_str().char_indices().map(|(at, _)| at).chain([new.len()]).collect();
    let text: Vec<char> = new.as_str().chars().collect();
    let most = (quote.len() / 2).min(256) as u32;
    // Errors and beginning of the best match that ends at each letter.
    let mut row: Vec<(u32, u32)> = (0..=quote.len()).map(|errors| (errors as u32, 0)).collect();
    let mut found: Vec<(u32, usize, usize)> = Vec::new();
    let mut best = most;
    for (end, letter) in text.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = (0, end as u32 + 1);
        for i in 1..=quote.len() {
            let across = (diagonal.0 + u32::from(quote[i - 1] != *letter), diagonal.1);
            diagonal = row[i];
            let above = (row[i - 1].0 + 1, row[i - 1].1);
            let left = (row[i].0 + 1, row[i].1);
            row[i] = across.min(above).min(left);
        }
        let (errors, start) = row[quote.len()];
        if errors <= best {
            if errors < best {
                found.clear();
                best = errors;
            }
            found.push((errors, start as usize, end + 1));
        }
    }
    let words: Vec<char> = old.as_str().chars().collect();
    let before = old.as_str()[..at.start as usize].chars().count();
    let prefix = &words[before.saturating_sub(32)..before];
    let after = before + quote.len();
    let suffix = &words[after..(after + 32).min(words.len())];
    let score = |(errors, start, end): &(u32, usize, usize)| {
        let quote = 1.0 - f64::from(*errors) / quote.len().max(1) as f64;
        let side = |is: &[char], was: &[char]| {
            if was.is_empty() { 1.0 } else { 1.0 - distance(is, was) as f64 / was.len() as f64 }
        };
        let prefix = side(&text[start.saturating_sub(prefix.len())..*start], prefix);
        let suffix = side(&text[*end..(end + suffix.len()).min(text.len())], suffix);
        let position = 1.0 - start.abs_diff(before) as f64 / text.len().max(1) as f64;
        (50.0 * quote + 20.0 * prefix + 20.0 * suffix + 2.0 * position) / 92.0
    };
    let best = found.iter().max_by(|a, b| score(a).total_cmp(&score(b)))?;
    Some(Span::new(offsets[best.1], offsets[best.2]))
}

fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let cost = (diagonal + usize::from(x != y)).min(row[j] + 1).min(row[j + 1] + 1);
            diagonal = std::mem::replace(&mut row[j + 1], cost);
        }
    }
    row[b.len()]
}

fn main() {
    println!(
        "{:42} {:10} {:>7} {:>8} {:>8} {:>8} {:>6} {:>7}",
        "of 100 marks", "way", "right", "flagged", "WRONG n", "wrong fl", "lost", "orphan"
    );
    let asked = |name: &str| std::env::var(name).ok();
    let articles = asked("ARTICLES").and_then(|count| count.parse().ok()).unwrap_or(ARTICLES);
    let (show, alone) = (asked("SHOW").is_some(), asked("OURS").is_some());
    let mut sum = [Score::default(); 3];
    for repeated in [0, 30] {
        println!("articles with {repeated} % repeated sentences");
        for (change, words) in Change::ALL {
            let mut scores = [Score::default(); 3];
            for number in 0..articles {
                let mut before = Made::new(1 + number, 2_000, repeated);
                let marks = before.marks(MARKS);
                let after = before.changed(change, 77 + number);
                let (old, new) = (before.text().0, after.text().0);
                let truths = truth(&before, &after, &marks);
                let project = project(old.clone(), &marks);
                let Some(plan) = anchor(&project, &new, |_| true) else { continue };
                for mark in &truths {
                    let fate = plan.fates.iter().find(|fate| fate.was == Some(mark.was));
                    let Some(fate) = fate else { continue };
                    let flagged = matches!(fate.tier, Tier::Again(_));
                    for score in [&mut scores[0], &mut sum[0]] {
                        let wrong = score.wrong;
                        score.add(mark, fate.is, flagged);
                        if show && score.wrong > wrong {
                            println!("WRONG {change:?} {number}: {:?}", old.slice(mark.was));
                            println!("   {:?} should be {:?}", fate.is, mark.is);
                            let wide = |text: &Text, span: Span| {
                                let from = text.edge_before((span.start as usize).saturating_sub(500));
                                let to = text.edge_after(span.end as usize + 500);
                                text.slice(Span::new(from, to)).to_owned()
                            };
                            println!("OLD {}", wide(&old, mark.was));
                            println!("NEW {}", fate.is.map(|is| wide(&new, is)).unwrap_or_default());
                        }
                        if show && fate.is.is_none() && mark.is.is_some() && !mark.either {
                            let is = mark.is.map(|is| new.slice(is));
                            println!("LOST {change:?} {number}: {:?}\n  IS {is:?}", old.slice(mark.was));
                        }
                    }
                    if alone {
                        continue;
                    }
                    let inside = mark.was.end as usize <= new.len();
                    let kept = inside.then(|| new.snapped(mark.was));
                    let found = alike(&old, &new, mark.was);
                    for (way, place) in [(1, kept), (2, found)] {
                        scores[way].add(mark, place, false);
                        sum[way].add(mark, place, false);
                    }
                }
            }
            for (score, way) in scores.iter().zip(["Proofmark", "position", "likeness"]) {
                score.print(words, way);
            }
        }
    }
    println!("all together");
    for (score, way) in sum.iter().zip(["Proofmark", "position", "likeness"]) {
        score.print("", way);
    }
    times();
}

/// How long it takes on a megabyte.
fn times() {
    let mut before = Made::new(3, 170_000, 10);
    let marks = before.marks(1_000);
    let old = before.text().0;
    let project = project(old.clone(), &marks);
    println!("\n{} marks in {:.1} MB", marks.len(), old.len() as f64 / 1e6);
    let measure = |name: &str, new: &Text| {
        let begun = Instant::now();
        let Some(plan) = anchor(&project, new, |_| true) else { return };
        let counts = plan.counts();
        println!(
            "{name:42} {:6.0} ms   {} certain, {} again, {} orphans",
            begun.elapsed().as_secs_f64() * 1e3,
            counts.certain,
            counts.again,
            counts.orphans
        );
    };
    for (change, name) in Change::ALL {
        measure(name, &before.changed(change, 5).text().0);
    }
    let mut heavy = before.changed(Change::Words, 5);
    for seed in 6..10 {
        heavy = heavy.changed(Change::Words, seed);
    }
    measure("40 % of words edited", &heavy.text().0);
    measure("another article: every mark an orphan", &Made::new(99, 170_000, 10).text().0);
    measure("no text at all", &Text::default());
}
