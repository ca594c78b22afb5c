//! A [`Profile`] ↔ the TOML it is kept in. Pure; [`store`](super::store) does the reading and writing.
//!
//! A profile is rendered *over* the text it was read from, so that comments, the order of things and every key that
//! a newer version wrote stay where they are.

use std::{collections::BTreeMap, path::PathBuf};

use time::{Date, OffsetDateTime, UtcOffset, format_description::well_known::Rfc3339};
use toml_edit::{Array, Datetime, DocumentMut, Item, Table, TableLike, Value};

use super::toml_reader::{Problem, TablePosition, Wrong, toml};
use crate::profile::{
    Authentication, Business, CertificateFiles, CheckOutcome, Client, FORMAT, Kind, LastCheck, Profile, Progress,
};

/// Reads a profile. Every key may be absent, as a profile is written from the first answer on; dates that are absent
/// are the beginning of 1970.
pub fn parse(text: &str) -> Result<Profile, Problem> {
    let document = toml(text)?;
    let root = TablePosition::whole(text, &document);
    if let Some(found) = root.number("format")?.filter(|found| *found != FORMAT) {
        return Err(root.problem(root.item("format"), Wrong::NewerFormat { found }));
    }
    let created = root.moment("created")?;
    Ok(Profile {
        environment: root.text("environment")?.unwrap_or_default(),
        created: created.unwrap_or(OffsetDateTime::UNIX_EPOCH),
        updated: root
            .moment("updated")?
            .or(created)
            .unwrap_or(OffsetDateTime::UNIX_EPOCH),
        business: section(&root, "business", business)?,
        client: section(&root, "client", client)?,
        certificate: section(&root, "certificate", certificate)?,
        certificate_ends: section(&root, "certificate", |place| place.moment("ends"))?,
        progress: section(&root, "progress", progress)?,
        last_check: section(&root, "last_check", last_check)?,
    })
}

