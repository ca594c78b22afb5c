//! Conversion between a [`Profile`] and its TOML. Pure; [`store`](super::store) reads and writes the file.
//!
//! A profile is rendered *over* the text it was read from, so that comments, the order of keys and every key that a newer
//! version wrote are kept. What changes without an answer is in the [`state`].

use std::{collections::BTreeMap, path::PathBuf};

use time::{OffsetDateTime, format_description::well_known::Rfc3339};
use toml_edit::{DocumentMut, Item, Table, TableLike, Value};

use super::{
    state,
    toml_reader::{Problem, ProblemKind, TableReader, editable, toml},
    toml_table,
    toml_writer::{date_time, day, put, put_all, remove_all, text, texts},
};
use crate::profile::{
    Authentication, Business, CertificateFiles, Client, FILE_NOT_FOUND, FORMAT, Kind, NextKey, PortalWork, Profile,
    Progress, Purpose,
};

/// Tables and keys that older versions wrote into a profile. They are read, and moved to the [`state`] at the next write.
const FORMER_STATE: [(&str, &[&str]); 4] = [
    ("certificate", &["ends"]),
    ("progress", &["step", "at"]),
    ("last_check", &state::LAST_CHECK_KEYS),
    ("accepted_client", &["at", "id"]),
];

/// Parses a profile. Every key is optional, as a profile is saved from the first answer on. An absent date is the start
/// of 1970.
pub fn parse(text: &str) -> Result<Profile, Problem> {
    let document = toml(text)?;
    let root = TableReader::root(text, &document);
    if let Some(found) = root.number("format")?.filter(|found| *found != FORMAT) {
        return Err(root.problem(root.item("format"), ProblemKind::NewerFormat { found }));
    }
    let created = root.date_time("created")?;
    let purposes = [Purpose::Onboarding, Purpose::Administration].map(|purpose| (purpose.id(), purpose));
    Ok(Profile {
        purpose: root.one_of("purpose", &purposes)?.unwrap_or_default(),
        environment: root.text("environment")?.unwrap_or_default(),
        created: created.unwrap_or(OffsetDateTime::UNIX_EPOCH),
        updated: root
            .date_time("updated")?
            .or(created)
            .unwrap_or(OffsetDateTime::UNIX_EPOCH),
        business: section(&root, "business", business)?,
        client: section(&root, "client", client)?,
        certificate: section(&root, "certificate", certificate)?,
        password_command: section(&root, "certificate", |table| table.texts("password_command"))?,
        other_certificate: section(&root, "certificate", |table| {
            Ok(table.text("other_path")?.map(PathBuf::from))
        })?,
        unusable_certificate: None,
        certificate_ends: section(&root, "certificate", |table| table.date_time("ends"))?,
        progress: section(&root, "progress", progress)?,
        last_check: section(&root, "last_check", state::last_check)?,
        accepted_client: section(&root, "accepted_client", state::accepted_client)?,
        portal: section(&root, "portal", portal)?,
        used: None,
    })
}

/// Returns whether a text has something that now belongs to the state: an older version wrote it.
pub fn has_former_state(text: &str) -> Result<bool, Problem> {
    let document = toml(text)?;
    let root = TableReader::root(text, &document);
    let has = |(name, keys): &(&str, &[&str])| {
        let table = root.table(name).ok().flatten();
        table.is_some_and(|table| keys.iter().any(|key| table.item(key).is_some()))
    };
    Ok(FORMER_STATE.iter().any(has))
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

fn portal(table: &TableReader<'_>) -> Result<PortalWork, Problem> {
    let next = (table.text("next_key_path")?, table.text("next_kid")?);
    Ok(PortalWork {
        marker: table.text("marker")?,
        // A time that is not one tells nothing.
        done_at: table
            .texts("done_at")?
            .iter()
            .filter_map(|at| OffsetDateTime::parse(at, &Rfc3339).ok())
            .collect(),
        next_key: match next {
            (Some(path), Some(kid)) => Some(NextKey {
                path: PathBuf::from(path),
                kid,
            }),
            _ => None,
        },
        old_kid: table.text("old_kid")?,
    })
}

fn progress(table: &TableReader<'_>) -> Result<Progress, Problem> {
    let mut done = BTreeMap::new();
    if let Some(ticked) = table.table("done")? {
        for (key, item) in ticked.items() {
            // TOML reads an unquoted `customs.form = …` as a table `customs`: accept it too.
            if let toml_table::Value::Table(_) = item.value {
                let Some(inner) = ticked.table(key)? else { continue };
                for (name, item) in inner.items() {
                    done.insert(format!("{key}.{name}"), inner.date_time_of(name, item)?);
                }
            } else {
                done.insert(key.to_owned(), ticked.date_time_of(key, item)?);
            }
        }
    }
    Ok(Progress {
        step: table.text("step")?,
        at: table.text("at")?,
        done,
    })
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
    let mut document: DocumentMut = editable(over)?.into_mut();
    let root: &mut dyn TableLike = document.as_table_mut();
    put(root, "format", Some(Value::from(FORMAT)));
    let purpose = (profile.purpose != Purpose::default()).then(|| profile.purpose.id());
    put(root, "purpose", text(purpose));
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
            ("password_command", texts(&profile.password_command)),
            ("other_path", path(&profile.other_certificate)),
        ],
    );
    let PortalWork {
        marker,
        done_at,
        next_key,
        old_kid,
    } = &profile.portal;
    let next = next_key.as_ref();
    let done_at = done_at.iter().filter_map(|at| at.format(&Rfc3339).ok());
    let done_at: Vec<String> = done_at.collect();
    put_all(
        root,
        "portal",
        [
            ("marker", text(marker.as_deref())),
            ("done_at", texts(&done_at)),
            (
                "next_key_path",
                next.and_then(|next| text(Some(&next.path.to_string_lossy()))),
            ),
            ("next_kid", text(next.map(|next| next.kid.as_str()))),
            ("old_kid", text(old_kid.as_deref())),
        ],
    );
    let mut done = profile.progress.done.clone();
    done.remove(FILE_NOT_FOUND);
    put_done(root, &done);
    for (table, keys) in FORMER_STATE {
        remove_all(root, table, keys);
    }
    Ok(document.to_string())
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
