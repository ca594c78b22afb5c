//! Classification of refusals by Samarbeidsportalen's API: the status tells the cause (Digdir, *API for client registration*).

use super::DiagnosisBuilder;
use crate::diagnosis::{Evidence, PortalRefusal};

/// The longest list of refused fields in a text.
const MAX_FIELDS: usize = 8;

pub(super) fn refused(e: &Evidence, refusal: &PortalRefusal) -> DiagnosisBuilder {
    let status = refusal.received.status.unwrap_or_default();
    let d = |id: &str| DiagnosisBuilder::new(e, id);
    let builder = match status {
        401 => d("portal-token-refused").variant("token"),
        403 => d("portal-token-refused").variant("rights"),
        404 => d("portal-client-unknown"),
        409 => d("portal-client-deactivated"),
        428 => d("terms-not-signed"),
        _ if !refusal.fields.is_empty() => {
            let fields: Vec<&str> = refusal.fields.iter().take(MAX_FIELDS).map(String::as_str).collect();
            d("portal-field-refused")
                .variant("named")
                .arg("words", fields.join("; "))
        }
        _ => d("portal-refused"),
    };
    builder.arg("status", status.to_string()).received(&refusal.received)
}
