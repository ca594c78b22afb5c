//! Entry point of `klarert`: from the command line to an exit code. The work is in `klarert::command`.

use std::{alloc::System, env, ffi::OsString, io, process::ExitCode};

use klarert::{
    command::{self, Exit, command_error::CommandError, completions, startup, usage_error},
    console::{core_dumps, hang_up::StartTerminal},
    text::{Args, Texts},
};
use zeroizing_alloc::ZeroAlloc;

/// Wipes memory when it is freed: libraries for TLS, JSON and the terminal keep copies of secrets.
#[global_allocator]
static ALLOCATOR: ZeroAlloc<System> = ZeroAlloc(System);

fn main() -> ExitCode {
    core_dumps::disable();
    let terminal = StartTerminal::new();
    let line: Vec<OsString> = env::args_os().collect();
    if completions::complete(&line) {
        return ExitCode::SUCCESS;
    }
    let texts = startup::texts(&line);
    let cli = match startup::parse(&line, &texts) {
        Ok(cli) => cli,
        Err(error) => match usage_error::translate(&error, &line, &texts) {
            Some(usage) => return ExitCode::from(report(&usage.into(), &texts).code()),
            // `--help` and `--version` are errors to clap too, with the exit code 0.
            None => error.exit(),
        },
    };
    // Fails only if a provider has been installed before.
    let _ = jsonwebtoken::crypto::aws_lc::DEFAULT_PROVIDER.install_default();
    let exit = match startup::context(&cli, texts) {
        Ok(context) => {
            startup::warn_of_open_folders(&context);
            match command::run(&context, cli.command) {
                Ok(exit) => exit,
                // The error is that of a terminal that was closed.
                Err(_) if terminal.is_closed() => Exit::Interrupted,
                Err(error) => report(&error, &context.texts),
            }
        }
        Err(error) => report(&error.into(), &startup::texts(&line)),
    };
    ExitCode::from(exit.code())
}

/// Prints the error that ended a command, and returns its exit code.
fn report(error: &anyhow::Error, texts: &Texts) -> Exit {
    if let Some(error) = error.downcast_ref::<CommandError>() {
        command::eprint(&error.to_text(texts));
        return error.exit;
    }
    // `klarert list | head`: the reader has read enough.
    if error
        .downcast_ref::<io::Error>()
        .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
    {
        return Exit::Success;
    }
    command::eprint(&texts.with("command-error", &Args::new().with("what", format!("{error:#}"))));
    Exit::Unreadable
}
