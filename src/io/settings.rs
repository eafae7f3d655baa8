//! What the application remembers between two runs: who checks, recent files, the look of the window.
//!
//! May use: save, read, ron, directories. Invariants: nothing of a project is ever kept here except the
//! path of its file; a damaged file gives defaults and a warning, and is set aside, not thrown away.
//! Known limits: paths that are not Unicode are not remembered; of two windows the later one wins.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::disk::RealDisk;
use super::read::{ReadError, read};
use super::save::{Saved, save};
use super::save_error::SaveError;
use super::shown;
use crate::app::settings::Settings;

/// Names the folder of the application's data instead of the system's own place.
pub const FOLDER_VARIABLE: &str = "PROOFMARK_DATA";

const NAME: &str = "settings.ron";
const DAMAGED: &str = "settings.ron.damaged";
const LIMIT: u64 = 1 << 20;

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

/// Reads the settings in `folder`; the text is a warning for the person. Never fails: defaults do.
pub fn load(folder: &Path) -> (Settings, Option<String>) {
    let path = folder.join(NAME);
    let cause = match read(&path, LIMIT) {
        Ok(bytes) => match ron::de::from_bytes::<Settings>(&bytes) {
            Ok(settings) => return (settings.sane(), None),
            Err(error) => error.to_string(),
        },
        Err(ReadError::Missing { .. }) => return (Settings::default(), None),
        Err(ReadError::TooLarge { .. }) => "it is too large".into(),
        // Not damaged, only out of reach: it stays.
        Err(error) => {
            return (Settings::default(), Some(format!("The settings are not used. {error}")));
        }
    };
    let aside = folder.join(DAMAGED);
    let fate = match fs::rename(&path, &aside) {
        Ok(()) => format!("it was set aside as {}", shown(&aside)),
        Err(error) => format!("it could not be set aside ({error}): {}", shown(&path)),
    };
    let warning =
        format!("The settings file is damaged ({cause}). Proofmark starts with its defaults; {fate}");
    (Settings::default(), Some(warning))
}

/// Writes the settings into `folder`, which is made when it is not there.
pub fn store(settings: &Settings, folder: &Path) -> Result<Saved, SettingsError> {
    make_private(folder).map_err(|source| SettingsError::Folder { path: folder.into(), source })?;
    let mut text = ron::ser::to_string_pretty(&settings.clone().sane(), ron::ser::PrettyConfig::new())?;
    text.push('\n');
    Ok(save(&RealDisk, &folder.join(NAME), text.as_bytes())?)
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
    use crate::app::settings::{RECENT, Theme, WindowSize};
    use crate::domain::project::Checker;

    fn some() -> Settings {
        let mut settings = Settings {
            checker: Some(Checker { name: "Ana \"Núñez\"\n".into(), initials: "AN".into() }),
            theme: Theme::Dark,
            zoom: 1.25,
            window: Some(WindowSize { width: 1440.0, height: 900.0 }),
            ..Settings::default()
        };
        settings.remember(Path::new("/stories/naïve (1).ron"));
        settings
    }

    #[test]
    fn what_was_stored_is_loaded() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("not/there/yet");
        assert_eq!(load(&folder), (Settings::default(), None));
        assert!(store(&some(), &folder).unwrap().confirmed);
        assert_eq!(load(&folder), (some(), None));
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
            let (settings, warning) = load(dir.path());
            assert_eq!(settings, Settings::default());
            assert!(warning.unwrap().ends_with(DAMAGED));
            assert!(!path.exists());
            assert_eq!(fs::read(dir.path().join(DAMAGED)).unwrap(), bytes);
            assert_eq!(load(dir.path()), (Settings::default(), None));
        }
        fs::File::create(dir.path().join(NAME)).unwrap().set_len(LIMIT + 1).unwrap();
        assert!(load(dir.path()).1.unwrap().contains("too large"));
    }

    #[test]
    fn a_folder_in_its_place_is_told_and_stays() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join(NAME)).unwrap();
        let (settings, warning) = load(dir.path());
        assert_eq!(settings, Settings::default());
        assert!(warning.unwrap().contains("folder"));
        assert!(dir.path().join(NAME).is_dir());
        assert!(store(&some(), dir.path()).is_err());
    }

    #[test]
    fn missing_and_unknown_fields_are_no_damage() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join(NAME), "(theme: Light, newer: [1, 2])").unwrap();
        let (settings, warning) = load(dir.path());
        assert_eq!((settings.theme, settings.zoom, warning), (Theme::Light, 1.0, None));
    }

    #[test]
    fn numbers_of_a_hand_edit_are_put_within_bounds() {
        let dir = tempfile::tempdir().unwrap();
        for (zoom, expected) in [("NaN", 1.0), ("inf", 1.0), ("-3", 0.5), ("99", 4.0), ("2", 2.0)] {
            let text = format!("(zoom: {zoom}, window: Some((width: inf, height: 900)))");
            fs::write(dir.path().join(NAME), text).unwrap();
            let (settings, warning) = load(dir.path());
            assert_eq!((settings.zoom, settings.window, warning), (expected, None, None), "{zoom}");
        }
    }

    #[test]
    fn recent_files_are_twelve_without_repetition_the_last_first() {
        let mut settings = Settings::default();
        for n in 0..20 {
            settings.remember(&PathBuf::from(format!("{n}.ron")));
        }
        settings.remember(Path::new("15.ron"));
        assert_eq!(settings.recent.len(), RECENT);
        assert_eq!(settings.recent[..3], ["15.ron", "19.ron", "18.ron"].map(PathBuf::from));
        assert_eq!(settings.recent.last(), Some(&PathBuf::from("8.ron")));
    }

    #[cfg(unix)]
    #[test]
    fn a_path_that_is_not_unicode_does_not_keep_the_settings_from_being_stored() {
        let dir = tempfile::tempdir().unwrap();
        let mut settings = some();
        settings
            .remember(Path::new(<std::ffi::OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(b"\xff.ron")));
        let _ = store(&settings, dir.path()).unwrap();
        assert_eq!(load(dir.path()), (some(), None));
    }
}
