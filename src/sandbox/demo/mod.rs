//! The demonstration's files on disk: generated on the first start, reused while they are valid.
//! [`generate_certificates`] makes their contents.
//!
//! They are written to a temporary folder, which is then renamed, so that an interrupted start leaves no incomplete set.

mod der_to_ber;
mod generate_certificates;
mod pkcs12;

use std::{
    fs, io,
    io::Write,
    path::{Path, PathBuf},
};

use rustls_pki_types::{CertificateDer, PrivatePkcs8KeyDer, pem::PemObject};
use time::{Duration, OffsetDateTime};
use x509_parser::prelude::{FromDer, X509Certificate};

use super::{
    certificate_checks::{Authority, Role, is_valid_at},
    jwt::Signer,
    public_key_file,
    registry::Registry,
};
use crate::{
    journey::{
        Rules,
        demonstration::{Attempt, DemoBusiness, DemoKey, DemoRefusal, Demonstration},
    },
    profile::file::store::private_folder,
};

/// The name below the sandbox's folder. The number is the version of the contents: another version makes its own.
const FOLDER_NAME: &str = "demonstration-1";
/// Files that expire sooner than this are generated again.
const MIN_VALIDITY_LEFT: Duration = Duration::days(7);

/// The reasons why there is no demonstration.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{}: {source}", path.display())]
    Folder { path: PathBuf, source: io::Error },
    #[error("a part of the demonstration could not be made: {0}")]
    Generate(String),
}

impl From<rcgen::Error> for Error {
    fn from(error: rcgen::Error) -> Error {
        Error::Generate(error.to_string())
    }
}

/// The demonstration's files, and the contents that the server needs.
#[derive(Debug)]
pub struct DemoFiles {
    pub folder: PathBuf,
    pub authorities: Vec<Authority>,
    pub signer: Signer,
    /// The public half of the registered key, as an `RSAPublicKey` in DER.
    pub registered: Vec<u8>,
}

/// Opens the demonstration in that folder, or generates it.
///
/// # Errors
/// Fails if the folder cannot be used or the files cannot be generated.
pub fn open_or_make(folder: &Path, registry: &Registry, now: OffsetDateTime) -> Result<DemoFiles, Error> {
    let failed = |source| Error::Folder {
        path: folder.to_owned(),
        source,
    };
    private_folder(folder).map_err(failed)?;
    // Of two processes that start at once, one generates and the other waits. Locked until the end of this function.
    let lock = fs::File::create(folder.join("lock")).map_err(failed)?;
    lock.lock().map_err(failed)?;
    let demo_folder = folder.join(FOLDER_NAME);
    if let Some(made) = read(&demo_folder, registry, now) {
        return Ok(made);
    }
    let temporary = folder.join("making");
    remove(&temporary).map_err(failed)?;
    private_folder(&temporary).map_err(failed)?;
    for (name, content) in generate_certificates::generate(registry, now)? {
        write_private(&temporary.join(name), &content).map_err(failed)?;
    }
    remove(&demo_folder).map_err(failed)?;
    fs::rename(&temporary, &demo_folder).map_err(failed)?;
    read(&demo_folder, registry, now)
        .ok_or_else(|| Error::Generate(format!("{} cannot be read back", demo_folder.display())))
}

/// Finds the demonstration in that folder, without its keys. `None` if it is missing or expired.
pub fn find(folder: &Path, registry: &Registry, now: OffsetDateTime) -> Option<Demonstration> {
    let folder = folder.join(FOLDER_NAME);
    is_usable(&folder, registry, now)
        .then(|| demonstration(&folder, registry))
        .flatten()
}

