//! The settings of a file on their way to answers: each is taken, ignored or refused, and what follows from them is added.

use zeroize::Zeroizing;

use super::{
    environment::{self, Mentions},
    imported::{Assumption, ImportError, ImportedSettings, Place},
    names::{self, Target},
    properties,
    saved::{self, SECTION},
    scopes, secret,
    tree::{Setting, chosen_items},
    values,
};
use crate::{
    journey::{FieldId, SANDBOX},
    profile::{Authentication, Kind, fields::key::Key, parse},
};

/// Returns the error for two answers.
fn contradiction(names: [&str; 2], values: [&str; 2]) -> ImportError {
    let owned = |pair: [&str; 2]| pair.map(str::to_owned);
    ImportError::Contradiction {
        names: owned(names),
        values: owned(values),
    }
}

/// A settings file that is being read.
#[derive(Default)]
pub struct Reading<'a> {
    /// The addresses of all environments.
    environments: Vec<(String, String)>,
    /// The environment that was chosen on the command line.
    chosen: Option<&'a str>,
    /// Answers with the setting that gave each.
    found: Vec<(FieldId, String, String)>,
    scopes: Vec<String>,
    certificate: Option<(String, String)>,
    key: Option<(String, String)>,
    has_jwk: bool,
    /// Settings of other things that name an environment by an address, such as that of Customs.
    mentions: Vec<(String, Vec<String>)>,
    /// Answers that klarert wrote beside the settings, which are newer.
    pub saved: Vec<(Key, String)>,
    imported: ImportedSettings,
}

