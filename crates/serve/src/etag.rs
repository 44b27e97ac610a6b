//! Conditional requests: what has not changed is not sent again.

use axum::body::{Body, HttpBody, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::hash::{DefaultHasher, Hash, Hasher};

/// Gives answers that are wholly known a validator, and answers 304 where the
/// client has the same. Streams go through as they are.
pub async fn conditional(request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD);
    let known = request.headers().get(header::IF_NONE_MATCH).cloned();
    let response = next.run(request).await;
    let whole = response.body().size_hint().exact().is_some();
    if !safe || !whole || response.status() != StatusCode::OK {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let tag = validator(&bytes);
    if let Ok(value) = HeaderValue::from_str(&tag) {
        parts.headers.insert(header::ETAG, value);
    }
    parts.headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    if known.as_ref().and_then(|known| known.to_str().ok()).is_some_and(|known| has(known, &tag)) {
        parts.headers.remove(header::CONTENT_TYPE);
        parts.headers.remove(header::CONTENT_LENGTH);
        parts.status = StatusCode::NOT_MODIFIED;
        return Response::from_parts(parts, Body::empty());
    }
    Response::from_parts(parts, Body::from(bytes))
}

/// A strong validator of some bytes: two hashes of them, and their number.
pub fn validator(bytes: &[u8]) -> String {
    let hash = |seed: u8| {
        let mut hasher = DefaultHasher::new();
        seed.hash(&mut hasher);
        bytes.hash(&mut hasher);
        hasher.finish()
    };
    format!("\"{:016x}{:016x}\"", hash(1), hash(2))
}

/// Whether one of the client's validators is this one. They are compared
/// weakly, as RFC 9110 has it for `If-None-Match`.
pub fn has(known: &str, tag: &str) -> bool {
    let same = |other: &str| other.strip_prefix("W/").unwrap_or(other) == tag;
    known.trim() == "*" || known.split(',').map(str::trim).any(same)
}
