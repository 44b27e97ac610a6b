//! One JSON object a line. Of incidents it has the fields that the format of
//! accounts gives them.

use super::value::object;
use arrow_array::{RecordBatch, StructArray};
use std::io::{Result, Write};

pub(super) fn write(out: &mut impl Write, batch: &RecordBatch) -> Result<()> {
    let rows = StructArray::from(batch.clone());
    let mut line = Vec::new();
    for row in 0..batch.num_rows() {
        line.clear();
        object(&mut line, &rows, row)?;
        line.push(b'\n');
        out.write_all(&line)?;
    }
    Ok(())
}
