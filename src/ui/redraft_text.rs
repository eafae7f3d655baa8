//! The text of a new draft beside the old one: what went is struck out, what came is underlined.
//!
//! May use: egui, the plan. Invariant: what differs is told by more than colour, and in words to those who
//! do not see it; paragraphs that are the same are folded. Known limit: of many changed paragraphs the first
//! ones are drawn until more are asked for.

use std::collections::BTreeSet;
use std::ops::Range;

use egui::text::{LayoutJob, TextFormat};
use egui::{Align, FontId, Label, Response, RichText, Role, Stroke, Ui, WidgetInfo};

use super::palette::Palette;
use crate::domain::Span;
use crate::domain::redraft::{Fate, Paragraph, Part, Piece, Plan};

/// So many rows are drawn at first, and so many more each time.
const ROWS: usize = 150;
/// Of words that are the same in a changed paragraph, so many letters are shown at each end.
const AROUND: usize = 220;
/// Of words that came or went at once, so many letters are shown.
const LONGEST: usize = 6_000;

#[derive(Clone, Debug, PartialEq)]
enum Row {
    Folded(Range<usize>),
    Paragraph(usize),
}

/// Both texts as one, to be scrolled.
#[derive(Default)]
pub struct Both {
    paragraphs: Vec<Paragraph>,
    rows: Vec<Row>,
    unfolded: BTreeSet<usize>,
    drawn: usize,
    /// The paragraph to be brought into view.
    wanted: Option<usize>,
}

impl Both {
    /// The texts of a plan.
    pub fn of(plan: &Plan) -> Self {
        let mut both = Self { paragraphs: plan.paragraphs(), drawn: ROWS, ..Self::default() };
        both.fold();
        both
    }

    /// How many paragraphs differ.
    pub fn changed(&self) -> usize {
        self.paragraphs.iter().filter(|paragraph| !paragraph.is_same()).count()
    }

    fn fold(&mut self) {
        self.rows.clear();
        let mut at = 0;
        while at < self.paragraphs.len() {
            let same = self.paragraphs[at..].iter().take_while(|paragraph| paragraph.is_same()).count();
            if same == 0 {
                self.rows.push(Row::Paragraph(at));
                at += 1;
                continue;
            }
            if self.unfolded.contains(&at) {
                self.rows.extend((at..at + same).map(Row::Paragraph));
            } else {
                self.rows.push(Row::Folded(at..at + same));
            }
            at += same;
        }
    }

    /// Brings the place of a mark into view.
    pub fn show(&mut self, fate: &Fate) {
        let before = match (fate.is, fate.was) {
            (Some(is), _) => self.paragraphs.partition_point(|paragraph| paragraph.new <= is.start),
            (None, Some(was)) => self.paragraphs.partition_point(|paragraph| paragraph.old <= was.start),
            (None, None) => return,
        };
        // What went stands before what came: the words may be in one of the paragraphs before.
        let holds = |paragraph: &Paragraph| {
            paragraph.pieces.iter().any(|piece| match piece.part {
                Part::Gone => fate.is.is_none() && fate.was.is_some_and(|was| was.overlaps(piece.at)),
                Part::Same | Part::Came => fate.is.is_some_and(|is| is.overlaps(piece.at)),
            })
        };
        let last = before.saturating_sub(1);
        let found = (last.saturating_sub(40)..=last)
            .rev()
            .find(|at| self.paragraphs.get(*at).is_some_and(holds))
            .unwrap_or(last);
        let start = self.rows.iter().find_map(|row| match row {
            Row::Folded(range) if range.contains(&found) => Some(range.start),
            _ => None,
        });
        if let Some(start) = start {
            self.unfolded.insert(start);
            self.fold();
        }
        let row = self.rows.iter().position(|row| *row == Row::Paragraph(found)).unwrap_or_default();
        self.drawn = self.drawn.max(row + ROWS / 2);
        self.wanted = Some(found);
    }

