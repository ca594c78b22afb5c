//! Completion for zsh.
//!
//! clap_complete's own script returns nothing when it is first loaded from a folder of completions, as a package installs
//! it. It also puts a space after `client-id=`.

use std::{
    ffi::OsString,
    io::{self, Write},
    path::Path,
};

use clap::Command;
use clap_complete::env::{self, EnvCompleter};

/// Completer for zsh.
#[derive(Debug)]
pub struct Zsh;

impl EnvCompleter for Zsh {
    fn name(&self) -> &'static str {
        env::Zsh.name()
    }

    fn is(&self, name: &str) -> bool {
        env::Zsh.is(name)
    }

    fn write_registration(
        &self,
        var: &str,
        name: &str,
        bin: &str,
        completer: &str,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        // When zsh loads the file from a folder of completions, the file is the body of the function's first call. When
        // the file is evaluated, it only registers the function.
        write!(
            out,
            r#"#compdef {bin}
_{name}() {{
    local -a line found closed open
    line=("${{(@Q)words}}")
    line[CURRENT]=${{(Q)PREFIX}}
    found=("${{(@f)$(
        _CLAP_COMPLETE_INDEX=$((CURRENT - 1)) _CLAP_IFS=$'\n' {var}=zsh {completer} -- "${{(@)line}}" 2>/dev/null
    )}}")
    [[ -n $found ]] || return 1
    open=("${{(@M)found:#[^:]##[=/](|:*)}}")
    closed=("${{(@)found:#[^:]##[=/](|:*)}}")
    (( $#open )) && _describe -V {name} open -S ''
    (( $#closed )) && _describe -V {name} closed
}}
if [[ $funcstack[1] == _{name} ]]; then _{name} "$@"; else compdef _{name} {bin}; fi
"#
        )
    }

    fn write_complete(
        &self,
        command: &mut Command,
        words: Vec<OsString>,
        folder: Option<&Path>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        env::Zsh.write_complete(command, words, folder, out)
    }
}
