//! Just enough of Rust's lexical grammar to tell code from comments and words.

/// Names, `::` and single marks, without white space.
pub fn tokens(code: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut rest = code;
    while let Some(c) = rest.chars().next() {
        let len = if c.is_alphanumeric() || c == '_' || c == '$' {
            rest[c.len_utf8()..]
                .find(|c: char| !c.is_alphanumeric() && c != '_')
                .map_or(rest.len(), |i| i + c.len_utf8())
        } else if rest.starts_with("::") {
            2
        } else {
            c.len_utf8()
        };
        if !c.is_whitespace() {
            tokens.push(rest[..len].to_owned());
        }
        rest = &rest[len..];
    }
    tokens
}

/// Code with comments and the insides of strings and characters blanked; line ends stay.
pub fn without_comments_and_words(code: &str) -> String {
    let mut kept = String::new();
    let mut rest = code;
    while let Some(c) = rest.chars().next() {
        let hashes = rest.trim_start_matches('r').chars().take_while(|c| *c == '#').count();
        let raw = rest.starts_with('r') && rest[1 + hashes..].starts_with('"');
        let in_name = kept.ends_with(|c: char| c.is_alphanumeric() || c == '_');
        let len = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |i| i + 2)
        } else if raw && !in_name {
            let end = format!("\"{}", "#".repeat(hashes));
            rest[2 + hashes..].find(&end).map_or(rest.len(), |i| 2 + hashes + i + end.len())
        } else if c == '"' {
            literal(rest, '"').unwrap_or(rest.len())
        } else if c == '\'' {
            // A lifetime has no second mark, or has it after more than one character.
            let one = rest[1..].chars().next().map_or(1, char::len_utf8);
            let is_character = rest[1..].starts_with('\\') || rest[1 + one..].starts_with('\'');
            is_character.then(|| literal(rest, '\'')).flatten().unwrap_or(0)
        } else {
            0
        };
        if len == 0 {
            kept.push(c);
            rest = &rest[c.len_utf8()..];
        } else {
            kept.push(' ');
            kept.extend(rest[..len].chars().filter(|c| *c == '\n'));
            rest = &rest[len..];
        }
    }
    kept
}

/// The length of a literal that opens with a mark, with the mark that closes it.
fn literal(rest: &str, mark: char) -> Option<usize> {
    let mut escaped = false;
    for (i, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == mark => return Some(i + 1),
            _ => {}
        }
    }
    None
}
