//! Who acts: the name that goes into the log.
//!
//! May use: io's settings and clock, clap. Invariant: there is always a name; one that a person gave
//! (argument, environment, settings) comes before the system's. Known limit: the environment has to
//! be UTF-8.

use super::{Console, Failure};
use crate::domain::Stamp;
use crate::io::{clock, settings};

/// Names the checker in the environment.
const VARIABLE: &str = "PROOFMARK_BY";
/// Who acts where nobody is named.
pub const NOBODY: &str = "command line";

/// The option of every subcommand that changes a project.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct By {
    /// Your name, for the log
    ///
    /// Without it PROOFMARK_BY from the environment counts, then the name that the window asked for,
    /// then your user name.
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
}

impl By {
    /// A stamp of this moment in the name of whoever acts.
    pub fn stamp(&self, console: &mut Console) -> Result<Stamp, Failure> {
        let name = match &self.by {
            Some(name) => {
                given(name).ok_or_else(|| Failure::new("--by needs a name that is not only white space"))?
            }
            None => default(console),
        };
        Ok(clock::stamp(&name))
    }
}

fn default(console: &mut Console) -> String {
    let from = |variable: &str| std::env::var(variable).ok().as_deref().and_then(given);
    from(VARIABLE)
        .or_else(|| {
            let (settings, warning) = settings::load(&settings::folder()?);
            console.notes.extend(warning.map(|warning| super::words::one_line(&warning)));
            settings.checker.and_then(|checker| given(&checker.name))
        })
        .or_else(|| from("USER"))
        .or_else(|| from("USERNAME"))
        .unwrap_or_else(|| NOBODY.into())
}

/// A name on one line, where there is one.
fn given(name: &str) -> Option<String> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let name: String = name.chars().filter(|c| !c.is_control()).collect();
    (!name.is_empty()).then_some(name)
}
