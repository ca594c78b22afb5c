//! The visible, done and missing parts of the journey for one profile. All of it is derived from the profile each time.

use super::{Authentication, CheckOutcome, FILE_NOT_FOUND, Kind, Profile, administration};
use crate::journey::{Field, FieldId, Item, Rules, Step, StepKind, journey};

/// Returns the steps for this profile, in order. Before the kind of business is known these are all steps, so that the
/// number of steps never grows.
pub fn visible_steps(profile: &Profile) -> impl DoubleEndedIterator<Item = &'static Step> {
    journey()
        .steps
        .iter()
        .filter(|step| applies_to(step.audience, profile.business.kind))
        .filter(|step| !profile.is_administration() || administration::has_step(&step.id))
}

/// Returns a step's items for this profile in an environment of that kind.
pub fn visible_items<'a>(step: &'a Step, profile: &Profile, rules: Rules) -> impl Iterator<Item = &'a Item> {
    step.items
        .iter()
        .filter(|item| applies_to(item.audience, profile.business.kind))
        .filter(move |item| item.rules.is_none_or(|only| only == rules))
        // A form's item is about the certificate that has not come yet.
        .filter(|_| step.kind != StepKind::Form || awaits_certificate(profile))
}

/// Returns true while the profile has no certificate yet.
fn awaits_certificate(profile: &Profile) -> bool {
    profile.business.kind.is_some()
        && profile.certificate.path.is_none()
        && profile.authentication() == Authentication::Certificate
}

/// Returns a step's fields for this profile.
pub fn visible_fields<'a>(step: &'a Step, profile: &Profile) -> impl Iterator<Item = &'a Field> {
    step.fields
        .iter()
        .filter(|field| applies_to(field.audience, profile.business.kind))
        .filter(|field| field.with.is_none_or(|only| only == profile.authentication()))
        .filter(|field| !profile.is_administration() || administration::has_field(field.id))
        .filter(|field| match field.id {
            // The second question follows a yes to the first; the other fields follow once the kind is known.
            FieldId::PortalLogin => profile.has_norwegian_number() == Some(true),
            FieldId::Environment | FieldId::Name | FieldId::Organisation => profile.business.kind.is_some(),
            // A registered key is one file, without a certificate or a chain.
            FieldId::KeyFile | FieldId::ChainFile => profile.authentication() == Authentication::Certificate,
            _ => true,
        })
}

fn applies_to(audience: Option<Kind>, kind: Option<Kind>) -> bool {
    match (audience, kind) {
        (Some(audience), Some(kind)) => audience == kind,
        _ => true,
    }
}

