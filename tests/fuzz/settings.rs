//! What the program remembers of a person: any file gives settings that can be used and kept.

use std::fs;
use std::path::Path;

use proofmark::app::settings::Settings;
use proofmark::domain::project::Checker;
use proofmark::io::settings::{load, store};

use super::chance::Chance;
use super::{fuzz, law, mutate};

fn seed() -> Vec<u8> {
    let folder = tempfile::tempdir().expect("folder");
    let checker = Some(Checker { name: "Ana Núñez".into(), initials: "AN".into() });
    let mut settings = Settings { checker, zoom: 1.25, ..Settings::default() };
    settings.remember(Path::new("/stories/naïve (1).ron"));
    let _ = store(&settings, folder.path()).expect("stored");
    fs::read(folder.path().join("settings.ron")).expect("read")
}

fn check(bytes: &[u8]) -> Result<(), String> {
    let folder = tempfile::tempdir().expect("folder");
    let path = folder.path().join("settings.ron");
    fs::write(&path, bytes).expect("written");
    let (settings, warning) = load(folder.path());
    if warning.is_some() {
        let aside = fs::read(folder.path().join("settings.ron.damaged"))
            .map_err(|e| format!("not set aside: {e}"))?;
        law(aside == bytes && settings == Settings::default(), || {
            "not as it was, or not the defaults".into()
        })?;
    }
    let _ = store(&settings, folder.path()).map_err(|e| e.to_string())?;
    let (again, warning) = load(folder.path());
    law(warning.is_none() && again == settings, || {
        format!("stored {settings:?}, loaded {again:?}, {warning:?}")
    })
}

#[test]
fn settings() {
    let seed = seed();
    fuzz(
        "settings",
        250,
        |chance: &mut Chance| mutate::mutated(&seed, std::slice::from_ref(&seed), chance),
        check,
    );
}
