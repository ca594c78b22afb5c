//! The parties that act in an onboarding. Pure.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

/// The party that must act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Who {
    You,
    /// The system provider, which develops the integration.
    Provider,
    Customs,
    Digdir,
    /// The business's main administrator in Altinn.
    Administrator,
    /// The organisation that a supplier acts for.
    Customer,
    /// The issuer of the certificate.
    Issuer,
    /// The operator of the network.
    Network,
    /// The owner of a scope that is not Customs'.
    ScopeOwner,
}

/// The order is that of the ids, as lists print it.
impl Ord for Who {
    fn cmp(&self, other: &Who) -> Ordering {
        self.id().cmp(other.id())
    }
}

impl PartialOrd for Who {
    fn partial_cmp(&self, other: &Who) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Who {
    /// Every party.
    pub const ALL: [Who; 9] = [
        Who::You,
        Who::Provider,
        Who::Customs,
        Who::Digdir,
        Who::Administrator,
        Who::Customer,
        Who::Issuer,
        Who::Network,
        Who::ScopeOwner,
    ];

    /// Returns the id in texts and data files.
    pub fn id(self) -> &'static str {
        match self {
            Who::You => "you",
            Who::Provider => "provider",
            Who::Customs => "customs",
            Who::Digdir => "digdir",
            Who::Administrator => "administrator",
            Who::Customer => "customer",
            Who::Issuer => "issuer",
            Who::Network => "network",
            Who::ScopeOwner => "scope-owner",
        }
    }
}
