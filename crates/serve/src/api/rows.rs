//! Lists of rows, by the page.

use super::columns::{Column, day, number, spans, text, texts, whole};
use super::{Asked, MOST, USUAL};
use crate::Shared;
use crate::filter::Filter;
use crate::link;
use crate::problem::Problem;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use dateline_store::ask::{
    ActorRow, ArticleRow, ClaimRow, DisputeRow, EventRow, IncidentRow, Place, Question,
};
use dateline_store::{Store, StoreError};
use schemars::JsonSchema;
use serde::Serialize;

/// A row of an answer.
pub trait Row: Place + Serialize + JsonSchema + Send + 'static {
    /// The list's name in paths: `claims`.
    const NAME: &'static str;
    /// Names of the parameters that it can be asked with, besides `after` and
    /// `limit`.
    const PARAMETERS: &'static [&'static str];
    /// Columns of its table.
    const COLUMNS: &'static [Column];

    /// Asks for rows.
    fn find(store: &Store, question: &Question, filter: &Filter) -> Result<Vec<Self>, StoreError>
    where
        Self: Sized;
}

/// A page of an answer.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Rows<R> {
    /// The rows.
    pub data: Vec<R>,
    /// What to send as `after` for the next page; null where there is none.
    pub next: Option<String>,
}

/// A page of rows, with the way to the next in the `Link` header, too.
pub async fn list<R: Row>(
    State(app): State<Shared>,
    asked: Asked,
) -> Result<(HeaderMap, Json<Rows<R>>), Problem> {
    let filter = asked.of(R::PARAMETERS.iter().copied().chain(["after", "limit"]))?;
    let limit = filter.number("limit", USUAL, MOST)?;
    let rows = page::<R>(&app, filter.clone(), limit).await?;
    let mut headers = HeaderMap::new();
    if let Some(next) = &rows.next {
        let pairs = filter.without("after").chain([("after", next.as_str())]);
        let address = link::query(&format!("/api/v1/{}", R::NAME), pairs);
        if let Ok(value) = HeaderValue::from_str(&format!("<{address}>; rel=\"next\"")) {
            headers.insert(header::LINK, value);
        }
    }
    Ok((headers, Json(rows)))
}

/// A page of rows: `limit` of them, after what the filter says.
pub async fn page<R: Row>(app: &Shared, filter: Filter, limit: usize) -> Result<Rows<R>, Problem> {
    let question = filter.question(limit + 1)?;
    let mut data = app.pool.ask(move |store| R::find(store, &question, &filter)).await?;
    let more = data.len() > limit;
    data.truncate(limit);
    let next = data.last().filter(|_| more).map(|row| row.place().to_string());
    Ok(Rows { data, next })
}

impl Row for ArticleRow {
    const NAME: &'static str = "articles";
    const PARAMETERS: &'static [&'static str] = &[
        "by",
        "about",
        "type",
        "actor",
        "recipient",
        "stance",
        "since",
        "until",
        "place",
        "outlet",
        "text",
    ];
    const COLUMNS: &'static [Column] = &[
        text("article", "/article"),
        text("title", "/title"),
        text("outlet", "/outlet"),
        text("published", "/published"),
        text("url", "/url"),
        whole("words", "/words"),
        whole("claims", "/claims"),
        whole("events", "/events"),
    ];

    fn find(store: &Store, question: &Question, _: &Filter) -> Result<Vec<Self>, StoreError> {
        store.find_articles(question)
    }
}

impl Row for ClaimRow {
    const NAME: &'static str = "claims";
    const PARAMETERS: &'static [&'static str] =
        &["article", "by", "about", "stance", "since", "until", "place", "outlet", "text"];
    const COLUMNS: &'static [Column] = &[
        text("article", "/article"),
        whole("claim", "/claim"),
        day("day", "/day"),
        text("outlet", "/outlet"),
        text("title", "/title"),
        text("url", "/url"),
        text("speaker", "/speaker/name"),
        whole("speaker_id", "/speaker/id"),
        text("code", "/speaker/code"),
        text("stance", "/stance"),
        text("form", "/form"),
        text("cue", "/cue"),
        text("quote", "/quote"),
        spans("span", "/span"),
        number("confidence", "/confidence"),
    ];

    fn find(store: &Store, question: &Question, _: &Filter) -> Result<Vec<Self>, StoreError> {
        store.claims(question)
    }
}

