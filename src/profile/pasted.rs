//! Cleaning of pasted values: portals, mail, JSON and word processors add quotes, labels, list punctuation and characters
//! without a width. Pure.

use icu_normalizer::ComposingNormalizerBorrowed;

use crate::characters::{is_invisible, is_quote};

/// Labels before a client id or a kid, as letters and digits in lower case. Each may have other text before it, such as
/// `MASKINPORTEN_` and `MaskinportenSettings:`.
const LABELS: [&str; 12] = [
    "clientid",
    "klientid",
    "keyid",
    "nøkkelid",
    "integrationid",
    "integrasjonsid",
    "clientidissuer",
    "klientidutsteder",
    "keyidkid",
    "nøkkelidkid",
    "maskinportenkid",
    "keystorekid",
];
/// Labels that must stand alone: an id may end in them.
const SHORT_LABELS: [&str; 5] = ["kid", "iss", "issuer", "client", "klient"];

/// Removes invisible characters and blanks at the ends, and composes letters (NFC): macOS may paste `å` as two characters.
pub fn visible(written: &str) -> String {
    let seen: String = written.chars().filter(|c| !is_invisible(*c)).collect();
    ComposingNormalizerBorrowed::new_nfc()
        .normalize(seen.trim())
        .into_owned()
}

/// Returns the plain form of a text without letters of its own: [`visible`], with full-width characters, typographic dashes
/// and blanks of other widths replaced.
pub fn plain(written: &str) -> String {
    let plain: String = visible(written).chars().map(plain_char).collect();
    plain.trim().to_owned()
}

fn plain_char(c: char) -> char {
    match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' => '-',
        // The full-width forms have the order of ASCII.
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c if c.is_whitespace() && !c.is_control() => ' ',
        other => other,
    }
}

/// Returns a key by which file names are compared that differ in characters that look alike only: composed and decomposed
/// letters, blanks of another width, typographic dashes, invisible characters.
pub fn file_name_key(name: &str) -> String {
    plain(name)
}

/// Returns true for characters that enclose or separate values in lists, tables, mail and Markdown.
pub fn is_mark(c: char) -> bool {
    c.is_whitespace()
        || is_quote(c)
        || matches!(c, ',' | ';' | '<' | '>' | '(' | ')' | '[' | ']' | '{' | '}' | '|' | '*')
}

/// Cleans an identifier: removes the characters around it that cannot be part of it, and the label before it.
pub fn identifier(written: &str) -> String {
    let text = plain(written);
    let bare = without_marks(&text);
    let separators = bare.match_indices([':', '=', ' ', '\t', '\n']);
    let after_label = |(at, _): (usize, &str)| {
        let (label, value) = (
            &bare[..at],
            without_marks(bare[at + 1..].trim_start_matches([':', '='])),
        );
        (is_label(label) && !value.is_empty()).then_some(value)
    };
    separators
        .filter_map(after_label)
        .next_back()
        .unwrap_or(bare)
        .to_owned()
}

fn is_label(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    let bare: String = letters.flat_map(char::to_lowercase).collect();
    SHORT_LABELS.contains(&bare.as_str()) || LABELS.iter().any(|label| bare.ends_with(label))
}

/// Removes quotation marks, brackets, list punctuation and blanks from both ends.
fn without_marks(text: &str) -> &str {
    let bare = text.trim_matches(is_mark).trim_end_matches(['.', '\\']);
    let bare = bare.strip_prefix("- ").unwrap_or(bare);
    bare.trim_matches(is_mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifier_loses_what_is_around_it() {
        for written in [
            "3f1c-2b8e",
            " 3f1c-2b8e\n",
            "\u{200b}3f1c-2b8e\u{feff}",
            "\u{202a}3f1c-2b8e\u{202c}",
            "3f1c\u{ad}-2b8e",
            "\"3f1c-2b8e\"",
            "'3f1c-2b8e'",
            "`3f1c-2b8e`",
            "“3f1c-2b8e”",
            "«3f1c-2b8e»",
            "„3f1c-2b8e“",
            "\"3f1c-2b8e\",",
            "3f1c-2b8e,",
            "3f1c-2b8e;",
            "3f1c-2b8e.",
            "3f1c-2b8e\",",
            "<3f1c-2b8e>",
            "[\"3f1c-2b8e\"]",
            "(3f1c-2b8e)",
            "3f1c\u{2011}2b8e",
            "3f1c–2b8e",
            "\u{a0}3f1c-2b8e\u{a0}",
            "client_id: 3f1c-2b8e",
            "\"client_id\": \"3f1c-2b8e\",",
            "client_id=3f1c-2b8e",
            "MASKINPORTEN_CLIENT_ID=\"3f1c-2b8e\"",
            "Klient-ID: 3f1c-2b8e",
            "kid: 3f1c-2b8e",
            "\"kid\":\"3f1c-2b8e\"",
            "{\"kid\":\"3f1c-2b8e\"}",
            "Client ID\t3f1c-2b8e",
            "Client id 3f1c-2b8e",
            "Client id (issuer): `3f1c-2b8e`",
            "- **Klient-ID (utsteder)**: `3f1c-2b8e`",
            "(kid 3f1c-2b8e)",
            "kid\n3f1c-2b8e\n",
            "N\u{f8}kkel-ID (kid): 3f1c-2b8e",
            "export MASKINPORTEN_KID='3f1c-2b8e'",
            "MaskinportenSettings:ClientId = 3f1c-2b8e",
            "| client_id | 3f1c-2b8e |",
            "**3f1c-2b8e**",
            "\u{ff13}\u{ff46}\u{ff11}\u{ff43}\u{ff0d}\u{ff12}\u{ff42}\u{ff18}\u{ff45}",
            "issuer=3f1c-2b8e",
        ] {
            assert_eq!(identifier(written), "3f1c-2b8e", "{written:?}");
        }
        assert_eq!(identifier("oidc_demo:a=b"), "oidc_demo:a=b");
        assert_eq!(identifier("urn:demo"), "urn:demo");
        assert_eq!(identifier("kid:"), "kid:");
        assert_eq!(identifier("no\u{308}kkel"), "nökkel");
        assert_eq!(identifier("demo_kid:a"), "demo_kid:a");
        assert_eq!(identifier(" \"\" "), "");
    }
}
