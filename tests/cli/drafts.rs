//! The next version of an article, without a window.

use super::Desk;

const OLD: &str = "The council spent four million euros on the harbour bridge last year.\n\nNobody in the town had asked for a bridge at all, said the mayor.\n\nThe old ferry was sold.\n";
const NEW: &str = "It was a quiet year in the town.\n\nThe council spent five million euros on the harbour bridge last year.\n\nNobody in the town had asked for a bridge at all, said the mayor.\n";

fn marked() -> Desk {
    let desk = Desk::with(OLD);
    for words in ["four million euros", "asked for a bridge", "The old ferry"] {
        desk.ok(&["mark", "a.ron", "claim", words, "--status", "verified"]);
    }
    desk.write("b.txt", NEW);
    desk
}

#[test]
fn what_is_not_certain_is_listed_and_the_draft_is_taken() {
    let desk = marked();
    let before = desk.read("a.ron");
    let told = desk.ok(&["redraft", "a.ron", "b.txt", "--dry-run"]);
    assert_eq!(desk.read("a.ron"), before, "a dry run changes nothing");
    let taken = desk.ok(&["redraft", "a.ron", "b.txt"]);
    assert_eq!(taken, told);
    assert!(
        taken.contains("check again  Claim  “four million euros”  ¶ 2, now “five million euros”"),
        "{taken}"
    );
    assert!(
        taken.contains("orphan  Claim  “The old ferry”")
            && taken.contains("1 certain, 1 to check again, 1 orphan")
    );
    let file = desk.read("a.ron");
    assert!(file.contains("b.txt") && file.contains("The words were: four million euros"), "{file}");
    assert!(file.contains("The old ferry was sold."), "the old text stays in the log");
    let open = desk.run(&["check", "a.ron"]);
    assert_eq!(open.code, 1);
    assert!(
        open.out.contains("to be checked again") && open.out.contains("words no longer in the text"),
        "{open:?}"
    );
    // Again, it is the article's text already.
    let again = desk.run(&["redraft", "a.ron", "b.txt"]);
    assert_eq!((again.code, again.out.as_str()), (0, ""));
    assert!(again.err.contains("this is the article's text already"), "{again:?}");
    assert_eq!(desk.read("a.ron"), file);
}

#[test]
fn it_goes_to_another_file_or_is_refused_in_words() {
    let desk = marked();
    let before = desk.read("a.ron");
    desk.ok(&["redraft", "a.ron", "b.txt", "-o", "c.ron"]);
    assert_eq!(desk.read("a.ron"), before);
    assert!(desk.read("c.ron").contains("five million euros"));
    assert!(desk.refused(&["redraft", "a.ron", "b.txt", "-o", "c.ron"]).contains("c.ron"));
    assert!(desk.refused(&["redraft", "a.ron", "b.txt", "-o", "a.ron"]).contains("overwrite"));
    assert!(desk.refused(&["redraft", "a.ron", "gone.txt"]).contains("gone.txt"));
    assert!(desk.refused(&["redraft", "a.ron", "b.txt", "--encoding", "none"]).contains("no encoding none"));
    desk.write("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    assert!(desk.refused(&["redraft", "a.ron", "picture.txt"]).contains("picture.txt"));
    assert_eq!(desk.read("a.ron"), before);
}
