//! A typed reader of hand-edited TOML, for `document` and `config`. Pure. An error has its position but never quotes the
//! file, as a user may have put a secret into the wrong one.

use std::ops::Range;

use time::{Date, Month, OffsetDateTime, Time, UtcOffset, format_description::well_known::Rfc3339};
use toml::de::{DeTable, DeValue};
use toml_edit::{Datetime, Document, Offset};

use super::{
    simple_toml,
    toml_table::{Item, Table, Value},
};
use crate::profile::{expiry::to_utc, parse::DAY};
use crate::text::{Args, Texts};

/// An error in a TOML file, and its position. Line and column count from 1, the column in characters.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    pub line: usize,
    pub column: usize,
    pub kind: ProblemKind,
}

/// The reason a TOML file is not valid.
#[derive(Debug, Clone, PartialEq)]
pub enum ProblemKind {
    /// It is not TOML; the parser's message, which does not quote the file.
    Syntax(String),
    /// The bytes are not UTF-8.
    NotText,
    /// A key has a value of another type.
    Type { key: String, expected: ExpectedType },
    /// A key has a value that is not one of the `known` ones.
    Value { key: String, known: String },
    /// A required key is absent.
    Missing { key: String },
    /// An unknown key, in a table where a misspelt key would be harmful.
    Key { key: String, known: String },
    /// A value that breaks a rule. `id` names the rule's text, which takes `key` as its argument.
    Rule { id: &'static str, key: String },
    /// A newer version of this program wrote the file.
    NewerFormat { found: i64 },
}

/// The type that a key's value must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExpectedType {
    Text,
    Texts,
    Number,
    Moment,
    Day,
    Table,
}

impl ExpectedType {
    fn text_id(self) -> &'static str {
        match self {
            ExpectedType::Text => "expected-text",
            ExpectedType::Texts => "expected-texts",
            ExpectedType::Number => "expected-number",
            ExpectedType::Moment => "expected-moment",
            ExpectedType::Day => "expected-day",
            ExpectedType::Table => "expected-table",
        }
    }
}

/// Beginnings of the parser's messages (toml_parser), and the ids of the same in the texts.
const SYNTAX_ERRORS: [(&str, &str); 19] = [
    ("duplicate key", "twice"),
    ("unclosed table", "table"),
    ("unclosed array table", "table"),
    ("unclosed array", "bracket"),
    ("unclosed inline table", "bracket"),
    ("invalid basic string", "quotes"),
    ("invalid literal string", "quotes"),
    ("invalid multi-line", "quotes"),
    ("missing opening quote", "quotes"),
    ("string values must be quoted", "no-value"),
    ("invalid boolean", "no-value"),
    ("missing escaped value", "backslash"),
    ("too few unicode", "backslash"),
    ("unexpected key or value", "more"),
    ("unquoted keys cannot be empty", "name"),
    ("key with no value", "value"),
    ("missing value", "value"),
    ("extra comma", "comma"),
    ("missing comma", "comma"),
];

impl Problem {
    /// Returns the reason as a sentence, for people.
    pub fn text(&self, texts: &Texts) -> String {
        match &self.kind {
            ProblemKind::Syntax(message) => {
                let known = SYNTAX_ERRORS
                    .iter()
                    .find(|(beginning, _)| message.starts_with(beginning));
                let what = known.map_or("other", |(_, id)| *id);
                texts.with("problem-syntax", &Args::new().with("what", what).with("error", message))
            }
            ProblemKind::NotText => texts.get("problem-not-text"),
            ProblemKind::Type { key, expected } => {
                let expected = texts.get(expected.text_id());
                texts.with("problem-type", &Args::new().with("key", key).with("expected", expected))
            }
            ProblemKind::Value { key, known } => {
                texts.with("problem-value", &Args::new().with("key", key).with("known", known))
            }
            ProblemKind::Missing { key } => texts.with("problem-missing", &Args::new().with("key", key)),
            ProblemKind::Key { key, known } => {
                texts.with("problem-key", &Args::new().with("key", key).with("known", known))
            }
            ProblemKind::Rule { id, key } => texts.with(id, &Args::new().with("key", key)),
            ProblemKind::NewerFormat { found } => {
                texts.with("problem-newer-format", &Args::new().with("found", *found))
            }
        }
    }
}

/// Converts a byte offset to a line and a column, both from 1.
pub fn line_and_column(text: &str, at: usize) -> (usize, usize) {
    let before: String = text
        .char_indices()
        .take_while(|(i, _)| *i < at)
        .map(|(_, c)| c)
        .collect();
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (line, column)
}

