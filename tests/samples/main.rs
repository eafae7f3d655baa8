//! The two finished projects in `projects/`, described in code as a newsroom made them.
//!
//! `desk` is the notation, `harbour_tunnel` and `river_figures` tell the two stories. What they
//! give must be the very bytes in `projects/` and beside this file. After a change that is meant,
//! `UPDATE=1 cargo test --test samples` writes the files anew; look at the difference then.

mod desk;
mod harbour_tunnel;
mod river_figures;

use std::path::{Path, PathBuf};

use proofmark::domain::rules::{self, Include};
use proofmark::domain::{Kind, Project, Stamp, Status};
use proofmark::formats;

struct Sample {
    name: &'static str,
    project: Project,
    /// How many annotations there are, and how many of them are in the verified list.
    counts: (usize, usize),
    /// What no export may print.
    private: &'static [&'static str],
}

fn samples() -> [Sample; 2] {
    [
        Sample {
            name: "harbour-tunnel",
            project: harbour_tunnel::project(),
            counts: harbour_tunnel::COUNTS,
            private: harbour_tunnel::PRIVATE,
        },
        Sample {
            name: "river-figures",
            project: river_figures::project(),
            counts: river_figures::COUNTS,
            private: river_figures::PRIVATE,
        },
    ]
}

fn path(inside: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(inside)
}

/// The bytes of a file are these; with UPDATE=1 they become these.
fn is_golden(inside: &str, wanted: &str) {
    let path = path(inside);
    if std::env::var_os("UPDATE").is_some_and(|value| value == "1") {
        std::fs::write(&path, wanted).expect("the golden file can be written");
    }
    let have = std::fs::read(&path).unwrap_or_default();
    if have != wanted.as_bytes() {
        let have = String::from_utf8_lossy(&have).into_owned();
        let line = have.split('\n').zip(wanted.split('\n')).take_while(|(a, b)| a == b).count();
        let at = |text: &str| text.split('\n').nth(line).unwrap_or("(the end)").to_owned();
        panic!(
            "{inside} is not what the code gives. Line {}:\n  in the file: {}\n  by the code: {}\n\
             If the change is meant, UPDATE=1 cargo test --test samples writes the file anew.",
            line + 1,
            at(&have),
            at(wanted)
        );
    }
}

/// An export as text, archives as the text of their parts.
fn unpacked(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|error| {
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(error.into_bytes())).expect("an archive");
        let mut all = String::new();
        for n in 0..archive.len() {
            let mut part = archive.by_index(n).expect("a part");
            std::io::Read::read_to_string(&mut part, &mut all).expect("text");
        }
        all
    })
}

fn stamp() -> Stamp {
    Stamp::new("2026-11-24T09:00:00Z".parse().expect("a time"), "Nobody", 1)
}

#[test]
fn the_projects_are_what_the_code_gives() {
    for sample in samples() {
        is_golden(&format!("projects/{}.ron", sample.name), &formats::ron::write(&sample.project));
    }
}

#[test]
fn the_verified_lists_are_what_the_exports_give() {
    for Sample { name, project, .. } in samples() {
        for format in formats::exports() {
            let export = format.write.expect("an export");
            let list = formats::bytes(format, &project, export.include);
            assert_eq!(list, formats::bytes(format, &project, export.include), "the same bytes again");
            // What is packed has no lines to compare; others' programs read it in CI.
            if let Ok(list) = String::from_utf8(list) {
                let ending = export.ending.map(|ending| format!("-{ending}")).unwrap_or_default();
                is_golden(&format!("tests/samples/{name}{ending}.{}", format.extension), &list);
            }
        }
    }
}

#[test]
fn the_files_open_without_a_warning_and_are_saved_as_they_were() {
    for Sample { name, project, .. } in samples() {
        let file = formats::ron::write(&project);
        let opened = formats::ron::read(file.as_bytes(), &mut stamp()).expect("a sound project");
        assert_eq!(opened.warnings, [], "{name}");
        assert_eq!(opened.read_only, None, "{name}");
        assert!(!opened.changed, "{name} needed repairs");
        assert_eq!(opened.project, project, "{name}");
        assert!(formats::ron::write(&opened.project) == file, "{name} changes by saving it");
    }
}

