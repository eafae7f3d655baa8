//! What is written comes back: through every format the same annotations, but for what was told.
//!
//! May use: formats, domain, proptest.

use proptest::prelude::*;

use super::{Foreign, brat, doccano, labelstudio, webannotation};
use crate::domain::annotation::{AnnotationValue as V, Speaker};
use crate::domain::rules::Include;
use crate::domain::{Annotation, Kind, Project, Span, Status};
use crate::formats::Progress;
use crate::formats::loss::{Piece, told};
use crate::formats::samples::{project, stamp};

/// The golden text: astral letters, joined ones, right to left, Thai, several lines, double blanks.
const TEXT: &str =
    "a😀b De\u{301}ja\u{300} vu 👩‍👩‍👧 🇩🇪  नमस्ते\nשלום عالم  สวัสดี\n\n“Zwei,”  said K\u{e5}re.\nEnde";

struct Way {
    name: &'static str,
    carried: &'static [Piece],
    write: fn(&Project) -> String,
    read: fn(&str, &Project) -> Foreign,
}

const WAYS: [Way; 4] = [
    Way {
        name: webannotation::NAME,
        carried: webannotation::CARRIED,
        write: |p| webannotation::write(p, Include::All, &mut Progress::new(&mut |_, _| true)).unwrap(),
        read: |file, _| webannotation::read(file).unwrap(),
    },
    Way {
        name: brat::NAME,
        carried: brat::CARRIED,
        write: |p| brat::write(p, Include::All, &mut Progress::new(&mut |_, _| true)).unwrap(),
        read: |file, _| brat::read(file, None).unwrap(),
    },
    Way {
        name: doccano::NAME,
        carried: doccano::CARRIED,
        write: |p| doccano::write(p, Include::All, &mut Progress::new(&mut |_, _| true)).unwrap(),
        read: |file, p| doccano::read(file, &p.article.text).unwrap(),
    },
    Way {
        name: labelstudio::NAME,
        carried: labelstudio::CARRIED,
        write: |p| labelstudio::write(p, Include::All, &mut Progress::new(&mut |_, _| true)).unwrap(),
        read: |file, p| labelstudio::read(file, &p.article.text).unwrap(),
    },
];

/// What a format that carries these parts must give back of an annotation.
fn carried(project: &Project, a: &Annotation, parts: &[Piece], joins_lines: bool) -> Vec<String> {
    let has = |part| parts.contains(&part);
    let mut spans: Vec<Span> = a.placed().collect();
    if joins_lines {
        let text = project.article.text.as_str();
        spans = spans.into_iter().fold(Vec::new(), |mut joined: Vec<Span>, span| {
            match joined.last_mut() {
                Some(last) if is_line_end(text, *last, span) => last.end = span.end,
                _ => joined.push(span),
            }
            joined
        });
    }
    let mut lines = vec![a.kind.word().to_owned()];
    lines.extend(spans.iter().map(|span| format!("{span:?}")));
    if has(Piece::Orphan) {
        lines.extend(
            a.live_spans().filter(|s| s.place.at.is_none()).map(|s| s.place.quote.as_str().to_owned()),
        );
    }
    if has(Piece::Status) {
        lines.push(a.status.word().into());
    }
    if has(Piece::Note) {
        lines.push(format!("note {}", a.note.as_str()));
    }
    if has(Piece::Fact) {
        lines.push(format!("fact {}", a.fact.as_str()));
    }
    if has(Piece::Tag) {
        lines.extend(a.tags.clone());
    }
    if has(Piece::CheckAgain) {
        lines.extend(a.check_again.clone());
    }
    match &a.speaker {
        Some(Speaker::Name(name)) if has(Piece::SpeakerName) => lines.push(format!("by {name}")),
        Some(Speaker::Source(id)) if has(Piece::SpeakerLink) => {
            let source = project.annotations[id].first_span();
            lines.push(format!("by {:?}", source.map(|span| span.start)));
        }
        _ => {}
    }
    lines
}

fn is_line_end(text: &str, a: Span, b: Span) -> bool {
    let gap = text.get(a.end as usize..b.start as usize).unwrap_or_default();
    gap.contains('\n') && gap.trim().is_empty()
}

/// What a line-wise format makes of a span that begins or ends with white space of a line end.
fn is_plain(text: &str) -> bool {
    text.split('\n').all(|line| !line.trim().is_empty()) && text == text.trim()
}

fn all(project: &Project, way: &Way) -> Vec<Vec<String>> {
    let joins = way.name == brat::NAME;
    let orphans = way.carried.contains(&Piece::Orphan);
    let held = project.annotations.values().filter(|a| orphans || a.first_span().is_some());
    let mut all: Vec<Vec<String>> = held.map(|a| carried(project, a, way.carried, joins)).collect();
    all.sort();
    all
}

