//! An article view without a window, with the fonts of the system.

use egui::{
    Color32, Context, Event, Modifiers, PointerButton, Pos2, Rangef, RawInput, Rect, Shape, pos2, vec2,
};
use proofmark::app::edges::Edge;
use proofmark::app::settings::{Measure, Typeface};
use proofmark::domain::{Id, Kind, Span, Status, Text};
use proofmark::ui::article::{ArticleEvent, ArticleView, Extras, FontSource, Mark, Scene};
use proofmark::ui::palette::Palette;

/// The view and what it shows.
pub struct Window {
    ctx: Context,
    view: ArticleView,
    text: Text,
    marks: Vec<Mark>,
    missing: Vec<&'static str>,
    time: f64,
    shapes: Vec<Shape>,
}

impl Window {
    pub fn new(text: &str) -> Self {
        Self {
            ctx: Context::default(),
            view: ArticleView::new(FontSource::System),
            text: Text::new(text),
            marks: Vec::new(),
            missing: Vec::new(),
            time: 1.0,
            shapes: Vec::new(),
        }
    }

    fn pane() -> Rect {
        Rect::from_min_size(Pos2::ZERO, vec2(900.0, 400.0))
    }

    fn frame(&mut self, events: Vec<Event>) -> Vec<ArticleEvent> {
        self.time += 1.0 / 60.0;
        let input =
            RawInput { screen_rect: Some(Self::pane()), time: Some(self.time), events, ..Default::default() };
        let mut out = Vec::new();
        let marks = &self.marks;
        let of_line = |_: usize| std::borrow::Cow::Borrowed(marks.as_slice());
        let scene = Scene {
            text: &self.text,
            editing: false,
            marks: &of_line,
            selected: None,
            edge: Edge::End,
            selection: None,
            caret: Some(0),
            heading: None,
            byline: "",
            palette: &Palette::LIGHT,
            zoom: 1.0,
            face: Typeface::Serif,
            extras: Extras::default(),
            measure: Measure::Ordinary,
        };
        let (view, missing) = (&mut self.view, &mut self.missing);
        let mut output = self.ctx.run_ui(input, |ui| {
            let builder = egui::UiBuilder::new().max_rect(Self::pane());
            *missing = ui.scope_builder(builder, |ui| view.ui(ui, &scene, &mut out)).inner.missing_scripts;
        });
        output.textures_delta.clear();
        self.shapes = output.shapes.into_iter().map(|shape| shape.shape).collect();
        out
    }

    pub fn rest(&mut self) {
        (0..3).for_each(|_| drop(self.frame(Vec::new())));
    }

    pub fn missing(&self) -> &[&'static str] {
        &self.missing
    }

    /// Grapheme clusters with their places, in the order of the text.
    pub fn graphemes(&mut self) -> Vec<(Span, Rect)> {
        let mut clusters = self.view.clusters(0, Self::pane(), 1.0, 1.0);
        clusters.sort_by_key(|(span, _)| span.start);
        let mut found: Vec<(Span, Rect)> = Vec::new();
        for (span, rect) in clusters {
            match found.last_mut() {
                // A font may draw one grapheme cluster as several.
                Some((known, place)) if !self.text.is_edge(span.start as usize) => {
                    known.end = span.end;
                    *place = place.union(rect);
                }
                _ => found.push((span, rect)),
            }
        }
        found
    }

    fn button(pos: Pos2, pressed: bool) -> Event {
        Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE }
    }

    pub fn click(&mut self, pos: Pos2) -> Vec<ArticleEvent> {
        self.time += 1.0;
        let mut events = self.frame(vec![Event::PointerMoved(pos), Self::button(pos, true)]);
        events.extend(self.frame(vec![Self::button(pos, false)]));
        events.extend(self.frame(Vec::new()));
        events
    }

    /// What a drag selects.
    pub fn drag(&mut self, from: Pos2, to: Pos2) -> Option<Span> {
        self.time += 1.0;
        let mut events = self.frame(vec![Event::PointerMoved(from), Self::button(from, true)]);
        events.extend(self.frame(vec![Event::PointerMoved(from + (to - from) * 0.5)]));
        events.extend(self.frame(vec![Event::PointerMoved(to)]));
        events.extend(self.frame(vec![Self::button(to, false)]));
        events.iter().rev().find_map(|event| match event {
            ArticleEvent::SelectionDone(span) => Some(*span),
            _ => None,
        })
    }

    /// From where to where a mark is painted.
    pub fn marked(&mut self, span: Span) -> Rangef {
        let (kind, status) = (Kind::Claim, Status::Unchecked);
        self.marks = vec![Mark { annotation: Id::from_bits(1), span, kind, status, check_again: false }];
        self.frame(vec![Event::PointerMoved(pos2(5.0, 5.0))]);
        let wash: Color32 = Palette::LIGHT.wash(kind);
        let meshes = self.shapes.iter().filter_map(|shape| match shape {
            Shape::Mesh(mesh) => Some(mesh),
            _ => None,
        });
        let vertices = meshes.flat_map(|mesh| &mesh.vertices).filter(|vertex| vertex.color == wash);
        let range = vertices.fold(Rangef::NOTHING, |range, vertex| {
            Rangef::new(range.min.min(vertex.pos.x), range.max.max(vertex.pos.x))
        });
        self.marks.clear();
        range
    }
}
