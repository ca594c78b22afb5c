//! Organisation identifiers in their different notations. Pure.

use super::pasted;

/// Prefixes of a Norwegian organisation number: `NTRNO-` in a certificate (ETSI EN 319 412-1), `0192:` in a token (ISO 6523).
const NORWEGIAN_PREFIXES: [&str; 2] = ["NTRNO-", "0192:"];

/// Returns true if two identifiers name one organisation: `NTRNO-123456785`, `0192:123456785` and `123456785` do.
pub fn same_organisation(one: &str, other: &str) -> bool {
    bare_number(one) == bare_number(other)
}

/// Returns a Norwegian identifier's number without its prefix, and any other identifier in capitals.
pub fn bare_number(identifier: &str) -> String {
    let upper = identifier.trim().to_uppercase();
    let number = NORWEGIAN_PREFIXES
        .iter()
        .find_map(|prefix| upper.strip_prefix(prefix).map(str::to_owned));
    number.unwrap_or(upper)
}

/// Letters that may stand directly before a Norwegian number, in capitals: prefixes of certificates and networks, labels of
/// registers and portals.
const LABELS: [&str; 7] = ["NTRNO", "VATNO", "NO", "ORGNR", "ORGNO", "ORGANISASJONSNUMMER", "NR"];
/// The scheme of Norwegian numbers in Peppol and tokens (ISO 6523), which is no part of the number.
const SCHEME: &str = "0192";
/// Digits of a Norwegian number.
const DIGITS: usize = 9;

/// Returns the Norwegian number in a pasted text: `NTRNO-123456785`, `0192:123456785`, `Org.nr. 123 456 785 MVA` or a
/// certificate's subject. Without exactly one group of nine digits, returns the text without its blanks and separators.
pub fn pasted_number(written: &str) -> String {
    let text = pasted::plain(written);
    let mut found = digit_groups(&text.to_uppercase());
    found.retain(|digits| digits.len() == DIGITS);
    // A certificate's subject, and a page of a register, have the number twice.
    found.dedup();
    if let [number] = found.as_slice() {
        return number.clone();
    }
    let bare = text.trim_matches(pasted::is_mark);
    bare.chars().filter(|c| !is_separator(*c)).collect()
}

/// Returns true for characters that people put between the digits of a number.
fn is_separator(c: char) -> bool {
    c.is_whitespace() || matches!(c, '.' | '-' | '_' | '/' | '\'')
}

/// Returns the groups of digits in a text in capitals, each without separators. Digits in a word are none, but for a label
/// before them and `MVA` after them.
fn digit_groups(text: &str) -> Vec<String> {
    let mut groups = Vec::new();
    let mut end = 0;
    while let Some(start) = text[end..].find(|c: char| c.is_ascii_digit()).map(|at| end + at) {
        let (word, rest) = (last_word(&text[end..start]), &text[start..]);
        let length = rest.find(|c: char| !c.is_ascii_digit() && !is_separator(c));
        let (group, after) = rest.split_at(length.unwrap_or(rest.len()));
        let joined = group.ends_with(|c: char| c.is_ascii_digit()) && after.starts_with(char::is_alphanumeric);
        if (word.is_empty() || LABELS.contains(&word)) && (!joined || after.starts_with("MVA")) {
            // With a separator: thirteen digits in a row are another number.
            let number = group
                .strip_prefix(SCHEME)
                .filter(|number| number.starts_with(is_separator));
            let digits = |group: &str| group.chars().filter(char::is_ascii_digit).collect::<String>();
            let of_scheme = number.map(digits).filter(|digits| digits.len() == DIGITS);
            groups.push(of_scheme.unwrap_or_else(|| digits(group)));
        }
        end = start + group.len();
    }
    groups
}

/// Returns the letters and digits at the end of a text.
fn last_word(text: &str) -> &str {
    let start = text
        .char_indices()
        .rev()
        .take_while(|(_, c)| c.is_alphanumeric())
        .last();
    start.map_or("", |(at, _)| &text[at..])
}

/// The country of an LEI, which names none (ETSI EN 319 412-1 §5.1.4).
const NO_COUNTRY: &str = "XG";

/// The parts of an `organizationIdentifier` (ETSI EN 319 412-1 §5.1.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identifier<'a> {
    /// The register: `NTR`, or `EI:` for a national scheme.
    pub scheme: &'a str,
    pub country: &'a str,
    pub number: &'a str,
}

