//! The files that are built in, and a user's folder laid over them.

use crate::{LexiconError, Table};
use std::path::{Path, PathBuf};

macro_rules! embedded {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../../lexicon/", $name)))),*]
    };
}

/// Every lexicon of the house, by file name.
const EMBEDDED: &[(&str, &str)] = embedded![
    // one line a file, in alphabetical order
    "actors.tsv",
    "channels.tsv",
    "countries.tsv",
    "cues.tsv",
    "given-names.tsv",
    "holidays.tsv",
    "objects.tsv",
    "plover-codes.tsv",
    "plover-contexts.tsv",
    "plover-embedded.tsv",
    "plover-embedding.tsv",
    "plover-support.tsv",
    "plover.tsv",
    "regions.tsv",
    "roles.tsv",
    "time-words.tsv",
    "toponym-words.tsv",
];

/// The lexicons a reader works with.
#[derive(Debug, Clone, Default)]
pub struct Lexicons {
    folder: Option<PathBuf>,
}

impl Lexicons {
    /// The lexicons that are built in.
    pub fn embedded() -> Self {
        Self::default()
    }

    /// The built-in lexicons with a folder laid over them: `NAME.tsv` there
    /// replaces the file of that name, `NAME.more.tsv` adds rows to it.
    pub fn with_folder(folder: impl AsRef<Path>) -> Self {
        Self { folder: Some(folder.as_ref().to_owned()) }
    }

    /// Names of the built-in files.
    pub fn names() -> impl Iterator<Item = &'static str> {
        EMBEDDED.iter().map(|(name, _)| *name)
    }

    /// The table of a file name, such as `roles.tsv`, which must have `columns`.
    ///
    /// # Errors
    /// A file that is not there or cannot be read, or what
    /// [`Table::parse`] finds wrong in it.
    pub fn table(&self, name: &str, columns: &[&str]) -> Result<Table, LexiconError> {
        let built_in = EMBEDDED.iter().find(|(file, _)| *file == name).map(|(_, text)| *text);
        let mut table = match (self.laid_over(name)?, built_in) {
            (Some((file, text)), _) => Table::parse(&file, &text, columns)?,
            (None, Some(text)) => Table::parse(name, text, columns)?,
            (None, None) => {
                let reason = "there is no lexicon of this name".to_owned();
                return Err(LexiconError { file: name.to_owned(), line: 1, reason });
            }
        };
        let more = name.replace(".tsv", ".more.tsv");
        if let Some((file, text)) = self.laid_over(&more)? {
            table.append(Table::parse(&file, &text, columns)?)?;
        }
        Ok(table)
    }

    /// Path and text of a file of the user's folder, if it is there.
    fn laid_over(&self, name: &str) -> Result<Option<(String, String)>, LexiconError> {
        let Some(path) = self.folder.as_ref().map(|folder| folder.join(name)) else {
            return Ok(None);
        };
        if !path.exists() {
            return Ok(None);
        }
        let file = path.display().to_string();
        match std::fs::read_to_string(&path) {
            Ok(text) => Ok(Some((file, text))),
            Err(error) => {
                Err(LexiconError { file, line: 1, reason: format!("cannot be read: {error}") })
            }
        }
    }
}
