//! The weighing: an error code says what Maskinporten noticed, the circumstances say why.

use time::Duration;

use super::{
    Diagnosis, Difference, Evidence, Failure, Received, Stage, Trouble, clean,
    table::{self, Known},
};
use crate::{
    certificate::{Finding, FindingId, IssuedFor, Purpose},
    journey::{FieldId, Rules, Who, environments::status_page, journey, progress, services},
    profile::{Authentication, Kind},
    text::Args,
};

/// A new client can take ten minutes to work (Digdir's onboarding); a user's tick may come a little late.
const CLIENT_SETTLES: Duration = Duration::minutes(15);

/// A clock that is off by more than this explains a grant that came too early or too late, seconds. Maskinporten takes
/// ten, and the measurement may be off by some.
const SUSPICIOUS_CLOCK_S: f64 = 5.0;

/// The one cause of what went wrong.
pub fn weigh(evidence: &Evidence, trouble: &Trouble) -> Diagnosis {
    let e = evidence;
    let d = |id: &str| Judgement::new(e, id);
    let judgement = match trouble {
        Trouble::Incomplete(fields) => incomplete(e, fields),
        Trouble::WrongBranch(scope) => d("scope-wrong-branch").arg("scope", scope.as_str()),
        Trouble::Certificate(findings) => certificate(e, findings),
        Trouble::Failure(failure) => failed(e, failure),
        Trouble::Html { status, title } => d("html-answer")
            .arg("status", status.to_string())
            .arg("title", title.as_deref().unwrap_or("?"))
            .status(*status),
        Trouble::Redirected { status, to } => d("redirected").arg("to", to.as_str()).status(*status),
        Trouble::TooManyRequests { after } => d("too-many-requests")
            .arg("seconds", after.unwrap_or(60).to_string())
            .status(429),
        Trouble::Down { status } => {
            let judgement = d("service-down").reading("status");
            match status {
                Some(status) => judgement.arg("status", status.to_string()).status(*status),
                None => judgement,
            }
        }
        Trouble::Malformed { status, how } => {
            let (reading, field) = how.reading();
            d("answer-malformed")
                .reading(reading)
                .arg("what", field)
                .status(*status)
        }
        Trouble::MetadataDiffers(difference) => d("metadata-differs").difference(difference),
        Trouble::Clock => clock(e),
        Trouble::Refused(received) => refused(e, received),
        Trouble::TokenUnexpected(difference) => d("token-unexpected").reading(difference.what).difference(difference),
        Trouble::TokenSignature => d("token-signature-invalid"),
        Trouble::NoCustoms => d("customs-missing"),
        Trouble::CustomsRefused(received) => customs(e, received),
        Trouble::ApiRefused { service, received } => {
            let status = received.status.unwrap_or_default();
            d("api-refused")
                .reading(match status {
                    401 => "token",
                    403 => "rights",
                    404 => "path",
                    _ => "other",
                })
                .arg("service", service.as_str())
                .arg("status", status.to_string())
                .received(received)
        }
    };
    judgement.pronounce(e)
}

/// A diagnosis in the making.
struct Judgement {
    known: &'static Known,
    who: Who,
    step: String,
    received: Option<Received>,
    findings: Vec<Finding>,
    args: Args,
}

impl Judgement {
    fn new(e: &Evidence, id: &str) -> Judgement {
        // Every id written in this file is in the table: a test asks for each.
        let known = table::known(id)
            .or(table::known("unknown"))
            .unwrap_or(&table::table()[0]);
        Judgement {
            known,
            who: known.who,
            step: known.step.clone(),
            received: None,
            findings: Vec::new(),
            args: circumstances(e),
        }
    }

    fn arg(mut self, name: &str, value: impl Into<crate::text::Arg>) -> Judgement {
        self.args = self.args.with(name, value);
        self
    }

    /// Which of a text's variants fits.
    fn reading(self, variant: &str) -> Judgement {
        self.arg("reading", variant)
    }

    fn who(mut self, who: Who) -> Judgement {
        self.who = who;
        self
    }

    fn step(mut self, step: &str) -> Judgement {
        step.clone_into(&mut self.step);
        self
    }

    fn status(mut self, status: u16) -> Judgement {
        self.received = Some(Received {
            status: Some(status),
            ..Received::default()
        });
        self
    }

    fn received(mut self, received: &Received) -> Judgement {
        self.received = Some(received.clone());
        self
    }

