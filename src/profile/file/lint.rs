//! Warnings about a profile that was edited by hand: misspelt keys and values that no answer can have. Pure.
//!
//! They are no errors: a newer version may know the key or the value, and keeps it.

use super::{
    toml_reader::{TableReader, line_and_column, toml},
    toml_table::Item,
};
use crate::{
    journey::services::service,
    profile::{Kind, client_id, parse},
    text::{Args, Texts},
};

/// Similarity (Jaro-Winkler) from which an unknown key is taken for a misspelt one.
const MIN_SIMILARITY: f64 = 0.8;

/// Keys of each table of a profile, also those that older versions wrote.
const KEYS: [(&str, &[&str]); 9] = [
    (
        "",
        &[
            "format",
            "purpose",
            "environment",
            "created",
            "updated",
            "business",
            "client",
            "certificate",
            "progress",
            "last_check",
            "accepted_client",
            "portal",
        ],
    ),
    ("business", &["kind", "name", "organisation", "services"]),
    (
        "client",
        &[
            "id",
            "scopes",
            "authentication",
            "kid",
            "key_registered",
            "consumer_org",
        ],
    ),
    (
        "certificate",
        &[
            "path",
            "pick",
            "key_path",
            "chain_path",
            "other_path",
            "password_command",
            "ends",
        ],
    ),
    ("progress", &["step", "at", "done"]),
    ("last_check", &["at", "outcome", "stopped_at", "code", "trace_id", "of"]),
    ("accepted_client", &["at", "id"]),
    ("portal", &["marker", "done_at", "next_key_path", "next_kid", "old_kid"]),
    // Its keys are items.
    ("progress.done", &[]),
];

/// Keys at the top of `config.toml`. A wrong one in an environment is an error.
const CONFIG_KEYS: [&str; 3] = ["language", "password_command", "environments"];

/// Warning about a place in a profile's file or `config.toml`.
#[derive(Debug, Clone, PartialEq)]
pub struct FileWarning {
    /// Counted from 1.
    pub line: usize,
    kind: WarningKind,
}

#[derive(Debug, Clone, PartialEq)]
enum WarningKind {
    Misspelt {
        key: String,
        known: String,
    },
    /// The id of the rule's text with its arguments.
    Value {
        key: String,
        id: &'static str,
        args: Args,
    },
}

impl FileWarning {
    /// Returns the warning as a sentence, for people.
    pub fn text(&self, texts: &Texts) -> String {
        let line = Args::new().with("line", self.line);
        match &self.kind {
            WarningKind::Misspelt { key, known } => {
                texts.with("lint-misspelt", &line.with("key", key).with("known", known))
            }
            WarningKind::Value { key, id, args } => {
                texts.with("lint-value", &line.with("key", key).with("rule", texts.with(id, args)))
            }
        }
    }
}

/// Returns the warnings about the text of a profile, in the file's order; none for a text that is no TOML.
pub fn warnings(text: &str) -> Vec<FileWarning> {
    let Ok(document) = toml(text) else { return Vec::new() };
    let root = TableReader::root(text, &document);
    let mut warnings = misspelt_keys(text, &root, &KEYS);
    warnings.extend(values(&root).into_iter().map(|(key, item, (id, args))| FileWarning {
        line: line_and_column(text, item.at).0,
        kind: WarningKind::Value { key, id, args },
    }));
    warnings.sort_by_cached_key(|warning| warning.line);
    warnings
}

/// Returns the warnings about the text of `config.toml`; none for a text that is no TOML.
pub fn config_warnings(text: &str) -> Vec<FileWarning> {
    match toml(text) {
        Ok(document) => misspelt_keys(text, &TableReader::root(text, &document), &[("", &CONFIG_KEYS)]),
        Err(_) => Vec::new(),
    }
}

fn misspelt_keys(text: &str, root: &TableReader<'_>, tables: &[(&str, &[&'static str])]) -> Vec<FileWarning> {
    let line = |item: &Item| line_and_column(text, item.at).0;
    let mut warnings = Vec::new();
    for (table, keys) in tables.iter().filter(|(_, keys)| !keys.is_empty()) {
        let reader = match *table {
            "" => Some(root.clone()),
            name => root.table(name).ok().flatten(),
        };
        let Some(reader) = reader else { continue };
        for (key, item) in reader.items() {
            if let Some(known) = misspelt(key, keys) {
                let kind = WarningKind::Misspelt {
                    key: reader.key(key),
                    known: known.to_owned(),
                };
                warnings.push(FileWarning { line: line(item), kind });
            }
        }
    }
    warnings
}