impl<'a> Identifier<'a> {
    /// Parses three letters, or two characters and a colon; two letters for the country; a hyphen; the number. Letters are
    /// capitals. `None` for any other text.
    pub fn parse(identifier: &'a str) -> Option<Identifier<'a>> {
        let (prefix, number) = identifier.split_once('-')?;
        let (scheme, country) = prefix.split_at_checked(3)?;
        let has_only = |text: &str, is_of: fn(&u8) -> bool| text.bytes().all(|byte| is_of(&byte));
        let scheme_fits = match scheme.strip_suffix(':') {
            Some(national) => has_only(national, |byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()),
            None => has_only(scheme, u8::is_ascii_uppercase),
        };
        let country_fits = country.len() == 2 && has_only(country, u8::is_ascii_uppercase);
        let number_fits = number.trim() == number
            && number.chars().any(char::is_alphanumeric)
            && !number.chars().any(char::is_control);
        (scheme_fits && country_fits && number_fits).then_some(Identifier {
            scheme,
            country,
            number,
        })
    }
}

/// Returns the ISO 3166 country of an `organizationIdentifier`. `None` if there is none.
pub fn country(identifier: &str) -> Option<&str> {
    match Identifier::parse(identifier)?.country {
        NO_COUNTRY => None,
        // The prefixes of the VAT numbers of Greece and Northern Ireland (Directive 2006/112/EC Article 215, VIES).
        "EL" => Some("GR"),
        "XI" => Some("GB"),
        country => Some(country),
    }
}

/// Returns true if an `organizationIdentifier` is of the register of the country where the business is established: a trade
/// register (`NTR`) or a national scheme. VAT numbers are given to businesses of other countries, too.
pub fn is_national(identifier: &str) -> bool {
    Identifier::parse(identifier).is_some_and(|parts| parts.scheme == "NTR" || parts.scheme.ends_with(':'))
}

/// Returns the nine digits of an identifier that is Norwegian or could be, in any notation: `NTRNO-123456785`,
/// `VATNO-123456785MVA`, `ntrno:123456785` or `123456785`. The check digit may be wrong. `None` for other identifiers.
pub fn norwegian_number(identifier: &str) -> Option<String> {
    let upper = identifier.to_uppercase();
    let bare: String = upper.chars().filter(char::is_ascii_alphanumeric).collect();
    let bare = bare.strip_suffix("MVA").unwrap_or(&bare);
    let (label, number) = bare.split_at(bare.find(|c: char| c.is_ascii_digit())?);
    let of_scheme = number.strip_prefix(SCHEME).filter(|number| number.len() == DIGITS);
    let number = of_scheme.unwrap_or(number);
    let is_norwegian = label.is_empty() || LABELS.contains(&label) || country(&upper) == Some("NO");
    let is_number = number.len() == DIGITS && number.bytes().all(|byte| byte.is_ascii_digit());
    (is_norwegian && is_number).then(|| number.to_owned())
}

/// Returns the identifier in a pasted text: without quotes, the attribute's name and the attributes after it. A Norwegian
/// number with the prefix of a token gets that of a certificate.
pub fn pasted_identifier(written: &str) -> String {
    let text = pasted::plain(written);
    let attribute = ["organizationIdentifier", "2.5.4.97", "organization_identifier"]
        .iter()
        .find_map(|name| text.find(name).map(|at| &text[at + name.len()..]));
    let value = match attribute {
        Some(value) => value.trim_start_matches(|c| pasted::is_mark(c) || matches!(c, '=' | ':')),
        None => text.as_str(),
    };
    let value = value.trim_matches(pasted::is_mark);
    let value = match attribute {
        Some(_) => value.split([',', '+', '/', '"', '\n']).next().unwrap_or_default(),
        None => value,
    };
    let value = value.trim_matches(pasted::is_mark);
    match value.strip_prefix("0192:") {
        Some(number) => format!("NTRNO-{}", number.trim()),
        None => value.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn number_is_found_in_every_notation() {
        for written in [
            "123456785",
            "123 456 785",
            "123\u{a0}456\u{a0}785",
            "123.456.785",
            "123-456-785",
            "NO123456785",
            "NO 123 456 785 MVA",
            "NO123456785MVA",
            "123456785MVA",
            "NTRNO-123456785",
            "ntrno-123456785",
            "NTRNO\u{2011}123456785",
            "NTRNO123456785",
            "VATNO-123456785MVA",
            "0192:123456785",
            "iso6523-actorid-upis::0192:123456785",
            "\"0192:123456785\"",
            "{\"authority\":\"iso6523-actorid-upis\",\"ID\":\"0192:123456785\"}",
            "Org.nr. 123 456 785",
            "Org.nr.: 123456785",
            "Org. nr. 123 456 785",
            "orgnr: 123456785",
            "orgnr=123456785",
            "Organisasjonsnummer: 123 456 785",
            "organizationIdentifier=NTRNO-123456785",
            "organizationIdentifier=NTRNO-123456785, CN=Demo AS, O=Demo AS, C=NO",
            "serialNumber=123456785",
            "\u{200b}123456785\u{feff}",
            "“123456785”",
            "'123456785',",
            "(123456785)",
            "0192:123 456 785",
            "0192 123456785",
            "0192-123456785",
            "iso6523-actorid-upis:0192:123456785",
            "\u{ff11}\u{ff12}\u{ff13}\u{ff14}\u{ff15}\u{ff16}\u{ff17}\u{ff18}\u{ff15}",
            "123\u{202f}456\u{202f}785",
            "123\u{2009}456\u{2009}785",
            "Demo Spedisjon AS (org.nr. 123 456 785)",
            "Demo Spedisjon AS, 123456785",
            "123456785 Demo Spedisjon AS",
            "Foretaksregisteret NO 123 456 785 MVA",
            "Organisasjonsnummer\n123 456 785\n",
            "- **Organisation**: `123456785`",
            "2.5.4.97=NTRNO-123456785",
            "C=NO, O=Demo AS, serialNumber=123456785, organizationIdentifier=NTRNO-123456785",
            "Orgnr123456785",
            "https://data.brreg.no/enhetsregisteret/api/enheter/123456785",
        ] {
            assert_eq!(pasted_number(written), "123456785", "{written:?}");
        }
        assert_eq!(pasted_number("0192123456785"), "0192123456785");
        assert_eq!(pasted_number("12345678x"), "12345678x");
        assert_eq!(pasted_number("123456785x"), "123456785x");
        assert_eq!(pasted_number("1234567850"), "1234567850");
        assert_eq!(pasted_number("123 456 7850"), "1234567850");
        assert_eq!(pasted_number("Org.nr. 123456784"), "123456784");
        // Two numbers: which one is meant is not known.
        assert_eq!(pasted_number("123456785, 987654325"), "123456785,987654325");
        for (written, identifier) in [
            ("0192:123456785", "NTRNO-123456785"),
            ("\"organizationIdentifier\": \"NTRSE-5560000001\",", "NTRSE-5560000001"),
            ("2.5.4.97 = VATDE-123456789, O=Demo", "VATDE-123456789"),
            ("`NTRSE\u{2011}5560000001`", "NTRSE-5560000001"),
        ] {
            assert_eq!(pasted_identifier(written), identifier, "{written:?}");
        }
    }

    #[test]
    fn country_is_read_from_the_identifier() {
        for (identifier, expected) in [
            ("VATDE-123456789", Some("DE")),
            ("NTRSE-5560000001", Some("SE")),
            ("EI:SE-5567971433", Some("SE")),
            ("NL:-12345", None),
            ("VATEL-123456789", Some("GR")),
            ("LEIXG-5493000IBP32UQZ0KL24", None),
            ("nothing", None),
            ("XX-1", None),
        ] {
            assert_eq!(country(identifier), expected, "{identifier}");
        }
    }

    #[test]
    fn norwegian_number_is_known_in_every_notation() {
        for (identifier, expected) in [
            ("NTRNO-123456785", Some("123456785")),
            ("VATNO-123456785MVA", Some("123456785")),
            ("VATNO-123456785", Some("123456785")),
            ("NTRNO123456785", Some("123456785")),
            ("ntrno:123 456 785", Some("123456785")),
            ("NO123456785MVA", Some("123456785")),
            ("0192:123456785", Some("123456785")),
            ("EI:NO-123456785", Some("123456785")),
            ("123456784", Some("123456784")),
            ("VATDE-123456789", None),
            ("DE123456789", None),
            ("NTRNO-12345678", None),
            ("HRB 1234", None),
        ] {
            assert_eq!(norwegian_number(identifier).as_deref(), expected, "{identifier}");
        }
    }

    #[test]
    fn notations_of_one_number_are_one_organisation() {
        for (one, other, same) in [
            ("NTRNO-123456785", "123456785", true),
            ("0192:123456785", " ntrno-123456785 ", true),
            ("NTRSE-5560000001", "ntrse-5560000001", true),
            ("NTRSE-123456785", "123456785", false),
            ("NTRNO-123456785", "NTRNO-987654325", false),
        ] {
            assert_eq!(same_organisation(one, other), same, "{one} {other}");
        }
    }
}
