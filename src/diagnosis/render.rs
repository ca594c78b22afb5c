//! The texts of a diagnosis.
//!
//! A value that is not known is never shown as a placeholder. The text `unnamed-<argument>` stands in for it, such as "the
//! scope". If there is no such text, the sentence that needs the value is left out.

use super::{
    Diagnosis,
    classify::text_args::{self, IN_SANDBOX},
    names,
    own_report::EXPLAIN,
};
use crate::{
    certificate::Finding,
    journey::journey,
    profile::{Profile, fields},
    text::{Arg, Args, Texts},
};

/// Marks an argument without a value in a rendered text: `⟦scope⟧`.
const MARK: (char, char) = ('⟦', '⟧');

impl Diagnosis {
    /// Returns the title: what happened, in one line.
    pub fn title(&self, texts: &Texts) -> String {
        self.render(texts, "")
    }

    /// Returns the first line of a report: the title, with Maskinporten's code or the command that explains it.
    pub fn headline(&self, texts: &Texts) -> String {
        let title = self.title(texts);
        match &self.code {
            Some(code) => format!("{title} ({code})"),
            None if self.id == "unknown" => title,
            None => format!("{title} ({EXPLAIN}{})", self.id),
        }
    }

    /// Returns the cause, and the ticks that it contradicts.
    pub fn cause(&self, texts: &Texts) -> String {
        let mut sentences = match self.findings.is_empty() {
            true => vec![self.render(texts, ".cause")],
            false => {
                let findings = self.findings.iter();
                findings
                    .map(|finding| texts.with(&format!("finding-{}", finding.id.id()), &finding.args))
                    .collect()
            }
        };
        sentences.extend(self.contradictions(texts));
        sentences.join(" ")
    }

    /// Returns the actions, in order. In the sandbox the first one is the user's own there, and the others are marked as those
    /// outside the sandbox.
    pub fn fix(&self, texts: &Texts) -> Vec<String> {
        let actions = self.real_fix(texts);
        if !self.is_of_sandbox() {
            return actions;
        }
        let outside = actions.iter().map(|action| outside_sandbox(texts, action));
        std::iter::once(texts.get("sandbox-fix")).chain(outside).collect()
    }

    /// Returns who must act, as a sentence.
    pub fn who_text(&self, texts: &Texts) -> String {
        let text = texts.get(&format!("who-{}", self.who.id()));
        match self.is_of_sandbox() {
            true => outside_sandbox(texts, &text),
            false => text,
        }
    }

    /// Returns whether the sandbox has refused something, so that the user is the one who acts.
    fn is_of_sandbox(&self) -> bool {
        self.args.iter().any(|(name, _)| name == IN_SANDBOX)
    }

    /// Returns the actions, in order: to use a file that was found comes first.
    fn real_fix(&self, texts: &Texts) -> Vec<String> {
        let lines = if self.findings.is_empty() {
            self.render(texts, ".fix")
        } else {
            let text = |finding: &Finding| texts.with(&format!("finding-{}.fix", finding.id.id()), &finding.args);
            let mut findings: Vec<_> = self.findings.iter().collect();
            findings.sort_by_cached_key(|finding| usize::from(!finding.id.is_offer()));
            findings.into_iter().map(text).collect::<Vec<_>>().join("\n")
        };
        lines
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .map(str::to_owned)
            .collect()
    }

    /// Returns a line for each other cause: its scopes, its title and who must act.
    pub fn other_refusals(&self, texts: &Texts) -> Vec<String> {
        let line = |other: &Diagnosis| {
            let title = match &other.code {
                Some(code) => format!("{} ({code})", other.title(texts)),
                None => other.title(texts),
            };
            let args = Args::new()
                .with("scopes", other.scopes.join(", "))
                .with("title", title)
                .with("who", other.who_text(texts));
            texts.with("also-refused", &args)
        };
        self.others.iter().map(line).collect()
    }

    /// Returns the name of the field or item that fixes it, in quotation marks, as the wizard shows it for this profile.
    pub fn fix_at_name(&self, texts: &Texts, profile: Option<&Profile>) -> Option<String> {
        let at = self.fix_at.as_ref()?;
        let fields = journey().steps.iter().flat_map(|step| &step.fields);
        let field = fields.map(|field| field.id).find(|field| field.id() == at);
        let id = match (field, profile) {
            (Some(field), Some(profile)) => fields::text_id(field, profile),
            (Some(field), None) => format!("field-{}", field.id()),
            (None, _) => item_id(at)?,
        };
        let name = texts.find(&id, &Args::new())?;
        Some(texts.quoted(name.trim_end_matches('?')))
    }

    fn contradictions(&self, texts: &Texts) -> Option<String> {
        let is_ticked = self.contradicts.first()?.is_ticked;
        let names = self.contradicts.iter().filter_map(|contradiction| {
            let name = texts.find(&item_id(&contradiction.item)?, &Args::new())?;
            Some(texts.quoted(&name))
        });
        let names = names.collect::<Vec<_>>().join(", ");
        let id = if is_ticked {
            "contradicts-ticked"
        } else {
            "contradicts-open"
        };
        Some(texts.with(id, &Args::new().with("items", names)))
    }

