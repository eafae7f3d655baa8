//! How large a file may be: beyond this it is refused in words, before memory grows.
//!
//! May use: the domain's types and serde. Invariant: the bytes are counted before anything else,
//! and records while they are read, so that a small file cannot become a large memory. Known limit:
//! what stands in one annotation is counted when that annotation is complete.

use serde::de::{Deserialize, Deserializer, Error, SeqAccess, Visitor};

use crate::domain::Annotation;
use crate::domain::log::Record;
use crate::domain::project::About;

/// The bytes of a file: twenty times the largest project that was ever measured with.
pub const FILE_BYTES: usize = 256 << 20;
/// Annotations, those that were removed not counted.
pub const ANNOTATIONS: usize = 200_000;
/// Entries in the log of one record.
pub const LOG_ENTRIES: usize = 20_000;
/// Entries in the history of the text.
pub const TEXT_ENTRIES: usize = 200_000;
/// Spans of one annotation, or pieces of evidence, contacts, sign-offs.
pub const SPANS: usize = 100_000;
/// Warnings that are told one by one; the rest is only counted.
pub const WARNINGS: usize = 1_000;

/// What is too many in one annotation.
pub(super) fn excess(annotation: &Annotation) -> Option<String> {
    fn logs<R: Record>(records: &[R]) -> bool {
        records.iter().any(|record| record.log().len() > LOG_ENTRIES)
    }
    let a = annotation;
    let lists = [a.spans.len(), a.evidence.len(), a.contacts.len(), a.sign_offs.len(), a.clashes.len()];
    if lists.into_iter().any(|count| count > SPANS) {
        return Some(format!("the annotation {} has more than {SPANS} spans or other records", a.id));
    }
    let too_long = a.log.len() > LOG_ENTRIES
        || logs(&a.spans)
        || logs(&a.evidence)
        || logs(&a.contacts)
        || logs(&a.sign_offs)
        || logs(&a.clashes);
    too_long.then(|| format!("a log of the annotation {} has more than {LOG_ENTRIES} entries", a.id))
}

/// Reads a list of annotations and stops at the first one too many.
pub(super) fn annotations<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Annotation>, D::Error> {
    struct Counted;
    impl<'de> Visitor<'de> for Counted {
        type Value = Vec<Annotation>;
        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("a list of annotations")
        }
        fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Vec<Annotation>, A::Error> {
            let mut all = Vec::new();
            while let Some(annotation) = seq.next_element::<Annotation>()? {
                if all.len() == ANNOTATIONS {
                    return Err(A::Error::custom(format!("there are more than {ANNOTATIONS} annotations")));
                }
                if let Some(excess) = excess(&annotation) {
                    return Err(A::Error::custom(excess));
                }
                all.push(annotation);
            }
            Ok(all)
        }
    }
    deserializer.deserialize_seq(Counted)
}

/// Reads the project's details and refuses too long a log.
pub(super) fn about<'de, D: Deserializer<'de>>(deserializer: D) -> Result<About, D::Error> {
    let about = About::deserialize(deserializer)?;
    if about.log.len() > LOG_ENTRIES {
        let what = format!("the log of the project's details has more than {LOG_ENTRIES} entries");
        return Err(D::Error::custom(what));
    }
    Ok(about)
}

/// Reads a log and stops at the first entry too many.
pub(super) fn counted<'de, D, T, const MOST: usize>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    struct Counted<T, const MOST: usize>(std::marker::PhantomData<T>);
    impl<'de, T: Deserialize<'de>, const MOST: usize> Visitor<'de> for Counted<T, MOST> {
        type Value = Vec<T>;
        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("a list")
        }
        fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Vec<T>, A::Error> {
            let mut all = Vec::new();
            while let Some(item) = seq.next_element()? {
                if all.len() == MOST {
                    return Err(A::Error::custom(format!("this list has more than {MOST} entries")));
                }
                all.push(item);
            }
            Ok(all)
        }
    }
    deserializer.deserialize_seq(Counted::<T, MOST>(std::marker::PhantomData))
}
