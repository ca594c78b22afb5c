//! Signals and closed terminals at every view and prompt: the program ends at once, with the promised exit code, and leaves
//! the terminal as it was.
//!
//! `KLARERT_ENDINGS=500 cargo test --test it -- hostile::endings --nocapture` ends that many programs at random moments.

use std::{
    env, fs,
    net::TcpListener,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use klarert::{
    profile::{Authentication, Kind, Profile},
    text::Language,
};

use crate::support::{
    home::{Home, fixture},
    stubs::NOW,
    terminal::{CTRL_C, ENTER, Terminal},
    texts::{english, english_with},
};

/// The promise is a second. Tests run beside others.
const LIMIT: Duration = Duration::from_secs(10);
const INTERRUPTED: u32 = 130;

/// The way in which a program is ended.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Ending {
    Signal(&'static str),
    /// The terminal is closed, which sends SIGHUP.
    Closed,
    /// The terminal is closed while SIGHUP is ignored, as under `nohup`.
    ClosedSilently,
    /// Ctrl-C is pressed, which is no signal while the terminal is drawn on or a password is typed.
    Pressed,
}

const ENDINGS: [Ending; 6] = [
    Ending::Signal("TERM"),
    Ending::Signal("INT"),
    Ending::Signal("HUP"),
    Ending::Closed,
    Ending::ClosedSilently,
    Ending::Pressed,
];

/// A view or prompt: the arguments, the keys that lead to it, and a text that it shows.
struct Place {
    name: &'static str,
    arguments: &'static [&'static str],
    keys: &'static [&'static str],
    shows: String,
}

fn places() -> Vec<Place> {
    let place = |name, arguments, keys, shows| Place {
        name,
        arguments,
        keys,
        shows,
    };
    let locked = |id| english_with(id, &[("file", "openssl-3.p12"), ("profile", "locked")]);
    let file = env!("CARGO_MANIFEST_DIR");
    let certificate: &'static str = format!("{file}/tests/fixtures/openssl-3.p12").leak();
    let certificate: &'static [&'static str] = vec!["certificate", certificate].leak();
    vec![
        place("profile list", &[], &[], english("profile-list-title")),
        place("naming", &["new"], &[], english("naming-title")),
        place("form", &["resume", "form"], &[], english("does-quit")),
        place("help", &["resume", "form"], &["?"], english("help-title")),
        place("checklist", &["resume", "customs"], &[], english("step-customs")),
        place(
            "password",
            &["resume", "locked"],
            &[ENTER, ENTER, ENTER, "p"],
            english("does-unlock"),
        ),
        place("running check", &["resume", "stuck"], &[ENTER], english("does-cancel")),
        place("plain list", &["--plain"], &[], english("profile-list-new")),
        place("plain naming", &["new", "--plain"], &[], english("naming-label")),
        place("plain form", &["resume", "form", "--plain"], &[], english("option-yes")),
        place(
            "plain password",
            &["resume", "locked", "--plain"],
            &[ENTER, ENTER, ENTER],
            locked("plain-password"),
        ),
        place(
            "plain check",
            &["resume", "stuck", "--plain"],
            &[ENTER],
            english("reading-underway"),
        ),
        place("certificate", certificate, &[], locked("certificate-ask-password")),
        place("check", &["check", "locked"], &[], locked("password-ask")),
        place(
            "check without a prompt",
            &["check", "stuck"],
            &[],
            english("stage-name-network"),
        ),
        place("token", &["token", "locked"], &[], locked("password-ask")),
    ]
}

/// Returns a home with a profile at each of the views, and a server that never answers.
fn home() -> (Home, TcpListener) {
    let home = Home::new();
    // Connections are accepted by the system, and no byte is ever read.
    let server = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = server.local_addr().unwrap();
    fs::write(
        home.path().join("config.toml"),
        format!("[environments.lab]\nissuer = \"http://{address}/\"\ncustoms = \"http://{address}\"\n"),
    )
    .unwrap();
    let profile = |step: &str, path, authentication| {
        let mut profile = Profile::new("lab", NOW);
        profile.business.kind = Some(Kind::Norwegian);
        profile.business.name = Some("Acme AS".to_owned());
        profile.business.organisation = Some("123456785".to_owned());
        profile.business.services = vec!["road".to_owned()];
        profile.client.id = Some("3f1c2a9e-8d14-4f0b-9c55-0a1b2c3d4e5f".to_owned());
        profile.client.scopes = vec!["toll:movement/road/v2".to_owned()];
        profile.client.kid = Some("demo-key".to_owned());
        profile.client.authentication = authentication;
        profile.certificate.path = Some(fixture(path));
        profile.progress.step = Some(step.to_owned());
        profile
    };
    let certificate = Authentication::Certificate;
    home.save("form", &profile("business", "openssl-3.p12", certificate));
    home.save("customs", &profile("customs", "openssl-3.p12", certificate));
    home.save("locked", &profile("credentials", "openssl-3.p12", certificate));
    home.save("stuck", &profile("check", "key-pkcs8.pem", Authentication::Key));
    (home, server)
}

