//! Where incidents are.

use super::layout::Page;
use super::{Shown, parts, whole, write};
use crate::Shared;
use crate::draw::world::{HEIGHT, WIDTH, WORLD, project};
use crate::draw::{self, tenth};
use crate::filter::Filter;
use crate::kinds::{self, Kinds, QUADS};
use crate::link;
use crate::text::{count, plain, thousands};
use axum::extract::State;
use dateline::Quad;
use dateline_store::ask::PlaceRow;
use maud::{Markup, html};
use std::collections::BTreeMap;

/// Most places in the picture.
const SPOTS: usize = 400;
/// Places in the table below.
const TABLE: usize = 40;

/// A place with its incidents by quarter.
struct Spot {
    name: String,
    country: Option<String>,
    /// Whether it is a whole country, whose point is only its middle.
    whole: bool,
    at: (f64, f64),
    quads: BTreeMap<&'static str, (Option<Quad>, i64)>,
    incidents: i64,
}

/// Shows the map.
pub async fn show(State(app): State<Shared>, filter: Filter) -> Shown {
    let question = filter.question(0)?;
    write(&app, "page", move |app, store| {
        let spots = spots(&app.kinds, store.places(&question)?);
        let names = ["actor", "recipient", "type", "place", "since", "until"];
        let body = html! {
            h1 { "Map" }
            (parts::narrow(&app.kinds, "/map", &filter, &names))
            figure class="picture" {
                (picture(&spots))
                figcaption {
                    @for quad in QUADS { (draw::key(quad)) " " }
                    p { "Each disc is a place, as large as the incidents there are many and in the colour of most of them; a ring is a whole country. Outlines after Natural Earth; borders are as drawn there. Equal Earth projection." }
                }
            }
            @if spots.is_empty() { p class="none" { "Nothing happened at a known place here." } } @else { (table(&spots, &filter)) }
        };
        whole(&Page { title: "Map", part: "/map", wide: true, ..Page::default() }, body)
    })
    .await
}

/// Places, those of most incidents first.
fn spots(kinds: &Kinds, rows: Vec<PlaceRow>) -> Vec<Spot> {
    let mut spots: BTreeMap<(String, String), Spot> = BTreeMap::new();
    for row in rows {
        let quad = kinds.quad(&row.kind);
        let key = (row.name.clone(), format!("{:.3} {:.3}", row.lat, row.lon));
        let spot = spots.entry(key).or_insert_with(|| Spot {
            whole: row.feature.as_deref().is_some_and(|f| f.starts_with("A.PCL")),
            at: project(row.lat, row.lon),
            name: row.name,
            country: row.country,
            quads: BTreeMap::new(),
            incidents: 0,
        });
        spot.quads.entry(kinds::class(quad)).or_insert((quad, 0)).1 += row.incidents;
        spot.incidents += row.incidents;
    }
    let mut spots: Vec<Spot> = spots.into_values().collect();
    spots.sort_by(|a, b| b.incidents.cmp(&a.incidents).then_with(|| a.name.cmp(&b.name)));
    spots
}

fn picture(spots: &[Spot]) -> Markup {
    let most = spots.first().map_or(1, |spot| spot.incidents).max(1) as f64;
    html! {
        svg class="world" viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) role="group" aria-label="World map of incidents; the table below has the same" {
            path class="land" d=(WORLD.land) {}
            path class="border" d=(WORLD.borders) fill="none" {}
            @for spot in spots.iter().take(SPOTS) {
                @let main = spot.quads.iter().max_by_key(|(_, (_, number))| *number).map_or("q0", |(class, _)| class);
                a href=(link::query("/incidents", [("place", spot.name.as_str())])) tabindex="-1" {
                    circle class={ "spot " (main) @if spot.whole { " whole" } } cx=(tenth(spot.at.0)) cy=(tenth(spot.at.1))
                        r=(tenth(2.0 + 16.0 * (spot.incidents as f64 / most).sqrt())) {
                            title { (plain(&spot.name)) ": " (count(spot.incidents, "incident")) }
                        }
                }
            }
        }
    }
}

fn table(spots: &[Spot], filter: &Filter) -> Markup {
    let evidence = |spot: &Spot| {
        let window =
            ["actor", "recipient", "type", "since", "until"].map(|name| (name, filter.get(name)));
        link::query("/incidents", [("place", spot.name.as_str())].into_iter().chain(window))
    };
    html! {
        div class="scroll" tabindex="0" role="region" aria-label="Places" {
            table {
                thead { tr { th { "Place" } th { "Country" } th class="number" { "Incidents" } th { "Of which" } } }
                tbody {
                    @for spot in spots.iter().take(TABLE) {
                        tr {
                            th scope="row" { bdi { (plain(&spot.name)) } }
                            td { span class="code" { (plain(spot.country.as_deref().unwrap_or_default())) } }
                            td class="number" { a href=(evidence(spot)) { (thousands(spot.incidents)) } }
                            td { @for (class, (quad, number)) in &spot.quads { span class={ "tally " (class) } title=(kinds::name(*quad)) { (number) span class="unseen" { " " (kinds::name(*quad)) } } " " } }
                        }
                    }
                }
            }
        }
    }
}
