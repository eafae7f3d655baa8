//! The clock and the dice: time and randomness for everything that is made.
//!
//! May use: jiff's clock, getrandom, `domain`. Invariant: nothing else in the program asks the
//! machine for the time or for chance.

use std::time::{SystemTime, UNIX_EPOCH};

use jiff::{Timestamp, ZonedDateTime};

use crate::domain::Stamp;

/// A stamp for one command by somebody.
pub fn stamp(by: &str) -> Stamp {
    let mut bytes = [0u8; 16];
    if getrandom::fill(&mut bytes).is_err() {
        // No system that this runs on lacks randomness; should one, the time in nanoseconds and the
        // process still keep two copies apart.
        let now =
            SystemTime::now().duration_since(UNIX_EPOCH).map(|since| since.as_nanos()).unwrap_or_default();
        bytes = (now << 32 | u128::from(std::process::id())).to_le_bytes();
    }
    Stamp::new(Timestamp::now(), by, u128::from_le_bytes(bytes))
}

/// The time, to the second.
pub fn now() -> Timestamp {
    let now = Timestamp::now();
    Timestamp::from_second(now.as_second()).unwrap_or(now)
}

/// A time here, as shown: `24 Nov 2026, 14:02`.
pub fn local(time: Timestamp) -> String {
    time.to_zoned_datetime(jiff::tz::TimeZone::system()).strftime("%-d %b %Y, %H:%M").to_string()
}

/// Letters that no other window has.
pub fn letters() -> String {
    stamp("").fresh().to_string()
}

/// The time of day here, as shown: `14:02`.
pub fn time_of_day() -> String {
    ZonedDateTime::now().strftime("%H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_stamps_make_different_ids() {
        let (mut a, mut b) = (stamp("Ada"), stamp("Ada"));
        assert_ne!(a.fresh(), b.fresh());
        assert_eq!(&*a.by, "Ada");
        assert_eq!(a.now.subsec_nanosecond(), 0);
    }
}