/// Returns the known key that an unknown one is most similar to; `None` for a known one, and if none is similar.
fn misspelt(key: &str, known: &[&'static str]) -> Option<&'static str> {
    if known.contains(&key) {
        return None;
    }
    let similar = known.iter().map(|known| (strsim::jaro_winkler(key, known), *known));
    let similar = similar.filter(|(similarity, _)| *similarity >= MIN_SIMILARITY);
    similar
        .max_by(|one, other| one.0.total_cmp(&other.0))
        .map(|(_, known)| known)
}

/// The id of a rule's text, with its arguments.
type Rule = (&'static str, Args);

/// Returns the values that break a rule.
fn values<'a>(root: &TableReader<'a>) -> Vec<(String, &'a Item<'a>, Rule)> {
    let mut found = Vec::new();
    let table = |name| root.table(name).ok().flatten();
    let (business, client) = (table("business"), table("client"));
    let kinds = [Kind::Norwegian, Kind::Foreign].map(|kind| (kind.id(), kind));
    let kind = business
        .as_ref()
        .and_then(|table| table.one_of("kind", &kinds).ok().flatten());
    let mut check = |table: &Option<TableReader<'a>>, key: &str, rule: &dyn Fn(&str) -> Option<Rule>| {
        let Some((table, item)) = table.as_ref().and_then(|table| Some((table, table.item(key)?))) else {
            return;
        };
        let one = table.text(key).ok().flatten().into_iter();
        let all = one.chain(table.texts(key).unwrap_or_default());
        found.extend(
            all.filter_map(|value| rule(&value))
                .map(|rule| (table.key(key), item, rule)),
        );
    };
    let broken = |error: parse::ParseError| (error.id, error.args);
    check(&business, "services", &|id| {
        service(id)
            .is_none()
            .then(|| ("lint-service", Args::new().with("service", id)))
    });
    check(&business, "organisation", &|written| match kind {
        Some(Kind::Foreign) => parse::organisation_identifier(written).err().map(broken),
        _ => parse::organisation_number(written).err().map(broken),
    });
    check(&client, "scopes", &|written| parse::scopes(written).err().map(broken));
    check(&client, "kid", &|written| parse::kid(written).err().map(broken));
    check(&client, "consumer_org", &|written| {
        parse::organisation_number(written).err().map(broken)
    });
    if kind != Some(Kind::Foreign) {
        check(&client, "id", &|written| client_id::parse(written).err().map(broken));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    #[test]
    fn misspelt_keys_and_impossible_values_are_named_with_their_line() {
        let texts = Texts::new(Language::English);
        let cases: [(&str, &[(usize, &str)]); 9] = [
            (
                "format = 1\n[business]\nservices = [\"road\", \"boat\"]\n",
                &[(3, "boat")],
            ),
            ("[client]\nscops = []\n", &[(2, "scopes")]),
            ("enviroment = \"test\"\n", &[(1, "environment")]),
            ("[busines]\nname = \"x\"\n", &[(1, "business")]),
            ("colour = \"blue\"\n[reminders]\nweekly = true\n", &[]),
            ("[business]\norganisation = \"123456784\"\n", &[(2, "123456784")]),
            (
                "[business]\nkind = \"foreign\"\norganisation = \"VATDE-1\"\n[client]\nid = \"Demo GmbH\"\n",
                &[],
            ),
            (
                "[client]\nid = \"a b\"\nscopes = [\"toll\"]\n",
                &[(2, "client.id"), (3, "client.scopes")],
            ),
            ("[", &[]),
        ];
        for (text, expected) in cases {
            let found = warnings(text);
            assert_eq!(found.len(), expected.len(), "{text}: {found:?}");
            for (warning, (line, named)) in found.iter().zip(expected) {
                let shown = warning.text(&texts);
                assert!(warning.line == *line && shown.contains(named), "{text}: {shown}");
            }
        }
    }
}
