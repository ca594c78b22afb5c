//! The escapes that text needs before it is shown or written.

/// Returns untrusted text as a terminal may show it.
///
/// Control characters become their Unicode pictures (␛). Characters that are invisible or change the direction of text
/// become `·`. Line breaks and tabs become spaces.
pub fn visible(text: &str) -> String {
    text.chars().map(visible_char).collect()
}

/// Returns the replacement that [`visible`] uses for a character.
pub fn visible_char(c: char) -> char {
    match c {
        '\n' | '\r' | '\t' => ' ',
        '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + c as u32).unwrap_or('·'),
        '\u{7f}' => '\u{2421}',
        '\u{80}'..='\u{9f}' => '·',
        // Bidirectional marks, embeddings, overrides and isolates (Unicode UAX #9), and other characters that are ignored
        // by default (DerivedCoreProperties.txt), such as the soft hyphen, fillers, variation selectors and tags.
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' => '·',
        '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' => '·',
        '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' => '·',
        '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' => '·',
        '\u{e0000}'..='\u{e0fff}' => '·',
        // Line and paragraph separators, the empty Braille pattern, and the planes for private use.
        '\u{2028}' | '\u{2029}' | '\u{2800}' | '\u{f0000}'..='\u{10ffff}' => '·',
        _ => c,
    }
}

/// Returns a word in single quotes, as a POSIX shell reads it (POSIX, Shell Command Language, 2.2.2).
///
/// The crate `shlex` chooses double quotes for some words, in which readers of `.env` files expand variables.
pub fn shell_quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', r"'\''"))
}

/// Returns a word in double quotes, as cmd and PowerShell pass it on to a program of Windows (`CommandLineToArgvW`). Both
/// still expand variables in it, and neither has a quote that the other reads the same way.
pub fn double_quoted(word: &str) -> String {
    let backslashes = word.len() - word.trim_end_matches('\\').len();
    format!("\"{}{}\"", word.replace('"', "\"\""), "\\".repeat(backslashes))
}

/// Returns a word in double quotes, as a script of PowerShell has it (about_Quoting_Rules, about_Special_Characters).
///
/// The result is ASCII: Windows PowerShell reads a script without a byte order mark in the system's old encoding, and takes
/// typographic quotation marks for quotes.
pub fn powershell_quoted(word: &str) -> String {
    let mut out = String::from("\"");
    for c in word.chars() {
        match c {
            '`' | '"' | '$' => out.extend(['`', c]),
            ' '..='~' => out.push(c),
            _ => out.extend(
                c.encode_utf16(&mut [0; 2])
                    .iter()
                    .map(|unit| format!("$([char]0x{unit:04x})")),
            ),
        }
    }
    out + "\""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn visible_replaces_control_and_direction_characters() {
        for (outside, shown) in [
            ("\u{1b}[2Jgone", "␛[2Jgone"),
            ("a\u{202e}txt.p12", "a·txt.p12"),
            ("two\r\nlines", "two  lines"),
            ("bell\u{7}", "bell␇"),
            ("\u{9b}31m", "·31m"),
            ("\u{ad}\u{3164}\u{2800}\u{e0041}\u{fe0f}\u{f0001}", "······"),
            ("Ærlig Øl & Ås AS", "Ærlig Øl & Ås AS"),
        ] {
            assert_eq!(visible(outside), shown);
        }
    }

    #[test]
    fn powershell_quoted_expands_nothing_and_is_ascii() {
        for (word, quoted) in [
            (r"C:\my certs", r#""C:\my certs""#),
            ("it's $(x) `a` \"b\"", "\"it's `$(x) ``a`` `\"b`\"\""),
            (
                "Kåre ” 🔑",
                "\"K$([char]0x00e5)re $([char]0x201d) $([char]0xd83d)$([char]0xdd11)\"",
            ),
            ("", "\"\""),
        ] {
            assert_eq!(powershell_quoted(word), quoted);
        }
    }

    #[test]
    fn shell_quoted_escapes_single_quotes() {
        assert_eq!(shell_quoted("Demo's $AS"), r"'Demo'\''s $AS'");
        assert_eq!(shell_quoted(""), "''");
    }
}
