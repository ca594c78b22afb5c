//! Writing TOML over a text that a person may have edited, for `document` and `state`. Pure. Comments, the order of keys
//! and unknown keys are kept.

use time::{Date, OffsetDateTime, format_description::well_known::Rfc3339};
use toml_edit::{Array, Datetime, Item, Table, TableLike, Value};

use crate::profile::expiry::to_utc;

/// Returns a text as a value. `None` if there is none or it is empty.
pub(super) fn text(written: Option<&str>) -> Option<Value> {
    written.filter(|text| !text.is_empty()).map(Value::from)
}

/// Returns a list of texts as a value. `None` if it is empty.
pub(super) fn texts(written: &[String]) -> Option<Value> {
    (!written.is_empty()).then(|| Value::from(written.iter().collect::<Array>()))
}

/// Returns a time in whole seconds, in UTC.
pub(super) fn date_time(at: OffsetDateTime) -> Option<Value> {
    let written = to_utc(at)?.replace_nanosecond(0).ok()?.format(&Rfc3339).ok()?;
    written.parse::<Datetime>().ok().map(Value::from)
}

/// Returns a day as a value.
pub(super) fn day(day: Date) -> Option<Value> {
    day.to_string().parse::<Datetime>().ok().map(Value::from)
}

/// Sets a key, or removes it. An equal value is left as written, and a new value keeps the comment beside the old one.
pub(super) fn put(table: &mut dyn TableLike, key: &str, value: Option<Value>) {
    let Some(mut value) = value else {
        table.remove(key);
        return;
    };
    match table.get_mut(key).and_then(Item::as_value_mut) {
        Some(present) if is_equal(present, &value) => {}
        Some(present) => {
            *value.decor_mut() = present.decor().clone();
            *present = value;
        }
        None => {
            table.insert(key, Item::Value(value));
        }
    }
}

fn is_equal(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::String(a), Value::String(b)) => a.value() == b.value(),
        (Value::Integer(a), Value::Integer(b)) => a.value() == b.value(),
        (Value::Datetime(a), Value::Datetime(b)) => a.value() == b.value(),
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| is_equal(a, b)),
        _ => false,
    }
}

/// Sets or removes the keys of a table. A table without any key is removed, and not created.
pub(super) fn put_all<const N: usize>(root: &mut dyn TableLike, name: &str, values: [(&str, Option<Value>); N]) {
    if values.iter().all(|(_, value)| value.is_none()) && !root.contains_key(name) {
        return;
    }
    let Some(table) = root
        .entry(name)
        .or_insert_with(|| Item::Table(Table::new()))
        .as_table_like_mut()
    else {
        return;
    };
    for (key, value) in values {
        put(table, key, value);
    }
    // The table stays while keys of a newer version are in it.
    if table.is_empty() {
        root.remove(name);
    }
}

/// Removes the keys of a table, and the table if no other key is left in it.
pub(super) fn remove_all(root: &mut dyn TableLike, name: &str, keys: &[&str]) {
    let Some(table) = root.get_mut(name).and_then(Item::as_table_like_mut) else {
        return;
    };
    for key in keys {
        table.remove(key);
    }
    if table.is_empty() {
        root.remove(name);
    }
}
