//! Answers that klarert wrote itself: in comments of an export, in the section of one in JSON, in `export --format json`,
//! and in a profile's file.

use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use super::{imported::ImportError, tree::Setting};
use crate::{
    journey::FieldId,
    profile::{
        FILE_NOT_FOUND, Kind, PortalWork, Profile, Purpose, administration, command_line, fields::key::Key,
        file::document, stale_ticks::RemovedTicks,
    },
};

/// A whole profile that klarert wrote.
#[derive(Debug, Default)]
pub struct SavedProfile {
    pub answers: Vec<(Key, String)>,
    pub purpose: Purpose,
    pub ticks: RemovedTicks,
    /// Keys of a profile's file that belong to that profile only.
    pub left: Vec<String>,
}

/// The comment before an answer in exports.
pub const COMMENT: &str = "# klarert ";
/// The section of answers in exports that are JSON.
pub const SECTION: &str = "klarert";
/// The name of the purpose beside the answers, which is there for an administration client only.
pub const PURPOSE: &str = "purpose";

/// Adds the answers in comments of an export.
pub fn add_comments(text: &str, saved: &mut SavedProfile) {
    let lines = text.lines().filter_map(|line| line.trim().strip_prefix(COMMENT));
    let pairs = lines.filter_map(|line| line.split_once('='));
    pairs.for_each(|(key, value)| saved.add(key, value));
}

/// Adds the answers in the section of an export that is JSON.
pub fn add_section(settings: &[Setting], saved: &mut SavedProfile) {
    let pairs = settings
        .iter()
        .filter_map(|setting| Some((setting.name.split_once('.')?, &setting.value)));
    let pairs = pairs.filter(|((section, _), _)| *section == SECTION);
    pairs.for_each(|((_, key), value)| saved.add(key, value));
}

impl SavedProfile {
    /// Adds an answer by its name, or the purpose.
    fn add(&mut self, key: &str, value: &str) {
        if key == PURPOSE && value == Purpose::Administration.id() {
            self.purpose = Purpose::Administration;
        }
        self.answers.extend(Key::parse(key).map(|key| (key, value.to_owned())));
    }
}

/// Returns the profile in a profile's file. `None` if the text is no profile.
pub fn in_profile(text: &str) -> Option<Result<SavedProfile, ImportError>> {
    let has_table = |name: &str| text.lines().any(|line| line.trim() == format!("[{name}]"));
    if !["business", "client", "certificate", "progress"]
        .iter()
        .any(|name| has_table(name))
    {
        return None;
    }
    Some(document::parse(text).map(of_file).map_err(|_| malformed()))
}

fn malformed() -> ImportError {
    ImportError::Malformed {
        format: "profile",
        line: 0,
        column: 0,
    }
}

fn of_file(mut profile: Profile) -> SavedProfile {
    profile.progress.done.remove(FILE_NOT_FOUND);
    let left = [
        // A command of another file is not run.
        ("certificate.password_command", !profile.password_command.is_empty()),
        ("certificate.other_path", profile.other_certificate.is_some()),
        ("portal", profile.portal != PortalWork::default()),
    ];
    SavedProfile {
        answers: command_line::answers(&profile),
        purpose: profile.purpose,
        ticks: profile.progress.done,
        left: left
            .iter()
            .filter(|(_, is_there)| *is_there)
            .map(|(key, _)| (*key).to_owned())
            .collect(),
    }
}

/// Returns the profile in the JSON of `export --format json` and `show --json`. `None` if it is other JSON.
///
/// # Errors
///
/// Other JSON of klarert about a profile, which does not have all of it.
pub fn in_export(settings: &[Setting]) -> Result<Option<SavedProfile>, ImportError> {
    let value = |name: &str| {
        let found = settings.iter().find(|setting| setting.name == name);
        found.map(|setting| setting.value.to_string())
    };
    let list = |name: &str| {
        let of_list = settings
            .iter()
            .filter(|setting| setting.name.starts_with(&format!("{name}[")));
        of_list.map(|setting| setting.value.to_string()).collect::<Vec<_>>()
    };
    let has = |name: &str| settings.iter().any(|setting| setting.name.starts_with(name));
    let is_ours = |at: &str| {
        ["profile", "format"]
            .iter()
            .all(|name| value(&format!("{at}{name}")).is_some())
    };
    if value("profile").is_none() || !has("client.") || !has("steps[") {
        return match (is_ours(""), is_ours("[0].")) {
            (true, _) => Err(ImportError::Other("part-of-profile")),
            (_, true) => Err(ImportError::Other("several-objects")),
            _ => Ok(None),
        };
    }
    let purpose = match value("purpose") {
        None => Purpose::default(),
        Some(written) => [Purpose::Onboarding, Purpose::Administration]
            .into_iter()
            .find(|purpose| purpose.id() == written)
            .ok_or_else(malformed)?,
    };
    let kind = value("business.kind");
    let organisation = value("business.organisation");
    let foreign = kind.as_deref() == Some(Kind::Foreign.id());
    let mut profile = Profile::new("", OffsetDateTime::UNIX_EPOCH);
    profile.business.services = list("business.services");
    profile.client.scopes = list("client.scopes");
    let field = |field, value: Option<String>| value.map(|value| (Key::Field(field), value));
    // A foreign business with a Norwegian number is a branch (NUF).
    let branch = foreign && organisation.as_deref().is_some_and(|id| id.starts_with("NTRNO-"));
    let business = match branch {
        false => vec![kind.map(|kind| (Key::Business, kind))],
        true => vec![
            field(FieldId::NorwegianNumber, Some("yes".to_owned())),
            field(FieldId::PortalLogin, Some("no".to_owned())),
        ],
    };
    let client = if foreign {
        FieldId::IssuerName
    } else {
        FieldId::ClientId
    };
    let way = value("client.authentication").filter(|_| !foreign);
    let fields = [
        field(FieldId::Environment, value("environment")),
        field(FieldId::Name, value("business.name")),
        field(FieldId::Organisation, organisation),
        field(FieldId::Services, Some(profile.business.services.join(","))),
        field(FieldId::OwnScopes, Some(profile.own_scopes().join(" "))),
        field(client, value("client.id")),
        field(FieldId::Authentication, way),
        field(FieldId::Kid, value("client.kid")),
        field(FieldId::KeyRegistered, value("client.key_registered")),
        field(FieldId::Certificate, value("certificate.path")),
        field(FieldId::Pick, value("certificate.pick")),
        field(FieldId::KeyFile, value("certificate.key_path")),
        field(FieldId::ChainFile, value("certificate.chain_path")),
        field(FieldId::ConsumerOrg, value("client.consumer_org")),
    ];
    let mut answers: Vec<(Key, String)> = business.into_iter().chain(fields).flatten().collect();
    answers.retain(|(key, value)| !value.is_empty() && has_answer(purpose, *key));
    let ticks = settings.iter().filter_map(|setting| {
        let at = setting
            .name
            .strip_suffix(".item")
            .filter(|at| at.starts_with("steps["))?;
        let done_at = OffsetDateTime::parse(&value(&format!("{at}.done_at"))?, &Rfc3339).ok()?;
        Some((setting.value.to_string(), done_at))
    });
    Ok(Some(SavedProfile {
        answers,
        purpose,
        ticks: ticks.collect(),
        left: Vec::new(),
    }))
}

/// Returns whether a profile of this purpose has an answer.
pub fn has_answer(purpose: Purpose, key: Key) -> bool {
    match key {
        Key::Field(field) if purpose == Purpose::Administration => administration::has_field(field),
        _ => true,
    }
}
