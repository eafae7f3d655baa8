//! A disk in memory on which the power fails, for tests.
//!
//! May use: the disk module. Invariant: content not synced since it was written and names not synced since
//! they changed may each be lost or kept, in any combination; content also half kept or as zeros.
//! Known limits: one folder, no links, no failing steps; one sector is one write of at most four bytes.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::Duration;

use super::disk::{Disk, DiskFile, FileKind, Stat};

const SECTOR: usize = 4;

#[derive(Clone, Default)]
struct Inode {
    durable: Vec<u8>,
    current: Vec<u8>,
}

/// A change of one name: a rename is two of them.
#[derive(Clone)]
enum Change {
    Set(PathBuf, usize),
    Unset(PathBuf),
}

#[derive(Clone, Default)]
struct State {
    inodes: Vec<Inode>,
    durable: BTreeMap<PathBuf, usize>,
    pending: Vec<Change>,
}

/// Names and contents after a crash.
pub type Files = BTreeMap<PathBuf, Vec<u8>>;

#[derive(Default)]
struct Shared {
    now: State,
    /// The state after each step: the power may fail in any of them.
    history: Vec<State>,
    links: bool,
}

impl Shared {
    fn done(&mut self) {
        self.history.push(self.now.clone());
    }
}

/// The disk; `links` tells whether it knows hard links.
pub struct CrashDisk(Rc<RefCell<Shared>>);

impl CrashDisk {
    /// A disk on which these files have been safe for long.
    pub fn new(files: &[(&str, &[u8])], links: bool) -> Self {
        let mut now = State::default();
        for (name, bytes) in files {
            now.durable.insert(PathBuf::from(name), now.inodes.len());
            now.inodes.push(Inode { durable: bytes.to_vec(), current: bytes.to_vec() });
        }
        Self(Rc::new(RefCell::new(Shared { history: vec![now.clone()], now, links })))
    }

    /// Everything that may be found after a crash at any moment until now.
    pub fn crashes(&self) -> BTreeSet<Files> {
        self.0.borrow().history.iter().flat_map(State::crashes).collect()
    }

    /// Everything that may be found when the power fails now.
    pub fn crashes_now(&self) -> BTreeSet<Files> {
        self.0.borrow().now.crashes().into_iter().collect()
    }

    /// What programs see without a crash.
    pub fn files(&self) -> Files {
        let shared = self.0.borrow();
        let names = shared.now.names(&shared.now.pending);
        names.into_iter().map(|(name, inode)| (name, shared.now.inodes[inode].current.clone())).collect()
    }

    fn change(&self, changes: impl IntoIterator<Item = Change>) {
        let mut shared = self.0.borrow_mut();
        shared.now.pending.extend(changes);
        shared.done();
    }

    fn inode(&self, path: &Path) -> io::Result<usize> {
        let shared = self.0.borrow();
        shared.now.names(&shared.now.pending).get(path).copied().ok_or_else(|| ErrorKind::NotFound.into())
    }
}

impl State {
    fn names<'a>(&self, changes: impl IntoIterator<Item = &'a Change>) -> BTreeMap<PathBuf, usize> {
        let mut names = self.durable.clone();
        for change in changes {
            match change {
                Change::Set(name, inode) => names.insert(name.clone(), *inode),
                Change::Unset(name) => names.remove(name),
            };
        }
        names
    }

    fn crashes(&self) -> Vec<Files> {
        let mut found = Vec::new();
        for kept in 0..1u32 << self.pending.len() {
            let changes = self.pending.iter().enumerate().filter(|(i, _)| kept >> i & 1 == 1);
            let names = self.names(changes.map(|(_, change)| change));
            // Each file on its own: every combination of contents.
            let mut combined = vec![Files::new()];
            for (name, inode) in names {
                let contents = self.inodes[inode].contents();
                combined = combined
                    .into_iter()
                    .flat_map(|files| {
                        let name = name.clone();
                        contents.iter().map(move |bytes| {
                            let mut files = files.clone();
                            files.insert(name.clone(), bytes.clone());
                            files
                        })
                    })
                    .collect();
            }
            found.extend(combined);
        }
        found
    }
}

