//! A log of what each frame of the real window cost, for measuring it where people see it.
//!
//! May use: std. Written only where the environment names a file for it; never otherwise. Invariant:
//! keeping it costs a frame nothing that counts: lines are gathered and written when the window
//! closes. Known limit: the renderer's own time is not in it.

use std::fmt::Write;
use std::path::PathBuf;

use super::{RealDisk, SaveError, save};

/// Names the file.
pub const VARIABLE: &str = "PROOFMARK_FRAME_LOG";

/// A log that is being kept.
#[derive(Debug)]
pub struct FrameLog {
    path: PathBuf,
    lines: String,
    count: usize,
}

impl FrameLog {
    /// A log for that file.
    pub fn new(path: PathBuf) -> Self {
        Self { path, lines: String::from("frame\tmilliseconds\n"), count: 0 }
    }

    /// The log that the environment asks for.
    pub fn wanted() -> Option<Self> {
        std::env::var_os(VARIABLE).filter(|path| !path.is_empty()).map(|path| Self::new(path.into()))
    }

    /// Notes a frame: the seconds that interface and triangles took.
    pub fn note(&mut self, seconds: f32) {
        self.count += 1;
        // Writing to a String cannot fail.
        let _ = writeln!(self.lines, "{}\t{:.3}", self.count, seconds * 1e3);
    }

    /// Writes the file.
    pub fn write(&self) -> Result<(), SaveError> {
        save(&RealDisk, &self.path, self.lines.as_bytes()).map(|_| ())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_frame_has_its_line() {
        let dir = tempfile::tempdir().unwrap();
        let mut log = FrameLog::new(dir.path().join("frames.tsv"));
        log.note(0.001);
        log.note(0.0165);
        log.write().unwrap();
        let text = std::fs::read_to_string(dir.path().join("frames.tsv")).unwrap();
        assert_eq!(text, "frame\tmilliseconds\n1\t1.000\n2\t16.500\n");
    }
}
