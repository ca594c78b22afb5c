//! The rule for stale ticks: a tick is removed when an answer that it was made for is changed. Pure.
//!
//! `assets/journey.toml` gives the answers that each item depends on. A first answer is no change, as the item was ticked
//! without one.

use std::collections::BTreeMap;

use time::OffsetDateTime;

use super::{Kind, Profile, client_id::is_correction, organisation::same_organisation};
use crate::journey::{Dependency, journey};

/// Removed ticks: the keys of the items, and the time of each tick.
pub type RemovedTicks = BTreeMap<String, OffsetDateTime>;

/// Removes the ticks of `after` that were made for answers of `before` and no longer apply, and returns them.
///
/// A tick made since `before` stays. A step that the kind of business hides keeps its ticks when the kind or the scopes
/// change, so that they are there if the kind is changed back.
pub fn remove_stale_ticks(before: &Profile, after: &mut Profile) -> RemovedTicks {
    let mut removed = RemovedTicks::new();
    for step in &journey().steps {
        let hidden = step.audience.is_some() && after.business.kind.is_some() && step.audience != after.business.kind;
        for item in &step.items {
            let key = &item.key;
            let ticked = before.progress.done.get(key);
            if ticked.is_none() || ticked != after.progress.done.get(key) {
                continue;
            }
            let mut dependencies = item.depends_on.iter().filter(|dependency| {
                !hidden || matches!(dependency, Dependency::Organisation | Dependency::Environment)
            });
            if dependencies.any(|dependency| is_changed(*dependency, before, after)) {
                removed.extend(after.progress.done.remove_entry(key));
            }
        }
    }
    removed
}

/// Puts removed ticks back with their times. A tick made since then keeps its own time.
pub fn restore_ticks(profile: &mut Profile, removed: &RemovedTicks) {
    for (key, at) in removed {
        profile.progress.done.entry(key.clone()).or_insert(*at);
    }
}

