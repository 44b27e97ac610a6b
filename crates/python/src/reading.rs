//! Many articles: read in parallel, given back in order, few at a time.

use crate::account::Account;
use crate::article::Article;
use crate::errors::{same_process, told};
use crate::files::{Draft, reason};
use crate::reader::{Reader, read};
use crate::waiting::{STACK, next};
use dateline::intake::{self, Left, Record, Taken};
use pyo3::exceptions::{PyKeyboardInterrupt, PyRuntimeError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::PyIterator;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread;

/// What there is to read.
enum Work {
    Record(Box<Record>),
    /// Still to be made, which takes time where it is a page.
    Draft(intake::Draft),
}

/// What came of an article.
enum Outcome {
    Account(Arc<dateline::Account>),
    Left(Left),
    Unread(String),
}

/// An iterator over the accounts of an iterator of articles, or of drafts. At
/// most four articles a thread are between the two.
#[pyclass(module = "dateline._dateline")]
pub struct Reading {
    /// Where articles come from, as long as there are more.
    source: Option<Py<PyIterator>>,
    /// What the source raised; told when the articles before it are done.
    failed: Option<PyErr>,
    jobs: Option<SyncSender<(usize, Work)>>,
    /// What came of articles, with their numbers.
    results: Mutex<Receiver<(usize, Outcome)>>,
    waiting: BTreeMap<usize, Outcome>,
    /// How many were left out, by reason.
    left: BTreeMap<&'static str, u64>,
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
        let (jobs, take) = sync_channel::<(usize, Work)>(most);
        let (done, results) = channel();
        let stopped = Arc::new(AtomicBool::new(false));
        let take = Arc::new(Mutex::new(take));
        for _ in 0..threads {
            let (take, done) = (take.clone(), done.clone());
            let (reader, stopped) = (reader.reader.clone(), stopped.clone());
            let work = move || {
                let job = || take.lock().ok()?.recv().ok();
                while let Some((at, job)) = job() {
                    if stopped.load(Ordering::Relaxed)
                        || done.send((at, outcome(&reader, job))).is_err()
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
            left: BTreeMap::new(),
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
            if let Some(outcome) = self.waiting.remove(&self.given) {
                self.given += 1;
                match outcome {
                    Outcome::Account(account) => return Ok(Some(Account { account })),
                    Outcome::Left(why) => *self.left.entry(reason(why)).or_default() += 1,
                    Outcome::Unread(message) => return Err(told(message)),
                }
                continue;
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

    /// How many articles of files were left out, by reason: foreign, empty, other.
    #[getter]
    fn left_out(&self) -> BTreeMap<&'static str, u64> {
        self.left.clone()
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
                Some(article) => article.and_then(|article| job(&article)),
            };
            match article {
                Ok(job) => {
                    // there is room for all that may be on their way
                    if jobs.send((self.asked, job)).is_err() {
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

/// What is to be read of what a source gave.
fn job(given: &Bound<'_, PyAny>) -> PyResult<Work> {
    if let Ok(draft) = given.cast::<Draft>() {
        let draft = draft.get().take().ok_or_else(|| PyTypeError::new_err("read already"))?;
        return Ok(Work::Draft(draft));
    }
    Ok(Work::Record(Box::new(given.cast::<Article>()?.get().record.clone())))
}

/// What an account or an error says of an article that broke the reader.
const BROKEN: &str = "an internal error ended the reading; please report it with the article";

/// Makes and reads an article; one that breaks the reader gets an empty account
/// that says so, as from the command.
fn outcome(reader: &dateline::Reader, work: Work) -> Outcome {
    let record = match work {
        Work::Record(record) => record,
        Work::Draft(draft) => match catch_unwind(AssertUnwindSafe(|| draft.article())) {
            Ok(Ok(Taken::Article(record))) => record,
            Ok(Ok(Taken::Left(why))) => return Outcome::Left(why),
            Ok(Err(error)) => return Outcome::Unread(error.to_string()),
            Err(_) => return Outcome::Unread(BROKEN.to_owned()),
        },
    };
    match catch_unwind(AssertUnwindSafe(|| read(reader, &record))) {
        Ok(Ok(account)) => Outcome::Account(Arc::new(account)),
        Ok(Err(message)) => Outcome::Unread(message),
        Err(_) => {
            let mut account = dateline::Account::empty(&record.article, "und");
            account.notes.push(BROKEN.to_owned());
            Outcome::Account(Arc::new(account))
        }
    }
}
