//! The one-line summary of a stage, for people.

use time::OffsetDateTime;

use super::{Outcome, Report, ServiceFacts, ServiceOutcome, StageFacts, StageResult, TokenFacts};
use crate::{
    certificate::Severity,
    diagnosis::names,
    text::{Args, Language, Texts},
};

/// The clock difference in seconds that Maskinporten tolerates.
const CLOCK_LIMIT_S: u64 = 10;

impl Report {
    /// Returns true if no stage failed.
    pub fn passed(&self) -> bool {
        self.stages.iter().all(|stage| stage.outcome != Outcome::Failed)
    }

    /// Returns the certificate's expiry; `None` if none was read.
    pub fn certificate_ends(&self) -> Option<OffsetDateTime> {
        self.stages.iter().find_map(|result| match &result.facts {
            StageFacts::Certificate { ends, .. } => *ends,
            _ => None,
        })
    }

    /// Returns the days until the certificate or the registered key expires; `None` if that is unknown.
    pub fn days_left(&self) -> Option<i64> {
        self.stages.iter().find_map(|result| match &result.facts {
            StageFacts::Certificate { days_left, .. } => *days_left,
            _ => None,
        })
    }
}

impl StageResult {
    /// Returns the stage's facts without its name and symbol: `TLS 1.3, 41 ms`. Empty if there are none.
    pub fn summary(&self, texts: &Texts) -> String {
        let failed = self.outcome == Outcome::Failed;
        match &self.facts {
            StageFacts::Nothing if self.outcome == Outcome::Passed => texts.get("stage-complete"),
            StageFacts::Nothing => String::new(),
            StageFacts::Certificate {
                issuer,
                organisation,
                days_left,
                ..
            } => certificate(texts, issuer, organisation.as_deref(), *days_left),
            StageFacts::Network { tls, proxy, .. } => {
                let ms = self.took.map_or(0, |took| took.as_millis() as u64);
                let args = Args::new().with("ms", ms);
                let line = match tls {
                    Some(tls) => texts.with("stage-network-tls", &args.with("tls", tls)),
                    None => texts.with("stage-network-plain", &args),
                };
                match proxy {
                    Some(proxy) => {
                        let through = texts.with("stage-network-proxy", &Args::new().with("proxy", proxy));
                        format!("{line}, {through}")
                    }
                    None => line,
                }
            }
            StageFacts::Clock { ahead_s } => clock(texts, *ahead_s),
            StageFacts::Tokens(tokens) if tokens.is_empty() => String::new(),
            StageFacts::Tokens(tokens) if failed => {
                let scopes: Vec<_> = tokens.iter().map(|token| token.scope.as_str()).collect();
                texts.with("stage-token-some", &Args::new().with("scopes", scopes.join(", ")))
            }
            StageFacts::Tokens(tokens) => granted(texts, tokens),
            StageFacts::Customs { expires_in } => {
                texts.with("stage-customs", &Args::new().with("seconds", *expires_in))
            }
            StageFacts::Api(services) => {
                let parts = services_by_outcome(texts, services).into_iter();
                let parts = parts.map(|(outcome, names)| {
                    texts.with(
                        &format!("stage-api-{}", outcome.id()),
                        &Args::new().with("services", names),
                    )
                });
                parts.collect::<Vec<_>>().join(" · ")
            }
            StageFacts::Refused { code } => code.clone(),
            StageFacts::NoCustoms => texts.get("stage-no-customs"),
            StageFacts::NoCustomsScope => texts.get("stage-no-customs-scope"),
            StageFacts::NoDate => texts.get("stage-no-date"),
        }
    }
}

impl StageResult {
    /// Returns the reasons of a stage that warned, a sentence or two each. Empty if it did not warn.
    pub fn warnings(&self, texts: &Texts) -> Vec<String> {
        if self.outcome != Outcome::Warned {
            return Vec::new();
        }
        match &self.facts {
            StageFacts::Certificate { findings, .. } => findings
                .iter()
                .filter(|finding| finding.severity == Severity::Warns)
                .map(|finding| format!("{} {}", finding.text(texts), finding.fix(texts)))
                .collect(),
            StageFacts::Clock { .. } => vec![texts.get("warning-clock")],
            StageFacts::Tokens(_) => vec![texts.get("warning-token")],
            StageFacts::Api(services) => services_by_outcome(texts, services)
                .into_iter()
                .filter(|(outcome, _)| matches!(outcome, ServiceOutcome::TokenRefused | ServiceOutcome::Inconclusive))
                .map(|(outcome, names)| {
                    texts.with(
                        &format!("warning-api-{}", outcome.id()),
                        &Args::new().with("services", names),
                    )
                })
                .collect(),
            _ => Vec::new(),
        }
    }
}

impl TokenFacts {
    /// Returns a token's claims in one line: organisation, scope, lifetime.
    pub fn summary(&self, texts: &Texts) -> String {
        let mut parts = vec![self.scope.clone()];
        parts.extend(self.consumer.clone());
        if let Some(supplier) = &self.supplier {
            parts.push(texts.with("token-supplier", &Args::new().with("supplier", supplier)));
        }
        parts.extend(self.client_amr.clone());
        parts.push(texts.with("token-lasts", &Args::new().with("seconds", self.expires_in)));
        parts.push(texts.get(match self.verified {
            Some(true) => "token-verified",
            Some(false) => "token-not-verified",
            None => "token-opaque",
        }));
        parts.join(" · ")
    }
}

