//! One piece of the article, laid out.
//!
//! May use: parley, the fonts. Invariant: offsets are bytes of the piece, coordinates physical
//! pixels from its top left corner; another width breaks the rows anew and shapes nothing. Control
//! characters are laid out as spaces of the same length, so that offsets hold. Known limit: a soft
//! hyphen breaks a row without showing a hyphen.

use std::borrow::Cow;
use std::ops::Range;

use parley::{
    Alignment, AlignmentOptions, BaseDirection, FontWeight, Layout, LineHeight, OverflowWrap,
    PositionedLayoutItem, StyleProperty,
};

use super::atlas::{Atlas, Face, Quad};
use super::fonts::{Fonts, script_name};
use crate::app::settings::Typeface;

/// How a piece is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Style {
    /// Size of type in points.
    pub size: f32,
    /// Distance of rows, in sizes of type.
    pub leading: f32,
    /// Whether it is a headline.
    pub bold: bool,
    /// The type.
    pub face: Typeface,
}

/// One row of a piece.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its bytes.
    pub bytes: Range<u32>,
    /// Where its last character that is no white space ends.
    pub inked_end: u32,
    /// Top of its box.
    pub top: f32,
    /// Bottom of its box.
    pub bottom: f32,
    /// Where its letters stand.
    pub baseline: f32,
    /// Top of what its letters may cover, inside the box.
    pub content_top: f32,
    /// Bottom of that.
    pub content_bottom: f32,
    pub(super) clusters: Range<u32>,
}

/// A grapheme cluster on its row, in visual order.
#[derive(Clone, Copy, Debug)]
pub struct ClusterBox {
    /// Its first byte.
    pub start: u32,
    /// The byte after it.
    pub end: u32,
    /// Whether it is read from right to left.
    pub rtl: bool,
    /// Whether a word, or what stands between two words, begins with it.
    pub word: bool,
    /// Its left edge.
    pub left: f32,
    /// Its right edge.
    pub right: f32,
}

/// A part of a row that a range of bytes covers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Segment {
    /// Index of the row.
    pub row: usize,
    /// Its left edge.
    pub left: f32,
    /// Its right edge.
    pub right: f32,
}

/// A laid out piece.
pub struct Entry {
    pub(super) layout: Layout<()>,
    width: f32,
    /// Its rows, at least one.
    pub rows: Vec<Row>,
    pub(super) clusters: Vec<ClusterBox>,
    /// Its height, whole pixels.
    pub height: f32,
    /// Pictures of its glyphs; valid for one generation of the atlas.
    pub quads: Vec<Quad>,
    generation: Option<u32>,
    /// Names of scripts that no font has.
    pub missing: Vec<&'static str>,
    /// The last frame that needed it.
    pub used: u64,
}

