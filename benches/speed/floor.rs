//! CPU time, and what it is compared with.

use std::{
    fs,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use aws_lc_rs::{
    rand::SystemRandom,
    rsa::{KeyPair, KeySize},
    signature::RSA_PKCS1_SHA256,
};

/// Signatures that are measured.
const SIGNATURES: u32 = 200;
/// `times` and `/proc` count in these.
const TICKS_PER_S: u64 = 100;

/// Returns the CPU time of one of `runs` child processes that `run` starts and waits for.
pub fn children(runs: u32, mut run: impl FnMut()) -> Duration {
    let start = Instant::now();
    let before = children_cpu();
    (0..runs).for_each(|_| run());
    let time = match (before, children_cpu()) {
        (Some(before), Some(after)) => after - before,
        _ => start.elapsed(),
    };
    time / runs
}

/// Returns the CPU time that this thread spends in `work`.
pub fn own<T>(work: impl FnOnce() -> T) -> Duration {
    let (start, before) = (Instant::now(), own_cpu());
    work();
    match (before, own_cpu()) {
        (Some(before), Some(after)) => after - before,
        _ => start.elapsed(),
    }
}

/// Returns the CPU time of a signature with RSA-2048.
pub fn signature() -> Duration {
    let key = KeyPair::generate(KeySize::Rsa2048).expect("generate a key");
    let mut signature = vec![0; key.public_modulus_len()];
    let mut sign = || key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), b"grant", &mut signature);
    sign().expect("sign");
    own(|| (0..SIGNATURES).for_each(|_| sign().expect("sign"))) / SIGNATURES
}

/// Runs a command without output.
pub fn succeed(command: &mut Command) {
    let status = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    assert!(status.is_ok_and(|status| status.success()), "{command:?}");
}

/// Returns the CPU time of the children that were waited for: `cutime` and `cstime` (proc_pid_stat(5)).
fn children_cpu() -> Option<Duration> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The second field is the name, in parentheses.
    let (_, fields) = stat.rsplit_once(')')?;
    let fields = fields.split_whitespace().skip(13).take(2);
    let ticks: u64 = fields.filter_map(|ticks| ticks.parse::<u64>().ok()).sum();
    Some(Duration::from_millis(ticks * 1000 / TICKS_PER_S))
}

/// Returns the CPU time of this thread.
fn own_cpu() -> Option<Duration> {
    let stat = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(Duration::from_nanos(stat.split(' ').next()?.parse().ok()?))
}
