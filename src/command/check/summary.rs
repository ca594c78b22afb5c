//! Summary at the end of many checks: how many passed, and the others by cause and by who must act.

use std::collections::BTreeMap;

use super::{outcome::lacks_password, selection::UnreadableProfile};
use crate::{
    report::Report,
    text::{Args, Texts},
};

/// Results of many checks.
#[derive(Debug, Default)]
pub struct Summary {
    passed: usize,
    skipped: Vec<String>,
    unreadable: Vec<String>,
    /// By the diagnosis's id: its title with the code, and the names of the profiles.
    causes: BTreeMap<String, (Report, Vec<String>)>,
    /// Names of the profiles by the id of who must act.
    who: BTreeMap<&'static str, Vec<String>>,
}

impl Summary {
    /// Adds the result of a check.
    pub fn add(&mut self, report: &Report) {
        let name = report.profile.clone();
        match &report.diagnosis {
            None => self.passed += 1,
            Some(_) if lacks_password(report) => self.skipped.push(name),
            Some(diagnosis) => {
                self.who.entry(diagnosis.who.id()).or_default().push(name.clone());
                let cause = self.causes.entry(diagnosis.id.clone());
                cause.or_insert_with(|| (report.clone(), Vec::new())).1.push(name);
            }
        }
    }

    /// Adds a profile that could not be read.
    pub fn add_unreadable(&mut self, unreadable: &UnreadableProfile) {
        self.unreadable.push(unreadable.name.clone());
    }

    /// Returns whether all of `count` profiles passed.
    pub fn all_passed(&self, count: usize) -> bool {
        self.passed == count
    }

    /// Returns the summary for people; for one cause or more, a line for each cause and for each that must act.
    pub fn to_text(&self, count: usize, texts: &Texts) -> String {
        let values = Args::new().with("passed", self.passed).with("all", count);
        if self.all_passed(count) {
            return texts.with("check-sum.all", &values);
        }
        let mut lines = vec![texts.with("check-sum", &values)];
        let listed = |mut names: Vec<String>| {
            names.sort_unstable();
            names.join(", ")
        };
        let mut causes: Vec<(String, Vec<String>)> = self
            .causes
            .values()
            .filter_map(|(report, names)| {
                let diagnosis = report.diagnosis.as_ref()?;
                let title = match &diagnosis.code {
                    Some(code) => format!("{} ({code})", diagnosis.title(texts)),
                    None => diagnosis.title(texts),
                };
                Some((title, names.clone()))
            })
            .collect();
        for (id, names) in [
            ("check-sum-skipped", &self.skipped),
            ("list-unreadable", &self.unreadable),
        ] {
            if !names.is_empty() {
                causes.push((texts.get(id), names.clone()));
            }
        }
        // The most frequent first.
        causes.sort_unstable_by(|one, other| other.1.len().cmp(&one.1.len()).then_with(|| one.0.cmp(&other.0)));
        lines.push(texts.get("check-sum-causes"));
        lines.extend(
            causes
                .into_iter()
                .map(|(title, names)| format!("  {} × {title}: {}", names.len(), listed(names))),
        );
        if !self.who.is_empty() {
            lines.push(texts.get("check-sum-who"));
        }
        lines.extend(self.who.iter().map(|(who, names)| {
            let who = texts.get(&format!("who-{who}.short"));
            format!("  {} × {who}: {}", names.len(), listed(names.clone()))
        }));
        lines.join("\n")
    }
}
