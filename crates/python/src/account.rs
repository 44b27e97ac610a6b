//! Accounts, which stay Rust's until Python asks for their rows.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use std::sync::Arc;

/// An account. Its rows go to Python as JSON, once they are asked for.
#[pyclass(frozen, module = "dateline._dateline", name = "Account")]
pub struct Account {
    pub account: Arc<dateline::Account>,
}

#[pymethods]
impl Account {
    /// An account of its JSON.
    #[staticmethod]
    fn from_json(json: &str) -> PyResult<Self> {
        let account: dateline::Account =
            serde_json::from_str(json).map_err(|e| PyValueError::new_err(e.to_string()))?;
        account.check().map_err(PyValueError::new_err)?;
        Ok(Self { account: Arc::new(account) })
    }

    /// The account's JSON, as `dateline read` writes it.
    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        let account = &self.account;
        py.detach(|| serde_json::to_string(&**account)).map_err(crate::errors::told)
    }

    #[getter]
    fn id(&self) -> &str {
        &self.account.id
    }

    #[getter]
    fn text(&self) -> &str {
        &self.account.text
    }

    #[getter]
    fn language(&self) -> &str {
        &self.account.language
    }

    /// Whether there was something to read: not where the text is empty or not
    /// English.
    #[getter]
    fn was_read(&self) -> bool {
        !self.account.sentences.is_empty()
    }

    /// How many claims, events and entities there are.
    #[getter]
    fn counts(&self) -> (usize, usize, usize) {
        let account = &self.account;
        (account.claims.len(), account.events.len(), account.entities.len())
    }
}
