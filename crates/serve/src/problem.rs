//! What goes wrong, told as RFC 9457 problem details or as a page.

use crate::pages::layout::{Page, page};
use axum::Json;
use axum::extract::Request;
use axum::extract::rejection::{BytesRejection, JsonRejection, QueryRejection};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use dateline_store::StoreError;
use maud::html;
use schemars::JsonSchema;
use serde::Serialize;

/// A problem, after RFC 9457; its `type` is always `about:blank`, so that the
/// title says what the status means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Problem {
    /// `about:blank`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// What the status means.
    pub title: String,
    /// HTTP status.
    pub status: u16,
    /// What is wrong here, and what to do.
    pub detail: String,
}

impl Problem {
    /// A problem of this status.
    pub fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        let title = status.canonical_reason().unwrap_or("Error").to_owned();
        Self { kind: "about:blank", title, status: status.as_u16(), detail: detail.into() }
    }

    /// What was asked makes no sense.
    pub fn bad(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, detail)
    }

    /// There is no such thing.
    pub fn none(what: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, format!("there is no such {what} in this store"))
    }

    /// Our own mistake.
    pub fn internal() -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "something went wrong here; the log has more")
    }

    /// Its status.
    pub fn code(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// The problem as a page for people.
    pub fn page(&self) -> Response {
        let body = html! {
            section class="lead" {
                p class="kicker" { (self.status) }
                h1 { (self.title) }
                p { (self.detail) }
                p { a href="/" { "Back to the start" } }
            }
        };
        let page = page(&Page { title: &self.title, ..Page::default() }, body);
        self.finish((self.code(), Html(page.into_string())).into_response())
    }

    fn finish(&self, mut response: Response) -> Response {
        if self.code() == StatusCode::SERVICE_UNAVAILABLE {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
        }
        response
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Query(told) => Self::bad(told.replace("--text", "'text'")),
            StoreError::Busy(_) => Self::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "the store is being written; try again in a moment",
            ),
            // The error names the file, which is nobody's business.
            _ => Self::internal(),
        }
    }
}

impl From<QueryRejection> for Problem {
    fn from(rejection: QueryRejection) -> Self {
        Self::new(rejection.status(), rejection.body_text())
    }
}

impl From<JsonRejection> for Problem {
    fn from(rejection: JsonRejection) -> Self {
        Self::new(rejection.status(), rejection.body_text())
    }
}

impl From<BytesRejection> for Problem {
    fn from(rejection: BytesRejection) -> Self {
        Self::new(rejection.status(), rejection.body_text())
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = (self.code(), Json(&self)).into_response();
        let kind = HeaderValue::from_static("application/problem+json");
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
        self.finish(response)
    }
}

/// A problem of a page.
#[derive(Debug)]
pub struct PageProblem(pub Problem);

impl<P: Into<Problem>> From<P> for PageProblem {
    fn from(problem: P) -> Self {
        Self(problem.into())
    }
}

impl IntoResponse for PageProblem {
    fn into_response(self) -> Response {
        self.0.page()
    }
}

/// As the path asks: the API's problems are for programs.
pub fn told(path: &str, problem: Problem) -> Response {
    if path.starts_with("/api/v1") { problem.into_response() } else { problem.page() }
}

/// No such page.
pub async fn not_found(request: Request) -> Response {
    told(request.uri().path(), Problem::new(StatusCode::NOT_FOUND, "there is no such page"))
}

/// A page that is there, but not for this method.
pub async fn not_allowed(request: Request) -> Response {
    let detail = format!("{} is not done here", request.method());
    told(request.uri().path(), Problem::new(StatusCode::METHOD_NOT_ALLOWED, detail))
}
