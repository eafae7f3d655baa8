//! Articles and their next drafts, made by rules, with the truth about where each mark belongs then.
//!
//! Every word has an identity that it keeps when it is typed otherwise, replaced or moved, so that the truth
//! needs no comparison. Used by the laws here and by `benches/anchoring.rs`. Words and rules are ours.

use proofmark::domain::{Span, Text};

/// Numbers that follow from a seed.
#[derive(Clone, Debug)]
pub struct Chance(u64);

impl Chance {
    /// A row of numbers.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below another one.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 11) % limit.max(1) as u64) as usize
    }

    /// Whether something of so many in a hundred happens.
    pub fn of_hundred(&mut self, part: usize) -> bool {
        self.below(100) < part
    }
}

/// What is done to an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Nothing.
    Nothing,
    /// Quotation marks, apostrophes, spaces, line ends and letters with accents are typed otherwise.
    Typing,
    /// One word in ten is replaced, left out, or has another before it.
    Words,
    /// Half of the paragraphs are cut, moved, or have another before them.
    Paragraphs,
    /// One sentence in five is taken out; look-alikes of others stand where they stood already.
    Sentences,
    /// A little of everything.
    All,
}

impl Change {
    /// Every change with its words.
    pub const ALL: [(Self, &'static str); 6] = [
        (Self::Nothing, "nothing changed"),
        (Self::Typing, "quotes, spaces, line ends typed otherwise"),
        (Self::Words, "10 % of words edited"),
        (Self::Paragraphs, "half the paragraphs cut, added, moved"),
        (Self::Sentences, "a fifth of the sentences taken out"),
        (Self::All, "a little of everything"),
    ];
}

#[derive(Clone, Debug)]
struct Word {
    id: usize,
    text: String,
}

type Sentence = Vec<Word>;
type Paragraph = Vec<Sentence>;

/// An article as it is made.
#[derive(Clone, Debug)]
pub struct Article {
    paragraphs: Vec<Paragraph>,
    words: Vec<String>,
    next: usize,
    chance: Chance,
}

/// A mark, and where it belongs in the next draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// In the article.
    pub was: Span,
    /// In the next draft; nothing where its words are gone.
    pub is: Option<Span>,
    /// So little of it is left that either is right.
    pub either: bool,
}

const COMMON: [&str; 24] = [
    "the", "of", "a", "in", "to", "and", "on", "for", "with", "that", "was", "by", "at", "from", "as", "it",
    "had", "not", "were", "which", "after", "its", "an", "is",
];
const SYLLABLES: [&str; 30] = [
    "ka", "ren", "vo", "lis", "tam", "é", "dor", "mi", "sul", "pra", "ne", "gol", "hu", "bri", "ço", "wer",
    "ja", "fin", "os", "tel", "ur", "ma", "qui", "zet", "ñal", "po", "ri", "sch", "an", "öl",
];

impl Article {
    /// An article of about so many words, in which so many of a hundred sentences are ones that stood before.
    pub fn new(seed: u64, length: usize, repeated: usize) -> Self {
        let mut chance = Chance::new(seed);
        let mut words: Vec<String> = Vec::new();
        for _ in 0..900 {
            let syllables = 1 + chance.below(4);
            words.push((0..syllables).map(|_| SYLLABLES[chance.below(SYLLABLES.len())]).collect());
        }
        let mut article = Self { paragraphs: Vec::new(), words, next: 0, chance };
        let mut count = 0;
        while count < length {
            let sentences = 2 + article.chance.below(4);
            let mut paragraph = Vec::new();
            for _ in 0..sentences {
                let again = article.chance.of_hundred(repeated) && count > 0;
                let sentence = if again { article.repeated() } else { article.sentence() };
                count += sentence.len();
                paragraph.push(sentence);
            }
            article.paragraphs.push(paragraph);
        }
        article
    }

