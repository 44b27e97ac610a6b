//! Articles, as Python gives them.

use dateline::intake::{Options, Record};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};

/// An article to read, with what is known of it.
#[pyclass(frozen, module = "dateline")]
pub struct Article {
    pub record: Record,
}

#[pymethods]
impl Article {
    #[new]
    #[pyo3(signature = (text, id, title=None, outlet=None, url=None, byline=Vec::new(), published=None))]
    fn new(
        text: Option<&Bound<'_, PyAny>>,
        id: &Bound<'_, PyAny>,
        title: Option<&Bound<'_, PyAny>>,
        outlet: Option<&Bound<'_, PyAny>>,
        url: Option<&Bound<'_, PyAny>>,
        byline: Vec<Bound<'_, PyAny>>,
        published: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let mut lost = 0;
        let mut of = |given: Option<&Bound<'_, PyAny>>, what: &str| -> PyResult<Option<String>> {
            given.map(|given| words(given, what, &mut lost)).transpose()
        };
        let article = dateline::Article {
            id: of(Some(id), "id")?.unwrap_or_default(),
            text: of(text, "text")?.unwrap_or_default(),
            title: of(title, "title")?,
            outlet: of(outlet, "outlet")?,
            url: of(url, "url")?,
            byline: byline
                .iter()
                .map(|name| of(Some(name), "byline").map(Option::unwrap_or_default))
                .collect::<PyResult<_>>()?,
            published: of(published, "published")?,
        };
        let mut record = Record::new(article, &Options::default());
        if lost > 0 {
            record.notes.push(format!(
                "{lost} lone surrogates, which are no characters, were read as U+FFFD"
            ));
        }
        Ok(Self { record })
    }

    #[getter]
    fn id(&self) -> &str {
        &self.record.article.id
    }

    #[getter]
    fn text(&self) -> &str {
        &self.record.article.text
    }

    #[getter]
    fn title(&self) -> Option<&str> {
        self.record.article.title.as_deref()
    }

    #[getter]
    fn outlet(&self) -> Option<&str> {
        self.record.article.outlet.as_deref()
    }

    #[getter]
    fn url(&self) -> Option<&str> {
        self.record.article.url.as_deref()
    }

    #[getter]
    fn byline(&self) -> Vec<String> {
        self.record.article.byline.clone()
    }

    #[getter]
    fn published(&self) -> Option<&str> {
        self.record.article.published.as_deref()
    }

    fn __repr__(&self) -> String {
        let article = &self.record.article;
        let words = article.text.split_whitespace().count();
        format!("Article(id={:?}, published={:?}, {words} words)", article.id, article.published)
    }
}

/// A Python string. A lone surrogate becomes U+FFFD, so that every other
/// character keeps its place.
fn words(given: &Bound<'_, PyAny>, what: &str, lost: &mut usize) -> PyResult<String> {
    let string = given.cast::<PyString>().map_err(|_| {
        let kind = given.get_type().name().map(|name| name.to_string()).unwrap_or_default();
        PyTypeError::new_err(format!("the {what} of an article is a str, and not a {kind}"))
    })?;
    if let Ok(words) = string.to_cow() {
        return Ok(words.into_owned());
    }
    let bytes = string.call_method1("encode", ("utf-32-le", "surrogatepass"))?;
    let bytes = bytes.cast::<PyBytes>()?.as_bytes();
    let characters = bytes.chunks_exact(4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]));
    Ok(characters
        .map(|point| {
            char::from_u32(point).unwrap_or_else(|| {
                *lost += 1;
                char::REPLACEMENT_CHARACTER
            })
        })
        .collect())
}
