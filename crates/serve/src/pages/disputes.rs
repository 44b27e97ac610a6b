//! Disputes: quotations that contradict each other, opposite each other.

use super::layout::Page;
use super::{Shown, cut, number, parts, whole, write};
use crate::Shared;
use crate::filter::Filter;
use crate::link;
use crate::text::{plain, shorten};
use axum::extract::{Path, State};
use dateline_store::ask::{ClaimRow, DisputeRow};
use maud::{Markup, html};

const ROWS: usize = 20;

/// Lists disputes.
pub async fn list(State(app): State<Shared>, filter: Filter) -> Shown {
    let question = filter.question(ROWS + 1)?;
    write(&app, "page", move |app, store| {
        let mut rows = store.disputes(&question)?;
        let after = cut(&mut rows, ROWS);
        let body = html! {
            h1 { "Disputes" }
            p class="deck" { "Two voices that contradict each other, each in its own words. Which of them is right is not said here." }
            (parts::narrow(&app.kinds, "/disputes", &filter, &["by", "about", "since", "until"]))
            @if rows.is_empty() { p class="none" { "None is like that." } }
            @for row in &rows { (pair(row)) }
            (parts::more("/disputes", &filter, after.as_deref()))
        };
        whole(&Page { title: "Disputes", part: "/disputes", ..Page::default() }, body)
    })
    .await
}

/// Shows a dispute.
pub async fn show(State(app): State<Shared>, Path(id): Path<String>) -> Shown {
    let id = number(&id, "dispute")?;
    write(&app, "dispute", move |app, store| {
        let Some(dispute) = store.dispute(id)? else { return Ok(None) };
        let incident = dispute.incident.map(|id| store.incident(id)).transpose()?.flatten();
        let [one, other] = sides(&dispute);
        let title = format!("{} against {}", speaker(one), speaker(other));
        let body = html! {
            header class="head" {
                p class="kicker" { "Dispute" }
                h1 { bdi { (speaker(one)) } " against " bdi { (speaker(other)) } }
            }
            (pair(&dispute))
            @if let Some(incident) = &incident {
                section aria-labelledby="over" { h2 id="over" { "What it is over" } (parts::incident(&app.kinds, incident)) }
            }
        };
        whole(&Page { title: &title, part: "/disputes", ..Page::default() }, body)
    })
    .await
}

fn speaker(claim: &ClaimRow) -> String {
    claim.speaker.as_ref().map_or_else(|| "nobody named".to_owned(), |who| plain(&who.name))
}

/// Both sides, a denial after what it denies.
fn sides(dispute: &DisputeRow) -> [&ClaimRow; 2] {
    let (one, other) = (&dispute.claim, &dispute.other);
    if one.stance == "deny" && other.stance != "deny" { [other, one] } else { [one, other] }
}

/// Two quotations opposite each other.
pub fn pair(dispute: &DisputeRow) -> Markup {
    html! {
        div class="pair" {
            @for side in sides(dispute) { (parts::quotation(side)) }
            p class="meta" {
                a href=(link::dispute(dispute.id)) { "dispute " (dispute.id) }
                " · " (format!("{:.0} %", dispute.score * 100.0)) " sure that they contradict each other"
                @if let Some(id) = dispute.incident { " · " a href=(link::incident(id)) { "the incident" } }
            }
        }
    }
}

/// A dispute in a few lines.
pub fn brief(dispute: &DisputeRow) -> Markup {
    let line = |claim: &ClaimRow| {
        html! {
            p { span class="who" { bdi { (speaker(claim)) } } " " (parts::stance(&claim.stance)) " "
                span class="words" { bdi { (shorten(&claim.quote, 110)) } } }
        }
    };
    html! {
        article class="brief" {
            @for side in sides(dispute) { (line(side)) }
            p class="meta" { (parts::time(dispute.other.day.as_deref())) " · " a href=(link::dispute(dispute.id)) { "both, in full" } }
        }
    }
}