/// Decodes UTF-8 and drops the byte order mark that some editors write.
pub fn utf8(bytes: &[u8]) -> Result<&str, Problem> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.strip_prefix('\u{feff}').unwrap_or(text)),
        Err(error) => {
            let (good, _) = bytes.split_at(error.valid_up_to());
            let good = String::from_utf8_lossy(good);
            let (line, column) = line_and_column(&good, good.len());
            Err(Problem {
                line,
                column,
                kind: ProblemKind::NotText,
            })
        }
    }
}

/// Parses TOML for a change that keeps everything else as it is.
pub fn editable(text: &str) -> Result<Document<&str>, Problem> {
    Document::parse(text).map_err(|error| syntax_problem(text, error.span(), error.message()))
}

/// Parses TOML for reading, with the position of each value. It takes half the time of [`editable`].
pub fn toml(text: &str) -> Result<Table<'_>, Problem> {
    if let Some(table) = simple_toml::parse(text) {
        return Ok(table);
    }
    let table = DeTable::parse(text).map_err(|error| syntax_problem(text, error.span(), error.message()))?;
    if !table.get_ref().values().all(|item| has_valid_numbers(item.get_ref())) {
        // It names the number. A file that can be read can be changed.
        editable(text)?;
    }
    Ok(table.into_inner().into())
}

fn syntax_problem(text: &str, span: Option<Range<usize>>, message: &str) -> Problem {
    let (line, column) = line_and_column(text, span.map_or(text.len(), |span| span.start));
    Problem {
        line,
        column,
        kind: ProblemKind::Syntax(message.to_owned()),
    }
}

/// Returns whether all numbers are in range: this parser leaves them as text.
fn has_valid_numbers(value: &DeValue) -> bool {
    match value {
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix()).is_ok(),
        DeValue::Float(number) => number.as_str().parse().is_ok_and(f64::is_finite) || number.as_str().contains('n'),
        DeValue::Array(items) => items.iter().all(|item| has_valid_numbers(item.get_ref())),
        DeValue::Table(items) => items.values().all(|item| has_valid_numbers(item.get_ref())),
        DeValue::String(_) | DeValue::Boolean(_) | DeValue::Datetime(_) => true,
    }
}

/// A table of a TOML file, which reports errors with their position.
#[derive(Clone)]
pub struct TableReader<'a> {
    text: &'a str,
    table: &'a Table<'a>,
    /// The parts of the table's name; empty for the root.
    path: Vec<&'a str>,
    at: usize,
}

