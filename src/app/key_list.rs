//! The keys as the README shows them. May use: the table of commands.
//!
//! Invariant: every row with a key is in the list, in the table's order.

use super::command::Command;
use super::list_keys::LIST_KEYS;
use super::moves::MOVES;
use super::table::{Row, rows};

/// The keys as a Markdown table: the README's list. Neighbours that ask for the same with another
/// kind, status or format share a line.
pub fn keys_as_markdown() -> String {
    let mut table = String::from("| key | what it does |\n| --- | --- |\n");
    let with_keys: Vec<&Row> = rows().filter(|row| !row.keys.is_empty()).collect();
    let alike = |a: &&Row, b: &&Row| are_kin(&a.command, &b.command);
    for rows in with_keys.chunk_by(alike) {
        table.push_str(&format!("| {} | {} |\n", keys_of(rows), words_of(rows)));
    }
    let keys = MOVES.iter().flat_map(|row| row.keys.split(", ")).map(|keys| format!("`{keys}`"));
    let helps: Vec<&str> = MOVES.iter().map(|row| row.help.trim_start_matches("Caret: ")).collect();
    let (keys, helps) = (keys.collect::<Vec<_>>().join(", "), helps.join("; "));
    table.push_str(&format!("| {keys} | Move the caret, with Shift select: {helps} |\n"));
    let keys = LIST_KEYS.iter().flat_map(|row| row.keys.split(", ")).map(|keys| format!("`{keys}`"));
    let (keys, helps) =
        (keys.collect::<Vec<_>>().join(", "), LIST_KEYS.map(|row| lower(row.help)).join("; "));
    table.push_str(&format!("| {keys} | In the list: {helps} |\n"));
    table
}

/// Whether two commands ask for the same with something else, or one for the other way round.
fn are_kin(a: &Command, b: &Command) -> bool {
    use Command as C;
    let pair = |command: &Command| match command {
        C::Save | C::SaveAs => 1,
        C::Undo | C::Redo => 2,
        C::Next | C::Previous => 3,
        C::ZoomIn | C::ZoomOut | C::ZoomReset => 4,
        _ => 0,
    };
    std::mem::discriminant(a) == std::mem::discriminant(b) || pair(a) > 0 && pair(a) == pair(b)
}

/// Whether a command stands for a group of its own, whose keys are no series.
const fn is_group(command: &Command) -> bool {
    matches!(command, Command::Record(_) | Command::Compare(_))
}

/// The keys of some rows; those of many are named by the first and the last.
fn keys_of(rows: &[&Row]) -> String {
    let keys: Vec<String> =
        rows.iter().flat_map(|row| row.keys).map(|chord| format!("`{}`", chord.words(false))).collect();
    match &keys[..] {
        [first, _, _, .., last] if rows.len() > 3 && !rows.iter().any(|row| is_group(&row.command)) => {
            format!("{first} to {last}")
        }
        keys => keys.join(", "),
    }
}

/// The name of a row with what it does; of several the names and, where they do the same, what.
fn words_of(rows: &[&Row]) -> String {
    let names: Vec<&str> = rows.iter().map(|row| row.name.trim_end_matches('…')).collect();
    let (Some(first), Some((last, others))) = (rows.first(), names.split_last()) else {
        return String::new();
    };
    if others.is_empty() {
        return format!("{last}: {}", lower(first.help));
    }
    let gap = |row: &Row| row.help.replace(&row.name.to_lowercase(), "{}");
    let help = gap(first);
    if rows.iter().any(|row| gap(row) != help) {
        return names.join(", ");
    }
    let any = format!("{} or {last}", others.join(", ")).to_lowercase();
    format!("{}: {}", names.join(", "), lower(&help.replace("{}", &any)))
}

/// With a small letter at its beginning.
fn lower(sentence: &str) -> String {
    let mut chars = sentence.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}
