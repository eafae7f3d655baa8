//! The pieces of the article, those laid out, and where each stands.
//!
//! May use: the domain's text, layout, heights. Invariant: a height is measured from the same layout
//! that is drawn, so that what was measured never moves; an edit of the text drops the layouts of what
//! it touched and no others. Known limit: that a layout is laid out anew as a whole.

use std::collections::HashMap;

use parley::BaseDirection;

use super::fonts::Fonts;
use super::heights::Heights;
use super::layout::{Entry, Style};
use super::pieces::{Piece, PieceKind, follow, pieces};
use crate::app::settings::Typeface;
use crate::domain::Text;

/// Body text: size and leading.
const BODY: Style = Style { size: 18.5, leading: 1.72, bold: false, face: Typeface::Serif };
/// The headline.
const HEADLINE: Style = Style { size: 29.0, leading: 1.25, bold: true, face: Typeface::Serif };
/// The size of the sans serif, in sizes of the serif.
const SANS: f32 = 0.9;
/// Between two paragraphs.
const GAP: f32 = 17.0;
/// Each further blank line.
const BLANK: f32 = 9.0;
/// Below a headline, and above and below a byline.
const BELOW_HEADLINE: f32 = 8.0;
/// Layouts out of sight stay for so many frames.
const KEEP: u64 = 30;
/// Width of a character in sizes of type, until something is measured.
const ADVANCE: f64 = 0.43;

/// All that layouts and heights depend on besides the text.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Setting {
    /// Width of the column in pixels.
    pub width: f32,
    /// Pixels per point.
    pub ppp: f32,
    /// Zoom of the article.
    pub zoom: f32,
    /// The type.
    pub face: Typeface,
    /// The line that is the headline.
    pub heading: Option<usize>,
    /// Height of the byline in points, 0 without one.
    pub byline: f32,
}

/// Pieces with layouts and heights.
#[derive(Default)]
pub struct Store {
    text: Text,
    pieces: Vec<Piece>,
    setting: Setting,
    heights: Heights,
    entries: HashMap<usize, Entry>,
    /// Base direction of long lines whose later pieces were needed.
    rtl: HashMap<u32, bool>,
    frame: u64,
    /// Characters and pixels of width seen, for estimates.
    seen: (f64, f64),
}

impl Store {
    /// Takes a text and a setting; keeps whatever still holds. Says whether heights changed.
    pub fn prepare(&mut self, text: &Text, setting: Setting) -> bool {
        self.frame += 1;
        let fresh = self.pieces.is_empty();
        let followed = !fresh && !self.text.is_same(text);
        if followed {
            self.follow(text);
        } else if fresh {
            self.text = text.clone();
            self.pieces = pieces(text);
            self.rtl.clear();
        }
        let old = std::mem::replace(&mut self.setting, setting);
        if fresh || old.ppp != setting.ppp || old.zoom != setting.zoom || old.face != setting.face {
            self.entries.clear();
            self.seen = (0.0, 0.0);
        }
        if fresh || (Setting { heading: setting.heading, ..old }) != setting {
            if old.heading != setting.heading {
                self.entries.clear();
            }
            let heights = self.pieces.iter().map(|piece| self.estimate(piece)).collect();
            self.heights = Heights::new(heights);
            return true;
        }
        if old.heading != setting.heading {
            for line in [old.heading, setting.heading].into_iter().flatten() {
                self.restyle(line as u32);
            }
            return true;
        }
        followed
    }

