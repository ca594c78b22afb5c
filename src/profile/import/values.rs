//! Values of settings without their quotes, and values that are none: placeholders, and what another program fills in. Pure.

use crate::{characters::is_quote, profile::pasted};

/// Text in values that another program replaces.
const FILLED_IN: [&str; 5] = ["${", "$(", "{{", "#{", "classpath:"];
/// Beginnings of values to be replaced by hand.
const PLACEHOLDERS: [&str; 8] = [
    "your-",
    "your_",
    "your ",
    "din-",
    "din_",
    "change-me",
    "change_me",
    "changeme",
];

/// Removes the quotes around a value, and what follows them: a comma, or a comment.
pub fn bare(written: &str) -> &str {
    let value = written.trim();
    if !value.starts_with(is_quote) || is_placeholder(value) {
        return value;
    }
    let Some((end, quote)) = value.char_indices().rev().find(|(_, c)| is_quote(*c)) else {
        return value;
    };
    let after = value[end + quote.len_utf8()..]
        .trim_start_matches([',', ';', ' '])
        .trim();
    let start = value.chars().next().map_or(0, char::len_utf8);
    if start > end || !(after.is_empty() || after.starts_with(['#', '/'])) {
        return value;
    }
    value[start..end].trim()
}

/// Returns true for a value to be replaced by hand: `<your client id>`, `YOUR_CLIENT_ID`.
pub fn is_placeholder(value: &str) -> bool {
    let lower = pasted::visible(value).to_lowercase();
    (lower.starts_with(['<', '‹']) && lower.ends_with(['>', '›']))
        || PLACEHOLDERS.iter().any(|start| lower.starts_with(start))
        || matches!(lower.as_str(), "todo" | "tbd" | "...")
        || (lower.len() > 2 && lower.chars().all(|c| c == 'x'))
}

/// Returns true for a value that another program fills in.
pub fn is_filled_in(value: &str) -> bool {
    let is_variable = |value: &str| {
        let name = value.strip_prefix('%').and_then(|name| name.strip_suffix('%'));
        let name = name.or_else(|| value.strip_prefix('$'));
        name.is_some_and(|name| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'))
    };
    FILLED_IN.iter().any(|text| value.contains(text)) || is_variable(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_commas_and_comments_are_removed() {
        for (written, value) in [
            ("3f1c", "3f1c"),
            (" \"3f1c\" ", "3f1c"),
            ("\"3f1c\",", "3f1c"),
            ("\"3f1c\" # ours", "3f1c"),
            ("\"3f1c\" // ours", "3f1c"),
            ("'3f1c';", "3f1c"),
            ("“3f1c”", "3f1c"),
            ("`3f1c`", "3f1c"),
            ("\"Demo\" GmbH", "\"Demo\" GmbH"),
            ("it's", "it's"),
            ("\"", "\""),
            ("\"\"", ""),
        ] {
            assert_eq!(bare(written), value, "{written}");
        }
    }

    #[test]
    fn placeholders_and_variables_are_no_values() {
        for value in [
            "<your client id>",
            "‹client id›",
            "YOUR_CLIENT_ID",
            "changeme",
            "xxxx",
            "TODO",
        ] {
            assert!(is_placeholder(value), "{value}");
        }
        for value in [
            "${CLIENT}",
            "{{ client }}",
            "$(CLIENT)",
            "%CLIENT%",
            "$CLIENT",
            "#{Client}",
        ] {
            assert!(is_filled_in(value), "{value}");
        }
        for value in ["3f1c", "x", "Demo GmbH", "yours-1", "/srv/$x.p12", "100%"] {
            assert!(!is_placeholder(value) && !is_filled_in(value), "{value}");
        }
    }
}
