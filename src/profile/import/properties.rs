//! A parser for Java properties and `.env` files. Pure. A value stays a slice of the text until [`decode_value`] copies it,
//! so that a secret is never copied.

/// Text before a name where a shell, PowerShell, cmd or a Dockerfile assigns.
const ASSIGNMENTS: [&str; 6] = ["export ", "declare -x ", "set -x ", "set ", "$env:", "env "];

/// Returns the names in a file, each with its undecoded value. A value may span several lines: a key in PEM, an open
/// quote, or a property whose line ends in a backslash. The quoted value of a variable that `is_used` does not: after a
/// wrong quote the next line, such as a password, would belong to it.
pub fn settings(text: &str, is_used: impl Fn(&str) -> bool) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let line = rest.lines().next().unwrap_or_default();
        let end = match split_name(line) {
            Some((name, at)) => {
                let raw = raw_value(name, &rest[at..], is_used(name));
                found.push((name, raw));
                at + raw.len()
            }
            None => pem_end(rest).unwrap_or(line.len()),
        };
        rest = rest[end..].split_once('\n').map_or("", |(_, after)| after);
    }
    found
}

/// Returns the name in `name=value` or `name: value`, without a leading `export`, and the offset of its value. `None` for
/// a comment or an empty line.
fn split_name(line: &str) -> Option<(&str, usize)> {
    if line.trim_start().starts_with(['#', '!']) {
        return None;
    }
    let bare = ASSIGNMENTS.iter().find_map(|command| {
        let start = line.trim_start();
        let same = start
            .get(..command.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(command));
        same.then(|| start[command.len()..].trim_start())
    });
    let bare = bare.unwrap_or(line);
    let at = line.len() - bare.len() + bare.find(['=', ':'])?;
    let name = line[line.len() - bare.len()..at].trim();
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-' | '[' | ']');
    if name.is_empty() || !name.chars().all(fits) {
        return None;
    }
    let value = &line[at + 1..];
    Some((name, at + 1 + value.len() - value.trim_start().len()))
}

/// Returns true for the name of a property. Variables are in capitals, properties are not.
fn is_property(name: &str) -> bool {
    name.contains(|c: char| c.is_ascii_lowercase())
}

/// Returns the undecoded value at the start of `rest`.
fn raw_value<'a>(name: &str, rest: &'a str, is_used: bool) -> &'a str {
    let line = rest.lines().next().unwrap_or_default();
    let end = match pem_end(rest) {
        Some(end) => end,
        None if is_property(name) => property_end(rest),
        None if line.starts_with(['\'', '"']) => quoted_end(if is_used { line } else { rest }).unwrap_or(line.len()),
        None => line.len(),
    };
    &rest[..end]
}

/// Returns the end of a PEM block that begins in the first line; `None` if none does.
fn pem_end(rest: &str) -> Option<usize> {
    let line = rest.lines().next().unwrap_or_default();
    line.contains("-----BEGIN").then(|| {
        let last = rest.find("-----END").unwrap_or(rest.len());
        last + rest[last..].lines().next().unwrap_or_default().len()
    })
}

/// Returns the end of a property, including its continuation lines.
///
/// A line that begins with `name=` is a property of its own also after a backslash: a folder on Windows may end in one, and
/// the next line may be a password.
fn property_end(rest: &str) -> usize {
    let mut end = 0;
    for line in rest.split_inclusive('\n') {
        let bare = line.trim_end_matches(['\r', '\n']);
        let backslashes = bare.len() - bare.trim_end_matches('\\').len();
        let next = &rest[end + line.len()..];
        if backslashes % 2 == 0 || begins_setting(next) {
            return end + bare.len();
        }
        end += line.len();
    }
    rest.len()
}

/// Returns whether a text begins with `name=`, without a leading space.
fn begins_setting(text: &str) -> bool {
    let line = text.lines().next().unwrap_or_default();
    let is_setting =
        |(name, at): (&str, usize)| line.starts_with(name) && line[name.len()..at].trim_start().starts_with('=');
    split_name(line).is_some_and(is_setting)
}

/// Returns the end of a quoted value by a shell's rules; `None` if a quote is not closed.
fn quoted_end(rest: &str) -> Option<usize> {
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

/// Decodes a value by the rules for properties or for variables, depending on its name.
pub fn decode_value(name: &str, raw: &str) -> String {
    if is_property(name) {
        decode_property(raw)
    } else {
        decode_variable(raw)
    }
}

/// Decodes a variable's value: removes quotes as a shell does. An unquoted value ends at a comment.
fn decode_variable(raw: &str) -> String {
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

/// Decodes a Java property's value (java.util.Properties, `load`).
fn decode_property(raw: &str) -> String {
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
