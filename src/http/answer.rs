//! What came back: read, measured, and not yet believed.

use std::time::Duration;

use reqwest::{
    blocking::Response,
    header::{AGE, CONTENT_TYPE, DATE, HeaderMap, HeaderName, LOCATION, RETRY_AFTER},
};
use serde_json::Value;
use time::{OffsetDateTime, format_description::well_known::Rfc2822};
use zeroize::Zeroizing;

use crate::{
    diagnosis::{Malformed, StageFailure},
    text::visible,
};

/// An answer. Its body may hold a token, so it is wiped and in no `Debug`.
pub struct Answer {
    pub status: u16,
    /// How far this computer's clock is ahead of the server's.
    pub clock: Option<ClockMeasurement>,
    /// Seconds, or a date turned into seconds (RFC 9110 §10.2.3).
    pub retry_after: Option<Duration>,
    pub took: Duration,
    pub(super) body: Zeroizing<Vec<u8>>,
    content_type: String,
    location: Option<String>,
}

/// A clock compared with a server's.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ClockMeasurement {
    /// Seconds that this computer's clock is ahead; negative when it is behind.
    pub ahead_s: f64,
    /// What the measurement may be wrong by: half the request's duration, and half the second that `Date` is cut to.
    pub within_s: f64,
}

impl std::fmt::Debug for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Answer")
            .field("status", &self.status)
            .field("took", &self.took)
            .finish_non_exhaustive()
    }
}

impl Answer {
    pub(super) fn of_head(response: &Response, sent_at: OffsetDateTime, waited: Duration) -> Answer {
        let headers = response.headers();
        let date = date(headers, DATE);
        // A cache says how old what it holds is (RFC 9111 §5.1).
        let age = header(headers, AGE).and_then(|age| age.parse().ok()).unwrap_or(0);
        Answer {
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

    /// What is wrong with the answer before its words are looked at: a redirect, a page for people, a service in
    /// trouble.
    pub fn trouble(&self) -> Option<StageFailure> {
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

    /// The body as a JSON object. The values may be secrets: take what is asked for and drop the rest.
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

    /// The beginning of the body, for an answer to an error that is not JSON.
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

    /// The title of an HTML page, as a person would recognise whose it is.
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
        // `Date` is cut to whole seconds, so on average the server's clock was half a second further.
        ahead_s: (sent_at - date).as_seconds_f64() + half - 0.5,
        within_s: half + 0.5,
    }
}

fn header(headers: &HeaderMap, name: HeaderName) -> Option<String> {
    Some(headers.get(name)?.to_str().ok()?.trim().to_owned())
}

/// An HTTP date (RFC 9110 §5.6.7), which RFC 2822 knows with `GMT` as an obsolete zone.
fn date(headers: &HeaderMap, name: HeaderName) -> Option<OffsetDateTime> {
    OffsetDateTime::parse(&header(headers, name)?, &Rfc2822).ok()
}

/// Where a redirect points to: a query may hold somebody's session.
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
    fn the_requests_own_duration_is_taken_into_account() {
        let date = datetime!(2026-11-22 17:00:10 UTC);
        for (sent_at, waited_ms, ahead_s, within_s) in [
            (datetime!(2026-11-22 17:00:10.5 UTC), 0, 0.0, 0.5),
            // Asked at 17:00:00, answered at 17:00:21: the server's clock was read half way.
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
    fn a_redirect_is_shown_without_its_query() {
        assert_eq!(
            without_query("https://login.example/a?session=1#x"),
            "https://login.example/a"
        );
    }
}
