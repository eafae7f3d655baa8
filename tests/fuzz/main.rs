//! Fuzz targets as plain tests: each mutates what it knows, the same way at every run.
//!
//! May use: the library, the built program, what the library depends on. A target is a way to make
//! an input from a number and a check of one input. First every file of `corpus/<target>` is
//! checked, then so many cases, or as many as fit into `PROOFMARK_FUZZ_SECONDS`. A case that fails
//! is named with its number and its input is kept; `PROOFMARK_FUZZ_CASE` runs that one alone.
//! Known limit: blind mutation, guided by no coverage; what it cannot reach the laws must.

mod addresses;
mod articles;
mod chance;
mod exports;
mod imports;
mod journals;
mod lists;
mod merges;
mod mutate;
mod projects;
mod seeds;
mod settings;

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use chance::Chance;

/// Runs a target: the kept corpus, then `cases` inputs or as many as the time allows.
pub fn fuzz(
    target: &str,
    cases: u64,
    make: impl Fn(&mut Chance) -> Vec<u8>,
    check: impl Fn(&[u8]) -> Result<(), String>,
) {
    let number = |name: &str| std::env::var(name).ok().map(|n| n.trim().parse::<u64>().expect("a number"));
    let judge = |input: &[u8], what: &str| {
        let outcome = catch_unwind(AssertUnwindSafe(|| check(input)));
        let said = match outcome {
            Ok(Ok(())) => return,
            Ok(Err(said)) => said,
            Err(_) => "it panicked, see above".to_owned(),
        };
        let kept = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("fuzz-{target}-failed"));
        fs::write(&kept, input).expect("kept");
        panic!("{target}, {what}: {said}\nThe input is kept in {}", kept.display());
    };
    if let Some(case) = number("PROOFMARK_FUZZ_CASE") {
        judge(&make(&mut Chance::new(target, case)), &format!("case {case}"));
        return;
    }
    for path in corpus(target) {
        judge(&fs::read(&path).expect("read"), &format!("corpus file {}", path.display()));
    }
    let end = number("PROOFMARK_FUZZ_SECONDS").map(|n| Instant::now() + Duration::from_secs(n));
    let mut case = 0;
    while end.map_or(case < cases, |end| Instant::now() < end) {
        let what = format!("case {case} (PROOFMARK_FUZZ_CASE={case} cargo test --test fuzz {target})");
        judge(&make(&mut Chance::new(target, case)), &what);
        case += 1;
    }
    println!("{target}: {case} cases");
}

/// The kept inputs of a target.
fn corpus(target: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus").join(target);
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path()).collect();
    files.sort();
    files
}

/// Says what differs where a law does not hold.
pub fn law(holds: bool, said: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(said()) }
}

#[test]
fn a_failing_case_is_named_and_can_be_had_again() {
    let make = |chance: &mut Chance| chance.below(1000).to_string().into_bytes();
    let check = |input: &[u8]| law(input.len() < 3, || String::from_utf8_lossy(input).into_owned());
    let fails = || catch_unwind(|| fuzz("itself", 1000, make, check)).expect_err("some have three digits");
    let (first, second) = (fails(), fails());
    let text = first.downcast_ref::<String>().expect("words");
    assert!(text.contains("itself, case ") || text.contains("itself, corpus"), "{text}");
    assert_eq!(Some(text), second.downcast_ref::<String>());
    for n in 0..100 {
        assert_eq!(make(&mut Chance::new("itself", n)), make(&mut Chance::new("itself", n)));
    }
}
