//! The article for assistive technology: the visible paragraphs as text, the caret, the marks.
//!
//! May use: egui's AccessKit bridge, the view's own parts. Invariant: nothing is built while nobody
//! listens; the tree holds what is in view and no more; every character of a run is a grapheme
//! cluster or a part of one, so that a position that comes back is an edge of the text. The document
//! carries the selection; where an end of it is out of view, it stands at the nearest end of what is
//! in view. Known limit: checked by the tree and by tests, not with every screen reader.

use egui::accesskit::{Action, ActionData, Node, TextDirection, TextPosition, TextSelection};
use egui::{Id, Rect, Role, Sense, Ui, UiBuilder, WidgetInfo};

use super::caret::Caret;
use super::column::Column;
use super::draw::Drawing;
use super::layout::{ClusterBox, Entry};
use super::marks::Mark;
use super::paint::Shown;
use super::pieces::PieceKind;
use super::{ArticleEvent, ArticleView};
use crate::domain::Span;

/// `word_starts` counts in bytes, so that a run holds no more characters than this.
const LONGEST: usize = 255;
/// So many words of a mark are said.
const SAID: usize = 160;

/// A stretch of one row in one direction, as it was told last.
#[derive(Clone, Debug)]
pub struct Run {
    id: Id,
    /// The bytes of the article before each character, and the one behind the last.
    edges: Vec<usize>,
}

/// What was told in the last frame, for understanding what comes back.
#[derive(Debug, Default)]
pub struct Told {
    runs: Vec<Run>,
    marks: Vec<(Id, crate::domain::Id)>,
}

impl Told {
    /// The position of a byte.
    fn position(&self, at: usize) -> Option<TextPosition> {
        let run = self.runs.iter().find(|run| {
            run.edges.first().is_some_and(|first| *first <= at)
                && run.edges.last().is_some_and(|last| at <= *last)
        });
        let first = self.runs.first()?;
        let nearest = if first.edges.first().is_some_and(|first| at < *first) {
            Some(first)
        } else {
            self.runs.iter().rev().find(|run| run.edges.first().is_some_and(|first| *first <= at))
        };
        let run = run.or(nearest)?;
        let character_index = run.edges.partition_point(|edge| *edge < at).min(run.edges.len() - 1);
        Some(TextPosition { node: run.id.accesskit_id(), character_index })
    }

    /// Whether nothing was told.
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty() && self.marks.is_empty()
    }

    /// The byte of a position.
    fn byte(&self, position: &TextPosition) -> Option<usize> {
        let run = self.runs.iter().find(|run| run.id.accesskit_id() == position.node)?;
        run.edges.get(position.character_index).or(run.edges.last()).copied()
    }
}

impl ArticleView {
    /// Does what assistive technology asks for.
    pub(super) fn take_requests(&mut self, ui: &Ui, id: Id, out: &mut Vec<ArticleEvent>) {
        if self.told.is_empty() {
            return;
        }
        let mut asked = Vec::new();
        ui.input_mut(|input| {
            input.consume_accesskit_action_requests(id, |request| {
                let Some(ActionData::SetTextSelection(selection)) = &request.data else { return false };
                asked.push((selection.anchor, selection.focus));
                true
            });
        });
        for (anchor, focus) in asked {
            let (Some(anchor), Some(focus)) = (self.told.byte(&anchor), self.told.byte(&focus)) else {
                continue;
            };
            let text = self.store.text();
            let (anchor, focus) = (text.edge_before(anchor), text.edge_before(focus));
            self.caret = Caret::before(focus);
            self.goal = None;
            out.push(ArticleEvent::Caret(focus));
            let span = Span::new(anchor, focus);
            if span.is_empty() {
                out.extend([ArticleEvent::ClearSelection, ArticleEvent::Walked]);
            } else {
                out.extend([ArticleEvent::Select(span), ArticleEvent::SelectionDone(span)]);
            }
            self.reveal_caret();
        }
        for (node, annotation) in &self.told.marks {
            let asked = |action| ui.input(|input| input.has_accesskit_action_request(*node, action));
            if asked(Action::Click) || asked(Action::Focus) {
                out.push(ArticleEvent::ClickSign(*annotation));
            }
        }
    }

