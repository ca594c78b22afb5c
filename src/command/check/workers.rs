//! Worker threads: the same work on many items, a few at a time.

use std::{
    sync::{
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    thread,
};

/// Runs `work` on each item, `jobs` at a time, and calls `on_result` with the item's index and the result.
///
/// Results arrive in the order in which the work ends. `on_result` runs on the caller's thread.
pub fn each<T: Sync, R: Send>(
    items: &[T],
    jobs: usize,
    work: impl Fn(&T) -> R + Sync,
    mut on_result: impl FnMut(usize, R),
) {
    let next = AtomicUsize::new(0);
    let (sender, results) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..jobs.clamp(1, items.len().max(1)) {
            let sender = sender.clone();
            let (next, work) = (&next, &work);
            scope.spawn(move || {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(item) = items.get(at) else { return };
                    if sender.send((at, work(item))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(sender);
        for (at, result) in results {
            on_result(at, result);
        }
    });
}

#[cfg(test)]
mod tests {
    use std::sync::Barrier;

    use super::*;

    #[test]
    fn each_reports_every_item_once_without_waiting_for_a_slow_one() {
        let mut order = Vec::new();
        // The first item waits until another one is reported. If it blocked the others, the test would not end.
        let reported = Barrier::new(2);
        each(
            &[0, 1, 2],
            2,
            |item| {
                if *item == 0 {
                    reported.wait();
                }
                item * 10
            },
            |at, result| {
                if order.is_empty() {
                    reported.wait();
                }
                order.push((at, result));
            },
        );
        assert_ne!(order[0].0, 0);
        order.sort_unstable();
        assert_eq!(order, [(0, 0), (1, 10), (2, 20)]);
    }

    #[test]
    fn each_runs_at_most_the_given_number_of_jobs_at_once() {
        let running = AtomicUsize::new(0);
        let most = AtomicUsize::new(0);
        each(
            &[(); 40],
            3,
            |()| {
                most.fetch_max(running.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                thread::yield_now();
                running.fetch_sub(1, Ordering::SeqCst);
            },
            |_, ()| {},
        );
        assert!(most.into_inner() <= 3);
    }
}
