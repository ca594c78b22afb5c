//! Words around a password in received text: the names whose value is secret, and what is stated about a password.

use std::ops::Range;

use super::part::offset;

/// Parts of a name whose value is secret, wherever they are in it.
const STEMS: [&str; 31] = [
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
    "securestring",
    "engangskode",
    "wachtwoord",
    "salasana",
    "contraseñ",
    "contrasen",
    "hasło",
    "hasła",
    "haslo",
    "heslo",
    "jelszó",
    "slaptažod",
    "parool",
    "пароль",
];
/// Names whose value is secret if they are a whole part of a name, as in `key_pass` or `userPin`.
const SHORT_STEMS: [&str; 9] = [
    "pass", "pwd", "pw", "pin", "psk", "pinkode", "otp", // The code from SMS, and *mot de passe*.
    "sms", "passe",
];
/// Words between a name and its value or what is stated about it.
pub(super) const VERBS: [&str; 15] = [
    "is", "was", "er", "var", "ist", "war", "lautet", "är", "blev", "ble", "est", "es", "jest", "brzmi", "lyder",
];
/// Words about a password, after a verb, that are no password.
pub(super) const STATED: [&str; 63] = [
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
    "read",
    "stored",
    "encrypted",
    "sent",
    "asked",
    "lagret",
    "lest",
    "invalide",
    "incorrecte",
    "erroné",
    "requis",
    "expiré",
    "válida",
    "correcta",
    "incorrecta",
    "obligatoria",
    "niepoprawne",
    "nieprawidłowe",
    "błędne",
    "wymagane",
    "onjuist",
    "ongeldig",
    "niet",
];

/// Finds the runs of characters that may be a name.
pub(super) fn names(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.')))
        .filter(|run| !run.is_empty())
        .map(move |run| offset(text, run)..offset(text, run) + run.len())
}

/// Returns whether a name has a secret value.
pub(super) fn is_secret(run: &str, lower: &str) -> bool {
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
    (0..squashed.len()).any(|at| {
        STEMS
            .iter()
            .any(|stem| squashed.as_bytes()[at..].starts_with(stem.as_bytes()))
    }) || parts.any(|part| SHORT_STEMS.contains(&part))
}
