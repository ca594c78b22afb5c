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
/// An event's UID stays the same, and its SEQUENCE grows with a later end: importing the calendar again updates the event.
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
        line(&format!("SEQUENCE:{}", (expiry.at.unix_timestamp() / 86_400).max(0)));
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

    #[test]
    fn long_line_is_folded_at_75_bytes_between_characters() {
        let mut out = String::new();
        let text = format!("SUMMARY:{}", "æ".repeat(100));
        fold(&text, &mut out);
        assert!(out.split("\r\n").all(|line| line.len() <= MAX_LINE_BYTES), "{out}");
        assert_eq!(out.replace("\r\n ", "").trim_end(), text);
    }
}
