//! Reading an article's file for a subcommand: its encoding, and what is said of it.
//!
//! May use: io's names of files, formats, clap. Invariants: an encoding that was guessed is told; bytes
//! that fit no character are replaced only with `--replace-invalid`. Known limit: the file is read whole.

use std::path::Path;

use super::{Console, Failure};
use crate::formats::incoming::encoding::{self, Certainty};
use crate::formats::incoming::{self, Imported, ReadOptions};

/// How the bytes of an article are understood.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Reading {
    /// The text's encoding, windows-1252 say. Without it, it is recognised
    #[arg(long, value_name = "NAME")]
    pub encoding: Option<String>,
    /// Put � where bytes fit no character of the encoding
    #[arg(long)]
    pub replace_invalid: bool,
}

impl Reading {
    /// The options; an error where there is no encoding of that name.
    pub fn options(&self) -> Result<ReadOptions, Failure> {
        let named = |label: &String| {
            encoding::named(label).ok_or_else(|| {
                Failure::new(format!(
                    "There is no encoding {label}; names are UTF-8, windows-1252, Shift_JIS and so on"
                ))
            })
        };
        let encoding = self.encoding.as_ref().map(named).transpose()?;
        Ok(ReadOptions { encoding, replace: self.replace_invalid })
    }
}

/// The article in a file's bytes, and what a person should look at.
pub fn article(
    path: &Path,
    bytes: &[u8],
    from: Option<&str>,
    options: ReadOptions,
    console: &mut Console,
) -> Result<Imported, Failure> {
    let extension = path.extension().unwrap_or_default().to_string_lossy();
    let imported = incoming::read(bytes, from, &extension, options)
        .map_err(|error| Failure::of(path, format!("{error}. {}", advice(&error))))?;
    if imported.format == "docx" && options.encoding.is_some() {
        let why = "A Word document says itself how it is encoded; leave --encoding out";
        return Err(Failure::of(path, why));
    }
    tell(&imported, path, console);
    Ok(imported)
}

/// What to do, in words of the command line.
fn advice(error: &incoming::NotRead) -> String {
    if error.what.contains("no character") {
        "--encoding names another encoding, --replace-invalid puts � there".to_owned()
    } else {
        error.advice.clone()
    }
}

/// Says what a person should look at.
fn tell(imported: &Imported, article: &Path, console: &mut Console) {
    let file = crate::io::shown(article);
    if imported.certainty >= Certainty::Guessed {
        let doubt = if imported.certainty == Certainty::Uncertain { ", which is uncertain" } else { "" };
        console.note(format!(
            "warning: the text was taken for {}{doubt}; --encoding names another: {file}",
            imported.charset
        ));
    }
    if let Some(invalid) = &imported.invalid {
        console.note(format!("warning: {}, replaced by �: {file}", incoming::told(invalid)));
    }
    let found = imported.found();
    if !found.is_empty() {
        console.note(format!("note: {found} of the author's taken as proposed sources and notes: {file}"));
    }
    for remark in &imported.remarks {
        console.note(format!("note: {}: {file}", super::words::one_line(remark)));
    }
}
