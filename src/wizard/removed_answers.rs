//! Ticks and answers that a change of an answer has removed, kept so that they can be put back.

use crate::{
    journey::FieldId,
    profile::{
        Profile,
        fields::{environment::restore_answers, get::removed_answers},
        stale_ticks::{RemovedTicks, remove_stale_ticks, restore_ticks},
    },
};

/// What one or more changes have removed, and the profile before the first of them.
#[derive(Debug, Clone)]
pub struct Removed {
    before: Profile,
    ticks: RemovedTicks,
    /// Set if the environment was replaced, which removes answers too.
    environment_replaced: bool,
}

impl Removed {
    /// Removes what is stale after a change from `before`, and adds it to what earlier changes have removed. `None` if
    /// nothing is removed, or if the change takes the earlier ones back: then everything is put back.
    pub(super) fn after_change(earlier: Option<Removed>, before: &Profile, profile: &mut Profile) -> Option<Removed> {
        let ticks = remove_stale_ticks(before, profile);
        let mut removed = earlier.unwrap_or_else(|| Removed {
            before: before.clone(),
            ticks: RemovedTicks::new(),
            environment_replaced: false,
        });
        removed.ticks.extend(ticks);
        removed.environment_replaced |= !removed_answers(before, profile).is_empty();
        if removed.ticks.is_empty() && !removed.environment_replaced {
            return None;
        }
        let mut restored = profile.clone();
        removed.put_back(&mut restored);
        let still_stale = remove_stale_ticks(&removed.before, &mut restored.clone());
        if restored.environment == removed.before.environment && still_stale.is_empty() {
            *profile = restored;
            return None;
        }
        Some(removed)
    }

    /// Puts the ticks and answers back.
    pub(super) fn put_back(&self, profile: &mut Profile) {
        restore_ticks(profile, &self.ticks);
        if self.environment_replaced {
            restore_answers(profile, &self.before);
        }
    }

    /// Returns the keys of the items whose ticks were removed.
    pub fn ticks(&self) -> impl Iterator<Item = &str> {
        self.ticks.keys().map(String::as_str)
    }

    /// Returns the answers that were removed and not given again.
    pub fn answers(&self, profile: &Profile) -> Vec<FieldId> {
        removed_answers(&self.before, profile)
    }
}
