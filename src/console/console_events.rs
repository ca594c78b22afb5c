//! Windows' console events, of which five ask for the end: Ctrl-C, Ctrl-Break, the closed window, log-off and shutdown.

use std::{
    future::poll_fn,
    io,
    task::{Context, Poll},
};

use tokio::{
    runtime::{Builder, Runtime},
    signal::windows::{
        CtrlBreak, CtrlC, CtrlClose, CtrlLogoff, CtrlShutdown, ctrl_break, ctrl_c, ctrl_close, ctrl_logoff,
        ctrl_shutdown,
    },
};

/// Handlers of the console events, from their creation on.
///
/// Windows ends the process when the handler of a closed window returns, or after some seconds. The handler of tokio does
/// not return, so that there is time to save.
#[derive(Debug)]
pub struct ConsoleEvents {
    runtime: Runtime,
    ctrl_c: CtrlC,
    ctrl_break: CtrlBreak,
    close: CtrlClose,
    log_off: CtrlLogoff,
    shutdown: CtrlShutdown,
}

impl ConsoleEvents {
    /// Installs the handlers.
    ///
    /// # Errors
    ///
    /// The error of the system.
    pub fn new() -> io::Result<ConsoleEvents> {
        Ok(ConsoleEvents {
            runtime: Builder::new_current_thread().build()?,
            ctrl_c: ctrl_c()?,
            ctrl_break: ctrl_break()?,
            close: ctrl_close()?,
            log_off: ctrl_logoff()?,
            shutdown: ctrl_shutdown()?,
        })
    }

    /// Blocks until one of the events occurs.
    pub fn wait(&mut self) {
        let ConsoleEvents {
            runtime,
            ctrl_c,
            ctrl_break,
            close,
            log_off,
            shutdown,
        } = self;
        let poll_all = |context: &mut Context<'_>| {
            // Each is polled, as a pending one registers its wake-up.
            let ready = [
                ctrl_c.poll_recv(context).is_ready(),
                ctrl_break.poll_recv(context).is_ready(),
                close.poll_recv(context).is_ready(),
                log_off.poll_recv(context).is_ready(),
                shutdown.poll_recv(context).is_ready(),
            ];
            if ready.contains(&true) {
                Poll::Ready(())
            } else {
                Poll::Pending
            }
        };
        runtime.block_on(poll_fn(poll_all));
    }
}
