//! Answers by name: what `klarert new --…` and `klarert set NAME key=value` write, by the rules of [`parse`]. Pure.

use std::path::{Path, PathBuf};

use time::Date;

use super::business_kind::{can_log_in, has_number, set_kind};
use crate::journey::{Field, FieldId, journey, services};
use crate::profile::{
    Authentication, HAS_NUMBER, Kind, Profile,
    parse::{self, ParseError},
};

/// Something that can be answered. The wizard asks two questions to find the kind of business; here it can be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    Business,
    Field(FieldId),
}

/// What an answer is read against.
#[derive(Debug, Clone, Copy)]
pub struct SetContext<'a> {
    /// The ids of the environments there are.
    pub environments: &'a [String],
    /// Where a relative path starts.
    pub folder: &'a Path,
    pub today: Date,
}

impl Key {
    /// Every key, in the order the wizard asks: an answer may depend on those before it.
    pub fn all() -> Vec<Key> {
        let fields = journey().steps.iter().flat_map(|step| &step.fields);
        std::iter::once(Key::Business)
            .chain(fields.map(|field| Key::Field(field.id)))
            .collect()
    }

    /// By its name, or by that of its flag.
    pub fn parse(written: &str) -> Option<Key> {
        Key::all()
            .into_iter()
            .find(|key| key.id() == written || key.flag() == written)
    }

    /// The answer that settles a field. Two questions find the kind of business, which can be said at once; of who has
    /// answered the first, only the second is asked, so that the first answer stays.
    pub fn of(field: FieldId) -> Key {
        match field {
            FieldId::NorwegianNumber => Key::Business,
            other => Key::Field(other),
        }
    }

    pub fn id(self) -> &'static str {
        match self {
            Key::Business => "business",
            Key::Field(field) => field.id(),
        }
    }

    /// The flag of the command line. One that can be given several times has its name in the singular.
    pub fn flag(self) -> &'static str {
        match self {
            Key::Field(FieldId::Services) => "service",
            other => other.id(),
        }
    }
}

/// Takes an answer as it was written; an empty one takes the answer away.
///
/// # Errors
///
/// The rule that the answer breaks. The profile is then as it was.
pub fn answer(profile: &mut Profile, key: Key, written: &str, around: SetContext<'_>) -> Result<(), ParseError> {
    let field = match key {
        Key::Business => {
            let kinds = [Kind::Norwegian, Kind::Foreign].map(|kind| (kind.id(), kind));
            let kind = one_of(written, &kinds)?;
            profile.progress.done.remove(HAS_NUMBER);
            set_kind(profile, kind);
            return Ok(());
        }
        Key::Field(field) => field,
    };
    if !written.trim().is_empty() {
        asked(profile, field)?;
    }
    match field {
        FieldId::NorwegianNumber => has_number(profile, yes_or_no(written)?),
        FieldId::PortalLogin => can_log_in(profile, yes_or_no(written)?),
        FieldId::Environment => {
            let known: Vec<(&str, &str)> = around
                .environments
                .iter()
                .map(|id| (id.as_str(), id.as_str()))
                .collect();
            profile.environment = one_of(written, &known)?.unwrap_or_default().to_owned();
        }
        FieldId::Name => profile.business.name = optional(written, parse::name)?,
        FieldId::Organisation => {
            let read = match profile.business.kind {
                Some(Kind::Foreign) => parse::organisation_identifier,
                Some(Kind::Norwegian) | None => parse::organisation_number,
            };
            profile.business.organisation = optional(written, read)?;
        }
        FieldId::Services => {
            let own = profile.own_scopes();
            profile.business.services = service_ids(written, profile.business.kind)?;
            profile.set_scopes(&own);
        }
        FieldId::OwnScopes => {
            let own = parse::scopes(written)?;
            profile.set_scopes(&own);
        }
        FieldId::ClientId => profile.client.id = optional(written, parse::client_id)?,
        FieldId::IssuerName => profile.client.id = optional(written, parse::name)?,
        FieldId::Authentication => {
            let ways = [Authentication::Certificate, Authentication::Key].map(|way| (way.id(), way));
            profile.client.authentication = one_of(written, &ways)?.unwrap_or_default();
        }
        FieldId::Kid => {
            let kid = optional(written, parse::kid)?;
            // Another key was registered on another day.
            if kid != profile.client.kid {
                profile.client.key_registered = None;
            }
            profile.client.kid = kid;
        }
        FieldId::KeyRegistered => {
            profile.client.key_registered = optional(written, |written| parse::day(written, around.today))?;
        }
        FieldId::Certificate => {
            let path = path(written, around.folder);
            // The same answer again says nothing new of the file.
            if path != profile.certificate.path {
                (profile.certificate_ends, profile.certificate.pick) = (None, None);
            }
            profile.certificate.path = path;
        }
        FieldId::Pick => {
            let pick = optional(written, parse::pick)?;
            // Another certificate ends on another day.
            if pick != profile.certificate.pick {
                profile.certificate_ends = None;
            }
            profile.certificate.pick = pick;
        }
        FieldId::KeyFile => {
            let path = path(written, around.folder);
            // The certificates that have their key come first.
            if path != profile.certificate.key_path {
                profile.certificate.pick = None;
            }
            profile.certificate.key_path = path;
        }
        FieldId::ChainFile => profile.certificate.chain_path = path(written, around.folder),
        FieldId::ConsumerOrg => {
            let consumer = optional(written, parse::organisation_number)?;
            if consumer.is_some() && consumer == profile.business.organisation {
                return Err(ParseError::new("refused-consumer-self"));
            }
            profile.client.consumer_org = consumer;
        }
    }
    Ok(())
}

