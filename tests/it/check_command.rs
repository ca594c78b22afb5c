//! `klarert check` and `klarert token`, against the sandbox and against servers that misbehave.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    process::Output,
    sync::LazyLock,
    thread,
};

use klarert::{
    profile::{Authentication, CheckOutcome, FILE_NOT_FOUND, Kind, Profile},
    sandbox::{Options, Sandbox},
};
use serde_json::Value;

use crate::support::{
    home::{Home, exit_code, shared_demonstration, stderr, stdout},
    service::closed_port,
    stubs::NOW,
    texts::{english, english_with},
};

const STAGES: [&str; 7] = ["profile", "certificate", "network", "clock", "token", "customs", "api"];

/// A sandbox for all tests of this file. It is configured as an environment like any other, so the program does not know
/// the password of its certificates.
pub static LAB: LazyLock<Sandbox> =
    LazyLock::new(|| Sandbox::start(shared_demonstration(), Options::default()).unwrap());

/// Returns a home with the environments `lab` and, if there is one, `other`.
pub fn lab_home(other: Option<&str>) -> Home {
    let home = Home::with_sandbox();
    let lab = LAB.environment();
    let mut config = format!(
        "[environments.lab]\nissuer = \"{}\"\ncustoms = \"{}\"\nself_service = \"{}\"\n",
        lab.issuer,
        lab.customs.unwrap(),
        lab.self_service.unwrap()
    );
    if let Some(issuer) = other {
        config += &format!("[environments.other]\nissuer = \"{issuer}\"\n");
    }
    fs::write(home.path().join("config.toml"), config).unwrap();
    home
}

/// Saves a profile of the demonstration's Norwegian business, for an environment.
pub fn save(home: &Home, name: &str, environment: &str, change: impl FnOnce(&mut Profile)) {
    let business = &LAB.demonstration().norwegian;
    let mut profile = Profile::new(environment, NOW);
    profile.business.kind = Some(Kind::Norwegian);
    profile.business.name = Some(business.name.clone());
    profile.business.organisation = Some(business.organisation.clone());
    profile.business.services = vec!["road".to_owned()];
    profile.client.id = Some(business.client_id.clone());
    profile.certificate.path = Some(business.certificate.clone());
    profile.set_scopes(&[]);
    change(&mut profile);
    home.save(name, &profile);
}

fn objects(output: &Output) -> Vec<Value> {
    stdout(output)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// Returns the object of a profile.
fn of<'a>(objects: &'a [Value], profile: &str) -> &'a Value {
    objects.iter().find(|object| object["profile"] == profile).unwrap()
}

pub fn password() -> &'static str {
    &LAB.demonstration().password
}

#[test]
fn the_sandbox_passes_every_stage_and_saves_nothing() {
    let home = lab_home(None);
    let output = home.run(&["check", "--sandbox"]);
    assert_eq!(exit_code(&output), 0, "{}", stderr(&output));
    let lines: Vec<String> = stdout(&output).lines().map(str::to_owned).collect();
    let passed = format!(": {}", english("outcome-passed"));
    assert_eq!(
        lines.iter().filter(|line| line.contains(&passed)).count(),
        7,
        "{lines:?}"
    );
    assert!(lines[6].contains("200"), "{}", lines[6]);

    let output = home.run(&["--sandbox", "check", "--json"]);
    assert_eq!(exit_code(&output), 0, "{}", stderr(&output));
    let object = &objects(&output)[0];
    assert_eq!(
        (&object["profile"], &object["outcome"]),
        (&"sandbox".into(), &"passed".into())
    );
    let stages = object["stages"].as_array().unwrap();
    assert!(stages.iter().map(|stage| &stage["id"]).eq(STAGES.iter()));
    assert!(
        stages
            .iter()
            .all(|stage| stage["outcome"] == "passed" && stage["ms"].is_number())
    );
    assert!(!stdout(&output).contains("eyJ"), "the output has no token");
    assert!(
        !home.path().join("profiles").exists(),
        "the sandbox's profile is not saved"
    );
}