#[test]
fn the_articles_are_the_assets_and_every_quote_stands_in_its_place() {
    for Sample { name, project, .. } in samples() {
        let bytes = std::fs::read(path(&format!("assets/{name}.txt"))).expect("the article is there");
        let text = String::from_utf8(bytes.clone()).expect("UTF-8").replace("\r\n", "\n");
        assert_eq!(project.article.text.as_str(), text, "{name}");
        let loaded = formats::text::read(&bytes).expect("a text");
        assert_eq!(project.article.sha256, loaded.sha256, "{name}");
        for annotation in project.annotations.values().chain(project.removed.values()) {
            for span in &annotation.spans {
                let at = span.place.at.expect("no sample has an orphan");
                assert_eq!(span.place.quote.as_str(), &text[at.range()], "{name}: {}", annotation.id);
                assert_eq!(span.place.text, project.article.head(), "{name}: {}", annotation.id);
            }
        }
    }
}

#[test]
fn the_lists_hold_as_many_as_they_should() {
    for Sample { name, project, counts, .. } in samples() {
        let verified = formats::listed(&project, Include::Verified);
        assert_eq!((project.annotations.len(), verified.len()), counts, "{name}");
        for annotation in verified {
            assert_ne!(annotation.kind, Kind::Source, "{name}");
            assert!(rules::is_settled(annotation), "{name}: {}", annotation.words());
        }
    }
}

#[test]
fn nothing_private_is_in_an_export() {
    for Sample { name, project, private, .. } in samples() {
        let texts = project.annotations.values().flat_map(|a| {
            let outcomes = a.contacts.iter().map(|contact| contact.outcome.as_str());
            [a.private_note.as_str(), a.contact.as_str()].into_iter().chain(outcomes)
        });
        let secret: Vec<&str> =
            texts.flat_map(str::lines).filter(|t| !t.is_empty()).chain(private.iter().copied()).collect();
        for include in Include::ALL {
            for format in formats::exports() {
                let list = unpacked(formats::bytes(format, &project, include));
                let shows_text = format.write.is_some_and(|export| export.shows_text);
                // The article's own words are its author's business; a warning tells of them.
                let own = |words: &str| shows_text && project.article.text.as_str().contains(words);
                for words in secret.iter().filter(|words| !own(words)) {
                    assert!(!list.contains(words), "{name}: “{words}” is in the {} list", format.name);
                }
                let named = formats::leaves_out(&project, format, include)
                    .into_iter()
                    .filter(|line| line.contains("is named in what is exported"));
                assert_eq!(named.count() > 0, shows_text && private.iter().any(|words| own(words)), "{name}");
            }
        }
    }
}

/// What the samples are there to show.
#[test]
fn the_harbour_tunnel_shows_everything_once() {
    let project = harbour_tunnel::project();
    let all = || project.annotations.values();
    for kind in Kind::ALL {
        assert!(all().any(|a| a.kind == kind), "no {}", kind.word());
    }
    let (by_status, _) = rules::counts(&project);
    for (status, count) in Status::ALL.into_iter().zip(by_status) {
        assert!(count > 0, "nothing is {}", status.word());
    }
    for resolution in ["accepted", "rejected", "open"] {
        let csv = formats::find("csv").expect("a format");
        let list = unpacked(formats::bytes(csv, &project, Include::All));
        assert!(list.contains(&format!(",{resolution},")), "no correction is {resolution}");
    }
    assert_eq!(project.checkers.len(), 2);
    assert_eq!(project.removed.len(), 1);
    assert_eq!(all().filter(|a| a.confidential).count(), 1);
    assert_eq!(all().filter(|a| !a.sign_offs.is_empty()).count(), 2);
    assert!(all().any(|a| a.kind == Kind::Claim && a.placed().count() == 3), "no claim of three spans");
    assert!(all().any(|a| a.kind == Kind::Quote && a.placed().count() == 2), "no split quote");
    assert!(all().all(|a| a.kind == Kind::Source || a.evidence.iter().all(|e| !e.title.is_empty())));
}
