//! The built program at spoilt project files: it lists, or says in one line why not, and never writes.

use std::fs;
use std::process::{Command, Stdio};

use super::{fuzz, law, projects, seeds};

fn check(bytes: &[u8]) -> Result<(), String> {
    let folder = tempfile::tempdir().expect("folder");
    let path = folder.path().join("spoilt.ron");
    fs::write(&path, bytes).expect("written");
    for args in [&["list", "spoilt.ron", "--json"][..], &["check", "spoilt.ron"], &["list", "spoilt.ron"]] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_proofmark"));
        command.args(args).current_dir(folder.path()).stdin(Stdio::null());
        command
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY")
            .env("PROOFMARK_DATA", folder.path().join("data"));
        let output = command.output().expect("ran");
        let told = String::from_utf8(output.stderr).map_err(|e| format!("{args:?}: {e}"))?;
        let said = String::from_utf8(output.stdout).map_err(|e| format!("{args:?}: {e}"))?;
        let code = output.status.code().ok_or("ended by a signal")?;
        law((0..=2).contains(&code) && !told.contains("panicked"), || format!("{args:?}: {code}, {told}"))?;
        let names = |line: &str| line.starts_with("proofmark: ") && line.contains("spoilt.ron");
        law(code != 2 || told.lines().next().is_some_and(names), || format!("{args:?}: {code}, {told:?}"))?;
        let harmless = |c: char| !c.is_control() || matches!(c, '\n' | '\t');
        law(told.chars().chain(said.chars()).all(harmless), || format!("{args:?}: {told:?} {said:?}"))?;
        if args.len() == 3 && code == 0 {
            serde_json::from_str::<serde_json::Value>(&said)
                .map_err(|e| format!("{args:?}: {e} in {said}"))?;
        }
        law(fs::read(&path).expect("read") == bytes, || format!("{args:?} wrote to the file"))?;
    }
    Ok(())
}

#[test]
fn lists() {
    let seeds = seeds::files();
    fuzz("lists", 60, |chance| projects::spoilt(&seeds, chance), check);
}
