//! What a project is: the pure core. Knows no window, no disk and no clock; time and ids come in
//! as arguments. May use: std, serde, unicode-segmentation, thiserror and jiff's timestamp type.
//!
//! Reading order: [`text`] and [`id`], then [`log`] (records, entries, union), [`annotation`],
//! [`article`], [`project`], and what changes them: [`change`], [`mapping`], `compensation`, [`history`]. The
//! newsroom's rules are in [`rules`].

pub mod annotation;
pub mod article;
pub mod attribution;
pub mod change;
mod compensation;
pub mod facts;
pub mod history;
pub mod id;
pub mod log;
pub mod mapping;
pub mod occurrences;
pub mod place;
pub mod places;
pub mod project;
mod record;
pub mod rules;
pub mod status;
pub mod text;

pub use annotation::Annotation;
pub use article::Article;
pub use change::{Change, Transaction};
pub use history::History;
pub use id::Id;
pub use log::Stamp;
pub use project::Project;
pub use status::{Kind, Status};
pub use text::{Span, Text};
