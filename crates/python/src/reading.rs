//! Many articles: read in parallel, given back in order, few at a time.

use crate::account::Account;
use crate::article::Article;
use crate::errors::{same_process, told};
use crate::reader::{Reader, read};
use crate::waiting::{STACK, next};
use dateline::intake::Record;
use pyo3::exceptions::{PyKeyboardInterrupt, PyRuntimeError};
use pyo3::prelude::*;
use pyo3::types::PyIterator;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread;

/// What came of an article, by its number.
type Done = (usize, Result<dateline::Account, String>);

/// An iterator over the accounts of an iterator of articles. At most four
/// articles a thread are between the two.
#[pyclass(module = "dateline._dateline")]
pub struct Reading {
    /// Where articles come from, as long as there are more.
    source: Option<Py<PyIterator>>,
    /// What the source raised; told when the articles before it are done.
    failed: Option<PyErr>,
    jobs: Option<SyncSender<(usize, Record)>>,
    results: Mutex<Receiver<Done>>,
    waiting: BTreeMap<usize, Result<dateline::Account, String>>,
    asked: usize,
    given: usize,
    most: usize,
    stopped: Arc<AtomicBool>,
    begun_in: u32,
}

#[pymethods]
impl Reading {
    #[new]
    fn new(reader: &Reader, articles: &Bound<'_, PyAny>, threads: usize) -> PyResult<Self> {
        let threads = threads.max(1);
        let most = threads * 4;
        let (jobs, take) = sync_channel::<(usize, Record)>(most);
        let (done, results) = channel();
        let stopped = Arc::new(AtomicBool::new(false));
        let take = Arc::new(Mutex::new(take));
        for _ in 0..threads {
            let (take, done) = (take.clone(), done.clone());
            let (reader, stopped) = (reader.reader.clone(), stopped.clone());
            let work = move || {
                let job = || take.lock().ok()?.recv().ok();
                while let Some((at, record)) = job() {
                    if stopped.load(Ordering::Relaxed)
                        || done.send((at, work(&reader, &record))).is_err()
                    {
                        break;
                    }
                }
            };
            thread::Builder::new().stack_size(STACK).spawn(work)?;
        }
        Ok(Self {
            source: Some(articles.try_iter()?.unbind()),
            failed: None,
            jobs: Some(jobs),
            results: Mutex::new(results),
            waiting: BTreeMap::new(),
            asked: 0,
            given: 0,
            most,
            stopped,
            begun_in: std::process::id(),
        })
    }

    fn __iter__(this: PyRef<'_, Self>) -> PyRef<'_, Self> {
        this
    }

    fn __next__(&mut self, py: Python<'_>) -> PyResult<Option<Account>> {
        same_process(self.begun_in, "reading")?;
        loop {
            self.ask(py)?;
            if let Some(result) = self.waiting.remove(&self.given) {
                self.given += 1;
                let account = result.map_err(told)?;
                return Ok(Some(Account { account: Arc::new(account) }));
            }
            if self.given == self.asked {
                self.stop();
                return self.failed.take().map_or(Ok(None), Err);
            }
            let (at, result) = next(py, &self.results)?
                .ok_or_else(|| PyRuntimeError::new_err("the reading was stopped"))?;
            self.waiting.insert(at, result);
        }
    }

    /// Ends it: what is read meanwhile is dropped.
    fn stop(&mut self) {
        self.stopped.store(true, Ordering::Relaxed);
        self.source = None;
        self.jobs = None;
    }
}

impl Reading {
    /// Asks the source for articles while few are on their way.
    fn ask(&mut self, py: Python<'_>) -> PyResult<()> {
        while self.asked - self.given < self.most
            && let (Some(source), Some(jobs)) = (&self.source, &self.jobs)
        {
            let article = match source.bind(py).clone().next() {
                None => {
                    self.source = None;
                    break;
                }
                Some(article) => article.and_then(|article| {
                    let article = article.cast::<Article>()?;
                    Ok(article.get().record.clone())
                }),
            };
            match article {
                Ok(record) => {
                    // there is room for all that may be on their way
                    if jobs.send((self.asked, record)).is_err() {
                        return Err(PyRuntimeError::new_err("the reading was stopped"));
                    }
                    self.asked += 1;
                }
                Err(error) if error.is_instance_of::<PyKeyboardInterrupt>(py) => {
                    self.stop();
                    return Err(error);
                }
                Err(error) => {
                    self.source = None;
                    self.failed = Some(error);
                }
            }
        }
        Ok(())
    }
}

impl Drop for Reading {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::Relaxed);
    }
}

/// Reads; an article that breaks the reader gets an empty account that says so,
/// as from the command.
fn work(reader: &dateline::Reader, record: &Record) -> Result<dateline::Account, String> {
    catch_unwind(AssertUnwindSafe(|| read(reader, record))).unwrap_or_else(|_| {
        let note = "an internal error ended the reading; please report it with the article";
        let mut account = dateline::Account::empty(&record.article, "und");
        account.notes.push(note.to_owned());
        Ok(account)
    })
}
