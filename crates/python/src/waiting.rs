//! Work on threads of ours, while the calling thread looks for signals.

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

/// Stack of a thread that reads: sentences of damaged text can be very long and
/// trees very deep.
pub const STACK: usize = 16 << 20;

/// How long a signal waits at most.
const LOOK: Duration = Duration::from_millis(50);

/// The next of what some threads send; nothing when all of them are gone.
///
/// # Errors
/// What a signal handler raises, such as `KeyboardInterrupt`.
pub fn next<T: Send>(py: Python<'_>, results: &Mutex<Receiver<T>>) -> PyResult<Option<T>> {
    loop {
        let result = py.detach(|| {
            let results = results.lock().unwrap_or_else(|broken| broken.into_inner());
            results.recv_timeout(LOOK)
        });
        match result {
            Ok(result) => return Ok(Some(result)),
            Err(RecvTimeoutError::Disconnected) => return Ok(None),
            Err(RecvTimeoutError::Timeout) => py.check_signals()?,
        }
    }
}

/// Does some work on a thread of its own, which is left alone if a signal comes.
///
/// # Errors
/// What a signal handler raises.
pub fn apart<T: Send + 'static>(
    py: Python<'_>,
    work: impl FnOnce() -> T + Send + 'static,
) -> PyResult<T> {
    let (done, result) = channel();
    let send = move || drop(done.send(work()));
    thread::Builder::new().stack_size(STACK).spawn(send)?;
    let gone = || PyRuntimeError::new_err("an internal error ended the work; please report it");
    next(py, &Mutex::new(result))?.ok_or_else(gone)
}
