//! Work that runs beside the window until its result is wanted. May use: std's threads.
//!
//! Invariant: a result that is never fetched is dropped with its thread's end; where no thread can
//! be started, or it ended badly, there is no result and the caller does the work itself.

use std::thread::{Builder, JoinHandle};

/// Work under way.
pub struct Background<T>(Option<JoinHandle<T>>);

impl<T: Send + 'static> Background<T> {
    /// Starts it.
    pub fn start(name: &str, work: impl FnOnce() -> T + Send + 'static) -> Self {
        Self(Builder::new().name(name.to_owned()).spawn(work).ok())
    }

    /// Its result, once it is done.
    pub fn wait(self) -> Option<T> {
        self.0?.join().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::Background;

    #[test]
    fn the_result_comes_back_and_a_bad_end_gives_none() {
        assert_eq!(Background::start("sum", || 1 + 1).wait(), Some(2));
        assert_eq!(Background::<u8>(None).wait(), None);
    }
}
