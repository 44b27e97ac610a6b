//! A reader with its settings.

use crate::account::Account;
use crate::article::Article;
use crate::errors::told;
use crate::waiting::apart;
use dateline::intake::Record;
use dateline::{Gazetteer, Lexicons, Model, Notation};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use std::path::PathBuf;
use std::sync::Arc;

/// Reads articles; made once, used from any number of threads.
#[pyclass(frozen, module = "dateline._dateline")]
pub struct Reader {
    pub reader: Arc<dateline::Reader>,
}

#[pymethods]
impl Reader {
    #[new]
    #[pyo3(signature = (model, lexicon, ontology, gazetteer, tokens, explain, notations))]
    #[allow(clippy::too_many_arguments)] // as the Python side has them by name
    fn new(
        py: Python<'_>,
        model: PathBuf,
        lexicon: Option<PathBuf>,
        ontology: Option<PathBuf>,
        gazetteer: Option<PathBuf>,
        tokens: bool,
        explain: bool,
        notations: Vec<String>,
    ) -> PyResult<Self> {
        for (what, folder) in [("lexicon", &lexicon), ("ontology", &ontology)] {
            if let Some(folder) = folder.as_ref().filter(|folder| !folder.is_dir()) {
                let told = format!("{what} {}: there is no such folder", folder.display());
                return Err(PyValueError::new_err(told));
            }
        }
        let notations = notations.iter().map(|name| match name.as_str() {
            "cameo" => Ok(Notation::Cameo),
            "quad" => Ok(Notation::Quad),
            "intensity" => Ok(Notation::Intensity),
            other => Err(PyValueError::new_err(format!(
                "there is no notation '{other}'; give one of cameo, quad, intensity"
            ))),
        });
        let notations = notations.collect::<PyResult<Vec<_>>>()?;
        let build = move || -> Result<dateline::Reader, String> {
            let lexicons = lexicon.map_or_else(Lexicons::embedded, Lexicons::with_folder);
            let lexicons = match ontology {
                Some(folder) => lexicons.with_ontology(folder),
                None => lexicons,
            };
            let model = Model::named(&model).map_err(|e| e.to_string())?;
            let mut builder = dateline::Reader::builder().lexicons(lexicons).model(model);
            if let Some(path) = gazetteer {
                builder = builder.gazetteer(Gazetteer::load(&path).map_err(|e| e.to_string())?);
            }
            let builder = builder.tokens(tokens).explain(explain).notations(notations);
            builder.build().map_err(|e| e.to_string())
        };
        let reader = apart(py, build)?.map_err(told)?;
        Ok(Self { reader: Arc::new(reader) })
    }

    /// Reads one article.
    fn read(&self, py: Python<'_>, article: &Article) -> PyResult<Account> {
        let (reader, record) = (self.reader.clone(), article.record.clone());
        let account = apart(py, move || read(&reader, &record))?;
        Ok(Account { account: Arc::new(account.map_err(told)?) })
    }
}

/// Reads a record's account, with the record's own notes.
pub fn read(reader: &dateline::Reader, record: &Record) -> Result<dateline::Account, String> {
    let mut account = reader.read(&record.article).map_err(|error| error.to_string())?;
    account.notes.splice(0..0, record.notes.iter().chain(&record.origin).cloned());
    Ok(account)
}
