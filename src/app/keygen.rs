//! Makes a key that the wizard asked for, in the program's own folder: the private half for its owner alone, the public
//! half beside it.

use std::path::{Path, PathBuf};

use anyhow::Context as _;

use crate::{
    credential::generate::{self, Bits, Subject},
    profile::{file::store::private_folder, parse::ProfileName},
    wizard::{GeneratedKey, Plan},
};

/// Makes what is planned for the profile of that name. Nothing that is there is written over.
pub fn make(folder: &Path, name: &ProfileName, plan: Plan) -> anyhow::Result<GeneratedKey> {
    private_folder(folder).with_context(|| folder.display().to_string())?;
    let (bits, key_ending, public_ending) = match &plan {
        // Digdir's self-service documents 2048 for registered keys; Customs' guide has 3072 for a request.
        Plan::Key { .. } => (Bits::B2048, "key.pem", "key.jwk"),
        Plan::Request { .. } => (Bits::B3072, "eseal-key.pem", "eseal.csr"),
    };
    let made = generate::key(bits)?;
    let text = match &plan {
        Plan::Key { kid } => serde_json::to_string_pretty(&made.public_jwk(kid)?)?,
        Plan::Request {
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
            generate::request(&made, &subject)?
        }
    };
    let (key, public) = free_names(folder, name, key_ending, public_ending);
    generate::write_key(&key, &made).with_context(|| key.display().to_string())?;
    generate::write_new(&public, text.as_bytes(), false).with_context(|| public.display().to_string())?;
    Ok(GeneratedKey {
        plan,
        key,
        public,
        text,
    })
}

/// The first pair of names that no file has: `acme-key.pem`, `acme-2-key.pem`.
fn free_names(folder: &Path, name: &ProfileName, key: &str, public: &str) -> (PathBuf, PathBuf) {
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
