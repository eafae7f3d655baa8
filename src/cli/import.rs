//! `proofmark import`: an article becomes a project.
//!
//! May use: io, formats, domain. Invariant: the article is never overwritten, nor anything else
//! without `--force`. Known limit: plain text in UTF-8 only.

use std::path::PathBuf;

use super::by::By;
use super::{Console, End, Failure, files};
use crate::domain::{Article, Project, Stamp};
use crate::formats::{ron, text};
use crate::io::{ARTICLE_LIMIT, read, same};

/// Make a project of an article (plain text, UTF-8)
///
/// Line ends become line feeds and a byte order mark goes; otherwise the text is kept as it is.
/// Prints the name of the project file.
#[derive(Clone, Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// The article's text file
    pub article: PathBuf,
    /// Where to write the project. Without it: beside the article, under its name with .ron
    #[arg(short, long, value_name = "FILE.ron")]
    pub output: Option<PathBuf>,
    /// Overwrite an existing file
    #[arg(long)]
    pub force: bool,
    #[command(flatten)]
    pub by: By,
}

/// Runs it.
pub fn run(args: &Args, stamp: &mut Stamp, console: &mut Console) -> Result<End, Failure> {
    let bytes = read(&args.article, ARTICLE_LIMIT)?;
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
    let loaded = text::read(&bytes).map_err(|error| Failure::of(&args.article, error))?;
    let name = args.article.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let article = Article::new(name, loaded.sha256, loaded.text, stamp);
    let mut project = Project::new(article, stamp);
    project.apply(&files::enrol(&project, stamp))?;
    files::create(&project, &target, args.force, console)?;
    console.say(&super::words::path(&target.to_string_lossy()));
    Ok(End::Done)
}
