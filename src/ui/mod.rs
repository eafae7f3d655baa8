//! Drawing: the only layer that sees egui.
pub mod article;
