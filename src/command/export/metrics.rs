//! Metrics of profiles in the text format of Prometheus, for node_exporter's textfile collector.
//!
//! <https://prometheus.io/docs/instrumenting/exposition_formats/>

use crate::command::{environments::is_known, profile::selection::Selected};
use crate::profile::{Authentication, CheckOutcome, Profile, expiry::Expiry, file::config::Config};

/// A metric: its name, its help, and its value for a profile.
type Metric = (&'static str, &'static str, fn(&Profile) -> Option<i64>);

const METRICS: [Metric; 4] = [
    (
        "klarert_check_passed",
        "1 if the last check passed, 0 if it failed or the profile or its environment cannot be read.",
        |profile| {
            let check = profile.last_check.as_ref()?;
            Some(i64::from(check.outcome == CheckOutcome::Passed))
        },
    ),
    (
        "klarert_check_timestamp_seconds",
        "Time of the last check.",
        |profile| Some(profile.last_check.as_ref()?.at.unix_timestamp()),
    ),
    (
        "klarert_certificate_expiry_timestamp_seconds",
        "End of the certificate.",
        |profile| expiry_of(profile, Authentication::Certificate),
    ),
    (
        "klarert_key_expiry_timestamp_seconds",
        "End of the key registered on the client.",
        |profile| expiry_of(profile, Authentication::Key),
    ),
];

/// Returns the metrics. A profile that cannot be read, or whose environment is not in `config`, counts as one whose check failed.
pub fn render(profiles: &[Selected], config: &Config) -> String {
    let mut out = String::new();
    for (at, (metric, help, value)) in METRICS.iter().enumerate() {
        out.push_str(&format!("# HELP {metric} {help}\n# TYPE {metric} gauge\n"));
        for (name, profile) in profiles {
            let (environment, value) = match profile {
                Ok(profile) if at == 0 && !is_known(config, &profile.environment) => {
                    (profile.environment.as_str(), Some(0))
                }
                Ok(profile) => (profile.environment.as_str(), value(profile)),
                Err(_) => ("", (at == 0).then_some(0)),
            };
            if let Some(value) = value {
                let labels = format!("profile=\"{name}\",environment=\"{}\"", escaped(environment));
                out.push_str(&format!("{metric}{{{labels}}} {value}\n"));
            }
        }
    }
    out
}

fn expiry_of(profile: &Profile, credential: Authentication) -> Option<i64> {
    let is_of = |expiry: &Expiry| expiry.credential == credential;
    profile.expiry().filter(is_of).map(|expiry| expiry.at.unix_timestamp())
}

/// Escapes a label's value.
fn escaped(value: &str) -> String {
    value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}
