//! A generator for the demonstration's authorities, certificates and keys: file names with their contents. It writes
//! nothing to disk. The forms are those of real certificates (SEID 2.0, ETSI EN 319 412); names and numbers are made up.

use rcgen::{
    BasicConstraints, Certificate, CertificateParams, CustomExtension, DnType, IsCa, Issuer, KeyIdMethod, KeyPair,
    KeyUsagePurpose, PKCS_RSA_SHA256, RsaKeySize, SerialNumber,
};
use time::{Duration, OffsetDateTime};

use super::{Error, der_to_ber, pkcs12};
use crate::sandbox::{
    certificate_checks::{ORGANISATION_IDENTIFIER, QC_STATEMENTS},
    registry::Registry,
};

const CERTIFICATE_LIFETIME: Duration = Duration::days(365);
const AUTHORITY_LIFETIME: Duration = Duration::days(3650);

/// certificatePolicies (RFC 5280 §4.2.1.4): Buypass's policy for business certificates, 2.16.578.1.26.1.3.2.
const POLICIES: &[u64] = &[2, 5, 29, 32];
const BUSINESS_POLICY: &[u8] = &[
    0x30, 0x0c, 0x30, 0x0a, 0x06, 0x08, 0x60, 0x84, 0x42, 0x01, 0x1a, 0x01, 0x03, 0x02,
];
/// The same extension with QCP-l, 0.4.0.194112.1.1.
const SEAL_POLICY: &[u8] = &[
    0x30, 0x0b, 0x30, 0x09, 0x06, 0x07, 0x04, 0x00, 0x8b, 0xec, 0x40, 0x01, 0x01,
];

/// QCStatements' value (ETSI EN 319 412-5): QcCompliance, and QcType eSeal.
const QUALIFIED_SEAL: &[u8] = &[
    0x30, 0x1f, 0x30, 0x08, 0x06, 0x06, 0x04, 0x00, 0x8e, 0x46, 0x01, 0x01, 0x30, 0x13, 0x06, 0x06, 0x04, 0x00, 0x8e,
    0x46, 0x01, 0x06, 0x30, 0x09, 0x06, 0x07, 0x04, 0x00, 0x8e, 0x46, 0x01, 0x06, 0x02,
];

/// An authority's name, and its subject key identifier. The identifier is the same in every generation, so that a
/// demonstration certificate is recognised by its authority key identifier, as a real one is.
struct AuthorityName {
    common_name: &'static str,
    key_id: &'static [u8; 20],
}

const ROOT: AuthorityName = AuthorityName {
    common_name: "Klarert Demo Root CA",
    key_id: b"klarert demo root NO",
};
const BUSINESS_TEST: AuthorityName = AuthorityName {
    common_name: "Klarert Demo CA Business - TEST",
    key_id: b"klarert demo test CA",
};
const BUSINESS_PROD: AuthorityName = AuthorityName {
    common_name: "Klarert Demo CA Business",
    key_id: b"klarert demo prod CA",
};
const SEAL_ROOT: AuthorityName = AuthorityName {
    common_name: "Klarert Demo EU Root CA",
    key_id: b"klarert demo root EU",
};
const SEAL: AuthorityName = AuthorityName {
    common_name: "Klarert Demo eSeal CA",
    key_id: b"klarert demo seal CA",
};

/// Businesses besides the owner of the demonstration's client.
pub const FOREIGN: &str = "VATDE-123456789";
const UNREGISTERED: &str = "VATSE-123456789001";
const OTHER: &str = "123456718";

/// File names.
pub const AUTHENTICATION: &str = "authentication.p12";
pub const EU_SEAL: &str = "seal.p12";
pub const REGISTERED_KEY: &str = "registered-key.pem";
pub const TOKEN_KEY: &str = "sandbox-token-key.pem";
pub const BUSINESS_TEST_CA: &str = "ca-business-test.pem";
pub const BUSINESS_PROD_CA: &str = "ca-business-prod.pem";
pub const SEAL_CA: &str = "ca-seal.pem";
pub const SEAL_ROOT_CA: &str = "ca-seal-root.pem";
/// The certificate in [`AUTHENTICATION`]. Its dates are those of all certificates.
pub const LEAF: &str = "authentication.pem";

struct GeneratedAuthority {
    issuer: Issuer<'static, KeyPair>,
    certificate: Certificate,
}

