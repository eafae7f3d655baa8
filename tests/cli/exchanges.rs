//! Annotations go to other tools' formats and come back into another project of the article.

use super::Desk;

const STORY: &str = "😀 Rain fell on Tuesday.\r\nThe mayor, Ines Halvard, said so: “It was rain.”\r\n";

fn annotated() -> Desk {
    let desk = Desk::with(STORY);
    desk.mark("claim", "Rain fell on Tuesday", &["--status", "verified", "--note", "seen", "--by", "Ada"]);
    desk.mark("source", "Ines Halvard", &["--status", "on-author"]);
    desk.mark("quote", "“It was rain.”", &["--speaker", "Ines Halvard", "--status", "query"]);
    desk
}

#[test]
fn every_format_that_carries_marks_gives_them_back_once() {
    for (format, name) in
        [("webannotation", "b.jsonld"), ("brat", "b.ann"), ("doccano", "b.jsonl"), ("labelstudio", "b.json")]
    {
        let desk = annotated();
        desk.ok(&["export", "a.ron", "--to", format, "-o", name]);
        desk.write("copy.txt", STORY);
        desk.ok(&["import", "copy.txt", "-o", "copy.ron"]);
        let into = ["import", name, "--into", "copy.ron", "--from", format];
        assert_eq!(desk.ok(&into), "added 3, of them orphans 0; here already 0\n", "{format}");
        assert_eq!(desk.ok(&into), "added 0, of them orphans 0; here already 3\n", "{format}: F36");
        let words = |file: &str| {
            let list: serde_json::Value =
                serde_json::from_str(&desk.ok(&["list", file, "--json"])).expect("json");
            let all = list.as_array().expect("a list").clone();
            all.iter()
                .map(|a| (a["kind"].clone(), a["spans"].clone(), a["speaker"].clone()))
                .collect::<Vec<_>>()
        };
        assert_eq!(words("copy.ron"), words("a.ron"), "{format}");
        // Home again nothing is new either.
        let home = desk.ok(&["import", name, "--into", "a.ron", "--from", format]);
        assert_eq!(home, "added 0, of them orphans 0; here already 3\n", "{format}");
    }
}

#[test]
fn brat_writes_its_text_and_its_configuration_beside() {
    let desk = annotated();
    desk.ok(&["export", "a.ron", "--to", "brat", "-o", "b.ann"]);
    let text = desk.read("b.txt");
    assert!(!text.contains('\r') && text.contains("Ines Halvard"));
    for line in desk.read("b.ann").lines().filter(|line| line.starts_with('T')) {
        let fields: Vec<&str> = line.split('\t').collect();
        let offsets: Vec<usize> =
            fields[1].split(' ').skip(1).map(|n| n.parse().expect("a number")).collect();
        let words: String = text.chars().skip(offsets[0]).take(offsets[1] - offsets[0]).collect();
        assert_eq!(words, fields[2], "code points");
    }
    // The same configuration may be there; another one is not replaced.
    desk.ok(&["export", "a.ron", "--to", "brat", "-o", "c.ann"]);
    desk.write("annotation.conf", "[entities]\nOther\n");
    let refused = desk.run(&["export", "a.ron", "--to", "brat", "-o", "d.ann"]);
    assert!(refused.code == 2 && refused.err.contains("annotation.conf"), "{refused:?}");
    assert_eq!(desk.read("annotation.conf"), "[entities]\nOther\n");
}

#[test]
fn what_cannot_be_placed_is_counted_and_what_is_unclear_is_asked() {
    let desk = annotated();
    desk.write("marks.ann", "T1\tClaim 2 6\tSnow\nT2\tClaim 2\tx\n");
    assert_eq!(
        desk.ok(&["import", "marks.ann", "--into", "a.ron"]),
        "added 1, of them orphans 1; here already 0\n"
    );
    desk.write("marks.json", "[]");
    let which = desk.refused(&["import", "marks.json", "--into", "a.ron"]);
    assert!(which.contains("--from") && which.contains("hypothesis"), "{which}");
    let none = desk.refused(&["import", "marks.json", "--into", "a.ron", "--from", "labelstudio"]);
    assert!(none.contains("no task"), "{none}");
    let article = desk.refused(&["import", "marks.ann", "--from", "brat"]);
    assert!(article.contains("--into"), "{article}");
}
