//! Other kinds of files, known by their first bytes or words.

use super::content::{Other, Tool, WindowsKey};
use crate::credential::error::FileError;

/// Bytes at the beginning of a file, and its kind.
const MAGIC: [(&[u8], Other); 44] = [
    // Java's own key stores: JKS and JCEKS.
    (b"\xfe\xed\xfe\xed", Other::Jks),
    (b"\xce\xce\xce\xce", Other::Jks),
    // ZIP (also of Word and Excel), an empty ZIP, 7-Zip, RAR, gzip, bzip2, xz, Zstandard, Windows' cabinet.
    (b"PK\x03\x04", Other::Archive),
    (b"PK\x05\x06", Other::Archive),
    (b"7z\xbc\xaf\x27\x1c", Other::Archive),
    (b"Rar!\x1a\x07", Other::Archive),
    (b"\x1f\x8b", Other::Archive),
    (b"BZh", Other::Archive),
    (b"\xfd7zXZ", Other::Archive),
    (b"\x28\xb5\x2f\xfd", Other::Archive),
    (b"MSCF\0", Other::Archive),
    // PDF, older Office and Outlook, RTF, PNG, JPEG, GIF, TIFF.
    (b"%PDF", Other::Document),
    (b"\xd0\xcf\x11\xe0", Other::Document),
    (b"{\\rtf", Other::Document),
    (b"\x89PNG", Other::Document),
    (b"\xff\xd8\xff", Other::Document),
    (b"GIF8", Other::Document),
    (b"II*\0", Other::Document),
    (b"MM\0*", Other::Document),
    // Firefox and other programs with NSS (cert9.db, cert8.db), macOS' keychain.
    (b"SQLite format 3\0", Other::Database),
    (b"\0\x06\x15\x61", Other::Database),
    (b"kych", Other::Database),
    // Microsoft's PVK, and PRIVATEKEYBLOB for exchange and for signature.
    (b"\x1e\xf1\xb5\xb0", Other::WindowsKey(WindowsKey::Pvk)),
    (b"\x07\x02\0\0\0\xa4\0\0", Other::WindowsKey(WindowsKey::Blob)),
    (b"\x07\x02\0\0\0\x24\0\0", Other::WindowsKey(WindowsKey::Blob)),
    (b"\x06\x02\0\0\0\xa4\0\0", Other::PublicKey),
    (b"\x06\x02\0\0\0\x24\0\0", Other::PublicKey),
    (b"openssh-key-v1\0", Other::SshKey),
    // The companion `._name` that macOS writes, and Windows' shortcut.
    (b"\0\x05\x16\x07", Other::Pointer),
    (b"L\0\0\0\x01\x14\x02\0", Other::Pointer),
    (b"Salted__", Other::Encrypted(Tool::OpensslEnc)),
    (b"age-encryption.org/", Other::Encrypted(Tool::Age)),
    // OpenPGP (RFC 4880 §4.2, RFC 9580): for an RSA key of 1024 to 4096 bits or an elliptic curve, and with a password.
    (b"\x84\x8c\x03", Other::Encrypted(Tool::Gpg)),
    (b"\x84\x5e\x03", Other::Encrypted(Tool::Gpg)),
    (b"\x85\x01", Other::Encrypted(Tool::Gpg)),
    (b"\x85\x02\x0c\x03", Other::Encrypted(Tool::Gpg)),
    (b"\xc1\x5e\x03", Other::Encrypted(Tool::Gpg)),
    (b"\xc1\xc0\x4c\x03", Other::Encrypted(Tool::Gpg)),
    (b"\xc1\xc0\xcc\x03", Other::Encrypted(Tool::Gpg)),
    (b"\xc1\xc1\x4c\x03", Other::Encrypted(Tool::Gpg)),
    (b"\x8c\x0d\x04", Other::Encrypted(Tool::Gpg)),
    (b"\xc3\x0d\x04", Other::Encrypted(Tool::Gpg)),
    (b"\x8c\x2e\x05", Other::Encrypted(Tool::Gpg)),
    (b"\xc3\x2e\x05", Other::Encrypted(Tool::Gpg)),
];

