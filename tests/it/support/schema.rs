//! The published JSON Schemas, and the validation of a command's output against them.
//!
//! [`check`] knows the keywords that these schemas use (JSON Schema 2020-12, Core and Validation) and panics at any other. A
//! library for all of JSON Schema takes as long to build as a sixth of the program.

use std::{collections::BTreeMap, fs, path::Path, sync::LazyLock};

use serde_json::Value;
use time::{Date, OffsetDateTime, format_description::well_known::Rfc3339, macros::format_description};
use url::Url;

/// Each schema by the name of its file.
static SCHEMAS: LazyLock<BTreeMap<String, Value>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/schema");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    files
        .map(|entry| {
            let text = fs::read_to_string(entry.path()).unwrap();
            (
                entry.file_name().into_string().unwrap(),
                serde_json::from_str(&text).unwrap(),
            )
        })
        .collect()
});

/// Returns why a value is not valid by a schema; `None` if it is valid.
pub fn violation(schema: &str, value: &Value) -> Option<String> {
    let file = format!("{schema}.json");
    check(&SCHEMAS[&file], value, &file, "$").err()
}

/// Parses lines with an object each, and asserts that each is valid by the schema.
pub fn assert_valid(schema: &str, lines: &str) -> Vec<Value> {
    let parsed = lines.lines().map(|line| {
        let value: Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{schema}: {error}: {line}"));
        if let Some(wrong) = violation(schema, &value) {
            panic!("{wrong}\n{value:#}");
        }
        value
    });
    parsed.collect()
}

/// Checks the value at `path` by a schema of `file`.
fn check(schema: &Value, value: &Value, file: &str, path: &str) -> Result<(), String> {
    let schema = schema
        .as_object()
        .unwrap_or_else(|| panic!("{file}: no schema for {path}: {schema}"));
    let fails = |schema: &Value| check(schema, value, file, path).is_err();
    for (keyword, rule) in schema {
        let list = || rule.as_array().unwrap().iter();
        let is_met = match keyword.as_str() {
            "$schema" | "title" | "$defs" => true,
            "$ref" => {
                let (other, pointer) = rule.as_str().unwrap().split_once('#').unwrap();
                let other = if other.is_empty() { file } else { other };
                check(SCHEMAS[other].pointer(pointer).unwrap(), value, other, path)?;
                true
            }
            "type" => match rule {
                Value::Array(types) => types.iter().any(|name| has_type(value, name)),
                name => has_type(value, name),
            },
            "const" => value == rule,
            "enum" => list().any(|one| one == value),
            "allOf" => !list().any(fails),
            "anyOf" => list().any(|one| !fails(one)),
            "oneOf" => list().filter(|one| !fails(one)).count() == 1,
            "minimum" => value.as_f64().is_none_or(|number| number >= rule.as_f64().unwrap()),
            "minItems" => value
                .as_array()
                .is_none_or(|items| items.len() as u64 >= rule.as_u64().unwrap()),
            "maxItems" => value
                .as_array()
                .is_none_or(|items| items.len() as u64 <= rule.as_u64().unwrap()),
            "pattern" => value.as_str().is_none_or(|text| matches(text, rule.as_str().unwrap())),
            "format" => value
                .as_str()
                .is_none_or(|text| has_format(text, rule.as_str().unwrap())),
            "required" => {
                let missing =
                    |members: &serde_json::Map<_, _>| list().any(|name| !members.contains_key(name.as_str().unwrap()));
                !value.as_object().is_some_and(missing)
            }
            "items" => {
                for (at, item) in value.as_array().into_iter().flatten().enumerate() {
                    check(rule, item, file, &format!("{path}[{at}]"))?;
                }
                true
            }
            "properties" => {
                for (name, schema) in rule.as_object().unwrap() {
                    if let Some(member) = value.get(name) {
                        check(schema, member, file, &format!("{path}.{name}"))?;
                    }
                }
                true
            }
            "additionalProperties" => {
                let known = |name: &String| schema.get("properties").is_some_and(|known| known.get(name).is_some());
                let members = value.as_object().into_iter().flatten();
                for (name, member) in members.filter(|(name, _)| !known(name)) {
                    if rule == false {
                        return Err(format!("{file}: {path} has an unknown member {name}"));
                    }
                    check(rule, member, file, &format!("{path}.{name}"))?;
                }
                true
            }
            other => panic!("{file}: unknown keyword {other} for {path}"),
        };
        if !is_met {
            return Err(format!("{file}: {path} breaks {keyword} {rule}: {value}"));
        }
    }
    Ok(())
}

