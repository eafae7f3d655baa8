//! What the application remembers between two runs: who checks, recent files, the look of the window.
//!
//! May use: save, read, ron, directories. Invariants: nothing of a project is ever kept here except the
//! path of its file; a damaged file gives defaults and a warning, and is set aside, not thrown away.
//! Known limits: paths that are not Unicode are not remembered; of two windows the later one wins.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::disk::RealDisk;
use super::read::{ReadError, read};
use super::save::{Saved, save};
use super::save_error::SaveError;
use super::shown;

/// How many recent files are remembered.
pub const MAX_RECENT: usize = 12;
/// Names the folder of the application's data instead of the system's own place.
pub const FOLDER_VARIABLE: &str = "PROOFMARK_DATA";

const NAME: &str = "settings.ron";
const DAMAGED: &str = "settings.ron.damaged";
const LIMIT: u64 = 1 << 20;
const ZOOM: std::ops::RangeInclusive<f32> = 0.5..=4.0;
const SIDE: std::ops::RangeInclusive<f32> = 200.0..=20_000.0;

/// The person at the keyboard.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checker {
    pub name: String,
    pub initials: String,
}

/// Which colours the window has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

/// The inner size of the window, in points.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct WindowSize {
    pub width: f32,
    pub height: f32,
}

/// What is remembered between two runs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// `None` until the person was asked.
    pub checker: Option<Checker>,
    /// The last one first.
    pub recent: Vec<PathBuf>,
    pub theme: Theme,
    pub zoom: f32,
    /// `None` before the window was first closed.
    pub window: Option<WindowSize>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { checker: None, recent: Vec::new(), theme: Theme::System, zoom: 1.0, window: None }
    }
}

