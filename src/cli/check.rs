//! `proofmark check`: what stands in front of publication.
//!
//! May use: files, domain's rules. Invariant: every open matter of every file is a line of its own;
//! a file that cannot be read does not hide the others.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::words::{one_line, short};
use super::{Console, End, Failure, files};
use crate::domain::Stamp;
use crate::domain::log::Value;
use crate::domain::rules;
use crate::formats::{disputes, own_words};
use crate::io::shown;

/// Fail while something is open
///
/// Open are: unchecked, in progress, a query; a correction that is neither accepted nor rejected, or
/// accepted but not in the text; unverifiable without a reason; to be checked again; words no longer
/// in the text; two values between which nobody decided, and what one person removed or worded
/// otherwise while another changed it. Exit status 1 where something is open, 2
/// where a file cannot be read.
#[derive(Clone, Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// The project files
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
}

/// Runs it.
pub fn run(args: &Args, stamp: &mut Stamp, console: &mut Console) -> Result<End, Failure> {
    let mut end = End::Done;
    for path in &args.files {
        let file = match files::open(path, stamp, console) {
            Ok(file) => file,
            Err(failure) => {
                console.note(failure.to_string());
                end = End::Unread;
                continue;
            }
        };
        let mut open = 0;
        let fields: BTreeSet<_> =
            file.project.about.conflicts.iter().map(|head| head.value.field()).collect();
        for field in fields {
            open += 1;
            let words = rules::Open::Conflict.words();
            let field = format!("{field:?}").to_lowercase();
            console.say(&format!("{}: {words}: the article's {field}", shown(path)));
        }
        let text = &file.project.article.text;
        for two in file.project.article.disagreements() {
            open += 1;
            let sides: Vec<String> = two.variants.iter().map(disputes::variant).collect();
            let (words, number) = (rules::Open::Wording.words(), text.paragraph_of(two.at.start as usize));
            let line = format!("{}: ¶ {number}: {words}: {}", shown(path), sides.join(" or "));
            console.say(&one_line(&line));
        }
        for annotation in file.project.in_order() {
            let place = file.project.paragraph(annotation).map(|number| format!("¶ {number}: "));
            for matter in rules::open_matters(annotation) {
                open += 1;
                console.say(&format!(
                    "{}: {}{}: {} “{}” ({})",
                    shown(path),
                    place.as_deref().unwrap_or_default(),
                    matter.words(),
                    annotation.kind.word(),
                    short(&own_words(annotation), 60),
                    annotation.id
                ));
            }
        }
        if open == 0 {
            let marked = !file.project.annotations.is_empty();
            let what = if marked { "nothing is open" } else { "nothing is open, and nothing is marked" };
            console.say(&format!("{}: {what}", shown(path)));
        } else if end == End::Done {
            end = End::Open;
        }
    }
    Ok(end)
}
