//! How high each piece of the article is, and where each begins.
//!
//! May use: std. Invariant: [`Heights::before`] is the sum of the heights of all earlier pieces, in
//! `f64`, so that a position in ten megabytes of text is exact to far less than a pixel. Heights are
//! estimates until they are measured. Known limit: built for one width and size of type; another
//! width means new estimates for all.

/// A Fenwick tree of heights.
#[derive(Clone, Debug, Default)]
pub struct Heights {
    /// Node `i` (from 1) holds the sum of the `i & -i` heights up to and including `i`.
    tree: Vec<f64>,
    each: Vec<f64>,
}

impl Heights {
    /// A tree of the given heights, in linear time.
    pub fn new(each: Vec<f64>) -> Self {
        let mut tree = vec![0.0; each.len() + 1];
        for i in 1..tree.len() {
            tree[i] += each[i - 1];
            let parent = i + (i & i.wrapping_neg());
            if parent < tree.len() {
                tree[parent] += tree[i];
            }
        }
        Self { tree, each }
    }

    /// The height of each piece.
    pub fn each(&self) -> &[f64] {
        &self.each
    }

    /// Number of pieces.
    #[cfg(test)]
    pub fn len(&self) -> usize {
        self.each.len()
    }

    /// The height of one piece, nothing for one that does not exist.
    pub fn get(&self, piece: usize) -> f64 {
        self.each.get(piece).copied().unwrap_or_default()
    }

    /// Replaces one height.
    pub fn set(&mut self, piece: usize, height: f64) {
        let Some(old) = self.each.get_mut(piece) else { return };
        let change = height - *old;
        if change == 0.0 {
            return;
        }
        *old = height;
        let mut i = piece + 1;
        while i < self.tree.len() {
            self.tree[i] += change;
            i += i & i.wrapping_neg();
        }
    }

    /// The sum of all heights before a piece.
    pub fn before(&self, piece: usize) -> f64 {
        let mut i = piece.min(self.each.len());
        let mut sum = 0.0;
        while i > 0 {
            sum += self.tree[i];
            i -= i & i.wrapping_neg();
        }
        sum
    }

    /// The sum of all heights.
    pub fn total(&self) -> f64 {
        self.before(self.each.len())
    }

    /// The piece that covers a position, the first or the last for positions outside.
    pub fn at(&self, position: f64) -> usize {
        let mut rest = position;
        let mut found = 0;
        let mut step = self.tree.len().next_power_of_two() / 2;
        while step > 0 {
            let next = found + step;
            if next < self.tree.len() && self.tree[next] <= rest {
                rest -= self.tree[next];
                found = next;
            }
            step /= 2;
        }
        found.min(self.each.len().saturating_sub(1))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn sums_and_places_agree_with_adding_up(
            start in prop::collection::vec(0u32..200, 1..120),
            changes in prop::collection::vec((0usize..140, 0u32..400), 0..60),
            places in prop::collection::vec(-10i32..20_000, 1..20),
        ) {
            let mut naive: Vec<f64> = start.iter().map(|h| f64::from(*h)).collect();
            let mut heights = Heights::new(naive.clone());
            for (piece, height) in changes {
                heights.set(piece, f64::from(height));
                if let Some(place) = naive.get_mut(piece) {
                    *place = f64::from(height);
                }
            }
            for piece in 0..=naive.len() {
                prop_assert_eq!(heights.before(piece), naive[..piece].iter().sum::<f64>());
            }
            prop_assert_eq!(heights.total(), naive.iter().sum::<f64>());
            for place in places {
                let place = f64::from(place);
                let mut top = 0.0;
                let mut expected = naive.len() - 1;
                for (piece, height) in naive.iter().enumerate() {
                    if place < top + height {
                        expected = piece;
                        break;
                    }
                    top += height;
                }
                prop_assert_eq!(heights.at(place), expected);
            }
        }
    }
}
