//! Names and values as Java properties and `.env` files write them. Pure. A value is taken from the text only when it
//! is asked for, so that a secret is never copied.

/// The names in a file, each with what is written after it. A value may go over several lines: a key in PEM, an open
/// quote, or a property whose line ends in a backslash.
pub fn settings(text: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let line = rest.lines().next().unwrap_or_default();
        let end = match name(line) {
            Some((name, at)) => {
                let raw = raw(name, &rest[at..]);
                found.push((name, raw));
                at + raw.len()
            }
            None => pem(rest).unwrap_or(line.len()),
        };
        rest = rest[end..].split_once('\n').map_or("", |(_, after)| after);
    }
    found
}

/// The name in `name=value` or `name: value`, with `export` before it taken away, and where its value starts. None
/// for a comment and for an empty line.
fn name(line: &str) -> Option<(&str, usize)> {
    if line.trim_start().starts_with(['#', '!']) {
        return None;
    }
    let at = line.find(['=', ':'])?;
    let name = line[..at].trim();
    let name = name.strip_prefix("export ").unwrap_or(name).trim_start();
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
    if name.is_empty() || !name.chars().all(fits) {
        return None;
    }
    let value = &line[at + 1..];
    Some((name, at + 1 + value.len() - value.trim_start().len()))
}

/// Variables are in capitals, properties are not.
fn is_property(name: &str) -> bool {
    name.contains(|c: char| c.is_ascii_lowercase())
}

/// A value as it is written, to its end.
fn raw<'a>(name: &str, rest: &'a str) -> &'a str {
    let line = rest.lines().next().unwrap_or_default();
    let end = match pem(rest) {
        Some(end) => end,
        None if is_property(name) => continued(rest),
        None if line.starts_with(['\'', '"']) => closed(rest).unwrap_or(line.len()),
        None => line.len(),
    };
    &rest[..end]
}

/// The end of something in PEM that begins in the first line.
fn pem(rest: &str) -> Option<usize> {
    let line = rest.lines().next().unwrap_or_default();
    line.contains("-----BEGIN").then(|| {
        let last = rest.find("-----END").unwrap_or(rest.len());
        last + rest[last..].lines().next().unwrap_or_default().len()
    })
}

/// The end of a property, with the lines that continue it.
fn continued(rest: &str) -> usize {
    let mut end = 0;
    for line in rest.split_inclusive('\n') {
        let bare = line.trim_end_matches(['\r', '\n']);
        let backslashes = bare.len() - bare.trim_end_matches('\\').len();
        if backslashes % 2 == 0 {
            return end + bare.len();
        }
        end += line.len();
    }
    rest.len()
}

/// The end of words that begin with a quote, as a shell finds it; none where a quote stays open.
fn closed(rest: &str) -> Option<usize> {
    let (mut quote, mut escaped) = (None, false);
    for (at, c) in rest.char_indices() {
        match quote {
            _ if escaped => escaped = false,
            Some('\'') if c == '\'' => quote = None,
            Some('\'') => {}
            _ if c == '\\' => escaped = true,
            Some(_) if c == '"' => quote = None,
            Some(_) => {}
            None if matches!(c, '\'' | '"') => quote = Some(c),
            None if c.is_whitespace() => return Some(at),
            None => {}
        }
    }
    quote.is_none().then_some(rest.len())
}

/// What a value means, for one with that name.
pub fn value(name: &str, raw: &str) -> String {
    if is_property(name) {
        property(raw)
    } else {
        variable(raw)
    }
}

/// What a variable's value is: its quotes taken away as a shell does, or without any as it is, to a comment.
fn variable(raw: &str) -> String {
    if !raw.starts_with(['\'', '"']) {
        let end = raw.find(" #").unwrap_or(raw.len());
        return raw[..end].trim().to_owned();
    }
    let (mut out, mut quote) = (String::new(), None);
    let mut chars = raw.chars().peekable();
    while let Some(c) = chars.next() {
        match quote {
            Some('\'') if c == '\'' => quote = None,
            Some('\'') => out.push(c),
            Some(_) if c == '"' => quote = None,
            Some(_) if c == '\\' => {
                let special = chars.next_if(|next| matches!(next, '"' | '\\' | '$' | '`'));
                out.push(special.unwrap_or('\\'));
            }
            Some(_) => out.push(c),
            None if matches!(c, '\'' | '"') => quote = Some(c),
            None if c == '\\' => out.extend(chars.next()),
            None => out.push(c),
        }
    }
    out
}

/// What a Java property's value is (java.util.Properties, `load`).
fn property(raw: &str) -> String {
    let mut units: Vec<u16> = Vec::new();
    let mut chars = raw.chars().peekable();
    while let Some(c) = chars.next() {
        let escaped = if c == '\\' { chars.next() } else { None };
        let meant = match escaped {
            None => c,
            Some('u') => {
                let hex: String = chars.by_ref().take(4).collect();
                units.extend(u16::from_str_radix(&hex, 16).ok());
                continue;
            }
            Some('\r' | '\n') => {
                while chars.next_if(|next| next.is_whitespace()).is_some() {}
                continue;
            }
            Some('t') => '\t',
            Some('n') => '\n',
            Some('r') => '\r',
            Some('f') => '\u{c}',
            Some(other) => other,
        };
        units.extend(meant.encode_utf16(&mut [0; 2]).iter());
    }
    String::from_utf16_lossy(&units)
}
