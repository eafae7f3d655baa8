//! Files as other tools write them, and as they should not. The texts are ours.
//!
//! May use: formats, domain.

use serde_json::{Value, json};

use super::{Foreign, Placed, brat, doccano, hypothesis, labelstudio, webannotation};
use crate::domain::adoption::Stretch;
use crate::domain::annotation::{AnnotationValue as V, EvidenceValue as E, Speaker};
use crate::domain::{Kind, Span, Status, Text};

const TEXT: &str = "😀 Rain fell on Tuesday. Rain fell on the port.\nThe mayor said so.";

fn placed(foreign: Foreign) -> Placed {
    foreign.place(&Text::new(TEXT))
}

/// What each annotation covers: its words here, or `!words` of an orphan.
fn offsets(read: &super::Placed) -> &str {
    read.offsets.as_ref().map_or("", |offsets| &offsets.words)
}

fn words(placed: &Placed) -> Vec<Vec<String>> {
    let of = |stretch: &Stretch| match stretch {
        Stretch::At(span) => TEXT[span.range()].to_owned(),
        Stretch::Lost { words, .. } => format!("!{words}"),
    };
    placed.incoming.iter().map(|incoming| incoming.stretches.iter().map(of).collect()).collect()
}

fn hypothesis(annotations: Value) -> Placed {
    let file =
        json!({ "export_date": "2026-01-01T00:00:00Z", "client_version": "1.2", "annotations": annotations });
    placed(hypothesis::read(&file.to_string()).unwrap())
}

fn selectors(start: usize, end: usize, exact: &str) -> Value {
    json!([{ "source": "https://news.example/a", "selector": [
        { "type": "RangeSelector", "startContainer": "/p[1]", "startOffset": 1, "endContainer": "/p[1]", "endOffset": 2 },
        { "type": "TextPositionSelector", "start": start, "end": end },
        { "type": "TextQuoteSelector", "exact": exact, "prefix": "", "suffix": "" } ] }])
}

#[test]
fn hypothesis_counts_utf_16_and_its_tags_are_read() {
    let read = hypothesis(json!([
        { "id": "a", "user": "acct:ada@hypothes.is", "created": "2026-02-03T04:05:06.789+00:00", "text": "Check **this**",
          "tags": ["quote", "status:verified", "rain"], "target": selectors(3, 23, "Rain fell on Tuesday") },
        { "id": "b", "user": "acct:ben@hypothes.is", "text": "I did", "references": ["a"], "target": [] },
        { "id": "c", "user": "acct:eve@hypothes.is", "text": "And I", "references": ["a", "b"], "target": [] },
        { "id": "d", "text": "on the page", "target": [{ "source": "https://news.example/a" }] },
    ]));
    assert_eq!(words(&read), [["Rain fell on Tuesday"]]);
    assert_eq!(read.remarks, ["annotation 4: a note on the whole page marks no words"]);
    let one = &read.incoming[0];
    assert_eq!((one.kind, one.by.as_deref(), one.origin.id.as_str()), (Kind::Quote, Some("ada"), "a"));
    assert_eq!(one.when.map(|when| when.to_string()).as_deref(), Some("2026-02-03T04:05:06.789Z"));
    assert_eq!(
        one.values,
        [
            V::Status(Status::Verified),
            V::Tags(vec!["rain".into()]),
            V::Note("Check **this**\nben: I did\neve: And I".into())
        ]
    );
}

#[test]
fn a_wrong_unit_is_found_by_the_words_and_told() {
    // Code points where Hypothesis should count UTF-16 units (A11).
    let read =
        hypothesis(json!([{ "id": "a", "text": "", "target": selectors(2, 22, "Rain fell on Tuesday") }]));
    assert_eq!(words(&read), [["Rain fell on Tuesday"]]);
    let why = "the words in the file stand there";
    assert_eq!(offsets(&read), format!("Offsets count code points, not UTF-16 units: {why}"));
}