    /// Builds the nodes of what is in view.
    pub(super) fn tell_tree(&mut self, ui: &mut Ui, id: Id, drawing: &Drawing<'_, '_>) {
        self.told = Told::default();
        // Without a listener there is no node to write to.
        if ui.ctx().accesskit_node_builder(id, |_| ()).is_none() {
            return;
        }
        let mut told = Told::default();
        let inside = UiBuilder::new().accessibility_parent(id).max_rect(drawing.column.view);
        ui.scope_builder(inside, |ui| {
            for place in drawing.tops {
                self.tell_piece(ui, id, drawing, *place, &mut told);
            }
        });
        let caret = self.caret.at;
        let anchor = match drawing.selection {
            Some(span) if span.start as usize == caret => span.end as usize,
            Some(span) if span.end as usize == caret => span.start as usize,
            _ => caret,
        };
        let selection = told.position(anchor).zip(told.position(caret));
        ui.ctx().accesskit_node_builder(id, |node| {
            if !drawing.scene.editing {
                node.set_read_only();
            }
            node.add_action(Action::SetTextSelection);
            if let Some((anchor, focus)) = selection {
                node.set_text_selection(TextSelection { anchor, focus });
            }
        });
        self.told = told;
    }

    fn tell_piece(
        &self,
        ui: &mut Ui,
        id: Id,
        drawing: &Drawing<'_, '_>,
        (index, top): (usize, f64),
        told: &mut Told,
    ) {
        let column = drawing.column;
        let Some(piece) = self.store.pieces().get(index).copied() else { return };
        let Some(entry) = self.store.entry(index) else { return };
        let PieceKind::Words { last, .. } = piece.kind else { return };
        let corner = column.corner(top);
        let rect = column.rect(corner, 0.0, 0.0, column.width_px, entry.height);
        let node = id.with(("paragraph", index));
        let response = ui.interact(rect, node, Sense::hover());
        let words = self.store.text().slice(piece.span);
        let headline = drawing.scene.heading == Some(piece.line as usize);
        let role = if headline { Role::Heading } else { Role::Paragraph };
        response.widget_info(|| WidgetInfo::labeled(role, true, words));
        let shown = Shown { entry, span: piece.span, corner };
        let inside = UiBuilder::new().accessibility_parent(node).max_rect(rect);
        ui.scope_builder(inside, |ui| {
            tell_runs(ui, node, column, &shown, words, last, told);
            for mark in self.marks_shown(drawing.scene, piece.line as usize).iter() {
                tell_mark(ui, node, drawing, &shown, mark, told);
            }
        });
    }
}

/// Tells the rows of a piece that are in view.
fn tell_runs(
    ui: &Ui,
    node: Id,
    column: &Column,
    shown: &Shown<'_>,
    words: &str,
    last: bool,
    told: &mut Told,
) {
    let entry: &Entry = shown.entry;
    let start = shown.span.start as usize;
    for row in shown.rows(column) {
        let mut clusters = entry.boxes(row).to_vec();
        clusters.sort_by_key(|cluster| cluster.start);
        let mut runs: Vec<&[ClusterBox]> =
            clusters.chunk_by(|a, b| a.rtl == b.rtl).flat_map(|run| run.chunks(LONGEST - 1)).collect();
        if runs.is_empty() {
            runs.push(&[]);
        }
        let ids: Vec<Id> = (0..runs.len()).map(|run| node.with((row, run))).collect();
        for (place, run) in runs.iter().enumerate() {
            let ends_line = last && row + 1 == entry.rows.len() && place + 1 == runs.len();
            let Some(Spoken { value, lengths, positions, widths, starts, edges, left, right, rtl }) =
                spoken(run, words, ends_line)
            else {
                continue;
            };
            let bounds = &entry.rows[row];
            let rect = column.rect(shown.corner, left, bounds.top, right.max(left), bounds.bottom);
            ui.interact(rect, ids[place], Sense::empty());
            let scale = 1.0 / column.ppp;
            ui.ctx().accesskit_node_builder(ids[place], |node| {
                node.set_role(Role::TextRun);
                node.set_text_direction(if rtl {
                    TextDirection::RightToLeft
                } else {
                    TextDirection::LeftToRight
                });
                set_bounds(node, rect);
                node.set_value(value);
                node.set_character_lengths(lengths);
                node.set_character_positions(positions.iter().map(|x| x * scale).collect::<Vec<f32>>());
                node.set_character_widths(widths.iter().map(|width| width * scale).collect::<Vec<f32>>());
                node.set_word_starts(starts);
                if place > 0 {
                    node.set_previous_on_line(ids[place - 1].accesskit_id());
                }
                if place + 1 < ids.len() {
                    node.set_next_on_line(ids[place + 1].accesskit_id());
                }
            });
            told.runs.push(Run { id: ids[place], edges: edges.iter().map(|edge| start + edge).collect() });
        }
    }
}

