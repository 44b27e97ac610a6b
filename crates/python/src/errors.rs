//! Errors as Python exceptions, with the command's sentences.

use pyo3::create_exception;
use pyo3::exceptions::{PyException, PyRuntimeError};
use pyo3::prelude::*;

create_exception!(
    dateline,
    DatelineError,
    PyException,
    "What dateline could not do, and the cure."
);
create_exception!(dateline, StoreError, DatelineError, "What could not be done with a store.");

/// Any error by its sentence.
pub fn told(error: impl std::fmt::Display) -> PyErr {
    DatelineError::new_err(error.to_string())
}

/// An error of a store.
pub fn of_store(error: dateline_store::StoreError) -> PyErr {
    StoreError::new_err(error.to_string())
}

/// Refuses what was begun before a fork: threads and open stores do not
/// outlive one.
pub fn same_process(begun_in: u32, what: &str) -> PyResult<()> {
    if begun_in == std::process::id() {
        return Ok(());
    }
    Err(PyRuntimeError::new_err(format!(
        "this {what} was begun in another process, before a fork; begin one in each process"
    )))
}
