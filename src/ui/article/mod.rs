//! The article view.
