//! Bounds of requests, and what is written down of each.

use crate::problem::{Problem, told};
use crate::{App, Shared};
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use serde_json::json;
use std::io::Write;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Bounds of one request and of all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Most bytes of a request's body.
    pub body: usize,
    /// Most bytes of the text of an article; a page has much besides.
    pub text: usize,
    /// How long a request may take until its answer begins.
    pub time: Duration,
    /// Most requests at one time; more are answered 503.
    pub requests: usize,
    /// Most connections from clients.
    pub clients: usize,
    /// Most connections to the store.
    pub connections: usize,
    /// Most articles that are read at one time.
    pub readings: usize,
}

impl Default for Limits {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Self {
            body: 2 << 20,
            text: 1 << 20,
            time: Duration::from_secs(20),
            requests: 128,
            clients: 512,
            connections: (2 * cores).clamp(2, 16),
            readings: cores.clamp(1, 8),
        }
    }
}

/// Where requests are written down, a JSON object a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Log {
    /// Nowhere.
    Off,
    /// Standard error.
    Stderr,
}

/// The name of a request, given back in each answer and found in the log.
static REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// Distinguishes runs, so that the names of two runs differ.
static RUN: LazyLock<u32> = LazyLock::new(|| getrandom::u32().unwrap_or_default());
static REQUESTS: AtomicU64 = AtomicU64::new(1);

/// Names the request, and writes down what came of it. The query is left out:
/// what somebody looks for is nobody's business.
pub async fn logged(State(app): State<Shared>, request: Request, next: Next) -> Response {
    let id = format!("{:08x}-{}", *RUN, REQUESTS.fetch_add(1, Ordering::Relaxed));
    let begun = Instant::now();
    let (method, path) = (request.method().to_string(), request.uri().path().to_owned());
    let mut response = next.run(request).await;
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID.clone(), value);
    }
    let status = response.status().as_u16();
    if app.log == Log::Stderr {
        let level = if status >= 500 { "error" } else { "info" };
        let line = json!({
            "at": jiff::Timestamp::now().to_string(),
            "level": level,
            "request": id,
            "method": method,
            "path": path,
            "status": status,
            "ms": begun.elapsed().as_micros() as f64 / 1000.0,
        });
        let _ = writeln!(std::io::stderr(), "{line}");
    }
    response
}

/// Answers 503 where too many requests are being answered, and where one takes
/// too long; its question to the store is given up then.
pub async fn bounded(State(app): State<Shared>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let App { places, limits, .. } = app.as_ref();
    let Ok(_place) = places.try_acquire() else {
        return told(
            &path,
            Problem::new(StatusCode::SERVICE_UNAVAILABLE, "too many requests at once"),
        );
    };
    match tokio::time::timeout(limits.time, next.run(request)).await {
        Ok(response) => response,
        Err(_) => {
            let detail = "this took too long; ask for less, such as fewer days";
            told(&path, Problem::new(StatusCode::SERVICE_UNAVAILABLE, detail))
        }
    }
}
