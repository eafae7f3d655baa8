//! A plain text that grows paragraph by paragraph, as the readers of formatted documents write it.
//!
//! May use: std. Invariant: paragraphs are parted by one blank line, rows of one block by a line
//! feed; the text begins with a word and ends with one line feed; what was written never changes, so
//! that a place in it stays the same place, but for one space at the end of a line.

/// What stands between the words that are there and the next ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    None,
    Line,
    Block,
}

/// The text so far.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    text: String,
    gap: Gap,
    first: String,
}

impl Lines {
    /// The next words begin a new line.
    pub fn line(&mut self) {
        self.gap = self.gap.max(Gap::Line);
    }

    /// The next words begin a new line, although the block before them has ended.
    pub fn row(&mut self) {
        self.gap = Gap::Line;
    }

    /// The next words begin a new paragraph.
    pub fn block(&mut self) {
        self.gap = Gap::Block;
        self.first.clear();
    }

    /// The next words go on in this line after all.
    pub fn join(&mut self) {
        self.gap = Gap::None;
    }

    /// What the next line begins with, if any words come: a bullet, a number.
    pub fn lead(&mut self, lead: &str) {
        lead.clone_into(&mut self.first);
    }

    /// Writes words, each run of white space in them as one space and none at the start of a line.
    pub fn flow(&mut self, words: &str) {
        let mut rest = words;
        while !rest.is_empty() {
            let space = rest.len() - rest.trim_start_matches(is_space).len();
            if space > 0 {
                if !self.at_start() && !self.text.ends_with([' ', '\t']) {
                    self.text.push(' ');
                }
                rest = &rest[space..];
                continue;
            }
            let end = rest.find(is_space).unwrap_or(rest.len());
            self.start();
            self.text.push_str(&rest[..end]);
            rest = &rest[end..];
        }
    }

    /// Writes words as they are; a line feed in them is one.
    pub fn exactly(&mut self, words: &str) {
        for (number, line) in words.split('\n').enumerate() {
            if number > 0 {
                if self.gap == Gap::None && !self.text.is_empty() && !self.text.ends_with('\n') {
                    self.gap = Gap::Line;
                } else if self.gap == Gap::Line {
                    self.gap = Gap::Block;
                }
            }
            if !line.is_empty() {
                self.start();
                self.text.push_str(line);
            }
        }
    }

    /// The byte at which it ends now.
    pub fn at(&self) -> usize {
        self.text.len()
    }

    /// The byte at which words that come next will begin.
    pub fn next(&self) -> usize {
        let end = self.text.strip_suffix(' ').filter(|_| self.gap != Gap::None).unwrap_or(&self.text).len();
        let lead = if self.at_start() { self.first.len() } else { 0 };
        let gap = if self.text.is_empty() { 0 } else { self.gap as usize };
        if self.gap == Gap::None { self.text.len() + lead } else { end + gap + lead }
    }

    /// The words from a byte on, if there are any.
    pub fn since(&self, from: usize) -> Option<String> {
        let words = self.text.get(from..)?.trim();
        (!words.is_empty()).then(|| words.to_owned())
    }

    /// The text, with a line feed at its end.
    pub fn finish(mut self) -> String {
        let end = self.text.trim_end().len();
        self.text.truncate(end);
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text
    }

    fn at_start(&self) -> bool {
        self.gap != Gap::None || self.text.is_empty() || self.text.ends_with('\n')
    }

    /// Writes the gap and the lead that wait.
    fn start(&mut self) {
        if !self.text.is_empty() && self.gap != Gap::None {
            if self.text.ends_with(' ') {
                self.text.pop();
            }
            self.text.push_str(if self.gap == Gap::Block { "\n\n" } else { "\n" });
        }
        if self.gap != Gap::None || self.text.is_empty() {
            self.text.push_str(&std::mem::take(&mut self.first));
        }
        self.gap = Gap::None;
    }
}

/// White space that may be folded: not the kinds that keep words together.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_lines_and_leads_stand_as_they_should() {
        let mut lines = Lines::default();
        lines.block();
        lines.flow("  A \n title ");
        lines.block();
        lines.block();
        assert_eq!(lines.next(), "A title\n\n".len());
        lines.flow("One");
        lines.flow(" two\u{a0}three ");
        lines.line();
        lines.lead("• ");
        assert_eq!(lines.next(), "A title\n\nOne two\u{a0}three\n• ".len());
        lines.flow(" four");
        lines.line();
        lines.lead("• ");
        lines.block();
        lines.exactly("fi ve\n  six\n");
        assert_eq!(lines.finish(), "A title\n\nOne two\u{a0}three\n• four\n\nfi ve\n  six\n");
        assert_eq!(Lines::default().finish(), "");
    }
}