    fn render(&self, texts: &Texts, attribute: &str) -> String {
        let rendered = texts.with(&format!("diagnosis-{}{attribute}", self.id), &self.named(texts));
        let lines = rendered.lines().map(|line| complete(line, texts));
        lines.collect::<Vec<_>>().join("\n")
    }

    /// Returns the arguments, with the ids of fields, steps and services replaced by their names, and a mark for each value that is
    /// not known.
    fn named(&self, texts: &Texts) -> Args {
        let marks = text_args::NAMES.iter().fold(Args::new(), |args, name| {
            args.with(name, format!("{}{name}{}", MARK.0, MARK.1))
        });
        let marks = marks.with("traced", if self.trace_id.is_some() { "yes" } else { "no" });
        self.args.iter().fold(marks, |args, (name, value)| match (name, value) {
            ("fields", Arg::Text(ids)) => args.with(name, names(texts, "field", ids)),
            ("step", Arg::Text(id)) => args.with(name, texts.quoted(&texts.get(&format!("step-{id}.short")))),
            ("service", Arg::Text(ids)) => args.with(name, names(texts, "service", ids)),
            (_, Arg::Text(text)) => args.with(name, text),
            (_, Arg::Number(number)) => args.with(name, *number as i64),
            (_, Arg::Date(day)) => args.with(name, *day),
        })
    }
}

fn outside_sandbox(texts: &Texts, text: &str) -> String {
    texts.with("outside-sandbox", &Args::new().with("text", text))
}

/// Returns the id of an item's text, from `step.item`.
fn item_id(key: &str) -> Option<String> {
    let (step, item) = key.split_once('.')?;
    Some(format!("item-{step}-{item}"))
}

/// Replaces the marks in a line, and drops the sentences that cannot do without the value.
fn complete(line: &str, texts: &Texts) -> String {
    if !line.contains(MARK.0) {
        return line.to_owned();
    }
    let sentences = line.split_inclusive(". ");
    sentences
        .filter_map(|sentence| complete_sentence(sentence, texts))
        .collect::<String>()
        .trim_end()
        .to_owned()
}

fn complete_sentence(sentence: &str, texts: &Texts) -> Option<String> {
    let mut out = String::new();
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once(MARK.0) {
        let (name, after) = after.split_once(MARK.1)?;
        let noun = texts.find(&format!("unnamed-{name}"), &Args::new())?;
        out.push_str(before);
        if out.trim().is_empty() {
            let mut chars = noun.chars();
            out.extend(chars.next().into_iter().flat_map(char::to_uppercase));
            out.push_str(chars.as_str());
        } else {
            out.push_str(&noun);
        }
        rest = after;
    }
    out.push_str(rest);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        diagnosis::{parse_pasted, table},
        text::Language,
    };

    #[test]
    fn every_diagnosis_has_its_texts_in_every_language() {
        for language in Language::ALL {
            let texts = Texts::new(language);
            for known in table() {
                let diagnosis = parse_pasted(&known.id);
                assert_eq!(diagnosis.id, known.id);
                for text in [diagnosis.title(&texts), diagnosis.cause(&texts)] {
                    assert!(!text.is_empty() && !text.starts_with("diagnosis-"), "{text}");
                    assert!(!text.contains([MARK.0, '<', '{']), "{text}");
                    assert!(!text.contains("  ") && !text.ends_with(" ."), "{text}");
                }
                let fix = diagnosis.fix(&texts);
                assert!(!fix.is_empty(), "{}", known.id);
                assert!(!fix.join(" ").contains([MARK.0, '<', '{']), "{fix:?}");
                if known.fix_at.is_some() {
                    assert!(diagnosis.fix_at_name(&texts, None).is_some(), "{}", known.id);
                }
            }
        }
    }

    #[test]
    fn incomplete_profile_names_its_step_only_if_it_is_known() {
        for language in Language::ALL {
            let texts = Texts::new(language);
            let step = texts.get("step-credentials.short");
            let mut diagnosis = parse_pasted("profile-incomplete");
            assert!(!diagnosis.fix(&texts)[0].contains(&step));
            diagnosis.args = diagnosis.args.with("step", "credentials");
            assert!(diagnosis.fix(&texts)[0].contains(&texts.quoted(&step)));
        }
    }

    #[test]
    fn value_that_is_not_known_is_named_or_left_out() {
        let texts = Texts::new(Language::English);
        for (line, completed) in [
            ("⟦scope⟧ is not granted.", "The scope is not granted."),
            ("Ask for ⟦scope⟧.", "Ask for the scope."),
            ("It failed. It lasted ⟦seconds⟧ s. Try again.", "It failed. Try again."),
            ("Nothing is missing.", "Nothing is missing."),
        ] {
            assert_eq!(complete(line, &texts), completed);
        }
    }
}
