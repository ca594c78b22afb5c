//! The open scope list: the scopes that anyone can read at `GET /api/v1/scopes/all` of Samarbeidsportalen's API. Pure.
//!
//! Private scopes are not on the list. So absence from it proves nothing.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::{journey::services, profile::Kind};

/// Norwegian Customs' organisation number.
const CUSTOMS: &str = "974761076";
/// The delegation source in the test environments' scope lists.
pub const DELEGATION_SOURCE: &str = "https://tt02.altinn.no/";
/// The greatest lifetime of a token with one of these scopes.
const MAX_TOKEN_LIFETIME_S: u32 = 120;

/// A public API scope.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    /// Prefix and subscope, separated by a colon.
    pub name: String,
    pub description: String,
    /// The organisation number of the API's owner.
    pub owner: String,
    /// Every Norwegian business has access.
    #[serde(default)]
    pub accessible_for_all: bool,
    /// Every accepted eSeal gets the scope.
    #[serde(default)]
    pub supports_european_businesses: bool,
    /// A consumer can delegate the scope to a supplier in Altinn.
    #[serde(default)]
    pub delegable: bool,
}

impl Scope {
    /// Returns the scope as the list has it (Digdir, *API for scope administration*).
    pub fn to_json(&self) -> Value {
        let (prefix, subscope) = self.name.split_once(':').unwrap_or((&self.name, ""));
        let mut json = json!({
            "name": self.name,
            "prefix": prefix,
            "subscope": subscope,
            "description": self.description,
            "active": true,
            "visibility": "PUBLIC",
            "allowed_integration_types": ["maskinporten"],
            "owner_orgno": self.owner,
            "token_type": "SELF_CONTAINED",
            "at_max_age": MAX_TOKEN_LIFETIME_S,
            "accessible_for_all": self.accessible_for_all,
            "supports_european_businesses": self.supports_european_businesses,
        });
        if self.delegable {
            json["delegation_source"] = json!(DELEGATION_SOURCE);
        }
        json
    }
}

/// Returns Customs' scopes: those of each service, without the announced ones, which are private.
pub fn customs_scopes() -> Vec<Scope> {
    let open = services::services().iter().filter(|service| !service.announced);
    open.flat_map(|service| [Kind::Norwegian, Kind::Foreign].map(|kind| (service, kind)))
        .filter_map(|(service, kind)| {
            Some(Scope {
                name: service.scope(kind)?.to_owned(),
                description: format!("Tolletaten: {}", service.id),
                owner: CUSTOMS.to_owned(),
                accessible_for_all: false,
                supports_european_businesses: kind == Kind::Foreign,
                delegable: kind == Kind::Norwegian,
            })
        })
        .collect()
}
