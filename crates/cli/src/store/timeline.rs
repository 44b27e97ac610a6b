//! `dateline timeline`.

use super::answer::{answer, question};
use super::args::ListArgs;
use super::refuse;
use crate::Status;
use dateline_store::Store;

/// Writes the incidents that are wanted, the earliest day first.
pub fn run(args: &ListArgs) -> Status {
    let incidents = Store::open(&args.answer.store)
        .and_then(|store| store.incidents(&question(&store, &args.question)?));
    match incidents {
        Err(error) => refuse(&error),
        Ok(mut incidents) => {
            incidents.sort_by_key(|incident| (incident.day(), incident.id));
            answer(&args.answer, &incidents);
            Status::Read
        }
    }
}
