//! Copies to send: what is not in them stands in the question, and the file has nothing of it.

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::kittest::Queryable;
use proofmark::app::Dialog;
use proofmark::app::beside::Held;
use proofmark::domain::annotation::AnnotationValue as V;
use proofmark::domain::{Kind, Project};
use proofmark::formats::ron;

use crate::desk::Desk;
use crate::room::{Room, STORY, stamp};

/// A room with a project that has something to hide.
fn room() -> Room {
    let room = Room::with_story().known();
    let mut stamp = stamp(5);
    let article = proofmark::domain::Article::new(
        "story.txt".into(),
        String::new(),
        proofmark::domain::Text::new(STORY),
        &mut stamp,
    );
    let mut project = Project::new(article, &mut stamp);
    let mut mark = |words: &str, kind, values| {
        let span = project.article.text.occurrences(words)[0];
        let (id, marking) = project.mark(kind, &[span], &mut stamp);
        project.apply(&marking).expect("fresh");
        let set = project.set(id, "set", values, &mut stamp);
        project.apply(&set).expect("fresh");
    };
    let source = vec![V::Confidential(true), V::Name("Pat Quill".into()), V::Contact("555-0199".into())];
    mark("mayor", Kind::Source, source);
    let claim = vec![V::PrivateNote("the lawyer is nervous".into()), V::Note("Pat Quill knows".into())];
    mark("21 votes", Kind::Claim, claim);
    room.write("story.ron", ron::write(&project));
    room
}

fn is_known(dialog: &Dialog) -> bool {
    matches!(dialog, Dialog::Send { held: Some(Held { .. }), .. })
}

#[test]
fn a_redacted_copy_tells_first_what_is_not_in_it() {
    let room = room();
    let mut desk = Desk::open(&room, "story.ron");
    desk.menu("File", "Copy to send…");
    desk.is_asked("what the copy is to have", is_known);
    assert!(desk.shows("1 confidential source") && desk.shows("1 private note"));
    assert!(desk.shows_words("“Pat Quill” is named in the copy all the same, in the claim in ¶ 2"));
    desk.press(Key::Enter);
    // The name says what it is, of which day; it lies beside the project.
    desk.until("a path", |model| model.dialog.is_some());
    let Some(Dialog::Path { suggested, .. }) = desk.model().dialog.clone() else { panic!("a path") };
    assert!(suggested.contains("story redacted 20") && suggested.ends_with(".ron"), "{suggested}");
    desk.gives_path(&room.path("out.ron"));
    desk.hears("Redacted copy written to out.ron");
    assert!(desk.told().contains("Not in it: 1 confidential source, 1 private note"), "{}", desk.told());
    let bytes = String::from_utf8(room.bytes("out.ron")).expect("text");
    assert!(!bytes.contains("555-0199") && !bytes.contains("nervous") && bytes.contains("knows"));
    // What is on the desk is as it was.
    assert!(!desk.desk().project.is_redacted() && !desk.model().is_dirty());

    let theirs = Desk::open(&room, "out.ron");
    assert!(theirs.told().contains("This is a redacted copy"), "{}", theirs.told());
    assert!(theirs.title.contains("redacted copy"), "{}", theirs.title);
    assert!(theirs.shows_words("Confidential source, withheld"));
}

#[test]
fn a_copy_with_everything_says_who_may_read_it_and_never_takes_the_project_s_place() {
    let room = room();
    let mut desk = Desk::open(&room, "story.ron");
    let before = room.bytes("story.ron");
    let open = |desk: &mut Desk| {
        desk.menu("File", "Copy to send…");
        desk.is_asked("what the copy is to have", is_known);
        desk.harness.get_by_role_and_label(Role::RadioButton, "Everything, as it is").click();
        desk.is_asked("everything", |dialog| matches!(dialog, Dialog::Send { redacted: false, .. }));
    };
    open(&mut desk);
    assert!(desk.shows("In the copy, for whoever gets it to read") && desk.shows("1 private note"));
    desk.press(Key::Enter);
    desk.gives_path(&room.path("story.ron"));
    desk.hears("that is the project's own file");
    assert_eq!(room.bytes("story.ron"), before);
    open(&mut desk);
    desk.press(Key::Enter);
    desk.gives_path(&room.path("all"));
    desk.hears("Copy written to all.ron");
    assert_eq!(room.bytes("all.ron"), before);
    // Another file is replaced only when asked.
    room.write("other.ron", "mine");
    open(&mut desk);
    desk.press(Key::Enter);
    desk.gives_path(&room.path("other.ron"));
    desk.is_asked("whether to replace it", |dialog| matches!(dialog, Dialog::Replace { .. }));
    desk.press(Key::Escape);
    assert_eq!(room.bytes("other.ron"), b"mine");
}
