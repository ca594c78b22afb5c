//! Certificates and keys in the files that businesses have. [`formats`] and [`pkcs12`] read every file format,
//! [`findings`] has certificates of every kind, [`choice`] several in one file, [`issuers`] chains, [`fuzzing`] hostile input, [`keygen`] new keys and requests, [`output`]
//! the command `klarert certificate`.

mod ber;
mod builder;
mod choice;
pub mod field;
mod findings;
mod formats;
pub mod fuzzing;
mod issuers;
mod keygen;
mod output;
mod pkcs12;

use std::path::Path;

use klarert::{
    certificate::Finding,
    credential::{Opened, Password, open},
    profile::{Authentication, CertificateFiles},
    text::{Language, Texts},
};

use crate::support::home::fixture;

/// The password of most fixtures.
const PASSWORD: &str = "spedisjon";
const NORWEGIAN_PASSWORD: &str = "blåbærsyltetøy";

pub fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(fixture(name)).unwrap()
}

fn password(words: &str) -> Password {
    Password::new(words.to_owned().into())
}

/// Opens a file with that content, without knowing the kind of business.
fn open_bytes(content: &[u8], words: Option<&str>) -> Opened {
    open_files(&[content], words, Authentication::Certificate)
}

/// Opens a certificate file and, if there are more contents, a key file and a chain file.
fn open_files(contents: &[&[u8]], words: Option<&str>, authentication: Authentication) -> Opened {
    let folder = tempfile::tempdir().unwrap();
    let mut paths = Vec::new();
    for (at, content) in contents.iter().enumerate() {
        let path = folder.path().join(format!("file-{at}"));
        // Other users may not read it: that would be a finding.
        write_private(&path, content);
        paths.push(path);
    }
    let mut paths = paths.into_iter();
    let files = CertificateFiles {
        path: paths.next(),
        key_path: paths.next(),
        chain_path: paths.next(),
        pick: None,
    };
    open(&files, None, authentication, words.map(password).as_ref())
}

fn write_private(path: &Path, content: &[u8]) {
    std::fs::write(path, content).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600)).unwrap();
    }
}

/// Asserts that each finding has its texts in both languages; a missing value panics.
fn assert_texts(findings: &[Finding]) {
    for language in Language::ALL {
        let texts = Texts::new(language);
        for finding in findings {
            let (text, fix) = (finding.text(&texts), finding.fix(&texts));
            assert!(text.len() > 10 && fix.len() > 10 && !text.contains('$'), "{text} {fix}");
        }
    }
}

/// Returns the outcome in few words: `opened, chain of 2`, or the ids of the findings.
fn outcome(opened: &Opened) -> String {
    let mut words: Vec<String> = opened
        .findings
        .iter()
        .map(|finding| finding.id.id().to_owned())
        .collect();
    if let Some(credential) = &opened.credential {
        words.insert(0, format!("opened, chain of {}", credential.chain().len()));
    }
    words.join(", ")
}
