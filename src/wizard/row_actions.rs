//! The actions on the focused row that leave the answers as they are: open its link or its letter, copy its values.

use super::{
    check, emails, keygen,
    message::Effect,
    model::Model,
    rows::{Row, copy_values, focused_row},
};
use crate::{
    journey::Item,
    profile::copy_values::name_id,
    text::{Args, Texts},
};

/// The values of an item that are not among its own, as `copyable-<id>` names them.
const LINK: &str = "link";
const LETTER: &str = "letter";

/// Opens the link of the focused item in a browser.
pub(super) fn open_link(model: &mut Model) -> Vec<Effect> {
    let Some(Row::Item(item)) = focused_row(model) else {
        return Vec::new();
    };
    match item_link(model, item) {
        Some(link) => {
            model.inform("notice-opened", Args::new().with("link", &link));
            copy_next(model, LINK);
            vec![Effect::OpenLink(link)]
        }
        None => Vec::new(),
    }
}

/// Returns the address of an item, in the profile's environment. `None` if the item has none.
pub fn item_link(model: &Model, item: &Item) -> Option<String> {
    item.address(model.environment(&model.onboarding()?.profile))
}

/// Opens the letter of the focused item in the mail program.
pub(super) fn open_mail(model: &mut Model) -> Vec<Effect> {
    let Some(letter) = emails::focused(model, &Texts::new(model.language)) else {
        return Vec::new();
    };
    match letter.has_gap() {
        true => model.warn("notice-mail-gap", Args::new()),
        false => model.inform("notice-mail-opened", Args::new()),
    }
    copy_next(model, LETTER);
    vec![Effect::OpenLink(letter.link())]
}

/// Makes the copy key copy that value of the focused item next.
fn copy_next(model: &mut Model, what: &str) {
    let values = copyable_values(model, &Texts::new(model.language));
    model.next_copy = values.iter().position(|(other, _)| *other == what).unwrap_or(0);
}

/// Reports that nothing could be opened. The copy key copies what should have been opened.
pub(super) fn on_open_failed(model: &mut Model) -> Vec<Effect> {
    let values = copyable_values(model, &Texts::new(model.language));
    let next = values.get(model.next_copy).map(|(what, _)| *what);
    let id = match next {
        Some(LETTER) => "notice-open-failed.mail",
        _ => "notice-open-failed",
    };
    model.warn(id, Args::new());
    Vec::new()
}

/// Returns the values of the focused item, each with the id of its name. What the screen offers to copy is the first.
fn copyable_values(model: &Model, texts: &Texts) -> Vec<(&'static str, String)> {
    let (Some(onboarding), Some(Row::Item(item))) = (model.onboarding(), focused_row(model)) else {
        return Vec::new();
    };
    let mut values: Vec<(&str, String)> = Vec::new();
    let copyable = copy_values(onboarding, item, texts);
    values.extend(
        copyable
            .into_iter()
            .map(|(copyable, value)| (name_id(copyable, &value), value)),
    );
    values.extend(item_link(model, item).map(|link| (LINK, link)));
    if let Some(letter) = emails::focused(model, texts) {
        // A ticked item no longer offers its letter.
        let at = if onboarding.is_ticked(item) { values.len() } else { 0 };
        values.insert(at, (LETTER, letter.text(texts)));
    }
    values
}

/// Copies the next value of the focused row; on the check, the report.
pub(super) fn copy(model: &mut Model) -> Vec<Effect> {
    let texts = Texts::new(model.language);
    if let Some(report) = check::report_text(model, &texts) {
        model.inform("notice-copied-report", Args::new());
        model.show_copied(&report, false);
        return vec![Effect::Copy(report)];
    }
    if keygen::can_show_public_key(model) {
        return keygen::find_public_key(model);
    }
    let values = copyable_values(model, &texts);
    let has_gap = emails::focused(model, &texts).is_some_and(|letter| letter.has_gap());
    let count = values.len();
    let index = model.next_copy % count.max(1);
    let Some((what, value)) = values.into_iter().nth(index) else {
        return Vec::new();
    };
    model.next_copy = index + 1;
    // A terminal can ignore the OSC 52 sequence, so the notice only says that the text was sent.
    match what == LETTER && has_gap {
        true => model.warn("notice-mail-gap", Args::new()),
        false => model.inform(
            "notice-copied",
            Args::new().with("what", texts.get(&format!("copyable-{what}"))),
        ),
    }
    model.show_copied(&value, count > 1);
    vec![Effect::Copy(value)]
}
