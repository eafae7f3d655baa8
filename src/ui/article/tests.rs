//! The view as a person at the pointer has it: without a window, through egui's own events.

use egui::{Event, Key, Modifiers, MouseWheelUnit, OutputCommand, PointerButton, Pos2, pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

use super::marks::mark;
use super::*;
use crate::domain::{Kind, Status};

pub(super) struct State {
    pub(super) view: ArticleView,
    pub(super) text: Text,
    pub(super) editing: bool,
    pub(super) marks: Vec<Mark>,
    pub(super) per_line: Vec<Vec<Mark>>,
    pub(super) selection: Option<Span>,
    pub(super) caret: Option<usize>,
    pub(super) edge: Edge,
    pub(super) zoom: f32,
    pub(super) look: (Typeface, Measure),
    pub(super) palette: &'static Palette,
    pub(super) heading: Option<usize>,
    pub(super) events: Vec<ArticleEvent>,
    pub(super) output: Option<ArticleOutput>,
    pub(super) width: f32,
}

impl State {
    pub(super) fn new(text: &str) -> Self {
        Self {
            view: ArticleView::new(FontSource::Bundled),
            text: Text::new(text),
            editing: false,
            marks: Vec::new(),
            per_line: Vec::new(),
            selection: None,
            caret: None,
            edge: Edge::End,
            zoom: 1.0,
            look: (Typeface::Serif, Measure::Ordinary),
            palette: &Palette::LIGHT,
            heading: None,
            events: Vec::new(),
            output: None,
            width: 800.0,
        }
    }

    pub(super) fn show(&mut self, ui: &mut Ui) {
        let lines = self.text.line_count();
        self.per_line = vec![Vec::new(); lines];
        for mark in &self.marks {
            for line in
                self.text.line_of(mark.span.start as usize)..=self.text.line_of(mark.span.end as usize)
            {
                self.per_line[line].push(*mark);
            }
        }
        let per_line = &self.per_line;
        let marks = |line: usize| Cow::Borrowed(per_line.get(line).map_or(&[][..], Vec::as_slice));
        let scene = Scene {
            text: &self.text,
            editing: self.editing,
            marks: &marks,
            selected: self.marks.first().map(|mark| mark.annotation),
            edge: self.edge,
            selection: self.selection,
            caret: self.caret,
            heading: self.heading,
            byline: "By somebody",
            palette: self.palette,
            zoom: self.zoom,
            face: self.look.0,
            measure: self.look.1,
            extras: Extras::default(),
        };
        let mut out = Vec::new();
        let rect = Rect::from_min_size(pos2(0.0, 0.0), vec2(self.width, 600.0));
        let builder = egui::UiBuilder::new().max_rect(rect);
        let view = &mut self.view;
        self.output = Some(ui.scope_builder(builder, |ui| view.ui(ui, &scene, &mut out)).inner);
        for event in &out {
            match event {
                ArticleEvent::Select(span) | ArticleEvent::SelectionDone(span) => {
                    self.selection = Some(*span)
                }
                ArticleEvent::ClearSelection => self.selection = None,
                ArticleEvent::Caret(at) => self.caret = Some(*at),
                _ => {}
            }
        }
        self.events.extend(out);
    }

    /// Where a byte's left edge is on the screen, in the middle of its row.
    pub(super) fn at(&mut self, byte: usize) -> Pos2 {
        let piece = self.view.store.piece_of(byte);
        let start = self.view.store.pieces()[piece].span.start as usize;
        let column = Column::new(
            Rect::from_min_size(pos2(0.0, 0.0), vec2(self.width, 600.0)),
            1.0,
            self.zoom,
            self.look.1.points(),
        );
        let scroll = self.view.scroll;
        let top = scroll.y + self.view.store.heights().before(piece)
            - self.view.store.heights().before(scroll.piece);
        self.view.store.measure(&mut self.view.fonts, piece);
        let entry = self.view.store.entry(piece).expect("a piece with words");
        let (x, row_top, row_bottom) = entry.caret(byte - start, parley::Affinity::Downstream);
        let corner = column.corner(top);
        pos2(corner.x + x, corner.y + (row_top + row_bottom) / 2.0)
    }

    pub(super) fn words(&self) -> &str {
        self.selection.map_or("", |span| self.text.slice(span))
    }
}

pub(super) fn harness(state: State) -> Harness<'static, State> {
    let mut harness = Harness::builder()
        .with_size(vec2(900.0, 600.0))
        .with_step_dt(1.0 / 60.0)
        .with_max_steps(200)
        .build_ui_state(|ui, state: &mut State| state.show(ui), state);
    harness.run();
    harness
}

