//! Answers that are given at once, as on one command line: what they mean together, before each of them is taken. Pure.

use super::set::Key;
use crate::journey::FieldId;

const BUSINESS: Key = Key::Business;
const NUMBER: Key = Key::Field(FieldId::NorwegianNumber);
const LOGIN: Key = Key::Field(FieldId::PortalLogin);
const SERVICES: Key = Key::Field(FieldId::Services);

/// Two answers that contradict each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contrary(pub [(Key, &'static str); 2]);

/// What cannot both be true. A Norwegian business has a Norwegian number, and somebody who can log in to
/// Samarbeidsportalen; who can log in there does it for such a business.
const CONTRARY: [[(Key, &str); 2]; 4] = [
    [(BUSINESS, "norwegian"), (NUMBER, "no")],
    [(BUSINESS, "norwegian"), (LOGIN, "no")],
    [(BUSINESS, "foreign"), (LOGIN, "yes")],
    [(NUMBER, "no"), (LOGIN, "yes")],
];

/// The answers as they are meant together, in the order they came.
///
/// # Errors
///
/// The first two that contradict each other.
pub fn together(answers: &[(Key, String)]) -> Result<Vec<(Key, String)>, Contrary> {
    let says = |(key, value): (Key, &str)| {
        answers
            .iter()
            .any(|(given, said)| *given == key && said.trim() == value)
    };
    if let Some(contrary) = CONTRARY.into_iter().find(|both| both.iter().copied().all(says)) {
        return Err(Contrary(contrary));
    }
    let mut meant: Vec<(Key, String)> = Vec::new();
    for (key, value) in answers {
        match meant.iter_mut().find(|(other, _)| other == key && *key == SERVICES) {
            // It can be given several times, as its flag can.
            Some((_, services)) => *services = format!("{services},{value}"),
            None => meant.push((*key, value.clone())),
        }
    }
    let given = |key: Key| meant.iter().any(|(given, _)| *given == key);
    if says((BUSINESS, "foreign")) && says((NUMBER, "yes")) && !given(LOGIN) {
        // A NUF: there is only one answer left to the question that was passed over.
        meant.push((LOGIN, "no".to_owned()));
    } else if says((NUMBER, "no")) {
        // That question is not asked of who has no number.
        meant.retain(|(key, _)| *key != LOGIN);
    }
    Ok(meant)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(written: &[(&str, &str)]) -> Vec<(Key, String)> {
        let answer = |(key, value): &(&str, &str)| (Key::parse(key).unwrap(), (*value).to_owned());
        written.iter().map(answer).collect()
    }

    #[test]
    fn what_cannot_both_be_is_refused() {
        for (one, other) in [
            (("business", "norwegian"), ("norwegian-number", "no")),
            (("business", "norwegian"), ("portal-login", " no ")),
            (("business", "foreign"), ("portal-login", "yes")),
            (("norwegian-number", "no"), ("portal-login", "yes")),
        ] {
            let Contrary(refused) = together(&answers(&[one, ("name", "Demo"), other])).unwrap_err();
            assert_eq!(refused.map(|(key, _)| key.id()), [one.0, other.0]);
        }
    }

    #[test]
    fn what_goes_together_is_taken_together() {
        for (written, meant) in [
            (
                &[("business", "foreign"), ("norwegian-number", "yes")][..],
                &[
                    ("business", "foreign"),
                    ("norwegian-number", "yes"),
                    ("portal-login", "no"),
                ][..],
            ),
            (
                &[("norwegian-number", "no"), ("portal-login", "no")],
                &[("norwegian-number", "no")],
            ),
            (
                &[
                    ("business", "norwegian"),
                    ("norwegian-number", "yes"),
                    ("portal-login", "yes"),
                ],
                &[
                    ("business", "norwegian"),
                    ("norwegian-number", "yes"),
                    ("portal-login", "yes"),
                ],
            ),
            (
                &[("service", "road"), ("name", "a"), ("name", "b"), ("services", "entry")],
                &[("services", "road,entry"), ("name", "a"), ("name", "b")],
            ),
        ] {
            assert_eq!(together(&answers(written)), Ok(answers(meant)), "{written:?}");
        }
    }
}
