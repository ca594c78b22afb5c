//! What the clients that people use can do with a set-up, and so which settings are worth writing.
//!
//! From their sources, as [`settings`](super::settings) names them: none sends more than the certificate itself in
//! `x5c`, where Maskinporten wants the whole chain of an eSeal (Digdir, European eSeals).

use std::path::Path;

use super::{Format, Setup};
use crate::{
    journey::{Environment, Rules},
    profile::Kind,
};

/// Why a client cannot use a set-up: the ids of what to say and of what to do about it.
pub type Unsupported = (&'static str, &'static str);

const OTHER: &str = "export-other-hint";

/// Whether a key can be read from the file where the profile has it.
#[derive(Clone, Copy, PartialEq)]
enum Form {
    Keystore,
    Pem,
    Any,
}

struct Client {
    /// The form of the file that certificate and key are read from; none where a certificate is not taken at all.
    certificate: Option<Form>,
    /// The form of the file that a registered key is read from.
    key: Form,
    /// Whether it can act for another organisation (`consumer_org`).
    consumer: bool,
    /// Whether it can be told where Maskinporten is.
    addresses: bool,
}

fn client(format: Format) -> Option<Client> {
    let client = |certificate, key, consumer, addresses| Client {
        certificate,
        key,
        consumer,
        addresses,
    };
    match format {
        Format::Handoff | Format::Env | Format::Curl | Format::Json => None,
        Format::GrantGenerator => Some(client(Some(Form::Keystore), Form::Keystore, true, true)),
        // What is in another form goes into the settings themselves, in base64.
        Format::Appsettings => Some(client(Some(Form::Any), Form::Any, true, false)),
        Format::Spring => Some(client(Some(Form::Keystore), Form::Pem, true, true)),
        // These two take the key's text, whatever file it was in.
        Format::Pymaskinporten | Format::Typescript => Some(client(None, Form::Any, false, true)),
    }
}

/// Why the client that a format is for cannot use this set-up, if it cannot.
pub fn refusal(setup: &Setup<'_>, format: Format) -> Option<Unsupported> {
    let client = client(format)?;
    let profile = setup.profile;
    if profile.business.kind == Some(Kind::Foreign) {
        return Some(match client.certificate {
            Some(_) => ("export-chain-left-out", OTHER),
            None => ("export-key-only", OTHER),
        });
    }
    if profile.client.consumer_org.is_some() && !client.consumer {
        return Some(("export-no-consumer", OTHER));
    }
    if !client.addresses && setup.own_addresses() {
        return Some(("export-environment-fixed", OTHER));
    }
    let wanted = match (setup.uses_key(), client.certificate) {
        (true, _) => client.key,
        (false, Some(form)) => form,
        (false, None) => return Some(("export-key-only", OTHER)),
    };
    let files = &profile.certificate;
    let file = files.path.as_deref()?;
    let apart = files.key_path.is_some() || files.chain_path.is_some();
    match wanted {
        Form::Keystore if apart || !is_keystore(file) => Some(("export-keystore-only", "export-keystore-only.hint")),
        Form::Pem if is_keystore(file) => Some(("export-pem-only", "export-pem-only.hint")),
        _ => None,
    }
}

/// Whether a file holds a certificate with its key for Java and .NET, by its name.
pub fn is_keystore(file: &Path) -> bool {
    let ending = file.extension().map(|ending| ending.to_ascii_lowercase());
    ending.is_some_and(|ending| ["p12", "pfx", "jks"].iter().any(|known| ending == *known))
}

impl Setup<'_> {
    /// Whether it is for a Maskinporten other than those that the whole world knows.
    pub fn own_addresses(&self) -> bool {
        let known = |rules| self.environment == Environment::of(rules);
        !known(Rules::Test) && !known(Rules::Prod)
    }

    /// The registered key's name, or what stands for it while there is none.
    pub fn kid(&self) -> String {
        self.profile.client.kid.clone().unwrap_or_else(|| "<kid>".to_owned())
    }
}
