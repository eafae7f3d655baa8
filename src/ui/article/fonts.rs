//! The type the article is set in.
//!
//! May use: parley, fontique, the bundled faces. Invariant: Libertinus Serif comes first and Noto
//! Sans second, so that Latin, Greek, Cyrillic and Hebrew look the same everywhere and something is
//! drawn where the system has no fonts at all. Fallbacks are named where the system's own choice is
//! known to be bad. Known limit: Chinese and Japanese characters are drawn in one style per article.

use std::sync::Arc;

use parley::fontique::{Blob, Collection, CollectionOptions, Script, SourceCache};
use parley::{FontContext, FontFamily, FontFamilyName, LayoutContext};

use crate::app::settings::Typeface;
use crate::io::background::Background;

/// The families that are asked for, in order.
static SERIF: [FontFamilyName<'static>; 2] =
    [FontFamilyName::named("Libertinus Serif"), FontFamilyName::named("Noto Sans")];
static SANS: [FontFamilyName<'static>; 2] =
    [FontFamilyName::named("Noto Sans"), FontFamilyName::named("Libertinus Serif")];

/// Scripts with the families that draw them well, best first.
const FALLBACKS: [(&[u8; 4], &[&str]); 11] = [
    (b"Hebr", &["Noto Serif Hebrew", "Noto Sans Hebrew", "DejaVu Sans"]),
    (b"Arab", &["Noto Naskh Arabic", "Noto Sans Arabic", "DejaVu Sans"]),
    (b"Thai", &["Noto Serif Thai", "Noto Sans Thai"]),
    (b"Khmr", &["Noto Serif Khmer", "Noto Sans Khmer"]),
    (b"Deva", &["Noto Serif Devanagari", "Noto Sans Devanagari"]),
    (b"Hani", &["Noto Serif CJK SC", "Noto Sans CJK SC", "Droid Sans Fallback"]),
    (b"Hans", &["Noto Serif CJK SC", "Noto Sans CJK SC", "Droid Sans Fallback"]),
    (b"Hira", &["Noto Serif CJK JP", "Noto Sans CJK JP", "Droid Sans Fallback"]),
    (b"Kana", &["Noto Serif CJK JP", "Noto Sans CJK JP", "Droid Sans Fallback"]),
    (b"Hang", &["Noto Serif CJK KR", "Noto Sans CJK KR"]),
    (b"Geor", &["Noto Serif Georgian", "Noto Sans Georgian", "DejaVu Serif"]),
];

/// Where faces beyond the bundled ones come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FontSource {
    /// The system's fonts too, for the scripts that the bundled ones lack.
    System,
    /// The bundled ones only: the same on every machine.
    Bundled,
}

/// What laying out needs; made on a thread, because looking through a system's fonts takes a while.
pub struct Fonts {
    loading: Option<Background<FontContext>>,
    font: FontContext,
    layout: LayoutContext<()>,
}

impl Fonts {
    /// Starts reading the fonts.
    pub fn start(source: FontSource) -> Self {
        let loading = match source {
            FontSource::System => Some(Background::start("fonts", || context(FontSource::System))),
            FontSource::Bundled => None,
        };
        let empty = CollectionOptions { shared: false, system_fonts: false };
        let font = match &loading {
            Some(_) => {
                FontContext { collection: Collection::new(empty), source_cache: SourceCache::default() }
            }
            None => context(FontSource::Bundled),
        };
        Self { loading, font, layout: LayoutContext::new() }
    }

    /// Both contexts, waiting for the thread the first time.
    pub fn contexts(&mut self) -> (&mut FontContext, &mut LayoutContext<()>) {
        if let Some(thread) = self.loading.take() {
            self.font = thread.wait().unwrap_or_else(|| context(FontSource::Bundled));
        }
        (&mut self.font, &mut self.layout)
    }

    /// The families, for parley.
    pub fn family(face: Typeface) -> FontFamily<'static> {
        FontFamily::List(std::borrow::Cow::Borrowed(match face {
            Typeface::Serif => &SERIF,
            Typeface::Sans => &SANS,
        }))
    }
}

