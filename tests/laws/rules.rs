//! The newsroom's rules as a truth table over everything that they look at, written again from
//! PRODUCT.md's words.

use proofmark::domain::annotation::{AnnotationSpan, AnnotationValue, Place, Prose, Resolution, SpanValue};
use proofmark::domain::log::{self, Head};
use proofmark::domain::rules::{Include, Open, is_verified, open_matters};
use proofmark::domain::{Annotation, Id, Kind, Span, Status, Text};

use crate::notation::stamp;

/// One row of the table.
#[derive(Clone, Copy, Debug)]
struct Case {
    kind: Kind,
    status: Status,
    resolution: Resolution,
    /// Nothing, other words than the article's, or just the article's.
    wording: &'static str,
    reason: &'static str,
    check_again: bool,
    orphan: bool,
    conflict: bool,
    confidential: bool,
}

fn cases() -> Vec<Case> {
    let mut all = Vec::new();
    let flags = [false, true];
    for kind in Kind::ALL {
        for status in Status::ALL {
            for resolution in [Resolution::Open, Resolution::Accepted, Resolution::Rejected] {
                for wording in [" \n", "other words", "mayor"] {
                    for reason in ["", " ", "no archive"] {
                        for bits in 0..16usize {
                            let flag = |bit: usize| flags[bits >> bit & 1];
                            let (check_again, orphan) = (flag(0), flag(1));
                            let (conflict, confidential) = (flag(2), flag(3));
                            all.push(Case {
                                kind,
                                status,
                                resolution,
                                wording,
                                reason,
                                check_again,
                                orphan,
                                conflict,
                                confidential,
                            });
                        }
                    }
                }
            }
        }
    }
    all
}

fn annotation(case: Case) -> Annotation {
    let mut stamp = stamp(1);
    let text = Text::new("The mayor said");
    let mut annotation = Annotation::create(&mut stamp, case.kind);
    let place = Place::of(&text, Id::default(), Span::new(4, 9));
    annotation.spans.push(AnnotationSpan::create(&mut stamp, place));
    if case.orphan {
        let place = Place::of(&text, Id::default(), Span::new(10, 14)).orphaned(&text, Id::default());
        annotation.spans.push(AnnotationSpan::create(&mut stamp, place));
    }
    for value in [
        AnnotationValue::Status(case.status),
        AnnotationValue::Resolution(case.resolution),
        AnnotationValue::ProposedWording(Prose(case.wording.into())),
        AnnotationValue::Reason(Prose(case.reason.into())),
        AnnotationValue::CheckAgain(case.check_again.then(|| "why".into())),
        AnnotationValue::Confidential(case.confidential),
    ] {
        log::set(&mut annotation, value, &mut stamp);
    }
    if case.conflict {
        let heads =
            ["a", "b"].map(|note| Head { entry: Id::default(), value: AnnotationValue::Note(note.into()) });
        annotation.conflicts.extend(heads);
    }
    annotation
}

#[test]
fn the_verified_list_holds_what_product_says() {
    for case in cases() {
        let annotation = annotation(case);
        let stands_against = case.check_again || case.orphan || case.conflict;
        let corrected = case.resolution == Resolution::Accepted && !case.wording.trim().is_empty();
        let holds = case.status == Status::Verified || (case.status == Status::NeedsCorrection && corrected);
        let verified = matches!(case.kind, Kind::Claim | Kind::Quote) && holds && !stands_against;
        assert_eq!(is_verified(&annotation), verified, "{case:?}");
        let listed = |include: Include| include.holds(&annotation);
        assert_eq!(listed(Include::Verified), verified && !case.confidential, "{case:?}");
        let checked = (4..=8).contains(&case.status.key()) && !stands_against;
        assert_eq!(listed(Include::Checked), checked && !case.confidential, "{case:?}");
        assert_eq!(listed(Include::All), !case.confidential, "{case:?}");
    }
}

#[test]
fn what_is_open_is_what_product_says() {
    for case in cases() {
        let open = open_matters(&annotation(case));
        let correcting = case.status == Status::NeedsCorrection;
        let worded = !case.wording.trim().is_empty();
        let accepted = case.resolution == Resolution::Accepted;
        let expected = [
            (case.status.key() <= 3, Open::Status(case.status)),
            (correcting && (case.resolution == Resolution::Open || (accepted && !worded)), Open::Correction),
            (correcting && accepted && worded && case.wording != "mayor", Open::NotInText),
            (case.status == Status::Unverifiable && case.reason.trim().is_empty(), Open::NoReason),
            (case.check_again, Open::CheckAgain),
            (case.orphan, Open::Orphan),
            (case.conflict, Open::Conflict),
        ];
        for (is_open, matter) in expected {
            assert_eq!(open.contains(&matter), is_open, "{matter:?} of {case:?}");
        }
        assert_eq!(open.len(), expected.iter().filter(|(is_open, _)| *is_open).count());
        assert!(open.iter().all(|matter| !matter.words().is_empty()));
    }
}

#[test]
fn an_annotation_without_a_place_is_open_and_in_no_verified_list() {
    let mut stamp = stamp(1);
    let text = Text::new("The mayor said");
    let mut annotation = Annotation::create(&mut stamp, Kind::Claim);
    log::set(&mut annotation, AnnotationValue::Status(Status::Verified), &mut stamp);
    assert_eq!((open_matters(&annotation), is_verified(&annotation)), (vec![Open::Orphan], false));
    let place = Place::of(&text, Id::default(), Span::new(4, 9));
    annotation.spans.push(AnnotationSpan::create(&mut stamp, place));
    assert_eq!((open_matters(&annotation), is_verified(&annotation)), (vec![], true));
    // A removed span does not count, be it an orphan or not.
    let lost = annotation.spans[0].place.orphaned(&text, Id::default());
    let mut removed = AnnotationSpan::create(&mut stamp, lost);
    log::set(&mut removed, SpanValue::Removed(true), &mut stamp);
    annotation.spans.push(removed);
    assert_eq!((open_matters(&annotation), is_verified(&annotation)), (vec![], true));
    log::set(&mut annotation.spans[0], SpanValue::Removed(true), &mut stamp);
    assert_eq!((open_matters(&annotation), is_verified(&annotation)), (vec![Open::Orphan], false));
}