    fn difference(self, difference: &Difference) -> Judgement {
        self.arg("what", difference.what)
            .arg("expected", clean(&difference.expected))
            .arg("got", clean(&difference.got))
    }

    fn pronounce(self, e: &Evidence) -> Diagnosis {
        let visible = progress::visible_steps(e.profile);
        // A foreign business has neither a client in the portal nor a contract with Digdir.
        let step = if visible.iter().any(|step| step.id == self.step) {
            self.step
        } else {
            "credentials".to_owned()
        };
        // Behind Customs' address it is Customs who looks after the service.
        let who = match (self.who, e.stage) {
            (Who::Digdir, Stage::Customs | Stage::Api) => Who::Customs,
            (who, _) => who,
        };
        Diagnosis {
            id: self.known.id.clone(),
            code: self.received.as_ref().and_then(Received::code),
            stage: e.stage,
            who,
            step,
            trace_id: self.received.as_ref().and_then(Received::trace_id),
            received: self.received,
            findings: self.findings,
            args: self.args,
        }
    }
}

/// What a text may want to name when nothing is known: a placeholder that can be read in both languages.
pub(super) fn placeholders() -> Args {
    [
        "scope",
        "granted",
        "host",
        "proxy",
        "addresses",
        "issuer",
        "portal",
        "client",
        "kid",
        "organisation",
        "certificate-organisation",
        "certificate-issuer",
        "status",
        "title",
        "to",
        "seconds",
        "what",
        "expected",
        "got",
        "fields",
        "service",
        "path",
        "url",
        "words",
    ]
    .into_iter()
    .fold(Args::new(), |args, name| args.with(name, format!("<{name}>")))
    .with("environment", "other")
    .with("party", "other")
    .with("reading", "other")
    .with("status-page", status_page())
}

/// What texts may name of the circumstances.
fn circumstances(e: &Evidence) -> Args {
    let mut args = placeholders()
        .with("host", e.host.as_str())
        .with("proxy", e.proxy.as_deref().unwrap_or("<proxy>"))
        .with("addresses", e.environment.addresses.join(", "))
        .with("issuer", e.environment.issuer.as_str())
        .with("portal", e.environment.portal.as_str())
        .with("environment", e.environment.rules.id())
        .with("party", party(e))
        .with("scope", e.scopes.join(", "))
        .with("granted", e.granted.join(", "));
    for (name, value) in [
        ("client", &e.profile.client.id),
        ("kid", &e.profile.client.kid),
        ("organisation", &e.profile.business.organisation),
    ] {
        if let Some(value) = value {
            args = args.with(name, value);
        }
    }
    if let Some(certificate) = &e.certificate {
        args = args.with("certificate-issuer", certificate.issuer.as_str());
        if let Some(organisation) = &certificate.organisation {
            args = args.with("certificate-organisation", organisation);
        }
    }
    if let Some(ahead) = e.ahead_s {
        args = args.with("seconds", format!("{:.0}", ahead.abs()));
    }
    args
}

fn incomplete(e: &Evidence, fields: &[FieldId]) -> Judgement {
    let step = journey().steps.iter().find(|step| {
        let first = fields.first();
        step.fields.iter().any(|field| Some(&field.id) == first)
    });
    let names: Vec<_> = fields.iter().map(|field| field.id()).collect();
    Judgement::new(e, "profile-incomplete")
        .arg("fields", names.join(", "))
        .step(step.map_or("business", |step| &step.id))
}

fn certificate(e: &Evidence, findings: &[Finding]) -> Judgement {
    let has = |ids: &[FindingId]| findings.iter().any(|finding| ids.contains(&finding.id));
    let unreadable = [
        FindingId::FileMissing,
        FindingId::NotACertificate,
        FindingId::PasswordNeeded,
        FindingId::WrongPassword,
        FindingId::Damaged,
        FindingId::Unsupported,
    ];
    let mut judgement = if has(&unreadable) {
        Judgement::new(e, "certificate-unreadable")
    } else if has(&[
        FindingId::ProductionCertificateInTest,
        FindingId::TestCertificateInProduction,
        FindingId::TestSeal,
    ]) {
        Judgement::new(e, "certificate-wrong-environment")
    } else if has(&[FindingId::OrganisationDiffers]) {
        Judgement::new(e, "organisation-mismatch")
    } else {
        Judgement::new(e, "certificate-unfit")
    };
    judgement.findings = findings.to_vec();
    judgement
}

