//! The pages, each a file; `layout` is what stands around them, `parts` what
//! several have.

mod article;
mod articles;
mod disputes;
mod graph;
mod incident;
pub mod layout;
mod map;
mod margin;
mod marks;
mod network;
mod parts;
mod people;
mod person;
mod read;
mod search;
mod start;
mod timeline;

use crate::filter::Filter;
use crate::problem::{PageProblem, Problem};
use crate::{App, Shared};
use axum::Router;
use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use axum::response::Html;
use axum::routing::{get, post};
use dateline_store::{Store, StoreError};
use layout::Page;
use maud::Markup;

/// Rows of a page of answers.
const ROWS: usize = 25;

/// The routes of the pages.
pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/", get(start::show))
        .route("/search", get(search::show))
        .route("/read", post(read::show))
        .route("/articles", get(articles::show))
        .route("/article/{key}", get(article::show))
        .route("/people", get(people::show))
        .route("/person/{id}", get(person::show))
        .route("/incidents", get(incident::list))
        .route("/incident/{id}", get(incident::show))
        .route("/disputes", get(disputes::list))
        .route("/dispute/{id}", get(disputes::show))
        .route("/network", get(network::show))
        .route("/timeline", get(timeline::show))
        .route("/map", get(map::show))
}

/// What comes of a page.
type Shown = Result<Html<String>, PageProblem>;

/// Asks the store and writes the page, both off the threads that serve. Nothing
/// is written where there is no such thing.
async fn write(
    app: &Shared,
    what: &'static str,
    page: impl FnOnce(&App, &Store) -> Result<Option<Markup>, StoreError> + Send + 'static,
) -> Shown {
    let shared = app.clone();
    let markup = app.pool.ask(move |store| page(&shared, store)).await?;
    Ok(Html(markup.ok_or_else(|| Problem::none(what))?.into_string()))
}

/// A whole page of some markup.
fn whole(head: &Page<'_>, body: Markup) -> Result<Option<Markup>, StoreError> {
    Ok(Some(layout::page(head, body)))
}

/// The query of a page. Parameters that nobody knows are passed over, as links
/// from elsewhere may have some.
impl FromRequestParts<Shared> for Filter {
    type Rejection = PageProblem;

    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Result<Self, PageProblem> {
        let Query(pairs) = Query::<Vec<(String, String)>>::from_request_parts(parts, app).await?;
        Ok(Filter::new(pairs))
    }
}

/// A number in a path; anything else is not there.
fn number(given: &str, what: &str) -> Result<i64, Problem> {
    given.parse().map_err(|_| Problem::none(what))
}

/// Splits off what is too much for one page, and says what to go on after.
fn cut<R: dateline_store::ask::Place>(rows: &mut Vec<R>, most: usize) -> Option<String> {
    let more = rows.len() > most;
    rows.truncate(most);
    rows.last().filter(|_| more).map(|row| row.place().to_string())
}
