//! Two histories of one text become one, and how the places of each side come along.
//!
//! May use: std, the rest of `domain`. Invariant: the joined article is a function of the set of entries
//! that people made; where a place is in it, of that and of the letters that were marked. So neither
//! depends on the order in which copies were joined, and moving a place writes no entry. Where a join is
//! an entry of the log, its id follows from those of the entries that it joins.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::Refused;
use super::touching;
use super::versions::{Known, Versions, in_order};
use super::weave::{Part, Weave, first_text};
use crate::domain::article::{Article, Edit, Loaded, TextEntry};
use crate::domain::place::{CONTEXT, Letters, Marked, Place, Prose};
use crate::domain::{Id, Span, Text};

/// The text that two copies have together.
pub(super) struct Joined<'a> {
    pub article: Arc<Article>,
    pub versions: Versions<'a>,
    pub weave: Weave<'a>,
    pub parts: Vec<Part>,
    /// Whether each part stands in the joined text, and where it begins or would begin.
    pub stands: Vec<bool>,
    pub starts: Vec<usize>,
    /// The strand that an edit of an entry put in.
    strands: HashMap<(Id, u32), usize>,
    /// The parts of each strand, in its own order.
    of_strand: Vec<Vec<usize>>,
}

/// The texts with which two articles began, if they can be found; they are the same then.
pub(super) fn beginning(a: &Article, b: &Article) -> Result<String, Refused> {
    first_text(a).or_else(|| first_text(b)).ok_or(Refused::History)
}

impl<'a> Joined<'a> {
    /// Joins two articles that both began with the text `first`.
    pub(super) fn of(a: &'a Arc<Article>, b: &'a Arc<Article>, first: &'a str) -> Result<Self, Refused> {
        let versions = Versions::of(&[&a.log, &b.log])?;
        let weave = Weave::of(&versions, first)?;
        let parts = weave.parts();
        let all = vec![true; versions.entries.len()];
        let stands: Vec<bool> = parts.iter().map(|part| weave.stands(part, &all)).collect();
        let mut starts = Vec::with_capacity(parts.len());
        let mut length = 0;
        for (part, stands) in parts.iter().zip(&stands) {
            starts.push(length);
            length += if *stands { part.len() } else { 0 };
        }
        let mut strands = HashMap::new();
        for (place, strand) in weave.strands.iter().enumerate() {
            for (entry, edit) in &strand.makers {
                strands.insert((versions.entries[*entry].id, *edit), place);
            }
        }
        let mut of_strand = vec![Vec::new(); weave.strands.len()];
        for (place, part) in parts.iter().enumerate() {
            of_strand[part.strand].push(place);
        }
        let article = a.clone();
        let mut joined = Self { article, versions, weave, parts, stands, starts, strands, of_strand };
        for side in [a, b] {
            let known = joined.versions.known_to(&side.log);
            if !joined.says(&known, side.text.as_str()) {
                return Err(Refused::History);
            }
        }
        joined.article = joined.joined(a, b);
        Ok(joined)
    }

    /// Whether a version has just this text.
    fn says(&self, known: &Known, mut text: &str) -> bool {
        for part in self.parts.iter().filter(|part| self.weave.stands(part, known)) {
            match text.strip_prefix(self.weave.words(part)) {
                Some(rest) => text = rest,
                None => return false,
            }
        }
        text.is_empty()
    }

    fn joined(&self, a: &Arc<Article>, b: &Arc<Article>) -> Arc<Article> {
        let loaded = self.loaded(a, b);
        for side in [a, b] {
            if self.versions.known_to(&side.log).iter().all(|known| *known) {
                let is_so = Loaded::of(side) == loaded;
                let Loaded { file, encoding, sha256 } = loaded;
                let renamed = || Arc::new(Article { file, encoding, sha256, ..Article::clone(side) });
                return if is_so { side.clone() } else { renamed() };
            }
        }
        let Loaded { file, encoding, sha256 } = loaded;
        let mut text = String::new();
        for (part, _) in self.parts.iter().zip(&self.stands).filter(|(_, stands)| **stands) {
            text.push_str(self.weave.words(part));
        }
        let mut log: BTreeMap<Id, TextEntry> = BTreeMap::new();
        for entry in self.versions.entries.iter().chain(&self.versions.joins) {
            log.insert(entry.id, TextEntry::clone(entry));
        }
        let heads = self.versions.heads();
        if heads.len() > 1 {
            let join = self.join(&heads);
            log.insert(join.id, join);
        }
        let parents = log.iter().map(|(id, entry)| (*id, entry.replaces.clone())).collect();
        let log = in_order(&parents).into_iter().filter_map(|id| log.remove(&id)).collect();
        let disputed = touching::open(self).into_iter().map(|open| open.at).collect();
        Arc::new(Article { file, encoding, sha256, text: Text::new(text), disputed, log })
    }

