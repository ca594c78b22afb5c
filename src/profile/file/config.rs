//! The configuration file `config.toml`: the language and custom environments. Pure; [`store`](super::store) reads the
//! file.

use std::path::Path;

use toml_edit::Item;
use url::Url;

use super::toml_reader::{Problem, ProblemKind, TableReader, editable, toml};
use crate::{
    journey::{BUILT_IN_IDS, Environment, Rules, is_loopback},
    profile::parse::ProfileName,
    text::Language,
};

/// The settings for all profiles. Every key is optional, and so is the file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Config {
    pub language: Option<Language>,
    /// The command of a secret store that prints passwords: program and arguments. Empty if there is none.
    pub password_command: Vec<String>,
    /// The custom environments, in the file's order.
    pub environments: Vec<Environment>,
}

/// The keys of a custom environment.
const ENVIRONMENT_KEYS: [&str; 8] = [
    "like",
    "issuer",
    "token_endpoint",
    "jwks",
    "customs",
    "portal",
    "self_service",
    "ca_file",
];

impl Config {
    /// Returns test, production, or an environment from the file. `None` for the sandbox, which exists only while it runs.
    pub fn environment(&self, id: &str) -> Option<Environment> {
        let built_in = built_in_rules(id).map(Environment::of);
        built_in.or_else(|| self.own(id).cloned())
    }

    fn own(&self, id: &str) -> Option<&Environment> {
        self.environments.iter().find(|own| own.id == id)
    }

    /// Returns the rules for an environment: its own, or those of test for an unknown one such as the sandbox.
    pub fn rules(&self, id: &str) -> Rules {
        // Without a copy of the environment: a list asks once for each profile.
        let own = || self.own(id).map(|own| own.rules);
        built_in_rules(id).or_else(own).unwrap_or(Rules::Test)
    }
}

/// Returns the rules of test or production. `None` for another id.
fn built_in_rules(id: &str) -> Option<Rules> {
    [Rules::Test, Rules::Prod].into_iter().find(|rules| rules.id() == id)
}

/// Returns the text of `config.toml` with another language. Comments and all other keys are kept.
///
/// # Errors
///
/// Returns the problem if the text is not valid TOML.
pub fn with_language(text: &str, language: Language) -> Result<String, Problem> {
    let mut document = editable(text)?.into_mut();
    let code = language.code();
    match document.get_mut("language").and_then(Item::as_value_mut) {
        Some(value) => {
            let decor = value.decor().clone();
            *value = code.into();
            *value.decor_mut() = decor;
        }
        None => drop(document.insert("language", toml_edit::value(code))),
    }
    Ok(document.to_string())
}

/// Parses `config.toml`. A relative `ca_file` is relative to `folder`, the file's own folder.
pub fn parse(text: &str, folder: &Path) -> Result<Config, Problem> {
    let document = toml(text)?;
    let root = TableReader::root(text, &document);
    let languages = Language::ALL.map(|language| (language.code(), language));
    let mut environments = Vec::new();
    if let Some(own) = root.table("environments")? {
        for (id, item) in own.items() {
            if ProfileName::parse(id).is_err() || BUILT_IN_IDS.contains(&id) {
                return Err(own.problem(
                    Some(item),
                    ProblemKind::Rule {
                        id: "problem-environment-name",
                        key: own.key(id),
                    },
                ));
            }
            if let Some(table) = own.table(id)? {
                environments.push(environment(id, &table, folder)?);
            }
        }
    }
    Ok(Config {
        language: root.one_of("language", &languages)?,
        password_command: root.texts("password_command")?,
        environments,
    })
}

fn environment(id: &str, table: &TableReader<'_>, folder: &Path) -> Result<Environment, Problem> {
    // A misspelt key could send a grant to the wrong server.
    if let Some((key, item)) = table.items().find(|(key, _)| !ENVIRONMENT_KEYS.contains(key)) {
        return Err(table.problem(
            Some(item),
            ProblemKind::Key {
                key: table.key(key),
                known: ENVIRONMENT_KEYS.join(", "),
            },
        ));
    }
    let rules = table.one_of("like", &[Rules::Test, Rules::Prod].map(|rules| (rules.id(), rules)))?;
    let Some(issuer) = address(table, "issuer")? else {
        let key = table.key("issuer");
        return Err(table.problem(None, ProblemKind::Missing { key }));
    };
    if !issuer.ends_with('/') {
        return Err(table.problem(
            table.item("issuer"),
            ProblemKind::Rule {
                id: "problem-issuer-slash",
                key: table.key("issuer"),
            },
        ));
    }
    Ok(Environment {
        token_endpoint: address(table, "token_endpoint")?,
        jwks: address(table, "jwks")?,
        customs: address(table, "customs")?.map(|customs| customs.trim_end_matches('/').to_owned()),
        portal: address(table, "portal")?.unwrap_or_default(),
        self_service: address(table, "self_service")?.map(|base| base.trim_end_matches('/').to_owned()),
        ca_file: table.text("ca_file")?.map(|file| folder.join(file)),
        ..Environment::like(rules.unwrap_or(Rules::Test), id, &issuer)
    })
}

