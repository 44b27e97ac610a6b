//! One person, body, group or place across articles.

use super::layout::Page;
use super::{Shown, cut, number, parts, whole, write};
use crate::draw::bars::{Bar, bars};
use crate::filter::Filter;
use crate::kinds::{self, Kinds, QUADS};
use crate::link;
use crate::text::{count, plain};
use crate::{Shared, draw};
use axum::extract::{Path, State};
use dateline_store::ask::{Network, Question};
use maud::{Markup, html};
use std::collections::BTreeMap;

/// Quotations of a page.
const QUOTES: usize = 15;
/// Rows of each other part.
const ROWS: usize = 8;

/// Shows an actor; `?about=` and `?stance=` filter the quotations.
pub async fn show(State(app): State<Shared>, Path(id): Path<String>, filter: Filter) -> Shown {
    let id = number(&id, "person")?;
    let asked = filter.question(QUOTES + 1)?;
    write(&app, "person", move |app, store| {
        let by = format!("#{id}");
        let Some(page) = store.who(&by, ROWS)? else { return Ok(None) };
        let question = Question { by: Some(by.clone()), limit: QUOTES + 1, ..asked };
        let mut said = store.claims(&question)?;
        let after = cut(&mut said, QUOTES);
        let namesakes = Question { about: Some(page.actor.name.clone()), limit: 6, ..Question::default() };
        let mut namesakes = store.people(&namesakes, true)?;
        namesakes.retain(|other| other.id != id);
        let network = store.network(&Question { by: Some(by.clone()), limit: 13, ..Question::default() })?;
        let acts = store.spread(&Question { actor: Some(by.clone()), ..Question::default() })?;
        let spoken = store.spread_of_claims(id)?;
        let mut bar: Vec<Bar> = acts
            .iter()
            .map(|s| Bar { day: s.day.clone(), class: kinds::class(app.kinds.quad(&s.kind)), number: s.incidents })
            .collect();
        bar.extend(spoken.into_iter().map(|(day, number)| Bar { day, class: "said", number }));
        let actor = &page.actor;
        let path = link::person(id);
        let body = html! {
            header class="head" {
                p class="kicker" { (plain(&actor.kind)) @if let Some(code) = &actor.code { " · " span class="code" { (plain(code)) } } }
                h1 { bdi { (plain(&actor.name)) } }
                p class="deck" { bdi { (plain(&actor.roles.join(", "))) } }
                p class="meta" {
                    (count(actor.articles, "article")) ", " (parts::time(actor.first.as_deref()))
                    @if actor.first != actor.last { " to " (parts::time(actor.last.as_deref())) }
                    " · " a href=(link::query("/network", [("who", by.as_str())])) { "their network" }
                    " · " a href=(link::query("/timeline", [("actor", by.as_str())])) { "what they did, by day" }
                }
            }
            @if bar.len() > 1 {
                figure class="bars" {
                    (bars(&bar, &format!("Quotations and acts of {} over time", plain(&actor.name))))
                    figcaption { (legend(&bar)) }
                }
            }
            div class="columns" {
                section class="main" aria-labelledby="said" {
                    h2 id="said" { "In their words" }
                    form class="filter" method="get" action=(path) aria-label="Quotations" {
                        div { label for="f-about" { "About" } input id="f-about" name="about" value=(plain(filter.get("about"))) placeholder="a word of it"; }
                        div { label for="f-stance" { "Stance" } (stances(filter.get("stance"))) }
                        div { button { "Show" } @if !filter.is_empty() { " " a class="reset" href=(path) { "all" } } }
                    }
                    @if said.is_empty() { p class="none" { "No such quotation." } }
                    @for claim in &said { (parts::quotation(claim)) }
                    (parts::more(&path, &filter, after.as_deref()))
                }
                div class="side" {
                    @if !network.edges.is_empty() {
                        section aria-labelledby="toward" { h2 id="toward" { "Toward whom, from whom" } (toward(&app.kinds, &network, id)) }
                    }
                    @if !page.did.is_empty() {
                        section aria-labelledby="did" {
                            h2 id="did" { "What they did" }
                            @for event in &page.did { (parts::event(&app.kinds, event)) }
                            p class="more" { a href=(link::query("/incidents", [("actor", by.as_str())])) { "All incidents" } }
                        }
                    }
                    @if !page.done_to.is_empty() {
                        section aria-labelledby="done" {
                            h2 id="done" { "What was done to them" }
                            @for event in &page.done_to { (parts::event(&app.kinds, event)) }
                            p class="more" { a href=(link::query("/incidents", [("recipient", by.as_str())])) { "All incidents" } }
                        }
                    }
                    @if !page.said_of.is_empty() {
                        section aria-labelledby="of" { h2 id="of" { "Who speaks of them" } @for claim in &page.said_of { (parts::quotation(claim)) } }
                    }
                    @if !namesakes.is_empty() {
                        section aria-labelledby="others" {
                            h2 id="others" { "Others whom the name may mean" }
                            ul class="names" { @for other in &namesakes {
                                li { a href=(link::person(other.id)) { bdi { (plain(&other.name)) } } " " span class="number" { (other.articles) } }
                            } }
                        }
                    }
                }
            }
        };
        whole(&Page { title: &actor.name, part: "/people", ..Page::default() }, body)
    })
    .await
}

/// A list of stances to choose from.
pub fn stances(chosen: &str) -> Markup {
    const USUAL: [&str; 10] = [
        "assert", "deny", "promise", "demand", "accuse", "warn", "believe", "expect", "confirm",
        "allege",
    ];
    html! {
        select id="f-stance" name="stance" {
            option value="" { "any" }
            @for stance in USUAL { option value=(stance) selected[stance == chosen] { (stance) } }
            @if !chosen.is_empty() && !USUAL.contains(&chosen) { option value=(chosen) selected { (plain(chosen)) } }
        }
    }
}

/// What the colours of the bars mean.
fn legend(bar: &[Bar]) -> Markup {
    let has = |class: &str| bar.iter().any(|bar| bar.class == class);
    html! {
        @if has("said") { span class="key said" { "Quotations" } " " }
        @for quad in QUADS { @if has(kinds::class(quad)) { (draw::key(quad)) " " } }
    }
}

/// With whom an actor has to do, in how many incidents of which quarter.
fn toward(kinds: &Kinds, network: &Network, id: i64) -> Markup {
    let mut sides: BTreeMap<i64, [BTreeMap<&str, i64>; 2]> = BTreeMap::new();
    for edge in &network.edges {
        let (other, side) = match (edge.actor == id, edge.recipient == id) {
            (true, _) => (edge.recipient, 0),
            (_, true) => (edge.actor, 1),
            _ => continue,
        };
        *sides.entry(other).or_default()[side]
            .entry(kinds::class(kinds.quad(&edge.kind)))
            .or_default() += edge.incidents;
    }
    let cells = |side: &BTreeMap<&str, i64>| {
        html! { @for quad in QUADS { @if let Some(number) = side.get(kinds::class(quad)) {
            span class={ "tally " (kinds::class(quad)) } title=(kinds::name(quad)) { (number) span class="unseen" { " " (kinds::name(quad)) } } " "
        } } }
    };
    html! {
        table class="toward" {
            thead { tr { th { "Who" } th { "to them" } th { "from them" } } }
            tbody {
                @for node in network.nodes.iter().filter(|node| sides.contains_key(&node.id)) {
                    tr {
                        th scope="row" { a href=(link::person(node.id)) { bdi { (plain(&node.name)) } } }
                        @for side in &sides[&node.id] { td { (cells(side)) } }
                    }
                }
            }
        }
    }
}
