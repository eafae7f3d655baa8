//! One file of the source, as far as its layers must be known: its code without tests, comments
//! and words, and the paths that stand in it.

use crate::lexer::{tokens, without_comments_and_words};

/// A file of `src`.
pub struct Source {
    /// Its path from there.
    pub name: String,
    /// All of it.
    pub content: String,
    /// Whether all of it is test code.
    pub is_test: bool,
}

/// What a layer may use.
struct Layer {
    name: &'static str,
    /// Of ours, beside itself.
    ours: &'static [&'static str],
    /// Of others, not.
    barred: &'static [&'static [&'static str]],
}

const WINDOW: &[&str] = &[
    "egui",
    "eframe",
    "egui_extras",
    "egui_kittest",
    "epaint",
    "emath",
    "winit",
    "parley",
    "swash",
    "fontique",
];
/// Only `io` reaches outside.
const OUTSIDE: &[&str] =
    &["std::fs", "std::thread", "std::net", "std::os", "rfd", "arboard", "getrandom", "directories"];
/// `now` stands for every function of that name: `Timestamp::now`, `Instant::now` …
const CLOCK: &[&str] = &["std::time::SystemTime", "std::time::Instant", "now"];
const PROCESS: &[&str] =
    &["std::env", "std::process", "std::io::stdin", "std::io::stdout", "std::io::stderr"];

const LAYERS: &[Layer] = &[
    Layer { name: "domain", ours: &[], barred: &[WINDOW, OUTSIDE, CLOCK, PROCESS] },
    Layer { name: "formats", ours: &["domain"], barred: &[WINDOW, OUTSIDE, CLOCK, PROCESS] },
    Layer { name: "detect", ours: &["domain"], barred: &[WINDOW, OUTSIDE, CLOCK, PROCESS] },
    Layer { name: "app", ours: &["formats", "detect", "domain"], barred: &[WINDOW, OUTSIDE, CLOCK, PROCESS] },
    Layer {
        name: "io",
        ours: &["app::effect", "app::dialog", "app::settings", "formats", "domain"],
        barred: &[WINDOW],
    },
    Layer { name: "cli", ours: &["io", "formats", "domain"], barred: &[WINDOW, OUTSIDE, CLOCK] },
    Layer { name: "ui", ours: &["io", "app", "formats", "detect", "domain"], barred: &[OUTSIDE, CLOCK] },
    Layer {
        name: "main",
        ours: &["ui", "cli", "io", "app", "formats", "detect", "domain"],
        barred: &[WINDOW, OUTSIDE, CLOCK],
    },
    Layer { name: "lib", ours: &[], barred: &[WINDOW, OUTSIDE, CLOCK, PROCESS] },
];

impl Source {
    /// Its modules: `domain/text.rs` is `domain`, `text`; `domain/mod.rs` is `domain`.
    fn modules(&self) -> Vec<&str> {
        let mut parts: Vec<&str> = self.name.trim_end_matches(".rs").split('/').collect();
        parts.pop_if(|last| *last == "mod");
        parts
    }

    /// The modules that it declares for tests only.
    fn test_modules(&self) -> Vec<String> {
        let mut lines = self.content.lines().map(str::trim);
        let mut found = Vec::new();
        while lines.any(|line| line == "#[cfg(test)]") {
            let item = lines.clone().find(|line| !line.starts_with('#')).unwrap_or_default();
            if let Some(name) = item.split_once("mod ").and_then(|(_, rest)| rest.strip_suffix(';')) {
                found.push([&self.modules()[..], &[name]].concat().join("/"));
            }
        }
        found
    }

    /// Its code, with every item under `#[cfg(test)]` blanked: from that line to the one that ends
    /// the item, which formatted code indents alike.
    pub fn code(&self) -> String {
        if self.is_test {
            return String::new();
        }
        let mut code = String::new();
        let mut lines = self.content.lines();
        while let Some(line) = lines.next() {
            if line.trim() == "#[cfg(test)]" {
                let indent = line.len() - line.trim_start().len();
                for inside in lines.by_ref() {
                    code.push('\n');
                    let same =
                        inside.len() - inside.trim_start().len() == indent && !inside.trim().is_empty();
                    let inside = inside.trim();
                    if same && !inside.starts_with('#') && (inside.ends_with(['}', ';']) || inside == ")") {
                        break;
                    }
                }
            } else {
                code.push_str(line);
            }
            code.push('\n');
        }
        code
    }
}

/// Notes which files are test code: by their names, or by how they are declared.
pub fn note_tests(sources: &mut [Source]) {
    let declared: Vec<String> = sources.iter().flat_map(Source::test_modules).collect();
    for source in sources {
        let modules = source.modules();
        let named = modules.iter().any(|part| *part == "tests" || part.ends_with("_tests"));
        let path = modules.join("/");
        let inside = |test: &String| path == *test || path.starts_with(&format!("{test}/"));
        source.is_test = named || declared.iter().any(inside);
    }
}

