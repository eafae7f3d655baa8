//! Tests of saving projects and their previous versions. Numbers are those of the catalogue (S25 …).

use std::fs;
use std::path::PathBuf;

use jiff::Timestamp;

use super::super::RealDisk;
use super::super::fault_disk::{FaultDisk, When};
use super::*;
use crate::domain::Kind;
use crate::formats::samples;

const EIO: i32 = 5;

struct Place {
    dir: tempfile::TempDir,
    project: Project,
}

impl Place {
    fn new() -> Self {
        let project = samples::project("The council approved the tunnel.", &mut samples::stamp());
        Self { dir: tempfile::tempdir().unwrap(), project }
    }

    fn path(&self) -> PathBuf {
        self.dir.path().join("story.ron")
    }

    fn data(&self) -> PathBuf {
        self.dir.path().join("data")
    }

    fn bytes(&self) -> Vec<u8> {
        fs::read(self.path()).unwrap()
    }

    /// The project with one more mark.
    fn with(&self, words: &str) -> Project {
        let mut project = self.project.clone();
        samples::mark(&mut project, Kind::Claim, words, Vec::new(), &mut samples::stamp());
        project
    }

    fn write(&self, disk: &dyn Disk, project: &Project, known: Option<&str>) -> Outcome {
        let order = Order {
            data: Some(&self.data()),
            path: self.path(),
            purpose: Purpose::Save,
            state: 1,
            replace: true,
            known: known.map(str::to_owned),
            allow: Allow::default(),
            given_up: &AtomicBool::new(false),
        };
        write(disk, order, &Content::Project(project.clone().into()))
    }

    /// Saves and gives what was written.
    fn save(&self, project: &Project, known: Option<&str>) -> Written {
        match self.write(&RealDisk, project, known) {
            Outcome::Wrote { result: Ok(written), .. } => written,
            other => panic!("{other:?}"),
        }
    }

    /// The contents of the previous versions, the newest first.
    fn versions(&self) -> Vec<Vec<u8>> {
        let all = versions::list(&self.data(), self.project.id, &self.path());
        all.iter().map(|version| fs::read(&version.file).unwrap()).collect()
    }
}

fn is_changed(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Changed { .. })
}

