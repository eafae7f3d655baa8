//! What the article shows beside its words: the red pencil, and characters that cannot be seen.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::NodeT;
use proofmark::domain::annotation::AnnotationValue;
use proofmark::domain::{Kind, Span};
use proofmark::ui::palette::Palette;

use crate::desk::Desk;
use crate::room::{Room, stamp};

/// Whether a name turns the direction of what stands beside it.
fn turns(name: &str) -> bool {
    name.contains(|c| matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
}

#[test]
fn the_red_pencil_strikes_what_is_checked_and_tells_how_much() {
    let room = Room::with_story().known();
    let mut desk = Desk::open(&room, "story.txt");
    desk.select("The council approved the harbour tunnel");
    desk.press(Key::C);
    let palette = &Palette::LIGHT;
    assert!(!desk.draws(palette.bare) && !desk.draws(palette.pencil));
    desk.press(Key::R);
    assert!(desk.draws(palette.bare) && !desk.draws(palette.pencil), "nothing is checked yet");
    assert!(desk.shows("15 % of words marked, 0 % checked"));
    desk.press(Key::Num4);
    assert!(desk.draws(palette.pencil));
    assert!(desk.shows("15 % of words marked, 15 % checked"));
    desk.ctrl(Key::Z);
    assert!(!desk.draws(palette.pencil));
    desk.ctrl_shift(Key::Z);
    assert!(desk.shows("15 % of words marked, 15 % checked"));
    drop(desk);
    // It is remembered.
    let mut desk = Desk::open(&room, "story.txt");
    assert!(desk.draws(palette.bare) && desk.shows("0 % of words marked, 0 % checked"));
    desk.menu("View", "Red pencil");
    assert!(!desk.draws(palette.bare));
}

/// While the text is typed in, no share of another text is shown.
#[test]
fn no_share_is_told_of_a_text_that_is_being_changed() {
    let room = Room::with_story().known();
    let mut desk = Desk::open(&room, "story.txt");
    desk.select("The council approved the harbour tunnel");
    desk.press(Key::C);
    desk.press(Key::R);
    assert!(desk.shows("15 % of words marked, 0 % checked"));
    desk.press(Key::Escape);
    desk.ctrl(Key::T);
    desk.types("New words at the caret ");
    assert!(desk.shows("Words are counted when you stop editing") && !desk.shows_words("of words marked"));
    desk.ctrl(Key::T);
    assert!(desk.shows_words("of words marked") && !desk.shows("15 % of words marked, 0 % checked"));
}

#[test]
fn one_key_goes_from_bare_sentence_to_bare_sentence() {
    let room = Room::with_story().known();
    let mut desk = Desk::open(&room, "story.txt");
    desk.click_on("council approved");
    let mut left = vec![
        "“It is naïve,” mayor Ines Halvard said, “to expect no delay.”",
        "The vote ended a long dispute.",
        "The plan costs 410 million.",
        "Council approves the tunnel",
        "The council approved the harbour tunnel by 21 votes to 14 on Tuesday.",
    ];
    for sentence in &left {
        desk.press(Key::U);
        assert_eq!(desk.selected(), *sentence);
    }
    // Marked ones are passed over.
    while let Some(sentence) = (!left.is_empty()).then(|| left.remove(0)) {
        desk.press(Key::U);
        assert_eq!(desk.selected(), sentence);
        desk.press(Key::C);
        desk.press(Key::Escape);
    }
    desk.press(Key::U);
    assert_eq!(desk.selected(), "");
    assert!(desk.told().contains("Every sentence has a mark in it"));
}

/// A text that is counted beside the window, and changed meanwhile.
#[test]
fn a_long_text_is_counted_beside_the_window() {
    let room = Room::new().known();
    room.write("long.txt", "Ten words stand in this line and that is all.\n".repeat(8000));
    let mut desk = Desk::open(&room, "long.txt");
    desk.press(Key::R);
    desk.select("Ten words stand");
    desk.press(Key::C);
    desk.until("the shares", |model| {
        let shares = model.desk.as_ref().and_then(|desk| desk.looks.shares());
        shares.is_some_and(|shares| (shares.words, shares.marked) == (80_000, 3))
    });
    assert!(desk.shows("1 % of words marked, 0 % checked"));
    desk.press(Key::Escape);
    desk.press(Key::U);
    assert_eq!(desk.desk().selection.map(|span| span.start), Some(46));
}

const ODD: &str = "A title\n\nThe pay\u{ad}ment of a d\u{202e}drob\u{202c} went to p\u{430}ypal, 10\u{a0}km from \u{2067}שלום\u{2069}.\u{feff}\nPlain \u{200b}words.";

/// I16.
#[test]
fn characters_that_cannot_be_seen_are_kept_counted_and_shown() {
    let room = Room::new().known();
    room.write("odd.txt", ODD);
    let mut desk = Desk::open(&room, "odd.txt");
    assert_eq!(desk.text(), ODD, "nothing is taken out");
    let foot = "8 invisible characters · 1 word of two alphabets";
    assert!(desk.shows(foot));
    // Those that turn the direction are always shown, the others on request.
    for name in
        ["Right-to-left override (U+202E)", "End of a direction (U+202C)", "Right-to-left isolate (U+2067)"]
    {
        assert!(desk.shows(name), "{name}");
    }
    let hidden = [
        "Soft hyphen (U+00AD)",
        "No-break space (U+00A0)",
        "Zero width space (U+200B)",
        "Byte order mark (U+FEFF)",
        "Letters of two alphabets in one word: p\u{430}ypal",
    ];
    assert!(hidden.iter().all(|name| !desk.shows(name)));
    let end = ODD.find("words").unwrap();
    let before = desk.place(end);
    desk.press(Key::I);
    assert!(hidden.iter().all(|name| desk.shows(name)));
    assert_eq!(desk.place(end), before, "showing them moves no letter");
    desk.press(Key::I);
    assert!(!desk.shows(hidden[0]));
    // The foot goes from one to the next, and shows them.
    let mut places = Vec::new();
    for _ in 0..10 {
        desk.click(foot);
        places.push(desk.desk().caret.unwrap());
    }
    assert!(desk.shows(hidden[0]));
    assert!(places[..9].is_sorted() && places[9] <= places[0] + 2, "{places:?}");
    assert!(desk.told().contains("Soft hyphen (U+00AD) · 1 of 9"));
    desk.ctrl_shift(Key::S);
    desk.gives_path(&room.path("odd.ron"));
    desk.idle();
    assert_eq!(room.project("odd.ron").article.text.as_str(), ODD);
}

/// U10: titles, names, tags, rows and dialogs show signs, whatever is in them.
#[test]
fn no_name_turns_its_neighbours_round() {
    let room = Room::new().known();
    let title = "A title \u{202e}denrut\u{2066} title";
    room.write("t\u{202e}xt.txt", format!("{title}\n\nSome \u{202e}words\u{202c} and \u{2067}more\u{2069}."));
    let mut desk = Desk::open(&room, "t\u{202e}xt.txt");
    desk.select("Some \u{202e}words");
    desk.press(Key::S);
    let mut project = desk.desk().project.clone();
    let id = *project.annotations.keys().next().unwrap();
    let values = vec![
        AnnotationValue::Tags(vec!["t\u{202e}ag".into()]),
        AnnotationValue::Name("N\u{202e}ame".into()),
        AnnotationValue::Role("r\u{2067}ole".into()),
        AnnotationValue::CheckAgain(Some("b\u{202e}ecause".into())),
        AnnotationValue::Category("c\u{200f}at".into()),
    ];
    project.apply(&project.set(id, "", values, &mut stamp(3))).unwrap();
    let mut other = desk.desk().clone();
    other.places = proofmark::domain::places::Places::of(&project);
    other.project = project;
    desk.put(other);
    desk.pick(id);
    desk.rest();
    let seen = |desk: &Desk| {
        let nodes: Vec<_> = desk.root().children_recursive().collect();
        let mut names = Vec::new();
        for node in &nodes {
            let node = node.accesskit_node();
            // The article itself is told as it is.
            let is_text = matches!(
                node.role(),
                Role::TextRun
                    | Role::Document
                    | Role::Paragraph
                    | Role::Heading
                    | Role::Mark
                    | Role::TextInput
                    | Role::MultilineTextInput
            );
            names.extend(node.label().into_iter().chain(node.value()).filter(|_| !is_text));
        }
        names
    };
    let names = seen(&desk);
    assert!(names.iter().any(|name| name.contains("N‹RLO›ame · r‹RLI›ole")));
    assert!(names.iter().any(|name| name.contains("A title ‹RLO›denrut‹LRI› title")));
    assert!(desk.shows_words("b‹RLO›ecause"));
    desk.close();
    assert!(desk.shows_words("A title ‹RLO›denrut"));
    for name in seen(&desk).into_iter().chain(names) {
        assert!(!turns(&name), "{name:?}");
    }
    assert!(desk.title.starts_with("A title ‹RLO›denrut‹LRI› title — "), "{:?}", desk.title);
}

/// F31: the line that is read stays where it is, whatever is done but going somewhere.
#[test]
fn nothing_but_going_somewhere_moves_the_line_that_is_read() {
    let room = Room::new().known();
    let text: String = (0..200)
        .map(|i| format!("Paragraph {i} says what it says, and nobody has counted its words.\n\n"))
        .collect();
    room.write("long.txt", &text);
    let mut desk = Desk::open(&room, "long.txt");
    desk.wheel(-4000.0);
    let shown = desk.pane();
    let first = (0..text.len())
        .step_by(7)
        .find(|at| text.is_char_boundary(*at) && desk.place(*at).y > shown.center().y)
        .unwrap();
    let words = text[first..].find("Paragraph").map(|at| &text[first + at..first + at + 14]).unwrap();
    desk.select(words);
    desk.press(Key::C);
    let at = desk.place(first);
    let stays = |desk: &mut Desk, what: &str| {
        let now = desk.place(first);
        assert!((now - at).length() < 1.01, "{what}: {at:?} {now:?}");
    };
    for (key, what) in [
        (Key::R, "red pencil"),
        (Key::I, "invisible characters"),
        (Key::Num4, "a status"),
        (Key::F2, "details"),
        (Key::F1, "keys"),
    ] {
        desk.press(key);
        stays(&mut desk, what);
        desk.press(Key::Escape);
        stays(&mut desk, &format!("{what}, closed"));
        if matches!(key, Key::R | Key::I) {
            desk.press(key);
            stays(&mut desk, &format!("{what}, off"));
        }
    }
    desk.ctrl(Key::F);
    stays(&mut desk, "the find bar");
    desk.click("Find");
    stays(&mut desk, "the find bar again");
    desk.press(Key::Escape);
    stays(&mut desk, "the find bar, closed");
    for _ in 0..2 {
        desk.ctrl(Key::Z);
        stays(&mut desk, "undo");
    }
    desk.ctrl_shift(Key::Z);
    stays(&mut desk, "redo");
    desk.ctrl(Key::S);
    stays(&mut desk, "where to save");
    desk.gives_path(&room.path("long.ron"));
    desk.idle();
    stays(&mut desk, "saving");
    for theme in ["Dark", "High contrast, dark", "High contrast, light", "Light"] {
        desk.menu("View", theme);
        stays(&mut desk, theme);
    }
    desk.close();
    stays(&mut desk, "closing");
    // Another size breaks the rows anew: the row at the top stays at the top.
    let top = |desk: &mut Desk| {
        let pane = desk.pane();
        (0..text.len()).step_by(68).find(|at| desk.place(*at).y > pane.top()).unwrap()
    };
    let before = top(&mut desk);
    for factor in [1.25, 1.0] {
        desk.scale(factor);
        let now = top(&mut desk);
        assert!(now.abs_diff(before) < 200, "the row at the top: {before} {now} at {factor}");
    }
    assert!(desk.desk().selection.is_none_or(|span| span != Span::new(0, 1)));
    desk.chord(Modifiers::NONE, Key::Escape);
    assert_eq!(desk.desk().project.annotations.values().filter(|a| a.kind == Kind::Claim).count(), 1);
}
