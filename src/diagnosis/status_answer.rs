//! Answers of Samarbeidsportalen's API and of Norwegian Customs in pasted text. The address or the form of the body tells whose
//! answer it is, and the status tells the cause (Digdir, *API for client registration*; Customs publishes no errors).

use std::ops::Range;

use super::{
    cause::Cause,
    classify::portal,
    http_status::statuses,
    lines::Line,
    service::{Service, service_of},
    table::{self, DiagnosisEntry, Strength},
};
use crate::journey::Who;

/// Keys of a body that Maskinporten's refusals do not have.
const PORTAL_KEYS: [&str; 2] = ["\"correlation_id\"", "\"timestamp\""];
/// OAuth errors (RFC 6749 §5.2) about the form of a request.
const FORM_ERRORS: [&str; 3] = ["unsupported_grant_type", "unsupported_token_type", "invalid_request"];

/// An answer whose status names the cause.
pub(super) struct StatusAnswer {
    entry: &'static DiagnosisEntry,
    variant: Option<&'static str>,
    who: Option<Who>,
    pub strength: Strength,
    /// The place of the status in the line.
    status: Range<usize>,
}

impl StatusAnswer {
    /// Returns whether a cause that was recognised in the text says less than the status. "Client not found" is the only
    /// sentence that Maskinporten and the portal share. At Customs, a proxy may have answered.
    pub fn replaces(&self, strength: Strength, id: &str) -> bool {
        if self.strength == Strength::General {
            let is_form = strength == Strength::Opening && id == "grant-malformed";
            return is_form || strength == Strength::General;
        }
        let is_shared = strength == Strength::Refusal && id == "client-unknown";
        is_shared || strength < Strength::Opening || id == self.entry.id
    }

    pub fn cause(&self, line: &Line) -> Cause {
        let start = line.range.start;
        Cause {
            entry: Some(self.entry),
            phrase: None,
            variant: self.variant,
            who: self.who,
            code: None,
            line: line.range.clone(),
            description: line.range.clone(),
            at: start + self.status.start..start + self.status.end,
            report: None,
        }
    }
}

/// Finds the answer in a line, of which the status begins at `status_at`, if that is known.
pub(super) fn find(line: &str, status_at: Option<usize>) -> Option<StatusAnswer> {
    if line.contains("maskinporten.no/errors/") {
        return None;
    }
    if let Some(status) = redirect(line) {
        return Some(StatusAnswer {
            entry: table::known("redirected")?,
            variant: None,
            who: None,
            strength: Strength::General,
            status,
        });
    }
    let has_form = line.contains("\"status\"") && line.contains("\"error_description\"");
    let service = match service_of(line) {
        None if has_form && PORTAL_KEYS.iter().any(|key| line.contains(key)) => Service::Portal,
        service => service?,
    };
    let mut after = statuses(line).filter(|(_, at)| status_at.is_none_or(|status| at.start >= status));
    if service == Service::Portal {
        let (status, (id, variant)) = after.find_map(|(status, at)| Some((at, portal::by_status(status)?)))?;
        return Some(StatusAnswer {
            entry: table::known(id)?,
            variant,
            who: None,
            strength: Strength::Refusal,
            status,
        });
    }
    let form_error = || {
        let error = FORM_ERRORS
            .iter()
            .find_map(|error| line.find(error).map(|at| (at, error)));
        error
            .filter(|_| service == Service::Exchange)
            .map(|(at, error)| (400, at..at + error.len()))
    };
    let (status, at) = after.next().or_else(form_error)?;
    let (id, (variant, who)) = match service {
        Service::Exchange => ("customs-refused", by_customs_status(status, Who::You)?),
        Service::Api => ("api-refused", by_customs_status(status, Who::Customs)?),
        _ => return None,
    };
    Some(StatusAnswer {
        entry: table::known(id)?,
        variant: Some(variant),
        who: Some(who),
        strength: Strength::General,
        status: at,
    })
}

/// Finds the status of a redirect (RFC 9110 §15.4) with its target, or with an address of one of the services.
fn redirect(line: &str) -> Option<Range<usize>> {
    const REASONS: [&str; 8] = [
        "301 moved permanently",
        "302 found",
        "302 moved temporarily",
        "302 redirect",
        "303 see other",
        "307 temporary redirect",
        "308 permanent redirect",
        "redirect response '30",
    ];
    let lower = line.to_ascii_lowercase();
    let (at, reason) = REASONS.iter().find_map(|reason| Some((lower.find(reason)?, reason)))?;
    // The address that was called, and not the target.
    let called = lower.find("location:").map_or(line, |target| &line[..target]);
    let is_header = |raw: &str| raw.trim_start_matches(['<', ' ']).starts_with("location:");
    let has_target = lower.lines().any(is_header) && lower.trim_start_matches(['<', ' ']).starts_with("http/");
    let is_ours = !matches!(service_of(called), None | Some(Service::Other));
    (has_target || is_ours).then(|| at..at + reason.len())
}

/// Returns the variant of the text and who must act; `None` if others than Customs send the status. `of_token` checks the token.
fn by_customs_status(status: u16, of_token: Who) -> Option<(&'static str, Who)> {
    Some(match status {
        401 => ("token", of_token),
        403 => ("rights", Who::Customs),
        404 | 405 => ("address", Who::Provider),
        400 | 406 | 415 | 422 => ("form", Who::Provider),
        407 | 429 | 500.. => return None,
        _ => ("other", Who::Customs),
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
            let found = find(line, None);
            assert_eq!(found.map(|answer| answer.entry.id.as_str()), id, "{line}");
        }
    }

    #[test]
    fn status_of_customs_names_the_cause_and_who_must_act() {
        let (exchange, api) = (
            "https://api-test.toll.no/api/access/external/oauth/token",
            "https://api.toll.no/api/movement/road/v2/test-auth",
        );
        for (line, found) in [
            (
                format!("401 Client Error: Unauthorized for url: {api}"),
                Some(("api-refused", "token", Who::Customs)),
            ),
            (format!("GET {api} 403"), Some(("api-refused", "rights", Who::Customs))),
            (
                r#"{"status":404,"path":"/api/movement/air/v1/test-auth"}"#.to_owned(),
                Some(("api-refused", "address", Who::Provider)),
            ),
            (
                format!("POST {api} -> 405"),
                Some(("api-refused", "address", Who::Provider)),
            ),
            (
                format!("POST {api} 422 {{}}"),
                Some(("api-refused", "form", Who::Provider)),
            ),
            (
                format!("{api}: 409 Conflict"),
                Some(("api-refused", "other", Who::Customs)),
            ),
            (
                format!("401 for {exchange}"),
                Some(("customs-refused", "token", Who::You)),
            ),
            (
                format!("403 for {exchange}"),
                Some(("customs-refused", "rights", Who::Customs)),
            ),
            (
                format!("415 for {exchange}"),
                Some(("customs-refused", "form", Who::Provider)),
            ),
            (
                format!("{exchange} unsupported_grant_type"),
                Some(("customs-refused", "form", Who::Provider)),
            ),
            (
                r#"{"error":"unsupported_grant_type"} urn:ietf:params:oauth:grant-type:token-exchange"#.to_owned(),
                Some(("customs-refused", "form", Who::Provider)),
            ),
            (format!("{api} 200"), None),
            (format!("{api} 502"), None),
            (format!("GET {api} 200 408 ms"), None),
        ] {
            let answer = find(&line, None);
            let answer = answer.map(|answer| (answer.entry.id.as_str(), answer.variant.unwrap(), answer.who.unwrap()));
            assert_eq!(answer, found, "{line}");
        }
    }
}
