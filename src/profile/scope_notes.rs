//! Notes about scopes that a user has typed, by what is known of them from the open scope list. Pure.

use crate::text::{Args, Texts};

/// What the list has about a scope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScopeNote {
    pub scope: String,
    /// The listed scope that was probably meant. `None` if the scope itself is listed.
    pub nearest: Option<String>,
}

impl ScopeNote {
    /// Returns the note in one line.
    pub fn text(&self, texts: &Texts) -> String {
        let args = Args::new().with("scope", &self.scope);
        match &self.nearest {
            Some(nearest) => texts.with("scope-near", &args.with("nearest", nearest)),
            None => texts.with("scope-listed", &args),
        }
    }
}
