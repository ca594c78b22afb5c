//! Passwords in pasted commands and code, where no name stands before them: what is piped into a program, and the literals in
//! the arguments of a call that opens a key file.

use std::ops::Range;

use super::{
    codes::codes_in,
    part::{beginning, end, offset},
    password_value::{quoted_length, value},
};

/// Parts of messages and calls about a key file and its password. Only beside them are literals cut.
const ABOUT_PASSWORDS: [&str; 12] = [
    "password", "passord", "kennwort", "mac ", "decrypt", "padding", "pkcs12", "pkcs#12", "p12", "pfx", "keystore",
    "x509",
];
/// Ends of the names of calls whose literals are messages.
const MESSAGES: [&str; 2] = ["error", "exception"];
/// Ends of the names of calls whose literals are secret, whatever the text is about.
const SECRET_CALLS: [&str; 6] = [
    "basicauth",
    "basicauthentication",
    "networkcredential",
    "passwordcredentials",
    "loadkeymaterial",
    "import",
];
/// Ends of the names of lists of a user and a password: `auth=("kari", "…")`, `'auth' => ['kari', '…']`.
const SECRET_LISTS: [&str; 3] = ["auth", "credential", "credentials"];
/// Call that turns a literal into the form in which Java takes passwords.
const AS_CHARACTERS: &str = ".toCharArray";

/// Programs that are given a secret to encode it.
const ENCODERS: [&str; 3] = ["base64", "openssl", "xxd"];

/// Longest name of a call.
const MAX_NAME_BYTES: usize = 100;
/// Longest arguments of a call that are searched.
const MAX_CALL_BYTES: usize = 2000;

/// Finds the passwords in commands and code.
pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = text.lines().flat_map(|line| piped(text, line)).collect();
    found.extend(here_strings(text));
    found.extend(
        text.match_indices(AS_CHARACTERS)
            .filter_map(|(at, _)| as_characters(text, at)),
    );
    let lower = text.to_lowercase();
    let is_about_passwords = ABOUT_PASSWORDS.iter().any(|part| lower.contains(part));
    let mut from = 0;
    while let Some(open) = text[from..].find(['(', '[']).map(|at| from + at) {
        from = match has_literals(text, open, is_about_passwords) {
            true => literals(text, open, &mut found),
            false => open + 1,
        };
    }
    found
}

/// Returns what is behind each `<<<`.
fn here_strings(text: &str) -> Vec<Range<usize>> {
    let (mut found, mut cut_to) = (Vec::new(), 0);
    for (at, mark) in text.match_indices("<<<") {
        // One inside a value is a part of it.
        if at >= cut_to {
            let cut = value(text, offset(text, text[at + mark.len()..].trim_start_matches(' ')));
            cut_to = cut.end;
            found.push(cut);
        }
    }
    found
}

/// Returns what a line pipes into klarert or into a program that reads standard input.
fn piped(text: &str, line: &str) -> Vec<Range<usize>> {
    let segments: Vec<&str> = line.split('|').collect();
    let reads = |program: &str| program.trim_start().starts_with("klarert") || program.contains("stdin");
    let encodes = |program: &str| ENCODERS.contains(&program.split_whitespace().next().unwrap_or_default());
    let pairs = segments
        .windows(2)
        .filter(|pair| (reads(pair[1]) || encodes(pair[1])) && !pair[0].trim().is_empty());
    let range = |pair: &[&str]| offset(text, pair[0])..offset(text, pair[0]) + pair[0].len();
    pairs.map(range).collect()
}

/// Returns the literal that Java takes as a password, before the call at an offset.
fn as_characters(text: &str, at: usize) -> Option<Range<usize>> {
    let before = end(&text[..at], MAX_NAME_BYTES).strip_suffix('"')?;
    let start = offset(text, &before[before.rfind('"')? + 1..]);
    Some(start..at - 1)
}

/// Returns whether the parenthesis or bracket is that of a call with secrets, and of no message, or that of a user and a
/// password.
fn has_literals(text: &str, open: usize, is_about_passwords: bool) -> bool {
    let before = end(&text[..open], MAX_NAME_BYTES);
    let named = before.trim_end_matches([' ', '=', '>', ':', '"', '\'']);
    let unnamed = named.trim_end_matches(|c: char| c.is_alphanumeric() || c == '_');
    let name = named[unnamed.len()..].to_lowercase();
    let is_call = text[open..].starts_with('(') && named.len() == before.len() && !name.is_empty();
    if !is_call {
        return named.len() < before.len()
            && SECRET_LISTS.iter().any(|end| name.ends_with(end))
            && !has_code(text, open);
    }
    let is_secret = SECRET_CALLS.iter().any(|end| name.ends_with(end));
    (is_about_passwords || is_secret) && !MESSAGES.iter().any(|end| name.ends_with(end))
}

