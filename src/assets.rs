//! The parser of the data that is compiled in, `assets/*.toml`. Pure.

use serde::de::DeserializeOwned;
use serde_json::Value;
use toml::de::{DeTable, DeValue};

/// Parses one of the compiled-in TOML files. Dates become texts.
///
/// It goes through a JSON value: the code that serde generates for each type is a quarter as large for such a value as it
/// is for TOML, which has positions and dates.
///
/// # Panics
///
/// Panics if the text is no TOML, or is no `T`. A test parses each file, so that it cannot happen in a build that passed.
pub fn parse<T: DeserializeOwned>(text: &str) -> T {
    let table = DeTable::parse(text).unwrap_or_else(|error| panic!("an asset is no TOML: {error}"));
    let value = to_json(DeValue::Table(table.into_inner()));
    serde_json::from_value(value).unwrap_or_else(|error| panic!("an asset has an unknown form: {error}"))
}

fn to_json(value: DeValue) -> Value {
    match value {
        DeValue::String(text) => Value::String(text.into_owned()),
        DeValue::Integer(number) => {
            i64::from_str_radix(number.as_str(), number.radix()).map_or(Value::Null, Value::from)
        }
        DeValue::Float(number) => number.as_str().parse::<f64>().map_or(Value::Null, Value::from),
        DeValue::Boolean(value) => Value::Bool(value),
        DeValue::Datetime(written) => Value::String(written.to_string()),
        DeValue::Array(items) => items.into_iter().map(|item| to_json(item.into_inner())).collect(),
        DeValue::Table(table) => {
            let member =
                |(key, item): (toml::Spanned<_>, toml::Spanned<_>)| (key.into_inner(), to_json(item.into_inner()));
            table.into_iter().map(member).collect()
        }
    }
}
