//! The file or folder with extra root certificates, in the forms in which companies hand them out.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use rustls::pki_types::CertificateDer;

use crate::{
    bounded_read,
    credential::{CertificateList, certificates_in},
    diagnosis::TransportError,
    text::visible,
};

/// Longest file of extra roots. Mozilla's whole list has 0.25 MB.
const MAX_FILE_BYTES: u64 = 4 << 20;
/// Files of a folder that are read.
const MAX_FILES: usize = 500;

/// The extra roots.
#[derive(Debug, Default)]
pub struct Roots {
    pub certificates: Vec<CertificateDer<'static>>,
    /// Parts of the file that could not be read.
    pub unreadable: usize,
}

/// Reads the certificates of authorities in a file: DER, PEM with any text around it, PKCS#7, in any encoding; of a folder
/// in all of its files. A server's certificate beside them is passed over.
///
/// # Errors
///
/// [`TransportError::CaFile`] with the reason why there is none.
pub fn read(path: &Path) -> Result<Roots, TransportError> {
    let failed = |why: &'static str| TransportError::CaFile {
        path: visible(&path.display().to_string()),
        why,
    };
    if !path.is_dir() {
        let list = read_file(path).map_err(|error| failed(reason(&error)))?;
        let why = why_none(&list);
        let roots = of_list(list);
        return match roots.certificates.is_empty() {
            true => Err(failed(why)),
            false => Ok(roots),
        };
    }
    let listed = fs::read_dir(path).map_err(|error| failed(reason(&error)))?;
    let mut files: Vec<PathBuf> = listed
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.is_file())
        .collect();
    files.sort_unstable();
    let mut roots = Roots::default();
    for list in files.iter().take(MAX_FILES).filter_map(|file| read_file(file).ok()) {
        let more = of_list(list);
        roots.certificates.extend(more.certificates);
        roots.unreadable += more.unreadable;
    }
    match roots.certificates.is_empty() {
        true => Err(failed("folder")),
        false => Ok(roots),
    }
}

fn read_file(path: &Path) -> io::Result<CertificateList> {
    let (bytes, _) = bounded_read::read_file(path, MAX_FILE_BYTES)?;
    Ok(certificates_in(&bytes))
}

fn of_list(list: CertificateList) -> Roots {
    let authorities = list
        .certificates
        .into_iter()
        .filter(|certificate| certificate.authority);
    Roots {
        certificates: authorities
            .map(|certificate| CertificateDer::from(certificate.der))
            .collect(),
        unreadable: list.unreadable,
    }
}

fn reason(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::NotFound => "missing",
        io::ErrorKind::PermissionDenied => "permission",
        io::ErrorKind::FileTooLarge => "too-large",
        _ => "unread",
    }
}

/// Returns why a file has no certificate of an authority.
fn why_none(list: &CertificateList) -> &'static str {
    match list {
        CertificateList { certificates, .. } if !certificates.is_empty() => "leaf",
        CertificateList { locked: true, .. } => "locked",
        CertificateList { has_key: true, .. } => "key",
        CertificateList { unreadable: 1.., .. } => "damaged",
        CertificateList { other: Some(other), .. } => other,
        _ => "none",
    }
}
