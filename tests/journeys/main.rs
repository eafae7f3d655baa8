//! Journeys through the real window, by accessible name, without a display or a renderer.
//!
//! `desk` drives the window as a person does, `room` is the folder that it works in; each further
//! file is one kind of journey. `walk` needs no window: it gives random commands to the model.

mod addresses;
mod annotations;
mod answers;
mod caret;
mod choosing;
mod closing;
mod comparing;
mod desk;
mod drafts;
mod editing;
mod exports;
mod facts;
mod finding;
mod first;
mod hanging;
mod hindered;
mod importing;
mod keeping;
mod keyboard;
mod look;
mod many;
mod marks;
mod merging;
mod names;
mod opened;
mod opening;
mod orphans;
mod others;
mod queue;
mod queue_keys;
mod queue_labels;
mod records;
mod refused;
mod rescue;
mod room;
mod seen;
mod sending;
mod sizes;
mod table;
mod together;
mod trouble;
mod views;
mod walk;
