//! The answers of a file whose settings were all read, with what follows from them.

use super::{
    imported::{Assumption, ImportError, ImportedSettings},
    names,
    reading::{CONDITION, Reading, contradiction},
    saved::{SECTION, SavedProfile, has_answer},
    scopes,
};
use crate::{
    journey::{BUILT_IN_IDS, FieldId},
    profile::{Authentication, Kind, Purpose, administration, fields::key::Key},
};

impl Reading<'_> {
    /// Adds the environment that only settings of other things name, or refuses one that the others contradict. Customs may
    /// be the real one beside a Maskinporten of one's own.
    fn add_mentions(&mut self) -> Result<(), ImportError> {
        for (document, name) in std::mem::take(&mut self.conditions) {
            if self.document.is_some_and(|(used, _)| used == document) {
                self.section(CONDITION, &name);
            }
        }
        let of_saved = self
            .saved
            .answers
            .iter()
            .find(|(key, _)| *key == Key::Field(FieldId::Environment));
        let of_saved = of_saved.map(|(_, id)| (SECTION.to_owned(), id.clone()));
        let named = self.found.iter().find(|(field, _, _)| *field == FieldId::Environment);
        let mut named = named.map(|(_, name, id)| (name.clone(), id.clone())).or(of_saved);
        let is_own = |id: &str| !BUILT_IN_IDS.contains(&id);
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

    /// Returns the scopes of the file. Where sections of Maskinporten have some, those of others are not used.
    ///
    /// # Errors
    ///
    /// Two settings with different scopes.
    fn one_list_of_scopes(&mut self) -> Result<String, ImportError> {
        if self.scopes.iter().any(|(name, _)| names::is_ours(name)) {
            let scopes = std::mem::take(&mut self.scopes);
            let (ours, others): (Vec<_>, Vec<_>) = scopes
                .into_iter()
                .partition(|(name, _)| names::is_ours(name) || !names::is_path(name));
            others.iter().for_each(|(name, _)| self.ignore(name));
            self.scopes = ours;
        }
        let sorted = |value: &str| {
            let mut scopes: Vec<String> = scopes::list(value).into_iter().map(str::to_owned).collect();
            scopes.sort_unstable();
            scopes.dedup();
            scopes
        };
        let Some((name, first)) = self.scopes.first() else {
            return Ok(String::new());
        };
        let other = self.scopes.iter().find(|(_, other)| sorted(other) != sorted(first));
        match other {
            Some((other, value)) => Err(contradiction([name, other], [first, value])),
            None => Ok(first.clone()),
        }
    }

    /// Returns the answers, with what follows from them.
    pub fn finish(mut self) -> Result<ImportedSettings, ImportError> {
        let taken = !self.found.is_empty() || !self.scopes.is_empty() || self.has_jwk || !self.saved.answers.is_empty();
        if !taken {
            return Err(ImportError::Nothing);
        }
        self.add_mentions()?;
        let all_scopes = self.one_list_of_scopes()?;
        let mut answers: Vec<(FieldId, String)> = Vec::new();
        let names_certificate = self.found.iter().any(|(field, _, _)| *field == FieldId::Certificate);
        let key = self.found.iter_mut().find(|(field, _, _)| *field == FieldId::KeyFile);
        let files_key = !names_certificate && key.is_some();
        if let Some((field, _, _)) = key.filter(|_| files_key) {
            *field = FieldId::Certificate;
        }
        let has = |field| self.found.iter().any(|(other, _, _)| *other == field);
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
        let SavedProfile {
            answers: mut all,
            mut purpose,
            ..
        } = std::mem::take(&mut self.saved);
        let saved_kind = kind_of(&all);
        let saved_own = all.iter().find(|(key, _)| *key == Key::Field(FieldId::OwnScopes));
        let saved_own = saved_own.map_or("", |(_, own)| own.as_str());
        let scopes = scopes::separate(&all_scopes, saved_kind, saved_own);
        if let Some([norwegian, foreign]) = scopes.mixed {
            return Err(ImportError::MixedScopes { norwegian, foreign });
        }
        let written = scopes::list(&all_scopes);
        if !written.is_empty() && written.iter().all(|scope| administration::SCOPES.contains(scope)) {
            purpose = Purpose::Administration;
        }
        let kind = scopes.kind.unwrap_or(Kind::Norwegian);
        if scopes.kind.is_none() && purpose == Purpose::Onboarding {
            self.imported.assumed.push(Assumption::Norwegian);
        }
        let uses_key = has(FieldId::Kid) || self.has_jwk || files_key;
        let saved_way = all.iter().any(|(key, _)| *key == Key::Field(FieldId::Authentication));
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
        all.retain(|(key, value)| !value.is_empty() && has_answer(purpose, *key));
        let environment = Key::Field(FieldId::Environment);
        if !all.iter().any(|(key, _)| *key == environment) && self.imported.unknown_issuer.is_none() {
            self.imported.assumed.push(Assumption::Environment);
        }
        (self.imported.answers, self.imported.purpose) = (all, purpose);
        Ok(self.imported)
    }
}