/// What a file uses that its layer may not.
pub fn layer_faults(source: &Source) -> Vec<String> {
    let modules = source.modules();
    let Some(layer) = LAYERS.iter().find(|layer| layer.name == modules[0]) else {
        return vec![format!("{}: no layer of that name", source.name)];
    };
    let mut faults = Vec::new();
    for path in paths(&without_comments_and_words(&source.code())) {
        if let Some(ours) = own_path(&path, &modules) {
            let allowed = |name: &str| {
                let name: Vec<&str> = name.split("::").collect();
                ours.iter().zip(&name).all(|(a, b)| a == b) && ours.len() >= name.len()
            };
            // What is neither a layer nor everything is an item of the crate's root.
            let is_layer = LAYERS.iter().any(|layer| ours.first().is_some_and(|first| first == layer.name));
            let is_root = layer.name == "lib" || !is_layer && path[0] != "super" && ours != ["*"];
            if !is_root && !allowed(layer.name) && !layer.ours.iter().any(|name| allowed(name)) {
                faults.push(format!("{} ({}) uses {}", source.name, layer.name, path.join("::")));
            }
        } else if layer.barred.iter().copied().flatten().any(|barred| is_barred(&path, barred)) {
            faults.push(format!("{} ({}) uses {}", source.name, layer.name, path.join("::")));
        }
    }
    faults.dedup();
    faults
}

fn is_barred(path: &[String], barred: &str) -> bool {
    let barred: Vec<&str> = barred.split("::").collect();
    let opens = path.iter().zip(&barred).all(|(a, b)| a == b || a == "*");
    match barred[..] {
        ["now"] => path.len() > 1 && path.last().is_some_and(|last| last == "now"),
        // A module that holds something barred is barred whole (`use std::time;`); the bare name
        // of the standard library says nothing.
        _ => opens && (path.len() > 1 || barred.len() == 1),
    }
}

/// A path of this crate from its root; nothing for a path of another crate.
fn own_path(path: &[String], modules: &[&str]) -> Option<Vec<String>> {
    match path[0].as_str() {
        "crate" | "proofmark" | "$crate" => Some(path[1..].to_vec()),
        "super" => {
            let ups = path.iter().take_while(|part| *part == "super").count();
            let kept = modules[..modules.len().saturating_sub(ups)].iter().map(|m| (*m).to_owned());
            Some(kept.chain(path[ups..].iter().cloned()).collect())
        }
        _ => None,
    }
}

/// Every path of two parts or more, and every one that is imported, with groups spelt out.
fn paths(code: &str) -> Vec<Vec<String>> {
    let tokens = tokens(code);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let start = at;
        if tokens[at] == "use" || is_name(&tokens[at]) && tokens.get(at + 1).is_some_and(|next| next == "::")
        {
            at += usize::from(tokens[at] == "use");
            at += usize::from(tokens.get(at).is_some_and(|token| token == "::"));
            tree(&tokens, &mut at, &[], &mut found);
        }
        at = at.max(start + 1);
    }
    found
}

/// Reads one tree of an import (`a::{b, c::d}`) or one plain path.
fn tree(tokens: &[String], at: &mut usize, prefix: &[String], found: &mut Vec<Vec<String>>) {
    let mut path = prefix.to_vec();
    while let Some(token) = tokens.get(*at) {
        match token.as_str() {
            "{" => {
                *at += 1;
                while tokens.get(*at).is_some_and(|token| token != "}") {
                    let before = *at;
                    tree(tokens, at, &path, found);
                    *at += usize::from(tokens.get(*at).is_some_and(|token| token == ","));
                    *at = (*at).max(before + 1);
                }
                *at += 1;
                return;
            }
            "self" if !path.is_empty() => *at += 1,
            _ if is_name(token) || token == "*" => {
                path.push(token.clone());
                *at += 1;
            }
            _ => break,
        }
        if tokens.get(*at).is_some_and(|token| token == "as") {
            *at += 2;
            break;
        }
        if tokens.get(*at).is_none_or(|token| token != "::") {
            break;
        }
        *at += 1;
    }
    if !path.is_empty() {
        found.push(path);
    }
}