impl<'a> Reading<'a> {
    /// Begins a file, with the known environments and the one that was chosen on the command line.
    pub fn new(issuers: &[(String, String)], chosen: Option<&'a str>) -> Reading<'a> {
        Reading {
            environments: environment::addresses(issuers),
            chosen,
            ..Reading::default()
        }
    }

    /// Takes a setting of properties or variables, whose value is not decoded yet.
    pub fn raw(&mut self, name: &str, raw: &str) -> Result<(), ImportError> {
        let target = names::target(name);
        if target.is_none() || (target != Some(Target::Jwk) && secret::is_inline(raw)) {
            self.ignore(name);
            return self.mention(name, properties::without_comment(raw));
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
            if is_saved || !chosen(name) {
                continue;
            }
            if has_ours && !names::is_ours(name) {
                self.mention(name, &setting.value)?;
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

    fn leave_open(&mut self, name: &str) {
        if !self.imported.open.iter().any(|other| other == name) {
            self.imported.open.push(name.to_owned());
        }
    }

    fn take(&mut self, name: &str, value: &str) -> Result<(), ImportError> {
        let Some(target) = names::target(name) else {
            self.ignore(name);
            return self.mention(name, value);
        };
        let value = values::bare(value);
        if value.is_empty() {
            return Ok(());
        }
        let is_placeholder = values::is_placeholder(value);
        if target == Target::Jwk {
            self.has_jwk = true;
            if let Some(kid) = secret::kid(value) {
                self.answer(FieldId::Kid, name, &kid)?;
            }
            match is_placeholder {
                true => self.leave_open(name),
                false => self.ignore(name),
            }
            return Ok(());
        }
        let is_address = matches!(target, Target::Address | Target::Issuer | Target::Environment);
        if is_address && self.maskinporten(name, value)? {
            return Ok(());
        }
        if is_placeholder {
            self.leave_open(name);
            return Ok(());
        }
        // The keystore or the key itself instead of a path, or a value that another program fills in.
        if secret::is_inline(value) || values::is_filled_in(value) {
            self.ignore(name);
            return Ok(());
        }
        match target {
            Target::Jwk => {}
            Target::Derived => self.mention(name, value)?,
            Target::Field(field) => self.answer(field, name, value)?,
            Target::Scopes => self.scopes.push(value.to_owned()),
            Target::Issuer => self.client(name, value)?,
            Target::Address | Target::Environment => match environment::of_name(value, &self.environments) {
                Some(id) => self.answer(FieldId::Environment, name, &id)?,
                None if target == Target::Address => self.ignore(name),
                None => drop(self.imported.unknown_issuer.get_or_insert_with(|| value.to_owned())),
            },
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
            Some((_, other_name, other)) if other != value && other_name != name => {
                Err(contradiction([other_name, name], [other, value]))
            }
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

    /// Takes the Maskinporten whose address a value has. Returns false if it has none.
    fn maskinporten(&mut self, name: &str, value: &str) -> Result<bool, ImportError> {
        let Mentions { known, other, .. } = self.mentioned(name, value)?;
        match known.as_slice() {
            _ if self.chosen.is_some() => return Ok(!known.is_empty() || other.is_some()),
            [] => match other {
                Some(address) => drop(self.imported.unknown_issuer.get_or_insert(address)),
                None => return Ok(false),
            },
            [id] => self.answer(FieldId::Environment, name, id)?,
            [one, other, ..] => return Err(contradiction([name, name], [one, other])),
        }
        Ok(true)
    }

    /// Takes the environment that a setting of something else names by an address. A list of hosts that a proxy serves or
    /// passes over names none.
    fn mention(&mut self, name: &str, value: &str) -> Result<(), ImportError> {
        let is_proxy = name.to_lowercase().contains("proxy");
        if is_proxy || self.chosen.is_some() || environment::named_host(value, &self.environments).is_none() {
            return Ok(());
        }
        let known = self.mentioned(name, value)?.known;
        if !known.is_empty() {
            self.mentions.push((name.to_owned(), known));
        }
        Ok(())
    }

    /// Refuses a line that names an environment and cannot be read.
    pub fn unread(&self, line: usize, text: &str) -> Result<(), ImportError> {
        match environment::named_host(text, &self.environments) {
            Some(host) if self.chosen.is_none() => Err(ImportError::Unread {
                place: Place::Line(line),
                host,
            }),
            _ => Ok(()),
        }
    }

    /// Finds the environments that a value names.
    ///
    /// # Errors
    ///
    /// A value that names one in a form that cannot be read, unless the environment was chosen on the command line.
    fn mentioned(&self, name: &str, value: &str) -> Result<Mentions, ImportError> {
        let mentions = environment::mentioned(value, &self.environments);
        match &mentions.unreadable {
            Some(host) if self.chosen.is_none() => Err(ImportError::Unread {
                place: Place::Setting(name.to_owned()),
                host: host.clone(),
            }),
            _ => Ok(mentions),
        }
    }

    /// Adds the environment that only settings of other things name, or refuses one that the others contradict. Customs may
    /// be the real one beside a Maskinporten of one's own.
    fn add_mentions(&mut self) -> Result<(), ImportError> {
        let of_saved = self
            .saved
            .iter()
            .find(|(key, _)| *key == Key::Field(FieldId::Environment));
        let of_saved = of_saved.map(|(_, id)| (SECTION.to_owned(), id.clone()));
        let named = self.found.iter().find(|(field, _, _)| *field == FieldId::Environment);
        let mut named = named.map(|(_, name, id)| (name.clone(), id.clone())).or(of_saved);
        let is_own = |id: &str| !["test", "prod", SANDBOX].contains(&id);
        let mut lists = Vec::new();
        for (name, ids) in std::mem::take(&mut self.mentions) {
            match (ids.as_slice(), &named) {
                ([id], None) => {
                    self.answer(FieldId::Environment, &name, id)?;
                    named = Some((name, id.clone()));
                }
                ([id], Some((other, known))) if id != known && !is_own(known) => {
                    return Err(contradiction([other, &name], [known, id]));
                }
                ([_], _) => {}
                _ => lists.push((name, ids)),
            }
        }
        // A list of hosts does not decide, and contradicts nothing.
        match lists.first() {
            Some((name, ids)) if named.is_none() => Err(contradiction([name, name], [&ids[0], &ids[1]])),
            _ => Ok(()),
        }
    }

    /// Returns the answers, with what follows from them.
    pub fn finish(mut self) -> Result<ImportedSettings, ImportError> {
        let taken = !self.found.is_empty() || !self.scopes.is_empty() || self.has_jwk || !self.saved.is_empty();
        if !taken && self.certificate.is_none() && self.key.is_none() {
            return Err(ImportError::Nothing);
        }
        self.add_mentions()?;
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
