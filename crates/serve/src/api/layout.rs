//! Layouts of an export, each written a page of rows at a time, so that memory
//! does not grow with the rows.

use super::columns::schema;
use super::rows::Row;
use dateline_tables::{Format, Rows, TableError, Writer};
use serde_json::Value;
use std::io::{self, Write};
use std::marker::PhantomData;
use std::sync::{Arc, Mutex, PoisonError};

/// Rows that are held in memory until they are written as a row group of
/// Parquet.
const ROW_GROUP: usize = 10_000;

/// Layouts of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// Comma-separated, with a header line.
    Csv,
    /// One JSON object a line.
    Jsonl,
    /// Columns with their types, compressed with Snappy.
    Parquet,
}

impl Layout {
    /// All of them, by name.
    pub const ALL: [(&'static str, Layout); 3] =
        [("csv", Layout::Csv), ("jsonl", Layout::Jsonl), ("parquet", Layout::Parquet)];

    /// Media type.
    pub fn kind(self) -> &'static str {
        match self {
            Layout::Csv => "text/csv; charset=utf-8",
            Layout::Jsonl => "application/jsonl",
            Layout::Parquet => "application/vnd.apache.parquet",
        }
    }
}

/// Writes rows in a layout.
pub struct Scribe<R> {
    way: Way,
    of: PhantomData<fn(R)>,
}

enum Way {
    /// Whether the header line is written.
    Csv(bool),
    Jsonl,
    Parquet(Box<Parquet>),
}

struct Parquet {
    /// Nothing when the table is ended.
    writer: Option<Writer<Sink>>,
    sink: Sink,
    cells: Rows,
    /// Rows that the writer holds back.
    held: usize,
}

impl<R: Row> Scribe<R> {
    /// Nothing is written yet.
    pub fn new(layout: Layout) -> Result<Self, TableError> {
        let way = match layout {
            Layout::Csv => Way::Csv(false),
            Layout::Jsonl => Way::Jsonl,
            Layout::Parquet => {
                let (sink, schema) = (Sink::default(), schema(R::COLUMNS));
                let writer = Writer::of_columns(sink.clone(), Format::Parquet, schema.clone())?;
                let cells = Rows::new(schema);
                Way::Parquet(Box::new(Parquet { writer: Some(writer), sink, cells, held: 0 }))
            }
        };
        Ok(Self { way, of: PhantomData })
    }

    /// What there is to send after some rows, which may be nothing yet; after
    /// the `last` ones, all that is left.
    pub fn write(&mut self, rows: &[R], last: bool) -> Result<Vec<u8>, TableError> {
        let values = rows.iter().map(|row| serde_json::to_value(row).unwrap_or_default());
        match &mut self.way {
            Way::Csv(begun) => {
                let mut out = csv::Writer::from_writer(Vec::new());
                // Writing to memory does not fail, and all rows have as many cells.
                if !std::mem::replace(begun, true) {
                    let _ = out.write_record(R::COLUMNS.iter().map(|column| column.name));
                }
                for value in values {
                    let _ = out.write_record(R::COLUMNS.iter().map(|column| column.words(&value)));
                }
                Ok(out.into_inner().unwrap_or_default())
            }
            Way::Jsonl => Ok(values.map(|value| format!("{value}\n")).collect::<String>().into()),
            Way::Parquet(parquet) => parquet.write::<R>(values, last),
        }
    }
}

impl Parquet {
    fn write<R: Row>(
        &mut self,
        values: impl Iterator<Item = Value>,
        last: bool,
    ) -> Result<Vec<u8>, TableError> {
        let Some(writer) = &mut self.writer else { return Ok(Vec::new()) };
        for value in values {
            let cells: Vec<_> = R::COLUMNS.iter().map(|column| column.cell(&value)).collect();
            self.cells.push(&cells);
            self.held += 1;
        }
        writer.write(&self.cells.finish())?;
        if self.held >= ROW_GROUP {
            writer.flush()?;
            self.held = 0;
        }
        if last && let Some(writer) = self.writer.take() {
            writer.finish()?;
        }
        Ok(self.sink.take())
    }
}

/// Bytes on their way from a writer that keeps its output to whoever sends them.
#[derive(Clone, Default)]
struct Sink(Arc<Mutex<Vec<u8>>>);

impl Sink {
    fn take(&self) -> Vec<u8> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
