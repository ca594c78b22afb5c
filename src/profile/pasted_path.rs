//! Cleaning of pasted paths: what terminals, browsers, file managers and PowerShell put around them. Pure.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use super::drive_path;
use crate::characters::{is_invisible, is_quote};

/// Characters that a shell escapes with a backslash. Without the backslash: a name made on Windows may have several.
const SHELL_SPECIAL: &str = " \t!\"#$&'()*,:;<=>?@[]^`{|}~";
/// Notations of the home folder, in lower case.
const HOME: [&str; 13] = [
    "~",
    "$home",
    "${home}",
    "$env:home",
    "${env:home}",
    "$env:userprofile",
    "${env:userprofile}",
    "$env:homedrive$env:homepath",
    "%userprofile%",
    "%homedrive%%homepath%",
    "%homepath%",
    "%home%",
    "$userprofile",
];
/// Names that configuration files give to a path, in lower case.
const LABELS: [&str; 8] = [
    "path",
    "key_path",
    "chain_path",
    "certificate",
    "key-file",
    "chain-file",
    "file",
    "ca_file",
];
/// The prefix that PowerShell prints before the path of a file.
const POWERSHELL_PROVIDER: &str = "FileSystem::";

/// Cleans a path that was typed, pasted or dropped: removes invisible characters, quotes of all kinds, PowerShell's `& `,
/// a `file:` URL and the backslashes of a shell. The home folder's variables become `~`. `None` if nothing is left.
///
/// `windows` selects the rules for backslashes and drive letters.
pub fn clean(written: &str, windows: bool) -> Option<String> {
    let visible = without_invisible(written);
    let called = without_call(without_label(visible.trim()));
    let unquoted = match unquote(called) {
        Some(inner) => unescape_quoted(&inner, windows),
        None => unescape(called.trim_end_matches([',', ';']), windows),
    };
    let bare = unquoted.trim();
    let bare = bare.rsplit_once(POWERSHELL_PROVIDER).map_or(bare, |(_, path)| path);
    let path = match file_url(bare, windows) {
        Some(path) => path,
        None => bare.to_owned(),
    };
    let path = with_home(&path).unwrap_or(path);
    let path = if windows {
        drive_path::from_posix(&path).unwrap_or(path)
    } else {
        path
    };
    (!path.is_empty()).then_some(path)
}

/// Returns the variable with which a cleaned path begins: `$CERTS` in `$CERTS/a.p12`. Only those of the home folder are
/// replaced.
pub fn leading_variable(path: &str) -> Option<&str> {
    let is_name = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | ':'));
    let first = path.split(['/', '\\']).next()?;
    let name = match first.strip_prefix('%') {
        Some(rest) => rest.strip_suffix('%')?,
        None => {
            let rest = first.strip_prefix('$')?;
            let braces = rest
                .strip_prefix(['{', '('])
                .and_then(|rest| rest.strip_suffix(['}', ')']));
            braces.unwrap_or(rest)
        }
    };
    (is_name(name) && first.len() < path.len()).then_some(first)
}

/// Removes characters that are not seen. Those that join the parts of an emoji stay within a name.
fn without_invisible(written: &str) -> String {
    let joins = |c: char| matches!(c, '\u{200d}' | '\u{fe0e}' | '\u{fe0f}');
    let trimmed = written.trim_matches(|c: char| c.is_whitespace() || is_invisible(c));
    trimmed.chars().filter(|c| !is_invisible(*c) || joins(*c)).collect()
}

/// Removes the name in `path = "…"`, and the angle brackets around an address.
fn without_label(text: &str) -> &str {
    let text = text
        .strip_prefix('<')
        .and_then(|rest| rest.strip_suffix('>'))
        .unwrap_or(text);
    let value = text.split_once(['=', ':']).filter(|(label, _)| {
        let label = label.trim().trim_start_matches("--").to_ascii_lowercase();
        LABELS.contains(&label.as_str())
    });
    let value = value.map(|(_, value)| value.trim_start());
    // `file:/path` is a URL, not a label.
    value.filter(|_| !has_scheme(text)).unwrap_or(text)
}

fn has_scheme(text: &str) -> bool {
    text.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("file:"))
}

