//! Tests of web pages. May use: `formats::incoming::html`.
//!
//! Invariant: all pages are invented here.

use super::*;

fn read_page(html: &str) -> Imported {
    read(html.as_bytes(), ReadOptions::default()).expect("a page")
}

const BODY: &str = "<p>The council of Talheim voted on Tuesday to spend 4.2 million euros on a new bridge over the river, after three years of debate.</p><p>“We waited long enough,” said the mayor, Ines Brandt, who had promised the bridge in 2021 &amp; again in 2023.</p><p>Eight members voted against it; they would rather repair the old one, which was built in 1911 and has been closed since June.</p>";

#[test]
fn only_what_is_seen_is_text() {
    // I10.
    let html = format!(
        "<!DOCTYPE html><html><head><title>A bridge for Talheim</title><style>p{{color:red}}</style>\
         <script>document.write('<p>script words</p>')</script></head><body onload=\"alert(1)\">\
         <!-- comment words --><article><h1>A bridge for Talheim</h1>{BODY}\
         <p style=\"display:none\">hidden words</p><p hidden>hidden words</p><template><p>template words</p></template>\
         <noscript><p>noscript words</p></noscript><svg><text>svg words</text></svg>\
         <p><a href=\"javascript:alert(1)\">The vote</a> is final, the court of the district decided last week on appeal.<img src=x onerror=alert(1)></p>\
         </article></body></html>"
    );
    let taken = read_page(&html);
    let text = taken.text.as_str();
    assert!(text.starts_with("A bridge for Talheim\n\nThe council of Talheim voted"), "{text}");
    assert!(text.contains("in 2021 & again") && text.contains("The vote is final"), "{text}");
    for words in ["script words", "comment", "hidden", "template", "noscript", "svg words", "alert", "color"]
    {
        assert!(!text.contains(words), "{words} in {text}");
    }
}

#[test]
fn entities_are_letters_and_nothing_expands() {
    // I12.
    let html = format!(
        "<!DOCTYPE html [<!ENTITY x SYSTEM \"file:///etc/passwd\"><!ENTITY lol \"lol\">]><body>{BODY}<p>Zero &#0; half &#xD800; turn &#x202e; big &#x110000; own &x; &lol; &eacute;&nbsp;&hellip; here are more words of the story.</p></body>"
    );
    let text = read_page(&html).text;
    let line = text.lines().find(|line| line.starts_with("Zero")).expect("the line");
    assert!(
        line.starts_with(
            "Zero \u{fffd} half \u{fffd} turn \u{202e} big \u{fffd} own &x; &lol; é\u{a0}… here"
        ),
        "{line}"
    );
    assert!(!text.as_str().contains("root:"));
}

#[test]
fn what_would_grow_is_refused_in_words_and_soon() {
    // I11. Nothing here is timed: what is refused is refused before a page is built of it.
    for (html, words) in [
        ("<div>".repeat(30_000), "nested"),
        ("<b><i>".repeat(1_000_000), "nested"),
        ("<p>x".repeat(400_000), "elements"),
        (
            format!(
                "{}{}",
                (0..500).map(|n| format!("<b id={n}>")).collect::<String>(),
                "<p>x".repeat(2_000)
            ),
            "elements",
        ),
        (" ".repeat((32 << 20) + 1), "32 MB"),
    ] {
        let error = read(html.as_bytes(), ReadOptions::default()).expect_err("refused");
        assert!(error.what.contains(words) && !error.advice.is_empty(), "{error:?}");
        assert!(words_of_part(&html).is_empty());
    }
    let deep = format!("{}{BODY}{}", "<div>".repeat(500), "</div>".repeat(500));
    assert!(read_page(&deep).text.as_str().contains("three years of debate"), "as deep as browsers go");
}