    /// Takes another text, and keeps the layouts of all pieces that have the words they had.
    fn follow(&mut self, text: &Text) {
        let (found, front, back) = follow(&self.pieces, &self.text, text);
        let (had, has) = (self.pieces.len(), found.len());
        let moved = |index: usize| match index {
            index if index < front => Some(index),
            index if index >= had - back => Some(index + has - had),
            _ => None,
        };
        let entries = std::mem::take(&mut self.entries);
        self.entries = entries.into_iter().filter_map(|(at, entry)| Some((moved(at)?, entry))).collect();
        let line = |index: usize| found.get(index).map_or(0, |piece| piece.line);
        let (lines_had, lines_has) = (self.text.line_count() as u32, text.line_count() as u32);
        let (changed, last) = (line(front), line((has - back).saturating_sub(1)));
        let rtl = std::mem::take(&mut self.rtl);
        self.rtl = rtl
            .into_iter()
            .filter_map(|(line, rtl)| match line {
                line if line < changed => Some((line, rtl)),
                line if line + lines_has > last + lines_had => Some((line + lines_has - lines_had, rtl)),
                _ => None,
            })
            .collect();
        // The beginning of a paragraph decides the direction of all of it.
        let fresh = &found[front..has - back];
        if fresh.iter().any(|piece| matches!(piece.kind, PieceKind::Words { first: true, last: false, .. })) {
            self.entries.retain(|index, _| *index < front || line(*index) != last);
        }
        if let Some(heading) = self.setting.heading.filter(|heading| *heading as u32 > last) {
            self.setting.heading =
                (heading as u32 + lines_has).checked_sub(lines_had).map(|line| line as usize);
        }
        self.text = text.clone();
        let old = std::mem::replace(&mut self.pieces, found);
        let fresh = front..has - back;
        if had == has {
            for index in fresh.clone() {
                self.heights.set(index, self.estimate(&self.pieces[index]));
            }
        } else {
            let each = self.heights.each();
            let new = self.pieces[fresh.clone()].iter().map(|piece| self.estimate(piece));
            let each: Vec<f64> =
                each[..front].iter().copied().chain(new).chain(each[had - back..].iter().copied()).collect();
            self.heights = Heights::new(each);
        }
        // The neighbours have the words that they had, but maybe another gap beside them.
        let before = front.checked_sub(1).map(|index| (index, index));
        let after = (back > 0).then_some((had - back, has - back));
        for (was, is) in before.into_iter().chain(after) {
            let change = self.gap(&self.pieces[is]) - self.gap(&old[was]);
            self.heights.set(is, self.heights.get(is) + change);
        }
    }

    /// A line is the headline from now on, or is it no more.
    fn restyle(&mut self, line: u32) {
        let first = self.pieces.partition_point(|piece| piece.line < line);
        let count = self.pieces[first..].iter().take_while(|piece| piece.line == line).count();
        for index in first..first + count {
            self.entries.remove(&index);
            self.heights.set(index, self.estimate(&self.pieces[index]));
        }
    }

    /// What of a piece's height is no row.
    fn gap(&self, piece: &Piece) -> f64 {
        match piece.kind {
            PieceKind::Words { .. } => self.room_after(piece),
            PieceKind::Gap | PieceKind::Blank => self.estimate(piece),
        }
    }

    /// The pieces.
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// The heights.
    pub fn heights(&self) -> &Heights {
        &self.heights
    }

    /// What layouts and heights depend on.
    #[cfg(test)]
    pub fn setting(&self) -> Setting {
        self.setting
    }

    /// Pixels per point.
    pub fn ppp(&self) -> f32 {
        self.setting.ppp
    }

    /// The text the pieces are of.
    pub fn text(&self) -> &Text {
        &self.text
    }

    /// The piece that holds a byte; a line feed belongs to the piece that it ends.
    pub fn piece_of(&self, at: usize) -> usize {
        self.pieces.partition_point(|piece| piece.span.start as usize <= at).saturating_sub(1)
    }

    /// A piece's layout, if it has one now.
    pub fn entry(&self, piece: usize) -> Option<&Entry> {
        self.entries.get(&piece)
    }

    /// A piece's layout with its words.
    pub fn entry_mut(&mut self, piece: usize) -> Option<(&mut Entry, &str)> {
        let words = self.text.slice(self.pieces.get(piece)?.span);
        Some((self.entries.get_mut(&piece)?, words))
    }

