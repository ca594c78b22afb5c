//! The texts after a check that passed: what the business has now, and what comes next. Both views show them.

use super::{
    labels::environment_name,
    model::Model,
    open_profile::{KeyPlan, Onboarding},
};
use crate::{
    profile::{Kind, command_line::home_option, expiry},
    report::Report,
    text::{Args, Texts},
};

/// Returns what the business has: its name at Maskinporten, the client, the services with their scopes, the expiry.
pub fn what_you_have(model: &Model, onboarding: &Onboarding, report: &Report, texts: &Texts) -> Vec<String> {
    let profile = &onboarding.profile;
    let mut lines = Vec::new();
    let mut tokens = report.stages.iter().flat_map(|result| result.facts.tokens());
    if let Some(known) = tokens.find(|token| token.consumer.is_some()) {
        let args = Args::new()
            .with("consumer", known.consumer.as_deref().unwrap_or_default())
            .with("by", known.client_amr.as_deref().unwrap_or_default());
        // The token of a supplier names its customer as the consumer.
        lines.push(match &known.supplier {
            Some(supplier) => texts.with("check-known-as.supplier", &args.with("supplier", supplier)),
            None => texts.with("check-known-as", &args),
        });
    }
    if let (Some(Kind::Norwegian), Some(id)) = (profile.business.kind, &profile.client.id) {
        let args = Args::new()
            .with("id", id)
            .with("environment", environment_name(texts, &profile.environment));
        lines.push(texts.with("have-client", &args));
    }
    let services = profile.business.services.iter();
    let services: Vec<String> = services
        .filter_map(|id| texts.find(&format!("service-{id}"), &Args::new()))
        .collect();
    let args = Args::new()
        .with("services", services.join(", "))
        .with("scopes", profile.client.scopes.join(", "));
    lines.push(texts.with(
        if services.is_empty() {
            "have-scopes"
        } else {
            "have-services"
        },
        &args,
    ));
    if let Some(expiry) = profile.expiry() {
        let days = expiry::describe(expiry.credential, expiry.days_left(model.now), texts);
        let args = Args::new().with("expiry", days).with("day", expiry.at.date());
        lines.push(texts.with("have-expiry", &args));
    }
    lines
}

/// Returns the next actions, each with its command. The key that starts production is not among them.
pub fn what_next(model: &Model, onboarding: &Onboarding, texts: &Texts) -> Vec<String> {
    let name = onboarding.name.as_str();
    let home = home_option(model.folders.home_flag.as_deref());
    let args = || Args::new().with("profile", name).with("home", &home);
    let mut lines = vec![texts.with("next-token", &args())];
    let environment = model.environment(&onboarding.profile);
    if let Some(customs) = environment.and_then(|environment| environment.customs.as_ref()) {
        lines.push(texts.with("next-api", &args().with("address", customs)));
    }
    lines.push(texts.with("next-handoff", &args()));
    lines.push(texts.with("next-check", &args()));
    lines
}

/// Returns what a new key is for, where it will be, and what happens to the key that the profile has.
pub fn key_plan_text(model: &Model, onboarding: &Onboarding, texts: &Texts) -> Vec<String> {
    let Some(plan) = &onboarding.key_plan else {
        return Vec::new();
    };
    let folder = Args::new().with("folder", model.folders.keys.display().to_string());
    let mut lines = match plan {
        KeyPlan::RegisteredKey { kid } => vec![texts.with("key-plan-registered", &folder.with("kid", kid))],
        KeyPlan::CertificateRequest { name, organisation, .. } => {
            let args = folder.with("name", name).with("organisation", organisation);
            vec![texts.with("key-plan-request", &args)]
        }
    };
    if model.demonstration_for(onboarding).is_some() && matches!(plan, KeyPlan::RegisteredKey { .. }) {
        lines.push(texts.get("key-plan-sandbox"));
    }
    let files = &onboarding.profile.certificate;
    let (present, id) = match plan {
        KeyPlan::RegisteredKey { .. } => (files.path.as_ref(), "key-plan-replaces"),
        KeyPlan::CertificateRequest { .. } if files.path.is_some() => (files.path.as_ref(), "key-plan-has-certificate"),
        KeyPlan::CertificateRequest { .. } => (files.key_path.as_ref(), "key-plan-has-request"),
    };
    if let Some(file) = present {
        let args = Args::new().with("file", file.display().to_string());
        lines.insert(0, texts.with(id, &args));
    }
    lines
}
