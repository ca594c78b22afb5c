//! A received response, before its body is parsed: status, clock, retry delay and the failures visible without JSON.

use std::time::Duration;

use reqwest::header::{AGE, CONTENT_TYPE, DATE, HeaderMap, HeaderName, LOCATION, RETRY_AFTER};
use serde_json::Value;
use time::{OffsetDateTime, format_description::well_known::Rfc2822};
use zeroize::Zeroizing;

use crate::diagnosis::{Malformed, StageFailure, clean, redact_secret};

/// Bytes that are allocated for a body of unknown length. Wiping them costs time: tokens and keys are smaller.
const MIN_BODY_BYTES: usize = 8 * 1024;

/// A response. Its body may contain a token: it is wiped on drop and left out of `Debug`.
pub struct Response {
    pub status: u16,
    /// Offset of this computer's clock from the server's. `None` without a `Date` header.
    pub clock: Option<ClockMeasurement>,
    /// The `Retry-After` header, seconds or a date (RFC 9110 §10.2.3).
    pub retry_after: Option<Duration>,
    pub took: Duration,
    pub(super) body: Zeroizing<Vec<u8>>,
    /// The secret that the request had, which the server may repeat.
    pub(super) sent: Zeroizing<String>,
    content_type: String,
    location: Option<String>,
}

/// A measured offset between this computer's clock and a server's.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ClockMeasurement {
    /// Seconds that this computer's clock is ahead; negative if it is behind.
    pub ahead_s: f64,
    /// Error bound in seconds: half the request's duration, and half the second that `Date` is truncated to.
    pub within_s: f64,
}

impl std::fmt::Debug for Response {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("took", &self.took)
            .finish_non_exhaustive()
    }
}

impl Response {
    pub(super) fn from_head(status: u16, headers: &HeaderMap, sent_at: OffsetDateTime, waited: Duration) -> Response {
        Response {
            status,
            clock: server_time(headers).map(|server_time| measure(server_time, sent_at, waited)),
            retry_after: retry_after(headers, sent_at),
            took: waited,
            body: Zeroizing::default(),
            sent: Zeroizing::default(),
            content_type: header(headers, CONTENT_TYPE).unwrap_or_default().to_ascii_lowercase(),
            location: header(headers, LOCATION),
        }
    }

    /// Allocates the body in full: a reallocated one would leave copies of secrets in memory.
    pub(super) fn reserve(&mut self, length: usize) {
        self.body.reserve_exact(length.max(MIN_BODY_BYTES));
    }

    /// Creates a response as if it had been received at `now`, for tests and fuzz targets of its readers.
    pub fn from_parts(status: u16, headers: &HeaderMap, body: &[u8], now: OffsetDateTime) -> Response {
        let mut response = Response::from_head(status, headers, now, Duration::ZERO);
        response.body.extend_from_slice(body);
        response
    }

    /// Returns the failure that is visible before the body is parsed: a redirect, an HTML page, a rate limit or a server
    /// error.
    pub fn failure(&self) -> Option<StageFailure> {
        let status = self.status;
        match status {
            300..=399 => Some(StageFailure::Redirected {
                status,
                to: self
                    .location
                    .as_deref()
                    .map(|to| self.without_query(to))
                    .unwrap_or_default(),
            }),
            407 => Some(StageFailure::Transport(
                crate::diagnosis::TransportError::ProxyRefused { status },
            )),
            429 => Some(StageFailure::TooManyRequests {
                after: self.retry_after.map(|after| after.as_secs()),
            }),
            500.. => Some(StageFailure::Down { status: Some(status) }),
            _ if self.is_html() => Some(StageFailure::Html {
                status,
                title: self.title(),
            }),
            _ => None,
        }
    }

    /// Parses the body as a JSON object. The values may be secrets: take the needed ones and drop the rest.
    ///
    /// # Errors
    ///
    /// [`StageFailure::Malformed`] if the body is empty, truncated, not UTF-8 or not an object.
    pub fn json(&self) -> Result<serde_json::Map<String, Value>, StageFailure> {
        let malformed = |how| StageFailure::Malformed {
            status: self.status,
            how,
        };
        if self.body.is_empty() {
            return Err(malformed(Malformed::Empty));
        }
        let text = std::str::from_utf8(&self.body).map_err(|_| malformed(Malformed::NotUtf8))?;
        match serde_json::from_str(text) {
            Ok(Value::Object(object)) => Ok(object),
            Ok(_) => Err(malformed(Malformed::NotAnObject)),
            Err(error) if error.is_eof() => Err(malformed(Malformed::CutShort)),
            Err(_) => Err(malformed(Malformed::NotJson)),
        }
    }

