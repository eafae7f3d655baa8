//! The signs in the right margin: one for each sentence, that of its worst fact.
//!
//! May use: egui's painter, layout, marks, the rules. Invariant: a sentence with marks has exactly one
//! sign, and it stands for the mark that is worst by `rules::badness`; a click picks that one, a further
//! click the next of the sentence, and the words at the pointer tell all. Sentences are found once for
//! each piece in view that has several marks. Known limit: a sentence that runs over two pieces of a long
//! paragraph has a sign in each.

use std::collections::HashMap;

use egui::{Align2, FontId, Painter, Pos2, Rect, Stroke, Vec2, pos2, vec2};
use unicode_segmentation::UnicodeSegmentation;

use super::Scene;
use super::column::Column;
use super::marks::Mark;
use super::paint::Shown;
use crate::domain::rules::badness;
use crate::domain::{Id, Span, Text};
use crate::ui::icons::status_icon;
use crate::ui::palette::Palette;

/// So many pieces keep their sentences.
const KEPT: usize = 400;
/// So many marks are told at the pointer.
const TOLD: usize = 8;

/// A sign of a sentence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sign {
    /// The worst of its marks.
    pub mark: Mark,
    /// The sentence, as far as the piece has it.
    pub sentence: Span,
}

/// Where the sentences of pieces begin.
#[derive(Default)]
pub struct Sentences {
    text: Text,
    of: HashMap<Span, Box<[u32]>>,
}

impl Sentences {
    /// Forgets everything where the text is another one.
    pub fn prepare(&mut self, text: &Text) {
        if !self.text.is_same(text) || self.of.len() > KEPT {
            self.of.clear();
            self.text = text.clone();
        }
    }

    /// The beginnings of the sentences of a piece, in bytes of the whole text.
    fn of(&mut self, text: &Text, piece: Span) -> &[u32] {
        self.of.entry(piece).or_insert_with(|| {
            let bounds = text.slice(piece).split_sentence_bound_indices();
            bounds.map(|(at, _)| piece.start + at as u32).collect()
        })
    }

    /// One sign for each sentence of a piece in which a mark begins, in text order.
    fn signs(&mut self, text: &Text, piece: Span, marks: &[Mark]) -> Vec<Sign> {
        let here = beginning_in(marks, piece);
        let starts = match here {
            [] => return Vec::new(),
            [mark] => return vec![Sign { mark: *mark, sentence: piece }],
            _ => self.of(text, piece),
        };
        let mut signs: Vec<Sign> = Vec::new();
        for mark in here {
            let bad = |mark: &Mark| badness(mark.status, mark.check_again);
            match signs.last_mut().filter(|sign| mark.span.start < sign.sentence.end) {
                Some(sign) if bad(mark) > bad(&sign.mark) => sign.mark = *mark,
                Some(_) => {}
                None => {
                    let next = starts.partition_point(|start| *start <= mark.span.start);
                    let start = starts[..next].last().copied().unwrap_or(piece.start);
                    let end = starts.get(next).copied().unwrap_or(piece.end);
                    signs.push(Sign { mark: *mark, sentence: Span { start, end } });
                }
            }
        }
        signs
    }
}

/// The marks that begin in a range.
fn beginning_in(marks: &[Mark], range: Span) -> &[Mark] {
    let from = marks.partition_point(|mark| mark.span.start < range.start);
    let to = marks.partition_point(|mark| mark.span.start < range.end);
    &marks[from..to.max(from)]
}

/// Draws the signs of a piece and returns where they are. In a paragraph of many pieces each has its own,
/// so that signs stand beside their words and cost what is in view.
pub fn draw(
    painter: &Painter,
    column: &Column,
    shown: &Shown<'_>,
    (sentences, text, marks): (&mut Sentences, &Text, &[Mark]),
    palette: &Palette,
) -> Vec<(Rect, Sign)> {
    let Some(row) = shown.entry.rows.first() else { return Vec::new() };
    let found = sentences.signs(text, shown.span, marks);
    let scale = column.zoom.min(1.4);
    let (size, across, down) = (13.0 * scale, 14.5 * scale, 16.0 * scale);
    let indent = (14.0 * column.zoom).min((column.signs - size).max(0.0));
    let per_row = (((column.signs - indent) / across).floor() as usize).clamp(1, 3);
    let first = pos2(
        column.right() + indent + size / 2.0,
        (shown.corner.y + row.baseline) / column.ppp - 5.5 * column.zoom,
    );
    let rows = ((shown.entry.height / column.ppp / down).floor() as usize).max(1);
    let all = rows * per_row;
    let drawn = if found.len() > all { all - 1 } else { found.len() };
    let at = |i: usize| first + vec2((i % per_row) as f32 * across, (i / per_row) as f32 * down);
    let mut places = Vec::with_capacity(drawn);
    for (i, sign) in found.iter().take(drawn).enumerate() {
        let rect = Rect::from_center_size(at(i), Vec2::splat(across));
        if rect.intersects(column.view) {
            status_icon(painter, at(i), size, sign.mark.status, palette);
            if sign.mark.check_again {
                let corner = at(i) + vec2(0.42, -0.42) * size;
                painter.circle(corner, 2.4 * scale, palette.accent, Stroke::new(1.0, palette.paper));
            }
            places.push((rect, *sign));
        }
    }
    if drawn < found.len() {
        let font = FontId::proportional(9.5 * scale);
        let words = format!("+{}", found.len() - drawn);
        painter.text(at(drawn) - vec2(size / 2.0, 0.0), Align2::LEFT_CENTER, words, font, palette.dim);
    }
    places
}

