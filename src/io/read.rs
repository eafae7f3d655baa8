//! Reading a whole file: one version of it, of a stated size, and never something that blocks.
//!
//! May use: std, thiserror. Invariants: only regular files are read; never more than the limit is held;
//! a file that another program is writing is read again, and refused rather than given half.
//! Known limits: a change in place within the clock tick of the file system, of the same size, is not seen;
//! files whose size the system does not know (`/proc`) count as changing; a network disk may still hang.

use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::shown;

/// The largest project that is opened.
pub const PROJECT_LIMIT: u64 = 256 << 20;
/// The largest article that is imported.
pub const ARTICLE_LIMIT: u64 = 64 << 20;

/// How often a file that changes meanwhile is read.
const TRIES: usize = 3;
/// Long enough for a sync client to go on, short enough to wait for.
const PAUSE: Duration = Duration::from_millis(100);

/// Why a file was not read; the messages say it, `path` is the file as it was asked for.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    #[error("There is no such file: {}", shown(.path))]
    Missing { path: PathBuf },
    #[error("This is a folder, not a file: {}", shown(.path))]
    Folder { path: PathBuf },
    #[error("This is a pipe or a device, not a file: {}", shown(.path))]
    NotAFile { path: PathBuf },
    #[error("You may not read this file: {}", shown(.path))]
    Denied { path: PathBuf },
    #[error("The file is larger than the {} that can be opened here: {}", size(*.limit), shown(.path))]
    TooLarge { path: PathBuf, limit: u64 },
    #[error("Another program keeps changing the file: {}", shown(.path))]
    Unstable { path: PathBuf },
    #[error("Reading the file failed ({source}): {}", shown(.path))]
    Failed { path: PathBuf, source: io::Error },
}

impl ReadError {
    /// What the person can do now, in one sentence.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Missing { .. } => "Check the name, or whether the disk is connected.",
            Self::Folder { .. } | Self::NotAFile { .. } => "Choose a file.",
            Self::Denied { .. } => "Ask its owner for the right to read it.",
            Self::TooLarge { .. } => "Check that this is the right file; a longer text can be split.",
            Self::Unstable { .. } => "Wait until it is written or synchronised, then open it again.",
            Self::Failed { .. } => "Try again, or open a copy from another place.",
        }
    }

    fn system(path: &Path, source: io::Error) -> Self {
        let path = path.to_path_buf();
        match source.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory => Self::Missing { path },
            ErrorKind::PermissionDenied => Self::Denied { path },
            ErrorKind::IsADirectory => Self::Folder { path },
            _ => Self::Failed { path, source },
        }
    }
}

/// Reads the regular file at `path`, following links, if it has at most `limit` bytes.
pub fn read(path: &Path, limit: u64) -> Result<Vec<u8>, ReadError> {
    stable(path, || attempt(path, limit), std::thread::sleep)
}

/// What tells one version of a file from the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stamp {
    size: u64,
    modified: Option<SystemTime>,
}

impl Stamp {
    fn of(metadata: &Metadata) -> Self {
        Self { size: metadata.len(), modified: metadata.modified().ok() }
    }
}

struct Attempt {
    bytes: Vec<u8>,
    before: Stamp,
    after: Stamp,
}

fn stable(
    path: &Path,
    mut attempt: impl FnMut() -> Result<Attempt, ReadError>,
    pause: impl Fn(Duration),
) -> Result<Vec<u8>, ReadError> {
    for again in 0..TRIES {
        if again > 0 {
            pause(PAUSE);
        }
        let Attempt { bytes, before, after } = attempt()?;
        if before == after && bytes.len() as u64 == after.size {
            return Ok(bytes);
        }
    }
    Err(ReadError::Unstable { path: path.into() })
}

fn attempt(path: &Path, limit: u64) -> Result<Attempt, ReadError> {
    let failed = |source| ReadError::system(path, source);
    // Before opening: to open a pipe waits for a writer, to open a device may do anything.
    admitted(path, &std::fs::metadata(path).map_err(failed)?, limit)?;
    let file = open(path).map_err(failed)?;
    // And again, of what was really opened.
    let before = file.metadata().map_err(failed)?;
    admitted(path, &before, limit)?;
    let bytes = at_most(&file, before.len(), limit)
        .map_err(failed)?
        .ok_or_else(|| ReadError::TooLarge { path: path.into(), limit })?;
    let after = file.metadata().map_err(failed)?;
    Ok(Attempt { bytes, before: Stamp::of(&before), after: Stamp::of(&after) })
}

/// Everything from the source; `None` when that is more than the limit, whatever size it had before.
fn at_most(source: impl Read, expected: u64, limit: u64) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    // A file of the largest size may be more than there is memory: an error, not an abort.
    bytes
        .try_reserve_exact(usize::try_from(expected).unwrap_or(usize::MAX).saturating_add(1))
        .map_err(|_| ErrorKind::OutOfMemory)?;
    // One byte more tells that it has grown past the limit.
    source.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= limit).then_some(bytes))
}

fn admitted(path: &Path, metadata: &Metadata, limit: u64) -> Result<(), ReadError> {
    let path = path.to_path_buf();
    if metadata.is_dir() {
        Err(ReadError::Folder { path })
    } else if !metadata.is_file() {
        Err(ReadError::NotAFile { path })
    } else if metadata.len() > limit {
        Err(ReadError::TooLarge { path, limit })
    } else {
        Ok(())
    }
}

fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    // A pipe may take the place of the file after the first look: it must not block.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, NON_BLOCKING);
    options.open(path)
}

/// `O_NONBLOCK`, which std does not name; where its number is not certain, the first look must do.
#[cfg(unix)]
const NON_BLOCKING: i32 = if cfg!(target_vendor = "apple") {
    0x4
} else if cfg!(all(
    target_os = "linux",
    any(target_arch = "x86_64", target_arch = "x86", target_arch = "aarch64", target_arch = "riscv64")
)) {
    0o4000
} else {
    0
};

fn size(bytes: u64) -> String {
    match bytes {
        0..1024 => format!("{bytes} bytes"),
        1024..0x10_0000 => format!("{} KiB", bytes >> 10),
        _ => format!("{} MiB", bytes >> 20),
    }
}

#[cfg(test)]
#[path = "read_tests.rs"]
mod tests;