    /// Parses the JSON object in the body, whatever is around it. `None` without one, or if it has a token, of which no copy is
    /// made.
    pub fn inner_object(&self) -> Option<serde_json::Map<String, Value>> {
        let text = std::str::from_utf8(&self.body).ok()?;
        if text.contains("access_token") {
            return None;
        }
        let (start, end) = (text.find('{')?, text.rfind('}')?);
        serde_json::from_str(text.get(start..=end)?).ok()
    }

    /// Parses the body as a JSON array.
    ///
    /// # Errors
    ///
    /// [`StageFailure::Malformed`] if it is not one.
    pub fn json_array(&self) -> Result<Vec<Value>, StageFailure> {
        serde_json::from_slice(&self.body).map_err(|_| StageFailure::Malformed {
            status: self.status,
            how: Malformed::NotJson,
        })
    }

    /// Returns the beginning of the body, for a refusal that is not JSON.
    pub fn excerpt(&self) -> String {
        shorten(&self.redact(&self.beginning(4 * 1024)), 200)
    }

    /// Removes the secret that was sent, and whatever else could be a token, from a text of this response.
    pub fn redact(&self, text: &str) -> String {
        clean(&redact_secret(text, &self.sent))
    }

    /// Removes the secret that was sent from the texts of an object.
    pub fn without_secret(&self, mut object: serde_json::Map<String, Value>) -> serde_json::Map<String, Value> {
        for value in object.values_mut() {
            if let Value::String(text) = value {
                *text = redact_secret(text, &self.sent);
            }
        }
        object
    }

    fn beginning(&self, bytes: usize) -> String {
        String::from_utf8_lossy(&self.body[..self.body.len().min(bytes)]).into_owned()
    }

    fn is_html(&self) -> bool {
        let start = self.body.trim_ascii_start();
        self.content_type.contains("html")
            || [b"<!doctype" as &[u8], b"<html", b"<head", b"<body"]
                .iter()
                .any(|tag| start.len() >= tag.len() && start[..tag.len()].eq_ignore_ascii_case(tag))
    }

    /// Returns the title of an HTML page, by which a person recognises its origin.
    fn title(&self) -> Option<String> {
        let page = self.beginning(16 * 1024);
        let lower = page.to_ascii_lowercase();
        let tag = lower.find("<title")?;
        let start = tag + lower[tag..].find('>')? + 1;
        let end = start + lower[start..].find("</title")?;
        let words = page[start..end].split_whitespace().collect::<Vec<_>>().join(" ");
        let title = shorten(&self.redact(&words), 100);
        (!title.is_empty()).then_some(title)
    }

    /// Returns a redirect's target without its query, which may contain a session.
    fn without_query(&self, location: &str) -> String {
        shorten(&self.redact(location.split(['?', '#']).next().unwrap_or_default()), 200)
    }
}

/// Returns the server's time. `None` without a `Date` header, or if its sum with `Age` is no date.
fn server_time(headers: &HeaderMap) -> Option<OffsetDateTime> {
    let date = date(headers, DATE)?;
    // A cache adds the age of what it stores (RFC 9111 §5.1).
    match header(headers, AGE).and_then(|age| age.parse::<u64>().ok()) {
        Some(age) => date.checked_add(time::Duration::seconds(age.try_into().ok()?)),
        None => Some(date),
    }
}

/// Returns the delay in `Retry-After`; zero for a date in the past.
fn retry_after(headers: &HeaderMap, sent_at: OffsetDateTime) -> Option<Duration> {
    if let Ok(seconds) = header(headers, RETRY_AFTER)?.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = date(headers, RETRY_AFTER)?;
    let now = date(headers, DATE).unwrap_or(sent_at);
    // Two dates of `time` are at most 20,000 years apart, which no `Duration` overflows by.
    Some((until - now).try_into().unwrap_or(Duration::ZERO))
}

fn measure(date: OffsetDateTime, sent_at: OffsetDateTime, waited: Duration) -> ClockMeasurement {
    let half = waited.as_secs_f64() / 2.0;
    ClockMeasurement {
        // `Date` is truncated to whole seconds, so on average the server's clock was half a second further.
        ahead_s: (sent_at - date).as_seconds_f64() + half - 0.5,
        within_s: half + 0.5,
    }
}

fn header(headers: &HeaderMap, name: HeaderName) -> Option<String> {
    Some(headers.get(name)?.to_str().ok()?.trim().to_owned())
}

/// Parses an HTTP date (RFC 9110 §5.6.7), which RFC 2822 covers with `GMT` as an obsolete zone.
fn date(headers: &HeaderMap, name: HeaderName) -> Option<OffsetDateTime> {
    OffsetDateTime::parse(&header(headers, name)?, &Rfc2822).ok()
}

