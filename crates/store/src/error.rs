//! What can be wrong with a store, each in one sentence with its cure.

use rusqlite::ErrorCode;
use std::path::{Path, PathBuf};

/// Why something could not be done with a store. What was in it before is
/// still in it: a transaction that fails leaves nothing behind.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// No file there.
    #[error("{}: there is no such store; 'dateline add --store' makes one", .0.display())]
    Missing(PathBuf),
    /// A file, but no store.
    #[error("{}: this is not a store of dateline's; give the name of a new file", .0.display())]
    NotAStore(PathBuf),
    /// Made by a later version.
    #[error(
        "{}: this store has schema {found}, and this dateline knows up to {known}; use the newer dateline that made it",
        path.display()
    )]
    Newer {
        /// The store.
        path: PathBuf,
        /// Its schema's version.
        found: i64,
        /// The newest version known here.
        known: i64,
    },
    /// Somebody else writes.
    #[error("{}: another process is writing to this store; try again when it is done", .0.display())]
    Busy(PathBuf),
    /// No room.
    #[error(
        "{}: the disk is full; what was added before is safe, make room and run the same command again",
        .0.display()
    )]
    Full(PathBuf),
    /// May not be written or opened.
    #[error("{}: the store cannot be opened or written here ({reason}); check the folder and its permissions", path.display())]
    Denied {
        /// The store.
        path: PathBuf,
        /// SQLite's words.
        reason: String,
    },
    /// Its pages make no sense.
    #[error("{}: the store is damaged ({reason}); go back to a copy, or add the articles to a new one", path.display())]
    Damaged {
        /// The store.
        path: PathBuf,
        /// What was found.
        reason: String,
    },
    /// A question of the user's that SQLite does not understand.
    #[error("{0}")]
    Query(String),
    /// Anything else.
    #[error("{}: {reason}", path.display())]
    Other {
        /// The store.
        path: PathBuf,
        /// SQLite's words.
        reason: String,
    },
}

impl StoreError {
    /// What an error of SQLite's on this store means to its user.
    pub(crate) fn of(path: &Path, error: rusqlite::Error) -> Self {
        let path = path.to_owned();
        let reason = error.to_string();
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy(path),
            Some(ErrorCode::DiskFull) => Self::Full(path),
            Some(ErrorCode::SystemIoFailure) if out_of_room(&error) => Self::Full(path),
            Some(ErrorCode::NotADatabase) => Self::NotAStore(path),
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged { path, reason },
            Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => {
                Self::Denied { path, reason }
            }
            _ => Self::Other { path, reason },
        }
    }
}

/// Whether a write failed. Where a file may not grow, by a quota or a limit,
/// SQLite says that it could not write and not that there is no room.
fn out_of_room(error: &rusqlite::Error) -> bool {
    let extended = error.sqlite_error().map(|e| e.extended_code);
    matches!(
        extended,
        Some(
            rusqlite::ffi::SQLITE_IOERR_WRITE
                | rusqlite::ffi::SQLITE_IOERR_FSYNC
                | rusqlite::ffi::SQLITE_IOERR_SHMSIZE
                | rusqlite::ffi::SQLITE_IOERR_TRUNCATE
        )
    )
}
