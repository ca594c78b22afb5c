//! Output of a running check: a line for each stage, and a spinner on a terminal.

use std::{
    io,
    sync::mpsc::{self, RecvTimeoutError},
    thread,
    time::Duration,
};

use crate::command::{print_styled, renderer::Renderer};
use crate::{
    check::Cancel,
    console::printable::CLEAR_LINE,
    diagnosis::Stage,
    report::{Event, Report},
};

/// Time between two frames of the spinner.
const SPINNER_INTERVAL: Duration = Duration::from_millis(100);

/// Runs a check and prints each stage when it ends. `None` if it was cancelled.
///
/// # Errors
///
/// Standard output could not be written. The check is cancelled then.
pub fn check(
    renderer: &Renderer,
    cancel: &Cancel,
    run: impl FnOnce(&mut dyn FnMut(Event)) -> Option<Report> + Send,
) -> io::Result<Option<Report>> {
    if !renderer.is_live() {
        return without_spinner(renderer, cancel, run);
    }
    let (sender, events) = mpsc::channel();
    thread::scope(|scope| {
        let worker = scope.spawn(move || {
            let mut on_event = |event| {
                // Fails if standard output was closed: then nothing receives.
                let _ = sender.send(event);
            };
            run(&mut on_event)
        });
        let printed = print_events(renderer, &events);
        if printed.is_err() {
            cancel.cancel();
        }
        let report = worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        printed.map(|()| report)
    })
}

/// Runs a check on this thread: nothing moves between two events.
fn without_spinner(
    renderer: &Renderer,
    cancel: &Cancel,
    run: impl FnOnce(&mut dyn FnMut(Event)) -> Option<Report>,
) -> io::Result<Option<Report>> {
    let mut printed = Ok(());
    let report = run(&mut |event| {
        let line = match event {
            Event::Started(_) => return,
            Event::Note(_, id, args) => format!("  {}\n", renderer.texts.with(id, &args)),
            Event::Finished(result) => renderer.stage(&result),
        };
        if printed.is_ok() {
            printed = print_styled(&line);
        }
        if printed.is_err() {
            cancel.cancel();
        }
    });
    printed.map(|()| report)
}

/// Prints the stages as they end. The running stage is shown with a spinner.
fn print_events(renderer: &Renderer, events: &mpsc::Receiver<Event>) -> io::Result<()> {
    let mut running: Option<Stage> = None;
    let mut frame = 0;
    loop {
        let event = events.recv_timeout(SPINNER_INTERVAL);
        let clear = running.map_or(String::new(), |_| CLEAR_LINE.to_string());
        match event {
            Ok(Event::Started(stage)) => running = Some(stage),
            Ok(Event::Note(_, id, args)) => print_styled(&format!("{clear}  {}\n", renderer.texts.with(id, &args)))?,
            Ok(Event::Finished(result)) => {
                running = None;
                print_styled(&format!("{clear}{}", renderer.stage(&result)))?;
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return print_styled(&clear),
        }
        if let Some(stage) = running {
            let spinner = renderer.symbols.spinner;
            let name = renderer.texts.get(&format!("stage-name-{}", stage.id()));
            print_styled(&format!("{CLEAR_LINE}{} {name}", spinner[frame % spinner.len()]))?;
            frame += 1;
        }
    }
}
