#![doc = include_str!("README.md")]

pub mod app;
pub mod cli;
pub mod domain;
pub mod formats;
pub mod io;
pub mod ui;