/// Returns true if an answer was replaced or removed.
fn is_changed(dependency: Dependency, before: &Profile, after: &Profile) -> bool {
    let organisation = |profile: &Profile| profile.business.organisation.clone().unwrap_or_default();
    match dependency {
        Dependency::Kind => before.business.kind.is_some() && before.business.kind != after.business.kind,
        Dependency::Organisation => {
            let (old, new) = (organisation(before), organisation(after));
            !old.is_empty() && !same_organisation(&old, &new)
        }
        Dependency::Environment => !before.environment.is_empty() && before.environment != after.environment,
        // Having asked for more scopes than are now needed does no harm. Without any, nothing tells which ones the ticks were
        // made for, and the next scopes would count as a first answer.
        Dependency::Scopes => {
            let (old, new) = (&before.client.scopes, &after.client.scopes);
            !old.is_empty() && (new.is_empty() || new.iter().any(|scope| !old.contains(scope)))
        }
        Dependency::ClientId => match (&before.client.id, &after.client.id) {
            // A foreign business has no client: its name is kept in the same place.
            _ if [before, after].map(|profile| profile.business.kind) != [Some(Kind::Norwegian); 2] => false,
            (Some(old), Some(new)) => old != new && !is_correction(old, new),
            (Some(_), None) => true,
            (None, _) => false,
        },
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    const CLIENT: &str = "3f1c0b5e-7a52-4d0e-9c1f-2b8e6d4a9f10";

    /// Returns a profile with every item ticked.
    fn ticked() -> Profile {
        let mut profile = Profile::new("test", datetime!(2026-11-22 17:00 UTC));
        profile.business.kind = Some(Kind::Norwegian);
        profile.business.organisation = Some("123456785".into());
        profile.business.services = vec!["road".into(), "sea".into()];
        profile.set_scopes(&[]);
        profile.client.id = Some(CLIENT.into());
        for step in &journey().steps {
            for item in &step.items {
                profile.progress.done.insert(item.key.clone(), profile.created);
            }
        }
        profile
    }

    fn removed_after(change: impl Fn(&mut Profile)) -> Vec<String> {
        let (before, mut after) = (ticked(), ticked());
        change(&mut after);
        let removed = remove_stale_ticks(&before, &mut after);
        assert!(removed.keys().all(|key| !after.progress.done.contains_key(key)));
        assert_eq!(removed.len() + after.progress.done.len(), before.progress.done.len());
        restore_ticks(&mut after, &removed);
        assert_eq!(after.progress.done, before.progress.done, "put back with their times");
        removed.into_keys().collect()
    }

    /// Returns the items of the journey with one of these dependencies.
    fn dependent_on(dependencies: &[Dependency]) -> Vec<String> {
        let mut keys = Vec::new();
        for step in &journey().steps {
            let items = step.items.iter();
            let dependent = items.filter(|item| item.depends_on.iter().any(|one| dependencies.contains(one)));
            keys.extend(dependent.map(|item| item.key.clone()));
        }
        keys.sort_unstable();
        keys
    }

    fn set_services(profile: &mut Profile, services: &[&str]) {
        profile.business.services = services.iter().map(|id| (*id).to_owned()).collect();
        profile.set_scopes(&[]);
    }

    #[test]
    fn changed_answer_removes_the_ticks_that_depend_on_it() {
        type Case = (&'static str, fn(&mut Profile), &'static [Dependency]);
        let cases: [Case; 12] = [
            ("nothing", |_| {}, &[]),
            ("name", |profile| profile.business.name = Some("Demo AS".into()), &[]),
            (
                "environment",
                |profile| profile.environment = "prod".into(),
                &[Dependency::Environment],
            ),
            (
                "organisation",
                |profile| profile.business.organisation = Some("987654325".into()),
                &[Dependency::Organisation],
            ),
            (
                "the same organisation in another notation",
                |profile| profile.business.organisation = Some("NTRNO-123456785".into()),
                &[],
            ),
            (
                "one more service",
                |profile| set_services(profile, &["road", "sea", "entry"]),
                &[Dependency::Scopes],
            ),
            (
                "another service",
                |profile| set_services(profile, &["entry"]),
                &[Dependency::Scopes],
            ),
            ("one service less", |profile| set_services(profile, &["road"]), &[]),
            (
                "no service",
                |profile| set_services(profile, &[]),
                &[Dependency::Scopes],
            ),
            (
                "another client",
                |profile| profile.client.id = Some("8a7b6c5d-0e1f-4a2b-8c3d-4e5f6a7b8c9d".into()),
                &[Dependency::ClientId],
            ),
            (
                "a corrected client id",
                |profile| profile.client.id = Some(CLIENT.replace("7a52", "7a25")),
                &[],
            ),
            (
                "no client id",
                |profile| profile.client.id = None,
                &[Dependency::ClientId],
            ),
        ];
        for (case, change, dependencies) in cases {
            assert_eq!(removed_after(change), dependent_on(dependencies), "{case}");
        }
    }

    #[test]
    fn changed_kind_keeps_the_ticks_of_hidden_steps() {
        let foreign = |profile: &mut Profile| {
            profile.business.kind = Some(Kind::Foreign);
            profile.set_scopes(&[]);
        };
        assert_eq!(
            removed_after(foreign),
            ["credentials.ordered", "customs.granted", "customs.scopes"]
        );
        let moved = removed_after(|profile| {
            foreign(profile);
            profile.business.organisation = Some("NTRSE-5560000001".into());
        });
        assert_eq!(moved, dependent_on(&[Dependency::Organisation]));
    }

    #[test]
    fn every_dependency_has_an_item() {
        for dependency in [
            Dependency::Kind,
            Dependency::Organisation,
            Dependency::Environment,
            Dependency::Scopes,
            Dependency::ClientId,
        ] {
            assert!(!dependent_on(&[dependency]).is_empty(), "{dependency:?}");
        }
    }

    #[test]
    fn ticks_do_not_outlive_the_scopes_they_were_made_for() {
        let mut profile = ticked();
        for services in [&[][..], &["air"]] {
            let before = profile.clone();
            set_services(&mut profile, services);
            remove_stale_ticks(&before, &mut profile);
        }
        for key in dependent_on(&[Dependency::Scopes]) {
            assert!(!profile.progress.done.contains_key(&key), "{key}");
        }
    }

    #[test]
    fn first_answer_removes_no_tick() {
        let mut before = ticked();
        before.business.organisation = None;
        before.client.id = None;
        before.client.scopes.clear();
        let mut after = ticked();
        assert_eq!(remove_stale_ticks(&before, &mut after), RemovedTicks::new());
    }

    #[test]
    fn new_tick_stays() {
        let (before, mut after) = (ticked(), ticked());
        after.environment = "prod".into();
        let at = datetime!(2026-11-23 08:00 UTC);
        after.progress.done.insert("customs.granted".into(), at);
        assert!(!remove_stale_ticks(&before, &mut after).contains_key("customs.granted"));
        assert_eq!(after.progress.done.get("customs.granted"), Some(&at));
    }
}
