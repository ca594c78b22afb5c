//! Classification of refusals by Samarbeidsportalen's API: the status tells the cause (Digdir, *API for client registration*).

use super::DiagnosisBuilder;
use crate::diagnosis::{Evidence, PortalRefusal};

/// The longest list of refused fields in a text.
const MAX_FIELDS: usize = 8;

pub(super) fn refused(e: &Evidence, refusal: &PortalRefusal) -> DiagnosisBuilder {
    let status = refusal.received.status.unwrap_or_default();
    let d = |id: &str| DiagnosisBuilder::new(e, id);
    let builder = match by_status(status) {
        Some((id, variant)) => variant.map_or_else(|| d(id), |variant| d(id).variant(variant)),
        None if !refusal.fields.is_empty() => {
            let fields: Vec<&str> = refusal.fields.iter().take(MAX_FIELDS).map(String::as_str).collect();
            d("portal-field-refused")
                .variant("named")
                .arg("words", fields.join("; "))
        }
        None => d("portal-refused"),
    };
    builder.arg("status", status.to_string()).received(&refusal.received)
}

/// Returns the diagnosis of a status and the variant of its text; `None` if the status has several causes.
pub(in crate::diagnosis) fn by_status(status: u16) -> Option<(&'static str, Option<&'static str>)> {
    Some(match status {
        401 => ("portal-token-refused", Some("token")),
        403 => ("portal-token-refused", Some("rights")),
        404 => ("portal-client-unknown", None),
        409 => ("portal-client-deactivated", None),
        428 => ("terms-not-signed", None),
        _ => return None,
    })
}
