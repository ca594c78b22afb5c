//! Kinds of characters that pasted text has beside its content, one list of each for all readers. Pure.

/// Returns true for characters that are not seen: without a width, or with a direction only.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\0' | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// Returns true for quotation marks of languages and programming languages.
pub fn is_quote(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '`' | '´' | '«' | '»' | '‹' | '›' | '\u{2018}'..='\u{201f}' | '\u{2032}' | '\u{2033}'
    ) || matches!(c, '\u{275b}'..='\u{275e}' | '\u{300c}'..='\u{300f}' | '\u{ff02}' | '\u{ff07}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_blanks_are_neither_invisible_nor_quotes() {
        for c in "aå0 \t\n-_.\u{a0}".chars() {
            assert!(!is_invisible(c) && !is_quote(c), "{c:?}");
        }
        assert!(
            "\u{ad}\u{200b}\u{200e}\u{202c}\u{2060}\u{feff}"
                .chars()
                .all(is_invisible)
        );
        assert!("\"'`´«»“”„‘’‚「」".chars().all(is_quote));
    }
}
