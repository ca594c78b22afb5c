//! What of the journey is visible, done and missing for one profile. Derived each time: nothing here is kept.

use super::{Authentication, CheckOutcome, Kind, Profile};
use crate::journey::{Field, FieldId, Item, Rules, Step, StepKind, journey};

/// The steps that profile has to walk, in order. Before the kind of business is known all of them are there, so that
/// nobody wonders how much is left.
pub fn visible_steps(profile: &Profile) -> Vec<&'static Step> {
    journey()
        .steps
        .iter()
        .filter(|step| is_for(step.audience, profile.business.kind))
        .collect()
}

/// The items of a step that are for that profile under those rules.
pub fn visible_items<'a>(step: &'a Step, profile: &Profile, rules: Rules) -> Vec<&'a Item> {
    step.items
        .iter()
        .filter(|item| is_for(item.audience, profile.business.kind))
        .filter(|item| item.rules.is_none_or(|only| only == rules))
        .collect()
}

/// The fields of a step that are for that profile.
pub fn visible_fields<'a>(step: &'a Step, profile: &Profile) -> Vec<&'a Field> {
    step.fields
        .iter()
        .filter(|field| is_for(field.audience, profile.business.kind))
        .filter(|field| field.with.is_none_or(|only| only == profile.authentication()))
        .filter(|field| match field.id {
            // The second question is only for those who have a number; the rest follows once the kind is known.
            FieldId::PortalLogin => profile.has_norwegian_number() == Some(true),
            FieldId::Environment | FieldId::Name | FieldId::Organisation => profile.business.kind.is_some(),
            // A registered key is a file of its own: it has no certificate to be beside, and no chain.
            FieldId::KeyFile | FieldId::ChainFile => profile.authentication() == Authentication::Certificate,
            _ => true,
        })
        .collect()
}

fn is_for(audience: Option<Kind>, kind: Option<Kind>) -> bool {
    match (audience, kind) {
        (Some(audience), Some(kind)) => audience == kind,
        _ => true,
    }
}

/// What a profile still lacks at a form, by field, in the order they are asked. What is asked of one kind of business
/// only is not lacking before the kind is known.
pub fn missing_fields(step: &Step, profile: &Profile) -> Vec<FieldId> {
    visible_fields(step, profile)
        .into_iter()
        .filter(|field| !awaits_kind(field, profile))
        .map(|field| field.id)
        .filter(|field| match field {
            FieldId::NorwegianNumber => profile.has_norwegian_number().is_none(),
            FieldId::PortalLogin => profile.business.kind.is_none(),
            FieldId::Environment => profile.environment.is_empty(),
            FieldId::Name => profile.business.name.is_none(),
            FieldId::Organisation => {
                profile.business.organisation.is_none() && profile.business.kind == Some(Kind::Norwegian)
            }
            // Which scopes they are is not known before the kind of business is.
            FieldId::Services if profile.business.kind.is_none() && !profile.business.services.is_empty() => false,
            FieldId::Services => profile.client.scopes.is_empty(),
            FieldId::ClientId | FieldId::IssuerName => profile.client.id.is_none(),
            FieldId::Kid => profile.client.kid.is_none(),
            FieldId::Certificate => profile.certificate.path.is_none(),
            FieldId::OwnScopes
            | FieldId::Authentication
            | FieldId::KeyRegistered
            | FieldId::Pick
            | FieldId::KeyFile
            | FieldId::ChainFile
            | FieldId::ConsumerOrg => false,
        })
        .collect()
}

/// What a check cannot start without, in the order it is asked. What the business is called is for people only.
pub fn lacking(profile: &Profile) -> Vec<FieldId> {
    visible_steps(profile)
        .into_iter()
        .flat_map(|step| missing_fields(step, profile))
        .filter(|field| *field != FieldId::Name)
        .collect()
}

fn awaits_kind(field: &Field, profile: &Profile) -> bool {
    profile.business.kind.is_none() && field.audience.is_some()
}

/// How far a step has come: what is done of what there is.
pub fn count(step: &Step, profile: &Profile, rules: Rules) -> (usize, usize) {
    let items = visible_items(step, profile, rules);
    let done = items
        .iter()
        .filter(|item| profile.progress.done.contains_key(&step.item_key(item)))
        .count();
    (done, items.len())
}

/// Whether nothing of a step is left to do.
pub fn is_done(step: &Step, profile: &Profile, rules: Rules) -> bool {
    match step.kind {
        StepKind::Form => {
            missing_fields(step, profile).is_empty() && !step.fields.iter().any(|field| awaits_kind(field, profile))
        }
        StepKind::Checklist => {
            let (done, all) = count(step, profile, rules);
            done == all
        }
        StepKind::Check => profile
            .last_check
            .as_ref()
            .is_some_and(|check| check.outcome == CheckOutcome::Passed && !profile.changed_since_check()),
    }
}

/// Where a user goes on: the step they were at while it is visible, else the first that is not done.
pub fn position(profile: &Profile, rules: Rules) -> &'static str {
    let steps = visible_steps(profile);
    if let Some(step) = steps
        .iter()
        .find(|step| Some(&step.id) == profile.progress.step.as_ref())
    {
        return &step.id;
    }
    next_step(profile, rules)
}

