//! The kind of business, answered directly or through two questions, and the answers that depend on it. Pure.

use crate::profile::{HAS_NUMBER, Kind, PORTAL_LOGIN, Profile, parse};

/// Sets the kind of business and adapts the answers that depend on it: the scopes, the form of the organisation's
/// identifier and the picked certificate.
pub(super) fn set_kind(profile: &mut Profile, kind: Option<Kind>) {
    if profile.business.kind == kind {
        return;
    }
    let own = profile.own_scopes();
    // The certificates are ordered by suitability, which differs for the other kind.
    profile.certificate.pick = None;
    profile.business.kind = kind;
    profile.set_scopes(&own);
    let organisation = profile.business.organisation.take();
    profile.business.organisation = organisation.and_then(|written| match kind {
        None => Some(written),
        // An eSeal's identifier is the Norwegian number with a prefix.
        Some(Kind::Norwegian) => parse::organisation_number(&written).ok(),
        Some(Kind::Foreign) => match parse::organisation_number(&written) {
            Ok(number) => Some(format!("NTRNO-{number}")),
            Err(_) => Some(written),
        },
    });
}

/// Sets the answer to the first of the two questions. The answer to the second is kept while that one is hidden.
pub(super) fn set_norwegian_number(profile: &mut Profile, yes: Option<bool>) {
    let done = &mut profile.progress.done;
    match yes {
        Some(true) if profile.business.kind == Some(Kind::Norwegian) => {}
        Some(true) if done.contains_key(PORTAL_LOGIN) => set_portal_login(profile, Some(true)),
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

/// Sets the answer to the second question, which is asked after a yes to the first.
pub(super) fn set_portal_login(profile: &mut Profile, yes: Option<bool>) {
    let done = &mut profile.progress.done;
    done.remove(PORTAL_LOGIN);
    match yes {
        Some(true) => {
            // A business of kind Norwegian always has a number.
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