/// Removes PowerShell's call operator and `$` before a quoted path: `& "C:\a b.p12"`, `$'/a b.p12'`.
fn without_call(text: &str) -> &str {
    let after = text.strip_prefix(['&', '.', '$']).map(str::trim_start);
    after.filter(|rest| rest.starts_with(is_quote)).unwrap_or(text)
}

/// Returns the text between quotation marks, with list punctuation behind them, as JSON has it. The marks may differ: word
/// processors turn them. One of them may be missing, or the quotes end before the path does: `"$HOME"/a.p12`.
fn unquote(text: &str) -> Option<String> {
    let text = text.trim_end_matches([',', ';']).trim_end();
    let Some(rest) = text.strip_prefix(is_quote) else {
        let opens_nowhere = |c: char| is_quote(c) && c != '\'' && text.matches(is_quote).count() == 1;
        return text.strip_suffix(opens_nowhere).map(str::to_owned);
    };
    let inner = rest.strip_suffix(is_quote).unwrap_or(rest);
    match inner.matches('"').count() {
        0 => Some(inner.to_owned()),
        _ if inner.contains("\\\"") => Some(inner.to_owned()),
        _ => Some(inner.replace('"', "")),
    }
}

/// Decodes `'\''` of a shell, and on Windows the doubled backslashes of JSON and PowerShell's escaped blanks.
fn unescape_quoted(text: &str, windows: bool) -> String {
    let doubled = text.contains("\\\\") && text.replace("\\\\", "").find('\\').is_none();
    // A single doubled backslash at the start is a network path.
    if windows && doubled && text.rfind("\\\\") > Some(0) {
        return text.replace("\\\\", "\\");
    }
    match windows {
        true => text.replace("` ", " "),
        false => unescape(&text.replace("'\\''", "'"), windows),
    }
}

/// Removes the backslashes that a shell puts before blanks and other special characters.
fn unescape(text: &str, windows: bool) -> String {
    if windows {
        return unescape_quoted(text, true);
    }
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match chars.peek() {
            Some(next) if c == '\\' && SHELL_SPECIAL.contains(*next) => {}
            _ => {
                plain.push(c);
                continue;
            }
        }
        plain.extend(chars.next());
    }
    plain
}

/// Decodes a `file:` URL (RFC 8089): `file:///path`, `file://localhost/path`, `file:/path`, and on Windows `file:///C:/path`
/// and `file://server/share`. `None` if the text is no such URL.
fn file_url(text: &str, windows: bool) -> Option<String> {
    let rest = text.get("file:".len()..).filter(|_| has_scheme(text))?.trim_start();
    let (host, path) = match rest.strip_prefix("//") {
        None => ("", rest),
        Some(after) => match after.find(['/', '\\']) {
            Some(at) => after.split_at(at),
            None => (after, ""),
        },
    };
    let path = percent_decode(path);
    let is_drive =
        |text: &str| text.len() >= 2 && text.as_bytes()[0].is_ascii_alphabetic() && text[1..].starts_with([':', '|']);
    if is_drive(host) {
        return Some(format!("{}:{path}", &host[..1]));
    }
    if windows && path.strip_prefix('/').is_some_and(is_drive) {
        return Some(path[1..].replacen('|', ":", 1));
    }
    // `file:////server/share` and `file://///server/share`, as Firefox writes it.
    let is_share = windows && host.is_empty() && path.starts_with("//");
    if is_share {
        return Some(format!("\\\\{}", path.trim_start_matches('/').replace('/', "\\")));
    }
    match host {
        "" | "localhost" | "127.0.0.1" => Some(path.into_owned()),
        // Paths that begin with `~` or with a name are no valid URLs, but people write them.
        "~" | "." | ".." => Some(format!("{host}{path}")),
        host if host.starts_with(['$', '%']) => Some(format!("{host}{path}")),
        host if windows => Some(format!("\\\\{host}{}", path.replace('/', "\\"))),
        host => Some(format!("{host}{path}")),
    }
}

/// Decodes `%20` and the like; text that does not decode to UTF-8 stays as it is.
fn percent_decode(text: &str) -> Cow<'_, str> {
    percent_decode_str(text).decode_utf8().unwrap_or(Cow::Borrowed(text))
}