/// Settings that could not be kept.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    #[error("The folder for the settings could not be made ({source}): {}", shown(.path))]
    Folder { path: PathBuf, source: io::Error },
    #[error("The settings could not be written: {0}")]
    Text(#[from] ron::Error),
    #[error(transparent)]
    Save(#[from] SaveError),
}

/// The folder of the application's own data; `None` where the system names none.
pub fn folder() -> Option<PathBuf> {
    folder_or(std::env::var_os(FOLDER_VARIABLE))
}

fn folder_or(wanted: Option<OsString>) -> Option<PathBuf> {
    match wanted {
        Some(folder) if !folder.is_empty() => Some(folder.into()),
        // Local, because later the copies for recovery lie here too, which must not roam.
        _ => directories::ProjectDirs::from("", "", "proofmark").map(|dirs| dirs.data_local_dir().into()),
    }
}

impl Settings {
    /// Reads the settings in `folder`; the text is a warning for the person. Never fails: defaults do.
    pub fn load(folder: &Path) -> (Self, Option<String>) {
        let path = folder.join(NAME);
        let cause = match read(&path, LIMIT) {
            Ok(bytes) => match ron::de::from_bytes::<Self>(&bytes) {
                Ok(settings) => return (settings.sane(), None),
                Err(error) => error.to_string(),
            },
            Err(ReadError::Missing { .. }) => return (Self::default(), None),
            Err(ReadError::TooLarge { .. }) => "it is too large".into(),
            // Not damaged, only out of reach: it stays.
            Err(error) => {
                return (Self::default(), Some(format!("The settings are not used. {error}")));
            }
        };
        let aside = folder.join(DAMAGED);
        let fate = match fs::rename(&path, &aside) {
            Ok(()) => format!("it was set aside as {}", shown(&aside)),
            Err(error) => format!("it could not be set aside ({error}): {}", shown(&path)),
        };
        let warning =
            format!("The settings file is damaged ({cause}). Proofmark starts with its defaults; {fate}");
        (Self::default(), Some(warning))
    }

    /// Writes the settings into `folder`, which is made when it is not there.
    pub fn store(&self, folder: &Path) -> Result<Saved, SettingsError> {
        make_private(folder).map_err(|source| SettingsError::Folder { path: folder.into(), source })?;
        let mut text = ron::ser::to_string_pretty(&self.clone().sane(), ron::ser::PrettyConfig::new())?;
        text.push('\n');
        Ok(save(&RealDisk, &folder.join(NAME), text.as_bytes())?)
    }

    /// Puts a file first among the recent ones.
    pub fn note_recent(&mut self, path: &Path) {
        self.recent.retain(|known| known != path);
        self.recent.insert(0, path.into());
        self.recent.truncate(MAX_RECENT);
    }

    /// Within bounds, whatever a hand wrote into the file; and with paths that RON can carry.
    fn sane(mut self) -> Self {
        self.recent.retain(|path| path.to_str().is_some());
        self.recent.truncate(MAX_RECENT);
        self.zoom = if self.zoom.is_finite() { self.zoom.clamp(*ZOOM.start(), *ZOOM.end()) } else { 1.0 };
        self.window = self.window.filter(|size| SIDE.contains(&size.width) && SIDE.contains(&size.height));
        self
    }
}

/// Makes a folder for this user only: its files tell what somebody works on.
pub(super) fn make_private(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some() -> Settings {
        let mut settings = Settings {
            checker: Some(Checker { name: "Ana \"Núñez\"\n".into(), initials: "AN".into() }),
            theme: Theme::Dark,
            zoom: 1.25,
            window: Some(WindowSize { width: 1440.0, height: 900.0 }),
            ..Settings::default()
        };
        settings.note_recent(Path::new("/stories/naïve (1).ron"));
        settings
    }

    #[test]
    fn what_was_stored_is_loaded() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("not/there/yet");
        assert_eq!(Settings::load(&folder), (Settings::default(), None));
        assert!(some().store(&folder).unwrap().confirmed);
        assert_eq!(Settings::load(&folder), (some(), None));
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&folder).unwrap().permissions().mode() & 0o777, 0o700);
        }
    }

    #[test]
    fn the_variable_wins_over_the_place_of_the_system() {
        assert_eq!(folder_or(Some("/elsewhere".into())), Some("/elsewhere".into()));
        assert_eq!(folder_or(Some("".into())), folder_or(None));
        assert!(folder_or(None).is_none_or(|folder| folder.to_string_lossy().contains("proofmark")));
    }

    // S42
    #[test]
    fn a_damaged_file_gives_defaults_and_is_set_aside() {
        let dir = tempfile::tempdir().unwrap();
        let deep = "[".repeat(100_000);
        let damaged: [&[u8]; 6] =
            [b"", b"(zoom: ", b"\0\0\0\0", b"\xff\xfe(", b"(theme: Pink)", deep.as_bytes()];
        for bytes in damaged {
            let path = dir.path().join(NAME);
            fs::write(&path, bytes).unwrap();
            let (settings, warning) = Settings::load(dir.path());
            assert_eq!(settings, Settings::default());
            assert!(warning.unwrap().ends_with(DAMAGED));
            assert!(!path.exists());
            assert_eq!(fs::read(dir.path().join(DAMAGED)).unwrap(), bytes);
            assert_eq!(Settings::load(dir.path()), (Settings::default(), None));
        }
        fs::File::create(dir.path().join(NAME)).unwrap().set_len(LIMIT + 1).unwrap();
        assert!(Settings::load(dir.path()).1.unwrap().contains("too large"));
    }

    #[test]
    fn a_folder_in_its_place_is_told_and_stays() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join(NAME)).unwrap();
        let (settings, warning) = Settings::load(dir.path());
        assert_eq!(settings, Settings::default());
        assert!(warning.unwrap().contains("folder"));
        assert!(dir.path().join(NAME).is_dir());
        assert!(some().store(dir.path()).is_err());
    }

    #[test]
    fn missing_and_unknown_fields_are_no_damage() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join(NAME), "(theme: Light, newer: [1, 2])").unwrap();
        let (settings, warning) = Settings::load(dir.path());
        assert_eq!((settings.theme, settings.zoom, warning), (Theme::Light, 1.0, None));
    }

    #[test]
    fn numbers_of_a_hand_edit_are_put_within_bounds() {
        let dir = tempfile::tempdir().unwrap();
        for (zoom, expected) in [("NaN", 1.0), ("inf", 1.0), ("-3", 0.5), ("99", 4.0), ("2", 2.0)] {
            let text = format!("(zoom: {zoom}, window: Some((width: inf, height: 900)))");
            fs::write(dir.path().join(NAME), text).unwrap();
            let (settings, warning) = Settings::load(dir.path());
            assert_eq!((settings.zoom, settings.window, warning), (expected, None, None), "{zoom}");
        }
    }

    #[test]
    fn recent_files_are_twelve_without_repetition_the_last_first() {
        let mut settings = Settings::default();
        for n in 0..20 {
            settings.note_recent(&PathBuf::from(format!("{n}.ron")));
        }
        settings.note_recent(Path::new("15.ron"));
        assert_eq!(settings.recent.len(), MAX_RECENT);
        assert_eq!(settings.recent[..3], ["15.ron", "19.ron", "18.ron"].map(PathBuf::from));
        assert_eq!(settings.recent.last(), Some(&PathBuf::from("8.ron")));
    }

    #[cfg(unix)]
    #[test]
    fn a_path_that_is_not_unicode_does_not_keep_the_settings_from_being_stored() {
        let dir = tempfile::tempdir().unwrap();
        let mut settings = some();
        settings.note_recent(Path::new(<std::ffi::OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(
            b"\xff.ron",
        )));
        let _ = settings.store(dir.path()).unwrap();
        assert_eq!(Settings::load(dir.path()), (some(), None));
    }
}
