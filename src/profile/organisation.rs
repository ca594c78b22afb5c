//! Organisation identifiers in their different notations. Pure.

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

#[cfg(test)]
mod tests {
    use super::*;

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
