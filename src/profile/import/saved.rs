//! Answers that klarert wrote itself: in comments of an export, in the section of one in JSON, in `export --format json`,
//! and in a profile's file.

use super::{imported::ImportError, scopes, tree::Setting};
use crate::{
    journey::FieldId,
    profile::{Kind, command_line, fields::key::Key, file::document},
};

/// The comment before an answer in exports.
pub const COMMENT: &str = "# klarert ";
/// The section of answers in exports that are JSON.
pub const SECTION: &str = "klarert";

/// Returns the answers in comments of an export.
pub fn in_comments(text: &str) -> Vec<(Key, String)> {
    let lines = text.lines().filter_map(|line| line.trim().strip_prefix(COMMENT));
    let pairs = lines.filter_map(|line| line.split_once('='));
    pairs
        .filter_map(|(key, value)| Some((Key::parse(key)?, value.to_owned())))
        .collect()
}

/// Returns the answers in the section of an export that is JSON.
pub fn in_section(settings: &[Setting]) -> Vec<(Key, String)> {
    let in_section = |setting: &Setting| {
        let (section, key) = setting.name.split_once('.')?;
        let key = Key::parse(key).filter(|_| section == SECTION)?;
        Some((key, setting.value.to_string()))
    };
    settings.iter().filter_map(in_section).collect()
}

/// Returns the answers in a profile's file. `None` if the text is no profile.
pub fn in_profile(text: &str) -> Option<Result<Vec<(Key, String)>, ImportError>> {
    let has_table = |name: &str| text.lines().any(|line| line.trim() == format!("[{name}]"));
    if !["business", "client", "certificate", "progress"]
        .iter()
        .any(|name| has_table(name))
    {
        return None;
    }
    let parsed = document::parse(text);
    Some(match parsed {
        Ok(profile) => Ok(command_line::answers(&profile)),
        Err(_) => Err(ImportError::Malformed {
            format: "profile",
            line: 0,
            column: 0,
        }),
    })
}

/// Returns the answers in the JSON of `export --format json` and `show --json`. `None` if it is other JSON.
pub fn in_export(settings: &[Setting]) -> Option<Vec<(Key, String)>> {
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
    value("profile")?;
    let has_section = |name: &str| settings.iter().any(|setting| setting.name.starts_with(name));
    if !has_section("client.") || !has_section("steps[") {
        return None;
    }
    let kind = value("business.kind");
    let organisation = value("business.organisation");
    let foreign = kind.as_deref() == Some(Kind::Foreign.id());
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
    let scopes = scopes::separate(&list("client.scopes").join(" "));
    let fields = [
        field(FieldId::Environment, value("environment")),
        field(FieldId::Name, value("business.name")),
        field(FieldId::Organisation, organisation),
        field(FieldId::Services, Some(list("business.services").join(","))),
        field(FieldId::OwnScopes, Some(scopes.own)),
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
    let all = business.into_iter().chain(fields).flatten();
    Some(all.filter(|(_, value)| !value.is_empty()).collect())
}
