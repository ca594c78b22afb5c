//! New RSA keys and certificate requests. A key's file is readable by its owner only, and is never overwritten.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::Path,
};

use aws_lc_rs::{encoding::AsDer, rsa};
use base64::{Engine, engine::general_purpose::STANDARD};
use rcgen::{CertificateParams, DistinguishedName, DnType, DnValue, PKCS_RSA_SHA256};
use rustls_pki_types::PrivatePkcs8KeyDer;
use zeroize::Zeroizing;

use super::Credential;

/// The length of a new RSA key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Bits {
    #[value(name = "2048")]
    B2048,
    #[value(name = "3072")]
    B3072,
    #[value(name = "4096")]
    B4096,
}

/// A failure of the cryptographic library.
#[derive(Debug, thiserror::Error)]
pub enum GenerateError {
    #[error("the key could not be made")]
    Key,
    #[error("the request could not be made")]
    Request(#[from] rcgen::Error),
}

/// Generates an RSA key in memory.
pub fn key(bits: Bits) -> Result<Credential, GenerateError> {
    let size = match bits {
        Bits::B2048 => rsa::KeySize::Rsa2048,
        Bits::B3072 => rsa::KeySize::Rsa3072,
        Bits::B4096 => rsa::KeySize::Rsa4096,
    };
    let pair = rsa::KeyPair::generate(size).map_err(|_| GenerateError::Key)?;
    let der = pair.as_der().map_err(|_| GenerateError::Key)?;
    Ok(Credential::new(Vec::new(), Zeroizing::new(der.as_ref().to_vec())))
}

/// The subject of a certificate request. Absent fields are left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Subject {
    /// The business's name: both `O` and, unless that is given, `CN`.
    pub name: String,
    pub common_name: Option<String>,
    /// `organizationIdentifier` (2.5.4.97), by which Maskinporten identifies a foreign business.
    pub organisation: String,
    /// Two letters (ISO 3166-1).
    pub country: String,
    pub state: Option<String>,
    pub locality: Option<String>,
    pub unit: Option<String>,
    /// `serialNumber` (2.5.4.5), which some issuers ask for.
    pub serial_number: Option<String>,
}

/// Creates a certificate request (PKCS#10) in PEM, signed with the key.
pub fn request(key: &Credential, subject: &Subject) -> Result<String, GenerateError> {
    let mut name = DistinguishedName::new();
    if let Ok(country) = subject.country.as_str().try_into() {
        name.push(DnType::CountryName, DnValue::PrintableString(country));
    }
    let text = |value: &str| DnValue::Utf8String(value.to_owned());
    let optional = [
        (DnType::StateOrProvinceName, &subject.state),
        (DnType::LocalityName, &subject.locality),
    ];
    for (kind, value) in optional {
        if let Some(value) = value {
            name.push(kind, text(value));
        }
    }
    name.push(DnType::OrganizationName, text(&subject.name));
    if let Some(unit) = &subject.unit {
        name.push(DnType::OrganizationalUnitName, text(unit));
    }
    name.push(DnType::CustomDnType(vec![2, 5, 4, 97]), text(&subject.organisation));
    if let Some(number) = &subject.serial_number {
        name.push(DnType::CustomDnType(vec![2, 5, 4, 5]), text(number));
    }
    let common_name = subject.common_name.as_deref().unwrap_or(&subject.name);
    name.push(DnType::CommonName, text(common_name));

    let mut params = CertificateParams::new(Vec::new())?;
    params.distinguished_name = name;
    let der = PrivatePkcs8KeyDer::from(key.pkcs8());
    let pair = Zeroizing::new(rcgen::KeyPair::from_pkcs8_der_and_sign_algo(&der, &PKCS_RSA_SHA256)?);
    Ok(params.serialize_request(&*pair)?.pem()?)
}

/// Writes the private key as PKCS#8 in PEM to a new file, readable by its owner only.
///
/// # Errors
/// [`io::ErrorKind::AlreadyExists`] if the file exists: it may be the only copy of a key in use.
pub fn write_key(path: &Path, key: &Credential) -> io::Result<()> {
    let encoded = Zeroizing::new(STANDARD.encode(key.pkcs8()));
    let mut pem = Zeroizing::new(String::with_capacity(encoded.len() + encoded.len() / 32 + 64));
    pem.push_str("-----BEGIN PRIVATE KEY-----\n");
    let mut rest = encoded.as_str();
    while !rest.is_empty() {
        let (line, after) = rest.split_at(rest.len().min(64));
        pem.push_str(line);
        pem.push('\n');
        rest = after;
    }
    pem.push_str("-----END PRIVATE KEY-----\n");
    write_new(path, pem.as_bytes(), true)
}

/// Writes a new file; `private` makes it readable by its owner only. Others can never write to it. A file that could not
/// be written whole is removed again.
///
/// # Errors
/// [`io::ErrorKind::AlreadyExists`] if the file exists.
pub fn write_new(path: &Path, content: &[u8], private: bool) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, if private { 0o600 } else { 0o644 });
    // On Windows a new file inherits the permissions of its folder.
    #[cfg(not(unix))]
    let _ = private;
    let mut file = options.open(path)?;
    if let Err(error) = file.write_all(content).and_then(|()| file.sync_all()) {
        drop(file);
        // An empty file would block the next attempt. If it stays, the error below still tells why.
        let _ = fs::remove_file(path);
        return Err(error);
    }
    // The file is whole. Some file systems cannot sync a folder.
    let _ = sync_folder(path);
    Ok(())
}

/// Syncs the folder of a new file, so that its name survives a power cut. Windows has no such call and needs none.
fn sync_folder(file: &Path) -> io::Result<()> {
    if !cfg!(unix) {
        return Ok(());
    }
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}
