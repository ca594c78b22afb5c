//! The published JSON Schemas, and the validation of a command's output against them.

use std::{fs, path::Path, sync::LazyLock};

use boon::{Compiler, SchemaIndex, Schemas};
use serde_json::Value;

static COMPILED: LazyLock<(Schemas, Vec<(String, SchemaIndex)>)> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/schema");
    let (mut compiler, mut schemas) = (Compiler::new(), Schemas::new());
    // By default `format` is not checked.
    compiler.enable_format_assertions();
    let mut names: Vec<String> = fs::read_dir(folder.clone())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    for name in &names {
        let text = fs::read_to_string(folder.join(name)).unwrap();
        compiler
            .add_resource(name, serde_json::from_str(&text).unwrap())
            .unwrap();
    }
    let compiled = names.iter().map(|name| {
        let index = compiler.compile(name, &mut schemas).unwrap();
        (name.trim_end_matches(".json").to_owned(), index)
    });
    let compiled = compiled.collect();
    (schemas, compiled)
});

/// Returns why a value is not valid by a schema; `None` if it is valid.
pub fn violation(schema: &str, value: &Value) -> Option<String> {
    let (schemas, compiled) = &*COMPILED;
    let (_, index) = compiled.iter().find(|(name, _)| name == schema).unwrap();
    schemas.validate(value, *index).err().map(|wrong| format!("{wrong:#}"))
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
