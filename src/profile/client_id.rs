//! The client id that Samarbeidsportalen issues: its rule, its usual forms, and corrections of a mistyped one. Pure.

use super::{parse::ParseError, pasted};

/// The longest client id that the portal issues.
const MAX_CLIENT_ID_CHARS: usize = 64;
/// The most characters by which a corrected client id differs from the mistyped one.
const MAX_CORRECTED_CHARS: usize = 2;
/// The fewest characters of a client id that cannot be mistaken for another one after a typing error.
const MIN_CORRECTABLE_CHARS: usize = 16;

/// Parses a client id by the portal's own rule: 1 to 64 of `a-z A-Z 0-9 : _ - =`. Whatever a copied text brings around it is
/// removed.
pub fn parse(written: &str) -> Result<String, ParseError> {
    let bare = pasted::identifier(written);
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, ':' | '_' | '-' | '=');
    let bare = match bare.chars().all(fits) {
        true => bare,
        false => match only_usual(&bare) {
            Some(usual) => usual.to_owned(),
            None => without_blanks(&bare).ok_or_else(|| ParseError::new("refused-client-id"))?,
        },
    };
    if bare.is_empty() {
        return Err(ParseError::new("refused-client-id"));
    }
    if bare.len() > MAX_CLIENT_ID_CHARS {
        return Err(ParseError::new("refused-long").with("most", MAX_CLIENT_ID_CHARS));
    }
    Ok(bare)
}

/// Returns the client id in other text, such as the address of its page in the portal, if there is exactly one.
fn only_usual(text: &str) -> Option<&str> {
    let ends = |c: char| !c.is_ascii_alphanumeric() && !matches!(c, '_' | '-');
    let mut found = text.split(ends).filter(|part| is_usual(part));
    let first = found.next()?;
    found.all(|other| other == first).then_some(first)
}

/// Returns the client id that a line break or a blank has divided, as when it was copied from a wrapped line.
fn without_blanks(text: &str) -> Option<String> {
    let joined: String = text.split_whitespace().collect();
    is_usual(&joined)
        .then_some(joined)
        .filter(|joined| joined.chars().all(|c| c.is_ascii_hexdigit() || c == '-'))
}

/// Returns true if a client id has a form that the portal is known to issue: a UUID, or the older `oidc_…` and `if2018_…`.
pub fn is_usual(id: &str) -> bool {
    let is_hex = |part: &str| part.chars().all(|c| c.is_ascii_hexdigit());
    let parts: Vec<&str> = id.split('-').collect();
    let is_uuid = parts.iter().map(|part| part.len()).eq([8, 4, 4, 4, 12]) && parts.into_iter().all(is_hex);
    is_uuid || id.starts_with("oidc_") || id.starts_with("if2018_")
}

/// Returns true if two client ids differ by a typing error only: one place of at most [`MAX_CORRECTED_CHARS`] characters.
pub fn is_correction(old: &str, new: &str) -> bool {
    let (old, new): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
    let (shorter, longer) = (old.len().min(new.len()), old.len().max(new.len()));
    let same_start = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    let same_end = old.iter().rev().zip(new.iter().rev());
    let same_end = same_end.take_while(|(old, new)| old == new).count();
    let same = (same_start + same_end).min(shorter);
    shorter >= MIN_CORRECTABLE_CHARS && longer - same <= MAX_CORRECTED_CHARS
}

#[cfg(test)]
mod tests {
    use super::*;

    const UUID: &str = "3f1c0b5e-7a52-4d0e-9c1f-2b8e6d4a9f10";

    #[test]
    fn client_id_follows_the_rule_of_the_portal() {
        let longest = "a".repeat(64);
        for (written, outcome, usual) in [
            (UUID.to_owned(), Ok(UUID), true),
            (format!(" \u{200b}\"{UUID}\",\u{feff}"), Ok(UUID), true),
            (format!("“{UUID}”"), Ok(UUID), true),
            (
                format!("https://portal.example/integrations/{UUID}?tab=keys"),
                Ok(UUID),
                true,
            ),
            (format!("Integration Demo AS ({UUID})"), Ok(UUID), true),
            (format!("Client id (issuer): `{UUID}`"), Ok(UUID), true),
            (
                format!("{UUID} or {}", UUID.replace('f', "e")),
                Err("refused-client-id"),
                false,
            ),
            (UUID.replace("4d0e-", "4d0e-\n"), Ok(UUID), true),
            (format!("Client ID: {}", UUID.replace("2b8e", "2b 8e")), Ok(UUID), true),
            (UUID.replace("4d0e-", "4d0e -x"), Err("refused-client-id"), false),
            ("oidc_demo:a=b".to_owned(), Ok("oidc_demo:a=b"), true),
            ("if2018_demo".to_owned(), Ok("if2018_demo"), true),
            ("3f1c".to_owned(), Ok("3f1c"), false),
            (longest.clone(), Ok(&*longest), false),
            (format!("{longest}a"), Err("refused-long"), false),
            ("a b".to_owned(), Err("refused-client-id"), false),
            ("a.b".to_owned(), Err("refused-client-id"), false),
            ("\u{e6}".to_owned(), Err("refused-client-id"), false),
            (" ".to_owned(), Err("refused-client-id"), false),
        ] {
            let got = parse(&written);
            assert_eq!(got.as_deref().map_err(|refusal| refusal.id), outcome, "{written}");
            assert_eq!(got.is_ok_and(|id| is_usual(&id)), usual, "{written}");
        }
        assert!(!is_usual(&UUID.replace('-', "")));
        assert!(!is_usual(&UUID.replace('f', "g")));
    }

    #[test]
    fn correction_changes_one_place_of_a_long_id() {
        for (old, new, correction) in [
            (UUID, "3f1c0b5e-7a52-4d0e-9c1f-2b8e6d4a9f1", true),
            (UUID, "3f1c0b5e-7a52-4d0e-9c1f-2b8e6d4a9f1000", true),
            (UUID, "3f1c0b5e-7a52-4d0e-9c1f-2b8e6d4a9f21", true),
            (UUID, "4f1c0b5e-7a52-4d0e-9c1f-2b8e6d4a9f11", false),
            (UUID, "3f1c0b5e-7a52-4d0e-9c1f-2b8e6d4a", false),
            ("aaaaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaaaaaaa", false),
            ("3f1c", "3f1d", false),
        ] {
            assert_eq!(is_correction(old, new), correction, "{old} {new}");
        }
    }
}
