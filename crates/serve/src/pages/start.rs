//! The start: what is in the store, what is new, what is disputed, and a box to
//! try it with.

use super::layout::{Page, search};
use super::{Shown, parts, whole, write};
use crate::Shared;
use crate::link;
use crate::text::{day, thousands};
use axum::extract::State;
use dateline_store::ask::{Question, Size};
use maud::{Markup, html};

/// Shows the start.
pub async fn show(State(app): State<Shared>) -> Shown {
    write(&app, "page", |app, store| {
        let size = store.size()?;
        let incidents = store.shared_incidents(7)?;
        let disputes = store.disputes(&Question { limit: 4, ..Question::default() })?;
        let people = store.people(&Question { limit: 12, ..Question::default() }, false)?;
        let articles = store.find_articles(&Question { limit: 6, ..Question::default() })?;
        let body = html! {
            section class="hero" {
                h1 class="unseen" { "dateline" }
                p class="motto" { "Who said it. Who did it. When, and where. Every line with the words it stands on." }
                (search(""))
                p class="meta" { "or " a href="#try" { "read an article of your own" } ", here and now" }
                (sums(&size))
            }
            @if size.articles == 0 {
                section class="lead" {
                    h2 { "Nothing is in this store yet" }
                    p { "Put articles into it with " code { "dateline add --store FILE articles.jsonl" } ", or try one below." }
                }
            }
            div class="columns" {
                section class="main" aria-labelledby="new" {
                    h2 id="new" { a href="/incidents" { "Newest incidents" } }
                    @if incidents.is_empty() { p class="none" { "No incident is reported by more than one article." } }
                    @for incident in &incidents { (parts::incident(&app.kinds, incident)) }
                    p class="more" { a href="/incidents" { "All incidents" } }
                }
                div class="side" {
                    section aria-labelledby="disputed" {
                        h2 id="disputed" { a href="/disputes" { "Disputed now" } }
                        @if disputes.is_empty() { p class="none" { "Nobody contradicts anybody." } }
                        @for dispute in &disputes { (super::disputes::brief(dispute)) }
                        @if !disputes.is_empty() { p class="more" { a href="/disputes" { "All disputes" } } }
                    }
                    section aria-labelledby="named" {
                        h2 id="named" { a href="/people" { "In the news" } }
                        ul class="names" {
                            @for actor in &people {
                                li { a href=(link::person(actor.id)) { bdi { (crate::text::plain(&actor.name)) } } " " span class="number" { (thousands(actor.articles)) } }
                            }
                        }
                    }
                }
            }
            section class="try" aria-labelledby="try" {
                h2 id="try" { "Read an article" }
                p { "Paste its text or its HTML, or give a file. It is read here and now, and not kept." }
                (upload())
            }
            section aria-labelledby="latest" {
                h2 id="latest" { a href="/articles" { "Latest articles" } }
                div class="grid" { @for article in &articles { (parts::article(article)) } }
            }
        };
        whole(&Page { title: "dateline", part: "/", ..Page::default() }, body)
    })
    .await
}

/// How much there is.
fn sums(size: &Size) -> Markup {
    let numbers = [
        (size.articles, "articles"),
        (size.claims, "claims"),
        (size.events, "events"),
        (size.incidents, "incidents"),
        (size.disputes, "disputes"),
    ];
    html! {
        p class="sums" {
            @for (number, what) in numbers { span { b { (thousands(number)) } " " (what) } " " }
            @if let (Some(first), Some(last)) = (&size.first, &size.last) {
                span { (day(first)) " – " (day(last)) }
            }
        }
    }
}

/// The box that reads an article.
pub fn upload() -> Markup {
    html! {
        form class="upload" method="post" action="/read" enctype="multipart/form-data" {
            div class="field whole" {
                label for="text" { "Article" }
                textarea id="text" name="text" rows="7" placeholder="The ministry denied on Tuesday that its forces had crossed the border …" {}
            }
            div class="field file" {
                label for="file" { "or a file: text or a web page" }
                input id="file" name="file" type="file" accept=".txt,.text,.md,.html,.htm,.xhtml,text/plain,text/html";
            }
            div class="field" {
                label for="published" { "Published on, if it does not say" }
                input id="published" name="published" type="date";
            }
            div class="field" {
                label for="outlet" { "Outlet" }
                input id="outlet" name="outlet" placeholder="if it does not say";
            }
            div class="field" { button class="primary" { "Read it" } }
        }
    }
}
