//! A parsed TOML file for reading: each value with its position, and each table as a list. Pure.
//!
//! Most tables have fewer than ten keys: searching a list takes less time than building a map.

use std::borrow::Cow;

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};
use toml_edit::Datetime;

/// Table with its keys in the file's order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table<'a> {
    pub entries: Vec<(Cow<'a, str>, Item<'a>)>,
}

/// Value with its position, in bytes from the start of the file.
#[derive(Debug, Clone, PartialEq)]
pub struct Item<'a> {
    pub at: usize,
    pub value: Value<'a>,
}

/// Value of a type that the program's files have.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    Text(Cow<'a, str>),
    Texts(Vec<Cow<'a, str>>),
    Number(i64),
    DateTime(Datetime),
    Table(Table<'a>),
    /// A value of any other type.
    Other,
}

impl<'a> Table<'a> {
    /// Returns a key's value; `None` if the key is absent.
    pub fn get(&self, key: &str) -> Option<&Item<'a>> {
        self.entries
            .iter()
            .find(|(other, _)| other == key)
            .map(|(_, item)| item)
    }

    /// Returns a key's value for a change; `None` if the key is absent.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Item<'a>> {
        self.entries
            .iter_mut()
            .find(|(other, _)| other == key)
            .map(|(_, item)| item)
    }
}

impl<'a> From<DeTable<'a>> for Table<'a> {
    fn from(table: DeTable<'a>) -> Table<'a> {
        let mut entries: Vec<_> = table.into_iter().collect();
        entries.sort_unstable_by_key(|(key, _)| key.span().start);
        let entry = |(key, item): (Spanned<_>, Spanned<_>)| {
            let at = item.span().start;
            let value = Value::from(item.into_inner());
            (key.into_inner(), Item { at, value })
        };
        Table {
            entries: entries.into_iter().map(entry).collect(),
        }
    }
}

impl<'a> From<DeValue<'a>> for Value<'a> {
    fn from(value: DeValue<'a>) -> Value<'a> {
        match value {
            DeValue::String(text) => Value::Text(text),
            DeValue::Integer(number) => {
                i64::from_str_radix(number.as_str(), number.radix()).map_or(Value::Other, Value::Number)
            }
            DeValue::Datetime(written) => Value::DateTime(written),
            DeValue::Array(items) => {
                let texts = items.into_iter().map(|item| match item.into_inner() {
                    DeValue::String(text) => Some(text),
                    _ => None,
                });
                texts.collect::<Option<_>>().map_or(Value::Other, Value::Texts)
            }
            DeValue::Table(table) => Value::Table(table.into()),
            DeValue::Float(_) | DeValue::Boolean(_) => Value::Other,
        }
    }
}
