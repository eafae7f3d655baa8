//! Two copies of one project, each spoilt in its own way: they merge the same whoever does it, or not at
//! all, and what comes out is a project that can be written, compared and shown.

use proofmark::domain::Stamp;
use proofmark::domain::differences::differences;
use proofmark::formats::{changes, disputes, outline, ron};

use super::chance::Chance;
use super::{fuzz, law, mutate, projects, seeds};

/// Both files in one input, the length of the first in front.
fn pair(seeds: &[Vec<u8>], chance: &mut Chance) -> Vec<u8> {
    let seed = &seeds[chance.below(seeds.len())];
    let mut copy = || {
        let bytes = match chance.below(8) {
            0 => mutate::mutated(seed, seeds, chance),
            1 => seed.clone(),
            _ => mutate::edited(seed, chance),
        };
        if chance.once_in(2) { mutate::signed(bytes) } else { bytes }
    };
    let (a, b) = (copy(), copy());
    [format!("{}\n", a.len()).as_bytes(), &a, &b].concat()
}

fn check(input: &[u8]) -> Result<(), String> {
    let end = input.iter().position(|byte| *byte == b'\n').unwrap_or_default();
    let length = std::str::from_utf8(&input[..end]).ok().and_then(|text| text.parse().ok()).unwrap_or(0);
    let rest = &input[(end + 1).min(input.len())..];
    let (a, b) = rest.split_at(rest.len().min(length));
    let read = |bytes: &[u8], seed| {
        let now = jiff::Timestamp::from_second(1_790_000_000).expect("time");
        let opened = ron::read(bytes, &mut Stamp::new(now, "somebody", seed)).ok()?;
        opened.read_only.is_none().then_some(opened.project)
    };
    let (Some(a), Some(b)) = (read(a, 1), read(b, 2)) else { return Ok(()) };
    let found = differences(&a, &b);
    law(a.id != b.id || found.is_empty() == (a == b), || {
        "differences where there are none, or none where there are".into()
    })?;
    let lines = changes::told(&a, &b, &found);
    law(lines.iter().all(|group| !group.lines.is_empty()), || format!("nothing is told: {lines:?}"))?;
    let (one, other) = (a.merge(&b), b.merge(&a));
    let (Ok(merged), Ok(again)) = (&one, &other) else {
        return law(one.is_err() && other.is_err(), || "refused one way round only".into());
    };
    law(merged == again, || {
        let (a, b) = (ron::write(merged), ron::write(again));
        let line = a.lines().zip(b.lines()).find(|(a, b)| a != b);
        format!("not the same both ways round: {line:?}")
    })?;
    for copy in [&a, &b, merged] {
        law(merged.merge(copy).as_ref() == Ok(merged), || "not the same once more".into())?;
    }
    projects::written(merged)?;
    outline::outline(merged);
    disputes::told(merged);
    changes::told(&a, merged, &differences(&a, merged));
    Ok(())
}

#[test]
fn merges() {
    let seeds = seeds::files();
    fuzz("merges", 600, |chance| pair(&seeds, chance), check);
}

#[test]
fn enough_of_what_is_spoilt_still_merges() {
    let seeds = seeds::files();
    let merges = |case: &u64| {
        let input = pair(&seeds, &mut Chance::new("merges", *case));
        let end = input.iter().position(|byte| *byte == b'\n').expect("a length");
        let length: usize = String::from_utf8_lossy(&input[..end]).parse().expect("a number");
        let (a, b) = input[end + 1..].split_at(length);
        let read = |bytes: &[u8]| ron::read(bytes, &mut seeds::stamp()).ok().map(|opened| opened.project);
        read(a).zip(read(b)).is_some_and(|(a, b)| a != b && a.merge(&b).is_ok())
    };
    let count = (0..100).filter(merges).count();
    assert!(count >= 20, "{count} of 100 merge");
}
