//! Filters of profiles, the same for `list`, `check`, `export` and `report`.

use glob::Pattern;
use time::OffsetDateTime;

use super::{Context, Exit, command_error::CommandError, environments};
use crate::{
    journey::Rules,
    profile::{CheckOutcome, Kind, Profile, summary::Summary},
    text::{Args, Texts},
};

/// Arguments that select profiles. All that are given must fit.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct FilterArgs {
    #[arg(id = "only_environment", long = "environment", value_name = "ID")]
    pub environment: Option<String>,
    #[arg(id = "only_business", long = "business", value_name = "KIND", value_parser = ["norwegian", "foreign"])]
    pub business: Option<String>,
    #[arg(id = "only_match", long = "match", value_name = "GLOB")]
    pub name: Option<String>,
    #[arg(id = "only_complete", long = "complete")]
    pub complete: bool,
    #[arg(id = "only_failed", long = "failed")]
    pub failed: bool,
    #[arg(id = "only_attention", long = "attention")]
    pub attention: bool,
}

/// Parsed filter.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    environment: Option<String>,
    kind: Option<Kind>,
    name: Option<Pattern>,
    complete: bool,
    failed: bool,
    pub attention: bool,
}

impl FilterArgs {
    /// Parses the arguments.
    ///
    /// # Errors
    ///
    /// [`Exit::Usage`] for an environment that is not known, or an invalid pattern.
    pub fn parse(&self, context: &Context) -> Result<Filter, CommandError> {
        if let Some(id) = &self.environment {
            ensure_known(context, id)?;
        }
        self.filter(&context.texts)
    }

    fn filter(&self, texts: &Texts) -> Result<Filter, CommandError> {
        let invalid = |written: &str| {
            let args = Args::new().with("written", written);
            CommandError::new(Exit::Usage, texts.with("filter-match-invalid", &args), None)
        };
        let name = self
            .name
            .as_deref()
            .map(|glob| Pattern::new(glob).map_err(|_| invalid(glob)));
        Ok(Filter {
            environment: self.environment.clone(),
            kind: self.business.as_deref().map(|kind| match kind {
                "foreign" => Kind::Foreign,
                _ => Kind::Norwegian,
            }),
            name: name.transpose()?,
            complete: self.complete,
            failed: self.failed,
            attention: self.attention,
        })
    }
}

/// Refuses an environment that is neither built in, nor configured, nor that of a saved profile. Profiles may have outlived their
/// environment in `config.toml`: a filter must find them.
///
/// # Errors
///
/// [`Exit::Usage`] with the known ids.
pub fn ensure_known(context: &Context, id: &str) -> Result<(), CommandError> {
    let config = context.config()?;
    let is_used = || {
        let saved = context
            .store()
            .summaries()
            .into_iter()
            .flat_map(|listed| listed.profiles);
        saved
            .flat_map(|listed| listed.profile)
            .any(|profile| profile.environment == id)
    };
    if environments::known_ids(config).iter().any(|known| known == id) || is_used() {
        return Ok(());
    }
    Err(environments::unknown(config, "--environment", id, &context.texts))
}

/// Returns the error of a selection that leaves no profile. `none_exist` tells that there is none at all.
pub fn nothing_selected(context: &Context, none_exist: bool) -> CommandError {
    let texts = &context.texts;
    let (message, hint) = if none_exist {
        let folder = context.store().profiles().to_string_lossy().into_owned();
        (texts.with("list-nothing", &Args::new().with("folder", folder)), None)
    } else {
        let hint = texts.with("filter-nothing.hint", &Args::new().with("home", context.home_option()));
        (texts.get("filter-nothing"), Some(hint))
    };
    CommandError::new(Exit::Usage, message, hint).with_id("no-profiles")
}

impl Filter {
    /// Returns whether every profile fits.
    pub fn is_empty(&self) -> bool {
        self.name.is_none() && !self.asks_for_content()
    }

    fn asks_for_content(&self) -> bool {
        let answers = self.environment.is_some() || self.kind.is_some();
        answers || self.complete || self.failed || self.attention
    }

    /// Returns whether a profile's name fits.
    pub fn fits_name(&self, name: &str) -> bool {
        self.name.as_ref().is_none_or(|pattern| pattern.matches(name))
    }

    /// Returns whether a profile fits.
    pub fn fits(&self, name: &str, profile: &Profile, rules: Rules, now: OffsetDateTime) -> bool {
        match self.asks_for_content() {
            true => self.fits_summary(name, &Summary::of(profile), rules, now),
            false => self.fits_name(name),
        }
    }

    /// Returns whether a profile's name, environment and business fit, whatever its state.
    pub fn selects(&self, name: &str, profile: &Summary) -> bool {
        let environment = self.environment.as_ref();
        self.fits_name(name)
            && environment.is_none_or(|environment| *environment == profile.environment)
            && self.kind.is_none_or(|kind| profile.kind == Some(kind))
    }

    /// Returns whether a profile fits, of which the summary is known.
    pub fn fits_summary(&self, name: &str, profile: &Summary, rules: Rules, now: OffsetDateTime) -> bool {
        let failed = || {
            let last = profile.last_check.as_ref();
            last.is_some_and(|check| check.outcome == CheckOutcome::Failed)
        };
        self.selects(name, profile)
            && (!self.complete || profile.is_complete)
            && (!self.failed || failed())
            && (!self.attention || !profile.attention(rules, now).is_empty())
    }

    /// Returns whether a profile that cannot be read fits. Nothing is known of it, but that it needs attention.
    pub fn fits_unreadable(&self, name: &str) -> bool {
        self.fits_name(name) && (!self.asks_for_content() || self.attention)
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;
    use crate::text::Language;

    #[test]
    fn every_given_condition_must_fit() {
        let now = datetime!(2026-11-22 17:00 UTC);
        let mut profile = Profile::new("test", now);
        profile.business.kind = Some(Kind::Foreign);
        let args = FilterArgs {
            environment: Some("test".into()),
            business: Some("foreign".into()),
            name: Some("ac*".into()),
            ..FilterArgs::default()
        };
        let fits = |args: &FilterArgs, name: &str| {
            let filter = args.filter(&Texts::new(Language::English)).unwrap();
            filter.fits(name, &profile, Rules::Test, now)
        };
        assert!(fits(&args, "acme") && !fits(&args, "beta"));
        for change in [
            |args: &mut FilterArgs| args.environment = Some("prod".into()),
            |args: &mut FilterArgs| args.business = Some("norwegian".into()),
            |args: &mut FilterArgs| args.complete = true,
            |args: &mut FilterArgs| args.failed = true,
            |args: &mut FilterArgs| args.attention = true,
        ] {
            let mut args = args.clone();
            change(&mut args);
            assert!(!fits(&args, "acme"), "{args:?}");
        }
        let invalid = FilterArgs {
            name: Some("[".into()),
            ..FilterArgs::default()
        };
        assert!(invalid.filter(&Texts::new(Language::English)).is_err());
    }
}
