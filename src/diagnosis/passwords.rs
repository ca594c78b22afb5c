//! Removal of passwords from received text. A command line, a property file or an address in a pasted text may have one,
//! and a password has no form: the value after its name is cut.

use std::ops::Range;

use super::{
    address_users,
    codes::codes_in,
    command_secrets,
    part::{beginning, end, offset},
    password_pairs::{self, paired},
    password_value::{assigned, bare, element, is_plain, value},
    password_words::{STATED, VERBS, is_secret, names},
};

/// Part of a value in which a code of Maskinporten is looked for.
const MAX_CODE_BYTES: usize = 12;
/// Options of curl whose value is `user:password` or `file:password`.
const PAIR_OPTIONS: [&str; 6] = ["-u", "-U", "-E", "--user", "--proxy-user", "--cert"];
/// Options of certutil and pk12util whose value is a password.
const TOOL_OPTIONS: [&str; 3] = ["-p", "-W", "-K"];
/// Schemes of HTTP authentication (RFC 7617, RFC 6750) before a credential.
const SCHEMES: [&str; 2] = ["basic", "bearer"];
/// Words before a name that announce its value: `with password X`.
const ANNOUNCING: [&str; 4] = ["with", "using", "med", "mit"];
/// Words before `som passord` and `as password` that are no password.
const POINTING: [&str; 8] = ["det", "dette", "den", "samme", "it", "this", "that", "same"];
/// Words between a name and the verb or colon before its value.
const MAX_WORDS_BETWEEN: usize = 5;
/// Longest user before a password, in bytes.
const MAX_USER_BYTES: usize = 100;
/// Words between the name of a tool and its option.
const MAX_WORDS_BEFORE: usize = 16;
/// Longest part of a text before a name that tells of its value.
const MAX_BEFORE_BYTES: usize = 400;
/// Switches between PowerShell's command and the text that it makes a password of.
const SWITCHES: [&str; 3] = ["-string", "-asplaintext", "-force"];
/// Longest part of a sentence that is searched for a value.
const MAX_SENTENCE_BYTES: usize = 400;

/// Replaces each password, and each user with a password in an address, by `…`.
pub(super) fn redact_passwords(text: &str) -> String {
    let mut cuts = address_users::find(text);
    cuts.extend(command_secrets::find(text));
    let mut cut_to = 0;
    for name in names(text) {
        // A name inside a value is a part of it.
        if let Some(cut) = (name.start >= cut_to).then(|| value_of(text, &name)).flatten() {
            // The arguments of a command have names of their own.
            if !is_command(text[cut.clone()].trim_start_matches('(')) {
                cut_to = cut.end;
            }
            cuts.push(cut);
        }
    }
    cuts.sort_by_cached_key(|cut| cut.start);
    let (mut shown, mut shown_to) = (String::with_capacity(text.len()), 0);
    // A code of Maskinporten is no secret.
    let is_code = |cut: &Range<usize>| {
        codes_in(beginning(&text[cut.clone()], MAX_CODE_BYTES))
            .iter()
            .any(|(_, at)| at.start < 2)
    };
    for cut in cuts.into_iter().filter(|cut| !cut.is_empty() && !is_code(cut)) {
        if cut.start >= shown_to {
            shown.push_str(&text[shown_to..cut.start]);
            shown.push('…');
        }
        shown_to = shown_to.max(cut.end);
    }
    shown.push_str(&text[shown_to..]);
    shown
}

