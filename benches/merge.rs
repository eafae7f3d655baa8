//! Two copies of a project with 100,000 annotations each: how long merging them takes.
//!
//! `cargo bench --bench merge` prints a table; `-- 10000` takes another count. The result is the same
//! both ways round, which is asserted.

use std::time::Instant;

use proofmark::domain::annotation::{AnnotationValue as V, Evidence, EvidenceValue as E};
use proofmark::domain::article::Edit;
use proofmark::domain::{Article, Id, Kind, Project, Span, Stamp, Status, Text, log};

const SENTENCE: &str = "The council paid 401 million crowns for the tunnel by the end of that year.\n";

fn stamp(by: &str, seed: u128) -> Stamp {
    Stamp::new("2026-11-24T09:00:00Z".parse().expect("a time"), by, seed)
}

fn project(count: usize) -> Project {
    let mut stamp = stamp("Ada Kern", 1);
    let article = Article::new("a.txt".into(), "00".into(), Text::new(SENTENCE.repeat(count)), &mut stamp);
    let mut project = Project::new(article, &mut stamp);
    for n in 0..count {
        let span = Span::new(n * SENTENCE.len() + 4, n * SENTENCE.len() + 34);
        let (_, marked) = project.mark(Kind::ALL[n % 2], &[span], &mut stamp);
        project.apply(&marked).expect("marked");
    }
    project
}

/// Sets a status in every so-manieth annotation.
fn checked(project: &Project, by: &str, seed: u128, every: usize) -> Project {
    let mut stamp = stamp(by, seed);
    let mut project = project.clone();
    let ids: Vec<Id> = project.annotations.keys().copied().step_by(every).collect();
    for id in ids {
        let set = project.set(id, "set", vec![V::Status(Status::Verified)], &mut stamp);
        project.apply(&set).expect("set");
    }
    project
}

/// Adds evidence to every so-manieth annotation.
fn proven(project: &Project, by: &str, seed: u128, every: usize) -> Project {
    let mut stamp = stamp(by, seed);
    let mut project = project.clone();
    let ids: Vec<Id> = project.annotations.keys().copied().step_by(every).collect();
    for id in ids {
        let add = project.alter(id, "evidence", |annotation| {
            let mut piece = Evidence::create(&mut stamp);
            log::set(&mut piece, E::Title("Audit report".into()), &mut stamp);
            annotation.evidence.push(piece);
        });
        project.apply(&add).expect("added");
    }
    project
}

/// Changes a figure in a hundred sentences, all in one entry, from the first or the second half on.
fn edited(project: &Project, by: &str, seed: u128, from: usize) -> Project {
    let mut project = project.clone();
    let edit = |n: usize| Edit {
        at: ((from + n * 3) * SENTENCE.len() + 17) as u32,
        removed: "401".into(),
        inserted: "410".into(),
    };
    let step = project.edit((0..100).map(edit).collect(), &mut stamp(by, seed)).expect("it fits");
    project.apply(&step).expect("edited");
    project
}

fn main() {
    let given = std::env::args().skip(1).find_map(|word| word.parse().ok());
    let count: usize = given.unwrap_or(100_000);
    let first = project(count);
    println!("two copies of {count} annotations each\n");
    println!("{:<64} {:>8}", "what differs", "s");
    let show = |what: &str, a: &Project, b: &Project| {
        // As read from files: no record is shared.
        let apart = |project: &Project| {
            let mut project = project.clone();
            project
                .annotations
                .values_mut()
                .for_each(|record| *record = std::sync::Arc::new((**record).clone()));
            project
        };
        let (a, b) = (apart(a), apart(b));
        let start = Instant::now();
        let joined = a.merge(&b).expect("copies");
        let took = start.elapsed().as_secs_f64();
        assert!(b.merge(&a).as_ref() == Ok(&joined), "the same both ways round");
        println!("{what:<64} {took:>8.2}");
    };
    show("nothing", &first, &first);
    show("one side set every status", &checked(&first, "Ada Kern", 2, 1), &first);
    let (a, b) = (checked(&first, "Ada Kern", 2, 2), proven(&first, "Ben Ott", 3, 3));
    show("statuses on one side, evidence on the other, some on both", &a, &b);
    let (mine, theirs) = (edited(&a, "Ada Kern", 4, 0), edited(&b, "Ben Ott", 5, count / 2));
    show("the same, and a hundred sentences edited on each side", &mine, &theirs);
}
