//! A received response, before its body is parsed: status, clock, retry delay and the failures visible without JSON.

use std::time::Duration;

use reqwest::header::{AGE, CONTENT_TYPE, DATE, HeaderMap, HeaderName, LOCATION, RETRY_AFTER};
use serde_json::Value;
use time::{OffsetDateTime, format_description::well_known::Rfc2822};
use zeroize::Zeroizing;

use crate::{
    diagnosis::{Malformed, StageFailure},
    text::visible,
};

/// A response. Its body may contain a token: it is wiped on drop and left out of `Debug`.
pub struct Response {
    pub status: u16,
    /// Offset of this computer's clock from the server's. `None` without a `Date` header.
    pub clock: Option<ClockMeasurement>,
    /// The `Retry-After` header, seconds or a date (RFC 9110 §10.2.3).
    pub retry_after: Option<Duration>,
    pub took: Duration,
    pub(super) body: Zeroizing<Vec<u8>>,
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
    pub(super) fn from_head(
        response: &reqwest::blocking::Response,
        sent_at: OffsetDateTime,
        waited: Duration,
    ) -> Response {
        let headers = response.headers();
        let date = date(headers, DATE);
        // A cache adds the age of what it stores (RFC 9111 §5.1).
        let age = header(headers, AGE).and_then(|age| age.parse().ok()).unwrap_or(0);
        Response {
            status: response.status().as_u16(),
            clock: date.map(|date| measure(date + Duration::from_secs(age), sent_at, waited)),
            retry_after: header(headers, RETRY_AFTER).and_then(|words| match words.parse() {
                Ok(seconds) => Some(Duration::from_secs(seconds)),
                Err(_) => {
                    let until = self::date(headers, RETRY_AFTER)?;
                    Some((until - date.unwrap_or(sent_at)).try_into().unwrap_or(Duration::ZERO))
                }
            }),
            took: waited,
            body: Zeroizing::new(Vec::with_capacity(64 * 1024)),
            content_type: header(headers, CONTENT_TYPE).unwrap_or_default().to_ascii_lowercase(),
            location: header(headers, LOCATION),
        }
    }

    /// Returns the failure that is visible before the body is parsed: a redirect, an HTML page, a rate limit or a server
    /// error.
    pub fn failure(&self) -> Option<StageFailure> {
        let status = self.status;
        match status {
            300..=399 => Some(StageFailure::Redirected {
                status,
                to: self.location.as_deref().map(without_query).unwrap_or_default(),
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

    /// Returns the beginning of the body, for a refusal that is not JSON.
    pub fn excerpt(&self) -> String {
        let text = String::from_utf8_lossy(&self.body[..self.body.len().min(600)]);
        let mut excerpt: String = text.trim().chars().take(200).map(crate::text::visible_char).collect();
        if text.trim().chars().count() > 200 {
            excerpt.push('…');
        }
        excerpt
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
        let page = String::from_utf8_lossy(&self.body[..self.body.len().min(16 * 1024)]);
        let lower = page.to_ascii_lowercase();
        let tag = lower.find("<title")?;
        let start = tag + lower[tag..].find('>')? + 1;
        let end = start + lower[start..].find("</title")?;
        let words = page[start..end].split_whitespace().collect::<Vec<_>>().join(" ");
        let title: String = visible(&words).chars().take(100).collect();
        (!title.is_empty()).then_some(title)
    }
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

/// Returns a redirect's target without its query, which may contain a session.
fn without_query(location: &str) -> String {
    visible(location.split(['?', '#']).next().unwrap_or_default())
        .chars()
        .take(200)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

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
        assert_eq!(
            without_query("https://login.example/a?session=1#x"),
            "https://login.example/a"
        );
    }
}
