//! Results of effects, in place of files and services.

use std::time::Duration;

use klarert::{
    certificate::{
        Chain, Chosen, Facts, Finding, FindingId, Format, IssuedFor, KeyType, MadeFor, Other, Purpose, Severity,
        Validity,
    },
    diagnosis,
    profile::{Profile, parse::ProfileName},
    report::{Outcome, Report, ServiceFacts, ServiceOutcome, Stage, StageFacts, StageResult, TokenFacts},
    wizard::{self, Effect, InspectedCertificate, Message, Model},
};
use time::{OffsetDateTime, macros::datetime};

/// The time in all tests that do not use the clock.
pub const NOW: OffsetDateTime = datetime!(2026-11-22 17:00 UTC);

/// Loads a profile, and returns the effects of its first step.
pub fn load(model: &mut Model, name: ProfileName, profile: Profile) -> Vec<Effect> {
    wizard::load(model, name.clone());
    let loaded = Message::Loaded {
        attempt: model.attempt,
        name,
        outcome: Ok(Box::new(profile)),
        sandbox: None,
    };
    wizard::update(model, loaded)
}

/// Returns what reading the certificate files found: `authentication`, `seal`, the second of `several`, a bare `key`,
/// or a finding that stops.
pub fn examined(what: &str) -> InspectedCertificate {
    let facts = |chosen| Facts {
        file: "acme.p12".to_owned(),
        format: Format::Pkcs12,
        chosen,
        others: Vec::new(),
    };
    let purpose = match what {
        "authentication" => Purpose::Authentication,
        "seal" => Purpose::Seal,
        "several" => {
            let mut several = examined("authentication");
            let other = |number, purpose| Other { number, purpose };
            several.facts.others = vec![other(1, Purpose::Authentication), other(3, Purpose::Encryption)];
            if let Some(chosen) = &mut several.facts.chosen {
                chosen.purpose = Purpose::Signing;
            }
            return several;
        }
        "key" => {
            return InspectedCertificate {
                facts: facts(Some(Chosen::bare_key(KeyType::Rsa { bits: 3072 }))),
                findings: Vec::new(),
                usable: true,
                unlocked: false,
            };
        }
        finding => {
            let id = FindingId::ALL.into_iter().find(|id| id.id() == finding);
            let id = id.unwrap_or_else(|| panic!("there is no finding {finding}"));
            return InspectedCertificate {
                facts: facts(None),
                findings: vec![
                    Finding::new(id, Severity::Stops)
                        .with("file", "acme.p12")
                        .with("path", "/home/kari/acme.p12"),
                ],
                usable: false,
                unlocked: false,
            };
        }
    };
    InspectedCertificate {
        facts: facts(Some(Chosen {
            subject: "CN=Acme Spedisjon AS".to_owned(),
            organisation: Some("NTRNO-123456785".to_owned()),
            issuer: "Buypass Class 3 Test4 CA G2 ST Business".to_owned(),
            environment: IssuedFor::Test,
            purpose,
            key: KeyType::Rsa { bits: 3072 },
            validity: Some(Validity {
                not_before: NOW - time::Duration::days(30),
                not_after: NOW + time::Duration::days(412),
            }),
            qualified: purpose == Purpose::Seal,
            made_for: MadeFor::Unspecified,
            hardware: false,
            chain: Chain::Complete,
            issuers: Vec::new(),
            self_signed: false,
            key_matches: Some(true),
            identifiers: None,
            alias: None,
        })),
        findings: Vec::new(),
        usable: true,
        unlocked: false,
    }
}

/// Returns the report of a check that `passed`, or that ended in the diagnosis with that id.
pub fn report(ended: &str) -> Report {
    let diagnosis = (ended != "passed").then(|| {
        let mut diagnosis = diagnosis::parse_pasted(ended);
        assert_eq!(diagnosis.id, ended, "no diagnosis has this id");
        let known = [
            ("scope", "toll:movement/entry"),
            ("client", "7a0c5d1e-3f4b-4c2a-9d68-1b2c3d4e5f60"),
        ];
        for (name, value) in known {
            diagnosis.args = diagnosis.args.with(name, value);
        }
        diagnosis
    });
    let failed = diagnosis.as_ref().map(|diagnosis| diagnosis.stage);
    let stages = Stage::ALL.map(|stage| {
        let outcome = match failed {
            Some(failed) if stage == failed => Outcome::Failed,
            Some(failed) if position(stage) > position(failed) => Outcome::Skipped,
            _ => Outcome::Passed,
        };
        result(stage, outcome)
    });
    Report {
        profile: "acme".to_owned(),
        environment: "test".to_owned(),
        stages: stages.to_vec(),
        diagnosis,
    }
}

fn position(stage: Stage) -> Option<usize> {
    Stage::ALL.iter().position(|other| *other == stage)
}

/// Returns how a stage ended, with its details if it passed.
pub fn result(stage: Stage, outcome: Outcome) -> StageResult {
    let seen = match stage {
        _ if outcome != Outcome::Passed => StageFacts::Nothing,
        Stage::Profile => StageFacts::Nothing,
        Stage::Certificate => StageFacts::Certificate {
            issuer: "Buypass".to_owned(),
            organisation: Some("NTRNO-123456785".to_owned()),
            days_left: Some(412),
            ends: None,
            findings: Vec::new(),
        },
        Stage::Network => StageFacts::Network {
            host: "test.maskinporten.no".to_owned(),
            tls: Some("TLS 1.3".to_owned()),
            proxy: None,
        },
        Stage::Clock => StageFacts::Clock { ahead_s: 0.4 },
        Stage::Token => StageFacts::Tokens(vec![TokenFacts {
            scope: "toll:movement/road/v2".to_owned(),
            consumer: Some("0192:123456785".to_owned()),
            supplier: None,
            client_amr: Some("virksomhetssertifikat".to_owned()),
            expires_in: 119,
            verified: Some(true),
        }]),
        Stage::Customs => StageFacts::Customs { expires_in: 119 },
        Stage::Api => StageFacts::Api(vec![ServiceFacts {
            id: "road".to_owned(),
            outcome: ServiceOutcome::Answered,
            call: Some("GET /api/movement/road/v2/test-auth".to_owned()),
            status: Some(200),
        }]),
    };
    StageResult {
        stage,
        outcome,
        took: (outcome != Outcome::Skipped).then_some(Duration::from_millis(41)),
        facts: seen,
    }
}