/// Returns the secret value of a name: after it, or before `som passord`.
fn value_of(text: &str, name: &Range<usize>) -> Option<Range<usize>> {
    let (run, rest) = (&text[name.clone()], &text[name.end..]);
    if PAIR_OPTIONS.contains(&run) {
        let start = offset(text, rest.trim_start_matches(' '));
        let user = beginning(&text[start..], MAX_USER_BYTES);
        let is_over = |c: char| c.is_whitespace() && !user.starts_with(['"', '\'']);
        let colon = user.find(|c: char| c == ':' || c == '\n' || is_over(c))?;
        let pair = value(text, start);
        return (user[colon..].starts_with(':') && start + colon < pair.end).then_some(start + colon + 1..pair.end);
    }
    let before = end(&text[..name.start], MAX_BEFORE_BYTES);
    let line = before.rsplit('\n').next().unwrap_or_default();
    if let (true, Some(password)) = (is_user_of_curl(run, line), rest.strip_prefix(':')) {
        return Some(value(text, offset(text, password)));
    }
    if TOOL_OPTIONS.contains(&run) && before.split_whitespace().rev().take(MAX_WORDS_BEFORE).any(is_key_tool) {
        return Some(value(text, offset(text, rest.trim_start_matches(' '))));
    }
    let lower = run.to_lowercase();
    if SCHEMES.contains(&lower.as_str()) {
        let credential = value(text, offset(text, rest.strip_prefix(' ')?));
        let written = &text[credential.clone()];
        let is_parameter = written.trim_end_matches('=').contains('=');
        return (!is_plain(written) && !is_parameter && !written.contains('…')).then_some(credential);
    }
    // The value of a secret in a vault: `az keyvault secret set --name a --value …`.
    let is_of_vault = || ["secret", "vault"].iter().any(|part| line.contains(part));
    let is_vault_value = lower.trim_start_matches('-') == "value" && is_of_vault();
    // `--password-stdin` has no value.
    if !(is_vault_value || is_secret(run, &lower)) || lower.ends_with("stdin") {
        return None;
    }
    if let Some(found) = element(text, name).or_else(|| paired(text, before, rest)) {
        return Some(found);
    }
    let after = rest.trim_start_matches(['"', '\'', '\\', '`', ']']);
    // The next argument of a list: `"--pass","…"`.
    if let (true, Some(next)) = (run.starts_with('-'), after.strip_prefix(',')) {
        return Some(value(text, offset(text, next.trim_start_matches(' '))));
    }
    let after = after.trim_start_matches([' ', '\t']);
    if after.starts_with([':', '=']) {
        // `password: >` begins a block of YAML, and `password =>` a value.
        let assignment = after.trim_start_matches([':', '=', ' ', '\t']);
        let start = offset(text, assignment.trim_start_matches(['>', ' ', '\t']));
        return password_pairs::on_next_line(text, offset(text, assignment)).or_else(|| Some(assigned(text, start)));
    }
    named_before(text, before)
        .or_else(|| password_pairs::cell(text, line, rest))
        .or_else(|| value_after_blank(text, run, rest, before))
}

/// Returns whether an option is that of curl for a user, and the user: `-ukari`.
fn is_user_of_curl(run: &str, line: &str) -> bool {
    let is_option = PAIR_OPTIONS
        .iter()
        .any(|option| option.len() == 2 && run.starts_with(option));
    is_option && line.split_whitespace().any(|word| word.ends_with("curl"))
}

/// Returns whether a value is one of PowerShell's commands: `ConvertTo-SecureString`.
fn is_command(value: &str) -> bool {
    let is_name = |part: &str| part.starts_with(char::is_uppercase) && part.chars().all(char::is_alphabetic);
    value.contains('-') && value.split('-').all(is_name)
}

fn is_key_tool(word: &str) -> bool {
    ["certutil", "pk12util"].iter().any(|tool| word.contains(tool))
}

/// Returns the value of a name that a blank follows: the next word, or one later in the sentence.
fn value_after_blank(text: &str, run: &str, rest: &str, before: &str) -> Option<Range<usize>> {
    let after = rest.strip_prefix([' ', '\t'])?.trim_start_matches([' ', '\t']);
    let all = after;
    let is_switch = |word: &str| SWITCHES.iter().any(|switch| switch.eq_ignore_ascii_case(word));
    let mut after = after;
    while let Some((_, rest)) = after.split_once(' ').filter(|(word, _)| is_switch(word)) {
        after = rest.trim_start_matches(' ');
    }
    let before = before.split_whitespace().next_back().unwrap_or_default();
    let is_announced =
        run.starts_with('-') || after.len() < all.len() || ANNOUNCING.contains(&before.to_lowercase().as_str());
    let word = after.split_whitespace().next().unwrap_or_default();
    if VERBS.contains(&word) {
        return stated_value(text, &after[word.len()..]);
    }
    if !is_announced && (is_plain(word) || word.starts_with('(')) && !after.starts_with(['"', '\'', '\\']) {
        return later_in_sentence(text, after);
    }
    Some(value(text, offset(text, after)))
}