    /// How a piece is set.
    pub fn style(&self, piece: usize) -> Style {
        let line = self.pieces.get(piece).map(|piece| piece.line as usize);
        self.style_of(line.is_some() && line == self.setting.heading)
    }

    fn style_of(&self, headline: bool) -> Style {
        let Setting { zoom, face, .. } = self.setting;
        let style = if headline { HEADLINE } else { BODY };
        // A sans serif has a larger eye: less of it looks the same.
        let part = if face == Typeface::Sans { SANS } else { 1.0 };
        Style { size: style.size * zoom * part, leading: style.leading / part, face, ..style }
    }

    /// Lays a piece out if need be and returns its height in points.
    pub fn measure(&mut self, fonts: &mut Fonts, index: usize) -> f64 {
        let Some(piece) = self.pieces.get(index).copied() else { return 0.0 };
        if let PieceKind::Words { first, .. } = piece.kind {
            let direction = if first { BaseDirection::Auto } else { self.direction(fonts, piece.line) };
            let style = self.style(index);
            let Setting { width, ppp, .. } = self.setting;
            let words = self.text.slice(piece.span);
            let entry = self
                .entries
                .entry(index)
                .or_insert_with(|| Entry::shape(fonts, words, style, ppp, direction));
            let fresh = entry.used == 0;
            entry.used = self.frame;
            entry.wrap(words, width);
            if fresh && !style.bold {
                let rows = &entry.rows[..entry.rows.len() - 1];
                let chars = rows.iter().map(|row| f64::from(row.bytes.end - row.bytes.start)).sum::<f64>();
                let part = chars / (piece.span.len().max(1) as f64);
                self.seen.0 += f64::from(piece.chars) * part;
                self.seen.1 += rows.len() as f64 * f64::from(width);
            }
            let height = f64::from(entry.height / ppp) + self.room_after(&piece);
            self.heights.set(index, height);
        }
        self.heights.get(index)
    }

    /// Drops layouts that have been out of sight for a while.
    pub fn sweep(&mut self) {
        let oldest = self.frame.saturating_sub(KEEP);
        self.entries.retain(|_, entry| entry.used >= oldest);
    }

    /// The base direction of a paragraph, which its first piece decides.
    fn direction(&mut self, fonts: &mut Fonts, line: u32) -> BaseDirection {
        let rtl = *self.rtl.entry(line).or_insert_with(|| {
            let first = self.pieces.partition_point(|piece| piece.line < line);
            let words = self.pieces.get(first).map_or("", |piece| self.text.slice(piece.span));
            Entry::shape(fonts, words, BODY, 1.0, BaseDirection::Auto).is_rtl()
        });
        if rtl { BaseDirection::Rtl } else { BaseDirection::Ltr }
    }

    /// The room below a piece's rows, in points.
    fn room_after(&self, piece: &Piece) -> f64 {
        let Setting { zoom, heading, byline, .. } = self.setting;
        let PieceKind::Words { last, close, .. } = piece.kind else { return 0.0 };
        let mut room = 0.0;
        if last && close {
            room += GAP * zoom;
        }
        if last && heading == Some(piece.line as usize) {
            room += if byline > 0.0 { byline + BELOW_HEADLINE * zoom } else { BELOW_HEADLINE * zoom };
        }
        f64::from(room)
    }

    fn estimate(&self, piece: &Piece) -> f64 {
        let Setting { width, ppp, zoom, heading, .. } = self.setting;
        let style = self.style_of(heading == Some(piece.line as usize));
        match piece.kind {
            PieceKind::Gap => f64::from(GAP * zoom),
            PieceKind::Blank => f64::from(BLANK * zoom),
            PieceKind::Words { .. } => {
                let size = f64::from(style.size * ppp);
                let each = if self.seen.0 > 500.0 { self.seen.1 / self.seen.0 } else { ADVANCE * size };
                let rows = (f64::from(piece.chars) * each / f64::from(width.max(1.0))).ceil().max(1.0);
                rows * (size * f64::from(style.leading)).round() / f64::from(ppp) + self.room_after(piece)
            }
        }
    }
}
