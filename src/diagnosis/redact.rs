//! Removal of secrets from received text. A server may repeat the token it was sent, whole or in part, and a JWT has no
//! fixed length: whatever could be a token is cut.

use std::collections::HashSet;

use super::passwords::redact_passwords;

/// Shortest part of a known secret that is removed, in bytes.
const MIN_SECRET_PART: usize = 16;
/// Shortest run of letters and digits that can be a token. 16 random letters and digits have 95 bits.
const MIN_TOKEN_CHARS: usize = 16;
/// Longest hexadecimal run that is an id: trace ids and UUIDs have 32 digits, and an encoded blank before them four.
const MAX_HEX_ID_CHARS: usize = 36;
/// Longest run of letters and digits that can be a word.
const MAX_WORD_CHARS: usize = 40;
/// Characters at the beginning of a token that are kept, to recognise it by.
const KEPT_CHARS: usize = 3;

/// Removes tokens and passwords.
pub(super) fn redact(text: &str) -> String {
    redact_passwords(&redact_tokens(text))
}

/// Replaces each run that could be a token by its first characters and `…`.
fn redact_tokens(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(is_token_char) {
        let run = &rest[start..];
        let end = run.find(|c| !is_token_char(c)).unwrap_or(run.len());
        shown.push_str(&rest[..start]);
        match token_start(&run[..end]) {
            Some(at) => {
                shown.push_str(&run[..at + KEPT_CHARS]);
                shown.push('…');
                rest = run[end..].trim_start_matches('=');
            }
            None => {
                shown.push_str(&run[..end]);
                rest = &run[end..];
            }
        }
    }
    shown.push_str(rest);
    shown
}

/// Replaces each part of `secret` in a text by `…`.
pub fn redact_secret(text: &str, secret: &str) -> String {
    let size = MIN_SECRET_PART.min(secret.len());
    if size < MIN_SECRET_PART / 2 || !secret.is_ascii() {
        return text.to_owned();
    }
    let parts: HashSet<&[u8]> = secret.as_bytes().windows(size).collect();
    let (mut shown, mut shown_to, mut secret_to) = (String::with_capacity(text.len()), 0, 0);
    for (at, part) in text.as_bytes().windows(size).enumerate() {
        if !parts.contains(part) {
            continue;
        }
        if at > secret_to || at == 0 {
            // The part is ASCII, so both of its ends are ends of characters.
            shown.push_str(&text[shown_to..at]);
            shown.push('…');
        }
        secret_to = at + size;
        shown_to = secret_to;
    }
    shown.push_str(&text[shown_to..]);
    shown
}

/// Returns whether a character can be in a token: RFC 6750's `b64token` but for the `=` at its end, and `%` of an encoded
/// one.
fn is_token_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | '~' | '+' | '/' | '%')
}

/// Returns where a token begins in a run; `None` if the run is text.
fn token_start(run: &str) -> Option<usize> {
    // A JWT begins with `{"`, which is `eyJ` in base64.
    if let Some(at) = run.find("eyJ").filter(|at| run.len() - at > 20) {
        return Some(at);
    }
    // In an address, the parts before the token are kept.
    let parts = run.split('/').scan(0, |next, part| {
        let at = *next;
        *next += part.len() + 1;
        Some((at, part))
    });
    let mut tokens = parts.filter(|(_, part)| has_token(part)).map(|(at, _)| at);
    tokens.next().or(has_token(run).then_some(0))
}

fn has_token(run: &str) -> bool {
    let segments = || run.split(|c: char| !c.is_ascii_alphanumeric());
    // Ids between the words of a run say nothing about the words.
    let words: String = segments().filter(|segment| !is_hex(segment)).collect();
    looks_random(&words) || segments().any(|segment| segment.len() > MAX_WORD_CHARS || looks_random(segment))
}

/// Returns whether a segment is no word, name in camel case or number: 99 of 100 random ones are found.
fn looks_random(segment: &str) -> bool {
    if is_hex(segment) {
        return segment.len() > MAX_HEX_ID_CHARS;
    }
    segment.len() >= MIN_TOKEN_CHARS && word_count(segment.as_bytes()) * 10 > segment.len() * 3
}

/// Counts the words and numbers in camel case: `SHA256withRSA` has four.
fn word_count(segment: &[u8]) -> usize {
    let is_start = |at: &usize| {
        let (before, here) = (segment[at - 1], segment[*at]);
        let after_capitals = *at >= 2 && segment[at - 2].is_ascii_uppercase() && before.is_ascii_uppercase();
        let follows_capital = before.is_ascii_uppercase() && here.is_ascii_lowercase();
        // The last of several capitals begins a word.
        if follows_capital {
            after_capitals
        } else {
            class(before) != class(here)
        }
    };
    1 + (1..segment.len()).filter(is_start).count()
}

fn class(byte: u8) -> (bool, bool) {
    (byte.is_ascii_digit(), byte.is_ascii_uppercase())
}

