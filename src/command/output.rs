//! A check and its diagnosis as lines in a terminal: with signs and colours where someone looks at them, in plain words
//! for a log or a screen reader.

use std::io::{self, IsTerminal};

use crossterm::style::{Color, StyledContent, Stylize};
use unicode_width::UnicodeWidthStr;

use super::{Context, columns};
use crate::{
    app::has_signs,
    certificate::Severity,
    console,
    diagnosis::Diagnosis,
    report::{Outcome, Report, StageFacts, StageResult},
    screen::theme::{Signs, Theme},
    text::{Args, Texts},
};

/// Lines of text are no longer than this: wide ones are hard to read.
const WIDEST: usize = 78;
/// Words are not wrapped into a column narrower than this.
const NARROWEST: usize = 24;
/// Room for the name of an environment of ours.
const ENVIRONMENT: usize = 7;
/// Room for a stage's name.
const NAME: usize = 16;

/// How lines are written to standard output.
#[derive(Debug)]
pub struct Page<'a> {
    pub texts: &'a Texts,
    color: bool,
    pub signs: Signs,
    /// Words in place of signs.
    plain: bool,
    /// Columns to wrap sentences at; whoever is not looking gets whole lines.
    width: usize,
    /// Columns that a table may take.
    columns: usize,
}

