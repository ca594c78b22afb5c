//! Core dumps, which would have the secrets of a crashed process.

/// Disables core dumps of this process. Errors are ignored: it runs without this protection too.
#[cfg(unix)]
pub fn disable() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

    // The hard limit stays: programs that are started, such as a browser, may have dumps of their own.
    let maximum = getrlimit(Resource::Core).maximum;
    let _ = setrlimit(
        Resource::Core,
        Rlimit {
            current: Some(0),
            maximum,
        },
    );
    // A dump that is piped to a program ignores the limit (core(5)). Other processes of the user may not read the memory.
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{DumpableBehavior, set_dumpable_behavior};
        let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    }
}

/// Does nothing. Windows Error Reporting keeps dumps only if an administrator has set it up.
#[cfg(not(unix))]
pub fn disable() {}
