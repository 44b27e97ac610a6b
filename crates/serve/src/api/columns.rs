//! Columns of exported tables: where a row's JSON has the value, and of which
//! type it is where a layout has types.

use dateline_tables::Cell;
use jiff::civil::{Date, date};
use serde_json::Value;
use std::sync::Arc;

use arrow_schema::{DataType, Field, Schema, SchemaRef};

/// A column.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// What it is called.
    pub name: &'static str,
    /// JSON pointer to its value in a row.
    at: &'static str,
    kind: Kind,
}

/// Of which type its values are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Day,
    Whole,
    Number,
    /// Several words or names.
    Texts,
    /// Pairs of code points.
    Spans,
}

const fn column(name: &'static str, at: &'static str, kind: Kind) -> Column {
    Column { name, at, kind }
}

/// A column of words.
pub const fn text(name: &'static str, at: &'static str) -> Column {
    column(name, at, Kind::Text)
}

/// A column of days.
pub const fn day(name: &'static str, at: &'static str) -> Column {
    column(name, at, Kind::Day)
}

/// A column of whole numbers.
pub const fn whole(name: &'static str, at: &'static str) -> Column {
    column(name, at, Kind::Whole)
}

/// A column of numbers.
pub const fn number(name: &'static str, at: &'static str) -> Column {
    column(name, at, Kind::Number)
}

/// A column of lists of words; of people and the like, their names.
pub const fn texts(name: &'static str, at: &'static str) -> Column {
    column(name, at, Kind::Texts)
}

/// A column of lists of spans.
pub const fn spans(name: &'static str, at: &'static str) -> Column {
    column(name, at, Kind::Spans)
}

/// The columns in Arrow's terms; each may be null.
pub fn schema(columns: &[Column]) -> SchemaRef {
    let list = |item: DataType| DataType::List(Arc::new(Field::new("item", item, true)));
    let whole = |name| Field::new(name, DataType::Int64, true);
    let fields = columns.iter().map(|column| {
        let kind = match column.kind {
            Kind::Text => DataType::Utf8,
            Kind::Day => DataType::Date32,
            Kind::Whole => DataType::Int64,
            Kind::Number => DataType::Float64,
            Kind::Texts => list(DataType::Utf8),
            Kind::Spans => list(DataType::Struct(vec![whole("start"), whole("end")].into())),
        };
        Field::new(column.name, kind, true)
    });
    Arc::new(Schema::new(fields.collect::<Vec<_>>()))
}

impl Column {
    fn value<'a>(&self, row: &'a Value) -> &'a Value {
        row.pointer(self.at).unwrap_or(&Value::Null)
    }

    /// The value as words: lists parted by `; `, spans as JSON.
    pub fn words(&self, row: &Value) -> String {
        match (self.kind, self.value(row)) {
            (Kind::Texts, Value::Array(items)) => {
                items.iter().map(words).collect::<Vec<_>>().join("; ")
            }
            (_, value) => words(value),
        }
    }

    /// The value as one of its type; what is none is null.
    pub fn cell(&self, row: &Value) -> Cell<'static> {
        let value = self.value(row);
        let items = || value.as_array().into_iter().flatten();
        match self.kind {
            _ if value.is_null() => Cell::Null,
            Kind::Text => words(value).into(),
            Kind::Day => value.as_str().and_then(days).map_or(Cell::Null, Cell::Day),
            Kind::Whole => Cell::int(value.as_i64()),
            Kind::Number => Cell::number(value.as_f64()),
            Kind::Texts => Cell::List(items().map(|item| words(item).into()).collect()),
            Kind::Spans => {
                let ends = |span: &Value| [0, 1].map(|at| Cell::int(span[at].as_i64())).into();
                Cell::List(items().map(|span| Cell::Row(ends(span))).collect())
            }
        }
    }
}

/// Days since 1970 of an ISO day.
fn days(iso: &str) -> Option<i32> {
    let day: Date = iso.parse().ok()?;
    day.since(date(1970, 1, 1)).ok().map(|span| span.get_days())
}

/// A value in words: somebody by name, a report by its article.
fn words(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Object(fields) => {
            match ["name", "speaker", "field", "article"].iter().find_map(|f| fields.get(*f)) {
                Some(name) => words(name),
                None => value.to_string(),
            }
        }
        value => value.to_string(),
    }
}
