//! A page to browse the API by: what it does, and a form to try it.

use super::openapi::parameter;
use super::operations::{Gives, Operation, operations};
use crate::pages::layout::{Page, page};
use axum::response::Html;
use maud::{Markup, html};

/// Shows what the API does.
pub async fn show() -> Html<String> {
    let body = html! {
        header class="head" {
            h1 { "The API" }
            p class="deck" { "All that the pages show, for programs. Answers are JSON; errors are problem details after RFC 9457; lists come by the page." }
            p class="meta" { a href="/api/v1/openapi.json" { "OpenAPI 3.1 description" } }
        }
        section aria-labelledby="manners" {
            h2 id="manners" { "Manners" }
            ul class="plain" {
                li { "A list gives " code { "data" } " and " code { "next" } "; send " code { "next" } " as " code { "after" } " for the page that follows (it stands in the " code { "Link" } " header, too)." }
                li { "Answers have an " code { "ETag" } "; send it as " code { "If-None-Match" } ", and what has not changed is not sent again." }
                li { "Names are words of a name or role; " code { "#12" } " is the actor of that number; capitals (" code { "USAGOV" } ") are the beginning of a code." }
                li { "Where the server asks for a token, send it as " code { "Authorization: Bearer TOKEN" } "." }
            }
        }
        @for operation in operations() { (shown(&operation)) }
    };
    Html(page(&Page { title: "API", part: "/api", ..Page::default() }, body).into_string())
}

fn shown(operation: &Operation) -> Markup {
    let path = format!("/api/v1{}", operation.path);
    let post = operation.method == "post";
    html! {
        section class="operation" id=(operation.id) aria-label=(operation.id) {
            h2 { span class={ "method " (operation.method) } { (operation.method.to_uppercase()) } " " code { (path) } }
            p { (operation.summary) " " span class="quiet" { (gives(operation.gives)) } }
            @if post {
                pre tabindex="0" { code { "curl -s http://127.0.0.1:8080" (path) " \\\n  -H 'Content-Type: application/json' \\\n  -d '{\"text\": \"…\", \"published\": \"2022-02-16\"}'\n\ncurl -s 'http://127.0.0.1:8080" (path) "?published=2022-02-16' \\\n  -H 'Content-Type: text/plain' --data-binary @article.txt" } }
            } @else if !operation.places.is_empty() {
                pre tabindex="0" { code { "curl -s http://127.0.0.1:8080" (path) } }
            }
            @if !operation.parameters.is_empty() {
                details {
                    summary { (operation.parameters.len()) " parameters" }
                    form method="get" action=(path) class="try-it" {
                        @for name in &operation.parameters {
                            @let (schema, about) = parameter(name);
                            @let id = format!("{}-{name}", operation.id);
                            div {
                                label for=(id) { code { (name) } }
                                @if post { span id=(id) {} } @else {
                                    input id=(id) name=(name) placeholder=(schema["examples"][0].as_str().unwrap_or_default());
                                }
                                small { (about) }
                            }
                        }
                        @if !post { button { "Try it" } }
                    }
                }
            } @else if operation.places.is_empty() && !post {
                p { a href=(path) { "Try it" } }
            }
        }
    }
}

/// What comes back, in words.
fn gives(gives: Gives) -> String {
    match gives {
        Gives::One(schema) => format!("Gives {schema}."),
        Gives::Many(schema) => format!("Gives a list of {schema}."),
        Gives::Page(schema) => format!("Gives a page of {schema}."),
        Gives::Export => "Gives a file.".to_owned(),
    }
}
