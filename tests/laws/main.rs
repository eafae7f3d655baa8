//! The laws of the core, each over every small world and over random large ones.
//!
//! `notation` writes examples as text with marks, `worlds` lists the small worlds and says what a
//! sound project is, `reference` holds the slow models that the fast code is compared with.

mod agreement;
mod change;
mod copies;
mod drafts;
mod edit;
mod examples;
mod facts;
mod history;
mod journal;
mod merge;
mod merge_cases;
mod merge_texts;
mod notation;
mod query;
mod records;
mod redaction;
mod redraft;
mod reference;
mod rules;
mod script;
mod text;
mod typing;
mod union;
mod worlds;
