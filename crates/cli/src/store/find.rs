//! `dateline find`.

use super::answer::{answer, question};
use super::args::{FindArgs, What};
use super::refuse;
use crate::Status;
use dateline_store::{Store, StoreError};

/// Asks a store and writes what it answers.
pub fn run(args: &FindArgs) -> Status {
    let ask = || -> Result<(), StoreError> {
        let store = Store::open(&args.answer.store)?;
        let question = question(&store, &args.question)?;
        match args.what {
            What::Claims => answer(&args.answer, &store.claims(&question)?),
            What::Events => answer(&args.answer, &store.events(&question)?),
            What::Incidents => answer(&args.answer, &store.incidents(&question)?),
            What::People => answer(&args.answer, &store.people(&question, args.all)?),
            What::Articles => answer(&args.answer, &store.find_articles(&question)?),
        }
        Ok(())
    };
    ask().map_or_else(|error| refuse(&error), |()| Status::Read)
}
