//! `klarert portal granted` and `klarert portal clients`: what has been granted to the organisation, and its clients.

use serde_json::{Value, json};

use super::{ListArgs, administration::Single, change::add_diagnosis};
use crate::{
    command::{Context, Exit, check::exit_of_diagnosis, eprint, json::FORMAT, print, print_styled, renderer::Renderer},
    portal::{Portal, PortalError},
    profile::parse::ProfileName,
    text::visible,
};

/// A row of a list: for programs and for people.
struct Row {
    object: Value,
    cells: Vec<String>,
}

/// Prints the scopes that the organisation has asked for, with the state of each.
pub fn granted(context: &Context, args: &ListArgs) -> anyhow::Result<Exit> {
    let texts = &context.texts;
    list(context, args, "portal-none-granted", |portal| {
        let grants = portal.grants()?.into_iter();
        let rows = grants.map(|grant| {
            let state = match grant.state.as_str() {
                "APPROVED" => texts.get("portal-state-approved"),
                "REQUESTED" => texts.get("portal-state-requested"),
                "DENIED" | "REJECTED" => texts.get("portal-state-denied"),
                other => visible(other),
            };
            Row {
                object: json!({
                    "scope": grant.scope,
                    "granted": grant.is_approved(),
                    "state": grant.state,
                    "updated": grant.updated,
                }),
                cells: vec![visible(&grant.scope), state],
            }
        });
        Ok(rows.collect())
    })
}

/// Prints the clients of the organisation, each with the profile that uses it.
pub fn clients(context: &Context, args: &ListArgs) -> anyhow::Result<Exit> {
    let profiles = own_clients(context);
    list(context, args, "portal-no-clients", |portal| {
        let environment = portal.subject().environment.id.clone();
        let clients = portal.clients()?.into_iter();
        let rows = clients.map(|client| {
            let client = client.client;
            let user = profiles
                .iter()
                .find(|(_, of, id)| *of == environment && *id == client.id);
            let user = user.map(|(name, ..)| name.to_string());
            let cells = vec![
                visible(&client.id),
                user.clone().unwrap_or_default(),
                visible(&client.name),
                visible(&client.scopes.join(" ")),
            ];
            Row {
                object: json!({
                    "client_id": client.id,
                    "name": client.name,
                    "description": client.description,
                    "scopes": client.scopes,
                    "profile": user,
                }),
                cells,
            }
        });
        Ok(rows.collect())
    })
}

/// Returns the environments and client ids of the profiles that can be read.
fn own_clients(context: &Context) -> Vec<(ProfileName, String, String)> {
    let listed = context.store().list().unwrap_or_default().into_iter();
    let own = listed.filter_map(|listed| {
        let profile = listed.profile.ok()?;
        Some((listed.name, profile.environment, profile.client.id?))
    });
    own.collect()
}

fn list(
    context: &Context,
    args: &ListArgs,
    none: &str,
    read: impl FnOnce(&mut Portal) -> Result<Vec<Row>, PortalError>,
) -> anyhow::Result<Exit> {
    let Some(single) = Single::select(context, &args.administration, args.environment.as_deref())? else {
        return Ok(Exit::Interrupted);
    };
    let admin = &single.admin;
    let about = |object: &mut Value| {
        object["format"] = json!(FORMAT);
        object["environment"] = json!(admin.profile.environment);
        object["admin"] = json!(admin.name);
    };
    let rows = match read(&mut single.portal(context)?) {
        Ok(rows) => rows,
        Err(error) => {
            let diagnosis = &error.diagnosis;
            if context.json {
                let mut object = json!({ "outcome": "failed" });
                about(&mut object);
                add_diagnosis(&mut object, context, diagnosis);
                print(&format!("{object}\n"))?;
            }
            eprint(Renderer::plain(context).diagnosis(diagnosis).trim_end());
            let missing = admin.missing_input(context, diagnosis);
            missing.iter().for_each(|missing| eprint(missing));
            return Ok(exit_of_diagnosis(diagnosis));
        }
    };
    if rows.is_empty() && !context.json {
        eprint(&context.texts.get(none));
    }
    if context.json {
        for mut row in rows {
            about(&mut row.object);
            print(&format!("{}\n", row.object))?;
        }
        return Ok(Exit::Success);
    }
    let cells: Vec<Vec<String>> = rows.into_iter().map(|row| row.cells).collect();
    print_styled(&Renderer::new(context).table(&cells))?;
    Ok(Exit::Success)
}
