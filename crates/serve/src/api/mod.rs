//! The API under `/api/v1`: the same answers as the command's, as JSON.
//!
//! `rows` are the lists of rows, by the page; `things` the rest that is asked
//! for; `read` reads an article that is sent; `export` streams whole lists, in a
//! `layout` and with the types of their `columns`. `operations` is the one list of what there is, which `openapi` describes to
//! programs and `browse` to people.

mod browse;
mod columns;
mod export;
mod layout;
mod openapi;
mod operations;
mod read;
mod rows;
mod things;

use crate::Shared;
use crate::filter::Filter;
use crate::problem::Problem;
use axum::Router;
use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use axum::routing::{get, post};
use dateline_store::ask::{ActorRow, ArticleRow, ClaimRow, DisputeRow, EventRow, IncidentRow};

/// Rows of a page of answers, unless more or fewer are wanted.
const USUAL: usize = 50;
/// Most rows of a page of answers.
const MOST: usize = 500;

/// The routes of the API.
pub fn routes() -> Router<Shared> {
    let v1 = Router::new()
        .route("/openapi.json", get(openapi::show))
        .route("/read", post(read::read))
        .route("/store", get(things::size))
        .route("/search", get(things::search))
        .route("/articles", get(rows::list::<ArticleRow>))
        .route("/articles/{article}", get(things::article))
        .route("/articles/{article}/claims/{number}", get(things::claim))
        .route("/articles/{article}/events/{number}", get(things::event))
        .route("/claims", get(rows::list::<ClaimRow>))
        .route("/events", get(rows::list::<EventRow>))
        .route("/incidents", get(rows::list::<IncidentRow>))
        .route("/incidents/{id}", get(things::incident))
        .route("/people", get(rows::list::<ActorRow>))
        .route("/people/{id}", get(things::person))
        .route("/disputes", get(rows::list::<DisputeRow>))
        .route("/disputes/{id}", get(things::dispute))
        .route("/network", get(things::network))
        .route("/timeline", get(things::timeline))
        .route("/places", get(things::places))
        .route("/export/articles", get(export::export::<ArticleRow>))
        .route("/export/claims", get(export::export::<ClaimRow>))
        .route("/export/events", get(export::export::<EventRow>))
        .route("/export/incidents", get(export::export::<IncidentRow>))
        .route("/export/people", get(export::export::<ActorRow>))
        .route("/export/disputes", get(export::export::<DisputeRow>));
    Router::new().route("/api", get(browse::show)).nest("/api/v1", v1)
}

/// The query of a request to the API, whose names all must mean something.
struct Asked(Vec<(String, String)>);

impl Asked {
    /// The query, if it has none but these names.
    fn of<'a>(self, known: impl IntoIterator<Item = &'a str>) -> Result<Filter, Problem> {
        let known: Vec<&str> = known.into_iter().collect();
        if let Some((name, _)) = self.0.iter().find(|pair| !known.contains(&pair.0.as_str())) {
            let detail = match known.as_slice() {
                [] => format!("'{name}' is no parameter here; there are none"),
                _ => format!("'{name}' is no parameter here; there are: {}", known.join(", ")),
            };
            return Err(Problem::bad(detail));
        }
        Ok(Filter::new(self.0))
    }
}

impl FromRequestParts<Shared> for Asked {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Result<Self, Problem> {
        let Query(pairs) = Query::from_request_parts(parts, app).await?;
        Ok(Self(pairs))
    }
}
