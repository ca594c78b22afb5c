//! Builds certificates like those of the real issuers. The subjects are invented.

use klarert::credential::Opened;
use rcgen::{
    CertificateParams, CustomExtension, DistinguishedName, DnType, IsCa, Issuer, KeyIdMethod, KeyPair, KeyUsagePurpose,
};
use time::{Duration, OffsetDateTime, macros::datetime};

use super::{ber, bytes, open_bytes};

pub const NOW: OffsetDateTime = datetime!(2026-11-22 12:00 UTC);

/// An issuer: common name and subject key identifier.
pub type Ca = (&'static str, &'static str);
pub const BUYPASS_TEST: Ca = (
    "Buypass Class 3 Test4 CA G2 ST Business",
    "A7FEBB6C5988AD742E465E7A68F9D1BBBFCFB68B",
);
pub const BUYPASS_PROD: Ca = (
    "Buypass Class 3 CA G2 ST Business",
    "81459C2995663837ED3B544E8E32E5962179D564",
);
pub const BUYPASS_PROD_HARD: Ca = (
    "Buypass Class 3 CA G2 HT Business",
    "B0916ABD4E8DB2091984A9B676AD42F269E8F82F",
);
pub const BUYPASS_OLD_TEST: Ca = ("Buypass Class 3 Test4 CA 3", "3FAEF5780B92A37020355F5AFAF724A05201F041");
pub const BUYPASS_OLD_PROD: Ca = ("Buypass Class 3 CA 3", "CCC3F807B79C6D7A4EF5A72B1D05F9B3471C91D1");
pub const COMMFIDES_TEST: Ca = (
    "Commfides Legal Person - G3 - TEST",
    "AB3D313590A0F76F29EAACE88A7E776C9398C35C",
);
pub const COMMFIDES_PROD: Ca = (
    "Commfides Legal Person - G3",
    "F13448E0BE61319C2316027A64F1A547C7E5E769",
);
pub const FOREIGN_CA: Ca = ("Exempel Seal CA 2", "0102030405060708090A0B0C0D0E0F1011121314");
pub const FOREIGN_CA_TEST: Ca = ("Exempel TEST Seal CA", "1102030405060708090A0B0C0D0E0F1011121314");

pub const NEW: &[(&str, &str)] = &[("2.5.4.97", "NTRNO-123456785")];
pub const OLD: &[(&str, &str)] = &[("2.5.4.5", "123456785")];
pub const BOTH: &[(&str, &str)] = &[("2.5.4.97", "NTRNO-123456785"), ("2.5.4.5", "123456785")];
pub const SWEDISH: &[(&str, &str)] = &[("2.5.4.97", "NTRSE-5560000001")];

pub const SEAL: &[&str] = &["0.4.0.1862.1.1", "0.4.0.1862.1.6.2"];
pub const SIGNATURE: &[&str] = &["0.4.0.1862.1.1", "0.4.0.1862.1.6.1"];
pub const SEAL_IN_HARDWARE: &[&str] = &["0.4.0.1862.1.1", "0.4.0.1862.1.4", "0.4.0.1862.1.6.2"];
pub const WEBSITE: &[&str] = &["0.4.0.1862.1.1", "0.4.0.1862.1.6.3"];

/// A certificate to be built.
pub struct Template {
    pub issuer: Ca,
    pub country: &'static str,
    pub subject: &'static [(&'static str, &'static str)],
    pub usages: &'static [KeyUsagePurpose],
    pub policies: &'static [&'static str],
    pub statements: &'static [&'static str],
    pub valid: (OffsetDateTime, OffsetDateTime),
}

impl Template {
    pub fn new(
        issuer: Ca,
        subject: &'static [(&'static str, &'static str)],
        usages: &'static [KeyUsagePurpose],
        policies: &'static [&'static str],
    ) -> Template {
        Template {
            issuer,
            country: "NO",
            subject,
            usages,
            policies,
            statements: &[],
            valid: (NOW - Duration::days(30), NOW + Duration::days(700)),
        }
    }

    pub fn says(self, statements: &'static [&'static str]) -> Template {
        Template { statements, ..self }
    }

    pub fn from(self, country: &'static str) -> Template {
        Template { country, ..self }
    }

    pub fn valid(self, from: i64, to: i64) -> Template {
        let valid = (NOW + Duration::days(from), NOW + Duration::days(to));
        Template { valid, ..self }
    }

    pub fn params(&self) -> CertificateParams {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        let mut name = DistinguishedName::new();
        name.push(DnType::CountryName, self.country);
        name.push(DnType::OrganizationName, "Demo Spedisjon, Åse & Sønn AS");
        name.push(DnType::CommonName, "Demo Spedisjon");
        for (oid, value) in self.subject {
            let arcs = oid.split('.').map(|arc| arc.parse().unwrap()).collect();
            name.push(DnType::CustomDnType(arcs), *value);
        }
        params.distinguished_name = name;
        params.key_usages = self.usages.to_vec();
        params.use_authority_key_identifier_extension = true;
        (params.not_before, params.not_after) = self.valid;
        let sequence = |items: Vec<Vec<u8>>| ber::element(0x30, &items.concat());
        if !self.policies.is_empty() {
            let policies = self
                .policies
                .iter()
                .map(|policy| sequence(vec![ber::oid(policy)]))
                .collect();
            params
                .custom_extensions
                .push(CustomExtension::from_oid_content(&[2, 5, 29, 32], sequence(policies)));
        }
        if !self.statements.is_empty() {
            let statement = |oid: &&str| match oid.starts_with("0.4.0.1862.1.6.") {
                true => sequence(vec![ber::oid("0.4.0.1862.1.6"), sequence(vec![ber::oid(oid)])]),
                false => sequence(vec![ber::oid(oid)]),
            };
            let statements = sequence(self.statements.iter().map(statement).collect());
            let oid = [1, 3, 6, 1, 5, 5, 7, 1, 3];
            params
                .custom_extensions
                .push(CustomExtension::from_oid_content(&oid, statements));
        }
        params
    }

    /// Returns the certificate in PEM, for the key of the fixtures.
    pub fn pem(&self) -> String {
        let key = fixture_key();
        let (params, issuer_key) = authority(self.issuer);
        let issuer = Issuer::from_params(&params, &issuer_key);
        self.params().signed_by(&key, &issuer).unwrap().pem()
    }

    pub fn opened(&self) -> Opened {
        let content = [self.pem().as_bytes(), &bytes("key-pkcs8.pem")].concat();
        open_bytes(&content, None)
    }
}

pub fn fixture_key() -> KeyPair {
    KeyPair::from_pem(&String::from_utf8(bytes("key-pkcs8.pem")).unwrap()).unwrap()
}

/// Returns an issuer's certificate and key; only its name and identifier matter.
pub fn authority((name, identifier): Ca) -> (CertificateParams, KeyPair) {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    params.not_after = NOW + Duration::days(3000);
    let octets = (0..identifier.len()).step_by(2);
    let octets = octets.map(|at| u8::from_str_radix(&identifier[at..at + 2], 16).unwrap());
    params.key_identifier_method = KeyIdMethod::PreSpecified(octets.collect());
    (params, KeyPair::generate().unwrap())
}