#[test]
fn every_chosen_service_is_in_the_json() {
    let home = lab_home(None);
    save(&home, "acme", "lab", |profile| {
        profile.business.services = ["road", "rail", "entry", "documents"].map(str::to_owned).to_vec();
        profile.set_scopes(&[]);
    });
    let output = home.run_with(&["check", "acme", "--json"], &[("KLARERT_PASSWORD", password())]);
    assert_eq!(exit_code(&output), 0, "{}", stdout(&output));
    let services = &objects(&output)[0]["stages"][6]["facts"]["services"];
    let services: Vec<_> = services.as_array().unwrap().iter().collect();
    let outcomes: Vec<_> = services
        .iter()
        .map(|service| (service["id"].as_str().unwrap(), service["outcome"].as_str().unwrap()))
        .collect();
    assert_eq!(
        outcomes,
        [
            ("road", "answered"),
            ("rail", "token-accepted"),
            ("entry", "token-accepted"),
            ("documents", "not-tried")
        ]
    );
    assert!(services[..3].iter().all(|service| service["call"].is_string()));
}

#[test]
fn a_mistyped_scope_is_found_in_the_open_list_and_the_hint_names_its_field() {
    let home = lab_home(None);
    save(&home, "acme", "lab", |profile| {
        profile.set_scopes(&["toll:movment/air".to_owned()]);
    });
    let given = [("KLARERT_PASSWORD", password())];
    let output = home.run_with(&["check", "acme", "--json"], &given);
    let diagnosis = &objects(&output)[0]["diagnosis"];
    assert_eq!(
        (&diagnosis["id"], &diagnosis["fix_at"]),
        (&"scope-not-on-client".into(), &"own-scopes".into())
    );
    assert!(diagnosis["cause"].as_str().unwrap().contains("toll:movement/air"));
    let output = home.run_with(&["check", "acme"], &given);
    assert!(
        stderr(&output).contains(&english("field-own-scopes")),
        "{}",
        stderr(&output)
    );
}

#[test]
fn the_exit_code_is_that_of_the_worst_profile() {
    let home = lab_home(Some(&format!("http://{}/", closed_port())));
    let given = [("KLARERT_PASSWORD", password())];
    save(&home, "good", "lab", |_| {});
    assert_eq!(exit_code(&home.run_with(&["check", "--all"], &given)), 0);

    save(&home, "offline", "other", |_| {});
    let output = home.run_with(&["check", "--all", "--json"], &given);
    assert_eq!(exit_code(&output), 4, "{}", stdout(&output));
    assert_eq!(
        of(&objects(&output), "offline")["diagnosis"]["id"],
        "connection-refused"
    );

    save(&home, "stranger", "lab", |profile| {
        profile.client.id = Some("not-a-client".into())
    });
    let output = home.run_with(&["check", "--all", "--json", "--jobs", "1"], &given);
    assert_eq!(exit_code(&output), 4, "unreachable is more severe than a failed check");
    let all = objects(&output);
    assert!(
        all.iter()
            .map(|object| &object["profile"])
            .eq(["good", "offline", "stranger"])
    );
    let diagnosis = &of(&all, "stranger")["diagnosis"];
    assert_eq!(
        (&diagnosis["code"], &diagnosis["stage"], &diagnosis["who"]),
        (&"MP-100".into(), &"token".into(), &"you".into())
    );
    assert!(diagnosis["trace_id"].is_string() && diagnosis["received"]["status"].is_number());

    fs::write(home.profile("broken"), "environment = hemmelig\n").unwrap();
    let output = home.run_with(&["check", "--all", "--json"], &given);
    assert_eq!(exit_code(&output), 3);
    let all = objects(&output);
    assert_eq!(all.len(), 4, "the others are checked nevertheless");
    assert_eq!(of(&all, "good")["outcome"], "passed");
    let broken = of(&all, "broken");
    let file = home.profile("broken").display().to_string();
    let place = [("path", &*file), ("line", "1"), ("column", "15"), ("problem", "")];
    let malformed = english_with("store-malformed", &place);
    assert_eq!(broken["stages"][0]["outcome"], "failed");
    assert!(broken["error"]["text"].as_str().unwrap().contains(&malformed));
    assert!(!stderr(&output).contains("hemmelig"));

    let output = home.run_with(&["check", "good", "stranger", "good"], &given);
    assert_eq!(exit_code(&output), 1);
    assert_eq!(stdout(&output).lines().count(), 2, "{}", stdout(&output));
    assert!(
        stderr(&output).contains(&english_with("check-sum", &[("passed", "1"), ("all", "2")])),
        "{}",
        stderr(&output)
    );
}

