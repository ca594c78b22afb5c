//! `klarert portal key --rotate`: a new key in place of the profile's, in the order that Digdir documents.
//!
//! Each step is saved before the next begins, so that an interrupted rotation goes on from there.

use std::time::Duration;

use serde_json::Value;

use super::{
    ChangeArgs,
    administration::Pair,
    change::Change,
    create::save,
    keys::{OwnKey, jwk_of, refusal, refuse_certificate, request, unreadable_key},
    scopes_add::client_id,
};
use crate::{
    check::Subject,
    command::{Context, Exit, check::selection::Target, command_error::CommandError, eprint, profile::edit::now},
    credential::{self, Opened, PublicJwk},
    portal::{
        Portal, PortalError, body,
        keys::{self, KeysPlan, MAX_WAIT, WaitEnd},
    },
    profile::{Authentication, CertificateFiles, NextKey, Profile},
    text::Args,
};

const STEPS: [&str; 5] = [
    "portal-step-key-made",
    "portal-step-both-keys",
    "portal-step-key-accepted",
    "portal-step-key-used",
    "portal-step-old-key-removed",
];

/// Rotates the key of a profile, or goes on with a rotation.
pub fn run(context: &Context, args: &ChangeArgs) -> anyhow::Result<Exit> {
    let Some(pair) = Pair::select(context, args, false)? else {
        return Ok(Exit::Interrupted);
    };
    let target = &pair.onboarding;
    let mut change = Change::new(&pair, "rotate");
    let client = client_id(context, &change)?;
    refuse_certificate(context, &target.profile, &change.profile)?;
    let mut rotation = Rotation {
        context,
        pair: &pair,
        target,
        client,
        portal: pair.portal(context)?,
        profile: target.profile.clone(),
    };
    match rotation.run(&mut change, args) {
        Ok(exit) => Ok(exit),
        Err(RotateError::Portal(error)) => change.fail(context, &pair, &error),
        Err(RotateError::Other(error)) => {
            change.print_steps(context);
            Err(error)
        }
    }
}

/// Reason that a rotation stopped.
enum RotateError {
    Portal(PortalError),
    Other(anyhow::Error),
}

impl From<PortalError> for RotateError {
    fn from(error: PortalError) -> RotateError {
        RotateError::Portal(error)
    }
}

impl From<anyhow::Error> for RotateError {
    fn from(error: anyhow::Error) -> RotateError {
        RotateError::Other(error)
    }
}

impl From<CommandError> for RotateError {
    fn from(error: CommandError) -> RotateError {
        RotateError::Other(error.into())
    }
}

/// The new key of a rotation.
enum New {
    /// Of an earlier run: its file exists.
    Saved(NextKey, PublicJwk),
    /// Not written yet.
    Generated(OwnKey),
}

struct Rotation<'a> {
    context: &'a Context,
    pair: &'a Pair,
    target: &'a Target,
    client: String,
    portal: Portal<'a>,
    /// The newest version of the profile.
    profile: Profile,
}

