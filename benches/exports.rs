//! Exports of 100,000 claims: how long each takes, how large it is, and what it needs beside.
//!
//! `cargo bench --bench exports` prints a table; `-- 10000` takes another count. A claim has what most
//! have: a fact, a speaker, a verdict, a status by a person, one piece of evidence. The time is that of
//! the export alone, the memory the most that the process held above what it held before.

use std::time::Instant;

use proofmark::domain::annotation::{AnnotationValue as V, Evidence, EvidenceValue as E, Speaker, Verdict};
use proofmark::domain::rules::Include;
use proofmark::domain::{Article, Kind, Project, Span, Stamp, Status, Text, log};
use proofmark::formats;

fn project(count: usize) -> Project {
    let mut stamp = Stamp::new("2026-11-24T09:00:00Z".parse().expect("a time"), "Ada Kern", 1);
    let sentence = "The council paid 401 million crowns for the tunnel by the end of that year. ";
    let text = format!("{sentence}\n").repeat(count);
    let step = sentence.len() + 1;
    let article = Article::new("a.txt".into(), "00".into(), Text::new(text), &mut stamp);
    let mut project = Project::new(article, &mut stamp);
    for n in 0..count {
        let span = Span::new(n * step + 4, n * step + 34);
        let (id, marked) = project.mark(Kind::ALL[n % 2], &[span], &mut stamp);
        project.apply(&marked).expect("marked");
        let mut values = vec![
            V::Fact("The city had paid out 401 million crowns for the tunnel".into()),
            V::Speaker(Some(Speaker::Name("Ines Halvard".into()))),
            V::Verdict(Some(Verdict { label: "Holds".into(), number: None })),
            V::Status(Status::Verified),
        ];
        if n % 10 == 0 {
            values.extend([
                V::Status(Status::NeedsCorrection),
                V::ProposedWording("council paid 410 million crowns".into()),
            ]);
        }
        let set = project.set(id, "set", values, &mut stamp);
        project.apply(&set).expect("set");
        let mut piece = Evidence::create(&mut stamp);
        for value in [
            E::Title(format!("City auditor, report {n}")),
            E::Address(format!("https://auditor.example/{n}")),
            E::Location("p. 9, table 2".into()),
            E::Seen("2026-11-04".into()),
        ] {
            log::set(&mut piece, value, &mut stamp);
        }
        let added = project.alter(id, "evidence", |a| a.evidence.push(piece));
        project.apply(&added).expect("added");
    }
    project
}

/// A line of `/proc/self/status`, in megabytes.
fn status(name: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    line.and_then(|line| line.split_whitespace().nth(1)?.parse::<f64>().ok()).map_or(f64::NAN, |kb| kb / 1e3)
}

fn main() {
    let count = std::env::args().filter_map(|arg| arg.parse().ok()).next().unwrap_or(100_000);
    let project = project(count);
    println!(
        "{count} claims: seconds, megabytes written, megabytes held beside the project, what is told in seconds"
    );
    for format in formats::exports() {
        // Writing 5 there makes the kernel count the peak anew.
        let _ = std::fs::write("/proc/self/clear_refs", "5");
        let before = status("VmRSS");
        let start = Instant::now();
        let bytes = formats::bytes(format, &project, Include::All);
        let took = start.elapsed().as_secs_f64();
        let held = status("VmHWM") - before;
        let start = Instant::now();
        let told = formats::leaves_out(&project, format, Include::All);
        let looked = start.elapsed().as_secs_f64();
        let size = bytes.len() as f64 / 1e6;
        println!("{:<14} {took:>6.2} {size:>8.1} {held:>8.0} {looked:>6.2}  {}", format.name, told.len());
    }
    println!(
        "the marks of other tools, taken into the article again: seconds to read and place, to make the step"
    );
    let article = Project { annotations: Default::default(), ..project.clone() };
    for format in formats::exchange::formats().filter(|format| format.write.is_some()) {
        let Some(export) = format.write else { continue };
        let mut progress = |_, _| true;
        let parts = (export.write)(&project, Include::All, &mut formats::Progress::new(&mut progress));
        let Ok(parts) = parts else { continue };
        let text = std::str::from_utf8(&parts[0].bytes).expect("text");
        let began = Instant::now();
        let named = (Some(format.name), format.extension);
        let arrival = formats::exchange::arrive(text, named, &article.article.text, None).expect("read");
        let read = began.elapsed().as_secs_f64();
        let mut stamp = Stamp::new("2026-11-24T09:00:00Z".parse().expect("a time"), "Ada Kern", 2);
        let (_, adopted) = article.adopt(arrival.placed.incoming, &mut stamp);
        let whole = began.elapsed().as_secs_f64();
        println!("{:15} {read:8.2} {:8.2}   {} new", format.name, whole - read, adopted.added);
    }
}
