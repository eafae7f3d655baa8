//! `proofmark remove`: takes an annotation out of the list.
//!
//! May use: files. Invariant: the record stays in the file with its log, and can come back.

use std::path::PathBuf;

use super::by::By;
use super::force::Force;
use super::{Console, End, Failure, files};
use crate::domain::Stamp;

/// Remove an annotation; the file keeps it among the removed ones
#[derive(Clone, Debug, clap::Args)]
pub struct Args {
    /// The project file
    pub file: PathBuf,
    /// The annotation's id, or as much of its beginning as no other id has
    pub id: String,
    #[command(flatten)]
    pub over: Force,
    #[command(flatten)]
    pub by: By,
}

/// Runs it.
pub fn run(args: &Args, stamp: &mut Stamp, console: &mut Console) -> Result<End, Failure> {
    let mut file = files::open_to_change(&args.file, args.over, stamp, console)?;
    let id = file.annotation(&args.id)?.id;
    let removal = file.project.remove(id, stamp);
    file.apply(&removal)?;
    file.save(stamp, console)?;
    Ok(End::Done)
}
