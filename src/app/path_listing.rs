//! The files and folders that complete a typed path.

use std::fs;

/// Returns the files and folders whose path begins with `typed`. A folder ends in a slash.
pub fn completions(typed: &str) -> Vec<String> {
    let (folder, prefix) = typed.rsplit_once('/').unwrap_or(("", typed));
    let listed = fs::read_dir(if folder.is_empty() { "/" } else { folder });
    let mut found: Vec<String> = listed
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            // Hidden files are offered only after a typed dot.
            let fits = name.starts_with(prefix) && (prefix.starts_with('.') || !name.starts_with('.'));
            let slash = if entry.path().is_dir() { "/" } else { "" };
            fits.then(|| format!("{folder}/{name}{slash}"))
        })
        .collect();
    found.sort();
    found
}
