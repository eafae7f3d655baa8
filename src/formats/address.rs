//! Addresses of the web that may be opened: the one check that stands before the person's browser.
//!
//! May use: url. Invariants: a [`Checked`] can be made by [`check`] only; its address begins with http
//! or https, names a host, has no name or password before it, and is plain ASCII without a control or a
//! space, as the browser gets it; the host is the one that is really asked (`xn--…` for letters beyond
//! ASCII, numbers for an address in figures). Known limits: whether a host is a good place cannot be
//! seen here; host names on one's own network are not refused.

use url::Url;

/// Longer than any address that leads somewhere; browsers and systems cut or refuse far longer ones.
pub const LONGEST: usize = 8 << 10;

/// An address that may be opened, and what a person should know of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    url: String,
    host: String,
    written: Option<String>,
}

impl Checked {
    /// What the browser gets.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The host that is asked, and its port where that is not the usual one.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The host in its own letters, where it has others than ASCII's: they may look like those.
    pub fn written(&self) -> Option<&str> {
        self.written.as_deref()
    }

    /// Whether what is asked for and what comes back can be read on the way.
    pub fn is_open_to_all(&self) -> bool {
        self.url.starts_with("http:")
    }
}

/// Why an address is not opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Nothing is there.
    #[error("there is no address")]
    Empty,
    /// More than [`LONGEST`] bytes.
    #[error("it is too long")]
    Long,
    /// A control, white space, a backslash or a sign that turns the direction.
    #[error("it has characters that no address has")]
    Characters,
    /// Neither http nor https.
    #[error("it does not begin with http:// or https://")]
    Scheme,
    /// A name or a password before the host.
    #[error("it has a name before the host, which hides where it leads")]
    Name,
    /// No host, or none that there can be.
    #[error("it names no website")]
    Host,
}

/// Whether an address may be opened.
pub fn check(address: &str) -> Result<Checked, Refused> {
    if address.len() > LONGEST {
        return Err(Refused::Long);
    }
    let address = address.trim_matches(' ');
    if address.is_empty() {
        return Err(Refused::Empty);
    }
    // `Url` would drop tabs and line ends, and take a backslash for a slash: what is shown would not
    // be what is opened.
    let forbidden = |c: char| {
        c.is_control()
            || c.is_whitespace()
            || matches!(c, '\\' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if address.contains(forbidden) {
        return Err(Refused::Characters);
    }
    let (scheme, rest) = address.split_once("://").ok_or(Refused::Scheme)?;
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return Err(Refused::Scheme);
    }
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if authority.contains('@') {
        return Err(Refused::Name);
    }
    // `Url` skips slashes before a host.
    if authority.is_empty() {
        return Err(Refused::Host);
    }
    let url = Url::parse(address).map_err(|_| Refused::Host)?;
    let name = url.host_str().ok_or(Refused::Host)?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Refused::Name);
    }
    if !matches!(url.scheme(), "http" | "https") || !name.contains(|c: char| c.is_ascii_alphanumeric()) {
        return Err(Refused::Host);
    }
    let letters = url::quirks::domain_to_unicode(name);
    let written = (!letters.is_ascii()).then_some(letters);
    let host = url.port().map_or_else(|| name.to_owned(), |port| format!("{name}:{port}"));
    let url = String::from(url);
    if url.len() > LONGEST {
        return Err(Refused::Long);
    }
    if !url.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(Refused::Characters);
    }
    Ok(Checked { url, host, written })
}

#[cfg(test)]
mod tests {
    use super::*;