/// The sign at a point.
pub fn at(signs: &[(Rect, Sign)], pos: Pos2) -> Option<&Sign> {
    signs.iter().find(|(rect, _)| rect.contains(pos)).map(|(_, sign)| sign)
}

/// The annotations that a sign stands for, each once, the worst first.
fn behind(sign: &Sign, scene: &Scene<'_>) -> Vec<Mark> {
    let marks = (scene.marks)(scene.text.line_of(sign.sentence.start as usize));
    let mut here: Vec<Mark> = beginning_in(&marks, sign.sentence).to_vec();
    here.sort_by_key(|mark| std::cmp::Reverse(badness(mark.status, mark.check_again)));
    let mut known = std::collections::HashSet::new();
    here.retain(|mark| known.insert(mark.annotation));
    here
}

/// The annotation that a click on a sign picks: the worst, and where it is picked already the next.
pub fn picks(sign: &Sign, scene: &Scene<'_>) -> Id {
    let here = behind(sign, scene);
    let now = here.iter().position(|mark| Some(mark.annotation) == scene.selected);
    let next = now.map_or(0, |now| (now + 1) % here.len().max(1));
    here.get(next).map_or(sign.mark.annotation, |mark| mark.annotation)
}

/// What a sign stands for, one line each.
pub fn told(sign: &Sign, scene: &Scene<'_>) -> String {
    let here = behind(sign, scene);
    let mut lines: Vec<String> = Vec::new();
    for mark in here.iter().take(TOLD) {
        let again = if mark.check_again { ", check again" } else { "" };
        let mut said = format!("{}: {}{again}", mark.kind.name(), mark.status.name().to_lowercase());
        if here.len() > 1 {
            let words: Vec<&str> = scene.text.slice(mark.span).split_whitespace().take(12).collect();
            let words: String = words.join(" ").chars().take(60).collect();
            said.push_str(&format!(" · {words}"));
        }
        lines.push(said);
    }
    if here.len() > TOLD {
        lines.push(format!("and {} more", here.len() - TOLD));
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Kind, Status};
    use crate::ui::article::marks::mark;

    const TEXT: &str = "Dr. No came at 10.30 today. He left. Was it late? Nobody e\u{301}ver said so.";

    fn of(marks: &[Mark]) -> Vec<(u128, Status)> {
        let text = Text::new(TEXT);
        let all = Span::new(0, text.len());
        let number = |id: Id| (1..9).find(|n| Id::from_bits(*n) == id).unwrap_or_default();
        let signs = Sentences::default().signs(&text, all, marks);
        signs.iter().map(|sign| (number(sign.mark.annotation), sign.mark.status)).collect()
    }

    fn at(words: &str, id: u128, status: Status) -> Mark {
        let start = TEXT.find(words).unwrap();
        mark(id, start, start + words.len(), Kind::Claim, status)
    }

    #[test]
    fn a_sentence_has_the_sign_of_its_worst_fact() {
        use Status as S;
        let mut marks = vec![
            at("He left.", 1, S::Verified),
            at("left", 2, S::NeedsCorrection),
            at("Was", 3, S::Verified),
            at("late", 4, S::NotCheckable),
            at("Nobody", 5, S::Unchecked),
            at("said", 6, S::Query),
            at("so", 7, S::Unverifiable),
        ];
        assert_eq!(of(&marks), [(2, S::NeedsCorrection), (4, S::NotCheckable), (6, S::Query)]);
        marks[2].check_again = true;
        assert_eq!(of(&marks)[1], (3, S::Verified), "what is to be checked again is as good as unchecked");
        assert_eq!(of(&marks[..1]), [(1, S::Verified)]);
        assert_eq!(of(&[]), []);
    }

    #[test]
    fn a_fact_in_two_sentences_is_in_the_signs_of_both() {
        use Status as S;
        let marks = [at("He", 1, S::Query), at("left", 2, S::Verified), at("late", 1, S::Query)];
        assert_eq!(of(&marks), [(1, S::Query), (1, S::Query)]);
    }
}