fn section<T: Default>(
    root: &TablePosition<'_>,
    key: &str,
    read: impl Fn(&TablePosition<'_>) -> Result<T, Problem>,
) -> Result<T, Problem> {
    root.table(key)?.map_or_else(|| Ok(T::default()), |place| read(&place))
}

fn business(place: &TablePosition<'_>) -> Result<Business, Problem> {
    Ok(Business {
        kind: place.one_of("kind", &[Kind::Norwegian, Kind::Foreign].map(|kind| (kind.id(), kind)))?,
        name: place.text("name")?,
        organisation: place.text("organisation")?,
        services: place.texts("services")?,
    })
}

fn client(place: &TablePosition<'_>) -> Result<Client, Problem> {
    let ways = [Authentication::Certificate, Authentication::Key].map(|way| (way.id(), way));
    Ok(Client {
        id: place.text("id")?,
        scopes: place.texts("scopes")?,
        authentication: place.one_of("authentication", &ways)?.unwrap_or_default(),
        kid: place.text("kid")?,
        key_registered: place.day("key_registered")?,
        consumer_org: place.text("consumer_org")?,
    })
}

fn certificate(place: &TablePosition<'_>) -> Result<CertificateFiles, Problem> {
    let path = |key| Ok(place.text(key)?.map(PathBuf::from));
    Ok(CertificateFiles {
        path: path("path")?,
        pick: place.count("pick")?,
        key_path: path("key_path")?,
        chain_path: path("chain_path")?,
    })
}

fn progress(place: &TablePosition<'_>) -> Result<Progress, Problem> {
    let mut done = BTreeMap::new();
    if let Some(ticked) = place.table("done")? {
        for (key, item) in ticked.items() {
            // `customs.form = …` written without quotes is a table `customs`: it means the same.
            if item.is_table_like() {
                let Some(inner) = ticked.table(key)? else { continue };
                for (name, _) in inner.items() {
                    done.extend(inner.moment(name)?.map(|at| (format!("{key}.{name}"), at)));
                }
            } else {
                done.extend(ticked.moment(key)?.map(|at| (key.to_owned(), at)));
            }
        }
    }
    Ok(Progress {
        step: place.text("step")?,
        done,
    })
}

fn last_check(place: &TablePosition<'_>) -> Result<Option<LastCheck>, Problem> {
    let outcomes = [("passed", CheckOutcome::Passed), ("failed", CheckOutcome::Failed)];
    let (Some(at), Some(outcome)) = (place.moment("at")?, place.one_of("outcome", &outcomes)?) else {
        return Ok(None);
    };
    Ok(Some(LastCheck {
        at,
        outcome,
        stopped_at: place.text("stopped_at")?,
        code: place.text("code")?,
        trace_id: place.text("trace_id")?,
        of: place.text("of")?,
    }))
}

/// Writes a profile over the text it was read from; over an empty one for a new profile. A text that is just as this
/// program writes it has nobody's order to keep: it is written anew, so that the same answers are the same file,
/// whichever was given first.
pub fn render(profile: &Profile, over: &str) -> Result<String, Problem> {
    let untouched = parse(over)
        .and_then(|before| write(&before, ""))
        .is_ok_and(|again| again == over);
    write(profile, if untouched { "" } else { over })
}

fn write(profile: &Profile, over: &str) -> Result<String, Problem> {
    let mut document: DocumentMut = toml(over)?.into_mut();
    let root: &mut dyn TableLike = document.as_table_mut();
    put(root, "format", Some(Value::from(FORMAT)));
    put(root, "environment", text(Some(&profile.environment)));
    put(root, "created", moment(profile.created));
    put(root, "updated", moment(profile.updated));

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
            ("ends", profile.certificate_ends.and_then(moment)),
        ],
    );
    put_all(root, "progress", [("step", text(profile.progress.step.as_deref()))]);
    put_done(root, &profile.progress.done);
    let last = profile.last_check.as_ref();
    put_all(
        root,
        "last_check",
        [
            ("at", last.and_then(|check| moment(check.at))),
            ("outcome", text(last.map(|check| outcome_id(check.outcome)))),
            ("stopped_at", text(last.and_then(|check| check.stopped_at.as_deref()))),
            ("code", text(last.and_then(|check| check.code.as_deref()))),
            ("trace_id", text(last.and_then(|check| check.trace_id.as_deref()))),
            ("of", text(last.and_then(|check| check.of.as_deref()))),
        ],
    );
    Ok(document.to_string())
}

/// The outcome as the file writes it.
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

/// Whole seconds, in UTC.
fn moment(at: OffsetDateTime) -> Option<Value> {
    let written = at
        .to_offset(UtcOffset::UTC)
        .replace_nanosecond(0)
        .ok()?
        .format(&Rfc3339)
        .ok()?;
    written.parse::<Datetime>().ok().map(Value::from)
}

fn day(day: Date) -> Option<Value> {
    day.to_string().parse::<Datetime>().ok().map(Value::from)
}

/// Sets a key, or takes it away. What already says the same is left as it stands, and a new value keeps the comment
/// beside the old one.
fn put(table: &mut dyn TableLike, key: &str, value: Option<Value>) {
    let Some(mut value) = value else {
        table.remove(key);
        return;
    };
    match table.get_mut(key).and_then(Item::as_value_mut) {
        Some(there) if same(there, &value) => {}
        Some(there) => {
            *value.decor_mut() = there.decor().clone();
            *there = value;
        }
        None => {
            table.insert(key, Item::Value(value));
        }
    }
}

fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::String(a), Value::String(b)) => a.value() == b.value(),
        (Value::Integer(a), Value::Integer(b)) => a.value() == b.value(),
        (Value::Datetime(a), Value::Datetime(b)) => a.value() == b.value(),
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| same(a, b)),
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
    // What a newer version wrote may be all that is left: then the table stays.
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
    let gone: Vec<String> = table
        .iter()
        .filter(|(key, _)| !done.contains_key(*key))
        .map(|(key, _)| key.to_owned())
        .collect();
    for key in gone {
        table.remove(&key);
    }
    for (key, at) in done {
        put(table, key, moment(*at));
    }
}
