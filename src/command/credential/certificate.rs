//! `klarert certificate`: facts about a certificate file, and findings that prevent its use.

use std::path::PathBuf;

use time::OffsetDateTime;
use unicode_width::UnicodeWidthStr;

use crate::command::{Context, Exit, command_error::CommandError, environments, print};
use crate::{
    certificate::{
        Chain, Chosen, Expectation, Facts, Finding, FindingId, IssuedFor, MadeFor, Purpose, Severity, Target, Validity,
        evaluate, finding::sort_by_severity,
    },
    credential::Opened,
    journey::{Rules, SANDBOX},
    profile::{
        Authentication, Kind,
        parse::{self, ParseError},
    },
    report::Outcome,
    text::{Args, Texts},
};

/// Arguments of `klarert certificate`.
#[derive(Debug, Clone, clap::Args)]
pub struct CertificateArgs {
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[arg(long, value_name = "FILE")]
    pub key: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub chain: Option<PathBuf>,
    #[arg(long, value_name = "KIND", value_parser = ["norwegian", "foreign"])]
    pub business: Option<String>,
    #[arg(long, value_name = "ID")]
    pub environment: Option<String>,
    #[arg(long, value_name = "NUMBER")]
    pub organisation: Option<String>,
    #[arg(long, value_name = "WAY", value_parser = ["certificate", "key"], default_value = "certificate")]
    pub authentication: String,
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub pick: Option<u16>,
    #[arg(long)]
    pub password_stdin: bool,
    /// The target of the environment.
    #[arg(skip)]
    target: Target,
}

/// Prints the facts and findings. The exit code tells whether the certificate can be used.
pub fn run(context: &Context, args: &CertificateArgs) -> anyhow::Result<Exit> {
    let mut args = with_known_environment(context, args)?;
    if let Some(written) = &args.organisation {
        let parsed = organisation(written, args.kind());
        let parsed = parsed.map_err(|error| CommandError::invalid_value("--organisation", &error, &context.texts))?;
        args.organisation = Some(parsed);
    }
    let args = &args;
    let Some(opened) = args.open(context)? else {
        return Ok(Exit::Interrupted);
    };
    let inspected = InspectedFile::new(opened, args, OffsetDateTime::now_utc());
    let mut findings = inspected.findings.iter();
    if let Some(finding) = findings.find(|finding| finding.id == FindingId::PickBeyond) {
        return Err(CommandError::from_finding(Exit::Usage, finding, &context.texts).into());
    }
    if context.json {
        print(&format!("{}\n", inspected.json(&context.texts)?))?;
    } else {
        print(&inspected.to_text(&context.texts))?;
    }
    Ok(inspected.exit())
}

/// Returns the arguments with the environment whose rules hold: an environment of `config.toml` is like test or production.
fn with_known_environment(context: &Context, args: &CertificateArgs) -> anyhow::Result<CertificateArgs> {
    let environment = match args.environment.as_deref() {
        None | Some("test" | "prod") => args.environment.clone(),
        Some(SANDBOX) => Some(Rules::Test.id().to_owned()),
        Some(id) => {
            let config = context.config()?;
            let Some(environment) = config.environment(id) else {
                return Err(environments::unknown(config, "--environment", id, &context.texts).into());
            };
            Some(environment.rules.id().to_owned())
        }
    };
    Ok(CertificateArgs {
        target: Target::of(args.environment.as_deref().unwrap_or_default()),
        environment,
        ..args.clone()
    })
}

impl CertificateArgs {
    pub(super) fn kind(&self) -> Option<Kind> {
        self.business.as_deref().map(|kind| match kind {
            "foreign" => Kind::Foreign,
            _ => Kind::Norwegian,
        })
    }

    pub(super) fn authentication(&self) -> Authentication {
        match self.authentication.as_str() {
            "key" => Authentication::Key,
            _ => Authentication::Certificate,
        }
    }

    /// Returns the requirements for a file with these facts.
    pub(super) fn expectation(&self, facts: &Facts, now: OffsetDateTime) -> Expectation {
        Expectation {
            kind: self.kind(),
            rules: self.rules(facts.chosen.as_ref().map(|chosen| chosen.environment)),
            target: self.target,
            organisation: self.organisation.clone(),
            consumer_org: None,
            authentication: self.authentication(),
            // `--pick` inspects a certificate here. It does not choose it against the findings.
            overruled: false,
            key_ends: None,
            now,
        }
    }