impl Entry {
    /// Shapes a piece; [`Entry::wrap`] must follow.
    pub fn shape(fonts: &mut Fonts, words: &str, style: Style, ppp: f32, direction: BaseDirection) -> Self {
        let words = drawable(words);
        let (font, context) = fonts.contexts();
        let mut builder = context.ranged_builder(font, &words, ppp, true);
        builder.set_base_direction(direction);
        builder.push_default(Fonts::family(style.face));
        builder.push_default(StyleProperty::FontSize(style.size));
        builder.push_default(StyleProperty::LineHeight(LineHeight::FontSizeRelative(style.leading)));
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::BreakWord));
        if style.bold {
            builder.push_default(StyleProperty::FontWeight(FontWeight::BOLD));
        }
        let layout = builder.build(&*words);
        Self {
            layout,
            width: f32::NAN,
            rows: Vec::new(),
            clusters: Vec::new(),
            height: 0.0,
            quads: Vec::new(),
            generation: None,
            missing: Vec::new(),
            used: 0,
        }
    }

    /// Whether the base direction is right to left.
    pub fn is_rtl(&self) -> bool {
        self.layout.is_rtl()
    }

    /// The width that its rows are broken for.
    pub fn wrapped_at(&self) -> f32 {
        self.width
    }

    /// Breaks the rows for a width, where it is another than before.
    pub fn wrap(&mut self, words: &str, width: f32) {
        if self.width == width {
            return;
        }
        self.width = width;
        self.generation = None;
        self.layout.break_all_lines(Some(width));
        self.layout.align(Alignment::Start, AlignmentOptions::default());
        self.rows.clear();
        self.clusters.clear();
        for line in self.layout.lines() {
            let metrics = line.metrics();
            let bytes = line.text_range();
            let from = self.clusters.len() as u32;
            let mut x = metrics.offset + metrics.inline_min_coord;
            for run in line.runs() {
                for cluster in run.visual_clusters() {
                    let advance = cluster.advance();
                    let bytes = cluster.text_range();
                    self.clusters.push(ClusterBox {
                        start: bytes.start as u32,
                        end: bytes.end as u32,
                        rtl: cluster.is_rtl(),
                        word: cluster.is_word_boundary(),
                        left: x,
                        right: x + advance,
                    });
                    x += advance;
                }
            }
            let inked = words.get(bytes.clone()).unwrap_or_default().trim_end().len();
            let (top, bottom) = (metrics.block_min_coord, metrics.block_max_coord);
            self.rows.push(Row {
                inked_end: (bytes.start + inked) as u32,
                bytes: bytes.start as u32..bytes.end as u32,
                top,
                bottom,
                baseline: metrics.baseline,
                content_top: metrics.content_block_min_coord.clamp(top, bottom),
                content_bottom: metrics.content_block_max_coord.clamp(top, bottom),
                clusters: from..self.clusters.len() as u32,
            });
        }
        if self.rows.is_empty() {
            let bottom = self.layout.height().max(1.0);
            let (baseline, content_top, content_bottom) = (bottom * 0.7, 0.0, bottom);
            let (bytes, clusters) = (0..0, 0..0);
            self.rows.push(Row {
                bytes,
                inked_end: 0,
                top: 0.0,
                bottom,
                baseline,
                content_top,
                content_bottom,
                clusters,
            });
        }
        let last = self.rows.last().map_or(0.0, |row| row.bottom);
        self.height = self.layout.height().max(last).ceil();
    }

    /// The row that holds a byte; the end belongs to the last row.
    pub fn row_of(&self, at: usize) -> usize {
        let after = self.rows.partition_point(|row| row.bytes.start as usize <= at);
        after.saturating_sub(1)
    }

    /// The row at a height, the nearest one outside.
    pub fn row_at(&self, y: f32) -> usize {
        self.rows.partition_point(|row| row.bottom <= y).min(self.rows.len() - 1)
    }

    /// The clusters of a row, from left to right.
    pub fn boxes(&self, row: usize) -> &[ClusterBox] {
        let clusters = self.rows.get(row).map_or(0..0, |row| row.clusters.clone());
        &self.clusters[clusters.start as usize..clusters.end as usize]
    }

    /// The parts of the given rows that a range of bytes covers, without the white space at the ends
    /// of rows (unless there is nothing else in the range).
    pub fn segments(&self, bytes: Range<usize>, rows: Range<usize>, mut found: impl FnMut(Segment)) {
        let (start, end) = (bytes.start as u32, bytes.end as u32);
        if start >= end {
            return;
        }
        let from = self.row_of(bytes.start).max(rows.start);
        for (index, row) in self.rows.iter().enumerate().take(rows.end).skip(from) {
            if row.bytes.start >= end {
                break;
            }
            let inked = end.min(row.inked_end);
            let end = if inked > start.max(row.bytes.start) { inked } else { end.min(row.bytes.end) };
            let mut open: Option<Segment> = None;
            for cluster in self.boxes(index) {
                if cluster.start < start || cluster.start >= end {
                    open.take().into_iter().for_each(&mut found);
                    continue;
                }
                let fresh = Segment { row: index, left: cluster.left, right: cluster.right };
                open.get_or_insert(fresh).right = cluster.right;
            }
            open.take().into_iter().for_each(&mut found);
        }
    }

    /// Makes sure that the glyphs' pictures are in the atlas.
    pub fn draw_glyphs(&mut self, atlas: &mut Atlas, words: &str) {
        if self.generation == Some(atlas.generation()) {
            return;
        }
        self.generation = Some(atlas.generation());
        self.quads.clear();
        self.missing.clear();
        for line in self.layout.lines() {
            for item in line.items() {
                let PositionedLayoutItem::GlyphRun(glyphs) = item else { continue };
                let run = glyphs.run();
                let face = Face::of(run);
                let mut unknown = false;
                for glyph in glyphs.positioned_glyphs() {
                    unknown |= glyph.id == 0;
                    self.quads.extend(atlas.glyph(&face, glyph.id, glyph.x, glyph.y));
                }
                if unknown {
                    let clusters = run.clusters().filter(|c| c.glyphs().any(|glyph| glyph.id == 0));
                    for cluster in clusters {
                        let first = words.get(cluster.text_range()).and_then(|words| words.chars().next());
                        let Some(first) = first.filter(|c| !c.is_control() && !c.is_whitespace()) else {
                            continue;
                        };
                        let name = script_name(first);
                        if !self.missing.contains(&name) {
                            self.missing.push(name);
                        }
                    }
                }
            }
        }
    }
}

