//! Answers of Samarbeidsportalen's API in pasted text. Its address or the form of its body tells whose answer it is, and the
//! status tells the cause (Digdir, *API for client registration*).

use std::ops::Range;

use super::{
    cause::Cause,
    classify::portal::by_status,
    lines::Line,
    table::{self, DiagnosisEntry, Strength},
};

/// Parts of the API's addresses.
const ADDRESSES: [&str; 3] = [
    "api.samarbeid.digdir.no",
    "api.test.samarbeid.digdir.no",
    "/api/v1/clients",
];
/// Keys of a body that Maskinporten's refusals do not have.
const KEYS: [&str; 2] = ["\"correlation_id\"", "\"timestamp\""];

/// An answer whose status names the cause.
pub(super) struct PortalAnswer {
    entry: &'static DiagnosisEntry,
    variant: Option<&'static str>,
    /// The place of the status in the line.
    status: Range<usize>,
}

impl PortalAnswer {
    /// Returns whether a cause that was recognised in the text says less than the status. "Client not found" is the only
    /// sentence that Maskinporten and the portal share.
    pub fn replaces(&self, strength: Strength, id: &str) -> bool {
        let is_shared = strength == Strength::Refusal && id == "client-unknown";
        is_shared || strength < Strength::Opening || id == self.entry.id
    }

    pub fn cause(&self, line: &Line) -> Cause {
        let start = line.range.start;
        Cause {
            entry: Some(self.entry),
            phrase: None,
            variant: self.variant,
            code: None,
            line: line.range.clone(),
            description: line.range.clone(),
            at: start + self.status.start..start + self.status.end,
            report: None,
        }
    }
}

/// Finds the portal's answer in a line.
pub(super) fn find(line: &str) -> Option<PortalAnswer> {
    let has_form = line.contains("\"status\"") && line.contains("\"error_description\"");
    let is_portal = ADDRESSES.iter().any(|address| line.contains(address))
        || (has_form && KEYS.iter().any(|key| line.contains(key)));
    if !is_portal || line.contains("maskinporten.no/errors/") {
        return None;
    }
    let is_inside = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let words = line.split(|c: char| !is_inside(c));
    let (status, (id, variant)) = words
        .filter(|word| word.len() == 3)
        .find_map(|word| Some((word, by_status(word.parse().ok()?)?)))?;
    // Every word is a part of the line.
    let start = status.as_ptr() as usize - line.as_ptr() as usize;
    Some(PortalAnswer {
        entry: table::known(id)?,
        variant,
        status: start..start + status.len(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn address_or_body_tells_whose_answer_it_is() {
        for (line, id) in [
            (
                "HTTP 428 from POST https://api.test.samarbeid.digdir.no/api/v1/clients",
                Some("terms-not-signed"),
            ),
            (
                "GET https://api.samarbeid.digdir.no/api/v1/clients/3f1c-404-x: 409",
                Some("portal-client-deactivated"),
            ),
            (
                r#"{"status":404,"correlation_id":"x","error_description":"Client not found"}"#,
                Some("portal-client-unknown"),
            ),
            (r#"{"status":404,"error_description":"Client not found"}"#, None),
            ("HTTP 409 from https://example.com/", None),
            ("HTTP 500 from https://api.samarbeid.digdir.no/", None),
            ("https://maskinporten.no/errors/MP-100 404 /api/v1/clients", None),
        ] {
            assert_eq!(find(line).map(|answer| answer.entry.id.as_str()), id, "{line}");
        }
    }
}
