//! Names and explanations: every command is in a menu, every control can be found and says what it does.

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::kittest::NodeT;
use proofmark::app::can;
use proofmark::app::table::{Menu, rows};

use crate::desk::Desk;
use crate::room::Room;

/// Every row of every menu is there by its name, and disabled where it cannot be done.
fn walk_the_menus(desk: &mut Desk) {
    for menu in Menu::ALL {
        desk.click(menu.name());
        for row in rows().filter(|row| row.menu == menu) {
            let found: Vec<String> = desk.buttons();
            let named = |name: &&String| **name == row.name || name.starts_with(&format!("{}: ", row.name));
            let name =
                found.iter().find(named).unwrap_or_else(|| panic!("{} has no {}", menu.name(), row.name));
            assert_eq!(desk.can_press(name), can(desk.model(), &row.command), "{}", row.name);
        }
        desk.press(Key::Escape);
    }
}

#[test]
fn every_row_of_the_table_is_in_a_menu_and_disabled_where_it_cannot_be_done() {
    let room = Room::with_story().known();
    room.write("empty.txt", "");
    // No project, one without marks, one with a selection and a picked mark.
    let mut desk = Desk::open(&room, "no such file.ron");
    assert!(desk.model().desk.is_none());
    walk_the_menus(&mut desk);
    let mut desk = Desk::open(&room, "empty.txt");
    walk_the_menus(&mut desk);
    let mut desk = Desk::open(&room, "story.txt");
    desk.select("410 million");
    desk.press(Key::C);
    walk_the_menus(&mut desk);
    desk.select("The plan");
    desk.press(Key::A);
    desk.ctrl(Key::Z);
    desk.select("long dispute");
    walk_the_menus(&mut desk);
    desk.click("Edit");
    assert!(desk.find_button("Redo: add a span").is_some() || desk.shows_words("Redo: "));
}

/// Hovers over every button in sight and expects words to appear.
fn explain_everything(desk: &mut Desk, where_: &str) {
    let menus = Menu::ALL.map(Menu::name);
    for (name, rect) in desk.buttons_with_places() {
        let is_row = ["Claim, ", "Quote, ", "Source, "].iter().any(|kind| name.starts_with(kind));
        if menus.contains(&name.as_str()) || is_row {
            continue;
        }
        assert!(!name.trim().is_empty(), "{where_}: a button without a name at {rect:?}");
        let mut rect = rect;
        // What lies below the foot of the window's inner part is scrolled to.
        if rect.bottom() > 860.0 {
            desk.scroll_to_button(&name);
            rect = desk.find_button(&name).expect("a button").rect();
        }
        assert!(desk.explains(rect.center()), "{where_}: “{name}” has no tooltip");
    }
}

fn explain(desk: &mut Desk, names: &[&str]) {
    for name in names {
        let place = desk.find_button(name).unwrap_or_else(|| panic!("no button {name}")).rect().center();
        assert!(desk.explains(place), "“{name}” at {place:?} has no tooltip; {}", desk.told());
    }
}

#[test]
fn every_button_explains_itself() {
    let room = Room::with_story().known();
    let mut desk = Desk::open(&room, "story.txt");
    explain_everything(&mut desk, "an article");
    desk.select("410 million");
    explain_everything(&mut desk, "a selection");
    desk.press(Key::C);
    desk.press(Key::Num5);
    explain_everything(&mut desk, "a claim to correct");
    desk.press(Key::F2);
    explain(&mut desk, &["Keep", "Cancel"]);
    desk.press(Key::Escape);
    desk.close();
    explain(&mut desk, &["Save", "Close without saving", "Cancel"]);
    desk.press(Key::Escape);
    let mut desk = Desk::open(&room, "no such file.txt");
    desk.hears("no such file");
    explain_everything(&mut desk, "an empty window");
}

#[test]
fn every_field_is_called_by_its_label() {
    let room = Room::with_story().known();
    let mut desk = Desk::open(&room, "story.txt");
    desk.select("mayor Ines Halvard");
    desk.press(Key::S);
    for name in ["Name", "Role", "Note", "Filter the annotations"] {
        desk.enter(name);
    }
    desk.fill("Role", "mayor");
    desk.select("to expect no delay");
    desk.press(Key::Q);
    desk.fill("Said by", "mayor Ines Halvard");
    desk.enter("Note");
    assert_eq!(
        desk.picked().speaker.as_ref().map(|speaker| desk.desk().project.speaker_name(speaker)).as_deref(),
        Some("mayor Ines Halvard")
    );
    let described = desk
        .root()
        .children_recursive()
        .filter(|node| node.accesskit_node().role() == Role::Document)
        .count();
    assert_eq!(described, 1, "the article is one document");
    let names: Vec<_> = desk
        .root()
        .children_recursive()
        .filter(|node| node.accesskit_node().role() == Role::Heading)
        .filter_map(|node| node.accesskit_node().label())
        .collect();
    assert!(names.contains(&"Council approves the tunnel".to_owned()), "{names:?}");
}

#[test]
fn the_filter_finds_words_and_kinds() {
    let room = Room::with_story().known();
    let mut desk = Desk::open(&room, "story.txt");
    for (words, key) in [("21 votes to 14", Key::C), ("410 million", Key::C), ("mayor Ines Halvard", Key::S)]
    {
        desk.select(words);
        desk.press(key);
    }
    desk.fill("Filter the annotations", "INES");
    assert_eq!(desk.list(), ["Source, Unchecked: mayor Ines Halvard, ¶ 3"]);
    desk.ctrl(Key::A);
    desk.press(Key::Backspace);
    desk.click("Claims 2");
    assert_eq!(desk.list().len(), 2);
    assert_eq!(desk.marked().len(), 3, "the filter hides rows and removes nothing");
    desk.click("Claims 2");
    assert_eq!(desk.list().len(), 3);
}
