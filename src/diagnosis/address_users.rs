//! User information of addresses in received text (RFC 3986 §3.2.1). It has a password.

use std::ops::Range;

use super::password_value::offset;

/// Finds the user information of addresses : `http://kari:secret@proxy`, `kari:secret@proxy`.
pub(super) fn find(text: &str) -> Vec<Range<usize>> {
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

#[cfg(test)]
mod tests {
    use crate::diagnosis::passwords::redact_passwords;

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
}
