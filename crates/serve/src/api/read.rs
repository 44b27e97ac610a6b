//! `POST /api/v1/read`: an article in, its account out; nothing is kept.

use super::Asked;
use crate::Shared;
use crate::problem::Problem;
use crate::reading::Sent;
use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, Request, State};
use axum::http::{StatusCode, header};
use dateline::intake::{Defaults, Format};
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

/// What a text or a page can be sent with.
pub const ABOUT: &[&str] = &["id", "title", "outlet", "url", "published"];

/// Reads an article that is sent as JSON, or as plain text or a page with the
/// rest in the query.
pub async fn read(
    State(app): State<Shared>,
    asked: Asked,
    request: Request,
) -> Result<Json<Account>, Problem> {
    let filter = asked.of(ABOUT.iter().copied())?;
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let (kind, charset) = media_type(kind.unwrap_or_default());
    let format = match kind.as_str() {
        "application/json" => {
            let Json(given) = Json::<ToRead>::from_request(request, &app).await?;
            return Ok(Json(app.readers.read(Sent::Article(given.into())).await?));
        }
        "text/plain" => Some(Format::Text),
        "text/html" | "application/xhtml+xml" => Some(Format::Html),
        _ => {
            let detail = "send an article as application/json, text/plain or text/html";
            return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail));
        }
    };
    let bytes = Bytes::from_request(request, &app).await.map_err(|e: BytesRejection| e)?;
    let given = |name| Some(filter.get(name).to_owned()).filter(|value| !value.is_empty());
    let about = Defaults {
        id: given("id"),
        title: given("title"),
        outlet: given("outlet"),
        url: given("url"),
        published: given("published"),
    };
    let sent = Sent::Bytes { bytes: bytes.into(), format, charset, about };
    Ok(Json(app.readers.read(sent).await?))
}

/// A media type in small letters, and its character set.
fn media_type(header: &str) -> (String, Option<String>) {
    let mut parts = header.split(';').map(str::trim);
    let kind = parts.next().unwrap_or_default().to_ascii_lowercase();
    let charset = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches('"'))
    });
    (kind, charset.map(str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::media_type;

    #[test]
    fn a_media_type_may_name_a_character_set() {
        for (header, kind, charset) in [
            ("text/html", "text/html", None),
            ("Text/HTML; charset=\"windows-1252\"", "text/html", Some("windows-1252")),
            ("text/html;x=1; Charset = utf-8", "text/html", Some("utf-8")),
            ("", "", None),
        ] {
            assert_eq!(media_type(header), (kind.to_owned(), charset.map(str::to_owned)));
        }
    }
}
