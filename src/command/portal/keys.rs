//! `klarert portal key`: the public key of a profile, put on its client.

use std::path::PathBuf;

use super::{
    ChangeArgs,
    administration::{Pair, opened},
    change::{Change, SentRequest},
    create::save,
    scopes_add::client_id,
};
use crate::{
    app::{REGISTERED_KEY_BITS, write_registered_key},
    command::{Context, Exit, check::selection::Target, command_error::CommandError, profile::edit::now},
    credential::{Credential, NamedKey, Opened, PublicJwk, generate},
    portal::{
        body,
        keys::{self, KeysPlan},
    },
    profile::{Authentication, Profile, parse},
    text::Args,
};

/// Uploads the profile's public key. Without a key file, a key is generated first.
pub fn run(context: &Context, args: &ChangeArgs) -> anyhow::Result<Exit> {
    let Some(pair) = Pair::select(context, args, true)? else {
        return Ok(Exit::Interrupted);
    };
    let texts = &context.texts;
    let onboarding = &pair.onboarding;
    let mut change = Change::new(&pair, "key");
    let id = client_id(context, &change)?;
    refuse_certificate(context, &onboarding.profile, &change.profile)?;
    let mut portal = pair.portal(context)?;
    let on_client = match portal.client(&id).and_then(|_| portal.keys(&id)) {
        Ok(keys) => keys,
        Err(error) => return change.fail(context, &pair, &error),
    };
    let own = match &onboarding.files.path {
        Some(path) => OwnKey {
            path: Some(path.clone()),
            generated: None,
            jwk: public_key(context, onboarding)?,
        },
        None => OwnKey::generate(onboarding, &[])?,
    };
    change.kid = Some(own.jwk.kid.clone());
    change.key_file.clone_from(&own.path);
    let values = Args::new()
        .with("profile", &change.profile)
        .with("client", &id)
        .with("kid", &own.jwk.kid);
    let keys = match keys::plan_added(&on_client, &own.jwk) {
        KeysPlan::Replace(keys) => keys,
        KeysPlan::Unchanged => {
            // The answer to an earlier upload may have been lost.
            save(context, &pair, |profile| {
                profile.client.kid = Some(own.jwk.kid.clone());
                profile.client.key_registered.get_or_insert(now().date());
            })?;
            change.finish(context, "unchanged", &texts.with("portal-has-key", &values))?;
            return Ok(Exit::Success);
        }
        refused => return Err(refusal(context, &change, &refused).into()),
    };
    change.requests.push(request(&id, &keys));
    if let Some(exit) = change.confirm(context, args, portal.base())? {
        return Ok(exit);
    }
    change.steps = vec!["portal-step-key-made", "portal-step-key-added"];
    if own.generated.is_some() {
        let path = own.write(context, onboarding)?;
        change.key_file = Some(path.clone());
        // On the disk before it is uploaded: a key must never be on the client only.
        save(context, &pair, |profile| {
            profile.certificate.path = Some(path.clone());
            profile.client.kid = Some(own.jwk.kid.clone());
            profile.updated = now();
        })?;
    }
    change.done = 1;
    if let Err(error) = keys::replace(&mut portal, &id, &keys) {
        return change.fail(context, &pair, &error);
    }
    change.done = 2;
    save(context, &pair, |profile| {
        profile.client.key_registered = Some(now().date());
        profile.client.kid = Some(own.jwk.kid.clone());
        profile.updated = now();
    })?;
    change.finish(context, "done", &texts.with("portal-key-added", &values))?;
    Ok(Exit::Success)
}

/// A key of a profile: in its file, or generated and not written yet.
pub struct OwnKey {
    path: Option<PathBuf>,
    generated: Option<Credential>,
    pub jwk: PublicJwk,
}

impl OwnKey {
    /// Generates a key in memory, under the profile's `kid` unless that is taken.
    pub fn generate(target: &Target, taken: &[&str]) -> anyhow::Result<OwnKey> {
        let kid = target.profile.client.kid.clone();
        let kid = kid.filter(|kid| !taken.contains(&kid.as_str()));
        let kid = kid.unwrap_or_else(|| default_kid(&target.name, taken));
        let generated = generate::key(REGISTERED_KEY_BITS)?;
        Ok(OwnKey {
            path: None,
            jwk: generated.public_jwk(&kid)?,
            generated: Some(generated),
        })
    }

    /// Writes a generated key to a new file, and returns its path.
    pub fn write(&self, context: &Context, target: &Target) -> anyhow::Result<PathBuf> {
        match (&self.path, &self.generated) {
            (Some(path), _) => Ok(path.clone()),
            (None, Some(generated)) => {
                let name = context.parse_name(&target.name)?;
                write_registered_key(&context.home, &name, generated, &self.jwk)
            }
            // Unreachable: a key is in a file or in memory.
            (None, None) => anyhow::bail!("there is no key"),
        }
    }
}

