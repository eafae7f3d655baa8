//! Bytes of the article's text in the units of other formats: code points and units of UTF-16.
//!
//! May use: std. Invariant: at every edge of a character the three agree with a count from the
//! start of the text. A lookup costs one stride of bytes, wherever it is.

/// A place is counted from the last of these.
const STRIDE: usize = 512;

/// The text with what was counted at every stride.
pub(super) struct Units<'a> {
    text: &'a str,
    /// Code points and units of UTF-16 before each stride.
    before: Vec<(usize, usize)>,
}

impl<'a> Units<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let mut before = Vec::with_capacity(text.len() / STRIDE + 1);
        let (mut points, mut utf16) = (0, 0);
        for (at, byte) in text.bytes().enumerate() {
            if at.is_multiple_of(STRIDE) {
                before.push((points, utf16));
            }
            let (point, units) = weight(byte);
            points += point;
            utf16 += units;
        }
        if text.len().is_multiple_of(STRIDE) {
            before.push((points, utf16));
        }
        Self { text, before }
    }

    /// Code points and units of UTF-16 before a byte.
    pub(super) fn at(&self, byte: usize) -> (usize, usize) {
        let byte = byte.min(self.text.len());
        let (mut points, mut utf16) = self.before.get(byte / STRIDE).copied().unwrap_or_default();
        for byte in &self.text.as_bytes()[byte / STRIDE * STRIDE..byte] {
            let (point, units) = weight(*byte);
            points += point;
            utf16 += units;
        }
        (points, utf16)
    }
}

/// What a byte of UTF-8 begins: continuation bytes nothing, four-byte characters two units.
const fn weight(byte: u8) -> (usize, usize) {
    match byte {
        0x80..=0xbf => (0, 0),
        0xf0..=0xff => (1, 2),
        _ => (1, 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn every_edge_has_the_units_that_a_count_gives(text in "[a-zé€😀👩\u{200d}\n]{0,900}") {
            let units = Units::of(&text);
            for (at, _) in text.char_indices().chain([(text.len(), 'x')]) {
                let counted = (text[..at].chars().count(), text[..at].encode_utf16().count());
                proptest::prop_assert_eq!(units.at(at), counted);
            }
        }
    }
}
