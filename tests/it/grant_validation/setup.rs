//! A fixture for grant validation: authorities, certificates of every kind, and grants to modify.

use std::sync::LazyLock;

use aws_lc_rs::{
    rand::SystemRandom,
    rsa::KeyPair as RsaKey,
    signature::{self, KeyPair as _, RsaEncoding},
};
use base64::{Engine, prelude::BASE64_STANDARD, prelude::BASE64_URL_SAFE_NO_PAD};
use klarert::{
    journey::Rules,
    sandbox::{
        certificate_checks::{Authority, Role},
        registry::Registry,
        validate_grant::{Authorization, ServerConfig, UsedGrants, validate},
    },
};
use rcgen::{
    BasicConstraints, CertificateParams, CustomExtension, DistinguishedName, DnType, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, PKCS_RSA_SHA256, RsaKeySize, SerialNumber,
};
use serde_json::{Value, json};
use time::{Duration, OffsetDateTime, macros::datetime};

pub const NOW: OffsetDateTime = datetime!(2026-11-22 17:00 UTC);
pub const ISSUER: &str = "http://127.0.0.1:8765/";
pub const ROAD: &str = "toll:movement/road/v2";

/// A server configuration with certificates. All authorities share one key, and all leaves another.
pub struct Fixture {
    pub config: ServerConfig,
    pub key: RsaKey,
    pub other_key: RsaKey,
    pub authority: Vec<u8>,
    pub leaf: Vec<u8>,
    pub production: Vec<u8>,
    pub revoked: Vec<u8>,
    pub signing: Vec<u8>,
    pub expired: Vec<u8>,
    pub stranger: Vec<u8>,
    pub forged: Vec<u8>,
    pub other_organisation: Vec<u8>,
    pub nameless: Vec<u8>,
    pub seal: Vec<u8>,
    pub unqualified_seal: Vec<u8>,
    pub unregistered_seal: Vec<u8>,
    pub expired_seal: Vec<u8>,
    pub nameless_seal: Vec<u8>,
    pub seal_authority: Vec<u8>,
    pub seal_root: Vec<u8>,
}

pub fn rsa() -> KeyPair {
    KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_2048).unwrap()
}

pub fn params(name: &str, organisation: Option<&str>) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, name);
    if let Some(organisation) = organisation {
        params
            .distinguished_name
            .push(DnType::CustomDnType(vec![2, 5, 4, 97]), organisation);
    }
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature, KeyUsagePurpose::KeyEncipherment];
    params.not_before = NOW - Duration::days(100);
    params.not_after = NOW + Duration::days(100);
    params
}

pub fn authority(name: &str) -> CertificateParams {
    let mut params = params(name, None);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    params
}

/// The keys of the authorities, of the businesses, and of a forger.
static KEYS: LazyLock<[KeyPair; 3]> = LazyLock::new(|| [(); 3].map(|()| rsa()));

pub fn fixture() -> Fixture {
    let [authority_key, key, other_key] = &*KEYS;
    let issuer = |name: &str, key| Issuer::new(authority(name), key);
    let test = issuer("Test CA", authority_key);
    let prod = issuer("Prod CA", authority_key);
    let seal_ca = issuer("Seal CA", authority_key);
    let seal_root = issuer("Seal Root", authority_key);
    let forger = issuer("Test CA", other_key);
    let leaf = |params: CertificateParams, issuer| params.signed_by(key, issuer).unwrap().der().to_vec();
    let root = |name| authority(name).self_signed(authority_key).unwrap().der().to_vec();
    let below = |name, issuer| authority(name).signed_by(authority_key, issuer).unwrap().der().to_vec();

    let ours = || params("Demo Spedisjon AS", Some("NTRNO-123456785"));
    let mut registry = Registry::built_in();
    let mut revoked = ours();
    let serial = u64::from_str_radix(&registry.revoked_serial, 16).unwrap();
    revoked.serial_number = Some(SerialNumber::from(serial));
    let mut signing = ours();
    signing.key_usages = vec![KeyUsagePurpose::ContentCommitment];
    let mut expired = ours();
    expired.not_after = NOW - Duration::seconds(1);

    let unqualified_seal = || {
        let mut seal = params("Demo Haulage GmbH", Some("VATDE-123456789"));
        seal.key_usages = vec![KeyUsagePurpose::ContentCommitment];
        seal
    };
    let mut seal = unqualified_seal();
    // QCStatements with QcCompliance alone.
    let qualified = vec![0x30, 0x0a, 0x30, 0x08, 0x06, 0x06, 0x04, 0x00, 0x8e, 0x46, 0x01, 0x01];
    seal.custom_extensions = vec![CustomExtension::from_oid_content(
        &[1, 3, 6, 1, 5, 5, 7, 1, 3],
        qualified,
    )];
    let mut unregistered_seal = params("Demo Åkeri AB", Some("VATSE-123456789001"));
    unregistered_seal.key_usages = vec![KeyUsagePurpose::ContentCommitment];
    let mut expired_seal = unqualified_seal();
    expired_seal.not_after = NOW - Duration::seconds(1);

    let pair = |key: &KeyPair| RsaKey::from_pkcs8(key.serialized_der()).unwrap();
    registry.set_demonstration_key(pair(key).public_key().as_ref());
    let (authority, seal_authority, seal_root_der) = (root("Test CA"), below("Seal CA", &seal_root), root("Seal Root"));
    let authorities = [
        (Role::Business(Rules::Test), authority.clone()),
        (Role::Business(Rules::Prod), root("Prod CA")),
        (Role::Seal, seal_authority.clone()),
        (Role::Seal, seal_root_der.clone()),
    ];
    let authorities = authorities.map(|(role, certificate)| Authority { role, certificate });
    Fixture {
        config: ServerConfig {
            issuer: ISSUER.to_owned(),
            registry,
            authorities: authorities.to_vec(),
        },
        leaf: leaf(ours(), &test),
        production: leaf(ours(), &prod),
        revoked: leaf(revoked, &test),
        signing: leaf(signing, &test),
        expired: leaf(expired, &test),
        stranger: ours().self_signed(&key).unwrap().der().to_vec(),
        forged: leaf(ours(), &forger),
        other_organisation: leaf(params("Demo Transport AS", Some("NTRNO-123456718")), &test),
        nameless: leaf(params("Nobody", None), &test),
        seal: leaf(seal, &seal_ca),
        unqualified_seal: leaf(unqualified_seal(), &seal_ca),
        unregistered_seal: leaf(unregistered_seal, &seal_ca),
        expired_seal: leaf(expired_seal, &seal_ca),
        nameless_seal: leaf(params("Nobody", None), &seal_ca),
        key: pair(key),
        other_key: pair(other_key),
        authority,
        seal_authority,
        seal_root: seal_root_der,
    }
}

