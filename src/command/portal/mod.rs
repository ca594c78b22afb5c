//! `klarert portal`: Samarbeidsportalen by its API, with an administration client.
//!
//! [`administration`] finds the administration client, [`change`] shows what will be sent and what was done, [`setup`] keeps a
//! new administration client. The other files have a subcommand each.

mod administration;
mod change;
mod create;
mod keys;
mod lists;
mod open_list;
mod rotate;
mod scopes_add;
mod setup;

use clap::{Args, Subcommand};

use super::{Context, Exit};

/// Arguments of `klarert portal`.
#[derive(Debug, Args)]
pub struct PortalArgs {
    #[command(subcommand)]
    command: PortalCommand,
}

/// Subcommand of `klarert portal`. The order is that of `--help`.
#[derive(Debug, Subcommand)]
enum PortalCommand {
    Scopes(OpenListArgs),
    Setup(SetupArgs),
    Granted(ListArgs),
    Clients(ListArgs),
    Create(ChangeArgs),
    ScopesAdd(ChangeArgs),
    Key(KeyArgs),
}

/// Arguments of `klarert portal scopes`.
#[derive(Debug, Args)]
struct OpenListArgs {
    #[arg(long, value_name = "TEXT")]
    like: Option<String>,
    #[arg(long, value_name = "ID")]
    environment: Option<String>,
}

/// Arguments of `klarert portal setup`.
#[derive(Debug, Args)]
struct SetupArgs {
    #[arg(value_name = "NAME")]
    profile: String,
    #[arg(long, value_name = "ID")]
    client_id: String,
    #[arg(long, value_name = "FILE")]
    certificate: String,
    #[arg(long, value_name = "NUMBER")]
    organisation: Option<String>,
    #[arg(long, value_name = "ID")]
    environment: Option<String>,
    #[arg(long, value_name = "WORDS")]
    name: Option<String>,
    #[arg(long, value_name = "ID")]
    kid: Option<String>,
    #[arg(long, value_name = "FILE")]
    key_file: Option<String>,
    #[arg(long)]
    password_stdin: bool,
}

/// The administration client to use.
#[derive(Debug, Args)]
struct AdministrationArgs {
    #[arg(long, value_name = "NAME")]
    admin: Option<String>,
    #[arg(long)]
    password_stdin: bool,
}

/// Arguments of `klarert portal granted` and `klarert portal clients`.
#[derive(Debug, Args)]
struct ListArgs {
    #[command(flatten)]
    administration: AdministrationArgs,
    #[arg(long, value_name = "ID")]
    environment: Option<String>,
}

/// Arguments of the commands that change a client.
#[derive(Debug, Args)]
struct ChangeArgs {
    #[arg(value_name = "PROFILE")]
    profile: String,
    #[arg(long)]
    dry_run: bool,
    #[arg(long)]
    yes: bool,
    #[command(flatten)]
    administration: AdministrationArgs,
}

/// Arguments of `klarert portal key`.
#[derive(Debug, Args)]
struct KeyArgs {
    #[command(flatten)]
    change: ChangeArgs,
    #[arg(long)]
    rotate: bool,
}

/// Runs a subcommand.
pub fn run(context: &Context, args: &PortalArgs) -> anyhow::Result<Exit> {
    match &args.command {
        PortalCommand::Scopes(args) => open_list::run(context, args),
        PortalCommand::Setup(args) => setup::run(context, args),
        PortalCommand::Granted(args) => lists::granted(context, args),
        PortalCommand::Clients(args) => lists::clients(context, args),
        PortalCommand::Create(args) => create::run(context, args),
        PortalCommand::ScopesAdd(args) => scopes_add::run(context, args),
        PortalCommand::Key(args) if args.rotate => rotate::run(context, &args.change),
        PortalCommand::Key(args) => keys::run(context, &args.change),
    }
}
