//! Hosts that are reached without a proxy, in the forms of curl, Windows and Java.

use std::net::IpAddr;

use crate::characters::{is_invisible, is_quote};

/// Returns true if the list has the host, or all hosts.
pub fn contains(list: &str, host: &str, port: u16) -> bool {
    entries(list).any(|entry| Entry::parse(entry).is_some_and(|entry| entry.matches(host, port)))
}

/// Returns the entries that are not understood.
pub fn unknown(list: &str) -> Vec<String> {
    let unknown = entries(list).filter(|entry| Entry::parse(entry).is_none());
    unknown.map(str::to_owned).collect()
}

/// Entries are separated by commas, semicolons, blanks or, as in Java, by bars.
fn entries(list: &str) -> impl Iterator<Item = &str> {
    let is_end = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '|');
    let is_mark = |c: char| is_invisible(c) || is_quote(c);
    list.split(is_end)
        .map(move |entry| entry.trim_matches(is_mark))
        .filter(|entry| !entry.is_empty())
}

enum Entry {
    /// A name with the names below it, and a port if it is for one only. `*` stands for any text.
    Name(String, Option<u16>),
    /// An address, and the number of its bits that count.
    Network(IpAddr, u8),
    /// `<local>` of Windows: names without a dot.
    Local,
}

impl Entry {
    fn parse(written: &str) -> Option<Entry> {
        if written.eq_ignore_ascii_case("<local>") {
            return Some(Entry::Local);
        }
        let bare = written.split_once("://").map_or(written, |(_, rest)| rest);
        if let Some((address, bits)) = bare.split_once('/').filter(|(_, bits)| !bits.is_empty()) {
            let address: IpAddr = address.trim_matches(['[', ']']).parse().ok()?;
            let most = if address.is_ipv4() { 32 } else { 128 };
            let mask = |mask: IpAddr| match mask {
                IpAddr::V4(mask) => Some(mask.to_bits().leading_ones() as u8),
                IpAddr::V6(_) => None,
            };
            let bits = bits.parse().ok().or_else(|| bits.parse().ok().and_then(mask))?;
            return (bits <= most).then_some(Entry::Network(address, bits));
        }
        let bare = bare.trim_end_matches('/');
        if let Ok(address) = bare.trim_matches(['[', ']']).parse::<IpAddr>() {
            return Some(Entry::Network(address, if address.is_ipv4() { 32 } else { 128 }));
        }
        let (name, port) = match bare.rsplit_once(':') {
            Some((name, "*")) => (name, None),
            Some((name, port)) => (name, Some(port.parse().ok()?)),
            None => (bare, None),
        };
        let name = name
            .trim_end_matches('.')
            .trim_start_matches("*.")
            .trim_start_matches('.')
            .to_lowercase();
        let fits = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '*');
        (!name.is_empty() && name.chars().all(fits)).then_some(Entry::Name(name, port))
    }

    fn matches(&self, host: &str, port: u16) -> bool {
        let host = host.trim_matches(['[', ']']).trim_end_matches('.').to_lowercase();
        match self {
            Entry::Local => !host.contains('.'),
            Entry::Network(network, bits) => {
                let address = host.parse::<IpAddr>();
                address.is_ok_and(|address| same_network(*network, address, *bits))
            }
            Entry::Name(name, of) => {
                let same_port = of.is_none_or(|of| of == port);
                let below = host
                    .strip_suffix(name.as_str())
                    .is_some_and(|before| before.ends_with('.'));
                same_port && (host == *name || below || matches_pattern(name, &host))
            }
        }
    }
}

fn same_network(network: IpAddr, address: IpAddr, bits: u8) -> bool {
    match (network, address) {
        (IpAddr::V4(network), IpAddr::V4(address)) => {
            let mask = u32::MAX.checked_shl(32 - u32::from(bits)).unwrap_or(0);
            network.to_bits() & mask == address.to_bits() & mask
        }
        (IpAddr::V6(network), IpAddr::V6(address)) => {
            let mask = u128::MAX.checked_shl(128 - u32::from(bits)).unwrap_or(0);
            network.to_bits() & mask == address.to_bits() & mask
        }
        _ => false,
    }
}

/// Returns true if a name fits a pattern, where `*` stands for any text.
fn matches_pattern(pattern: &str, name: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = name.strip_prefix(first).filter(|_| pattern.contains('*')) else {
        return false;
    };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else {
        return false;
    };
    for part in middle {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_match_in_every_form() {
        let host = "test.maskinporten.no";
        for (list, matches) in [
            ("test.maskinporten.no", true),
            ("maskinporten.no", true),
            (".maskinporten.no", true),
            ("*.maskinporten.no", true),
            ("*maskinporten.no", true),
            ("*.NO", true),
            ("*", true),
            ("\"*\"", true),
            ("localhost, .maskinporten.no", true),
            ("localhost .maskinporten.no", true),
            ("localhost;*.maskinporten.no", true),
            ("localhost|*.maskinporten.no", true),
            ("localhost,\t“maskinporten.no”", true),
            ("maskinporten.no.", true),
            ("maskinporten.no:443", true),
            ("maskinporten.no:*", true),
            ("https://maskinporten.no/", true),
            ("test.*.no", true),
            ("test.*", true),
            ("maskinporten.no:8443", false),
            ("porten.no", false),
            ("prod.maskinporten.no", false),
            ("<local>", false),
            ("10.0.0.0/8", false),
            ("", false),
            (", ;", false),
        ] {
            assert_eq!(contains(list, host, 443), matches, "{list}");
            assert!(unknown(list).is_empty(), "{list}");
        }
        for (list, host, matches) in [
            ("10.0.0.0/8", "10.1.2.3", true),
            ("10.0.0.0/255.0.0.0", "10.1.2.3", true),
            ("10.*", "10.1.2.3", true),
            ("10.1.2.3", "10.1.2.3", true),
            ("10.1.2.3", "10.1.2.30", false),
            ("0.0.0.0/0", "10.1.2.3", true),
            ("192.168.0.0/16", "10.1.2.3", false),
            ("2001:db8::/32", "[2001:db8::1]", true),
            ("[2001:db8::1]", "[2001:db8::1]", true),
            ("<local>", "intranet", true),
        ] {
            assert_eq!(contains(list, host, 443), matches, "{list} {host}");
        }
        assert_eq!(
            unknown("localhost, 10.0.0.0/99, a/b, ex?mple.no, x:y"),
            ["10.0.0.0/99", "a/b", "ex?mple.no", "x:y"]
        );
    }
}
