//! What can go wrong on the way to a table.

use dateline_store::StoreError;
use std::path::PathBuf;

/// Why a table could not be made or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TableError {
    /// The store that was asked.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file that cannot be made or written.
    #[error("{}: {reason}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// The system's words, and a cure.
        reason: String,
    },
    /// Output that cannot be written.
    #[error("the output cannot be written: {0}")]
    Output(#[from] std::io::Error),
}