    fn word(&mut self) -> String {
        if self.chance.of_hundred(40) {
            return COMMON[self.chance.below(COMMON.len())].to_owned();
        }
        // Some words are more usual than others.
        let limit = 1 + self.chance.below(self.words.len());
        let place = self.chance.below(limit);
        match self.chance.below(30) {
            0 => format!("{}’s", self.words[place]),
            1 => format!("“{}”", self.words[place]),
            2 => format!("{}\u{a0}000", 10 + self.chance.below(90)),
            _ => self.words[place].clone(),
        }
    }

    fn identified(&mut self, texts: Vec<String>) -> Sentence {
        let first = self.next;
        self.next += texts.len();
        texts.into_iter().enumerate().map(|(i, text)| Word { id: first + i, text }).collect()
    }

    fn sentence(&mut self) -> Sentence {
        let length = 6 + self.chance.below(18);
        let mut texts: Vec<String> = (0..length).map(|_| self.word()).collect();
        if let Some(first) = texts.first_mut() {
            let mut chars = first.chars();
            if let Some(capital) = chars.next() {
                *first = capital.to_uppercase().chain(chars).collect();
            }
        }
        if let Some(last) = texts.last_mut() {
            last.push('.');
        }
        self.identified(texts)
    }

    /// A sentence of the article once more; every third time with one word another.
    fn repeated(&mut self) -> Sentence {
        let Some(last) = self.paragraphs.len().checked_sub(1) else { return self.sentence() };
        let paragraph = &self.paragraphs[self.chance.below(last + 1)];
        let sentence = &paragraph[self.chance.below(paragraph.len())];
        let mut texts: Vec<String> = sentence.iter().map(|word| word.text.clone()).collect();
        if self.chance.below(3) == 0 {
            let place = self.chance.below(texts.len() - 1);
            texts[place] = self.word();
        }
        self.identified(texts)
    }

    /// The text, and for each word its place.
    pub fn text(&self) -> (Text, Vec<(usize, Span)>) {
        let (mut text, mut places) = (String::new(), Vec::new());
        for paragraph in &self.paragraphs {
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            for (number, word) in paragraph.iter().flatten().enumerate() {
                if number > 0 {
                    text.push(' ');
                }
                let start = text.len();
                text.push_str(&word.text);
                places.push((word.id, Span::new(start, text.len())));
            }
        }
        (Text::new(text), places)
    }

    /// Marks of one word to several sentences, none over the end of a paragraph.
    pub fn marks(&mut self, count: usize) -> Vec<Span> {
        let (text, places) = self.text();
        let mut marks = Vec::new();
        while marks.len() < count {
            let first = self.chance.below(places.len());
            let length = match self.chance.below(5) {
                0 => 1,
                1 | 2 => 2 + self.chance.below(4),
                3 => 6 + self.chance.below(10),
                _ => 16 + self.chance.below(20),
            };
            let last = (first + length - 1).min(places.len() - 1);
            let mut mark = Span { start: places[first].1.start, end: places[last].1.end };
            if let Some(end) = text.slice(mark).find('\n') {
                mark.end = mark.start + end as u32;
            }
            if text.slice(mark).ends_with('.') && self.chance.of_hundred(50) {
                mark.end -= 1;
            }
            if text.admits(mark) {
                marks.push(mark);
            }
        }
        marks
    }

    /// The next draft.
    pub fn changed(&self, change: Change, seed: u64) -> Self {
        let mut next = Self { chance: Chance::new(seed), ..self.clone() };
        match change {
            Change::Nothing => {}
            Change::Typing => next.retype(),
            Change::Words => next.reword(10),
            Change::Paragraphs => next.reorder(50),
            Change::Sentences => next.thin(20),
            Change::All => {
                next.reorder(15);
                next.thin(5);
                next.reword(4);
                next.retype();
            }
        }
        next
    }

    fn retype(&mut self) {
        for word in self.paragraphs.iter_mut().flatten().flatten() {
            let plain = word.text.replace('’', "'").replace(['“', '”'], "\"").replace('\u{a0}', " ");
            word.text = plain.replace('é', "e\u{301}").replace('ö', "o\u{308}");
        }
    }

