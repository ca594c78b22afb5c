//! What is to be said of a profile that a command has just written: what has changed with it that was not named, and
//! what will not do. It is saved all the same, as people prepare what they do not have yet.

use super::{Context, tell};
use crate::{
    profile::{Kind, Profile},
    text::Args,
};

/// A word of warning on standard error.
pub fn warn(context: &Context, what: &str) {
    tell(&context.texts.with("command-warning", &Args::new().with("what", what)));
}

/// Says it on standard error; `before` is what the profile was, where it is no new one.
pub fn say(context: &Context, before: Option<&Profile>, after: &Profile) -> anyhow::Result<()> {
    let was = before.and_then(|before| before.business.kind);
    if was.is_some() && was != after.business.kind {
        let kind = Args::new().with("kind", after.business.kind.map_or("none", Kind::id));
        tell(&context.texts.with("edit-kind-changed", &kind));
    }
    Ok(())
}