fn context(source: FontSource) -> FontContext {
    let options = CollectionOptions { shared: false, system_fonts: source == FontSource::System };
    let mut collection = Collection::new(options);
    let libertinus = typst_assets::fonts().filter(|face| names_family(face, "Libertinus Serif"));
    for face in libertinus.chain([notosans::REGULAR_TTF, notosans::BOLD_TTF]) {
        collection.register_fonts(Blob::new(Arc::new(face)), None);
    }
    if source == FontSource::System {
        for (script, names) in FALLBACKS {
            let known: Vec<_> = names.iter().filter_map(|name| collection.family_id(name)).collect();
            if !known.is_empty() {
                let script = Script::from_bytes(*script);
                let others: Vec<_> = collection.fallback_families(script).collect();
                let others = others.into_iter().filter(|id| !known.contains(id));
                let all: Vec<_> = known.iter().copied().chain(others).collect();
                collection.set_fallbacks(script, all.into_iter());
            }
        }
    }
    FontContext { collection, source_cache: SourceCache::default() }
}

/// Whether a face says that it belongs to a family, read from the face itself.
fn names_family(face: &'static [u8], family: &str) -> bool {
    let Some(font) = swash::FontRef::from_index(face, 0) else { return false };
    let mut names = font.localized_strings();
    names.any(|name| {
        let id = name.id();
        let family_id = matches!(id, swash::StringId::Family | swash::StringId::TypographicFamily);
        family_id && name.chars().eq(family.chars())
    })
}

/// Blocks of characters with the name of their script, for telling which fonts are missing.
const SCRIPTS: [(u32, u32, &str); 30] = [
    (0x0000, 0x024f, "Latin"),
    (0x0370, 0x03ff, "Greek"),
    (0x0400, 0x052f, "Cyrillic"),
    (0x0530, 0x058f, "Armenian"),
    (0x0590, 0x05ff, "Hebrew"),
    (0x0600, 0x077f, "Arabic"),
    (0x08a0, 0x08ff, "Arabic"),
    (0x0900, 0x097f, "Devanagari"),
    (0x0980, 0x09ff, "Bengali"),
    (0x0a00, 0x0a7f, "Gurmukhi"),
    (0x0a80, 0x0aff, "Gujarati"),
    (0x0b80, 0x0bff, "Tamil"),
    (0x0c00, 0x0c7f, "Telugu"),
    (0x0c80, 0x0cff, "Kannada"),
    (0x0d00, 0x0d7f, "Malayalam"),
    (0x0d80, 0x0dff, "Sinhala"),
    (0x0e00, 0x0e7f, "Thai"),
    (0x0e80, 0x0eff, "Lao"),
    (0x0f00, 0x0fff, "Tibetan"),
    (0x1000, 0x109f, "Burmese"),
    (0x10a0, 0x10ff, "Georgian"),
    (0x1100, 0x11ff, "Korean"),
    (0x1200, 0x139f, "Ethiopic"),
    (0x1780, 0x17ff, "Khmer"),
    (0x1e00, 0x1eff, "Latin"),
    (0x1f00, 0x1fff, "Greek"),
    (0x3040, 0x30ff, "Japanese"),
    (0x2e80, 0x9fff, "Chinese"),
    (0xac00, 0xd7af, "Korean"),
    (0x1f000, 0x1faff, "Emoji"),
];

/// The name of the script of a character that no font has, as a notice shows it.
pub fn script_name(character: char) -> &'static str {
    let code = character as u32;
    let found = SCRIPTS.iter().find(|(first, last, _)| (*first..=*last).contains(&code));
    match found {
        Some((_, _, name)) => name,
        None if (0x20000..=0x3ffff).contains(&code) || (0xff00..=0xffef).contains(&code) => "Chinese",
        None if (0xfb50..=0xfeff).contains(&code) => "Arabic",
        None => "Other signs",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_serif_is_there_with_its_bold() {
        let mut fonts = Fonts::start(FontSource::Bundled);
        let (font, _) = fonts.contexts();
        let family = font.collection.family_by_name("Libertinus Serif").expect("Libertinus Serif");
        assert!(family.fonts().len() >= 4);
        assert!(font.collection.family_by_name("Noto Sans").is_some());
    }

    #[test]
    fn scripts_have_names() {
        for (character, name) in
            [('a', "Latin"), ('ש', "Hebrew"), ('م', "Arabic"), ('の', "Japanese"), ('😀', "Emoji")]
        {
            assert_eq!(script_name(character), name);
        }
    }
}
