//! Output lines, safe to print on any terminal.

use crate::text::visible;

/// Lines without control characters, whatever their source.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Lines(Vec<String>);

impl Lines {
    /// Adds an empty line.
    pub(super) fn blank(&mut self) {
        self.0.push(String::new());
    }

    /// Adds the lines of a text, with control characters made visible.
    pub(super) fn push(&mut self, text: &str) {
        self.0.extend(text.lines().map(visible));
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

impl IntoIterator for Lines {
    type Item = String;
    type IntoIter = std::vec::IntoIter<String>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
