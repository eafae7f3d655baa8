//! Well-known sorts of scale to rate claims on, to begin a house's own from.
//!
//! May use: the rest of `domain`. Invariant: no two ratings of a scale have the same label; a scale
//! goes from the best rating to the worst, what lies beside it comes last.

use super::annotation::{Number, Verdict};
use super::project::Rating;

/// A scale that can be taken over and altered.
#[derive(Clone, Copy, Debug)]
pub struct Preset {
    /// What it is called.
    pub name: &'static str,
    /// Each rating: label, number, meaning.
    ratings: &'static [(&'static str, Option<i32>, &'static str)],
}

/// Every preset.
pub static PRESETS: &[Preset] = &[
    Preset {
        name: "Five steps from true to false",
        ratings: &[
            ("True", Some(5), "Accurate, and nothing important is missing"),
            ("Mostly true", Some(4), "Accurate but for a detail, or in need of an explanation"),
            ("Half true", Some(3), "One part holds and another does not"),
            ("Mostly false", Some(2), "There is something in it, but it gives a wrong picture"),
            ("False", Some(1), "What is known contradicts it"),
        ],
    },
    Preset {
        name: "Three steps",
        ratings: &[
            ("Correct", Some(3), "The words hold"),
            ("Partly correct", Some(2), "Some of it holds, or it needs context"),
            ("Incorrect", Some(1), "The words do not hold"),
        ],
    },
    Preset {
        name: "Numbers 5 to 1",
        ratings: &[
            ("5", Some(5), "Fully right"),
            ("4", Some(4), "Right in the main"),
            ("3", Some(3), "Right and wrong in equal parts"),
            ("2", Some(2), "Wrong in the main"),
            ("1", Some(1), "Wrong altogether"),
        ],
    },
    Preset {
        name: "What is wrong with it",
        ratings: &[
            ("Accurate", None, "Nothing is"),
            ("Lacks context", None, "Right in its words, and it still misleads without more"),
            ("Exaggerated", None, "There is a true core, made bigger than it is"),
            ("Out of date", None, "It held once"),
            ("False", None, "What is known contradicts it"),
            ("Made up", None, "Somebody invented it, or altered a picture or a document"),
            ("Satire", None, "It was never meant to be believed"),
        ],
    },
    Preset {
        name: "What the evidence says",
        ratings: &[
            ("Supported", None, "Good evidence shows it"),
            ("Mixed evidence", None, "Good evidence stands on both sides"),
            ("Unproven", None, "There is too little evidence either way"),
            ("Contradicted", None, "Good evidence speaks against it"),
        ],
    },
];

impl Preset {
    /// Its ratings.
    pub fn scale(self) -> Vec<Rating> {
        let rating = |(label, number, meaning): &(&str, Option<i32>, &str)| Rating {
            label: (*label).to_owned(),
            number: number.map(|number| Number(number.into())),
            meaning: (*meaning).to_owned(),
        };
        self.ratings.iter().map(rating).collect()
    }
}

impl Rating {
    /// The verdict that choosing it gives.
    pub fn verdict(&self) -> Verdict {
        Verdict { label: self.label.clone(), number: self.number }
    }
}

impl Verdict {
    /// In words: `Mostly true (4)`, and `5` where number and label are the same.
    pub fn words(&self) -> String {
        match self.number {
            Some(number) if number.0.to_string() != self.label => format!("{} ({})", self.label, number.0),
            _ => self.label.clone(),
        }
    }
}

/// A scale without what is blank, and without a second rating of a label.
pub fn tidied(scale: Vec<Rating>) -> Vec<Rating> {
    let mut kept: Vec<Rating> = Vec::new();
    for rating in scale {
        let label = rating.label.split_whitespace().collect::<Vec<_>>().join(" ");
        if !label.is_empty() && kept.iter().all(|known| known.label != label) {
            let number = rating.number.filter(|number| number.0.is_finite());
            kept.push(Rating { label, number, meaning: rating.meaning.trim().to_owned() });
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn presets_are_tidy_and_of_different_names() {
        for (place, preset) in PRESETS.iter().enumerate() {
            let scale = preset.scale();
            assert!((3..=9).contains(&scale.len()), "each rating has a digit");
            assert_eq!(tidied(scale.clone()), scale);
            assert!(scale.iter().all(|rating| !rating.meaning.is_empty() && !rating.meaning.ends_with('.')));
            assert!(PRESETS[..place].iter().all(|other| other.name != preset.name));
        }
    }

    #[test]
    fn a_scale_is_tidied_and_a_verdict_reads_well() {
        let rating = |label: &str, number: f64| Rating {
            label: label.into(),
            number: Some(Number(number)),
            meaning: String::new(),
        };
        let tidy = tidied(vec![rating(" half  true ", 3.0), rating("", 2.0), rating("half true", f64::NAN)]);
        assert_eq!(tidy, [rating("half true", 3.0)]);
        assert_eq!(tidy[0].verdict().words(), "half true (3)");
        assert_eq!(rating("5", 5.0).verdict().words(), "5");
    }
}