    /// The file that the text was taken from last; of two that nobody knew both, that of the greater id.
    fn loaded(&self, a: &Article, b: &Article) -> Loaded {
        let entries = &self.versions.entries;
        let mut last: Vec<usize> =
            (0..entries.len()).filter(|place| entries[*place].loaded.is_some()).collect();
        for place in last.clone() {
            let before = self.versions.up_to(place);
            last.retain(|other| *other == place || !before[*other]);
        }
        let last = last.into_iter().map(|place| entries[place]).max_by_key(|entry| entry.id);
        last.and_then(|entry| entry.loaded.clone()).unwrap_or_else(|| Loaded::of(a).max(Loaded::of(b)))
    }

    /// The entry that joins some others.
    fn join(&self, heads: &[usize]) -> TextEntry {
        let entries = heads.iter().map(|head| self.versions.entries[*head]);
        let replaces: Vec<Id> = entries.clone().map(|entry| entry.id).collect();
        let when = entries.map(|entry| entry.when).max().unwrap_or_default();
        let first = heads.first().map(|head| self.versions.up_to(*head)).unwrap_or_default();
        let edits = self.edits(&first, &vec![true; self.versions.entries.len()]);
        let id = Id::derived("joined text", &replaces);
        TextEntry { id, when, by: "".into(), replaces, edits, settles: Vec::new(), loaded: None }
    }

    /// What leads from the text of one version to that of another.
    pub(super) fn edits(&self, from: &Known, to: &Known) -> Vec<Edit> {
        let stands = |part: &Part| (self.weave.stands(part, from), self.weave.stands(part, to));
        edits_through(self.parts.iter().map(|part| (self.weave.words(part), stands(part))))
    }

    /// The way from the text of one side to the joined one.
    pub(super) fn way(&self, side: &Article) -> Way<'_> {
        self.way_from(&self.versions.known_to(&side.log))
    }

    /// The same from any version.
    pub(super) fn way_from(&self, known: &Known) -> Way<'_> {
        let mut here = Vec::new();
        let mut kept: Vec<Kept> = Vec::new();
        let mut at = 0;
        for (place, part) in self.parts.iter().enumerate() {
            if !self.weave.stands(part, known) {
                continue;
            }
            here.push((at, place));
            if self.stands[place] {
                let now = self.starts[place];
                match kept.last_mut() {
                    Some(last) if last.was + last.len == at && last.now + last.len == now => {
                        last.len += part.len()
                    }
                    _ => kept.push(Kept { was: at, now, len: part.len() }),
                }
            }
            at += part.len();
        }
        Way { joined: self, here, kept }
    }

    /// The parts of some letters, cut to them.
    fn find(&self, letters: &[Letters]) -> Option<Vec<Part>> {
        let mut found = Vec::new();
        for letters in letters {
            let strand = *self.strands.get(&(letters.entry, letters.edit))?;
            for place in &self.of_strand[strand] {
                let part = &self.parts[*place];
                let (from, to) = (part.from.max(letters.from), part.to.min(letters.to));
                if from < to {
                    found.push((*place, Part { from, to, ..part.clone() }));
                }
            }
        }
        found.sort_by_key(|(place, _)| *place);
        Some(found.into_iter().map(|(_, part)| part).collect())
    }

    /// Some letters as a file names them: by the least of those who put them in.
    fn letters(&self, parts: &[Part]) -> Vec<Letters> {
        let mut all: Vec<Letters> = Vec::new();
        for part in parts {
            let makers = self.weave.strands[part.strand].makers.iter();
            let maker = makers.map(|(entry, edit)| (self.versions.entries[*entry].id, *edit)).min();
            let Some((entry, edit)) = maker else { continue };
            match all.last_mut() {
                Some(last) if (last.entry, last.edit, last.to) == (entry, edit, part.from) => {
                    last.to = part.to
                }
                _ => all.push(Letters { entry, edit, from: part.from, to: part.to }),
            }
        }
        all
    }

    /// Where a byte of a strand stands in the joined text, and whether it does.
    fn now(&self, strand: usize, at: u32) -> Option<(usize, bool)> {
        let places = self.of_strand.get(strand)?;
        let place = *places.get(places.partition_point(|place| self.parts[*place].to <= at))?;
        let inside = (at - self.parts[place].from) as usize;
        let stands = self.stands[place];
        Some((self.starts[place] + if stands { inside } else { 0 }, stands))
    }

    /// Where some letters are in the joined text.
    fn place_of(&self, letters: Vec<Part>) -> Place {
        let (text, head) = (&self.article.text, self.article.head());
        let words: String = letters.iter().map(|part| self.weave.words(part)).collect();
        let left: Vec<(usize, usize)> = letters
            .iter()
            .filter_map(|part| match self.now(part.strand, part.from)? {
                (start, true) => Some((start, start + part.len())),
                _ => None,
            })
            .collect();
        let stretch = left.first().zip(left.last()).map(|(first, last)| Span::new(first.0, last.1));
        let marked =
            || Some(Box::new(Marked { words: Prose(words.clone()), letters: self.letters(&letters) }));
        match stretch.map(|to| text.snapped(to)).filter(|to| text.admits(*to)) {
            Some(to) => {
                let place = self.article.place(to);
                // The same letters and no other ones between them: nothing happened to it.
                let is_whole = place.quote.as_str() == words && Some(to) == stretch && {
                    left.iter().map(|(start, end)| end - start).sum::<usize>() == words.len()
                };
                Place { marked: if is_whole { None } else { marked() }, ..place }
            }
            None => {
                let gap = letters.first().and_then(|part| self.now(part.strand, part.from));
                let gap = stretch.map(|to| to.start as usize).or(gap.map(|(at, _)| at)).unwrap_or_default();
                let (prefix, suffix) = text.context(Span::new(gap, gap), CONTEXT);
                let (prefix, suffix, quote) = (Prose(prefix), Prose(suffix), Prose(words.clone()));
                Place { text: head, at: None, quote, prefix, suffix, marked: marked(), disputed: false }
            }
        }
    }
}

