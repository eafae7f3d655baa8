//! Others at the same file: marks of windows are respected, and what is replaced is kept.

use proofmark::domain::project::AboutValue;
use proofmark::domain::{Stamp, log};
use proofmark::formats::ron as project_file;
use proofmark::io::hold::{Hold, Mark, beside};

use super::Desk;

/// The previous versions that were kept, in order.
pub fn versions(desk: &Desk) -> Vec<String> {
    let folders = std::fs::read_dir(desk.at("data/versions")).into_iter().flatten().flatten();
    let files = folders.flat_map(|folder| std::fs::read_dir(folder.path()).expect("a folder").flatten());
    let mut paths: Vec<_> =
        files.map(|file| file.path()).filter(|path| path.extension().is_some_and(|e| e == "ron")).collect();
    paths.sort();
    paths.iter().map(|path| std::fs::read_to_string(path).expect("a version")).collect()
}

// S29
#[test]
fn a_project_that_a_window_has_open_is_changed_only_by_force() {
    let desk = Desk::with("The council met.\n");
    let id = desk.ok(&["mark", "a.ron", "claim", "council"]).trim().to_owned();
    let mut window = Hold::default();
    window.hold(&desk.at("a.ron"), Mark::own("Ana Núñez", "w"), false).expect("nobody else");
    let before = desk.read("a.ron");
    for args in [
        &["set", "a.ron", &id, "--status", "verified"][..],
        &["mark", "a.ron", "claim", "met"],
        &["remove", "a.ron", &id],
    ] {
        let ran = desk.run(args);
        assert_eq!(ran.code, 2, "{ran:?}");
        assert!(
            ran.err.contains("open in a window: Ana Núñez on ") && ran.err.contains("--force"),
            "{ran:?}"
        );
        assert!(ran.err.trim_end().ends_with("a.ron") && ran.err.lines().count() == 1, "{ran:?}");
        assert_eq!(desk.read("a.ron"), before);
    }
    desk.ok(&["list", "a.ron"]);
    desk.ok(&["set", "a.ron", &id, "--status", "verified", "--force"]);
    assert_ne!(desk.read("a.ron"), before);
    assert!(beside(&desk.at("a.ron")).exists(), "the window has it still");
    drop(window);
    desk.ok(&["set", "a.ron", &id, "--status", "query"]);
}

// S30
#[test]
fn a_mark_of_a_window_that_is_gone_is_no_obstacle_and_one_from_elsewhere_is() {
    let desk = Desk::with("The council met.\n");
    let id = desk.ok(&["mark", "a.ron", "claim", "council"]).trim().to_owned();
    let own = Mark::own("Ana", "w");
    let write = |mark: &Mark| {
        let text = ron::ser::to_string(mark).expect("a mark");
        std::fs::write(beside(&desk.at("a.ron").canonicalize().expect("a file")), text).expect("written");
    };
    write(&Mark { boot: "another start".into(), ..own.clone() });
    desk.ok(&["set", "a.ron", &id, "--status", "query"]);
    write(&Mark { host: "another computer".into(), ..own });
    let ran = desk.run(&["set", "a.ron", &id, "--status", "verified"]);
    assert!(
        ran.code == 2 && ran.err.contains("on another computer") && ran.err.contains("ask first"),
        "{ran:?}"
    );
    std::fs::write(beside(&desk.at("a.ron").canonicalize().expect("a file")), "rubbish").expect("written");
    let ran = desk.run(&["set", "a.ron", &id, "--status", "verified"]);
    assert!(ran.code == 2 && ran.err.contains("whose name cannot be read"), "{ran:?}");
}

#[test]
fn every_content_that_a_command_replaces_is_among_the_previous_versions() {
    let desk = Desk::with("The council met.\n");
    let mut had = vec![desk.read("a.ron")];
    let id = desk.ok(&["mark", "a.ron", "claim", "council"]).trim().to_owned();
    had.push(desk.read("a.ron"));
    desk.ok(&["set", "a.ron", &id, "--status", "verified"]);
    had.push(desk.read("a.ron"));
    desk.ok(&["remove", "a.ron", &id]);
    assert_eq!(versions(&desk), had);
    // An import over a project keeps that, too.
    had.push(desk.read("a.ron"));
    desk.ok(&["import", "a.txt", "--force"]);
    assert!(versions(&desk).contains(&had[3]));
}

#[test]
fn without_a_place_for_previous_versions_the_change_is_made_and_that_is_told() {
    let desk = Desk::with("The council met.\n");
    std::fs::create_dir_all(desk.at("data")).expect("a folder");
    desk.write("data/versions", "in the way");
    let ran = desk.run(&["mark", "a.ron", "claim", "council"]);
    assert!(ran.code == 0 && ran.err.contains("previous version was not kept"), "{ran:?}");
    assert!(ran.err.lines().count() == 1 && ran.err.contains("a.ron"), "{ran:?}");
}

#[test]
fn two_values_in_title_and_details_stand_in_front_of_publication() {
    let desk = Desk::with("The council met.\n");
    let stamp = |by: &str, seed| Stamp::new("2026-11-20T10:00:00Z".parse().expect("a time"), by, seed);
    let text = desk.read("a.ron");
    let mut project = project_file::read(text.as_bytes(), &mut stamp("Ada", 1)).expect("a project").project;
    let [a, b] = [("Ada", 2), ("Ben", 3)].map(|(by, seed)| {
        let mut about = (*project.about).clone();
        log::set(&mut about, AboutValue::Title(by.into()), &mut stamp(by, seed));
        about
    });
    project.about = std::sync::Arc::new(log::union(&a, &b));
    desk.write("a.ron", project_file::write(&project));
    let ran = desk.run(&["check", "a.ron"]);
    assert!(ran.code == 1 && ran.out.contains("two values, undecided: the article's title"), "{ran:?}");
}
