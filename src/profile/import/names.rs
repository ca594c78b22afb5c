//! The names of settings in other clients, and the part of a profile that each answers.
//!
//! A name is compared by its letters and digits: `MASKINPORTEN_CLIENT_ID`, `maskinporten.client-id` and
//! `MaskinportenSettings:ClientId` are one. `command::export::settings` gives the sources of most names. The others are
//! those of nais (doc.nais.io), Spring Security and Altinn's clients.

use crate::journey::FieldId;

/// The part of a profile that a setting answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    Field(FieldId),
    /// An address of Maskinporten, which identifies the environment.
    Address,
    /// An address of Maskinporten, or else the client's own id: clients disagree about what an issuer is.
    Issuer,
    /// The name of an environment.
    Environment,
    Scopes,
    /// The file with the certificate, or with a registered key.
    CertificateFile,
    KeyFile,
    /// A registered key itself, of which only the `kid` is taken.
    Jwk,
    /// No answer: the value follows from the environment.
    Derived,
}

/// Text that programs put before a name.
const PREFIXES: [&str; 4] = ["maskinportensettings", "maskinportenconfig", "maskinporten", "klarert"];

const NAMES: [(&str, Target); 66] = [
    ("clientid", Target::Field(FieldId::ClientId)),
    ("integrationid", Target::Field(FieldId::ClientId)),
    ("integrasjonsid", Target::Field(FieldId::ClientId)),
    ("iss", Target::Issuer),
    ("issuer", Target::Issuer),
    ("audience", Target::Address),
    ("aud", Target::Address),
    ("authority", Target::Address),
    ("issueruri", Target::Address),
    ("issuerurl", Target::Address),
    ("tokenendpoint", Target::Address),
    ("tokenendpointurl", Target::Address),
    ("tokenurl", Target::Address),
    ("tokenuri", Target::Address),
    ("wellknown", Target::Address),
    ("wellknownurl", Target::Address),
    ("wellknownuri", Target::Address),
    ("wellknownendpoint", Target::Address),
    ("discoveryurl", Target::Address),
    ("metadataurl", Target::Address),
    ("jwksuri", Target::Address),
    ("url", Target::Address),
    ("baseurl", Target::Address),
    ("env", Target::Environment),
    ("environment", Target::Environment),
    ("scope", Target::Scopes),
    ("scopes", Target::Scopes),
    ("consumerorg", Target::Field(FieldId::ConsumerOrg)),
    ("consumerorgno", Target::Field(FieldId::ConsumerOrg)),
    ("consumerorgnumber", Target::Field(FieldId::ConsumerOrg)),
    ("kid", Target::Field(FieldId::Kid)),
    ("keyid", Target::Field(FieldId::Kid)),
    ("keystorekid", Target::Field(FieldId::Kid)),
    ("asymmetrickey", Target::Field(FieldId::Kid)),
    ("jwk", Target::Jwk),
    ("clientjwk", Target::Jwk),
    ("privatejwk", Target::Jwk),
    ("encodedjwk", Target::Jwk),
    ("jwkprivate", Target::Jwk),
    ("keystorefile", Target::CertificateFile),
    ("keystorepath", Target::CertificateFile),
    ("keystorelocation", Target::CertificateFile),
    ("certificatepath", Target::CertificateFile),
    ("certificatefile", Target::CertificateFile),
    ("certpath", Target::CertificateFile),
    ("certfile", Target::CertificateFile),
    ("certificatepkcs12path", Target::CertificateFile),
    ("pkcs12path", Target::CertificateFile),
    ("jwkpath", Target::KeyFile),
    ("jwkfile", Target::KeyFile),
    ("keypath", Target::KeyFile),
    ("keyfile", Target::KeyFile),
    ("privatekeypath", Target::KeyFile),
    ("privatekeyfile", Target::KeyFile),
    ("pemfilepath", Target::KeyFile),
    ("chainpath", Target::Field(FieldId::ChainFile)),
    ("chainfile", Target::Field(FieldId::ChainFile)),
    ("certificatechainpath", Target::Field(FieldId::ChainFile)),
    ("organisation", Target::Field(FieldId::Organisation)),
    ("organisationnumber", Target::Field(FieldId::Organisation)),
    ("organizationnumber", Target::Field(FieldId::Organisation)),
    ("orgnumber", Target::Field(FieldId::Organisation)),
    ("orgnr", Target::Field(FieldId::Organisation)),
    ("orgno", Target::Field(FieldId::Organisation)),
    ("customstokenendpoint", Target::Derived),
    ("customsapi", Target::Derived),
];

/// Returns the part of a profile that a setting answers.
pub fn target(name: &str) -> Option<Target> {
    let whole = bare(name);
    let after = PREFIXES.iter().find_map(|prefix| Some(whole.rsplit_once(prefix)?.1));
    let last = bare(name.rsplit(['.', ':']).next().unwrap_or_default());
    let candidates = [
        Some(whole.as_str()),
        after,
        Some(last.as_str()).filter(|_| is_path(name)),
    ];
    candidates.into_iter().flatten().find_map(|bare| {
        let known = NAMES.iter().find(|(known, _)| *known == bare);
        known.map(|(_, target)| *target)
    })
}

/// Returns true if the name is one of a section, as in `maskinporten.issuer`.
pub fn is_path(name: &str) -> bool {
    name.contains(['.', ':'])
}

/// Returns true if the name belongs to Maskinporten or a business certificate, in a file that has settings of other things.
pub fn is_ours(name: &str) -> bool {
    let bare = bare(name);
    ["maskinporten", "virksomhet", "klarert", "altinn", "digdir"]
        .iter()
        .any(|part| bare.contains(part))
}

fn bare(name: &str) -> String {
    // The place in a list, `sertifikater[0]`.
    let mut bare = String::new();
    let mut index = false;
    for c in name.chars() {
        match c {
            '[' => index = true,
            ']' => index = false,
            c if c.is_alphanumeric() && !index => bare.extend(c.to_lowercase()),
            _ => {}
        }
    }
    bare
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_setting_has_many_names() {
        for name in [
            "MASKINPORTEN_CLIENT_ID",
            "APP_MASKINPORTEN_CLIENT_ID",
            "MaskinportenSettings:ClientId",
            "MaskinportenSettings__ClientId",
            "maskinporten.client-id",
            "maskinporten.clientId",
            "spring.security.oauth2.client.registration.maskinporten.client-id",
            "CLIENT_ID",
        ] {
            assert_eq!(target(name), Some(Target::Field(FieldId::ClientId)), "{name}");
        }
        assert_eq!(
            target("virksomhetsertifikat.sertifikater[0].keystore-path"),
            Some(Target::CertificateFile)
        );
        for name in [
            "AZURE_APP_CLIENT_ID",
            "IDPORTEN_CLIENT_ID",
            "keystore.password",
            "MASKINPORTEN_PRIVATE_KEY",
        ] {
            assert_eq!(target(name), None, "{name}");
        }
    }
}
