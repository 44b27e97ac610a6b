//! Values of record batches as JSON: what JSONL writes, and CSV in the cells
//! of lists that have no plainer way.

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Float32Type, Float64Type, Int32Type, Int64Type};
use arrow_array::{Array, StructArray};
use arrow_schema::DataType;
use jiff::ToSpan;
use jiff::civil::Date;
use std::io::{Result, Write};

/// A day as `2018-12-20`.
pub(crate) fn day(days: i32) -> String {
    let day = Date::constant(1970, 1, 1).checked_add(days.days());
    day.map(|day| day.to_string()).unwrap_or_default()
}

/// Writes the value of a row as JSON.
pub(super) fn json(out: &mut impl Write, array: &dyn Array, row: usize) -> Result<()> {
    if array.is_null(row) {
        return out.write_all(b"null");
    }
    match array.data_type() {
        DataType::Int32 => write!(out, "{}", array.as_primitive::<Int32Type>().value(row)),
        DataType::Int64 => write!(out, "{}", array.as_primitive::<Int64Type>().value(row)),
        DataType::Float32 => {
            Ok(serde_json::to_writer(out, &array.as_primitive::<Float32Type>().value(row))?)
        }
        DataType::Float64 => {
            Ok(serde_json::to_writer(out, &array.as_primitive::<Float64Type>().value(row))?)
        }
        DataType::Boolean => write!(out, "{}", array.as_boolean().value(row)),
        DataType::Date32 => {
            write!(out, "\"{}\"", day(array.as_primitive::<Date32Type>().value(row)))
        }
        DataType::List(_) => {
            let items = array.as_list::<i32>().value(row);
            out.write_all(b"[")?;
            for at in 0..items.len() {
                if at > 0 {
                    out.write_all(b",")?;
                }
                json(out, &items, at)?;
            }
            out.write_all(b"]")
        }
        DataType::Struct(_) => object(out, array.as_struct(), row),
        _ => Ok(serde_json::to_writer(out, array.as_string::<i32>().value(row))?),
    }
}

/// Writes the fields of a row as a JSON object.
pub(super) fn object(out: &mut impl Write, fields: &StructArray, row: usize) -> Result<()> {
    for (at, (field, column)) in fields.fields().iter().zip(fields.columns()).enumerate() {
        out.write_all(if at == 0 { b"{" } else { b"," })?;
        serde_json::to_writer(&mut *out, field.name())?;
        out.write_all(b":")?;
        json(out, column, row)?;
    }
    out.write_all(b"}")
}
