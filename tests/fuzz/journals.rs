//! Recovery journals: whatever bytes are read, with or without right checksums, nothing panics; and what a journal
//! gives that the program wrote, whole or torn or altered, is a project that is written and read again.
//!
//! Known limit: lines with other content and the right checksums, which only somebody with access to the
//! person's own data could make, may give a project that needs repair.

use proofmark::domain::annotation::{AnnotationValue as V, Prose};
use proofmark::domain::{Kind, Project, Stamp};
use proofmark::formats::ron::journal::{self, Base, Chain, Delta, Head, Journal};
use sha2::{Digest, Sha256};

use super::chance::Chance;
use super::{fuzz, law, mutate, seeds};

/// A journal of some changes to the project in which everything stands.
fn seed() -> Vec<u8> {
    let mut now = seeds::everything();
    let mut s = Stamp::new(jiff::Timestamp::from_second(1_790_001_000).expect("time"), "Tom", 99);
    let mut chain = Chain::default();
    let head = Head::new(&now, Some("/stories/a.ron".into()), Some("00".into()), Base::File);
    let mut text = chain.line(&head).expect("a line");
    let mut keep = |last: &mut Project, now: &Project, s: &Stamp| {
        let delta = Delta::between((last, None), (now, None), s.now).expect("a change");
        text.push_str(&chain.line(&delta).expect("a line"));
        *last = now.clone();
    };
    let mut last = now.clone();
    let id = seeds::mark(&mut now, Kind::Claim, "Titel", vec![V::Note(Prose("why?".into()))], &mut s);
    keep(&mut last, &now, &s);
    let at = now.article.text.as_str().find("Three").expect("there") as u32;
    let edit = proofmark::domain::article::Edit { at, removed: "Three".into(), inserted: "Thirty".into() };
    let edited = now.edit(vec![edit], &mut s).expect("edit");
    now.apply(&edited).expect("edited");
    keep(&mut last, &now, &s);
    let removed = now.remove(id, &mut s);
    now.apply(&removed).expect("removed");
    keep(&mut last, &now, &s);
    text.into_bytes()
}

/// Puts the checksums right, each building on the one before.
fn signed(bytes: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(bytes);
    let mut sum = String::new();
    let mut out = String::new();
    for line in text.lines() {
        let body = line.split_once(' ').map_or(line, |(_, body)| body);
        let digest = Sha256::digest(format!("{sum}{body}").as_bytes());
        sum = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        out.push_str(&format!("{sum} {body}\n"));
    }
    out.into_bytes()
}

fn check(bytes: &[u8], real: &Journal) -> Result<(), String> {
    let base = seeds::everything();
    let Some(read) = journal::read(bytes) else { return Ok(()) };
    let is_ours = real.deltas.starts_with(&read.deltas);
    let count = read.deltas.len();
    let (steps, left) = journal::steps(&base, read.deltas);
    law(steps.len() + left == count, || format!("{count} changes became {} and {left}", steps.len()))?;
    let mut now = base;
    for step in steps {
        now.apply(&step).map_err(|stale| format!("a step that does not fit: {stale}"))?;
    }
    let written = super::projects::written(&now);
    if is_ours { written.map(drop) } else { Ok(()) }
}

#[test]
fn journals() {
    let seed = seed();
    assert_eq!(signed(&seed), seed, "the checksums are those of the program");
    let read = journal::read(&seed).expect("a journal");
    assert_eq!((read.deltas.len(), read.is_damaged), (3, false));
    let make = |chance: &mut Chance| {
        let bytes = if chance.once_in(3) {
            mutate::mutated(&seed, std::slice::from_ref(&seed), chance)
        } else {
            mutate::edited(&seed, chance)
        };
        if chance.once_in(4) { bytes } else { signed(&bytes) }
    };
    fuzz("journals", 500, make, |bytes| check(bytes, &read));
}
