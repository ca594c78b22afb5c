//! Metadata and published keys, which are the same for all profiles of an environment: the checks of a run ask for them once.

use std::{
    collections::HashMap,
    path::PathBuf,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use crate::{
    http::ClockMeasurement,
    maskinporten::{jwks::Keys, metadata::Metadata},
};

/// Metadata and published keys, by address and `ca_file`. Clones share them.
#[derive(Debug, Clone, Default)]
pub struct Published(Arc<Answers>);

#[derive(Debug, Default)]
struct Answers {
    /// With the clock measured by the response.
    metadata: AskedOnce<(Metadata, Option<ClockMeasurement>)>,
    keys: AskedOnce<Arc<Keys>>,
}

/// The address, and the file with the roots that are trusted for it.
type Source = (String, Option<PathBuf>);

impl Published {
    /// Returns the metadata; calls `ask` if no check of the run has got it.
    pub(super) fn metadata<E>(
        &self,
        source: Source,
        ask: impl FnOnce() -> Result<(Metadata, Option<ClockMeasurement>), E>,
    ) -> Result<(Metadata, Option<ClockMeasurement>), E> {
        self.0.metadata.get(source, ask)
    }

    /// Returns the published keys; calls `ask` if no check of the run has got them.
    pub(super) fn keys<E>(&self, source: Source, ask: impl FnOnce() -> Result<Arc<Keys>, E>) -> Result<Arc<Keys>, E> {
        self.0.keys.get(source, ask)
    }
}

/// Answers that are asked for once each.
#[derive(Debug)]
struct AskedOnce<V>(Mutex<HashMap<Source, Arc<Answer<V>>>>);

impl<V> Default for AskedOnce<V> {
    fn default() -> AskedOnce<V> {
        AskedOnce(Mutex::default())
    }
}

#[derive(Debug)]
struct Answer<V> {
    value: Mutex<Option<V>>,
    /// The first request failed.
    failed: AtomicBool,
}

impl<V: Clone> AskedOnce<V> {
    /// Returns the answer of an earlier call, else that of `ask`. The first call makes others wait for its answer; if it
    /// fails, each asks on its own: one after another, they would wait for each other's time limits. Failures are not kept.
    fn get<E>(&self, source: Source, ask: impl FnOnce() -> Result<V, E>) -> Result<V, E> {
        let answer = lock(&self.0)
            .entry(source)
            .or_insert_with(|| {
                Arc::new(Answer {
                    value: Mutex::new(None),
                    failed: AtomicBool::new(false),
                })
            })
            .clone();
        let mut value = lock(&answer.value);
        if let Some(value) = &*value {
            return Ok(value.clone());
        }
        if answer.failed.load(Ordering::Relaxed) {
            drop(value);
            let asked = ask()?;
            *lock(&answer.value) = Some(asked.clone());
            return Ok(asked);
        }
        let asked = ask();
        match &asked {
            Ok(asked) => *value = Some(asked.clone()),
            Err(_) => answer.failed.store(true, Ordering::Relaxed),
        }
        asked
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::{
        sync::{Barrier, atomic::AtomicUsize},
        thread,
    };

    use super::*;

    fn source() -> Source {
        ("https://example/".to_owned(), None)
    }

    #[test]
    fn answer_is_asked_for_once_by_parallel_calls() {
        let (once, asked) = (AskedOnce::default(), AtomicUsize::new(0));
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    let ask = || Ok::<_, ()>(asked.fetch_add(1, Ordering::SeqCst));
                    assert_eq!(once.get(source(), ask), Ok(0));
                });
            }
        });
    }

    #[test]
    fn failed_answers_are_asked_for_again_and_beside_each_other() {
        let once = AskedOnce::default();
        assert_eq!(once.get(source(), || Err::<u8, _>("down")), Err("down"));
        // If one waited for the other, neither would pass the barrier.
        let both = Barrier::new(2);
        thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| {
                    let ask = || {
                        both.wait();
                        Ok::<_, &str>(1)
                    };
                    assert_eq!(once.get(source(), ask), Ok(1));
                });
            }
        });
        assert_eq!(once.get(source(), || Err("not asked")), Ok(1));
    }
}
