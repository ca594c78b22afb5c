//! Arguments to exit code. What runs in between is in `klarert::command`.

use std::{env, ffi::OsString, io, process::ExitCode};

use klarert::{
    command::{self, Exit, command_error::CommandError, completions, startup, usage_error},
    text::{Args, Texts},
};

fn main() -> ExitCode {
    let line: Vec<OsString> = env::args_os().collect();
    if completions::answered(&line) {
        return ExitCode::SUCCESS;
    }
    let texts = startup::texts(&line);
    let arguments = match startup::arguments(&line, &texts) {
        Ok(arguments) => arguments,
        Err(said) => match usage_error::failure(&said, &line, &texts) {
            Some(failure) => return ExitCode::from(explain(&failure.into(), &texts).code()),
            // Help and the version come this way too, with an exit code of 0.
            None => said.exit(),
        },
    };
    // Fails only when it has been done before.
    let _ = jsonwebtoken::crypto::aws_lc::DEFAULT_PROVIDER.install_default();
    let exit = match startup::context(&arguments, texts) {
        Ok(context) => command::run(&context, arguments).unwrap_or_else(|error| explain(&error, &context.texts)),
        Err(failure) => explain(&failure.into(), &startup::texts(&line)),
    };
    ExitCode::from(exit.code())
}

/// Says what stopped a command.
fn explain(error: &anyhow::Error, texts: &Texts) -> Exit {
    if let Some(failure) = error.downcast_ref::<CommandError>() {
        command::tell(&failure.lines(texts));
        return failure.exit;
    }
    // `klarert list | head`: whoever read has read enough.
    if error
        .downcast_ref::<io::Error>()
        .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
    {
        return Exit::Success;
    }
    command::tell(&texts.with("command-error", &Args::new().with("what", format!("{error:#}"))));
    Exit::Unreadable
}