// S25
#[test]
fn a_file_that_somebody_else_changed_is_not_written_over() {
    let place = Place::new();
    let first = place.save(&place.project, None);
    assert_eq!(first.sha256, hash(&place.bytes()));
    fs::write(place.path(), "theirs, and longer").unwrap();
    assert!(is_changed(&place.write(&RealDisk, &place.with("council"), Some(&first.sha256))));
    assert_eq!(place.bytes(), b"theirs, and longer");
    let names: Vec<_> = fs::read_dir(place.dir.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert!(names.iter().all(|name| !name.to_string_lossy().ends_with(".tmp")), "{names:?}");
    // Who says "keep mine" gets it, and theirs is kept.
    let mine = place.save(&place.with("council"), None);
    assert_eq!(mine.sha256, hash(&place.bytes()));
    assert_eq!(place.versions()[0], b"theirs, and longer");
}

// S26
#[test]
fn a_change_of_the_same_size_and_time_is_seen() {
    let place = Place::new();
    let first = place.save(&place.project, None);
    let time = fs::metadata(place.path()).unwrap().modified().unwrap();
    let mut theirs = place.bytes();
    let at = theirs.iter().position(|byte| *byte == b'T').unwrap();
    theirs[at] = b't';
    fs::write(place.path(), &theirs).unwrap();
    fs::File::options().write(true).open(place.path()).unwrap().set_modified(time).unwrap();
    assert!(is_changed(&place.write(&RealDisk, &place.with("council"), Some(&first.sha256))));
    assert_eq!(place.bytes(), theirs);
    let look = look(place.path(), first.sha256.clone());
    assert_eq!(
        look,
        Some(Outcome::Looked { path: place.path(), known: first.sha256, found: Some(hash(&theirs)) })
    );
}

// S27
#[test]
fn a_change_while_the_new_version_is_written_is_seen() {
    let place = Place::new();
    let first = place.save(&place.project, None);
    let mut disk = FaultDisk::new(When::Never, EIO);
    let path = place.path();
    disk.before = Some(("create_new", Box::new(move || fs::write(&path, "theirs").unwrap())));
    assert!(is_changed(&place.write(&disk, &place.with("council"), Some(&first.sha256))));
    assert_eq!(place.bytes(), b"theirs");
    // Where the person has said that mine is to stay, both are kept.
    let place = Place::new();
    place.save(&place.project, None);
    let mut disk = FaultDisk::new(When::Never, EIO);
    let path = place.path();
    disk.before = Some(("create_new", Box::new(move || fs::write(&path, "theirs").unwrap())));
    assert!(matches!(place.write(&disk, &place.with("council"), None), Outcome::Wrote { result: Ok(_), .. }));
    assert!(place.versions().contains(&b"theirs".to_vec()));
}

// S28
#[test]
fn a_file_that_is_gone_is_written_again_and_that_is_told() {
    let place = Place::new();
    let first = place.save(&place.project, None);
    fs::remove_file(place.path()).unwrap();
    let look = look(place.path(), first.sha256.clone());
    assert!(matches!(look, Some(Outcome::Looked { found: None, .. })));
    let again = place.save(&place.with("council"), Some(&first.sha256));
    assert!(again.left_out[0].contains("not there any more"), "{:?}", again.left_out);
    assert_eq!(hash(&place.bytes()), again.sha256);
}

// S39
#[test]
fn what_does_not_read_back_never_touches_the_disk() {
    let place = Place::new();
    place.save(&place.project, None);
    let before = place.bytes();
    let good = formats::ron::write(&place.project);
    let other = formats::ron::write(&place.with("council"));
    let disk = FaultDisk::new(When::Never, EIO);
    let job = project::Job {
        data: None,
        path: &place.path(),
        replace: true,
        known: None,
        allow: Allow::default(),
        given_up: &AtomicBool::new(false),
    };
    for bad in ["", &good[..good.len() / 2], &other, &good.replacen("The council", "A council", 1)] {
        assert!(
            matches!(project::put_text(&disk, &job, &place.project, bad), Err(Refused::Unlike(_))),
            "{bad}"
        );
    }
    let problem = unlike(&place.path());
    assert!(problem.what.contains("unchanged") && !problem.hint.is_empty());
    assert_eq!((disk.count(), place.bytes()), (0, before));
}

// S31
#[test]
fn twenty_versions_stay_in_the_order_of_saving_whatever_the_clock_says() {
    let place = Place::new();
    let (data, path) = (place.data(), place.path());
    let times = ["1970-01-01T00:00:00Z", "2099-12-31T23:59:59Z", "2026-11-24T09:00:00Z"];
    for n in 0..50 {
        let now: Timestamp = times[n % 3].parse().unwrap();
        let bytes = format!("version {n}");
        for _ in 0..2 {
            versions::keep(&RealDisk, &data, (place.project.id, &path), bytes.as_bytes(), now).unwrap();
        }
    }
    let expected: Vec<Vec<u8>> = (30..50).rev().map(|n| format!("version {n}").into_bytes()).collect();
    assert_eq!(place.versions(), expected);
    assert_eq!(versions::GENERATIONS, 20);
}

// S37
#[test]
fn projects_of_one_name_in_two_folders_have_versions_of_their_own() {
    let (a, b) = (Place::new(), Place::new());
    let (data, now) = (a.data(), Timestamp::UNIX_EPOCH);
    versions::keep(&RealDisk, &data, (a.project.id, &a.path()), b"of a", now).unwrap();
    let other = Project { id: samples::stamp().fresh(), ..b.project.clone() };
    versions::keep(&RealDisk, &data, (other.id, &b.path()), b"of b", now).unwrap();
    let read = |id, path: &Path| -> Vec<Vec<u8>> {
        versions::list(&data, id, path).iter().map(|v| fs::read(&v.file).unwrap()).collect()
    };
    assert_eq!(read(a.project.id, &a.path()), [b"of a"]);
    assert_eq!(read(other.id, &b.path()), [b"of b"]);
    // The same project under another path: found by its id, after those of that path.
    versions::keep(&RealDisk, &data, (a.project.id, &b.path()), b"moved", now).unwrap();
    assert_eq!(read(a.project.id, &b.path()), [&b"moved"[..], b"of a"]);
    assert_eq!(versions::find(&data, a.project.id, &b.path(), &hash(b"of a")), Some(b"of a".to_vec()));
}

// S03 for a save with a previous version: whatever fails, the file is the old or the new one.
#[test]
fn an_error_at_any_step_keeps_the_file_whole_and_is_told() {
    for n in 1..40 {
        let place = Place::new();
        let first = place.save(&place.project, None);
        let old = place.bytes();
        let disk = FaultDisk::new(When::Once(n), EIO);
        let new = place.with("council");
        match place.write(&disk, &new, Some(&first.sha256)) {
            Outcome::Wrote { result: Ok(_), .. } => {
                assert_eq!(place.bytes(), formats::ron::write(&new).into_bytes())
            }
            Outcome::Wrote { result: Err(problem), .. } => {
                assert_eq!(place.bytes(), old);
                assert!(problem.what.contains("story.ron") && !problem.hint.is_empty(), "{problem:?}");
            }
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn a_version_is_kept_of_what_was_opened_and_only_while_it_is_still_that() {
    let place = Place::new();
    let first = place.save(&place.project, None);
    assert!(place.versions().is_empty());
    assert_eq!(secure(&RealDisk, &place.data(), &place.path(), place.project.id, &first.sha256), None);
    assert_eq!(secure(&RealDisk, &place.data(), &place.path(), place.project.id, "00"), None);
    assert_eq!(place.versions(), [place.bytes()]);
    let kept = preserve(&RealDisk, Some(&place.data()), place.path(), &place.with("council"));
    assert_eq!(kept, Outcome::Preserved(place.path(), Ok(())));
    let not = preserve(&RealDisk, None, place.path(), &place.project);
    assert!(matches!(not, Outcome::Preserved(_, Err(_))));
    let newest = &versions::list(&place.data(), place.project.id, &place.path())[0];
    assert!(newest.what.starts_with("1 annotation, "), "{}", newest.what);
    assert_eq!(*versions::open(&newest.file).unwrap(), place.with("council"));
}

// E17
#[test]
fn a_stopped_export_leaves_no_file_and_a_finished_one_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let project = crate::formats::samples::every_state();
    for format in formats::exports() {
        let path = folder.path().join(format!("out.{}", format.extension));
        let job = ExportJob::default();
        let purpose = Purpose::Export(format.name, Include::All);
        let content = Content::Export(Box::new(project.clone()), format.name, Include::All, job.clone());
        let given_up = AtomicBool::new(false);
        let order = || Order {
            data: None,
            path: path.clone(),
            purpose,
            state: 1,
            replace: true,
            known: None,
            allow: Allow::default(),
            given_up: &given_up,
        };
        job.stop();
        assert_eq!(write(&RealDisk, order(), &content), Outcome::Stopped(path.clone()), "{}", format.name);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "{}", format.name);
        let content =
            Content::Export(Box::new(project.clone()), format.name, Include::All, ExportJob::default());
        let Outcome::Wrote { result: Ok(written), .. } = write(&RealDisk, order(), &content) else {
            panic!()
        };
        assert_eq!(written.left_out, formats::leaves_out(&project, format, Include::All));
        assert!(std::fs::read(&path).unwrap() == formats::bytes(format, &project, Include::All));
        // Some exports are several files.
        for file in std::fs::read_dir(folder.path()).unwrap() {
            std::fs::remove_file(file.unwrap().path()).unwrap();
        }
    }
}
