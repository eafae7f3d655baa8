//! The person's browser: the only other program that Proofmark starts, beside the system's dialogs.
//!
//! May use: webbrowser (built `hardened`: http and https only), `formats::address`. Invariant: it gets
//! checked addresses only, as one argument, with no shell between. Known limit: what the system opens
//! for http is the system's own choice.

use std::fmt;
use std::sync::Arc;

use crate::app::effect::Problem;
use crate::formats::address::Checked;

/// Opens an address; `Err` says why not.
type Open = dyn Fn(&str) -> Result<(), String> + Send + Sync;

/// What opens an address.
#[derive(Clone)]
pub struct Browser(Arc<Open>);

impl Browser {
    /// The one that the system names.
    pub fn system() -> Self {
        Self::new(|url| webbrowser::open(url).map_err(|error| error.to_string()))
    }

    /// None: nothing is opened.
    pub fn none() -> Self {
        Self::new(|_| Err("there is no browser here".into()))
    }

    /// One for tests.
    pub fn new(open: impl Fn(&str) -> Result<(), String> + Send + Sync + 'static) -> Self {
        Self(Arc::new(open))
    }

    /// Opens an address. May take as long as the browser takes to start.
    pub(super) fn open(&self, checked: &Checked) -> Result<(), Problem> {
        (self.0)(checked.url()).map_err(|error| Problem {
            what: format!("The browser could not be opened ({error}): {}", checked.url()),
            hint: "Copy the address, and open it by hand".into(),
            exists: false,
        })
    }
}

impl fmt::Debug for Browser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Browser")
    }
}
