//! `klarert man`: one page with everything, or a page for each command.

use std::{collections::BTreeSet, fs};

use crate::support::{
    home::{Home, exit_code, stderr, stdout},
    texts::{BOKMAL, english},
};

const COMMANDS: [&str; 6] = ["new", "check", "export", "completions", "man", "where"];

fn headings(page: &str, macro_name: &str) -> Vec<String> {
    let lines = page.lines().filter_map(|line| line.strip_prefix(macro_name));
    lines.map(|heading| heading.trim_matches('"').to_owned()).collect()
}

#[test]
fn the_single_page_has_every_section_and_command() {
    let page = stdout(&Home::new().run(&["man"]));
    assert_eq!(page.matches(".TH ").count(), 1, "a page has one title");
    let sections = headings(&page, ".SH ");
    for id in ["name", "synopsis", "description", "exit", "environment", "files"] {
        let heading = english(&format!("manual-{id}"));
        assert_eq!(
            sections.iter().filter(|section| **section == heading).count(),
            1,
            "{heading}: {sections:?}"
        );
    }
    for command in COMMANDS {
        assert!(
            sections.contains(&format!("klarert {command}")),
            "{command}: {sections:?}"
        );
    }
    // The flags of every command are described once.
    let everywhere = english("help-everywhere").to_uppercase();
    assert_eq!(page.matches(&everywhere).count(), 1);
    assert!(headings(&page, ".SS ").contains(&english("manual-examples")));
}

#[test]
fn a_folder_gets_a_page_for_each_command() {
    let home = Home::new();
    let folder = home.path().join("man/man1");
    let written = home.run(&["man", "--out", folder.to_str().unwrap()]);
    assert_eq!(
        (exit_code(&written), stdout(&written), stderr(&written)),
        (0, String::new(), String::new())
    );
    let names: BTreeSet<String> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    let main = fs::read_to_string(folder.join("klarert.1")).unwrap();
    for command in COMMANDS {
        let name = format!("klarert-{command}.1");
        assert!(names.contains(&name), "{names:?}");
        assert!(
            main.contains(&name.replace('-', "\\-").replace(".1", "(1)")),
            "klarert.1 names {command}"
        );
    }
    for name in &names {
        let page = fs::read_to_string(folder.join(name)).unwrap();
        assert_eq!(page.matches(".TH ").count(), 1, "{name}");
        // `whatis` reads the name of the page and one line about it.
        let own = name.trim_end_matches(".1").replace('-', "\\-");
        assert!(page.contains(&format!(".SH NAME\n{own} \\- ")), "{name}: {page}");
    }
    let bokmal = stdout(&home.run(&["man", "--lang", "nb"]));
    assert!(headings(&bokmal, ".SH ").contains(&BOKMAL.get("manual-name")));

    let file = home.path().join("file");
    fs::write(&file, "").unwrap();
    let refused = home.run(&["man", "--out", file.to_str().unwrap()]);
    assert_eq!(exit_code(&refused), 3);
    assert!(
        stderr(&refused).contains(file.to_str().unwrap()),
        "{}",
        stderr(&refused)
    );
}
