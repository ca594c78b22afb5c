//! Setting answers by name, for `klarert new --…`, `klarert set NAME key=value` and the wizard. Pure; [`parse`] validates.

use std::path::Path;

use time::Date;

use super::{
    business_kind::{set_kind, set_norwegian_number, set_portal_login},
    choice::{choice, parse_choice, parse_yes_or_no},
    environment::set_environment,
    key::Key,
    path::path,
};
use crate::journey::{Field, FieldId, journey, services};
use crate::profile::{
    Authentication, HAS_NUMBER, Kind, Profile, administration, client_id,
    parse::{self, ParseError},
};

/// The facts that answers are validated against.
#[derive(Debug, Clone, Copy)]
pub struct SetContext<'a> {
    /// The ids of all known environments.
    pub environments: &'a [String],
    /// The folder that a relative path starts from.
    pub folder: &'a Path,
    pub today: Date,
}

/// Validates an answer and sets it. An empty text removes the answer.
///
/// # Errors
///
/// Returns the rule that the answer breaks; the profile is then unchanged.
pub fn set_answer(profile: &mut Profile, key: Key, written: &str, context: SetContext<'_>) -> Result<(), ParseError> {
    let is_refused = match key {
        Key::Business => choice(written) != Kind::Norwegian.id(),
        Key::Field(field) => !administration::has_field(field),
    };
    if profile.is_administration() && is_refused {
        return Err(ParseError::new("refused-administration"));
    }
    let field = match key {
        Key::Business => {
            let kinds = [Kind::Norwegian, Kind::Foreign].map(|kind| (kind.id(), kind));
            let kind = parse_choice(written, &kinds)?;
            profile.progress.done.remove(HAS_NUMBER);
            set_kind(profile, kind);
            return Ok(());
        }
        Key::Field(field) => field,
    };
    // A foreign business always uses a certificate: to give that is no contradiction.
    let is_implied = field == FieldId::Authentication && choice(written) == Authentication::Certificate.id();
    if !written.trim().is_empty() && !is_implied {
        ensure_asked(profile, field)?;
    }
    match field {
        FieldId::NorwegianNumber => set_norwegian_number(profile, parse_yes_or_no(written)?),
        FieldId::PortalLogin => set_portal_login(profile, parse_yes_or_no(written)?),
        FieldId::Environment => {
            let known: Vec<(&str, &str)> = context
                .environments
                .iter()
                .map(|id| (id.as_str(), id.as_str()))
                .collect();
            set_environment(profile, parse_choice(written, &known)?.unwrap_or_default());
        }
        FieldId::Name => profile.business.name = parse_optional(written, parse::name)?,
        FieldId::Organisation => {
            let read = match profile.business.kind {
                Some(Kind::Foreign) => parse::organisation_identifier,
                Some(Kind::Norwegian) | None => parse::organisation_number,
            };
            profile.business.organisation = parse_optional(written, read)?;
        }
        FieldId::Services => {
            let services = parse_services(written, profile.business.kind)?;
            profile.choose_services(services);
        }
        FieldId::OwnScopes => {
            let own = parse::scopes(written)?;
            profile.set_scopes(&own);
        }
        FieldId::ClientId => profile.client.id = parse_optional(written, client_id::parse)?,
        FieldId::IssuerName => profile.client.id = parse_optional(written, parse::name)?,
        FieldId::Authentication => {
            let ways = [Authentication::Certificate, Authentication::Key].map(|way| (way.id(), way));
            profile.client.authentication = parse_choice(written, &ways)?.unwrap_or_default();
        }
        FieldId::Kid => {
            let kid = parse_optional(written, parse::kid)?;
            // Another key was registered on another day.
            if kid != profile.client.kid {
                profile.client.key_registered = None;
            }
            profile.client.kid = kid;
        }
        FieldId::KeyRegistered => {
            profile.client.key_registered = parse_optional(written, |written| parse::day(written, context.today))?;
        }
        FieldId::Certificate => {
            let path = path(written, context.folder)?;
            // Repeating the same answer must not discard the expiry and the pick.
            if path != profile.certificate.path {
                profile.set_files_found(true);
                (profile.certificate_ends, profile.certificate.pick) = (None, None);
            }
            profile.certificate.path = path;
        }
        FieldId::Pick => {
            let pick = parse_optional(written, parse::pick)?;
            // Another certificate has another expiry.
            if pick != profile.certificate.pick {
                profile.certificate_ends = None;
            }
            profile.certificate.pick = pick;
        }
        FieldId::KeyFile => {
            let path = path(written, context.folder)?;
            // Certificates with a matching key are listed first, so another key changes their numbers.
            if path != profile.certificate.key_path {
                profile.set_files_found(true);
                profile.certificate.pick = None;
            }
            profile.certificate.key_path = path;
        }
        FieldId::ChainFile => {
            let path = path(written, context.folder)?;
            if path != profile.certificate.chain_path {
                profile.set_files_found(true);
            }
            profile.certificate.chain_path = path;
        }
        FieldId::ConsumerOrg => {
            let consumer = parse_optional(written, parse::organisation_number)?;
            if consumer.is_some() && consumer == profile.business.organisation {
                return Err(ParseError::new("refused-consumer-self"));
            }
            profile.client.consumer_org = consumer;
        }
    }
    Ok(())
}