impl<'a> TableReader<'a> {
    /// Returns a reader of the root table.
    pub fn root(text: &'a str, table: &'a Table<'a>) -> TableReader<'a> {
        TableReader {
            text,
            table,
            path: Vec::new(),
            at: 0,
        }
    }

    /// Returns the keys of this table with their values, in the file's order.
    pub fn items(&self) -> impl Iterator<Item = (&'a str, &'a Item<'a>)> + use<'a> {
        self.table.entries.iter().map(|(key, item)| (key.as_ref(), item))
    }

    /// Returns an error at a value, or at the table itself without one.
    pub fn problem(&self, at: Option<&Item>, kind: ProblemKind) -> Problem {
        let at = at.map_or(self.at, |item| item.at);
        let (line, column) = line_and_column(self.text, at);
        Problem { line, column, kind }
    }

    /// Returns a key with the names of its tables in front.
    pub fn key(&self, key: &str) -> String {
        let names = self.path.iter().copied().chain([key]);
        names.collect::<Vec<_>>().join(".")
    }

    /// Returns a key's value; `None` if the key is absent.
    pub fn item(&self, key: &str) -> Option<&'a Item<'a>> {
        self.table.get(key)
    }

    /// Reads a key's value as a type; `None` if the key is absent.
    fn typed<T>(
        &self,
        key: &str,
        expected: ExpectedType,
        read: impl Fn(&'a Value<'a>) -> Option<T>,
    ) -> Result<Option<T>, Problem> {
        let Some(item) = self.item(key) else { return Ok(None) };
        let read = read(&item.value);
        read.map(Some).ok_or_else(|| self.type_problem(key, item, expected))
    }

    fn type_problem(&self, key: &str, item: &Item, expected: ExpectedType) -> Problem {
        let key = self.key(key);
        self.problem(Some(item), ProblemKind::Type { key, expected })
    }

    /// Returns a reader of an inner table; `None` if it is absent.
    pub fn table(&self, key: &'a str) -> Result<Option<TableReader<'a>>, Problem> {
        let table = self.typed(key, ExpectedType::Table, |value| match value {
            Value::Table(table) => Some(table),
            _ => None,
        })?;
        Ok(table.map(|table| TableReader {
            text: self.text,
            table,
            path: [&self.path, &[key][..]].concat(),
            at: self.item(key).map_or(0, |item| item.at),
        }))
    }

    /// Returns a string; `None` if it is absent or blank.
    pub fn text(&self, key: &str) -> Result<Option<String>, Problem> {
        let text = self.typed(key, ExpectedType::Text, |value| match value {
            Value::Text(text) => Some(text),
            _ => None,
        })?;
        Ok(text.filter(|text| !text.trim().is_empty()).map(|text| text.to_string()))
    }

    /// Returns an array of strings; empty if it is absent.
    pub fn texts(&self, key: &str) -> Result<Vec<String>, Problem> {
        let texts = self.typed(key, ExpectedType::Texts, |value| match value {
            Value::Texts(texts) => Some(texts.iter().map(|text| text.to_string()).collect()),
            _ => None,
        })?;
        Ok(texts.unwrap_or_default())
    }

    /// Returns an integer; `None` if it is absent.
    pub fn number(&self, key: &str) -> Result<Option<i64>, Problem> {
        self.typed(key, ExpectedType::Number, integer)
    }

    /// Returns a number from 1 to 65535; `None` if it is absent.
    pub fn count(&self, key: &str) -> Result<Option<u16>, Problem> {
        self.typed(key, ExpectedType::Number, |value| {
            u16::try_from(integer(value)?).ok().filter(|count| *count > 0)
        })
    }

    /// Returns a date and time with an offset; `None` if it is absent.
    pub fn date_time(&self, key: &str) -> Result<Option<OffsetDateTime>, Problem> {
        self.typed(key, ExpectedType::Moment, date_time)
    }

    /// Returns a date and time with an offset, of a key and its value in this table.
    pub fn date_time_of(&self, key: &str, item: &Item) -> Result<OffsetDateTime, Problem> {
        date_time(&item.value).ok_or_else(|| self.type_problem(key, item, ExpectedType::Moment))
    }

    /// Returns a date without a time; `None` if it is absent.
    pub fn day(&self, key: &str) -> Result<Option<Date>, Problem> {
        self.typed(key, ExpectedType::Day, |value| match value {
            Value::DateTime(written) => Date::parse(&written.to_string(), DAY).ok(),
            _ => None,
        })
    }

    /// Returns the value of the name in `known`; `None` if it is absent.
    pub fn one_of<T: Copy>(&self, key: &str, known: &[(&str, T)]) -> Result<Option<T>, Problem> {
        let Some(written) = self.text(key)? else {
            return Ok(None);
        };
        match known.iter().find(|(name, _)| *name == written) {
            Some((_, value)) => Ok(Some(*value)),
            None => Err(self.problem(
                self.item(key),
                ProblemKind::Value {
                    key: self.key(key),
                    known: known.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", "),
                },
            )),
        }
    }
}

fn integer(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => Some(*number),
        _ => None,
    }
}

fn date_time(value: &Value) -> Option<OffsetDateTime> {
    let Value::DateTime(written) = value else { return None };
    // A leap second is rare, and a parser of RFC 3339 knows them.
    let parse = || OffsetDateTime::parse(&written.to_string(), &Rfc3339).ok();
    to_utc(moment(written).or_else(parse)?)
}

/// Returns a date and time with an offset; `None` if a part is absent or out of range.
fn moment(written: &Datetime) -> Option<OffsetDateTime> {
    let (date, time) = (written.date?, written.time?);
    let minutes = match written.offset? {
        Offset::Z => 0,
        Offset::Custom { minutes } => minutes,
    };
    let date = Date::from_calendar_date(date.year.into(), Month::try_from(date.month).ok()?, date.day).ok()?;
    let nanosecond = time.nanosecond.unwrap_or_default();
    let time = Time::from_hms_nano(time.hour, time.minute, time.second?, nanosecond).ok()?;
    let offset = UtcOffset::from_whole_seconds(i32::from(minutes) * 60).ok()?;
    Some(OffsetDateTime::new_in_offset(date, time, offset))
}

impl std::fmt::Debug for TableReader<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("TableReader").field(&self.path).finish()
    }
}