fn is_name(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphabetic() || c == '_' || c == '$')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(name: &str, content: &str) -> Vec<String> {
        let mut sources = [Source { name: name.into(), content: content.into(), is_test: false }];
        note_tests(&mut sources);
        layer_faults(&sources[0])
    }

    #[test]
    fn what_a_layer_may_not_use_is_found() {
        for (name, content) in [
            ("domain/a.rs", "use crate::ui::theme;"),
            ("domain/a.rs", "use crate::{app};"),
            ("domain/a.rs", "use crate::*;"),
            ("domain/a.rs", "use super::super::io::disk;"),
            ("domain/a.rs", "fn a() { crate::io::read() }"),
            ("domain/a.rs", "use crate::{domain::Id, formats::{csv, ron}};"),
            ("domain/mod.rs", "use super::formats;"),
            ("domain/a.rs", "use std::{fmt, fs::{self, File}};"),
            ("domain/a.rs", "use std::fs;"),
            ("domain/a.rs", "use std::time;"),
            ("domain/a.rs", "use std::time::{Duration, Instant};"),
            ("domain/a.rs", "fn a() { let b = std::env::var(\"A\"); }"),
            ("domain/a.rs", "let now = Timestamp::now();"),
            ("domain/a.rs", "let now = jiff::Timestamp::now();"),
            ("domain/a.rs", "use egui;"),
            ("domain/a.rs", "pub use egui::Color32 as Colour;"),
            ("domain/a.rs", "fn a<'a>(b: &'a str) -> char { '\"' }\nuse rfd::FileDialog;"),
            ("formats/ron.rs", "use crate::io;"),
            ("formats/ron.rs", "use crate::detect::quotes;"),
            ("detect.rs", "use crate::app::Model;"),
            ("app/update.rs", "use crate::io::disk;"),
            ("app/update.rs", "let a: egui::Vec2;"),
            ("app/update.rs", "std::thread::spawn(a);"),
            ("io/mod.rs", "use crate::app::Model;"),
            ("io/mod.rs", "use crate::app::{effect::Effect, command};"),
            ("io/mod.rs", "use crate::ui;"),
            ("io/mod.rs", "use eframe::egui;"),
            ("cli.rs", "use crate::app::effect::Effect;"),
            ("cli/list.rs", "use proofmark::ui;"),
            ("cli/list.rs", "std::fs::write(a, b);"),
            ("ui/mod.rs", "use crate::cli;"),
            ("ui/mod.rs", "use std::fs::read;"),
            ("ui/mod.rs", "use getrandom::fill;"),
            ("stuff/mod.rs", ""),
            ("domain/a.rs", "#[cfg(test)]\nmod tests {\n    use crate::io;\n}\nuse crate::ui;\n"),
            ("domain/a.rs", "#[cfg(test)]\nmod a_tests;\nuse crate::ui;\n"),
        ] {
            assert!(!faults(name, content).is_empty(), "{name}: {content}");
        }
    }

    #[test]
    fn a_file_that_is_declared_for_tests_is_test_code() {
        let source =
            |name: &str, content: &str| Source { name: name.into(), content: content.into(), is_test: false };
        let mut sources = [
            source(
                "io/mod.rs",
                "mod disk;\n\n#[cfg(test)]\nmod crash;\n#[cfg(test)]\n#[rustfmt::skip]\npub mod laws;\n",
            ),
            source("io/disk.rs", ""),
            source("io/crash.rs", ""),
            source("io/crash/deep.rs", ""),
            source("io/laws.rs", ""),
            source("io/crashed.rs", ""),
            source("ui/a_tests/b.rs", ""),
        ];
        note_tests(&mut sources);
        assert_eq!(sources.map(|source| source.is_test), [false, false, true, true, true, false, true]);
    }

    #[test]
    fn what_a_layer_may_use_is_let_through() {
        for (name, content) in [
            (
                "domain/a.rs",
                "//! Not `crate::ui`, and no std::fs.\nuse super::text::{Span, Text};\nuse crate::domain::Id;",
            ),
            ("domain/a.rs", "use std::{collections::BTreeMap, fmt, time::Duration};"),
            ("domain/a.rs", "/* crate::io */ let a = \"crate::ui\"; let b = r#\"std::fs \"quoted\" \"#;"),
            ("domain/a.rs", "let a = stamp.now; fn now(b: u8) {}"),
            ("domain/a.rs", "pub mod io { }\nuse self::io::a;"),
            ("domain/mod.rs", "pub use text::Span;\nsuper::domain::Id;"),
            ("domain/a.rs", "#[cfg(test)]\nmod tests {\n    use crate::io;\n    fn a() {\n    }\n}\n"),
            ("domain/a.rs", "#[cfg(test)]\n#[path = \"a\"]\nmod a_tests;\n"),
            ("domain/text_tests.rs", "use crate::ui;"),
            ("formats/mod.rs", "use crate::domain::{Project, log::{self, Stamp}};"),
            (
                "io/mod.rs",
                "use crate::{app::effect::{Effect, Outcome}, domain, formats::ron};\nuse std::{fs, thread};",
            ),
            ("io/mod.rs", "let now = jiff::Timestamp::now();"),
            ("cli/mod.rs", "use crate::io::disk;\nuse std::process::ExitCode;"),
            ("ui/mod.rs", "use crate::{app, io, domain};\nuse eframe::egui;\nuse parley::Layout;"),
            ("main.rs", "use proofmark::{cli, ui};\nfn main() { std::process::exit(0) }"),
            ("lib.rs", "pub mod domain;\npub mod ui;"),
        ] {
            assert_eq!(faults(name, content), Vec::<String>::new(), "{name}: {content}");
        }
    }
}
