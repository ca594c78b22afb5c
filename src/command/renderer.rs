//! Text output of checks, diagnoses and tables: with symbols and colours on a terminal, plain for logs and screen readers.

use std::{
    io::{self, IsTerminal},
    iter,
};

use unicode_width::UnicodeWidthStr;

use super::Context;
use crate::{
    certificate::Severity,
    console::{
        printable::{Style, styled},
        terminal, wrap_after,
    },
    diagnosis::{Diagnosis, UNKNOWN},
    report::{Outcome, Report, StageFacts, StageResult},
    symbols::Symbols,
    text::{Args, Texts},
};

/// Sentences are wrapped here at the latest: longer lines are hard to read.
const MAX_TEXT_COLUMNS: usize = 78;
/// A narrower terminal is treated as one of this width.
const MIN_COLUMNS: usize = 20;
/// The last column of a table is not wrapped to fewer columns than this.
const MIN_LAST_COLUMN: usize = 24;
/// Width of the column for an environment: that of the longest built-in id, `sandbox`.
const ENVIRONMENT_COLUMNS: usize = 7;
/// Width of the column for the name of a stage.
const STAGE_COLUMNS: usize = 17;

/// Renderer of text for standard output. It returns strings and writes nothing.
#[derive(Debug)]
pub struct Renderer<'a> {
    pub texts: &'a Texts,
    color: bool,
    pub symbols: Symbols,
    /// No symbols, no wrapping.
    plain: bool,
    /// Columns to wrap sentences at.
    text_columns: usize,
    /// Columns that a table may take.
    table_columns: usize,
}

