//! Other kinds of files, known by their first bytes or words.

use super::content::{Other, Tool};

/// Bytes at the beginning of a file, and its kind.
const MAGIC: [(&[u8], Other); 33] = [
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
    (b"\x1e\xf1\xb5\xb0", Other::WindowsKey),
    (b"\x07\x02\0\0\0\xa4\0\0", Other::WindowsKey),
    (b"\x07\x02\0\0\0\x24\0\0", Other::WindowsKey),
    (b"\x06\x02\0\0\0\xa4\0\0", Other::PublicKey),
    (b"\x06\x02\0\0\0\x24\0\0", Other::PublicKey),
    (b"openssh-key-v1\0", Other::SshKey),
    // The companion `._name` that macOS writes, and Windows' shortcut.
    (b"\0\x05\x16\x07", Other::Pointer),
    (b"L\0\0\0\x01\x14\x02\0", Other::Pointer),
    (b"Salted__", Other::Encrypted(Tool::OpensslEnc)),
    (b"age-encryption.org/", Other::Encrypted(Tool::Age)),
    (b"\x85\x01", Other::Encrypted(Tool::Gpg)),
];

/// Words at the beginning of a text, in lower case, and its kind.
const OPENINGS: [(&str, Other); 27] = [
    ("<!doctype html", Other::Html),
    ("<html", Other::Html),
    ("<head", Other::Html),
    ("<body", Other::Html),
    ("<!--", Other::Html),
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
const CONTAINED: [(&str, Other); 8] = [
    ("<html", Other::Html),
    ("<rsakeyvalue>", Other::WindowsKey),
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
    opening
        .or_else(contained)
        .map(|(_, other)| *other)
        .or_else(|| jose(text.trim()))
        .or_else(|| matches!(lower.chars().next(), Some('{' | '[')).then_some(Other::Json))
}

/// Returns the kind by the label of a PEM block that has another encoding than DER.
pub fn by_label(label: &str) -> Option<Other> {
    let label = label.to_uppercase();
    match () {
        () if label.contains("SSH") => Some(Other::SshKey),
        () if label == "PGP MESSAGE" => Some(Other::Encrypted(Tool::Gpg)),
        () if label.contains("PGP") => Some(Other::Pgp),
        () if label.contains("PUBLIC KEY") => Some(Other::PublicKey),
        () if label.contains("REQUEST") => Some(Other::Csr),
        () => None,
    }
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
