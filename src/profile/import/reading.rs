//! The settings of a file on their way to answers: each is taken, ignored or refused.

use zeroize::Zeroizing;

use super::{
    environment::{self, Mentions},
    imported::{ImportError, ImportedSettings, Place},
    manifest::chosen_items,
    names::{self, Target},
    properties::{self, Part},
    saved::{self, SECTION, SavedProfile},
    secret,
    tree::Setting,
    values,
};
use crate::{journey::FieldId, profile::parse};

/// Returns the error for two answers.
pub fn contradiction(names: [&str; 2], values: [&str; 2]) -> ImportError {
    let owned = |pair: [&str; 2]| pair.map(str::to_owned);
    ImportError::Contradiction {
        names: owned(names),
        values: owned(values),
    }
}

/// The end of the name of Spring's condition for a document (`spring.config.activate.on-profile`).
pub const CONDITION: &str = "activate.on-profile";

/// A settings file that is being read.
#[derive(Default)]
pub struct Reading<'a> {
    /// The addresses of all environments.
    pub environments: Vec<(String, String)>,
    /// The environment that was chosen on the command line.
    pub chosen: Option<&'a str>,
    /// Answers with the setting that gave each.
    pub found: Vec<(FieldId, String, String)>,
    /// Scopes with the setting that has them.
    pub scopes: Vec<(String, String)>,
    /// True where a later setting of the same name replaces an earlier one, as in Java and in shells.
    pub replaces: bool,
    /// The document that has settings, and the line of the first one.
    pub document: Option<(usize, usize)>,
    /// The documents of Spring that belong to an environment, and its name.
    pub conditions: Vec<(usize, String)>,
    pub has_jwk: bool,
    /// Settings of other things that name an environment by an address, such as that of Customs.
    pub mentions: Vec<(String, Vec<String>)>,
    /// Answers that klarert wrote beside the settings, which are newer.
    pub saved: SavedProfile,
    pub imported: ImportedSettings,
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

    /// Takes the settings of properties, an INI file or variables.
    pub fn lines(&mut self, parts: &[(usize, Part<'_>)]) -> Result<(), ImportError> {
        let (mut document, mut section) = (0, None);
        for (line, part) in parts {
            match *part {
                Part::Divider => document += 1,
                Part::Section(name) => section = Some(name),
                Part::Other(text) => self.unread(*line, text)?,
                Part::Setting(name, raw) => {
                    if name.ends_with(CONDITION) {
                        self.conditions.push((document, raw.trim().to_owned()));
                    }
                    if names::target(name).is_some() {
                        // A frame around a comment in a file of variables is no divider.
                        let document = if properties::is_property(name) { document } else { 0 };
                        self.in_document(document, *line)?;
                    }
                    self.raw(name, raw, section)?;
                }
            }
        }
        Ok(())
    }

    /// Takes a setting whose value is not decoded yet. Of two sections, each may have another value.
    fn raw(&mut self, name: &str, raw: &str, section: Option<&str>) -> Result<(), ImportError> {
        let full = section.map_or(name.to_owned(), |section| format!("[{section}] {name}"));
        let target = names::target(name);
        if target.is_none() || (target != Some(Target::Jwk) && secret::is_inline(raw)) {
            self.ignore(&full);
            return self.mention(&full, properties::without_comment(raw));
        }
        if let Some(section) = section {
            self.section(&format!("[{section}]"), section);
        }
        let value = Zeroizing::new(properties::decode_value(name, raw));
        self.take(&full, &value)
    }

    /// Notes the environment that the name of a section is.
    pub fn section(&mut self, place: &str, name: &str) {
        if let Some(id) = environment::of_name(name, &self.environments).filter(|_| name.len() > 2) {
            self.mentions.push((place.to_owned(), vec![id]));
        }
    }

    /// Refuses settings in two documents, of which a program uses one, or one over the other.
    fn in_document(&mut self, document: usize, line: usize) -> Result<(), ImportError> {
        let (first, at) = *self.document.get_or_insert((document, line));
        match first == document {
            true => Ok(()),
            false => Err(ImportError::Documents { lines: [at, line] }),
        }
    }

    /// Takes the settings of YAML or JSON. Where the file has sections of Maskinporten, the others are passed over.
    pub fn tree(&mut self, settings: &[Setting]) -> Result<(), ImportError> {
        saved::add_section(settings, &mut self.saved);
        let has_ours = settings.iter().any(|setting| names::is_ours(&setting.name));
        let chosen = chosen_items(settings);
        for setting in settings {
            let name = setting.name.as_str();
            let is_saved = name.split_once('.').is_some_and(|(section, _)| section == SECTION);
            if is_saved || !chosen(name) {
                continue;
            }
            if name.ends_with(CONDITION) {
                self.conditions.push((setting.document, setting.value.to_string()));
            }
            if has_ours && !names::is_ours(name) {
                self.mention(name, &setting.value)?;
                continue;
            }
            let bare = name.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '[' | ']'));
            let target = names::target(bare);
            if target.is_some() {
                self.in_document(setting.document, setting.line)?;
                for part in name.split(['.', ':']) {
                    self.section(part, part);
                }
            }
            match target {
                Some(Target::Scopes) if name.ends_with(']') => self.add_scopes(bare, &setting.value),
                _ => self.take(bare, &setting.value)?,
            }
        }
        Ok(())
    }

    /// Adds an item to a list of scopes.
    fn add_scopes(&mut self, name: &str, value: &str) {
        match self.scopes.iter_mut().find(|(other, _)| other == name) {
            Some((_, scopes)) => scopes.extend([" ", value]),
            None => self.scopes.push((name.to_owned(), value.to_owned())),
        }
    }

    pub fn ignore(&mut self, name: &str) {
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
            Target::Scopes => {
                if self.replaces {
                    self.scopes.retain(|(other, _)| other != name);
                }
                self.scopes.push((name.to_owned(), value.to_owned()));
            }
            Target::Issuer => self.client(name, value)?,
            Target::Address | Target::Environment => match environment::of_name(value, &self.environments) {
                Some(id) => self.answer(FieldId::Environment, name, &id)?,
                None if target == Target::Address => self.ignore(name),
                None => drop(self.imported.unknown_issuer.get_or_insert_with(|| value.to_owned())),
            },
            Target::CertificateFile => self.answer(FieldId::Certificate, name, value)?,
            Target::KeyFile => self.answer(FieldId::KeyFile, name, value)?,
        }
        Ok(())
    }

    /// Adds an answer. In Java and in shells one of the same name replaces it; any other must agree.
    pub fn answer(&mut self, field: FieldId, name: &str, value: &str) -> Result<(), ImportError> {
        let known = self.found.iter_mut().find(|(other, _, _)| *other == field);
        match known {
            Some((_, other_name, other)) if other != value && !(self.replaces && other_name == name) => {
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
}
