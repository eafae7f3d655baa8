//! Importing, and words in every script, whatever the line ends.

use super::Desk;

/// The golden string of the failure catalogue, its words, and their bytes with CRLF.
const GOLDEN: &str = "De\u{301}j\u{e0} 😀 said 👩\u{200d}❤\u{fe0f}\u{200d}👩: שלום 東京\r\nEND";
const WORDS: [(&str, u64, u64); 7] = [
    ("De\u{301}j\u{e0}", 0, 7),
    ("😀", 8, 12),
    ("said", 13, 17),
    ("👩\u{200d}❤\u{fe0f}\u{200d}👩", 18, 38),
    ("שלום", 40, 48),
    ("東京", 49, 55),
    ("END", 57, 60),
];

#[test]
fn the_golden_words_stand_where_the_table_says() {
    // F1, F2: CRLF is one line feed here, so that what follows it stands one byte earlier.
    let desk = Desk::with(GOLDEN);
    for (words, _, _) in WORDS {
        desk.mark("claim", words, &["--status", "verified"]);
    }
    let expected: Vec<(u64, u64, String)> = WORDS
        .iter()
        .map(|(words, start, end)| {
            let crlf = u64::from(*start > 55);
            (start - crlf, end - crlf, (*words).to_owned())
        })
        .collect();
    assert_eq!(desk.spans(), expected);
    let csv = desk.ok(&["export", "a.ron", "--to", "csv"]);
    let rows: Vec<_> =
        ::csv::Reader::from_reader(csv.as_bytes()).records().map(|r| r.expect("row")).collect();
    let quotes: Vec<&str> = rows.iter().map(|row| &row[5]).collect();
    assert_eq!(quotes, WORDS.map(|(words, _, _)| words));
    let markdown = desk.ok(&["export", "a.ron", "--to", "markdown"]);
    assert!(WORDS.iter().all(|(words, _, _)| markdown.contains(words)), "{markdown}");
    // I0: the words are the text's at those bytes.
    let text = GOLDEN.replace("\r\n", "\n");
    for (start, end, quote) in expected {
        assert_eq!(&text[start as usize..end as usize], quote);
    }
}

#[test]
fn the_name_that_import_prints_is_one_that_the_next_command_takes() {
    let desk = Desk::new();
    for name in ["שלום", "東京 1", "a\u{301}é"] {
        desk.write(&format!("{name}.txt"), "Words.\n");
        let printed = desk.ok(&["import", &format!("{name}.txt")]);
        assert_eq!(printed, format!("{name}.ron\n"));
        desk.ok(&["list", printed.trim_end()]);
    }
    desk.write("a\u{202e}b.txt", "Words.\n");
    assert!(!desk.ok(&["import", "a\u{202e}b.txt"]).starts_with("a\u{202e}"), "no terminal is turned round");
}

#[test]
fn a_mark_never_cuts_a_character() {
    let desk = Desk::with(GOLDEN);
    for part in ["De", "👩", "❤", "j\u{e0} 😀 said 👩\u{200d}"] {
        let line = desk.refused(&["mark", "a.ron", "claim", part]);
        assert!(line.contains("inside a character (¶ 1): a.ron"), "{line}");
    }
    assert!(desk.list(&[]).is_empty());
}

#[test]
fn line_ends_and_a_byte_order_mark_make_no_difference() {
    // F3, F4.
    let article = "\u{feff}Tïtle\n\nHe said “no”.\nShe left.\n";
    let mut seen = Vec::new();
    let mixed = article.replacen('\n', "\r\n", 1).replacen("“no”.\n", "“no”.\r", 1);
    for text in [
        article.into(),
        article[3..].to_owned(),
        article.replace('\n', "\r\n"),
        article.replace('\n', "\r"),
        mixed,
    ] {
        let desk = Desk::with(&text);
        desk.mark("quote", "“no”.\nShe", &[]);
        desk.mark("quote", "Tïtle\r\n\r\nHe", &[]);
        seen.push((desk.spans(), desk.ok(&["list", "a.ron"]).lines().count()));
    }
    assert_eq!(seen[0].0[0], (0, 10, "Tïtle\n\nHe".into()));
    assert!(seen.iter().all(|one| *one == seen[0]), "{seen:?}");
}

#[test]
fn white_space_is_kept_exactly() {
    // F5.
    let desk = Desk::with("  Berlin,  Germany.  ");
    desk.mark("claim", "Berlin,  Germany", &["--status", "verified"]);
    assert_eq!(desk.spans(), [(2, 18, "Berlin,  Germany".into())]);
    assert!(desk.ok(&["export", "a.ron", "--to", "csv"]).contains(",\"Berlin,  Germany\","));
    assert!(desk.ok(&["export", "a.ron", "--to", "markdown"]).contains("Berlin,  Germany"));
}

