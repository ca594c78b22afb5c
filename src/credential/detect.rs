//! A file's bytes → what it is, and the keys and certificates in it. By content alone: names of files lie.

use super::{
    Password,
    ber::{BIT_STRING, CONTEXT_0, INTEGER, OCTET_STRING, OID, Reader, SEQUENCE, SET, definite, push},
    error::FileError,
    pbe::Attempt,
    pem::{self, Block},
    pkcs12,
    private_key::{self, PrivateKey},
};
use zeroize::Zeroizing;

use crate::certificate::{Format, x509::Certificate};

const SIGNED_DATA: &str = "1.2.840.113549.1.7.2";

/// What one file holds.
pub struct Material {
    pub format: Format,
    pub keys: Vec<PrivateKey>,
    pub certificates: Vec<Certificate>,
}

impl Material {
    fn empty(format: Format) -> Material {
        Material {
            format,
            keys: Vec::new(),
            certificates: Vec::new(),
        }
    }
}

/// What is wrong, and what the file was known for before it went wrong.
pub type Outcome = Result<Material, (Format, FileError)>;

pub fn read(bytes: &[u8], password: Option<&Password>) -> Outcome {
    read_with(bytes, &mut Attempt::new(password))
}

fn read_with(bytes: &[u8], attempt: &mut Attempt) -> Outcome {
    match bytes {
        // Java's own key stores: JKS and JCEKS.
        [0xfe, 0xed, 0xfe, 0xed, ..] | [0xce, 0xce, 0xce, 0xce, ..] => return Ok(Material::empty(Format::Jks)),
        [SEQUENCE, ..] => return read_der(bytes, attempt),
        _ => {}
    }
    let text = pem::text(bytes);
    let start = text.trim_start();
    if text.contains("-----BEGIN ") {
        return read_pem(&text, attempt);
    }
    if start.starts_with('{') {
        return match private_key::from_json(&text) {
            None => Ok(Material::empty(Format::Unknown)),
            Some(Ok(keys)) if keys.is_empty() => Ok(Material::empty(Format::PublicKey)),
            Some(Ok(keys)) => Ok(Material {
                keys,
                ..Material::empty(Format::Jwk)
            }),
            Some(Err(trouble)) => Err((Format::Jwk, trouble)),
        };
    }
    let ssh = [
        "ssh-",
        "ecdsa-sha2-",
        "sk-ssh-",
        "PuTTY-User-Key-File-",
        "---- BEGIN SSH2",
    ];
    if ssh.iter().any(|mark| start.starts_with(mark)) {
        return Ok(Material::empty(Format::SshKey));
    }
    // DER in base64 without the lines around it, as some portals and spreadsheets give it.
    match start.starts_with('M').then(|| pem::base64(&text)).flatten() {
        Some(der) if der.first() == Some(&SEQUENCE) => read_der(&der, attempt),
        _ => Ok(Material::empty(Format::Unknown)),
    }
}

/// What a DER element is, by its first elements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Certificate,
    Csr,
    PublicKey,
    Pkcs8,
    EncryptedPkcs8,
    Pkcs1,
    Sec1,
    Pkcs7,
    Other,
}

fn shape(der: &[u8]) -> Shape {
    let Some(mut outer) = Reader::new(der).enter(SEQUENCE) else {
        return Shape::Other;
    };
    let mut tags = [0; 3];
    let mut elements = outer.clone();
    for tag in &mut tags {
        *tag = elements.any().map_or(0, |(tag, _)| tag);
    }
    match tags {
        [SEQUENCE, SEQUENCE, BIT_STRING] => {
            let mut inner = outer.enter(SEQUENCE).unwrap_or_else(|| Reader::new(&[]));
            match inner.any().map(|(tag, _)| tag) {
                // A certificate begins with its version or its serial number and an algorithm, a request with a
                // version and a name.
                Some(CONTEXT_0) => Shape::Certificate,
                Some(INTEGER) => match inner.enter(SEQUENCE).and_then(|mut next| next.any()) {
                    Some((OID, _)) => Shape::Certificate,
                    Some((SET, _)) | None => Shape::Csr,
                    Some(_) => Shape::Other,
                },
                _ => Shape::Other,
            }
        }
        [SEQUENCE, BIT_STRING, 0] => Shape::PublicKey,
        // RSAPublicKey: a modulus and an exponent.
        [INTEGER, INTEGER, 0] => Shape::PublicKey,
        [SEQUENCE, OCTET_STRING, 0] => Shape::EncryptedPkcs8,
        [INTEGER, SEQUENCE, OCTET_STRING] => Shape::Pkcs8,
        [INTEGER, INTEGER, INTEGER] => Shape::Pkcs1,
        [INTEGER, OCTET_STRING, _] => Shape::Sec1,
        [OID, CONTEXT_0, 0] => Shape::Pkcs7,
        _ => Shape::Other,
    }
}

fn read_der(bytes: &[u8], attempt: &mut Attempt) -> Outcome {
    if pkcs12::recognise(bytes) {
        return read_pkcs12(bytes, attempt);
    }
    let der = match definite(bytes) {
        Ok(der) => der,
        Err(fault) => {
            // A sequence that ends too early may be anything; one that is not DER at all is not a certificate.
            let trouble = FileError::from(fault);
            return match trouble {
                FileError::CutShort => Err((Format::Unknown, trouble)),
                _ => Ok(Material::empty(Format::Unknown)),
            };
        }
    };
    let mut material = Material::empty(Format::Der);
    match shape(&der) {
        Shape::Csr => material.format = Format::Csr,
        Shape::PublicKey => material.format = Format::PublicKey,
        Shape::Other => material.format = Format::Unknown,
        known => add(&mut material, known, &der, attempt).map_err(|trouble| (Format::Der, trouble))?,
    }
    Ok(material)
}

