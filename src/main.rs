//! The binary.
fn main() {
    let path = std::env::args_os().nth(1).map(Into::into);
    if let Err(error) = proofmark::ui::window::run(path) {
        eprintln!("{error}");
        std::process::exit(2);
    }
}
