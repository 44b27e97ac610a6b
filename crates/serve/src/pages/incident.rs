//! Incidents: each once, with all its reports side by side.

use super::layout::Page;
use super::{ROWS, Shown, cut, number, parts, whole, write};
use crate::Shared;
use crate::filter::Filter;
use crate::link;
use crate::text::{count, day, plain, shorten};
use axum::extract::{Path, State};
use dateline_store::ask::{IncidentRow, ReportRow, Voice};
use maud::{Markup, html};
use std::collections::BTreeSet;

/// Reports and voices on a page; the API has all.
const SHOWN: usize = 60;

/// Lists incidents.
pub async fn list(State(app): State<Shared>, filter: Filter) -> Shown {
    let question = filter.question(ROWS + 1)?;
    write(&app, "page", move |app, store| {
        let mut rows = store.incidents(&question)?;
        let after = cut(&mut rows, ROWS);
        let names = ["about", "type", "actor", "recipient", "place", "since", "until"];
        let body = html! {
            h1 { "Incidents" }
            p class="deck" { "Each once, with all the articles that report it; the newest reports first." }
            (parts::narrow(&app.kinds, "/incidents", &filter, &names))
            @if rows.is_empty() { p class="none" { "None is like that." } }
            div class="list" { @for row in &rows { (parts::incident(&app.kinds, row)) } }
            (parts::more("/incidents", &filter, after.as_deref()))
        };
        whole(&Page { title: "Incidents", part: "/incidents", ..Page::default() }, body)
    })
    .await
}

/// Shows an incident.
pub async fn show(State(app): State<Shared>, Path(id): Path<String>) -> Shown {
    let id = number(&id, "incident")?;
    write(&app, "incident", move |app, store| {
        let Some(incident) = store.incident(id)? else { return Ok(None) };
        let disputes = store.disputes_over(id)?;
        let title = format!("{} {}", incident.kind, incident.mode.as_deref().unwrap_or_default());
        let agreed = agreed(&incident);
        // A sentence may tell an incident twice, and stands here once.
        let mut told = BTreeSet::new();
        let reports: Vec<&ReportRow> =
            incident.reports.iter().filter(|r| told.insert((&r.article, &r.quote))).collect();
        let articles = parts::articles(&incident);
        let body = html! {
            header class="head" {
                p class="kicker" { "Incident · " (parts::kind(&app.kinds, &incident.kind, incident.mode.as_deref()))
                    @for context in incident.contexts.iter().filter(|c| !c.is_empty()) { " · " (plain(context)) } }
                h1 class="sentence" { @if let Some(report) = incident.reports.first() { bdi { (shorten(&report.quote, 180)) } } }
                p class="deck parties" { (parts::parties(&incident.actor, &incident.recipient)) }
                p class="meta" {
                    (parts::time(incident.day().as_deref()))
                    @if let Some(place) = &incident.place { " · " bdi { (plain(place)) } }
                    " · " (count(articles as i64, "article"))
                }
            }
            section aria-labelledby="reports" {
                h2 id="reports" { "The reports" }
                @if reports.len() > SHOWN { (others(reports.len())) }
                div class="reports" {
                    @for report in reports.iter().take(SHOWN) {
                        article class="report" {
                            p class="kicker" { @if let Some(outlet) = &report.outlet { bdi { (plain(outlet)) } } @else { bdi { (plain(&report.article)) } } }
                            blockquote { p { bdi { (shorten(&report.quote, 500)) } } }
                            p class="meta" { (parts::time(report.published.as_deref())) " · " a href=(link::event(&report.article, report.event)) { "in the article" }
                                @if let Some(of) = &report.copy_of { " · reprint of " a href=(link::article(of)) { bdi { (outlet(&incident, of)) } } } }
                        }
                    }
                }
            }
            @if articles > 1 {
                section aria-labelledby="compare" {
                    h2 id="compare" { "What agrees, what differs" }
                    table class="compare" {
                        tbody {
                            @for (field, value) in &agreed { tr class="same" { th scope="row" { (field) } td { bdi { (value) } " " span class="quiet" { "in all reports that tell it" } } } }
                            @for difference in &incident.differs {
                                tr class="differs" {
                                    th scope="row" { (difference.field) }
                                    td { ul { @for value in &difference.values {
                                        li { b { bdi { (value_of(difference.field, &value.value)) } } " " span class="quiet" {
                                            @for (at, key) in value.articles.iter().enumerate() { @if at > 0 { ", " } a href=(link::article(key)) { bdi { (outlet(&incident, key)) } } }
                                        } }
                                    } } }
                                }
                            }
                        }
                    }
                }
            }
            section class="voices" aria-label="Who says so" {
                div { h2 { "Who says it happened" } (voices(&incident.asserted_by)) }
                div { h2 { "Who says it did not" } @if incident.denied_by.is_empty() { p class="none" { "Nobody." } } (voices(&incident.denied_by)) }
            }
            @if !disputes.is_empty() {
                section aria-labelledby="over" { h2 id="over" { "Disputes over it" } @for dispute in &disputes { (super::disputes::pair(dispute)) } }
            }
        };
        whole(&Page { title: title.trim(), part: "/incidents", ..Page::default() }, body)
    })
    .await
}

/// A value for people.
fn value_of(field: &str, value: &str) -> String {
    if field == "date" { day(value) } else { plain(value) }
}

/// Says that there are more than are shown.
fn others(all: usize) -> Markup {
    html! { p class="quiet" { "The first " (SHOWN) " of " (all) "; the API has all." } }
}

/// What the reports that tell it agree on.
fn agreed(incident: &IncidentRow) -> Vec<(&'static str, String)> {
    let names = |side: &[dateline_store::ask::Who]| {
        side.iter().map(|who| plain(&who.name)).collect::<Vec<_>>().join(", ")
    };
    let all = [
        ("type", incident.kind.clone()),
        ("mode", incident.mode.clone().unwrap_or_default()),
        ("actor", names(&incident.actor)),
        ("recipient", names(&incident.recipient)),
        ("date", incident.date.as_deref().map(day).unwrap_or_default()),
        ("place", incident.place.clone().unwrap_or_default()),
    ];
    let differs = |field: &str| incident.differs.iter().any(|d| d.field == field);
    all.into_iter()
        .filter(|(field, value)| !value.is_empty() && !differs(field))
        .map(|(field, value)| (field, plain(&value)))
        .collect()
}

/// The outlet of an article, or its key.
fn outlet(incident: &IncidentRow, key: &str) -> String {
    let report = incident.reports.iter().find(|report| report.article == key);
    plain(report.and_then(|report| report.outlet.as_deref()).unwrap_or(key))
}

/// Who says so, each claim once.
fn voices(voices: &[Voice]) -> Markup {
    let mut heard = BTreeSet::new();
    let voices: Vec<&Voice> =
        voices.iter().filter(|v| heard.insert((&v.article, v.claim, &v.quote))).collect();
    html! {
        @if voices.len() > SHOWN { (others(voices.len())) }
        @for voice in voices.iter().take(SHOWN) {
            article class="quotation" {
                blockquote { p { bdi { (shorten(&voice.quote, 320)) } } }
                p class="source" {
                    (parts::who(&voice.speaker))
                    @match voice.claim {
                        Some(claim) => { " · " a href=(link::claim(&voice.article, claim)) { "in the article" } },
                        None => { " " span class="quiet" { "in its own voice" } " · " a href=(link::article(&voice.article)) { "the article" } },
                    }
                }
            }
        }
    }
}
