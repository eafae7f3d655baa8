//! The system's own dialogs. May use: rfd, std, `app`'s words.
//!
//! On Linux rfd answers "none chosen" both when the person cancels and when no dialog can be shown.
//! So it is only asked where a portal or zenity can be there, and an answer that came faster than a
//! person can cancel counts as "none can be shown". Invariant: one dialog at a time (the model is
//! busy meanwhile), never on the window's thread.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use crate::app::dialog::Purpose;
use crate::app::effect::Outcome;
use crate::formats;

/// Nobody reads a dialog and cancels it in less.
const TOO_FAST: Duration = Duration::from_millis(350);

/// Lets the person choose a path. Blocks until they did.
pub fn ask(purpose: Purpose, suggested: String, folder: Option<PathBuf>) -> Outcome {
    if !can_be_shown() {
        return none(purpose, suggested, folder);
    }
    let mut dialog = rfd::FileDialog::new();
    if let Some(folder) = folder.as_ref().filter(|folder| folder.is_dir()) {
        dialog = dialog.set_directory(folder);
    }
    let started = Instant::now();
    let chosen = match purpose {
        Purpose::Open => dialog
            .set_title("Open a project or an article")
            .add_filter("Projects and articles", &["ron", "txt", "md"])
            .add_filter("All files", &["*"])
            .pick_file(),
        Purpose::Marks => {
            let mut endings: Vec<&str> =
                formats::exchange::formats().map(|format| format.extension).collect();
            endings.dedup();
            dialog
                .set_title("Import annotations")
                .add_filter("Annotations", &endings)
                .add_filter("All files", &["*"])
                .pick_file()
        }
        Purpose::Draft => dialog
            .set_title("Open the new draft of the article")
            .add_filter("Articles", &["txt", "md", "docx", "html", "htm"])
            .add_filter("All files", &["*"])
            .pick_file(),
        Purpose::Save => dialog
            .set_title("Save the project")
            .set_file_name(&suggested)
            .add_filter("Proofmark project", &["ron"])
            .save_file(),
        Purpose::Copy(_) => dialog
            .set_title("Copy to send")
            .set_file_name(&suggested)
            .add_filter("Proofmark project", &["ron"])
            .save_file(),
        Purpose::Beside(_) => dialog
            .set_title("Choose a colleague's copy")
            .add_filter("Proofmark project", &["ron"])
            .pick_file(),
        Purpose::Text => dialog
            .set_title("Save as text")
            .set_file_name(&suggested)
            .add_filter("Text", &["txt"])
            .save_file(),
        Purpose::Export(name, _) => {
            let format = formats::find(name);
            let (title, extension) = format.map_or((name, name), |format| (format.title, format.extension));
            dialog.set_title("Export").set_file_name(&suggested).add_filter(title, &[extension]).save_file()
        }
    };
    match chosen {
        Some(path) => Outcome::Chosen(purpose, path),
        None if cfg!(target_os = "linux") && started.elapsed() < TOO_FAST => none(purpose, suggested, folder),
        None => Outcome::Cancelled,
    }
}

/// No dialog can be shown; what to suggest for the path that is typed instead.
pub fn none(purpose: Purpose, suggested: String, folder: Option<PathBuf>) -> Outcome {
    let path = folder.map_or_else(|| PathBuf::from(&suggested), |folder| folder.join(&suggested));
    Outcome::NoDialog { purpose, suggested: path.to_string_lossy().into_owned() }
}

#[cfg(not(target_os = "linux"))]
fn can_be_shown() -> bool {
    true
}

/// Whether a session bus (for a portal) or zenity is there at all.
#[cfg(target_os = "linux")]
fn can_be_shown() -> bool {
    let bus = std::env::var_os("DBUS_SESSION_BUS_ADDRESS").is_some()
        || std::env::var_os("XDG_RUNTIME_DIR").is_some_and(|dir| PathBuf::from(dir).join("bus").exists());
    let zenity = std::env::var_os("PATH")
        .is_some_and(|paths| std::env::split_paths(&paths).any(|dir| dir.join("zenity").is_file()));
    bus || zenity
}