/// A stretch that stands in both texts.
struct Kept {
    was: usize,
    now: usize,
    len: usize,
}

/// How places of one side come into the joined text.
pub(super) struct Way<'j> {
    joined: &'j Joined<'j>,
    /// What stands in the side's text: at which byte, which part.
    here: Vec<(usize, usize)>,
    kept: Vec<Kept>,
}

impl Way<'_> {
    /// Where a place of the side's text is in the joined text.
    pub(super) fn place(&self, place: &Place) -> Place {
        let (joined, article) = (self.joined, &self.joined.article);
        if let Some(marked) = &place.marked {
            return match joined.find(&marked.letters) {
                Some(letters) if !letters.is_empty() => joined.place_of(letters),
                _ => Place { text: article.head(), ..place.clone() },
            };
        }
        let Some(at) = place.at else { return Place { text: article.head(), ..place.clone() } };
        let Span { start, end } = at;
        let (start, end) = (start as usize, end as usize);
        let kept = self.kept.partition_point(|kept| kept.was + kept.len <= start);
        if let Some(kept) = self.kept.get(kept)
            && kept.was <= start
            && end <= kept.was + kept.len
        {
            let to = Span::new(start - kept.was + kept.now, end - kept.was + kept.now);
            if article.text.snapped(to) == to {
                let (disputed, quote) = (article.is_disputed(to), place.quote.clone());
                return Place { text: article.head(), at: Some(to), quote, disputed, ..Place::default() };
            }
        }
        let first = self.here.partition_point(|(at, part)| at + joined.parts[*part].len() <= start);
        let letters = self.here[first..].iter().take_while(|(at, _)| *at < end).map(|(at, part)| {
            let part = &joined.parts[*part];
            let from = part.from + start.saturating_sub(*at) as u32;
            let to = part.from + (end - at).min(part.len()) as u32;
            Part { from, to, ..part.clone() }
        });
        joined.place_of(letters.collect())
    }
}

/// The edits that lead from the words that stand on the first side to those on the second.
pub(super) fn edits_through<'t>(parts: impl Iterator<Item = (&'t str, (bool, bool))>) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut open = Edit { at: 0, removed: String::new(), inserted: String::new() };
    let mut at = 0;
    for (words, stands) in parts {
        match stands {
            (true, true) => {
                let next = Edit { at: 0, removed: String::new(), inserted: String::new() };
                let done = std::mem::replace(&mut open, next);
                at += done.inserted.len() as u32 + words.len() as u32;
                open.at = at;
                edits.extend((!done.is_empty()).then_some(done));
            }
            (true, false) => open.removed.push_str(words),
            (false, true) => open.inserted.push_str(words),
            (false, false) => {}
        }
    }
    edits.extend((!open.is_empty()).then_some(open));
    edits
}
