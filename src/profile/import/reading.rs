//! The settings of a file on their way to answers: each is taken, ignored or refused, and what follows from them is added.

use zeroize::Zeroizing;

use super::{
    environment,
    imported::{Assumption, ImportError, ImportedSettings},
    names::{self, Target},
    properties,
    saved::{self, SECTION},
    scopes, secret,
    tree::{Setting, chosen_items},
};
use crate::{
    journey::FieldId,
    profile::{Authentication, Kind, fields::key::Key, parse},
};

/// A settings file that is being read.
#[derive(Default)]
pub struct Reading<'a> {
    environments: &'a [(String, String)],
    /// The environment that was chosen on the command line.
    chosen: Option<&'a str>,
    /// Answers with the setting that gave each.
    found: Vec<(FieldId, String, String)>,
    scopes: Vec<String>,
    certificate: Option<(String, String)>,
    key: Option<(String, String)>,
    has_jwk: bool,
    /// Answers that klarert wrote beside the settings, which are newer.
    pub saved: Vec<(Key, String)>,
    imported: ImportedSettings,
}

impl<'a> Reading<'a> {
    /// Begins a file, with the known environments and the one that was chosen on the command line.
    pub fn new(environments: &'a [(String, String)], chosen: Option<&'a str>) -> Reading<'a> {
        Reading {
            environments,
            chosen,
            ..Reading::default()
        }
    }

    /// Takes a setting of properties or variables, whose value is not decoded yet.
    pub fn raw(&mut self, name: &str, raw: &str) -> Result<(), ImportError> {
        let target = names::target(name);
        if target.is_none() || (target != Some(Target::Jwk) && secret::is_inline(raw)) {
            self.ignore(name);
            return Ok(());
        }
        let value = Zeroizing::new(properties::decode_value(name, raw));
        self.take(name, &value)
    }

    /// Takes the settings of YAML or JSON. Where the file has sections of Maskinporten, the others are passed over.
    pub fn tree(&mut self, settings: &[Setting]) -> Result<(), ImportError> {
        self.saved = saved::in_section(settings);
        let has_ours = settings.iter().any(|setting| names::is_ours(&setting.name));
        let chosen = chosen_items(settings);
        for setting in settings {
            let name = setting.name.as_str();
            let is_saved = name.split_once('.').is_some_and(|(section, _)| section == SECTION);
            if is_saved || (has_ours && !names::is_ours(name)) || !chosen(name) {
                continue;
            }
            self.take(
                name.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '[' | ']')),
                &setting.value,
            )?;
        }
        Ok(())
    }

    fn ignore(&mut self, name: &str) {
        if !self.imported.ignored.iter().any(|other| other == name) {
            self.imported.ignored.push(name.to_owned());
        }
    }

    fn take(&mut self, name: &str, value: &str) -> Result<(), ImportError> {
        let Some(target) = names::target(name) else {
            self.ignore(name);
            return Ok(());
        };
        let value = value.trim();
        // Empty, or a placeholder: `<your client_id>`.
        let placeholder = value.is_empty() || (value.starts_with('<') && value.ends_with('>'));
        if target == Target::Jwk {
            self.has_jwk = true;
            if let Some(kid) = secret::kid(value) {
                self.answer(FieldId::Kid, name, &kid)?;
            }
            if !placeholder {
                self.ignore(name);
            }
            return Ok(());
        }
        if placeholder {
            return Ok(());
        }
        // The keystore or the key itself instead of a path, or a value that another program fills in.
        if secret::is_inline(value) || value.contains("${") || value.starts_with("classpath:") {
            self.ignore(name);
            return Ok(());
        }
        match target {
            Target::Derived | Target::Jwk => {}
            Target::Field(field) => self.answer(field, name, value)?,
            Target::Scopes => self.scopes.push(value.to_owned()),
            Target::Address => self.maskinporten(name, value)?,
            Target::Issuer if environment::is_address(value) => self.maskinporten(name, value)?,
            Target::Issuer => self.client(name, value)?,
            Target::Environment => {
                let id = environment::of_name(value, self.environments);
                self.environment(name, value, id)?;
            }
            Target::CertificateFile => {
                self.certificate
                    .get_or_insert_with(|| (name.to_owned(), value.to_owned()));
            }
            Target::KeyFile => {
                self.key.get_or_insert_with(|| (name.to_owned(), value.to_owned()));
            }
        }
        Ok(())
    }

    /// Adds an answer. One of the same name replaces it, as in Java and in shells; another name must agree.
    fn answer(&mut self, field: FieldId, name: &str, value: &str) -> Result<(), ImportError> {
        let known = self.found.iter_mut().find(|(other, _, _)| *other == field);
        match known {
            Some((_, other_name, other)) if other != value && other_name != name => Err(ImportError::Contradiction {
                names: [other_name.clone(), name.to_owned()],
                values: [other.clone(), value.to_owned()],
            }),
            Some((_, _, known)) => {
                *known = value.to_owned();
                Ok(())
            }
            None => {
                self.found.push((field, name.to_owned(), value.to_owned()));
                Ok(())
            }
        }
    }

    /// Takes an issuer that is no address: in a grant, the client is the issuer.
    fn client(&mut self, name: &str, value: &str) -> Result<(), ImportError> {
        let is_number = parse::organisation_number(value).is_ok();
        let has_client = self.found.iter().any(|(field, _, _)| *field == FieldId::ClientId);
        match is_number && !has_client {
            true => Err(ImportError::Issuer {
                name: name.to_owned(),
                value: value.to_owned(),
            }),
            false if has_client && is_number => {
                self.ignore(name);
                Ok(())
            }
            false => self.answer(FieldId::ClientId, name, value),
        }
    }

    fn maskinporten(&mut self, name: &str, value: &str) -> Result<(), ImportError> {
        if !environment::is_address(value) {
            self.ignore(name);
            return Ok(());
        }
        let id = environment::of_address(value, self.environments);
        self.environment(name, value, id)
    }

    fn environment(&mut self, name: &str, value: &str, id: Option<String>) -> Result<(), ImportError> {
        if self.chosen.is_some() {
            return Ok(());
        }
        match id {
            Some(id) => self.answer(FieldId::Environment, name, &id),
            None => {
                self.imported.unknown_issuer.get_or_insert_with(|| value.to_owned());
                Ok(())
            }
        }
    }

    /// Returns the answers, with what follows from them.
    pub fn finish(mut self) -> Result<ImportedSettings, ImportError> {
        let taken = !self.found.is_empty() || !self.scopes.is_empty() || self.has_jwk || !self.saved.is_empty();
        if !taken && self.certificate.is_none() && self.key.is_none() {
            return Err(ImportError::Nothing);
        }
        let mut answers: Vec<(FieldId, String)> = Vec::new();
        let mut files_key = false;
        match (self.certificate.take(), self.key.take()) {
            (Some((_, certificate)), key) => {
                answers.push((FieldId::Certificate, certificate));
                answers.extend(key.map(|(_, key)| (FieldId::KeyFile, key)));
            }
            (None, Some((_, key))) => {
                files_key = true;
                answers.push((FieldId::Certificate, key));
            }
            (None, None) => {}
        }
        let has = |field| self.found.iter().any(|(other, _, _)| *other == field);
        let scopes = scopes::separate(&self.scopes.join(" "));
        let kind_of = |answers: &[(Key, String)]| {
            let kind = answers.iter().find(|(key, _)| *key == Key::Business);
            let branch = answers.iter().any(|(key, _)| *key == Key::Field(FieldId::PortalLogin));
            match kind {
                Some((_, kind)) => Some(if kind == Kind::Foreign.id() {
                    Kind::Foreign
                } else {
                    Kind::Norwegian
                }),
                None => branch.then_some(Kind::Foreign),
            }
        };
        let saved_kind = kind_of(&self.saved);
        let kind = scopes.kind.or(saved_kind).unwrap_or(Kind::Norwegian);
        if scopes.kind.is_none() && saved_kind.is_none() {
            self.imported.assumed.push(Assumption::Norwegian);
        }
        let uses_key = has(FieldId::Kid) || self.has_jwk || files_key;
        let saved_way = self
            .saved
            .iter()
            .any(|(key, _)| *key == Key::Field(FieldId::Authentication));
        if uses_key && kind == Kind::Norwegian {
            answers.push((FieldId::Authentication, Authentication::Key.id().to_owned()));
            if files_key && !has(FieldId::Kid) && !self.has_jwk && !saved_way {
                self.imported.assumed.push(Assumption::RegisteredKey);
            }
        }
        if !self.scopes.is_empty() {
            answers.push((FieldId::Services, scopes.services));
            answers.push((FieldId::OwnScopes, scopes.own));
        }
        if let Some(id) = self.chosen {
            answers.push((FieldId::Environment, id.to_owned()));
            self.imported.unknown_issuer = None;
        }
        answers.extend(
            std::mem::take(&mut self.found)
                .into_iter()
                .map(|(field, _, value)| (field, value)),
        );
        let mut all = std::mem::take(&mut self.saved);
        if saved_kind.is_none() {
            all.push((Key::Business, kind.id().to_owned()));
        }
        for (field, value) in answers {
            let key = match (field, kind) {
                (FieldId::ClientId, Kind::Foreign) => Key::Field(FieldId::IssuerName),
                (FieldId::Kid, Kind::Foreign) => continue,
                (field, _) => Key::Field(field),
            };
            all.retain(|(other, _)| *other != key);
            all.push((key, value));
        }
        all.retain(|(_, value)| !value.is_empty());
        let environment = Key::Field(FieldId::Environment);
        if !all.iter().any(|(key, _)| *key == environment) && self.imported.unknown_issuer.is_none() {
            self.imported.assumed.push(Assumption::Environment);
        }
        self.imported.answers = all;
        Ok(self.imported)
    }
}