impl Inode {
    /// What a crash may leave of the content.
    fn contents(&self) -> Vec<Vec<u8>> {
        if self.durable == self.current {
            return vec![self.current.clone()];
        }
        let size = self.current.len();
        // What was synced and is the same still is not written again: files only grow here.
        let same = self.durable.iter().zip(&self.current).take_while(|(a, b)| a == b).count();
        let mut zeros = self.current.clone();
        zeros[same..].fill(0);
        let mut found = vec![self.durable.clone(), self.current.clone(), zeros];
        for at in (same..size).step_by(SECTOR) {
            found.push(self.current[..at].to_vec());
            let mut hole = self.current.clone();
            hole[at..(at + SECTOR).min(size)].fill(0);
            found.push(hole);
        }
        found
    }
}

impl Disk for CrashDisk {
    fn stat(&self, path: &Path) -> io::Result<Stat> {
        self.inode(path)?;
        Ok(Stat { kind: FileKind::File, read_only: false, mode: Some(0o644), owner: Some((1, 1)) })
    }

    fn read_link(&self, _path: &Path) -> io::Result<PathBuf> {
        Err(ErrorKind::InvalidInput.into())
    }

    fn may_write(&self, path: &Path) -> io::Result<()> {
        self.inode(path).map(drop)
    }

    fn create_new(&self, path: &Path, _mode: Option<u32>) -> io::Result<Box<dyn DiskFile>> {
        if self.inode(path).is_ok() {
            return Err(ErrorKind::AlreadyExists.into());
        }
        let inode = {
            let mut shared = self.0.borrow_mut();
            shared.now.inodes.push(Inode::default());
            shared.now.inodes.len() - 1
        };
        self.change([Change::Set(path.into(), inode)]);
        Ok(Box::new(CrashFile { shared: self.0.clone(), inode }))
    }

    fn append(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        Ok(Box::new(CrashFile { shared: self.0.clone(), inode: self.inode(path)? }))
    }

    fn overwrite(&self, _path: &Path) -> io::Result<Box<dyn DiskFile>> {
        // Its states are not told apart here: what is written in place must be elsewhere first.
        Err(ErrorKind::Unsupported.into())
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let inode = self.inode(from)?;
        self.change([Change::Set(to.into(), inode), Change::Unset(from.into())]);
        Ok(())
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        if !self.0.borrow().links {
            return Err(ErrorKind::Unsupported.into());
        }
        if self.inode(to).is_ok() {
            return Err(ErrorKind::AlreadyExists.into());
        }
        self.change([Change::Set(to.into(), self.inode(from)?)]);
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.inode(path)?;
        self.change([Change::Unset(path.into())]);
        Ok(())
    }

    fn sync_dir(&self, _path: &Path) -> io::Result<()> {
        let mut shared = self.0.borrow_mut();
        shared.now.durable = shared.now.names(&shared.now.pending);
        shared.now.pending.clear();
        shared.done();
        Ok(())
    }

    fn is_contended(&self, _error: &io::Error) -> bool {
        false
    }

    fn pause(&self, _time: Duration) {}
}

struct CrashFile {
    shared: Rc<RefCell<Shared>>,
    inode: usize,
}

impl DiskFile for CrashFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = bytes.len().min(SECTOR);
        let mut shared = self.shared.borrow_mut();
        shared.now.inodes[self.inode].current.extend(&bytes[..count]);
        shared.done();
        Ok(count)
    }

    fn cut(&mut self, length: u64) -> io::Result<()> {
        let mut shared = self.shared.borrow_mut();
        shared.now.inodes[self.inode].current.truncate(length as usize);
        shared.done();
        Ok(())
    }

    fn adopt(&mut self, _like: &Stat) -> io::Result<()> {
        Ok(())
    }

    fn sync(&mut self) -> io::Result<()> {
        let mut shared = self.shared.borrow_mut();
        let inode = &mut shared.now.inodes[self.inode];
        inode.durable = inode.current.clone();
        shared.done();
        Ok(())
    }
}
