//! Pictures of glyphs in one texture.
//!
//! May use: swash, epaint's texture atlas, parley's runs. Invariant: a slot is valid for one
//! generation; when the atlas is nearly full or the theme changes it starts empty with the next
//! generation, and whoever holds slots asks again. Slots are in texels, because the texture grows.
//! Known limit: glyphs larger than [`LARGEST`] pixels are not drawn.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use egui::epaint::{ColorImage, FontColorTransferFunction, TextOptions, TextureAtlas};
use egui::{Color32, Context, Mesh, Rect, TextureHandle, TextureId, TextureOptions, pos2, vec2};
use parley::FontData;
use swash::scale::{Render, ScaleContext, Source, StrikeWith};
use swash::zeno::{Angle, Format, Transform, Vector};

/// Glyphs are drawn at quarters of a pixel.
const BINS: f32 = 4.0;
/// The largest picture of a glyph, in pixels.
const LARGEST: usize = 512;
/// From this part on the atlas is emptied before the next frame.
const NEARLY_FULL: f32 = 0.8;

/// Everything about a run that its glyphs' pictures depend on.
pub struct Face {
    font: FontData,
    size: f32,
    embolden: bool,
    skew: i8,
    coords: Vec<i16>,
    hash: u64,
}

impl Face {
    /// The face of a run.
    pub fn of(run: &parley::Run<'_, ()>) -> Self {
        let synthesis = run.synthesis();
        let coords = run.normalized_coords();
        let mut hasher = DefaultHasher::new();
        coords.iter().for_each(|coord| coord.to_bits().hash(&mut hasher));
        Self {
            font: run.font().clone(),
            size: run.font_size(),
            embolden: synthesis.embolden(),
            skew: synthesis.skew().unwrap_or_default() as i8,
            coords: coords.iter().map(|coord| coord.to_bits()).collect(),
            hash: hasher.finish(),
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Key {
    blob: u64,
    index: u32,
    glyph: u32,
    size: u32,
    bin: u8,
    embolden: bool,
    skew: i8,
    coords: u64,
}

#[derive(Clone, Copy)]
struct Slot {
    texel: [u16; 2],
    size: [u16; 2],
    left: i32,
    top: i32,
    colored: bool,
}

/// A glyph's picture on its place, in pixels from the piece's corner.
#[derive(Clone, Copy, Debug)]
pub struct Quad {
    x: f32,
    y: f32,
    size: [u16; 2],
    texel: [u16; 2],
    colored: bool,
}

/// The atlas with its texture.
pub struct Atlas {
    pixels: TextureAtlas,
    texture: Option<TextureHandle>,
    slots: HashMap<Key, Option<Slot>>,
    scale: ScaleContext,
    generation: u32,
    dark: bool,
    side: usize,
}

impl Default for Atlas {
    fn default() -> Self {
        let side = 2048;
        Self {
            pixels: TextureAtlas::new([side, 64], TextOptions::default()),
            texture: None,
            slots: HashMap::new(),
            scale: ScaleContext::new(),
            generation: 0,
            dark: false,
            side,
        }
    }
}

impl Atlas {
    /// Which slots are valid.
    pub fn generation(&self) -> u32 {
        self.generation
    }

    /// Begins a frame; may begin a new generation.
    pub fn begin(&mut self, context: &Context, dark: bool) {
        let limit = context.input(|input| input.max_texture_side);
        let wanted = if context.pixels_per_point() >= 2.0 { 4096 } else { 2048 };
        let side = wanted.min(limit).max(1024);
        if self.dark != dark || self.side != side || self.pixels.fill_ratio() > NEARLY_FULL {
            (self.dark, self.side) = (dark, side);
            self.clear();
        }
    }

    /// Whether more was asked for than there is room: start over, and draw only what is visible.
    pub fn overflowed(&self) -> bool {
        self.pixels.fill_ratio() >= 1.0
    }

    /// Forgets all pictures.
    pub fn clear(&mut self) {
        self.pixels = TextureAtlas::new([self.side, 64], TextOptions::default());
        self.slots.clear();
        self.generation = self.generation.wrapping_add(1);
    }

    /// The picture of a glyph whose origin stands at a point, nothing for one without ink.
    pub fn glyph(&mut self, face: &Face, glyph: u32, x: f32, y: f32) -> Option<Quad> {
        let quarter = (x * BINS).round();
        let whole = (quarter / BINS).floor();
        let bin = (quarter - whole * BINS) as u8;
        let key = Key {
            blob: face.font.data.id(),
            index: face.font.index,
            glyph,
            size: face.size.to_bits(),
            bin,
            embolden: face.embolden,
            skew: face.skew,
            coords: face.hash,
        };
        let slot = match self.slots.get(&key) {
            Some(slot) => *slot,
            None => {
                let slot = self.draw(face, key);
                self.slots.insert(key, slot);
                slot
            }
        }?;
        Some(Quad {
            x: whole + slot.left as f32,
            y: y.round() - slot.top as f32,
            size: slot.size,
            texel: slot.texel,
            colored: slot.colored,
        })
    }

    fn draw(&mut self, face: &Face, key: Key) -> Option<Slot> {
        let glyph = u16::try_from(key.glyph).ok()?;
        let font = swash::FontRef::from_index(face.font.data.as_ref(), key.index as usize)?;
        let mut scaler = self
            .scale
            .builder_with_id(font, [key.blob, u64::from(key.index)])
            .size(face.size)
            .hint(true)
            .normalized_coords(&face.coords)
            .build();
        let sources = [Source::ColorOutline(0), Source::ColorBitmap(StrikeWith::BestFit), Source::Outline];
        let skew = (face.skew != 0)
            .then(|| Transform::skew(Angle::from_degrees(f32::from(face.skew)), Angle::from_degrees(0.0)));
        let image = Render::new(&sources)
            .format(Format::Alpha)
            .offset(Vector::new(f32::from(key.bin) / BINS, 0.0))
            .embolden(if face.embolden { face.size / 48.0 } else { 0.0 })
            .transform(skew)
            .render(&mut scaler, glyph)?;
        let (width, height) = (image.placement.width as usize, image.placement.height as usize);
        if width == 0 || height == 0 || width > LARGEST || height > LARGEST {
            return None;
        }
        let colored = image.content == swash::scale::image::Content::Color;
        let transfer = if self.dark {
            FontColorTransferFunction::DARK_MODE_DEFAULT
        } else {
            FontColorTransferFunction::LIGHT_MODE_DEFAULT
        };
        let ((left, top), pixels) = self.pixels.allocate((width, height));
        for y in 0..height {
            for x in 0..width {
                let i = y * width + x;
                pixels[(left + x, top + y)] = match image.data.get(i * 4..i * 4 + 4) {
                    Some(&[r, g, b, a]) if colored => Color32::from_rgba_unmultiplied(r, g, b, a),
                    _ => {
                        let cover = image.data.get(i).copied().unwrap_or_default();
                        transfer.to_atlas_color(Color32::from_white_alpha(cover))
                    }
                };
            }
        }
        Some(Slot {
            texel: [left as u16, top as u16],
            size: [width as u16, height as u16],
            left: image.placement.left,
            top: image.placement.top,
            colored,
        })
    }

    /// Brings the texture up to date and says which it is.
    pub fn upload(&mut self, context: &Context) -> TextureId {
        let options = TextureOptions::LINEAR;
        let delta = self.pixels.take_delta();
        let texture = self.texture.get_or_insert_with(|| {
            context.load_texture("article glyphs", ColorImage::filled([1, 1], Color32::TRANSPARENT), options)
        });
        if let Some(delta) = delta {
            match delta.pos {
                Some(pos) => texture.set_partial(pos, delta.image, options),
                None => texture.set(delta.image, options),
            }
        }
        texture.id()
    }

    /// Adds quads to a mesh, with their piece's corner at a pixel; those outside `clip` (pixels) are
    /// left out.
    pub fn add(
        &self,
        mesh: &mut Mesh,
        quads: &[Quad],
        corner: egui::Vec2,
        ppp: f32,
        clip: Rect,
        ink: Color32,
    ) {
        let [width, height] = self.pixels.size();
        let (u, v) = (1.0 / width as f32, 1.0 / height as f32);
        for quad in quads {
            let (x, y) = (corner.x + quad.x, corner.y + quad.y);
            let size = vec2(f32::from(quad.size[0]), f32::from(quad.size[1]));
            if y > clip.max.y || y + size.y < clip.min.y {
                continue;
            }
            let place = Rect::from_min_size(pos2(x / ppp, y / ppp), size / ppp);
            let texel = pos2(f32::from(quad.texel[0]) * u, f32::from(quad.texel[1]) * v);
            let part = Rect::from_min_size(texel, vec2(size.x * u, size.y * v));
            mesh.add_rect_with_uv(place, part, if quad.colored { Color32::WHITE } else { ink });
        }
    }
}

#[cfg(test)]
mod tests {
    use parley::BaseDirection;

    use super::super::fonts::{FontSource, Fonts};
    use super::super::layout::{Entry, Style};
    use super::*;
    use crate::app::settings::Typeface;

    #[test]
    fn glyphs_are_drawn_once_and_a_full_atlas_starts_over() {
        let mut fonts = Fonts::start(FontSource::Bundled);
        let words = "Words, 12 of them — and «quotes»";
        let style = Style { size: 30.0, leading: 1.5, bold: false, face: Typeface::Serif };
        let mut entry = Entry::shape(&mut fonts, words, style, 1.0, BaseDirection::Auto);
        entry.wrap(words, 1000.0);
        let mut atlas = Atlas::default();
        entry.draw_glyphs(&mut atlas, words);
        assert!(entry.quads.len() >= 20 && entry.missing.is_empty());
        let drawn = atlas.slots.len();
        entry.draw_glyphs(&mut atlas, words);
        assert_eq!(atlas.slots.len(), drawn);
        // Larger and larger type fills any atlas; nothing panics, and it starts over.
        let mut size = 100.0;
        while !atlas.overflowed() {
            let style = Style { size, leading: 1.5, bold: true, face: Typeface::Serif };
            let mut entry = Entry::shape(&mut fonts, words, style, 1.0, BaseDirection::Auto);
            entry.wrap(words, 1000.0);
            entry.draw_glyphs(&mut atlas, words);
            size += 1.0;
        }
        let before = atlas.generation();
        atlas.clear();
        assert!(!atlas.overflowed() && atlas.generation() != before);
        entry.draw_glyphs(&mut atlas, words);
        assert!(atlas.slots.len() <= drawn && !entry.quads.is_empty());
    }

    #[test]
    fn scripts_without_a_font_are_named() {
        let mut fonts = Fonts::start(FontSource::Bundled);
        let words = "Latin, עברית, العربية, 日本語の";
        let style = Style { size: 18.0, leading: 1.5, bold: false, face: Typeface::Serif };
        let mut entry = Entry::shape(&mut fonts, words, style, 1.0, BaseDirection::Auto);
        entry.wrap(words, 1000.0);
        entry.draw_glyphs(&mut Atlas::default(), words);
        let mut missing = entry.missing.clone();
        missing.sort_unstable();
        assert_eq!(missing, ["Arabic", "Chinese", "Japanese"]);
    }
}
