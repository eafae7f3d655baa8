//! Project files: whatever loads is a project, is written, and loads again as the same one.

use std::collections::BTreeSet;

use proofmark::domain::rules::Include;
use proofmark::domain::{Project, Stamp};
use proofmark::formats::{self, ron};

use super::chance::Chance;
use super::{fuzz, law, mutate, seeds};

/// A project file that was spoilt; half of them with the checksum put right.
pub fn spoilt(seeds: &[Vec<u8>], chance: &mut Chance) -> Vec<u8> {
    let seed = &seeds[chance.below(seeds.len())];
    let bytes =
        if chance.once_in(3) { mutate::mutated(seed, seeds, chance) } else { mutate::edited(seed, chance) };
    if chance.once_in(2) { mutate::signed(bytes) } else { bytes }
}

fn stamp(seed: u128) -> Stamp {
    Stamp::new(jiff::Timestamp::from_second(1_790_000_000).expect("time"), "somebody", seed)
}

/// Load → validate → save → load.
pub fn check(bytes: &[u8]) -> Result<(), String> {
    let opened = match ron::read(bytes, &mut stamp(1)) {
        Ok(opened) => opened,
        Err(damaged) => {
            let said = damaged.to_string();
            let harmless = |c: char| !c.is_control() || c == '\n';
            law(!said.is_empty() && said.len() < 4000, || format!("{} bytes are said", said.len()))?;
            return law(said.chars().all(harmless), || format!("controls in what is said: {said:?}"));
        }
    };
    let first: BTreeSet<&str> = opened.warnings.iter().map(|warning| warning.message.as_str()).collect();
    law(!opened.changed || !first.is_empty(), || "repaired without a word".into())?;
    sound(&opened.project)?;
    for format in formats::exports() {
        for include in Include::ALL {
            let first = formats::parts(format, &opened.project, include);
            law(!first.is_empty() && first == formats::parts(format, &opened.project, include), || {
                format!("two exports to {} differ", format.name)
            })?;
            formats::leaves_out(&opened.project, format, include);
        }
    }
    if opened.read_only.is_some() {
        return Ok(());
    }
    let again = written(&opened.project)?;
    // What is odd and stays may be told again; nothing may be told that our own writing brought about.
    let fresh = again.iter().find(|message| !first.contains(message.as_str()));
    law(fresh.is_none(), || format!("a warning of our own making: {fresh:?}, before: {first:?}"))
}

/// Writes a sound project and reads it back as the same one, with the same bytes; gives the warnings.
pub fn written(project: &Project) -> Result<Vec<String>, String> {
    sound(project)?;
    let written = ron::write(project);
    let again = ron::read(written.as_bytes(), &mut stamp(2));
    let again = again.map_err(|e| format!("written, it is damaged: {e}\n{written}"))?;
    let fine = !again.changed && again.read_only.is_none();
    law(fine, || format!("written, it needs repair: {:?}", again.warnings))?;
    law(again.project == *project, || format!("written, it is another project:\n{written}"))?;
    law(ron::write(&again.project) == written, || "written twice, the bytes differ".into())?;
    Ok(again.warnings.into_iter().map(|warning| warning.message).collect())
}

/// What the rest of the program relies on.
fn sound(project: &Project) -> Result<(), String> {
    let text = &project.article.text;
    for annotation in project.annotations.values() {
        for span in annotation.live_spans() {
            let Some(at) = span.place.at else { continue };
            law(text.admits(at), || format!("{}: {at:?} is no span of the text", annotation.id))?;
            let words = span.place.quote.as_str();
            law(words == text.slice(at), || {
                format!("{}: {words:?} does not stand at {at:?}", annotation.id)
            })?;
        }
    }
    let (live, gone) = (&project.annotations, &project.removed);
    law(live.keys().all(|id| !gone.contains_key(id)), || "an id is live and removed".into())?;
    law(live.iter().chain(gone).all(|(id, a)| *id == a.id), || "a record stands under another id".into())
}

#[test]
fn projects() {
    let seeds = seeds::files();
    for seed in &seeds {
        check(seed).expect("a seed");
        assert!(ron::read(seed, &mut stamp(1)).expect("a seed").warnings.is_empty());
    }
    fuzz("projects", 1200, |chance| spoilt(&seeds, chance), check);
}

#[test]
fn enough_of_what_is_spoilt_still_loads() {
    // Else the target above would only ever see refusals.
    let seeds = seeds::files();
    let loads = |case: &u64| {
        let bytes = spoilt(&seeds, &mut Chance::new("projects", *case));
        ron::read(&bytes, &mut stamp(1)).is_ok_and(|opened| opened.read_only.is_none())
    };
    let count = (0..200).filter(loads).count();
    assert!((50..190).contains(&count), "{count} of 200 load");
}
