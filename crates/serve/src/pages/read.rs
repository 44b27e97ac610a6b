//! An article that somebody sent, read and shown, and not kept.

use super::layout::Page;
use super::{Shown, article, layout};
use crate::Shared;
use crate::problem::Problem;
use crate::reading::Sent;
use axum::extract::{Multipart, State, multipart::MultipartError};
use axum::response::Html;
use dateline::intake::{Defaults, Format};
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
async fn sent(mut form: Multipart) -> Result<Sent, Problem> {
    let wrong = |error: MultipartError| Problem::new(error.status(), error.body_text());
    let (mut pasted, mut file, mut format) = (Vec::new(), Vec::new(), None);
    let mut about = Defaults { id: Some("yours".to_owned()), ..Defaults::default() };
    while let Some(field) = form.next_field().await.map_err(wrong)? {
        let name = field.name().unwrap_or_default().to_owned();
        let is_page = field.content_type().is_some_and(|kind| kind.starts_with("text/html"));
        let bytes = field.bytes().await.map_err(wrong)?;
        let filled = || Some(String::from_utf8_lossy(&bytes).trim().to_owned());
        let filled = || filled().filter(|text| !text.is_empty());
        match name.as_str() {
            "text" => pasted = bytes.into(),
            "file" => {
                file = bytes.into();
                format = is_page.then_some(Format::Html);
            }
            "published" => about.published = filled(),
            "outlet" => about.outlet = filled(),
            "title" => about.title = filled(),
            _ => {}
        }
    }
    // What is pasted counts; where there is nothing, the file.
    if pasted.iter().all(u8::is_ascii_whitespace) {
        return Ok(Sent::Bytes { bytes: file, format, charset: None, about });
    }
    Ok(Sent::Bytes { bytes: pasted, format: None, charset: None, about })
}
