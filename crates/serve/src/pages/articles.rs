//! Articles, newest first.

use super::layout::Page;
use super::{ROWS, Shown, cut, parts, whole, write};
use crate::Shared;
use crate::filter::Filter;
use axum::extract::State;
use maud::html;

/// Lists articles.
pub async fn show(State(app): State<Shared>, filter: Filter) -> Shown {
    let question = filter.question(ROWS + 1)?;
    write(&app, "page", move |app, store| {
        let mut rows = store.find_articles(&question)?;
        let after = cut(&mut rows, ROWS);
        let names = ["about", "actor", "outlet", "place", "since", "until"];
        let body = html! {
            h1 { "Articles" }
            (parts::narrow(&app.kinds, "/articles", &filter, &names))
            @if rows.is_empty() { p class="none" { "None is like that." } }
            div class="list" { @for row in &rows { (parts::article(row)) } }
            (parts::more("/articles", &filter, after.as_deref()))
        };
        whole(&Page { title: "Articles", part: "/articles", ..Page::default() }, body)
    })
    .await
}
