//! Opening a store: making it, bringing it up to date, refusing what is none.

use crate::join::actors::{self, Actors};
use crate::join::counted;
use crate::{StoreError, copies, load};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Marks a SQLite file as a store of dateline's: "dlne".
const APPLICATION_ID: i64 = 0x646c_6e65;

/// What leads from each version of the schema to the next. A step that has
/// been released is never changed; a new one is added.
const STEPS: &[&str] = &[
    include_str!("schema/001_accounts.sql"),
    include_str!("schema/002_joined.sql"),
    include_str!("schema/003_copies.sql"),
    include_str!("schema/004_counted.sql"),
    include_str!("schema/005_named.sql"),
];
/// The version from which on copies are linked, and actors known, when an
/// article is added.
const LINKED: i64 = 3;
/// The version from which on an actor's articles are counted then.
const COUNTED: i64 = 4;

/// The version of the schema that this crate writes.
pub const SCHEMA_VERSION: i64 = STEPS.len() as i64;

/// How long to wait for somebody else's transaction.
const PATIENCE: Duration = Duration::from_secs(10);

/// Of a connection for questions, used by one thread at a time.
const READING: OpenFlags = OpenFlags::SQLITE_OPEN_READ_ONLY.union(OpenFlags::SQLITE_OPEN_NO_MUTEX);

/// A store: one SQLite file of many accounts.
#[derive(Debug)]
pub struct Store {
    pub(crate) db: Connection,
    pub(crate) path: PathBuf,
    pub(crate) actors: Actors,
    pub(crate) threads: usize,
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
        // Says something only before the first table: texts fill large pages better.
        store.tell("PRAGMA page_size = 16384")?;
        if store.version()? < SCHEMA_VERSION {
            store.bring_up_to_date()?;
        }
        // Written ahead, a transaction outlives a killed process, and readers
        // see the store as it was before, without waiting.
        let settings = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
                        PRAGMA cache_size = -20000; PRAGMA temp_store = FILE;";
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
        let read = || -> Result<Self, StoreError> {
            let store = Self::connect(path, READING)?;
            // A question reads some hundred pages, and the next one many of them again.
            store.tell("PRAGMA cache_size = -12000")?;
            Ok(store)
        };
        let store = read()?;
        match store.version()? {
            0 => Err(StoreError::NotAStore(path.to_owned())),
            SCHEMA_VERSION => Ok(store),
            _ => {
                drop(store);
                Self::create(path)?;
                read()
            }
        }
    }

    fn connect(path: &Path, flags: OpenFlags) -> Result<Self, StoreError> {
        let db = Connection::open_with_flags(path, flags).map_err(|e| StoreError::of(path, e))?;
        db.set_prepared_statement_cache_capacity(96);
        let store = Self { db, path: path.to_owned(), actors: Actors::default(), threads: 1 };
        // Else a statement may be made anew whenever another value is put into it.
        let stable = store.db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true);
        stable.map_err(|e| store.error(e))?;
        // Accounts are held against their contract before they are written,
        // `remove` takes out all rows itself, and `check` looks; what a row
        // points at need not be looked up when it is written.
        store.tell("PRAGMA foreign_keys = OFF; PRAGMA temp_store = MEMORY;")?;
        store.db.busy_timeout(PATIENCE).map_err(|e| store.error(e))?;
        Ok(store)
    }

    /// Lets [`Store::join`] work on so many threads besides the calling one;
    /// one unless told. What it makes does not depend on them.
    #[must_use]
    pub fn with_threads(mut self, threads: usize) -> Self {
        self.threads = threads;
        self
    }

    /// A connection for questions, for another thread; none to a store that is
    /// in no file.
    pub(crate) fn another(&self) -> Result<Option<Connection>, StoreError> {
        if self.db.path().is_none_or(str::is_empty) {
            return Ok(None);
        }
        Self::connect(&self.path, READING).map(|store| Some(store.db))
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
            if from < LINKED {
                link(t)?;
            }
            if from < COUNTED {
                counted::count_all(t)?;
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

/// Links the articles that were added before it was done at once.
fn link(t: &Transaction<'_>) -> rusqlite::Result<()> {
    let all: Vec<(i64, i64, String)> = t
        .prepare("SELECT id, joined, key FROM articles ORDER BY id")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<Result<_, _>>()?;
    for (article, joined, key) in all {
        let Some(account) = load::account(t, &key)? else { continue };
        if joined == 0 {
            actors::join(t, article, &account)?;
        }
        copies::link(t, article, &account.text)?;
    }
    Ok(())
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::OnClash;
    use dateline_account::{Account, Article};

    fn file(name: &str) -> PathBuf {
        let folder =
            std::env::temp_dir().join(format!("dateline-store-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).expect("a folder for the test");
        folder.join("news.db")
    }

    fn account(id: &str, words: usize) -> Account {
        Account::empty(&Article::new(id, "Talks went on. ".repeat(words)), "en")
    }

    #[test]
    fn a_full_disk_loses_nothing_that_was_added() {
        let path = file("full");
        let mut store = Store::create(&path).unwrap();
        store.add(&[account("a", 10)], OnClash::Keep).unwrap();
        let pages: i64 = store.db.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
        store.db.pragma_update(None, "max_page_count", pages + 4).unwrap();
        let more = [account("b", 10), account("c", 100_000)];
        let error = store.add(&more, OnClash::Keep).unwrap_err();
        assert!(matches!(error, StoreError::Full(_)), "{error}");
        drop(store);
        let mut store = Store::create(&path).unwrap();
        assert!(store.check().unwrap().problems.is_empty());
        assert_eq!((store.articles().unwrap(), store.add(&more, OnClash::Keep).is_ok()), (1, true));
        let _ = std::fs::remove_dir_all(path.parent().expect("the test's folder"));
    }

    #[test]
    fn a_store_that_somebody_writes_is_not_waited_for_without_end() {
        let path = file("busy");
        let mut store = Store::create(&path).unwrap();
        let mut other = Store::create(&path).unwrap();
        let t = other.db.transaction_with_behavior(TransactionBehavior::Immediate).unwrap();
        store.db.busy_timeout(Duration::from_millis(10)).unwrap();
        let error = store.add(&[account("a", 1)], OnClash::Keep).unwrap_err();
        assert!(matches!(error, StoreError::Busy(_)), "{error}");
        drop(t);
        assert!(store.add(&[account("a", 1)], OnClash::Keep).is_ok());
        let _ = std::fs::remove_dir_all(path.parent().expect("the test's folder"));
    }
}
