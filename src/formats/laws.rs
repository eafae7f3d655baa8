//! Whatever is entered, an export gives back: random texts of all that Markdown and CSV react to.
//!
//! May use: formats, domain, and other programs' readers by `tests`.

use pulldown_cmark::Options;

use super::samples::{evidence, mark, project, stamp};
use super::tests::{plain, rendered, rows, text};
use crate::domain::annotation::{AnnotationValue as V, EvidenceValue as E, Prose};
use crate::domain::rules::Include;
use crate::domain::{Kind, Status};

/// Texts of what Markdown, HTML and terminals react to.
pub(super) fn nasty() -> impl proptest::strategy::Strategy<Value = String> {
    let piece = proptest::sample::select(vec![
        "*",
        "_",
        "**",
        "`",
        "```",
        "~~",
        "~",
        "[",
        "](x)",
        "![",
        "<b>",
        "<!--",
        "&amp;",
        "&#65;",
        "\\",
        "#",
        "## ",
        "- ",
        "+ ",
        "1. ",
        "2) ",
        "> ",
        "|",
        "---",
        "===",
        "***",
        "\n",
        "\n\n",
        "    ",
        "\t",
        "\r\n",
        "\r",
        ":",
        ": ",
        "$x$",
        "^1",
        "[^1]",
        "{#a}",
        "{",
        "}",
        "https://x.example",
        "<https://x>",
        "[[a]]",
        "- [ ] ",
        "שלום",
        "\u{202e}",
        "\u{2069}",
        "\u{2066}",
        "\u{a0}",
        "\u{2028}",
        "\u{85}",
        "\u{c}",
        "\u{b}",
        "\u{feff}",
        "\u{1b}[0m",
        "a",
        "word",
        "!",
        ".",
        "\"",
        "'",
        "%",
        "+++",
        "é",
        "😀",
        "\u{3000}",
        "|-|",
        "\u{1}",
        ";",
        "&",
        "@",
        "=",
        "-",
    ]);
    use proptest::strategy::Strategy;
    proptest::collection::vec(piece, 1..12).prop_map(|pieces| pieces.concat())
}

fn all_options() -> Options {
    // Typographic replacement changes texts on purpose; what it reads are no marks.
    Options::all() - Options::ENABLE_SMART_PUNCTUATION
}

proptest::proptest! {
    #[test]
    fn markdown_renders_what_was_entered(fact in nasty(), words in nasty(), note in nasty()) {
        let mut stamp = stamp();
        let normal = |text: &str| crate::domain::Text::normalised(text).as_str().to_owned();
        let words = normal(&words);
        let mut p = project(&format!("Title\n\n x{words}x"), &mut stamp);
        // Between letters the words stand on edges; marked with them, they do so always.
        let marked = format!("x{words}x");
        let values = vec![V::Status(Status::Verified), V::Fact(Prose(fact.clone())), V::Rationale(Prose(note.clone()))];
        let id = mark(&mut p, Kind::Claim, &marked, values, &mut stamp);
        evidence(&mut p, id, vec![E::Title(note.clone()), E::Address("https://x.example".into())], &mut stamp);
        let text = text("markdown", &p, Include::Verified);
        for options in [Options::empty(), all_options()] {
            let (blocks, _) = rendered(&text, options);
            let all: Vec<String> = blocks.iter().map(|b| plain(b)).collect();
            let flat = |text: &str| plain(text.replace("\r\n", "\n").replace(['\r', '\n'], " ").trim());
            let heading = if fact.trim().is_empty() { marked.as_str() } else { fact.as_str() };
            let heading = format!("1. {}", flat(heading));
            proptest::prop_assert!(all.contains(&heading), "{heading:?}\n{text}\n{all:?}");
            if !note.trim().is_empty() {
                let why = format!("Why: {}", flat(&note));
                proptest::prop_assert!(all.contains(&why), "{why:?}\n{text}\n{all:?}");
                let source = format!("Supports: {}", flat(&note));
                proptest::prop_assert!(all.contains(&source), "{source:?}\n{text}\n{all:?}");
            }
            if !fact.trim().is_empty() && fact.trim() != marked {
                let quoted: Vec<String> = marked.split('\n').filter(|l| !l.trim().is_empty()).map(plain).collect();
                let shown: Vec<String> = all.iter().flat_map(|b| b.split('\n').map(str::to_owned)).collect();
                for line in quoted {
                    proptest::prop_assert!(shown.contains(&line), "{line:?}\n{text}\n{all:?}");
                }
            }
        }
    }

    #[test]
    fn csv_reads_back_whatever_was_entered(fact in nasty(), note in "\\PC{0,12}") {
        let mut stamp = stamp();
        let mut p = project("Title\n\nwords", &mut stamp);
        let values = vec![V::Status(Status::Verified), V::Fact(Prose(fact.clone())), V::Category(note.clone())];
        mark(&mut p, Kind::Claim, "words", values, &mut stamp);
        let row = &rows(&text("csv", &p, Include::Verified))[0];
        proptest::prop_assert_eq!(&row["fact"], &fact);
        proptest::prop_assert_eq!(&row["category"], &note);
    }
}
