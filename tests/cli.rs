//! The built program without a window: what it prints, what it writes, how it ends.
//!
//! May use: the binary, and the library to build projects that no subcommand makes. Each test has a
//! folder of its own; neither the person's settings nor their name come in.

use std::path::PathBuf;
use std::process::{Command, Stdio};

#[path = "cli/articles.rs"]
mod articles;
#[path = "cli/changes.rs"]
mod changes;
#[path = "cli/comparing.rs"]
mod comparing;
#[path = "cli/copies.rs"]
mod copies;
#[path = "cli/drafts.rs"]
mod drafts;
#[path = "cli/exchanges.rs"]
mod exchanges;
#[path = "cli/exports.rs"]
mod exports;
#[path = "cli/imports.rs"]
mod imports;
#[path = "cli/merging.rs"]
mod merging;
#[path = "cli/others.rs"]
mod others;
#[path = "cli/queries.rs"]
mod queries;
#[path = "cli/refusals.rs"]
mod refusals;

/// A folder to work in.
struct Desk(tempfile::TempDir);

/// What a run of the program gave.
#[derive(Debug)]
struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl Desk {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("folder"))
    }

    /// A desk with `a.ron`, the project of an article.
    fn with(article: &str) -> Self {
        let desk = Self::new();
        desk.write("a.txt", article);
        desk.ok(&["import", "a.txt"]);
        desk
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        std::fs::write(self.at(name), content).expect("written");
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.at(name)).expect("read")
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_proofmark"));
        command.args(args).current_dir(self.0.path()).stdin(Stdio::null());
        command.env_remove("PROOFMARK_BY").env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY");
        command.env("PROOFMARK_DATA", self.at("data")).env("USER", "tester");
        command
    }

    fn run(&self, args: &[&str]) -> Ran {
        let output = self.command(args).output().expect("ran");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        let ran = Ran {
            code: output.status.code().expect("no signal"),
            out: text(output.stdout),
            err: text(output.stderr),
        };
        assert!(!ran.err.contains("panicked"), "{args:?} {ran:?}");
        ran
    }

    /// Runs what has to succeed; gives standard output.
    fn ok(&self, args: &[&str]) -> String {
        let ran = self.run(args);
        assert_eq!(ran.code, 0, "{args:?} {ran:?}");
        ran.out
    }

    /// Runs what has to be refused; gives the one line that says why.
    fn refused(&self, args: &[&str]) -> String {
        let ran = self.run(args);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{args:?} {ran:?}");
        let mut lines = ran.err.lines();
        let line = lines.next().expect("a line").strip_prefix("proofmark: ").expect("our line").to_owned();
        assert_eq!(lines.next(), None, "{args:?} {}", ran.err);
        line
    }

    /// The same of what is told on the last of several lines.
    fn refused_with_notes(&self, args: &[&str]) -> String {
        let ran = self.run(args);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{args:?} {ran:?}");
        ran.err.lines().last().expect("a line").to_owned()
    }

    /// Marks words in `a.ron`; gives the id.
    fn mark(&self, kind: &str, words: &str, options: &[&str]) -> String {
        let id = self.ok(&[&["mark", "a.ron", kind, words], options].concat());
        id.trim_end().to_owned()
    }

    /// `a.ron` as programs read it.
    fn list(&self, options: &[&str]) -> Vec<serde_json::Value> {
        let json = self.ok(&[&["list", "a.ron", "--json"], options].concat());
        serde_json::from_str(&json).expect("JSON array")
    }

    /// The first span of each annotation: start, end, quote.
    fn spans(&self) -> Vec<(u64, u64, String)> {
        let span = |item: &serde_json::Value| {
            let span = &item["spans"][0];
            let number = |name: &str| span[name].as_u64().expect("offset");
            (number("start"), number("end"), span["quote"].as_str().expect("quote").to_owned())
        };
        self.list(&[]).iter().map(span).collect()
    }
}