    /// Returns the environment to validate for: the named one, else the one that the certificate was issued for.
    fn rules(&self, issued_for: Option<IssuedFor>) -> Rules {
        match (self.environment.as_deref(), issued_for) {
            (Some("test"), _) | (None, Some(IssuedFor::Test)) => Rules::Test,
            _ => Rules::Prod,
        }
    }
}

/// Returns an organisation as profiles have it: a Norwegian number or an identifier.
fn organisation(written: &str, kind: Option<Kind>) -> Result<String, ParseError> {
    let (number, identifier) = (
        parse::organisation_number(written),
        parse::organisation_identifier(written),
    );
    match (number, identifier) {
        (Ok(number), _) => Ok(number),
        (Err(error), Ok(identifier)) if identifier.starts_with("NTRNO-") => Err(error),
        (Err(_), Ok(identifier)) => Ok(identifier),
        (Err(_), Err(error)) if kind == Some(Kind::Foreign) || written.contains('-') => Err(error),
        (Err(error), Err(_)) => Err(error),
    }
}

/// Opened file with its findings.
#[derive(Debug)]
pub struct InspectedFile {
    pub opened: Opened,
    pub findings: Vec<Finding>,
    pub(super) now: OffsetDateTime,
    pub(super) picked: Option<u16>,
    /// The findings that stop other certificates of the file, by their numbers.
    stopped: Vec<(u16, Finding)>,
}

impl InspectedFile {
    /// Validates an opened file at the moment `now`. The findings are sorted by severity.
    pub fn new(opened: Opened, args: &CertificateArgs, now: OffsetDateTime) -> InspectedFile {
        let expected = args.expectation(&opened.facts, now);
        let mut findings = opened.findings.clone();
        findings.extend(evaluate(&opened.facts, &expected));
        sort_by_severity(&mut findings);
        let stopped = opened.facts.others.iter().filter_map(|other| {
            let finding = opened.reason_against(other.number, |facts| args.expectation(facts, now))?;
            Some((other.number, finding))
        });
        let stopped = stopped.collect();
        InspectedFile {
            opened,
            findings,
            now,
            picked: args.pick,
            stopped,
        }
    }

    /// Returns [`Exit::CheckFailed`] for a certificate that cannot be used, [`Exit::Unreadable`] for a file without one.
    pub fn exit(&self) -> Exit {
        match (&self.opened.facts.chosen, Outcome::of(&self.findings)) {
            (None, _) => Exit::Unreadable,
            (Some(_), Outcome::Failed) => Exit::CheckFailed,
            (Some(_), _) => Exit::Success,
        }
    }

    /// Returns the facts and findings for people.
    pub fn to_text(&self, texts: &Texts) -> String {
        let facts = &self.opened.facts;
        let mut out = String::new();
        if let Some(chosen) = &facts.chosen {
            out.push_str(&table(&self.rows(chosen, texts)));
            out.push('\n');
            if chosen.validity.is_some() && (self.picked.is_some() || !facts.others.is_empty()) {
                out.push_str(&self.choice(chosen, texts));
            }
        }
        for finding in &self.findings {
            let severity = texts.get(match finding.severity {
                Severity::Stops => "severity-stops",
                Severity::Warns => "severity-warns",
                Severity::Informs => "severity-informs",
            });
            out.push_str(&format!(
                "{severity}: {}\n  → {}\n\n",
                finding.text(texts),
                finding.fix(texts)
            ));
        }
        if let Some(chosen) = &facts.chosen {
            let outcome = Outcome::of(&self.findings);
            out.push_str(&texts.get(match outcome {
                Outcome::Passed | Outcome::Skipped => "certificate-outcome-passed",
                Outcome::Warned => "certificate-outcome-warned",
                Outcome::Failed => "certificate-outcome-failed",
            }));
            if outcome != Outcome::Failed && chosen.validity.is_some() {
                out.push(' ');
                out.push_str(&texts.get("certificate-revocation-unknown"));
            }
            out.push('\n');
        }
        out
    }

