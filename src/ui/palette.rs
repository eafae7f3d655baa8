//! The colours of the window, light and dark.
//!
//! May use: egui's colour type and the domain's kinds and statuses. Invariant: every colour that is
//! drawn is named here, and ink is readable (4.5 : 1) on paper, on every fill and on every fill
//! under the selection (tested), at whatever depth. In the two themes of high contrast it is 7 : 1,
//! and everything that is drawn has at least 4.5 : 1.

use egui::Color32;

use crate::domain::{Kind, Status};

/// The two colours of a kind: what lies under its words and what is ruled below them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tint {
    /// Under the words.
    pub fill: Color32,
    /// Below them, and wherever the kind is a dot.
    pub rule: Color32,
}

/// All colours of one theme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Palette {
    /// Whether it is a dark one; text is rasterised a little bolder there.
    pub dark: bool,
    /// How much a fill hides of those under it, in 255ths.
    pub cover: u8,
    /// Behind everything.
    pub bg: Color32,
    /// Side panels, head and foot.
    pub panel: Color32,
    /// Behind the article and in fields.
    pub paper: Color32,
    /// Text.
    pub ink: Color32,
    /// Text of less weight.
    pub dim: Color32,
    /// Borders between things.
    pub line: Color32,
    /// Around what can be pressed, ticked or typed in.
    pub outline: Color32,
    /// What is chosen or has the focus.
    pub accent: Color32,
    /// Text on the accent.
    pub on_accent: Color32,
    /// Chips and keys.
    pub chip: Color32,
    /// Behind a selected row.
    pub sel: Color32,
    /// Selected text: the accent at a fifth.
    pub selection: Color32,
    /// Under the words that were looked for.
    pub hit: Color32,
    /// Around them.
    pub hit_line: Color32,
    /// Under words that nobody has marked, in the view of the red pencil.
    pub bare: Color32,
    /// The red pencil.
    pub pencil: Color32,
    /// Over what it has struck: takes some of the ink away.
    pub veil: Color32,
    /// Claims.
    pub claim: Tint,
    /// Quotes.
    pub quote: Tint,
    /// Sources.
    pub source: Tint,
    /// Verified.
    pub ok: Color32,
    /// Needs correction, errors.
    pub bad: Color32,
    /// Query.
    pub q: Color32,
    /// In progress.
    pub wip: Color32,
    /// Nothing yet: unchecked, paragraph numbers.
    pub none: Color32,
}

