//! The content of a file as it was read: keys, certificates, the parts that could not be read, and what else it may be.

use crate::{
    certificate::{Format, x509::Certificate},
    credential::{error::FileError, private_key::PrivateKey},
};

/// Faults that are kept for one file. More would tell a reader nothing.
const MAX_FAULTS: usize = 16;

/// The content of one file.
pub struct Content {
    pub format: Format,
    pub keys: Vec<PrivateKey>,
    pub certificates: Vec<Certificate>,
    /// The names (`kid`) of public JWKs.
    pub public_kids: Vec<String>,
    pub faults: Vec<Fault>,
    /// The kind of file that it is instead.
    pub other: Option<Other>,
    /// The algorithm of a MAC that was not verified, since it has no support here.
    pub unverified_mac: Option<String>,
    /// The password opened it without the blanks around it.
    pub trimmed: bool,
}

/// A part that could not be read.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    pub error: FileError,
    pub format: Format,
    /// The part is a private key.
    pub key: bool,
    pub block: Option<Block>,
}

/// The place of a part: a PEM block, or a key in a JWK set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Counted from 1.
    pub number: usize,
    /// The block's label, such as `CERTIFICATE`, or a JWK's `kid`.
    pub label: String,
}

impl Content {
    pub fn new() -> Content {
        Content {
            format: Format::Unknown,
            keys: Vec::new(),
            certificates: Vec::new(),
            public_kids: Vec::new(),
            faults: Vec::new(),
            other: None,
            unverified_mac: None,
            trimmed: false,
        }
    }

    /// Returns true if there is neither a key nor a certificate.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty() && self.certificates.is_empty()
    }

    /// Sets the format, unless one is known.
    pub fn note_format(&mut self, format: Format) {
        if self.format == Format::Unknown {
            self.format = format;
        }
    }

    /// Adds a key, unless the file has had it.
    pub fn add_key(&mut self, key: PrivateKey) {
        let known = |other: &PrivateKey| key.public.is_some() && key.public == other.public && key.kid == other.kid;
        if !self.keys.iter().any(known) {
            self.keys.push(key);
        }
    }

    /// Adds a fault, up to a limit.
    pub fn add_fault(&mut self, fault: Fault) {
        if self.faults.len() < MAX_FAULTS {
            self.faults.push(fault);
        }
    }
}

/// A kind of file that has neither a key nor a certificate for Maskinporten.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Other {
    Empty,
    /// Longer than a certificate file may be, with its bytes if they are known.
    TooLarge(Option<u64>),
    /// A key store without a key or certificate.
    EmptyStore,
    Jks,
    Csr,
    PublicKey,
    SshKey,
    Crl,
    Pgp,
    /// A JWT, such as an access token.
    Token,
    /// A JWK that is encrypted (JWE).
    EncryptedJwk,
    /// Encrypted by a program, which decrypts it.
    Encrypted(Tool),
    /// DER of another kind.
    UnknownDer,
    /// JSON without a key.
    Json,
    Html,
    Xml,
    Mail,
    /// ZIP and the like.
    Archive,
    /// A PDF, an office document or a picture.
    Document,
    /// A private key in a format of Windows.
    WindowsKey(WindowsKey),
    /// A reference to a key in hardware (RFC 7512).
    Hardware,
    /// The text that a program prints in place of bytes.
    Stringified,
    /// A database of keys, as of Firefox and macOS.
    Database,
    /// A stand-in for a file: a shortcut, or a Git LFS pointer.
    Pointer,
    /// A reference to a secret store, or a template's variable.
    Reference,
    /// Nothing but zero bytes.
    Zeros,
}

/// A format that Windows has for private keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WindowsKey {
    Pvk,
    Blob,
    /// `RSAKeyValue` without all its parts.
    Xml,
}

/// A program that encrypts files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tool {
    Age,
    AnsibleVault,
    Gpg,
    OpensslEnc,
    OpensslEncBase64,
    Cms,
    CmsPem,
    CmsMail,
    SealedSecrets,
    Sops,
}

