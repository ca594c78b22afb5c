//! `set` and `copy` remove the ticks and answers that a change makes stale, and print the commands that put them back.

use klarert::{
    profile::Profile,
    text::{Language, Texts},
};

use crate::support::home::{Home, exit_code, stderr};

const CLIENT: &str = "3f1c0b5e-7a52-4d0e-9c1f-2b8e6d4a9f10";
const OTHER_CLIENT: &str = "8a7b6c5d-0e1f-4a2b-8c3d-4e5f6a7b8c9d";

/// Returns a home with the profile `acme`, of which every item is ticked.
fn home() -> Home {
    let home = Home::new();
    let answers = [
        &["new", "acme", "--business", "norwegian", "--organisation", "123456785"][..],
        &[
            "--service",
            "road",
            "--client-id",
            CLIENT,
            "--certificate",
            "/home/kari/my test.p12",
        ],
    ];
    assert_eq!(exit_code(&home.run(&answers.concat())), 0);
    assert_eq!(
        exit_code(&home.run(&["done", "acme", "customs", "digdir", "integration"])),
        0
    );
    home
}

/// Returns the commands in backticks that put something back, split by a shell's rules.
fn commands(said: &str) -> Vec<Vec<String>> {
    let commands = said.lines().filter_map(|line| line.split('`').nth(1));
    let restoring =
        commands.filter(|command| command.starts_with("klarert done") || command.starts_with("klarert set"));
    restoring
        .map(|command| {
            let quoted = command
                .split(['\'', '"'])
                .enumerate()
                .flat_map(|(at, part)| match at % 2 {
                    0 => part.split(' ').map(str::to_owned).collect(),
                    _ => vec![part.to_owned()],
                });
            quoted.filter(|word| !word.is_empty()).skip(1).collect()
        })
        .collect()
}

fn ticks(profile: &Profile) -> Vec<&String> {
    profile.progress.done.keys().collect()
}

#[test]
fn set_names_removed_ticks_and_the_printed_command_puts_them_back() {
    for (answer, removed, kept) in [
        ("environment=prod", "customs.granted", "customs.form"),
        ("services=road,entry", "customs.scopes", "digdir.terms"),
        ("services=", "customs.granted", "digdir.terms"),
        ("organisation=987654325", "digdir.terms", ""),
        ("business=foreign", "customs.granted", "customs.form"),
        (
            &format!("client-id={OTHER_CLIENT}"),
            "integration.identifier",
            "integration.login",
        ),
    ] {
        let home = home();
        let before = home.load("acme");
        let output = home.run(&["set", "acme", answer]);
        assert_eq!(exit_code(&output), 0, "{answer}");
        let after = home.load("acme");
        assert!(!after.progress.done.contains_key(removed), "{answer}");
        assert!(kept.is_empty() || after.progress.done.contains_key(kept), "{answer}");
        let said = stderr(&output);
        let texts = Texts::new(Language::English);
        let name = texts.get(&format!("item-{}", removed.replace('.', "-")));
        assert!(
            said.contains(&texts.get("removed-ticks")) && said.contains(&name),
            "{answer}: {said}"
        );

        for command in commands(&said) {
            let command: Vec<&str> = command.iter().map(String::as_str).collect();
            assert_eq!(exit_code(&home.run(&command)), 0, "{command:?}");
        }
        // An item for the test environment only is named, and cannot be ticked in another.
        let mut expected = ticks(&before);
        expected.retain(|key| answer != "environment=prod" || *key != "integration.organisation-shown");
        assert_eq!(ticks(&home.load("acme")), expected, "{answer}");
    }
}

#[test]
fn set_says_nothing_of_ticks_that_stay() {
    for answer in [
        "name=Demo AS",
        "own-scopes=",
        "services=road",
        "client-id=3f1c0b5e-7a52-4d0e-9c1f-2b8e6d4a9f11",
    ] {
        let home = home();
        let before = home.load("acme");
        let said = stderr(&home.run(&["set", "acme", answer]));
        assert_eq!(commands(&said), [] as [Vec<String>; 0], "{answer}: {said}");
        assert_eq!(ticks(&home.load("acme")), ticks(&before), "{answer}");
    }
}

#[test]
fn set_environment_does_what_copy_to_an_environment_does() {
    let home = home();
    let copied = home.run(&["copy", "acme", "acme-prod", "--environment", "prod"]);
    assert_eq!(exit_code(&copied), 0, "{}", stderr(&copied));
    let set = home.run(&["set", "acme", "environment=prod"]);
    let (copy, changed) = (home.load("acme-prod"), home.load("acme"));
    assert_eq!(copy.environment, "prod");
    assert_eq!(copy.client.id, None, "the client of another environment");
    assert_eq!(copy.certificate.path, None, "a test certificate");
    assert_eq!(
        (&copy.business, &copy.client, &copy.certificate, ticks(&copy)),
        (
            &changed.business,
            &changed.client,
            &changed.certificate,
            ticks(&changed)
        )
    );
    let of_acme = |said: String| commands(&said.replace("acme-prod", "acme"));
    assert_eq!(of_acme(stderr(&copied)), of_acme(stderr(&set)));

    let answers = commands(&stderr(&set)).pop().unwrap();
    let answers: Vec<&str> = answers.iter().map(String::as_str).collect();
    assert_eq!(exit_code(&home.run(&answers)), 0, "{answers:?}");
    let restored = home.load("acme");
    assert_eq!(restored.client.id.as_deref(), Some(CLIENT));
    assert_eq!(
        restored.certificate.path.as_deref(),
        Some("/home/kari/my test.p12".as_ref())
    );
}

#[test]
fn copy_keeps_the_ticks_and_answers_of_the_same_environment() {
    let home = home();
    assert_eq!(exit_code(&home.run(&["copy", "acme", "twin"])), 0);
    assert_eq!(home.load("twin").client, home.load("acme").client);
    assert_eq!(home.load("twin").progress.done, home.load("acme").progress.done);
    assert_eq!(exit_code(&home.run(&["copy", "acme", "twin"])), 2, "the name is taken");
    assert_eq!(
        exit_code(&home.run(&["copy", "acme", "other", "--environment", "live"])),
        2
    );
}

#[test]
fn unusual_client_id_is_saved_with_a_warning() {
    let texts = Texts::new(Language::English);
    for (id, warned) in [
        ("3f1c", true),
        (CLIENT, false),
        ("oidc_demo", false),
        (OTHER_CLIENT, false),
    ] {
        let home = home();
        home.run(&["set", "acme", "client-id="]);
        let output = home.run(&["set", "acme", &format!("client-id={id}")]);
        assert_eq!(exit_code(&output), 0, "{id}");
        assert_eq!(
            stderr(&output).contains(&texts.get("unusual-client-id")),
            warned,
            "{id}: {}",
            stderr(&output)
        );
        assert_eq!(home.load("acme").client.id.as_deref(), Some(id));
        let other = stderr(&home.run(&["set", "acme", "name=Demo AS"]));
        assert!(
            !other.contains(&texts.get("unusual-client-id")),
            "only when it is set: {other}"
        );
    }
}
