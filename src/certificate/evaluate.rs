//! Evaluation of a certificate against a profile's requirements. Pure: facts and an expectation in, findings out.

use time::{Duration, OffsetDateTime, UtcOffset};

use super::{
    Chain, ChainIssuer, Chosen, Expectation, Facts, Finding, FindingId, IssuedFor, KeyType, MadeFor, Purpose, Severity,
    Target, finding::sort_by_severity, issuers,
};
use crate::{
    journey::Rules,
    profile::{
        Authentication, Kind, expiry,
        organisation::{Identifier, bare_number, norwegian_number, same_organisation},
        parse,
    },
};

/// Bits of the shortest RSA key: Maskinporten's authorities issue nothing shorter, and its signatures need it.
const MIN_RSA_BITS: usize = 2048;

/// Returns the findings about a certificate, most severe first. The findings of reading the file are not repeated.
pub fn evaluate(facts: &Facts, expected: &Expectation) -> Vec<Finding> {
    let Some(chosen) = &facts.chosen else {
        return Vec::new();
    };
    let sandbox = sandbox(chosen, expected);
    if let Some(finding) = sandbox.iter().find(|finding| finding.severity == Severity::Stops) {
        // Whatever else is wrong with it, another certificate is needed.
        return vec![finding.clone()];
    }
    let mut findings = key_type(chosen, expected.authentication);
    findings.extend(sandbox);
    if expected.authentication == Authentication::Certificate && chosen.validity.is_some() {
        findings.extend(validity(chosen, expected.now));
        findings.extend(product(chosen, expected));
        findings.extend(environment(chosen, expected));
        findings.extend(organisation(chosen, expected));
        findings.extend(chain(chosen, expected));
        findings.extend(issuers_in_time(chosen, expected));
    }
    if expected.authentication == Authentication::Key {
        findings.extend(registered_key(expected));
    }
    sort_by_severity(&mut findings);
    findings
}

/// Creates a finding that rules the certificate out.
fn stops(id: FindingId) -> Finding {
    Finding::new(id, Severity::Stops)
}

fn foreign(expected: &Expectation) -> bool {
    expected.kind == Some(Kind::Foreign)
}

/// Checks that a certificate of the sandbox is not used for Maskinporten, which does not know its issuer.
fn sandbox(chosen: &Chosen, expected: &Expectation) -> Option<Finding> {
    let is_used = expected.authentication == Authentication::Certificate && issuers::is_sandbox(&chosen.issuer);
    let severity = match expected.target {
        Target::Maskinporten => Severity::Stops,
        Target::Unknown => Severity::Informs,
        Target::OwnService => return None,
    };
    let wanted = match (expected.kind, expected.rules) {
        (Some(Kind::Foreign), _) => "seal",
        (Some(Kind::Norwegian), Rules::Test) => "test",
        (Some(Kind::Norwegian), Rules::Prod) => "prod",
        (None, _) => "other",
    };
    let finding = Finding::new(FindingId::SandboxCertificate, severity)
        .with("issuer", &chosen.issuer)
        .with("wanted", wanted);
    is_used.then_some(finding)
}

fn key_type(chosen: &Chosen, authentication: Authentication) -> Vec<Finding> {
    let with = authentication.id();
    match &chosen.key {
        KeyType::Rsa { bits } if *bits < MIN_RSA_BITS => {
            vec![stops(FindingId::RsaTooShort).with("bits", *bits).with("with", with)]
        }
        KeyType::Rsa { .. } => Vec::new(),
        KeyType::Other(name) => vec![stops(FindingId::NotRsa).with("key", name).with("with", with)],
    }
}

fn validity(chosen: &Chosen, now: OffsetDateTime) -> Option<Finding> {
    let validity = chosen.validity?;
    if now >= validity.not_after {
        return Some(with_time(stops(FindingId::Expired), validity.not_after, now));
    }
    if now < validity.not_before {
        return Some(with_time(stops(FindingId::NotYetValid), validity.not_before, now));
    }
    ends_soon(FindingId::EndsSoon, validity.not_after, now)
}

/// Adds a date to a finding. Within a day of it the time counts, and a clock that is wrong is a likely cause.
fn with_time(finding: Finding, at: OffsetDateTime, now: OffsetDateTime) -> Finding {
    let time = |at: OffsetDateTime| {
        let utc = at.to_offset(UtcOffset::UTC);
        format!("{:02}:{:02}", utc.hour(), utc.minute())
    };
    let is_near = (at - now).abs() < Duration::DAY;
    finding
        .with("date", at.date())
        .with("near", if is_near { "yes" } else { "no" })
        .with("time", time(at))
        .with("now", time(now))
}

