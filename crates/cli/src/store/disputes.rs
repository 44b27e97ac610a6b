//! `dateline disputes`.

use super::answer::{answer, question};
use super::args::ListArgs;
use super::refuse;
use crate::Status;
use dateline_store::Store;

/// Writes claims that contradict each other, the surest pairs first.
pub fn run(args: &ListArgs) -> Status {
    let disputes = Store::open(&args.answer.store)
        .and_then(|store| store.disputes(&question(&store, &args.question)?));
    match disputes {
        Err(error) => refuse(&error),
        Ok(disputes) => {
            answer(&args.answer, &disputes);
            Status::Read
        }
    }
}
