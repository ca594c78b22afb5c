//! Passwords from variables: `KLARERT_PASSWORD_<PROFILE>` for one profile, `KLARERT_PASSWORD` for all others.

use crate::command::password::{VARIABLE, from_variable};
use crate::credential::Password;

/// Returns the name of a profile's own variable: in capitals, with `_` for all but ASCII letters and digits.
pub fn variable(profile: &str) -> String {
    let name: String = profile
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_uppercase()
            } else {
                '_'
            }
        })
        .collect();
    format!("{VARIABLE}_{name}")
}

/// Returns the password for a profile; `None` if neither variable is set.
pub fn password(profile: &str) -> Option<Password> {
    from_variable(&variable(profile)).or_else(|| from_variable(VARIABLE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variable_is_in_capitals_with_underscores() {
        for (profile, name) in [
            ("acme", "KLARERT_PASSWORD_ACME"),
            ("acme-2.test_x", "KLARERT_PASSWORD_ACME_2_TEST_X"),
        ] {
            assert_eq!(variable(profile), name);
        }
    }
}
