//! Report as a Markdown table.

use super::{COLUMNS, ReportData};

/// Returns the report.
pub fn render(data: &ReportData<'_>) -> String {
    let texts = data.texts;
    let headings = COLUMNS.map(|id| texts.get(id));
    let mut out = format!(
        "# {} ({})\n\n{}\n\n",
        texts.get("report-heading"),
        data.day,
        data.summary()
    );
    out.push_str(&line(&headings));
    out.push_str(&line(&COLUMNS.map(|_| "---".to_owned())));
    for row in &data.rows {
        let cells = [
            &row.profile,
            &row.business,
            &row.environment,
            &data.steps(row),
            &row.next,
            &row.who,
            &row.since,
            &row.last_check,
            &row.expiry,
        ];
        out.push_str(&line(&cells.map(|cell| escaped(cell))));
    }
    out
}

fn line(cells: &[String]) -> String {
    format!("| {} |\n", cells.join(" | "))
}

/// Escapes what would end a cell or be interpreted in it.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '\n' | '\r' => out.push(' '),
            '|' | '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' => {
                out.push('\\');
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    out
}
