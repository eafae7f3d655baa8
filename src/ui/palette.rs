//! The colours of the window, light and dark.
//!
//! May use: egui's colour type and the domain's kinds and statuses. Invariant: every colour that is
//! drawn is named here, and ink is readable (4.5 : 1) on paper, on every fill and on every fill
//! under the selection (tested). Known limit: two themes, none of them for high contrast.

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
    /// Whether it is the dark one; text is rasterised a little bolder there.
    pub dark: bool,
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
    Color32::from_rgba_premultiplied(
        ((hex >> 16 & 255) / 5) as u8,
        ((hex >> 8 & 255) / 5) as u8,
        ((hex & 255) / 5) as u8,
        51,
    )
}

impl Palette {
    /// Ink on warm paper.
    pub const LIGHT: Self = Self {
        dark: false,
        bg: rgb(0xf3f1ec),
        panel: rgb(0xfaf9f6),
        paper: rgb(0xfffefb),
        ink: rgb(0x22201c),
        dim: rgb(0x77716a),
        line: rgb(0xe2ded5),
        accent: rgb(0xa8321f),
        on_accent: rgb(0xffffff),
        chip: rgb(0xefece5),
        sel: rgb(0xffffff),
        selection: fifth(0xa8321f),
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
        bg: rgb(0x191a1d),
        panel: rgb(0x1f2125),
        paper: rgb(0x23252a),
        ink: rgb(0xe6e3dc),
        dim: rgb(0x9a958c),
        line: rgb(0x33363c),
        accent: rgb(0xef8272),
        on_accent: rgb(0x1b1b1b),
        chip: rgb(0x2c2f35),
        sel: rgb(0x2a2d33),
        selection: fifth(0xef8272),
        claim: Tint { fill: rgb(0x5b4a1c), rule: rgb(0xe3b04b) },
        quote: Tint { fill: rgb(0x22415f), rule: rgb(0x7fb4ea) },
        source: Tint { fill: rgb(0x214a33), rule: rgb(0x7fcf9c) },
        ok: rgb(0x7fcf9c),
        bad: rgb(0xff8a80),
        q: rgb(0xc3a1f0),
        wip: rgb(0xe3b04b),
        none: rgb(0x7d786f),
    };

    /// The palette of a theme.
    pub const fn of(dark: bool) -> &'static Self {
        if dark { &Self::DARK } else { &Self::LIGHT }
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

    #[test]
    fn ink_is_readable_on_every_stack_of_fills_and_under_the_selection() {
        for palette in [Palette::LIGHT, Palette::DARK] {
            let mut grounds = vec![vec![palette.paper]];
            // Fills are laid over each other up to three deep, in any order.
            for _ in 0..3 {
                let deeper: Vec<_> = grounds
                    .iter()
                    .flat_map(|stack| {
                        Kind::ALL.map(|kind| [stack.as_slice(), &[palette.kind(kind).fill]].concat())
                    })
                    .collect();
                grounds.extend(deeper);
            }
            for mut stack in grounds {
                for selected in [false, true] {
                    if selected {
                        stack.push(palette.selection);
                    }
                    let ground = stack.iter().fold(Color32::BLACK, |below, above| below.blend(*above));
                    let found = contrast(palette.ink, ground);
                    assert!(found >= 4.5, "{found:.2} on {ground:?}, selected: {selected}");
                }
            }
        }
    }

    #[test]
    fn words_of_less_weight_and_statuses_are_readable_on_paper_and_panel() {
        for palette in [Palette::LIGHT, Palette::DARK] {
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
        }
    }
}