/// The words with every control character as a space of the same length in bytes.
fn drawable(words: &str) -> Cow<'_, str> {
    if !words.contains(char::is_control) {
        return Cow::Borrowed(words);
    }
    let spaces = |c: char| match c {
        c if !c.is_control() => c,
        c if c.len_utf8() == 1 => ' ',
        _ => '\u{a0}',
    };
    Cow::Owned(words.chars().map(spaces).collect())
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::super::fonts::FontSource;
    use super::*;

    const STYLE: Style = Style { size: 18.5, leading: 1.72, bold: false, face: Typeface::Serif };

    pub(in super::super) fn entry(words: &str, width: f32) -> Entry {
        let mut fonts = Fonts::start(FontSource::Bundled);
        let mut entry = Entry::shape(&mut fonts, words, STYLE, 1.0, BaseDirection::Auto);
        entry.wrap(words, width);
        entry
    }

    #[test]
    fn segments_stop_at_the_last_letter_of_a_row_and_split_with_the_direction() {
        let words = "one two three four five six seven eight";
        let narrow = entry(words, 120.0);
        assert!(narrow.rows.len() > 2);
        let mut rows = Vec::new();
        narrow.segments(0..words.len(), 0..usize::MAX, |segment| rows.push(segment));
        assert_eq!(rows.len(), narrow.rows.len());
        assert!(rows.iter().all(|segment| segment.right <= 120.0 && segment.left == 0.0));
        // A selection of nothing but the space at the end of a row is shown.
        let space = narrow.rows[0].inked_end as usize;
        let mut only = Vec::new();
        narrow.segments(space..space + 1, 0..usize::MAX, |segment| only.push(segment));
        assert_eq!(only.len(), 1);

        let mixed = "abc שלום def";
        let mut parts = Vec::new();
        entry(mixed, 2000.0).segments(0..6, 0..usize::MAX, |segment| parts.push(segment));
        assert_eq!(parts.len(), 2, "abc and, at the other end of the Hebrew word, its first letter");
    }

    #[test]
    fn odd_texts_have_a_row_and_a_height() {
        for words in [
            "",
            " ",
            "\t",
            "\u{0}\u{7}\u{85}x",
            "a\u{2028}b\u{2029}",
            "\u{200b}",
            "\u{202e}abc",
            "\u{fffe}\u{e000}",
        ] {
            let entry = entry(words, 100.0);
            assert!(!entry.rows.is_empty() && entry.height >= 1.0, "{words:?}");
            for y in [-5.0, 1.0, 1e6] {
                assert!(entry.hit(3.0, y).edge <= words.len());
            }
        }
        assert_eq!(drawable("a\tb\u{85}c"), "a b\u{a0}c");
    }

    proptest! {
        #[test]
        fn any_text_can_be_laid_out_hit_and_marked(
            words in "(\\PC|[\u{0}-\u{20}\u{80}-\u{a0}\u{300}-\u{36f}\u{590}-\u{6ff}\u{200b}-\u{206f}\u{1f1e6}-\u{1f1ff}\u{fe00}-\u{fe0f}]|[a-z ]){0,60}",
            width in 1.0f32..400.0,
            (x, y) in (-50.0f32..450.0, -50.0f32..450.0),
        ) {
            let words = words.replace('\n', " ");
            let entry = entry(&words, width);
            prop_assert!(entry.height >= 1.0);
            let hit = entry.hit(x, y);
            prop_assert!(words.is_char_boundary(hit.edge) && words.is_char_boundary(hit.cluster));
            entry.segments(0..words.len(), 0..usize::MAX, |segment| {
                assert!(segment.row < entry.rows.len() && segment.left <= segment.right);
            });
        }
    }

    #[test]
    fn another_width_keeps_the_shapes() {
        let words = "one two three four five six seven eight";
        let mut entry = entry(words, 120.0);
        let rows = entry.rows.len();
        entry.wrap(words, 1000.0);
        assert_eq!(entry.rows.len(), 1);
        entry.wrap(words, 120.0);
        assert_eq!(entry.rows.len(), rows);
    }
}
