//! A comparison of two texts as a person would have made it.
//!
//! May use: std, the rest of `domain`. Invariant: runs stay runs of the same words in order; single words
//! that two different stretches have by chance in common are no longer said to be the same; what was taken
//! out or put in begins where a paragraph or a sentence does, where it can; and where it could begin
//! elsewhere, the words that are then left are marked as doubtful.

use super::align::Run;
use super::words::Words;

/// Runs made tidy, and for each old word whether another one could as well be the one that is left.
pub(super) fn tidied(mut runs: Vec<Run>, old: &Words, new: &Words) -> (Vec<Run>, Vec<bool>) {
    let (a, b) = (sums(old), sums(new));
    for _ in 0..8 {
        let before = runs.len();
        runs = without_chance(&runs, old, new, &a, &b);
        if runs.len() == before {
            break;
        }
    }
    let mut doubtful = vec![false; old.len()];
    slide(&mut runs, old, new, &mut doubtful);
    runs.retain(|run| run.len > 0);
    let mut joined: Vec<Run> = Vec::with_capacity(runs.len());
    for run in runs {
        match joined.last_mut() {
            Some(last) if last.old + last.len == run.old && last.new + last.len == run.new => {
                last.len += run.len;
            }
            _ => joined.push(run),
        }
    }
    (joined, doubtful)
}

/// How many letters stand before each word.
fn sums(words: &Words) -> Vec<usize> {
    let mut sums = Vec::with_capacity(words.len() + 1);
    let mut sum = 0;
    sums.push(0);
    for word in &words.list {
        sum += word.letters as usize;
        sums.push(sum);
    }
    sums
}

/// Leaves runs out that are short beside what differs on both sides of them.
fn without_chance(runs: &[Run], old: &Words, new: &Words, a: &[usize], b: &[usize]) -> Vec<Run> {
    let mut kept: Vec<Run> = Vec::with_capacity(runs.len());
    for (index, run) in runs.iter().enumerate() {
        let before = kept.last().map_or((0, 0), |last| (last.old + last.len, last.new + last.len));
        let after = runs.get(index + 1).map_or((old.len(), new.len()), |next| (next.old, next.new));
        let end = (run.old + run.len, run.new + run.len);
        let left = (a[run.old] - a[before.0]).max(b[run.new] - b[before.1]);
        let right = (a[after.0] - a[end.0]).max(b[after.1] - b[end.1]);
        let letters = a[end.0] - a[run.old];
        let opens = |words: &Words, at: usize| words.list.get(at).is_none_or(|word| word.opens);
        let is_whole = opens(old, run.old) && opens(new, run.new) && opens(old, end.0) && opens(new, end.1);
        if 2 * letters > left.min(right) || is_whole {
            kept.push(*run);
        }
    }
    kept
}

/// Moves what was taken out or put in to where a person would cut.
fn slide(runs: &mut [Run], old: &Words, new: &Words, doubtful: &mut [bool]) {
    for index in 0..=runs.len() {
        let before = index.checked_sub(1).map_or(Run { old: 0, new: 0, len: 0 }, |before| runs[before]);
        let after = runs.get(index).copied().unwrap_or(Run { old: old.len(), new: new.len(), len: 0 });
        let (a, b) = (before.old + before.len..after.old, before.new + before.len..after.new);
        let (words, cut) = match (a.is_empty(), b.is_empty()) {
            (false, true) => (old, a.clone()),
            (true, false) => (new, b.clone()),
            _ => continue,
        };
        let keys = &words.keys;
        let back = (1..=before.len).take_while(|n| keys[cut.start - n] == keys[cut.end - n]).count();
        let forth = (0..after.len).take_while(|n| keys[cut.start + n] == keys[cut.end + n]).count();
        if back + forth == 0 {
            continue;
        }
        doubtful[a.start - back..a.end + forth].fill(true);
        let shifts = -(back as isize)..=forth as isize;
        let place = |shift: isize| words.cut(cut.start.saturating_add_signed(shift));
        let best = shifts.max_by_key(|shift| (place(*shift), -shift.abs())).unwrap_or_default();
        if let Some(before) = index.checked_sub(1) {
            runs[before].len = runs[before].len.saturating_add_signed(best);
        }
        if let Some(after) = runs.get_mut(index) {
            after.old = after.old.saturating_add_signed(best);
            after.new = after.new.saturating_add_signed(best);
            after.len = after.len.saturating_add_signed(-best);
        }
    }
}