#[test]
fn the_outcome_is_saved_and_the_profile_file_is_unchanged() {
    let home = lab_home(None);
    save(&home, "acme", "lab", |profile| {
        profile.client.id = Some("not-a-client".into())
    });
    let file = home.profile("acme");
    let before = format!(
        "# ours\n{}\n[theirs]\nkept = true\n",
        fs::read_to_string(&file).unwrap()
    );
    fs::write(&file, &before).unwrap();
    let given = [("KLARERT_PASSWORD", password())];
    // A single profile need not be named.
    let output = home.run_with(&["check"], &given);
    assert_eq!(exit_code(&output), 1);
    let shown = stdout(&output);
    let failed = format!("{}: {}", english("stage-name-token"), english("outcome-failed"));
    assert!(shown.contains(&failed) && shown.contains("(MP-100)"), "{shown}");
    let trace = english_with("report-trace", &[("trace", "")]);
    assert!(
        shown.contains("\n- ") && shown.contains(&format!("\n{trace}")),
        "{shown}"
    );
    assert!(
        stderr(&output).contains("klarert set acme client-id=…"),
        "{}",
        stderr(&output)
    );

    let last = home.load("acme").last_check.unwrap();
    assert_eq!(
        (last.outcome, last.stopped_at.as_deref(), last.code.as_deref()),
        (CheckOutcome::Failed, Some("token"), Some("MP-100"))
    );
    assert!(home.load("acme").certificate_ends.is_some());
    assert_eq!(fs::read_to_string(&file).unwrap(), before, "the answers are unchanged");
}

#[test]
fn ends_within_fails_a_check_that_passed() {
    let home = lab_home(None);
    save(&home, "acme", "lab", |_| {});
    let given = [("KLARERT_PASSWORD", password())];
    let checked = |within: &[&str]| {
        let output = home.run_with(&[&["check", "acme"], within].concat(), &given);
        let passed = format!("{}: {}", english("stage-name-api"), english("outcome-passed"));
        assert!(stdout(&output).contains(&passed), "{}", stdout(&output));
        output
    };
    assert_eq!(exit_code(&checked(&[])), 0);
    let left = (home.load("acme").certificate_ends.unwrap() - time::OffsetDateTime::now_utc()).whole_days();
    assert_eq!(exit_code(&checked(&["--ends-within", &(left - 1).to_string()])), 0);
    let ends = checked(&["--ends-within", &(left + 1).to_string()]);
    assert_eq!(exit_code(&ends), 1);
    assert!(stderr(&ends).contains("--ends-within"), "{}", stderr(&ends));

    let key = &LAB.demonstration().key;
    fs::remove_file(home.profile("acme")).unwrap();
    save(&home, "acme", "lab", |profile| {
        profile.client.authentication = klarert::profile::Authentication::Key;
        profile.client.id = Some(key.client_id.clone());
        profile.client.kid = Some(key.kid.clone());
        profile.certificate.path = Some(key.file.clone());
    });
    assert_eq!(exit_code(&checked(&[])), 0);
    let unknown = checked(&["--ends-within", "1"]);
    assert_eq!(exit_code(&unknown), 1, "an unknown expiry is no all-clear");
    assert!(stderr(&unknown).contains("key-registered"), "{}", stderr(&unknown));
}

