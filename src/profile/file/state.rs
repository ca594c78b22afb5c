//! The state of a profile: what changes while its answers stay the same. Pure; [`store`](super::store) reads and writes the
//! file `state/<name>.toml`.
//!
//! It is separate so that profiles can be kept in git and shared. All of it is found out again by a check or by use.

use time::OffsetDateTime;
use toml_edit::{DocumentMut, TableLike, Value};

use super::{
    toml_reader::{Problem, TableReader, editable, toml},
    toml_writer::{date_time, put, put_all, text},
};
use crate::profile::{AcceptedClient, CheckOutcome, FILE_NOT_FOUND, FORMAT, LastCheck, Profile};

/// The keys of a last check that older versions wrote into the profile.
pub(super) const LAST_CHECK_KEYS: [&str; 6] = ["at", "outcome", "stopped_at", "code", "trace_id", "of"];

/// The state of a profile.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct State {
    /// The time of the last save that changed no answer.
    used: Option<OffsetDateTime>,
    /// The id of the step last visited.
    step: Option<String>,
    /// The row of that step that had the focus.
    at: Option<String>,
    certificate: CertificateState,
    last_check: Option<LastCheck>,
    accepted_client: Option<AcceptedClient>,
}

/// Facts about the files of the certificate.
#[derive(Debug, Clone, PartialEq, Default)]
struct CertificateState {
    /// The [`files_fingerprint`](Profile::files_fingerprint) of the files: facts about others do not apply.
    of: Option<String>,
    ends: Option<OffsetDateTime>,
    not_found: Option<OffsetDateTime>,
    /// [`Profile::unusable_certificate`].
    unusable: Option<String>,
}

impl State {
    /// Returns the state that is part of a profile in memory.
    pub fn of(profile: &Profile) -> State {
        let not_found = profile.progress.done.get(FILE_NOT_FOUND).copied();
        let unusable = profile.unusable_certificate.clone();
        let known = profile.certificate_ends.is_some() || not_found.is_some() || unusable.is_some();
        State {
            used: profile.used,
            step: profile.progress.step.clone(),
            at: profile.progress.at.clone(),
            certificate: CertificateState {
                of: known.then(|| profile.files_fingerprint()),
                ends: profile.certificate_ends,
                not_found,
                unusable,
            },
            last_check: profile.last_check.clone(),
            accepted_client: profile.accepted_client.clone(),
        }
    }

    /// Returns this state with the changes from `before` to `after`. What another program has changed meanwhile is kept.
    pub fn merge(self, before: &State, after: State) -> State {
        fn newest<T: PartialEq>(current: T, before: &T, after: T) -> T {
            if after == *before { current } else { after }
        }
        State {
            used: newest(self.used, &before.used, after.used),
            step: newest(self.step, &before.step, after.step),
            at: newest(self.at, &before.at, after.at),
            certificate: newest(self.certificate, &before.certificate, after.certificate),
            last_check: newest(self.last_check, &before.last_check, after.last_check),
            accepted_client: newest(self.accepted_client, &before.accepted_client, after.accepted_client),
        }
    }

    /// Adds this state to a profile that was read. Of two last checks the later one counts: an older version of this
    /// program may have written one into the profile since.
    pub fn add_to(self, profile: &mut Profile) {
        profile.used = self.used.or(profile.used);
        profile.progress.step = self.step.or_else(|| profile.progress.step.take());
        profile.progress.at = self.at.or_else(|| profile.progress.at.take());
        if self.certificate.of.as_deref() == Some(&profile.files_fingerprint()) {
            profile.certificate_ends = self.certificate.ends.or(profile.certificate_ends);
            let not_found = self.certificate.not_found.into_iter();
            let not_found = not_found.map(|at| (FILE_NOT_FOUND.to_owned(), at));
            profile.progress.done.extend(not_found);
            profile.unusable_certificate = self.certificate.unusable;
        }
        let is_later = |at: OffsetDateTime, other: Option<OffsetDateTime>| other.is_none_or(|other| at >= other);
        let former = profile.last_check.as_ref().map(|check| check.at);
        if let Some(check) = self.last_check.filter(|check| is_later(check.at, former)) {
            profile.last_check = Some(check);
        }
        let former = profile.accepted_client.as_ref().map(|client| client.at);
        if let Some(client) = self.accepted_client.filter(|client| is_later(client.at, former)) {
            profile.accepted_client = Some(client);
        }
    }
}