    fn reword(&mut self, part: usize) {
        for paragraph in 0..self.paragraphs.len() {
            for sentence in 0..self.paragraphs[paragraph].len() {
                let mut changed = Vec::new();
                for word in std::mem::take(&mut self.paragraphs[paragraph][sentence]) {
                    if !self.chance.of_hundred(part) {
                        changed.push(word);
                        continue;
                    }
                    match self.chance.below(4) {
                        0 => {}
                        1 => {
                            let other = self.word();
                            changed.extend(self.identified(vec![other]));
                            changed.push(word);
                        }
                        _ => changed.push(Word { text: self.word(), ..word }),
                    }
                }
                self.paragraphs[paragraph][sentence] = changed;
            }
        }
    }

    fn reorder(&mut self, part: usize) {
        let mut out: Vec<Paragraph> = Vec::new();
        let mut moving: Vec<Paragraph> = Vec::new();
        for paragraph in std::mem::take(&mut self.paragraphs) {
            self.paragraphs.clone_from(&out);
            if !self.chance.of_hundred(part) {
                out.push(paragraph);
                continue;
            }
            match self.chance.below(3) {
                0 => {}
                1 => moving.push(paragraph),
                _ => {
                    let count = 2 + self.chance.below(3);
                    let added = (0..count)
                        .map(|_| if self.chance.of_hundred(25) { self.repeated() } else { self.sentence() });
                    let added = added.collect();
                    out.push(added);
                    out.push(paragraph);
                }
            }
        }
        for paragraph in moving {
            let place = self.chance.below(out.len() + 1);
            out.insert(place, paragraph);
        }
        self.paragraphs = out;
    }

    fn thin(&mut self, part: usize) {
        let chance = &mut self.chance;
        for paragraph in &mut self.paragraphs {
            paragraph.retain(|_| !chance.of_hundred(part));
        }
        self.paragraphs.retain(|paragraph| !paragraph.is_empty());
    }
}

/// Where marks of one draft belong in the next one.
pub fn truth(before: &Article, after: &Article, marks: &[Span]) -> Vec<Mark> {
    let (old, new) = (before.text(), after.text());
    let mut now = std::collections::BTreeMap::new();
    for (id, span) in new.1 {
        now.insert(id, span);
    }
    let plain = |word: &str| -> String { word.chars().filter(char::is_ascii_alphanumeric).collect() };
    let of = |mark: &Span| {
        let own: Vec<(usize, Span)> =
            old.1.iter().filter(|(_, span)| span.overlaps(*mark)).copied().collect();
        let left: Vec<(Span, Span)> =
            own.iter().filter_map(|(id, was)| Some((*was, *now.get(id)?))).collect();
        let is_kept = |(was, is): &&(Span, Span)| {
            let (was, is) = (plain(old.0.slice(*was)), plain(new.0.slice(*is)));
            was.len().abs_diff(is.len()) < 3 && was.chars().next() == is.chars().next()
        };
        let kept = left.iter().filter(is_kept).count();
        let place = |a: Span, b: Span| Span { start: a.start.min(b.start), end: a.end.max(b.end) };
        let mut is = left.iter().map(|(_, is)| *is).reduce(place);
        // A mark without the full stop at its end has none in the next draft.
        let stop = |text: &Text, span: Span| text.slice(span).ends_with('.');
        if let Some(is) = &mut is
            && !stop(&old.0, *mark)
            && stop(&new.0, *is)
        {
            is.end -= 1;
        }
        Mark { was: *mark, is, either: is.is_some() && 2 * kept < own.len() + 1 }
    };
    marks.iter().map(of).collect()
}

/// Whether a place is the right one: the two have seven parts of ten in common.
pub fn is_right(place: Span, truth: Span) -> bool {
    let common = place.end.min(truth.end).saturating_sub(place.start.max(truth.start)) as usize;
    10 * common >= 7 * place.len().max(truth.len())
}