#[test]
fn quiet_prints_failures_only() {
    let home = lab_home(None);
    save(&home, "good", "lab", |_| {});
    save(&home, "stranger", "lab", |profile| {
        profile.client.id = Some("not-a-client".into())
    });
    let given = [("KLARERT_PASSWORD", password())];
    let run = |args: &[&str]| {
        let output = home.run_with(&[&["check", "--quiet"], args].concat(), &given);
        (exit_code(&output), stdout(&output), stderr(&output))
    };
    assert_eq!(run(&["good"]), (0, String::new(), String::new()));
    assert_eq!(run(&["good", "good"]), (0, String::new(), String::new()));
    assert!(home.load("good").last_check.is_some(), "the result is saved");

    let (exit, out, err) = run(&["stranger"]);
    assert_eq!(exit, 1);
    assert!(out.contains("(MP-100)") && !out.contains(": passed"), "{out}");
    assert!(err.contains("klarert set stranger client-id=…"), "{err}");
    let (exit, out, err) = run(&["--all"]);
    assert_eq!((exit, out.lines().count()), (1, 1), "{out}");
    assert!(out.starts_with("stranger ") && err.contains("1 of 2"), "{out}{err}");
    assert_eq!(run(&["good", "--json"]).0, 2);
}

#[test]
fn a_change_during_the_check_is_kept() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let home = lab_home(Some(&format!("http://{}/", listener.local_addr().unwrap())));
    save(&home, "acme", "other", |_| {});
    let file = home.profile("acme");
    let editor = thread::spawn(move || {
        let (mut connection, _) = listener.accept().unwrap();
        read_request(&connection);
        let changed = fs::read_to_string(&file)
            .unwrap()
            .replace("Demo Spedisjon AS", "Demo Spedisjon Nord AS");
        fs::write(&file, changed).unwrap();
        connection
            .write_all(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
            .unwrap();
    });
    let output = home.run_with(&["check", "acme"], &[("KLARERT_PASSWORD", password())]);
    editor.join().unwrap();
    assert_eq!(exit_code(&output), 4, "{}", stdout(&output));
    let profile = home.load("acme");
    assert_eq!(profile.business.name.as_deref(), Some("Demo Spedisjon Nord AS"));
    assert_eq!(profile.last_check.unwrap().code.as_deref(), Some("metadata-differs"));
}

fn read_request(connection: &TcpStream) {
    let lines = BufReader::new(connection).lines();
    lines
        .map_while(Result::ok)
        .take_while(|line| !line.is_empty())
        .for_each(drop);
}

#[test]
fn the_password_variable_of_the_profile_comes_first() {
    let home = lab_home(None);
    save(&home, "acme-2", "lab", |_| {});
    for (variables, expected, id) in [
        (&[("KLARERT_PASSWORD", password())][..], 0, None),
        (
            &[("KLARERT_PASSWORD", "wrong"), ("KLARERT_PASSWORD_ACME_2", password())],
            0,
            None,
        ),
        (&[("KLARERT_PASSWORD", "wrong")], 3, Some("wrong-password")),
        (&[], 3, Some("password-needed")),
    ] {
        let output = home.run_with(&["check", "acme-2", "--json"], variables);
        assert_eq!(exit_code(&output), expected, "{variables:?}: {}", stdout(&output));
        let object = &objects(&output)[0];
        assert_eq!(object["diagnosis"]["findings"][0].as_str(), id);
        let named = stderr(&output).contains("KLARERT_PASSWORD_ACME_2") && stderr(&output).contains("--password-stdin");
        assert_eq!(named, id == Some("password-needed"), "{}", stderr(&output));
        let is_unusable = home.load("acme-2").is_certificate_unusable();
        assert!(!is_unusable, "what was not unlocked is not known to be unusable");
    }
}

