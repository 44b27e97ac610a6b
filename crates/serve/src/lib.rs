//! Pages and an HTTP API over a store.
//!
//! [`router`] is the whole of it as a tower service, for tests and for other
//! servers; [`serve`] listens. Pages are written on the server and read without
//! scripts; a little script of our own lights up what belongs together. Nothing
//! is asked of any other host.
//!
//! An article is somebody else's text and may be hostile: all of it is escaped
//! where it is written (`text` says how), the Content-Security-Policy allows
//! no script but our own file, and no path of a request leads to a file.
//!
//! A request goes through the `gate` (hosts, token, headers), the `limits`
//! (time, concurrency, request id, log), `etag` and `kept` (answers that are still true), then to a page of `pages` or
//! an answer of `api`. Both ask the store through the `pool`: some read-only
//! connections, off the threads that serve.

mod api;
mod draw;
mod etag;
mod filter;
mod gate;
mod kept;
mod kinds;
mod limits;
mod link;
mod pages;
mod pool;
mod problem;
mod reading;
mod server;
mod statics;
mod text;

pub use limits::{Limits, Log};
pub use server::{ServeError, serve};

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use dateline::{Lexicons, Reader};
use dateline_store::{Store, StoreError};
use kept::Kept;
use kinds::Kinds;
use pool::Pool;
use reading::Readers;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// What to serve, and how carefully.
#[derive(Debug)]
pub struct Settings {
    /// The store; it must be there.
    pub store: PathBuf,
    /// What reads the articles that are sent.
    pub reader: Reader,
    /// The tables that the reader was made of; the types of events are taken
    /// from them.
    pub lexicons: Lexicons,
    /// Who asks must know this, where it is set. Without, only requests for
    /// this machine by its own names are answered.
    pub token: Option<String>,
    /// Bounds of one request and of all.
    pub limits: Limits,
    /// Where requests are written down.
    pub log: Log,
}

/// What all requests share.
struct App {
    pool: Pool,
    readers: Readers,
    kinds: Kinds,
    kept: Kept,
    gate: gate::Gate,
    /// Places for requests that are being answered.
    places: Semaphore,
    limits: Limits,
    log: Log,
}

type Shared = Arc<App>;

/// The pages and the API as one service.
///
/// # Errors
/// [`StoreError`] when there is no such store.
pub fn router(settings: Settings) -> Result<Router, StoreError> {
    // Says what is wrong with the store before anybody asks, and brings an
    // older one up to date.
    let store = Store::open(&settings.store)?;
    let limits = settings.limits;
    let app: Shared = Arc::new(App {
        pool: Pool::new(settings.store, limits.connections),
        readers: Readers::new(settings.reader, limits.readings, limits.text),
        kinds: Kinds::load(&settings.lexicons),
        kept: Kept::new(store),
        gate: gate::Gate::new(settings.token),
        places: Semaphore::new(limits.requests),
        limits,
        log: settings.log,
    });
    let router = Router::new()
        .merge(pages::routes())
        .merge(api::routes())
        .layer(from_fn_with_state(app.clone(), kept::kept))
        .layer(from_fn(etag::conditional))
        .merge(statics::routes())
        .fallback(problem::not_found)
        .method_not_allowed_fallback(problem::not_allowed)
        .layer(DefaultBodyLimit::max(limits.body))
        .layer(from_fn_with_state(app.clone(), limits::bounded))
        .layer(from_fn_with_state(app.clone(), gate::guard))
        .layer(from_fn_with_state(app.clone(), limits::logged))
        .with_state(app);
    Ok(router)
}
