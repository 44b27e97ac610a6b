//! What is asked for besides lists of rows: one thing by its number, counts,
//! the network, and a search of everything.

use super::{Asked, MOST};
use crate::Shared;
use crate::problem::Problem;
use axum::Json;
use axum::extract::State;
use axum::extract::rejection::PathRejection;
use dateline::Account;
use dateline_store::ask::{
    ActorRow, ArticleRow, ClaimRow, DisputeRow, EventRow, IncidentRow, Network, Page, PlaceRow,
    Question, Size, Spread,
};
use schemars::JsonSchema;
use serde::Serialize;

type Path<T> = Result<axum::extract::Path<T>, PathRejection>;
type Answer<T> = Result<Json<T>, Problem>;

/// What counts over days and places, and the network, can be asked by.
pub const EVENTS: &[&str] =
    &["about", "type", "actor", "recipient", "stance", "since", "until", "place", "outlet", "text"];

/// The value of a path; what does not fit is not there.
fn at<T>(path: Path<T>, what: &str) -> Result<T, Problem> {
    path.map(|axum::extract::Path(value)| value).map_err(|_| Problem::none(what))
}

/// How much is in the store.
pub async fn size(State(app): State<Shared>, asked: Asked) -> Answer<Size> {
    asked.of([])?;
    Ok(Json(app.pool.ask(|store| store.size()).await?))
}

/// An article's account.
pub async fn article(State(app): State<Shared>, key: Path<String>) -> Answer<Account> {
    let key = at(key, "article")?;
    let account = app.pool.ask(move |store| store.account(&key)).await?;
    account.map(Json).ok_or_else(|| Problem::none("article"))
}

/// A claim of an article.
pub async fn claim(State(app): State<Shared>, key: Path<(String, i64)>) -> Answer<ClaimRow> {
    let (key, number) = at(key, "claim")?;
    let claim = app.pool.ask(move |store| store.claim(&key, number)).await?;
    claim.map(Json).ok_or_else(|| Problem::none("claim"))
}

/// An event of an article.
pub async fn event(State(app): State<Shared>, key: Path<(String, i64)>) -> Answer<EventRow> {
    let (key, number) = at(key, "event")?;
    let event = app.pool.ask(move |store| store.event(&key, number)).await?;
    event.map(Json).ok_or_else(|| Problem::none("event"))
}

/// An incident.
pub async fn incident(State(app): State<Shared>, id: Path<i64>) -> Answer<IncidentRow> {
    let id = at(id, "incident")?;
    let incident = app.pool.ask(move |store| store.incident(id)).await?;
    incident.map(Json).ok_or_else(|| Problem::none("incident"))
}

/// A dispute.
pub async fn dispute(State(app): State<Shared>, id: Path<i64>) -> Answer<DisputeRow> {
    let id = at(id, "dispute")?;
    let dispute = app.pool.ask(move |store| store.dispute(id)).await?;
    dispute.map(Json).ok_or_else(|| Problem::none("dispute"))
}

/// A page on a person, body, group or place.
pub async fn person(State(app): State<Shared>, id: Path<i64>, asked: Asked) -> Answer<Page> {
    let id = at(id, "person")?;
    let limit = asked.of(["limit"])?.number("limit", 10, MOST)?;
    let page = app.pool.ask(move |store| store.who(&format!("#{id}"), limit)).await?;
    page.map(Json).ok_or_else(|| Problem::none("person"))
}

/// Who acts toward whom.
pub async fn network(State(app): State<Shared>, asked: Asked) -> Answer<Network> {
    let filter = asked.of(EVENTS.iter().copied().chain(["by", "limit"]))?;
    let question = filter.question(filter.number("limit", 40, MOST)?)?;
    Ok(Json(app.pool.ask(move |store| store.network(&question)).await?))
}

/// Incidents by day and type.
pub async fn timeline(State(app): State<Shared>, asked: Asked) -> Answer<Vec<Spread>> {
    let question = asked.of(EVENTS.iter().copied())?.question(0)?;
    Ok(Json(app.pool.ask(move |store| store.spread(&question)).await?))
}

/// Incidents by place and type.
pub async fn places(State(app): State<Shared>, asked: Asked) -> Answer<Vec<PlaceRow>> {
    let question = asked.of(EVENTS.iter().copied())?.question(0)?;
    Ok(Json(app.pool.ask(move |store| store.places(&question)).await?))
}

/// What a search finds.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Found {
    /// People, bodies, groups and places with these words in their names and
    /// roles.
    pub people: Vec<ActorRow>,
    /// Claims with these words.
    pub claims: Vec<ClaimRow>,
    /// Incidents with a report in these words.
    pub incidents: Vec<IncidentRow>,
    /// Articles with these words near each other.
    pub articles: Vec<ArticleRow>,
}

/// Everything with some words.
pub async fn search(State(app): State<Shared>, asked: Asked) -> Answer<Found> {
    let filter = asked.of(["q", "limit"])?;
    let limit = filter.number("limit", 10, MOST)?;
    let words = filter.get("q").to_owned();
    if !words.chars().any(char::is_alphanumeric) {
        return Err(Problem::bad("'q' has no words"));
    }
    let question = Question { about: Some(words), limit, ..Question::default() };
    let found = app.pool.ask(move |store| {
        Ok(Found {
            people: store.people(&question, true)?,
            claims: store.claims(&question)?,
            incidents: store.incidents(&question)?,
            articles: store.find_articles(&question)?,
        })
    });
    Ok(Json(found.await?))
}