#[test]
fn what_a_page_says_about_itself_fills_the_details() {
    let html = format!(
        "<!-- saved from url=(0029)https://paper.example/saved/1 --><html><head><title>A bridge for Talheim | The Paper</title>\
         <meta property=\"og:site_name\" content=\"The Paper\"><meta property=\"article:published_time\" content=\"2026-03-04T18:00:00+01:00\">\
         <meta name=\"author\" content=\"Ada Keller\"><link rel=\"canonical\" href=\"https://paper.example/talheim-bridge\"></head>\
         <body><article><h1>A bridge for Talheim</h1><p class=\"byline\">By Ada Keller</p>{BODY}</article></body></html>"
    );
    let details = read_page(&html).details;
    assert_eq!(details.title, "A bridge for Talheim");
    assert_eq!(details.byline, "Ada Keller");
    assert_eq!(details.outlet, "The Paper");
    assert_eq!(details.date, "2026-03-04");
    assert_eq!(details.address, "https://paper.example/talheim-bridge");
    let saved = html.replace("rel=\"canonical\"", "rel=\"x\"");
    assert_eq!(read_page(&saved).details.address, "https://paper.example/saved/1");
    let bad = saved.replace("https://paper.example/saved/1", "javascript:alert(1)");
    assert_eq!(read_page(&bad).details.address, "", "only addresses of the web");
}

#[test]
fn encodings_that_a_page_names_are_used() {
    let html = format!(
        "<html><head><meta charset=\"windows-1252\"></head><body>{BODY}<p>Gr\u{f6}\u{df}e und Ma\u{df} der neuen Br\u{fc}cke bleiben unver\u{e4}ndert.</p></body></html>"
    );
    let bytes: Vec<u8> = html
        .chars()
        .map(|c| match c {
            '“' => 0x93,
            '”' => 0x94,
            c => u8::try_from(c as u32).expect("Latin"),
        })
        .collect();
    let taken = read(&bytes, ReadOptions::default()).expect("a page");
    assert_eq!(
        (taken.charset, taken.certainty),
        ("windows-1252", crate::formats::incoming::Certainty::Declared)
    );
    assert!(
        taken.text.as_str().contains("Größe und Maß der neuen Brücke")
            && taken.text.as_str().contains("“We waited")
    );
}

#[test]
fn a_copied_part_is_taken_whole_with_its_blocks() {
    let copied = "<meta charset='utf-8'><h2>Head&shy;line</h2><p>One <b>two</b>\n three<br>four</p><ul><li>five<li><p>six</p></ul><ol start=3><li>seven</ol>\
        <table><tr><th>a<th>b<tr><td><p>1</p><td>2</table><pre>x\n  y</pre><div>last</div>";
    let taken = read_copied(copied).expect("words");
    assert_eq!(
        taken.text.as_str(),
        "Head\u{ad}line\n\nOne two three\nfour\n\n• five\n• six\n\n3. seven\n\na\tb\n1\t2\n\nx\n  y\n\nlast\n"
    );
    assert!(read_copied("<script>x</script>").expect_err("no words").what.contains("no words"));
    let windows = "Version:0.9\nSourceURL:https://paper.example/x\n<html><body><!--StartFragment--><p>Words</p><!--EndFragment--></body></html>";
    assert_eq!(read_copied(windows).expect("words").details.address, "https://paper.example/x");
}

#[test]
fn a_page_without_an_article_is_taken_whole_and_told() {
    let taken = read_page("<html><body><h1>Notice</h1><p>Closed on Monday.</p></body></html>");
    assert_eq!(taken.text.as_str(), "Notice\n\nClosed on Monday.\n");
    assert!(taken.remarks[0].contains("No article stands out"), "{:?}", taken.remarks);
    let empty = read(b"<html><body><script>load()</script></body></html>", ReadOptions::default());
    assert!(empty.expect_err("nothing to read").what.contains("no words"));
}

proptest::proptest! {
    #[test]
    fn any_tags_are_read_or_refused(parts in proptest::collection::vec(proptest::sample::select(vec![
        "<p>", "</p>", "<div>", "</div>", "<table>", "<tr>", "<td>", "</td>", "</table>", "<ul>", "<li>", "</ul>", "<b>", "<a href='x'>",
        "</a>", "<script>", "</script>", "<!--", "-->", "<pre>", "</pre>", "words ", "é&amp;", "<", ">", "\"", "<svg>", "<title>", "\n", "<br>", "<h1>", "</h1>",
    ]), 0..40)) {
        let html = parts.concat();
        let _ = read(html.as_bytes(), ReadOptions::default());
        let _ = read_copied(&html);
        proptest::prop_assert!(Tokens::of(&html).count() <= html.len());
    }
}
