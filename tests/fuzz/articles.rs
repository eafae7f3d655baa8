//! Articles: any bytes are refused in words, or are a text that can be worked on and kept.

use proofmark::domain::{Article, Kind, Project, Text};
use proofmark::formats::{ron, text};

use super::chance::Chance;
use super::{fuzz, law, mutate, seeds};

const SEEDS: &[&[u8]] = &[
    include_bytes!("../../assets/harbour-tunnel.txt"),
    "Caf\u{e9} De\u{301}ja\u{300} 👩🏽‍⚕️ said: \"שלום עולם\" — नमस्ते 🇩🇪 end\r\n\r\nनया\rold\n".as_bytes(),
    b"\xef\xbb\xbfA line.\r\nAnother.\r\n",
    b"\xff\xfeA\0 \0l\0i\0n\0e\0",
    b"<html><p>Text &amp; more</p></html>",
    b"caf\xe9 in Windows-1252",
];

fn make(chance: &mut Chance) -> Vec<u8> {
    let seed = SEEDS[chance.below(SEEDS.len())];
    let from = chance.below(seed.len());
    let part = if seed.len() > 400 { &seed[from..(from + 300).min(seed.len())] } else { seed };
    let others: Vec<Vec<u8>> = SEEDS.iter().map(|seed| seed[..seed.len().min(400)].to_vec()).collect();
    mutate::mutated(part, &others, chance)
}

fn check(bytes: &[u8]) -> Result<(), String> {
    let loaded = match text::read(bytes) {
        Ok(loaded) => loaded,
        Err(refusal) => return law(!refusal.to_string().is_empty(), || "refused without a word".into()),
    };
    let raw = std::str::from_utf8(bytes).map_err(|e| format!("taken, but not UTF-8: {e}"))?;
    let expected = raw.strip_prefix('\u{feff}').unwrap_or(raw).replace("\r\n", "\n").replace('\r', "\n");
    let text = loaded.text.as_str();
    law(text == expected, || format!("{text:?} was made of {expected:?}"))?;
    walk(&loaded.text)?;
    let mut stamp = seeds::stamp();
    let mut project =
        Project::new(Article::new("a.txt".into(), loaded.sha256, loaded.text, &mut stamp), &mut stamp);
    let words: Vec<_> =
        (0..project.article.text.len()).step_by(7).map(|at| project.article.text.word_at(at)).collect();
    let text = project.article.text.clone();
    for span in words.into_iter().filter(|span| text.admits(*span)).take(3) {
        let (_, marked) = project.mark(Kind::Claim, &[span], &mut stamp);
        project.apply(&marked).map_err(|e| e.to_string())?;
    }
    let written = ron::write(&project);
    let back = ron::read(written.as_bytes(), &mut stamp).map_err(|e| format!("not read back: {e}"))?;
    law(back.project == project && back.warnings.is_empty(), || format!("read back with {:?}", back.warnings))
}

/// Everything that the window asks of a text, everywhere in it.
fn walk(text: &Text) -> Result<(), String> {
    for at in (0..=text.len()).step_by(3) {
        let (before, after) = (text.edge_before(at), text.edge_after(at));
        law(before <= at && at <= after.max(at) && after <= text.len(), || {
            format!("edges {before}, {after} of {at}")
        })?;
        for span in [text.word_at(at), text.sentence_at(at), text.paragraph_at(at)] {
            law(text.as_str().get(span.range()).is_some(), || format!("{span:?} at {at} cuts a character"))?;
            text.context(span, 32);
        }
        let line = text.line_of(at);
        law(line < text.line_count() && text.line(line).end as usize <= text.len(), || {
            format!("line {line} of {at}")
        })?;
    }
    Ok(())
}

#[test]
fn articles() {
    fuzz("articles", 1500, make, check);
}