    /// Draws it, with the words of one mark brought out.
    pub fn ui(&mut self, ui: &mut Ui, plan: &Plan, chosen: Option<&Fate>, palette: &Palette) {
        ui.spacing_mut().item_spacing.y = 9.0;
        let mut unfold = None;
        for row in self.rows.iter().take(self.drawn) {
            match row {
                Row::Folded(range) => {
                    let words = match range.len() {
                        1 => "1 paragraph unchanged".to_owned(),
                        count => format!("{count} paragraphs unchanged"),
                    };
                    let text = RichText::new(&words).size(12.0).color(palette.dim);
                    let response = ui.add(egui::Button::new(text).fill(palette.chip).stroke(Stroke::NONE));
                    if response.on_hover_text("Show them").clicked() {
                        unfold = Some(range.start);
                    }
                }
                Row::Paragraph(at) => {
                    let response = paragraph(ui, plan, &self.paragraphs[*at], chosen, palette);
                    if self.wanted == Some(*at) {
                        response.scroll_to_me(Some(Align::Center));
                        self.wanted = None;
                    }
                }
            }
        }
        if self.rows.len() > self.drawn {
            let more = self.rows.len() - self.drawn;
            if ui.button(format!("Show more ({more} left)")).clicked() {
                self.drawn += ROWS;
            }
        }
        if let Some(start) = unfold {
            self.unfolded.insert(start);
            self.fold();
        }
    }
}

fn paragraph(
    ui: &mut Ui,
    plan: &Plan,
    paragraph: &Paragraph,
    chosen: Option<&Fate>,
    palette: &Palette,
) -> Response {
    let (mut job, mut name) = (LayoutJob::default(), String::new());
    job.wrap.max_width = ui.available_width();
    let is_same = paragraph.is_same();
    let mut before = Part::Same;
    for piece in &paragraph.pieces {
        let mark = chosen.and_then(|fate| match piece.part {
            Part::Gone => fate.was,
            Part::Same | Part::Came => fate.is,
        });
        for (span, is_marked) in cut(piece.at, mark) {
            let words = plan.words(Piece { at: span, ..*piece });
            let words = shortened(words, piece.part, is_same || is_marked);
            // What came instead of what went stands apart from it.
            let gap = if before == Part::Gone && piece.part == Part::Came { 3.0 } else { 0.0 };
            before = piece.part;
            job.append(&words, gap, format(piece.part, is_same, is_marked, palette));
            match piece.part {
                Part::Same => name.push_str(&words),
                Part::Gone => name.extend(["[removed: ", words.trim(), "] "]),
                Part::Came => name.extend(["[added: ", words.trim(), "] "]),
            }
        }
    }
    let response = ui.add(Label::new(job));
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, name.trim()));
    response
}

/// A stretch cut at the edges of a mark, those inside it marked.
fn cut(at: Span, mark: Option<Span>) -> Vec<(Span, bool)> {
    let Some(mark) = mark.filter(|mark| mark.overlaps(at)) else { return vec![(at, false)] };
    let (from, to) = (mark.start.max(at.start), mark.end.min(at.end));
    let parts = [(at.start, from, false), (from, to, true), (to, at.end, false)];
    parts
        .into_iter()
        .filter(|(start, end, _)| start < end)
        .map(|(start, end, is_marked)| (Span { start, end }, is_marked))
        .collect()
}

/// Very long words are shown by their ends.
fn shortened(words: &str, part: Part, whole: bool) -> std::borrow::Cow<'_, str> {
    let ends = if part == Part::Same && !whole { AROUND } else { LONGEST };
    if words.len() <= 2 * ends + 40 {
        return words.into();
    }
    let (head, tail) = (words.floor_char_boundary(ends), words.ceil_char_boundary(words.len() - ends));
    format!("{} […] {}", &words[..head], &words[tail..]).into()
}

fn format(part: Part, is_same: bool, is_marked: bool, palette: &Palette) -> TextFormat {
    let color = match part {
        Part::Same if is_same => palette.dim,
        Part::Same => palette.ink,
        Part::Gone => palette.bad,
        Part::Came => palette.ok,
    };
    let line = Stroke::new(1.2, color);
    TextFormat {
        font_id: FontId::proportional(13.5),
        color,
        strikethrough: if part == Part::Gone { line } else { Stroke::NONE },
        underline: if part == Part::Came { line } else { Stroke::NONE },
        background: if is_marked { palette.selection } else { egui::Color32::TRANSPARENT },
        line_height: Some(20.0),
        ..TextFormat::default()
    }
}
