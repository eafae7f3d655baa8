//! `--force` of the subcommands that change a project, and who has it open.
//!
//! May use: io's marks, clap. Invariant: a project that a window has open is not changed unasked, for
//! the window would find it changed by somebody else; a mark of a window that certainly is gone counts
//! for nothing. Known limit: a window that opens the file in the moment of saving is not seen.

use std::path::Path;

use super::Failure;
use crate::io::hold;

/// The option.
#[derive(Clone, Copy, Debug, Default, clap::Args)]
pub struct Force {
    /// Change the project although a window has it open
    #[arg(long)]
    pub force: bool,
}

impl Force {
    /// Refuses a project that somebody has open.
    pub fn admit(self, path: &Path) -> Result<(), Failure> {
        let Some(holder) = hold::holder(path).filter(|holder| !self.force && !holder.is_dead) else {
            return Ok(());
        };
        let unsure = holder.gone.map(|why| format!(" {why}")).unwrap_or_default();
        Err(Failure::of(
            path,
            format!(
                "The project is open in a window: {}.{unsure} Close it there, or change it all the same with --force",
                holder.who
            ),
        ))
    }
}