#[test]
fn missing_certificate_file_is_recorded_as_missing_until_it_is_found() {
    let home = lab_home(None);
    save(&home, "acme", "lab", |_| {});
    let file = home.load("acme").certificate.path.unwrap();
    let own = home.path().join("own.p12");
    save(&home, "own", "lab", |profile| {
        profile.certificate.path = Some(own.clone())
    });
    let check = || {
        let output = home.run_with(&["check", "own"], &[("KLARERT_PASSWORD", password())]);
        let profile = home.load("own");
        let is_missing = profile.progress.done.contains_key(FILE_NOT_FOUND);
        (exit_code(&output), is_missing, profile.is_certificate_unusable())
    };
    assert_eq!(check(), (3, true, false));
    fs::copy(file, &own).unwrap();
    assert_eq!(check(), (0, false, false));
}

#[test]
fn passwords_on_standard_input_are_used_in_order() {
    let home = lab_home(None);
    // Another file is another certificate to whatever asks for passwords.
    let second = home.path().join("second.p12");
    fs::copy(&LAB.demonstration().norwegian.certificate, &second).unwrap();
    save(&home, "a", "lab", |_| {});
    // A registered key, in a file without a password.
    save(&home, "b", "lab", |profile| {
        let key = &LAB.demonstration().key;
        profile.client.authentication = Authentication::Key;
        profile.client.kid = Some(key.kid.clone());
        profile.client.id = Some(key.client_id.clone());
        profile.certificate.path = Some(key.file.clone());
    });
    save(&home, "c", "lab", |_| {});
    save(&home, "d", "lab", |profile| profile.certificate.path = Some(second));

    let right = password();
    for (typed, failed) in [
        (format!("{right}\n{right}\n"), &[][..]),
        (format!("{right}\r\n{right}"), &[]),
        (format!("{right}\nwrong\n"), &["d"]),
        (format!("wrong\n{right}\n"), &["a", "c"]),
        (format!("{right}\n"), &["d"]),
        (String::new(), &["a", "c", "d"]),
    ] {
        let output = home.run_piped(&["check", "--all", "--password-stdin", "--json"], &[], &typed);
        let mut found: Vec<String> = objects(&output)
            .iter()
            .filter(|object| object["outcome"] != "passed")
            .map(|object| object["profile"].as_str().unwrap().to_owned())
            .collect();
        found.sort();
        assert_eq!(found, failed, "{typed:?}: {}", stdout(&output));
        assert_eq!(exit_code(&output), if failed.is_empty() { 0 } else { 3 });
        assert!(!stdout(&output).contains(right) && !stderr(&output).contains(right));
    }
}

#[cfg(unix)]
#[test]
fn a_slow_check_delays_no_other_and_can_be_interrupted() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let home = lab_home(Some(&format!("http://{}/", listener.local_addr().unwrap())));
    save(&home, "a-slow-one", "other", |_| {});
    save(&home, "b-quick-one", "lab", |_| {});
    let mut child = home
        .command(&["check", "--all", "--json"])
        .env("KLARERT_PASSWORD", password())
        .spawn()
        .unwrap();
    // The server accepts the request and does not answer.
    let (_held, _) = listener.accept().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let first: Value = serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap();
    assert_eq!(
        (&first["profile"], &first["outcome"]),
        (&"b-quick-one".into(), &"passed".into())
    );

    let interrupted = std::process::Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .unwrap();
    assert!(interrupted.success());
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert!(lines.next().is_none());
    assert_eq!(
        home.load("a-slow-one").last_check,
        None,
        "an interrupted check is not saved"
    );
    assert!(home.load("b-quick-one").last_check.is_some());
}

