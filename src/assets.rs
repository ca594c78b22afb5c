//! The parser of the data that is compiled in, `assets/*.toml`. Pure.

use serde::de::DeserializeOwned;

/// Parses one of the compiled-in TOML files.
///
/// It goes through a [`serde_json::Value`]: the code that serde generates for each type is a quarter as large for such a
/// value as it is for TOML, which has positions and dates.
///
/// # Panics
///
/// Panics if the text is no TOML, or is no `T`. A test parses each file, so that it cannot happen in a build that passed.
pub fn parse<T: DeserializeOwned>(text: &str) -> T {
    let value: serde_json::Value = toml::from_str(text).unwrap_or_else(|error| panic!("an asset is no TOML: {error}"));
    serde_json::from_value(value).unwrap_or_else(|error| panic!("an asset has an unknown form: {error}"))
}
