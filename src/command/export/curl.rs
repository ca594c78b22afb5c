//! The three requests as a shell script.
//!
//! `klarert token` creates the grant and sends the first request, as that needs the key. The script contains no secret.
//! It passes tokens to curl on standard input, as a list of processes shows arguments.

use super::{ExportData, settings::quoted};
use crate::{
    journey::{protocol::EXCHANGE_PATH, services::service},
    text::Args,
};

/// Returns a POSIX shell script that requests a token, exchanges it at Customs and calls an API.
pub fn script(data: &ExportData<'_>) -> String {
    let texts = data.texts;
    let comment = |id: &str| {
        let args = Args::new().with("endpoint", data.token_endpoint());
        format!("# {}\n", texts.with(id, &args))
    };
    // In other locales the ranges of the patterns below contain more letters.
    let mut out = String::from("#!/bin/sh\nset -eu\nLC_ALL=C\nexport LC_ALL\n\n");
    out.push_str(&comment("export-curl-token"));
    let home = data
        .home
        .map(|home| format!(" --home {}", quoted(&home.to_string_lossy())));
    out.push_str(&format!(
        "token=$(\"${{KLARERT:-klarert}}\"{} token {})\n",
        home.unwrap_or_default(),
        data.name
    ));
    let Some(customs) = &data.environment.customs else {
        out.push_str(&format!("\n{}", comment("export-curl-no-customs")));
        return out + "printf '%s\\n' \"${#token}\" >&2\n";
    };
    let trust = match &data.environment.ca_file {
        Some(file) => format!(" --cacert {}", quoted(&file.to_string_lossy())),
        None => String::new(),
    };
    out.push_str(&format!("\n{}", comment("export-curl-exchange")));
    out.push_str(&format!(
        "answer=$(printf %s \"$token\" | curl --silent --show-error --fail --max-time 60{trust} \\\n  \
         --data grant_type=token-exchange --data subject_token_type=access_token \\\n  \
         --data-urlencode subject_token@- \\\n  {})\n",
        quoted(&format!("{customs}{EXCHANGE_PATH}")),
    ));
    // The answer is one line for sed, so that at most one value is taken. Anything but a token could be an option or an
    // address in the configuration that curl reads below.
    out.push_str(
        "customs_token=$(printf '%s\\n' \"$answer\" | tr '\\r\\n' '  ' |\n  \
         sed -n 's/.*\"access_token\" *: *\"\\([A-Za-z0-9._~+\\/=-]*\\)\".*/\\1/p')\n",
    );
    let no_token = quoted(&texts.get("export-curl-no-token"));
    out.push_str(&format!(
        "case $customs_token in\n  '' | *[!A-Za-z0-9._~+/=-]*) printf '%s\\n' {no_token} >&2; exit 1 ;;\nesac\n"
    ));
    let chosen = data.profile.business.services.iter();
    let call = chosen
        .filter_map(|id| service(id))
        .find_map(|service| service.test_call.as_deref());
    match call {
        Some(path) => {
            out.push_str(&format!("\n{}", comment("export-curl-call")));
            out.push_str(&format!(
                "printf 'header = \"Authorization: Bearer %s\"\\n' \"$customs_token\" |\n  \
                 curl --silent --show-error --fail --max-time 60{trust} --config - --output /dev/null \\\n  \
                 --write-out '%{{http_code}}\\n' {}\n",
                quoted(&format!("{customs}{path}")),
            ));
        }
        None => out.push_str(&format!("\n{}", comment("export-curl-no-call"))),
    }
    out
}
