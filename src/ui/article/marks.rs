//! The marks of a line: which lane each one's rule runs in.
//!
//! May use: the domain. Invariant: marks that overlap have different lanes, so that every rule stays
//! visible; a mark keeps its lane on all rows of its line. Known limit: six lanes; whatever lies
//! deeper is counted beside the row.

pub use crate::domain::places::Mark;

/// So many rules run under each other.
pub const LANES: usize = 6;

/// The lanes of a line's marks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lanes {
    /// For each mark its lane, nothing for those too deep.
    pub of: Vec<Option<u8>>,
    /// How many lanes are used.
    pub count: usize,
}

/// Gives each mark the first lane that is free where it begins. Marks come sorted by their start,
/// the longest first.
pub fn lanes(marks: &[Mark]) -> Lanes {
    let mut ends = [0; LANES];
    let mut count = 0;
    let of = marks
        .iter()
        .map(|mark| {
            let lane = ends.iter().position(|end| *end <= mark.span.start)?;
            ends[lane] = mark.span.end;
            count = count.max(lane + 1);
            Some(lane as u8)
        })
        .collect();
    Lanes { of, count }
}

#[cfg(test)]
use crate::domain::{Id, Kind, Span, Status};

/// A mark for a test.
#[cfg(test)]
pub fn mark(id: u128, start: usize, end: usize, kind: Kind, status: Status) -> Mark {
    Mark { annotation: Id::from_bits(id), span: Span::new(start, end), kind, status, check_again: false }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn plain(spans: &[(usize, usize)]) -> Vec<Mark> {
        let marks = spans.iter().zip(1..);
        let mut marks: Vec<_> =
            marks.map(|((a, b), id)| mark(id, *a, *b, Kind::Claim, Status::Unchecked)).collect();
        marks.sort_by_key(|mark| (mark.span.start, u32::MAX - mark.span.end));
        marks
    }

    #[test]
    fn the_outer_rule_is_the_upper_one_and_lanes_are_used_again() {
        let marks = plain(&[(0, 100), (10, 20), (12, 15), (30, 40), (100, 120)]);
        assert_eq!(lanes(&marks).of, [0, 1, 2, 1, 0].map(Some));
        assert_eq!(lanes(&marks).count, 3);
        assert_eq!(lanes(&[]), Lanes::default());
    }

    #[test]
    fn the_seventh_has_no_lane() {
        let marks = plain(&[(0, 90), (1, 80), (2, 70), (3, 60), (4, 50), (5, 40), (6, 30), (95, 99)]);
        let lanes = lanes(&marks);
        assert_eq!(lanes.count, LANES);
        assert_eq!(lanes.of[6..], [None, Some(0)]);
    }

    proptest! {
        #[test]
        fn overlapping_marks_never_share_a_lane(spans in prop::collection::vec((0usize..60, 1usize..30), 0..40)) {
            let spans: Vec<_> = spans.into_iter().map(|(start, len)| (start, start + len)).collect();
            let marks = plain(&spans);
            let lanes = lanes(&marks);
            for (i, a) in marks.iter().enumerate() {
                for (j, b) in marks.iter().enumerate().skip(i + 1) {
                    let (one, other) = (lanes.of[i], lanes.of[j]);
                    prop_assert!(!a.span.overlaps(b.span) || one.is_none() || one != other);
                }
            }
        }
    }
}
