//! The clock and the system's randomness: what a stamp is made of.
//!
//! May use: domain, jiff, getrandom. Invariant: nothing else asks for the time or for random bits;
//! everybody below gets them as a [`Stamp`]. Known limit: the clock is the machine's, right or wrong;
//! times are shown, never trusted.

use std::sync::Arc;

use crate::domain::Stamp;

/// The system gave no random bits, so that no id can be made.
#[derive(Debug, thiserror::Error)]
#[error("the system gives no random numbers ({0})")]
pub struct NoRandomness(getrandom::Error);

/// A stamp of this moment with fresh random bits.
pub fn stamp(by: impl Into<Arc<str>>) -> Result<Stamp, NoRandomness> {
    let mut bits = [0; 16];
    getrandom::fill(&mut bits).map_err(NoRandomness)?;
    Ok(Stamp::new(jiff::Timestamp::now(), by, u128::from_ne_bytes(bits)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_stamps_make_different_ids() {
        let (mut a, mut b) = (stamp("Ada").expect("random"), stamp("Ada").expect("random"));
        assert_ne!(a.fresh(), b.fresh());
        assert_eq!(&*a.by, "Ada");
        assert_eq!(a.now.subsec_nanosecond(), 0);
    }
}
