//! A disk that fails on demand, for tests: the real one, with errors at chosen steps.
//!
//! May use: the disk module. Invariant: a failing step does nothing at all, and every step is in the trace.
//! Known limits: a real disk may fail after having done the step.

use std::cell::RefCell;
use std::io;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::Duration;

use super::disk::{Disk, DiskFile, RealDisk, Stat};

type Hook = Box<dyn Fn()>;

/// When steps fail.
#[derive(Clone, Copy, Debug)]
pub enum When {
    Never,
    /// The step of this number, from 1.
    Once(usize),
    /// From this step on.
    From(usize),
    /// The first so many calls of the operation of this name.
    First(&'static str, usize),
}

#[derive(Default)]
struct State {
    count: usize,
    trace: Vec<(&'static str, PathBuf)>,
    paused: Duration,
}

/// The real disk, with faults.
pub struct FaultDisk {
    state: Rc<RefCell<State>>,
    when: When,
    /// The error number of the system.
    errno: i32,
    /// Writes take at most so many bytes.
    pub at_most: usize,
    /// Whether the disk knows hard links.
    pub links: bool,
    /// Error numbers that count as another program holding the file.
    pub contended: Option<i32>,
    /// A folder that takes no new file.
    pub locked: Option<PathBuf>,
    /// Runs before the operation of this name.
    pub before: Option<(&'static str, Hook)>,
}

impl FaultDisk {
    pub fn new(when: When, errno: i32) -> Self {
        Self {
            state: Rc::default(),
            when,
            errno,
            at_most: usize::MAX,
            links: true,
            contended: None,
            locked: None,
            before: None,
        }
    }

    /// How many steps were taken.
    pub fn count(&self) -> usize {
        self.state.borrow().count
    }

    /// Every step with its path, failed ones too.
    pub fn trace(&self) -> Vec<(&'static str, PathBuf)> {
        self.state.borrow().trace.clone()
    }

    /// How often an operation was called.
    pub fn calls(&self, operation: &str) -> usize {
        self.state.borrow().trace.iter().filter(|(name, _)| *name == operation).count()
    }

    /// How long the save waited in all.
    pub fn paused(&self) -> Duration {
        self.state.borrow().paused
    }

    fn file(&self, path: &Path, inner: Box<dyn DiskFile>) -> FaultFile {
        FaultFile {
            inner,
            path: path.into(),
            state: self.state.clone(),
            when: self.when,
            errno: self.errno,
            at_most: self.at_most,
        }
    }

    fn step(&self, name: &'static str, path: &Path) -> io::Result<()> {
        if let Some((_, hook)) = self.before.as_ref().filter(|(at, _)| *at == name) {
            hook();
        }
        step(&self.state, self.when, self.errno, name, path)
    }
}

fn step(state: &RefCell<State>, when: When, errno: i32, name: &'static str, path: &Path) -> io::Result<()> {
    let mut state = state.borrow_mut();
    state.count += 1;
    state.trace.push((name, path.into()));
    let fails = match when {
        When::Never => false,
        When::Once(n) => state.count == n,
        When::From(n) => state.count >= n,
        When::First(at, n) => at == name && state.trace.iter().filter(|(name, _)| *name == at).count() <= n,
    };
    if fails { Err(io::Error::from_raw_os_error(errno)) } else { Ok(()) }
}

impl Disk for FaultDisk {
    fn stat(&self, path: &Path) -> io::Result<Stat> {
        self.step("stat", path)?;
        RealDisk.stat(path)
    }

    fn read_link(&self, path: &Path) -> io::Result<PathBuf> {
        self.step("read_link", path)?;
        RealDisk.read_link(path)
    }

    fn may_write(&self, path: &Path) -> io::Result<()> {
        self.step("may_write", path)?;
        RealDisk.may_write(path)
    }

    fn create_new(&self, path: &Path, mode: Option<u32>) -> io::Result<Box<dyn DiskFile>> {
        self.step("create_new", path)?;
        if self.locked.is_some() && path.parent() == self.locked.as_deref() {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        Ok(Box::new(self.file(path, RealDisk.create_new(path, mode)?)))
    }

    fn append(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        self.step("append", path)?;
        Ok(Box::new(self.file(path, RealDisk.append(path)?)))
    }

    fn overwrite(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        self.step("overwrite", path)?;
        Ok(Box::new(self.file(path, RealDisk.overwrite(path)?)))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step("rename", from)?;
        RealDisk.rename(from, to)
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step("link", from)?;
        if !self.links {
            return Err(io::ErrorKind::Unsupported.into());
        }
        RealDisk.link(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.step("remove", path)?;
        RealDisk.remove(path)
    }

    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        self.step("sync_dir", path)?;
        RealDisk.sync_dir(path)
    }

    fn is_contended(&self, error: &io::Error) -> bool {
        self.contended.is_some() && error.raw_os_error() == self.contended
    }

    fn pause(&self, time: Duration) {
        self.state.borrow_mut().paused += time;
    }
}

struct FaultFile {
    inner: Box<dyn DiskFile>,
    path: PathBuf,
    state: Rc<RefCell<State>>,
    when: When,
    errno: i32,
    at_most: usize,
}

impl FaultFile {
    fn step(&self, name: &'static str) -> io::Result<()> {
        step(&self.state, self.when, self.errno, name, &self.path)
    }
}

impl DiskFile for FaultFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.step("write")?;
        self.inner.write(&bytes[..bytes.len().min(self.at_most)])
    }

    fn cut(&mut self, length: u64) -> io::Result<()> {
        self.step("cut")?;
        self.inner.cut(length)
    }

    fn adopt(&mut self, like: &Stat) -> io::Result<()> {
        self.step("adopt")?;
        self.inner.adopt(like)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.step("sync")?;
        self.inner.sync()
    }
}
