//! Plain text in any encoding.
//!
//! May use: the rest of `formats::incoming`. Invariant: what is read differs from the characters of the
//! file only by its byte order mark and its line ends.

use super::encoding::decode;
use super::{Imported, NotRead, ReadOptions, sniff};

/// Reads it.
pub fn read(bytes: &[u8], options: ReadOptions) -> Result<Imported, NotRead> {
    sniff::refuse_foreign(bytes)?;
    let decoded = decode(bytes, options.encoding, None)
        .ok_or_else(|| NotRead::new("Not a text file (it holds NUL bytes)", sniff::ADVICE))?;
    Imported::of("text", &decoded.text, bytes, &decoded, options)
}
