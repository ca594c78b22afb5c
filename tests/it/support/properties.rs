//! A reader of Java's `.properties` files, by the rules of `java.util.Properties.load`.

use std::collections::BTreeMap;

/// Reads the settings of a file by name. They must be ASCII, which all versions of Java read alike.
pub fn read(text: &str) -> BTreeMap<String, String> {
    let mut settings = BTreeMap::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let mut line = line.trim_start().to_owned();
        if line.is_empty() || line.starts_with(['#', '!']) {
            continue;
        }
        assert!(line.is_ascii(), "{line}");
        // An odd number of backslashes at its end joins a line with the next one.
        while (line.len() - line.trim_end_matches('\\').len()) % 2 == 1 {
            line.pop();
            line += lines.next().unwrap_or_default().trim_start();
        }
        let mut escaped = false;
        let end = line.find(|c: char| {
            let ends = !escaped && matches!(c, '=' | ':' | ' ' | '\t' | '\u{c}');
            escaped = c == '\\' && !escaped;
            ends
        });
        let (name, rest) = line.split_at(end.unwrap_or(line.len()));
        let rest = rest.trim_start();
        let value = rest.strip_prefix(['=', ':']).unwrap_or(rest).trim_start();
        settings.insert(unescaped(name), unescaped(value));
    }
    settings
}

fn unescaped(text: &str) -> String {
    let mut units = Vec::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        let c = match c {
            '\\' => match chars.next() {
                Some('u') => {
                    let digits: String = chars.by_ref().take(4).collect();
                    units.push(u16::from_str_radix(&digits, 16).unwrap());
                    continue;
                }
                Some('t') => '\t',
                Some('n') => '\n',
                Some('r') => '\r',
                Some('f') => '\u{c}',
                Some(other) => other,
                None => break,
            },
            c => c,
        };
        units.push(c as u16);
    }
    String::from_utf16(&units).unwrap()
}
