//! Removal of passwords from received text. A command line, a property file or an address in a pasted text may have one,
//! and a password has no form: the value after its name is cut.

use std::ops::Range;

/// Parts of a name whose value is secret, wherever they are in it.
const STEMS: [&str; 17] = [
    "password",
    "passwd",
    "passphrase",
    "passord",
    "passfrase",
    "passwort",
    "kennwort",
    "lösenord",
    "kodeord",
    "adgangskode",
    "hemmelig",
    "secret",
    "storepass",
    "keypass",
    "passin",
    "passout",
    "apikey",
];
/// Names whose value is secret if they are a whole part of a name, as in `key_pass` or `userPin`.
const SHORT_STEMS: [&str; 6] = ["pass", "pwd", "pw", "pin", "psk", "pinkode"];
/// Options of curl whose value is `user:password` or `file:password`.
const PAIR_OPTIONS: [&str; 6] = ["-u", "-U", "-E", "--user", "--proxy-user", "--cert"];
/// Schemes of HTTP authentication (RFC 7617, RFC 6750) before a credential.
const SCHEMES: [&str; 2] = ["basic", "bearer"];
/// Words before a name that announce its value: `with password X`.
const ANNOUNCING: [&str; 4] = ["with", "using", "med", "mit"];
/// Words between a name and its value or what is stated about it.
const VERBS: [&str; 9] = ["is", "was", "er", "var", "ist", "war", "är", "blev", "ble"];
/// What is stated about a password after a verb.
const STATED: [&str; 40] = [
    "not",
    "incorrect",
    "wrong",
    "invalid",
    "bad",
    "required",
    "needed",
    "missing",
    "empty",
    "null",
    "too",
    "correct",
    "given",
    "provided",
    "set",
    "used",
    "expired",
    "protected",
    "unknown",
    "a",
    "the",
    "in",
    "ok",
    "ikke",
    "ikkje",
    "feil",
    "ugyldig",
    "tomt",
    "tom",
    "nødvendig",
    "påkrevd",
    "riktig",
    "satt",
    "oppgitt",
    "utløpt",
    "falsch",
    "ungültig",
    "nicht",
    "felaktigt",
    "forkert",
];

/// Replaces each password, and each user with a password in an address, by `…`.
pub(super) fn redact_passwords(text: &str) -> String {
    let mut cuts = users(text);
    let mut cut_to = 0;
    for name in names(text) {
        // A name inside a value is a part of it.
        if let Some(cut) = (name.start >= cut_to).then(|| value_of(text, &name)).flatten() {
            cut_to = cut.end;
            cuts.push(cut);
        }
    }
    cuts.sort_by_cached_key(|cut| cut.start);
    let (mut shown, mut shown_to) = (String::with_capacity(text.len()), 0);
    for cut in cuts.into_iter().filter(|cut| !cut.is_empty()) {
        if cut.start >= shown_to {
            shown.push_str(&text[shown_to..cut.start]);
            shown.push('…');
        }
        shown_to = shown_to.max(cut.end);
    }
    shown.push_str(&text[shown_to..]);
    shown
}

