//! The native half of the Python package `dateline`.
//!
//! What people call is Python (`python/dateline`); here is what must be fast or
//! must not hold the interpreter's lock: reading, in parallel and in order,
//! stores, and tables that are handed over as Arrow streams without a copy.
//! No thread of ours ever calls Python; the calling thread looks for signals
//! while it waits.

mod account;
mod article;
mod errors;
mod files;
mod question;
mod reader;
mod reading;
mod store;
mod table;
mod waiting;

use pyo3::prelude::*;

/// The module `dateline._dateline`.
#[pymodule]
fn _dateline(module: &Bound<'_, PyModule>) -> PyResult<()> {
    let py = module.py();
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add("DatelineError", py.get_type::<errors::DatelineError>())?;
    module.add("StoreError", py.get_type::<errors::StoreError>())?;
    module.add_class::<account::Account>()?;
    module.add_class::<article::Article>()?;
    module.add_class::<files::Draft>()?;
    module.add_class::<files::Files>()?;
    module.add_class::<reader::Reader>()?;
    module.add_class::<reading::Reading>()?;
    module.add_class::<store::Store>()?;
    module.add_class::<table::Table>()?;
    module.add_class::<table::Tables>()?;
    module.add_function(wrap_pyfunction!(table::schema, module)?)?;
    Ok(())
}