fn has_type(value: &Value, name: &Value) -> bool {
    match name.as_str().unwrap() {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("unknown type {other}"),
    }
}

/// Matches the regular expressions that the schemas use.
fn matches(text: &str, pattern: &str) -> bool {
    let is_word = |b: u8| matches!(b, b'a'..=b'z' | b'0'..=b'9');
    match pattern {
        "^MP-" => text.starts_with("MP-"),
        "^[a-z0-9-]+$" => !text.is_empty() && text.bytes().all(|b| is_word(b) || b == b'-'),
        // Not by the program's own parser, which forgives blanks around a name.
        "^[a-z0-9][a-z0-9._-]{0,63}$" => {
            let rest = |b: u8| is_word(b) || matches!(b, b'.' | b'_' | b'-');
            text.bytes().next().is_some_and(is_word) && text.len() <= 64 && text.bytes().all(rest)
        }
        other => panic!("unknown pattern {other}"),
    }
}

fn has_format(text: &str, format: &str) -> bool {
    match format {
        "date-time" => OffsetDateTime::parse(text, &Rfc3339).is_ok(),
        "date" => Date::parse(text, format_description!("[year]-[month]-[day]")).is_ok(),
        // A URI is ASCII without blanks (RFC 3986), which the parser of URLs would escape.
        "uri" => text.bytes().all(|b| b.is_ascii_graphic()) && Url::parse(text).is_ok(),
        other => panic!("unknown format {other}"),
    }
}

/// Asserts that every `$ref` below a value has a target, also where no output of the tests leads.
fn assert_references(value: &Value, file: &str) {
    if let Some(reference) = value.get("$ref").and_then(Value::as_str) {
        let (other, pointer) = reference.split_once('#').unwrap();
        let target = SCHEMAS[if other.is_empty() { file } else { other }].pointer(pointer);
        assert!(target.is_some(), "{file}: {reference}");
    }
    let members = value.as_object().into_iter().flat_map(|members| members.values());
    for inner in members.chain(value.as_array().into_iter().flatten()) {
        assert_references(inner, file);
    }
}

#[test]
fn every_reference_has_a_target() {
    for (file, schema) in &*SCHEMAS {
        assert_references(schema, file);
    }
}

#[test]
fn names_with_blanks_are_not_valid() {
    let pattern = "^[a-z0-9][a-z0-9._-]{0,63}$";
    assert!(matches("acme-1", pattern) && matches(&"a".repeat(64), pattern));
    for wrong in ["", " acme", "acme ", "-acme", "Acme", "å", &"a".repeat(65)] {
        assert!(!matches(wrong, pattern), "{wrong:?}");
    }
}

#[test]
fn what_a_schema_does_not_allow_is_found() {
    let valid = serde_json::json!({ "format": 1, "error": { "id": "usage", "text": "a", "hint": null } });
    assert_eq!(violation("error", &valid), None);
    let changed = |pointer: &str, value: Value| {
        let mut changed = valid.clone();
        *changed.pointer_mut(pointer).unwrap() = value;
        violation("error", &changed)
    };
    for (pointer, value) in [
        ("/format", 2.into()),
        ("/error", Value::Null),
        ("/error/id", "Usage".into()),
        ("/error/text", 1.into()),
        ("/error", serde_json::json!({ "id": "usage", "text": "a" })),
        (
            "/error",
            serde_json::json!({ "id": "usage", "text": "a", "hint": null, "more": 1 }),
        ),
    ] {
        assert!(changed(pointer, value).is_some(), "{pointer}");
    }
}