impl<'a> Page<'a> {
    pub fn new(context: &'a Context) -> Page<'a> {
        let looking = io::stdout().is_terminal() && !context.plain;
        let columns = if looking { columns() } else { None }.unwrap_or(WIDEST);
        Page {
            texts: &context.texts,
            color: context.color,
            signs: Theme::new(context.color, has_signs()).signs,
            plain: !looking,
            width: if looking { columns.clamp(20, WIDEST) } else { usize::MAX },
            columns: if looking { columns.max(20) } else { usize::MAX },
        }
    }

    /// For what is said beside: words alone.
    pub fn words(context: &'a Context) -> Page<'a> {
        Page {
            color: false,
            plain: true,
            width: usize::MAX,
            columns: usize::MAX,
            ..Page::new(context)
        }
    }

    /// Whether someone looks at it as it is written: signs and wrapped lines help, and a line may be drawn over again.
    pub fn is_watched(&self) -> bool {
        !self.plain
    }

    fn painted(&self, words: &str, paint: impl Fn(&str) -> StyledContent<&str>) -> String {
        if self.color {
            paint(words).to_string()
        } else {
            words.to_owned()
        }
    }

    /// `lead`, then words that are wrapped beside it.
    pub fn beside(&self, lead: &str, words: &str) -> String {
        wrapped(lead, words, self.width)
    }

    /// Rows in columns as wide as what is in them, two spaces between. The last column is wrapped beside the others, or
    /// below them where that would leave it too little room.
    pub fn table(&self, rows: &[Vec<String>]) -> String {
        let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
        let wide = |column: usize| {
            let cells = rows.iter().filter_map(|row| row.get(column));
            cells.map(|cell| cell.width()).max().unwrap_or_default()
        };
        let widths: Vec<usize> = (0..columns.saturating_sub(1)).map(wide).collect();
        let mut out = String::new();
        for row in rows {
            let mut lead = String::new();
            for (cell, width) in row.iter().zip(&widths) {
                lead.push_str(cell);
                lead.push_str(&" ".repeat(width - cell.width() + 2));
            }
            let last = row.get(widths.len()).map_or("", String::as_str);
            if last.is_empty() || self.columns.saturating_sub(lead.width()) >= NARROWEST {
                out.push_str(wrapped(&lead, last, self.columns).trim_end());
            } else {
                out.push_str(&format!("{}\n{}", lead.trim_end(), self.beside("    ", last)));
            }
            out.push('\n');
        }
        out
    }

    fn sign(&self, outcome: Outcome) -> (&'static str, Color) {
        match outcome {
            Outcome::Passed => (self.signs.done, Color::Green),
            Outcome::Warned => (self.signs.warned, Color::Yellow),
            Outcome::Failed => (self.signs.failed, Color::Red),
            Outcome::Skipped => (self.signs.open, Color::Reset),
        }
    }

    /// A line that begins with how something ended.
    pub fn signed(&self, outcome: Outcome, words: &str) -> String {
        if self.plain {
            return words.to_owned();
        }
        let (sign, color) = self.sign(outcome);
        let whole = self.beside(&format!("{sign} "), words);
        let rest = whole.get(sign.len()..).unwrap_or_default();
        format!("{}{rest}", self.painted(sign, |sign| sign.with(color)))
    }

    /// A line that begins with what is not done yet, and whether it is its turn.
    pub fn open(&self, here: bool, words: &str) -> String {
        if here {
            self.strong(&self.beside(&format!("{} ", self.signs.here), words))
        } else {
            self.beside("  ", words)
        }
    }

    pub fn strong(&self, words: &str) -> String {
        self.painted(words, |words| words.bold())
    }

    /// A finished stage, and what there is to warn of.
    pub fn stage(&self, result: &StageResult) -> String {
        let mut lines = if self.plain {
            result.to_text(self.texts)
        } else {
            let name = self.texts.get(&format!("stage-name-{}", result.stage.id()));
            let (sign, color) = self.sign(result.outcome);
            let whole = self.beside(&format!("{sign} {name:<NAME$} "), &result.summary(self.texts));
            let rest = whole.get(sign.len()..).unwrap_or_default().trim_end();
            format!("{}{rest}", self.painted(sign, |sign| sign.with(color)))
        };
        if let StageFacts::Certificate { findings, .. } = &result.facts {
            for finding in findings.iter().filter(|finding| finding.severity == Severity::Warns) {
                let words = format!("{} {}", finding.text(self.texts), finding.fix(self.texts));
                lines.push('\n');
                lines.push_str(&self.beside("  ", &words));
            }
        }
        lines + "\n"
    }

    /// What went wrong: title, cause, what to do, who must act.
    pub fn diagnosis(&self, found: &Diagnosis) -> String {
        let code = found.code.clone().unwrap_or_else(|| found.id.clone());
        let title = self.beside("", &format!("{} ({code})", found.title(self.texts)));
        let mut lines = vec![
            self.painted(&title, |title| title.with(Color::Red).bold()),
            self.beside("", &found.cause(self.texts)),
        ];
        let arrow = if self.plain { "-" } else { self.signs.arrow };
        lines.extend(
            found
                .fix(self.texts)
                .iter()
                .map(|step| self.beside(&format!("{arrow} "), step)),
        );
        let who = self.texts.get(&format!("who-{}", found.who.id()));
        lines.push(self.painted(&who, |who| who.bold()));
        if let Some(trace) = &found.trace_id {
            lines.push(self.texts.with("report-trace", &Args::new().with("trace", trace)));
        }
        let received = found
            .received
            .as_ref()
            .and_then(|received| received.to_text(self.texts));
        lines.extend(received.map(|received| self.beside("", &received)));
        lines.join("\n") + "\n"
    }

    /// What a check came to that did not fail.
    pub fn held(&self, report: &Report) -> String {
        let words = report.success(self.texts);
        let mut lines = vec![self.signed(Outcome::Passed, &words)];
        for result in &report.stages {
            if let StageFacts::Tokens(tokens) = &result.facts {
                lines.extend(tokens.iter().map(|token| self.beside("  ", &token.summary(self.texts))));
            }
        }
        lines.join("\n") + "\n"
    }

    /// One of many checks in one line; names are given the same room.
    pub fn row(&self, report: &Report, room: usize) -> String {
        let warned = report.stages.iter().any(|stage| stage.outcome == Outcome::Warned);
        let (outcome, words) = match &report.diagnosis {
            Some(found) => {
                let args = Args::new()
                    .with("title", found.title(self.texts))
                    .with("code", found.code.as_ref().unwrap_or(&found.id))
                    .with("who", self.texts.get(&format!("who-{}.short", found.who.id())));
                (Outcome::Failed, self.texts.with("check-row-failed", &args))
            }
            None if warned => (Outcome::Warned, self.warnings(report)),
            None => (Outcome::Passed, self.texts.get("outcome-passed")),
        };
        let name = &report.profile;
        self.signed(
            outcome,
            &format!("{name:<room$}  {:<ENVIRONMENT$}  {words}", report.environment),
        ) + "\n"
    }

    fn warnings(&self, report: &Report) -> String {
        let mut parts = vec![self.texts.get("outcome-passed")];
        for result in report.stages.iter().filter(|stage| stage.outcome == Outcome::Warned) {
            match &result.facts {
                StageFacts::Certificate { findings, .. } => {
                    let warns = findings.iter().filter(|finding| finding.severity == Severity::Warns);
                    parts.extend(warns.map(|finding| finding.text(self.texts)));
                }
                _ => parts.push(result.summary(self.texts)),
            }
        }
        parts.join(" · ")
    }

    /// One of many that could not be examined; why is said beside.
    pub fn unread_row(&self, name: &str, room: usize) -> String {
        let words = self.texts.get("list-unreadable");
        self.signed(
            Outcome::Failed,
            &format!("{name:<room$}  {:<ENVIRONMENT$}  {words}", ""),
        ) + "\n"
    }
}

fn wrapped(lead: &str, words: &str, width: usize) -> String {
    match width {
        usize::MAX => format!("{lead}{words}"),
        width => console::wrapped(lead, words, width),
    }
}
