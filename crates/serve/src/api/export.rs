//! `/api/v1/export`: whole lists, streamed a page at a time, so that memory does
//! not grow with them.
//!
//! A layout is a [`Layout`]: what stands before the rows, and what is written of
//! some rows. That is all that another one has to say.

use super::rows::{Row, Rows, page};
use super::{Asked, MOST};
use crate::Shared;
use crate::filter::Filter;
use crate::problem::Problem;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use futures_util::stream::{self, TryStreamExt};
use serde_json::Value;

/// Layouts of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// Comma-separated, with a header line.
    Csv,
    /// One JSON object a line.
    Jsonl,
}

impl Layout {
    /// All of them, by name.
    pub const ALL: [(&'static str, Layout); 2] = [("csv", Layout::Csv), ("jsonl", Layout::Jsonl)];

    /// Media type.
    pub fn kind(self) -> &'static str {
        match self {
            Layout::Csv => "text/csv; charset=utf-8",
            Layout::Jsonl => "application/jsonl",
        }
    }

    /// What stands before the rows.
    fn head<R: Row>(self) -> Vec<u8> {
        match self {
            Layout::Csv => lines([R::COLUMNS.iter().map(|column| column.0.to_owned()).collect()]),
            Layout::Jsonl => Vec::new(),
        }
    }

    /// Some rows.
    fn rows<R: Row>(self, rows: &[R]) -> Vec<u8> {
        let values = rows.iter().map(|row| serde_json::to_value(row).unwrap_or_default());
        match self {
            Layout::Csv => lines(values.map(|value| {
                let cell = |at: &str| value.pointer(at).map_or_else(String::new, cell);
                R::COLUMNS.iter().map(|column| cell(column.1)).collect()
            })),
            Layout::Jsonl => values.map(|value| format!("{value}\n")).collect::<String>().into(),
        }
    }
}

/// Streams a list.
pub async fn export<R: Row>(State(app): State<Shared>, asked: Asked) -> Result<Response, Problem> {
    let filter = asked.of(R::PARAMETERS.iter().copied().chain(["format"]))?;
    let (name, layout) = match filter.get("format") {
        "" => Layout::ALL[0],
        given => *Layout::ALL.iter().find(|(name, _)| *name == given).ok_or_else(|| {
            let all = Layout::ALL.map(|(name, _)| name).join(", ");
            Problem::bad(format!("'format' is none of: {all}"))
        })?,
    };
    // The first page is asked for before the answer begins, so that what is
    // wrong with the question is told in its status.
    let first = page::<R>(&app, filter.clone(), MOST).await?;
    let begin = stream::iter([Ok(layout.head::<R>())]);
    let rows = stream::try_unfold(Some((first, app, filter)), move |state| next(state, layout));
    let body = Body::from_stream(
        futures_util::StreamExt::chain(begin, rows)
            .map_ok(Bytes::from)
            .map_err(std::io::Error::other),
    );
    let mut response = body.into_response();
    let file = format!("attachment; filename=\"{}.{name}\"", R::NAME);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(layout.kind()));
    if let Ok(file) = HeaderValue::from_str(&file) {
        headers.insert(header::CONTENT_DISPOSITION, file);
    }
    Ok(response)
}

/// Rows that are to be written, and where the next come from.
type Ahead<R> = Option<(Rows<R>, Shared, Filter)>;

/// Writes a page and asks for the next.
async fn next<R: Row>(
    state: Ahead<R>,
    layout: Layout,
) -> Result<Option<(Vec<u8>, Ahead<R>)>, String> {
    let Some((rows, app, filter)) = state else { return Ok(None) };
    let bytes = layout.rows(&rows.data);
    let after = match &rows.next {
        None => None,
        Some(next) => {
            let filter = filter.with("after", next);
            let rows = page::<R>(&app, filter.clone(), MOST).await.map_err(|p| p.detail)?;
            Some((rows, app, filter))
        }
    };
    Ok(Some((bytes, after)))
}

fn lines(rows: impl IntoIterator<Item = Vec<String>>) -> Vec<u8> {
    let mut out = csv::Writer::from_writer(Vec::new());
    for row in rows {
        // Writing to memory does not fail, and all rows have as many cells.
        let _ = out.write_record(&row);
    }
    out.into_inner().unwrap_or_default()
}

/// A value as a cell: lists parted by `; `, somebody by name.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(values) if values.iter().any(Value::is_array) => value.to_string(),
        Value::Array(values) => values.iter().map(cell).collect::<Vec<_>>().join("; "),
        Value::Object(fields) => {
            match ["name", "speaker", "field", "article"].iter().find_map(|f| fields.get(*f)) {
                Some(name) => cell(name),
                None => value.to_string(),
            }
        }
        value => value.to_string(),
    }
}
