//! `config.toml`: the language, and environments of one's own. Pure; [`store`](super::store) reads the file.

use std::path::Path;

use url::Url;

use super::toml_reader::{Problem, TablePosition, Wrong, toml};
use crate::{
    journey::{Environment, Rules, SANDBOX, is_loopback},
    profile::parse::ProfileName,
    text::Language,
};

/// What a user has set for all profiles. Every part is optional, and so is the file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Config {
    pub language: Option<Language>,
    /// Those of the file, in its order.
    pub environments: Vec<Environment>,
}

/// Ids that a file cannot give to an environment of its own.
const TAKEN: [&str; 3] = ["test", "prod", SANDBOX];
const KEYS: [&str; 6] = ["like", "issuer", "token_endpoint", "jwks", "customs", "ca_file"];

impl Config {
    /// Test, production, or one from the file. The sandbox is not known here: it exists only while it runs.
    pub fn environment(&self, id: &str) -> Option<Environment> {
        match id {
            "test" => Some(Environment::of(Rules::Test)),
            "prod" => Some(Environment::of(Rules::Prod)),
            _ => self.environments.iter().find(|own| own.id == id).cloned(),
        }
    }

    /// Whose rules hold for a profile of that environment. One that is not known, such as the sandbox, is like test.
    pub fn rules(&self, id: &str) -> Rules {
        self.environment(id)
            .map_or(Rules::Test, |environment| environment.rules)
    }
}

/// Reads `config.toml`. `folder` is where it is: a relative `ca_file` is relative to it.
pub fn parse(text: &str, folder: &Path) -> Result<Config, Problem> {
    let document = toml(text)?;
    let root = TablePosition::whole(text, &document);
    let languages = Language::ALL.map(|language| (language.code(), language));
    let mut environments = Vec::new();
    if let Some(own) = root.table("environments")? {
        for (id, item) in own.items() {
            if ProfileName::parse(id).is_err() || TAKEN.contains(&id) {
                return Err(own.problem(
                    Some(item),
                    Wrong::Rule {
                        id: "problem-environment-name",
                        key: own.key(id),
                    },
                ));
            }
            if let Some(place) = own.table(id)? {
                environments.push(environment(id, &place, folder)?);
            }
        }
    }
    Ok(Config {
        language: root.one_of("language", &languages)?,
        environments,
    })
}

fn environment(id: &str, place: &TablePosition<'_>, folder: &Path) -> Result<Environment, Problem> {
    // A typing error here would send a grant elsewhere than was meant.
    if let Some((key, item)) = place.items().into_iter().find(|(key, _)| !KEYS.contains(key)) {
        return Err(place.problem(
            Some(item),
            Wrong::Key {
                key: place.key(key),
                known: KEYS.join(", "),
            },
        ));
    }
    let rules = place.one_of("like", &[Rules::Test, Rules::Prod].map(|rules| (rules.id(), rules)))?;
    let Some(issuer) = address(place, "issuer")? else {
        let key = place.key("issuer");
        return Err(place.problem(None, Wrong::Missing { key }));
    };
    if !issuer.ends_with('/') {
        return Err(place.problem(
            place.item("issuer"),
            Wrong::Rule {
                id: "problem-issuer-slash",
                key: place.key("issuer"),
            },
        ));
    }
    Ok(Environment {
        token_endpoint: address(place, "token_endpoint")?,
        jwks: address(place, "jwks")?,
        customs: address(place, "customs")?.map(|customs| customs.trim_end_matches('/').to_owned()),
        ca_file: place.text("ca_file")?.map(|file| folder.join(file)),
        ..Environment::like(rules.unwrap_or(Rules::Test), id, &issuer)
    })
}

/// An address as it was written: `https`, or `http` on this computer only, without a user, a query or a fragment.
fn address(place: &TablePosition<'_>, key: &str) -> Result<Option<String>, Problem> {
    let Some(written) = place.text(key)? else {
        return Ok(None);
    };
    let refuse = |id| {
        Err(place.problem(
            place.item(key),
            Wrong::Rule {
                id,
                key: place.key(key),
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

    fn read(text: &str) -> Result<Config, Problem> {
        parse(text, Path::new("/home/kari/.config/klarert"))
    }

    #[test]
    fn the_example_of_the_contract() {
        let config = read(
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
        assert_eq!(lab.jwks, None, "nothing of production's own addresses is kept");
        assert_eq!(config.environment("test"), Some(Environment::of(Rules::Test)));
        assert_eq!(config.environment("sandbox"), None);
    }

    #[test]
    fn nothing_is_needed() {
        assert_eq!(read("").unwrap(), Config::default());
        assert_eq!(read("defaults = { days = 30 }\n").unwrap(), Config::default());
    }

    #[test]
    fn what_is_wrong_is_named_with_its_place() {
        let lab = |rest: &str| format!("[environments.lab]\nissuer = \"https://lab.example/\"\n{rest}\n");
        for (text, line, named) in [
            ("language = \"sv\"".to_owned(), 1, "language"),
            (lab("isuer = \"https://lab.example/\""), 3, "environments.lab.isuer"),
            (lab("like = \"live\""), 3, "environments.lab.like"),
            (lab("customs = 7"), 3, "environments.lab.customs"),
            (lab("customs = \"http://lab.example\""), 3, "problem-address-http"),
            (lab("customs = \"http://127.0.0.1.example\""), 3, "problem-address-http"),
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
            let problem = read(&text).unwrap_err();
            assert_eq!(problem.line, line, "{text}");
            assert!(format!("{:?}", problem.wrong).contains(named), "{named}: {problem:?}");
            assert!(!format!("{problem:?}").contains("hemmelig"));
        }
    }
}