/// Parses a state file. Every key is optional.
pub fn parse(text: &str) -> Result<State, Problem> {
    let document = toml(text)?;
    let root = TableReader::root(text, &document);
    let certificate = match root.table("certificate")? {
        None => CertificateState::default(),
        Some(table) => CertificateState {
            of: table.text("of")?,
            ends: table.date_time("ends")?,
            not_found: table.date_time("not_found")?,
            unusable: table.text("unusable")?,
        },
    };
    let table = |key| root.table(key);
    Ok(State {
        used: root.date_time("used")?,
        step: root.text("step")?,
        at: root.text("at")?,
        certificate,
        last_check: table("last_check")?.map_or(Ok(None), |table| last_check(&table))?,
        accepted_client: table("accepted_client")?.map_or(Ok(None), |table| accepted_client(&table))?,
    })
}

/// Renders a state over the text of its file, so that the keys of a newer version are kept.
///
/// # Errors
///
/// Returns the problem if the text is not valid TOML.
pub fn render(state: &State, over: &str) -> Result<String, Problem> {
    let mut document: DocumentMut = editable(over)?.into_mut();
    let root: &mut dyn TableLike = document.as_table_mut();
    put(root, "format", Some(Value::from(FORMAT)));
    put(root, "used", state.used.and_then(date_time));
    put(root, "step", text(state.step.as_deref()));
    put(root, "at", text(state.at.as_deref()));
    let certificate = &state.certificate;
    put_all(
        root,
        "certificate",
        [
            ("of", text(certificate.of.as_deref())),
            ("ends", certificate.ends.and_then(date_time)),
            ("not_found", certificate.not_found.and_then(date_time)),
            ("unusable", text(certificate.unusable.as_deref())),
        ],
    );
    let last = state.last_check.as_ref();
    let last_text = |of: fn(&LastCheck) -> &Option<String>| text(last.and_then(|check| of(check).as_deref()));
    put_all(
        root,
        "last_check",
        [
            ("at", last.and_then(|check| date_time(check.at))),
            ("outcome", text(last.map(|check| outcome_id(check.outcome)))),
            ("stopped_at", last_text(|check| &check.stopped_at)),
            ("code", last_text(|check| &check.code)),
            ("diagnosis", last_text(|check| &check.diagnosis)),
            ("who", last_text(|check| &check.who)),
            ("trace_id", last_text(|check| &check.trace_id)),
            ("of", last_text(|check| &check.of)),
        ],
    );
    let accepted = state.accepted_client.as_ref();
    put_all(
        root,
        "accepted_client",
        [
            ("at", accepted.and_then(|client| date_time(client.at))),
            ("id", text(accepted.map(|client| client.id.as_str()))),
        ],
    );
    Ok(document.to_string())
}

/// Returns the outcome as written in the file and in JSON.
pub fn outcome_id(outcome: CheckOutcome) -> &'static str {
    match outcome {
        CheckOutcome::Passed => "passed",
        CheckOutcome::Failed => "failed",
    }
}

/// Reads the last check. `None` if it has no time or no outcome.
pub(super) fn last_check(table: &TableReader<'_>) -> Result<Option<LastCheck>, Problem> {
    let outcomes = [("passed", CheckOutcome::Passed), ("failed", CheckOutcome::Failed)];
    let (Some(at), Some(outcome)) = (table.date_time("at")?, table.one_of("outcome", &outcomes)?) else {
        return Ok(None);
    };
    Ok(Some(LastCheck {
        at,
        outcome,
        stopped_at: table.text("stopped_at")?,
        code: table.text("code")?,
        diagnosis: table.text("diagnosis")?,
        who: table.text("who")?,
        trace_id: table.text("trace_id")?,
        of: table.text("of")?,
    }))
}

/// Reads the accepted client. `None` if its time or its id is absent.
pub(super) fn accepted_client(table: &TableReader<'_>) -> Result<Option<AcceptedClient>, Problem> {
    let (at, id) = (table.date_time("at")?, table.text("id")?);
    Ok(at.zip(id).map(|(at, id)| AcceptedClient { at, id }))
}
