//! Key generation for the wizard. The files go to the program's own folder: the private key readable by its owner only,
//! the public half beside it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context as _;

use crate::{
    bounded_read,
    credential::{
        Credential, PublicJwk,
        generate::{self, Bits, Subject},
    },
    profile::{file::store::private_folder, parse::ProfileName},
    wizard::{GeneratedKey, KeyPlan},
};

/// The length of a registered key that Digdir's self-service documents.
pub const REGISTERED_KEY_BITS: Bits = Bits::B2048;
/// Longest public half that is read.
const MAX_PUBLIC_BYTES: u64 = 1 << 16;
const KEY_ENDINGS: [&str; 2] = ["key.pem", "key.jwk"];

/// Returns the folder of generated keys in the program's own folder.
pub fn folder(home: &Path) -> PathBuf {
    home.join("keys")
}

/// Generates a key and writes its files for the profile of that name. Existing files are never overwritten.
pub fn generate(folder: &Path, name: &ProfileName, plan: KeyPlan) -> anyhow::Result<GeneratedKey> {
    private_folder(folder).with_context(|| folder.display().to_string())?;
    let bits = match &plan {
        KeyPlan::RegisteredKey { .. } => REGISTERED_KEY_BITS,
        // Customs' guide has this length for a request.
        KeyPlan::CertificateRequest { .. } => Bits::B3072,
    };
    let generated = generate::key(bits)?;
    let text = match &plan {
        KeyPlan::RegisteredKey { kid } => serde_json::to_string_pretty(&generated.public_jwk(kid)?)?,
        KeyPlan::CertificateRequest {
            name,
            organisation,
            country,
        } => {
            let subject = Subject {
                name: name.clone(),
                organisation: organisation.clone(),
                country: country.clone(),
                ..Subject::default()
            };
            generate::request(&generated, &subject)?
        }
    };
    let (key, public) = write(folder, name, &generated, &text, endings(&plan))?;
    Ok(GeneratedKey {
        plan,
        key,
        public,
        text,
    })
}

/// Reads the public half beside a generated key. `None` if it is not there.
pub fn public_half(key: PathBuf, plan: KeyPlan) -> Option<GeneratedKey> {
    let [key_ending, public_ending] = endings(&plan);
    let stem = key.file_name()?.to_str()?.strip_suffix(key_ending)?;
    let public = key.with_file_name(format!("{stem}{public_ending}"));
    let (bytes, _) = bounded_read::read_file(&public, MAX_PUBLIC_BYTES).ok()?;
    let text = str::from_utf8(&bytes).ok()?.to_owned();
    Some(GeneratedKey {
        plan,
        key,
        public,
        text,
    })
}

fn endings(plan: &KeyPlan) -> [&'static str; 2] {
    match plan {
        KeyPlan::RegisteredKey { .. } => KEY_ENDINGS,
        KeyPlan::CertificateRequest { .. } => ["eseal-key.pem", "eseal.csr"],
    }
}

/// Writes a key that will be registered on the client of a profile, with its public half beside it, to the folder of generated
/// keys. Returns the path of the private key.
pub fn write_registered_key(
    home: &Path,
    name: &ProfileName,
    key: &Credential,
    public: &PublicJwk,
) -> anyhow::Result<PathBuf> {
    let folder = folder(home);
    private_folder(&folder).with_context(|| folder.display().to_string())?;
    let text = serde_json::to_string_pretty(public)?;
    Ok(write(&folder, name, key, &text, KEY_ENDINGS)?.0)
}

/// Writes a key and its public half under the first free names. Returns both paths.
fn write(
    folder: &Path,
    name: &ProfileName,
    generated: &Credential,
    text: &str,
    [key_ending, public_ending]: [&str; 2],
) -> anyhow::Result<(PathBuf, PathBuf)> {
    let (key, public) = free_paths(folder, name, key_ending, public_ending);
    // The public half comes first: it is worthless without its key and can be deleted. A written key is never deleted.
    generate::write_new(&public, text.as_bytes(), false).with_context(|| public.display().to_string())?;
    if let Err(error) = generate::write_key(&key, generated) {
        // Ignored: the error of the key matters.
        let _ = fs::remove_file(&public);
        return Err(error).with_context(|| key.display().to_string());
    }
    Ok((key, public))
}

/// Returns the first pair of paths without existing files: `acme-key.pem`, `acme-2-key.pem`.
fn free_paths(folder: &Path, name: &ProfileName, key: &str, public: &str) -> (PathBuf, PathBuf) {
    let mut number = 1;
    loop {
        let stem = if number == 1 {
            name.to_string()
        } else {
            format!("{name}-{number}")
        };
        let pair = (
            folder.join(format!("{stem}-{key}")),
            folder.join(format!("{stem}-{public}")),
        );
        if !pair.0.exists() && !pair.1.exists() {
            return pair;
        }
        number += 1;
    }
}
