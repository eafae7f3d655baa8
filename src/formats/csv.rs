//! A spreadsheet of what was checked, as CSV: one row an annotation, for newsrooms.
//!
//! May use: domain, the csv crate. RFC 4180: UTF-8 without a byte order mark, commas, CRLF after
//! each record, cells quoted where they must be. The columns are those of `super::table`.
//!
//! Invariant: no cell can run as a formula. One that begins with `=`, `+`, `-`, `@`, a tab, a line
//! end, NUL or a full-width form of the first four, even after quotation marks, white space or
//! invisible characters, gets one `'` before it. [`unguarded`] takes exactly that off again.
//! Known limit: bidirectional text is left to the spreadsheet, cell by cell.

use super::export::{Cancelled, Export, Part, Progress};
use super::loss;
use super::table::{HOLDS, Table};
use crate::domain::Project;
use crate::domain::rules::Include;

/// The table as CSV.
pub const EXPORT: Export = Export {
    title: "Table (CSV)",
    about: "a table for every program",
    include: Include::Verified,
    ending: None,
    write,
    told: |project, include| loss::list(project, include, HOLDS),
    is_list: true,
    shows_text: false,
};

/// Writes the list as CSV.
pub fn write(
    project: &Project,
    include: Include,
    progress: &mut Progress<'_>,
) -> Result<Vec<Part>, Cancelled> {
    let table = Table::of(project, include);
    progress.ahead(table.len());
    let mut writer = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(Vec::new());
    // Writing to memory cannot fail, and all records have the same length.
    let mut record = |cells: Vec<String>| {
        let _ = writer.write_record(cells.iter().map(|cell| guarded(cell)));
    };
    record(table.header());
    for cells in table.rows() {
        record(cells);
        progress.step()?;
    }
    Ok(Part::whole(writer.into_inner().unwrap_or_default()))
}

/// Whether a spreadsheet could take a cell for a formula.
fn is_formula(cell: &str) -> bool {
    for c in cell.chars() {
        match c {
            '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '\0' | '＝' | '＋' | '－' | '＠' => return true,
            '\'' | '"' | '“' | '”' | '„' | '‟' | '‘' | '’' | '‚' | '‛' | '«' | '»' | '‹' | '›' =>
                {}
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' => {}
            '\u{2060}'..='\u{206f}' | '\u{feff}' => {}
            c if c.is_whitespace() => {}
            _ => return false,
        }
    }
    false
}

/// The cell as it is written: with a `'` where it could run as a formula.
pub fn guarded(cell: &str) -> String {
    if is_formula(cell) { format!("'{cell}") } else { cell.to_owned() }
}

/// The cell as it was before [`guarded`].
pub fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| is_formula(rest)).unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_that_could_run_are_neutral_and_come_back() {
        let evil = [
            "=1+1",
            "+49 30",
            "-5 %",
            "@handle",
            "\tx",
            "\rx",
            "\nx",
            "＝1",
            "＋1",
            "－1",
            "＠x",
            "\0=1",
            "\"=1",
            "'=1",
            "\u{feff}=1",
            "\u{200b}=1",
            " =1",
            "  \t=1",
            "“-5” he said",
            "''=1",
            "\u{2068}=1\u{2069}",
            "\u{a0}@x",
        ];
        for cell in evil {
            assert_eq!(guarded(cell), format!("'{cell}"));
            assert_eq!(unguarded(&guarded(cell)), cell);
        }
        for cell in ["", "'tis", "'", "5 - 3", "a=b", "— he said", "“Yes”", "40 %", "''"] {
            assert_eq!(guarded(cell), cell);
            assert_eq!(unguarded(cell), cell);
        }
    }

    proptest::proptest! {
        #[test]
        fn guarding_is_reversible(cell in "[-=+@'\"“\t \r\n\u{200b}a,]{0,6}") {
            let written = guarded(&cell);
            proptest::prop_assert_eq!(unguarded(&written), cell.as_str());
            let first = written.chars().next();
            proptest::prop_assert!(!first.is_some_and(|c| "=+-@\t\r\n\0".contains(c)));
        }
    }
}
