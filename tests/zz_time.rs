use proofmark::formats::incoming::{ReadOptions, html};
#[test]
fn time() {
    let body = "<p>The council of Talheim voted on Tuesday to spend 4.2 million euros on a new bridge, after debate.</p>".repeat(8);
    for (name, unit, n) in [
        ("br", "x<br>", 100_000),
        ("brbr", "x<br><br>", 70_000),
        ("p", "<p>one, two words", 100_000),
        ("div", "<div>one, two words</div>", 100_000),
        ("span", "<span>one two</span> ", 100_000),
        ("li", "<li>one two", 100_000),
        ("td", "<td>one</td>", 100_000),
        ("a", "<a href=x>one two</a> ", 100_000),
        ("img", "<img src=x.png>", 100_000),
        ("divdiv", "<div><div><div>a, b, c words</div></div></div>", 50_000),
        ("nested", "<div><p>a, b, c words in a paragraph, long enough to count as one</p>", 500),
        ("noscript", "<noscript><img src=a></noscript><img>", 40_000),
        ("h2", "<h2>head one</h2>", 50_000),
        ("data", "<img src='data:image/png;base64,AAAA'>", 100_000),
        ("text", "words and words, ", 1_500_000),
    ] {
        let page = format!("<html><body><article>{body}{}</article></body></html>", unit.repeat(n));
        let t = std::time::Instant::now();
        let r = html::read(page.as_bytes(), ReadOptions::default());
        println!(
            "{name:10} {:6} KB {:?} {}",
            page.len() / 1024,
            t.elapsed(),
            match r {
                Ok(i) => i.text.len().to_string(),
                Err(e) => e.what,
            }
        );
    }
}