/// Refuses an answer to a question that this profile is not asked.
fn ensure_asked(profile: &Profile, id: FieldId) -> Result<(), ParseError> {
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

fn parse_services(written: &str, kind: Option<Kind>) -> Result<Vec<String>, ParseError> {
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
    for part in written.split([',', ' ']).filter(|part| !part.is_empty()) {
        let id = parse_choice(part, &known).map_err(|unknown| not_open(part, kind, &known).unwrap_or(unknown))?;
        let id = id.unwrap_or_default();
        if !chosen.iter().any(|other| other == id) {
            chosen.push(id.to_owned());
        }
    }
    Ok(chosen)
}

/// Returns the error for a service that exists, but that the business cannot choose. `None` if there is no such service.
fn not_open(written: &str, kind: Option<Kind>, known: &[(&str, &str)]) -> Option<ParseError> {
    let written = choice(written);
    let service = services::service(&written)?;
    let known: Vec<&str> = known.iter().map(|(id, _)| *id).collect();
    let error = ParseError::new("refused-service")
        .with("written", &written)
        .with("known", known.join(", "))
        .with("kind", kind.map(Kind::id).unwrap_or_default());
    Some(error.with("reason", if service.announced { "announced" } else { "branch" }))
}

fn parse_optional<T>(written: &str, parse: impl Fn(&str) -> Result<T, ParseError>) -> Result<Option<T>, ParseError> {
    if written.trim().is_empty() {
        return Ok(None);
    }
    parse(written).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::{date, datetime};

    fn set(profile: &mut Profile, key: &str, written: &str) -> Result<(), &'static str> {
        let environments = ["test", "prod"].map(str::to_owned);
        let context = SetContext {
            environments: &environments,
            folder: Path::new("/home/kari"),
            today: date!(2026 - 11 - 22),
        };
        let key = Key::parse(key).unwrap_or_else(|| panic!("{key}"));
        set_answer(profile, key, written, context).map_err(|refusal| refusal.id)
    }

    fn profile() -> Profile {
        Profile::new("test", datetime!(2026-11-22 17:00 UTC))
    }

    #[test]
    fn every_field_of_the_journey_has_a_key() {
        for step in &journey().steps {
            for field in &step.fields {
                assert_eq!(Key::parse(field.id.id()), Some(Key::Field(field.id)));
            }
        }
    }

    #[test]
    fn answers_of_a_norwegian_business_are_set_and_follow_its_kind() {
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
            assert_eq!(set(&mut profile, key, written), Ok(()), "{key}");
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

        assert_eq!(set(&mut profile, "business", "foreign"), Ok(()));
        assert_eq!(
            profile.client.scopes[0], "toll:eu/movement/road/v2",
            "the scopes follow the kind"
        );
        assert_eq!(profile.client.scopes[2], "demo:one");
        assert_eq!(set(&mut profile, "services", ""), Ok(()));
        assert_eq!(profile.client.scopes, ["demo:one"]);
    }

    #[test]
    fn foreign_business_may_name_the_certificate_that_it_always_uses() {
        let mut profile = profile();
        set(&mut profile, "business", "foreign").unwrap();
        assert_eq!(set(&mut profile, "authentication", "certificate"), Ok(()));
        assert_eq!(set(&mut profile, "authentication", "key"), Err("refused-only-for"));
    }

    #[test]
    fn two_questions_determine_the_kind_of_business() {
        for (number, login, kind, has) in [
            ("yes", Some("yes"), Kind::Norwegian, true),
            ("yes", Some("no"), Kind::Foreign, true),
            ("no", None, Kind::Foreign, false),
        ] {
            let mut profile = profile();
            set(&mut profile, "norwegian-number", number).unwrap();
            if let Some(login) = login {
                set(&mut profile, "portal-login", login).unwrap();
            }
            assert_eq!(
                (profile.business.kind, profile.has_norwegian_number()),
                (Some(kind), Some(has))
            );
        }
    }

    #[test]
    fn refused_answer_leaves_the_profile_unchanged() {
        for (kind, key, written, refused) in [
            ("norwegian", "organisation", "123456784", "refused-number-check"),
            ("foreign", "organisation", "123456785", "refused-identifier"),
            ("foreign", "client-id", "3f1c", "refused-only-for"),
            ("norwegian", "kid", "k", "refused-only-with"),
            ("norwegian", "services", "road,boat", "refused-choice"),
            ("norwegian", "services", "declarations", "refused-service"),
            ("norwegian", "environment", "live", "refused-choice"),
            ("norwegian", "business", "swedish", "refused-choice"),
            ("norwegian", "own-scopes", "toll", "refused-scope"),
            ("norwegian", "norwegian-number", "maybe", "refused-choice"),
        ] {
            let mut profile = profile();
            set(&mut profile, "business", kind).unwrap();
            let before = profile.clone();
            assert_eq!(set(&mut profile, key, written), Err(refused), "{key} {written}");
            assert_eq!(profile, before);
        }
        let mut profile = profile();
        set(&mut profile, "organisation", "123456785").unwrap();
        assert_eq!(
            set(&mut profile, "consumer-org", "123456785"),
            Err("refused-consumer-self")
        );
    }
}
