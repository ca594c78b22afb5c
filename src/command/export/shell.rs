//! Parts of shell scripts that request tokens.

use super::{ExportData, settings::quoted};

/// Returns curl's option for the environment's own root certificate; empty without one.
pub fn trust(data: &ExportData<'_>) -> String {
    match &data.environment.ca_file {
        Some(file) => format!(" --cacert {}", quoted(&file.to_string_lossy())),
        None => String::new(),
    }
}

/// Returns the commands that take the token from `$answer` into a variable, and end with `message` if there is none.
///
/// The answer is one line for sed, so that at most one value is taken. Anything but a token could be an option or an
/// address in the configuration that curl reads later.
pub fn take_token(variable: &str, message: &str) -> String {
    format!(
        "{variable}=$(printf '%s\\n' \"$answer\" | tr '\\r\\n' '  ' |\n  \
         sed -n 's/.*\"access_token\" *: *\"\\([A-Za-z0-9._~+\\/=-]*\\)\".*/\\1/p')\n\
         case ${variable} in\n  '' | *[!A-Za-z0-9._~+/=-]*) printf '%s\\n' {} >&2; exit 1 ;;\nesac\n",
        quoted(message)
    )
}
