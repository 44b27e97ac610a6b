//! Commands over a store of many accounts.

pub mod add;
mod answer;
pub mod args;
pub mod check;
pub mod disputes;
#[cfg(feature = "export")]
pub mod export;
#[cfg(feature = "export")]
pub mod export_args;
pub mod find;
mod progress;
pub mod remove;
pub mod sql;
pub mod timeline;
pub mod who;

use crate::{Status, complain};
use dateline_store::StoreError;

/// Says what is wrong with a store, and what status that is.
pub fn refuse(error: &StoreError) -> Status {
    complain(error);
    match error {
        StoreError::Busy(_) => Status::Busy,
        StoreError::Full(_) => Status::Full,
        StoreError::Query(_) => Status::Usage,
        _ => Status::Store,
    }
}
