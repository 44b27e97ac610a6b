//! What stands around every page.

use crate::text::plain;
use maud::{DOCTYPE, Markup, html};

/// A page's head.
#[derive(Debug, Default)]
pub struct Page<'a> {
    /// Title.
    pub title: &'a str,
    /// Path of the part of the site that it is in: `/people`.
    pub part: &'a str,
    /// What is looked for, for the search box.
    pub query: &'a str,
    /// Whether it has no navigation: the page that asks for the token.
    pub bare: bool,
    /// Whether it takes the whole width: pictures.
    pub wide: bool,
}

const PARTS: [(&str, &str); 8] = [
    ("/articles", "Articles"),
    ("/people", "People"),
    ("/incidents", "Incidents"),
    ("/disputes", "Disputes"),
    ("/network", "Network"),
    ("/timeline", "Timeline"),
    ("/map", "Map"),
    ("/api", "API"),
];

/// A whole page.
pub fn page(head: &Page<'_>, body: Markup) -> Markup {
    let start = head.part == "/";
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (plain(head.title)) @if !start { " · dateline" } }
                link rel="icon" href="/static/icon.svg" type="image/svg+xml";
                link rel="stylesheet" href="/static/style.css";
                script src="/static/page.js" defer {}
            }
            body {
                a class="skip" href="#main" { "Skip to the text" }
                header class={ "masthead" @if start { " front" } } {
                    div class="bar" {
                        a class="wordmark" href="/" { "dateline" }
                        @if !head.bare && !start { (search(head.query)) }
                    }
                    @if !head.bare {
                        nav aria-label="Parts" {
                            @for (path, name) in PARTS {
                                a href=(path) aria-current=[(path == head.part).then_some("page")] { (name) }
                            }
                        }
                    }
                }
                main id="main" class=[head.wide.then_some("wide")] { (body) }
                footer {
                    p {
                        "What is marked here is in the text; who is right is not for dateline to say. "
                        @if !head.bare { a href="/api" { "API" } }
                    }
                }
            }
        }
    }
}

/// The search box.
pub fn search(query: &str) -> Markup {
    html! {
        form class="search" role="search" method="get" action="/search" {
            label class="unseen" for="q" { "Search claims, events, people and text" }
            input id="q" name="q" type="search" value=(plain(query)) placeholder="A name, a word, a place" autocomplete="off";
            button { "Search" }
        }
    }
}