/// An unsigned grant.
pub struct Draft {
    pub header: Value,
    pub claims: Value,
}

impl Draft {
    pub fn header(mut self, name: &str, value: impl Into<Value>) -> Draft {
        self.header[name] = value.into();
        self
    }

    pub fn claim(mut self, name: &str, value: impl Into<Value>) -> Draft {
        self.claims[name] = value.into();
        self
    }

    pub fn without(mut self, name: &str) -> Draft {
        self.header.as_object_mut().unwrap().remove(name);
        self.claims.as_object_mut().unwrap().remove(name);
        self
    }

    pub fn chain(self, certificates: &[&[u8]]) -> Draft {
        let chain: Vec<_> = certificates.iter().map(|der| BASE64_STANDARD.encode(der)).collect();
        self.header("x5c", chain)
    }

    pub fn kid(self, client: &str, kid: &str) -> Draft {
        self.without("x5c").header("kid", kid).claim("iss", client)
    }

    pub fn sign(&self, key: &RsaKey) -> String {
        let algorithm: &'static dyn RsaEncoding = match self.header["alg"].as_str() {
            Some("RS384") => &signature::RSA_PKCS1_SHA384,
            Some("RS512") => &signature::RSA_PKCS1_SHA512,
            _ => &signature::RSA_PKCS1_SHA256,
        };
        let encode = |part: &Value| BASE64_URL_SAFE_NO_PAD.encode(part.to_string());
        let signed = format!("{}.{}", encode(&self.header), encode(&self.claims));
        let mut signature = vec![0; key.public_modulus_len()];
        key.sign(algorithm, &SystemRandom::new(), signed.as_bytes(), &mut signature)
            .unwrap();
        format!("{signed}.{}", BASE64_URL_SAFE_NO_PAD.encode(signature))
    }
}

impl Fixture {
    pub fn client(&self, name: &str) -> &str {
        &self.config.registry.named(name).unwrap().id
    }

    /// Returns a grant that is authorised.
    pub fn good(&self) -> Draft {
        let now = NOW.unix_timestamp();
        let claims = json!({
            "aud": ISSUER, "iss": self.client("demo"), "scope": ROAD,
            "iat": now, "exp": now + 100, "jti": "1",
        });
        Draft {
            header: json!({ "alg": "RS256" }),
            claims,
        }
        .chain(&[&self.leaf])
    }

    pub fn sealed(&self, seal: &[u8]) -> Draft {
        self.good()
            .claim("iss", "anything at all")
            .claim("scope", "toll:eu/movement/road/v2")
            .chain(&[seal, &self.seal_authority, &self.seal_root])
    }

    /// Signs and validates a grant.
    pub fn validate(&self, draft: Draft) -> Result<Authorization, String> {
        self.validate_signed(&draft.sign(&self.key), &mut UsedGrants::default())
    }

    /// Validates a signed grant. A refusal is one line: status, code, error and description.
    pub fn validate_signed(&self, grant: &str, used: &mut UsedGrants) -> Result<Authorization, String> {
        validate(grant, &self.config, used, NOW).map_err(|refusal| {
            let code = refusal.code.unwrap_or("-");
            format!("{} {code} {}: {}", refusal.status, refusal.error, refusal.description)
        })
    }
}
