//! The rules of the house, held by reading the source: what a pure room may use, that no two rooms import in a circle,
//! how long a file may be, and that nothing is unwrapped without a word.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use crate::support::source::{Source, sources};

/// Rooms that hold what is known and decided.
const PURE: [&str; 8] = [
    "text",
    "journey",
    "profile",
    "certificate",
    "diagnosis",
    "report",
    "symbols",
    "wizard",
];
/// The one file in a pure room that touches the disk.
const STORE: &str = "profile/file/store.rs";
/// Rooms that show: pure but for the names of the keys.
const VIEWS: [&str; 2] = ["plain", "screen"];

/// What a pure room may not use.
const OUTSIDE: [&str; 16] = [
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

/// The rooms that a file names after `crate::`.
fn imports(source: &Source) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, path) in source.code.match_indices("crate::") {
        let rest = &source.code[at + path.len()..];
        match rest.strip_prefix('{') {
            Some(group) => found.extend(first_names(group)),
            None => found.extend(first_name(rest)),
        }
    }
    found.remove(source.room());
    found
}

/// `journey::{A, B}, text::Args}` → journey, text.
fn first_names(group: &str) -> Vec<String> {
    let (mut depth, mut start, mut found) = (0_usize, true, Vec::new());
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => start = true,
            c if start && c.is_alphabetic() => {
                found.extend(first_name(&group[at..]));
                start = false;
            }
            _ => {}
        }
    }
    found
}

fn first_name(rest: &str) -> Option<String> {
    let end = rest
        .find(|c: char| !c.is_alphanumeric() && c != '_')
        .unwrap_or(rest.len());
    (end > 0).then(|| rest[..end].to_owned())
}

/// Which room imports which, and a file that does.
fn rooms() -> BTreeMap<String, BTreeMap<String, String>> {
    let mut rooms: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for source in sources() {
        let room = rooms.entry(source.room().to_owned()).or_default();
        for other in imports(&source) {
            room.entry(other).or_insert_with(|| source.path.clone());
        }
    }
    rooms
}

#[test]
fn pure_rooms_use_nothing_outside() {
    let mut wrong = Vec::new();
    for source in sources() {
        let pure = PURE.contains(&source.room()) && source.path != STORE;
        for name in OUTSIDE {
            let keys = source.room() == "screen" && name == "crossterm::";
            if (pure || VIEWS.contains(&source.room())) && !keys && source.code.contains(name) {
                wrong.push(format!("{} uses {name}", source.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn pure_rooms_import_pure_rooms_only() {
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|source| PURE.contains(&source.room())) {
        for other in imports(source) {
            if !PURE.contains(&other.as_str()) {
                wrong.push(format!("{} imports {other}", source.path));
            }
        }
        // The disk is met through effects: nobody pure asks the store itself.
        if source.path != STORE && source.code.replace("store::StoreError", "").contains("store::") {
            wrong.push(format!("{} imports the store", source.path));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_view_imports_pure_rooms_only() {
    for source in sources().iter().filter(|source| VIEWS.contains(&source.room())) {
        for other in imports(source) {
            assert!(PURE.contains(&other.as_str()), "{} imports {other}", source.path);
        }
    }
}

#[test]
fn no_rooms_import_in_a_circle() {
    let rooms = rooms();
    let reached = |from: &str| {
        let (mut seen, mut left) = (BTreeSet::new(), vec![from.to_owned()]);
        while let Some(room) = left.pop() {
            let next = rooms.get(&room).into_iter().flat_map(BTreeMap::keys);
            for next in next {
                if seen.insert(next.clone()) {
                    left.push(next.clone());
                }
            }
        }
        seen
    };
    let circles: Vec<_> = rooms.keys().filter(|room| reached(room).contains(*room)).collect();
    assert!(circles.is_empty(), "in a circle: {circles:?}, of {rooms:#?}");
}

#[test]
fn no_file_is_too_long() {
    let long: Vec<_> = sources()
        .into_iter()
        .filter(|source| source.lines > 400)
        .map(|source| source.path)
        .collect();
    assert!(long.is_empty(), "over 400 lines: {long:?}");
}

#[test]
fn nothing_is_unwrapped_without_a_word() {
    let mut wrong = Vec::new();
    for source in sources() {
        let whole = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(&source.path)).unwrap();
        let tested = whole.find("\n#[cfg(test)]\nmod ").unwrap_or(whole.len());
        let lines: Vec<&str> = whole[..tested].lines().collect();
        for (at, line) in lines.iter().enumerate() {
            let code = line.trim_start();
            if code.starts_with("//") || !(code.contains(".unwrap()") || code.contains(".expect(")) {
                continue;
            }
            // A word above the statement, or above the line.
            let said = lines[at.saturating_sub(5)..at]
                .iter()
                .any(|above| above.trim_start().starts_with("// "));
            if !said {
                wrong.push(format!("{}:{}: {code}", source.path, at + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_source_is_read_whole() {
    let all = sources();
    let wizard = all.iter().find(|source| source.path == "wizard/navigation.rs").unwrap();
    assert_eq!(
        imports(wizard),
        ["journey", "profile", "text"].map(str::to_owned).into_iter().collect()
    );
    assert_eq!(first_names("a::{b, c::{d, e}}, f::g, h}; crate::x"), ["a", "f", "h"]);
    for room in PURE {
        assert!(all.iter().any(|source| source.room() == room), "there is no {room}");
    }
}
