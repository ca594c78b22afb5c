//! The kind of business, said outright or found by two questions, and what changes with it. Pure.

use crate::profile::{HAS_NUMBER, Kind, PORTAL_LOGIN, Profile, parse};

/// The scopes follow the kind of business, and so does the way its organisation is written.
pub(super) fn set_kind(profile: &mut Profile, kind: Option<Kind>) {
    if profile.business.kind == kind {
        return;
    }
    let own = profile.own_scopes();
    // What suits one kind of business best does not suit the other.
    profile.certificate.pick = None;
    profile.business.kind = kind;
    profile.set_scopes(&own);
    let organisation = profile.business.organisation.take();
    profile.business.organisation = organisation.and_then(|written| match kind {
        None => Some(written),
        // A Norwegian number and its identifier in an eSeal are one thing written in two ways.
        Some(Kind::Norwegian) => parse::organisation_number(written.strip_prefix("NTRNO-").unwrap_or(&written)).ok(),
        Some(Kind::Foreign) => match parse::organisation_number(&written) {
            Ok(number) => Some(format!("NTRNO-{number}")),
            Err(_) => Some(written),
        },
    });
}

/// The answer to the first of the two questions. That to the second is remembered while it is not asked.
pub(super) fn has_number(profile: &mut Profile, yes: Option<bool>) {
    let done = &mut profile.progress.done;
    match yes {
        Some(true) if profile.business.kind == Some(Kind::Norwegian) => {}
        Some(true) if done.contains_key(PORTAL_LOGIN) => can_log_in(profile, Some(true)),
        Some(true) => {
            done.insert(HAS_NUMBER.to_owned(), profile.updated);
            set_kind(profile, None);
        }
        Some(false) => {
            done.remove(HAS_NUMBER);
            if profile.business.kind == Some(Kind::Norwegian) {
                done.insert(PORTAL_LOGIN.to_owned(), profile.updated);
            }
            set_kind(profile, Some(Kind::Foreign));
        }
        None => {
            done.remove(HAS_NUMBER);
            set_kind(profile, None);
        }
    }
}

/// The answer to the second question, which is asked of those who said yes to the first.
pub(super) fn can_log_in(profile: &mut Profile, yes: Option<bool>) {
    let done = &mut profile.progress.done;
    done.remove(PORTAL_LOGIN);
    match yes {
        Some(true) => {
            // A Norwegian business has a number: its kind says so.
            done.remove(HAS_NUMBER);
            set_kind(profile, Some(Kind::Norwegian));
        }
        Some(false) => {
            done.insert(HAS_NUMBER.to_owned(), profile.updated);
            set_kind(profile, Some(Kind::Foreign));
        }
        None => set_kind(profile, None),
    }
}
