//! Articles of files, as the command takes them.

use crate::article::Article;
use crate::errors::told;
use dateline::intake::{Articles, Defaults, Input};
use pyo3::prelude::*;
use std::path::PathBuf;
use std::sync::Mutex;

/// An iterator over the articles of files. What cannot be read is raised, and
/// the articles after it still come.
#[pyclass(frozen, module = "dateline._dateline")]
pub struct Files {
    open: Mutex<(std::vec::IntoIter<PathBuf>, Option<Articles>)>,
}

#[pymethods]
impl Files {
    #[new]
    fn new(paths: Vec<PathBuf>) -> Self {
        Self { open: Mutex::new((paths.into_iter(), None)) }
    }

    fn __iter__(this: PyRef<'_, Self>) -> PyRef<'_, Self> {
        this
    }

    fn __next__(&self, py: Python<'_>) -> PyResult<Option<Article>> {
        let next = py.detach(|| {
            let mut open = self.open.lock().unwrap_or_else(|broken| broken.into_inner());
            loop {
                let (paths, articles) = &mut *open;
                if let Some(next) = articles.as_mut().and_then(Iterator::next) {
                    return Some(next);
                }
                *articles = Some(Input::from(paths.next()?).open(Defaults::default()));
            }
        });
        next.map(|next| next.map(|record| Article { record }).map_err(told)).transpose()
    }
}
