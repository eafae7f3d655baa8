//! HTML cut into tags and texts, without building anything.
//!
//! May use: std. Invariant: each step goes on by at least one byte, so any bytes end; the pieces are
//! slices of the page. Known limit: it is not the standard's tokenizer; what it gives of a page that a
//! parser has written out again is exact.

/// A piece of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token<'a> {
    /// `<p class="x">`: the name and what stands behind it.
    Open { name: &'a str, rest: &'a str },
    /// `</p>`.
    Close(&'a str),
    /// Words, with their entities.
    Text(&'a str),
    /// What stands in a script, a style or the like.
    Raw,
    /// What stands in `<!-- -->`, or a document type.
    Comment(&'a str),
}

/// The pieces of a page, in order.
#[derive(Debug)]
pub struct Tokens<'a> {
    rest: &'a str,
    raw: Option<&'a str>,
}

impl<'a> Tokens<'a> {
    /// Those of this page.
    pub fn of(html: &'a str) -> Self {
        Self { rest: html, raw: None }
    }

    fn take(&mut self, end: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(end.min(self.rest.len()));
        self.rest = rest;
        taken
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        if self.rest.is_empty() {
            return None;
        }
        if let Some(name) = self.raw.take() {
            self.take(end_of_raw(self.rest, name));
            return Some(Token::Raw);
        }
        if let Some(comment) = self.rest.strip_prefix("<!--") {
            let end = comment.find("-->").map_or(comment.len(), |at| at);
            let words = &comment[..end];
            self.take(4 + end + 3);
            return Some(Token::Comment(words));
        }
        let bytes = self.rest.as_bytes();
        let starts_tag = |at: usize| {
            bytes.get(at) == Some(&b'<')
                && bytes
                    .get(at + 1)
                    .is_some_and(|b| b.is_ascii_alphabetic() || matches!(b, b'/' | b'!' | b'?'))
        };
        if !starts_tag(0) {
            let mut end = 1;
            while end < bytes.len() && !starts_tag(end) {
                end += 1;
            }
            return Some(Token::Text(self.take(end)));
        }
        let end = end_of_tag(bytes);
        let tag = self.take(end);
        let inner = tag.trim_start_matches('<').trim_end_matches('>');
        if inner.starts_with(['!', '?']) {
            return Some(Token::Comment(inner));
        }
        let is_close = inner.starts_with('/');
        let inner = inner.trim_start_matches('/');
        let name_end = inner.find(|c: char| c.is_ascii_whitespace() || c == '/').unwrap_or(inner.len());
        let (name, rest) = inner.split_at(name_end);
        if is_close {
            return Some(Token::Close(name));
        }
        if is_raw(name) {
            self.raw = Some(name);
        }
        Some(Token::Open { name, rest })
    }
}

/// Where a tag ends; a `>` in a quoted value does not end it.
fn end_of_tag(bytes: &[u8]) -> usize {
    let mut quote = None;
    let mut before = b' ';
    for (at, byte) in bytes.iter().enumerate().skip(1) {
        match (quote, byte) {
            (Some(open), byte) if open == *byte => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') if before == b'=' => quote = Some(*byte),
            (None, b'>') => return at + 1,
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            before = *byte;
        }
    }
    bytes.len()
}

fn end_of_raw(text: &str, name: &str) -> usize {
    let bytes = text.as_bytes();
    let mut from = 0;
    while let Some(at) = text[from..].find("</").map(|at| from + at) {
        let after = bytes.get(at + 2..at + 2 + name.len());
        if after.is_some_and(|after| after.eq_ignore_ascii_case(name.as_bytes())) {
            return at;
        }
        from = at + 2;
    }
    bytes.len()
}

/// The value of an attribute, with its entities resolved.
pub fn attribute(rest: &str, name: &str) -> Option<String> {
    let lower = rest.to_ascii_lowercase();
    let mut from = 0;
    while let Some(at) = lower[from..].find(name).map(|at| from + at) {
        from = at + name.len();
        let before = lower[..at].chars().next_back();
        let value = rest[from..].trim_start();
        if before.is_some_and(|c| !c.is_ascii_whitespace() && !matches!(c, '"' | '\'' | '/')) {
            continue;
        }
        let Some(value) = value.strip_prefix('=') else {
            if value.is_empty() || rest[from..].starts_with([' ', '/', '\n', '\t']) {
                return Some(String::new());
            }
            continue;
        };
        let value = value.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let value = match quote {
            Some(quote) => value[1..].split(quote).next().unwrap_or_default(),
            None => value.split(|c: char| c.is_ascii_whitespace()).next().unwrap_or_default(),
        };
        return Some(plain(value));
    }
    None
}

/// Words without entities: those that a parser writes when it writes a page out again.
pub fn plain(words: &str) -> String {
    if !words.contains('&') {
        return words.to_owned();
    }
    let words = words.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    words.replace("&#39;", "'").replace("&nbsp;", "\u{a0}").replace("&amp;", "&")
}

/// Whether an element has nothing inside, or is closed by the next of its sort.
pub fn closes_itself(name: &str) -> bool {
    is_any(
        name,
        &[
            "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
            "track", "wbr", "p", "li", "dd", "dt", "option", "optgroup", "tr", "td", "th", "thead", "tbody",
            "tfoot", "colgroup", "rp", "rt", "html", "head", "body",
        ],
    )
}

/// Whether an element that is left open goes on in the next paragraph.
pub fn is_format(name: &str) -> bool {
    is_any(
        name,
        &["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"],
    )
}

fn is_raw(name: &str) -> bool {
    is_any(name, &["script", "style", "xmp", "iframe", "noembed", "noframes", "textarea", "title"])
}

/// Whether a name is one of these, whatever its case.
pub fn is_any(name: &str, names: &[&str]) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}
