//! What a profile proves itself with ends some day: when, and how near that is. Pure.

use time::{Date, OffsetDateTime, Time};

use super::{Authentication, Profile};
use crate::text::{Args, Texts};

/// Days before the end at which there is more to say than before: first to order what comes next, as that takes
/// business days and abroad up to several weeks, then to see that it is under way, then to put it in place.
pub const STEPS: [i64; 3] = [7, 14, 30];

/// What ends, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ending {
    pub what: Authentication,
    pub at: OffsetDateTime,
}

impl Ending {
    /// Whole days until then; negative when it has ended.
    pub fn days_left(&self, now: OffsetDateTime) -> i64 {
        days_left(self.at, now)
    }
}

impl Profile {
    /// When what it proves itself with ends, where that is known: of a certificate once it has been read, of a
    /// registered key once its day is given.
    pub fn ending(&self) -> Option<Ending> {
        let what = self.authentication();
        let at = match what {
            Authentication::Certificate => self.certificate_ends,
            Authentication::Key => self.client.key_registered.map(key_ends),
        };
        at.map(|at| Ending { what, at })
    }
}

/// A key on a client ends one year after it was uploaded (Digdir, Samarbeidsportalen). Its hour is not known: the day
/// is counted as over when it begins.
pub fn key_ends(registered: Date) -> OffsetDateTime {
    let next = registered.year() + 1;
    let day = registered
        .replace_year(next)
        .or_else(|_| registered.replace_day(28)?.replace_year(next));
    day.unwrap_or(Date::MAX).with_time(Time::MIDNIGHT).assume_utc()
}

/// Whole days until a moment: 0 on its last day, negative once it has passed.
pub fn days_left(ends: OffsetDateTime, now: OffsetDateTime) -> i64 {
    (ends - now)
        .whole_seconds()
        .div_euclid(time::Duration::DAY.whole_seconds())
}

/// The nearest of the [`STEPS`] that has been passed; none while there is time enough.
pub fn step(days_left: i64) -> Option<i64> {
    STEPS.into_iter().find(|step| days_left <= *step)
}

/// How long it lasts, in words.
pub fn words(what: Authentication, days_left: i64, texts: &Texts) -> String {
    let id = match (days_left < 0, step(days_left)) {
        (true, _) => "renewal-ended",
        (false, Some(_)) => "renewal-ends",
        (false, None) => "renewal-days-left",
    };
    texts.with(id, &Args::new().with("what", what.id()).with("days", days_left))
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::{date, datetime};

    #[test]
    fn a_key_lives_for_one_year() {
        for (registered, ends) in [
            (date!(2026 - 11 - 22), datetime!(2027-11-22 00:00 UTC)),
            (date!(2028 - 02 - 29), datetime!(2029-02-28 00:00 UTC)),
            (date!(2027 - 02 - 28), datetime!(2028-02-28 00:00 UTC)),
            (date!(9999 - 12 - 31), datetime!(9999-12-31 00:00 UTC)),
        ] {
            assert_eq!(key_ends(registered), ends);
        }
    }

    #[test]
    fn what_is_used_decides_what_ends() {
        let now = datetime!(2026-11-22 17:00 UTC);
        let mut profile = Profile::new("test", now);
        assert_eq!(profile.ending(), None);
        profile.certificate_ends = Some(datetime!(2026-12-01 00:00 UTC));
        assert_eq!(profile.ending().map(|ending| ending.days_left(now)), Some(8));
        profile.client.authentication = Authentication::Key;
        assert_eq!(profile.ending(), None, "a certificate that is not used");
        profile.client.key_registered = Some(date!(2025 - 11 - 20));
        assert_eq!(profile.ending().map(|ending| ending.days_left(now)), Some(-3));
    }

    #[test]
    fn the_last_day_is_nought_and_what_has_ended_is_negative() {
        let ends = datetime!(2026-11-22 17:00 UTC);
        for (now, is) in [
            (datetime!(2026-11-20 17:00 UTC), 2),
            (datetime!(2026-11-21 17:01 UTC), 0),
            (datetime!(2026-11-22 16:59 UTC), 0),
            (ends, 0),
            (datetime!(2026-11-22 17:01 UTC), -1),
        ] {
            assert_eq!(days_left(ends, now), is, "{now}");
        }
    }

    #[test]
    fn the_steps() {
        for (days_left, is) in [
            (-3, Some(7)),
            (0, Some(7)),
            (7, Some(7)),
            (8, Some(14)),
            (14, Some(14)),
            (15, Some(30)),
            (30, Some(30)),
            (31, None),
        ] {
            assert_eq!(step(days_left), is, "{days_left}");
        }
    }
}