#[test]
fn an_ambiguous_selection_is_refused() {
    let home = lab_home(None);
    let output = home.run(&["check"]);
    assert_eq!(exit_code(&output), 2);
    assert!(stderr(&output).contains("klarert new"), "{}", stderr(&output));
    assert_eq!(exit_code(&home.run(&["check", "--all"])), 2);
    assert_eq!(exit_code(&home.run(&["check", "nobody"])), 3);
    assert_eq!(exit_code(&home.run(&["check", "No Name"])), 2);

    save(&home, "acme", "lab", |_| {});
    save(&home, "beta", "elsewhere", |_| {});
    let output = home.run(&["check"]);
    assert_eq!(exit_code(&output), 2);
    assert!(
        stderr(&output).contains("acme, beta") && stderr(&output).contains("--all"),
        "{}",
        stderr(&output)
    );
    assert_eq!(exit_code(&home.run(&["check", "acme", "--all"])), 2);

    let output = home.run(&["check", "beta"]);
    assert_eq!(exit_code(&output), 3);
    assert!(stderr(&output).contains("elsewhere"), "{}", stderr(&output));
    let output = home.run_with(&["check", "acme", "--sandbox"], &[("KLARERT_PASSWORD", password())]);
    assert_eq!(
        exit_code(&output),
        2,
        "--sandbox refuses other environments: {}",
        stderr(&output)
    );
}

#[test]
fn a_token_is_printed_and_nothing_else() {
    let home = lab_home(None);
    save(&home, "acme", "lab", |_| {});
    let given = [("KLARERT_PASSWORD", password())];
    let mut tokens = Vec::new();
    for args in [
        &["token", "acme"][..],
        &["token", "acme", "--customs"],
        &["token", "--sandbox"],
    ] {
        let output = home.run_with(args, &given);
        assert_eq!(exit_code(&output), 0, "{args:?}: {}", stderr(&output));
        let token = stdout(&output).strip_suffix('\n').unwrap().to_owned();
        assert_eq!(token.split('.').count(), 3, "{args:?}");
        assert!(token.bytes().all(|byte| byte.is_ascii_graphic()));
        tokens.push(token);
    }
    assert_ne!(tokens[0], tokens[1]);
    let scopes = ["toll:movement/road/v2", "toll:movement/entry"];
    let both = home.run_with(&["token", "acme", "--scope", scopes[0], "--scope", scopes[1]], &given);
    let claims = klarert::maskinporten::token::claims(stdout(&both).trim_end()).unwrap();
    assert_eq!(claims.scope.as_deref(), Some(scopes.join(" ").as_str()));
    let typed = home.run_piped(
        &["token", "acme", "--password-stdin"],
        &[],
        &format!("{}\n", password()),
    );
    assert_eq!((exit_code(&typed), stderr(&typed).as_str()), (0, ""));

    for (args, expected, words) in [
        (&["token", "acme", "--scope", "toll:movement/air"][..], 1, "(MP-200)"),
        (
            &[
                "token",
                "acme",
                "--scope",
                "toll:movement/entry",
                "--scope",
                "toll:movement/air",
            ],
            1,
            "(MP-200)",
        ),
        (&["token", "acme", "--scope", ""], 2, "--scope"),
        (&["token", "nobody"], 3, "nobody"),
    ] {
        let output = home.run_with(args, &given);
        assert_eq!(exit_code(&output), expected, "{args:?}: {}", stderr(&output));
        assert_eq!(stdout(&output), "", "{args:?}");
        assert!(stderr(&output).contains(words), "{}", stderr(&output));
    }
    let output = home.run_with(&["token", "acme"], &[("KLARERT_PASSWORD", "wrong")]);
    assert_eq!((exit_code(&output), stdout(&output).as_str()), (3, ""));
}