#[test]
fn the_second_of_two_equal_sentences_can_be_marked() {
    // F10.
    let sentence = "It rained. ";
    let desk = Desk::with(&sentence.repeat(3));
    desk.mark("claim", "It rained.", &["--occurrence", "2"]);
    assert_eq!(desk.spans(), [(11, 21, "It rained.".into())]);
    let line = desk.refused(&["mark", "a.ron", "claim", "It rained.", "--occurrence", "4"]);
    assert_eq!(line, "There is no occurrence 4: the article has these words only 3 times: a.ron");
    desk.mark("claim", "rained", &["--all"]);
    let all = &desk.list(&[])[0];
    assert_eq!(all["spans"].as_array().map(Vec::len), Some(3));
}

#[test]
fn overlapping_marks_all_stay() {
    // F7.
    let desk = Desk::with("one two three four");
    for words in ["one two three", "two three four", "two", "one two three four"] {
        desk.mark("claim", words, &[]);
    }
    desk.mark("source", "two", &[]);
    assert_eq!(desk.list(&[]).len(), 5);
}

#[test]
fn what_is_no_text_is_refused() {
    let desk = Desk::new();
    let cases: [(&[u8], &str); 7] = [
        (
            b"\xef\xbb\xbfcaf\xe9",
            "One place fits no character: the byte 0xe9 at position 6 (line 1) (as UTF-8)",
        ),
        (b"\xc3\xa9\r\ntwo \xc3", "(line 2)"),
        (b"\x89PNG\r\n\x1a\n", "Not a text file (PNG)"),
        (b"a\0b", "NUL"),
        (b"%PDF-1.7", "Not a text file (PDF). A PDF says where letters stand"),
        (b"", "The file is empty"),
        (b" \n\t\n", "nothing but white space"),
    ];
    for (bytes, words) in cases {
        desk.write("a.txt", bytes);
        let line = desk.refused(&["import", "a.txt"]);
        assert!(line.contains(words) && line.ends_with(": a.txt"), "{line}");
        assert!(!desk.at("a.ron").exists());
    }
    assert_eq!(desk.refused(&["import", "none.txt"]), "There is no such file: none.txt");
}

#[test]
fn import_never_overwrites_unasked_and_never_the_article() {
    let desk = Desk::with("First");
    assert_eq!(desk.refused(&["import", "a.txt"]), "This file exists already, --force overwrites it: a.ron");
    desk.write("a.txt", "Second");
    assert_eq!(desk.ok(&["import", "a.txt", "--force"]), "a.ron\n");
    assert!(desk.read("a.ron").contains("Second"));
    assert_eq!(desk.ok(&["import", "a.txt", "-o", "b.ron"]), "b.ron\n");
    let line = desk.refused(&["import", "a.txt", "-o", "./a.txt", "--force"]);
    assert!(line.contains("would overwrite the article"), "{line}");
    assert_eq!(desk.read("a.txt"), "Second");
    let line = desk.refused(&["import", "a.ron", "-o", "c.ron"]);
    assert_eq!(line, "This is a project already, not an article: a.ron");
    desk.write("story", "No extension");
    assert_eq!(desk.ok(&["import", "story"]), "story.ron\n");
}

#[test]
fn a_project_needs_nothing_beside_itself() {
    // F35.
    let desk = Desk::with("Title\n\nThe words of the article.");
    desk.mark("claim", "words of the article", &["--status", "verified"]);
    std::fs::remove_file(desk.at("a.txt")).expect("removed");
    std::fs::create_dir(desk.at("elsewhere")).expect("folder");
    std::fs::rename(desk.at("a.ron"), desk.at("elsewhere/b.ron")).expect("moved");
    let markdown = desk.ok(&["export", "elsewhere/b.ron", "--to", "markdown"]);
    assert!(markdown.contains("words of the article") && markdown.contains("¶ 2"), "{markdown}");
    assert!(desk.read("elsewhere/b.ron").contains("The words of the article."));
}

#[test]
fn forty_annotations_on_a_long_article() {
    // The bytes of line feeds, curly quotes and accents before a mark all count.
    let paragraphs: Vec<String> = (0..40)
        .map(|n| format!("Paragraph {n}: “Café {n} sells {} cups a day,” Ms Ünal {n} said.", n * 7))
        .collect();
    let article = format!("Headline\n\n{}\n", paragraphs.join("\r\n\r\n"));
    let desk = Desk::with(&article);
    let kinds = ["claim", "quote", "source"];
    let mut expected = Vec::new();
    let text = article.replace("\r\n", "\n");
    for n in 0..40 {
        let words = match kinds[n % 3] {
            "claim" => format!("Café {n} sells {} cups", n * 7),
            "quote" => format!("“Café {n} sells {} cups a day,”", n * 7),
            _ => format!("Ms Ünal {n} said"),
        };
        desk.mark(kinds[n % 3], &words, &["--status", "verified", "--note", &format!("note {n}")]);
        let start = text.find(&words).expect("words") as u64;
        expected.push((start, start + words.len() as u64, words));
    }
    assert_eq!(desk.spans(), expected);
    assert_eq!(desk.list(&["--kind", "quote"]).len(), 13);
    assert_eq!(desk.list(&["--status", "unchecked"]).len(), 0);
    let markdown = desk.ok(&["export", "a.ron", "--to", "markdown"]);
    assert!(markdown.contains("27 verified claims and quotes") && markdown.contains("¶ 41"), "{markdown}");
}
