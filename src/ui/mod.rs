//! Drawing: the only layer that sees egui.
pub mod article;
pub mod icons;
pub mod palette;
