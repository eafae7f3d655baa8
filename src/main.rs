//! The program: a subcommand, or the window.

use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    proofmark::cli::run(std::env::args_os(), window)
}

/// Opens the window. To be replaced by `ui::run`.
fn window(_file: Option<PathBuf>) -> Result<(), String> {
    Err("The window is not built yet; proofmark --help lists what works without one".into())
}
