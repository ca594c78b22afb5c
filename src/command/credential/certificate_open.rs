//! Opening of the file of `klarert certificate`, with a password from a prompt or another source.

use time::OffsetDateTime;

use super::certificate::CertificateArgs;
use crate::command::{Context, Exit, check::passwords::MAX_ATTEMPTS, command_error::CommandError, eprint, password};
use crate::{
    certificate::FindingId,
    console::{password_sources::PasswordOwner, signals, terminal},
    credential::{self, Opened, Password},
    profile::{CertificateFiles, file::store::given_path},
    text::Args,
};

impl CertificateArgs {
    /// Opens the files, and prompts for a password if one is needed. `None` if the user cancelled.
    pub(super) fn open(&self, context: &Context) -> anyhow::Result<Option<Opened>> {
        let files = CertificateFiles {
            path: Some(given_path(&self.file)),
            pick: self.pick,
            key_path: self.key.as_deref().map(given_path),
            chain_path: self.chain.as_deref().map(given_path),
        };
        let now = OffsetDateTime::now_utc();
        let open_with = |password: Option<&_>| {
            let mut opened = credential::open(&files, self.kind(), self.authentication(), password);
            credential::offer(&files, |facts| self.expectation(facts, now), password, &mut opened);
            opened
        };
        let piped = match self.password_stdin {
            true => password::read_given(true)?,
            false => None,
        };
        let is_piped = piped.is_some();
        if self.password_stdin && !is_piped {
            eprint(&context.texts.get("password-nothing-came"));
        }
        let given = match piped {
            Some(password) => Some(password),
            None => from_sources(context, self)?,
        };
        let mut opened = open_with(given.as_ref());
        if given.is_some() || !terminal::can_prompt() {
            let is_needed = given.is_none() && opened.findings.iter().any(|finding| finding.id.asks_password());
            if let Some(hint) = password::mintty_hint(&context.texts).filter(|_| is_needed) {
                eprint(&hint);
            }
            let is_wrong = opened
                .findings
                .iter()
                .any(|finding| finding.id == FindingId::WrongPassword);
            if let Some(source) = password_source(context, self, is_piped).filter(|_| is_wrong) {
                let values = Args::new().with("source", source);
                eprint(&context.texts.with("password-came-from.file", &values));
            }
            return Ok(Some(opened));
        }
        signals::exit_on_termination();
        let mut before = None;
        for _ in 0..MAX_ATTEMPTS {
            let Some(finding) = opened.findings.iter().find(|finding| finding.id.asks_password()) else {
                break;
            };
            if finding.id != FindingId::PasswordNeeded {
                eprint(&finding.text(&context.texts));
            }
            let question = context.texts.with("certificate-ask-password", &finding.args);
            let Some(mut password) = password::prompt(&question)? else {
                return Ok(None);
            };
            // A key may have a password of its own: those typed before are tried too.
            if let Some(before) = before.take() {
                password = password.or(before);
            }
            opened = open_with(Some(&password));
            before = Some(password);
        }
        Ok(Some(opened))
    }
}

/// Returns the password of `--password-command`, the variable, or the command of `config.toml`.
fn from_sources(context: &Context, args: &CertificateArgs) -> anyhow::Result<Option<Password>> {
    // A broken `config.toml` has no part in a file that no profile names.
    let sources = match context.password_sources() {
        Ok(sources) => sources,
        Err(_) => return Ok(password::read_given(false)?),
    };
    sources.find(password_owner(args)).map_err(|error| {
        let values = Args::new().with("why", error.text(&context.texts));
        let message = context.texts.with("password-command-error.file", &values);
        CommandError::new(Exit::Unreadable, message, None)
            .with_id("password-needed")
            .into()
    })
}

fn password_owner(args: &CertificateArgs) -> PasswordOwner<'_> {
    PasswordOwner {
        profile: "",
        organisation: args.organisation.as_deref(),
        file: &args.file,
        command: &[],
    }
}

/// Returns where the password was given; `None` if it was typed.
fn password_source(context: &Context, args: &CertificateArgs, is_piped: bool) -> Option<String> {
    let texts = &context.texts;
    match is_piped {
        true => Some(texts.with("password-source", &Args::new().with("what", "stdin"))),
        false => context.password_sources().ok()?.source(password_owner(args), texts),
    }
}