#[test]
fn words_that_stand_elsewhere_are_looked_for_and_never_guessed() {
    let read = hypothesis(json!([
        { "id": "a", "text": "", "target": selectors(900, 910, "the port") },
        { "id": "b", "text": "", "target": selectors(900, 910, "Rain fell") },
        { "id": "c", "text": "", "target": selectors(900, 910, "Snow fell") },
    ]));
    assert_eq!(words(&read), [["the port"], ["!Rain fell"], ["!Snow fell"]]);
    assert_eq!(offsets(&read), "No words stand at the offsets: they were looked for");
    assert_eq!(read.remarks, ["1 stretch was found by the words, not by the offsets",]);
}

#[test]
fn web_annotations_come_in_every_shape() {
    let quote = |exact: &str| json!({ "type": "TextQuoteSelector", "exact": exact });
    let file = json!({ "type": "AnnotationCollection", "first": { "type": "AnnotationPage", "items": [
        { "id": "urn:x:1", "type": "Annotation", "motivation": "tagging", "body": "quote",
          "target": { "source": "s", "selector": quote("mayor") } },
        { "id": "urn:x:2", "bodyValue": "twice", "target": [{ "source": "s", "selector": [quote("Rain fell on")] }] },
        { "id": "urn:x:3", "creator": "https://who.example", "body": { "type": "SpecificResource", "purpose": "linking",
            "source": "https://rain.example" }, "target": { "source": "s", "selector":
            { "type": "TextQuoteSelector", "exact": "Rain fell on", "prefix": "Tuesday. ", "suffix": " the" } } },
        { "id": "urn:x:4", "target": { "source": "s", "selector": { "type": "FragmentSelector", "value": "char=2,6" } } },
        { "id": "urn:x:5", "target": "https://news.example/a" },
        { "id": "urn:x:6", "body": [{ "purpose": "identifying", "value": "The mayor" }, { "purpose": "editing", "value": "Hail" }],
          "target": [ { "selector": quote("The") }, { "selector": quote("said so") } ] },
    ] } });
    let read = placed(webannotation::read(&file.to_string()).unwrap());
    assert_eq!(
        words(&read),
        [
            vec!["mayor"],
            // The recommendation: a quote that several places have means all of them.
            vec!["Rain fell on", "Rain fell on"],
            vec!["Rain fell on"],
            vec!["Rain"],
            vec!["The", "said so"],
        ]
    );
    assert_eq!(read.incoming[2].stretches, [Stretch::At(Span::new(27, 39))]);
    assert_eq!(read.incoming[2].evidence, [[E::Address("https://rain.example".into())]]);
    assert_eq!(read.incoming[0].kind, Kind::Quote);
    assert_eq!(read.incoming[1].values, [V::Note("twice".into())]);
    let named = V::Speaker(Some(Speaker::Name("The mayor".into())));
    assert_eq!(read.incoming[4].values, [named, V::ProposedWording("Hail".into())]);
    assert_eq!(read.remarks, ["annotation 5: no quote and no position in its target"]);
}