fn start(home: &Home, place: &Place, ending: Ending) -> Terminal {
    match ending {
        Ending::ClosedSilently => Terminal::klarert_without_hangup(home, Language::English, place.arguments),
        Ending::Signal(_) | Ending::Closed | Ending::Pressed => {
            Terminal::klarert(home, Language::English, place.arguments)
        }
    }
}

/// Ends the program and returns the exit code and the time that it took. Panics if it does not end, or if its terminal is
/// not restored.
fn end(mut program: Terminal, ending: Ending, what: &str) -> (u32, Duration) {
    let started = Instant::now();
    match ending {
        Ending::Signal(name) => program.signal(name),
        Ending::Closed | Ending::ClosedSilently => program.close(),
        Ending::Pressed => program.press(CTRL_C),
    }
    let status = program.ends_within(LIMIT);
    let took = started.elapsed();
    let Some(status) = status else {
        panic!("{what}, {ending:?}: still running");
    };
    if matches!(ending, Ending::Signal(_) | Ending::Pressed) {
        program.see_restored();
    }
    let by_signal = status.signal().is_some();
    (if by_signal { 0 } else { status.exit_code() }, took)
}

/// Runs the cases on several threads and returns the longest time that an end took.
fn in_parallel(count: usize, case: impl Fn(usize) -> Duration + Sync) -> Duration {
    let (next, longest) = (AtomicUsize::new(0), Mutex::new(Duration::ZERO));
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::SeqCst);
                    if at >= count {
                        return;
                    }
                    let took = case(at);
                    let mut longest = longest.lock().unwrap();
                    *longest = took.max(*longest);
                }
            });
        }
    });
    longest.into_inner().unwrap()
}

#[test]
fn every_view_and_prompt_ends_at_once() {
    let (places, (home, _server)) = (places(), home());
    // Every place with three endings, every ending at half of the places.
    in_parallel(3 * places.len(), |at| {
        let place = &places[at % places.len()];
        let ending = ENDINGS[(at + at / places.len()) % ENDINGS.len()];
        let mut program = start(&home, place, ending);
        for key in place.keys {
            let before = program.raw().len();
            program.until_more_than(0);
            program.press(key);
            program.until_more_than(before);
        }
        program.see(&place.shows);
        let (code, took) = end(program, ending, place.name);
        assert_eq!(code, INTERRUPTED, "{}, {ending:?}", place.name);
        took
    });
}

/// Ends programs at random moments, also while they start. Then a signal may end them by its default action.
#[test]
fn programs_end_at_random_moments() {
    let number = |name: &str, otherwise| {
        let value = env::var(name).ok().and_then(|value| value.parse().ok());
        value.unwrap_or(otherwise)
    };
    let (count, seed) = (number("KLARERT_ENDINGS", 16), number("KLARERT_SEED", 1));
    let (places, (home, _server)) = (places(), home());
    let plain_only = env::var_os("KLARERT_PLAIN").is_some();
    let places: Vec<Place> = places
        .into_iter()
        .filter(|place| !plain_only || place.name.starts_with("plain"))
        .collect();
    let codes = Mutex::new(std::collections::BTreeMap::<u32, usize>::new());
    let longest = in_parallel(count, |at| {
        let random = scrambled(seed * 1_000_003 + at);
        let place = &places[random % places.len()];
        let ending = match plain_only {
            true => ENDINGS[3 + random / 64 % 2],
            false => ENDINGS[random / 64 % ENDINGS.len()],
        };
        let mut program = start(&home, place, ending);
        for key in place.keys {
            thread::sleep(Duration::from_millis((random / 4096 % 100) as u64));
            program.press(key);
        }
        // The moment is what the test is about.
        thread::sleep(Duration::from_millis((random / 65536 % 600) as u64));
        let (code, took) = end(program, ending, place.name);
        assert!(
            code == INTERRUPTED || code == 0,
            "{}, {ending:?}: exit code {code}",
            place.name
        );
        *codes.lock().unwrap().entry(code).or_default() += 1;
        took
    });
    println!(
        "{count} programs ended, the slowest after {longest:?}; exit codes (0: by the signal): {:?}",
        codes.into_inner().unwrap()
    );
}

/// Returns a number that looks random (the finaliser of SplitMix64).
fn scrambled(number: usize) -> usize {
    let mut mixed = number as u64;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (mixed ^ (mixed >> 31)) as usize >> 1
}
