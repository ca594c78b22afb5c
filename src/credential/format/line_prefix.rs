//! Text before every line of a PEM block: a log's, numbers of lines, or a quote's. Pure.

use zeroize::Zeroizing;

/// Removes the text before each line of a block but the first, which is behind the BEGIN marker. It is the same as in the line
/// of a marker, but for numbers and blanks: `prefix` is that of BEGIN, and that of END is what follows the last line break.
/// `None` if the lines do not have one.
pub fn remove(body: &str, prefix: &str) -> Option<Zeroizing<String>> {
    let (first, lines) = body.split_once(['\n', '\r'])?;
    let last = lines.rsplit(['\n', '\r']).next().unwrap_or_default();
    [prefix, last].into_iter().find_map(|prefix| {
        // In a prefix that ends in a letter or digit, its end cannot be told from the base64.
        if prefix.trim().is_empty() || prefix.ends_with(char::is_alphanumeric) {
            return None;
        }
        let mut plain = Zeroizing::new(String::with_capacity(body.len()));
        plain.push_str(first);
        for line in lines.split(['\n', '\r']) {
            plain.push('\n');
            if !line.trim().is_empty() {
                plain.push_str(after(line, prefix)?);
            }
        }
        Some(plain)
    })
}

/// Returns what follows the prefix in a line; `None` if the line begins otherwise. Each number in the prefix may be another, and
/// the blanks more or fewer.
fn after<'a>(line: &'a str, prefix: &str) -> Option<&'a str> {
    let (mut line, mut prefix) = (line, prefix);
    while let Some(c) = prefix.chars().next() {
        if c.is_ascii_digit() {
            let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
            if rest.len() == line.len() {
                return None;
            }
            (line, prefix) = (rest, prefix.trim_start_matches(|c: char| c.is_ascii_digit()));
        } else if c.is_whitespace() {
            (line, prefix) = (line.trim_start(), prefix.trim_start());
        } else {
            line = line.strip_prefix(c)?;
            prefix = &prefix[c.len_utf8()..];
        }
    }
    Some(line)
}
