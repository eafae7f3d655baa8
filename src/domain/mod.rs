//! What a project is: the pure core. Knows no window, no disk and no clock; time and ids come in
//! as arguments. May use: std, serde, sha2, unicode-segmentation, regex, similar, thiserror and jiff's timestamp type.
//!
//! Reading order: [`text`] and [`id`], then [`log`] (records, entries, union), [`annotation`],
//! [`article`], [`project`], and what changes them: [`change`], [`mapping`], `compensation`, [`history`]; of the
//! text [`patch`], [`session`], [`wording`] and [`template`]. The newsroom's rules are in [`rules`], the
//! language of the list's filter in [`query`], its orders in [`order`]. Looking at the whole text is [`find`],
//! [`notes`], [`invisible`] and [`coverage`], in steps: [`study`].

pub mod adoption;
pub mod agreement;
pub mod annotation;
pub mod article;
pub mod attribution;
pub mod change;
pub mod clash;
pub mod compare;
mod compensation;
pub mod coverage;
pub mod differences;
pub mod facts;
pub mod find;
#[cfg(test)]
mod find_tests;
pub mod history;
pub mod id;
pub mod invisible;
pub mod log;
pub mod mapping;
pub mod merge;
pub mod notes;
pub mod occurrences;
pub mod order;
pub mod patch;
pub mod place;
pub mod places;
pub mod project;
pub mod query;
mod record;
pub mod redaction;
pub mod redraft;
pub mod rules;
pub mod scale;
pub mod session;
pub mod status;
pub mod study;
pub mod template;
mod template_words;
pub mod text;
pub mod wording;

pub use annotation::Annotation;
pub use article::Article;
pub use change::{Change, Transaction};
pub use history::History;
pub use id::Id;
pub use log::Stamp;
pub use project::Project;
pub use status::{Kind, Status};
pub use text::{Span, Text};
