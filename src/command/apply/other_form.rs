//! Forms of a table that are neither CSV nor JSON, so that the error names them.

/// Returns the id of another form that the first line with text has: that of a spreadsheet or an editor.
pub fn other_form(text: &str) -> Option<&'static str> {
    let first = text.lines().map(str::trim).find(|line| !line.is_empty())?;
    let is_key = |text: &str| {
        let key = text.trim().trim_matches(['"', '\'']);
        !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || "-_.".contains(c))
    };
    let table_name = first.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let table_name = table_name.map(|name| name.trim_start_matches('[').trim_end_matches(']'));
    let is_number = |name: &str| name.starts_with(|c: char| c.is_ascii_digit());
    let key_before = |separator: &str| first.split_once(separator).is_some_and(|(key, _)| is_key(key));
    if first.to_ascii_lowercase().starts_with("sep=") {
        Some("sep")
    } else if table_name.is_some_and(|name| is_key(name) && !is_number(name)) || key_before("=") {
        Some("toml")
    } else if first == "---"
        || first.starts_with("- ")
        || key_before(": ")
        || first.strip_suffix(':').is_some_and(is_key)
    {
        Some("yaml")
    } else {
        (first.contains('\t') && !first.contains([',', ';'])).then_some("tabs")
    }
}
