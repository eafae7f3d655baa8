//! Tests of the recovery journals on a real disk, with faults and crashes. Numbers are those of the
//! catalogue (S33 …).

use std::cell::Cell;
use std::collections::BTreeSet;

use super::super::RealDisk;
use super::super::crash_disk::CrashDisk;
use super::super::fault_disk::{FaultDisk, When};
use super::*;
use crate::domain::{Kind, Span};
use crate::formats::samples;

const EIO: i32 = 5;
const ENOSPC: i32 = 28;

struct Place {
    dir: tempfile::TempDir,
    project: Project,
    seed: Cell<u128>,
}

impl Place {
    fn new() -> Self {
        let project = samples::project("The council approved the tunnel by 21 to 14.", &mut samples::stamp());
        Self { dir: tempfile::tempdir().unwrap(), project, seed: Cell::new(1) }
    }

    fn path(&self) -> PathBuf {
        self.dir.path().canonicalize().unwrap().join("story.ron")
    }

    fn data(&self) -> PathBuf {
        self.dir.path().join("data")
    }

    fn keeper<'a>(&self, disk: &'a dyn Disk, window: &str) -> Keeper<'a> {
        Keeper::new(disk, Some(self.data()), window.into())
    }

    /// The project in its file, and what is known of it.
    fn saved(&self) -> OnDisk {
        let bytes = formats::ron::write(&self.project);
        fs::write(self.path(), &bytes).unwrap();
        OnDisk { sha256: hash(bytes.as_bytes()), project: Some(self.project.clone().into()) }
    }

    /// A further mark.
    fn mark(&self, project: &mut Project) {
        let seed = self.seed.get() + 1;
        self.seed.set(seed);
        let mut stamp = crate::domain::Stamp::new(clock::now(), "Ada", seed);
        let start = (seed as usize * 2) % 20;
        let (_, step) = project.mark(Kind::Claim, &[Span::new(start, start + 4)], &mut stamp);
        project.apply(&step).unwrap();
    }

    fn journals(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.data().join("recovery")).into_iter().flatten().flatten();
        let mut all: Vec<_> = entries.map(|entry| entry.path()).collect();
        all.retain(|path| path.extension().is_some_and(|ending| ending == "journal"));
        all.sort();
        all
    }
}

/// The work that a journal gives.
fn work(recovered: &Recovered) -> Project {
    let mut project = recovered.base.clone();
    recovered.steps.iter().for_each(|step| project.apply(step).unwrap());
    project
}

/// What a window leaves that ends without a word: its lock goes with the process.
fn killed(keeper: Keeper<'_>) {
    let folder = keeper.folder().unwrap();
    let name = format!("{}.lock", keeper.window);
    drop(keeper);
    fs::write(folder.join(name), "").unwrap();
}

// S35
#[test]
fn work_on_a_file_comes_back_as_it_was_and_stays_until_somebody_chose() {
    let place = Place::new();
    let (on_disk, mut now) = (place.saved(), place.project.clone());
    let file = fs::read(place.path()).unwrap();
    let mut keeper = place.keeper(&RealDisk, "w1");
    for _ in 0..5 {
        place.mark(&mut now);
        keeper.keep(1, (&now, None), Some(&place.path()), Some(&on_disk), None).unwrap();
    }
    assert_eq!(place.journals().len(), 1);
    let other = place.keeper(&RealDisk, "w2");
    assert_eq!(other.list(None), (Vec::new(), Vec::new()), "a living window's work is its own");
    killed(keeper);
    for _ in 0..2 {
        let (found, told) = other.list(None);
        assert_eq!((found.len(), told.len()), (1, 0));
        assert!(found[0].what.starts_with("5 annotations differ"), "{}", found[0].what);
        assert_eq!((found[0].path.as_deref(), found[0].project), (Some(&*place.path()), now.id));
    }
    let recovered = other.recover(&place.journals()[0], None).unwrap();
    assert_eq!((recovered.steps.len(), recovered.was_saved), (5, true));
    assert_eq!((work(&recovered), &recovered.base), (now, &place.project));
    assert_eq!(recovered.sha256, Some(on_disk.sha256));
    assert_eq!(fs::read(place.path()).unwrap(), file);
    assert_eq!(place.journals().len(), 1, "reading removes nothing");
}

#[test]
fn work_in_no_file_is_whole_in_the_journal_and_only_once() {
    let place = Place::new();
    let mut now = place.project.clone();
    let mut keeper = place.keeper(&RealDisk, "w1");
    place.mark(&mut now);
    keeper.keep(1, (&now, None), None, None, None).unwrap();
    let first = fs::metadata(&place.journals()[0]).unwrap().len();
    place.mark(&mut now);
    keeper.keep(1, (&now, None), None, None, None).unwrap();
    let text = fs::read_to_string(&place.journals()[0]).unwrap();
    assert!(text.len() as u64 > first && text.matches("    article: (").count() == 1, "{text}");
    killed(keeper);
    let other = place.keeper(&RealDisk, "w2");
    assert!(other.list(None).0[0].what.contains("in no file"));
    let recovered = other.recover(&place.journals()[0], None).unwrap();
    assert_eq!((work(&recovered), recovered.path.clone(), recovered.was_saved), (now, None, false));
}

