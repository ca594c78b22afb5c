//! A parser for Java properties, INI and `.env` files, and scripts that assign variables. Pure. A value stays a slice of the text
//! until [`decode_value`] copies it, so that a secret is never copied.

/// Text before a name where a shell, PowerShell, cmd or a Dockerfile assigns, and true if blanks may divide the name from its
/// value.
const COMMANDS: [(&str, bool); 12] = [
    ("export ", false),
    ("declare -x ", false),
    ("set -gx ", true),
    ("set -ux ", true),
    ("set -x ", true),
    ("setx ", true),
    ("setenv ", true),
    ("set /p ", false),
    ("set ", false),
    ("$env:", false),
    ("env ", true),
    // systemd.
    ("environment=", false),
];
/// The beginnings of comments in properties, INI files, scripts of cmd and others.
const COMMENTS: [&str; 6] = ["#", "!", ";", "//", "::", "rem "];
/// Longest list of values in brackets over several lines.
const MAX_LIST_BYTES: usize = 8192;

/// A part of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part<'a> {
    /// A name with its undecoded value.
    Setting(&'a str, &'a str),
    /// The name of a section: `[name]`.
    Section(&'a str),
    /// The line between two documents of Spring's properties.
    Divider,
    /// A line that is none of these, nor a comment.
    Other(&'a str),
}

/// Returns the parts of a file, each with the number of its first line. A value may span several lines: a key in PEM, an open
/// quote or bracket, or a property whose line ends in a backslash. The quoted value of a variable that `is_used` does not:
/// after a wrong quote the next line, such as a password, would belong to it.
pub fn parts(text: &str, is_used: impl Fn(&str) -> bool) -> Vec<(usize, Part<'_>)> {
    let mut found = Vec::new();
    let (mut rest, mut number, mut previous) = (text, 1, "");
    while !rest.is_empty() {
        let line = rest.lines().next().unwrap_or_default();
        let next = rest.lines().nth(1).unwrap_or_default();
        let (part, end) = match assignment(line) {
            Some(Assignment { name, start, end }) => {
                let raw = match end {
                    Some(end) => &rest[start..end],
                    None => raw_value(name, &rest[start..], is_used(name)),
                };
                // The next command of the line follows.
                let whole = start + raw.len();
                let raw = if raw.starts_with(['\'', '"']) {
                    raw.trim_end_matches(';')
                } else {
                    raw
                };
                (Some(Part::Setting(name, raw)), whole)
            }
            None => match pem_end(rest) {
                Some(end) => (None, end),
                None => (other_part(line, previous, next), line.len()),
            },
        };
        found.extend(part.map(|part| (number, part)));
        let after =
            rest_of_line(&rest[end..]).unwrap_or_else(|| rest[end..].split_once('\n').map_or("", |(_, after)| after));
        number += rest[..rest.len() - after.len()].matches('\n').count();
        (rest, previous) = (after, line);
    }
    found
}

/// Returns the text after a value if its line has more than a comment: another command, or something else.
fn rest_of_line(text: &str) -> Option<&str> {
    let line = text.lines().next().unwrap_or_default();
    let more = line.trim_start_matches([' ', '\t', ';', '&', '"', '\'']);
    let is_more = !more.trim().is_empty() && !is_comment(more);
    is_more.then(|| &text[line.len() - more.len()..])
}

/// Returns what a line is that assigns nothing; `None` if it is blank or a comment.
fn other_part<'a>(line: &'a str, previous: &str, next: &str) -> Option<Part<'a>> {
    let line = line.trim();
    let divider = line.strip_suffix("---").filter(|prefix| matches!(*prefix, "#" | "!"));
    if let Some(prefix) = divider {
        // Not a frame around a comment (Spring Boot, "Working With Multi-Document Files").
        return (!previous.starts_with(prefix) && !next.starts_with(prefix)).then_some(Part::Divider);
    }
    let section = line.strip_prefix('[').and_then(|name| name.strip_suffix(']'));
    match section {
        Some(name) => Some(Part::Section(name.trim())),
        None => (!line.is_empty() && !is_comment(line)).then_some(Part::Other(line)),
    }
}

