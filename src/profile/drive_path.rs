//! Paths with a drive of Windows. Pure.

/// Returns whether a path of Windows is relative to the folder that was last used on its drive: `C:a.p12`.
pub fn is_relative_to_drive(path: &str) -> bool {
    starts_with_drive(path) && !path[2..].starts_with(['/', '\\'])
}

fn starts_with_drive(path: &str) -> bool {
    path.starts_with(|c: char| c.is_ascii_alphabetic()) && path[1..].starts_with(':')
}

/// Translates the drives of Git Bash, Cygwin and WSL: `/c/Users` and `/mnt/c/Users` are `C:/Users`.
pub fn from_posix(path: &str) -> Option<String> {
    let prefixes = ["/mnt/", "/cygdrive/", "/"];
    let rest = prefixes.iter().find_map(|prefix| path.strip_prefix(prefix))?;
    let (drive, rest) = rest.split_once('/')?;
    let is_letter = drive.len() == 1 && drive.starts_with(|c: char| c.is_ascii_alphabetic());
    is_letter.then(|| format!("{}:/{rest}", drive.to_ascii_uppercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn path_relative_to_a_drive_has_no_separator_after_the_colon() {
        for (path, expected) in [
            ("C:å.p12", true),
            ("c:certs\\a.p12", true),
            ("C:", true),
            (r"C:\a.p12", false),
            ("C:/a.p12", false),
            ("å:a.p12", false),
            ("a.p12", false),
            ("", false),
        ] {
            assert_eq!(is_relative_to_drive(path), expected, "{path}");
        }
    }
}