impl Rotation<'_> {
    fn run(&mut self, change: &mut Change, args: &ChangeArgs) -> Result<Exit, RotateError> {
        self.portal.client(&self.client)?;
        let on_client = self.portal.keys(&self.client)?;
        if let Some(old) = self.profile.portal.old_kid.clone() {
            // An earlier run stopped after the profile had taken the new key.
            change.kid.clone_from(&self.profile.client.kid);
            if let KeysPlan::Replace(keys) = keys::plan_removed(&on_client, &old) {
                change.requests.push(request(&self.client, &keys));
            }
            if let Some(exit) = change.confirm(self.context, args, self.portal.base())? {
                return Ok(exit);
            }
            (change.steps, change.done) = (STEPS.to_vec(), 4);
            return self.remove_old(change, &old);
        }
        let Some(old) = self.profile.client.kid.clone() else {
            return Err(self.without_key(change).into());
        };
        let new = self.new_key(&on_client)?;
        let jwk = match &new {
            New::Saved(_, jwk) => jwk,
            New::Generated(own) => &own.jwk,
        };
        change.kid = Some(jwk.kid.clone());
        let both = match keys::plan_added(&on_client, jwk) {
            KeysPlan::Replace(both) => Some(both),
            KeysPlan::Unchanged => None,
            refused => return Err(refusal(self.context, change, &refused).into()),
        };
        let all = both.as_deref().unwrap_or(&on_client);
        change
            .requests
            .extend(both.as_ref().map(|both| request(&self.client, both)));
        if let KeysPlan::Replace(left) = keys::plan_removed(all, &old) {
            change.requests.push(request(&self.client, &left));
        }
        if let Some(exit) = change.confirm(self.context, args, self.portal.base())? {
            return Ok(exit);
        }
        change.steps = STEPS.to_vec();
        let next = match new {
            New::Saved(next, _) => next,
            New::Generated(own) => self.write_key(&own)?,
        };
        (change.key_file, change.done) = (Some(next.path.clone()), 1);
        if let Some(both) = both {
            keys::replace(&mut self.portal, &self.client, &both)?;
        }
        change.done = 2;
        self.wait(change, &next)?;
        change.done = 3;
        self.profile = save(self.context, self.pair, |profile| profile.use_next_key(now()))?;
        change.done = 4;
        self.remove_old(change, &old)
    }

    /// Returns the key of an earlier run, or a new one under a name that no other key has.
    fn new_key(&self, on_client: &[Value]) -> Result<New, RotateError> {
        if let Some(next) = self.profile.portal.next_key.clone() {
            let opened = open_key(&next);
            let jwk = jwk_of(&opened, &next.kid).ok_or_else(|| unreadable_key(self.context, &opened))?;
            return Ok(New::Saved(next, jwk));
        }
        let mut taken: Vec<&str> = on_client.iter().map(body::kid).collect();
        taken.extend(self.profile.client.kid.as_deref());
        Ok(New::Generated(OwnKey::generate(self.target, &taken)?))
    }

    /// Writes a new key, and saves its path before it is uploaded: a key must never be on the client only.
    fn write_key(&mut self, own: &OwnKey) -> Result<NextKey, RotateError> {
        let next = NextKey {
            path: own.write(self.context, self.target)?,
            kid: own.jwk.kid.clone(),
        };
        self.profile = save(self.context, self.pair, |profile| {
            profile.portal.next_key = Some(next.clone());
            profile.updated = now();
        })?;
        Ok(next)
    }

    /// Waits until Maskinporten accepts the new key.
    fn wait(&self, change: &Change, next: &NextKey) -> Result<(), RotateError> {
        let mut with_next = self.profile.clone();
        with_next.use_next_key(now());
        let subject = Subject {
            name: &change.profile,
            profile: &with_next,
            environment: &self.target.environment,
        };
        let texts = &self.context.texts;
        let mut id = "portal-waiting";
        let mut on_wait = |waited: Duration| {
            let clock = |time: Duration| format!("{}:{:02}", time.as_secs() / 60, time.as_secs() % 60);
            let args = Args::new().with("waited", clock(waited)).with("limit", clock(MAX_WAIT));
            eprint(&texts.with(id, &args));
            id = "portal-still-waiting";
        };
        let opened = open_key(next);
        match keys::wait_until_accepted(&self.portal, &subject, &opened, keys::pauses(), &mut on_wait) {
            WaitEnd::Accepted => Ok(()),
            WaitEnd::TooLong(diagnosis) | WaitEnd::Failed(diagnosis) => Err(RotateError::Portal(PortalError {
                diagnosis,
                is_lost: false,
            })),
        }
    }

    /// Takes the old key off the client. The keys of others and the file of the old key stay.
    fn remove_old(&mut self, change: &mut Change, old: &str) -> Result<Exit, RotateError> {
        let on_client = self.portal.keys(&self.client)?;
        if let KeysPlan::Replace(keys) = keys::plan_removed(&on_client, old) {
            keys::replace(&mut self.portal, &self.client, &keys)?;
        }
        save(self.context, self.pair, |profile| profile.portal.old_kid = None)?;
        change.done = STEPS.len();
        let values = Args::new()
            .with("profile", &change.profile)
            .with("old", old)
            .with("kid", change.kid.as_deref().unwrap_or_default());
        change.finish(
            self.context,
            "done",
            &self.context.texts.with("portal-rotated", &values),
        )?;
        Ok(Exit::Success)
    }

    /// Returns the error of a profile whose client has no key of it yet.
    fn without_key(&self, change: &Change) -> CommandError {
        let texts = &self.context.texts;
        let args = Args::new()
            .with("profile", &change.profile)
            .with("home", self.context.home_option());
        let hint = Some(texts.with("portal-no-key-yet.hint", &args));
        CommandError::new(Exit::Usage, texts.with("portal-no-key-yet", &args), hint)
    }
}

/// Opens the file of a new key, which klarert has made and which has no password.
fn open_key(next: &NextKey) -> Opened {
    let files = CertificateFiles {
        path: Some(next.path.clone()),
        ..CertificateFiles::default()
    };
    credential::open(&files, None, Authentication::Key, None)
}
