//! The thread that sends the requests of a run. Callers wait for it on their own threads: a check reads as a sequence of
//! steps, and returns at once when it is cancelled, also in DNS and TLS.

use std::{
    io,
    sync::{Arc, mpsc},
    thread,
};

use tokio::{
    runtime::{Builder, Handle},
    sync::{OwnedSemaphorePermit, Semaphore, oneshot},
    task::AbortHandle,
};

use super::{CANCEL_POLL_INTERVAL, Cancel};

/// The thread. It ends when this is dropped.
#[derive(Debug)]
pub struct Network {
    runtime: Handle,
    _stop: oneshot::Sender<()>,
}

impl Network {
    /// Starts the thread.
    ///
    /// # Errors
    ///
    /// The system allows no more threads or open files.
    pub fn start() -> io::Result<Network> {
        draw_first_random_number();
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let handle = runtime.handle().clone();
        let (stop, stopped) = oneshot::channel();
        thread::Builder::new().name("network".to_owned()).spawn(move || {
            // An error means that the sender was dropped.
            let _ = runtime.block_on(stopped);
            // A plain drop waits for names that are being resolved.
            runtime.shutdown_background();
        })?;
        Ok(Network {
            runtime: handle,
            _stop: stop,
        })
    }

    /// Runs `work` on the thread. Its result is received from the channel, which is disconnected if there is none.
    pub fn run<T: Send + 'static>(
        &self,
        work: impl Future<Output = T> + Send + 'static,
    ) -> (AbortHandle, mpsc::Receiver<T>) {
        let (sender, receiver) = mpsc::channel();
        let task = self.runtime.spawn(async move {
            // The receiver is gone if the caller no longer waits.
            let _ = sender.send(work.await);
        });
        (task.abort_handle(), receiver)
    }

    /// Waits for one of `slots`, in the order of the calls. `None` if cancelled.
    pub fn wait_for_slot(&self, slots: &Arc<Semaphore>, cancel: &Cancel) -> Option<OwnedSemaphorePermit> {
        if let Ok(slot) = slots.clone().try_acquire_owned() {
            return Some(slot);
        }
        let (waiting, receiver) = self.run(slots.clone().acquire_owned());
        while !cancel.is_cancelled() {
            match receiver.recv_timeout(CANCEL_POLL_INTERVAL) {
                Ok(slot) => return slot.ok(),
                Err(mpsc::RecvTimeoutError::Timeout) => {}
                Err(mpsc::RecvTimeoutError::Disconnected) => return None,
            }
        }
        waiting.abort();
        None
    }
}

/// Draws a random number while the network is awaited. The first one costs 30 ms of CPU if AWS-LC gathers entropy from CPU
/// jitter, as it does if it was built without `.cargo/config.toml`: by `cargo install`.
fn draw_first_random_number() {
    if option_env!("AWS_LC_SYS_NO_JITTER_ENTROPY").is_none() {
        // Without a thread or a number, whoever needs the first one waits for it.
        let _ = thread::Builder::new().spawn(|| aws_lc_rs::rand::fill(&mut [0]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wait_for_a_slot_ends_when_cancelled() {
        let (network, none, cancel) = (
            Network::start().unwrap(),
            Arc::new(Semaphore::new(0)),
            Cancel::default(),
        );
        thread::scope(|scope| {
            let waiting = scope.spawn(|| network.wait_for_slot(&none, &cancel).is_none());
            cancel.cancel();
            assert!(waiting.join().unwrap());
        });
        // The cancelled wait has not taken the slot.
        none.add_permits(1);
        assert!(network.wait_for_slot(&none, &Cancel::default()).is_some());
    }

    #[test]
    fn work_that_panics_disconnects_its_caller() {
        let network = Network::start().unwrap();
        let (_, receiver) = network.run(async { panic!("expected by this test") });
        assert_eq!(receiver.recv(), Err::<(), _>(mpsc::RecvError));
        assert_eq!(network.run(async { 1 }).1.recv(), Ok(1));
    }
}
