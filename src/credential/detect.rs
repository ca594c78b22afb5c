//! Format detection: reads the keys and certificates of a file by its content. File names are not trusted.

use super::{
    Password,
    ber::{BIT_STRING, CONTEXT_0, INTEGER, OCTET_STRING, OID, Reader, SEQUENCE, SET, definite, push},
    error::FileError,
    pbe::{self, Attempt, Budget, EncodedPassword},
    pem::{self, Block},
    pkcs12,
    private_key::{self, PrivateKey},
};
use zeroize::Zeroizing;

use crate::certificate::{Format, x509::Certificate};

const SIGNED_DATA: &str = "1.2.840.113549.1.7.2";

/// The content of one file.
pub struct Content {
    pub format: Format,
    pub keys: Vec<PrivateKey>,
    pub certificates: Vec<Certificate>,
}

impl Content {
    fn empty(format: Format) -> Content {
        Content {
            format,
            keys: Vec::new(),
            certificates: Vec::new(),
        }
    }
}

/// The content, or an error with the format that was detected before it.
pub type ReadResult = Result<Content, (Format, FileError)>;

/// Detects the format of a file and reads it.
pub fn read(bytes: &[u8], password: Option<&Password>) -> ReadResult {
    read_with(bytes, &mut Attempt::new(password))
}

fn read_with(bytes: &[u8], attempt: &mut Attempt) -> ReadResult {
    match bytes {
        // Java's own key stores: JKS and JCEKS.
        [0xfe, 0xed, 0xfe, 0xed, ..] | [0xce, 0xce, 0xce, 0xce, ..] => return Ok(Content::empty(Format::Jks)),
        [SEQUENCE, ..] => return read_der(bytes, attempt),
        _ => {}
    }
    let text = pem::decode_text(bytes);
    let start = text.trim_start();
    if text.contains("-----BEGIN ") {
        return read_pem(&text, attempt);
    }
    if start.starts_with('{') {
        return match private_key::from_json(&text) {
            None => Ok(Content::empty(Format::Unknown)),
            Some(Ok(keys)) if keys.is_empty() => Ok(Content::empty(Format::PublicKey)),
            Some(Ok(keys)) => Ok(Content {
                keys,
                ..Content::empty(Format::Jwk)
            }),
            Some(Err(error)) => Err((Format::Jwk, error)),
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
        return Ok(Content::empty(Format::SshKey));
    }
    // DER in base64 without PEM lines, as some portals and spreadsheets have it.
    match start.starts_with('M').then(|| pem::decode_base64(&text)).flatten() {
        Some(der) if der.first() == Some(&SEQUENCE) => read_der(&der, attempt),
        _ => Ok(Content::empty(Format::Unknown)),
    }
}

/// The structure of a DER element, by its first elements.
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

/// Returns the structure of a DER element.
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
        // RSAPublicKey: modulus and exponent.
        [INTEGER, INTEGER, 0] => Shape::PublicKey,
        [SEQUENCE, OCTET_STRING, 0] => Shape::EncryptedPkcs8,
        [INTEGER, SEQUENCE, OCTET_STRING] => Shape::Pkcs8,
        [INTEGER, INTEGER, INTEGER] => Shape::Pkcs1,
        [INTEGER, OCTET_STRING, _] => Shape::Sec1,
        [OID, CONTEXT_0, 0] => Shape::Pkcs7,
        _ => Shape::Other,
    }
}

fn read_der(bytes: &[u8], attempt: &mut Attempt) -> ReadResult {
    if pkcs12::detect(bytes) {
        return read_pkcs12(bytes, attempt);
    }
    let der = match definite(bytes) {
        Ok(der) => der,
        Err(fault) => {
            // A sequence that ends early may be anything. Anything that is not DER is not a certificate.
            let error = FileError::from(fault);
            return match error {
                FileError::CutShort => Err((Format::Unknown, error)),
                _ => Ok(Content::empty(Format::Unknown)),
            };
        }
    };
    let mut content = Content::empty(Format::Der);
    match shape(&der) {
        Shape::Csr => content.format = Format::Csr,
        Shape::PublicKey => content.format = Format::PublicKey,
        Shape::Other => content.format = Format::Unknown,
        known => add(&mut content, known, &der, attempt).map_err(|error| (Format::Der, error))?,
    }
    Ok(content)
}