/// Generates all files: name and contents.
///
/// # Errors
/// Fails if a key or certificate cannot be made, or the registry lacks the demonstration's client.
pub fn generate(registry: &Registry, now: OffsetDateTime) -> Result<Vec<(&'static str, Vec<u8>)>, Error> {
    let keys: [KeyPair; 13] = keys()?
        .try_into()
        .map_err(|_| Error::Generate("the number of keys".into()))?;
    let [
        root,
        test,
        prod,
        seal_root,
        seal_ca,
        authentication,
        signing,
        encryption,
        withdrawn,
        other,
        seal,
        registered,
        token,
    ] = keys;

    let root = authority(&ROOT, root, None, now)?;
    let test = authority(&BUSINESS_TEST, test, Some(&root), now)?;
    let prod = authority(&BUSINESS_PROD, prod, Some(&root), now)?;
    let seal_root = authority(&SEAL_ROOT, seal_root, None, now)?;
    let seal_ca = authority(&SEAL, seal_ca, Some(&seal_root), now)?;

    let name_of = |id: &str| {
        registry
            .organisation(id)
            .map(|known| known.name.clone())
            .unwrap_or_default()
    };
    let business = |id: &str, usage: &[KeyUsagePurpose]| {
        let mut leaf = leaf(&name_of(id), &format!("NTRNO-{id}"), "NO", usage, now);
        leaf.custom_extensions
            .push(CustomExtension::from_oid_content(POLICIES, BUSINESS_POLICY.to_vec()));
        leaf
    };
    let owner = &registry
        .named("demo")
        .ok_or_else(|| Error::Generate("the client demo".into()))?
        .owner;
    let authenticates = [KeyUsagePurpose::DigitalSignature, KeyUsagePurpose::KeyEncipherment];
    let encrypts = [KeyUsagePurpose::KeyEncipherment, KeyUsagePurpose::DataEncipherment];

    let first = business(owner, &authenticates).signed_by(&authentication, &test.issuer)?;
    let second = business(owner, &[KeyUsagePurpose::ContentCommitment]).signed_by(&signing, &test.issuer)?;
    let third = business(owner, &encrypts).signed_by(&encryption, &test.issuer)?;
    // The two certificates that are never accepted share a key, as do the other Norwegian and the other foreign business.
    let production = business(owner, &authenticates).signed_by(&withdrawn, &prod.issuer)?;
    let mut revoked = business(owner, &authenticates);
    revoked.serial_number = Some(SerialNumber::from(serial(&registry.revoked_serial)?));
    let revoked = revoked.signed_by(&withdrawn, &test.issuer)?;
    let others = business(OTHER, &authenticates).signed_by(&other, &test.issuer)?;

    let seal_of = |id: &str, country: &str| {
        let mut leaf = leaf(&name_of(id), id, country, &[KeyUsagePurpose::ContentCommitment], now);
        leaf.custom_extensions = vec![
            CustomExtension::from_oid_content(POLICIES, SEAL_POLICY.to_vec()),
            CustomExtension::from_oid_content(QC_STATEMENTS, QUALIFIED_SEAL.to_vec()),
        ];
        leaf
    };
    let sealed = seal_of(FOREIGN, "DE").signed_by(&seal, &seal_ca.issuer)?;
    let unregistered = seal_of(UNREGISTERED, "SE").signed_by(&other, &seal_ca.issuer)?;

    let to_root = [&test.certificate, &root.certificate];
    let delivery = p12(
        &[
            ("authentication", &authentication, &[&first, to_root[0], to_root[1]]),
            ("encryption", &encryption, &[&third]),
            ("signing", &signing, &[&second]),
        ],
        &registry.password,
    )?;
    let delivery = der_to_ber::to_ber(&delivery).ok_or_else(|| Error::Generate("a .p12 in BER".into()))?;
    let one = |name, key, chain: &[&Certificate]| p12(&[(name, key, chain)], &registry.password);
    let seal_chain = [&sealed, &seal_ca.certificate, &seal_root.certificate];
    Ok(vec![
        (AUTHENTICATION, delivery),
        (
            "production.p12",
            one(
                "production",
                &withdrawn,
                &[&production, &prod.certificate, &root.certificate],
            )?,
        ),
        (
            "revoked.p12",
            one("revoked", &withdrawn, &[&revoked, to_root[0], to_root[1]])?,
        ),
        (
            "other-organisation.p12",
            one("authentication", &other, &[&others, to_root[0], to_root[1]])?,
        ),
        (EU_SEAL, one("seal", &seal, &seal_chain)?),
        ("seal-without-chain.p12", one("seal", &seal, &[&sealed])?),
        (
            "seal-unregistered.p12",
            one("seal", &other, &[&unregistered, seal_chain[1], seal_chain[2]])?,
        ),
        (REGISTERED_KEY, registered.serialize_pem().into_bytes()),
        (TOKEN_KEY, token.serialize_pem().into_bytes()),
        (BUSINESS_TEST_CA, test.certificate.pem().into_bytes()),
        (BUSINESS_PROD_CA, prod.certificate.pem().into_bytes()),
        (SEAL_CA, seal_ca.certificate.pem().into_bytes()),
        (SEAL_ROOT_CA, seal_root.certificate.pem().into_bytes()),
        (LEAF, first.pem().into_bytes()),
    ])
}

