//! The end of the time for several requests, such as those of a check.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

/// The end of the time for several requests. Clones share it.
#[derive(Debug, Clone)]
pub struct Deadline(Arc<Mutex<Instant>>);

impl Deadline {
    /// Returns the deadline that is `duration` from now.
    pub fn after(duration: Duration) -> Deadline {
        Deadline(Arc::new(Mutex::new(Instant::now() + duration)))
    }

    /// Returns the time that is left; zero after the deadline.
    pub fn left(&self) -> Duration {
        let end = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        end.saturating_duration_since(Instant::now())
    }

    /// Adds time that was spent without the server, such as the wait for a free connection.
    pub(super) fn extend(&self, by: Duration) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) += by;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extended_deadline_is_that_of_all_clones() {
        let deadline = Deadline::after(Duration::ZERO);
        let other = deadline.clone();
        assert!(deadline.left().is_zero());
        other.extend(Duration::from_secs(60));
        assert!(deadline.left() > Duration::from_secs(30));
    }
}
