//! Tests of a lane: mistakes, and disks that never answer (U13).

use std::time::Duration;

use super::*;

fn way(back: Sender<Outcome>, gate: Gate) -> Way {
    Way { back, wake: Arc::new(|| {}), gate }
}

#[test]
fn a_mistake_in_one_effect_is_answered_and_the_next_one_is_done() {
    let (back, outcomes) = channel();
    let mut lane = Lane::new("test", &way(back, Gate::open()), |_| {
        |effect| match effect {
            Effect::Read(path) if path.ends_with("good.ron") => Some(Outcome::Told("read".into())),
            _ => panic!("a mistake"),
        }
    });
    lane.start(Effect::Read("bad.ron".into()));
    lane.start(Effect::Read("good.ron".into()));
    lane.close(Instant::now() + Duration::from_secs(60));
    let found: Vec<_> = outcomes.try_iter().collect();
    let [Outcome::Read(path, Err(problem)), Outcome::Told(_)] = &found[..] else { panic!("{found:?}") };
    assert!(path.ends_with("bad.ron") && problem.what.contains("mistake") && !problem.hint.is_empty());
    assert!(!lane.is_busy());
}

// U13
#[test]
fn a_lane_that_hangs_is_given_up_and_says_and_begins_nothing_more() {
    let (back, outcomes) = channel();
    let (open, gate) = channel::<()>();
    let (began, begins) = channel::<()>();
    let gate = std::sync::Mutex::new(gate);
    let gate = Gate::new(move |_| {
        let _ = began.send(());
        let _ = gate.lock().expect("a gate").recv();
    });
    let (done, performed) = channel();
    let mut lane = Lane::new("test", &way(back, gate), |_| {
        move |_| {
            let _ = done.send(());
            Some(Outcome::Told("done".into()))
        }
    });
    lane.start(Effect::Read("a.ron".into()));
    lane.start(Effect::Read("b.ron".into()));
    begins.recv_timeout(Duration::from_secs(60)).expect("it begins");
    assert!(lane.is_busy());
    lane.give_up();
    open.send(()).expect("it waits still");
    drop(open);
    lane.close(Instant::now() + Duration::from_secs(60));
    assert_eq!(performed.try_iter().count(), 0);
    assert_eq!(outcomes.try_iter().count(), 0);
}