    // L23
    #[test]
    fn only_plain_web_addresses_pass_and_the_real_host_is_named() {
        let long = format!("https://example.org/{}", "a".repeat(1 << 20));
        let grows = format!("https://example.org/{}", "ä".repeat(3000));
        let refused = [
            ("", Refused::Empty),
            ("   ", Refused::Empty),
            ("javascript:alert(1)", Refused::Scheme),
            ("JavaScript://example.org/%0aalert(1)", Refused::Scheme),
            ("java\tscript:alert(1)", Refused::Characters),
            ("\u{1}javascript:alert(1)", Refused::Characters),
            (" javascript:alert(1)", Refused::Scheme),
            ("vbscript:msgbox(1)", Refused::Scheme),
            ("data:text/html,<script>alert(1)</script>", Refused::Scheme),
            ("file:///etc/passwd", Refused::Scheme),
            ("file://host/share/x.exe", Refused::Scheme),
            ("\\\\host\\share\\x.exe", Refused::Characters),
            ("//host/share", Refused::Scheme),
            ("C:\\Windows\\System32\\calc.exe", Refused::Characters),
            ("C:/Windows/System32/calc.exe", Refused::Scheme),
            ("/usr/bin/true", Refused::Scheme),
            ("../../x", Refused::Scheme),
            ("-e calc", Refused::Characters),
            ("--version", Refused::Scheme),
            ("ms-msdt:/id", Refused::Scheme),
            ("smb://host/share", Refused::Scheme),
            ("ftp://example.org/", Refused::Scheme),
            ("mailto:ana@example.org", Refused::Scheme),
            ("about:blank", Refused::Scheme),
            ("view-source:https://example.org", Refused::Scheme),
            ("blob:https://example.org/1", Refused::Scheme),
            ("example.org", Refused::Scheme),
            ("https:example.org", Refused::Scheme),
            ("https:\\\\example.org", Refused::Characters),
            ("https://", Refused::Host),
            ("https:///example.org", Refused::Host),
            ("https://?x", Refused::Host),
            ("https://...", Refused::Host),
            ("https://:80/", Refused::Host),
            ("https://a:b/", Refused::Host),
            ("https://a:99999/", Refused::Host),
            ("https://[::1/", Refused::Host),
            ("https://exa%00mple.org/", Refused::Host),
            ("https://exa<mple.org/", Refused::Host),
            ("https://good.org@evil.example/", Refused::Name),
            ("https://ana:secret@example.org/", Refused::Name),
            ("https://@example.org/", Refused::Name),
            ("https://good.org\\@evil.example/", Refused::Characters),
            ("https://exa\tmple.org/", Refused::Characters),
            ("https://example.org/\r\nSet: x", Refused::Characters),
            ("https://example.org/a b", Refused::Characters),
            ("https://example.org/\u{202e}gpj.exe", Refused::Characters),
            ("https://example.org/\u{a0}x", Refused::Characters),
            (long.as_str(), Refused::Long),
            (grows.as_str(), Refused::Long),
        ];
        for (address, why) in refused {
            let short: String = address.chars().take(60).collect();
            assert_eq!(check(address), Err(why), "{short:?}");
            assert!(!why.to_string().is_empty());
        }
        let passed = [
            ("https://example.org", "https://example.org/", "example.org", None),
            (" https://example.org/a ", "https://example.org/a", "example.org", None),
            ("HTTPS://Example.ORG/A", "https://example.org/A", "example.org", None),
            ("http://example.org:8080/", "http://example.org:8080/", "example.org:8080", None),
            ("https://example.org:443/", "https://example.org/", "example.org", None),
            ("http://[::1]:80/", "http://[::1]/", "[::1]", None),
            ("http://0x7f.1/", "http://127.0.0.1/", "127.0.0.1", None),
            ("http://2130706433/", "http://127.0.0.1/", "127.0.0.1", None),
            ("https://good.org/@evil", "https://good.org/@evil", "good.org", None),
            ("https://evil.example/good.org", "https://evil.example/good.org", "evil.example", None),
            (
                "https://good.org.evil.example/",
                "https://good.org.evil.example/",
                "good.org.evil.example",
                None,
            ),
            ("https://a.org/x?b=c&d#e", "https://a.org/x?b=c&d#e", "a.org", None),
            ("https://a.org/$(id)`id`", "https://a.org/$(id)%60id%60", "a.org", None),
            ("https://a.org/'\"<>|;&", "https://a.org/'%22%3C%3E|;&", "a.org", None),
            ("https://a.org/ä", "https://a.org/%C3%A4", "a.org", None),
            (
                "https://fa.example/می\u{200c}شود",
                "https://fa.example/%D9%85%DB%8C%E2%80%8C%D8%B4%D9%88%D8%AF",
                "fa.example",
                None,
            ),
            ("https://аррӏе.com/", "https://xn--80ak6aa92e.com/", "xn--80ak6aa92e.com", Some("аррӏе.com")),
            (
                "https://xn--80ak6aa92e.com/",
                "https://xn--80ak6aa92e.com/",
                "xn--80ak6aa92e.com",
                Some("аррӏе.com"),
            ),
            ("https://pаypal.com/", "https://xn--pypal-4ve.com/", "xn--pypal-4ve.com", Some("pаypal.com")),
            (
                "https://пример.рф/",
                "https://xn--e1afmkfd.xn--p1ai/",
                "xn--e1afmkfd.xn--p1ai",
                Some("пример.рф"),
            ),
            ("https://ｅxample.org/", "https://example.org/", "example.org", None),
            ("https://exam\u{ad}ple.org/", "https://example.org/", "example.org", None),
        ];
        for (address, url, host, written) in passed {
            let checked = check(address).unwrap_or_else(|why| panic!("{address:?}: {why}"));
            assert_eq!(
                (checked.url(), checked.host(), checked.written()),
                (url, host, written),
                "{address:?}"
            );
            assert_eq!(checked.is_open_to_all(), url.starts_with("http://"));
            // What is opened passes again as itself.
            assert_eq!(check(checked.url()).expect("checked").url(), url);
        }
    }
}
