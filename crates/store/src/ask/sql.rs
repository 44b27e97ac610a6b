//! `sql`: a question in SQL, which can change nothing.

use crate::{Store, StoreError};
use rusqlite::types::ValueRef;

/// Most rows of an answer that are held.
const MOST: usize = 1_000_000;

/// The answer to a question in SQL.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Names of the columns.
    pub columns: Vec<String>,
    /// Rows of as many values.
    pub rows: Vec<Vec<serde_json::Value>>,
}

impl Store {
    /// Answers a SELECT.
    ///
    /// # Errors
    /// [`StoreError::Query`] for SQL that SQLite does not understand, for more
    /// than one statement, and for one that would change something.
    pub fn sql(&self, sql: &str) -> Result<Table, StoreError> {
        let told = |e: rusqlite::Error| match e {
            rusqlite::Error::SqliteFailure(_, Some(told)) => StoreError::Query(told),
            rusqlite::Error::MultipleStatement => {
                StoreError::Query("give one statement at a time".to_owned())
            }
            rusqlite::Error::SqlInputError { msg, offset, .. } => {
                StoreError::Query(format!("{msg} (at character {})", offset + 1))
            }
            e => self.error(e),
        };
        let mut statement = self.db.prepare(sql).map_err(told)?;
        if !statement.readonly() {
            let cure = "a store is only asked with SQL, not changed; give a SELECT";
            return Err(StoreError::Query(cure.to_owned()));
        }
        let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let mut rows = statement.query([]).map_err(told)?;
        let mut table = Table { columns, rows: Vec::new() };
        while let Some(row) = rows.next().map_err(told)? {
            let cells = (0..table.columns.len()).map(|at| row.get_ref(at).map(json));
            table.rows.push(cells.collect::<Result<_, _>>().map_err(told)?);
            if table.rows.len() > MOST {
                return Err(StoreError::Query(format!("more than {MOST} rows; add a LIMIT")));
            }
        }
        Ok(table)
    }

    /// An error of a question whose full-text part the user wrote.
    pub(crate) fn asked(&self, error: rusqlite::Error) -> StoreError {
        match &error {
            rusqlite::Error::SqliteFailure(_, Some(told))
                if ["fts5", "no such column", "unterminated string", "unknown special query"]
                    .iter()
                    .any(|words| told.contains(words)) =>
            {
                StoreError::Query(format!(
                    "--text is no full-text query ({told}); quote what is not a word, as in \
                     '\"cease-fire\" AND border'"
                ))
            }
            _ => self.error(error),
        }
    }
}

fn json(value: ValueRef<'_>) -> serde_json::Value {
    match value {
        ValueRef::Null => serde_json::Value::Null,
        ValueRef::Integer(number) => number.into(),
        ValueRef::Real(number) => number.into(),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into(),
        ValueRef::Blob(bytes) => format!("{} bytes", bytes.len()).into(),
    }
}
