//! Opening a store: making it, bringing it up to date, refusing what is none.

use crate::StoreError;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Marks a SQLite file as a store of dateline's: "dlne".
const APPLICATION_ID: i64 = 0x646c_6e65;

/// What leads from each version of the schema to the next. A step that has
/// been released is never changed; a new one is added.
const STEPS: &[&str] = &[include_str!("schema/001_accounts.sql")];

/// The version of the schema that this crate writes.
pub const SCHEMA_VERSION: i64 = STEPS.len() as i64;

/// How long to wait for somebody else's transaction.
const PATIENCE: Duration = Duration::from_secs(10);

/// A store: one SQLite file of many accounts.
#[derive(Debug)]
pub struct Store {
    pub(crate) db: Connection,
    pub(crate) path: PathBuf,
}

impl Store {
    /// Opens a store for writing. A file that is not there is made, a store of
    /// an older version is brought up to date.
    ///
    /// # Errors
    /// [`StoreError`]: no store, a newer one, one that may not be written.
    pub fn create(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut store = Self::connect(path.as_ref(), flags)?;
        if store.version()? < SCHEMA_VERSION {
            store.bring_up_to_date()?;
        }
        // Written ahead, a transaction outlives a killed process, and readers
        // see the store as it was before, without waiting.
        let settings = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;";
        store.tell(settings)?;
        Ok(store)
    }

    /// Opens a store that is there, for questions only.
    ///
    /// # Errors
    /// [`StoreError`]: no file, no store, a newer one.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        let path = path.as_ref();
        if !path.exists() {
            return Err(StoreError::Missing(path.to_owned()));
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let store = Self::connect(path, flags)?;
        match store.version()? {
            0 => Err(StoreError::NotAStore(path.to_owned())),
            SCHEMA_VERSION => Ok(store),
            _ => {
                drop(store);
                Self::create(path)?;
                Self::connect(path, flags)
            }
        }
    }

    fn connect(path: &Path, flags: OpenFlags) -> Result<Self, StoreError> {
        let db = Connection::open_with_flags(path, flags).map_err(|e| StoreError::of(path, e))?;
        db.set_prepared_statement_cache_capacity(64);
        let store = Self { db, path: path.to_owned() };
        store.tell("PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;")?;
        store.db.busy_timeout(PATIENCE).map_err(|e| store.error(e))?;
        Ok(store)
    }

    /// The schema's version; 0 of an empty file.
    fn version(&self) -> Result<i64, StoreError> {
        let path = self.path.clone();
        match version(&self.db).map_err(|e| self.error(e))? {
            None => Err(StoreError::NotAStore(path)),
            Some(found) if found > SCHEMA_VERSION => {
                Err(StoreError::Newer { path, found, known: SCHEMA_VERSION })
            }
            Some(version) => Ok(version),
        }
    }

    /// Takes the steps that are missing, all or none of them.
    fn bring_up_to_date(&mut self) -> Result<(), StoreError> {
        self.write(|t| {
            // Somebody else may have taken them meanwhile.
            let from = version(t)?.unwrap_or_default();
            for step in STEPS.iter().skip(from as usize) {
                t.execute_batch(step)?;
            }
            t.pragma_update(None, "application_id", APPLICATION_ID)?;
            t.pragma_update(None, "user_version", SCHEMA_VERSION)
        })
    }

    /// Does some work in one transaction, from the first look to the commit.
    pub(crate) fn write<T>(
        &mut self,
        work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        let begun = self.db.transaction_with_behavior(TransactionBehavior::Immediate);
        let done = begun.and_then(|t| {
            let done = work(&t)?;
            t.commit().map(|()| done)
        });
        done.map_err(|e| StoreError::of(&self.path, e))
    }

    pub(crate) fn error(&self, error: rusqlite::Error) -> StoreError {
        StoreError::of(&self.path, error)
    }

    fn tell(&self, settings: &str) -> Result<(), StoreError> {
        self.db.execute_batch(settings).map_err(|e| self.error(e))
    }
}

/// The version of the schema, 0 of an empty file; nothing of a file that is no
/// store.
fn version(db: &Connection) -> rusqlite::Result<Option<i64>> {
    let number = |pragma: &str| db.pragma_query_value(None, pragma, |row| row.get::<_, i64>(0));
    let (application, version) = (number("application_id")?, number("user_version")?);
    let tables: i64 = db.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    let ours = application == APPLICATION_ID && version > 0;
    let empty = tables == 0 && application == 0;
    Ok(match (ours, empty) {
        (true, _) => Some(version),
        (_, true) => Some(0),
        _ => None,
    })
}
