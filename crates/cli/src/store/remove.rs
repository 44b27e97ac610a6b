//! `dateline remove`.

use super::args::RemoveArgs;
use super::refuse;
use crate::{Status, complain};
use dateline_store::{Store, StoreError};

/// Takes articles out of a store.
pub fn run(args: &RemoveArgs) -> Status {
    if !args.store.exists() {
        return refuse(&StoreError::Missing(args.store.clone()));
    }
    let mut store = match Store::create(&args.store) {
        Ok(store) => store,
        Err(error) => return refuse(&error),
    };
    let mut status = Status::Read;
    for id in &args.ids {
        match store.remove(id) {
            Ok(true) => {}
            Ok(false) => {
                complain(format_args!("{id}: there is no article of this id in the store"));
                status = Status::SomeUnread;
            }
            Err(error) => return refuse(&error),
        }
    }
    // What reprinted a removed article may stand in its place.
    if let Err(error) = store.join(|_| ()) {
        return refuse(&error);
    }
    status
}