/// Whether a question is asked of that profile at all.
fn asked(profile: &Profile, id: FieldId) -> Result<(), ParseError> {
    let fields = journey().steps.iter().flat_map(|step| &step.fields);
    let mut same = fields.filter(|field| field.id == id);
    let for_others = |field: &Field| {
        let kind = profile.business.kind;
        let other_kind = field.audience.is_some() && kind.is_some() && field.audience != kind;
        other_kind || field.with.is_some_and(|way| way != profile.authentication())
    };
    match same.find(|field| for_others(field)) {
        None => Ok(()),
        Some(Field { with: Some(way), .. }) => Err(ParseError::new("refused-only-with").with("way", way.id())),
        Some(Field { audience, .. }) => {
            Err(ParseError::new("refused-only-for").with("kind", audience.map(Kind::id).unwrap_or_default()))
        }
    }
}

fn service_ids(written: &str, kind: Option<Kind>) -> Result<Vec<String>, ParseError> {
    let open = |service: &&services::Service| match kind {
        Some(kind) => service.open_to(kind),
        None => !service.announced,
    };
    let known: Vec<(&str, &str)> = services::services()
        .iter()
        .filter(open)
        .map(|service| (service.id.as_str(), service.id.as_str()))
        .collect();
    let mut chosen: Vec<String> = Vec::new();
    for word in written.split([',', ' ']).filter(|word| !word.is_empty()) {
        let id = one_of(word, &known)?.unwrap_or_default();
        if !chosen.iter().any(|other| other == id) {
            chosen.push(id.to_owned());
        }
    }
    Ok(chosen)
}

fn yes_or_no(written: &str) -> Result<Option<bool>, ParseError> {
    one_of(written, &[("yes", true), ("no", false)])
}

fn one_of<T: Copy>(written: &str, known: &[(&str, T)]) -> Result<Option<T>, ParseError> {
    let word = written.trim();
    if word.is_empty() {
        return Ok(None);
    }
    let found = known.iter().find(|(id, _)| *id == word);
    found.map(|(_, value)| Some(*value)).ok_or_else(|| {
        let known: Vec<&str> = known.iter().map(|(id, _)| *id).collect();
        ParseError::new("refused-choice")
            .with("written", word)
            .with("known", known.join(", "))
    })
}

fn optional<T>(written: &str, read: impl Fn(&str) -> Result<T, ParseError>) -> Result<Option<T>, ParseError> {
    if written.trim().is_empty() {
        return Ok(None);
    }
    read(written).map(Some)
}

