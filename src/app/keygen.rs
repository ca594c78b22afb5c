//! Key generation for the wizard. The files go to the program's own folder: the private key readable by its owner only,
//! the public half beside it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context as _;

use crate::{
    credential::generate::{self, Bits, Subject},
    profile::{file::store::private_folder, parse::ProfileName},
    wizard::{GeneratedKey, KeyPlan},
};

/// Returns the folder of generated keys in the program's own folder.
pub fn folder(home: &Path) -> PathBuf {
    home.join("keys")
}

/// Generates a key and writes its files for the profile of that name. Existing files are never overwritten.
pub fn generate(folder: &Path, name: &ProfileName, plan: KeyPlan) -> anyhow::Result<GeneratedKey> {
    private_folder(folder).with_context(|| folder.display().to_string())?;
    let (bits, key_ending, public_ending) = match &plan {
        // Digdir's self-service documents 2048 bits for registered keys, Customs' guide 3072 for a request.
        KeyPlan::RegisteredKey { .. } => (Bits::B2048, "key.pem", "key.jwk"),
        KeyPlan::CertificateRequest { .. } => (Bits::B3072, "eseal-key.pem", "eseal.csr"),
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
    let (key, public) = free_paths(folder, name, key_ending, public_ending);
    // The public half comes first: it is worthless without its key and can be deleted. A written key is never deleted.
    generate::write_new(&public, text.as_bytes(), false).with_context(|| public.display().to_string())?;
    if let Err(error) = generate::write_key(&key, &generated) {
        // Ignored: the error of the key matters.
        let _ = fs::remove_file(&public);
        return Err(error).with_context(|| key.display().to_string());
    }
    Ok(GeneratedKey {
        plan,
        key,
        public,
        text,
    })
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
