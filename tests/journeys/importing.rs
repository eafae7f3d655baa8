//! How articles of other formats and encodings come in: shown first, then taken or left.

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::kittest::Queryable;
use proofmark::app::Dialog;

use crate::desk::Desk;
use crate::room::{Room, STORY};

fn is_import(dialog: &Dialog) -> bool {
    matches!(dialog, Dialog::Import)
}

/// Chooses an encoding.
fn choose(desk: &mut Desk, name: &str) {
    let list = desk.harness.query_all_by_role(Role::ComboBox).next();
    let pos = list.expect("a list of encodings").rect().center();
    desk.click_at(pos);
    let row = desk.harness.query_all_by_label(name).last().map(|node| node.rect().center());
    desk.click_at(row.unwrap_or_else(|| panic!("{name} is not in the list")));
}

const PAGE: &str = "<html><head><title>The mill | The Paper</title><meta property=\"og:site_name\" content=\"The Paper\">\
    <link rel=\"canonical\" href=\"https://paper.example/mill\"></head><body><nav><a href=/>Home</a></nav><article><h1>The mill by the river</h1>\
    <p>The mill cost 40 million and opened in 1990, according to the council, which published its report on Monday in the town hall.</p>\
    <p>Nobody has turned its four wheels since; the last miller left in 2004, and his daughter sells honey in the yard on Sundays.</p>\
    <p>Now the council wants to sell it, together with the meadow, to a company that makes paper cups from the straw of the county.</p></article></body></html>";

#[test]
fn a_page_is_shown_with_its_details_and_taken() {
    let room = Room::with_story().known();
    let page = room.write("mill.html", PAGE);
    let mut desk = Desk::open(&room, "story.txt");
    desk.drop_file(&page);
    desk.is_asked("whether this is the article", is_import);
    assert_eq!(desk.text(), STORY, "nothing has changed yet");
    assert!(desk.shows("Import mill.html") && desk.shows_words("The mill cost 40 million"));
    let place = |words: &str| {
        let shown = desk.harness.query_all_by_label_contains(words).next();
        shown.map(|node| node.rect()).expect("a paragraph")
    };
    assert!(place("Nobody has turned").top() > place("The mill cost").bottom(), "below each other");
    assert_eq!(desk.value("Title"), "The mill by the river");
    assert_eq!(
        (desk.value("Outlet"), desk.value("Address")),
        ("The Paper".into(), "https://paper.example/mill".into())
    );
    desk.fill("Byline", "Ada Keller");
    desk.click("Import");
    desk.idle();
    assert!(desk.text().starts_with("The mill by the river\n\nThe mill cost 40 million"), "{}", desk.text());
    let about = desk.model().desk.as_ref().expect("a project").project.about.clone();
    assert_eq!((about.byline.as_str(), about.outlet.as_str()), ("Ada Keller", "The Paper"));
    desk.select("40 million");
    desk.press(Key::C);
    assert_eq!(desk.marked(), ["40 million"]);
}

#[test]
fn cancel_leaves_everything_as_it_was() {
    let room = Room::with_story().known();
    let page = room.write("mill.html", PAGE);
    let mut desk = Desk::open(&room, "story.txt");
    desk.select("410 million");
    desk.press(Key::C);
    desk.ctrl(Key::S);
    desk.gives_path(&room.path("story.ron"));
    desk.until("the file", |model| !model.is_dirty());
    desk.drop_file(&page);
    desk.is_asked("whether this is the article", is_import);
    desk.press(Key::Escape);
    desk.rest();
    assert_eq!((desk.text().as_str(), desk.marked().len()), (STORY, 1));
    assert!(desk.model().incoming.is_none(), "and nothing of it stays in memory");
}

#[test]
fn an_encoding_is_shown_and_can_be_changed_before_the_first_mark() {
    let room = Room::new().known();
    room.write("cafe.txt", b"Le caf\xe9 d'en face \xe0 midi");
    let mut desk = Desk::start(&room, Some(room.path("cafe.txt")), egui::vec2(1440.0, 900.0));
    desk.is_asked("about an uncertain encoding", is_import);
    assert!(desk.shows_words("Uncertain"));
    let chosen = |desk: &Desk| desk.model().incoming.as_ref().map(|incoming| incoming.imported.charset);
    let first = chosen(&desk).expect("shown");
    assert!(!first.is_empty());
    choose(&mut desk, "windows-1251: Cyrillic");
    desk.until("the text in it", |model| {
        model.incoming.as_ref().is_some_and(|incoming| incoming.imported.charset == "windows-1251")
    });
    assert!(desk.shows_words("Le cafй"));
    desk.click("Import");
    desk.idle();
    assert!(desk.text().contains("cafй"));
    assert!(desk.shows_words("windows-1251"), "the foot says so");
    // Not right: again, from the file.
    desk.menu("File", "Text encoding…");
    desk.is_asked("again", is_import);
    let now = chosen(&desk).expect("shown");
    if now != "windows-1252" {
        choose(&mut desk, "windows-1252: Western Europe");
        desk.until("the text in it", |model| {
            model.incoming.as_ref().is_some_and(|incoming| incoming.imported.charset == "windows-1252")
        });
    }
    desk.click("Import");
    desk.idle();
    assert!(desk.text().contains("café d'en face à midi"));
    desk.select("café");
    desk.press(Key::C);
    desk.click("File");
    assert!(!desk.can_press("Text encoding…"), "now words are marked");
}

