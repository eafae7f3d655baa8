//! Identifiers of everything that has a log: project, annotations, spans, evidence, entries.
//!
//! May use: std, serde, sha2. Invariant: 80 random bits (or as many of a hash), written as 16 characters of Crockford's base 32
//! in lower case, so that the order of the texts is the order of the numbers. Ids are made outside
//! (the operating system's randomness) and come in as arguments; nothing here draws one.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const LENGTH: usize = 16;
const BITS: u32 = 80;

/// An identifier that is unique across machines without asking anybody: 80 random bits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Id(u128);

impl Id {
    /// Its bits.
    pub const fn bits(self) -> u128 {
        self.0
    }

    /// An id that follows from others: what comes of them in one copy is the same in every copy.
    pub fn derived(what: &str, from: &[Self]) -> Self {
        use sha2::{Digest, Sha256};
        let mut hash = Sha256::new();
        hash.update(what.as_bytes());
        for id in from {
            hash.update(id.0.to_be_bytes());
        }
        let bits = hash.finalize().iter().take(16).fold(0u128, |bits, byte| bits << 8 | u128::from(*byte));
        Self::from_bits(bits)
    }

    /// Makes an id of random bits; those above 80 are dropped.
    pub const fn from_bits(bits: u128) -> Self {
        Self(bits & ((1 << BITS) - 1))
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = [0u8; LENGTH];
        for (i, place) in text.iter_mut().enumerate() {
            let shift = BITS - 5 * (i as u32 + 1);
            *place = ALPHABET[(self.0 >> shift) as usize & 31];
        }
        f.pad(str::from_utf8(&text).unwrap_or_default())
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Why a text is no id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an id is 16 characters of 0-9 and a-z without i, l, o, u")]
pub struct NotAnId;

impl FromStr for Id {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        if text.len() != LENGTH {
            return Err(NotAnId);
        }
        text.bytes()
            .try_fold(0u128, |bits, byte| {
                let digit = ALPHABET.iter().position(|a| *a == byte)?;
                Some(bits << 5 | digit as u128)
            })
            .map(Self)
            .ok_or(NotAnId)
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_number_have_the_same_order_and_come_back() {
        let numbers = [0, 1, 31, 32, 1 << 40, (1 << 80) - 1];
        let ids: Vec<Id> = numbers.into_iter().map(Id::from_bits).collect();
        for pair in ids.windows(2) {
            assert!(pair[0].to_string() < pair[1].to_string());
        }
        for id in ids {
            assert_eq!(id.to_string().parse(), Ok(id));
        }
    }

    #[test]
    fn what_is_no_id_is_refused() {
        let long = "0".repeat(1_000_000);
        for text in ["", "0", "000000000000000I", "000000000000000\u{200b}", &long] {
            assert_eq!(text.parse::<Id>(), Err(NotAnId), "{:.20}", text);
        }
    }
}
