//! One box for all: people, what was said, what happened, and the text.

use super::layout::{Page, search};
use super::{Shown, parts, people, whole, write};
use crate::Shared;
use crate::filter::Filter;
use crate::link;
use crate::text::plain;
use axum::extract::State;
use dateline_store::ask::Question;
use maud::html;

/// Answers the search box.
pub async fn show(State(app): State<Shared>, filter: Filter) -> Shown {
    write(&app, "page", move |app, store| {
        let query = filter.get("q");
        let title = if query.is_empty() { "Search".to_owned() } else { format!("{query} – search") };
        let head = Page { title: &title, query, ..Page::default() };
        if query.chars().all(|c| !c.is_alphanumeric()) {
            let body = html! { h1 { "Search" } p class="none" { "Give some words: of a name, of what was said, of what happened." } (search("")) };
            return whole(&head, body);
        }
        let about = |limit| Question { about: Some(query.to_owned()), limit, ..Question::default() };
        let persons = store.people(&about(6), true)?;
        let claims = store.claims(&about(8))?;
        let incidents = store.incidents(&about(8))?;
        let articles = store.find_articles(&about(8))?;
        let nothing = persons.is_empty() && claims.is_empty() && incidents.is_empty() && articles.is_empty();
        let pair = [("about", query)];
        let body = html! {
            h1 { "“" bdi { (plain(query)) } "”" }
            @if nothing { p class="none" { "Nothing is like that. Fewer words, or the beginning of one, find more." } }
            @if !persons.is_empty() {
                section aria-labelledby="people" {
                    h2 id="people" { a href=(link::query("/people", [("about", query), ("all", "1")])) { "People and groups" } }
                    (people::table(&persons))
                }
            }
            div class="columns even" {
                section class="main" aria-labelledby="claims" {
                    h2 id="claims" { "What was said" }
                    @if claims.is_empty() { p class="none" { "No quotation has these words." } }
                    @for claim in &claims { (parts::quotation(claim)) }
                }
                section class="side" aria-labelledby="incidents" {
                    h2 id="incidents" { a href=(link::query("/incidents", pair)) { "What happened" } }
                    @if incidents.is_empty() { p class="none" { "No event is told in these words." } }
                    @for incident in &incidents { (parts::incident(&app.kinds, incident)) }
                }
            }
            @if !articles.is_empty() {
                section aria-labelledby="articles" {
                    h2 id="articles" { a href=(link::query("/articles", pair)) { "Articles" } }
                    div class="grid" { @for article in &articles { (parts::article(article)) } }
                }
            }
        };
        whole(&head, body)
    })
    .await
}
