//! Report as one HTML file without outside references, for a screen, a printer and a screen reader.

use super::{COLUMNS, ReportData, ReportRow, RowState};

/// Black on white, so that a printed report is legible. Bars are outlined: printers leave backgrounds out.
const STYLE: &str = "\
body{font:16px/1.4 system-ui,sans-serif;margin:2rem;color:#111;background:#fff}\
table{border-collapse:collapse;width:100%}\
caption{text-align:left;padding:.5rem 0}\
th,td{border-bottom:1px solid #999;padding:.4rem .6rem;text-align:left;vertical-align:top}\
tr.passed th{border-left:6px solid #1a7f37}\
tr.failed th{border-left:6px solid #b3261e}\
tr.open th{border-left:6px solid #777}\
svg{display:block}\
@media print{body{margin:0;font-size:11px}tr{break-inside:avoid}thead{display:table-header-group}}";

/// Width of a progress bar in pixels.
const BAR_WIDTH: usize = 84;

/// Returns the report.
pub fn render(data: &ReportData<'_>) -> String {
    let texts = data.texts;
    let language = texts.language().code();
    let heading = format!("{} ({})", texts.get("report-heading"), data.day);
    let headings = COLUMNS.map(|id| format!("<th scope=\"col\">{}</th>", escaped(&texts.get(id))));
    let rows: String = data.rows.iter().map(|row| table_row(data, row)).collect();
    format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n<style>{STYLE}</style>\n\
         </head>\n<body>\n<h1>{title}</h1>\n<table>\n<caption>{summary}</caption>\n<thead><tr>{headings}</tr></thead>\n\
         <tbody>\n{rows}</tbody>\n</table>\n</body>\n</html>\n",
        title = escaped(&heading),
        summary = escaped(&data.summary()),
        headings = headings.join(""),
    )
}

fn table_row(data: &ReportData<'_>, row: &ReportRow) -> String {
    let class = match row.state {
        RowState::Passed => "passed",
        RowState::Failed | RowState::Unreadable => "failed",
        RowState::Open => "open",
    };
    let cells = [&row.business, &row.environment].map(|cell| format!("<td>{}</td>", escaped(cell)));
    let more = [&row.next, &row.who, &row.since, &row.last_check, &row.expiry];
    let more = more.map(|cell| format!("<td>{}</td>", escaped(cell)));
    format!(
        "<tr class=\"{class}\"><th scope=\"row\">{}</th>{}<td>{}</td>{}</tr>\n",
        escaped(&row.profile),
        cells.join(""),
        bar(data, row),
        more.join("")
    )
}

/// Returns the progress as a bar with its text, which a screen reader reads.
fn bar(data: &ReportData<'_>, row: &ReportRow) -> String {
    let (done, all) = row.progress;
    if all == 0 {
        return String::new();
    }
    let width = BAR_WIDTH * done / all;
    format!(
        "<svg width=\"{0}\" height=\"10\" aria-hidden=\"true\"><rect width=\"{width}\" height=\"10\" fill=\"#1a7f37\"/>\
         <rect x=\".5\" y=\".5\" width=\"{1}\" height=\"9\" fill=\"none\" stroke=\"#111\"/></svg>{2}",
        BAR_WIDTH,
        BAR_WIDTH - 1,
        escaped(&data.steps(row))
    )
}

/// Escapes the characters that HTML interprets, in text and in attributes.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}
