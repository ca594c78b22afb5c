//! Validation of typed text: each function returns a value, or the rule that the text breaks.

use time::{Date, format_description::BorrowedFormatItem, macros::format_description};

use super::{drive_path, organisation, pasted, pasted_path};
use crate::{characters::is_quote, text::Args};

/// The format of a day in files and on screens: `2026-11-22` (ISO 8601).
pub const DAY: &[BorrowedFormatItem<'_>] = format_description!("[year]-[month]-[day]");
/// The Norwegian format: `22.11.2026`.
const NORWEGIAN_DAY: &[BorrowedFormatItem<'_>] = format_description!("[day padding:none].[month padding:none].[year]");

/// The longest name of a profile.
const MAX_PROFILE_NAME_CHARS: usize = 64;
/// Names that Windows gives to devices, also with an ending: `nul.toml` is no file there.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];
/// The same, followed by a digit.
const NUMBERED_DEVICES: [&str; 2] = ["com", "lpt"];
/// The longest name of a business.
const MAX_NAME_CHARS: usize = 200;
/// The longest kid.
const MAX_KID_CHARS: usize = 256;

/// The rule that an answer breaks: `id` names a text that gives the rule and an example, `args` its arguments.
#[derive(Debug, Clone, PartialEq)]
pub struct ParseError {
    pub id: &'static str,
    pub args: Args,
}

impl ParseError {
    /// Returns an error without arguments.
    pub(super) fn new(id: &'static str) -> ParseError {
        ParseError { id, args: Args::new() }
    }

    /// Adds an argument for the text.
    pub(super) fn with(mut self, name: &str, value: impl Into<crate::text::Arg>) -> ParseError {
        self.args = self.args.with(name, value);
        self
    }
}

/// A profile's name, which is also its file's: 1 to 64 of `a-z 0-9 - _ .`, a letter or a digit first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProfileName(String);

impl ProfileName {
    /// Parses a name.
    ///
    /// # Errors
    ///
    /// Returns the rule if the name is empty, too long, has other characters or is a device of Windows. The last is
    /// refused on every system, as the files may be copied to another.
    pub fn parse(written: &str) -> Result<ProfileName, ParseError> {
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
        let name = written.trim();
        if name.is_empty() {
            return Err(ParseError::new("refused-name-empty"));
        }
        if name.chars().count() > MAX_PROFILE_NAME_CHARS {
            return Err(ParseError::new("refused-long").with("most", MAX_PROFILE_NAME_CHARS));
        }
        if !name.starts_with(fits) || !name.chars().all(|c| fits(c) || matches!(c, '-' | '_' | '.')) {
            return Err(ParseError::new("refused-profile-name").with("written", name));
        }
        if is_device(name) {
            return Err(ParseError::new("refused-device-name").with("written", name));
        }
        Ok(ProfileName(name.to_owned()))
    }

    /// Returns the name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Derives a profile's name from a business's: `Acme Spedisjon AS` → `acme-spedisjon-as`. `None` if no letter or digit
    /// is left.
    pub fn suggest(business: &str) -> Option<ProfileName> {
        let mut name = String::new();
        for c in business.to_lowercase().chars() {
            match c {
                'æ' => name.push_str("ae"),
                'ø' | 'ö' => name.push('o'),
                'å' | 'ä' => name.push('a'),
                'a'..='z' | '0'..='9' => name.push(c),
                _ if !name.is_empty() && !name.ends_with('-') => name.push('-'),
                _ => {}
            }
        }
        name.truncate(MAX_PROFILE_NAME_CHARS);
        ProfileName::parse(name.trim_end_matches('-')).ok()
    }
}

/// Returns whether a file of that name, with any ending, is a device on Windows.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default();
    let is_numbered = |device: &str| {
        let number = stem.strip_prefix(device);
        number.is_some_and(|number| number.len() == 1 && number.starts_with(|c: char| c.is_ascii_digit()))
    };
    DEVICES.contains(&stem) || NUMBERED_DEVICES.iter().any(|device| is_numbered(device))
}

impl std::fmt::Display for ProfileName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Parses a Norwegian organisation number: nine digits, the last a modulus-11 check digit (weights 3 2 7 6 5 4 3 2,
/// Brønnøysundregistrene). Prefixes, labels, separators and a trailing `MVA` are removed.
pub fn organisation_number(written: &str) -> Result<String, ParseError> {
    let digits = organisation::pasted_number(written);
    if let Some(other) = digits.chars().find(|c| !c.is_ascii_digit()) {
        return Err(ParseError::new("refused-number-letter").with("letter", other.to_string()));
    }
    let count = digits.len();
    if count != 9 {
        return Err(ParseError::new("refused-number-length").with("count", count));
    }
    let values: Vec<u32> = digits.bytes().map(|b| u32::from(b - b'0')).collect();
    let sum: u32 = values
        .iter()
        .zip([3, 2, 7, 6, 5, 4, 3, 2])
        .map(|(digit, weight)| digit * weight)
        .sum();
    let check = (11 - sum % 11) % 11;
    if check != values[8] {
        return Err(ParseError::new("refused-number-check").with("written", digits));
    }
    Ok(digits)
}

/// Parses a foreign `organizationIdentifier` (ETSI EN 319 412-1 §5.1.4): three letters, or two characters and a colon; the
/// country; a hyphen; the number.
pub fn organisation_identifier(written: &str) -> Result<String, ParseError> {
    let bare = organisation::pasted_identifier(written);
    let (prefix, number) = bare.split_once('-').unwrap_or((&bare, ""));
    let identifier = format!("{}-{number}", prefix.to_uppercase());
    match organisation::Identifier::parse(&identifier) {
        Some(parts) if !parts.number.contains(char::is_whitespace) => Ok(identifier),
        _ => Err(ParseError::new("refused-identifier").with("written", &bare)),
    }
}

/// Parses a kid, the id of a key registered on the client.
pub fn kid(written: &str) -> Result<String, ParseError> {
    let bare = pasted::identifier(written);
    if bare.is_empty() || bare.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return Err(ParseError::new("refused-kid"));
    }
    if bare.chars().count() > MAX_KID_CHARS {
        return Err(ParseError::new("refused-long").with("most", MAX_KID_CHARS));
    }
    Ok(bare)
}

/// Parses the number of one of several certificates, counted from 1.
pub fn pick(written: &str) -> Result<u16, ParseError> {
    let number = pasted::plain(written).parse().ok().filter(|number| *number > 0);
    number.ok_or_else(|| ParseError::new("refused-pick").with("written", written.trim()))
}

/// Parses a business's name: one line of free text.
pub fn name(written: &str) -> Result<String, ParseError> {
    let bare = pasted::visible(written);
    if bare.is_empty() {
        return Err(ParseError::new("refused-name-empty"));
    }
    if bare.chars().any(char::is_control) {
        return Err(ParseError::new("refused-name-control"));
    }
    if bare.chars().count() > MAX_NAME_CHARS {
        return Err(ParseError::new("refused-long").with("most", MAX_NAME_CHARS));
    }
    Ok(bare)
}

/// Parses scopes divided by spaces or commas, and drops repeated ones. A scope is a prefix, a colon and a name; RFC 6749
/// §3.3 gives the characters.
pub fn scopes(written: &str) -> Result<Vec<String>, ParseError> {
    let mut found: Vec<String> = Vec::new();
    let written = pasted::visible(written);
    for scope in written
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '[' | ']') || is_quote(c))
        .filter(|part| !part.is_empty())
    {
        let (prefix, rest) = scope.split_once(':').unwrap_or((scope, ""));
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, ':' | '/' | '.' | '_' | '-' | '%');
        if prefix.is_empty() || rest.is_empty() || !scope.chars().all(fits) {
            return Err(ParseError::new("refused-scope").with("written", scope));
        }
        if !found.iter().any(|other| other == scope) {
            found.push(scope.to_owned());
        }
    }
    Ok(found)
}