const fn rgb(hex: u32) -> Color32 {
    Color32::from_rgb((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

/// A fifth of a colour, premultiplied.
const fn fifth(hex: u32) -> Color32 {
    part(hex, 51)
}

/// So many 255ths of a colour, premultiplied.
const fn part(hex: u32, alpha: u32) -> Color32 {
    Color32::from_rgba_premultiplied(
        ((hex >> 16 & 255) * alpha / 255) as u8,
        ((hex >> 8 & 255) * alpha / 255) as u8,
        ((hex & 255) * alpha / 255) as u8,
        alpha as u8,
    )
}

impl Palette {
    /// Ink on warm paper.
    pub const LIGHT: Self = Self {
        dark: false,
        cover: 153,
        bg: rgb(0xf3f1ec),
        panel: rgb(0xfaf9f6),
        paper: rgb(0xfffefb),
        ink: rgb(0x22201c),
        dim: rgb(0x77716a),
        line: rgb(0xe2ded5),
        outline: rgb(0x938d83),
        accent: rgb(0xa8321f),
        on_accent: rgb(0xffffff),
        chip: rgb(0xefece5),
        sel: rgb(0xffffff),
        selection: fifth(0xa8321f),
        hit: part(0xa04fd6, 84),
        hit_line: rgb(0x7b2cbf),
        bare: rgb(0xffe6cf),
        pencil: rgb(0xc1121f),
        veil: part(0xfffefb, 60),
        claim: Tint { fill: rgb(0xf6d98b), rule: rgb(0xb7791f) },
        quote: Tint { fill: rgb(0xbcd7f2), rule: rgb(0x2563a6) },
        source: Tint { fill: rgb(0xc5e6cf), rule: rgb(0x2f7d4f) },
        ok: rgb(0x2f7d4f),
        bad: rgb(0xb3261e),
        q: rgb(0x7a4fb5),
        wip: rgb(0xb7791f),
        none: rgb(0xa09a90),
    };

    /// Pale ink on slate.
    pub const DARK: Self = Self {
        dark: true,
        cover: 204,
        bg: rgb(0x191a1d),
        panel: rgb(0x1f2125),
        paper: rgb(0x23252a),
        ink: rgb(0xe6e3dc),
        dim: rgb(0x9a958c),
        line: rgb(0x33363c),
        outline: rgb(0x6f737b),
        accent: rgb(0xef8272),
        on_accent: rgb(0x1b1b1b),
        chip: rgb(0x2c2f35),
        sel: rgb(0x2a2d33),
        selection: fifth(0xef8272),
        hit: part(0x5a2fd0, 96),
        hit_line: rgb(0xd6a8ff),
        bare: rgb(0x473528),
        pencil: rgb(0xff6b6b),
        veil: part(0x23252a, 46),
        claim: Tint { fill: rgb(0x5b4a1c), rule: rgb(0xe3b04b) },
        quote: Tint { fill: rgb(0x22415f), rule: rgb(0x7fb4ea) },
        source: Tint { fill: rgb(0x214a33), rule: rgb(0x7fcf9c) },
        ok: rgb(0x7fcf9c),
        bad: rgb(0xff8a80),
        q: rgb(0xc3a1f0),
        wip: rgb(0xe3b04b),
        none: rgb(0x7d786f),
    };

    /// Black on white, with strong colours.
    pub const CONTRAST: Self = Self {
        dark: false,
        cover: 153,
        bg: rgb(0xffffff),
        panel: rgb(0xffffff),
        paper: rgb(0xffffff),
        ink: rgb(0x000000),
        dim: rgb(0x333333),
        line: rgb(0x555555),
        outline: rgb(0x555555),
        accent: rgb(0x8a0f00),
        on_accent: rgb(0xffffff),
        chip: rgb(0xe8e8e8),
        sel: rgb(0xe2ecff),
        selection: fifth(0x8a0f00),
        hit: part(0xc890ff, 64),
        hit_line: rgb(0x53208f),
        bare: rgb(0xffe9d2),
        pencil: rgb(0x9b0000),
        veil: Color32::TRANSPARENT,
        claim: Tint { fill: rgb(0xffd966), rule: rgb(0x7a4a00) },
        quote: Tint { fill: rgb(0xc4deff), rule: rgb(0x003f8a) },
        source: Tint { fill: rgb(0xa6e8b8), rule: rgb(0x00521f) },
        ok: rgb(0x00521f),
        bad: rgb(0x9b0000),
        q: rgb(0x53208f),
        wip: rgb(0x7a4a00),
        none: rgb(0x4a4a4a),
    };

    /// White on black, with strong colours.
    pub const CONTRAST_DARK: Self = Self {
        dark: true,
        cover: 204,
        bg: rgb(0x000000),
        panel: rgb(0x000000),
        paper: rgb(0x000000),
        ink: rgb(0xffffff),
        dim: rgb(0xd0d0d0),
        line: rgb(0x9a9a9a),
        outline: rgb(0x9a9a9a),
        accent: rgb(0xffb03a),
        on_accent: rgb(0x000000),
        chip: rgb(0x262626),
        sel: rgb(0x1d2b44),
        selection: fifth(0xffb03a),
        hit: part(0x6a2fb8, 80),
        hit_line: rgb(0xe2c2ff),
        bare: rgb(0x3d2a14),
        pencil: rgb(0xff7a70),
        veil: Color32::TRANSPARENT,
        claim: Tint { fill: rgb(0x3a2900), rule: rgb(0xffcf4a) },
        quote: Tint { fill: rgb(0x0a345c), rule: rgb(0x8cc8ff) },
        source: Tint { fill: rgb(0x0a3a1c), rule: rgb(0x7ff0a4) },
        ok: rgb(0x7ff0a4),
        bad: rgb(0xffa49c),
        q: rgb(0xd9bcff),
        wip: rgb(0xffcf4a),
        none: rgb(0xb8b8b8),
    };

    /// The palette of a theme.
    pub const fn of(dark: bool, contrast: bool) -> &'static Self {
        match (dark, contrast) {
            (false, false) => &Self::LIGHT,
            (true, false) => &Self::DARK,
            (false, true) => &Self::CONTRAST,
            (true, true) => &Self::CONTRAST_DARK,
        }
    }

    /// What is laid under the words of a kind: on paper it looks like the kind's fill, on another
    /// fill it lets that one through.
    pub fn wash(&self, kind: Kind) -> Color32 {
        let (fill, paper) = (self.kind(kind).fill.to_array(), self.paper.to_array());
        let alpha = f32::from(self.cover) / 255.0;
        let channel = |i: usize| {
            let through = f32::from(paper[i]) * (1.0 - alpha);
            (f32::from(fill[i]) - through).round().clamp(0.0, f32::from(self.cover)) as u8
        };
        Color32::from_rgba_premultiplied(channel(0), channel(1), channel(2), self.cover)
    }

    /// The two colours of a kind.
    pub const fn kind(&self, kind: Kind) -> Tint {
        match kind {
            Kind::Claim => self.claim,
            Kind::Quote => self.quote,
            Kind::Source => self.source,
        }
    }

    /// The colour of a status.
    pub const fn status(&self, status: Status) -> Color32 {
        match status {
            Status::Unchecked => self.none,
            Status::InProgress => self.wip,
            Status::Query => self.q,
            Status::Verified => self.ok,
            Status::NeedsCorrection | Status::Unverifiable => self.bad,
            Status::OnAuthor | Status::NotCheckable => self.dim,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance(color: Color32) -> f64 {
        let channel = |c: u8| {
            let c = f64::from(c) / 255.0;
            if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(color.r()) + 0.7152 * channel(color.g()) + 0.0722 * channel(color.b())
    }

    fn contrast(a: Color32, b: Color32) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    const ALL: [Palette; 4] = [Palette::LIGHT, Palette::DARK, Palette::CONTRAST, Palette::CONTRAST_DARK];

    fn stack(palette: &Palette, kinds: &[Kind]) -> Color32 {
        kinds.iter().fold(palette.paper, |below, kind| below.blend(palette.wash(*kind)))
    }

    /// Every stack of fills up to four deep, and twenty of one kind: deeper ones lie between these.
    fn stacks() -> Vec<Vec<Kind>> {
        let mut all: Vec<Vec<Kind>> = vec![Vec::new()];
        let mut from = 0;
        for _ in 0..4 {
            let to = all.len();
            for i in from..to {
                for kind in Kind::ALL {
                    all.push([all[i].as_slice(), &[kind]].concat());
                }
            }
            from = to;
        }
        all.extend(Kind::ALL.map(|kind| vec![kind; 20]));
        all
    }

    #[test]
    fn ink_is_readable_on_every_stack_of_fills_and_under_the_selection() {
        for palette in ALL {
            let least = if palette.line.r() > 0x40 && palette.line.r() < 0xc0 { 7.0 } else { 4.5 };
            for kinds in stacks() {
                let ground = stack(&palette, &kinds);
                for ground in [ground, ground.blend(palette.selection)] {
                    let found = contrast(palette.ink, ground);
                    assert!(found >= least, "{found:.2} on {ground:?} of {kinds:?}");
                }
            }
        }
    }

    #[test]
    fn a_fill_looks_as_named_on_paper_and_lets_the_one_below_through() {
        let apart = |a: Color32, b: Color32| (0..3).map(|i| a[i].abs_diff(b[i])).max().unwrap_or(0);
        for palette in ALL {
            for inner in Kind::ALL {
                let alone = stack(&palette, &[inner]);
                assert!(apart(alone, palette.kind(inner).fill) <= 2, "{alone:?} {inner:?}");
                for outer in Kind::ALL {
                    let both = stack(&palette, &[outer, inner]);
                    assert!(
                        apart(both, alone) >= 4,
                        "{outer:?} is seen through {inner:?}: {both:?} {alone:?}"
                    );
                    assert!(apart(both, stack(&palette, &[outer])) >= 4, "{inner:?} is seen on {outer:?}");
                }
            }
        }
    }

    #[test]
    fn words_of_less_weight_and_statuses_are_readable_on_paper_and_panel() {
        for palette in ALL {
            for ground in [palette.paper, palette.panel] {
                assert!(contrast(palette.dim, ground) >= 4.5);
                for color in [palette.ok, palette.bad, palette.q] {
                    assert!(contrast(color, ground) >= 4.5, "{color:?} on {ground:?}");
                }
                for color in Kind::ALL.map(|kind| palette.kind(kind).rule) {
                    assert!(contrast(color, ground) >= 3.0, "{color:?} on {ground:?}");
                }
            }
            assert!(contrast(palette.on_accent, palette.accent) >= 4.5);
            for ground in [palette.paper, palette.panel] {
                assert!(contrast(palette.outline, ground) >= 3.0, "an empty box on {ground:?}");
            }
        }
    }

    fn least(palette: &Palette) -> f64 {
        if palette.veil == Color32::TRANSPARENT { 7.0 } else { 4.5 }
    }

    /// Hits are outlined, so that their fill is not all that tells them.
    #[test]
    fn hits_can_be_read_and_seen_on_every_fill() {
        for palette in ALL {
            for kinds in stacks() {
                let ground = stack(&palette, &kinds);
                let hit = ground.blend(palette.hit);
                for ground in [hit, hit.blend(palette.selection)] {
                    let found = contrast(palette.ink, ground);
                    assert!(found >= least(&palette), "{found:.2} on {ground:?} of {kinds:?}");
                }
                let found = contrast(palette.hit_line, ground);
                assert!(found >= 3.0, "the outline: {found:.2} on {ground:?} of {kinds:?}");
            }
        }
    }

    #[test]
    fn struck_and_bare_words_can_be_read_and_the_stroke_can_be_seen() {
        for palette in ALL {
            let least = least(&palette);
            assert!(contrast(palette.ink, palette.bare) >= least);
            assert!(contrast(palette.ink, palette.bare.blend(palette.selection)) >= least);
            assert!(contrast(palette.ink, palette.bare.blend(palette.hit)) >= least);
            let apart = |a: Color32, b: Color32| (0..3).map(|i| a[i].abs_diff(b[i])).max().unwrap_or(0);
            assert!(apart(palette.bare, palette.paper) >= 24);
            for kinds in stacks().iter().filter(|kinds| kinds.len() <= 2) {
                let ground = stack(&palette, kinds);
                let (ink, ground) = (palette.ink.blend(palette.veil), ground.blend(palette.veil));
                let found = contrast(ink, ground);
                assert!(found >= least, "veiled: {found:.2} on {ground:?} of {kinds:?}");
                let found = contrast(palette.pencil, ground);
                assert!(found >= 3.0, "the stroke: {found:.2} on {ground:?} of {kinds:?}");
            }
        }
    }
}
