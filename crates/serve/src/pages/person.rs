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
use dateline_store::ask::{Act, Question, Side, Who};
use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet};

/// Quotations of a page.
const QUOTES: usize = 20;
/// Others whom the page says what passes with.
const OTHERS: usize = 12;
/// Rows of each other part.
const ROWS: usize = 5;

/// Shows an actor; `?about=` and `?stance=` filter the quotations.
pub async fn show(State(app): State<Shared>, Path(id): Path<String>, filter: Filter) -> Shown {
    let id = number(&id, "person")?;
    let asked = filter.question(QUOTES + 1)?;
    write(&app, "person", move |app, store| {
        let by = format!("#{id}");
        let Some(actor) = &store.actor(id)? else { return Ok(None) };
        let question = Question { by: Some(by.clone()), limit: QUOTES + 1, ..asked };
        let mut said = store.claims(&question)?;
        let after = cut(&mut said, QUOTES);
        let (did, done_to) = (store.did(id, ROWS)?, store.done_to(id, ROWS)?);
        let said_of = store.said_of(id, ROWS)?;
        let namesakes =
            Question { about: Some(actor.name.clone()), limit: 6, ..Question::default() };
        let mut namesakes = store.people(&namesakes, true)?;
        namesakes.retain(|other| other.id != id);
        let acts = store.acts(id)?;
        let others = others(&app.kinds, &acts);
        // An incident is one act, however many report it and whoever is in it.
        let mut once: BTreeMap<i64, &Act> = BTreeMap::new();
        for act in acts.iter().filter(|act| act.side == Side::Actor && act.day.is_some()) {
            once.entry(act.incident).or_insert(act);
        }
        let mut bar: Vec<Bar> = once
            .values()
            .map(|act| Bar {
                day: act.day.clone().unwrap_or_default(),
                class: kinds::class(app.kinds.quad(&act.kind)),
                number: 1,
            })
            .collect();
        let spoken = store.spread_of_claims(id)?;
        bar.extend(spoken.into_iter().map(|(day, number)| Bar { day, class: "said", number }));
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
                        div class="go" { button { "Show" } @if !filter.is_empty() { " " a class="reset" href=(path) { "all" } } }
                    }
                    @if said.is_empty() { p class="none" { "No such quotation." } }
                    @for claim in &said { (parts::quotation(claim)) }
                    (parts::more(&path, &filter, after.as_deref()))
                }
                div class="side" {
                    @if !others.is_empty() {
                        section aria-labelledby="toward" { h2 id="toward" { "Toward whom, from whom" } (toward(&others)) }
                    }
                    @if !did.is_empty() {
                        section aria-labelledby="did" {
                            h2 id="did" { "What they did" }
                            @for event in &did { (parts::event(&app.kinds, event)) }
                            p class="more" { a href=(link::query("/incidents", [("actor", by.as_str())])) { "All incidents" } }
                        }
                    }
                    @if !done_to.is_empty() {
                        section aria-labelledby="done" {
                            h2 id="done" { "What was done to them" }
                            @for event in &done_to { (parts::event(&app.kinds, event)) }
                            p class="more" { a href=(link::query("/incidents", [("recipient", by.as_str())])) { "All incidents" } }
                        }
                    }
                    @if !said_of.is_empty() {
                        section aria-labelledby="of" { h2 id="of" { "Who speaks of them" } @for claim in &said_of { (parts::quotation(claim)) } }
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

/// Somebody whom an actor has to do with.
struct Other<'a> {
    who: &'a Who,
    /// Incidents by class of their quarter: toward them, and from them.
    sides: [BTreeMap<&'static str, BTreeSet<i64>>; 2],
}

/// With whom an actor has to do, those of most incidents first.
fn others<'a>(kinds: &Kinds, acts: &'a [Act]) -> Vec<Other<'a>> {
    let mut others: BTreeMap<i64, Other<'a>> = BTreeMap::new();
    for act in acts {
        let Some((who, id)) = act.other.as_ref().and_then(|who| Some((who, who.id?))) else {
            continue;
        };
        let other = others.entry(id).or_insert(Other { who, sides: Default::default() });
        let class = kinds::class(kinds.quad(&act.kind));
        other.sides[act.side as usize].entry(class).or_default().insert(act.incident);
    }
    let incidents = |other: &Other<'_>| {
        other.sides.iter().flat_map(|s| s.values()).map(BTreeSet::len).sum::<usize>()
    };
    let mut others: Vec<Other<'a>> = others.into_values().collect();
    others.sort_by_key(|other| std::cmp::Reverse(incidents(other)));
    others.truncate(OTHERS);
    others
}

/// Them as a table.
fn toward(others: &[Other<'_>]) -> Markup {
    html! {
        table class="toward" {
            thead { tr { th { "Who" } th { "to them" } th { "from them" } } }
            tbody {
                @for other in others {
                    tr {
                        th scope="row" { (parts::who(&Who { code: None, ..other.who.clone() })) }
                        @for side in &other.sides {
                            td {
                                @for quad in QUADS {
                                    @if let Some(incidents) = side.get(kinds::class(quad)) {
                                        span class={ "tally " (kinds::class(quad)) } title=(kinds::name(quad)) {
                                            (incidents.len()) span class="unseen" { " " (kinds::name(quad)) }
                                        } " "
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
