//! The native window. May use: eframe, `io::settings`, the shell.
//!
//! Known limit: where no display can be reached, the window cannot be opened; the error says so and
//! names the command line.

use std::path::PathBuf;

use super::Shell;
use super::article::FontSource;
use crate::io::{Surroundings, settings};

struct Window(Shell);

impl eframe::App for Window {
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        self.0.logic(ctx);
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        self.0.ui(ui);
        self.0.tell_missing_scripts();
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        // The shell's worker finishes what was asked before it is gone.
    }
}

/// Opens the window and returns when it is closed. The error is one sentence.
pub fn run(path: Option<PathBuf>) -> Result<(), String> {
    let surroundings = Surroundings::system();
    let (settings, warning) = surroundings.settings.as_deref().map_or_else(Default::default, settings::load);
    let size = settings.window.map_or([1440.0, 900.0], |size| [size.width, size.height]);
    let viewport = egui::ViewportBuilder::default()
        .with_title("Proofmark")
        .with_app_id("proofmark")
        .with_inner_size(size)
        .with_min_inner_size([560.0, 380.0])
        .with_drag_and_drop(true);
    let options = eframe::NativeOptions { viewport, renderer: eframe::Renderer::Glow, ..Default::default() };
    let start = move |creation: &eframe::CreationContext<'_>| {
        let mut shell = Shell::new(&creation.egui_ctx, settings, FontSource::System, surroundings, path);
        if let Some(warning) = warning {
            shell.model.tell(warning);
        }
        Ok(Box::new(Window(shell)) as Box<dyn eframe::App>)
    };
    eframe::run_native("proofmark", options, Box::new(start)).map_err(|error| {
        format!(
            "The window could not be opened: {}. Without a display, use the command line: proofmark --help",
            cause(&error.to_string())
        )
    })
}

/// The reason at the end of the toolkit's message, without the place in its source.
fn cause(message: &str) -> &str {
    let reason = message.rsplit(": ").next().unwrap_or(message);
    reason.trim().trim_end_matches('.')
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_cause_is_told_without_places_in_sources() {
        let message = "winit EventLoopError: os error at /src/platform/mod.rs:795: neither A nor B is set.";
        assert_eq!(super::cause(message), "neither A nor B is set");
        assert_eq!(super::cause("no display"), "no display");
    }
}
