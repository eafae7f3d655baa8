//! The command line as clap sees it, and subcommands as functions of a stamp.
//!
//! May use: cli, domain. What the built program does is in `tests/cli.rs`.

use clap::CommandFactory;

use super::*;

fn parse(args: &[&str]) -> Result<Cli, String> {
    let all = std::iter::once("proofmark").chain(args.iter().copied());
    Cli::try_parse_from(all).map_err(|error| Failure::usage(&error).to_string())
}

#[test]
fn the_arguments_are_well_formed() {
    Cli::command().debug_assert();
}

#[test]
fn a_file_is_no_subcommand_and_the_other_way_round() {
    assert!(matches!(parse(&["story.ron"]), Ok(Cli { file: Some(_), command: None })));
    assert!(matches!(parse(&[]), Ok(Cli { file: None, command: None })));
    assert!(matches!(parse(&["list", "a.ron"]), Ok(Cli { file: None, command: Some(Command::List(_)) })));
    assert!(matches!(parse(&["./list"]), Ok(Cli { file: Some(_), command: None })));
    assert!(parse(&["list"]).is_err());
}

#[test]
fn words_and_notes_may_begin_with_a_hyphen() {
    let Ok(Cli { command: Some(Command::Mark(args)), .. }) =
        parse(&["mark", "a.ron", "claim", "-5 %", "--all", "--note", "- see page 3"])
    else {
        panic!("mark");
    };
    assert_eq!(
        (args.words.as_str(), args.at.all, args.fields.note.as_deref()),
        ("-5 %", true, Some("- see page 3"))
    );
    let Ok(Cli { command: Some(Command::Mark(args)), .. }) =
        parse(&["mark", "--all", "a.ron", "claim", "x", "--by", "Ada"])
    else {
        panic!("mark");
    };
    assert_eq!((args.words.as_str(), args.by.by.as_deref()), ("x", Some("Ada")));
}

#[test]
fn what_is_not_understood_is_told_in_one_line() {
    for args in [
        &["mark", "a.ron", "clam", "x"][..],
        &["mark", "a.ron"],
        &["mark", "a.ron", "claim", "x", "--occurrence", "0"],
        &["mark", "a.ron", "claim", "x", "--occurrence", "1", "--all"],
        &["mark", "a.ron", "claim", "x", "--status", "Verified"],
        &["export", "a.ron"],
        &["export", "a.ron", "--to", "ron"],
        &["check"],
        &["list", "--jason"],
        &["story.ron", "list"],
    ] {
        let error = parse(args).expect_err("refused");
        assert!(!error.contains('\n') && error.len() > 20, "{error}");
        println!("{error}");
    }
}

#[test]
fn the_same_stamp_gives_the_same_file() {
    let folder = tempfile::tempdir().expect("folder");
    let mut files = Vec::new();
    for name in ["a.ron", "b.ron"] {
        let article = folder.path().join("a.txt");
        std::fs::write(&article, "Title\n\nSome words, said Doe.\n").expect("article");
        let file = folder.path().join(name);
        let mut stamp = crate::domain::Stamp::new(jiff::Timestamp::UNIX_EPOCH, "Ada", 1);
        let mut console = Console::default();
        let by = by::By::default();
        let args = import::Args {
            article,
            output: Some(file.clone()),
            from: None,
            reading: reading::Reading::default(),
            force: false,
            into: None,
            by: by.clone(),
        };
        import::run(&args, &mut stamp, &mut console).expect("imported");
        let (at, fields) = (mark::At::default(), mark::Fields::default());
        let words = "Some words".into();
        let args = mark::Args {
            file: file.clone(),
            kind: crate::domain::Kind::Claim,
            words,
            at,
            fields,
            over: Default::default(),
            by,
        };
        mark::run(&args, &mut stamp, &mut console).expect("marked");
        assert!(console.notes.is_empty());
        files.push(std::fs::read(file).expect("project"));
    }
    assert_eq!(files[0], files[1]);
}
