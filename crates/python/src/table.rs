//! Tables, handed over as Arrow streams: batches are shared, not copied.

use crate::account::Account;
use crate::errors::told;
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{RecordBatch, RecordBatchIterator, RecordBatchReader};
use arrow_schema::SchemaRef;
use arrow_schema::ffi::FFI_ArrowSchema;
use dateline::Lexicons;
use dateline_tables::{Batches, Scales};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use std::sync::{Arc, Mutex};

/// A table in memory.
#[pyclass(frozen, module = "dateline._dateline")]
pub struct Table {
    pub schema: SchemaRef,
    pub batches: Vec<RecordBatch>,
}

#[pymethods]
impl Table {
    fn __len__(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    #[getter]
    fn column_names(&self) -> Vec<String> {
        self.schema.fields().iter().map(|field| field.name().clone()).collect()
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema = FFI_ArrowSchema::try_from(self.schema.as_ref()).map_err(told)?;
        PyCapsule::new_with_value(py, schema, c"arrow_schema")
    }

    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // the protocol lets a producer give its own columns; the consumer casts
        drop(requested_schema);
        let batches = self.batches.clone().into_iter().map(Ok);
        let reader = RecordBatchIterator::new(batches, self.schema.clone());
        let reader: Box<dyn RecordBatchReader + Send> = Box::new(reader);
        let stream = FFI_ArrowArrayStream::new(reader);
        PyCapsule::new_with_value(py, stream, c"arrow_array_stream")
    }
}

/// The columns of a table, as a table without rows.
#[pyfunction]
pub fn schema(name: &str) -> PyResult<Table> {
    Ok(Table { schema: named(name)?.schema(), batches: Vec::new() })
}

/// The table of a name.
pub fn named(name: &str) -> PyResult<dateline_tables::Table> {
    dateline_tables::Table::from_name(name).ok_or_else(|| {
        PyValueError::new_err(format!(
            "there is no table '{name}'; give one of articles, claims, events, entities, \
             incidents, polecat"
        ))
    })
}

/// Quad classes and intensities by the lexicons of these folders.
pub fn scales(
    lexicon: Option<std::path::PathBuf>,
    ontology: Option<std::path::PathBuf>,
) -> PyResult<Arc<Scales>> {
    let lexicons = lexicon.map_or_else(Lexicons::embedded, Lexicons::with_folder);
    let lexicons = match ontology {
        Some(folder) => lexicons.with_ontology(folder),
        None => lexicons,
    };
    Ok(Arc::new(Scales::load(&lexicons).map_err(told)?))
}

/// Rows of accounts gathered to tables.
#[pyclass(frozen, module = "dateline._dateline")]
pub struct Tables {
    gathered: Mutex<Vec<Gathered>>,
}

struct Gathered {
    name: String,
    schema: SchemaRef,
    open: Batches,
    done: Vec<RecordBatch>,
}

#[pymethods]
impl Tables {
    #[new]
    #[pyo3(signature = (names, lexicon=None, ontology=None))]
    fn new(
        names: Vec<String>,
        lexicon: Option<std::path::PathBuf>,
        ontology: Option<std::path::PathBuf>,
    ) -> PyResult<Self> {
        let scales = scales(lexicon, ontology)?;
        let gathered = names.into_iter().map(|name| {
            let table = named(&name)?;
            let open = Batches::new(table, scales.clone());
            Ok(Gathered { name, schema: table.schema(), open, done: Vec::new() })
        });
        Ok(Self { gathered: Mutex::new(gathered.collect::<PyResult<_>>()?) })
    }

    /// Appends the rows of an account.
    fn add(&self, py: Python<'_>, account: &Account) {
        let account = &account.account;
        py.detach(|| {
            for table in self.lock().iter_mut() {
                table.open.account(account);
                if table.open.are_full() {
                    table.done.push(table.open.finish());
                }
            }
        });
    }

    /// The rows so far, by table; there are none afterwards.
    fn finish(&self) -> Vec<(String, Table)> {
        let finish = |table: &mut Gathered| {
            let mut batches = std::mem::take(&mut table.done);
            let last = table.open.finish();
            if last.num_rows() > 0 {
                batches.push(last);
            }
            (table.name.clone(), Table { schema: table.schema.clone(), batches })
        };
        self.lock().iter_mut().map(finish).collect()
    }
}

impl Tables {
    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Gathered>> {
        self.gathered.lock().unwrap_or_else(|broken| broken.into_inner())
    }
}
