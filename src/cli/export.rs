//! `proofmark export`: the list for a newsroom or for readers.
//!
//! May use: files, formats, domain. Invariant: an export never replaces a project file, and no other
//! file without `--force`; what it leaves out is told on standard error.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::words::one_line;
use super::{Console, End, Failure, files};
use crate::domain::Stamp;
use crate::domain::rules::Include;
use crate::formats;
use crate::io::same;

/// Write the verified claims and quotes as a spreadsheet or as a list for readers
///
/// A verified one has the status verified, or a correction that was accepted; orphans, conflicts and
/// what is to be checked again never count. Confidential sources and private notes are in no export.
/// In CSV, a cell that a spreadsheet could run as a formula begins with an apostrophe.
#[derive(Clone, Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// The project file
    pub file: PathBuf,
    /// The format
    #[arg(long, value_name = "FORMAT", value_parser = format_names())]
    pub to: String,
    /// Where to write. Without it, or with -: to standard output
    #[arg(short, long, value_name = "OUT")]
    pub output: Option<PathBuf>,
    /// The verified ones, all with a result, or everything. Without it, what the format is for:
    /// verified, but checked for claimreview and all for the two papers for Word
    #[arg(long, value_name = "WHICH")]
    pub include: Option<Include>,
    /// Overwrite an existing file
    #[arg(long)]
    pub force: bool,
}

fn format_names() -> impl TypedValueParser<Value = String> {
    PossibleValuesParser::new(formats::exports().map(|format| format.name))
}

/// Runs it.
pub fn run(args: &Args, stamp: &mut Stamp, console: &mut Console) -> Result<End, Failure> {
    let named = formats::find(&args.to).and_then(|format| Some((format, format.write?)));
    let (format, export) =
        named.ok_or_else(|| Failure::new(format!("There is no export named {}", one_line(&args.to))))?;
    let file = files::open(&args.file, stamp, console)?;
    let include = args.include.unwrap_or(export.include);
    for line in formats::leaves_out(&file.project, format, include) {
        console.note(one_line(&line));
    }
    let parts = formats::parts(format, &file.project, include);
    match args.output.as_ref().filter(|output| output.as_os_str() != "-") {
        None => {
            if parts.len() > 1 {
                return Err(Failure::new("This export is several files; name the first with -o"));
            }
            for part in parts {
                console.write(part.bytes);
            }
        }
        Some(output) => {
            if same::is_same(output, &file.path) {
                return Err(Failure::of(output, "The export would overwrite the project itself"));
            }
            let is_project =
                output.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("ron"));
            if is_project {
                return Err(Failure::of(
                    output,
                    "An export is no project file; name one that does not end in .ron",
                ));
            }
            files::put_parts(output, &parts, args.force, console)?;
        }
    }
    Ok(End::Done)
}
