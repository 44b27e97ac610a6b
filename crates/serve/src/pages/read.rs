//! An article that somebody sent, read and shown, and not kept.

use super::layout::Page;
use super::{Shown, article, layout};
use crate::Shared;
use crate::problem::Problem;
use crate::reading::text_of;
use axum::extract::{Multipart, State, multipart::MultipartError};
use axum::response::Html;
use dateline::Article;
use dateline_store::ask::Links;
use maud::html;

/// Reads the article of the start's form.
pub async fn show(State(app): State<Shared>, form: Multipart) -> Shown {
    let account = app.readers.read(sent(form).await?).await?;
    let shared = app.clone();
    let page = tokio::task::spawn_blocking(move || {
        let body = html! {
            p class="notice" { "Read just now, and not kept. " a href="/#try" { "Read another" } }
            (article::lay_out(&account, None, &Links::default(), &shared.kinds, ""))
        };
        let head = Page { title: "An article, read", wide: true, ..Page::default() };
        layout::page(&head, body).into_string()
    });
    Ok(Html(page.await.map_err(|_| Problem::internal())?))
}

/// The article that a form holds.
async fn sent(mut form: Multipart) -> Result<Article, Problem> {
    let wrong = |error: MultipartError| Problem::new(error.status(), error.body_text());
    let mut article = Article::new("yours", "");
    while let Some(field) = form.next_field().await.map_err(wrong)? {
        let name = field.name().unwrap_or_default().to_owned();
        let bytes = field.bytes().await.map_err(wrong)?;
        let text = || text_of(&bytes);
        let filled = |text: String| Some(text).filter(|text| !text.trim().is_empty());
        match name.as_str() {
            // The text counts; where there is none, the file.
            "text" => article.text = filled(text()?).unwrap_or(article.text),
            "file" if article.text.is_empty() => article.text = text()?,
            "published" => article.published = filled(text()?),
            "outlet" => article.outlet = filled(text()?),
            "title" => article.title = filled(text()?),
            _ => {}
        }
    }
    Ok(article)
}
