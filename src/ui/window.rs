//! The native window. May use: eframe, `io::settings`, the shell.
//!
//! Known limit: where no display can be reached, the window cannot be opened; the error says so and
//! names the command line.

use std::path::PathBuf;

use super::Shell;
use super::article::FontSource;
use crate::io::frame_log::FrameLog;
use crate::io::{Surroundings, crash, settings};

struct Window {
    shell: Shell,
    log: Option<FrameLog>,
}

impl eframe::App for Window {
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        #[cfg(debug_assertions)]
        crash::on_demand();
        self.shell.logic(ctx);
    }

    fn ui(&mut self, ui: &mut egui::Ui, frame: &mut eframe::Frame) {
        self.shell.ui(ui);
        self.shell.tell_missing_scripts();
        if let (Some(log), Some(seconds)) = (&mut self.log, frame.info().cpu_usage) {
            log.note(seconds);
        }
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        // The shell's worker finishes what was asked before it is gone.
        if let Some(error) = self.log.as_ref().and_then(|log| log.write().err()) {
            eprintln!("The frame log was not written. {error}");
        }
    }
}

/// Opens the window and returns when it is closed. The error is one sentence.
pub fn run(path: Option<PathBuf>) -> Result<(), String> {
    let surroundings = Surroundings::system();
    let ended_badly = surroundings.settings.as_deref().and_then(crash::told);
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
        for warning in warning.into_iter().chain(ended_badly) {
            shell.model.tell(warning);
        }
        Ok(Box::new(Window { shell, log: FrameLog::wanted() }) as Box<dyn eframe::App>)
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
