//! A newsroom's desk in few words: who sits at it, what they mark and what they write down.
//!
//! Everything goes through the domain's own functions, as in the window. Words are named by the
//! text around them, with brackets about what is marked: `approved [by 21 votes to 14], ending`.
//! Invariant: the same story gives the same bytes. The clock moves by itself; ids follow from the
//! words that are marked, so what is added to a story leaves the ids of the rest as they are.

use jiff::Timestamp;
use proofmark::domain::annotation::{
    AnnotationValue as V, Contact, ContactValue, Evidence, EvidenceValue as E, Level, Number, Prose,
    Resolution, SignOff, SignOffValue, Speaker, Stance, Verdict,
};
use proofmark::domain::log::{self, Stamp};
use proofmark::domain::project::{AboutValue, Checker, Rating};
use proofmark::domain::{Article, Id, Kind, Project, Span, Status, Transaction};
use proofmark::formats;

/// How long it takes to mark something, and to fill in one field, in seconds.
const PACE: (i64, i64) = (140, 25);

/// A project in the making.
pub struct Desk {
    pub project: Project,
    stamp: Stamp,
    name: &'static str,
}

impl Desk {
    /// An article arrives on the desk of a checker.
    pub fn new(name: &'static str, file: &str, bytes: &[u8], by: &'static str, when: &str) -> Self {
        let loaded = formats::text::read(bytes).expect("the article is text");
        let mut stamp = Stamp::new(time(when), by, seed(&[name]));
        let article = Article::new(file.into(), loaded.sha256, loaded.text, &mut stamp);
        let project = Project::new(article, &mut stamp);
        let mut desk = Self { project, stamp, name };
        desk.sits_down(by, when);
        desk
    }

    /// Another checker takes over, or the same one comes back.
    pub fn sits_down(&mut self, by: &'static str, when: &str) {
        assert!(time(when) >= self.stamp.now, "{when} is past: the clock says {}", self.stamp.now);
        self.stamp = Stamp::new(time(when), by, 0);
        let transaction = self.project.enrol(&Checker::named(by));
        self.project.apply(&transaction).expect("enrolled");
    }

    /// Title and details.
    pub fn describe(&mut self, values: Vec<AboutValue>) {
        self.step(PACE.1, &["about"]);
        let transaction = self.project.describe(values, &mut self.stamp);
        self.apply(transaction);
    }

    /// Something is marked: each text is one span.
    pub fn mark(&mut self, kind: Kind, places: &[&str]) -> Marked<'_> {
        let spans: Vec<Span> = places.iter().map(|place| self.find(place)).collect();
        self.step(PACE.0, &[kind.word(), places[0]]);
        let (id, transaction) = self.project.mark(kind, &spans[..1], &mut self.stamp);
        self.apply(transaction);
        for span in &spans[1..] {
            let transaction = self.project.extend(id, *span, &mut self.stamp);
            self.apply(transaction);
        }
        Marked { desk: self, id }
    }

    pub fn claim(&mut self, places: &[&str], fact: &str) -> Marked<'_> {
        self.mark(Kind::Claim, places).set(V::Fact(fact.into()))
    }

    pub fn quote(&mut self, places: &[&str]) -> Marked<'_> {
        self.mark(Kind::Quote, places)
    }

    pub fn source(&mut self, places: &[&str], name: &str) -> Marked<'_> {
        self.mark(Kind::Source, places).set(V::Name(name.into()))
    }

    /// The other checker has looked at an annotation and signs it, as it is now.
    pub fn sign(&mut self, id: Id, role: &str) {
        let covers: Vec<Id> = self.project.annotations[&id].entry_ids().collect();
        self.step(PACE.1, &[&id.to_string(), "sign"]);
        let (by, at) = (self.stamp.by.to_string(), self.stamp.now);
        let mut signature = SignOff::create(&mut self.stamp, by, at, covers);
        log::set(&mut signature, SignOffValue::Role(role.into()), &mut self.stamp);
        let transaction = self.project.alter(id, "sign", |a| a.sign_offs.push(signature));
        self.apply(transaction);
    }

    pub fn remove(&mut self, id: Id) {
        self.step(PACE.1, &[&id.to_string(), "remove"]);
        let transaction = self.project.remove(id, &mut self.stamp);
        self.apply(transaction);
    }

    /// The span of the bracketed words in the one place that reads like this.
    fn find(&self, place: &str) -> Span {
        let (before, rest) = place.split_once('[').unwrap_or(("", place));
        let (words, after) = rest.split_once(']').unwrap_or((rest, ""));
        let context = [before, words, after].concat();
        let found: Vec<usize> =
            self.project.article.text.as_str().match_indices(&context).map(|(at, _)| at).collect();
        let [at] = found[..] else { panic!("“{context}” stands {} times in the article", found.len()) };
        let span = Span::new(at + before.len(), at + before.len() + words.len());
        assert!(self.project.article.text.admits(span), "“{words}” cuts a letter");
        span
    }

    /// Time passes, and the ids of what comes next follow from these words.
    fn step(&mut self, seconds: i64, words: &[&str]) {
        let now = Timestamp::from_second(self.stamp.now.as_second() + seconds).expect("a time");
        let seed = seed(&[&[self.name], words].concat());
        self.stamp = Stamp::new(now, self.stamp.by.clone(), seed);
    }

    fn apply(&mut self, transaction: Transaction) {
        assert!(!transaction.is_empty(), "a step that changes nothing");
        self.project.apply(&transaction).expect("the step fits");
    }
}

