//! Stores.

use crate::account::Account;
use crate::article::Article;
use crate::errors::{of_store, same_process, told};
use crate::question::question;
use crate::table::{Table, named, scales};
use crate::waiting::apart;
use dateline_store::{Known, OnClash, StoreError};
use dateline_tables::{Format, Network, OutputFile, TableError, Writer, each_batch};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

/// A store: a connection that asks, and, once something is added, one that writes.
#[pyclass(frozen, module = "dateline._dateline")]
pub struct Store {
    path: PathBuf,
    begun_in: u32,
    asks: Arc<Mutex<Option<dateline_store::Store>>>,
    writes: Arc<Mutex<Option<dateline_store::Store>>>,
}

type Shared = Arc<Mutex<Option<dateline_store::Store>>>;

/// Does something with a connection, which is opened when it is first needed.
fn with<T>(
    shared: &Shared,
    open: impl FnOnce() -> Result<dateline_store::Store, StoreError>,
    work: impl FnOnce(&mut dateline_store::Store) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let mut store = shared.lock().unwrap_or_else(|broken| broken.into_inner());
    let store = match &mut *store {
        Some(store) => store,
        none => none.insert(open()?),
    };
    work(store)
}

impl Store {
    fn ask<T: Send + 'static>(
        &self,
        py: Python<'_>,
        work: impl FnOnce(&dateline_store::Store) -> Result<T, StoreError> + Send + 'static,
    ) -> PyResult<T> {
        same_process(self.begun_in, "store")?;
        let (shared, path) = (self.asks.clone(), self.path.clone());
        let open = move || dateline_store::Store::open(path);
        apart(py, move || with(&shared, open, |store| work(store)))?.map_err(of_store)
    }

    fn write<T: Send + 'static>(
        &self,
        py: Python<'_>,
        work: impl FnOnce(&mut dateline_store::Store) -> Result<T, StoreError> + Send + 'static,
    ) -> PyResult<T> {
        same_process(self.begun_in, "store")?;
        let (shared, path) = (self.writes.clone(), self.path.clone());
        let open = move || dateline_store::Store::create(path);
        apart(py, move || with(&shared, open, work))?.map_err(of_store)
    }
}

fn known(known: Known) -> &'static str {
    match known {
        Known::New => "new",
        Known::Same => "same",
        Known::Other => "other",
    }
}

fn json(rows: &impl serde::Serialize) -> Result<String, StoreError> {
    serde_json::to_string(rows).map_err(|error| StoreError::Query(error.to_string()))
}

#[pymethods]
impl Store {
    #[new]
    fn new(path: PathBuf) -> Self {
        let (asks, writes) = (Shared::default(), Shared::default());
        Self { path, begun_in: std::process::id(), asks, writes }
    }

    /// Makes the file if it is not there, and brings an older one up to date.
    fn make(&self, py: Python<'_>) -> PyResult<()> {
        self.write(py, |_| Ok(()))
    }

    /// What is known of an article: new, same, other.
    fn known(&self, py: Python<'_>, article: &Article) -> PyResult<&'static str> {
        let article = article.record.article.clone();
        self.ask(py, move |store| store.known(&article)).map(known)
    }

    /// Adds accounts in one transaction; says what was known of each.
    fn add(
        &self,
        py: Python<'_>,
        accounts: Vec<PyRef<'_, Account>>,
        replace: bool,
    ) -> PyResult<Vec<&'static str>> {
        let accounts: Vec<_> = accounts.iter().map(|a| (*a.account).clone()).collect();
        let on_clash = if replace { OnClash::Replace } else { OnClash::Keep };
        let all = self.write(py, move |store| store.add(&accounts, on_clash))?;
        Ok(all.into_iter().map(known).collect())
    }

    /// Joins what was added to what was there.
    fn join(&self, py: Python<'_>) -> PyResult<()> {
        self.write(py, |store| store.join(|_| ()))
    }

    /// Takes an article out; whether it was there.
    fn remove(&self, py: Python<'_>, id: String) -> PyResult<bool> {
        self.write(py, move |store| store.remove(&id))
    }

    /// How many articles there are.
    fn articles(&self, py: Python<'_>) -> PyResult<u64> {
        self.ask(py, dateline_store::Store::articles)
    }

    /// The account of an article.
    fn account(&self, py: Python<'_>, id: String) -> PyResult<Option<Account>> {
        let account = self.ask(py, move |store| store.account(&id))?;
        Ok(account.map(|account| Account { account: Arc::new(account) }))
    }

