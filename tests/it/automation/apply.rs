//! `klarert apply`: what a table makes, changes, refuses and leaves.

use std::fs;

use serde_json::json;

use crate::support::{
    home::{Home, exit_code, stderr, stdout},
    schema,
    texts::english,
};

/// Applies a table.
fn apply(home: &Home, table: &str, flags: &[&str]) -> (i32, String, String) {
    let file = home.path().join("table");
    fs::write(&file, table).unwrap();
    let output = home.run(&[&["apply", file.to_str().unwrap()], flags].concat());
    (exit_code(&output), stdout(&output), stderr(&output))
}

#[test]
fn a_table_creates_and_changes_profiles_and_a_second_run_changes_nothing() {
    let home = Home::new();
    let table = "profile,business,organisation,services,certificate\nacme,norwegian,123456785,road entry,../acme.p12\n";
    let (exit, plan, _) = apply(&home, table, &["--dry-run"]);
    assert_eq!((exit, plan.as_str()), (0, "acme  create\n"));
    assert!(!home.path().join("profiles").exists(), "a dry run writes nothing");
    assert_eq!(apply(&home, table, &[]).1, "acme  create\n");
    let before = fs::read(home.profile("acme")).unwrap();
    let path = home.load("acme").certificate.path.unwrap();
    assert_eq!(
        path,
        home.path().parent().unwrap().join("acme.p12"),
        "relative to the table"
    );
    assert_eq!(apply(&home, table, &[]).1, "acme  unchanged\n");
    assert_eq!(fs::read(home.profile("acme")).unwrap(), before);

    let (exit, lines, _) = apply(&home, "profile;client-id;organisation\nacme;3f1c;\n", &["--json"]);
    assert_eq!(exit, 0);
    let plan = schema::assert_valid("apply", &lines);
    assert_eq!(plan[0]["outcome"], "change");
    assert_eq!(
        plan[0]["changes"],
        json!([{ "field": "client-id", "from": null, "to": "3f1c" }])
    );
    let profile = home.load("acme");
    assert_eq!(
        profile.business.organisation.as_deref(),
        Some("123456785"),
        "an empty cell changes nothing"
    );
}

#[test]
fn a_table_with_an_error_names_row_and_column_and_writes_nothing() {
    let home = Home::new();
    let [not_an_array, json_hint] = ["apply-not-an-array", "apply-table.json"].map(english);
    for (table, named) in [
        (
            "profile,services\nacme,road\nbeta,boat\ngamma,road\n",
            &["Row 3", "services", "boat"][..],
        ),
        (
            "profile,organisation\nacme,123456784\n,123456785\n",
            &["Row 2", "organisation", "Row 3", "profile"],
        ),
        ("profile\nacme\nbeta\nacme\n", &["Row 4", "acme"]),
        (
            "profile,orgnaisation\nacme,123456785\n",
            &["orgnaisation", "organisation?"],
        ),
        ("profile,client_id\nacme,1\n", &["client_id", "client-id?"]),
        // All cells of a row are validated; what follows from a wrong one is not an error of its own.
        (
            "profile,business,organisation,services,environment\nacme,norwegian,1234,boat,mars\n",
            &["column organisation", "column services", "column environment"],
        ),
        (
            "profile,business,organisation,environment\nacme,norsk,VATDE-1,mars\n",
            &["business", "column environment"],
        ),
        ("\n\nprofile;environment\n\nacme;mars\n", &["Row 5", "environment"]),
        ("profile,name\nacme,\"unclosed\n", &["Row 2", "column name"]),
        ("profile,name\nb,\"unclosed\nacme,x\n", &["Row 2", "column name"]),
        ("profile,name\nacme,\"Acme\" AS\n", &["Row 2", "column name"]),
        ("{\"profile\": \"acme\"}", &[not_an_array.as_str(), json_hint.as_str()]),
        (
            "{\"profile\":\"acme\"}\n{\"profile\":\"b\"}\n",
            &[not_an_array.as_str()],
        ),
        (
            "[{\"profile\": \"acme\", \"environment\": \"mars\"}]",
            &["Row 1", "environment", "mars"],
        ),
    ] {
        let (exit, out, err) = apply(&home, table, &[]);
        assert_eq!((exit, out.as_str()), (2, ""), "{table}: {err}");
        assert!(named.iter().all(|name| err.contains(name)), "{table}: {err}");
        assert!(!home.profile("acme").exists(), "{table}");
        assert!(
            !err.contains("column organisation") || !table.contains("norsk"),
            "{table}: {err}"
        );
    }
}

