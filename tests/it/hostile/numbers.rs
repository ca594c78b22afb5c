//! Dates, durations and counts from outside: out of range is an error or unknown, never a panic.

use klarert::{
    profile::file::document::{parse, render},
    report::Stage,
    text::{Language, Texts},
};
use proptest::prelude::*;
use serde_json::json;

use super::check_against;
use crate::support::{
    home::read_back,
    service::{EXCHANGE, METADATA, Reply, TOKEN, metadata, token_answer},
};

#[test]
fn server_time_out_of_range_is_unknown() {
    for (age, date) in [
        ("18446744073709551615", "Sun, 22 Nov 2026 17:00:00 GMT"),
        ("1", "Fri, 31 Dec 9999 23:59:59 GMT"),
    ] {
        let checked = check_against(
            move |request| {
                let base = format!("http://{}", request.headers["host"]);
                let reply = match request.path.as_str() {
                    METADATA => Reply::json(200, metadata(&base)),
                    TOKEN => Reply::json(200, token_answer(request, &base, |_| {})),
                    _ => return None,
                };
                Some(reply.header("Age", age).header("Date", date))
            },
            |_, _| {},
        );
        assert_eq!(checked.diagnosis(), "passed", "{:#?}", checked.report);
        assert_eq!(checked.service.requests(TOKEN).len(), 1, "one grant is spent");
    }
}

#[test]
fn longest_lifetimes_and_delays_are_shown() {
    let checked = check_against(
        |request| {
            let base = format!("http://{}", request.headers["host"]);
            match request.path.as_str() {
                TOKEN => {
                    let mut answer = token_answer(request, &base, |claims| {
                        claims["iat"] = json!(i64::MIN);
                        claims["exp"] = json!(u64::MAX);
                        claims["nbf"] = json!(1e300);
                    });
                    answer["expires_in"] = json!(u64::MAX);
                    Some(Reply::json(200, answer))
                }
                EXCHANGE => Some(Reply::json(429, json!({})).header("Retry-After", "18446744073709551615")),
                _ => None,
            }
        },
        |_, _| {},
    );
    assert_eq!(checked.diagnosis(), "too-many-requests");
    for language in Language::ALL {
        let texts = Texts::new(language);
        let token = checked
            .report
            .stages
            .iter()
            .find(|result| result.stage == Stage::Token)
            .unwrap();
        assert_ne!(token.summary(&texts), "");
        assert!(
            checked
                .report
                .to_json(&texts)
                .to_string()
                .contains("18446744073709551615")
        );
    }
}

#[test]
fn profile_dates_out_of_range_are_refused() {
    for (date, is_valid) in [
        ("9999-12-31T23:59:59-01:00", false),
        ("0000-01-01T00:00:00+01:00", false),
        ("9999-12-31T23:59:59Z", true),
        ("0000-01-01T00:00:00Z", true),
        ("9999-12-31T23:59:59+23:59", true),
    ] {
        for text in [
            format!("[certificate]\nends = {date}\n"),
            format!("created = {date}\n"),
            format!("[progress.done]\n\"customs.form\" = {date}\n"),
            format!("[last_check]\nat = {date}\noutcome = \"passed\"\n"),
        ] {
            match parse(&text) {
                Ok(profile) => {
                    assert!(is_valid, "{text}");
                    let rendered = render(&profile, &text).unwrap();
                    assert_eq!(read_back(&profile, &rendered), profile, "{text}");
                }
                Err(problem) => assert!(!is_valid, "{text}: {problem:?}"),
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn any_date_in_a_profile_is_kept_or_refused(
        year in prop_oneof![Just(0), Just(1), Just(9999), 0..10_000], month in 0..14, day in 0..33, hour in 0..25,
        offset in prop_oneof!["Z", "[+-](0[0-9]|1[0-9]|2[0-4]):[0-5][0-9]"], registered in any::<bool>(),
    ) {
        let date = format!("{year:04}-{month:02}-{day:02}");
        let text = if registered {
            format!("[business]\nkind = \"norwegian\"\n[client]\nauthentication = \"key\"\nkey_registered = {date}\n")
        } else {
            format!("[certificate]\nends = {date}T{hour:02}:59:59{offset}\n")
        };
        if let Ok(profile) = parse(&text) {
            let now = time::macros::datetime!(2026-11-22 17:00 UTC);
            let _ = profile.expiry().map(|expiry| expiry.days_left(now));
            prop_assert_eq!(&read_back(&profile, &render(&profile, &text).unwrap()), &profile);
        }
    }
}