/// A path from the root, as the profile is kept elsewhere; one that begins with `~` is left for later.
fn path(written: &str, folder: &Path) -> Option<PathBuf> {
    let path = PathBuf::from(parse::path(written)?);
    Some(if path.starts_with("~") { path } else { folder.join(path) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::{date, datetime};

    fn take(profile: &mut Profile, key: &str, written: &str) -> Result<(), &'static str> {
        let environments = ["test", "prod"].map(str::to_owned);
        let around = SetContext {
            environments: &environments,
            folder: Path::new("/home/kari"),
            today: date!(2026 - 11 - 22),
        };
        let key = Key::parse(key).unwrap_or_else(|| panic!("{key}"));
        answer(profile, key, written, around).map_err(|refusal| refusal.id)
    }

    fn profile() -> Profile {
        Profile::new("test", datetime!(2026-11-22 17:00 UTC))
    }

    #[test]
    fn every_question_of_the_wizard_has_its_key() {
        for step in &journey().steps {
            for field in &step.fields {
                assert_eq!(Key::parse(field.id.id()), Some(Key::Field(field.id)));
            }
        }
    }

    #[test]
    fn a_norwegian_business_by_keys() {
        let mut profile = profile();
        for (key, written) in [
            ("business", "norwegian"),
            ("name", "Demo Spedisjon AS"),
            ("organisation", "123 456 785"),
            ("services", "road,entry"),
            ("own-scopes", "demo:one"),
            ("client-id", " 3f1c "),
            ("authentication", "key"),
            ("kid", "demo-2026"),
            ("certificate", "demo.pem"),
            ("chain-file", "~/chain.pem"),
        ] {
            assert_eq!(take(&mut profile, key, written), Ok(()), "{key}");
        }
        assert_eq!(profile.business.organisation.as_deref(), Some("123456785"));
        assert_eq!(
            profile.client.scopes,
            ["toll:movement/road/v2", "toll:movement/entry", "demo:one"]
        );
        assert_eq!(
            profile.certificate.path.as_deref(),
            Some(Path::new("/home/kari/demo.pem"))
        );
        assert_eq!(
            profile.certificate.chain_path.as_deref(),
            Some(Path::new("~/chain.pem"))
        );

        assert_eq!(take(&mut profile, "business", "foreign"), Ok(()));
        assert_eq!(
            profile.client.scopes[0], "toll:eu/movement/road/v2",
            "the scopes follow the kind"
        );
        assert_eq!(profile.client.scopes[2], "demo:one");
        assert_eq!(take(&mut profile, "services", ""), Ok(()));
        assert_eq!(profile.client.scopes, ["demo:one"]);
    }

    #[test]
    fn the_two_questions_lead_to_the_kind() {
        for (number, login, kind, has) in [
            ("yes", Some("yes"), Kind::Norwegian, true),
            ("yes", Some("no"), Kind::Foreign, true),
            ("no", None, Kind::Foreign, false),
        ] {
            let mut profile = profile();
            take(&mut profile, "norwegian-number", number).unwrap();
            if let Some(login) = login {
                take(&mut profile, "portal-login", login).unwrap();
            }
            assert_eq!(
                (profile.business.kind, profile.has_norwegian_number()),
                (Some(kind), Some(has))
            );
        }
    }

    #[test]
    fn what_breaks_a_rule_changes_nothing() {
        for (kind, key, written, refused) in [
            ("norwegian", "organisation", "123456784", "refused-number-check"),
            ("foreign", "organisation", "123456785", "refused-identifier"),
            ("foreign", "client-id", "3f1c", "refused-only-for"),
            ("norwegian", "kid", "k", "refused-only-with"),
            ("norwegian", "services", "road,boat", "refused-choice"),
            ("norwegian", "services", "declarations", "refused-choice"),
            ("norwegian", "environment", "live", "refused-choice"),
            ("norwegian", "business", "swedish", "refused-choice"),
            ("norwegian", "own-scopes", "toll", "refused-scope"),
            ("norwegian", "norwegian-number", "maybe", "refused-choice"),
        ] {
            let mut profile = profile();
            take(&mut profile, "business", kind).unwrap();
            let before = profile.clone();
            assert_eq!(take(&mut profile, key, written), Err(refused), "{key} {written}");
            assert_eq!(profile, before);
        }
        let mut profile = profile();
        take(&mut profile, "organisation", "123456785").unwrap();
        assert_eq!(
            take(&mut profile, "consumer-org", "123456785"),
            Err("refused-consumer-self")
        );
    }
}
