//! Answers that are still true: what the store was asked before and nobody has
//! written to it since is not asked again.

use crate::Shared;
use axum::body::{Body, Bytes, HttpBody, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use dateline_store::Store;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Most bytes of all answers that are kept.
const MOST: usize = 24 << 20;
/// Most bytes of one.
const LARGEST: usize = 1 << 20;

/// An answer, without what is put on every answer.
#[derive(Clone)]
struct Answer {
    headers: HeaderMap,
    body: Bytes,
}

/// Answers by address, of one edition of the store.
pub struct Kept(Mutex<Shelf>);

struct Shelf {
    /// A connection that sees when somebody else has written.
    store: Store,
    edition: Option<i64>,
    answers: HashMap<String, Answer>,
    bytes: usize,
}

impl Kept {
    /// Keeps answers of this store.
    pub fn new(store: Store) -> Self {
        Self(Mutex::new(Shelf { store, edition: None, answers: HashMap::new(), bytes: 0 }))
    }

    /// The edition of the store now, and what is kept under an address.
    fn find(&self, address: &str) -> (Option<i64>, Option<Answer>) {
        let mut shelf = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let edition = shelf.store.edition().ok();
        if edition != shelf.edition || edition.is_none() {
            shelf.edition = edition;
            shelf.answers.clear();
            shelf.bytes = 0;
        }
        (edition, shelf.answers.get(address).cloned())
    }

    /// Keeps an answer that was asked for when the store had this edition.
    fn keep(&self, edition: Option<i64>, address: String, answer: Answer) {
        let mut shelf = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if edition.is_none() || shelf.edition != edition || shelf.answers.contains_key(&address) {
            return;
        }
        let size = address.len() + answer.body.len() + 1024;
        if shelf.bytes + size > MOST {
            shelf.answers.clear();
            shelf.bytes = 0;
        }
        shelf.bytes += size;
        shelf.answers.insert(address, answer);
    }
}

/// Gives an answer that is still true, or asks and keeps what comes.
pub async fn kept(State(app): State<Shared>, request: Request, next: Next) -> Response {
    if *request.method() != Method::GET {
        return next.run(request).await;
    }
    let uri = request.uri();
    let address = uri.path_and_query().map_or_else(String::new, |address| address.to_string());
    let (edition, known) = app.kept.find(&address);
    if let Some(Answer { headers, body }) = known {
        return (headers, body).into_response();
    }
    let response = next.run(request).await;
    let size = response.body().size_hint().exact();
    if response.status() != StatusCode::OK || size.is_none_or(|size| size > LARGEST as u64) {
        return response;
    }
    let (parts, body) = response.into_parts();
    let Ok(body) = to_bytes(body, LARGEST).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let answer = Answer { headers: parts.headers.clone(), body: body.clone() };
    app.kept.keep(edition, address, answer);
    Response::from_parts(parts, Body::from(body))
}
