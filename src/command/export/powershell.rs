//! The three requests as a script for PowerShell 5 and 7, as a shell script needs `sh` and curl.
//!
//! `klarert token` sends the first request. The script contains no secret, and no token is an argument of a process.

use std::path::PathBuf;

use super::ExportData;
use crate::{
    journey::protocol::EXCHANGE_PATH,
    text::{Args, powershell_quoted, visible},
};

/// Returns a script that requests a token, exchanges it at Customs and calls an API.
pub fn script(data: &ExportData<'_>) -> String {
    let texts = data.texts;
    let comment = |id: &str| format!("# {}\n", texts.get(id));
    let mut out = String::from("$ErrorActionPreference = 'Stop'\n");
    // Windows PowerShell offers older versions only, on systems without the latest settings of .NET.
    out.push_str("[Net.ServicePointManager]::SecurityProtocol = 'Tls12'\n");
    if let Some(file) = &data.environment.ca_file {
        let args = Args::new().with("file", file.to_string_lossy().into_owned());
        out.push_str(&format!("# {}\n", texts.with("export-powershell-ca", &args)));
    }
    out.push('\n');
    out.push_str(&klarert_token(data));
    let customs = match data.customs() {
        Ok(customs) => customs,
        Err(why) => return out + "\n" + &comment(why) + "$token.Length\n",
    };
    out.push_str(&format!(
        "\n{}$answer = Invoke-RestMethod -Method Post -TimeoutSec 60 -MaximumRedirection 0 -Body @{{\n    \
         grant_type = 'token-exchange'\n    subject_token_type = 'access_token'\n    subject_token = $token\n\
         }} -Uri {}\n$customsToken = $answer.access_token\nif (-not $customsToken) {{ throw {} }}\n",
        comment("export-curl-exchange"),
        quoted(&format!("{customs}{EXCHANGE_PATH}")),
        quoted(&texts.get("export-curl-no-token")),
    ));
    match data.test_call() {
        Some(path) => out.push_str(&format!(
            "\n{}$call = Invoke-WebRequest -UseBasicParsing -TimeoutSec 60 -MaximumRedirection 0 `\n    \
             -Headers @{{ Authorization = \"Bearer $customsToken\" }} `\n    -Uri {}\n$call.StatusCode\n",
            comment("export-curl-call"),
            quoted(&format!("{customs}{path}")),
        )),
        None => out.push_str(&format!("\n{}", comment("export-curl-no-call"))),
    }
    out
}

/// Returns the commands that set `$token` with `klarert token`.
fn klarert_token(data: &ExportData<'_>) -> String {
    let args = Args::new().with("endpoint", data.token_endpoint());
    // Without a separator at its end: Windows PowerShell does not escape it before the quote that it adds.
    let home = data.home.map(|home| home.components().collect::<PathBuf>());
    let home = home.map(|home| format!(" --home {}", quoted(&home.to_string_lossy())));
    format!(
        "# {}\n$klarert = if ($env:KLARERT) {{ $env:KLARERT }} else {{ 'klarert' }}\n\
         $token = & $klarert{} token {}\nif ($LASTEXITCODE -ne 0) {{ exit $LASTEXITCODE }}\n",
        data.texts.with("export-curl-token", &args),
        home.unwrap_or_default(),
        data.name
    )
}

fn quoted(value: &str) -> String {
    powershell_quoted(&visible(value))
}
