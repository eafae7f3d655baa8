//! How far two people agree beyond what chance alone gives: Cohen's kappa.
//!
//! May use: std. Invariant: counts are whole numbers until the last division, so the same counts
//! give the same figure everywhere. Where both sorted everything into one category, chance alone
//! explains full agreement and kappa is not defined: nothing, never a number in its place.

/// How often two people put one thing into each pair of categories.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    size: usize,
    counts: Vec<u64>,
}

/// How far two people agree on some things.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Agreement {
    /// How many things both of them sorted.
    pub things: u64,
    /// How many they sorted alike.
    pub alike: u64,
    /// Cohen's kappa; nothing where it is not defined.
    pub kappa: Option<f64>,
}

impl Agreement {
    /// The part that they sorted alike, from 0 to 1; nothing where there was nothing to sort.
    pub fn observed(&self) -> Option<f64> {
        (self.things > 0).then(|| self.alike as f64 / self.things as f64)
    }

    /// Both figures in words: `94.1 %, kappa 0.71`.
    pub fn words(&self) -> String {
        let Some(observed) = self.observed() else { return "nothing to compare".into() };
        let kappa =
            self.kappa.map_or_else(|| "kappa not defined".to_owned(), |kappa| format!("kappa {kappa:.2}"));
        format!("{:.1} %, {kappa}", observed * 100.0)
    }
}

impl Table {
    /// An empty one of so many categories.
    pub fn new(size: usize) -> Self {
        Self { size, counts: vec![0; size * size] }
    }

    /// Counts one thing that the first sorted into one category and the second into another.
    pub fn add(&mut self, first: usize, second: usize) {
        if let Some(count) = self.counts.get_mut(first * self.size + second) {
            *count += 1;
        }
    }

    /// How far the two agree. With N things, d of them in the diagonal, and c the sum of row total
    /// times column total: kappa = (N d - c) / (N² - c), which is (Po - Pe) / (1 - Pe).
    pub fn agreement(&self) -> Agreement {
        let rows: Vec<&[u64]> = self.counts.chunks(self.size.max(1)).collect();
        let things: u64 = self.counts.iter().sum();
        let alike: u64 = rows.iter().enumerate().map(|(place, row)| row[place]).sum();
        let by_chance: u128 = rows
            .iter()
            .enumerate()
            .map(|(place, row)| {
                let column: u64 = rows.iter().map(|row| row[place]).sum();
                u128::from(row.iter().sum::<u64>()) * u128::from(column)
            })
            .sum();
        let most = u128::from(things) * u128::from(things);
        let kappa = (most > by_chance).then(|| {
            let over = (u128::from(things) * u128::from(alike)) as f64 - by_chance as f64;
            over / (most - by_chance) as f64
        });
        Agreement { things, alike, kappa }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn table<const N: usize>(rows: [[u64; N]; N]) -> Agreement {
        Table { size: N, counts: rows.concat() }.agreement()
    }

    #[track_caller]
    fn assert_about(found: Agreement, observed: f64, kappa: f64) {
        assert!((found.observed().unwrap() - observed).abs() < 5e-4, "{found:?}");
        assert!((found.kappa.unwrap() - kappa).abs() < 5e-4, "{found:?}");
    }

    /// J. Cohen, "Weighted kappa", Psychological Bulletin 70 (1968), table 1: two judges, 200 cases,
    /// personality disorder, neurosis, psychosis. Printed: Po = .70, kappa = .492. By hand: rows 120,
    /// 60, 20, columns 100, 60, 40, so c = 12000 + 3600 + 800 = 16400; d = 88 + 40 + 12 = 140;
    /// (200·140 - 16400) / (40000 - 16400) = 11600 / 23600.
    #[test]
    fn cohens_own_three_diagnoses() {
        let found = table([[88, 14, 18], [10, 40, 10], [2, 6, 12]]);
        assert_eq!((found.things, found.alike), (200, 140));
        assert_about(found, 0.70, 0.4915);
    }

    /// A. Feinstein, D. Cicchetti, "High agreement but low kappa: I. The problems of two paradoxes",
    /// Journal of Clinical Epidemiology 43 (1990): equal observed agreement of .85, kappa .70 and .32.
    /// By hand: (8500 - 5014) / (10000 - 5014) and (8500 - 7800) / (10000 - 7800).
    #[test]
    fn equal_agreement_with_other_totals_is_another_kappa() {
        assert_about(table([[40, 9], [6, 45]]), 0.85, 0.6992);
        assert_about(table([[80, 10], [5, 5]]), 0.85, 0.3182);
    }

    /// The examples of the article "Cohen's kappa" in the English Wikipedia: grants read by two
    /// readers (.40), and two tables of 100 with 60 alike (.1304 and .2593).
    #[test]
    fn the_examples_of_the_encyclopedia() {
        assert_about(table([[20, 5], [10, 15]]), 0.7, 0.4);
        assert_about(table([[45, 15], [25, 15]]), 0.6, 0.1304);
        assert_about(table([[25, 35], [5, 35]]), 0.6, 0.2593);
    }

    #[test]
    fn where_chance_explains_everything_there_is_no_kappa() {
        for found in [table([[0, 0], [0, 0]]), table([[7, 0], [0, 0]]), table([[0, 0], [0, 7]])] {
            assert_eq!(found.kappa, None);
        }
        assert_eq!(table([[0, 0], [0, 0]]).observed(), None);
        assert_eq!(table([[7, 0], [0, 0]]).observed(), Some(1.0));
        // Complete disagreement is defined.
        assert_about(table([[0, 5], [5, 0]]), 0.0, -1.0);
        assert_about(table([[0, 5], [0, 0]]), 0.0, 0.0);
        // Numbers that would not fit into 64 bits when multiplied.
        let large = u64::MAX / 8;
        assert_about(table([[large, 0], [0, large]]), 1.0, 1.0);
    }

    proptest! {
        #[test]
        fn kappa_is_that_of_the_textbook_and_the_same_from_both_sides(counts in prop::array::uniform9(0u64..50)) {
            let [a, b, c, d, e, f, g, h, i] = counts;
            let found = table([[a, b, c], [d, e, f], [g, h, i]]);
            prop_assert_eq!(found, table([[a, d, g], [b, e, h], [c, f, i]]));
            if let Some(kappa) = found.kappa {
                let n = found.things as f64;
                let (po, pe) = (
                    (a + e + i) as f64 / n,
                    [(a + b + c, a + d + g), (d + e + f, b + e + h), (g + h + i, c + f + i)]
                        .map(|(row, column)| row as f64 / n * column as f64 / n).iter().sum::<f64>(),
                );
                prop_assert!((kappa - (po - pe) / (1.0 - pe)).abs() < 1e-9);
                prop_assert!((-1.0 - 1e-9..=1.0).contains(&kappa));
            }
        }
    }
}