/// Parses a day that is not in the future: `2026-11-22`, `22.11.2026`, or `today`.
pub fn day(written: &str, today: Date) -> Result<Date, ParseError> {
    let bare = pasted::visible(written);
    let bare = bare.trim_matches(is_quote);
    if ["today", "i dag"].contains(&bare.to_lowercase().as_str()) {
        return Ok(today);
    }
    let read = Date::parse(bare, DAY).or_else(|_| Date::parse(bare, NORWEGIAN_DAY));
    let day = read.map_err(|_| ParseError::new("refused-day").with("written", bare))?;
    if day > today {
        return Err(ParseError::new("refused-day-to-come").with("day", day));
    }
    Ok(day)
}

/// Cleans a path that was typed, pasted or dropped; see [`pasted_path`]. `None` if nothing is left.
pub fn path(written: &str) -> Option<String> {
    pasted_path::clean(written, cfg!(windows))
}

pub use drive_path::is_relative_to_drive;
pub use pasted::file_name_key;
pub use pasted_path::leading_variable;

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn organisation_number_has_nine_digits_and_a_check_digit() {
        for (written, outcome) in [
            ("123456785", Ok("123456785")),
            (" 123 456 785 ", Ok("123456785")),
            ("NO 123 456 785 MVA", Ok("123456785")),
            ("NTRNO-123456785", Ok("123456785")),
            ("0192:123456785", Ok("123456785")),
            ("\u{200b}\"123456785\",", Ok("123456785")),
            ("Org.nr. 123 456 785", Ok("123456785")),
            ("0192123456785", Err("refused-number-length")),
            ("12345678", Err("refused-number-length")),
            ("1234567850", Err("refused-number-length")),
            ("123456784", Err("refused-number-check")),
            ("12345678x", Err("refused-number-letter")),
            ("", Err("refused-number-length")),
            // A remainder of 1 would need the check digit 10: no such number is issued.
            ("100000300", Err("refused-number-check")),
        ] {
            let got = organisation_number(written);
            assert_eq!(got.as_deref().map_err(|refusal| refusal.id), outcome, "{written}");
        }
    }

    #[test]
    fn organisation_identifier_has_scheme_country_and_number() {
        for (written, outcome) in [
            ("NTRSE-5560000001", Ok("NTRSE-5560000001")),
            ("vatde-123456789", Ok("VATDE-123456789")),
            ("LEIXG-5493001KJTIIGC8Y1R12", Ok("LEIXG-5493001KJTIIGC8Y1R12")),
            ("EI:SE-5567971433", Ok("EI:SE-5567971433")),
            ("xx:de-1", Ok("XX:DE-1")),
            ("XX:-123", Err("refused-identifier")),
            ("EI:SE-", Err("refused-identifier")),
            ("EI:S-1", Err("refused-identifier")),
            ("EIS:SE-1", Err("refused-identifier")),
            ("\"NTRSE\u{2011}5560000001\",", Ok("NTRSE-5560000001")),
            (
                "organizationIdentifier=NTRSE-5560000001, O=Demo AB",
                Ok("NTRSE-5560000001"),
            ),
            ("5560000001", Err("refused-identifier")),
            ("NTRSE5560000001", Err("refused-identifier")),
            ("NTRSE-", Err("refused-identifier")),
            ("N:SE-1", Err("refused-identifier")),
        ] {
            let got = organisation_identifier(written);
            assert_eq!(got.as_deref().map_err(|refusal| refusal.id), outcome, "{written}");
        }
    }

    #[test]
    fn pick_is_a_number_from_one() {
        for (written, outcome) in [
            (" 2 ", Ok(2)),
            ("0", Err("refused-pick")),
            ("-1", Err("refused-pick")),
            ("signing", Err("refused-pick")),
            ("70000", Err("refused-pick")),
        ] {
            assert_eq!(pick(written).map_err(|refusal| refusal.id), outcome, "{written}");
        }
    }

    #[test]
    fn day_is_read_in_both_formats_and_not_in_the_future() {
        let today = date!(2026 - 11 - 22);
        for (written, outcome) in [
            ("2026-03-01", Ok(date!(2026 - 03 - 01))),
            (" 1.3.2026 ", Ok(date!(2026 - 03 - 01))),
            ("01.03.2026", Ok(date!(2026 - 03 - 01))),
            ("Today", Ok(today)),
            ("i dag", Ok(today)),
            ("2026-11-22", Ok(today)),
            ("2026-11-23", Err("refused-day-to-come")),
            ("2026-02-30", Err("refused-day")),
            ("03/01/2026", Err("refused-day")),
            ("26-03-01", Err("refused-day")),
            ("", Err("refused-day")),
        ] {
            assert_eq!(day(written, today).map_err(|refusal| refusal.id), outcome, "{written}");
        }
    }

    #[test]
    fn profile_name_has_lower_case_letters_and_digits() {
        for (written, fits) in [
            ("acme", true),
            ("7-eleven.test_2", true),
            ("Acme", false),
            ("-acme", false),
            (".hidden", false),
            ("../up", false),
            ("", false),
            ("æøå", false),
            (&"a".repeat(64), true),
            (&"a".repeat(65), false),
        ] {
            assert_eq!(ProfileName::parse(written).is_ok(), fits, "{written}");
        }
        assert_eq!(
            ProfileName::suggest("Åse & Sønner Spedisjon AS").unwrap().as_str(),
            "ase-sonner-spedisjon-as"
        );
        assert_eq!(ProfileName::suggest("漢字"), None);
    }

    #[test]
    fn refusal_of_a_name_tells_the_broken_rule() {
        for (written, outcome) in [
            (" Demo Spedisjon AS ".to_owned(), Ok("Demo Spedisjon AS".to_owned())),
            ("ø".repeat(200), Ok("ø".repeat(200))),
            ("ø".repeat(201), Err("refused-long")),
            ("Demo\nAS".to_owned(), Err("refused-name-control")),
            ("Demo\u{1b}[31m AS".to_owned(), Err("refused-name-control")),
            (" ".to_owned(), Err("refused-name-empty")),
        ] {
            assert_eq!(name(&written).map_err(|refusal| refusal.id), outcome, "{written:?}");
        }
        for (written, outcome) in [
            ("a".repeat(256), Ok("a".repeat(256))),
            ("a".repeat(257), Err("refused-long")),
            ("a b".to_owned(), Err("refused-kid")),
            (String::new(), Err("refused-kid")),
        ] {
            assert_eq!(kid(&written).map_err(|refusal| refusal.id), outcome, "{written:?}");
        }
        let refused = |written: &str| ProfileName::parse(written).unwrap_err().id;
        assert_eq!(refused(&"a".repeat(65)), "refused-long");
        assert_eq!(refused("Acme"), "refused-profile-name");
        assert_eq!(refused("a\nb"), "refused-profile-name");
        for device in [
            "nul",
            "con",
            "prn",
            "aux",
            "com1",
            "com0",
            "lpt9",
            "nul.toml",
            "con.acme.2",
        ] {
            assert_eq!(refused(device), "refused-device-name", "{device}");
        }
        for name in ["con-as", "nul2", "com", "com10", "lpt", "lptx", "acme.con", "auxiliary"] {
            assert!(ProfileName::parse(name).is_ok(), "{name}");
        }
        assert_eq!(ProfileName::suggest("Con"), None);
    }

    #[test]
    fn scope_has_a_prefix_and_a_name() {
        assert_eq!(
            scopes("toll:movement/road/v2, digdir:verksemd.eu  toll:movement/road/v2").unwrap(),
            ["toll:movement/road/v2", "digdir:verksemd.eu"]
        );
        assert_eq!(scopes(""), Ok(vec![]));
        for wrong in ["toll", "toll:", ":movement", "toll:møte", "toll:a\"b"] {
            assert_eq!(scopes(wrong).unwrap_err().id, "refused-scope", "{wrong}");
        }
    }
}