/// Returns the names of the services of each outcome that occurs.
pub(super) fn services_by_outcome(texts: &Texts, services: &[ServiceFacts]) -> Vec<(ServiceOutcome, String)> {
    let of = |outcome: ServiceOutcome| {
        let services = services.iter().filter(|service| service.outcome == outcome);
        let ids = services
            .map(|service| service.id.as_str())
            .collect::<Vec<_>>()
            .join(", ");
        (!ids.is_empty()).then(|| (outcome, names(texts, "service", &ids)))
    };
    ServiceOutcome::ALL.into_iter().filter_map(of).collect()
}

fn certificate(texts: &Texts, issuer: &str, organisation: Option<&str>, days_left: Option<i64>) -> String {
    let days = days_left.map(|days| match days {
        ..0 => texts.get("stage-ended"),
        _ => texts.with("stage-days-left", &Args::new().with("days", days)),
    });
    let issuer = match issuer {
        // A key without a certificate has no issuer.
        "" => texts.get("stage-key"),
        issuer => issuer.to_owned(),
    };
    let parts = [Some(issuer), organisation.map(str::to_owned), days];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn clock(texts: &Texts, ahead_s: f64) -> String {
    let args = |seconds: f64| {
        Args::new()
            .with("seconds", decimal(texts, seconds))
            .with("limit", CLOCK_LIMIT_S)
    };
    if ahead_s.abs() < 0.05 {
        texts.get("stage-clock-right")
    } else if ahead_s > 0.0 {
        texts.with("stage-clock-ahead", &args(ahead_s))
    } else {
        texts.with("stage-clock-behind", &args(-ahead_s))
    }
}

fn granted(texts: &Texts, tokens: &[TokenFacts]) -> String {
    let shortest = tokens.iter().map(|token| token.expires_in).min().unwrap_or_default();
    let mut parts = Vec::new();
    parts.extend(tokens.iter().find_map(|token| token.consumer.clone()));
    parts.push(texts.with("stage-token-count", &Args::new().with("count", tokens.len())));
    parts.push(texts.with("token-lasts", &Args::new().with("seconds", shortest)));
    if tokens.iter().any(|token| token.verified.is_none()) {
        parts.push(texts.get("token-opaque"));
    }
    parts.join(" · ")
}

/// Formats a number with one decimal and the language's decimal separator.
fn decimal(texts: &Texts, value: f64) -> String {
    let written = format!("{value:.1}");
    match texts.language() {
        Language::English => written,
        Language::Bokmal => written.replace('.', ","),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::report::Stage;

    #[test]
    fn summary_has_the_facts_of_a_stage_in_one_line() {
        let token = TokenFacts {
            scope: "toll:movement/road/v2".into(),
            consumer: Some("0192:123456785".into()),
            supplier: None,
            client_amr: Some("virksomhetssertifikat".into()),
            expires_in: 119,
            verified: Some(true),
        };
        for (facts, english, bokmal) in [
            (
                StageFacts::Clock { ahead_s: 0.4 },
                "0.4 s ahead (limit 10 s)",
                "0,4 s foran (grense 10 s)",
            ),
            (
                StageFacts::Clock { ahead_s: -3.25 },
                "3.2 s behind (limit 10 s)",
                "3,2 s bak (grense 10 s)",
            ),
            (
                StageFacts::Clock { ahead_s: -0.01 },
                "Right (limit 10 s)",
                "Riktig (grense 10 s)",
            ),
            (
                StageFacts::Network {
                    host: "h".into(),
                    tls: Some("TLS 1.3".into()),
                    proxy: Some("proxy:8080".into()),
                },
                "TLS 1.3, 41 ms, through the proxy proxy:8080",
                "TLS 1.3, 41 ms, gjennom proxyen proxy:8080",
            ),
            (
                StageFacts::Certificate {
                    issuer: "Buypass".into(),
                    organisation: Some("NTRNO-123456785".into()),
                    days_left: Some(412),
                    ends: None,
                    findings: Vec::new(),
                },
                "Buypass · NTRNO-123456785 · 412 days left",
                "Buypass · NTRNO-123456785 · 412 dager igjen",
            ),
            (
                StageFacts::Tokens(vec![token.clone()]),
                "0192:123456785 · 1 token · lasts 119 s",
                "0192:123456785 · 1 token · varer i 119 s",
            ),
            (
                StageFacts::Api(
                    [
                        ("road", ServiceOutcome::Answered),
                        ("air", ServiceOutcome::TokenAccepted),
                        ("rail", ServiceOutcome::TokenAccepted),
                    ]
                    .map(|(id, outcome)| ServiceFacts {
                        id: id.to_owned(),
                        outcome,
                        call: None,
                        status: Some(200),
                    })
                    .into(),
                ),
                "Road: answered 200 · Air, Rail: token accepted (probe)",
                "Vei: svarte 200 · Fly, Bane: token godtatt (prøvekall)",
            ),
        ] {
            let result = StageResult {
                stage: Stage::Profile,
                outcome: Outcome::Passed,
                took: Some(Duration::from_millis(41)),
                facts,
            };
            assert_eq!(result.summary(&Texts::new(Language::English)), english);
            assert_eq!(result.summary(&Texts::new(Language::Bokmal)), bokmal);
        }
        assert_eq!(
            token.summary(&Texts::new(Language::English)),
            "toll:movement/road/v2 · 0192:123456785 · virksomhetssertifikat · lasts 119 s · signature verified"
        );
    }
}
