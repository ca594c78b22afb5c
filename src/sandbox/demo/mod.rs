//! The demonstration on disk: made on the first start, found again on the next while it is valid. [`recipe`] is what is
//! in it.
//!
//! It is made in a folder beside and moved into its place whole, so that a start that is cut off leaves nothing
//! half-made that a later one would take for good.

mod ber;
mod recipe;

use std::{
    fs, io,
    io::Write,
    path::{Path, PathBuf},
};

use rustls_pki_types::{CertificateDer, PrivatePkcs8KeyDer, pem::PemObject};
use time::{Duration, OffsetDateTime};
use x509_parser::prelude::{FromDer, X509Certificate};

use super::{
    authority::{Authority, Role, is_valid_at},
    jwt::Signer,
    keys,
    registry::Registry,
};
use crate::{
    journey::{
        Rules,
        demonstration::{Attempt, DemoBusiness, DemoKey, DemoRefusal, Demonstration},
    },
    profile::file::store::private_folder,
};

/// Below the folder that the sandbox is given. The number is the form of what is in it: a newer program makes its own.
const FOLDER: &str = "demonstration-1";
/// One that ends within this is made anew.
const LEFT: Duration = Duration::days(7);

/// Why there is no demonstration.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{}: {source}", path.display())]
    Folder { path: PathBuf, source: io::Error },
    #[error("a part of the demonstration could not be made: {0}")]
    Making(String),
}

impl From<rcgen::Error> for Error {
    fn from(error: rcgen::Error) -> Error {
        Error::Making(error.to_string())
    }
}

impl From<p12_keystore::error::Error> for Error {
    fn from(error: p12_keystore::error::Error) -> Error {
        Error::Making(error.to_string())
    }
}

/// What a start needs of it.
#[derive(Debug)]
pub struct DemoFiles {
    pub folder: PathBuf,
    pub authorities: Vec<Authority>,
    pub signer: Signer,
    /// The public half of the registered key, as an `RSAPublicKey` in DER.
    pub registered: Vec<u8>,
}

/// The demonstration in that folder: found, or made.
pub fn open_or_make(folder: &Path, registry: &Registry, now: OffsetDateTime) -> Result<DemoFiles, Error> {
    let failed = |source| Error::Folder {
        path: folder.to_owned(),
        source,
    };
    private_folder(folder).map_err(failed)?;
    // Of two that start at once, one makes it and the other finds it. Held until the end of this function.
    let lock = fs::File::create(folder.join("lock")).map_err(failed)?;
    lock.lock().map_err(failed)?;
    let place = folder.join(FOLDER);
    if let Some(made) = read(&place, registry, now) {
        return Ok(made);
    }
    let making = folder.join("making");
    remove(&making).map_err(failed)?;
    private_folder(&making).map_err(failed)?;
    for (name, content) in recipe::make(registry, now)? {
        write_private(&making.join(name), &content).map_err(failed)?;
    }
    remove(&place).map_err(failed)?;
    fs::rename(&making, &place).map_err(failed)?;
    read(&place, registry, now).ok_or_else(|| Error::Making(format!("{} cannot be read back", place.display())))
}

/// The demonstration in that folder, if it is there.
pub fn open(folder: &Path, registry: &Registry, now: OffsetDateTime) -> Option<DemoFiles> {
    read(&folder.join(FOLDER), registry, now)
}

/// Removes a folder that an earlier start left unfinished, or that can no longer be used.
fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// What is there, if all of it is there and valid for a while yet.
fn read(place: &Path, registry: &Registry, now: OffsetDateTime) -> Option<DemoFiles> {
    let authority = |role, file: &str| {
        let certificate = CertificateDer::from_pem_file(place.join(file)).ok()?.to_vec();
        Some(Authority { role, certificate })
    };
    let key = |file: &str| PrivatePkcs8KeyDer::from_pem_file(place.join(file)).ok();
    let leaf = CertificateDer::from_pem_file(place.join(recipe::LEAF)).ok()?;
    let (_, leaf) = X509Certificate::from_der(&leaf).ok()?;
    let files = registry.refusals.iter().filter_map(|refusal| match &refusal.attempt {
        Attempt::Certificate(file) => Some(file.as_path()),
        _ => None,
    });
    let mut files = files.chain([Path::new(recipe::AUTHENTICATION), Path::new(recipe::EU_SEAL)]);
    let usable =
        is_valid_at(&leaf, now) && is_valid_at(&leaf, now + LEFT) && files.all(|file| place.join(file).is_file());
    if !usable {
        return None;
    }
    Some(DemoFiles {
        folder: place.to_owned(),
        authorities: vec![
            authority(Role::Business(Rules::Test), recipe::BUSINESS_TEST_CA)?,
            authority(Role::Business(Rules::Prod), recipe::BUSINESS_PROD_CA)?,
            authority(Role::Seal, recipe::SEAL_CA)?,
            authority(Role::Seal, recipe::SEAL_ROOT_CA)?,
        ],
        signer: Signer::new(key(recipe::TOKEN_KEY)?.secret_pkcs8_der())?,
        registered: keys::public_of_pkcs8(key(recipe::REGISTERED_KEY)?.secret_pkcs8_der())?,
    })
}

impl DemoFiles {
    /// What a screen shows of it.
    pub fn demonstration(&self, registry: &Registry) -> Option<Demonstration> {
        let demo = registry.named("demo")?;
        let with_keys = registry.named("keys")?;
        let key = with_keys.keys.iter().find(|key| !key.expired)?;
        let norwegian = registry.organisation(&demo.owner)?;
        let foreign = registry.organisation(recipe::FOREIGN)?;
        let refusals = registry.refusals.iter().map(|known| DemoRefusal {
            id: known.id.clone(),
            kind: known.kind,
            code: known.code.clone(),
            attempt: match &known.attempt {
                Attempt::Certificate(file) => Attempt::Certificate(self.folder.join(file)),
                other => other.clone(),
            },
        });
        Some(Demonstration {
            password: registry.password.clone(),
            norwegian: DemoBusiness {
                name: norwegian.name.clone(),
                organisation: norwegian.id.clone(),
                client_id: demo.id.clone(),
                certificate: self.folder.join(recipe::AUTHENTICATION),
            },
            foreign: DemoBusiness {
                name: foreign.name.clone(),
                organisation: foreign.id.clone(),
                client_id: "demo-haulage".to_owned(),
                certificate: self.folder.join(recipe::EU_SEAL),
            },
            key: DemoKey {
                client_id: with_keys.id.clone(),
                kid: key.kid.clone(),
                file: self.folder.join(recipe::REGISTERED_KEY),
            },
            refusals: refusals.collect(),
        })
    }
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