pub(super) fn drag(harness: &mut Harness<'static, State>, from: Pos2, to: Pos2) {
    harness.drag_at(from);
    harness.step();
    harness.hover_at(from + (to - from) * 0.5);
    harness.step();
    harness.hover_at(to);
    harness.step();
    harness.drop_at(to);
    harness.run();
}

pub(super) fn click(harness: &mut Harness<'static, State>, pos: Pos2) {
    for pressed in [true, false] {
        harness.event(Event::PointerMoved(pos));
        let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
        harness.event(Event::PointerButton { pos, button, pressed, modifiers });
        harness.step();
    }
}

pub(super) fn wheel(harness: &mut Harness<'static, State>, by: f32) {
    harness.event(Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta: vec2(0.0, by),
        modifiers: Modifiers::NONE,
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Unknown,
    });
    harness.run();
}

const TWO: &str = "The “naïve” council approved the plan by 21 votes to 14, which ended a dispute that had split it since the spring and the summer.\n\nשלום עולם, said the 👩‍👩‍👧‍👦 mayor.";

/// F23, U03: over a break and backwards.
#[test]
fn a_drag_over_two_paragraphs_selects_exactly_those_bytes_either_way() {
    let mut harness = harness(State::new(TWO));
    let from = TWO.find("approved").expect("a word");
    let to = TWO.find(" mayor").expect("a word");
    let (a, b) = (harness.state_mut().at(from), harness.state_mut().at(to));
    for (a, b) in [(a, b), (b, a)] {
        harness.state_mut().events.clear();
        drag(&mut harness, a, b);
        assert_eq!(harness.state().words(), &TWO[from..to]);
        let done = ArticleEvent::SelectionDone(Span::new(from, to));
        assert_eq!(harness.state().events.last(), Some(&done));
        let rect = harness.state().output.as_ref().and_then(|output| output.selection_rect);
        assert!(rect.is_some_and(|rect| rect.expand(12.0).contains(harness.state_mut().at(to))));
    }
}

/// F23: over wrapped rows.
#[test]
fn a_drag_over_wrapped_rows_selects_what_lies_between() {
    let mut harness = harness(State::new(TWO));
    let (from, to) = (TWO.find("naïve").expect("a word"), TWO.find(" and the").expect("a word"));
    let (a, b) = (harness.state_mut().at(from), harness.state_mut().at(to));
    assert!(b.y > a.y + 20.0, "the paragraph has more than one row");
    drag(&mut harness, a, b);
    assert_eq!(harness.state().words(), &TWO[from..to]);
}

#[test]
fn copying_takes_the_exact_words() {
    let mut harness = harness(State::new(TWO));
    let (a, b) = (harness.state_mut().at(4), harness.state_mut().at(16));
    drag(&mut harness, a, b);
    assert!(harness.state().output.as_ref().is_some_and(|output| output.has_focus));
    harness.event(Event::Copy);
    harness.step();
    let commands = &harness.output().platform_output.commands;
    assert!(commands.contains(&OutputCommand::CopyText(TWO[4..16].to_owned())), "{commands:?}");
}

/// U03: double and triple clicks.
#[test]
fn clicks_in_a_row_take_word_sentence_and_paragraph_and_one_is_a_click() {
    let text = "One two three. Four five six.\nSeven";
    let mut harness = harness(State::new(text));
    let pos = harness.state_mut().at(text.find("five").expect("a word") + 1) + vec2(2.0, 0.0);
    click(&mut harness, pos);
    assert_eq!(harness.state().events, [ArticleEvent::Caret(21), ArticleEvent::Click { at: 21 }]);
    for expected in ["five", "Four five six.", "One two three. Four five six."] {
        click(&mut harness, pos);
        assert_eq!(harness.state().words(), expected);
    }
}

#[test]
fn a_click_beside_the_words_clears_the_selection_and_is_told_apart() {
    let mut state = State::new("One two three.");
    state.selection = Some(Span::new(0, 3));
    state.marks = vec![mark(7, 4, 7, Kind::Claim, Status::Query)];
    let mut harness = harness(state);
    click(&mut harness, pos2(300.0, 500.0));
    assert_eq!(harness.state().events[1..], [ArticleEvent::ClearSelection, ArticleEvent::ClickBeside]);
    let sign = harness.state().view.signs[0].0.center();
    click(&mut harness, sign);
    let id = Id::from_bits(7);
    assert_eq!(harness.state().events.last(), Some(&ArticleEvent::ClickSign(id)));
}

/// A text of about a megabyte whose lines differ in length.
pub(super) fn megabyte() -> String {
    let mut text = String::new();
    for i in 0_usize.. {
        text.push_str(&format!("Paragraph {i}: "));
        text.push_str(&"nobody measured the length of this sentence in advance. ".repeat(1 + i * 7 % 9));
        text.push_str(if i % 3 == 0 { "\n" } else { "\n\n" });
        if text.len() > 1_000_000 {
            break;
        }
    }
    text
}

