//! Our own files, built in; `/healthz`, and what robots are told.

use crate::etag::{has, validator};
use crate::{Shared, gate};
use axum::Router;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

const STYLE: &str = include_str!("../assets/style.css");
const SCRIPT: &str = include_str!("../assets/page.js");
const ICON: &str = include_str!("../assets/icon.svg");

/// Their routes.
pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/static/style.css", get(|h| file(h, "text/css; charset=utf-8", STYLE)))
        .route("/static/page.js", get(|h| file(h, "text/javascript; charset=utf-8", SCRIPT)))
        .route("/static/icon.svg", get(|h| file(h, "image/svg+xml", ICON)))
        .route("/robots.txt", get(|h| file(h, "text/plain", "User-agent: *\nDisallow: /\n")))
        .route("/healthz", get(async || "ok\n"))
        .route("/enter", get(gate::entry).post(gate::enter))
}

async fn file(headers: HeaderMap, kind: &'static str, text: &'static str) -> Response {
    let tag = validator(text.as_bytes());
    let known = headers.get(header::IF_NONE_MATCH).and_then(|known| known.to_str().ok());
    let about = [(header::ETAG, tag.clone()), (header::CACHE_CONTROL, "no-cache".to_owned())];
    if known.is_some_and(|known| has(known, &tag)) {
        return (StatusCode::NOT_MODIFIED, about).into_response();
    }
    (about, [(header::CONTENT_TYPE, kind)], text).into_response()
}
