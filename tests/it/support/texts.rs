//! Texts by their ids, so that rewording a sentence breaks snapshots only.

use std::sync::LazyLock;

use klarert::text::{Arg, Args, Language, Texts};

pub static ENGLISH: LazyLock<Texts> = LazyLock::new(|| Texts::new(Language::English));
pub static BOKMAL: LazyLock<Texts> = LazyLock::new(|| Texts::new(Language::Bokmal));

pub fn english(id: &str) -> String {
    ENGLISH.get(id)
}

pub fn english_with(id: &str, args: &[(&str, &str)]) -> String {
    let args = args
        .iter()
        .fold(Args::new(), |args, (name, value)| args.with(name, *value));
    ENGLISH.with(id, &args)
}

/// Returns a value that is given to a text.
pub fn value(args: &Args, name: &str) -> Option<String> {
    let (_, value) = args.iter().filter(|(other, _)| *other == name).last()?;
    Some(match value {
        Arg::Text(text) => text.clone(),
        Arg::Number(number) => number.to_string(),
        Arg::Date(day) => day.to_string(),
    })
}