#[test]
fn saving_begins_anew_and_a_clean_desk_leaves_nothing() {
    let place = Place::new();
    let (on_disk, mut now) = (place.saved(), place.project.clone());
    let mut keeper = place.keeper(&RealDisk, "w1");
    place.mark(&mut now);
    keeper.keep(1, (&now, None), Some(&place.path()), Some(&on_disk), None).unwrap();
    // Saved, and edited while that went on.
    let bytes = formats::ron::write(&now);
    fs::write(place.path(), &bytes).unwrap();
    let on_disk = OnDisk { sha256: hash(bytes.as_bytes()), project: Some(now.clone().into()) };
    place.mark(&mut now);
    keeper.keep(1, (&now, None), Some(&place.path()), Some(&on_disk), None).unwrap();
    let recovered = keeper.recover(&place.journals()[0], None).unwrap();
    assert_eq!((recovered.steps.len(), work(&recovered)), (1, now));
    keeper.forget(1, None);
    assert!(place.journals().is_empty());
    drop(keeper);
    assert_eq!(fs::read_dir(place.data().join("recovery")).unwrap().count(), 0);
}

#[test]
fn what_is_in_the_file_already_is_not_offered() {
    let place = Place::new();
    let (on_disk, mut now) = (place.saved(), place.project.clone());
    let old = fs::read(place.path()).unwrap();
    versions::keep(&RealDisk, &place.data(), (now.id, &place.path()), &old, clock::now()).unwrap();
    let mut keeper = place.keeper(&RealDisk, "w1");
    place.mark(&mut now);
    keeper.keep(1, (&now, None), Some(&place.path()), Some(&on_disk), None).unwrap();
    fs::write(place.path(), formats::ron::write(&now)).unwrap();
    killed(keeper);
    assert_eq!(place.keeper(&RealDisk, "w2").list(None), (Vec::new(), Vec::new()));
    assert!(place.journals().is_empty());
}

#[test]
fn adopted_work_goes_only_once_its_new_journal_is_written() {
    let place = Place::new();
    let (on_disk, mut now) = (place.saved(), place.project.clone());
    let mut first = place.keeper(&RealDisk, "w1");
    place.mark(&mut now);
    first.keep(1, (&now, None), Some(&place.path()), Some(&on_disk), None).unwrap();
    killed(first);
    let old = place.journals().remove(0);
    let full = FaultDisk::new(When::From(1), ENOSPC);
    let mut second = place.keeper(&full, "w2");
    assert!(second.keep(1, (&now, None), Some(&place.path()), Some(&on_disk), Some(&old)).is_err());
    assert!(old.exists());
    let mut third = place.keeper(&RealDisk, "w3");
    third.keep(1, (&now, None), Some(&place.path()), Some(&on_disk), Some(&old)).unwrap();
    assert!(!old.exists() && place.journals().len() == 1);
    assert_eq!(work(&third.recover(&place.journals()[0], None).unwrap()), now);
}

// S15, U12: after any error the journal holds an earlier moment, and the next writing mends it.
#[test]
fn an_error_at_any_step_costs_no_earlier_work_and_is_made_good() {
    for errno in [EIO, ENOSPC] {
        for n in 1..40 {
            let place = Place::new();
            let (on_disk, mut now) = (place.saved(), place.project.clone());
            let disk = FaultDisk::new(When::Once(n), errno);
            let mut keeper = place.keeper(&disk, "w1");
            let mut moments = vec![place.project.clone()];
            let mut failures = 0;
            for _ in 0..4 {
                place.mark(&mut now);
                moments.push(now.clone());
                let result = keeper.keep(1, (&now, None), Some(&place.path()), Some(&on_disk), None);
                failures += usize::from(result.is_err());
                if let Some(journal) = place.journals().first() {
                    let found = work(&keeper.recover(journal, None).unwrap());
                    assert!(moments.contains(&found));
                    assert!(result.is_err() || found == now, "kept, but not there: step {n}");
                }
            }
            assert!(failures <= 1, "step {n}: {failures}");
            place.mark(&mut now);
            let _ = keeper.keep(1, (&now, None), Some(&place.path()), Some(&on_disk), None);
            keeper.keep(1, (&now, None), Some(&place.path()), Some(&on_disk), None).unwrap();
            assert_eq!(place.journals().len(), 1);
            assert!(work(&keeper.recover(&place.journals()[0], None).unwrap()) == now, "step {n}");
        }
    }
}

