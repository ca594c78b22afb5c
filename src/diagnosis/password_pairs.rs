//! Names and values of passwords in two fields: attributes, settings with a name and a value, cells of a table, and lines.

use std::ops::Range;

use super::{
    part::{beginning, end, offset},
    password_value::{assigned, content, is_plain, value},
    password_words::names,
};

/// Keys whose value is the name of a setting, or the end of one.
const KEYS: [&str; 3] = ["name", "key", "id"];
/// Longest part of a text between a name and the key of its value.
const MAX_BETWEEN_BYTES: usize = 400;
/// Longest part of a text before a name that has its key.
const MAX_KEY_BYTES: usize = 60;

/// Returns the value of a setting whose name stands before `rest`, as the value of a key or the argument of a call or a command:
/// `name: PASSWORD⏎value: …`, `<add key="password" value="…"/>`, `<entry key="password">…</`, `set("password", "…")`.
pub(super) fn paired(text: &str, before: &str, rest: &str) -> Option<Range<usize>> {
    let after = beginning(rest, MAX_BETWEEN_BYTES);
    let unquoted = after.trim_start_matches(['"', '\'', '\\']);
    let is_quoted = unquoted.len() < after.len();
    let next = unquoted.trim_start_matches([' ', ',']);
    let quoted = next.starts_with(['"', '\'']).then(|| value(text, offset(text, next)));
    // The name has begun in the same quotes: `"Cert:Password" "…"`.
    let opening = before.trim_end_matches(|c: char| c.is_alphanumeric() || matches!(c, ':' | '_' | '-' | '.' | '$'));
    let is_argument = opening.ends_with(['"', '\'']) && (next.len() < unquoted.len());
    let is_in_call = opening.trim_end_matches(['"', '\'']).ends_with('(');
    if is_quoted && is_argument && (is_in_call || !unquoted.starts_with(',')) && quoted.is_some() {
        return quoted;
    }
    let key = end(before, MAX_KEY_BYTES).trim_end_matches(['"', '\'', '\\']);
    let key = key.trim_end_matches([' ', '\t']).strip_suffix([':', '='])?;
    let key = key.trim_end_matches([' ', '\t', '"', '\'', '\\']).to_lowercase();
    let key = KEYS.iter().find(|name| key.ends_with(**name))?;
    let is_in_tag = before.rfind('<').is_some_and(|open| !before[open..].contains('>'));
    let mut from = 0;
    for run in names(after) {
        let between = &after[from..run.start];
        from = run.end;
        if let (true, Some(tag)) = (is_in_tag, between.find('>')) {
            let inside = between[tag + 1..].trim_start();
            if !inside.starts_with('<') && !between[..tag].ends_with('/') {
                return Some(content(text, offset(text, between) + tag + 1));
            }
        }
        let (name, behind) = (after[run.clone()].to_lowercase(), &after[run.end..]);
        // The next object, element or item of a list.
        if name == "-" || between.contains('}') || between.contains("/>") || name == *key {
            return None;
        }
        if name.ends_with("value") {
            let behind = behind.trim_start_matches(['"', '\'', '\\']);
            if behind.starts_with('>') {
                return Some(content(text, offset(text, behind) + 1));
            }
            let start = offset(text, behind.trim_start_matches([' ', '\t', ':', '=']));
            return on_next_line(text, start).or_else(|| Some(assigned(text, start)));
        }
    }
    None
}

/// Returns the value in the cell behind a name that is a cell of its own: `| password | … |`, `password;…`.
pub(super) fn cell(text: &str, line: &str, rest: &str) -> Option<Range<usize>> {
    let after = rest.trim_start_matches(['"', ' ']);
    let delimiter = after.chars().next().filter(|c| matches!(c, '|' | ';' | ',' | '\t'))?;
    let before = line.trim_end_matches(['"', ' ']);
    let is_table = delimiter == '|' && before.ends_with('|');
    let begins_line = delimiter != '|' && before.is_empty() && !after[1..].starts_with(' ');
    let start = offset(text, after) + 1;
    let content = beginning(&text[start..], MAX_BETWEEN_BYTES);
    let length = content.find([delimiter, '\n']).unwrap_or(content.len());
    (is_table || begins_line).then_some(start..start + length)
}

