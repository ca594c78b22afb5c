//! Passwords from variables: `KLARERT_PASSWORD_<PROFILE>` is one profile's, `KLARERT_PASSWORD` that of all others.

use std::env;

use zeroize::Zeroizing;

use crate::command::password::VARIABLE;
use crate::credential::Password;

/// The variable for one profile: in capitals, and `_` for everything but letters and digits.
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

/// What the variables say for a profile.
pub fn password(profile: &str) -> Option<Password> {
    let typed = env::var(variable(profile)).or_else(|_| env::var(VARIABLE));
    Some(Password::new(Zeroizing::new(typed.ok()?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_variable_of_a_profile() {
        for (profile, name) in [
            ("acme", "KLARERT_PASSWORD_ACME"),
            ("acme-2.test_x", "KLARERT_PASSWORD_ACME_2_TEST_X"),
        ] {
            assert_eq!(variable(profile), name);
        }
    }
}
