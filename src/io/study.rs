//! Looking at whole projects on threads of their own, so that no expression and no text holds the
//! window up.
//!
//! May use: std's threads, `domain`, `app`'s outcomes. Invariant: of each sort of question only the
//! latest is worked on; one that is not wanted any more ends within one stretch of the text. A
//! mistake of ours ends the one answer, and says so.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::Sender;
use std::thread::Builder;

use super::lane::Wake;
use crate::app::effect::Outcome;
use crate::domain::study::{Finding, Job};

/// The latest question of each sort.
#[derive(Default)]
pub struct Desks {
    latest: Arc<[AtomicU64; Job::SORTS]>,
}

impl Desks {
    /// Starts an answer; what is worked on of the same sort is given up.
    pub fn start(&self, number: u64, job: Job, back: &Sender<Outcome>, wake: &Wake) {
        let sort = job.sort();
        self.latest[sort].store(number, Ordering::Relaxed);
        let (latest, back, wake) = (Arc::clone(&self.latest), back.clone(), Arc::clone(wake));
        let answer = move || {
            let tell = |finding| {
                let _ = back.send(Outcome::Studied(number, finding));
                wake();
            };
            let wanted = || latest[sort].load(Ordering::Relaxed) == number;
            if catch_unwind(AssertUnwindSafe(|| job.run(wanted, tell))).is_err() {
                tell(Finding::Unfit("It was not found because of a mistake in Proofmark".into()));
            }
        };
        let _ = Builder::new().name("study".into()).spawn(answer);
    }
}

impl Drop for Desks {
    fn drop(&mut self) {
        for latest in self.latest.iter() {
            latest.store(u64::MAX, Ordering::Relaxed);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;
    use crate::domain::Text;
    use crate::domain::find::Query;

    fn job(words: &str, expression: bool, text: &Text) -> Job {
        Job::Hits(Query { words: words.into(), expression, ..Query::default() }, text.clone())
    }

    /// F30: a heavy expression over ten megabytes is given up for the next question.
    #[test]
    fn the_next_question_takes_the_place_of_the_one_before() {
        let text = Text::new("word and another word ".repeat(450_000));
        let desks = Desks::default();
        let (back, answers) = channel();
        let wake: Wake = Arc::new(|| {});
        desks.start(1, job("[dn].{200}\\d", true, &text), &back, &wake);
        desks.start(2, job("nowhere", false, &text), &back, &wake);
        drop(back);
        let answers: Vec<Outcome> = answers.iter().collect();
        let last = answers.iter().rfind(|answer| matches!(answer, Outcome::Studied(2, _)));
        assert!(matches!(last, Some(Outcome::Studied(2, Finding::Hits { done: true, .. }))));
        let first = answers
            .iter()
            .filter(|answer| matches!(answer, Outcome::Studied(1, Finding::Hits { done: true, .. })));
        assert_eq!(first.count(), 0, "the first one was given up");
    }
}