/// Returns the value on the line after a name: quoted, a word that is none of a sentence, or a block of YAML (`password: |`).
pub(super) fn on_next_line(text: &str, start: usize) -> Option<Range<usize>> {
    let rest = beginning(&text[start..], MAX_BETWEEN_BYTES);
    let (line, following) = rest.split_once('\n')?;
    let indicator = line.trim();
    let is_block = indicator.starts_with(['|', '>']) && indicator.len() <= 3;
    if !(is_block || indicator.is_empty()) {
        return None;
    }
    let next = following.lines().find(|line| !line.trim().is_empty())?;
    let content = next.trim();
    let at = offset(text, content);
    if is_block {
        return Some(at..at + content.len());
    }
    if content.starts_with(['"', '\'']) {
        return Some(value(text, at));
    }
    if let Some(behind) = content
        .strip_prefix("value")
        .map(|behind| behind.trim_start_matches([' ', ':', '=']))
    {
        return Some(value(text, offset(text, behind)));
    }
    let is_word = !content.contains(char::is_whitespace) && !content.starts_with(['{', '[', '<', '}', ']']);
    (is_word && (next.len() > next.trim_start().len() || !is_plain(content))).then_some(at..at + content.len())
}

#[cfg(test)]
mod tests {
    use crate::diagnosis::passwords::redact_passwords;

    #[test]
    fn passwords_are_cut_in_a_field_beside_their_name() {
        for secret in ["Sommer2026!", "hunter2", "p@ss/w:rd"] {
            for text in [
                "- name: P12_PASSWORD\n  value: %",
                "- name: \"P12_PASSWORD\"\n  value: \"%\"",
                "Name  : CertPassword\nValue : %",
                r#"{"name":"P12_PASSWORD","value":"%","slotSetting":false}"#,
                r#"{"name": "P12_PASSWORD", "slotSetting": false, "value": "%"}"#,
                r#"{"key":"certPassword","value":"%"}"#,
                r#"<add key="CertPassword" value="%" />"#,
                r#"<property name="keystorePassword" value="%"/>"#,
                r#"<property name="keystorePassword"><value>%</value></property>"#,
                r#"<entry key="password">%</entry>"#,
                r#"<setting name="Password" serializeAs="String"><value>%</value></setting>"#,
                r#"<Property Name="Password">%</Property>"#,
                "<ns:Password>%</ns:Password>",
                r#"<wsse:Password Type="PasswordText">%</wsse:Password>"#,
                "| user | kari |\n| password | % |",
                "user;kari\npassword;%",
                "password,%",
                "password\t%",
                r#"dotnet user-secrets set "Cert:Password" "%""#,
                r#"SetEnvironmentVariable("CERT_PW", "%")"#,
                "{\"password\":\n  \"%\"}",
                "password:\n  %",
                "password: |\n  %\nuser: kari",
                "password: >-\n  %",
                "Passord:\n%",
            ] {
                let text = text.replace('%', secret);
                let shown = redact_passwords(&text);
                assert!(!shown.contains(secret), "{text} → {shown}");
            }
        }
    }

    #[test]
    fn fields_beside_a_password_are_kept() {
        for text in [
            "- name: P12_PASSWORD\n  valueFrom:\n    secretKeyRef:\n      key: password\n- name: ISSUER\n  value: https://maskinporten.no/",
            r#"[{"name":"password"},{"name":"issuer","value":"https://maskinporten.no/"}]"#,
            "password:\n{\"error\":\"invalid_grant\"}",
        ] {
            assert_eq!(redact_passwords(text), text);
        }
    }
}