/// An annotation of a small world: kind, spans, status, what is said of it, speaker.
type Told = (u8, Vec<(usize, usize)>, u8, u8, u8);

fn worlds() -> impl Strategy<Value = Vec<Told>> {
    let spans = proptest::collection::vec((0..TEXT.len(), 1..30usize), 1..4);
    proptest::collection::vec((0..3u8, spans, 0..8u8, 0..4u8, 0..4u8), 1..7)
}

fn build(world: &[Told]) -> Project {
    let mut stamp = stamp();
    let mut p = project(TEXT, &mut stamp);
    let mut sources = Vec::new();
    for (kind, spans, status, what, speaker) in world {
        let text = p.article.text.clone();
        let spans: Vec<Span> = spans
            .iter()
            .map(|(start, len)| text.snapped(Span::new(*start, (start + len).min(TEXT.len()))))
            .filter_map(|span| text.trimmed(span))
            .filter(|span| is_plain(text.slice(*span)))
            .collect();
        let mut disjoint: Vec<Span> = Vec::new();
        for span in spans {
            if disjoint.iter().all(|had| !had.overlaps(span)) {
                disjoint.push(span);
            }
        }
        let kind = Kind::ALL[*kind as usize];
        stamp.by = ["Ada", "Ben K.", "张伟"][*what as usize % 3].into();
        let (id, transaction) = p.mark(kind, &disjoint, &mut stamp);
        if transaction.is_empty() || p.marked(kind, disjoint[0]).is_some() {
            continue;
        }
        p.apply(&transaction).unwrap();
        let mut values = vec![V::Status(Status::ALL[*status as usize])];
        if what & 1 > 0 {
            values.push(V::Note(format!("Note {what}\nof “two” lines, 😀").as_str().into()));
        }
        if what & 2 > 0 {
            values.push(V::Fact("One fact.".into()));
            values.push(V::Tags(vec!["figures".into(), "zwei Wörter".into()]));
            values.push(V::CheckAgain(Some("The words were: x".into())));
        }
        match speaker {
            1 => values.push(V::Speaker(Some(Speaker::Name("Kåre O.".into())))),
            2 => values.extend(sources.first().map(|id| V::Speaker(Some(Speaker::Source(*id))))),
            _ => {}
        }
        let transaction = p.set(id, "set", values, &mut stamp);
        p.apply(&transaction).unwrap();
        if kind == Kind::Source {
            sources.push(id);
        }
    }
    p
}

proptest! {
    #[test]
    fn what_is_carried_comes_back_and_twice_adds_nothing(world in worlds()) {
        let p = build(&world);
        prop_assume!(!p.annotations.is_empty());
        for way in &WAYS {
            let file = (way.write)(&p);
            let mut stamp = stamp();
            let mut copy = project(TEXT, &mut stamp);
            let placed = (way.read)(&file, &copy).place(&copy.article.text);
            prop_assert!(placed.remarks.is_empty(), "{}: {:?}\n{file}", way.name, placed.remarks);
            let (transaction, adopted) = copy.adopt(placed.incoming.clone(), &mut stamp);
            prop_assert_eq!(adopted.added, p.annotations.len(), "{}", way.name);
            copy.apply(&transaction).unwrap();
            prop_assert_eq!(all(&copy, way), all(&p, way), "{}\n{}", way.name, file);
            // Once more, into the copy and into the project that it came from.
            let (again, adopted) = copy.adopt(placed.incoming.clone(), &mut stamp);
            prop_assert!(again.is_empty() && adopted.added == 0, "{}", way.name);
            let (home, _) = p.adopt(placed.incoming, &mut stamp);
            prop_assert!(home.is_empty(), "{}", way.name);
            prop_assert_eq!((way.write)(&p), file, "the same bytes");
        }
    }
}

#[test]
fn the_loss_is_what_was_told() {
    let mut stamp = stamp();
    let mut p = project(TEXT, &mut stamp);
    let at = p.article.text.occurrences("Ende")[0];
    let (id, transaction) = p.mark(Kind::Claim, &[at], &mut stamp);
    p.apply(&transaction).unwrap();
    let values = vec![
        V::Status(Status::Verified),
        V::Note("n".into()),
        V::Tags(vec!["a".into(), "b".into()]),
        V::Category("money".into()),
        V::SaidWhen("1999".into()),
    ];
    p.apply(&p.set(id, "set", values, &mut stamp).clone()).unwrap();
    let told = |carried| told(&p, Include::All, carried);
    let rest = "1 time or place of saying, 1 category or priority, which this format has no place for";
    assert_eq!(told(webannotation::CARRIED), [format!("left out: {rest}")]);
    assert_eq!(told(doccano::CARRIED), [format!("left out: 1 status, 2 tags, {rest}")]);
}