/// Generates thirteen RSA keys of 2048 bits on all cores. They take most of the first start's time.
fn keys() -> Result<Vec<KeyPair>, Error> {
    let workers: Vec<_> = (0..13)
        .map(|_| std::thread::spawn(|| KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_2048)))
        .collect();
    workers
        .into_iter()
        .map(|worker| match worker.join() {
            Ok(key) => Ok(key?),
            Err(_) => Err(Error::Generate("a key".into())),
        })
        .collect()
}

/// Makes a CA certificate, signed by `issuer` or by itself.
fn authority(
    name: &AuthorityName,
    key: KeyPair,
    issuer: Option<&GeneratedAuthority>,
    now: OffsetDateTime,
) -> Result<GeneratedAuthority, Error> {
    let mut params = CertificateParams::default();
    params.distinguished_name = rcgen::DistinguishedName::new();
    params.distinguished_name.push(DnType::CountryName, "NO");
    params
        .distinguished_name
        .push(DnType::OrganizationName, "Klarert sandbox");
    params.distinguished_name.push(DnType::CommonName, name.common_name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params.key_identifier_method = KeyIdMethod::PreSpecified(name.key_id.to_vec());
    params.use_authority_key_identifier_extension = true;
    params.not_before = now - Duration::hours(1);
    params.not_after = now + AUTHORITY_LIFETIME;
    params.serial_number = Some(random_serial());
    let certificate = match issuer {
        Some(issuer) => params.signed_by(&key, &issuer.issuer)?,
        None => params.self_signed(&key)?,
    };
    Ok(GeneratedAuthority {
        issuer: Issuer::new(params, key),
        certificate,
    })
}

/// Returns the parameters of an end-entity certificate.
fn leaf(
    name: &str,
    organisation: &str,
    country: &str,
    usage: &[KeyUsagePurpose],
    now: OffsetDateTime,
) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = rcgen::DistinguishedName::new();
    params.distinguished_name.push(DnType::CountryName, country);
    params.distinguished_name.push(DnType::OrganizationName, name);
    let identifier = DnType::CustomDnType(ORGANISATION_IDENTIFIER.to_vec());
    params.distinguished_name.push(identifier, organisation);
    params.distinguished_name.push(DnType::CommonName, name);
    params.key_usages = usage.to_vec();
    params.use_authority_key_identifier_extension = true;
    // An hour earlier, so that the certificate is still valid when the clock is set back a little.
    params.not_before = now - Duration::hours(1);
    params.not_after = now + CERTIFICATE_LIFETIME;
    params.serial_number = Some(random_serial());
    params
}

fn random_serial() -> SerialNumber {
    SerialNumber::from(uuid::Uuid::new_v4().as_u64_pair().1 >> 1)
}

fn serial(hexadecimal: &str) -> Result<u64, Error> {
    u64::from_str_radix(hexadecimal, 16).map_err(|_| Error::Generate("the revoked serial number".into()))
}

/// Returns a `.p12` with several keys, each with its chain, leaf first.
fn p12(keys: &[(&str, &KeyPair, &[&Certificate])], password: &str) -> Result<Vec<u8>, Error> {
    let entries: Vec<pkcs12::Entry<'_>> = keys
        .iter()
        .map(|(name, key, chain)| pkcs12::Entry {
            name,
            key: key.serialized_der(),
            chain: chain.iter().map(|certificate| &certificate.der()[..]).collect(),
        })
        .collect();
    pkcs12::write(&entries, password).map_err(|_| Error::Generate("a .p12".into()))
}
