//! Conversion between a [`Profile`] and its TOML. Pure; [`store`](super::store) reads and writes the file.
//!
//! A profile is rendered *over* the text it was read from, so that comments, the order of keys and every key that a newer
//! version wrote are kept.

use std::{collections::BTreeMap, path::PathBuf};

use time::{Date, OffsetDateTime, format_description::well_known::Rfc3339};
use toml_edit::{Array, Datetime, DocumentMut, Item, Table, TableLike, Value};

use super::toml_reader::{Problem, ProblemKind, TableReader, toml};
use crate::profile::{
    AcceptedClient, Authentication, Business, CertificateFiles, CheckOutcome, Client, FORMAT, Kind, LastCheck, Profile,
    Progress, expiry::to_utc,
};

/// Parses a profile. Every key is optional, as a profile is saved from the first answer on. An absent date is the start
/// of 1970.
pub fn parse(text: &str) -> Result<Profile, Problem> {
    let document = toml(text)?;
    let root = TableReader::root(text, &document);
    if let Some(found) = root.number("format")?.filter(|found| *found != FORMAT) {
        return Err(root.problem(root.item("format"), ProblemKind::NewerFormat { found }));
    }
    let created = root.date_time("created")?;
    Ok(Profile {
        environment: root.text("environment")?.unwrap_or_default(),
        created: created.unwrap_or(OffsetDateTime::UNIX_EPOCH),
        updated: root
            .date_time("updated")?
            .or(created)
            .unwrap_or(OffsetDateTime::UNIX_EPOCH),
        business: section(&root, "business", business)?,
        client: section(&root, "client", client)?,
        certificate: section(&root, "certificate", certificate)?,
        other_certificate: section(&root, "certificate", |table| {
            Ok(table.text("other_path")?.map(PathBuf::from))
        })?,
        certificate_ends: section(&root, "certificate", |table| table.date_time("ends"))?,
        progress: section(&root, "progress", progress)?,
        last_check: section(&root, "last_check", last_check)?,
        accepted_client: section(&root, "accepted_client", accepted_client)?,
    })
}

