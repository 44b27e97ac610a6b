//! An article with its account lit up.

use super::layout::Page;
use super::margin::Margin;
use super::{Shown, marks, parts, whole, write};
use crate::Shared;
use crate::filter::Filter;
use crate::kinds::Kinds;
use crate::text::{count, plain};
use axum::extract::{Path, State};
use dateline::{Account, TextIndex};
use dateline_store::ask::Links;
use maud::{Markup, html};

/// Shows an article of the store; `?mark=c3` lights up a claim.
pub async fn show(State(app): State<Shared>, Path(key): Path<String>, filter: Filter) -> Shown {
    write(&app, "article", move |app, store| {
        let Some(account) = store.account(&key)? else { return Ok(None) };
        let links = store.links(&key)?;
        let lit = filter.get("mark");
        let title = headline(&account).to_owned();
        let body = lay_out(&account, Some(&key), &links, &app.kinds, lit);
        whole(&Page { title: &title, part: "/articles", wide: true, ..Page::default() }, body)
    })
    .await
}

/// The title of an account, or what stands for it.
pub fn headline(account: &Account) -> &str {
    account.title.as_deref().filter(|t| !t.trim().is_empty()).unwrap_or(&account.id)
}

/// An account as a page: text, margin, switches.
pub fn lay_out(
    account: &Account,
    key: Option<&str>,
    links: &Links,
    kinds: &Kinds,
    lit: &str,
) -> Markup {
    let index = TextIndex::new(&account.text);
    let margin = Margin { account, key, links, kinds, lit, index: &index };
    let words = account.text.split_whitespace().count() as i64;
    let layers = [
        ("claims", "Claims", account.claims.len()),
        ("events", "Events", account.events.len()),
        ("times", "Times", account.times.len()),
        ("places", "Places", account.places.len()),
    ];
    html! {
        article class="paper" {
            header class="head" {
                p class="kicker" {
                    @if let Some(outlet) = &account.outlet { bdi { (plain(outlet)) } " · " }
                    (parts::time(account.published.as_deref()))
                }
                h1 { bdi { (plain(headline(account))) } }
                p class="meta" {
                    @if !account.byline.is_empty() { "By " bdi { (plain(&account.byline.join(", "))) } " · " }
                    (count(words, "word"))
                    @if let Some(url) = account.url.as_deref().filter(|url| is_web(url)) {
                        " · " a href=(url) rel="noreferrer noopener nofollow" { "the original" }
                    }
                }
                @for note in &account.notes { p class="warning" { (plain(note)) } }
            }
            fieldset class="layers" {
                legend class="unseen" { "What is marked" }
                @for (name, label, number) in layers {
                    label class=(name) {
                        input type="checkbox" id={ "layer-" (name) } checked;
                        span { (label) " " small { (number) } }
                    }
                }
            }
            div class="text" lang=(account.language) { (marks::text(account, key, lit)) }
            aside class="margin" aria-label="What the article says" tabindex="0" {
                h2 { "The account" }
                (margin.entries())
                @if !account.times.is_empty() { h2 { "When" } (margin.times()) }
                @if !account.places.is_empty() { h2 { "Where" } (margin.places()) }
            }
        }
    }
}

/// Whether an address may be linked to: of the web, and nothing that runs.
fn is_web(url: &str) -> bool {
    let url = url.trim_start().to_ascii_lowercase();
    url.starts_with("https://") || url.starts_with("http://")
}