/// Finds the user information of addresses (RFC 3986 §3.2.1): `http://kari:secret@proxy`, `kari:secret@proxy`.
fn users(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for run in text.split(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>' | '`')) {
        let Some(at) = run.rfind('@') else { continue };
        let start = offset(text, run);
        let user = match run.find("://") {
            Some(scheme) => scheme + 3..user_end(run, scheme + 3).unwrap_or(0),
            None => run[..at].find(':').map_or(0, |colon| colon + 1)..at,
        };
        if user.start > 0 && user.start < user.end {
            found.push(start + user.start..start + user.end);
        }
    }
    found
}

/// Returns where the user information of an address ends. A password may have a `/` that is not encoded.
fn user_end(run: &str, from: usize) -> Option<usize> {
    let rest = &run[from..];
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if let Some(at) = authority.rfind('@') {
        return Some(from + at);
    }
    let (_, port) = authority.split_once(':')?;
    let is_port = port.bytes().all(|byte| byte.is_ascii_digit());
    (!is_port).then(|| rest.rfind('@').map(|at| from + at))?
}

/// Finds the runs of characters that may be a name.
fn names(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.')))
        .filter(|run| !run.is_empty())
        .map(move |run| offset(text, run)..offset(text, run) + run.len())
}

/// Returns the offset of a part in its text.
fn offset(text: &str, part: &str) -> usize {
    part.as_ptr() as usize - text.as_ptr() as usize
}

/// Returns the secret value after a name.
fn value_of(text: &str, name: &Range<usize>) -> Option<Range<usize>> {
    let (run, rest) = (&text[name.clone()], &text[name.end..]);
    if PAIR_OPTIONS.contains(&run) {
        let pair = value(text, offset(text, rest.trim_start_matches(' ')));
        let colon = text[pair.clone()].find(':')?;
        return Some(pair.start + colon + 1..pair.end);
    }
    let lower = run.to_lowercase();
    if SCHEMES.contains(&lower.as_str()) {
        let credential = value(text, offset(text, rest.strip_prefix(' ')?));
        let written = &text[credential.clone()];
        let is_parameter = written.trim_end_matches('=').contains('=');
        return (!is_plain(written) && !is_parameter && !written.contains('…')).then_some(credential);
    }
    if !is_secret(run, &lower) {
        return None;
    }
    if let (true, Some(content)) = (text[..name.start].ends_with('<'), rest.strip_prefix('>')) {
        let start = offset(text, content);
        return Some(start..start + content.find("</").unwrap_or(content.len()));
    }
    let after = rest
        .trim_start_matches(['"', '\'', '\\', '`', ']'])
        .trim_start_matches([' ', '\t']);
    if after.starts_with([':', '=']) {
        return Some(value(
            text,
            offset(text, after.trim_start_matches([':', '=', '>', ' ', '\t'])),
        ));
    }
    let after = rest.strip_prefix([' ', '\t'])?.trim_start_matches([' ', '\t']);
    let before = text[..name.start].split_whitespace().next_back().unwrap_or_default();
    let is_announced = run.starts_with('-') || ANNOUNCING.contains(&before.to_lowercase().as_str());
    let word = after.split_whitespace().next().unwrap_or_default();
    if VERBS.contains(&word) {
        let found = value(text, offset(text, after[word.len()..].trim_start_matches(' ')));
        return (!STATED.contains(&bare(&text[found.clone()]).to_lowercase().as_str())).then_some(found);
    }
    let found = value(text, offset(text, after));
    (is_announced || after.starts_with(['"', '\'', '\\']) || !is_plain(word)).then_some(found)
}

/// Returns whether a name has a secret value.
fn is_secret(run: &str, lower: &str) -> bool {
    let squashed: String = lower.chars().filter(|c| !matches!(c, '_' | '-' | '.')).collect();
    let mut parts = String::with_capacity(run.len());
    for c in run.chars() {
        if c.is_uppercase() && parts.ends_with(char::is_lowercase) {
            parts.push('_');
        }
        parts.push(c);
    }
    let parts = parts.to_lowercase();
    let mut parts = parts.split(|c: char| !c.is_alphanumeric());
    STEMS.iter().any(|stem| squashed.contains(stem)) || parts.any(|part| SHORT_STEMS.contains(&part))
}