fn failed(e: &Evidence, failure: &Failure) -> Judgement {
    let d = |id: &str| Judgement::new(e, id);
    let by_way = if e.proxy.is_some() { "proxy" } else { "direct" };
    match failure {
        Failure::NameNotFound => d("name-not-found").reading(by_way),
        Failure::Refused => d("connection-refused").reading(if e.environment.sandbox { "sandbox" } else { by_way }),
        Failure::NoAnswer => no_answer(e),
        // Before anything has been heard of the service, silence is the network's; afterwards it is the service's.
        Failure::TooSlow if e.stage == Stage::Network => no_answer(e),
        Failure::TooSlow => d("service-down").reading("slow"),
        Failure::Closed => d("service-down").reading("closed"),
        Failure::CutOff => d("service-down").reading("cut-off"),
        Failure::TooLarge => d("answer-too-large"),
        Failure::Untrusted {
            reason,
            subject,
            issuer,
        } => d("tls-untrusted")
            .reading(reason)
            .arg("title", subject.as_deref().unwrap_or("?"))
            .arg("certificate-issuer", issuer.as_deref().unwrap_or("?")),
        Failure::Tls { words } => d("tls-failed").arg("words", words.as_str()),
        Failure::ProxyRefused { status } => d("proxy-refused").reading(if *status == 407 { "login" } else { "other" }),
        Failure::CaFile { path } => d("ca-file-unreadable").arg("path", path.as_str()),
        Failure::NoRoots => d("no-trusted-roots"),
        Failure::Insecure { url } => d("address-insecure").arg("url", url.as_str()),
        Failure::Unsendable => d("unknown"),
    }
}

fn no_answer(e: &Evidence) -> Judgement {
    // The addresses in the table are Maskinporten's.
    let known = party(e) == "maskinporten" && !e.environment.addresses.is_empty();
    Judgement::new(e, "no-answer").reading(match (&e.proxy, known) {
        (Some(_), _) => "proxy",
        (None, true) => "addresses",
        (None, false) => "direct",
    })
}

/// Whose service was asked.
fn party(e: &Evidence) -> &'static str {
    match e.stage {
        Stage::Customs | Stage::Api => "customs",
        _ => "maskinporten",
    }
}

fn clock(e: &Evidence) -> Judgement {
    let ahead = e.ahead_s.is_none_or(|ahead| ahead > 0.0);
    let measured = if e.ahead_s.is_some() { "measured" } else { "other" };
    Judgement::new(e, if ahead { "clock-ahead" } else { "clock-behind" }).reading(measured)
}

fn refused(e: &Evidence, received: &Received) -> Judgement {
    let id = meaning(received);
    let judgement = match id {
        "client-unknown" => client_unknown(e),
        "certificate-refused" => certificate_refused(e),
        "signature-invalid" => Judgement::new(e, id).reading(match e.profile.authentication() {
            Authentication::Key => "key",
            Authentication::Certificate => "certificate",
        }),
        "grant-expired" | "clock-ahead" | "clock-behind" => mistimed(e, id),
        "scope-not-on-client" | "scope-not-granted" => scope_refused(e, id),
        "kid-unknown" if client_is_new(e) => Judgement::new(e, id).reading("new"),
        _ => Judgement::new(e, id),
    };
    judgement.received(received)
}

fn meaning(received: &Received) -> &'static str {
    table::by_answer(received.code().as_deref(), &received.all()).map_or("unknown", |known| known.id.as_str())
}

/// Whether a refusal is about the one scope that was asked for, so that another may still be granted.
pub fn is_about_scope(received: &Received) -> bool {
    matches!(
        meaning(received),
        "scope-not-on-client" | "scope-not-granted" | "not-delegated"
    )
}

fn client_unknown(e: &Evidence) -> Judgement {
    let judgement = Judgement::new(e, "client-unknown");
    let id = e.profile.client.id.as_deref().unwrap_or_default();
    if e.profile.business.kind == Some(Kind::Foreign) {
        // Without a client there is nothing to find but the certificate.
        return judgement.reading("foreign").step("credentials");
    }
    if !is_uuid(id) {
        return judgement.reading("not-uuid").step("credentials");
    }
    if organisations_differ(e) {
        return judgement.reading("organisation").step("credentials");
    }
    if client_is_new(e) {
        return judgement.reading("new").step("check");
    }
    judgement
}