fn shorten(text: &str, max_chars: usize) -> String {
    match text.char_indices().nth(max_chars) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use reqwest::header::HeaderValue;
    use time::macros::datetime;

    const SENT_AT: OffsetDateTime = datetime!(2026-11-22 17:00 UTC);

    fn response(pairs: &[(HeaderName, &str)]) -> Response {
        let headers = pairs
            .iter()
            .map(|(name, value)| (name.clone(), HeaderValue::from_str(value).unwrap()))
            .collect();
        Response::from_head(200, &headers, SENT_AT, Duration::ZERO)
    }

    #[test]
    fn time_out_of_range_is_no_time() {
        for (date, age, measured) in [
            ("Sun, 22 Nov 2026 17:00:00 GMT", "0", true),
            ("Sun, 22 Nov 2026 17:00:00 GMT", "soon", true),
            ("Sun, 22 Nov 2026 17:00:00 GMT", "18446744073709551615", false),
            ("Sun, 22 Nov 2026 17:00:00 GMT", "9223372036854775807", false),
            ("Fri, 31 Dec 9999 23:59:59 GMT", "0", true),
            ("Fri, 31 Dec 9999 23:59:59 GMT", "1", false),
            ("Fri, 31 Dec 9999 23:59:59 -1200", "0", true),
        ] {
            let clock = response(&[(DATE, date), (AGE, age)]).clock;
            assert_eq!(clock.is_some(), measured, "{date} {age}: {clock:?}");
        }
    }

    #[test]
    fn retry_delay_is_read_from_seconds_and_dates() {
        for (words, seconds) in [
            ("120", Some(120)),
            ("18446744073709551615", Some(u64::MAX)),
            ("18446744073709551616", None),
            ("-1", None),
            ("Sun, 22 Nov 2026 17:00:30 GMT", Some(30)),
            ("Sun, 22 Nov 2020 17:00:30 GMT", Some(0)),
            ("Fri, 31 Dec 9999 23:59:59 -2359", Some(251_607_020_339)),
            ("soon", None),
        ] {
            let delay = response(&[(RETRY_AFTER, words)]).retry_after;
            assert_eq!(delay.map(|delay| delay.as_secs()), seconds, "{words}");
        }
    }

    /// Returns a strategy for header values: dates and numbers at their limits, and any other text.
    fn value() -> impl Strategy<Value = String> {
        let day = prop_oneof!["Sun, ", "Fri, ", ""];
        let zone = prop_oneof!["GMT", "[+-][0-9]{4}", "UT"];
        let year = prop_oneof![Just("9999".to_owned()), Just("1900".to_owned()), "[0-9]{4}"];
        let date = (day, 0..33, year, 0..26, 0..62, zone).prop_map(|(day, date, year, hour, second, zone)| {
            format!("{day}{date:02} Dec {year} {hour:02}:59:{second:02} {zone}")
        });
        let number = prop_oneof![any::<u64>(), Just(u64::MAX), Just(i64::MAX as u64), 0..1000_u64];
        prop_oneof![date, number.prop_map(|number| number.to_string()), "[ -~]{0,40}"]
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 1024, failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn any_header_is_read_without_a_panic(
            status in 100..600_u16, date in value(), age in value(), retry in value(), location in value(),
        ) {
            let mut response = response(&[(DATE, &date), (AGE, &age), (RETRY_AFTER, &retry), (LOCATION, &location)]);
            response.status = status;
            let _ = response.failure();
        }
    }

    #[test]
    fn clock_measurement_allows_for_the_duration_of_the_request() {
        let date = datetime!(2026-11-22 17:00:10 UTC);
        for (sent_at, waited_ms, ahead_s, within_s) in [
            (datetime!(2026-11-22 17:00:10.5 UTC), 0, 0.0, 0.5),
            // Sent at 17:00:00, received at 17:00:21: the server's clock was read half way.
            (datetime!(2026-11-22 17:00:00 UTC), 21_000, 0.0, 11.0),
            (datetime!(2026-11-22 17:00:30.5 UTC), 0, 20.0, 0.5),
            (datetime!(2026-11-22 16:59:50.5 UTC), 0, -20.0, 0.5),
        ] {
            let measured = measure(date, sent_at, Duration::from_millis(waited_ms));
            assert!((measured.ahead_s - ahead_s).abs() < 1e-6, "{measured:?}");
            assert!((measured.within_s - within_s).abs() < 1e-6, "{measured:?}");
        }
    }

    #[test]
    fn redirect_target_is_shown_without_its_query() {
        let redirect = response(&[(LOCATION, "https://login.example/a?session=1#x")]);
        assert_eq!(
            redirect.without_query("https://login.example/a?session=1#x"),
            "https://login.example/a"
        );
    }
}