#[test]
fn every_error_of_a_table_has_a_line_of_its_own() {
    let table = "profile,organisation,services\nacme,12,boat\nbeta,,boat\n";
    let (_, _, err) = apply(&Home::new(), table, &[]);
    let errors: Vec<&str> = err.lines().filter(|line| line.starts_with("error: Row ")).collect();
    assert_eq!(errors.len(), 3, "{err}");
    assert!(
        errors[1].contains("Row 2, column services") && errors[2].contains("Row 3"),
        "{err}"
    );
}

#[test]
fn a_change_removes_the_ticks_that_were_made_for_the_old_answer() {
    let home = Home::new();
    apply(
        &home,
        "profile,business,organisation,services\nacme,norwegian,123456785,road\n",
        &[],
    );
    home.run(&["done", "acme", "customs"]);
    let (_, lines, err) = apply(&home, "profile,services\nacme,road entry\n", &["--json"]);
    let plan = schema::assert_valid("apply", &lines);
    assert!(
        plan[0]["removed_ticks"]
            .as_array()
            .unwrap()
            .contains(&json!("customs.granted")),
        "{lines}"
    );
    assert!(err.contains("klarert done acme"), "{err}");
    assert!(!home.load("acme").progress.done.contains_key("customs.granted"));
}

#[test]
fn a_table_on_standard_input_over_the_limit_is_refused_and_not_cut() {
    let home = Home::new();
    let [csv, json] = ["profile,name\nacme,Acme AS\n", "[{\"profile\":\"acme\"}]"];
    let limit = 8 << 20;
    for table in [csv, json] {
        let exact = " ".repeat(limit - table.len()) + table;
        let output = home.run_piped(&["apply", "-", "--dry-run"], &[], &exact);
        assert_eq!(exit_code(&output), 0, "{}", stderr(&output));
        let output = home.run_piped(&["apply", "-"], &[], &(exact + "\n"));
        assert_eq!((exit_code(&output), stdout(&output)), (3, String::new()));
        assert!(stderr(&output).contains("8 MB"), "{}", stderr(&output));
        assert!(!home.profile("acme").exists());
    }
    let (exit, _, err) = apply(&home, &" ".repeat(limit + 1), &[]);
    assert_eq!(exit, 3, "{err}");
    assert!(err.contains("8 MB"), "{err}");
}

#[test]
fn a_reader_that_ends_early_stops_the_printing_only() {
    let home = Home::new();
    let table: String = (0..30).map(|row| format!("p-{row},Acme\n")).collect();
    let file = home.path().join("table");
    fs::write(&file, format!("profile,name\n{table}")).unwrap();
    let run = |args: &[&str]| {
        let mut child = home.command(args).spawn().unwrap();
        drop(child.stdout.take());
        child.wait().unwrap().code().unwrap()
    };
    assert_eq!(run(&["apply", file.to_str().unwrap()]), 0);
    assert_eq!(fs::read_dir(home.path().join("profiles")).unwrap().count(), 30);
    for flags in [&["p-0"][..], &["p-0", "--json"], &["p-0", "p-1", "p-2", "--jobs", "1"]] {
        assert_eq!(run(&[&["check"], flags].concat()), 1, "{flags:?}");
    }
    assert_eq!(run(&["list"]), 0);
    assert_eq!(run(&["list", "--attention"]), 1);
    assert_eq!(run(&["remove", "p-0", "p-1", "--json"]), 0);
    assert_eq!(fs::read_dir(home.path().join("profiles")).unwrap().count(), 28);
}

#[cfg(target_os = "linux")]
#[test]
fn all_rows_are_written_if_the_plan_cannot_be_printed() {
    let home = Home::new();
    let file = home.path().join("table");
    fs::write(&file, "profile\na\nb\nc\n").unwrap();
    let full = fs::File::create("/dev/full").unwrap();
    let output = home
        .command(&["apply", file.to_str().unwrap()])
        .stdout(full)
        .output()
        .unwrap();
    assert_eq!(exit_code(&output), 3);
    assert!(stderr(&output).contains("3 created"), "{}", stderr(&output));
    assert!(home.profile("c").exists());
}

