//! Bash. It hands a word over in pieces, broken at `=` and `:` (`COMP_WORDBREAKS`), and takes back what stands for the
//! last piece: `set acme authentication=k` comes as `authentication`, `=`, `k`. clap_complete's own script leaves it
//! at that, and the value of `--format=` or of `key=` could not be completed.

use std::{
    env,
    ffi::OsString,
    io::{self, Write},
    path::Path,
};

use clap::Command;
use clap_complete::{engine, env::EnvCompleter};

/// The line, the number of the word at the cursor, and that word up to the cursor.
const LINE: &str = "_KLARERT_LINE";
const NUMBER: &str = "_KLARERT_NUMBER";
const TYPED: &str = "_KLARERT_TYPED";

#[derive(Debug)]
pub struct Bash;

/// A line as it was typed.
#[derive(Debug, PartialEq)]
pub struct Whole {
    pub words: Vec<OsString>,
    /// The word at the cursor.
    number: usize,
    /// How much of it stands before the piece that bash is completing, in bytes.
    before: usize,
}

/// The words of a line that bash handed over; of any other shell, as they are.
pub fn whole(words: Vec<OsString>) -> Whole {
    let variable = |name: &str| Some(env::var_os(name)?.to_string_lossy().into_owned());
    let number = variable(NUMBER).and_then(|number| number.parse().ok());
    match (variable(LINE), number) {
        (Some(line), Some(number)) => joined(&words, &line, number, &variable(TYPED).unwrap_or_default()),
        _ => Whole {
            words,
            number: 0,
            before: 0,
        },
    }
}

/// Puts the pieces together that have nothing between them in the line. `typed` is the piece at the cursor, as far as
/// the cursor.
fn joined(pieces: &[OsString], line: &str, number: usize, typed: &str) -> Whole {
    let mut words: Vec<OsString> = Vec::new();
    let mut cursor = (usize::MAX, 0);
    let mut rest = line;
    for (at, piece) in pieces.iter().enumerate() {
        let text = piece.to_string_lossy();
        let gap = rest.find(&*text).unwrap_or(0);
        rest = rest.get(gap + text.len()..).unwrap_or_default();
        // An empty piece is a word that has not begun yet.
        let begins = words.is_empty() || gap > 0 || text.is_empty();
        let mut word = if begins {
            OsString::new()
        } else {
            words.pop().unwrap_or_default()
        };
        if at == number {
            // Right after a `=` the piece is that sign, and what comes after it has not begun.
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
    Whole {
        words,
        number: cursor.0,
        before: cursor.1,
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
        // Where nothing is offered bash completes files, and knows quotes and `~` while it does. Bash 3.2, which macOS
        // has, knows neither `nosort` nor `compopt`.
        write!(
            out,
            r#"_{name}() {{
    local IFS=$'\n'
    COMPREPLY=( $(
        {LINE}="$COMP_LINE" {NUMBER}="$COMP_CWORD" {TYPED}="$2" {var}=bash \
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
        let Whole { words, number, before } = whole(words);
        let candidates = engine::complete(command, words, number, folder)?;
        let values: Vec<String> = candidates
            .iter()
            .filter_map(|found| Some(found.get_value().to_str()?.get(before..)?.to_owned()))
            .collect();
        // Only a file's name can need quotes, and bash sets them better itself.
        if values.iter().all(|value| value.chars().all(is_plain)) {
            out.write_all(values.join("\n").as_bytes())?;
        }
        Ok(())
    }
}

/// Whether a letter stands for itself in a shell.
fn is_plain(c: char) -> bool {
    c.is_alphanumeric() || "-_./:=@,+%~".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_become_words_again() {
        // The pieces as bash 5.2 gives them, `|` after the one at the cursor.
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
            // The cursor is within the word, and before another.
            ("k show acme b", "k show acme| b", "ac", "k show ac b", ("", "ac")),
            (
                "k set a kid=b:c",
                "k set a kid =| b : c",
                "",
                "k set a kid=",
                ("kid=", ""),
            ),
        ] {
            let number = pieces.split(' ').position(|piece| piece.ends_with('|')).unwrap();
            let pieces: Vec<OsString> = pieces
                .split(' ')
                .map(|piece| piece.trim_end_matches('|').into())
                .collect();
            let whole = joined(&pieces, line, number, typed);
            assert_eq!(
                whole.words,
                words.split(' ').map(OsString::from).collect::<Vec<_>>(),
                "{line}"
            );
            let word = whole.words[whole.number].to_str().unwrap();
            assert_eq!(word.split_at(whole.before), current, "{line}");
        }
    }
}
