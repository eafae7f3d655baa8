//! The article view: the text in a reading column, its marks, its margins, selecting and scrolling.
//!
//! May use: egui, parley, the domain. Invariant: only what is in view is laid out and drawn, all
//! places that go out are bytes of the whole text on grapheme edges, and the view keeps nothing but
//! layouts, its position and the pointer's state: what is selected and marked comes in each frame.
//! The caret's byte is the model's; on which side of a break it stands is the view's.

mod access;
#[cfg(test)]
mod access_tests;
mod atlas;
mod caret;
#[cfg(test)]
mod caret_tests;
mod column;
mod draw;
mod edit;
#[cfg(test)]
mod edit_tests;
mod extras;
mod fonts;
mod heights;
mod hit;
mod keys;
mod layout;
mod locate;
mod marks;
#[cfg(test)]
mod odd_tests;
mod paint;
mod pieces;
mod place;
#[cfg(test)]
mod plain_tests;
mod pointer;
mod reshape;
mod scroll;
mod select;
mod signs;
mod store;
#[cfg(test)]
mod tests;
mod walk;

use std::borrow::Cow;

use egui::{FontId, Rect, Role, Sense, Ui, WidgetInfo};

pub use extras::Extras;
pub use fonts::FontSource;
pub use marks::Mark;

use crate::app::edges::Edge;
use crate::app::settings::{Measure, Typeface};
use crate::domain::{Id, Span, Text};
use crate::ui::palette::Palette;
use atlas::Atlas;
use caret::Caret;
use column::{BAR, Column};
use draw::Drawing;
use fonts::Fonts;
use place::Top;
use reshape::{Handle, Reshaping};
use scroll::{Frame, Scroll};
use select::Pointer;
use signs::{Sentences, Sign};
use store::{Setting, Store};

/// Room above the text.
const ABOVE: f32 = 34.0;
/// Room below it.
const BELOW: f32 = 72.0;

/// What the view shows this frame.
pub struct Scene<'a> {
    /// The article.
    pub text: &'a Text,
    /// Whether keys change the text.
    pub editing: bool,
    /// The marks that touch a line, sorted by their start, the longest first.
    pub marks: &'a dyn Fn(usize) -> Cow<'a, [Mark]>,
    /// The annotation whose spans get an outline.
    pub selected: Option<Id>,
    /// The edge of its marks that keys move.
    pub edge: Edge,
    /// The selected text.
    pub selection: Option<Span>,
    /// Where the caret stands.
    pub caret: Option<usize>,
    /// The line that is set as the headline.
    pub heading: Option<usize>,
    /// Small words under the headline, empty for none.
    pub byline: &'a str,
    /// The colours.
    pub palette: &'a Palette,
    /// Size of everything, 1 as designed.
    pub zoom: f32,
    /// The type.
    pub face: Typeface,
    /// How wide the column gets.
    pub measure: Measure,
    /// Hits, the red pencil, characters that cannot be seen.
    pub extras: Extras<'a>,
}

/// What the person at the pointer did. Places are bytes of the text on grapheme edges.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ArticleEvent {
    /// This is selected now; sent while it changes.
    Select(Span),
    /// The selection is made.
    SelectionDone(Span),
    /// Nothing is selected any more.
    ClearSelection,
    /// A click on the cluster that begins at this byte.
    Click {
        /// First byte of the cluster.
        at: usize,
    },
    /// A click beside all words.
    ClickBeside,
    /// A click on the sign of an annotation in the margin, or a wish for its mark.
    ClickSign(Id),
    /// The caret stands before this byte now.
    Caret(usize),
    /// It was walked there, and nothing is selected.
    Walked,
    /// Words were typed, pasted or composed: they come in the place of the selection.
    Type(String),
    /// The selection is to be deleted, or what is beside the caret.
    Delete {
        /// What follows the caret.
        forward: bool,
        /// A word.
        word: bool,
    },
    /// The text is edited no longer.
    StopEditing,
    /// An edge of a mark was dragged.
    Reshape {
        /// Whose mark.
        annotation: Id,
        /// Where it was.
        from: Span,
        /// Where it is to be.
        to: Span,
    },
}