fn section<T: Default>(
    root: &TableReader<'_>,
    key: &str,
    read: impl Fn(&TableReader<'_>) -> Result<T, Problem>,
) -> Result<T, Problem> {
    root.table(key)?.map_or_else(|| Ok(T::default()), |table| read(&table))
}

fn business(table: &TableReader<'_>) -> Result<Business, Problem> {
    Ok(Business {
        kind: table.one_of("kind", &[Kind::Norwegian, Kind::Foreign].map(|kind| (kind.id(), kind)))?,
        name: table.text("name")?,
        organisation: table.text("organisation")?,
        services: table.texts("services")?,
    })
}

fn client(table: &TableReader<'_>) -> Result<Client, Problem> {
    let ways = [Authentication::Certificate, Authentication::Key].map(|way| (way.id(), way));
    Ok(Client {
        id: table.text("id")?,
        scopes: table.texts("scopes")?,
        authentication: table.one_of("authentication", &ways)?.unwrap_or_default(),
        kid: table.text("kid")?,
        key_registered: table.day("key_registered")?,
        consumer_org: table.text("consumer_org")?,
    })
}

fn certificate(table: &TableReader<'_>) -> Result<CertificateFiles, Problem> {
    let path = |key| Ok(table.text(key)?.map(PathBuf::from));
    Ok(CertificateFiles {
        path: path("path")?,
        pick: table.count("pick")?,
        key_path: path("key_path")?,
        chain_path: path("chain_path")?,
    })
}

fn progress(table: &TableReader<'_>) -> Result<Progress, Problem> {
    let mut done = BTreeMap::new();
    if let Some(ticked) = table.table("done")? {
        for (key, item) in ticked.items() {
            // TOML reads an unquoted `customs.form = …` as a table `customs`: accept it too.
            if item.is_table_like() {
                let Some(inner) = ticked.table(key)? else { continue };
                for (name, _) in inner.items() {
                    done.extend(inner.date_time(name)?.map(|at| (format!("{key}.{name}"), at)));
                }
            } else {
                done.extend(ticked.date_time(key)?.map(|at| (key.to_owned(), at)));
            }
        }
    }
    Ok(Progress {
        step: table.text("step")?,
        at: table.text("at")?,
        done,
    })
}

fn last_check(table: &TableReader<'_>) -> Result<Option<LastCheck>, Problem> {
    let outcomes = [("passed", CheckOutcome::Passed), ("failed", CheckOutcome::Failed)];
    let (Some(at), Some(outcome)) = (table.date_time("at")?, table.one_of("outcome", &outcomes)?) else {
        return Ok(None);
    };
    Ok(Some(LastCheck {
        at,
        outcome,
        stopped_at: table.text("stopped_at")?,
        code: table.text("code")?,
        trace_id: table.text("trace_id")?,
        of: table.text("of")?,
    }))
}

fn accepted_client(table: &TableReader<'_>) -> Result<Option<AcceptedClient>, Problem> {
    let (at, id) = (table.date_time("at")?, table.text("id")?);
    Ok(at.zip(id).map(|(at, id)| AcceptedClient { at, id }))
}

/// Renders a profile over the text it was read from; over an empty text for a new profile. A text that no person has
/// edited is rendered anew, so that equal answers give equal files in whichever order they were given.
pub fn render(profile: &Profile, over: &str) -> Result<String, Problem> {
    let unedited = parse(over)
        .and_then(|before| write(&before, ""))
        .is_ok_and(|rendered| rendered == over);
    write(profile, if unedited { "" } else { over })
}

fn write(profile: &Profile, over: &str) -> Result<String, Problem> {
    let mut document: DocumentMut = toml(over)?.into_mut();
    let root: &mut dyn TableLike = document.as_table_mut();
    put(root, "format", Some(Value::from(FORMAT)));
    put(root, "environment", text(Some(&profile.environment)));
    put(root, "created", date_time(profile.created));
    put(root, "updated", date_time(profile.updated));

    let Business {
        kind,
        name,
        organisation,
        services,
    } = &profile.business;
    put_all(
        root,
        "business",
        [
            ("kind", text(kind.map(Kind::id))),
            ("name", text(name.as_deref())),
            ("organisation", text(organisation.as_deref())),
            ("services", texts(services)),
        ],
    );
    let Client {
        id,
        scopes,
        authentication,
        kid,
        key_registered,
        consumer_org,
    } = &profile.client;
    put_all(
        root,
        "client",
        [
            ("id", text(id.as_deref())),
            ("scopes", texts(scopes)),
            ("authentication", text(Some(authentication.id()))),
            ("kid", text(kid.as_deref())),
            ("key_registered", key_registered.and_then(day)),
            ("consumer_org", text(consumer_org.as_deref())),
        ],
    );
    let path = |path: &Option<PathBuf>| path.as_ref().and_then(|path| text(Some(&path.to_string_lossy())));
    let CertificateFiles {
        path: file,
        pick,
        key_path,
        chain_path,
    } = &profile.certificate;
    put_all(
        root,
        "certificate",
        [
            ("path", path(file)),
            ("pick", pick.map(|number| Value::from(i64::from(number)))),
            ("key_path", path(key_path)),
            ("chain_path", path(chain_path)),
            ("other_path", path(&profile.other_certificate)),
            ("ends", profile.certificate_ends.and_then(date_time)),
        ],
    );
    put_all(
        root,
        "progress",
        [
            ("step", text(profile.progress.step.as_deref())),
            ("at", text(profile.progress.at.as_deref())),
        ],
    );
    put_done(root, &profile.progress.done);
    let last = profile.last_check.as_ref();
    put_all(
        root,
        "last_check",
        [
            ("at", last.and_then(|check| date_time(check.at))),
            ("outcome", text(last.map(|check| outcome_id(check.outcome)))),
            ("stopped_at", text(last.and_then(|check| check.stopped_at.as_deref()))),
            ("code", text(last.and_then(|check| check.code.as_deref()))),
            ("trace_id", text(last.and_then(|check| check.trace_id.as_deref()))),
            ("of", text(last.and_then(|check| check.of.as_deref()))),
        ],
    );
    let accepted = profile.accepted_client.as_ref();
    put_all(
        root,
        "accepted_client",
        [
            ("at", accepted.and_then(|client| date_time(client.at))),
            ("id", text(accepted.map(|client| client.id.as_str()))),
        ],
    );
    Ok(document.to_string())
}

/// Returns the outcome as written in the file.
pub fn outcome_id(outcome: CheckOutcome) -> &'static str {
    match outcome {
        CheckOutcome::Passed => "passed",
        CheckOutcome::Failed => "failed",
    }
}

