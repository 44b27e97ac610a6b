//! Articles of files, as the command takes them.

use crate::article::Article;
use crate::errors::told;
use dateline::intake::{self, Columns, Drafts, Field, Format, Input, Left, Options, Taken};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

/// An iterator over what stands in files and folders. What cannot be read is
/// raised, and what comes after it is still given.
#[pyclass(frozen, module = "dateline._dateline")]
pub struct Files {
    options: Arc<Options>,
    open: Mutex<(std::vec::IntoIter<PathBuf>, Option<Drafts>)>,
}

#[pymethods]
impl Files {
    /// `columns` are pairs of a field and its column or key.
    #[new]
    fn new(
        paths: Vec<PathBuf>,
        format: Option<&str>,
        columns: Vec<(String, String)>,
    ) -> PyResult<Self> {
        let format = format.map(|name| {
            let wrong = |told| PyValueError::new_err(format!("no format '{name}'; {told}"));
            name.parse::<Format>().map_err(wrong)
        });
        let field = |(field, column): (String, String)| {
            let known = Field::ALL.into_iter().find(|known| known.name() == field);
            known
                .map(|known| (known, column))
                .ok_or_else(|| PyValueError::new_err(format!("an article has no field '{field}'")))
        };
        let columns = columns.into_iter().map(field).collect::<PyResult<Columns>>()?;
        let options = Options { format: format.transpose()?, columns, ..Options::default() };
        Ok(Self { options: Arc::new(options), open: Mutex::new((paths.into_iter(), None)) })
    }

    fn __iter__(this: PyRef<'_, Self>) -> PyRef<'_, Self> {
        this
    }

    fn __next__(&self, py: Python<'_>) -> PyResult<Option<Draft>> {
        let next = py.detach(|| {
            let mut open = self.open.lock().unwrap_or_else(|broken| broken.into_inner());
            loop {
                let (paths, drafts) = &mut *open;
                if let Some(next) = drafts.as_mut().and_then(Iterator::next) {
                    return Some(next);
                }
                *drafts = Some(Input::from(paths.next()?).drafts(&self.options));
            }
        });
        next.map(|next| next.map(Draft::new).map_err(told)).transpose()
    }
}

/// An article as it stands in its file, to be made by whoever has time.
#[pyclass(frozen, module = "dateline._dateline")]
pub struct Draft {
    draft: Mutex<Option<intake::Draft>>,
}

impl Draft {
    fn new(draft: intake::Draft) -> Self {
        Self { draft: Mutex::new(Some(draft)) }
    }

    /// The draft, for him who asks first.
    pub fn take(&self) -> Option<intake::Draft> {
        self.draft.lock().unwrap_or_else(|broken| broken.into_inner()).take()
    }
}

#[pymethods]
impl Draft {
    /// Makes the article; or the reason why it was left out: foreign, empty, other.
    fn article(&self, py: Python<'_>) -> PyResult<(Option<Article>, Option<&'static str>)> {
        let draft = self.take().ok_or_else(|| PyValueError::new_err("this article was made"))?;
        match py.detach(|| draft.article()).map_err(told)? {
            Taken::Article(record) => Ok((Some(Article { record: *record }), None)),
            Taken::Left(why) => Ok((None, Some(reason(why)))),
        }
    }
}

/// Why something was left out, in a word.
pub fn reason(why: Left) -> &'static str {
    match why {
        Left::Foreign => "foreign",
        Left::Empty => "empty",
        Left::Other => "other",
    }
}