#[cfg(unix)]
#[test]
fn a_terminal_prompts_for_the_password_without_echo() {
    use portable_pty::{CommandBuilder, PtySize, native_pty_system};

    let home = lab_home(None);
    save(&home, "acme", "lab", |_| {});
    save(&home, "beta", "lab", |_| {});
    let size = PtySize {
        rows: 40,
        cols: 100,
        pixel_width: 0,
        pixel_height: 0,
    };
    for (args, shown) in [
        (
            &["check", "acme"][..],
            format!("✓ {} ", english("stage-name-certificate")),
        ),
        (
            &["check", "--all"],
            format!("✓ beta  lab      {}", english("outcome-passed")),
        ),
    ] {
        let pty = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_klarert"));
        command.args(args);
        command.env_clear();
        command.env("KLARERT_HOME", home.path());
        command.env("LANG", "C.UTF-8");
        command.env("TERM", "xterm");
        let mut child = pty.slave.spawn_command(command).unwrap();
        // An unanswered prompt would wait for ever.
        let mut killer = child.clone_killer();
        thread::spawn(move || {
            thread::sleep(std::time::Duration::from_secs(60));
            let _ = killer.kill();
        });
        drop(pty.slave);
        let (mut reader, mut writer) = (
            pty.master.try_clone_reader().unwrap(),
            pty.master.take_writer().unwrap(),
        );
        let mut seen = Vec::new();
        let mut chunk = [0; 1024];
        let mut asked = 0;
        let prompt = english_with("password-ask", &[("file", "|"), ("profile", "")]);
        let prompt = prompt.split('|').next().unwrap();
        // On Linux, reading a pty whose other end is closed is an error.
        while let Ok(read @ 1..) = std::io::Read::read(&mut reader, &mut chunk) {
            seen.extend_from_slice(&chunk[..read]);
            if asked < String::from_utf8_lossy(&seen).matches(prompt).count() {
                asked += 1;
                // The first password is wrong, so there is a second prompt.
                let typed = if asked == 1 { "nope" } else { password() };
                writer.write_all(format!("{typed}\r").as_bytes()).unwrap();
            }
        }
        let mut screen = vt100::Parser::new(40.try_into().unwrap(), 100.try_into().unwrap(), 0);
        screen.process(&seen);
        let text = screen.screen().contents();
        assert_eq!(child.wait().unwrap().exit_code(), 0, "{text}");
        assert_eq!(
            asked, 2,
            "one prompt for the file, one more after the wrong password: {text}"
        );
        assert!(text.contains(&shown), "{text}");
        let everything = String::from_utf8_lossy(&seen);
        assert!(
            !everything.contains(password()) && !everything.contains("nope"),
            "{text}"
        );
    }
}

#[test]
fn customs_token_is_refused_for_scopes_that_are_not_customs() {
    let home = lab_home(None);
    save(&home, "acme", "lab", |_| {});
    save(&home, "other", "lab", |profile| {
        profile.business.services.clear();
        profile.set_scopes(&["sandbox:open".to_owned()]);
    });
    let refused = english("token-no-customs-scope");
    let given = [("KLARERT_PASSWORD", password())];
    for args in [
        &["token", "other", "--customs"][..],
        &["token", "other", "--customs", "--all-scopes"],
        &["token", "acme", "--customs", "--scope", "sandbox:open"],
    ] {
        let output = home.run_with(args, &given);
        assert_eq!((exit_code(&output), stdout(&output).as_str()), (2, ""), "{args:?}");
        assert!(stderr(&output).contains(&refused), "{args:?}: {}", stderr(&output));
    }
    assert_eq!(exit_code(&home.run_with(&["token", "acme", "--customs"], &given)), 0);
}

#[test]
fn long_lists_of_names_are_cut_at_ten() {
    let home = lab_home(None);
    for number in 1..=12 {
        save(&home, &format!("kunde-{number:02}"), "lab", |_| {});
    }
    for command in ["check", "token"] {
        let output = home.run(&[command]);
        assert_eq!(exit_code(&output), 2);
        let said = stderr(&output);
        assert!(
            said.contains("kunde-10 and 2 more") && !said.contains("kunde-11"),
            "{said}"
        );
    }
}
