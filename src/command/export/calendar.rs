//! Calendar (RFC 5545) of the days on which certificates and registered keys end.

use time::{Date, Duration, OffsetDateTime};

use crate::{
    profile::{Profile, expiry::WARNING_DAYS, parse::ProfileName},
    text::{Args, Texts, visible},
};

/// Longest line in bytes (RFC 5545 §3.1).
const MAX_LINE_BYTES: usize = 75;

/// Returns the calendar. Profiles without a known end have no event.
///
/// An event's UID stays the same, and its SEQUENCE grows with time, also if the end is earlier: importing the calendar again
/// updates the event (RFC 5546 §2.1.5: a lower SEQUENCE is older).
pub fn render(profiles: &[(&ProfileName, &Profile)], now: OffsetDateTime, texts: &Texts) -> String {
    let mut out = String::new();
    let mut line = |text: &str| fold(text, &mut out);
    line("BEGIN:VCALENDAR");
    line("VERSION:2.0");
    line("PRODID:-//klarert//klarert//EN");
    for (name, profile) in profiles {
        let Some(expiry) = profile.expiry() else { continue };
        let day = expiry.at.date();
        let business = profile.business.name.as_deref().unwrap_or(name.as_str());
        let args = Args::new()
            .with("what", expiry.credential.id())
            .with("business", visible(business))
            .with("profile", name.as_str())
            .with("environment", &profile.environment);
        let summary = escaped(&texts.with("calendar-summary", &args));
        line("BEGIN:VEVENT");
        line(&format!(
            "UID:{}-{}-{}@klarert",
            expiry.credential.id(),
            name,
            stamp(profile.created)
        ));
        line(&format!("DTSTAMP:{}", stamp(now)));
        // In minutes: seconds would exceed RFC 5545's 32 bits in 2038.
        line(&format!("SEQUENCE:{}", (now.unix_timestamp() / 60).max(0)));
        line(&format!("DTSTART;VALUE=DATE:{}", digits(day)));
        line(&format!(
            "DTEND;VALUE=DATE:{}",
            digits(day.saturating_add(Duration::DAY))
        ));
        line(&format!("SUMMARY:{summary}"));
        line(&format!(
            "DESCRIPTION:{}",
            escaped(&texts.with("calendar-description", &args))
        ));
        line("TRANSP:TRANSPARENT");
        for days in WARNING_DAYS.iter().rev() {
            line("BEGIN:VALARM");
            line("ACTION:DISPLAY");
            line(&format!("TRIGGER:-P{days}D"));
            line(&format!("DESCRIPTION:{summary}"));
            line("END:VALARM");
        }
        line("END:VEVENT");
    }
    line("END:VCALENDAR");
    out
}

/// Returns a time in UTC as `20261122T170000Z`.
fn stamp(at: OffsetDateTime) -> String {
    let (hour, minute, second) = at.time().as_hms();
    format!("{}T{hour:02}{minute:02}{second:02}Z", digits(at.date()))
}

/// Returns a day as `20261122`.
fn digits(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), u8::from(day.month()), day.day())
}

/// Escapes a text (RFC 5545 §3.3.11).
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    out
}

/// Appends a line, folded at 75 bytes and never inside a character.
fn fold(text: &str, out: &mut String) {
    let mut bytes = 0;
    for c in text.chars() {
        if bytes + c.len_utf8() > MAX_LINE_BYTES {
            out.push_str("\r\n ");
            bytes = 1;
        }
        out.push(c);
        bytes += c.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;
    use time::macros::datetime;

    #[test]
    fn sequence_grows_also_when_the_end_is_earlier() {
        let texts = Texts::new(Language::English);
        let name = ProfileName::parse("acme").unwrap();
        let mut profile = Profile::new("test", datetime!(2026-11-22 17:00 UTC));
        profile.certificate.path = Some("acme.p12".into());
        let mut event = |ends, now| {
            profile.certificate_ends = Some(ends);
            let out = render(&[(&name, &profile)], now, &texts);
            let of = |key: &str| out.lines().find_map(|line| line.strip_prefix(key)).unwrap().to_owned();
            (of("UID:"), of("SEQUENCE:").parse::<i32>().unwrap())
        };
        let (ends, now) = (datetime!(2027-10-01 0:00 UTC), datetime!(2026-11-27 4:00 UTC));
        let (uid, sequence) = event(ends, now);
        let (later_uid, later) = event(ends - Duration::days(40), now + Duration::HOUR);
        assert_eq!(uid, later_uid);
        assert!(
            later > sequence && sequence > 30_000,
            "above those of older versions, which were days"
        );
    }

    #[test]
    fn long_line_is_folded_at_75_bytes_between_characters() {
        let mut out = String::new();
        let text = format!("SUMMARY:{}", "æ".repeat(100));
        fold(&text, &mut out);
        assert!(out.split("\r\n").all(|line| line.len() <= MAX_LINE_BYTES), "{out}");
        assert_eq!(out.replace("\r\n ", "").trim_end(), text);
    }
}