// S14 for the journal: a power cut at any moment leaves an earlier moment, and all that was synced.
#[test]
fn a_power_cut_leaves_every_change_that_was_confirmed() {
    let place = Place::new();
    let mut now = place.project.clone();
    let disk = CrashDisk::new(&[], true);
    let path = PathBuf::from("a.journal");
    let mut chain = Chain::default();
    let head = chain.line(&Head::new(&now, None, None, Base::File)).unwrap();
    let _ = save(&disk, &path, head.as_bytes()).unwrap();
    let mut open = Open {
        file: disk.append(&path).unwrap(),
        chain,
        last: now.clone(),
        typing: None,
        base: None,
        home: None,
    };
    let mut moments = vec![now.clone()];
    // A line is one letter here and there, or the enumeration would not end.
    for _ in 0..2 {
        place.mark(&mut now);
        append(&mut open, (&now, None)).unwrap();
        moments.push(now.clone());
        let found: BTreeSet<usize> = disk
            .crashes_now()
            .iter()
            .map(|files| {
                let read = journal::read(&files[&path]).unwrap();
                assert!(!read.is_damaged);
                read.deltas.len()
            })
            .collect();
        assert_eq!(found, BTreeSet::from([moments.len() - 1]), "confirmed");
    }
    for files in disk.crashes() {
        let Some(bytes) = files.get(&path) else { continue };
        let Some(read) = journal::read(bytes) else { panic!("the head was confirmed before") };
        let count = read.deltas.len();
        let (steps, left) = journal::steps(&place.project, read.deltas);
        let mut project = place.project.clone();
        steps.iter().for_each(|step| project.apply(step).unwrap());
        assert_eq!((left, &project), (0, &moments[count]));
    }
}

// S36, U16
#[test]
fn a_damaged_journal_is_set_aside_and_told_and_the_others_are_offered() {
    let place = Place::new();
    let (on_disk, mut now) = (place.saved(), place.project.clone());
    let mut keeper = place.keeper(&RealDisk, "w1");
    place.mark(&mut now);
    for desk in 1..=3 {
        keeper.keep(desk, (&now, None), Some(&place.path()), Some(&on_disk), None).unwrap();
    }
    killed(keeper);
    let all = place.journals();
    fs::write(&all[1], "half of a li").unwrap();
    let other = place.keeper(&RealDisk, "w2");
    let (found, told) = other.list(None);
    assert_eq!((found.len(), told.len()), (2, 1));
    assert!(found.iter().all(|one| !one.when.is_empty() && one.what.ends_with(" KB")));
    assert!(told[0].contains("damaged") && all[1].with_extension("damaged").exists());
    assert_eq!(other.list(None).1, Vec::<String>::new(), "told once");
    assert!(other.recover(&all[1].with_extension("damaged"), None).is_err());
    // A line that was altered: what stands before it comes back, and it is told.
    let text = fs::read_to_string(&all[0]).unwrap();
    fs::write(&all[0], format!("{text}0123456789abcdef ()\nand more\n")).unwrap();
    let recovered = other.recover(&all[0], None).unwrap();
    assert_eq!((work(&recovered), recovered.told.len()), (now, 1));
}

// S38
#[test]
fn a_moved_project_is_found_by_its_id() {
    let place = Place::new();
    let (on_disk, mut now) = (place.saved(), place.project.clone());
    let mut keeper = place.keeper(&RealDisk, "w1");
    place.mark(&mut now);
    keeper.keep(1, (&now, None), Some(&place.path()), Some(&on_disk), None).unwrap();
    killed(keeper);
    let moved = place.path().with_file_name("renamed.ron");
    fs::rename(place.path(), &moved).unwrap();
    let other = place.keeper(&RealDisk, "w2");
    assert_eq!(other.list(Some(now.id)).0.len(), 1);
    assert!(other.list(Some(samples::stamp().fresh())).0.is_empty());
    let journal = &place.journals()[0];
    let recovered = other.recover(journal, Some(&moved)).unwrap();
    assert_eq!((work(&recovered), recovered.path.as_deref()), (now.clone(), Some(&*moved)));
    // Where nobody knows the new place, the version that was kept does, and saving asks where.
    assert!(other.recover(journal, None).is_err());
    let bytes = fs::read(&moved).unwrap();
    versions::keep(&RealDisk, &place.data(), (now.id, &place.path()), &bytes, clock::now()).unwrap();
    let recovered = other.recover(journal, None).unwrap();
    assert_eq!((work(&recovered), recovered.path.clone(), recovered.told.len()), (now, None, 1));
}

#[test]
fn without_a_folder_of_data_nothing_is_kept_and_nothing_fails() {
    let place = Place::new();
    let mut keeper = Keeper::new(&RealDisk, None, "w1".into());
    keeper.keep(1, (&place.project, None), None, None, None).unwrap();
    assert_eq!(keeper.list(None), (Vec::new(), Vec::new()));
}
