//! Cross-checks of answers given together, as on one command line. Pure.

use super::{choice::choice, key::Key};
use crate::journey::FieldId;

const BUSINESS: Key = Key::Business;
const NUMBER: Key = Key::Field(FieldId::NorwegianNumber);
const LOGIN: Key = Key::Field(FieldId::PortalLogin);
const SERVICES: Key = Key::Field(FieldId::Services);

/// Two answers that contradict each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConflictingAnswers(pub [(Key, &'static str); 2]);

/// Pairs of answers that exclude each other. A Norwegian business has a Norwegian number, and a person who can log in
/// to Samarbeidsportalen. A person who can log in there always does so for such a business.
const CONFLICTS: [[(Key, &str); 2]; 4] = [
    [(BUSINESS, "norwegian"), (NUMBER, "no")],
    [(BUSINESS, "norwegian"), (LOGIN, "no")],
    [(BUSINESS, "foreign"), (LOGIN, "yes")],
    [(NUMBER, "no"), (LOGIN, "yes")],
];

/// Combines the answers of one command line, in their order: repeated services are joined, an implied answer is added,
/// and the answer to a hidden question is dropped.
///
/// # Errors
///
/// Returns the first two answers that contradict each other.
pub fn combine(answers: &[(Key, String)]) -> Result<Vec<(Key, String)>, ConflictingAnswers> {
    let has = |(key, value): (Key, &str)| {
        answers
            .iter()
            .any(|(other, written)| *other == key && choice(written) == value)
    };
    if let Some(conflict) = CONFLICTS.into_iter().find(|both| both.iter().copied().all(has)) {
        return Err(ConflictingAnswers(conflict));
    }
    let mut combined: Vec<(Key, String)> = Vec::new();
    for (key, value) in answers {
        match combined.iter_mut().find(|(other, _)| other == key && *key == SERVICES) {
            // `--service` can be repeated.
            Some((_, services)) => *services = format!("{services},{value}"),
            None => combined.push((*key, value.clone())),
        }
    }
    let is_answered = |key: Key| combined.iter().any(|(other, _)| *other == key);
    if has((BUSINESS, "foreign")) && has((NUMBER, "yes")) && !is_answered(LOGIN) {
        // A NUF: a foreign business with a number can only have answered no.
        combined.push((LOGIN, "no".to_owned()));
    } else if has((NUMBER, "no")) {
        // Without a number that question is hidden.
        combined.retain(|(key, _)| *key != LOGIN);
    }
    Ok(combined)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(written: &[(&str, &str)]) -> Vec<(Key, String)> {
        let answer = |(key, value): &(&str, &str)| (Key::parse(key).unwrap(), (*value).to_owned());
        written.iter().map(answer).collect()
    }

    #[test]
    fn contradicting_answers_are_refused() {
        for (one, other) in [
            (("business", "norwegian"), ("norwegian-number", "no")),
            (("business", "norwegian"), ("portal-login", " no ")),
            (("business", "Norwegian"), ("portal-login", "Nei")),
            (("business", "foreign"), ("portal-login", "yes")),
            (("norwegian-number", "no"), ("portal-login", "yes")),
        ] {
            let ConflictingAnswers(refused) = combine(&answers(&[one, ("name", "Demo"), other])).unwrap_err();
            assert_eq!(refused.map(|(key, _)| key.id()), [one.0, other.0]);
        }
    }

    #[test]
    fn answers_of_one_command_line_are_combined() {
        for (written, combined) in [
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
            assert_eq!(combine(&answers(written)), Ok(answers(combined)), "{written:?}");
        }
    }
}
