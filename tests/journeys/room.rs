//! A folder of its own for one journey: articles, projects, and the settings of the program.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use proofmark::domain::{Project, Stamp};
use proofmark::formats;
use proofmark::io::Browser;
use tempfile::TempDir;

/// A short article with a nested quotation, several paragraphs and more than ASCII.
pub const STORY: &str = "Council approves the tunnel\n\nThe council approved the harbour tunnel by 21 votes to 14 on Tuesday.\n\n“It is naïve,” mayor Ines Halvard said, “to expect no delay.” The vote ended a long dispute.\n\nThe plan costs 410 million.";

/// The folder, which goes with the journey.
pub struct Room(TempDir, Opened);

/// The addresses that a browser was asked to open, in place of one.
type Opened = Arc<Mutex<Vec<String>>>;

impl Room {
    /// An empty one.
    pub fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"), Opened::default())
    }

    /// One with [`STORY`] in `story.txt`.
    pub fn with_story() -> Self {
        let room = Self::new();
        room.write("story.txt", STORY);
        room
    }

    /// One where the checker was asked already.
    pub fn known(self) -> Self {
        std::fs::create_dir_all(self.settings()).expect("a folder");
        std::fs::write(
            self.settings().join("settings.ron"),
            "(checker: Some((name: \"Ana Núñez\", initials: \"AN\")))",
        )
        .expect("settings");
        self
    }

    /// A path in it.
    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// What stands in place of the person's browser.
    pub fn browser(&self) -> Browser {
        let opened = self.1.clone();
        Browser::new(move |url| {
            opened.lock().expect("addresses").push(url.to_owned());
            if url.contains("unreachable") { Err("no browser answers".into()) } else { Ok(()) }
        })
    }

    /// What it was asked to open.
    pub fn opened(&self) -> Vec<String> {
        self.1.lock().expect("addresses").clone()
    }

    /// Where the settings are kept.
    pub fn settings(&self) -> PathBuf {
        self.path("settings")
    }

    /// Writes a file.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        // At once, as other programs save: a look at the file must never find half of it.
        let (path, fresh) = (self.path(name), self.path("being-written"));
        std::fs::write(&fresh, content).expect("a file");
        std::fs::rename(&fresh, &path).expect("a file in its place");
        path
    }

    /// The bytes of a file.
    pub fn bytes(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.path(name)).expect("a file")
    }

    /// Whether a file is there.
    pub fn has(&self, name: &str) -> bool {
        self.path(name).exists()
    }

    /// A project file, as any program would read it; without a warning.
    pub fn project(&self, name: &str) -> Project {
        read(&self.path(name))
    }
}

/// Reads a project file that has nothing to warn of.
pub fn read(path: &Path) -> Project {
    let bytes = std::fs::read(path).expect("a file");
    let opened = formats::ron::read(&bytes, &mut stamp(1)).expect("a project");
    assert!(opened.warnings.is_empty(), "{:?}", opened.warnings);
    opened.project
}

/// A stamp of a fixed time.
pub fn stamp(seed: u128) -> Stamp {
    Stamp::new("2026-11-24T08:00:00Z".parse().expect("a time"), "Ana Núñez", seed)
}