fn is_comment(line: &str) -> bool {
    let start = line.trim_start();
    let begins = |comment: &str| {
        let start = start.get(..comment.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(comment))
    };
    COMMENTS.iter().any(|comment| begins(comment))
}

/// The name that a line assigns, the offset of its value, and the end of the value if a command's quote has it.
struct Assignment<'a> {
    name: &'a str,
    start: usize,
    end: Option<usize>,
}

/// Parses `name=value`, `name: value`, and the commands that assign: `export name=value`, cmd's `set "name=value"` and
/// `setx name value`. `None` for anything else.
fn assignment(line: &str) -> Option<Assignment<'_>> {
    if is_comment(line) {
        return None;
    }
    let start = line.trim_start().trim_start_matches('@');
    let command = COMMANDS.iter().find_map(|(command, by_blank)| {
        let same = start.get(..command.len())?.eq_ignore_ascii_case(command);
        let bare = start[command.len()..].trim_start();
        // A property may be named `env`, or `environment` with a value that assigns nothing.
        let assigns = !command.ends_with('=') || bare.contains('=');
        (same && assigns && !bare.starts_with(['=', ':'])).then_some((bare, *by_blank))
    });
    let (bare, by_blank) = command.unwrap_or((line, false));
    let quote = bare
        .chars()
        .next()
        .filter(|c| command.is_some() && matches!(c, '"' | '\''));
    let bare = if quote.is_some() { &bare[1..] } else { bare };
    let offset = line.len() - bare.len();
    let divider = bare.find(['=', ':']);
    let blank = bare.find(char::is_whitespace).filter(|at| {
        let is_first = divider.is_none_or(|divider| *at < divider);
        by_blank && is_first && !bare[*at..].trim_start().starts_with(['=', ':'])
    });
    let at = blank.or(divider)?;
    let name = bare[..at].trim();
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-' | '[' | ']');
    if name.is_empty() || !name.chars().all(fits) {
        return None;
    }
    let value = &bare[at + 1..];
    let start = offset + at + 1 + value.len() - value.trim_start().len();
    let end = quote.map(|quote| {
        // A quote within the value is followed by more of it.
        let closes = |(at, _): &(usize, &str)| {
            let after = line[start + at + 1..].trim_start();
            after.is_empty() || after.starts_with(['&', ';', '#', '|'])
        };
        let close = line
            .get(start..)
            .and_then(|value| value.match_indices(quote).find(closes));
        close.map_or(line.len(), |(at, _)| start + at)
    });
    Some(Assignment { name, start, end })
}

/// Returns the undecoded value at the start of `rest`.
fn raw_value<'a>(name: &str, rest: &'a str, is_used: bool) -> &'a str {
    let line = rest.lines().next().unwrap_or_default();
    let end = match pem_end(rest) {
        Some(end) => end,
        None if is_used && line.starts_with('[') && !line.contains(']') => list_end(rest).unwrap_or(line.len()),
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

/// Returns the end of a list in brackets; `None` if it is not closed.
fn list_end(rest: &str) -> Option<usize> {
    let end = rest.find(']').filter(|end| *end < MAX_LIST_BYTES)?;
    Some(end + 1)
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
    let is_setting = |found: Assignment<'_>| {
        let name = found.name;
        line.starts_with(name) && line[name.len()..found.start].trim_start().starts_with('=')
    };
    assignment(line).is_some_and(is_setting)
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

/// Returns an undecoded value without the comment after it.
pub fn without_comment(raw: &str) -> &str {
    raw.split(" #").next().unwrap_or_default()
}

/// Returns true for the name of a property. Variables are in capitals, properties are not.
pub fn is_property(name: &str) -> bool {
    name.contains(|c: char| c.is_ascii_lowercase())
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
