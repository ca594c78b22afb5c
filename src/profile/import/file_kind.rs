//! The kind of a settings file by its content, and the name of a file that is no settings file. Names of files are not
//! trusted: a Spring YAML may be called `.properties`.

/// The kind of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// Java properties, or variables of a shell.
    Lines,
    Yaml,
    Json,
    /// Something that is not imported, by the id of its name in the texts.
    Other(&'static str),
}

/// Returns the kind of a text.
pub fn detect(text: &str) -> FileKind {
    let start = text.trim_start();
    let lower: String = start.chars().take(200).collect::<String>().to_lowercase();
    let settings = || {
        start
            .lines()
            .filter(|line| !line.trim_start().starts_with(['#', '!', ';']))
    };
    match start {
        "" => FileKind::Other("empty"),
        _ if lower.starts_with("-----begin") => FileKind::Other("key-file"),
        _ if start.chars().any(|c| c.is_control() && !c.is_whitespace()) => FileKind::Other("binary"),
        _ if start.starts_with("#!") || is_powershell(settings()) => FileKind::Other("script"),
        _ if lower.starts_with("<!doctype html") || lower.starts_with("<html") => FileKind::Other("html"),
        _ if start.starts_with('<') => FileKind::Other("xml"),
        _ if start.starts_with('{') => FileKind::Json,
        // A section of an INI file begins with a bracket too.
        _ if start.starts_with('[')
            && !lower
                .trim_start_matches(['[', ' ', '\n', '\r', '\t'])
                .starts_with(|c: char| c.is_alphabetic()) =>
        {
            FileKind::Json
        }
        _ if start.starts_with("# ") && settings().any(|line| line.starts_with("- **")) => FileKind::Other("markdown"),
        _ if is_yaml(settings()) => FileKind::Yaml,
        _ if lower.starts_with("resource \"") || lower.starts_with("variable \"") || lower.starts_with("locals {") => {
            FileKind::Other("terraform")
        }
        _ => FileKind::Lines,
    }
}

/// Returns true for a script of PowerShell that begins with an assignment and sets no variables of the environment.
fn is_powershell<'a>(mut lines: impl Iterator<Item = &'a str> + Clone) -> bool {
    let mut written = lines.clone().filter(|line| !line.trim().is_empty());
    written.next().is_some_and(|line| line.starts_with('$'))
        && !lines.any(|line| line.trim_start().to_lowercase().starts_with("$env:"))
}

/// Returns true if a line opens a section, or if values follow a colon and are in quotes.
fn is_yaml<'a>(mut lines: impl Iterator<Item = &'a str> + Clone) -> bool {
    let is_name = |text: &str| {
        let text = text.trim().trim_matches(['"', '\'']);
        !text.is_empty()
            && text
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/'))
    };
    let assigns = |line: &str| {
        let name = line
            .split_once('=')
            .map(|(name, _)| name.trim().trim_start_matches("export "));
        name.is_some_and(is_name)
    };
    if lines.clone().find(|line| !line.trim().is_empty()).is_some_and(assigns) {
        return false;
    }
    let opens = |line: &str| line.trim_end().strip_suffix(':').is_some_and(is_name);
    let is_quoted = |line: &str| {
        let value = line
            .split_once(": ")
            .filter(|(name, _)| is_name(name))
            .map(|(_, value)| value.trim());
        value.is_some_and(|value| value.starts_with(['"', '\'']))
    };
    let mut following = lines.clone().skip_while(|line| !opens(line)).skip(1);
    let has_section = following.any(|line| line.starts_with([' ', '\t', '-']));
    let starts = lines.clone().next().is_some_and(|line| line.trim_end() == "---");
    starts || has_section || (lines.any(is_quoted) && !lines.any(assigns))
}

/// Returns true if every line is `name: value`, as in YAML without sections.
pub fn is_flat_yaml(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| {
        let line = line.trim();
        !line.is_empty() && !line.starts_with(['#', '!'])
    });
    lines.all(|line| line.split_once(": ").is_some_and(|(name, _)| !name.contains('=')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_known_by_their_content() {
        for (text, kind) in [
            ("issuer=3f1c\n", FileKind::Lines),
            ("issuer: 3f1c\n", FileKind::Lines),
            ("# ours\nexport A=b\n", FileKind::Lines),
            ("[maskinporten]\nclient_id = a\n", FileKind::Lines),
            ("A=\"{\n  x:\n    y\n}\"\n", FileKind::Lines),
            ("maskinporten:\n  issuer: a\n", FileKind::Yaml),
            ("---\na: b\n", FileKind::Yaml),
            ("maskinporten.issuer: \"a\"\n", FileKind::Yaml),
            ("\n{\"a\": 1}", FileKind::Json),
            ("[{\"a\": 1}]", FileKind::Json),
            ("# Demo: x\n\n- **Environment**: `test`\n", FileKind::Other("markdown")),
            ("#!/bin/sh\nset -eu\n", FileKind::Other("script")),
            (
                "# ours\n\n$ErrorActionPreference = 'Stop'\n$klarert = 'klarert'\n",
                FileKind::Other("script"),
            ),
            ("$ErrorActionPreference = 'Stop'\n$Env:A = 'b'\n", FileKind::Lines),
            ("<configuration>", FileKind::Other("xml")),
            ("<!DOCTYPE html><p>", FileKind::Other("html")),
            ("-----BEGIN PRIVATE KEY-----", FileKind::Other("key-file")),
            ("0\u{1}\u{2}", FileKind::Other("binary")),
            (" \n", FileKind::Other("empty")),
        ] {
            assert_eq!(detect(text), kind, "{text}");
        }
    }
}