fn text(written: Option<&str>) -> Option<Value> {
    written.filter(|text| !text.is_empty()).map(Value::from)
}

fn texts(written: &[String]) -> Option<Value> {
    (!written.is_empty()).then(|| Value::from(written.iter().collect::<Array>()))
}

/// Returns a time in whole seconds, in UTC.
fn date_time(at: OffsetDateTime) -> Option<Value> {
    let written = to_utc(at)?.replace_nanosecond(0).ok()?.format(&Rfc3339).ok()?;
    written.parse::<Datetime>().ok().map(Value::from)
}

fn day(day: Date) -> Option<Value> {
    day.to_string().parse::<Datetime>().ok().map(Value::from)
}

/// Sets a key, or removes it. An equal value is left as written, and a new value keeps the comment beside the old one.
fn put(table: &mut dyn TableLike, key: &str, value: Option<Value>) {
    let Some(mut value) = value else {
        table.remove(key);
        return;
    };
    match table.get_mut(key).and_then(Item::as_value_mut) {
        Some(present) if is_equal(present, &value) => {}
        Some(present) => {
            *value.decor_mut() = present.decor().clone();
            *present = value;
        }
        None => {
            table.insert(key, Item::Value(value));
        }
    }
}

fn is_equal(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::String(a), Value::String(b)) => a.value() == b.value(),
        (Value::Integer(a), Value::Integer(b)) => a.value() == b.value(),
        (Value::Datetime(a), Value::Datetime(b)) => a.value() == b.value(),
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| is_equal(a, b)),
        _ => false,
    }
}

fn put_all<const N: usize>(root: &mut dyn TableLike, name: &str, values: [(&str, Option<Value>); N]) {
    if values.iter().all(|(_, value)| value.is_none()) && !root.contains_key(name) {
        return;
    }
    let Some(table) = root
        .entry(name)
        .or_insert_with(|| Item::Table(Table::new()))
        .as_table_like_mut()
    else {
        return;
    };
    for (key, value) in values {
        put(table, key, value);
    }
    // The table stays while keys of a newer version are in it.
    if table.is_empty() {
        root.remove(name);
    }
}

fn put_done(root: &mut dyn TableLike, done: &BTreeMap<String, OffsetDateTime>) {
    if done.is_empty() && !root.contains_key("progress") {
        return;
    }
    let implicit = || {
        let mut table = Table::new();
        table.set_implicit(true);
        Item::Table(table)
    };
    let Some(progress) = root.entry("progress").or_insert_with(implicit).as_table_like_mut() else {
        return;
    };
    if done.is_empty() {
        progress.remove("done");
        return;
    }
    let Some(table) = progress
        .entry("done")
        .or_insert_with(|| Item::Table(Table::new()))
        .as_table_like_mut()
    else {
        return;
    };
    let removed: Vec<String> = table
        .iter()
        .filter(|(key, _)| !done.contains_key(*key))
        .map(|(key, _)| key.to_owned())
        .collect();
    for key in removed {
        table.remove(&key);
    }
    for (key, at) in done {
        put(table, key, date_time(*at));
    }
}