#[test]
fn a_profile_that_is_read_only_is_seen_before_the_first_is_written() {
    let home = Home::new();
    apply(&home, "profile,name\na,A\nb,B\nc,C\n", &[]);
    let path = home.profile("b");
    let mut permissions = fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions.clone()).unwrap();
    for flags in [&["--dry-run"][..], &[]] {
        let (exit, out, err) = apply(&home, "profile,name\na,AA\nb,BB\nc,CC\n", flags);
        assert_eq!((exit, out.as_str()), (3, ""), "{err}");
        assert!(err.contains("b.toml") && err.contains("Nothing was written."), "{err}");
        assert_eq!(home.load("a").business.name.as_deref(), Some("A"));
    }
    let (exit, _, err) = apply(&home, "profile,name\na,AA\nb,B\n", &[]);
    assert_eq!(exit, 0, "what is not changed need not be writable: {err}");
    #[allow(clippy::permissions_set_readonly_false)]
    permissions.set_readonly(false);
    fs::set_permissions(&path, permissions).unwrap();
}

#[cfg(unix)]
#[test]
fn a_row_that_cannot_be_written_is_named_and_the_others_are_written() {
    let home = Home::new();
    apply(&home, "profile,name\na,A\n", &[]);
    std::os::unix::fs::symlink("/nonexistent/b.toml", home.profile("b")).unwrap();
    let table = "profile,name\na,AA\nb,BB\nc,CC\n";
    let (exit, out, err) = apply(&home, table, &[]);
    assert_eq!((exit, out.lines().count()), (3, 2), "{out}{err}");
    assert!(
        err.contains("1 created, 1 changed") && err.contains("Not written: b."),
        "{err}"
    );
    assert!(!err.contains("Nothing was written"), "{err}");
    let (_, lines, _) = apply(&home, table, &["--json"]);
    let objects: Vec<serde_json::Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(objects[1]["error"]["id"], "file-error", "{lines}");
    assert_eq!(objects[2]["outcome"], "unchanged", "{lines}");
}

#[test]
fn tables_applied_at_once_all_succeed() {
    let home = Home::new();
    let names: Vec<String> = (0..8).map(|number| format!("p{number}")).collect();
    let columns = ["name", "client-id", "business"];
    let values = ["Acme", "3f1c", "norwegian"];
    let children: Vec<_> = columns
        .iter()
        .zip(values)
        .map(|(column, value)| {
            let rows: String = names.iter().map(|name| format!("{name},{value}\n")).collect();
            let file = home.path().join(column);
            fs::write(&file, format!("profile,{column}\n{rows}")).unwrap();
            home.command(&["apply", file.to_str().unwrap()]).spawn().unwrap()
        })
        .collect();
    for child in children {
        let output = child.wait_with_output().unwrap();
        assert_eq!(exit_code(&output), 0, "{}", stderr(&output));
    }
    for name in &names {
        let profile = home.load(name);
        assert_eq!(profile.business.name.as_deref(), Some("Acme"), "{name}");
        assert_eq!(profile.client.id.as_deref(), Some("3f1c"), "{name}");
    }
}

#[test]
fn the_table_of_the_documentation_is_valid() {
    let guide = include_str!("../../../docs/AUTOMATION.md");
    let table = guide.split("```csv\n").nth(1).unwrap().split("```").next().unwrap();
    let (exit, _, err) = apply(&Home::new(), table, &["--dry-run"]);
    assert_eq!(exit, 0, "{err}");
}

#[test]
fn a_plan_names_the_ticks_that_go_also_in_a_dry_run() {
    for (table, change) in [
        ("profile,services\nacme,sea\n", "services road → sea"),
        (
            "profile,organisation\nacme,987654325\n",
            "organisation 123456785 → 987654325",
        ),
        ("profile,environment\nacme,prod\n", "environment test → prod"),
    ] {
        let home = Home::new();
        let new = "profile,business,organisation,services\nacme,norwegian,123456785,road\n";
        apply(&home, new, &[]);
        home.run(&["done", "acme", "customs"]);
        let (exit, plan, err) = apply(&home, table, &["--dry-run"]);
        let ticks = plan.split_once(change).unwrap().1;
        assert!(exit == 0 && ticks.contains("customs.granted"), "{plan}");
        assert!(home.load("acme").progress.done.contains_key("customs.granted"), "{err}");
        assert_eq!(apply(&home, table, &[]).1, plan, "the run prints the same plan");
        assert!(!home.load("acme").progress.done.contains_key("customs.granted"));
    }
}
