//! The meaning of a typed line, for each kind of question.

use klarert::{text::Language, wizard::Message};

use super::transcripts::Conversation;

/// Asserts the meaning of lines after these answers.
fn means(answers: &[&str], ends: &'static str, table: &[(&str, &str)]) {
    let mut conversation = Conversation::begin(Language::English, ends);
    conversation.types(answers);
    for (line, meaning) in table {
        let found = format!("{:?}", conversation.means(line));
        assert!(found.starts_with(meaning), "{line:?} means {found}, not {meaning}");
    }
}

const KIND: [&str; 4] = ["acme", "1", "1", "1"];
const SERVICES: [&str; 6] = ["acme", "1", "1", "1", "Demo AS", "123456785"];

#[test]
fn commands_need_a_colon_where_words_are_asked_for() {
    let table = [
        ("", "Tell([Confirm])"),
        ("b", "CommandOrAnswer(\"b\")"),
        (" q ", "CommandOrAnswer(\"q\")"),
        ("?", "CommandOrAnswer(\"?\")"),
        ("go 3", "CommandOrAnswer(\"go 3\")"),
        ("avslutt", "CommandOrAnswer(\"avslutt\")"),
        (":avslutt", "Tell([Quit])"),
        (":exit", "Tell([Quit])"),
        (":hjelp", "Help"),
        ("go home", "Tell([Answer(\"go home\")])"),
        ("\u{1b}[Aacme\u{1b}OP\u{1b}]0;t\u{7}", "Tell([Answer(\"acme\")])"),
        ("ac\u{1b}[[Ame\u{1b}[[E", "Tell([Answer(\"acme\")])"),
        ("\u{fffd}", "Refused(\"plain-invalid-bytes\""),
        ("12", "Tell([Answer(\"12\")])"),
        (":q", "Tell([Quit])"),
        (":?", "Explain"),
        (":help", "Help"),
        (":l", "Tell([SwitchLanguage])"),
        (":nonsense", "Refused(\"plain-not-understood\""),
    ];
    means(&[], "passed", &[&table[..], &[(":b", "Tell([Back])")]].concat());
    let in_a_form = [
        (":b", "Tell([Focus(2)])"),
        (":next", "Tell([Focus(4)])"),
        (": go 3", "Tell([GoTo(3)])"),
        (":go 8", "Refused(\"plain-no-such-number\""),
        (":clear", "Tell([Answer(\"\")])"),
        (":m", "Refused(\"plain-not-understood\""),
    ];
    means(&KIND, "passed", &[&table[..], &in_a_form].concat());
}

#[test]
fn options_are_chosen_by_number_or_by_name() {
    let table = [
        ("1", "Tell([Choose(0), Confirm])"),
        ("no", "Tell([Choose(1), Confirm])"),
        ("YES", "Tell([Choose(0), Confirm])"),
        ("", "Tell([Confirm])"),
        ("0", "Refused(\"plain-no-such-number\""),
        ("3", "Refused(\"plain-no-such-number\""),
        ("-1", "Refused(\"plain-not-understood\""),
        ("99999999999999999999", "Refused(\"plain-not-understood\""),
        ("maybe", "Refused(\"plain-not-understood\""),
        ("b", "Tell([Back])"),
        (":b", "Tell([Back])"),
        ("go 2", "Tell([GoTo(2)])"),
        ("?", "Explain"),
        ("help", "Help"),
        ("q", "Tell([Quit])"),
        ("o 1", "Refused(\"plain-not-understood\""),
        ("r", "Refused(\"plain-not-understood\""),
    ];
    means(&["acme"], "passed", &table);
}

#[test]
fn services_and_items_are_ticked_by_number() {
    let services = [
        ("1", "Tell([Focus(0), Toggle])"),
        ("1,3", "Tell([Focus(0), Toggle, Focus(2), Toggle])"),
        ("6-7", "Tell([Focus(5), Toggle, Focus(6), Toggle])"),
        ("road RAIL 1", "Tell([Focus(0), Toggle, Focus(2), Toggle])"),
        ("rode", "Refused(\"plain-not-understood\""),
        ("1 1 1-2", "Tell([Focus(0), Toggle, Focus(1), Toggle])"),
        ("4-1", "Refused(\"plain-not-understood\""),
        ("8", "Refused(\"plain-no-such-number\""),
        ("1 8", "Refused(\"plain-no-such-number\""),
        ("", "Tell([Focus(7)])"),
        ("b", "Tell([Back])"),
    ];
    means(&SERVICES, "passed", &services);
    let items = [
        ("4", "Tell([Focus(3), Toggle])"),
        ("5", "Refused(\"plain-no-such-number\""),
        ("o 1", "Open(0, \"https://www.toll.no/"),
        ("o 2", "Refused(\"plain-no-link\""),
        ("o 9", "Refused(\"plain-no-such-number\""),
        ("o", "Refused(\"plain-not-understood\""),
        ("", "Tell([GoTo(4)])"),
        ("next", "Tell([GoTo(4)])"),
        ("b", "Tell([Back])"),
    ];
    means(&[&SERVICES[..], &["1", "", ""]].concat(), "passed", &items);
}

#[test]
fn letters_control_the_check() {
    let idle = [
        ("", "Tell([RunCheck])"),
        ("r", "Tell([RunCheck])"),
        ("g", "Refused(\"plain-not-understood\""),
        ("d", "Refused(\"plain-not-understood\""),
        ("w", "Refused(\"plain-not-understood\""),
        ("next", "Refused(\"plain-nothing-after\""),
    ];
    let there = [
        &SERVICES[..],
        &["1", "", "", "go 6", "id", "", "a.p12", ":go 7", ":go 7"],
    ]
    .concat();
    means(&there, "scope-not-on-client", &idle);
    let ended = [
        // Enter alone does not start a check.
        ("", "Again"),
        ("r", "Tell([RunCheck])"),
        ("g", "Tell([GoToFix])"),
        ("g 2", "Tell([GoTo(2)])"),
        ("d", "Tell([ToggleDetails])"),
        ("w", "Refused(\"plain-not-understood\""),
        ("b", "Tell([Back])"),
    ];
    means(&[&there[..], &[""]].concat(), "scope-not-on-client", &ended);
}

#[test]
fn a_conflict_is_resolved_before_anything_else() {
    let mut conversation = Conversation::begin(Language::English, "passed");
    conversation.types(&["acme"]);
    conversation.model.overlay = Some(klarert::wizard::Overlay::Conflict);
    for (line, meaning) in [
        ("r", "Tell([TakeTheirs])"),
        ("k", "Tell([KeepMine])"),
        ("q", "Tell([Quit])"),
        ("", "Again"),
        ("b", "Refused("),
        ("1", "Refused("),
    ] {
        let found = format!("{:?}", conversation.means(line));
        assert!(found.starts_with(meaning), "{line:?} means {found}, not {meaning}");
    }
    conversation.tell(Message::KeepMine);
    assert_eq!(conversation.model.overlay, None);
}