/// What the view has to say about itself.
#[derive(Clone, Debug)]
pub struct ArticleOutput {
    /// To give it the focus by.
    pub id: egui::Id,
    /// The whole pane.
    pub rect: Rect,
    /// Whether keys go to the article.
    pub has_focus: bool,
    /// Where the last visible row of the selection is, for a bar beside it.
    pub selection_rect: Option<Rect>,
    /// Whether the button is down in the article; a bar waits until it is up.
    pub pointer_down: bool,
    /// Number of the paragraph at the top of the view, from 1.
    pub top_paragraph: usize,
    /// The bytes in view, whole pieces.
    pub visible: Span,
    /// Scripts in view that no font has.
    pub missing_scripts: Vec<&'static str>,
}

/// The view; lives as long as its window.
pub struct ArticleView {
    fonts: Fonts,
    atlas: Atlas,
    store: Store,
    scroll: Scroll,
    top: Option<Top>,
    reveal: Option<(Span, f64)>,
    pointer: Pointer,
    caret: Caret,
    /// Where up and down want to go, in pixels of the column.
    goal: Option<f32>,
    /// Whether the text is edited.
    editing: bool,
    /// Whether the last thing that was done here was done by a key.
    by_keyboard: bool,
    widest: f32,
    had_focus: bool,
    /// The focus is to come here, and was not sent for by a key.
    welcome: bool,
    /// The edge that is being dragged.
    reshaping: Option<Reshaping>,
    /// What assistive technology was told last.
    told: access::Told,
    /// What was typed and waits for the text that the letters before it make, and what is composed.
    typing: edit::Typing,
    /// Where edges that can be dragged were drawn last.
    handles: Vec<Handle>,
    /// Where signs were drawn last.
    signs: Vec<(Rect, Sign)>,
    /// The sentences in view.
    sentences: Sentences,
}

impl ArticleView {
    /// A view that sets its text in the bundled type and, for other scripts, in fonts of that source.
    pub fn new(source: FontSource) -> Self {
        Self {
            fonts: Fonts::start(source),
            atlas: Atlas::default(),
            store: Store::default(),
            scroll: Scroll { piece: 0, y: f64::from(ABOVE) },
            top: None,
            reveal: None,
            pointer: Pointer::default(),
            caret: Caret::before(0),
            goal: None,
            editing: false,
            by_keyboard: false,
            widest: Measure::Ordinary.points(),
            had_focus: false,
            welcome: false,
            reshaping: None,
            told: access::Told::default(),
            typing: edit::Typing::default(),
            handles: Vec::new(),
            signs: Vec::new(),
            sentences: Sentences::default(),
        }
    }

    /// Scrolls in the next frame so that a span is visible, no further than necessary.
    pub fn reveal(&mut self, span: Span) {
        self.reveal = Some((span, place::AROUND));
    }

    /// Takes the keys in the next frame; nothing is drawn around it for that.
    pub fn welcome(&mut self) {
        self.welcome = true;
    }

    /// Goes to the beginning, as for another article.
    pub fn rewind(&mut self) {
        self.top = None;
        self.scroll = Scroll { piece: 0, y: f64::from(ABOVE) };
    }

