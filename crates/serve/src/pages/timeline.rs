//! Incidents over time.

use super::layout::Page;
use super::{Shown, cut, parts, whole, write};
use crate::Shared;
use crate::draw::{self, bars::Bar};
use crate::filter::Filter;
use crate::kinds::{self, QUADS};
use axum::extract::State;
use dateline_store::ask::IncidentRow;
use maud::html;
use std::collections::BTreeMap;

const ROWS: usize = 30;

/// Shows the timeline.
pub async fn show(State(app): State<Shared>, filter: Filter) -> Shown {
    let question = filter.question(ROWS + 1)?;
    write(&app, "page", move |app, store| {
        let bar: Vec<Bar> = store
            .spread(&question)?
            .into_iter()
            .map(|s| Bar { class: kinds::class(app.kinds.quad(&s.kind)), day: s.day, number: s.incidents })
            .collect();
        let mut rows = store.incidents(&question)?;
        let after = cut(&mut rows, ROWS);
        let mut days: BTreeMap<String, Vec<&IncidentRow>> = BTreeMap::new();
        for row in &rows {
            days.entry(row.day().unwrap_or_default()).or_default().push(row);
        }
        let names = ["actor", "recipient", "type", "place", "about", "since", "until"];
        let body = html! {
            h1 { "Timeline" }
            (parts::narrow(&app.kinds, "/timeline", &filter, &names))
            @if rows.is_empty() { p class="none" { "Nothing happened here. Take a longer window of time, or fewer filters." } }
            @else {
                figure class="bars" {
                    (draw::bars::bars(&bar, "Incidents over time"))
                    figcaption { @for quad in QUADS { @if bar.iter().any(|b| b.class == kinds::class(quad)) { (draw::key(quad)) " " } } }
                }
            }
            div class="days" {
                @for (day, incidents) in days.iter().rev() {
                    section class="day" {
                        h2 { @if day.is_empty() { "Undated" } @else { (parts::time(Some(day))) } }
                        div { @for incident in incidents { (parts::incident(&app.kinds, incident)) } }
                    }
                }
            }
            (parts::more("/timeline", &filter, after.as_deref()))
        };
        whole(&Page { title: "Timeline", part: "/timeline", ..Page::default() }, body)
    })
    .await
}
