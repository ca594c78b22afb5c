//! The rules of the source: purity, imports without circles, file length, docs and documented panics.

mod imports;

use std::collections::BTreeSet;

use self::imports::{Graph, Module, Modules, circle, module};
use crate::support::source::{Source, sources};

/// Modules without files, network, clock or terminal.
const PURE: [&str; 10] = [
    "assets",
    "characters",
    "symbols",
    "text",
    "journey",
    "profile",
    "certificate",
    "diagnosis",
    "report",
    "wizard",
];
/// Modules that show the wizard: pure, except for the names of keys.
const VIEWS: [&str; 2] = ["plain", "screen"];

/// Names that a pure module may not use.
const IMPURE: [&str; 16] = [
    "std::fs",
    "fs::",
    "std::net",
    "std::process",
    "std::thread",
    "thread::",
    "std::env",
    "SystemTime",
    "Instant",
    "now_utc",
    "now_local",
    "crossterm::",
    "reqwest",
    "tokio",
    "stdout()",
    "println!",
];

const MAX_FILE_LINES: usize = 400;

/// Returns whether this is one of the files of a pure module that read and write files: `store.rs` and its folder.
fn is_store(source: &Source) -> bool {
    source.path.starts_with("profile/") && (source.path.ends_with("/store.rs") || source.path.contains("/store/"))
}

/// Returns the other top-level modules that a file imports.
fn top_level(modules: &Modules, source: &Source) -> BTreeSet<String> {
    let imports = modules.imports(source).into_iter();
    let first = imports.filter_map(|module| module.into_iter().next());
    first.filter(|name| name != source.module()).collect()
}

#[test]
fn pure_modules_use_nothing_impure() {
    let mut wrong = Vec::new();
    for source in sources() {
        let pure = PURE.contains(&source.module()) && !is_store(source);
        for name in IMPURE {
            let keys = source.module() == "screen" && name == "crossterm::";
            if (pure || VIEWS.contains(&source.module())) && !keys && source.code.contains(name) {
                wrong.push(format!("{} uses {name}", source.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn pure_modules_and_views_import_pure_modules_only() {
    let sources = sources();
    let modules = Modules::of(sources);
    let mut wrong = Vec::new();
    for source in sources {
        let pure = PURE.contains(&source.module());
        if pure || VIEWS.contains(&source.module()) {
            let others = top_level(&modules, source).into_iter();
            let impure = others.filter(|other| !PURE.contains(&other.as_str()));
            wrong.extend(impure.map(|other| format!("{} imports {other}", source.path)));
        }
        // Pure modules reach the disk through effects, never through the store.
        if pure && !is_store(source) && source.code.replace("store::StoreError", "").contains("store::") {
            wrong.push(format!("{} imports the store", source.path));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    for name in PURE.iter().chain(&VIEWS) {
        assert!(
            sources.iter().any(|source| source.module() == *name),
            "there is no module {name}"
        );
    }
}

#[test]
fn modules_do_not_import_each_other_in_a_circle() {
    let sources = sources();
    let modules = Modules::of(sources);
    let mut graph = Graph::new();
    for source in sources.iter().filter(|source| !module(source).is_empty()) {
        let imports = top_level(&modules, source).into_iter().map(|name| vec![name]);
        graph
            .entry(vec![source.module().to_owned()])
            .or_default()
            .extend(imports);
    }
    assert_eq!(circle(&graph).map(shown), None);
}

#[test]
fn files_of_a_module_do_not_import_each_other_in_a_circle() {
    let sources = sources();
    let modules = Modules::of(sources);
    let graph: Graph = sources
        .iter()
        .map(|source| {
            let imports = modules.imports(source).into_iter();
            let within = imports.filter(|import| import.first().is_some_and(|first| first == source.module()));
            (module(source), within.collect())
        })
        .collect();
    assert_eq!(circle(&graph).map(shown), None);
}

fn shown(circle: Vec<Module>) -> String {
    let names: Vec<String> = circle.iter().map(|module| module.join("::")).collect();
    names.join(" → ")
}

#[test]
fn files_are_not_too_long() {
    let sources = sources();
    let long = sources.iter().filter(|source| source.lines > MAX_FILE_LINES);
    let long: Vec<&str> = long.map(|source| source.path.as_str()).collect();
    assert!(long.is_empty(), "over {MAX_FILE_LINES} lines: {long:?}");
}

/// A doc says what an item does or is. One that begins like this makes the reader wait for the verb.
const RELATIVE_WORDS: [&str; 8] = ["What", "Whether", "Where", "How", "Who", "Which", "Why", "When"];
const MAX_RELATIVE_DOCS_PERCENT: usize = 3;

#[test]
fn docs_rarely_begin_with_a_relative_word() {
    let sources = sources();
    let first_words: Vec<(&str, &str)> = sources
        .iter()
        .flat_map(|source| {
            let mut in_doc = false;
            source.text.lines().filter_map(move |line| {
                let line = line.trim_start();
                let doc = line.strip_prefix("///").or(line.strip_prefix("//!"));
                let begins = doc.is_some() && !in_doc;
                in_doc = doc.is_some();
                let word = doc.filter(|_| begins)?.split_whitespace().next()?;
                Some((
                    source.path.as_str(),
                    word.trim_end_matches(|c: char| !c.is_alphabetic()),
                ))
            })
        })
        .collect();
    let relative: Vec<String> = first_words
        .iter()
        .filter(|(_, word)| RELATIVE_WORDS.contains(word))
        .map(|(path, word)| format!("{path}: {word}"))
        .collect();
    let (count, all) = (relative.len(), first_words.len());
    assert!(
        count * 100 <= all * MAX_RELATIVE_DOCS_PERCENT,
        "{count} of {all} docs begin with a relative word: {relative:#?}"
    );
}

#[test]
fn every_unwrap_has_a_comment_above() {
    let mut wrong = Vec::new();
    for source in sources() {
        let lines: Vec<&str> = source.text.lines().collect();
        for (at, line) in lines.iter().enumerate() {
            let code = line.trim_start();
            if code.starts_with("//") || !(code.contains(".unwrap()") || code.contains(".expect(")) {
                continue;
            }
            // The comment is above the line or above its statement.
            let mut above = lines[at.saturating_sub(5)..at].iter();
            if !above.any(|line| line.trim_start().starts_with("// ")) {
                wrong.push(format!("{}:{}: {code}", source.path, at + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
