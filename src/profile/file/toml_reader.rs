//! A typed reader of hand-edited TOML, for `document` and `config`. Pure. An error has its position but never quotes the
//! file, as a user may have put a secret into the wrong one.

use time::{Date, OffsetDateTime, format_description::well_known::Rfc3339};
use toml_edit::{Document, Item, TableLike};

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

impl Problem {
    /// Returns the reason as a sentence, for people.
    pub fn text(&self, texts: &Texts) -> String {
        match &self.kind {
            ProblemKind::Syntax(message) => texts.with("problem-syntax", &Args::new().with("error", message)),
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

/// Parses TOML and keeps the position of each value.
pub fn toml(text: &str) -> Result<Document<&str>, Problem> {
    Document::parse(text).map_err(|error| {
        let (line, column) = line_and_column(text, error.span().map_or(text.len(), |span| span.start));
        Problem {
            line,
            column,
            kind: ProblemKind::Syntax(error.message().to_owned()),
        }
    })
}

/// A table of a TOML file, which reports errors with their position.
#[derive(Clone)]
pub struct TableReader<'a> {
    text: &'a str,
    table: &'a dyn TableLike,
    /// The table's name followed by a dot; empty for the root.
    path: String,
    at: usize,
}

impl<'a> TableReader<'a> {
    /// Returns a reader of the root table.
    pub fn root(text: &'a str, document: &'a Document<&str>) -> TableReader<'a> {
        TableReader {
            text,
            table: document.as_table(),
            path: String::new(),
            at: 0,
        }
    }

    /// Returns the keys of this table with their values, in the file's order.
    pub fn items(&self) -> Vec<(&'a str, &'a Item)> {
        self.table.iter().collect()
    }

    /// Returns an error at a value, or at the table itself without one.
    pub fn problem(&self, at: Option<&Item>, kind: ProblemKind) -> Problem {
        let at = at.and_then(Item::span).map_or(self.at, |span| span.start);
        let (line, column) = line_and_column(self.text, at);
        Problem { line, column, kind }
    }

    /// Returns a key with the names of its tables in front.
    pub fn key(&self, key: &str) -> String {
        format!("{}{key}", self.path)
    }

    /// Returns a key's value; `None` if the key is absent.
    pub fn item(&self, key: &str) -> Option<&'a Item> {
        self.table.get(key)
    }

    fn typed<T>(
        &self,
        key: &str,
        expected: ExpectedType,
        read: impl Fn(&'a Item) -> Option<T>,
    ) -> Result<Option<T>, Problem> {
        let Some(item) = self.item(key) else { return Ok(None) };
        match read(item) {
            Some(value) => Ok(Some(value)),
            None => Err(self.problem(
                Some(item),
                ProblemKind::Type {
                    key: self.key(key),
                    expected,
                },
            )),
        }
    }

    /// Returns a reader of an inner table; `None` if it is absent.
    pub fn table(&self, key: &str) -> Result<Option<TableReader<'a>>, Problem> {
        let (text, path) = (self.text, format!("{}.", self.key(key)));
        self.typed(key, ExpectedType::Table, |item| {
            Some(TableReader {
                text,
                table: item.as_table_like()?,
                path: path.clone(),
                at: item.span().map_or(0, |span| span.start),
            })
        })
    }

    /// Returns a string; `None` if it is absent or blank.
    pub fn text(&self, key: &str) -> Result<Option<String>, Problem> {
        let text = self.typed(key, ExpectedType::Text, Item::as_str)?;
        Ok(text.filter(|text| !text.trim().is_empty()).map(str::to_owned))
    }

    /// Returns an array of strings; empty if it is absent.
    pub fn texts(&self, key: &str) -> Result<Vec<String>, Problem> {
        let texts = self.typed(key, ExpectedType::Texts, |item| {
            item.as_array()?
                .iter()
                .map(|value| value.as_str().map(str::to_owned))
                .collect::<Option<Vec<String>>>()
        })?;
        Ok(texts.unwrap_or_default())
    }

    /// Returns an integer; `None` if it is absent.
    pub fn number(&self, key: &str) -> Result<Option<i64>, Problem> {
        self.typed(key, ExpectedType::Number, Item::as_integer)
    }

    /// Returns a number from 1 to 65535; `None` if it is absent.
    pub fn count(&self, key: &str) -> Result<Option<u16>, Problem> {
        self.typed(key, ExpectedType::Number, |item| {
            u16::try_from(item.as_integer()?).ok().filter(|count| *count > 0)
        })
    }

    /// Returns a date and time with an offset; `None` if it is absent.
    pub fn date_time(&self, key: &str) -> Result<Option<OffsetDateTime>, Problem> {
        self.typed(key, ExpectedType::Moment, |item| {
            let moment = OffsetDateTime::parse(&item.as_datetime()?.to_string(), &Rfc3339).ok()?;
            to_utc(moment)
        })
    }

    /// Returns a date without a time; `None` if it is absent.
    pub fn day(&self, key: &str) -> Result<Option<Date>, Problem> {
        self.typed(key, ExpectedType::Day, |item| {
            Date::parse(&item.as_datetime()?.to_string(), DAY).ok()
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

impl std::fmt::Debug for TableReader<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("TableReader").field(&self.path).finish()
    }
}