/// An annotation that is being worked on.
pub struct Marked<'a> {
    desk: &'a mut Desk,
    id: Id,
}

impl Marked<'_> {
    /// Sets one field.
    pub fn set(self, value: V) -> Self {
        let (desk, id) = (self.desk, self.id);
        let known = desk.project.annotations[&id].entry_ids().count();
        desk.step(PACE.1, &[&id.to_string(), &known.to_string()]);
        let transaction = desk.project.set(id, "set", vec![value], &mut desk.stamp);
        desk.apply(transaction);
        Self { desk, id }
    }

    pub fn status(self, status: Status) -> Self {
        self.set(V::Status(status))
    }

    /// A source in the article said it.
    pub fn by(self, source: Id) -> Self {
        self.set(V::Speaker(Some(Speaker::Source(source))))
    }

    /// Somebody said it whom the article does not name.
    pub fn by_name(self, name: &str) -> Self {
        self.set(V::Speaker(Some(Speaker::Name(name.into()))))
    }

    pub fn note(self, note: &str) -> Self {
        self.set(V::Note(note.into()))
    }

    pub fn verdict(self, label: &str, rationale: &str) -> Self {
        let scale = &self.desk.project.about.scale;
        let rating = scale.iter().find(|rating| rating.label == label).expect("on the scale");
        let verdict = Verdict { label: label.into(), number: rating.number };
        self.set(V::Verdict(Some(verdict))).set(V::Rationale(rationale.into()))
    }

    /// The words do not hold: what they should be, and what the editor said to that.
    pub fn correct(self, wording: &str, resolution: Resolution) -> Self {
        let marked = self.status(Status::NeedsCorrection).set(V::ProposedWording(wording.into()));
        if resolution == Resolution::Open { marked } else { marked.set(V::Resolution(resolution)) }
    }

    /// The recording or transcript that a quote was compared with, and where in it.
    pub fn compared(self, with: &str, at: &str) -> Self {
        self.set(V::ComparedWith(with.into())).set(V::ComparedAt(at.into()))
    }

    pub fn tags(self, tags: &[&str]) -> Self {
        self.set(V::Tags(tags.iter().map(|tag| (*tag).to_owned()).collect()))
    }

    /// Adds a piece of evidence at the end of the list.
    pub fn found(self, piece: Piece) -> Self {
        let (desk, id) = (self.desk, self.id);
        let rank = desk.project.annotations[&id].evidence.len() as i64;
        desk.step(PACE.0, &[&id.to_string(), "evidence", &rank.to_string()]);
        let mut evidence = Evidence::create(&mut desk.stamp);
        for value in piece.0.into_iter().chain([E::Rank(rank)]) {
            log::set(&mut evidence, value, &mut desk.stamp);
        }
        let transaction = desk.project.alter(id, "add evidence", |a| a.evidence.push(evidence));
        desk.apply(transaction);
        Self { desk, id }
    }

    /// Adds a line to a source's contact log.
    pub fn reached(self, at: &str, how: &str, outcome: &str) -> Self {
        let (desk, id) = (self.desk, self.id);
        desk.step(PACE.1, &[&id.to_string(), "contact", at]);
        let mut contact = Contact::create(&mut desk.stamp);
        for value in [
            ContactValue::At(at.into()),
            ContactValue::How(how.into()),
            ContactValue::Outcome(Prose::from(outcome)),
        ] {
            log::set(&mut contact, value, &mut desk.stamp);
        }
        let transaction = desk.project.alter(id, "note a contact", |a| a.contacts.push(contact));
        desk.apply(transaction);
        Self { desk, id }
    }

    pub fn id(self) -> Id {
        self.id
    }
}

/// A piece of evidence.
pub struct Piece(Vec<E>);

impl Piece {
    pub fn supports(title: &str) -> Self {
        Self(vec![E::Title(title.into())])
    }

    pub fn contradicts(title: &str) -> Self {
        Self::supports(title).with(E::Stance(Stance::Contradicts))
    }

    pub fn context(title: &str) -> Self {
        Self::supports(title).with(E::Stance(Stance::Context))
    }

    pub fn at(self, address: &str) -> Self {
        self.with(E::Address(address.into()))
    }

    pub fn archived(self, address: &str) -> Self {
        self.with(E::Archived(address.into()))
    }

    /// The page or the time.
    pub fn on(self, location: &str) -> Self {
        self.with(E::Location(location.into()))
    }

    pub fn says(self, excerpt: &str) -> Self {
        self.with(E::Excerpt(excerpt.into()))
    }

    pub fn primary(self, seen: &str) -> Self {
        self.with(E::Seen(seen.into())).with(E::Level(Some(Level::Primary)))
    }

    pub fn secondary(self, seen: &str) -> Self {
        self.with(E::Seen(seen.into())).with(E::Level(Some(Level::Secondary)))
    }

    fn with(mut self, value: E) -> Self {
        self.0.push(value);
        self
    }
}

/// A step of a house's scale.
pub fn rating(label: &str, number: f64, meaning: &str) -> Rating {
    Rating { label: label.into(), number: Some(Number(number)), meaning: meaning.into() }
}

fn time(when: &str) -> Timestamp {
    when.parse().expect("a time in UTC")
}

/// A number that follows from some words (FNV-1a, 128 bits).
fn seed(words: &[&str]) -> u128 {
    let bytes = words.iter().flat_map(|word| word.bytes().chain([0]));
    bytes.fold(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d, |hash, byte| {
        (hash ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b)
    })
}
