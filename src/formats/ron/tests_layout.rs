//! How the file looks: golden, and how much of it one change touches.

use super::worlds::*;
use super::{FORMAT, read, write, writer};
use crate::domain::annotation::{AnnotationValue, Prose};
use crate::domain::{Kind, Project, Span, Text};

/// The lines of the two texts that the other does not have at that place (a longest common
/// subsequence, as a line diff shows it).
fn diff<'a>(old: &'a str, new: &'a str) -> (Vec<&'a str>, Vec<&'a str>) {
    let (a, b): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let mut best = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            best[i][j] =
                if a[i] == b[j] { best[i + 1][j + 1] + 1 } else { best[i + 1][j].max(best[i][j + 1]) };
        }
    }
    let (mut i, mut j, mut gone, mut come) = (0, 0, Vec::new(), Vec::new());
    while i < a.len() || j < b.len() {
        if i < a.len() && j < b.len() && a[i] == b[j] {
            (i, j) = (i + 1, j + 1);
        } else if j == b.len() || (i < a.len() && best[i + 1][j] >= best[i][j + 1]) {
            gone.push(a[i].trim());
            i += 1;
        } else {
            come.push(b[j].trim());
            j += 1;
        }
    }
    (gone, come)
}

fn with_note(project: &Project, note: &str) -> Project {
    let mut project = project.clone();
    let id = project.annotations.values().find(|a| !a.note.is_empty()).unwrap().id;
    let set = project.set(id, "note", vec![AnnotationValue::Note(note.into())], &mut stamp(500));
    project.apply(&set).unwrap();
    project
}

#[test]
fn a_change_of_one_note_changes_its_lines_its_log_and_the_checksum() {
    let old = write(&sample());
    let new = write(&with_note(&sample(), "Asked.\nShe called back."));
    let (gone, come) = diff(&old, &new);
    assert_eq!(gone.len(), 2, "{gone:#?}");
    assert_eq!(gone[0], r#"note: ["Ask the registry."],"#);
    assert!(gone[1].starts_with("checksum: "));
    assert_eq!(come.len(), 6, "{come:#?}");
    assert_eq!(come[..4], ["note: [", r#""Asked.","#, r#""She called back.","#, "],"]);
    assert!(come[4].contains(r#"field: Note, replaces: ["#) && come[4].ends_with("),"), "{}", come[4]);
    assert!(come[4].contains(r#"before: [Note(["Ask the registry."])]"#));
    assert!(come[5].starts_with("checksum: "));

    let newer = write(&with_note(&sample(), "Asked.\nShe will call."));
    let (gone, come) = diff(&new, &newer);
    assert_eq!((gone.len(), come.len()), (2, 2), "one line of a note, and the checksum");
}

#[test]
fn the_same_project_gives_the_same_bytes_whatever_way_it_was_made() {
    let project = sample();
    assert_eq!(write(&project), write(&sample()));
    let undone = {
        let mut copy = project.clone();
        let (_, mark) = copy.mark(Kind::Claim, &[Span::new(0, 4)], &mut stamp(8));
        copy.apply(&mark).unwrap();
        copy.apply(&mark.invert()).unwrap();
        copy
    };
    assert_eq!(write(&undone), write(&project));
}

#[test]
fn the_file_begins_with_the_format_and_ends_with_the_checksum() {
    let written = write(&sample());
    assert!(written.starts_with(&format!("(\n    format: {FORMAT},\n    id: \"")));
    let last = written.lines().last().unwrap();
    assert!(written.ends_with('\n') && !written.ends_with("\n\n"));
    assert!(last.starts_with("    checksum: \"sha256:") && last.ends_with("\")"), "{last}");
    assert_eq!(last.len(), "    checksum: \"sha256:\")".len() + 64);
    let order = ["format", "id", "about", "article", "checkers", "annotations", "removed", "checksum"];
    let fields: Vec<&str> = written
        .lines()
        .filter(|line| line.starts_with("    ") && !line.starts_with("     ") && line.contains(": "))
        .filter_map(|line| line.trim().split(':').next())
        .collect();
    assert_eq!(fields, order);
    assert!(!written.contains('\r') && !written.contains('\t'));
    assert!(written.lines().all(|line| line == line.trim_end()));
}

#[test]
fn annotations_stand_in_text_order_and_texts_line_by_line() {
    let written = write(&sample());
    let at = |words: &str| written.find(words).unwrap();
    assert!(at("quote: [\"“will close in May”\"]") < at("quote: [\"Jana Orel\"]"));
    assert!(at("quote: [\"Jana Orel\"]") < at("quote: [\"240 workers\"]"));
    assert!(written.contains("\n            \"The mill “will close in May”, said Jana Orel.\",\n"));
    assert!(
        written.contains("\n            \"\",\n        ],\n        log: [\n            (id: "),
        "text ends in a line feed"
    );
    assert!(written.contains("\n        (name: \"Ada Běhal\", initials: \"AB\"),\n"));
    assert!(written.contains("verdict: Some((label: \"True\", number: Some(4.0))),"));
    assert!(written.contains("status: Verified,"));
    assert!(!written.contains("Unchecked,\n"), "default values are left out");
}

#[test]
fn strings_escape_what_cannot_be_seen_and_nothing_else() {
    let shown = |text: &str| writer::to_string(&Prose(text.into())).unwrap();
    assert_eq!(shown("a\"b\\c\td\re\0"), r#"["a\"b\\c\td\re\u{0}"]"#);
    assert_eq!(shown("\u{7f}\u{85}\u{9f}\u{2028}\u{2029}"), r#"["\u{7f}\u{85}\u{9f}\u{2028}\u{2029}"]"#);
    assert_eq!(
        shown("\u{200e}\u{200f}\u{61c}\u{202a}\u{202e}"),
        r#"["\u{200e}\u{200f}\u{61c}\u{202a}\u{202e}"]"#
    );
    assert_eq!(shown("\u{2066}\u{2069}\u{feff}"), r#"["\u{2066}\u{2069}\u{feff}"]"#);
    let plain = "नमस्ते ไทย שָׁלוֹם Việt é e\u{301} 👩🏽\u{200d}⚕️ {}()[],:'`\u{a0}\u{ad}\u{200b}";
    assert_eq!(shown(plain), format!("[\"{plain}\"]"));
    assert_eq!(shown("a\n\nb"), "[\n    \"a\",\n    \"\",\n    \"b\",\n]");
    assert_eq!(shown(""), "[\"\"]");
}

#[test]
fn numbers_are_the_shortest_that_read_back() {
    for (number, text) in
        [(1.0, "1.0"), (0.1, "0.1"), (-0.0, "-0.0"), (1e300, "1e300"), (f64::INFINITY, "inf")]
    {
        assert_eq!(writer::to_string(&number).unwrap(), text);
        assert_eq!(ron::from_str::<f64>(text).unwrap().to_bits(), f64::to_bits(number));
    }
    assert_eq!(writer::to_string(&-f64::NAN).unwrap(), "NaN");
}

#[test]
fn a_project_of_nothing_is_a_file_too() {
    let project = fresh(Text::new(""), &mut stamp(2));
    let written = write(&project);
    assert!(written.contains("text: [\"\"],"));
    assert!(!written.contains("annotations") && !written.contains("removed"));
    assert_eq!(read(written.as_bytes(), &mut stamp(3)).unwrap().project, project);
}
