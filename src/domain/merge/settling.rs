//! Deciding between what people made of the same words.
//!
//! May use: the rest of `domain`. Invariant: a decision is an entry of the text's log that names what it
//! settles, and one step of undo; letters that stay keep their marks.

use super::Disagreement;
use crate::domain::Project;
use crate::domain::article::Edit;
use crate::domain::change::{Stale, Transaction};
use crate::domain::id::Id;
use crate::domain::log::Stamp;

/// How a disagreement about the text ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// The text stays as it reads now.
    AsItIs,
    /// What one person made of it: the entry of the variant.
    Take(Id),
    /// Other words.
    Words(String),
}

impl Project {
    /// Decides a disagreement about the text.
    ///
    /// # Errors
    /// Where the text is not that of the disagreement any more, or the variant is none of it.
    pub fn decide_text(
        &self,
        open: &Disagreement,
        decision: &Decision,
        stamp: &mut Stamp,
    ) -> Result<Transaction, Stale> {
        let edits = match decision {
            Decision::AsItIs => Vec::new(),
            Decision::Take(entry) => {
                open.variants.iter().find(|variant| variant.entry == *entry).ok_or(Stale)?.edits.clone()
            }
            Decision::Words(words) => {
                let now = self.article.text.as_str().get(open.at.range()).ok_or(Stale)?;
                let mut edit = Edit::between(now, words);
                edit.at += open.at.start;
                if edit.is_empty() { Vec::new() } else { vec![edit] }
            }
        };
        let mut article = self.article.edited(edits.clone(), stamp).ok_or(Stale)?;
        if let Some(entry) = article.log.last_mut() {
            entry.settles = open.touching.clone();
        }
        article.disputed = article.disagreements().into_iter().map(|open| open.at).collect();
        let mut step = self.follow_edits(article, &edits, |_, _, _| false, stamp);
        step.label = "decide between two wordings".into();
        Ok(step)
    }
}