#[test]
fn brat_lines_are_read_and_bad_ones_told_by_number() {
    let mut file = String::from("T1\tClaim 2 6;29 33\tRain fell\nA1\tStatus T1 Verified\nM1\tNegated T1\n");
    file.push_str("T2\tPerson 51 56\tmayor\n#1\tAnnotatorNotes T2\tasked\nR1\tSays Arg1:T1 Arg2:T2\n");
    file.push_str("T3\tSource 47 56\tThe mayor\nR2\tSays Arg1:T2 Arg2:T3\n");
    file.push_str(
        "T4\tClaim 9 4\tx\nT5\tClaim x y\tx\nE1\tSaying:T2 About:T1\nT2\tClaim 2 6\tRain\nA9\tSure T99\n",
    );
    file.push_str("A8\tDoubted E1\nN1\tReference T2 Wikidata:Q30185\tmayor\n*\tEquiv T1 T2\n");
    file.push_str("E2\tSaying:T77\nE3\tSaying T2\n!\tx\n");
    let read = placed(brat::read(&file, Some(TEXT)).unwrap());
    assert_eq!(words(&read), [vec!["Rain", "fell"], vec!["mayor"], vec!["The mayor"]]);
    let tags = |place: usize| read.incoming[place].values.clone();
    assert_eq!(
        tags(0),
        [
            V::Status(Status::Verified),
            V::Tags(vec!["Negated".into()]),
            V::Note("Says: “mayor”\nEquiv: “mayor”".into())
        ]
    );
    // An event is its trigger, and its arguments are ties of it; what is about the event is about that.
    assert_eq!(
        tags(1),
        [
            V::Tags(vec!["Person".into(), "Saying".into(), "Doubted".into()]),
            V::Note("asked\nWikidata:Q30185 mayor\nAbout: “Rain”".into())
        ]
    );
    assert_eq!(read.incoming[1].speaker.as_deref(), Some("T3"));
    assert_eq!(
        read.remarks,
        [
            "line 9: a stretch that ends before it begins: T4 Claim 9 4 x",
            "line 10: offsets that are not two numbers: T5 Claim x y x",
            "line 12: an id that another line has: T2 Claim 2 6 Rain",
            "line 13: it is about something that is not in this file: A9 Sure T99",
            "line 17: it is about something that is not in this file: E2 Saying:T77",
            "line 18: an argument without its role: E3 Saying T2",
            "line 19: no line of brat: ! x",
            "3 relations are kept in the notes",
        ]
    );
}

#[test]
fn one_bad_line_of_a_thousand_costs_one() {
    // F33.
    let mut lines: Vec<String> = (1..=1000).map(|n| format!("T{n}\tClaim 2 6\tRain")).collect();
    lines[500] = "T501\tClaim 2\tRain".into();
    let read = brat::read(&lines.join("\n"), Some(TEXT)).unwrap();
    assert_eq!((read.marks.len(), read.remarks.len()), (999, 1));
    assert!(read.remarks[0].starts_with("line 501: "), "{:?}", read.remarks);
}

#[test]
fn older_brat_and_windows_files_fit_too() {
    // Joined without a blank, as before 1.3; and offsets of a text whose line ends count as two.
    let old = placed(brat::read("T1\tClaim 2 6;7 11\tRainfell\n", None).unwrap());
    assert_eq!(words(&old), [["Rain", "fell"]]);
    let windows = placed(brat::read("T1\tClaim 2 6\tRain\r\nT2\tSource 52 57\tmayor\r\n", None).unwrap());
    assert_eq!(words(&windows), [["Rain"], ["mayor"]]);
    assert_eq!(
        offsets(&windows),
        "Offsets count code points, and two for each line end, not code points: the words in the file stand there"
    );
}

#[test]
fn doccano_wrote_four_shapes_and_overlaps_are_kept() {
    let text = Text::new(TEXT);
    let read = |document: Value| placed(doccano::read(&format!("{document}\n"), &text).unwrap());
    let expected = vec![vec!["Rain fell"], vec!["Rain"], vec!["fell on"]];
    let spans = [(3, 12), (3, 7), (8, 15)];
    let triples: Vec<Value> = spans.iter().map(|(s, e)| json!([s, e, "Claim"])).collect();
    let objects: Vec<Value> = spans
        .iter()
        .map(|(s, e)| json!({ "start_offset": s, "end_offset": e, "label": "claim", "user": 1 }))
        .collect();
    for document in [
        json!({ "text": TEXT, "label": triples }),
        json!({ "text": TEXT, "labels": triples }),
        json!({ "text": TEXT, "entities": triples, "Comments": [] }),
        json!({ "text": TEXT, "annotations": objects }),
    ] {
        let read = read(document);
        assert_eq!(words(&read), expected, "F7: none is dropped");
        assert!(read.remarks.is_empty(), "{:?}", read.remarks);
    }
    let bad =
        read(json!({ "text": TEXT, "label": [[3, 7, "Rain"], [7, 3, "x"], [3, "x"]], "Comments": ["so?"] }));
    assert_eq!(words(&bad), [["Rain"]]);
    assert_eq!(bad.incoming[0].values, [V::Tags(vec!["Rain".into()])]);
    assert_eq!(bad.remarks.len(), 3);
}