impl<'a> Renderer<'a> {
    /// Creates a renderer for standard output as it is: a terminal, or a file or pipe.
    pub fn new(context: &'a Context) -> Renderer<'a> {
        let live = io::stdout().is_terminal() && !context.plain;
        let columns = if live { terminal::columns() } else { None }.unwrap_or(MAX_TEXT_COLUMNS);
        let limit = |columns| if live { columns } else { usize::MAX };
        Renderer {
            texts: &context.texts,
            color: context.color,
            symbols: Symbols::new(terminal::supports_unicode()),
            plain: !live,
            text_columns: limit(columns.clamp(MIN_COLUMNS, MAX_TEXT_COLUMNS)),
            table_columns: limit(columns.max(MIN_COLUMNS)),
        }
    }

    /// Creates a renderer for standard error: plain text.
    pub fn plain(context: &'a Context) -> Renderer<'a> {
        Renderer {
            color: false,
            plain: true,
            text_columns: usize::MAX,
            table_columns: usize::MAX,
            ..Renderer::new(context)
        }
    }

    /// Returns whether output appears on a terminal: it has symbols, and a line can be overwritten.
    pub fn is_live(&self) -> bool {
        !self.plain
    }

    fn style(&self, text: &str, style: Style) -> String {
        if self.color {
            styled(text, style)
        } else {
            text.to_owned()
        }
    }

    /// Returns `lead`, then `text` wrapped and indented beside it.
    pub fn wrap_after(&self, lead: &str, text: &str) -> String {
        wrap(lead, text, self.text_columns)
    }

    /// Returns rows in aligned columns, two spaces apart.
    ///
    /// The last column is wrapped beside the others, or below them if it would become too narrow.
    pub fn table<S: AsRef<str>>(&self, rows: &[impl AsRef<[S]>]) -> String {
        let rows = || rows.iter().map(AsRef::as_ref);
        let columns = rows().map(<[S]>::len).max().unwrap_or_default();
        let wide = |column: usize| {
            let cells = rows().filter_map(|row| row.get(column)).map(AsRef::as_ref);
            let mut last = Measured::default();
            cells.map(|cell| last.measure(cell)).max().unwrap_or_default()
        };
        let widths: Vec<usize> = (0..columns.saturating_sub(1)).map(wide).collect();
        let mut measured = vec![Measured::default(); widths.len()];
        let lead_width: usize = widths.iter().map(|width| width + 2).sum();
        // About as many bytes: a line break, and a character of two bytes, more than columns.
        let last_bytes = rows().filter_map(|row| Some(row.get(widths.len())?.as_ref().len() + 2));
        let mut out = String::with_capacity(rows().len() * lead_width + last_bytes.sum::<usize>());
        let mut lead = String::new();
        for row in rows() {
            lead.clear();
            for ((cell, width), last) in row.iter().map(AsRef::as_ref).zip(&widths).zip(&mut measured) {
                lead.push_str(cell);
                lead.extend(iter::repeat_n(' ', width - last.measure(cell) + 2));
            }
            let last = row.get(widths.len()).map_or("", AsRef::as_ref).trim_end();
            if last.is_empty() {
                out.push_str(lead.trim_end());
            } else if self.table_columns == usize::MAX {
                out.push_str(&lead);
                out.push_str(last);
            } else if self.table_columns.saturating_sub(lead.width()) >= MIN_LAST_COLUMN {
                out.push_str(wrap(&lead, last, self.table_columns).trim_end());
            } else {
                out.push_str(&format!("{}\n{}", lead.trim_end(), self.wrap_after("    ", last)));
            }
            out.push('\n');
        }
        out
    }

    fn symbol(&self, outcome: Outcome) -> (&'static str, Option<Style>) {
        match outcome {
            Outcome::Passed => (self.symbols.done, Some(Style::Green)),
            Outcome::Warned => (self.symbols.warned, Some(Style::Yellow)),
            Outcome::Failed => (self.symbols.failed, Some(Style::Red)),
            Outcome::Skipped => (self.symbols.open, None),
        }
    }

    /// Returns a line that begins with the symbol of an outcome; in plain output the text alone.
    pub fn outcome(&self, outcome: Outcome, text: &str) -> String {
        if self.plain {
            return text.to_owned();
        }
        let (symbol, _) = self.symbol(outcome);
        self.color_symbol(outcome, &self.wrap_after(&format!("{symbol} "), text))
    }

    /// Colours the symbol that a line begins with.
    fn color_symbol(&self, outcome: Outcome, line: &str) -> String {
        let (symbol, style) = self.symbol(outcome);
        let rest = line.get(symbol.len()..).unwrap_or_default();
        let symbol = style.map_or(symbol.to_owned(), |style| self.style(symbol, style));
        format!("{symbol}{rest}")
    }

    /// Returns a line for something not done yet; the current one is marked.
    pub fn open(&self, current: bool, text: &str) -> String {
        if current {
            self.bold(&self.wrap_after(&format!("{} ", self.symbols.here), text))
        } else {
            self.wrap_after("  ", text)
        }
    }

    pub fn bold(&self, text: &str) -> String {
        self.style(text, Style::Bold)
    }

    /// Returns a finished stage of a check with its warnings.
    pub fn stage(&self, result: &StageResult) -> String {
        let mut lines = if self.plain {
            result.to_text(self.texts)
        } else {
            let name = self.texts.get(&format!("stage-name-{}", result.stage.id()));
            let (symbol, _) = self.symbol(result.outcome);
            let lead = format!("{symbol} {name:<STAGE_COLUMNS$} ");
            let line = self.wrap_after(&lead, &result.summary(self.texts));
            self.color_symbol(result.outcome, line.trim_end())
        };
        for warning in result.warnings(self.texts) {
            lines.push('\n');
            lines.push_str(&self.wrap_after("  ", &warning));
        }
        lines + "\n"
    }

    /// Returns a diagnosis: its title and cause, what to do and who must act.
    pub fn diagnosis(&self, found: &Diagnosis) -> String {
        let title = found.title(self.texts);
        let title = match found.code.as_ref().unwrap_or(&found.id) {
            id if id == UNKNOWN => title,
            code => format!("{title} ({code})"),
        };
        let title = self.wrap_after("", &title);
        let mut lines = vec![
            self.style(&title, Style::BoldRed),
            self.wrap_after("", &found.cause(self.texts)),
        ];
        let arrow = if self.plain { "-" } else { self.symbols.arrow };
        lines.extend(
            found
                .fix(self.texts)
                .iter()
                .map(|step| self.wrap_after(&format!("{arrow} "), step)),
        );
        let who = found.who_text(self.texts);
        lines.push(self.bold(&who));
        if let Some(trace) = &found.trace_id {
            lines.push(self.texts.with("report-trace", &Args::new().with("trace", trace)));
        }
        let received = found
            .received
            .as_ref()
            .and_then(|received| received.to_text(self.texts));
        lines.extend(received.map(|received| self.wrap_after("", &received)));
        let others = found.other_refusals(self.texts);
        lines.extend(others.iter().map(|other| self.wrap_after("", other)));
        lines.join("\n") + "\n"
    }

    /// Returns the result of a check that passed, with its tokens.
    pub fn success(&self, report: &Report) -> String {
        let mut lines = vec![self.outcome(Outcome::Passed, &report.success(self.texts))];
        for result in &report.stages {
            if let StageFacts::Tokens(tokens) = &result.facts {
                lines.extend(
                    tokens
                        .iter()
                        .map(|token| self.wrap_after("  ", &token.summary(self.texts))),
                );
            }
        }
        lines.join("\n") + "\n"
    }

    /// Returns one of many checks in one line; `name_columns` is the width of the column for the names.
    pub fn check_row(&self, report: &Report, name_columns: usize) -> String {
        let warned = report.stages.iter().any(|stage| stage.outcome == Outcome::Warned);
        let (outcome, text) = match &report.diagnosis {
            Some(found) => {
                let title = match &found.code {
                    Some(code) => format!("{} ({code})", found.title(self.texts)),
                    None => found.title(self.texts),
                };
                let args = Args::new()
                    .with("title", title)
                    .with("who", self.texts.get(&format!("who-{}.short", found.who.id())));
                (Outcome::Failed, self.texts.with("check-row-failed", &args))
            }
            None if warned => (Outcome::Warned, self.warnings(report)),
            None => (Outcome::Passed, self.texts.get("outcome-passed")),
        };
        self.row(outcome, [&report.profile, &report.environment, &text], name_columns)
    }

    /// Returns one of many profiles that could not be read. The reason goes to standard error.
    pub fn unreadable_row(&self, name: &str, name_columns: usize) -> String {
        let text = self.texts.get("list-unreadable");
        self.row(Outcome::Failed, [name, "", &text], name_columns)
    }

    /// Returns one of many profiles that was not checked, as nothing gave its password.
    pub fn skipped_row(&self, report: &Report, name_columns: usize) -> String {
        let text = self.texts.get("check-row-skipped");
        self.row(
            Outcome::Skipped,
            [&report.profile, &report.environment, &text],
            name_columns,
        )
    }

    fn row(&self, outcome: Outcome, [name, environment, text]: [&str; 3], name_columns: usize) -> String {
        let line = format!("{name:<name_columns$}  {environment:<ENVIRONMENT_COLUMNS$}  {text}");
        self.outcome(outcome, &line) + "\n"
    }

    fn warnings(&self, report: &Report) -> String {
        let mut parts = vec![self.texts.get("outcome-passed")];
        for result in report.stages.iter().filter(|stage| stage.outcome == Outcome::Warned) {
            match &result.facts {
                StageFacts::Certificate { findings, .. } => {
                    let warns = findings.iter().filter(|finding| finding.severity == Severity::Warns);
                    parts.extend(warns.map(|finding| finding.text(self.texts)));
                }
                StageFacts::Clock { .. } => parts.push(result.summary(self.texts)),
                _ => parts.extend(result.warnings(self.texts)),
            }
        }
        parts.join(" · ")
    }
}

/// The cell of a column that was measured last, and its width.
#[derive(Clone, Default)]
struct Measured<'a> {
    cell: &'a str,
    columns: usize,
}

impl<'a> Measured<'a> {
    /// Returns the width of `cell`, and keeps it: the next row often has the same text.
    fn measure(&mut self, cell: &'a str) -> usize {
        if cell != self.cell {
            let columns = if cell.is_ascii() { cell.len() } else { cell.width() };
            *self = Measured { cell, columns };
        }
        self.columns
    }
}

fn wrap(lead: &str, text: &str, columns: usize) -> String {
    match columns {
        usize::MAX => format!("{lead}{text}"),
        columns => wrap_after(lead, text, columns),
    }
}