/// The first step that is not done; the last one where all are.
fn next_step(profile: &Profile, rules: Rules) -> &'static str {
    let steps = visible_steps(profile);
    let next = steps.iter().find(|step| !is_done(step, profile, rules));
    next.or(steps.last()).map_or("", |step| &step.id)
}

/// Where a user is after a change that was not made at a step, as by the command line: who stood where the road had
/// led, or has just begun, is led on to the first step that is not done; who had gone elsewhere stays there.
pub fn led_on(before: Option<(&Profile, Rules)>, after: &Profile, rules: Rules) -> Option<String> {
    let led = before.is_none_or(|(before, rules)| position(before, rules) == next_step(before, rules));
    match led {
        true => Some(next_step(after, rules).to_owned()),
        false => after.progress.step.clone(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use time::macros::datetime;

    fn profile(kind: Option<Kind>) -> Profile {
        let mut profile = Profile::new("test", datetime!(2026-11-22 17:00 UTC));
        profile.business.kind = kind;
        profile
    }

    fn ids(profile: &Profile) -> Vec<&str> {
        visible_steps(profile).iter().map(|step| step.id.as_str()).collect()
    }

    #[test]
    fn a_foreign_business_never_meets_digdir() {
        assert_eq!(
            ids(&profile(Some(Kind::Norwegian))),
            [
                "business",
                "services",
                "customs",
                "digdir",
                "integration",
                "credentials",
                "check"
            ]
        );
        assert_eq!(
            ids(&profile(Some(Kind::Foreign))),
            ["business", "services", "customs", "credentials", "check"]
        );
    }

    #[test]
    fn every_combination_of_choices_reaches_the_check() {
        for kind in [Kind::Norwegian, Kind::Foreign] {
            for authentication in [Authentication::Certificate, Authentication::Key] {
                for rules in [Rules::Test, Rules::Prod] {
                    let mut profile = profile(Some(kind));
                    profile.client.authentication = authentication;
                    profile.business.name = Some("Acme".into());
                    profile.business.organisation = Some("123456785".into());
                    profile.client.scopes = vec!["toll:movement/road/v2".into()];
                    profile.client.id = Some("id".into());
                    profile.client.kid = Some("kid".into());
                    profile.certificate.path = Some("a.p12".into());
                    for step in visible_steps(&profile) {
                        for item in visible_items(step, &profile, rules) {
                            profile.progress.done.insert(step.item_key(item), profile.created);
                        }
                    }
                    assert_eq!(
                        position(&profile, rules),
                        "check",
                        "{kind:?} {authentication:?} {rules:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn a_saved_position_holds_while_it_is_visible() {
        let mut profile = profile(Some(Kind::Norwegian));
        profile.progress.step = Some("digdir".into());
        assert_eq!(position(&profile, Rules::Test), "digdir");
        profile.business.kind = Some(Kind::Foreign);
        assert_eq!(
            position(&profile, Rules::Test),
            "business",
            "the first that is not done"
        );
    }

    #[test]
    fn a_change_leads_on_who_stood_where_the_road_had_led() {
        let named = |kind, step: Option<&str>| {
            let mut profile = profile(Some(kind));
            profile.business.name = Some("Acme".into());
            profile.business.organisation = Some("123456785".into());
            profile.progress.step = step.map(str::to_owned);
            profile
        };
        let served = |mut profile: Profile| {
            profile.client.scopes = vec!["toll:movement/road/v2".into()];
            profile
        };
        let norwegian = |step| named(Kind::Norwegian, step);
        for (case, before, after, step) in [
            ("new", None, profile(None), "business"),
            ("new, with answers", None, served(norwegian(None)), "customs"),
            (
                "never anywhere",
                Some(norwegian(None)),
                served(norwegian(None)),
                "customs",
            ),
            (
                "where the road had led",
                Some(norwegian(Some("services"))),
                served(norwegian(Some("services"))),
                "customs",
            ),
            (
                "nothing done",
                Some(norwegian(Some("services"))),
                norwegian(Some("services")),
                "services",
            ),
            (
                "ahead of it",
                Some(norwegian(Some("credentials"))),
                served(norwegian(Some("credentials"))),
                "credentials",
            ),
            (
                "behind it",
                Some(norwegian(Some("business"))),
                served(norwegian(Some("business"))),
                "business",
            ),
            (
                "at a step that is no longer there",
                Some(named(Kind::Foreign, Some("digdir"))),
                served(named(Kind::Foreign, Some("digdir"))),
                "customs",
            ),
            (
                "led back, as an answer was taken away",
                Some(served(norwegian(Some("customs")))),
                norwegian(Some("customs")),
                "services",
            ),
        ] {
            let before = before.as_ref().map(|before| (before, Rules::Test));
            assert_eq!(led_on(before, &after, Rules::Test).as_deref(), Some(step), "{case}");
        }
    }

    #[test]
    fn ids_are_unique_and_links_are_https() {
        let mut seen = BTreeSet::new();
        for step in &journey().steps {
            assert!(seen.insert(step.id.clone()), "{}", step.id);
            for item in &step.items {
                assert!(seen.insert(step.item_key(item)), "{}", step.item_key(item));
                if let Some(link) = &item.link {
                    assert!(link == "portal" || link.starts_with("https://"), "{link}");
                }
            }
        }
    }
}