fn is_hex(segment: &str) -> bool {
    segment.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::{Engine, engine::general_purpose};

    #[test]
    fn text_ids_and_addresses_are_kept() {
        for text in [
            "Invalid assertion. Client authentication failed. Unknown key identifier (kid) for client.",
            "Token request contains invalid scopes for client, toll:goodsdeclaration/document.write",
            "(trace_id: 3566661430abcdef) (trace_id: 9da034a2aa1bb9a24d01fb80c21280df)",
            "Root=1-67891233-abcdef012345678912345678",
            "client 3f1c2a9e-8d14-4f0b-9c55-0a1b2c3d4e5f, key acme-3f1c2a9e-8d14-4f0b-9c55-0a1b2c3d4e5f",
            "kid acme-spedisjon-as-2026-production-key-1",
            "https://test.maskinporten.no/.well-known/oauth-authorization-server",
            "https://test.maskinporten.no/errors/MP-200",
            "urn:ietf:params:oauth:grant-type:jwt-bearer",
            "token_endpoint_auth_signing_alg_values_supported",
            "java.security.cert.CertificateRevokedException: estimatedDateAndTimeOfArrival",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, OAuth2AuthorizationException, RSASSAPKCS1v15SHA256",
            "0192:987654325 NTRNO-987654325 VATDE-123456789 2026-11-22T17:00:00.123456Z",
            "ec2-3-120-12-5.eu-central-1.compute.amazonaws.com",
            "Virksomheten har ikke signert de relevante bruksvilkårene for virksomhetssertifikatet",
            "Invalid+assertion.+Client+authentication+failed%3A+5a6ad560544f8af00f0d09fb7758758a",
            "monkeyJazz and 1.0.0-rc.1+build.20261122",
            "",
        ] {
            assert_eq!(redact_tokens(text), text);
        }
    }

    #[test]
    fn tokens_are_cut_wherever_they_are() {
        for (text, shown) in [
            (
                "bad eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJ4In0.c2lnbmF0dXJl, sorry",
                "bad eyJ…, sorry",
            ),
            ("token=eyJhbGciOiJSUzI1NiJ9.e30.c2ln", "token=eyJ…"),
            ("bad xeyJhbGciOiJSUzI1NiJ9e30", "bad xeyJ…"),
            ("token 8oLx0T-3pQbV7_yKzR2mNcW5sJdF9hGa expired", "token 8oL… expired"),
            ("token=kJ8s+dQ9z/Lm4Xw0PbVt7/RcYh2Nf6==&x=1", "token=kJ8…&x=1"),
            (
                "https://login.example/s/Zx81kQpT04LmVb3s/next?x",
                "https://login.example/s/Zx8…?x",
            ),
            ("hex 3a5f0c3a5f0c3a5f0c3a5f0c3a5f0c3a5f0c3a5f0c", "hex 3a5…"),
            ("the+token+Qm9uZC4gSmFtZXMgQm9uZC4+is+bad", "the…"),
            ("https://login.example/kJ8sQ9z/Lm4Xw0PbVt7/RcYh2Nf6/", "https://l…"),
            ("c2lnbmF0dXJlLW9mLW5vLXdvcnRo", "c2l…"),
        ] {
            assert_eq!(redact_tokens(text), shown);
        }
    }

    #[test]
    fn random_tokens_are_cut_in_every_encoding() {
        let mut seed = 7_u64;
        let mut byte = || {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (seed >> 56) as u8
        };
        let (mut kept_whole, mut all) = (0, 0);
        for length in [24, 32, 48, 64, 200] {
            for _ in 0..500 {
                let bytes: Vec<u8> = (0..length).map(|_| byte()).collect();
                for token in [
                    general_purpose::STANDARD.encode(&bytes),
                    general_purpose::URL_SAFE_NO_PAD.encode(&bytes),
                    bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
                ] {
                    let shown = redact_tokens(&format!("Token {token} is bad"));
                    let kept = shown.chars().count() - "Token … is bad".chars().count();
                    kept_whole += usize::from(kept >= token.len());
                    all += 1;
                }
            }
        }
        assert!(kept_whole * 500 < all, "{kept_whole} of {all}");
    }

    #[test]
    fn parts_of_a_known_secret_are_removed() {
        let secret = "customs-token-of-plain-words";
        for (text, shown) in [
            ("customs-token-of-plain-words", "…"),
            ("æ customs-token-of-plain-words ø", "æ … ø"),
            (
                "starts with customs-token-of-p, ends with of-plain-words",
                "starts with …, ends with of-plain-words",
            ),
            (
                "twice: customs-token-of-plain-words customs-token-of-plain-words",
                "twice: … …",
            ),
            ("customs-token", "customs-token"),
            ("", ""),
        ] {
            assert_eq!(redact_secret(text, secret), shown);
        }
        assert_eq!(redact_secret("a short one", "short"), "a short one");
        assert_eq!(redact_secret("a customs-token", "customs-token"), "a …");
    }
}
