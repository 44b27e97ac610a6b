//! A store as record batches.

use crate::{Batches, Scales, Table, TableError};
use arrow_array::RecordBatch;
use dateline_store::Store;
use dateline_store::ask::Question;
use std::sync::Arc;

/// Hands the rows of a table that a question asks for to `take`, a batch at a
/// time, in the order in which their articles were added (incidents: those with
/// the newest reports first). An empty answer is no batch.
///
/// # Errors
/// Those of the store, and those of `take`, after which nothing more is read.
pub fn each_batch(
    store: &Store,
    table: Table,
    question: &Question,
    scales: Arc<Scales>,
    mut take: impl FnMut(&RecordBatch) -> Result<(), TableError>,
) -> Result<(), TableError> {
    let mut batches = Batches::new(table, scales);
    let mut failed = None;
    let mut full = |batches: &mut Batches, last: bool| {
        if failed.is_none() && (last || batches.are_full()) {
            let batch = batches.finish();
            if batch.num_rows() > 0 {
                failed = take(&batch).err();
            }
        }
        failed.is_none()
    };
    match batches.excerpts() {
        Some(which) => store.excerpts(which, question, |excerpt| {
            batches.excerpt(&excerpt);
            full(&mut batches, false)
        })?,
        None => store.each_incident(question, |incident| {
            batches.incident(&incident);
            full(&mut batches, false)
        })?,
    }
    full(&mut batches, true);
    failed.map_or(Ok(()), Err)
}