/// Returns the value after a verb, unless something is stated about the password.
fn stated_value(text: &str, after_verb: &str) -> Option<Range<usize>> {
    let found = value(text, offset(text, after_verb.trim_start_matches(' ')));
    (!STATED.contains(&bare(&text[found.clone()]).to_lowercase().as_str())).then_some(found)
}

/// Returns the value after some words: `mitt er …`, `(from SMS) is …`, `from Buypass: …`.
fn later_in_sentence(text: &str, after: &str) -> Option<Range<usize>> {
    let line = beginning(after, MAX_SENTENCE_BYTES).lines().next().unwrap_or_default();
    for word in line.split_whitespace().take(MAX_WORDS_BETWEEN) {
        let next = &line[offset(line, word) + word.len()..];
        if VERBS.contains(&word) {
            return stated_value(text, next);
        }
        if word.ends_with(':') {
            let found = value(text, offset(text, next.trim_start_matches(' ')));
            let written = &text[found.clone()];
            // A sentence goes on after its colon: `password verification failed: MAC is wrong`.
            let is_last = line.trim_end().ends_with(written);
            let is_word = bare(written).chars().all(char::is_alphabetic);
            return (!written.is_empty() && (is_last || !is_word)).then_some(found);
        }
        if word.ends_with(['.', ',', ';', '!', '?']) {
            return None;
        }
    }
    None
}

/// Returns the value before a name: `Sommer2026! som passord`.
fn named_before(text: &str, before: &str) -> Option<Range<usize>> {
    let mut words = before.split_whitespace().rev();
    words.next().filter(|word| matches!(*word, "som" | "as"))?;
    let word = words.next()?;
    let start = offset(text, word);
    (!POINTING.contains(&word)).then_some(start..start + word.len())
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
                "certutil -p % -importPFX a.pfx",
                "pk12util -i a.p12 -W %",
                "ConvertTo-SecureString -String \"%\" -AsPlainText",
                "ConvertTo-SecureString '%' -AsPlainText",
                r#"{"args":["--pass","%"]}"#,
                "openssl -passin pass:'% a b': Mac verify error",
                "password from Buypass: %",
                "Passordet mitt er %",
                "passordet (fra SMS) er %",
                "The password of the file is %.",
                "Jeg bruker % som passord",
                "We use % as password for a.p12",
                "$pwd = ConvertTo-SecureString \"%\" -AsPlainText -Force\nmac verify failure",
                "$securePwd = ConvertTo-SecureString -AsPlainText -String '%' -Force",
                "Import-PfxCertificate -FilePath a.pfx -Password (ConvertTo-SecureString '%' -Force)",
                r#"string password = Environment.GetEnvironmentVariable("PW") ?? "%";"#,
                r#"password = config.get("pw") or "%""#,
                r#""passphrase": process.env.PW || "%", x"#,
                r#"final var pwd = new String("%");"#,
                r#"{"password":{"value":"%"}}"#,
                "Mot de passe : %",
                "Hasło do certyfikatu: %",
                "Het wachtwoord: %",
                "salasana: %",
                "Das Passwort lautet %",
                "Contraseña: %",
                "Engangskode: %",
                "Koden fra SMS er %",
                "curl -ukari:% https://x.no",
                "az keyvault secret set --name a --value %",
                "vault kv put secret/x value=%",
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
    fn sentences_about_passwords_are_kept() {
        for text in [
            "java.io.IOException: keystore password was incorrect",
            "The specified network password is not correct.",
            "Invalid password or PKCS12 data",
            "Mac verify error: invalid password?",
            "password verification failed: MAC is wrong",
            "klarert check a.p12 --password-stdin: mac verify failure",
            "The password for a.p12 is not correct",
            "Vi bruker det samme som passord",
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
            "Enter Import Password:\nMac verify error: invalid password?",
            "Password, certificate or key is wrong",
            r#"{"name":"password","error":"mac verify failure"}"#,
            r#"{"name":"a","value":"b"}"#,
            "<p>The password</p><p>MAC is wrong</p>",
            "a.p12: wrong value of the parameter",
            "La contraseña de red especificada no es válida.",
            "Het opgegeven netwerkwachtwoord is onjuist.",
            "Le mot de passe est incorrect",
            "Podane hasło sieciowe jest niepoprawne.",
        ] {
            assert_eq!(redact_passwords(text), text);
        }
    }
}