/// A run as AccessKit wants it: all lists are by character, coordinates from the side it begins at.
struct Spoken {
    value: String,
    lengths: Vec<u8>,
    positions: Vec<f32>,
    widths: Vec<f32>,
    starts: Vec<u8>,
    edges: Vec<usize>,
    left: f32,
    right: f32,
    rtl: bool,
}

fn spoken(run: &[ClusterBox], words: &str, ends_line: bool) -> Option<Spoken> {
    let rtl = run.first().is_some_and(|cluster| cluster.rtl);
    let left = run.iter().map(|cluster| cluster.left).reduce(f32::min).unwrap_or(0.0);
    let right = run.iter().map(|cluster| cluster.right).reduce(f32::max).unwrap_or(0.0);
    let mut spoken = Spoken {
        value: String::new(),
        lengths: Vec::new(),
        positions: Vec::new(),
        widths: Vec::new(),
        starts: Vec::new(),
        edges: Vec::new(),
        left,
        right,
        rtl,
    };
    let mut end = 0;
    for cluster in run {
        let text = words.get(cluster.start as usize..cluster.end as usize)?;
        end = cluster.end as usize;
        if cluster.word && text.chars().any(char::is_alphanumeric) {
            spoken.starts.push(u8::try_from(spoken.lengths.len()).unwrap_or(u8::MAX));
        }
        // Letters with hundreds of marks are told in parts; all but the first have no width.
        let mut from = 0;
        while from < text.len() && spoken.lengths.len() < LONGEST - 1 {
            let to = text.floor_char_boundary((from + LONGEST).min(text.len()));
            let first = from == 0;
            spoken.edges.push(cluster.start as usize + from);
            spoken.lengths.push((to - from) as u8);
            spoken.positions.push(if rtl { right - cluster.right } else { cluster.left - left });
            spoken.widths.push(if first { cluster.right - cluster.left } else { 0.0 });
            spoken.value.push_str(&text[from..to]);
            from = to;
        }
    }
    spoken.edges.push(end);
    if ends_line {
        // The break belongs to the run, but no position lies behind it in this paragraph.
        spoken.value.push('\n');
        spoken.lengths.push(1);
        spoken.positions.push(right - left);
        spoken.widths.push(0.0);
    }
    Some(spoken)
}

/// Tells a mark as a part of its paragraph.
fn tell_mark(ui: &Ui, node: Id, drawing: &Drawing<'_, '_>, shown: &Shown<'_>, mark: &Mark, told: &mut Told) {
    let mut around = Rect::NOTHING;
    shown.parts(drawing.column, mark.span, |_, rect| around = around.union(rect));
    if !around.intersects(drawing.column.view) {
        return;
    }
    let id = node.with(("mark", mark.annotation, mark.span.start));
    let response = ui.interact(around, id, Sense::hover());
    let status = if mark.check_again { "check again" } else { mark.status.name() };
    let words = drawing.scene.text.slice(mark.span);
    let words: String = words.split_whitespace().flat_map(|word| [word, " "]).collect();
    let words: String = words.trim_end().chars().take(SAID).collect();
    response.widget_info(|| {
        let picked = drawing.scene.selected == Some(mark.annotation);
        WidgetInfo::selected(Role::Mark, true, picked, format!("{}, {status}: {words}", mark.kind.name()))
    });
    ui.ctx().accesskit_node_builder(id, |node| node.add_action(Action::Click));
    told.marks.push((id, mark.annotation));
}

fn set_bounds(node: &mut Node, rect: Rect) {
    node.set_bounds(egui::accesskit::Rect {
        x0: rect.min.x.into(),
        y0: rect.min.y.into(),
        x1: rect.max.x.into(),
        y1: rect.max.y.into(),
    });
}