impl Tool {
    /// Returns the tool for the same content in a text file.
    pub fn in_text(self, text: &str) -> Tool {
        match self {
            Tool::OpensslEnc => Tool::OpensslEncBase64,
            Tool::Cms if text.contains("-----BEGIN") => Tool::CmsPem,
            Tool::Cms => Tool::CmsMail,
            other => other,
        }
    }

    /// Returns the program's name, and the command that decrypts `{file}`.
    fn name_and_command(self) -> (&'static str, &'static str) {
        match self {
            Tool::Age => ("age", "age -d -i KEY -o new.p12 {file}"),
            Tool::AnsibleVault => ("Ansible Vault", "ansible-vault view {file} > new.pem"),
            Tool::Gpg => ("GnuPG", "gpg -o new.p12 -d {file}"),
            Tool::OpensslEnc => (
                "openssl enc",
                "openssl enc -d -aes-256-cbc -pbkdf2 -in {file} -out new.p12",
            ),
            Tool::OpensslEncBase64 => (
                "openssl enc",
                "openssl enc -d -a -aes-256-cbc -pbkdf2 -in {file} -out new.p12",
            ),
            Tool::Cms => (
                "CMS (S/MIME)",
                "openssl cms -decrypt -inform DER -in {file} -inkey KEY -out new.p12",
            ),
            Tool::CmsPem => (
                "CMS (S/MIME)",
                "openssl cms -decrypt -inform PEM -in {file} -inkey KEY -out new.p12",
            ),
            Tool::CmsMail => (
                "S/MIME",
                "openssl cms -decrypt -inform SMIME -in {file} -inkey KEY -out new.p12",
            ),
            Tool::SealedSecrets => ("Sealed Secrets", "kubectl get secret NAME -o yaml > new.yaml"),
            Tool::Sops => ("SOPS", "sops -d {file} > new.pem"),
        }
    }
}

impl Other {
    /// Returns the name of the program that made a file of this kind, and the command that converts `{file}`; empty if there is
    /// none.
    pub fn name_and_command(self) -> (&'static str, &'static str) {
        match self {
            Other::Encrypted(tool) => tool.name_and_command(),
            // A PVK with a password is encrypted with RC4.
            Other::WindowsKey(WindowsKey::Pvk) => (
                "",
                "openssl rsa -provider legacy -provider default -inform PVK -in {file} -out new.pem",
            ),
            Other::WindowsKey(WindowsKey::Blob) => ("", "openssl rsa -inform MSBLOB -in {file} -out new.pem"),
            _ => ("", ""),
        }
    }

    /// Returns the id by which the texts name it.
    pub fn id(self) -> &'static str {
        match self {
            Other::Empty => "empty",
            Other::TooLarge(_) => "too-large",
            Other::EmptyStore => "empty-store",
            Other::Jks => "jks",
            Other::Csr => "csr",
            Other::PublicKey => "public-key",
            Other::SshKey => "ssh-key",
            Other::Crl => "crl",
            Other::Pgp => "pgp",
            Other::Token => "token",
            Other::EncryptedJwk => "encrypted-jwk",
            Other::Encrypted(_) => "encrypted",
            Other::UnknownDer => "other-der",
            Other::Json => "json",
            Other::Html => "html",
            Other::Xml => "xml",
            Other::Mail => "mail",
            Other::Archive => "archive",
            Other::Document => "document",
            Other::WindowsKey(_) => "windows-key",
            Other::Hardware => "hardware",
            Other::Stringified => "stringified",
            Other::Database => "database",
            Other::Pointer => "pointer",
            Other::Reference => "reference",
            Other::Zeros => "zeros",
        }
    }

    /// Returns the format that a file of this kind has in the facts.
    pub fn format(self) -> Format {
        match self {
            Other::Jks => Format::Jks,
            Other::Csr => Format::Csr,
            Other::PublicKey => Format::PublicKey,
            Other::SshKey => Format::SshKey,
            _ => Format::Unknown,
        }
    }
}
