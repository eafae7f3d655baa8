//! `proofmark import`: an article becomes a project.
//!
//! May use: io, formats, domain. Invariant: the article is never overwritten, nor anything else
//! without `--force`; an encoding that was guessed is told, and bytes that fit no character are
//! replaced only with `--replace-invalid`. Known limit: template lines of a page stay; the window
//! offers to take them out.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::by::By;
use super::reading::{self, Reading};
use super::{Console, End, Failure, files, import_marks};
use crate::domain::Stamp;
use crate::formats::{FORMATS, exchange, ron};
use crate::io::{ARTICLE_LIMIT, read, same};

/// Make a project of an article (plain text, Markdown, a saved web page, a Word document)
///
/// Plain text may be in any encoding: line ends become line feeds and a byte order mark goes; otherwise
/// it is kept as it is. Of a web page the article is taken, of a Word document the text, with the
/// author's footnotes and comments as proposed sources and notes on their words. Nothing is fetched.
/// Prints the name of the project file.
///
/// With --into, the file holds annotations that another tool made of an article, and they come into that
/// article's project: placed where their words stand, else as orphans. Twice adds nothing.
#[derive(Clone, Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// The article's file, or with --into the annotations'
    pub article: PathBuf,
    /// Where to write the project. Without it: beside the article, under its name with .ron
    #[arg(short, long, value_name = "FILE.ron")]
    pub output: Option<PathBuf>,
    /// What the article is. Without it, its content and its name say so
    #[arg(long, value_name = "FORMAT", value_parser = format_names())]
    pub from: Option<String>,
    /// The project that annotations come into
    #[arg(long, value_name = "FILE.ron", conflicts_with_all = ["output", "encoding", "replace_invalid"])]
    pub into: Option<PathBuf>,
    #[command(flatten)]
    pub reading: Reading,
    /// Overwrite an existing file; with --into: change the project although a window has it open
    #[arg(long)]
    pub force: bool,
    #[command(flatten)]
    pub by: By,
}

fn format_names() -> impl TypedValueParser<Value = String> {
    let articles = FORMATS.iter().filter(|format| format.read.is_some()).map(|format| format.name);
    PossibleValuesParser::new(articles.chain(import_marks::names()))
}

/// Runs it.
pub fn run(args: &Args, stamp: &mut Stamp, console: &mut Console) -> Result<End, Failure> {
    if let Some(into) = &args.into {
        return import_marks::run(args, into, stamp, console);
    }
    if let Some(name) = args.from.as_ref().filter(|name| import_marks::names().any(|known| known == *name)) {
        return Err(no_article(args, name));
    }
    let options = args.reading.options()?;
    let bytes = read(&args.article, ARTICLE_LIMIT)?;
    let sniffed = std::str::from_utf8(&bytes).ok().filter(|_| args.from.is_none()).and_then(exchange::sniff);
    if let Some(format) = sniffed {
        return Err(no_article(args, format.name));
    }
    if bytes.starts_with(b"(") && ron::read(&bytes, &mut stamp.clone()).is_ok() {
        return Err(Failure::of(&args.article, "This is a project already, not an article"));
    }
    let target = args.output.clone().unwrap_or_else(|| args.article.with_extension("ron"));
    if same::is_same(&args.article, &target) {
        return Err(Failure::of(
            &target,
            "The project would overwrite the article; name another file with -o",
        ));
    }
    let imported = reading::article(&args.article, &bytes, args.from.as_deref(), options, console)?;
    let name = args.article.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut project = imported.project(&name, stamp);
    project.apply(&files::enrol(&project, stamp))?;
    files::create(&project, &target, args.force, console)?;
    console.say(&super::words::path(&target.to_string_lossy()));
    Ok(End::Done)
}

fn no_article(args: &Args, name: &str) -> Failure {
    let why = format!("This holds annotations ({name}), no article: name their project with --into");
    Failure::of(&args.article, why)
}