/// Checks the expiry of a key registered on the client. A person typed that date, so it only warns: Maskinporten
/// decides if the key still works.
fn registered_key(expected: &Expectation) -> Option<Finding> {
    let ends = expected.key_ends?;
    if expected.now >= ends {
        return Some(Finding::new(FindingId::KeyEnded, Severity::Warns).with("date", ends.date()));
    }
    ends_soon(FindingId::KeyEndsSoon, ends, expected.now)
}

fn ends_soon(id: FindingId, ends: OffsetDateTime, now: OffsetDateTime) -> Option<Finding> {
    let days = expiry::days_left(ends, now);
    let finding = with_time(Finding::new(id, Severity::Warns), ends, now).with("days", days);
    expiry::warning_threshold(days).map(|step| finding.with("within", step))
}

/// Checks that the certificate is of a kind that Maskinporten accepts from this business.
fn product(chosen: &Chosen, expected: &Expectation) -> Vec<Finding> {
    let mut findings = Vec::new();
    match chosen.made_for {
        MadeFor::ESignature => findings.push(stops(FindingId::PersonalCertificate)),
        MadeFor::Website => findings.push(stops(FindingId::WebsiteCertificate)),
        MadeFor::ESeal | MadeFor::Unspecified => {}
    }
    match (chosen.purpose, expected.kind) {
        (Purpose::Encryption, _) => findings.push(stops(FindingId::EncryptionCertificate)),
        (Purpose::Signing, Some(Kind::Norwegian)) if !expected.overruled => {
            findings.push(stops(FindingId::SigningCertificate));
        }
        // Either the kind of business, which decides, is not known yet, or the user overruled the ranking.
        (Purpose::Signing, None | Some(Kind::Norwegian)) => {
            findings.push(Finding::new(FindingId::SigningCertificate, Severity::Warns))
        }
        _ => {}
    }
    if chosen.hardware {
        // A key that is in the file works, even if the statement says that it is bound to hardware.
        let severity = match chosen.key_matches {
            Some(true) => Severity::Warns,
            _ => Severity::Stops,
        };
        findings.push(Finding::new(FindingId::HardwareBound, severity));
    }
    findings
}

/// Checks that the certificate is for the environment, and of the issuers for the kind of business. European eSeals follow the
/// opposite of the Norwegian rule: Europe has no list of test issuers, so the test environment takes production eSeals (Digdir,
/// European eSeals).
fn environment(chosen: &Chosen, expected: &Expectation) -> Option<Finding> {
    let issuer = |finding: Finding| finding.with("issuer", &chosen.issuer);
    if chosen.self_signed {
        let severity = match expected.target {
            Target::OwnService => Severity::Warns,
            Target::Maskinporten | Target::Unknown => Severity::Stops,
        };
        return Some(Finding::new(FindingId::SelfSigned, severity));
    }
    if foreign(expected) && chosen.environment != IssuedFor::Unknown && chosen.made_for != MadeFor::ESeal {
        // The known issuers are those of Norwegian business certificates.
        return Some(issuer(stops(FindingId::NorwegianCertificate)));
    }
    if foreign(expected) {
        let issuer_named_test = chosen
            .issuer
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| word.to_lowercase().starts_with("test"));
        return match chosen.environment {
            IssuedFor::Test => Some(issuer(stops(FindingId::TestSeal))),
            IssuedFor::Unknown if issuer_named_test => Some(issuer(Finding::new(FindingId::TestSeal, Severity::Warns))),
            _ => None,
        };
    }
    let number = chosen.organisation.as_deref();
    let norwegian = expected.kind.is_some() || number.is_none_or(|number| number.starts_with("NTRNO-"));
    match (chosen.environment, expected.rules) {
        (IssuedFor::Prod, Rules::Test) => Some(issuer(stops(FindingId::ProductionCertificateInTest))),
        (IssuedFor::Test, Rules::Prod) => Some(issuer(stops(FindingId::TestCertificateInProduction))),
        (IssuedFor::Unknown, _) if norwegian => Some(issuer(Finding::new(FindingId::IssuerUnknown, Severity::Informs))),
        _ => None,
    }
}