/// Returns the request that replaces the keys of a client.
pub fn request(client: &str, keys: &[serde_json::Value]) -> SentRequest {
    SentRequest {
        method: "POST",
        path: format!("/clients/{client}/jwks"),
        body: body::key_set(keys),
    }
}

/// Refuses a profile that signs with a certificate: with a registered key, its client no longer accepts that.
pub fn refuse_certificate(context: &Context, profile: &Profile, name: &str) -> Result<(), CommandError> {
    if profile.authentication() == Authentication::Key {
        return Ok(());
    }
    let texts = &context.texts;
    let args = Args::new().with("profile", name).with("home", context.home_option());
    let hint = Some(texts.with("portal-key-certificate.hint", &args));
    Err(CommandError::new(Exit::Usage, texts.with("portal-key-certificate", &args), hint).with_id("profile-unsuitable"))
}

/// Returns the public key in a profile's file, under the profile's `kid`; without one, under the key's name in the file, or a
/// new one.
fn public_key(context: &Context, target: &Target) -> anyhow::Result<PublicJwk> {
    let opened = opened(context, target)?;
    let kid = target.profile.client.kid.clone().or_else(|| kid_in_file(&opened));
    let kid = kid.unwrap_or_else(|| default_kid(&target.name, &[]));
    let jwk = jwk_of(&opened, &kid);
    Ok(jwk.ok_or_else(|| unreadable_key(context, &opened))?)
}

/// Returns the name by which a later check finds the key in its file: its own, or among several without names its thumbprint
/// (RFC 7638). `None` for a single key without a name, which is always found.
fn kid_in_file(opened: &Opened) -> Option<String> {
    let usable = |key: &NamedKey| Some((key.kid.clone(), key.credential.clone()?));
    let mut usable = opened.keys.iter().filter_map(usable);
    let (own, credential) = usable.next()?;
    match own {
        Some(own) => parse::kid(&own).ok(),
        None if usable.next().is_some() => credential.thumbprint().ok(),
        None => None,
    }
}

/// Returns the public half of an opened key. `None` if the file could not be opened, or its key of that name cannot sign.
pub fn jwk_of(opened: &Opened, kid: &str) -> Option<PublicJwk> {
    let credential = opened.clone().with_kid(Some(kid)).credential?;
    credential.public_jwk(kid).ok()
}

/// Converts the first finding about a key file that could not be opened.
pub fn unreadable_key(context: &Context, opened: &Opened) -> CommandError {
    let texts = &context.texts;
    match opened.findings.first() {
        Some(finding) => CommandError::from_finding(Exit::Unreadable, finding, texts),
        None => {
            let args = Args::new().with("file", &opened.facts.file);
            CommandError::new(Exit::Unreadable, texts.with("portal-no-key", &args), None)
        }
    }
}

/// Returns a name for a new key that no other has: `acme-2026`, `acme-2026-2`. The number is above all that are taken: a
/// name of an earlier key may still stand for that key at Maskinporten, which takes some minutes to notice a change.
pub fn default_kid(profile: &str, taken: &[&str]) -> String {
    let first = format!("{profile}-{}", now().year());
    let number = |name: &&str| match name.strip_prefix(&first)? {
        "" => Some(1),
        rest => rest.strip_prefix('-')?.parse::<u32>().ok(),
    };
    match taken.iter().filter_map(number).max() {
        Some(last) => format!("{first}-{}", u64::from(last) + 1),
        None => first,
    }
}

/// Converts a plan that cannot be carried out.
pub fn refusal(context: &Context, change: &Change, plan: &KeysPlan) -> CommandError {
    let texts = &context.texts;
    let args = Args::new()
        .with("profile", &change.profile)
        .with("kid", change.kid.as_deref().unwrap_or_default())
        .with("home", context.home_option());
    let (id, args) = match plan {
        KeysPlan::Full(kids) => ("portal-keys-full", args.with("kids", kids.join(", "))),
        _ => ("portal-kid-taken", args),
    };
    let hint = Some(texts.with(&format!("{id}.hint"), &args));
    CommandError::new(Exit::CheckFailed, texts.with(id, &args), hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn name_of_a_new_key_is_not_that_of_an_earlier_one() {
        let year = now().year();
        let name = |ending: &str| format!("acme-{year}{ending}");
        for (taken, ending) in [
            (&[][..], ""),
            (&["other".to_owned(), name("x"), "acme-2001-9".to_owned()], ""),
            (&[name("")], "-2"),
            (&[name("-2")], "-3"),
            (&[name(""), name("-7"), name("-3")], "-8"),
            (&[name("-4294967295")], "-4294967296"),
        ] {
            let taken: Vec<&str> = taken.iter().map(String::as_str).collect();
            assert_eq!(default_kid("acme", &taken), name(ending), "{taken:?}");
        }
    }
}
