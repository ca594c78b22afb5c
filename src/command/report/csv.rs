//! Report as CSV (RFC 4180), with ids as headings, so that a spreadsheet's formulas do not depend on the language.

use time::Date;

use super::ReportData;

const HEADINGS: [&str; 11] = [
    "profile",
    "business",
    "environment",
    "steps_done",
    "steps",
    "next",
    "who",
    "since",
    "last_check",
    "ends",
    "days_left",
];

/// Returns the report.
///
/// # Errors
///
/// csv's error, which writing to memory does not cause.
pub fn render(data: &ReportData<'_>) -> anyhow::Result<String> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    writer.write_record(HEADINGS)?;
    for row in &data.rows {
        let (done, all) = (row.progress.0.to_string(), row.progress.1.to_string());
        let (since, ends) = (iso(row.since_day), iso(row.ends.map(|(day, _)| day)));
        let days_left = row.ends.map_or(String::new(), |(_, days_left)| days_left.to_string());
        let cells = [
            &row.profile,
            &row.business,
            &row.environment,
            &done,
            &all,
            &row.next,
            &row.who,
            &since,
            &row.last_check,
            &ends,
            &days_left,
        ];
        writer.write_record(cells.map(|cell| inert(cell)))?;
    }
    Ok(String::from_utf8(writer.into_inner()?)?)
}

/// Returns a day as `2026-11-27` in every language, so that a spreadsheet sorts the column.
fn iso(day: Option<Date>) -> String {
    day.map_or(String::new(), |day| day.to_string())
}

/// Prevents that a spreadsheet runs a cell as a formula (OWASP, CSV Injection).
fn inert(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}
