//! Which fonts to install for a script that no font here has. May use: std.
//!
//! Invariant: the advice names fonts that exist, freely licensed, and the package that brings them
//! on Debian and its kin.

/// For each script, as the article view names it, the font and the Debian package that bring it.
const FONTS: &[(&str, &str, &str)] = &[
    ("Arabic", "Noto Naskh Arabic", "fonts-noto-core"),
    ("Chinese", "Noto Sans CJK SC", "fonts-noto-cjk"),
    ("Japanese", "Noto Sans CJK JP", "fonts-noto-cjk"),
    ("Korean", "Noto Sans CJK KR", "fonts-noto-cjk"),
    ("Hebrew", "Noto Sans Hebrew", "fonts-noto-core"),
    ("Devanagari", "Noto Sans Devanagari", "fonts-noto-core"),
    ("Thai", "Noto Sans Thai", "fonts-noto-core"),
    ("Emoji", "Noto Color Emoji", "fonts-noto-color-emoji"),
];

/// What to install, in a sentence.
pub fn advice(scripts: &[&str]) -> String {
    let mut fonts = Vec::new();
    let mut packages = Vec::new();
    for script in scripts {
        let known = FONTS.iter().find(|(name, ..)| name == script);
        let (font, package) =
            known.map_or(("Noto Sans", "fonts-noto-core"), |(_, font, package)| (font, package));
        let font = if known.is_some() { font.to_owned() } else { format!("{font} {script}") };
        if !fonts.contains(&font) {
            fonts.push(font);
        }
        if !packages.contains(&package) {
            packages.push(package);
        }
    }
    format!("Install {} (on Debian: {})", fonts.join(", "), packages.join(", "))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_advice_names_each_font_and_package_once() {
        assert_eq!(
            super::advice(&["Chinese", "Japanese", "Khmer"]),
            "Install Noto Sans CJK SC, Noto Sans CJK JP, Noto Sans Khmer (on Debian: fonts-noto-cjk, fonts-noto-core)"
        );
    }
}
