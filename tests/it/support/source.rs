//! The files of `src/`, read for the tests of architecture and texts.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

/// One file of `src/`.
pub struct Source {
    /// Relative to `src/`, with `/`.
    pub path: String,
    /// The number of lines, with unit tests.
    pub lines: usize,
    /// The text without unit tests.
    pub text: String,
    /// The code without comments and unit tests.
    pub code: String,
    /// The string literals in the code.
    pub strings: Vec<Literal>,
}

pub struct Literal {
    /// The offset in the code.
    pub at: usize,
    pub text: String,
}

impl Source {
    /// Returns the top-level module: the first part of the path.
    pub fn module(&self) -> &str {
        let first = self.path.split('/').next().unwrap_or_default();
        first.strip_suffix(".rs").unwrap_or(first)
    }
}

/// Returns every file of `src/`, read once for all tests.
pub fn sources() -> &'static [Source] {
    static SOURCES: LazyLock<Vec<Source>> = LazyLock::new(read_sources);
    &SOURCES
}

fn read_sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    collect(&root, &mut found);
    found.sort();
    found
        .iter()
        .map(|path| {
            let whole = fs::read_to_string(path).unwrap();
            let relative = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
            let lines = whole.lines().count();
            let tested = whole.find("\n#[cfg(test)]\nmod ").unwrap_or(whole.len());
            let text = whole[..tested].to_owned();
            let (code, strings) = read(&text);
            Source {
                path: relative,
                lines,
                text,
                code,
                strings,
            }
        })
        .collect()
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Removes the comments and collects the strings.
fn read(whole: &str) -> (String, Vec<Literal>) {
    let (mut code, mut strings) = (String::new(), Vec::new());
    let mut rest = whole;
    while let Some(c) = rest.chars().next() {
        let length = if rest.starts_with("//") {
            let end = rest.find('\n').unwrap_or(rest.len());
            rest = &rest[end..];
            continue;
        } else if c == '"' || is_raw(rest, &code) {
            let (length, text) = string(rest);
            strings.push(Literal { at: code.len(), text });
            length
        } else if c == '\'' {
            character(rest)
        } else {
            c.len_utf8()
        };
        code.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    (code, strings)
}

/// Returns whether a raw string begins here.
fn is_raw(rest: &str, before: &str) -> bool {
    let after = rest.trim_start_matches('r');
    let word = before.ends_with(|c: char| c.is_alphanumeric() || c == '_') && !before.ends_with('b');
    rest.len() - after.len() == 1 && !word && after.trim_start_matches('#').starts_with('"')
}

/// Returns the length of a string literal and its text.
fn string(rest: &str) -> (usize, String) {
    if let Some(raw) = rest.strip_prefix('r') {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        let end = format!("\"{}", "#".repeat(hashes));
        let inner = &raw[hashes + 1..];
        let length = inner.find(&end).unwrap();
        return (2 * (hashes + 1) + 1 + length, inner[..length].to_owned());
    }
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return (at + 1, rest[1..at].to_owned()),
            _ => {}
        }
    }
    panic!("a string does not end: {rest:.40}");
}

/// Returns the length of a character literal or of the quote of a lifetime.
fn character(rest: &str) -> usize {
    let mut chars = rest.char_indices().skip(1);
    match chars.next() {
        Some((_, '\\')) => rest[3..].find('\'').map_or(1, |end| end + 4),
        Some((at, c)) if rest[at + c.len_utf8()..].starts_with('\'') => at + c.len_utf8() + 1,
        _ => 1,
    }
}
