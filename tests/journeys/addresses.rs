//! Addresses: asked about with the host that is really asked, opened by the one checked door, and by
//! nothing else (U09, L23).

use egui::Key;
use proofmark::app::{Command, Dialog};

use crate::desk::Desk;
use crate::room::Room;

fn is_address(dialog: &Dialog) -> bool {
    matches!(dialog, Dialog::Address { .. })
}

fn asks(desk: &mut Desk, address: &str) {
    desk.asks(Command::OpenAddress(address.into()));
    desk.rest();
}

// U09
#[test]
fn an_address_is_opened_after_a_question_that_names_the_host() {
    let room = Room::with_story().known();
    let mut desk = Desk::open(&room, "story.txt");
    asks(&mut desk, "https://аррӏе.com/login?next=https://apple.com");
    assert!(desk.model().dialog.as_ref().is_some_and(is_address));
    assert!(desk.shows_words("xn--80ak6aa92e.com") && desk.shows_words("In its own letters: аррӏе.com"));
    assert!(!desk.shows_words("not encrypted"));
    desk.press(Key::Enter);
    desk.press(Key::Escape);
    assert!(desk.model().dialog.is_none());
    assert_eq!(room.opened(), Vec::<String>::new(), "neither Enter nor Escape opens anything");

    asks(&mut desk, "http://2130706433/x");
    assert!(desk.shows_words("127.0.0.1") && desk.shows_words("not encrypted"));
    desk.click("Copy address");
    assert_eq!(room.opened(), Vec::<String>::new());
    assert!(desk.model().dialog.is_none());

    asks(&mut desk, "https://Example.org/$(id)`id`&calc");
    desk.click("Open");
    desk.until("the browser", |model| model.dialog.is_none());
    for _ in 0..3000 {
        if !room.opened().is_empty() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    assert_eq!(room.opened(), ["https://example.org/$(id)%60id%60&calc"], "as one text, and once");
    assert!(!desk.model().is_dirty());

    asks(&mut desk, "https://unreachable.example/");
    desk.click("Open");
    desk.hears("The browser could not be opened (no browser answers): https://unreachable.example/");
}

// L23
#[test]
fn what_is_no_address_of_the_web_opens_nothing_and_is_told() {
    let room = Room::with_story().known();
    let mut desk = Desk::open(&room, "story.txt");
    for bad in [
        "javascript:alert(1)",
        "java\tscript:alert(1)",
        "file:///etc/passwd",
        "\\\\host\\share\\x.exe",
        "data:text/html,x",
        "https://good.org@evil.example/",
        "https://exa\tmple.org/",
        "ms-msdt:/id",
        "/usr/bin/true",
        "--version",
    ] {
        asks(&mut desk, bad);
        assert!(desk.model().dialog.is_none(), "{bad}");
        assert!(desk.told().contains("The address was not opened: "), "{bad}: {}", desk.told());
    }
    asks(&mut desk, &format!("https://a.org/{}", "x".repeat(1 << 20)));
    assert!(desk.told().contains("it is too long"));
    assert_eq!(room.opened(), Vec::<String>::new());
}

#[test]
fn the_article_s_own_address_can_be_opened_and_half_typed_details_stay() {
    let room = Room::with_story().known();
    let mut desk = Desk::open(&room, "story.txt");
    desk.press(Key::F2);
    assert!(!desk.can_press("Open address…"));
    desk.fill("Byline", "Mira Kost");
    desk.fill("Address", "https://gazette.example/tunnel");
    desk.scroll_to_button("Open address…");
    desk.click("Open address…");
    assert!(desk.shows_words("gazette.example"));
    desk.click("Open");
    desk.rest();
    assert!(matches!(desk.model().dialog, Some(Dialog::Details)));
    desk.click("Keep");
    let about = &desk.desk().project.about;
    assert_eq!(
        (about.byline.as_str(), about.address.as_str()),
        ("Mira Kost", "https://gazette.example/tunnel")
    );
}
