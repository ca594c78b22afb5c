//! `klarert certificate`: what a certificate file is, and whether it will do. [`json`] is what programs get.

use std::path::PathBuf;

use clap::Args as ClapArgs;
use time::OffsetDateTime;
use unicode_width::UnicodeWidthStr;

use crate::command::{Context, Exit, command_error::CommandError, password, print, tell};
use crate::{
    certificate::{
        Chain, Chosen, Expectation, Finding, FindingId, IssuedFor, MadeFor, Purpose, Severity, Validity, evaluate,
    },
    credential::{self, Opened},
    journey::Rules,
    profile::{Authentication, CertificateFiles, Kind},
    report::Outcome,
    text::{Args, Texts},
};

/// How often a person may type a password.
const ATTEMPTS: usize = 3;

#[derive(Debug, ClapArgs)]
pub struct Arguments {
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[arg(long, value_name = "FILE")]
    pub key: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub chain: Option<PathBuf>,
    #[arg(long, value_name = "KIND", value_parser = ["norwegian", "foreign"])]
    pub business: Option<String>,
    #[arg(long, value_name = "ID", value_parser = ["test", "prod"])]
    pub environment: Option<String>,
    #[arg(long, value_name = "NUMBER")]
    pub organisation: Option<String>,
    #[arg(long, value_name = "WAY", value_parser = ["certificate", "key"], default_value = "certificate")]
    pub authentication: String,
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub pick: Option<u16>,
    #[arg(long)]
    pub password_stdin: bool,
    #[arg(long)]
    pub json: bool,
}

pub fn run(arguments: &Arguments, context: &Context) -> anyhow::Result<Exit> {
    let Some(opened) = open(arguments, context)? else {
        return Ok(Exit::Interrupted);
    };
    let examined = InspectedFile::new(opened, arguments, OffsetDateTime::now_utc());
    let mut findings = examined.findings.iter();
    if let Some(beyond) = findings.find(|finding| finding.id == FindingId::PickBeyond) {
        return Err(CommandError::found(Exit::Usage, beyond, &context.texts).into());
    }
    if arguments.json {
        print(&format!("{}\n", examined.json(&context.texts)?))?;
    } else {
        print(&examined.written(&context.texts))?;
    }
    Ok(examined.exit())
}

/// Opens the files, and asks for a password where one is needed and somebody is there. None when they left.
fn open(arguments: &Arguments, context: &Context) -> anyhow::Result<Option<Opened>> {
    let files = CertificateFiles {
        path: Some(arguments.file.clone()),
        pick: arguments.pick,
        key_path: arguments.key.clone(),
        chain_path: arguments.chain.clone(),
    };
    let (kind, way) = (arguments.kind(), arguments.authentication());
    let with = |password: Option<&_>| credential::open(&files, kind, way, password);
    let given = password::given(arguments.password_stdin)?;
    if arguments.password_stdin && given.is_none() {
        tell(&context.texts.get("password-nothing-came"));
    }
    let mut opened = with(given.as_ref());
    if given.is_some() || !password::can_ask() {
        return Ok(Some(opened));
    }
    for _ in 0..ATTEMPTS {
        let Some(finding) = opened
            .findings
            .iter()
            .find(|finding| matches!(finding.id, FindingId::PasswordNeeded | FindingId::WrongPassword))
        else {
            break;
        };
        if finding.id == FindingId::WrongPassword {
            tell(&finding.text(&context.texts));
        }
        let question = context.texts.with("certificate-ask-password", &finding.args);
        let Some(typed) = password::ask(&question)? else {
            return Ok(None);
        };
        opened = with(Some(&typed));
    }
    Ok(Some(opened))
}

impl Arguments {
    fn kind(&self) -> Option<Kind> {
        self.business.as_deref().map(|kind| match kind {
            "foreign" => Kind::Foreign,
            _ => Kind::Norwegian,
        })
    }

