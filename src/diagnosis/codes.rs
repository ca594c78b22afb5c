//! Maskinporten's codes in text.

use std::ops::Range;

/// Finds the codes in a text, such as `…/errors/MP-200` or `mp200`, with their ranges. A code in the address of something
/// else than an error is not one.
pub(super) fn codes_in(text: &str) -> Vec<(String, Range<usize>)> {
    let upper = text.to_ascii_uppercase();
    let found = upper.match_indices("MP").filter_map(|(at, _)| {
        let before = &upper[..at];
        let stands_alone = !before.ends_with(|c: char| c.is_ascii_alphanumeric());
        let is_other_address = before.ends_with('/') && !before.ends_with("ERRORS/") && before.contains("://");
        let rest = upper[at + 2..].trim_start_matches(['-', ' ', '_']);
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let end = upper.len() - rest.len() + digits;
        let ends = !upper[end..].starts_with(|c: char| c.is_ascii_alphanumeric());
        let is_code = stands_alone && !is_other_address && digits == 3 && ends;
        is_code.then(|| (format!("MP-{}", &rest[..digits]), at..end))
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_in_finds_codes_that_stand_alone() {
        for (words, code) in [
            ("https://test.maskinporten.no/errors/MP-200", Some("MP-200")),
            ("mp122", Some("MP-122")),
            ("MP 012", Some("MP-012")),
            ("WIMP-200", None),
            ("MP-20", None),
            ("MP-2000", None),
            ("", None),
            ("æMP-æ", None),
            ("https://shop.example.com/printers/MP-250", None),
            ("12 MP, 250 photos", None),
        ] {
            let found = codes_in(words).into_iter().next();
            assert_eq!(found.map(|(code, _)| code).as_deref(), code, "{words}");
        }
    }
}
