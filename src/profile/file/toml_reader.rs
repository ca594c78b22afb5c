//! A TOML file that people edit by hand → typed values, or the place and the reason why not. Pure. The reason never
//! quotes the file: someone may have put a secret into the wrong one. `document` and `config` read with it.

use time::{Date, OffsetDateTime, format_description::well_known::Rfc3339};
use toml_edit::{Document, Item, TableLike};

use crate::profile::parse::DAY;
use crate::text::{Args, Texts};

/// What is wrong with a file, and where: line and column count from 1, the column in characters.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    pub line: usize,
    pub column: usize,
    pub wrong: Wrong,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Wrong {
    /// It is not TOML; the parser's own words, which do not quote the file.
    Syntax(String),
    /// The bytes are not UTF-8.
    NotText,
    /// A key has a value of another type.
    Type { key: String, expected: Expected },
    /// A key has a value that is not one of those it can have.
    Value { key: String, known: String },
    /// A key that must be there is not.
    Missing { key: String },
    /// A key that is not known, where a typing error would lead astray.
    Key { key: String, known: String },
    /// A value that breaks a rule; the rule is the text with that id, and its value there is `key`.
    Rule { id: &'static str, key: String },
    /// A newer version of this program wrote it.
    NewerFormat { found: i64 },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    Text,
    Texts,
    Number,
    Moment,
    Day,
    Table,
}

impl Expected {
    fn text_id(self) -> &'static str {
        match self {
            Expected::Text => "expected-text",
            Expected::Texts => "expected-texts",
            Expected::Number => "expected-number",
            Expected::Moment => "expected-moment",
            Expected::Day => "expected-day",
            Expected::Table => "expected-table",
        }
    }
}

impl Problem {
    pub fn text(&self, texts: &Texts) -> String {
        match &self.wrong {
            Wrong::Syntax(words) => texts.with("problem-syntax", &Args::new().with("words", words)),
            Wrong::NotText => texts.get("problem-not-text"),
            Wrong::Type { key, expected } => {
                let expected = texts.get(expected.text_id());
                texts.with("problem-type", &Args::new().with("key", key).with("expected", expected))
            }
            Wrong::Value { key, known } => {
                texts.with("problem-value", &Args::new().with("key", key).with("known", known))
            }
            Wrong::Missing { key } => texts.with("problem-missing", &Args::new().with("key", key)),
            Wrong::Key { key, known } => texts.with("problem-key", &Args::new().with("key", key).with("known", known)),
            Wrong::Rule { id, key } => texts.with(id, &Args::new().with("key", key)),
            Wrong::NewerFormat { found } => texts.with("problem-newer-format", &Args::new().with("found", *found)),
        }
    }
}

/// The line and column of a byte's place.
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

/// Bytes → text. The byte order mark that some editors write is taken away.
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
                wrong: Wrong::NotText,
            })
        }
    }
}

/// Text → TOML whose values know their places.
pub fn toml(text: &str) -> Result<Document<&str>, Problem> {
    Document::parse(text).map_err(|error| {
        let (line, column) = line_and_column(text, error.span().map_or(text.len(), |span| span.start));
        Problem {
            line,
            column,
            wrong: Wrong::Syntax(error.message().to_owned()),
        }
    })
}

/// A table of a file, with what is needed to say where something in it is wrong.
#[derive(Clone)]
pub struct TablePosition<'a> {
    text: &'a str,
    table: &'a dyn TableLike,
    /// The table's own name with a dot behind it; empty for the whole file.
    path: String,
    at: usize,
}

impl<'a> TablePosition<'a> {
    pub fn whole(text: &'a str, document: &'a Document<&str>) -> TablePosition<'a> {
        TablePosition {
            text,
            table: document.as_table(),
            path: String::new(),
            at: 0,
        }
    }

    /// The keys of this table and what they hold, as they stand.
    pub fn items(&self) -> Vec<(&'a str, &'a Item)> {
        self.table.iter().collect()
    }

    pub fn problem(&self, at: Option<&Item>, wrong: Wrong) -> Problem {
        let at = at.and_then(Item::span).map_or(self.at, |span| span.start);
        let (line, column) = line_and_column(self.text, at);
        Problem { line, column, wrong }
    }

    pub fn key(&self, key: &str) -> String {
        format!("{}{key}", self.path)
    }

    pub fn item(&self, key: &str) -> Option<&'a Item> {
        self.table.get(key)
    }

    fn typed<T>(
        &self,
        key: &str,
        expected: Expected,
        read: impl Fn(&'a Item) -> Option<T>,
    ) -> Result<Option<T>, Problem> {
        let Some(item) = self.item(key) else { return Ok(None) };
        match read(item) {
            Some(value) => Ok(Some(value)),
            None => Err(self.problem(
                Some(item),
                Wrong::Type {
                    key: self.key(key),
                    expected,
                },
            )),
        }
    }

    pub fn table(&self, key: &str) -> Result<Option<TablePosition<'a>>, Problem> {
        let (text, path) = (self.text, format!("{}.", self.key(key)));
        self.typed(key, Expected::Table, |item| {
            Some(TablePosition {
                text,
                table: item.as_table_like()?,
                path: path.clone(),
                at: item.span().map_or(0, |span| span.start),
            })
        })
    }

    /// An empty text counts as none.
    pub fn text(&self, key: &str) -> Result<Option<String>, Problem> {
        let text = self.typed(key, Expected::Text, Item::as_str)?;
        Ok(text.filter(|text| !text.trim().is_empty()).map(str::to_owned))
    }

    pub fn texts(&self, key: &str) -> Result<Vec<String>, Problem> {
        let texts = self.typed(key, Expected::Texts, |item| {
            item.as_array()?
                .iter()
                .map(|value| value.as_str().map(str::to_owned))
                .collect::<Option<Vec<String>>>()
        })?;
        Ok(texts.unwrap_or_default())
    }

    pub fn number(&self, key: &str) -> Result<Option<i64>, Problem> {
        self.typed(key, Expected::Number, Item::as_integer)
    }

    /// A number that counts from 1.
    pub fn count(&self, key: &str) -> Result<Option<u16>, Problem> {
        self.typed(key, Expected::Number, |item| {
            u16::try_from(item.as_integer()?).ok().filter(|count| *count > 0)
        })
    }

    pub fn moment(&self, key: &str) -> Result<Option<OffsetDateTime>, Problem> {
        self.typed(key, Expected::Moment, |item| {
            OffsetDateTime::parse(&item.as_datetime()?.to_string(), &Rfc3339).ok()
        })
    }

    /// A day without a time.
    pub fn day(&self, key: &str) -> Result<Option<Date>, Problem> {
        self.typed(key, Expected::Day, |item| {
            Date::parse(&item.as_datetime()?.to_string(), DAY).ok()
        })
    }

    /// One of a few words.
    pub fn one_of<T: Copy>(&self, key: &str, known: &[(&str, T)]) -> Result<Option<T>, Problem> {
        let Some(word) = self.text(key)? else { return Ok(None) };
        match known.iter().find(|(name, _)| *name == word) {
            Some((_, value)) => Ok(Some(*value)),
            None => Err(self.problem(
                self.item(key),
                Wrong::Value {
                    key: self.key(key),
                    known: known.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", "),
                },
            )),
        }
    }
}

impl std::fmt::Debug for TablePosition<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("TablePosition").field(&self.path).finish()
    }
}
