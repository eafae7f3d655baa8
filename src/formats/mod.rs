//! Formats that a project is read from and written to: bytes in, values out, no disk.
//!
//! May use: `domain`, and per format the crate that speaks it.

pub mod ron;