fn organisation(chosen: &Chosen, expected: &Expectation) -> Option<Finding> {
    let Some(found) = &chosen.organisation else {
        return Some(stops(FindingId::OrganisationMissing).with("what", "none"));
    };
    if let Some(what) = unreadable(found, expected) {
        let number = norwegian_number(found).unwrap_or_default();
        let finding = stops(FindingId::OrganisationMissing).with("what", what);
        return Some(finding.with("found", found).with("number", number));
    }
    if expected.kind == Some(Kind::Norwegian) && !found.starts_with("NTRNO-") {
        return Some(stops(FindingId::ForeignCertificate).with("found", found));
    }
    let wanted = expected.organisation.as_deref().filter(|wanted| !wanted.is_empty())?;
    if same_organisation(found, wanted) {
        return None;
    }
    // Maskinporten identifies a foreign business by its certificate alone: the profile may have another of its numbers.
    let severity = if foreign(expected) {
        Severity::Warns
    } else {
        Severity::Stops
    };
    let finding = Finding::new(FindingId::OrganisationDiffers, severity)
        .with("found", found)
        .with("number", bare_number(found))
        .with("wanted", bare_number(wanted));
    Some(match expected.consumer_org.as_deref().filter(|_| !foreign(expected)) {
        Some(consumer) if same_organisation(found, consumer) => finding.with("party", "customer"),
        Some(consumer) => finding
            .with("party", "supplier")
            .with("customer", bare_number(consumer)),
        // A system provider may have entered its customer as the business.
        None if !foreign(expected) && found.starts_with("NTRNO-") => finding.with("party", "norwegian"),
        None => finding.with("party", "other"),
    })
}

/// Returns what is wrong with an identifier that Maskinporten cannot read: a Norwegian `number` that is none, a `norwegian` number in
/// another notation than `NTRNO-123456785`, or another text than the `form` of ETSI EN 319 412-1.
fn unreadable(found: &str, expected: &Expectation) -> Option<&'static str> {
    let identifier = Identifier::parse(found);
    let country = identifier.as_ref().map(|identifier| identifier.country);
    let must_be_ntr = country != Some("NO") || expected.kind == Some(Kind::Norwegian) || found.starts_with("NTRNO-");
    let is_valid = |number: &str| parse::organisation_number(number).is_ok();
    match norwegian_number(found).filter(|_| identifier.is_none() || country == Some("NO")) {
        // Digits alone may be a number of another country.
        Some(number) if found == number && (foreign(expected) || !is_valid(&number)) => Some("form"),
        Some(number) if !is_valid(&number) => Some("number"),
        Some(number) if must_be_ntr && found != format!("NTRNO-{number}") => Some("norwegian"),
        Some(_) => None,
        None if identifier.is_none() => Some("form"),
        None if country == Some("NO") && must_be_ntr => Some("number"),
        None => None,
    }
}

/// Checks that the chain is complete. A Norwegian business sends its own certificate only (Digdir, JWT grant).
fn chain(chosen: &Chosen, expected: &Expectation) -> Option<Finding> {
    let severity = match expected.kind {
        Some(Kind::Norwegian) => return None,
        Some(Kind::Foreign) => Severity::Stops,
        None => Severity::Informs,
    };
    let missing = chosen.issuers.last().map_or(&chosen.issuer, |last| &last.issuer);
    (chosen.chain != Chain::Complete)
        .then(|| Finding::new(FindingId::ChainIncomplete, severity).with("issuer", missing))
}

/// Checks the validity of the issuers' certificates, which a foreign business sends. It only warns: no source tells if Maskinporten
/// refuses such a chain, as it may have newer certificates of the same issuers.
fn issuers_in_time(chosen: &Chosen, expected: &Expectation) -> Vec<Finding> {
    let severity = match expected.kind {
        Some(Kind::Norwegian) => return Vec::new(),
        Some(Kind::Foreign) => Severity::Warns,
        None => Severity::Informs,
    };
    let finding = |issuer: &ChainIssuer| {
        let (what, at) = match issuer.validity {
            validity if expected.now >= validity.not_after => ("ended", validity.not_after),
            validity if expected.now < validity.not_before => ("future", validity.not_before),
            _ => return None,
        };
        let finding = Finding::new(FindingId::IssuerNotValid, severity).with("what", what);
        Some(finding.with("issuer", &issuer.name).with("date", at.date()))
    };
    chosen.issuers.iter().filter_map(finding).collect()
}
