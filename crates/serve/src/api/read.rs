//! `POST /api/v1/read`: an article in, its account out; nothing is kept.

use super::Asked;
use crate::Shared;
use crate::problem::Problem;
use crate::reading::text_of;
use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, Request, State};
use axum::http::{StatusCode, header};
use dateline::{Account, Article};
use schemars::JsonSchema;
use serde::Deserialize;

/// An article to be read.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ToRead {
    /// The article, untouched.
    #[schemars(length(min = 1))]
    pub text: String,
    /// Its id.
    #[serde(default)]
    pub id: Option<String>,
    /// Headline.
    #[serde(default)]
    pub title: Option<String>,
    /// Publisher.
    #[serde(default)]
    pub outlet: Option<String>,
    /// Address.
    #[serde(default)]
    pub url: Option<String>,
    /// Authors.
    #[serde(default)]
    pub byline: Vec<String>,
    /// Day or time of publication: relative times are resolved against it.
    #[serde(default)]
    pub published: Option<String>,
}

impl From<ToRead> for Article {
    fn from(given: ToRead) -> Self {
        let ToRead { text, id, title, outlet, url, byline, published } = given;
        let id = id.unwrap_or_else(|| "article".to_owned());
        Article { id, text, title, outlet, url, byline, published }
    }
}

/// What a plain text can be sent with.
pub const ABOUT: &[&str] = &["id", "title", "outlet", "url", "published"];

/// Reads an article that is sent as JSON, or as plain text with the rest in the
/// query.
pub async fn read(
    State(app): State<Shared>,
    asked: Asked,
    request: Request,
) -> Result<Json<Account>, Problem> {
    let filter = asked.of(ABOUT.iter().copied())?;
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let kind = kind.unwrap_or_default().split(';').next().unwrap_or_default().trim();
    let article = match kind.to_ascii_lowercase().as_str() {
        "application/json" => {
            let Json(given) = Json::<ToRead>::from_request(request, &app).await?;
            given.into()
        }
        "text/plain" => {
            let bytes = Bytes::from_request(request, &app).await.map_err(|e: BytesRejection| e)?;
            let text = text_of(&bytes)?;
            let about = |name| Some(filter.get(name).to_owned()).filter(|value| !value.is_empty());
            Article {
                title: about("title"),
                outlet: about("outlet"),
                url: about("url"),
                published: about("published"),
                ..Article::new(about("id").unwrap_or_else(|| "article".to_owned()), text)
            }
        }
        _ => {
            let detail = "send an article as application/json or as text/plain";
            return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail));
        }
    };
    Ok(Json(app.readers.read(article).await?))
}
