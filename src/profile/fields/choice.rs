//! Answers that are one of several ids. Pure.

use crate::profile::{parse::ParseError, pasted};

/// Cleans the id of a choice: removes what a copied text brings around it. Ids are in lower case, and *ja* and *nei* are *yes* and
/// *no*.
pub(super) fn choice(written: &str) -> String {
    let plain = pasted::plain(written).to_lowercase();
    match plain.trim_matches(pasted::is_mark) {
        "ja" => "yes".to_owned(),
        "nei" => "no".to_owned(),
        other => other.to_owned(),
    }
}

/// Parses one of the known ids. `None` if the text is empty.
pub(super) fn parse_choice<T: Copy>(written: &str, known: &[(&str, T)]) -> Result<Option<T>, ParseError> {
    let value = choice(written);
    if value.is_empty() {
        return Ok(None);
    }
    let found = known.iter().find(|(id, _)| *id == value);
    found.map(|(_, value)| Some(*value)).ok_or_else(|| {
        let known: Vec<&str> = known.iter().map(|(id, _)| *id).collect();
        ParseError::new("refused-choice")
            .with("written", pasted::plain(written).trim_matches(pasted::is_mark))
            .with("known", known.join(", "))
    })
}

pub(super) fn parse_yes_or_no(written: &str) -> Result<Option<bool>, ParseError> {
    parse_choice(written, &[("yes", true), ("no", false)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_language_of_a_choice_do_not_count() {
        for (written, yes) in [("yes", true), (" JA ", true), ("“Nei”", false), ("No", false)] {
            assert_eq!(parse_yes_or_no(written).unwrap(), Some(yes), "{written}");
        }
        assert_eq!(parse_yes_or_no(" ").unwrap(), None);
        assert_eq!(parse_yes_or_no("Kanskje").unwrap_err().id, "refused-choice");
    }
}