/// What events and incidents can be asked by.
const EVENTS: &[&str] = &[
    "article",
    "by",
    "about",
    "type",
    "actor",
    "recipient",
    "stance",
    "since",
    "until",
    "place",
    "outlet",
    "text",
];

impl Row for EventRow {
    const NAME: &'static str = "events";
    const PARAMETERS: &'static [&'static str] = EVENTS;
    const COLUMNS: &'static [Column] = &[
        text("article", "/article"),
        whole("event", "/event"),
        day("day", "/day"),
        text("date", "/date"),
        text("type", "/type"),
        text("mode", "/mode"),
        texts("contexts", "/contexts"),
        texts("actor", "/actor"),
        texts("recipient", "/recipient"),
        text("place", "/place"),
        text("country", "/country"),
        text("polarity", "/polarity"),
        text("modality", "/modality"),
        whole("claim", "/claim"),
        whole("incident", "/incident"),
        text("outlet", "/outlet"),
        text("published", "/published"),
        text("trigger", "/trigger"),
        text("quote", "/quote"),
        number("confidence", "/confidence"),
    ];

    fn find(store: &Store, question: &Question, _: &Filter) -> Result<Vec<Self>, StoreError> {
        store.events(question)
    }
}

impl Row for IncidentRow {
    const NAME: &'static str = "incidents";
    const PARAMETERS: &'static [&'static str] = EVENTS;
    const COLUMNS: &'static [Column] = &[
        whole("id", "/id"),
        text("date", "/date"),
        text("type", "/type"),
        text("mode", "/mode"),
        texts("contexts", "/contexts"),
        texts("actor", "/actor"),
        texts("recipient", "/recipient"),
        text("place", "/place"),
        texts("reports", "/reports"),
        texts("asserted_by", "/asserted_by"),
        texts("denied_by", "/denied_by"),
        texts("differs", "/differs"),
        number("confidence", "/confidence"),
    ];

    fn find(store: &Store, question: &Question, _: &Filter) -> Result<Vec<Self>, StoreError> {
        store.incidents(question)
    }
}

impl Row for ActorRow {
    const NAME: &'static str = "people";
    const PARAMETERS: &'static [&'static str] = &["about", "all"];
    const COLUMNS: &'static [Column] = &[
        whole("id", "/id"),
        text("name", "/name"),
        text("kind", "/kind"),
        text("code", "/code"),
        texts("roles", "/roles"),
        whole("articles", "/articles"),
        day("first", "/first"),
        day("last", "/last"),
    ];

    fn find(store: &Store, question: &Question, filter: &Filter) -> Result<Vec<Self>, StoreError> {
        store.people(question, matches!(filter.get("all"), "1" | "true"))
    }
}

impl Row for DisputeRow {
    const NAME: &'static str = "disputes";
    const PARAMETERS: &'static [&'static str] = &["article", "by", "about", "since", "until"];
    const COLUMNS: &'static [Column] = &[
        whole("id", "/id"),
        number("score", "/score"),
        whole("incident", "/incident"),
        text("article", "/claim/article"),
        whole("claim", "/claim/claim"),
        day("day", "/claim/day"),
        text("speaker", "/claim/speaker/name"),
        text("stance", "/claim/stance"),
        text("quote", "/claim/quote"),
        text("other_article", "/other/article"),
        whole("other_claim", "/other/claim"),
        day("other_day", "/other/day"),
        text("other_speaker", "/other/speaker/name"),
        text("other_stance", "/other/stance"),
        text("other_quote", "/other/quote"),
    ];

    fn find(store: &Store, question: &Question, _: &Filter) -> Result<Vec<Self>, StoreError> {
        store.disputes(question)
    }
}