/// Replaces a variable for the home folder by `~`.
fn with_home(path: &str) -> Option<String> {
    let lower = path.to_ascii_lowercase();
    HOME.iter().find_map(|variable| {
        let rest = lower.starts_with(variable).then(|| &path[variable.len()..])?;
        match rest.chars().next() {
            None => Some("~".to_owned()),
            Some('/') => Some(format!("~{rest}")),
            Some('\\') => Some(format!("~/{}", rest[1..].replace('\\', "/"))),
            Some(_) => None,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn path_loses_what_is_around_it() {
        for written in [
            "/home/kari/my cert.p12",
            "  /home/kari/my cert.p12\r\n",
            "'/home/kari/my cert.p12'",
            "\"/home/kari/my cert.p12\"",
            "\"/home/kari/my cert.p12\",",
            "`/home/kari/my cert.p12`",
            "“/home/kari/my cert.p12”",
            "”/home/kari/my cert.p12”",
            "‘/home/kari/my cert.p12’",
            "«/home/kari/my cert.p12»",
            "„/home/kari/my cert.p12“",
            "& \"/home/kari/my cert.p12\"",
            "& '/home/kari/my cert.p12'",
            "&'/home/kari/my cert.p12'",
            ". '/home/kari/my cert.p12'",
            "/home/kari/my\\ cert.p12",
            "\u{202a}/home/kari/my cert.p12",
            "\u{200b}/home/kari/my cert.p12\u{200b}",
            "\u{feff}/home/kari/my cert.p12",
            "\u{2066}/home/kari/my cert.p12\u{2069}",
            "file:///home/kari/my%20cert.p12",
            "file:///home/kari/my cert.p12",
            "FILE:///home/kari/my%20cert.p12",
            "file://localhost/home/kari/my%20cert.p12",
            "file://127.0.0.1/home/kari/my%20cert.p12",
            "file:/home/kari/my%20cert.p12",
            "\"file:///home/kari/my%20cert.p12\"",
            "'file:///home/kari/my%20cert.p12'",
            "Microsoft.PowerShell.Core\\FileSystem::/home/kari/my cert.p12",
            "/home/kari/my cert.p12;",
            "\"/home/kari/my cert.p12",
            "/home/kari/my cert.p12\"",
            "/home/kari/my cert.p12”",
            "\"/home/kari\"/my\\ cert.p12",
            "$'/home/kari/my cert.p12'",
            "<file:///home/kari/my%20cert.p12>",
            "path = \"/home/kari/my cert.p12\"",
            "certificate=/home/kari/my\\ cert.p12",
            "--key-file='/home/kari/my cert.p12'",
            "file: /home/kari/my cert.p12",
        ] {
            assert_eq!(
                clean(written, false).as_deref(),
                Some("/home/kari/my cert.p12"),
                "{written:?}"
            );
        }
        assert_eq!(
            clean("file:///home/kari/50%+1.p12", false).as_deref(),
            Some("/home/kari/50%+1.p12"),
            "a sign is no hexadecimal digit"
        );
        assert_eq!(
            clean("file:///home/k%C3%A5re/a%23b.p12", false).as_deref(),
            Some("/home/kåre/a#b.p12")
        );
        assert_eq!(
            clean("/home/kari/a\\(1\\)\\&b.p12", false).as_deref(),
            Some("/home/kari/a(1)&b.p12")
        );
        assert_eq!(clean("'/home/it'\\''s.p12'", false).as_deref(), Some("/home/it's.p12"));
        assert_eq!(
            clean("/home/100%25 sure.p12", false).as_deref(),
            Some("/home/100%25 sure.p12")
        );
        for kept in [
            r"/srv/\\server\share\a.p12",
            "/srv/say \"hi\".p12",
            "/srv/it's.p12",
            "/srv/\u{2764}\u{fe0f}.p12",
            "/srv/50% off.p12",
            "~kari/a.p12",
        ] {
            assert_eq!(clean(kept, false).as_deref(), Some(kept));
        }
        for nothing in ["", "  ", "\"\"", "\u{200b}", "file://"] {
            assert_eq!(clean(nothing, false), None, "{nothing:?}");
        }
    }

    #[test]
    fn variables_of_the_home_folder_become_a_tilde() {
        for written in [
            "~/certs/a.p12",
            "$HOME/certs/a.p12",
            "${HOME}/certs/a.p12",
            "\"$HOME/certs/a.p12\"",
            "$env:HOME/certs/a.p12",
            "$env:USERPROFILE\\certs\\a.p12",
            "%USERPROFILE%\\certs\\a.p12",
            "%userprofile%\\certs\\a.p12",
            "\"%USERPROFILE%\\certs\\a.p12\"",
            "%HOMEDRIVE%%HOMEPATH%\\certs\\a.p12",
            "file://~/certs/a.p12",
            "file://$HOME/certs/a.p12",
            "~\\certs\\a.p12",
            "\"$HOME\"/certs/a.p12",
            "$env:HOMEDRIVE$env:HOMEPATH\\certs\\a.p12",
            "%HOMEPATH%\\certs\\a.p12",
            "& \"$env:USERPROFILE\\certs\\a.p12\"",
        ] {
            assert_eq!(clean(written, false).as_deref(), Some("~/certs/a.p12"), "{written:?}");
            assert_eq!(clean(written, true).as_deref(), Some("~/certs/a.p12"), "{written:?}");
        }
        assert_eq!(clean("$HOMES/a.p12", false).as_deref(), Some("$HOMES/a.p12"));
        assert_eq!(clean("$HOME", false).as_deref(), Some("~"));
    }

    #[test]
    fn paths_of_windows_are_cleaned() {
        for written in [
            r"C:\Users\kari\my cert.p12",
            r#""C:\Users\kari\my cert.p12""#,
            r#"& "C:\Users\kari\my cert.p12""#,
            "\u{202a}C:\\Users\\kari\\my cert.p12",
            r#""C:\\Users\\kari\\my cert.p12","#,
            r"Microsoft.PowerShell.Core\FileSystem::C:\Users\kari\my cert.p12",
        ] {
            assert_eq!(
                clean(written, true).as_deref(),
                Some(r"C:\Users\kari\my cert.p12"),
                "{written:?}"
            );
        }
        for (written, path) in [
            ("file:///C:/Users/kari/my%20cert.p12", "C:/Users/kari/my cert.p12"),
            ("file://C:/Users/kari/my%20cert.p12", "C:/Users/kari/my cert.p12"),
            ("file:///C|/Users/kari/a.p12", "C:/Users/kari/a.p12"),
            ("file:C:/Users/kari/a.p12", "C:/Users/kari/a.p12"),
            ("file://server/share/a.p12", r"\\server\share\a.p12"),
            (r"\\server\share\a.p12", r"\\server\share\a.p12"),
            ("file:////server/share/a.p12", r"\\server\share\a.p12"),
            ("file://///server/share/a%20b.p12", r"\\server\share\a b.p12"),
            (r#""\\\\server\\share\\a.p12""#, r"\\server\share\a.p12"),
            (r"\\?\C:\Users\kari\a.p12", r"\\?\C:\Users\kari\a.p12"),
            (r#""\\?\UNC\server\share\a b.p12""#, r"\\?\UNC\server\share\a b.p12"),
            ("/c/Users/kari/a.p12", "C:/Users/kari/a.p12"),
            ("/mnt/d/a.p12", "D:/a.p12"),
            ("/cygdrive/c/a.p12", "C:/a.p12"),
            ("/certs/a.p12", "/certs/a.p12"),
            ("C:å.p12", "C:å.p12"),
        ] {
            assert_eq!(clean(written, true).as_deref(), Some(path), "{written:?}");
        }
    }

    #[test]
    fn variables_at_the_start_are_found() {
        for (path, variable) in [
            ("$CERTS/a.p12", Some("$CERTS")),
            ("${CERTS}/a.p12", Some("${CERTS}")),
            ("$env:CERTS\\a.p12", Some("$env:CERTS")),
            ("%CERTS%\\a.p12", Some("%CERTS%")),
            ("$(pwd)/a.p12", Some("$(pwd)")),
            ("$", None),
            ("$5.p12", None),
            ("/srv/$CERTS/a.p12", None),
            ("100%/a.p12", None),
        ] {
            assert_eq!(leading_variable(path), variable, "{path}");
        }
    }
}
