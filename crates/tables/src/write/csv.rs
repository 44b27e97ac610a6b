//! Rows of cells: lists of words are parted by `; `, spans are `12-20`, parties
//! are names with their codes, and what has more fields than these is JSON.

use super::value::{day, json};
use crate::TableError;
use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Int32Type};
use arrow_array::{Array, RecordBatch, StructArray};
use arrow_schema::DataType;
use std::io::{self, Write};

pub(super) fn write(
    out: &mut ::csv::Writer<impl Write>,
    batch: &RecordBatch,
) -> Result<(), TableError> {
    for row in 0..batch.num_rows() {
        for column in batch.columns() {
            out.write_field(cell(column, row)?).map_err(told)?;
        }
        out.write_record(None::<&[u8]>).map_err(told)?;
    }
    Ok(())
}

/// What the writer of CSV says of an output that cannot be written.
pub(super) fn told(error: ::csv::Error) -> TableError {
    TableError::Output(match error.into_kind() {
        ::csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    })
}

/// A cell; nothing where nothing is known.
fn cell(array: &dyn Array, row: usize) -> io::Result<String> {
    if array.is_null(row) {
        return Ok(String::new());
    }
    match array.data_type() {
        DataType::Utf8 => Ok(array.as_string::<i32>().value(row).to_owned()),
        DataType::Date32 => Ok(day(array.as_primitive::<Date32Type>().value(row))),
        DataType::List(_) => list(&array.as_list::<i32>().value(row)),
        _ => as_json(array, row),
    }
}

fn as_json(array: &dyn Array, row: usize) -> io::Result<String> {
    let mut out = Vec::new();
    json(&mut out, array, row)?;
    Ok(String::from_utf8(out).unwrap_or_default())
}

fn list(items: &dyn Array) -> io::Result<String> {
    let words: Vec<String> = match items.as_struct_opt() {
        None => (0..items.len()).map(|row| cell(items, row)).collect::<Result<_, _>>()?,
        Some(rows) if rows.column_by_name("start").is_some() => spans(rows),
        Some(rows) if rows.column_by_name("code").is_some() => parties(rows),
        Some(rows) if rows.is_empty() => Vec::new(),
        Some(_) => {
            let objects = (0..items.len()).map(|row| as_json(items, row));
            return Ok(format!("[{}]", objects.collect::<Result<Vec<_>, _>>()?.join(",")));
        }
    };
    Ok(words.join("; "))
}

fn spans(rows: &StructArray) -> Vec<String> {
    let end = |name: &str, row: usize| {
        let column = rows.column_by_name(name).and_then(|c| c.as_primitive_opt::<Int32Type>());
        column.map_or(0, |column| column.value(row))
    };
    (0..rows.len()).map(|row| format!("{}-{}", end("start", row), end("end", row))).collect()
}

fn parties(rows: &StructArray) -> Vec<String> {
    let text = |name: &str, row: usize| {
        let column = rows.column_by_name(name).and_then(|column| column.as_string_opt::<i32>());
        column.filter(|column| column.is_valid(row)).map(|column| column.value(row).to_owned())
    };
    let party = |row: usize| {
        let name = text("name", row).unwrap_or_default();
        match text("code", row) {
            Some(code) => format!("{name} ({code})"),
            None => name,
        }
    };
    (0..rows.len()).map(party).collect()
}