fn read_pkcs12(bytes: &[u8], attempt: &mut Attempt) -> ReadResult {
    let mut read = || {
        let contents = pkcs12::open(bytes, attempt)?;
        let mut content = Content::empty(Format::Pkcs12);
        for key in &contents.keys {
            content.keys.push(PrivateKey::from_pkcs8(key)?);
        }
        for der in &contents.certificates {
            content
                .certificates
                .push(Certificate::from_der(der).ok_or(FileError::Damaged)?);
        }
        Ok(content)
    };
    read().map_err(|error| (Format::Pkcs12, error))
}

fn read_pem(text: &str, attempt: &mut Attempt) -> ReadResult {
    let error = |error| (Format::Pem, error);
    let mut content = Content::empty(Format::Pem);
    let mut instead = None;
    for block in pem::blocks(text).map_err(error)? {
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
        let der = decrypt(&block, attempt).map_err(error)?;
        // `TRUSTED CERTIFICATE` has OpenSSL's own data after the certificate: `definite` drops it.
        let der = definite(&der).map_err(|_| error(FileError::Damaged))?;
        add(&mut content, shape, &der, attempt).map_err(error)?;
    }
    if content.keys.is_empty() && content.certificates.is_empty() {
        content.format = instead.unwrap_or(Format::Unknown);
    }
    Ok(content)
}

/// Returns the DER of a block, decrypted if needed.
fn decrypt(block: &Block, attempt: &mut Attempt) -> Result<Zeroizing<Vec<u8>>, FileError> {
    if !block.is_encrypted() {
        return Ok(block.der.clone());
    }
    // The padding fits a wrong password once in 256: only a key's first elements identify the right one.
    let fits =
        |der: &[u8]| definite(der).is_ok_and(|der| matches!(shape(&der), Shape::Pkcs1 | Shape::Sec1 | Shape::Pkcs8));
    attempt.try_each(|password, _| {
        let der = block.decrypt(password)?;
        if fits(&der) {
            Ok(der)
        } else {
            Err(FileError::WrongPassword)
        }
    })
}

/// Parses a DER element of a known structure and adds it to the content.
fn add(content: &mut Content, shape: Shape, der: &[u8], attempt: &mut Attempt) -> Result<(), FileError> {
    match shape {
        Shape::Certificate => content
            .certificates
            .push(Certificate::from_der(der).ok_or(FileError::Damaged)?),
        Shape::Pkcs8 => content.keys.push(PrivateKey::from_pkcs8(der)?),
        Shape::Pkcs1 => content.keys.push(PrivateKey::from_pkcs1(der)?),
        Shape::Sec1 => content.keys.push(PrivateKey::from_sec1(der)?),
        Shape::EncryptedPkcs8 => {
            let shrouded = Reader::new(der).enter(SEQUENCE).ok_or(FileError::Damaged)?;
            let open = |password: &EncodedPassword, budget: &mut Budget| {
                let plain = pkcs12::decrypt_key(shrouded.clone(), password, budget)?;
                match self::shape(&plain) {
                    Shape::Pkcs8 => Ok(plain),
                    _ => Err(FileError::WrongPassword),
                }
            };
            let scheme = shrouded.clone().algorithm();
            let key = match scheme {
                Some((oid, _)) if pbe::uses_utf8(&oid) => attempt.try_each_utf8(open),
                _ => attempt.try_each(open),
            }?;
            content.keys.push(PrivateKey::from_pkcs8(&key)?);
        }
        Shape::Pkcs7 => {
            for certificate in pkcs7_certificates(der).ok_or(FileError::Damaged)? {
                content
                    .certificates
                    .push(Certificate::from_der(&certificate).ok_or(FileError::Damaged)?);
            }
        }
        Shape::Csr | Shape::PublicKey | Shape::Other => {}
    }
    Ok(())
}

/// Returns the certificates of a `.p7b`: a `SignedData` (RFC 5652 §5.1) without signatures.
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