#[test]
fn authors_and_times_come_back() {
    let p = build(&[(0, vec![(0, 3)], 3, 2, 0)]);
    for way in &WAYS[..1] {
        let mut stamp = stamp();
        stamp.by = "Somebody else".into();
        let copy = project(TEXT, &mut stamp);
        let placed = (way.read)(&(way.write)(&p), &copy).place(&copy.article.text);
        let theirs = p.annotations.values().next().unwrap();
        assert_eq!(placed.incoming[0].by.as_deref(), Some(&*theirs.log[0].by));
        assert_eq!(placed.incoming[0].when, Some(theirs.log[0].when));
    }
}

#[test]
fn an_orphan_comes_back_as_one() {
    let mut stamp = stamp();
    let mut p = build(&[(1, vec![(0, 4)], 3, 0, 0)]);
    let edit = crate::domain::article::Edit::between(TEXT, &TEXT[5..]);
    p.apply(&p.edit(vec![edit], &mut stamp).unwrap().clone()).unwrap();
    let way = &WAYS[0];
    let mut copy = project(&TEXT[5..], &mut stamp);
    let placed = (way.read)(&(way.write)(&p), &copy).place(&copy.article.text);
    let (transaction, adopted) = copy.adopt(placed.incoming, &mut stamp);
    copy.apply(&transaction).unwrap();
    assert_eq!((adopted.added, adopted.orphaned), (1, 1));
    assert_eq!(all(&copy, way), all(&p, way));
}

fn marked_words(text: &str) -> Project {
    let mut stamp = stamp();
    let mut p = project(text, &mut stamp);
    let text = p.article.text.clone();
    let at = |word: &str| word.as_ptr() as usize - text.as_str().as_ptr() as usize;
    let words = text.as_str().split_whitespace().map(|word| Span::new(at(word), at(word) + word.len()));
    let words: Vec<Span> =
        words.map(|span| text.snapped(span)).filter(|span| is_plain(text.slice(*span))).collect();
    for (place, span) in words.into_iter().take(4).enumerate() {
        let (_, transaction) = p.mark(Kind::ALL[place % 3], &[span], &mut stamp);
        if !transaction.is_empty() {
            p.apply(&transaction).unwrap();
        }
    }
    p
}

proptest! {
    // I09
    #[test]
    fn the_exported_text_comes_in_again_and_every_offset_holds(
        text in "[a-zé€😀👩\u{200d}\u{301}שع \n\u{2028}\u{85}]{1,120}"
    ) {
        prop_assume!(text.chars().any(char::is_alphabetic));
        let p = marked_words(&text);
        prop_assume!(!p.annotations.is_empty());
        let parts = (brat::EXPORT.write)(&p, Include::All, &mut Progress::new(&mut |_, _| true)).unwrap();
        let options = crate::formats::incoming::ReadOptions::default();
        let again = crate::formats::incoming::read(&parts[1].bytes, Some("text"), "txt", options).unwrap();
        prop_assert_eq!(again.text.as_str(), p.article.text.as_str());
        let ann = std::str::from_utf8(&parts[0].bytes).unwrap();
        let placed = brat::read(ann, Some(again.text.as_str())).unwrap().place(&again.text);
        prop_assert!(placed.remarks.is_empty(), "{:?}", placed.remarks);
        let mut stamp = stamp();
        let mut copy = Project::new(crate::domain::Article::new("a.txt".into(), again.sha256, again.text, &mut stamp), &mut stamp);
        let (transaction, _) = copy.adopt(placed.incoming, &mut stamp);
        copy.apply(&transaction).unwrap();
        prop_assert_eq!(all(&copy, &WAYS[1]), all(&p, &WAYS[1]), "{}", ann);
    }

    // E13, E14
    #[test]
    fn a_quote_stands_at_its_position_with_its_context_around_it(world in worlds()) {
        let p = build(&world);
        let file = (WAYS[0].write)(&p);
        let page: serde_json::Value = serde_json::from_str(&file).unwrap();
        let points: Vec<char> = p.article.text.as_str().chars().collect();
        for item in page["items"].as_array().unwrap() {
            for target in item["target"].as_array().unwrap() {
                let (quote, position) = (&target["selector"][0], &target["selector"][1]);
                let offset = |key: &str| usize::try_from(position[key].as_u64().unwrap()).unwrap();
                let (start, end) = (offset("start"), offset("end"));
                let text = |range: &[char]| range.iter().collect::<String>();
                prop_assert_eq!(text(&points[start..end]), quote["exact"].as_str().unwrap());
                prop_assert!(text(&points[..start]).ends_with(quote["prefix"].as_str().unwrap()));
                prop_assert!(text(&points[end..]).starts_with(quote["suffix"].as_str().unwrap()));
            }
        }
    }
}