/// Returns the unanswered required fields of a form, in the order they are asked. A field for one kind of business counts
/// only once that kind is known.
pub fn missing_fields(step: &Step, profile: &Profile) -> Vec<FieldId> {
    visible_fields(step, profile)
        .filter(|field| !awaits_kind(field, profile))
        .map(|field| field.id)
        .filter(|field| match field {
            FieldId::NorwegianNumber => profile.has_norwegian_number().is_none(),
            FieldId::PortalLogin => profile.business.kind.is_none(),
            FieldId::Environment => profile.environment.is_empty(),
            FieldId::Name => profile.business.name.is_none() && !profile.is_administration(),
            FieldId::Organisation => {
                profile.business.organisation.is_none() && profile.business.kind == Some(Kind::Norwegian)
            }
            // The scopes follow from the services only once the kind of business is known.
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

/// Returns the unanswered fields that a check requires, in the order they are asked.
pub fn missing_for_check(profile: &Profile) -> Vec<FieldId> {
    visible_steps(profile)
        .flat_map(|step| missing_fields(step, profile))
        .filter(is_required_for_check)
        .collect()
}

/// Returns whether a check requires a field. The business's name is only for people.
pub(super) fn is_required_for_check(field: &FieldId) -> bool {
    *field != FieldId::Name
}

fn awaits_kind(field: &Field, profile: &Profile) -> bool {
    profile.business.kind.is_none() && field.audience.is_some()
}

/// Returns true for the step that asks for the certificate or the registered key.
pub fn asks_certificate(step: &Step) -> bool {
    step.fields.iter().any(|field| field.id == FieldId::Certificate)
}

/// Returns true if the file that was named did not exist, or if what is in it could not be used.
pub fn has_unusable_certificate(profile: &Profile) -> bool {
    profile.progress.done.contains_key(FILE_NOT_FOUND) || profile.is_certificate_unusable()
}

/// Returns the number of a step's ticked items and of all its visible items.
pub fn count_items(step: &Step, profile: &Profile, rules: Rules) -> (usize, usize) {
    let is_done = |item: &Item| profile.progress.done.contains_key(&item.key);
    visible_items(step, profile, rules).fold((0, 0), |(done, all), item| (done + usize::from(is_done(item)), all + 1))
}

/// Returns true if a step has nothing left to do.
pub fn is_done(step: &Step, profile: &Profile, rules: Rules) -> bool {
    let (done, all) = count_items(step, profile, rules);
    is_step_done(step, profile, &missing_fields(step, profile), done == all)
}

/// Returns true if a step has nothing left to do, given its missing fields and whether all its visible items are ticked.
pub(super) fn is_step_done(step: &Step, profile: &Profile, missing: &[FieldId], are_ticked: bool) -> bool {
    match step.kind {
        StepKind::Form => {
            missing.is_empty()
                && !step.fields.iter().any(|field| awaits_kind(field, profile))
                && !(asks_certificate(step) && has_unusable_certificate(profile))
        }
        StepKind::Checklist => are_ticked,
        StepKind::Check => profile
            .last_check
            .as_ref()
            .is_some_and(|check| check.outcome == CheckOutcome::Passed && !profile.changed_since_check()),
    }
}

/// Returns the id of the step to resume at: the one last visited if it is visible, else the first that is not done.
pub fn position(profile: &Profile, rules: Rules) -> &'static str {
    let visited = visible_steps(profile).find(|step| Some(&step.id) == profile.progress.step.as_ref());
    visited.map_or_else(|| next_step(profile, rules), |step| &step.id)
}

/// Returns the first step that is not done, or the last step if all are done.
fn next_step(profile: &Profile, rules: Rules) -> &'static str {
    let next = visible_steps(profile).find(|step| !is_done(step, profile, rules));
    next.or_else(|| visible_steps(profile).next_back())
        .map_or("", |step| &step.id)
}

/// Returns the step to resume at after a change by the command line. A user at the first step not done, or without a
/// position, moves on to the first step that is now not done. A user at another step stays there.
pub fn step_after_change(before: Option<(&Profile, Rules)>, after: &Profile, rules: Rules) -> Option<String> {
    let at_next = before.is_none_or(|(before, rules)| position(before, rules) == next_step(before, rules));
    match at_next {
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
        visible_steps(profile).map(|step| step.id.as_str()).collect()
    }

    #[test]
    fn foreign_business_has_no_digdir_steps() {
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
                    let steps = visible_steps(&profile);
                    let items = steps.flat_map(|step| visible_items(step, &profile, rules));
                    let ticked = items.map(|item| (item.key.clone(), profile.created)).collect();
                    profile.progress.done = ticked;
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
    fn step_with_a_named_file_is_open_until_the_file_is_found() {
        let mut profile = profile(Some(Kind::Foreign));
        profile.client.id = Some("acme".into());
        profile.certificate.path = Some("a.p12".into());
        let credentials = journey().step("credentials").unwrap();
        assert!(is_done(credentials, &profile, Rules::Test));
        profile.set_files_found(false);
        assert!(!is_done(credentials, &profile, Rules::Test));
        profile.set_files_found(true);
        assert!(is_done(credentials, &profile, Rules::Test));
    }

    #[test]
    fn saved_position_is_kept_while_its_step_is_visible() {
        let mut profile = profile(Some(Kind::Norwegian));
        profile.progress.step = Some("digdir".into());
        assert_eq!(position(&profile, Rules::Test), "digdir");
        profile.business.kind = Some(Kind::Foreign);
        assert_eq!(
            position(&profile, Rules::Test),
            "business",
            "the first step that is not done"
        );
    }

    #[test]
    fn change_moves_on_only_a_user_at_the_next_step() {
        let with_business = |kind, step: Option<&str>| {
            let mut profile = profile(Some(kind));
            profile.business.name = Some("Acme".into());
            profile.business.organisation = Some("123456785".into());
            profile.progress.step = step.map(str::to_owned);
            profile
        };
        let with_scope = |mut profile: Profile| {
            profile.client.scopes = vec!["toll:movement/road/v2".into()];
            profile
        };
        let norwegian = |step| with_business(Kind::Norwegian, step);
        for (case, before, after, step) in [
            ("new", None, profile(None), "business"),
            ("new, with answers", None, with_scope(norwegian(None)), "customs"),
            (
                "without a position",
                Some(norwegian(None)),
                with_scope(norwegian(None)),
                "customs",
            ),
            (
                "at the next step",
                Some(norwegian(Some("services"))),
                with_scope(norwegian(Some("services"))),
                "customs",
            ),
            (
                "nothing done",
                Some(norwegian(Some("services"))),
                norwegian(Some("services")),
                "services",
            ),
            (
                "ahead of the next step",
                Some(norwegian(Some("credentials"))),
                with_scope(norwegian(Some("credentials"))),
                "credentials",
            ),
            (
                "behind the next step",
                Some(norwegian(Some("business"))),
                with_scope(norwegian(Some("business"))),
                "business",
            ),
            (
                "at a hidden step",
                Some(with_business(Kind::Foreign, Some("digdir"))),
                with_scope(with_business(Kind::Foreign, Some("digdir"))),
                "customs",
            ),
            (
                "back, as an answer was removed",
                Some(with_scope(norwegian(Some("customs")))),
                norwegian(Some("customs")),
                "services",
            ),
        ] {
            let before = before.as_ref().map(|before| (before, Rules::Test));
            assert_eq!(
                step_after_change(before, &after, Rules::Test).as_deref(),
                Some(step),
                "{case}"
            );
        }
    }

    #[test]
    fn ids_are_unique_and_links_are_https() {
        let mut seen = BTreeSet::new();
        for step in &journey().steps {
            assert!(seen.insert(step.id.clone()), "{}", step.id);
            for item in &step.items {
                assert!(seen.insert(item.key.clone()), "{}", item.key);
                if let Some(link) = &item.link {
                    assert!(link == "portal" || link.starts_with("https://"), "{link}");
                }
            }
        }
    }
}
