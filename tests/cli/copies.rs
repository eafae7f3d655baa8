//! Copies to send: what is in them, what is told, and what they are called.

use proofmark::formats::{exposed, ron};

use super::Desk;

/// A project with a confidential source and what must not leave the house.
fn desk() -> Desk {
    let desk = Desk::with("A person close to the mayor said it leaks. Pat Quill denied it.");
    let source = desk.mark("source", "A person close to the mayor", &[]);
    let claim = desk.mark("claim", "it leaks", &["--note", "ask Pat Quill"]);
    let mut stamp = proofmark::domain::Stamp::new(jiff::Timestamp::UNIX_EPOCH, "Ada", 9);
    let mut project = ron::read(desk.read("a.ron").as_bytes(), &mut stamp).expect("a project").project;
    use proofmark::domain::annotation::AnnotationValue as V;
    let id = |text: &str| text.parse().expect("an id");
    for (which, values) in [
        (&source, vec![V::Confidential(true), V::Name("Pat Quill".into()), V::Contact("555-0199".into())]),
        (&claim, vec![V::PrivateNote("the lawyer is nervous".into())]),
    ] {
        let set = project.set(id(which), "set", values, &mut stamp);
        project.apply(&set).expect("fresh");
    }
    desk.write("a.ron", ron::write(&project));
    assert!(exposed::exposed_in_copy(&project, &project.redact().0).len() == 1);
    desk
}

#[test]
fn a_redacted_copy_says_so_and_tells_what_is_not_in_it() {
    let desk = desk();
    let ran = desk.run(&["copy", "a.ron", "--redacted", "-o", "out.ron"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, "out.ron\n"), "{}", ran.err);
    assert!(ran.err.contains("left out: 1 confidential source, 1 private note"), "{}", ran.err);
    assert!(ran.err.contains("“Pat Quill” is named in the copy all the same, in ¶ 1"), "{}", ran.err);
    let copy = desk.read("out.ron");
    for secret in ["555-0199", "nervous", "name: \"Pat"] {
        assert!(desk.read("a.ron").contains(secret) && !copy.contains(secret), "{secret}");
    }
    assert!(copy.contains("redacted: Some([") && !desk.read("a.ron").contains("redacted"));
    // Whoever uses it is told, and the source that is not known here is no words that went.
    let listed = desk.run(&["list", "out.ron"]);
    assert!(listed.err.contains("this is a redacted copy"), "{}", listed.err);
    assert!(listed.out.contains("withheld"), "{}", listed.out);
    let checked = desk.run(&["check", "out.ron"]);
    assert!(checked.err.contains("this is a redacted copy"), "{}", checked.err);
    assert!(!checked.out.contains("no longer in the text"), "{}", checked.out);
}

#[test]
fn a_whole_copy_is_the_same_project_under_a_name_that_says_so() {
    let desk = desk();
    let out = desk.ok(&["copy", "a.ron"]);
    assert!(out.starts_with("a copy 20") && out.ends_with(".ron\n"), "{out}");
    assert_eq!(desk.read(out.trim()), desk.read("a.ron"));
    let out = desk.ok(&["copy", "a.ron", "--redacted"]);
    assert!(out.starts_with("a redacted 20"), "{out}");
}

#[test]
fn a_copy_overwrites_nothing_unasked_and_never_the_project() {
    let desk = desk();
    let before = desk.read("a.ron");
    for own in ["a.ron", "./a.ron"] {
        assert!(desk.refused(&["copy", "a.ron", "-o", own, "--force"]).contains("the project itself"));
    }
    assert!(desk.refused(&["copy", "a.ron", "-o", "a.txt"]).contains("ends in .ron"));
    desk.write("b.ron", "mine");
    assert!(desk.refused(&["copy", "a.ron", "-o", "b.ron"]).contains("exists already"));
    assert_eq!((desk.read("a.ron"), desk.read("b.ron")), (before, "mine".into()));
    desk.ok(&["copy", "a.ron", "-o", "b.ron", "--force"]);
    // Fields of a newer version cannot be carried along.
    let newer = desk.read("a.ron").replacen("format: 1", "format: 2", 1);
    desk.write("newer.ron", newer);
    let ran = desk.run(&["copy", "newer.ron", "-o", "c.ron"]);
    assert!(ran.code == 2 && ran.err.contains("cannot be copied"), "{}", ran.err);
    assert!(!desk.at("c.ron").exists());
}
