//! `list` with a query: the language of the window's filter.

use super::Desk;

fn words(desk: &Desk, query: &[&str]) -> Vec<String> {
    let items = desk.list(query);
    items.iter().map(|item| item["spans"][0]["quote"].as_str().expect("words").to_owned()).collect()
}

#[test]
fn a_query_chooses_what_is_listed() {
    let desk = Desk::with("Mayor Jane Doe said: “It leaks.” It does, by 21 metres.");
    desk.mark("source", "Mayor Jane Doe", &["--status", "verified"]);
    desk.mark("quote", "“It leaks.”", &["--speaker", "Mayor Jane Doe", "--note", "from the tape"]);
    desk.mark("claim", "21 metres", &["--status", "query"]);
    for (query, expected) in [
        (&["doe"][..], &["Mayor Jane Doe", "“It leaks.”"][..]),
        (&["status:query"], &["21 metres"]),
        (&["status:query", "kind:quote"], &[]),
        (&["-has:note", "-status:verified"], &["21 metres"]),
        (&["kind:claim,quote no:note"], &["21 metres"]),
        (&["\"the tape\""], &["“It leaks.”"]),
        (&["--kind", "quote", "is:open"], &["“It leaks.”"]),
    ] {
        assert_eq!(words(&desk, query), expected, "{query:?}");
    }
    let ran = desk.run(&["list", "a.ron", "nobody"]);
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (0, "", "proofmark: no annotation fits\n"));
}

#[test]
fn a_query_that_is_not_understood_is_refused_in_words() {
    let desk = Desk::with("It leaks.");
    let line = desk.refused(&["list", "a.ron", "status:foo"]);
    assert!(line.starts_with("Unknown status “foo”; statuses are unchecked, in-progress"), "{line}");
    // A term without a value would let everything through.
    let line = desk.refused(&["list", "a.ron", "status:"]);
    assert!(line.starts_with("“status:” needs a value, as in status:query"), "{line}");
}