    /// Problems, articles and spans looked at.
    fn check(&self, py: Python<'_>) -> PyResult<(Vec<String>, u64, u64)> {
        let checked = self.ask(py, dateline_store::Store::check)?;
        Ok((checked.problems, checked.articles, checked.spans))
    }

    /// Rows of an answer as JSON.
    fn find(
        &self,
        py: Python<'_>,
        what: String,
        limit: usize,
        wanted: &Bound<'_, PyDict>,
    ) -> PyResult<String> {
        let question = question(wanted, Some(limit))?;
        if ![
            "claims",
            "events",
            "incidents",
            "people",
            "actors",
            "articles",
            "disputes",
            "timeline",
        ]
        .contains(&what.as_str())
        {
            return Err(PyValueError::new_err(format!(
                "nothing is found by '{what}'; give claims, events, incidents, people, actors or \
                 articles"
            )));
        }
        self.ask(py, move |store| match what.as_str() {
            "claims" => json(&store.claims(&question)?),
            "events" => json(&store.events(&question)?),
            "incidents" => json(&store.incidents(&question)?),
            "timeline" => {
                let mut incidents = store.incidents(&question)?;
                incidents.sort_by_key(|incident| (incident.day(), incident.id));
                json(&incidents)
            }
            "people" => json(&store.people(&question, false)?),
            "actors" => json(&store.people(&question, true)?),
            "disputes" => json(&store.disputes(&question)?),
            _ => json(&store.find_articles(&question)?),
        })
    }

    /// A page on somebody as JSON.
    fn who(&self, py: Python<'_>, name: String, limit: usize) -> PyResult<Option<String>> {
        self.ask(py, move |store| store.who(&name, limit)?.map(|page| json(&page)).transpose())
    }

    /// Columns and rows of a SELECT as JSON.
    fn sql(&self, py: Python<'_>, sql: String) -> PyResult<String> {
        self.ask(py, move |store| {
            let table = store.sql(&sql)?;
            json(&(table.columns, table.rows))
        })
    }

    /// A table in memory.
    fn table(
        &self,
        py: Python<'_>,
        name: &str,
        limit: Option<usize>,
        wanted: &Bound<'_, PyDict>,
        lexicon: Option<PathBuf>,
        ontology: Option<PathBuf>,
    ) -> PyResult<Table> {
        let (table, question) = (named(name)?, question(wanted, limit)?);
        let scales = scales(lexicon, ontology)?;
        let batches = self.ask(py, move |store| {
            let mut batches = Vec::new();
            let gathered = each_batch(store, table, &question, scales, |batch| {
                batches.push(batch.clone());
                Ok(())
            });
            gathered.map(|()| batches).map_err(back)
        })?;
        Ok(Table { schema: table.schema(), batches })
    }

    /// A table or a network as a file.
    #[allow(clippy::too_many_arguments)] // as the Python side has them by name
    fn export(
        &self,
        py: Python<'_>,
        what: &str,
        to: PathBuf,
        format: Option<&str>,
        limit: Option<usize>,
        wanted: &Bound<'_, PyDict>,
        lexicon: Option<PathBuf>,
        ontology: Option<PathBuf>,
    ) -> PyResult<()> {
        let question = question(wanted, limit)?;
        let scales = scales(lexicon, ontology)?;
        let extension = to.extension().and_then(|e| e.to_str()).unwrap_or("");
        let network = matches!(what, "graphml" | "gexf");
        let form = Format::of_extension(format.unwrap_or(extension));
        if !network && form.is_none() {
            return Err(PyValueError::new_err(format!(
                "{}: its name does not tell the layout; give format='parquet', 'csv', 'tsv' or \
                 'jsonl'",
                to.display()
            )));
        }
        let table = if network { None } else { Some(named(what)?) };
        let gexf = what == "gexf";
        let done = self.ask(py, move |store| {
            let write = || -> Result<(), TableError> {
                let mut file = OutputFile::create(&to)?;
                if let (Some(table), Some(form)) = (table, form) {
                    let mut writer = Writer::new(file, form, table)?;
                    each_batch(store, table, &question, scales, |batch| writer.write(batch))?;
                    return writer.finish()?.commit();
                }
                let network = Network::of(store, &question, &scales)?;
                if gexf {
                    network.write_gexf(&mut file)?;
                } else {
                    network.write_graphml(&mut file)?;
                }
                file.commit()
            };
            match write() {
                Err(TableError::Store(error)) => Err(error),
                other => Ok(other.map_err(|error| error.to_string())),
            }
        })?;
        done.map_err(told)
    }
}

/// An error of a table that was only gathered: the store's.
fn back(error: TableError) -> StoreError {
    match error {
        TableError::Store(error) => error,
        other => StoreError::Query(other.to_string()),
    }
}