    /// Returns the facts as labels and values; for a key without a certificate, those of the key.
    fn rows(&self, chosen: &Chosen, texts: &Texts) -> Vec<(String, String)> {
        let key = (texts.get("certificate-key"), chosen.key.to_string());
        let file = (texts.get("certificate-format"), self.opened.facts.file.clone());
        let alias = chosen
            .alias
            .clone()
            .map(|alias| (texts.get("certificate-alias"), alias));
        let (Some(validity), Some(identifiers)) = (chosen.validity, &chosen.identifiers) else {
            return [file, key].into_iter().chain(alias).collect();
        };
        let none = || texts.get("certificate-none");
        let yes_no = |yes| texts.get(if yes { "certificate-yes" } else { "certificate-no" });
        let rows = vec![
            file,
            (texts.get("certificate-subject"), chosen.subject.clone()),
            (
                texts.get("certificate-organisation"),
                chosen.organisation.clone().unwrap_or_else(none),
            ),
            (texts.get("certificate-issuer"), chosen.issuer.clone()),
            (
                texts.get("certificate-environment"),
                texts.get(match chosen.environment {
                    IssuedFor::Test => "certificate-environment-test",
                    IssuedFor::Prod => "certificate-environment-prod",
                    IssuedFor::Unknown => "certificate-environment-unknown",
                }),
            ),
            (texts.get("certificate-purpose"), chosen.purpose.name(texts)),
            (
                texts.get("certificate-type"),
                texts.get(match chosen.made_for {
                    MadeFor::ESeal => "certificate-type-eseal",
                    MadeFor::ESignature => "certificate-type-esignature",
                    MadeFor::Website => "certificate-type-website",
                    MadeFor::Unspecified => "certificate-type-unspecified",
                }),
            ),
            (texts.get("certificate-qualified"), yes_no(chosen.qualified)),
            (texts.get("certificate-hardware"), yes_no(chosen.hardware)),
            key,
            (texts.get("certificate-valid"), validity_text(validity, self.now, texts)),
            (
                texts.get("certificate-chain"),
                texts.get(match chosen.chain {
                    Chain::Complete => "certificate-chain-complete",
                    Chain::Incomplete => "certificate-chain-incomplete",
                    Chain::None => "certificate-chain-none",
                }),
            ),
            (
                texts.get("certificate-key-matches"),
                texts.get(match chosen.key_matches {
                    Some(true) => "certificate-key-matches-yes",
                    Some(false) => "certificate-key-matches-no",
                    None => "certificate-key-matches-unknown",
                }),
            ),
            (
                texts.get("certificate-serial-number"),
                identifiers.serial_number.clone(),
            ),
            (texts.get("certificate-sha1"), identifiers.sha1.clone()),
            (texts.get("certificate-sha256"), identifiers.sha256.clone()),
        ];
        rows.into_iter().chain(alias).collect()
    }

    /// Returns why this certificate was chosen of several, and how to inspect another.
    fn choice(&self, chosen: &Chosen, texts: &Texts) -> String {
        let others = &self.opened.facts.others;
        let is_stopped = |number| self.stopped.iter().any(|(of, _)| *of == number);
        let is_best = !others.iter().any(|other| other.number == 1);
        let why = match (self.picked, chosen.purpose) {
            (None, _) if !is_best && is_stopped(1) => texts.get("certificate-chosen-usable"),
            (Some(number), _) => texts.with("certificate-chosen-by-you", &Args::new().with("number", number)),
            (None, Purpose::Authentication) => texts.get("certificate-chosen-authentication"),
            (None, Purpose::Seal) => texts.get("certificate-chosen-seal"),
            (None, _) => texts.get("certificate-chosen-best"),
        };
        let mut out = format!("{why}\n");
        for other in others {
            let args = Args::new()
                .with("number", other.number)
                .with("purpose", other.purpose.name(texts));
            out.push_str(&format!("  {}", texts.with("certificate-other", &args)));
            if let Some((_, finding)) = self.stopped.iter().find(|(number, _)| *number == other.number) {
                out.push_str(&format!(". {}", finding.text(texts)));
            }
            out.push('\n');
        }
        out.push('\n');
        out
    }
}

fn validity_text(validity: Validity, now: OffsetDateTime, texts: &Texts) -> String {
    let args = Args::new()
        .with("from", validity.not_before.date())
        .with("to", validity.not_after.date());
    if now >= validity.not_after {
        return texts.with("certificate-valid-ended", &args);
    }
    texts.with("certificate-valid-days", &args.with("days", validity.days_left(now)))
}

fn table(rows: &[(String, String)]) -> String {
    let width = rows.iter().map(|(label, _)| label.width()).max().unwrap_or_default();
    rows.iter()
        .map(|(label, value)| {
            let gap = " ".repeat(width - label.width());
            format!("{label}{gap}  {value}\n")
        })
        .collect()
}