fn is_uuid(id: &str) -> bool {
    id.len() == 36 && uuid::Uuid::try_parse(id).is_ok()
}

fn client_is_new(e: &Evidence) -> bool {
    let made = ["integration.create", "integration.identifier"]
        .into_iter()
        .find_map(|item| e.profile.progress.done.get(item));
    made.is_some_and(|made| (Duration::ZERO..CLIENT_SETTLES).contains(&(e.now - *made)))
}

/// Whether the certificate belongs to another organisation than the profile's, both being known.
fn organisations_differ(e: &Evidence) -> bool {
    let certificate = e.certificate.as_ref().and_then(|chosen| chosen.organisation.as_deref());
    let profile = e.profile.business.organisation.as_deref();
    matches!((certificate, profile), (Some(certificate), Some(profile)) if !same_organisation(certificate, profile))
}

/// Whether `NTRNO-123456785`, `0192:123456785` and `123456785` are one.
pub(crate) fn same_organisation(one: &str, other: &str) -> bool {
    let bare = |id: &str| {
        let upper = id.trim().to_uppercase();
        let bare = upper.strip_prefix("NTRNO-").or(upper.strip_prefix("0192:"));
        bare.map(str::to_owned).unwrap_or(upper)
    };
    bare(one) == bare(other)
}

fn certificate_refused(e: &Evidence) -> Judgement {
    let foreign = e.profile.business.kind == Some(Kind::Foreign);
    let Some(certificate) = &e.certificate else {
        return Judgement::new(e, "certificate-refused");
    };
    let wrong = match (certificate.environment, e.environment.rules) {
        (IssuedFor::Prod, Rules::Test) => !foreign,
        (IssuedFor::Test, Rules::Prod) => true,
        // No European trust list has test authorities: a seal is a production one everywhere.
        (IssuedFor::Test, Rules::Test) => foreign,
        _ => false,
    };
    if wrong {
        return Judgement::new(e, "certificate-wrong-environment").reading(match certificate.environment {
            IssuedFor::Test if foreign => "seal",
            IssuedFor::Test => "test",
            _ => "prod",
        });
    }
    let judgement = Judgement::new(e, "certificate-refused");
    if foreign {
        judgement.reading("foreign")
    } else if matches!(certificate.purpose, Purpose::Signing | Purpose::Encryption) {
        judgement.reading("purpose")
    } else {
        judgement
    }
}

fn mistimed(e: &Evidence, id: &str) -> Judgement {
    match e.ahead_s {
        Some(ahead) if ahead.abs() >= SUSPICIOUS_CLOCK_S => clock(e),
        _ => Judgement::new(e, id),
    }
}

fn scope_refused(e: &Evidence, id: &str) -> Judgement {
    let kind = e.profile.business.kind;
    if kind == Some(Kind::Foreign) {
        return match e.smoke {
            // Not even the scope that every accepted seal is granted: it is the certificate, not the scope.
            Some(false) => Judgement::new(e, "certificate-refused").reading("smoke"),
            Some(true) => Judgement::new(e, id)
                .reading("seal-accepted")
                .who(Who::Customs)
                .step("customs"),
            None => Judgement::new(e, id)
                .reading("foreign")
                .who(Who::Customs)
                .step("customs"),
        };
    }
    let judgement = Judgement::new(e, id);
    if id == "scope-not-granted" && e.profile.client.consumer_org.is_none() && organisations_differ(e) {
        return judgement.reading("supplier").who(Who::You).step("credentials");
    }
    if e.granted.is_empty() {
        judgement
    } else {
        judgement.reading("others-granted")
    }
}

fn customs(e: &Evidence, received: &Received) -> Judgement {
    let id = table::by_words(&received.all()).map(|known| known.id.as_str());
    if id != Some("customs-not-authorised") {
        return Judgement::new(e, "customs-refused")
            .arg("status", received.status.unwrap_or_default().to_string())
            .received(received);
    }
    let judgement = Judgement::new(e, "customs-not-authorised").received(received);
    let wrong = e.scopes.iter().find(|scope| {
        let branch = services::branch_of_scope(scope);
        branch.is_some() && branch != e.profile.business.kind
    });
    match wrong {
        Some(scope) => judgement
            .reading("branch")
            .arg("scope", scope)
            .who(Who::You)
            .step("services"),
        None => judgement.reading(e.profile.business.kind.map_or("other", Kind::id)),
    }
}
