//! A window without a display, for the benches: frames of interface and triangles, and what moves them.

// Each bench uses its part of this.
#![allow(dead_code)]

use std::time::Instant;

use egui::{
    Context, Event, Modifiers, MouseWheelSource, MouseWheelUnit, PointerButton, Pos2, RawInput, Rect,
    TouchPhase, Ui, Vec2, pos2, vec2,
};

/// Frames of a window of some size, sixty a second by its own clock.
pub struct Frames {
    pub context: Context,
    pub size: Vec2,
    time: f64,
}

impl Frames {
    pub fn new(size: Vec2) -> Self {
        Self { context: Context::default(), size, time: 0.0 }
    }

    /// One frame, interface and triangles, in milliseconds.
    pub fn run(&mut self, events: Vec<Event>, show: impl FnMut(&mut Ui)) -> f64 {
        self.time += 1.0 / 60.0;
        let screen = Rect::from_min_size(pos2(0.0, 0.0), self.size);
        let input =
            RawInput { screen_rect: Some(screen), time: Some(self.time), events, ..RawInput::default() };
        let start = Instant::now();
        let mut output = self.context.run_ui(input, show);
        let shapes = std::mem::take(&mut output.shapes);
        let triangles = self.context.tessellate(shapes, output.pixels_per_point);
        assert!(!triangles.is_empty());
        output.drop_without_applying_deltas();
        start.elapsed().as_secs_f64() * 1e3
    }
}

pub fn wheel(by: f32) -> Event {
    let (unit, source) = (MouseWheelUnit::Point, MouseWheelSource::Unknown);
    Event::MouseWheel {
        unit,
        delta: vec2(0.0, by),
        modifiers: Modifiers::NONE,
        phase: TouchPhase::Move,
        source,
    }
}

pub fn button(pos: Pos2, pressed: bool) -> Event {
    Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE }
}

pub fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// The same numbers on every machine.
pub struct Numbers(pub u64);

impl Numbers {
    /// The next one below a bound.
    pub fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % below.max(1)
    }
}
