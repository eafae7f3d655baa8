//! `proofmark mark`: exact words become an annotation.
//!
//! May use: files, domain. Invariant: what is marked are exactly the words that were given, on
//! character edges, never something near them. Known limit: occurrences do not overlap.

use std::path::PathBuf;

use super::by::By;
use super::force::Force;
use super::{Console, End, Failure, files};
use crate::domain::annotation::{Annotation, AnnotationValue, Prose};
use crate::domain::{Kind, Project, Stamp, Status, Text};

/// Mark words of the article as a claim, quote or source
///
/// Prints the id of the new annotation. The words must stand in the article exactly as given, line
/// feeds included. The same words at the same place cannot be marked twice as the same kind; another
/// occurrence of them can.
#[derive(Clone, Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// The project file
    pub file: PathBuf,
    /// What the words are
    pub kind: Kind,
    /// The words, exactly as the article has them
    #[arg(allow_hyphen_values = true)]
    pub words: String,
    #[command(flatten)]
    pub at: At,
    #[command(flatten)]
    pub fields: Fields,
    #[command(flatten)]
    pub over: Force,
    #[command(flatten)]
    pub by: By,
}

/// Which of several occurrences.
#[derive(Clone, Copy, Debug, Default, clap::Args)]
pub struct At {
    /// Which occurrence of the words, counted from 1
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..), conflicts_with = "all")]
    pub occurrence: Option<u32>,
    /// All occurrences, as one annotation
    #[arg(long)]
    pub all: bool,
}

/// What is recorded about an annotation.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Fields {
    /// How far checking got; unverifiable needs --note
    #[arg(long, value_name = "STATUS")]
    pub status: Option<Status>,
    /// A note for everybody who gets the file
    ///
    /// With --status unverifiable it is the reason. An empty one takes the note away.
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub note: Option<String>,
    /// Who said it: the name of a source that is marked, or any name
    ///
    /// An empty one takes the speaker away.
    #[arg(long, value_name = "NAME")]
    pub speaker: Option<String>,
}

impl Fields {
    /// Whether nothing is asked for.
    pub fn is_empty(&self) -> bool {
        self.status.is_none() && self.note.is_none() && self.speaker.is_none()
    }

    /// The values to set, or why they cannot be.
    pub fn values(
        &self,
        project: &Project,
        kind: Kind,
        now: Option<&Annotation>,
    ) -> Result<Vec<AnnotationValue>, String> {
        let mut values = Vec::new();
        let note = self.note.as_deref().map(Prose::from);
        if let Some(status) = self.status {
            values.push(AnnotationValue::Status(status));
            if status == Status::Unverifiable {
                match &note {
                    Some(reason) if !reason.is_blank() => {
                        values.push(AnnotationValue::Reason(reason.clone()))
                    }
                    None if now.is_some_and(|now| !now.reason.is_blank()) => {}
                    _ => return Err("The status unverifiable needs its reason, with --note".into()),
                }
            }
        }
        if let Some(note) = note
            && self.status != Some(Status::Unverifiable)
        {
            values.push(AnnotationValue::Note(if note.is_blank() { Prose::default() } else { note }));
        }
        if let Some(name) = &self.speaker {
            if kind == Kind::Source && !name.trim().is_empty() {
                return Err("A source has no speaker; --speaker is for claims and quotes".into());
            }
            let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
            values.push(AnnotationValue::Speaker(project.speaker_named(&name)));
        }
        Ok(values)
    }
}

/// Runs it.
pub fn run(args: &Args, stamp: &mut Stamp, console: &mut Console) -> Result<End, Failure> {
    let mut file = files::open_to_change(&args.file, args.over, stamp, console)?;
    let words = Text::normalised(&args.words);
    let places = file.places(words.as_str())?;
    let spans = match args.at {
        At { all: true, .. } => file.all(places)?,
        At { occurrence, .. } => vec![file.place(&places, occurrence.unwrap_or(1) as usize)?],
    };
    file.refuse_twice(args.kind, &spans, None)?;
    let values = args.fields.values(&file.project, args.kind, None).map_err(|why| file.failure(why))?;
    let (id, marking) = file.project.mark(args.kind, &spans, stamp);
    file.apply(&marking)?;
    let setting = file.project.set(id, "set", values, stamp);
    file.apply(&setting)?;
    file.save(stamp, console)?;
    console.say(&id.to_string());
    Ok(End::Done)
}
