//! People, bodies, groups and places, those in most articles first.

use super::layout::Page;
use super::{Shown, cut, parts, whole, write};
use crate::Shared;
use crate::filter::Filter;
use crate::link;
use crate::text::{plain, thousands};
use axum::extract::State;
use dateline_store::ask::ActorRow;
use maud::{Markup, html};

const ROWS: usize = 60;

/// Lists people, with `all` everybody.
pub async fn show(State(app): State<Shared>, filter: Filter) -> Shown {
    let question = filter.question(ROWS + 1)?;
    let everybody = !filter.get("all").is_empty();
    write(&app, "page", move |_, store| {
        let mut rows = store.people(&question, everybody)?;
        let after = cut(&mut rows, ROWS);
        let body = html! {
            h1 { "People and groups" }
            form class="filter" method="get" action="/people" aria-label="Narrow down" {
                div {
                    label for="f-about" { "Name, role or code" }
                    input id="f-about" name="about" value=(plain(filter.get("about"))) placeholder="foreign minister";
                }
                div class="check" {
                    input id="f-all" type="checkbox" name="all" value="1" checked[everybody];
                    label for="f-all" { "bodies, groups and places, too" }
                }
                div class="go" { button { "Show" } @if !filter.is_empty() { " " a class="reset" href="/people" { "all" } } }
            }
            @if rows.is_empty() { p class="none" { "Nobody is called so." } }
            @else { (table(&rows)) }
            (parts::more("/people", &filter, after.as_deref()))
        };
        whole(&Page { title: "People", part: "/people", ..Page::default() }, body)
    })
    .await
}

/// Actors as a table.
pub fn table(rows: &[ActorRow]) -> Markup {
    html! {
        div class="scroll" tabindex="0" role="region" aria-label="People" {
            table class="people" {
                thead { tr { th { "Name" } th { "Code" } th class="number" { "Articles" } th { "Seen" } th { "Roles" } } }
                tbody {
                    @for row in rows {
                        tr {
                            th scope="row" { a href=(link::person(row.id)) { bdi { (plain(&row.name)) } } }
                            td { @if let Some(code) = &row.code { span class="code" { (plain(code)) } } }
                            td class="number" { (thousands(row.articles)) span class="unit" { (if row.articles == 1 { " article" } else { " articles" }) } }
                            td class="quiet" { (parts::time(row.first.as_deref())) @if row.first != row.last { " – " (parts::time(row.last.as_deref())) } }
                            td class="quiet" { bdi { (plain(&row.roles.join(", "))) } }
                        }
                    }
                }
            }
        }
    }
}
