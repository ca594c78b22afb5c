//! Completion for bash, which splits words at `=` and `:` (`COMP_WORDBREAKS`) and replaces the last piece only.
//!
//! `set acme authentication=k` arrives as `authentication`, `=`, `k`. clap_complete's own script does not join the pieces,
//! so that it cannot complete the value of `--format=` or of `key=`.

use std::{
    env,
    ffi::OsString,
    io::{self, Write},
    path::Path,
};

use clap::Command;
use clap_complete::{engine, env::EnvCompleter};

/// The variables of the script: the line, the index of the piece at the cursor, and that piece up to the cursor.
const LINE: &str = "_KLARERT_LINE";
const CURRENT: &str = "_KLARERT_NUMBER";
const TYPED: &str = "_KLARERT_TYPED";

/// Completer for bash.
#[derive(Debug)]
pub struct Bash;

/// Words of a command line, as typed.
#[derive(Debug, PartialEq)]
pub struct CommandLine {
    pub words: Vec<OsString>,
    /// The index of the word at the cursor.
    current: usize,
    /// The part of that word before the piece that bash completes, in bytes.
    prefix_bytes: usize,
}

/// Joins the pieces of bash; the words of other shells are returned unchanged.
pub fn join_words(words: Vec<OsString>) -> CommandLine {
    let variable = |name: &str| Some(env::var_os(name)?.to_string_lossy().into_owned());
    let current = variable(CURRENT).and_then(|number| number.parse().ok());
    match (variable(LINE), current) {
        (Some(line), Some(current)) => join_pieces(&words, &line, current, &variable(TYPED).unwrap_or_default()),
        _ => CommandLine {
            words,
            current: 0,
            prefix_bytes: 0,
        },
    }
}

/// Joins pieces that are adjacent in the line. `typed` is the piece at index `current`, up to the cursor.
fn join_pieces(pieces: &[OsString], line: &str, current: usize, typed: &str) -> CommandLine {
    let mut words: Vec<OsString> = Vec::new();
    let mut cursor = (usize::MAX, 0);
    let mut rest = line;
    for (at, piece) in pieces.iter().enumerate() {
        let text = piece.to_string_lossy();
        let gap = rest.find(&*text).unwrap_or(0);
        rest = rest.get(gap + text.len()..).unwrap_or_default();
        // An empty piece is a new word.
        let begins = words.is_empty() || gap > 0 || text.is_empty();
        let mut word = if begins {
            OsString::new()
        } else {
            words.pop().unwrap_or_default()
        };
        if at == current {
            // Right after a `=` the piece is the `=` itself, and the value is still empty.
            if text.chars().all(|c| matches!(c, '=' | ':')) {
                word.push(piece);
            }
            cursor = (words.len(), word.len());
            word.push(typed);
        } else if cursor.0 != words.len() {
            word.push(piece);
        }
        words.push(word);
    }
    CommandLine {
        words,
        current: cursor.0,
        prefix_bytes: cursor.1,
    }
}

impl EnvCompleter for Bash {
    fn name(&self) -> &'static str {
        "bash"
    }

    fn is(&self, name: &str) -> bool {
        name == "bash"
    }

    fn write_registration(
        &self,
        var: &str,
        name: &str,
        bin: &str,
        completer: &str,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        // Without candidates bash completes files, with quotes and `~`. Bash 3.2, which macOS has, lacks `nosort` and
        // `compopt`.
        write!(
            out,
            r#"_{name}() {{
    local IFS=$'\n'
    COMPREPLY=( $(
        {LINE}="$COMP_LINE" {CURRENT}="$COMP_CWORD" {TYPED}="$2" {var}=bash \
            {completer} -- "${{COMP_WORDS[@]}}" 2>/dev/null
    ) )
    if [[ ${{#COMPREPLY[@]}} -eq 1 && ${{COMPREPLY[0]}} == *[=/] ]]; then
        compopt -o nospace 2>/dev/null
    fi
}}
complete -o bashdefault -o default -o nosort -F _{name} {bin} 2>/dev/null ||
    complete -o bashdefault -o default -F _{name} {bin}
"#
        )
    }

    fn write_complete(
        &self,
        command: &mut Command,
        words: Vec<OsString>,
        folder: Option<&Path>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let CommandLine {
            words,
            current,
            prefix_bytes,
        } = join_words(words);
        let candidates = engine::complete(command, words, current, folder)?;
        let values: Vec<String> = candidates
            .iter()
            .filter_map(|candidate| Some(candidate.get_value().to_str()?.get(prefix_bytes..)?.to_owned()))
            .collect();
        // Only file names can need quotes, and bash completes those better itself.
        if values.iter().all(|value| value.chars().all(is_plain)) {
            out.write_all(values.join("\n").as_bytes())?;
        }
        Ok(())
    }
}

/// Returns whether a character needs no quotes in a shell.
fn is_plain(c: char) -> bool {
    c.is_alphanumeric() || "-_./:=@,+%~".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn join_pieces_restores_the_words() {
        // The pieces as bash 5.2 passes them, `|` after the one at the cursor.
        for (line, pieces, typed, words, current) in [
            ("k show ", "k show |", "", "k show ", ("", "")),
            ("k show ac", "k show ac|", "ac", "k show ac", ("", "ac")),
            (
                "k export a --format=",
                "k export a --format =|",
                "",
                "k export a --format=",
                ("--format=", ""),
            ),
            (
                "k export a --format=h",
                "k export a --format = h|",
                "h",
                "k export a --format=h",
                ("--format=", "h"),
            ),
            (
                "k set a kid= name=x",
                "k set a kid = name = x|",
                "x",
                "k set a kid= name=x",
                ("name=", "x"),
            ),
            (
                "k set a own=toll:ro",
                "k set a own = toll : ro|",
                "ro",
                "k set a own=toll:ro",
                ("own=toll:", "ro"),
            ),
            (
                "k --home=/x show a --json",
                "k --home = /x show a| --json",
                "a",
                "k --home=/x show a --json",
                ("", "a"),
            ),
            // The cursor is inside a word, and before another one.
            ("k show acme b", "k show acme| b", "ac", "k show ac b", ("", "ac")),
            (
                "k set a kid=b:c",
                "k set a kid =| b : c",
                "",
                "k set a kid=",
                ("kid=", ""),
            ),
        ] {
            let current_piece = pieces.split(' ').position(|piece| piece.ends_with('|')).unwrap();
            let pieces: Vec<OsString> = pieces
                .split(' ')
                .map(|piece| piece.trim_end_matches('|').into())
                .collect();
            let joined = join_pieces(&pieces, line, current_piece, typed);
            assert_eq!(
                joined.words,
                words.split(' ').map(OsString::from).collect::<Vec<_>>(),
                "{line}"
            );
            let word = joined.words[joined.current].to_str().unwrap();
            assert_eq!(word.split_at(joined.prefix_bytes), current, "{line}");
        }
    }
}
