//! The steps of a profile with their progress, and the next thing to do. Pure: derived from the profile alone.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::{
    Profile,
    progress::{asks_certificate, is_required_for_check, is_step_done, missing_fields, visible_items, visible_steps},
};
use crate::journey::{FieldId, Rules, Step, StepKind, Who, journey};

/// Steps of a profile with their progress.
#[derive(Debug, Clone, PartialEq)]
pub struct Overview {
    pub steps: Vec<StepView>,
}

/// Step of a profile.
#[derive(Debug, Clone, PartialEq)]
pub struct StepView {
    pub id: &'static str,
    pub kind: StepKind,
    pub done: bool,
    pub items: Vec<ItemView>,
    /// Required fields of a form without an answer.
    pub missing: Vec<FieldId>,
}

/// Item of a checklist.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemView {
    /// `<step>.<item>`, as in profiles and command lines.
    pub key: &'static str,
    pub who: Who,
    pub done: Option<OffsetDateTime>,
}

/// Next thing to do at a step.
#[derive(Debug, Clone, PartialEq)]
pub enum Next<'a> {
    Answer(FieldId),
    Do(&'a ItemView),
    Check,
}

/// The party that must act next, another than the user.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Waiting {
    pub who: Who,
    /// The time of the last tick before.
    pub since: Option<OffsetDateTime>,
}

impl Overview {
    /// Derives the steps of a profile under the rules of its environment.
    pub fn of(profile: &Profile, rules: Rules) -> Overview {
        let step = |step: &'static Step| {
            let items = visible_items(step, profile, rules).map(|item| ItemView {
                key: &item.key,
                who: item.who,
                done: profile.progress.done.get(&item.key).copied(),
            });
            let items: Vec<ItemView> = items.collect();
            let missing = missing_fields(step, profile);
            let are_ticked = items.iter().all(|item| item.done.is_some());
            StepView {
                id: &step.id,
                kind: step.kind,
                done: is_step_done(step, profile, &missing, are_ticked),
                items,
                missing,
            }
        };
        Overview {
            steps: visible_steps(profile).map(step).collect(),
        }
    }

    /// Returns the steps at the moment `now`: that of a certificate or key that has expired is not done.
    pub fn at(mut self, profile: &Profile, now: OffsetDateTime) -> Overview {
        if profile.expiry().is_some_and(|expiry| expiry.is_over(now)) {
            for step in &mut self.steps {
                step.done &= !journey().step(step.id).is_some_and(asks_certificate);
            }
        }
        self
    }

    /// Returns the items of all steps.
    pub fn items(&self) -> impl Iterator<Item = &ItemView> {
        self.steps.iter().flat_map(|step| &step.items)
    }

    /// Returns whether all answers are there that a check requires.
    pub fn is_complete(&self) -> bool {
        let mut missing = self.steps.iter().flat_map(|step| &step.missing);
        !missing.any(is_required_for_check)
    }

    /// Returns the number of steps done, and of all steps.
    pub fn count(&self) -> (usize, usize) {
        (self.steps.iter().filter(|step| step.done).count(), self.steps.len())
    }

    /// Returns the first step that is not done, and the next thing to do there. `None` if all steps are done.
    pub fn next(&self) -> Option<(&StepView, Next<'_>)> {
        let step = self.steps.iter().find(|step| !step.done)?;
        let next = match step.kind {
            // A form without a missing answer is open if the certificate's file does not exist yet, or cannot be used.
            StepKind::Form => Next::Answer(step.missing.first().copied().unwrap_or(FieldId::Certificate)),
            StepKind::Checklist => Next::Do(step.items.iter().find(|item| item.done.is_none())?),
            StepKind::Check => Next::Check,
        };
        Some((step, next))
    }

    /// Returns who must act, if the next item is someone else's.
    pub fn waiting(&self) -> Option<Waiting> {
        let (step, next) = self.next()?;
        let item = match next {
            Next::Do(item) => item,
            // The certificate is ordered, and nothing else is missing.
            Next::Answer(FieldId::Certificate) => {
                let ordered = step.items.iter().find_map(|item| item.done)?;
                return Some(Waiting {
                    who: Who::Issuer,
                    since: Some(ordered),
                });
            }
            Next::Answer(_) | Next::Check => return None,
        };
        (item.who != Who::You).then(|| Waiting {
            who: item.who,
            since: step.items.iter().filter_map(|item| item.done).max(),
        })
    }
}

/// Returns the time since which the next thing is open: that of the last tick or answer before.
pub fn since(profile: &Profile, overview: &Overview) -> OffsetDateTime {
    let ticks = overview.items().filter_map(|item| item.done);
    ticks.max().unwrap_or(profile.updated)
}