    /// Shows the article in all the room there is and reports what happened to it.
    pub fn ui(&mut self, ui: &mut Ui, scene: &Scene<'_>, out: &mut Vec<ArticleEvent>) -> ArticleOutput {
        let view = ui.available_rect_before_wrap();
        let id = ui.make_persistent_id("article");
        let response = ui.interact(view, id, Sense::click_and_drag());
        ui.advance_cursor_after_rect(view);
        response.widget_info(|| WidgetInfo::labeled(Role::Document, true, "Article"));

        self.widest = scene.measure.points();
        let column = Column::new(view, ui.ctx().pixels_per_point(), scene.zoom, self.widest);
        let painter = ui.painter_at(view);
        let byline = (!scene.byline.is_empty() && scene.heading.is_some()).then(|| {
            let font = FontId::proportional(13.0 * column.zoom);
            painter.layout(scene.byline.to_owned(), font, scene.palette.dim, column.width())
        });
        let setting = Setting {
            width: column.width_px,
            ppp: column.ppp,
            zoom: column.zoom,
            face: scene.face,
            heading: scene.heading,
            byline: byline.as_ref().map_or(0.0, |galley| galley.size().y + 4.0 * column.zoom),
        };
        let frame = Frame {
            height: f64::from(view.height()),
            top: f64::from(ABOVE * column.zoom),
            bottom: f64::from(BELOW * column.zoom),
        };
        self.editing = scene.editing;
        self.prepare(scene, setting, frame);
        let strip = Rect::from_min_max(egui::pos2(view.right() - BAR, view.top()), view.max);
        let bar = ui.interact(strip, id.with("bar"), Sense::click_and_drag());
        self.take_scrolling(ui, &response, &bar, frame);
        let events = out.len();
        self.follow_caret(scene);
        self.take_requests(ui, id, out);
        if self.welcome {
            response.request_focus();
        }
        let came = response.has_focus() && !self.had_focus && !self.welcome;
        // The window itself may get the focus later.
        self.welcome &= !response.has_focus();
        self.had_focus = response.has_focus();
        self.by_keyboard |=
            came && !ui.input(|input| input.pointer.any_pressed() || input.pointer.any_down());
        if response.has_focus() && scene.editing {
            self.take_typing(ui, id, scene, frame, out);
        } else if response.has_focus() {
            self.take_keys(ui, id, scene, frame, out);
        }
        self.take_reveal(frame);
        let count = self.store.pieces().len();
        let shown = self.scroll.settle(frame, count, |piece| self.store.measure(&mut self.fonts, piece));
        let tops = self.tops(shown.clone());
        self.remember_top(&column, frame);

        self.take_pointer(ui, &response, &column, &tops, scene, out);
        let selection = out[events..].iter().rev().find_map(|event| match event {
            ArticleEvent::Select(span) | ArticleEvent::SelectionDone(span) => Some(Some(*span)),
            ArticleEvent::ClearSelection => Some(None),
            _ => None,
        });
        let selection = selection.unwrap_or(scene.selection).filter(|span| !span.is_empty());

        let focus = response.has_focus();
        let drawing = Drawing { column: &column, tops: &tops, scene, selection, focus };
        let (selection_rect, missing_scripts) = self.draw(ui, &painter, &drawing, byline);
        if scene.editing {
            self.compose(ui, &painter, id, &drawing);
        }
        self.tell_tree(ui, id, &drawing);
        self.draw_bar(&painter, &bar, frame, scene.palette);
        self.store.sweep();
        if out.len() > events {
            ui.ctx().request_repaint();
        }
        let pieces = self.store.pieces();
        let piece = |at: usize| pieces.get(at).map_or(Span::new(0, 0), |piece| piece.span);
        let visible =
            Span::new(piece(shown.start).start as usize, piece(shown.end.saturating_sub(1)).end as usize);
        ArticleOutput {
            id,
            rect: view,
            has_focus: response.has_focus(),
            selection_rect,
            pointer_down: self.pointer.is_down(),
            top_paragraph: scene.text.paragraph_of(self.top.map_or(0, |top| top.at)).max(1),
            visible,
            missing_scripts,
        }
    }

    /// Scroll wheel, bar and the edge that a drag has gone past.
    fn take_scrolling(&mut self, ui: &Ui, response: &egui::Response, bar: &egui::Response, frame: Frame) {
        let mut distance = 0.0;
        if response.contains_pointer() || bar.contains_pointer() {
            distance += f64::from(ui.input(|input| input.smooth_scroll_delta().y));
        }
        if (self.pointer.is_dragging() || self.reshaping.is_some_and(|edge| edge.moved))
            && let Some(pos) = ui.input(|input| input.pointer.latest_pos())
        {
            let view = response.rect;
            let past = (view.top() + 6.0 - pos.y).max(0.0) - (pos.y - view.bottom() + 6.0).max(0.0);
            if past != 0.0 {
                let dt = ui.input(|input| input.stable_dt).min(0.1);
                distance += f64::from((past * 9.0 + past.signum() * 60.0) * dt);
                ui.ctx().request_repaint();
            }
        }
        if distance != 0.0 {
            self.scroll.by(distance, frame, self.store.heights());
        }
        if bar.is_pointer_button_down_on()
            && let Some(pos) = bar.interact_pointer_pos()
        {
            let (handle, free) = self.handle(bar.rect, frame);
            let grip = if bar.dragged() { bar.drag_delta().y } else { 0.0 };
            let last = Scroll::last_position(frame, self.store.heights());
            if handle.expand2(egui::vec2(9.0, 2.0)).contains(pos - egui::vec2(0.0, grip)) || bar.dragged() {
                let now = self.scroll.position(frame, self.store.heights());
                let by = f64::from(grip / free.max(1.0)) * last;
                self.scroll.to((now + by).clamp(0.0, last), frame, self.store.heights());
            } else {
                let to = f64::from((pos.y - bar.rect.top() - handle.height() / 2.0) / free.max(1.0));
                self.scroll.to((to * last).clamp(0.0, last), frame, self.store.heights());
            }
        }
    }
}
