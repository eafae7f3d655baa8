//! The table of what was checked, for Excel and LibreOffice.
//!
//! May use: domain, the rust_xlsxwriter crate. The columns are those of `super::table`; the header
//! stays in sight, long texts wrap, every cell is typed: text is text, whatever it begins with, so
//! no cell needs the apostrophe of CSV. Invariants: there is no formula and no link in the file; the
//! same project gives the same bytes (the time of its creation is that of the article's).
//! Known limits: a cell holds 32,767 characters of UTF-16; what is longer is cut, and told. All cells are
//! in memory, some 400 MB for 100,000 claims: the crate's mode for less puts them into temporary files,
//! where unpublished words must not be.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use super::export::{Cancelled, Export, Part, Progress};
use super::loss;
use super::table::{HOLDS, Table};
use crate::domain::Project;
use crate::domain::rules::Include;

/// The table for Excel.
pub const EXPORT: Export = Export {
    title: "Table (Excel)",
    about: "a table for Excel and LibreOffice",
    include: Include::Verified,
    ending: None,
    write,
    told,
    is_list: true,
    shows_text: false,
};

/// What Excel takes into one cell, in units of UTF-16.
const LONGEST: usize = 32_767;
/// What Excel takes into one sheet, with the header.
const ROWS: usize = 1_048_576;
/// What stands at the end of a text that was cut.
const CUT: &str = " … (cut)";
/// Columns of numbers that we count ourselves.
const NUMBERS: [&str; 3] = ["order", "paragraph", "verdict_number"];

fn told(project: &Project, include: Include) -> Vec<String> {
    let mut lines = loss::list(project, include, HOLDS);
    let table = Table::of(project, include);
    let cut = table.rows().flatten().filter(|cell| is_long(cell)).count();
    if cut > 0 {
        let cells = loss::counted(cut, "cell", "cells");
        lines.push(format!("left out: the end of {cells}, longer than Excel's 32,767 characters"));
    }
    if table.len() >= ROWS {
        lines.push(format!("left out: {} rows, more than a sheet of Excel has", table.len() + 1 - ROWS));
    }
    lines
}

/// Writes the list as a workbook of one sheet.
pub fn write(
    project: &Project,
    include: Include,
    progress: &mut Progress<'_>,
) -> Result<Vec<Part>, Cancelled> {
    let table = Table::of(project, include);
    // Packing takes about as long as the rows.
    progress.ahead(table.len() * 2);
    let mut book = Workbook::new();
    book.set_properties(&properties(project));
    let sheet = book.add_worksheet();
    // What can fail is checked before: lengths, names, the number of rows.
    let _ = lay_out(sheet, &table.header(), include);
    let text = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let header = table.header();
    for (place, cells) in table.rows().take(ROWS - 1).enumerate() {
        let row = place as u32 + 1;
        for (column, (cell, name)) in cells.iter().zip(&header).enumerate() {
            let _ = put(sheet, (row, column as u16), cell, NUMBERS.contains(&name.as_str()), &text);
        }
        progress.step()?;
    }
    progress.ask()?;
    Ok(Part::whole(book.save_to_buffer().unwrap_or_default()))
}

fn lay_out(sheet: &mut Worksheet, header: &[String], include: Include) -> Result<(), XlsxError> {
    let mut name = include.word().to_owned();
    name[..1].make_ascii_uppercase();
    sheet.set_name(name)?;
    let bold = Format::new()
        .set_bold()
        .set_align(FormatAlign::Top)
        .set_background_color(0x00EE_EBE4)
        .set_border_bottom(rust_xlsxwriter::FormatBorder::Thin);
    for (column, name) in header.iter().enumerate() {
        let column = column as u16;
        sheet.write_string_with_format(0, column, name, &bold)?;
        sheet.set_column_width(column, width(name))?;
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.autofilter(0, 0, 0, header.len().saturating_sub(1) as u16)?;
    sheet.set_landscape().set_repeat_rows(0, 0)?.set_print_fit_to_pages(1, 0);
    Ok(())
}

/// The width of a column, in characters.
fn width(name: &str) -> f64 {
    match name {
        "order" | "paragraph" | "kind" | "priority" | "resolution" | "verdict_number" => 11.0,
        "exact_text" | "fact" | "rationale" | "note" => 48.0,
        "corrected_from" | "proposed_wording" | "reason" => 36.0,
        "id" | "status" | "said_on" => 16.0,
        "checked_at" | "speaker" | "where" | "category" | "verdict" | "open" => 21.0,
        name if name.ends_with("_title") || name.ends_with("_address") => 34.0,
        name if name.ends_with("_archived") => 24.0,
        name => (name.len() as f64 + 4.0).max(14.0),
    }
}

fn put(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &str,
    is_number: bool,
    format: &Format,
) -> Result<(), XlsxError> {
    if cell.is_empty() {
        return Ok(());
    }
    if let Some(number) = is_number.then(|| cell.parse::<f64>().ok()).flatten() {
        sheet.write_number_with_format(row, column, number, format)?;
        return Ok(());
    }
    let cell = shortened(cell);
    if cell.starts_with("<r>") && cell.ends_with("</r>") {
        // The crate takes a text of that form for its own markup of several formats and writes it as
        // it is. In two pieces it is escaped.
        let plain = Format::default();
        sheet.write_rich_string_with_format(row, column, &[(&plain, "<"), (&plain, &cell[1..])], format)?;
    } else {
        sheet.write_string_with_format(row, column, &*cell, format)?;
    }
    Ok(())
}

fn is_long(cell: &str) -> bool {
    cell.len() > LONGEST && cell.encode_utf16().count() > LONGEST
}

/// A text that fits into a cell.
fn shortened(cell: &str) -> std::borrow::Cow<'_, str> {
    if !is_long(cell) {
        return cell.into();
    }
    let room = LONGEST - CUT.len();
    let mut units = 0;
    let kept = cell.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > room
    });
    let end = kept.map_or(cell.len(), |(at, _)| at);
    format!("{}{CUT}", &cell[..end]).into()
}

fn properties(project: &Project) -> DocProperties {
    let made = project.article.log.first().map_or(0, |entry| entry.when.as_second());
    let title: String = project.about.title.chars().filter(|c| !c.is_control()).take(200).collect();
    let properties = DocProperties::new().set_title(title);
    // Before 1900 and after 9999 there are no dates in Excel.
    match ExcelDateTime::from_timestamp(made).or_else(|_| ExcelDateTime::from_timestamp(0)) {
        Ok(made) => properties.set_creation_datetime(&made),
        Err(_) => properties,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_between_characters_and_fits() {
        assert_eq!(shortened("short"), "short");
        let exact = "é".repeat(LONGEST);
        assert_eq!(shortened(&exact), exact);
        let long = "😀".repeat(LONGEST);
        let cut = shortened(&long);
        assert!(cut.ends_with(CUT) && cut.encode_utf16().count() <= LONGEST);
    }
}
