//! Tests of the call sheet: what is asked, and that no quote's words get out.

use super::*;
use crate::domain::annotation::{AnnotationValue as V, Speaker};
use crate::domain::{Stamp, Status};
use crate::formats::samples::{mark, project, stamp};

const TEXT: &str = "The tunnel\n\n“We have spent 410 million on a hole in the ground, and now we drive through it,” mayor Ines Halvard said. She said the works began in 2021 and that it was “a long, long wait” for everyone. The old bridge carried 900 cars.\n\nHalvard was born in 1962.";

fn with_source(stamp: &mut Stamp) -> (Project, Id) {
    let mut p = project(TEXT, stamp);
    let source = mark(&mut p, Kind::Source, "Ines Halvard", vec![V::Role("mayor".into())], stamp);
    let by = || vec![V::Speaker(Some(Speaker::Source(source)))];
    mark(
        &mut p,
        Kind::Quote,
        "“We have spent 410 million on a hole in the ground, and now we drive through it,”",
        by(),
        stamp,
    );
    mark(
        &mut p,
        Kind::Claim,
        "the works began in 2021 and that it was “a long, long wait” for everyone",
        by(),
        stamp,
    );
    (p, source)
}

#[test]
fn facts_are_asked_and_quotes_are_not() {
    let mut stamp = stamp();
    let (mut p, source) = with_source(&mut stamp);
    let by = Some(Speaker::Source(source));
    let inside = vec![V::Speaker(by.clone())];
    mark(&mut p, Kind::Claim, "410 million on a hole in the ground", inside, &mut stamp);
    let told = vec![V::Speaker(by.clone()), V::Fact("The old bridge carried 900 cars a day.".into())];
    mark(&mut p, Kind::Claim, "The old bridge carried 900 cars", told, &mut stamp);
    let done = vec![V::Speaker(by), V::Status(Status::Verified), V::Note("PRIVATE".into())];
    mark(&mut p, Kind::Claim, "Halvard was born in 1962", done, &mut stamp);
    let sheet = write(&p, source, false).unwrap();
    assert_eq!((sheet.facts, sheet.quotes, sheet.withheld, sheet.checked), (2, 1, 1, 1));
    assert_eq!(
        sheet.text,
        "Ines Halvard, mayor\n\nPlease tell us of each point whether it is right. Where it is not: what would be \
         right, and where can we see it?\n\n1. the works began in 2021 and that it was … for everyone\n\n2. The old \
         bridge carried 900 cars a day.\n\nOne quote is checked separately and is not in this list.\n"
    );
    assert!(sheet.warnings.is_empty());
    let all = write(&p, source, true).unwrap();
    assert_eq!((all.facts, all.checked), (3, 0));
    assert!(all.text.contains("Halvard was born in 1962") && !all.text.contains("PRIVATE"));
}

#[test]
fn a_sentence_with_the_words_of_a_quote_is_withheld() {
    let mut stamp = stamp();
    let (mut p, source) = with_source(&mut stamp);
    for fact in [
        "She said: we have spent 410 million on a hole in the ground, and now we drive through it",
        "The city spent 410 million on a hole in the ground",
        "It was “a hole in the ground”",
        "“410 million”",
    ] {
        let by = vec![V::Speaker(Some(Speaker::Source(source))), V::Fact(fact.into())];
        mark(&mut p, Kind::Claim, "The old bridge", by, &mut stamp);
    }
    let sheet = write(&p, source, false).unwrap();
    for words in ["hole", "410", "drive", "spent", "long wait"] {
        assert!(!sheet.text.contains(words), "{words} in {}", sheet.text);
    }
    assert_eq!((sheet.facts, sheet.withheld), (2, 3), "{}", sheet.text);
}

#[test]
fn a_free_name_and_a_second_mark_are_the_same_person_and_a_confidential_one_is_warned_of() {
    let mut stamp = stamp();
    let (mut p, source) = with_source(&mut stamp);
    let named = vec![V::Speaker(Some(Speaker::Name("Ines Halvard".into())))];
    mark(&mut p, Kind::Claim, "Halvard was born in 1962", named, &mut stamp);
    assert_eq!(write(&p, source, false).unwrap().facts, 2);
    let set = p.set(source, "", vec![V::Confidential(true), V::Contact("+47 555".into())], &mut stamp);
    p.apply(&set).unwrap();
    let sheet = write(&p, source, false).unwrap();
    assert!(sheet.warnings[0].contains("for that source only") && !sheet.text.contains("555"));
    assert_eq!(write(&p, Id::from_bits(1), false), None);
}

#[test]
fn quotation_marks_of_many_languages_are_known_and_apostrophes_are_none() {
    let all = |line: &str| -> Vec<String> {
        quoted(line).into_iter().map(|(a, b)| line[a..b].to_owned()).collect()
    };
    assert_eq!(all("He said “yes” and ‘no’."), ["“yes”", "‘no’"]);
    assert_eq!(all("Er sagte: „Ja“ und »Nein« und ‚vielleicht‘."), ["„Ja“", "»Nein«", "‚vielleicht‘"]);
    assert_eq!(all("Il dit : « oui » et l’heure d’été."), ["« oui »"]);
    assert_eq!(all("市长说：「可以」。他说“不”。"), ["「可以」", "“不”"]);
    assert_eq!(all("She said \"one 'two' three\" then."), ["\"one 'two' three\""]);
    assert_eq!(all("the boys’ don't isn’t 6'2\" tall"), Vec::<String>::new());
    assert_eq!(all("“It runs on"), ["“It runs on"]);
    assert_eq!(all("'It's mine' he said"), ["'It's mine'"]);
}
