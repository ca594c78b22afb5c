//! The files and folders that complete a typed path.

use std::{
    fs,
    path::{MAIN_SEPARATOR, MAIN_SEPARATOR_STR, is_separator},
};

use icu_normalizer::ComposingNormalizerBorrowed;

use crate::wizard::same_letter;

/// Returns the files and folders whose path begins with `typed`, on Windows and macOS in any case. A folder ends in a
/// separator.
pub fn completions(typed: &str) -> Vec<String> {
    // `C:` alone is the folder that was last used on that drive.
    if cfg!(windows) && typed.len() == 2 && typed.ends_with(':') {
        return vec![format!("{typed}{MAIN_SEPARATOR}")];
    }
    let at = typed.rfind(is_separator).map_or(0, |at| at + 1);
    let (folder, prefix) = typed.split_at(at);
    let mut found: Vec<String> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            // Hidden files are offered only after a typed dot.
            let fits = begins_with(&name, prefix) && (prefix.starts_with('.') || !name.starts_with('.'));
            // On a network drive each look takes long.
            let is_folder = fits && entry.path().is_dir();
            let separator = if is_folder { MAIN_SEPARATOR_STR } else { "" };
            fits.then(|| format!("{folder}{name}{separator}"))
        })
        .collect();
    found.sort_unstable();
    found
}

/// Returns whether a name begins with the typed text. Letters are compared composed (NFC): macOS has names in which `å` is
/// two characters.
fn begins_with(name: &str, prefix: &str) -> bool {
    let composed = |text| ComposingNormalizerBorrowed::new_nfc().normalize(text).into_owned();
    let (name, prefix) = (composed(name), composed(prefix));
    let mut letters = name.chars();
    prefix
        .chars()
        .all(|c| letters.next().is_some_and(|letter| same_letter(letter, c)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_the_typed_folder_are_found() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("demo certs")).unwrap();
        for name in ["demo.p12", "other.p12", ".hidden"] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        let base = format!("{}{MAIN_SEPARATOR}", folder.path().display());
        let found = |typed: &str| completions(&format!("{base}{typed}"));
        let full = |names: &[&str]| names.iter().map(|name| format!("{base}{name}")).collect::<Vec<_>>();
        let subfolder = format!("demo certs{MAIN_SEPARATOR}");
        assert_eq!(found("demo"), full(&[&subfolder, "demo.p12"]));
        assert_eq!(found(""), full(&[&subfolder, "demo.p12", "other.p12"]));
        assert_eq!(found(".h"), full(&[".hidden"]));
        let any_case = if cfg!(any(windows, target_os = "macos")) {
            &["other.p12"][..]
        } else {
            &[]
        };
        assert_eq!(found("OTH"), full(any_case));
        assert!(found("none").is_empty());
        let decomposed = "a\u{30a}s.p12";
        fs::write(folder.path().join(decomposed), "").unwrap();
        assert_eq!(found("å"), full(&[decomposed]));
        #[cfg(windows)]
        {
            assert_eq!(
                found("demo").len(),
                completions(&format!("{base}demo").replace('\\', "/")).len()
            );
            assert_eq!(completions("C:"), ["C:\\"]);
        }
    }
}
