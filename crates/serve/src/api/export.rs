//! `/api/v1/export`: whole lists, streamed a page at a time, so that memory does
//! not grow with them.

use super::layout::{Layout, Scribe};
use super::rows::{Row, Rows, page};
use super::{Asked, MOST};
use crate::Shared;
use crate::filter::Filter;
use crate::problem::Problem;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use dateline_tables::TableError;
use futures_util::stream::{self, TryStreamExt};
use std::future::ready;

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
    let scribe = Scribe::<R>::new(layout).map_err(|_| Problem::internal())?;
    // The first page is asked for before the answer begins, so that what is
    // wrong with the question is told in its status.
    let rows = page::<R>(&app, filter.clone(), MOST).await?;
    let pieces = stream::try_unfold(Some(Ahead { scribe, rows, app, filter }), next);
    let pieces = pieces.try_filter(|bytes| ready(!bytes.is_empty()));
    let body = Body::from_stream(pieces.map_ok(Bytes::from).map_err(std::io::Error::other));
    let mut response = body.into_response();
    let file = format!("attachment; filename=\"{}.{name}\"", R::NAME);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(layout.kind()));
    if let Ok(file) = HeaderValue::from_str(&file) {
        headers.insert(header::CONTENT_DISPOSITION, file);
    }
    Ok(response)
}

/// Rows that are to be written, and what to ask for the next with.
struct Ahead<R> {
    scribe: Scribe<R>,
    rows: Rows<R>,
    app: Shared,
    filter: Filter,
}

/// Writes a page, off the threads that serve, and asks for the next.
async fn next<R: Row>(
    ahead: Option<Ahead<R>>,
) -> Result<Option<(Vec<u8>, Option<Ahead<R>>)>, String> {
    let Some(Ahead { mut scribe, rows: Rows { data, next }, app, filter }) = ahead else {
        return Ok(None);
    };
    let last = next.is_none();
    let write = move || {
        let bytes = scribe.write(&data, last)?;
        Ok::<_, TableError>((bytes, scribe))
    };
    let written = tokio::task::spawn_blocking(write).await.map_err(|error| error.to_string())?;
    let (bytes, scribe) = written.map_err(|error| error.to_string())?;
    let Some(next) = next else { return Ok(Some((bytes, None))) };
    let filter = filter.with("after", &next);
    let rows = page::<R>(&app, filter.clone(), MOST).await.map_err(|problem| problem.detail)?;
    Ok(Some((bytes, Some(Ahead { scribe, rows, app, filter }))))
}