/// Returns the range of the value that begins at an offset: quoted, or up to the next blank.
fn value(text: &str, start: usize) -> Range<usize> {
    let rest = &text[start..];
    let opened = rest.trim_start_matches('\\');
    let line = rest.find('\n').unwrap_or(rest.len());
    if let Some(quote) = opened.chars().next().filter(|c| matches!(c, '"' | '\'' | '`')) {
        let begin = rest.len() - opened.len() + quote.len_utf8();
        let end = closing_quote(&rest[begin.min(line)..line], &[quote]).map_or(line, |at| begin + at);
        return start + begin.min(end)..start + end;
    }
    let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
    let end = closing_quote(&rest[..end], &['"', '\'', '`']).unwrap_or(end);
    let end = rest[..end].find("</").unwrap_or(end);
    let parameter = rest[..end].match_indices('&').map(|(at, _)| at).find(|at| {
        let name = &rest[at + 1..end];
        name.find('=')
            .is_some_and(|length| length > 0 && name[..length].bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_'))
    });
    start..start + parameter.unwrap_or(end)
}

/// Returns the offset of a quote that closes: nothing but punctuation or a blank follows.
fn closing_quote(text: &str, quotes: &[char]) -> Option<usize> {
    let mut quotes = text.char_indices().filter(|(_, c)| quotes.contains(c));
    let closes = |(at, c): &(usize, char)| {
        !text[at + c.len_utf8()..].starts_with(|c: char| c.is_alphanumeric() || matches!(c, '!' | '#' | '$' | '%'))
    };
    let at = quotes.find(closes)?.0;
    Some(text[..at].trim_end_matches('\\').len())
}

/// Removes the punctuation at the end of a word.
fn bare(word: &str) -> &str {
    word.trim_end_matches(['.', ',', ';', ':', '?', ')', '}', '"', '\''])
}

/// Returns whether a word is one of a sentence: letters only, no capital inside.
fn is_plain(word: &str) -> bool {
    let word = bare(word);
    let mut rest = word.chars();
    rest.next().is_none_or(char::is_alphabetic) && rest.all(|c| c.is_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_cut_after_their_name() {
        for secret in ["Sommer2026!", "hunter2", "hemmelig", "p@ss/w:rd"] {
            for text in [
                "password=%",
                "KLARERT_PASSWORD=% klarert check acme: mac verify failure",
                "KLARERT_PASSWORD_ACME=%",
                r#"{"password":"%"}"#,
                r#"{\"certPassword\": \"%\"}"#,
                "openssl pkcs12 -in a.p12 -passin pass:%: Mac verify error",
                "openssl pkcs12 -in a.p12 -passout 'pass:%'",
                "keytool -storepass % -list",
                "keytool --password %",
                "java -Dkeystore.password=% -jar a.jar",
                "keystore.password: %",
                "Password: %",
                "passord: %",
                "Passordet: %",
                "Kennwort: %",
                "Passwort = %",
                "lösenord: %",
                "pwd=%",
                "userPin=%",
                "PIN: %",
                "PFX_PASSWD=%",
                "passphrase='%'",
                "client_secret=%&x=1",
                "https://x.no/token?client_secret=%",
                "<password>%</password>",
                "mac verify failure for a.p12 with password \"%\"",
                "Could not open acme.p12 with password %",
                "kunne ikke åpne a.p12 med passord %",
                "mit Kennwort %",
                "password is %",
                "Passordet er %.",
                r#"{"error_description":"Invalid parameter value password=%"}"#,
                "X-Api-Key: %",
                "curl -u kari:% https://x.no",
                "curl --proxy-user kari:% https://x.no",
            ] {
                let text = text.replace('%', secret);
                let shown = redact_passwords(&text);
                assert!(!shown.contains(secret), "{text} → {shown}");
            }
        }
        for text in [
            "password Sommer2026!",
            "storepass Sommer2026!",
            "Authorization: Basic a2FyaTpTb21tZXI=",
            "Bearer kJ8sQ9zLm4Xw 401",
        ] {
            let shown = redact_passwords(text);
            assert!(
                !shown.contains("Sommer") && !shown.contains("a2Fy") && !shown.contains("kJ8"),
                "{shown}"
            );
        }
    }

    #[test]
    fn user_of_an_address_is_cut() {
        for (text, shown) in [
            (
                "proxy: http://kari:Sommer2026!@proxy.corp:8080",
                "proxy: http://…@proxy.corp:8080",
            ),
            (
                r"http://CORP\kari:Som@mer@proxy:8080: refused",
                "http://…@proxy:8080: refused",
            ),
            ("(https://kari:a/b?c@proxy.corp)", "(https://…@proxy.corp)"),
            ("socks5://token@proxy", "socks5://…@proxy"),
            (
                "lookup kari:hunter2@proxy.corp: no such host",
                "lookup kari:…@proxy.corp: no such host",
            ),
            (
                "https://proxy.corp:8080/?mail=kari@x.no",
                "https://proxy.corp:8080/?mail=kari@x.no",
            ),
            ("servicedesk@digdir.no", "servicedesk@digdir.no"),
        ] {
            assert_eq!(redact_passwords(text), shown);
        }
    }

    #[test]
    fn sentences_about_passwords_are_kept() {
        for text in [
            "java.io.IOException: keystore password was incorrect",
            "The specified network password is not correct.",
            "Invalid password or PKCS12 data",
            "Mac verify error: invalid password?",
            "Angitt nettverkspassord er ikke riktig.",
            "Das angegebene Netzwerkkennwort ist falsch.",
            "password verification failed",
            "Encrypted key was found, but no password was provided",
            "secretOrPrivateKey must have a value",
            "Invalid client secret provided. Ensure the secret being sent",
            r#"WWW-Authenticate: Bearer error="invalid_token""#,
            r#"{"token_type":"Bearer","expires_in":119}"#,
            "Basic authentication is not supported; shipping and spinning pass",
            "Token request contains invalid scopes for client, toll:movement/air",
        ] {
            assert_eq!(redact_passwords(text), text);
        }
    }
}
