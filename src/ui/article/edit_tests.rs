//! Editing in the view, without a window.
