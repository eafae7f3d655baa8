//! Addresses: whatever text is checked, what passes is what would be asked, and passes again as itself.

use proofmark::formats::address::check as checked;

use super::chance::Chance;
use super::mutate::HOSTILE;
use super::{fuzz, law};

/// Pieces of addresses, among them those that tricks are made of.
const PIECES: &[&str] = &[
    "http",
    "https",
    "HTTPS",
    "javascript",
    "file",
    "data",
    "://",
    ":",
    "//",
    "/",
    "\\",
    "@",
    "?",
    "#",
    "%00",
    "%2f",
    ".",
    "example.org",
    "xn--80ak6aa92e",
    "аррӏе",
    "127.1",
    "0x7f",
    "[::1]",
    "[",
    "]",
    ":443",
    ":99999",
    "user:pw@",
    "..",
    "-",
    "ä",
    "\u{200d}",
    "\u{ad}",
    "\u{3002}",
    "\u{ff0e}",
    "ß",
    "com",
];

fn make(chance: &mut Chance) -> Vec<u8> {
    let begin = if chance.once_in(3) { "" } else { "https://" };
    let piece = |chance: &mut Chance| -> &str {
        if chance.once_in(6) { chance.pick(HOSTILE) } else { chance.pick(PIECES) }
    };
    let rest: String = (0..chance.below(8)).map(|_| piece(chance)).collect();
    format!("{begin}{rest}").into_bytes()
}

fn check(bytes: &[u8]) -> Result<(), String> {
    let text = String::from_utf8_lossy(bytes);
    let found = match checked(&text) {
        Ok(found) => found,
        Err(why) => return law(!why.to_string().is_empty(), || "refused without a word".into()),
    };
    let (url, host) = (found.url(), found.host());
    law(url.bytes().all(|byte| byte.is_ascii_graphic()), || format!("{url:?} has more than signs"))?;
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let rest = rest.ok_or_else(|| format!("{url:?} is of another kind"))?;
    // Between the slashes stands what is shown, and nothing else.
    let between = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    law(between == host && !host.contains('@'), || format!("{host:?} is shown, {url:?} is opened"))?;
    let again = checked(url).map_err(|why| format!("{url:?} does not pass again: {why}"))?;
    law(again == found, || format!("{again:?} is another than {found:?}"))
}

#[test]
fn addresses() {
    fuzz("addresses", 20_000, make, check);
    let passes =
        |case: &u64| checked(&String::from_utf8_lossy(&make(&mut Chance::new("addresses", *case)))).is_ok();
    let count = (0..1000).filter(passes).count();
    assert!((50..950).contains(&count), "{count} of 1000 pass");
}
