//! The same work over many things, a few at a time.

use std::{
    sync::{
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    thread,
};

/// Does `work` on each of `items`, `jobs` at a time, and hands over what came of each as it comes, with its place among
/// them. A slow one holds up no other while there is a worker free.
pub fn each<T: Sync, R: Send>(items: &[T], jobs: usize, work: impl Fn(&T) -> R + Sync, mut on: impl FnMut(usize, R)) {
    let next = AtomicUsize::new(0);
    let (sender, outcomes) = mpsc::channel();
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
        for (at, outcome) in outcomes {
            on(at, outcome);
        }
    });
}

#[cfg(test)]
mod tests {
    use std::sync::Barrier;

    use super::*;

    #[test]
    fn each_is_done_once_and_told_as_it_comes() {
        let mut order = Vec::new();
        // The first waits until another has been told: were it in the way of it, this would never end.
        let told = Barrier::new(2);
        each(
            &[0, 1, 2],
            2,
            |item| {
                if *item == 0 {
                    told.wait();
                }
                item * 10
            },
            |at, outcome| {
                if order.is_empty() {
                    told.wait();
                }
                order.push((at, outcome));
            },
        );
        assert_ne!(order[0].0, 0);
        order.sort_unstable();
        assert_eq!(order, [(0, 0), (1, 10), (2, 20)]);
    }

    #[test]
    fn no_more_run_at_once_than_were_allowed() {
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
