//! The expiry of a profile's certificate or registered key, and the days left. Pure.

use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime, Time, UtcOffset};

use super::{Authentication, Profile};
use crate::text::{Args, Texts};

/// Days before expiry at which the warning becomes more urgent, the most urgent first. At 30 days: order a new one, as
/// that takes business days, and abroad up to several weeks. At 14: check the order. At 7: install the new one.
pub const WARNING_DAYS: [i64; 3] = [7, 14, 30];

/// The credential that expires, and the time of expiry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expiry {
    pub credential: Authentication,
    pub at: OffsetDateTime,
}

impl Expiry {
    /// Returns whether the credential can no longer be used.
    pub fn is_over(&self, now: OffsetDateTime) -> bool {
        self.at <= now
    }

    /// Returns the whole days left; negative after expiry.
    pub fn days_left(&self, now: OffsetDateTime) -> i64 {
        days_left(self.at, now)
    }
}

impl Profile {
    /// Returns the expiry of the credential in use. `None` until the certificate has been read, or until the
    /// registered key's day is answered.
    pub fn expiry(&self) -> Option<Expiry> {
        let credential = self.authentication();
        let at = match credential {
            Authentication::Certificate => self.certificate_ends,
            Authentication::Key => self.client.key_registered.map(key_expiry),
        };
        at.map(|at| Expiry { credential, at })
    }
}

/// Returns the expiry of a registered key: one year after it was uploaded (Digdir, Samarbeidsportalen). The time of day
/// is unknown, so the key counts as expired from midnight UTC.
pub fn key_expiry(registered: Date) -> OffsetDateTime {
    let next = registered.year() + 1;
    let day = registered
        .replace_year(next)
        .or_else(|_| registered.replace_day(28)?.replace_year(next));
    day.unwrap_or(Date::MAX).with_time(Time::MIDNIGHT).assume_utc()
}

/// Returns a moment in UTC. `None` outside the years 0 to 9999: RFC 3339 and TOML have no others.
pub fn to_utc(at: OffsetDateTime) -> Option<OffsetDateTime> {
    let utc = at.checked_to_offset(UtcOffset::UTC)?;
    (0..=9999).contains(&utc.year()).then_some(utc)
}

/// Returns the whole days until `ends`: 0 on the last day, negative after it.
pub fn days_left(ends: OffsetDateTime, now: OffsetDateTime) -> i64 {
    (ends - now)
        .whole_seconds()
        .div_euclid(time::Duration::DAY.whole_seconds())
}

/// Returns the most urgent of the [`WARNING_DAYS`] reached; `None` while more days are left than any of them.
pub fn warning_threshold(days_left: i64) -> Option<i64> {
    WARNING_DAYS.into_iter().find(|threshold| days_left <= *threshold)
}

/// Returns a sentence on the days left, for people.
pub fn describe(credential: Authentication, days_left: i64, texts: &Texts) -> String {
    let id = match (days_left < 0, warning_threshold(days_left)) {
        (true, _) => "renewal-ended",
        (false, Some(_)) => "renewal-ends",
        (false, None) => "renewal-days-left",
    };
    texts.with(id, &Args::new().with("what", credential.id()).with("days", days_left))
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::{date, datetime};

    #[test]
    fn key_expires_after_one_year() {
        for (registered, ends) in [
            (date!(2026 - 11 - 22), datetime!(2027-11-22 00:00 UTC)),
            (date!(2028 - 02 - 29), datetime!(2029-02-28 00:00 UTC)),
            (date!(2027 - 02 - 28), datetime!(2028-02-28 00:00 UTC)),
            (date!(9999 - 12 - 31), datetime!(9999-12-31 00:00 UTC)),
        ] {
            assert_eq!(key_expiry(registered), ends);
        }
    }

    #[test]
    fn expiry_is_of_the_credential_in_use() {
        let now = datetime!(2026-11-22 17:00 UTC);
        let mut profile = Profile::new("test", now);
        assert_eq!(profile.expiry(), None);
        profile.certificate_ends = Some(datetime!(2026-12-01 00:00 UTC));
        assert_eq!(profile.expiry().map(|expiry| expiry.days_left(now)), Some(8));
        profile.client.authentication = Authentication::Key;
        assert_eq!(profile.expiry(), None, "a certificate that is not used");
        profile.client.key_registered = Some(date!(2025 - 11 - 20));
        assert_eq!(profile.expiry().map(|expiry| expiry.days_left(now)), Some(-3));
    }

    #[test]
    fn days_left_is_zero_on_the_last_day_and_negative_after_expiry() {
        let ends = datetime!(2026-11-22 17:00 UTC);
        for (now, expected) in [
            (datetime!(2026-11-20 17:00 UTC), 2),
            (datetime!(2026-11-21 17:01 UTC), 0),
            (datetime!(2026-11-22 16:59 UTC), 0),
            (ends, 0),
            (datetime!(2026-11-22 17:01 UTC), -1),
        ] {
            assert_eq!(days_left(ends, now), expected, "{now}");
        }
    }

    #[test]
    fn warning_threshold_is_the_most_urgent_one_reached() {
        for (days_left, expected) in [
            (-3, Some(7)),
            (0, Some(7)),
            (7, Some(7)),
            (8, Some(14)),
            (14, Some(14)),
            (15, Some(30)),
            (30, Some(30)),
            (31, None),
        ] {
            assert_eq!(warning_threshold(days_left), expected, "{days_left}");
        }
    }
}