    fn authentication(&self) -> Authentication {
        match self.authentication.as_str() {
            "key" => Authentication::Key,
            _ => Authentication::Certificate,
        }
    }

    /// Where no environment is named, a certificate is judged for its own.
    fn rules(&self, issued_for: Option<IssuedFor>) -> Rules {
        match (self.environment.as_deref(), issued_for) {
            (Some("test"), _) | (None, Some(IssuedFor::Test)) => Rules::Test,
            _ => Rules::Prod,
        }
    }
}

/// What was opened, with all that is to be said about it.
#[derive(Debug)]
pub struct InspectedFile {
    pub opened: Opened,
    pub findings: Vec<Finding>,
    pub(super) now: OffsetDateTime,
    pub(super) picked: Option<u16>,
}

impl InspectedFile {
    pub fn new(opened: Opened, arguments: &Arguments, now: OffsetDateTime) -> InspectedFile {
        let expected = Expectation {
            kind: arguments.kind(),
            rules: arguments.rules(opened.facts.chosen.as_ref().map(|chosen| chosen.environment)),
            organisation: arguments.organisation.clone(),
            authentication: arguments.authentication(),
            // Picked to be looked at.
            overruled: false,
            key_ends: None,
            now,
        };
        let mut findings = opened.findings.clone();
        findings.extend(evaluate(&opened.facts, &expected));
        findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        InspectedFile {
            opened,
            findings,
            now,
            picked: arguments.pick,
        }
    }

    pub fn exit(&self) -> Exit {
        match (&self.opened.facts.chosen, Outcome::of(&self.findings)) {
            (None, _) => Exit::Unreadable,
            (Some(_), Outcome::Failed) => Exit::CheckFailed,
            (Some(_), _) => Exit::Success,
        }
    }

    /// The same for a person.
    pub fn written(&self, texts: &Texts) -> String {
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
        if facts.chosen.is_some() {
            out.push_str(&texts.get(match Outcome::of(&self.findings) {
                Outcome::Passed | Outcome::Skipped => "certificate-outcome-passed",
                Outcome::Warned => "certificate-outcome-warned",
                Outcome::Failed => "certificate-outcome-failed",
            }));
            out.push('\n');
        }
        out
    }

    /// Label and value.
    fn rows(&self, chosen: &Chosen, texts: &Texts) -> Vec<(String, String)> {
        let key = (texts.get("certificate-key"), chosen.key.to_string());
        let file = (texts.get("certificate-format"), self.opened.facts.file.clone());
        let Some(validity) = chosen.validity else {
            return vec![file, key];
        };
        let none = || texts.get("certificate-none");
        let yes_no = |yes| texts.get(if yes { "certificate-yes" } else { "certificate-no" });
        vec![
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
            (texts.get("certificate-valid"), valid(validity, self.now, texts)),
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
        ]
    }

    /// Why this one of several, and how to use another.
    fn choice(&self, chosen: &Chosen, texts: &Texts) -> String {
        let why = match (self.picked, chosen.purpose) {
            (Some(number), _) => texts.with("certificate-chosen-by-you", &Args::new().with("number", number)),
            (None, Purpose::Authentication) => texts.get("certificate-chosen-authentication"),
            (None, Purpose::Seal) => texts.get("certificate-chosen-seal"),
            (None, _) => texts.get("certificate-chosen-best"),
        };
        let mut out = format!("{why}\n");
        for other in &self.opened.facts.others {
            let args = Args::new()
                .with("number", other.number)
                .with("purpose", other.purpose.name(texts));
            out.push_str(&format!("  {}\n", texts.with("certificate-other", &args)));
        }
        out.push('\n');
        out
    }
}

fn valid(validity: Validity, now: OffsetDateTime, texts: &Texts) -> String {
    let args = Args::new()
        .with("from", validity.not_before.date().to_string())
        .with("to", validity.not_after.date().to_string());
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