#[test]
fn doccano_on_another_text_goes_by_the_words() {
    let other = "Yesterday rain came. The mayor said so.";
    let file = json!({ "text": other, "label": [[21, 30, "source"], [0, 9, "claim"]] });
    let read = placed(doccano::read(&file.to_string(), &Text::new(TEXT)).unwrap());
    assert_eq!(words(&read), [["The mayor"], ["!Yesterday"]]);
}

#[test]
fn label_studio_regions_with_choices_notes_and_relations() {
    let region = |id: &str, start: usize, end: usize, words: &str, label: &str| {
        json!({ "id": id, "from_name": "label", "to_name": "text", "type": "labels",
            "value": { "start": start, "end": end, "text": words, "labels": [label] }, "meta": { "text": ["by hand"] } })
    };
    let tasks = json!([{ "id": 7, "data": { "text": TEXT }, "annotations": [{ "completed_by": { "email": "ada@desk.example" },
        "created_at": "2026-02-03T04:05:06Z", "result": [
            region("a", 2, 11, "Rain fell", "City"),
            { "id": "a", "type": "choices", "value": { "choices": ["Needs correction"] } },
            region("b", 15, 51, "Tuesday. Rain fell on the port.\\nThe ", "claim"),
            region("c", 47, 56, "The mayor", "source"),
            { "type": "relation", "from_id": "a", "to_id": "c", "labels": ["said-by"] },
            { "id": "z", "type": "choices", "value": { "choices": ["x"] } },
        ] }] }, { "data": { "text": "another" } }]);
    let read = placed(labelstudio::read(&tasks.to_string(), &Text::new(TEXT)).unwrap());
    assert_eq!(words(&read)[0], ["Rain fell"]);
    let one = &read.incoming[0];
    assert_eq!(one.by.as_deref(), Some("ada@desk.example"));
    assert_eq!(one.speaker.as_deref(), Some("c"));
    assert_eq!(
        one.values,
        [V::Tags(vec!["City".into()]), V::Note("by hand".into()), V::Status(Status::NeedsCorrection)]
    );
    // A line end is written as two characters there.
    assert_eq!(words(&read)[1], ["Tuesday. Rain fell on the port.\nThe "]);
    assert_eq!(
        read.remarks[..2],
        ["1 other tasks in this file are passed over", "result 6: no offsets in a text"]
    );
}

#[test]
fn what_is_something_else_is_refused_in_words() {
    let text = Text::new(TEXT);
    for wrong in ["", "{", "[]", "{\"a\": 1}", "hello", "[1, 2]", "{\"target\": 3}"] {
        let refusals = [
            brat::read(wrong, None).err().map(|error| error.to_string()),
            doccano::read(wrong, &text).err().map(|error| error.to_string()),
            labelstudio::read(wrong, &text).err().map(|error| error.to_string()),
        ];
        for refusal in refusals {
            assert!(
                refusal.is_some_and(|words| words.contains("no ") || words.contains("not JSON")),
                "{wrong:?}"
            );
        }
    }
    assert!(webannotation::read("{").is_err() && webannotation::read("[]").is_err());
    assert!(hypothesis::read("{}").is_err());
    let deep = "[".repeat(100_000);
    assert!(webannotation::read(&deep).is_err() && labelstudio::read(&deep, &text).is_err());
}
