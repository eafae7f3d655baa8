//! The one door to disk, dialogs, threads and the clock. Nothing outside this module opens a file.
//!
//! May use: domain, formats, the application's effects, outcomes and settings; never ui.
//! Invariant: a file that somebody works on is at every moment the complete old one or the complete
//! new one, whatever fails ([`save()`]), and what is read is one whole version of a regular file ([`read()`]).
//! Known limits: of permissions only mode, owner and group are carried over, no access control lists.

pub mod background;
mod beside;
mod browser;
mod clean;
mod clipboard;
pub mod clock;
mod copies;
pub mod crash;
mod dialogs;
pub mod disk;
pub mod export;
pub mod frame_log;
pub mod hold;
mod journal;
mod lane;
pub mod marks;
mod perform;
pub mod project;
pub mod read;
mod runner;
pub mod same;
pub mod save;
mod save_error;
mod seen;
pub mod settings;
mod study;
mod temp;
pub mod turn;
pub mod versions;

#[cfg(test)]
mod crash_disk;
#[cfg(test)]
mod crash_tests;
#[cfg(test)]
mod fault_disk;

pub use browser::Browser;
pub use disk::{Disk, RealDisk};
pub use lane::Gate;
pub use read::{ARTICLE_LIMIT, PROJECT_LIMIT, ReadError, read};
pub use runner::{Runner, Surroundings};
pub use save::{Saved, save, save_new};
pub use save_error::{Reason, SaveError};
pub use temp::sweep_stale;

use crate::app::effect::Problem;
use crate::formats::ron::Damaged;
use std::fmt::Write;
use std::path::Path;

/// What is said of a project file that cannot be read.
fn read_problem(path: &Path, damaged: &Damaged) -> Problem {
    Problem { what: format!("{}\n{damaged}", shown(path)), hint: String::new(), exists: false }
}

/// A path for a message: readable, on one line, and unable to pass for another one.
///
/// Controls and direction controls in a name could forge lines or turn the text round.
pub fn shown(path: &Path) -> String {
    let mut text = String::new();
    for c in path.to_string_lossy().chars() {
        if c.is_control()
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        {
            // Writing to a String cannot fail.
            let _ = write!(text, "{}", c.escape_default());
        } else {
            text.push(c);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shown_path_stays_on_one_line_and_keeps_its_direction() {
        assert_eq!(shown(Path::new("/tmp/naïve file.ron")), "/tmp/naïve file.ron");
        assert_eq!(shown(Path::new("a\nb\u{202e}c")), "a\\nb\\u{202e}c");
    }
}
