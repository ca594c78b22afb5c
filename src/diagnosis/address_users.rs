//! User information of addresses in received text (RFC 3986 §3.2.1). It has a password.

use std::ops::Range;

use super::part::offset;

/// Finds the user information of addresses: `http://kari:secret@proxy`, `kari:secret@proxy`.
pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for run in text.split(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>' | '`')) {
        let Some(at) = run.rfind('@') else { continue };
        let start = offset(text, run);
        let mut add = |user: Range<usize>| found.push(start + user.start..start + user.end);
        let mut schemes = run[..at]
            .match_indices("://")
            .map(|(scheme, mark)| scheme + mark.len())
            .peekable();
        if schemes.peek().is_none() {
            let user = run[..at].find(':').map_or(0, |colon| colon + 1);
            if user > 0 && user < at {
                add(user..at);
            }
        }
        let mut cut_to = 0;
        while let Some(from) = schemes.next() {
            let next = schemes.peek().copied().unwrap_or(run.len());
            // What is behind a user with a `/` is a part of it.
            if from >= cut_to
                && let Some(end) = user_end(&run[from..], at - from, next - from).map(|end| from + end)
            {
                cut_to = end;
                add(from..end);
            }
        }
    }
    found
}

/// Returns where the user information of an address ends. `last` is the last `@` of the run, and `next` where its next address
/// begins. A password may have a `/` that is not encoded.
fn user_end(rest: &str, last: usize, next: usize) -> Option<usize> {
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if let Some(at) = authority.rfind('@') {
        return Some(at);
    }
    let (_, port) = authority.split_once(':')?;
    if !port.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(last);
    }
    // The digits are a port, or the beginning of a password. The `@` of a mail address is in the value of a query.
    let end = rest[..next].rfind('@')?;
    let is_in_query = rest[authority.len()..end]
        .split_once('?')
        .is_some_and(|(_, query)| query.contains('='));
    (!is_in_query).then_some(end)
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
            (
                "https://test.maskinporten.no/,http://ola:hunterB@p2:80",
                "https://test.maskinporten.no/,http://…@p2:80",
            ),
            (
                "proxies=http://ola:a@p1:80,https://kari:b@p2:80|http://per:c@p3",
                "proxies=http://…@p1:80,https://…@p2:80|http://…@p3",
            ),
            ("https://p1:8080/x|http://ola:a://b@p2", "https://p1:8080/x|http://…@p2"),
            ("http://kari:123/4x@proxy.corp:8080", "http://…@proxy.corp:8080"),
            ("http://kari:123?4x@proxy.corp", "http://…@proxy.corp"),
        ] {
            assert_eq!(redact_passwords(text), shown);
        }
    }
}
