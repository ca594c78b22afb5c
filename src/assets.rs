//! The compiled-in data, `assets/*.toml` and the texts: compressed by `build.rs`, and parsed when it is asked for. Pure.

use serde::de::DeserializeOwned;
use serde_json::Value;
use toml::de::{DeTable, DeValue};

/// All assets by name.
static ASSETS: &[Asset] = &include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// A file in `assets/`.
#[derive(Debug)]
pub struct Asset {
    /// The path in the folder, with `/`.
    name: &'static str,
    /// The ids of the messages in a Fluent file, each with a blank before and after it.
    messages: &'static str,
    compressed: &'static [u8],
}

impl Asset {
    /// Returns the content.
    pub fn text(&self) -> String {
        // It was compressed by the build of this program.
        let content = miniz_oxide::inflate::decompress_to_vec(self.compressed).unwrap_or_default();
        String::from_utf8(content).unwrap_or_default()
    }

    /// Returns whether a Fluent file has a message, without decompressing it.
    pub fn has_message(&self, id: &str) -> bool {
        self.messages.contains(&format!(" {id} "))
    }
}

/// Returns the assets in a folder, by name.
pub fn in_folder(folder: &str) -> impl Iterator<Item = &'static Asset> {
    ASSETS.iter().filter(move |asset| {
        let name = asset.name.strip_prefix(folder);
        name.is_some_and(|name| name.starts_with('/'))
    })
}

/// Parses a TOML file in `assets/`. Dates become texts.
///
/// It goes through a JSON value: the code that serde generates for each type is a quarter as large for such a value as it
/// is for TOML, which has positions and dates.
///
/// # Panics
///
/// Panics if there is no such file, or if it is no TOML or no `T`. A test parses each file, so that it cannot happen in a build
/// that passed.
pub fn parse<T: DeserializeOwned>(name: &str) -> T {
    let asset = ASSETS.iter().find(|asset| asset.name == name);
    let text = asset.unwrap_or_else(|| panic!("there is no asset {name}")).text();
    let table = DeTable::parse(&text).unwrap_or_else(|error| panic!("{name} is no TOML: {error}"));
    let value = to_json(DeValue::Table(table.into_inner()));
    serde_json::from_value(value).unwrap_or_else(|error| panic!("{name} has an unknown form: {error}"))
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
