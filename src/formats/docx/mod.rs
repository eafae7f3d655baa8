//! The two papers that newsrooms hand over, for Word.
//!
//! `checking` is the copy with all the work: the article, every mark a comment. `checked` is the
//! one for the editor: nothing but the proposed corrections, as tracked changes. Written by hand
//! into an archive (`package`). May use: domain, zip, similar. Invariants: the words of the article
//! are all there, in order; every text is escaped; the same project gives the same bytes.
//! Known limit: blank lines of the article are the space between its paragraphs.

mod checked;
mod checking;
mod package;

pub use checked::EXPORT as CHECKED;
pub use checking::EXPORT as CHECKING;

use crate::domain::Project;

/// The style of the paragraph that a line is: the first one is the title, where it reads so.
fn style(project: &Project, line: usize) -> &'static str {
    let text = &project.article.text;
    let is_first = text.paragraph_of_line(line) == Some(1);
    let words = text.slice(text.line(line)).trim();
    if is_first && !words.is_empty() && words == project.about.title.trim() { "Title" } else { "" }
}