fn read_pkcs12(bytes: &[u8], attempt: &mut Attempt) -> Outcome {
    let mut read = || {
        let contents = pkcs12::open(bytes, attempt)?;
        let mut material = Material::empty(Format::Pkcs12);
        for key in &contents.keys {
            material.keys.push(PrivateKey::from_pkcs8(key)?);
        }
        for der in &contents.certificates {
            material
                .certificates
                .push(Certificate::read(der).ok_or(FileError::Damaged)?);
        }
        Ok(material)
    };
    read().map_err(|trouble| (Format::Pkcs12, trouble))
}

fn read_pem(text: &str, attempt: &mut Attempt) -> Outcome {
    let trouble = |trouble| (Format::Pem, trouble);
    let mut material = Material::empty(Format::Pem);
    let mut instead = None;
    for block in pem::blocks(text).map_err(trouble)? {
        let shape = match block.label.as_str() {
            "CERTIFICATE" | "X509 CERTIFICATE" | "TRUSTED CERTIFICATE" => Shape::Certificate,
            "PRIVATE KEY" => Shape::Pkcs8,
            "ENCRYPTED PRIVATE KEY" => Shape::EncryptedPkcs8,
            "RSA PRIVATE KEY" => Shape::Pkcs1,
            "EC PRIVATE KEY" => Shape::Sec1,
            "PKCS7" => Shape::Pkcs7,
            "PKCS12" => return read_pkcs12(&block.der, attempt),
            label => {
                let format = match label {
                    "CERTIFICATE REQUEST" | "NEW CERTIFICATE REQUEST" => Format::Csr,
                    "PUBLIC KEY" | "RSA PUBLIC KEY" => Format::PublicKey,
                    "OPENSSH PRIVATE KEY" => Format::SshKey,
                    _ => continue,
                };
                instead = instead.or(Some(format));
                continue;
            }
        };
        let der = unlock(&block, attempt).map_err(trouble)?;
        // `TRUSTED CERTIFICATE` has OpenSSL's own words behind the certificate: `definite` leaves them out.
        let der = definite(&der).map_err(|_| trouble(FileError::Damaged))?;
        add(&mut material, shape, &der, attempt).map_err(trouble)?;
    }
    if material.keys.is_empty() && material.certificates.is_empty() {
        material.format = instead.unwrap_or(Format::Unknown);
    }
    Ok(material)
}

fn unlock(block: &Block, attempt: &mut Attempt) -> Result<Zeroizing<Vec<u8>>, FileError> {
    if !block.locked() {
        return Ok(block.der.clone());
    }
    // A padding matches a wrong password once in 256: only a key's first elements tell.
    let fits =
        |der: &[u8]| definite(der).is_ok_and(|der| matches!(shape(&der), Shape::Pkcs1 | Shape::Sec1 | Shape::Pkcs8));
    attempt.each(|secret, _| {
        let der = block.unlock(secret)?;
        if fits(&der) {
            Ok(der)
        } else {
            Err(FileError::WrongPassword)
        }
    })
}

fn add(material: &mut Material, shape: Shape, der: &[u8], attempt: &mut Attempt) -> Result<(), FileError> {
    match shape {
        Shape::Certificate => material
            .certificates
            .push(Certificate::read(der).ok_or(FileError::Damaged)?),
        Shape::Pkcs8 => material.keys.push(PrivateKey::from_pkcs8(der)?),
        Shape::Pkcs1 => material.keys.push(PrivateKey::from_pkcs1(der)?),
        Shape::Sec1 => material.keys.push(PrivateKey::from_sec1(der)?),
        Shape::EncryptedPkcs8 => {
            let shrouded = Reader::new(der).enter(SEQUENCE).ok_or(FileError::Damaged)?;
            let key = attempt.each(|secret, budget| {
                let plain = pkcs12::decrypt_key(shrouded.clone(), secret, budget)?;
                match self::shape(&plain) {
                    Shape::Pkcs8 => Ok(plain),
                    _ => Err(FileError::WrongPassword),
                }
            })?;
            material.keys.push(PrivateKey::from_pkcs8(&key)?);
        }
        Shape::Pkcs7 => {
            for certificate in pkcs7_certificates(der).ok_or(FileError::Damaged)? {
                material
                    .certificates
                    .push(Certificate::read(&certificate).ok_or(FileError::Damaged)?);
            }
        }
        Shape::Csr | Shape::PublicKey | Shape::Other => {}
    }
    Ok(())
}

/// The certificates of a `.p7b`: a `SignedData` (RFC 5652 §5.1) that signs nothing.
fn pkcs7_certificates(der: &[u8]) -> Option<Vec<Vec<u8>>> {
    let mut outer = Reader::new(der).enter(SEQUENCE)?;
    if outer.oid()? != SIGNED_DATA {
        return None;
    }
    let mut signed = outer.enter(CONTEXT_0)?.enter(SEQUENCE)?;
    signed.number()?;
    signed.read(SET)?;
    signed.read(SEQUENCE)?;
    let mut set = signed.enter(CONTEXT_0)?;
    let mut certificates = Vec::new();
    while !set.is_empty() {
        let (tag, content) = set.any()?;
        if tag == SEQUENCE {
            let mut der = Vec::with_capacity(content.len() + 8);
            push(&mut der, SEQUENCE, content);
            certificates.push(der);
        }
    }
    Some(certificates)
}
