//! Values put together to the columns of a record batch.

use arrow_array::builder::{
    BooleanBuilder, Date32Builder, Float32Builder, Float64Builder, Int32Builder, Int64Builder,
    StringBuilder,
};
use arrow_array::{ArrayRef, ListArray, RecordBatch, StructArray};
use arrow_buffer::OffsetBuffer;
use arrow_schema::{DataType, FieldRef, Fields, SchemaRef};
use std::borrow::Cow;
use std::sync::Arc;

/// A value of a column.
#[derive(Debug, Clone)]
pub enum Cell<'a> {
    /// Nothing is known.
    Null,
    /// Words; copied once, into the column.
    Text(Cow<'a, str>),
    /// A whole number.
    Int(i64),
    /// Any number.
    Number(f64),
    /// Yes or no.
    Truth(bool),
    /// Days since 1970-01-01.
    Day(i32),
    /// Several values of one type.
    List(Vec<Cell<'a>>),
    /// Named values, in the order of the type's fields.
    Row(Vec<Cell<'a>>),
}

impl<'a> Cell<'a> {
    /// Words, or nothing.
    pub fn text(text: Option<&'a str>) -> Self {
        text.map_or(Cell::Null, |text| Cell::Text(Cow::Borrowed(text)))
    }

    /// A whole number, or nothing.
    pub fn int(number: Option<impl Into<i64>>) -> Self {
        number.map_or(Cell::Null, |number| Cell::Int(number.into()))
    }

    /// A number, or nothing.
    pub fn number(number: Option<impl Into<f64>>) -> Self {
        number.map_or(Cell::Null, |number| Cell::Number(number.into()))
    }

    /// A list of words.
    pub fn texts(texts: impl IntoIterator<Item = &'a str>) -> Self {
        Cell::List(texts.into_iter().map(|text| Cell::Text(Cow::Borrowed(text))).collect())
    }
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        Cell::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Cell<'_> {
    fn from(text: String) -> Self {
        Cell::Text(Cow::Owned(text))
    }
}

/// A column that grows. Lists and rows in it are never null, only empty.
#[derive(Debug)]
enum Column {
    Text(StringBuilder),
    Int32(Int32Builder),
    Int64(Int64Builder),
    Float32(Float32Builder),
    Float64(Float64Builder),
    Truth(BooleanBuilder),
    Day(Date32Builder),
    List { lengths: Vec<usize>, item: Box<Column>, field: FieldRef },
    Row { columns: Vec<Column>, fields: Fields },
}

impl Column {
    fn new(kind: &DataType) -> Self {
        match kind {
            DataType::Int32 => Column::Int32(Int32Builder::new()),
            DataType::Int64 => Column::Int64(Int64Builder::new()),
            DataType::Float32 => Column::Float32(Float32Builder::new()),
            DataType::Float64 => Column::Float64(Float64Builder::new()),
            DataType::Boolean => Column::Truth(BooleanBuilder::new()),
            DataType::Date32 => Column::Day(Date32Builder::new()),
            DataType::List(field) => Column::List {
                lengths: Vec::new(),
                item: Box::new(Column::new(field.data_type())),
                field: field.clone(),
            },
            DataType::Struct(fields) => Column::Row {
                columns: fields.iter().map(|field| Column::new(field.data_type())).collect(),
                fields: fields.clone(),
            },
            // there is no other cell
            _ => Column::Text(StringBuilder::new()),
        }
    }

    /// Appends a value; one of another type than the column's is null.
    fn push(&mut self, cell: &Cell<'_>) {
        match (self, cell) {
            (Column::Text(column), Cell::Text(text)) => column.append_value(text),
            (Column::Text(column), _) => column.append_null(),
            (Column::Int32(column), Cell::Int(number)) => {
                column.append_option(i32::try_from(*number).ok());
            }
            (Column::Int32(column), _) => column.append_null(),
            (Column::Int64(column), Cell::Int(number)) => column.append_value(*number),
            (Column::Int64(column), _) => column.append_null(),
            (Column::Float32(column), Cell::Number(number)) => column.append_value(*number as f32),
            (Column::Float32(column), _) => column.append_null(),
            (Column::Float64(column), Cell::Number(number)) => column.append_value(*number),
            (Column::Float64(column), _) => column.append_null(),
            (Column::Truth(column), Cell::Truth(truth)) => column.append_value(*truth),
            (Column::Truth(column), _) => column.append_null(),
            (Column::Day(column), Cell::Day(day)) => column.append_value(*day),
            (Column::Day(column), _) => column.append_null(),
            (Column::List { lengths, item, .. }, cell) => {
                let cells = if let Cell::List(cells) = cell { cells.as_slice() } else { &[] };
                cells.iter().for_each(|cell| item.push(cell));
                lengths.push(cells.len());
            }
            (Column::Row { columns, .. }, cell) => {
                let cells = if let Cell::Row(cells) = cell { cells.as_slice() } else { &[] };
                for (at, column) in columns.iter_mut().enumerate() {
                    column.push(cells.get(at).unwrap_or(&Cell::Null));
                }
            }
        }
    }

    /// The column, which is empty afterwards.
    fn finish(&mut self) -> ArrayRef {
        match self {
            Column::Text(column) => Arc::new(column.finish()),
            Column::Int32(column) => Arc::new(column.finish()),
            Column::Int64(column) => Arc::new(column.finish()),
            Column::Float32(column) => Arc::new(column.finish()),
            Column::Float64(column) => Arc::new(column.finish()),
            Column::Truth(column) => Arc::new(column.finish()),
            Column::Day(column) => Arc::new(column.finish()),
            Column::List { lengths, item, field } => {
                let offsets = OffsetBuffer::from_lengths(std::mem::take(lengths));
                Arc::new(ListArray::new(field.clone(), offsets, item.finish(), None))
            }
            Column::Row { columns, fields } => {
                let arrays = columns.iter_mut().map(Column::finish).collect();
                Arc::new(StructArray::new(fields.clone(), arrays, None))
            }
        }
    }
}

/// Rows on their way into a record batch, of any columns that have a [`Cell`].
#[derive(Debug)]
pub struct Rows {
    schema: SchemaRef,
    columns: Vec<Column>,
    rows: usize,
    bytes: usize,
}

impl Rows {
    /// No rows yet. Types without a [`Cell`] are taken for words.
    pub fn new(schema: SchemaRef) -> Self {
        let columns = schema.fields().iter().map(|field| Column::new(field.data_type())).collect();
        Self { schema, columns, rows: 0, bytes: 0 }
    }

    /// Appends a row, a cell for each column; one of another type is null.
    pub fn push(&mut self, cells: &[Cell<'_>]) {
        debug_assert_eq!(cells.len(), self.columns.len(), "{:?}", self.schema);
        for (at, column) in self.columns.iter_mut().enumerate() {
            let cell = cells.get(at).unwrap_or(&Cell::Null);
            self.bytes += bytes(cell);
            column.push(cell);
        }
        self.rows += 1;
    }

    /// How many rows there are.
    pub(crate) fn len(&self) -> usize {
        self.rows
    }

    /// About how many bytes the rows take.
    pub(crate) fn bytes(&self) -> usize {
        self.bytes
    }

    /// The rows so far; there are none afterwards.
    pub fn finish(&mut self) -> RecordBatch {
        (self.rows, self.bytes) = (0, 0);
        let arrays = self.columns.iter_mut().map(Column::finish).collect();
        RecordBatch::try_new(self.schema.clone(), arrays)
            .expect("each column of the schema, of its type, with a value for each row")
    }
}

fn bytes(cell: &Cell<'_>) -> usize {
    match cell {
        Cell::Text(text) => text.len() + 4,
        Cell::List(cells) | Cell::Row(cells) => 4 + cells.iter().map(bytes).sum::<usize>(),
        _ => 8,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::columns::Table;
    use arrow_array::Array;

    #[test]
    fn columns_take_what_is_of_their_type() {
        let mut rows = Rows::new(Table::Claims.schema());
        let width = Table::Claims.schema().fields().len();
        rows.push(&vec![Cell::Null; width]);
        rows.push(&vec![Cell::Text("too long for a day".into()); width]);
        assert_eq!(rows.len(), 2);
        let batch = rows.finish();
        assert_eq!((batch.num_rows(), rows.len(), rows.bytes()), (2, 0, 0));
        assert_eq!(batch.column_by_name("day").unwrap().null_count(), 2);
        assert_eq!(batch.column_by_name("quote").unwrap().null_count(), 1);
        assert_eq!(rows.finish().num_rows(), 0);
    }
}
