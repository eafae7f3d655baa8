//! The program: a subcommand, or the window.

use std::process::ExitCode;

fn main() -> ExitCode {
    proofmark::io::crash::prepare(proofmark::io::settings::folder());
    proofmark::cli::run(std::env::args_os(), proofmark::ui::window::run)
}
