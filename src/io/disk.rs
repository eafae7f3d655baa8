//! The few operations of a disk that a save needs, as a trait, and the real disk.
//!
//! May use: std only. Invariant: every call is one step that can fail on its own, so that the tests
//! can let each of them fail, or the power go off between any two ([`Disk`] has no clever methods).
//! Known limits: access control lists and extended attributes are not carried over (std has no call
//! for them); on Windows the directory cannot be synced, the rename is in the file system's journal.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What stands at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    File,
    Folder,
    Link,
    /// A pipe, a device, a socket.
    Other,
}

/// What is known about the thing at a path itself; links are not followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stat {
    pub kind: FileKind,
    /// Nobody may write: the write-protection that a person sets.
    pub read_only: bool,
    /// Permission bits, where the system has them.
    pub mode: Option<u32>,
    /// User and group, where the system has them.
    pub owner: Option<(u32, u32)>,
}

/// The operations of a disk that saving uses, one step each.
pub trait Disk {
    /// What stands at this path; a link is not followed.
    fn stat(&self, path: &Path) -> io::Result<Stat>;
    /// Where a link points.
    fn read_link(&self, path: &Path) -> io::Result<PathBuf>;
    /// Whether this user may write into an existing regular file; changes nothing.
    fn may_write(&self, path: &Path) -> io::Result<()>;
    /// Creates a file that must not exist yet; without a mode the system's default holds.
    fn create_new(&self, path: &Path, mode: Option<u32>) -> io::Result<Box<dyn DiskFile>>;
    /// Opens a file to write at its end.
    fn append(&self, path: &Path) -> io::Result<Box<dyn DiskFile>>;
    /// Opens an existing file to write over its content from its beginning.
    fn overwrite(&self, path: &Path) -> io::Result<Box<dyn DiskFile>>;
    /// Puts a file in the place of another one, in one step.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Gives a file a second name, which must not exist yet.
    fn link(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Removes a file.
    fn remove(&self, path: &Path) -> io::Result<()>;
    /// Makes the names in a folder last through a power cut.
    fn sync_dir(&self, path: &Path) -> io::Result<()>;
    /// Whether another program merely holds the file for a moment, so that waiting helps.
    fn is_contended(&self, error: &io::Error) -> bool;
    /// Waits. Here so that tests need not.
    fn pause(&self, time: Duration);
}

/// A file under construction; dropping it closes it.
pub trait DiskFile {
    /// Writes some of the bytes and says how many.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize>;
    /// Ends the file at this length.
    fn cut(&mut self, length: u64) -> io::Result<()>;
    /// Takes over owner and mode of another file, as far as this user may.
    fn adopt(&mut self, like: &Stat) -> io::Result<()>;
    /// Makes the content last through a power cut.
    fn sync(&mut self) -> io::Result<()>;
}

/// The disk of this computer.
#[derive(Clone, Copy, Debug, Default)]
pub struct RealDisk;

impl Disk for RealDisk {
    fn stat(&self, path: &Path) -> io::Result<Stat> {
        fs::symlink_metadata(path).map(|metadata| stat_of(&metadata))
    }

    fn read_link(&self, path: &Path) -> io::Result<PathBuf> {
        fs::read_link(path)
    }

    fn may_write(&self, path: &Path) -> io::Result<()> {
        OpenOptions::new().write(true).open(path).map(drop)
    }

    fn create_new(&self, path: &Path, mode: Option<u32>) -> io::Result<Box<dyn DiskFile>> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        if let Some(mode) = mode {
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, mode);
        }
        #[cfg(not(unix))]
        let _ = mode;
        let file = options.open(path)?;
        // Tells a sweep on any computer that somebody still writes here. Some network disks know
        // no locks; the process number in the name remains then.
        let _ = file.try_lock();
        Ok(Box::new(RealFile(file)))
    }

    fn append(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        Ok(Box::new(RealFile(OpenOptions::new().append(true).open(path)?)))
    }

    fn overwrite(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        Ok(Box::new(RealFile(OpenOptions::new().write(true).open(path)?)))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::hard_link(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    #[cfg(unix)]
    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        File::open(path)?.sync_all()
    }

    #[cfg(not(unix))]
    fn sync_dir(&self, _path: &Path) -> io::Result<()> {
        Ok(())
    }

    fn is_contended(&self, error: &io::Error) -> bool {
        // Access denied, sharing violation, lock violation: a virus scanner or an indexer looks at
        // the file. On Unix a refusal is a decision, and waiting would not change it.
        cfg!(windows) && matches!(error.raw_os_error(), Some(5 | 32 | 33))
    }

    fn pause(&self, time: Duration) {
        std::thread::sleep(time);
    }
}

struct RealFile(File);

impl DiskFile for RealFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn cut(&mut self, length: u64) -> io::Result<()> {
        self.0.set_len(length)
    }

    #[cfg(unix)]
    fn adopt(&mut self, like: &Stat) -> io::Result<()> {
        use std::os::unix::fs::{PermissionsExt, fchown};
        let own = stat_of(&self.0.metadata()?);
        let Some(mut mode) = like.mode else { return Ok(()) };
        if let (Some((user, group)), true) = (like.owner, own.owner != like.owner) {
            // Only root may give a file away; a group that one belongs to can be kept.
            let group_kept = fchown(&self.0, Some(user), Some(group)).is_ok()
                || own.owner.is_some_and(|(_, own_group)| own_group == group)
                || fchown(&self.0, None, Some(group)).is_ok();
            if !group_kept {
                // The rights were meant for another group: ours gets those of everybody.
                mode = mode & !0o070 | (mode & 0o007) << 3;
            }
        }
        // Last, because a change of owner clears bits.
        self.0.set_permissions(fs::Permissions::from_mode(mode))
    }

    #[cfg(not(unix))]
    fn adopt(&mut self, _like: &Stat) -> io::Result<()> {
        Ok(())
    }

    fn sync(&mut self) -> io::Result<()> {
        // On macOS this is F_FULLFSYNC.
        self.0.sync_all()
    }
}

fn stat_of(metadata: &fs::Metadata) -> Stat {
    let kind = match metadata.file_type() {
        kind if kind.is_symlink() => FileKind::Link,
        kind if kind.is_dir() => FileKind::Folder,
        kind if kind.is_file() => FileKind::File,
        _ => FileKind::Other,
    };
    let read_only = metadata.permissions().readonly();
    #[cfg(unix)]
    let (mode, owner) = {
        use std::os::unix::fs::MetadataExt;
        (Some(metadata.mode() & 0o777), Some((metadata.uid(), metadata.gid())))
    };
    #[cfg(not(unix))]
    let (mode, owner) = (None, None);
    Stat { kind, read_only, mode, owner }
}
