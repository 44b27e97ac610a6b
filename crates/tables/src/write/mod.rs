//! Record batches written as files.

mod csv;
mod json;
mod output;
mod value;

pub(crate) use value::day;

pub use output::OutputFile;

use crate::{Table, TableError};
use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use std::io::Write;

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Parquet, compressed with Snappy.
    Parquet,
    /// Comma-separated, with a header line.
    Csv,
    /// Parted by tabs, with a header line, as POLECAT's files are.
    Tsv,
    /// One JSON object a line.
    Jsonl,
}

impl Format {
    /// The format that a file's extension names.
    ///
    /// ```
    /// use dateline_tables::Format;
    /// assert_eq!(Format::of_extension("parquet"), Some(Format::Parquet));
    /// assert_eq!(Format::of_extension("xlsx"), None);
    /// ```
    pub fn of_extension(extension: &str) -> Option<Format> {
        match extension.to_ascii_lowercase().as_str() {
            "parquet" | "pq" => Some(Format::Parquet),
            "csv" => Some(Format::Csv),
            "tsv" => Some(Format::Tsv),
            "jsonl" | "ndjson" => Some(Format::Jsonl),
            _ => None,
        }
    }
}

/// Most bytes of a row group of Parquet before it is written: what is held in
/// memory.
const ROW_GROUP: usize = 32 << 20;

/// Writes the batches of a table.
pub struct Writer<W: Write + Send> {
    inner: Inner<W>,
}

enum Inner<W: Write + Send> {
    Parquet(Box<ArrowWriter<W>>),
    Csv(Box<::csv::Writer<W>>),
    Jsonl(W),
}

impl<W: Write + Send> std::fmt::Debug for Writer<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Writer")
    }
}

impl<W: Write + Send> Writer<W> {
    /// Begins a table.
    ///
    /// # Errors
    /// [`TableError::Output`].
    pub fn new(out: W, format: Format, table: Table) -> Result<Self, TableError> {
        Self::of_columns(out, format, table.schema())
    }

    /// Begins a table of these columns.
    ///
    /// # Errors
    /// [`TableError::Output`].
    pub fn of_columns(out: W, format: Format, schema: SchemaRef) -> Result<Self, TableError> {
        let inner = match format {
            Format::Parquet => {
                let properties =
                    WriterProperties::builder().set_compression(Compression::SNAPPY).build();
                let writer = ArrowWriter::try_new(out, schema, Some(properties)).map_err(told)?;
                Inner::Parquet(Box::new(writer))
            }
            Format::Csv | Format::Tsv => {
                let delimiter = if format == Format::Csv { b',' } else { b'\t' };
                let mut writer = ::csv::WriterBuilder::new().delimiter(delimiter).from_writer(out);
                let names = schema.fields().iter().map(|field| field.name());
                writer.write_record(names).map_err(csv::told)?;
                Inner::Csv(Box::new(writer))
            }
            Format::Jsonl => Inner::Jsonl(out),
        };
        Ok(Self { inner })
    }

    /// Writes a batch.
    ///
    /// # Errors
    /// [`TableError::Output`].
    pub fn write(&mut self, batch: &RecordBatch) -> Result<(), TableError> {
        match &mut self.inner {
            Inner::Parquet(writer) => {
                writer.write(batch).map_err(told)?;
                if writer.in_progress_size() >= ROW_GROUP {
                    writer.flush().map_err(told)?;
                }
            }
            Inner::Csv(writer) => csv::write(writer, batch)?,
            Inner::Jsonl(out) => json::write(out, batch)?,
        }
        Ok(())
    }

    /// Hands the output what is held back for it, so that somebody who takes the
    /// table while it is made gets some of it. Of Parquet that ends a row group:
    /// call it after many rows.
    ///
    /// # Errors
    /// [`TableError::Output`].
    pub fn flush(&mut self) -> Result<(), TableError> {
        match &mut self.inner {
            Inner::Parquet(writer) => writer.flush().map_err(told),
            Inner::Csv(writer) => Ok(writer.flush()?),
            Inner::Jsonl(out) => Ok(out.flush()?),
        }
    }

    /// Writes what is left, and gives the output back.
    ///
    /// # Errors
    /// [`TableError::Output`].
    pub fn finish(self) -> Result<W, TableError> {
        match self.inner {
            Inner::Parquet(writer) => writer.into_inner().map_err(told),
            Inner::Csv(writer) => {
                writer.into_inner().map_err(|e| TableError::Output(e.into_error()))
            }
            Inner::Jsonl(mut out) => {
                out.flush()?;
                Ok(out)
            }
        }
    }
}

/// What Parquet says of an output that cannot be written.
fn told(error: ParquetError) -> TableError {
    let error = match error {
        ParquetError::External(inner) => match inner.downcast::<std::io::Error>() {
            Ok(error) => *error,
            Err(other) => std::io::Error::other(other),
        },
        other => std::io::Error::other(other),
    };
    TableError::Output(error)
}