/// Returns a URL as written. It must be `https`, or `http` with a loopback host, without user, query and fragment.
fn address(table: &TableReader<'_>, key: &str) -> Result<Option<String>, Problem> {
    let Some(written) = table.text(key)? else {
        return Ok(None);
    };
    let refuse = |id| {
        Err(table.problem(
            table.item(key),
            ProblemKind::Rule {
                id,
                key: table.key(key),
            },
        ))
    };
    let Ok(url) = Url::parse(&written) else {
        return refuse("problem-address");
    };
    let bare = url.username().is_empty() && url.password().is_none() && url.query().is_none();
    if !bare || url.fragment().is_some() || url.host().is_none() {
        return refuse("problem-address");
    }
    match url.scheme() {
        "https" => Ok(Some(written)),
        "http" if is_loopback(&url) => Ok(Some(written)),
        "http" => refuse("problem-address-http"),
        _ => refuse("problem-address"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse_config(text: &str) -> Result<Config, Problem> {
        parse(text, Path::new("/home/kari/.config/klarert"))
    }

    #[test]
    fn documented_example_is_parsed() {
        let config = parse_config(
            "language = \"nb\"\n[environments.lab]\nlike = \"prod\"\nissuer = \"http://127.0.0.1:8080/\"\n\
             token_endpoint = \"http://[::1]:8080/token\"\ncustoms = \"http://localhost:8080/\"\nca_file = \"root.pem\"\n",
        )
        .unwrap();
        assert_eq!(config.language, Some(Language::Bokmal));
        let lab = config.environment("lab").unwrap();
        assert_eq!(lab.rules, Rules::Prod);
        assert_eq!(lab.issuer, "http://127.0.0.1:8080/");
        assert_eq!(lab.token_endpoint.as_deref(), Some("http://[::1]:8080/token"));
        assert_eq!(lab.customs.as_deref(), Some("http://localhost:8080"));
        assert_eq!(
            lab.ca_file.as_deref(),
            Some(Path::new("/home/kari/.config/klarert/root.pem"))
        );
        assert_eq!(lab.jwks, None, "production's own addresses are dropped");
        assert_eq!(config.environment("test"), Some(Environment::of(Rules::Test)));
        assert_eq!(config.environment("sandbox"), None);
    }

    #[test]
    fn language_is_replaced_and_the_rest_kept() {
        for (before, after) in [
            ("", "language = \"nb\"\n"),
            (
                "# Mine.\nlanguage = \"en\" # for now\nkept = 1\n",
                "# Mine.\nlanguage = \"nb\" # for now\nkept = 1\n",
            ),
            (
                "# The lab.\n[environments.lab]\nissuer = \"https://lab.example/\"\n",
                "language = \"nb\"\n# The lab.\n[environments.lab]\nissuer = \"https://lab.example/\"\n",
            ),
        ] {
            assert_eq!(with_language(before, Language::Bokmal).unwrap(), after);
        }
        assert!(with_language("language = ", Language::Bokmal).is_err());
    }

    #[test]
    fn empty_file_is_the_default() {
        assert_eq!(parse_config("").unwrap(), Config::default());
        assert_eq!(parse_config("defaults = { days = 30 }\n").unwrap(), Config::default());
    }

    #[test]
    fn problem_has_its_line_and_key() {
        let lab = |rest: &str| format!("[environments.lab]\nissuer = \"https://lab.example/\"\n{rest}\n");
        for (text, line, named) in [
            ("language = \"sv\"".to_owned(), 1, "language"),
            (lab("isuer = \"https://lab.example/\""), 3, "environments.lab.isuer"),
            (lab("like = \"live\""), 3, "environments.lab.like"),
            (lab("customs = 7"), 3, "environments.lab.customs"),
            (lab("customs = \"http://lab.example\""), 3, "problem-address-http"),
            (lab("customs = \"http://127.0.0.1.example\""), 3, "problem-address-http"),
            (lab("customs = \"http://foo.localhost\""), 3, "problem-address-http"),
            (
                lab("customs = \"https://kari:hemmelig@lab.example\""),
                3,
                "problem-address",
            ),
            (lab("customs = \"lab.example\""), 3, "problem-address"),
            (
                "[environments.lab]\nissuer = \"https://lab.example\"".into(),
                2,
                "problem-issuer-slash",
            ),
            (
                "\n[environments.lab]\nlike = \"test\"".into(),
                2,
                "environments.lab.issuer",
            ),
            (
                "[environments.prod]\nissuer = \"https://x/\"".into(),
                1,
                "problem-environment-name",
            ),
        ] {
            let problem = parse_config(&text).unwrap_err();
            assert_eq!(problem.line, line, "{text}");
            assert!(format!("{:?}", problem.kind).contains(named), "{named}: {problem:?}");
            assert!(!format!("{problem:?}").contains("hemmelig"));
        }
    }
}
