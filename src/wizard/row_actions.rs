//! The actions on the focused row that leave the answers as they are: open its link, copy its values.

use super::{
    check,
    emails::{self, Letter},
    message::Effect,
    model::Model,
    rows::{Row, copy_values, focused_row},
};
use crate::{
    journey::Item,
    text::{Args, Texts},
};

/// Opens the link of the focused item in a browser.
pub(super) fn open_link(model: &mut Model) -> Vec<Effect> {
    let Some(Row::Item(item)) = focused_row(model) else {
        return Vec::new();
    };
    match item_link(model, item) {
        Some(link) => {
            model.inform("notice-opened", Args::new().with("link", &link));
            vec![Effect::OpenLink(link)]
        }
        None => Vec::new(),
    }
}

/// Returns the address of an item, in the profile's environment. `None` if the item has none.
pub fn item_link(model: &Model, item: &Item) -> Option<String> {
    item.address(model.environment(&model.onboarding()?.profile))
}

/// Copies the next value of the focused row; on the check, the report.
pub(super) fn copy(model: &mut Model) -> Vec<Effect> {
    let texts = Texts::new(model.language);
    if let Some(report) = check::report_text(model, &texts) {
        model.inform("notice-copied-report", Args::new());
        model.show_copied(&report, false);
        return vec![Effect::Copy(report)];
    }
    let Some(onboarding) = model.onboarding() else {
        return Vec::new();
    };
    let mut values: Vec<(&str, String)> = Vec::new();
    if let Some(Row::Item(item)) = focused_row(model) {
        let copyable = copy_values(onboarding, item, &texts);
        values.extend(copyable.into_iter().map(|(copyable, value)| (copyable.id(), value)));
        values.extend(item_link(model, item).map(|link| ("link", link)));
    }
    let letter = emails::focused(model, &texts);
    let has_gap = letter.as_ref().is_some_and(Letter::has_gap);
    values.extend(letter.map(|letter| ("letter", letter.text(&texts))));
    let count = values.len();
    let index = model.next_copy % count.max(1);
    let Some((what, value)) = values.into_iter().nth(index) else {
        return Vec::new();
    };
    model.next_copy = index + 1;
    // A terminal can ignore the OSC 52 sequence, so the notice only says that the text was sent.
    match what == "letter" && has_gap {
        true => model.warn("notice-mail-gap", Args::new()),
        false => model.inform(
            "notice-copied",
            Args::new().with("what", texts.get(&format!("copyable-{what}"))),
        ),
    }
    model.show_copied(&value, count > 1);
    vec![Effect::Copy(value)]
}