#[test]
fn the_wheel_moves_a_megabyte_exactly_by_what_was_turned() {
    let text = megabyte();
    let middle = text.find("Paragraph 1500:").expect("it");
    let mut harness = harness(State::new(&text));
    harness.state_mut().view.reveal(Span::new(middle, middle + 9));
    harness.run();
    let mut seen = harness.state_mut().at(middle);
    assert!((0.0..600.0).contains(&seen.y), "revealed: {seen:?}");
    harness.hover_at(pos2(400.0, 300.0));
    harness.run();
    // Upwards, where nothing has been measured: the row that was seen moves down by just that.
    let mut turned = 0.0;
    for _ in 0..12 {
        wheel(&mut harness, 150.0);
        turned += 150.0;
        let now = harness.state_mut().at(middle);
        assert!((now.y - seen.y - 150.0).abs() < 1.01, "{seen:?} {now:?} after {turned}");
        seen = now;
    }
}

#[test]
fn another_width_keeps_the_row_at_the_top() {
    let text = megabyte();
    let middle = text.find("Paragraph 700:").expect("it") + 300;
    let mut harness = harness(State::new(&text));
    harness.state_mut().view.reveal(Span::new(middle, middle + 9));
    harness.run();
    let before = harness.state().view.top.expect("a place");
    for width in [520.0, 390.0, 800.0] {
        harness.state_mut().width = width;
        harness.run();
        let y = harness.state_mut().at(before.at).y;
        assert!((-40.0..60.0).contains(&y), "the row stands at {y} in {width}");
    }
}

/// F22.
#[test]
fn a_mark_is_drawn_in_the_very_next_frame() {
    let mut harness = harness(State::new(TWO));
    let fill = Palette::LIGHT.wash(Kind::Claim);
    let filled = |harness: &Harness<'static, State>| {
        harness.output().shapes.iter().any(|shape| match &shape.shape {
            egui::Shape::Mesh(mesh) => mesh.vertices.iter().any(|vertex| vertex.color == fill),
            _ => false,
        })
    };
    assert!(!filled(&harness));
    harness.state_mut().marks = vec![mark(1, 4, 30, Kind::Claim, Status::Verified)];
    harness.step();
    assert!(filled(&harness));
}

#[test]
fn paragraphs_and_the_view_are_found_by_name() {
    let mut state = State::new("Headline\n\nSecond line");
    state.heading = Some(0);
    let harness = harness(state);
    harness.get_by_label("Article");
    let heading = harness.get_by_label("Headline").rect();
    let second = harness.get_by_label("Second line").rect();
    assert!(heading.height() > 30.0 && second.top() > heading.bottom() + 20.0);
}

/// F23: over pages, scrolling.
#[test]
fn a_drag_past_the_edge_scrolls_on() {
    let text = megabyte();
    let mut harness = harness(State::new(&text));
    let from = harness.state_mut().at(20);
    harness.drag_at(from);
    harness.step();
    harness.hover_at(pos2(300.0, 612.0));
    for _ in 0..120 {
        harness.step();
    }
    let first = harness.state().words().len();
    for _ in 0..120 {
        harness.step();
    }
    assert!(harness.state().words().len() > first + 200);
    assert_eq!(harness.state().selection.map(|span| span.start), Some(20));
}

#[test]
fn keys_scroll_and_select_all() {
    let mut harness = harness(State::new(&megabyte()));
    click(&mut harness, pos2(300.0, 300.0));
    harness.key_press_modifiers(Modifiers::COMMAND, Key::End);
    harness.run();
    let length = harness.state().text.len();
    assert_eq!(harness.state().output.as_ref().map(|output| output.visible.end as usize), Some(length));
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Home);
    harness.run();
    assert!(harness.state().view.top.is_some_and(|top| top.beginning));
    harness.key_press(Key::PageDown);
    harness.run();
    assert!(harness.state().view.top.is_some_and(|top| !top.beginning));
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.run();
    assert_eq!(harness.state().selection, Some(Span::new(0, length)));
}

#[test]
fn an_edit_above_leaves_the_view_where_it_is() {
    let text = megabyte();
    let mut harness = harness(State::new(&text));
    let middle = text.find("Paragraph 900:").expect("it");
    harness.state_mut().view.reveal(Span::new(middle, middle + 9));
    harness.run();
    let before = harness.state_mut().at(middle);
    let added = "A new paragraph.\n\n";
    harness.state_mut().text = Text::new(format!("{added}{text}"));
    harness.run();
    let after = harness.state_mut().at(middle + added.len());
    assert!((before.y - after.y).abs() <= 1.0, "{before:?} {after:?}");
}