#[test]
fn what_fits_no_character_is_taken_only_after_a_tick() {
    let room = Room::new().known();
    room.write("bad.txt", ["Größe, Maß, Übung, Öl, Äther: ".as_bytes(), b"\xff."].concat());
    let mut desk = Desk::start(&room, Some(room.path("bad.txt")), egui::vec2(1440.0, 900.0));
    desk.is_asked("about bytes that fit nothing", is_import);
    assert!(desk.shows_words("position 36"));
    assert!(!desk.can_press("Import"));
    desk.press(Key::Enter);
    assert!(desk.model().desk.is_none(), "nor by Enter");
    let tick = desk.harness.query_all_by_role_and_label(Role::CheckBox, "Put � there").next();
    let pos = tick.expect("a box to tick").rect().center();
    desk.click_at(pos);
    desk.click("Import");
    desk.idle();
    assert_eq!(desk.text(), "Größe, Maß, Übung, Öl, Äther: \u{fffd}.");
}

#[test]
fn unsaved_work_is_asked_about_before_another_article_takes_its_place() {
    let room = Room::with_story().known();
    let page = room.write("mill.html", PAGE);
    let mut desk = Desk::open(&room, "story.txt");
    desk.drop_file(&page);
    desk.is_asked("whether this is the article", is_import);
    desk.press(Key::Escape);
    desk.select("410 million");
    desk.press(Key::C);
    desk.drop_file(&page);
    desk.is_asked("whether this is the article", is_import);
    desk.click("New project");
    desk.is_asked("about unsaved work", |dialog| matches!(dialog, Dialog::Unsaved { .. }));
    desk.click("Cancel");
    assert_eq!(desk.marked(), ["410 million"], "not taken, so nothing is lost");
    assert!(desk.model().is_dirty());
}

#[test]
fn the_smallest_window_shows_the_question_whole() {
    let room = Room::new().known();
    room.write("mill.html", PAGE);
    let mut desk = Desk::start(&room, Some(room.path("mill.html")), egui::vec2(560.0, 380.0));
    desk.is_asked("whether this is the article", is_import);
    for name in ["Import", "Cancel"] {
        assert!(desk.in_sight(name), "{name} is out of sight");
    }
}

#[test]
fn what_cannot_be_read_is_refused_with_advice() {
    let room = Room::with_story().known();
    let mut desk = Desk::open(&room, "story.txt");
    for (name, bytes, words) in [
        ("a.pdf", &b"%PDF-1.7 x"[..], "ask for the DOCX"),
        ("a.docx", b"PK\x03\x04 cut", "cannot be read"),
        ("a.html", b"<html><script>x</script></html>", "no words"),
    ] {
        let path = room.write(name, bytes);
        desk.drop_file(&path);
        desk.hears(words);
        assert_eq!(desk.text(), STORY);
    }
}

#[test]
fn what_is_dropped_and_is_no_file_is_told() {
    let room = Room::with_story().known();
    let mut desk = Desk::open(&room, "story.txt");
    let folder = room.path("folder");
    std::fs::create_dir(&folder).expect("a folder");
    desk.drop_file(&folder);
    desk.hears("This is a folder, not a file");
    desk.drop_file(&room.path("gone.html"));
    desk.hears("There is no such file");
    assert_eq!(desk.text(), STORY);
}

#[test]
fn template_lines_are_ticked_and_left_out() {
    let room = Room::new().known();
    let text = b"The caf\xe9 closes\n\nAdvertisement\n\nThe caf\xe9 on the square closes after forty years.\n\nShare this article\n";
    room.write("cafe.txt", text);
    let mut desk = Desk::start(&room, Some(room.path("cafe.txt")), egui::vec2(1440.0, 900.0));
    desk.is_asked("whether this is the article", is_import);
    assert!(desk.shows_words("2 lines look like part of the page"));
    assert!(desk.shows("Left out: Advertisement"));
    // The second one stays, because the person says so.
    let tick = desk.harness.query_all_by_label_contains("Leave out “Share this article”").next();
    let pos = tick.expect("a box to tick").rect().center();
    desk.click_at(pos);
    desk.click("Import");
    desk.idle();
    let text = desk.text();
    assert!(!text.contains("Advertisement") && text.contains("Share this article"), "{text}");
}
