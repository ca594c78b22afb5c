//! The three requests as a shell script.
//!
//! In the format `curl`, `klarert token` creates the grant and sends the first request, as that needs the key; in the format
//! `openssl`, openssl and curl do. The script contains no secret.
//! It passes tokens to curl on standard input, as a list of processes shows arguments.

use super::{
    ExportData, openssl,
    settings::quoted,
    shell::{take_token, trust},
};
use crate::{journey::protocol::EXCHANGE_PATH, text::Args};

/// Program that makes the first request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FirstRequest {
    Klarert,
    Openssl,
}

/// Returns a POSIX shell script that requests a token, exchanges it at Customs and calls an API.
pub fn script(data: &ExportData<'_>, first: FirstRequest) -> String {
    let texts = data.texts;
    let comment = |id: &str| format!("# {}\n", texts.get(id));
    // In other locales the ranges of the patterns below contain more letters.
    let mut out = String::from("#!/bin/sh\nset -eu\nLC_ALL=C\nexport LC_ALL\n\n");
    out.push_str(&match first {
        FirstRequest::Klarert => klarert_token(data),
        FirstRequest::Openssl => openssl::token_request(data),
    });
    let customs = match data.customs() {
        Ok(customs) => customs,
        Err(why) => {
            out.push_str(&format!("\n{}", comment(why)));
            return out + "printf '%s\\n' \"${#token}\" >&2\n";
        }
    };
    let trust = trust(data);
    out.push_str(&format!("\n{}", comment("export-curl-exchange")));
    out.push_str(&format!(
        "answer=$(printf %s \"$token\" | curl --silent --show-error --fail --max-time 60{trust} \\\n  \
         --data grant_type=token-exchange --data subject_token_type=access_token \\\n  \
         --data-urlencode subject_token@- \\\n  {})\n",
        quoted(&format!("{customs}{EXCHANGE_PATH}")),
    ));
    out.push_str(&take_token("customs_token", &texts.get("export-curl-no-token")));
    match data.test_call() {
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

/// Returns the command that sets `token` with `klarert token`.
fn klarert_token(data: &ExportData<'_>) -> String {
    let args = Args::new().with("endpoint", data.token_endpoint());
    let home = data
        .home
        .map(|home| format!(" --home {}", quoted(&home.to_string_lossy())));
    format!(
        "# {}\ntoken=$(\"${{KLARERT:-klarert}}\"{} token {})\n",
        data.texts.with("export-curl-token", &args),
        home.unwrap_or_default(),
        data.name
    )
}
