//! Comparing two projects: figures, differences, JSON.

use super::Desk;

fn desk() -> Desk {
    let desk = Desk::with("aa bb cc dd");
    desk.write("b.txt", "aa bb cc dd");
    desk.ok(&["import", "b.txt"]);
    desk.mark("claim", "aa bb", &["--by", "Ana"]);
    desk.ok(&["mark", "b.ron", "claim", "bb cc", "--by", "Ben"]);
    desk.ok(&["mark", "b.ron", "quote", "dd", "--by", "Ben"]);
    desk
}

#[test]
fn the_figures_and_the_differences_are_printed() {
    let desk = desk();
    let before = (desk.read("a.ron"), desk.read("b.ron"));
    let out = desk.ok(&["compare", "a.ron", "b.ron"]);
    // By hand: of 4 words 1 is alike (bb); chance: claim 2·2, quote 0·1, none 2·1 = 6, so (4·1 - 6) / (16 - 6).
    let wanted = "Claims: 0 the same, 1 overlapping, 0 of another kind, 0 only in a.ron, 0 only in b.ron\n\
         Quotes: 0 the same, 0 overlapping, 0 of another kind, 0 only in a.ron, 1 only in b.ron\n\
         Sources: 0 the same, 0 overlapping, 0 of another kind, 0 only in a.ron, 0 only in b.ron\n\
         Same marks (F1): 0.00\n\
         Words: 1 of 4 alike; 25.0 %, kappa -0.20\n\
         Statuses: 1 of 1 alike; 100.0 %, kappa not defined\n\
         ¶ 1: claim “aa bb”: or “bb cc”\n\
         ¶ 1: quote “dd”: only in b.ron (Unchecked)\n";
    assert_eq!(out, wanted);
    assert_eq!((desk.read("a.ron"), desk.read("b.ron")), before);
}

#[test]
fn a_program_reads_the_same_as_json() {
    let desk = desk();
    let json: serde_json::Value =
        serde_json::from_str(&desk.ok(&["compare", "a.ron", "b.ron", "--json"])).expect("JSON");
    assert_eq!(json["words"]["units"], 4);
    assert_eq!(json["words"]["kappa"], -0.2);
    assert_eq!(json["statuses"]["kappa"], serde_json::Value::Null);
    assert_eq!(json["differences"][0]["differs"][0], "place");
    assert_eq!(json["differences"][1]["second"]["kind"], "quote");
    assert_eq!(json["differences"][1]["first"], serde_json::Value::Null);
    assert_eq!(json["same_text"], true);
}

#[test]
fn other_texts_are_told_and_damaged_files_refused() {
    let desk = desk();
    desk.write("c.txt", "aa bb cc ee");
    desk.ok(&["import", "c.txt"]);
    desk.ok(&["mark", "c.ron", "claim", "ee"]);
    let ran = desk.run(&["compare", "a.ron", "c.ron"]);
    assert!(ran.code == 0 && ran.err.contains("not the same"), "{ran:?}");
    assert!(ran.err.contains("not in the first text: 1"), "{ran:?}");
    desk.write("d.ron", "(");
    let ran = desk.run(&["compare", "a.ron", "d.ron"]);
    assert!(ran.code == 2 && ran.err.contains("damaged") && ran.err.contains("d.ron"), "{ran:?}");
    assert!(desk.refused(&["compare", "a.ron", "none.ron"]).contains("none.ron"));
}