/// Words at the beginning of a text, in lower case, and its kind.
const OPENINGS: [(&str, Other); 40] = [
    ("<!doctype html", Other::Html),
    ("<html", Other::Html),
    ("<head", Other::Html),
    ("<body", Other::Html),
    ("<!--", Other::Html),
    ("<script", Other::Html),
    ("<title", Other::Html),
    ("<meta", Other::Html),
    ("<div", Other::Html),
    ("<center", Other::Html),
    ("<h1", Other::Html),
    ("<p>", Other::Html),
    ("<error", Other::Xml),
    ("<soap", Other::Xml),
    ("pkcs11:", Other::Hardware),
    ("[object ", Other::Stringified),
    ("system.byte[]", Other::Stringified),
    ("[b@", Other::Stringified),
    ("<?xml", Other::Xml),
    ("ssh-", Other::SshKey),
    ("ecdsa-sha2-", Other::SshKey),
    ("sk-ssh-", Other::SshKey),
    ("putty-user-key-file-", Other::SshKey),
    ("$ansible_vault", Other::Encrypted(Tool::AnsibleVault)),
    ("version https://git-lfs", Other::Pointer),
    ("[internetshortcut]", Other::Pointer),
    ("@microsoft.keyvault", Other::Reference),
    ("arn:aws:", Other::Reference),
    ("op://", Other::Reference),
    ("vault:", Other::Reference),
    ("https://", Other::Reference),
    ("projects/", Other::Reference),
    ("${", Other::Reference),
    ("$(", Other::Reference),
    ("{{", Other::Reference),
    ("return-path:", Other::Mail),
    ("received:", Other::Mail),
    ("mime-version:", Other::Mail),
    ("from:", Other::Mail),
    ("delivered-to:", Other::Mail),
];

/// Text anywhere in the first kilobytes, in lower case, and its kind.
const CONTAINED: [(&str, Other); 9] = [
    ("<html", Other::Html),
    ("<!doctype html", Other::Html),
    ("<rsakeyvalue>", Other::WindowsKey(WindowsKey::Xml)),
    ("kind: sealedsecret", Other::Encrypted(Tool::SealedSecrets)),
    ("\"kind\": \"sealedsecret\"", Other::Encrypted(Tool::SealedSecrets)),
    ("\"kind\":\"sealedsecret\"", Other::Encrypted(Tool::SealedSecrets)),
    ("enc[aes256_gcm,", Other::Encrypted(Tool::Sops)),
    ("\nmime-version:", Other::Mail),
    ("\ncontent-transfer-encoding:", Other::Mail),
];

/// Bytes of a text in which [`CONTAINED`] is looked for.
const SEARCHED_BYTES: usize = 16 * 1024;

/// Returns the kind of a file by its first bytes.
pub fn by_magic(bytes: &[u8]) -> Option<Other> {
    if bytes.len() > 1 && bytes.iter().all(|byte| *byte == 0) {
        return Some(Other::Zeros);
    }
    let kind = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic));
    kind.map(|(_, other)| *other)
}

/// Returns the kind of a text without a key or a certificate.
pub fn by_text(text: &str) -> Option<Other> {
    let mut end = text.len().min(SEARCHED_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let lower = text[..end].to_lowercase();
    let lower = lower.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let opening = OPENINGS.iter().find(|(opening, _)| lower.starts_with(opening));
    let contained = || CONTAINED.iter().find(|(part, _)| lower.contains(part));
    // XHTML begins as XML.
    let kind = match opening {
        Some((_, Other::Xml)) | None => contained().or(opening),
        opening => opening,
    };
    kind.map(|(_, other)| *other)
        .or_else(|| jose(text.trim()))
        .or_else(|| matches!(lower.chars().next(), Some('{' | '[')).then_some(Other::Json))
}

/// Returns the kind by the label of a PEM block, in capitals, whose content is neither a key nor a certificate.
///
/// # Errors
/// [`FileError::InHardware`] for a reference to a key.
pub fn by_label(label: &str) -> Option<Result<Other, FileError>> {
    match () {
        () if label.contains("SSH") => Some(Ok(Other::SshKey)),
        () if label == "PGP MESSAGE" => Some(Ok(Other::Encrypted(Tool::Gpg))),
        () if label.contains("PGP") => Some(Ok(Other::Pgp)),
        () if label.contains("PUBLIC KEY") => Some(Ok(Other::PublicKey)),
        () if label.contains("REQUEST") => Some(Ok(Other::Csr)),
        // Of the TPM providers of OpenSSL, and of its provider for PKCS#11.
        () if label.contains("TSS2") || label.starts_with("PKCS#11") => Some(Err(FileError::InHardware)),
        () => None,
    }
}

/// Returns true for an RSA key in the format of OpenSSH (its PROTOCOL.key), which names the type of the public key first.
pub fn is_openssh_rsa(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(256)];
    head.windows(11).any(|part| part == b"\0\0\0\x07ssh-rsa")
}

/// Recognises a JWT, which has three parts, or an encrypted one (RFC 7516) with five.
fn jose(text: &str) -> Option<Other> {
    let text = text.strip_prefix("Bearer ").unwrap_or(text);
    if !text.starts_with("eyJ") || text.contains(char::is_whitespace) {
        return None;
    }
    match text.split('.').count() {
        3 => Some(Other::Token),
        5 => Some(Other::EncryptedJwk),
        _ => None,
    }
}