/// Removes a folder, if it exists.
fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Returns whether the demonstration's files are all there, and its leaf certificate valid for [`MIN_VALIDITY_LEFT`].
fn is_usable(folder: &Path, registry: &Registry, now: OffsetDateTime) -> bool {
    let Ok(leaf) = CertificateDer::from_pem_file(folder.join(generate_certificates::LEAF)) else {
        return false;
    };
    let Ok((_, leaf)) = X509Certificate::from_der(&leaf) else {
        return false;
    };
    let files = registry.refusals.iter().filter_map(|refusal| match &refusal.attempt {
        Attempt::Certificate(file) => Some(file.as_path()),
        _ => None,
    });
    let others = [
        generate_certificates::AUTHENTICATION,
        generate_certificates::EU_SEAL,
        generate_certificates::REGISTERED_KEY,
        generate_certificates::TOKEN_KEY,
        generate_certificates::BUSINESS_TEST_CA,
        generate_certificates::BUSINESS_PROD_CA,
        generate_certificates::SEAL_CA,
        generate_certificates::SEAL_ROOT_CA,
    ];
    let mut files = files.chain(others.map(Path::new));
    is_valid_at(&leaf, now)
        && is_valid_at(&leaf, now + MIN_VALIDITY_LEFT)
        && files.all(|file| folder.join(file).is_file())
}

/// Reads the demonstration. `None` unless it is usable.
fn read(folder: &Path, registry: &Registry, now: OffsetDateTime) -> Option<DemoFiles> {
    if !is_usable(folder, registry, now) {
        return None;
    }
    let authority = |role, file: &str| {
        let certificate = CertificateDer::from_pem_file(folder.join(file)).ok()?.to_vec();
        Some(Authority { role, certificate })
    };
    let key = |file: &str| PrivatePkcs8KeyDer::from_pem_file(folder.join(file)).ok();
    Some(DemoFiles {
        folder: folder.to_owned(),
        authorities: vec![
            authority(Role::Business(Rules::Test), generate_certificates::BUSINESS_TEST_CA)?,
            authority(Role::Business(Rules::Prod), generate_certificates::BUSINESS_PROD_CA)?,
            authority(Role::Seal, generate_certificates::SEAL_CA)?,
            authority(Role::Seal, generate_certificates::SEAL_ROOT_CA)?,
        ],
        signer: Signer::new(key(generate_certificates::TOKEN_KEY)?.secret_pkcs8_der())?,
        registered: public_key_file::public_of_pkcs8(key(generate_certificates::REGISTERED_KEY)?.secret_pkcs8_der())?,
    })
}

/// Returns the demonstration as the wizard shows it. `None` if the registry lacks a part.
pub fn demonstration(folder: &Path, registry: &Registry) -> Option<Demonstration> {
    let demo = registry.named("demo")?;
    let with_keys = registry.named("keys")?;
    let key = with_keys.keys.iter().find(|key| !key.expired)?;
    let norwegian = registry.organisation(&demo.owner)?;
    let foreign = registry.organisation(generate_certificates::FOREIGN)?;
    let refusals = registry.refusals.iter().map(|entry| DemoRefusal {
        id: entry.id.clone(),
        kind: entry.kind,
        code: entry.code.clone(),
        attempt: match &entry.attempt {
            Attempt::Certificate(file) => Attempt::Certificate(folder.join(file)),
            other => other.clone(),
        },
    });
    Some(Demonstration {
        administration: registry.named("administration")?.id.clone(),
        password: registry.password.clone(),
        norwegian: DemoBusiness {
            name: norwegian.name.clone(),
            organisation: norwegian.id.clone(),
            client_id: demo.id.clone(),
            certificate: folder.join(generate_certificates::AUTHENTICATION),
        },
        foreign: DemoBusiness {
            name: foreign.name.clone(),
            organisation: foreign.id.clone(),
            client_id: "demo-haulage".to_owned(),
            certificate: folder.join(generate_certificates::EU_SEAL),
        },
        key: DemoKey {
            client_id: with_keys.id.clone(),
            kid: key.kid.clone(),
            file: folder.join(generate_certificates::REGISTERED_KEY),
        },
        refusals: refusals.collect(),
    })
}

fn write_private(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut file = options.open(path)?;
    file.write_all(content)?;
    file.sync_all()
}