/// Returns whether a code of Maskinporten stands in the list that begins at `open`: then it has an answer, and no password.
fn has_code(text: &str, open: usize) -> bool {
    let inner = beginning(&text[open..], MAX_CALL_BYTES);
    !codes_in(inner.split([')', ']']).next().unwrap_or_default()).is_empty()
}

/// Adds the literals in the arguments of a call, but for the first argument, which names the file or the data. Returns the end
/// of the call. A line that ends in a comma or the parenthesis goes on in the next.
fn literals(text: &str, open: usize, found: &mut Vec<Range<usize>>) -> usize {
    let limit = open + beginning(&text[open..], MAX_CALL_BYTES).len();
    let (mut at, mut depth, mut is_first) = (open + 1, 1, true);
    let mut previous = '(';
    while let Some(c) = text[at..limit].chars().next() {
        at += c.len_utf8();
        let last = previous;
        previous = if c.is_whitespace() { last } else { c };
        match c {
            '\n' if !matches!(last, '(' | '[' | ',') => break,
            '(' | '[' => depth += 1,
            ')' | ']' if depth == 1 => break,
            ')' | ']' => depth -= 1,
            ',' => is_first = false,
            '"' | '\'' | '`' => {
                let end = at + quoted_length(&text[at..limit], c);
                let after = text[end..].trim_start_matches(['"', '\'', '`']);
                if !is_first || after.starts_with(AS_CHARACTERS) {
                    found.push(at..end);
                }
                let closing = text[end..limit].chars().next().filter(|c| *c != '\n');
                at = end + closing.map_or(0, char::len_utf8);
            }
            _ => {}
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use crate::diagnosis::redact::redact;

    #[test]
    fn passwords_in_code_and_pipes_are_cut() {
        for secret in ["Sommer2026!", "hunter2", "hemmelig", "a, b) c"] {
            for text in [
                r#"new X509Certificate2("a.p12", "%") threw CryptographicException: The specified network password is not correct."#,
                r#"X509CertificateLoader.LoadPkcs12FromFile("a.p12", "%"): wrong"#,
                r#"ks.load(in, "%".toCharArray()); java.io.IOException: keystore password was incorrect"#,
                r#"new PasswordProtection("%".toCharArray())"#,
                r#"load_pkcs12(data, b"%") ValueError: Invalid password or PKCS12 data"#,
                r#"openssl_pkcs12_read($d, $c, "%"): mac verify failure"#,
                r#"pkcs12.Decode(data, "%") pkcs12: decryption password incorrect"#,
                "forge.pkcs12.pkcs12FromAsn1(asn1, false, '%') Invalid password?",
                r"printf '%s\n' '%' | klarert check --password-stdin: mac verify failure",
                "'%' | klarert check acme --password-stdin",
                r"C:\> echo %| klarert check acme",
                "klarert check acme --password-stdin <<< '%'",
                "new X509Certificate2(\n    \"a.p12\",\n    \"%\"\n)",
                "echo '%' | base64",
                r#"auth=("kari", "%") 403 Forbidden"#,
                r"'auth' => ['kari', '%'] 403 Forbidden",
                r#"post(url, auth=BasicAuth("kari", "%"))"#,
                r#"new NetworkCredential("kari", "%")"#,
                r#"kmf.init(ks, "%".toCharArray());"#,
                r#"cert.Import(bytes, "%", flags)"#,
                "ks.load(in,\r\n  \"%\".toCharArray());\r\njava.io.IOException: keystore password was incorrect",
            ] {
                let text = text.replace('%', secret);
                let shown = redact(&text);
                assert!(!shown.contains(secret), "{text} → {shown}");
            }
        }
        for text in [
            r#"new X509Certificate2("a.p12") threw: The password is not correct."#,
            "OSError(22, 'Invalid password')",
            "SSLError(SSLCertVerificationError(1, '[SSL] x'))",
            "klarert check acme --password-stdin: mac verify failure",
            "(1, 'pkcs12: mac verify failure')",
            "a | b: password",
            r#"Unauthorized("MP-122", "Invalid assertion")"#,
            r#""auth": ["error", "MP-122 Invalid organization number for client"]"#,
            r#"getPublicKey(issuer, "https://test.maskinporten.no/jwk") 403"#,
            "echo Invalid assertion. Expired key | jq .",
            r#"{"token_endpoint_auth_methods_supported":["private_key_jwt","none"],"message":"x"}"#,
            "load(\"a.p12\"\n{\"a\":1,\"b\":\"password\"}",
        ] {
            assert_eq!(redact(text), text);
        }
        let shown = redact("'x1' | klarert check --password-stdin: mac verify failure");
        assert_eq!(shown, "…| klarert check --password-stdin: mac verify failure");
    }
}
